/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/calendar.h - the pending events, one to a slot.
 *
 * Most sources of events in a mission have one pending event each: a flight's next
 * step, a vehicle's next failure.  Each has a slot of its own, so that rescheduling and
 * cancelling need no handle, hash map or tombstone.  The order is total: (time, order),
 * where `order` is unique (rank in the high bits, sequence number in the low).
 *
 * The memory is the caller's, holds indices and no pointers, and may be copied with
 * memcpy(): that is how a replication is reset.
 */
#ifndef ISS_KERNEL_CALENDAR_H
#define ISS_KERNEL_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

struct iss_calendar;

/** Bytes that a calendar of `slots` slots (1 to 2^24) needs; align to 16. */
size_t iss_calendar_size(int32_t slots);

/** Make an empty calendar in `memory` of iss_calendar_size() bytes. */
struct iss_calendar *iss_calendar_init(void *memory, int32_t slots);

/** The same with the last `apart` slots (fewer than all) in a tree of their own.
 *  Nothing depends on that but the cost: a change takes about log2 of the size of the
 *  slot's tree, so that few slots that change often are best kept apart. */
struct iss_calendar *iss_calendar_init_apart(void *memory, int32_t slots,
                                             int32_t apart);

/** Make `calendar` what `image`, a copy of it, is, but for its slots: they are put back
 * by the range, as far as they were touched. */
void iss_calendar_restore(struct iss_calendar *calendar,
                          const struct iss_calendar *image);

/** Put back the slots from `from` to `to` - 1. */
void iss_calendar_restore_slots(struct iss_calendar *calendar,
                                const struct iss_calendar *image, int32_t from,
                                int32_t to);

/** Put `slot` at (time_us, order), moving it if it is pending.  ISS_NEVER cancels. */
void iss_calendar_set(struct iss_calendar *calendar, int32_t slot, int64_t time_us,
                      uint64_t order);

/** Take `slot` off the calendar; nothing happens when it isn't pending. */
void iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot);

/** The earliest pending slot, or -1 when none is. */
int32_t iss_calendar_first(struct iss_calendar *calendar);

/** Cancel `slot`, the earliest.  Cheaper when it is set again before another is looked
 *  for, as by an event that brings about the next of its kind. */
void iss_calendar_pop(struct iss_calendar *calendar, int32_t slot);

/** The time of `slot`; ISS_NEVER when it isn't pending. */
int64_t iss_calendar_time(const struct iss_calendar *calendar, int32_t slot);

#endif
