/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/calendar.h - the pending events, one to a slot.
 *
 * Most sources of events in a mission have one pending event each: a flight's next
 * step, a vehicle's next failure.  Each has a slot of its own, so that rescheduling and
 * cancelling need no handle, hash map or tombstone.  The order is total: (time, order),
 * where `order` is unique (rank in the high bits, sequence number in the low).
 *
 * There are many more slots than pending events.  What is pending has a room, a small
 * number that it keeps until it is taken or cancelled: there the caller keeps what else
 * belongs to the event, so that all of it lies together, whatever slots there are.
 *
 * The memory is the caller's, holds indices and no pointers, and may be copied with
 * memcpy(): that is how a replication is reset.
 */
#ifndef ISS_KERNEL_CALENDAR_H
#define ISS_KERNEL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct iss_calendar {
    int32_t slots;
    int32_t count;  /* of the heap's entries */
    int32_t used;   /* rooms that have ever been given out: those below this number */
    int32_t free;   /* the first of these that is free; -1 */
    uint32_t rooms; /* where they begin, and ... */
    uint32_t where; /* ... each slot's room is, in bytes from here */
    bool hole;      /* what is first in the heap has been taken: its place is free */
    uint8_t unused[7];
};

/** The orders of events are from 1 to this. */
#define ISS_CALENDAR_ORDERS ((UINT64_C(1) << 40) - 1)

/** Bytes that a calendar of `slots` slots (1 to 2^24) needs; align to 16 (64 is best).
 */
size_t iss_calendar_size(int32_t slots);

/** Make an empty calendar in `memory` of iss_calendar_size() bytes. */
struct iss_calendar *iss_calendar_init(void *memory, int32_t slots);

/** Make `calendar` what `image`, an earlier copy of it, is, byte for byte.  Costs what
 *  rooms there are, not slots. */
void iss_calendar_restore(struct iss_calendar *calendar,
                          const struct iss_calendar *image);

/** Put `slot` at (time_us, order), moving it if it is pending; `time_us` isn't
 *  ISS_NEVER.  Its room, which is below that of iss_calendar_rooms(). */
int32_t iss_calendar_set(struct iss_calendar *calendar, int32_t slot, int64_t time_us,
                         uint64_t order);

/** Take `slot` off the calendar; nothing happens when it isn't pending. */
void iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot);

/** The room of the earliest pending slot, or -1 when none is. */
int32_t iss_calendar_first(struct iss_calendar *calendar);

/** Take the earliest, which has just been asked for, off the calendar.  Cheapest when
 *  another is set before it is looked who is first then: as by an event that brings
 * about the next of its kind.  Its slot; what is in its room stays until then. */
int32_t iss_calendar_take(struct iss_calendar *calendar);

/** Whose a room is that is taken. */
int32_t iss_calendar_slot(const struct iss_calendar *calendar, int32_t room);

/** The time of `slot`; ISS_NEVER when it isn't pending. */
int64_t iss_calendar_time(const struct iss_calendar *calendar, int32_t slot);

/** The room of `slot`; -1 when it isn't pending. */
static inline int32_t
iss_calendar_room(const struct iss_calendar *calendar, int32_t slot)
{
    return ((const int32_t *)((const char *)calendar + calendar->where))[slot];
}

/** Rooms that have been given out since the calendar was made: 0 to this less 1. */
static inline int32_t
iss_calendar_rooms(const struct iss_calendar *calendar)
{
    return calendar->used;
}

/** NULL, or what is wrong with the calendar, in words. */
const char *iss_calendar_check(const struct iss_calendar *calendar);

#endif
