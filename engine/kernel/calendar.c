/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar.c - a winner tree over the slots (why: docs/calendar.md).
 *
 * Every slot, pending or not, has a key (time, order); idle ones have the latest there
 * is.  The tree is a knock-out tournament: with n slots, node n + s stands for slot s,
 * node i from 1 to n - 1 for the winner of nodes 2i and 2i + 1.  That needs no power of
 * two, as each node from 2 on has one parent; node 1 holds the earliest slot.
 *
 * Most sources of events, when theirs comes, put the next one in its place at once.  So
 * a slot that is popped stays in the tree until something else is asked of it, and its
 * games are replayed once instead of twice.
 *
 * A change replays the games from its slot to the root: all of them, without branches,
 * as who wins can't be predicted and the loads of the opponents don't wait for each
 * other.
 */
#include "kernel/calendar.h"

#include "base/civil.h"

__extension__ typedef unsigned __int128 uint128;

struct key {
    uint64_t when; /* the time, shifted to sort as an unsigned number */
    uint64_t order;
};

struct iss_calendar {
    int32_t slots;
    int32_t popped;    /* a slot that is idle and still stands in the tree; -1 */
    int32_t unused[2]; /* keys start on a multiple of 16 bytes */
    struct key keys[]; /* one a slot; then int32_t winners[2 * slots] */
};

static const struct key idle = {UINT64_MAX, UINT64_MAX};

static inline uint64_t
when(int64_t time_us)
{
    return (uint64_t)time_us ^ UINT64_C(1) << 63;
}

static inline int32_t *
winners(const struct iss_calendar *calendar)
{
    return (int32_t *)(uintptr_t)(calendar->keys + calendar->slots);
}

size_t
iss_calendar_size(int32_t slots)
{
    return sizeof(struct iss_calendar) +
           (size_t)slots * (sizeof(struct key) + 2 * sizeof(int32_t));
}

struct iss_calendar *
iss_calendar_init(void *memory, int32_t slots)
{
    struct iss_calendar *calendar = memory;
    int32_t *winner;

    *calendar = (struct iss_calendar){.slots = slots, .popped = -1};
    winner = winners(calendar);
    winner[0] = 0; /* never read; set so that equal calendars are equal bytes */
    for (int32_t slot = 0; slot < slots; slot++) {
        calendar->keys[slot] = idle;
        winner[slots + slot] = slot;
    }
    for (int32_t node = slots - 1; node > 0; node--) {
        winner[node] = winner[2 * node];
    }
    return calendar;
}

/* All ones when `a` is before `b`, else 0. */
static inline uint64_t
before(struct key a, struct key b)
{
    return -(uint64_t)(((uint128)a.when << 64 | a.order) <
                       ((uint128)b.when << 64 | b.order));
}

static inline void
replay(struct iss_calendar *calendar, int32_t slot, struct key best)
{
    int32_t *winner = winners(calendar);
    uint64_t won_by = (uint64_t)slot;

    calendar->keys[slot] = best;
    for (int32_t node = calendar->slots + slot; node > 1; node /= 2) {
        uint64_t other = (uint64_t)winner[node ^ 1];
        struct key against = calendar->keys[other];
        uint64_t lost = before(against, best);

        best.when ^= (best.when ^ against.when) & lost;
        best.order ^= (best.order ^ against.order) & lost;
        won_by ^= (won_by ^ other) & lost;
        winner[node / 2] = (int32_t)won_by;
    }
}

/* Whoever was popped leaves the tree. */
static inline void
settle(struct iss_calendar *calendar)
{
    int32_t popped = calendar->popped;

    if (popped >= 0) {
        calendar->popped = -1;
        replay(calendar, popped, idle);
    }
}

void
iss_calendar_set(struct iss_calendar *calendar, int32_t slot, int64_t time_us,
                 uint64_t order)
{
    if (time_us == ISS_NEVER) {
        iss_calendar_cancel(calendar, slot);
        return;
    }
    if (slot != calendar->popped) {
        settle(calendar);
    }
    calendar->popped = -1;
    replay(calendar, slot, (struct key){when(time_us), order});
}

void
iss_calendar_pop(struct iss_calendar *calendar, int32_t slot)
{
    settle(calendar);
    calendar->keys[slot] = idle;
    calendar->popped = slot;
}

void
iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot)
{
    if (calendar->keys[slot].when != idle.when) {
        settle(calendar);
        replay(calendar, slot, idle);
    }
}

int32_t
iss_calendar_first(struct iss_calendar *calendar)
{
    settle(calendar);
    int32_t slot = winners(calendar)[1];

    return calendar->keys[slot].when == idle.when ? -1 : slot;
}

int64_t
iss_calendar_time(const struct iss_calendar *calendar, int32_t slot)
{
    return (int64_t)when((int64_t)calendar->keys[slot].when);
}
