/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar.c - winner trees over the slots (why: docs/calendar.md).
 *
 * Every slot, pending or not, has a key (time, order); idle ones have the latest there
 * is.  A tree is a knock-out tournament: with n slots, node n + s stands for slot s,
 * node i from 1 to n - 1 for the winner of nodes 2i and 2i + 1.  That needs no power of
 * two, as each node from 2 on has one parent; node 1 holds the earliest slot.  Slots
 * that are kept apart have a tree of their own, and the two winners are compared.
 *
 * A change replays the games from its slot to the root, near the root all of them and
 * without branches, as who wins can't be predicted and the loads of the opponents don't
 * wait for each other.  Further down in a large tree there is an end to it when the
 * slot loses to who had won there before: nothing changes from there on.
 *
 * A slot that is popped is idle at once, but its games are replayed only before the
 * next look at a root: most events put something into their own slot again, which
 * replays the same games.  Until then nodes on its way may name a wrong winner; games
 * of other slots that use them decide nodes on that same way, which is replayed as a
 * whole.
 */
#include "kernel/calendar.h"

#include <stdbool.h>
#include <string.h>

#include "base/civil.h"

__extension__ typedef unsigned __int128 uint128;

enum { STOPS_FROM = 128 }; /* nodes at which it is looked whether anything changes */

struct key {
    uint64_t when; /* the time, shifted to sort as an unsigned number */
    uint64_t order;
};

struct iss_calendar {
    int32_t slots;
    int32_t apart;     /* the first of those that are; slots when none is */
    int32_t popped;    /* slot whose games haven't been replayed since; -1 */
    int32_t unused[1]; /* keys start on a multiple of 16 bytes */
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

/* The tree of the slots from `begin` to `end`. */
static void
plant(struct iss_calendar *calendar, int32_t begin, int32_t end)
{
    int32_t *winner = winners(calendar) + 2 * begin;
    int32_t size = end - begin;

    winner[0] = 0; /* never read; set so that equal calendars are equal bytes */
    for (int32_t i = 0; i < size; i++) {
        winner[size + i] = begin + i;
    }
    for (int32_t node = size - 1; node > 0; node--) {
        winner[node] = winner[2 * node];
    }
}

struct iss_calendar *
iss_calendar_init_apart(void *memory, int32_t slots, int32_t apart)
{
    struct iss_calendar *calendar = memory;

    *calendar =
        (struct iss_calendar){.slots = slots, .apart = slots - apart, .popped = -1};
    for (int32_t slot = 0; slot < slots; slot++) {
        calendar->keys[slot] = idle;
    }
    plant(calendar, 0, calendar->apart);
    if (apart > 0) {
        plant(calendar, calendar->apart, slots);
    }
    return calendar;
}

struct iss_calendar *
iss_calendar_init(void *memory, int32_t slots)
{
    return iss_calendar_init_apart(memory, slots, 0);
}

/* The slots themselves, in the later half of a tree, never change. */
static void
restore_games(struct iss_calendar *calendar, const struct iss_calendar *image,
              int32_t begin, int32_t end)
{
    memcpy(winners(calendar) + 2 * begin, winners(image) + 2 * begin,
           (size_t)(end - begin) * sizeof(int32_t));
}

void
iss_calendar_restore(struct iss_calendar *calendar, const struct iss_calendar *image)
{
    *calendar = *image;
    restore_games(calendar, image, 0, image->apart);
    restore_games(calendar, image, image->apart, image->slots);
}

void
iss_calendar_restore_slots(struct iss_calendar *calendar,
                           const struct iss_calendar *image, int32_t from, int32_t to)
{
    memcpy(calendar->keys + from, image->keys + from,
           (size_t)(to - from) * sizeof *image->keys);
}

/* All ones when `a` is before `b`, else 0. */
static inline uint64_t
before(struct key a, struct key b)
{
    return -(uint64_t)(((uint128)a.when << 64 | a.order) <
                       ((uint128)b.when << 64 | b.order));
}

/* Whoever is ahead of its opponent at a node, in `best` and `won_by`; all ones when it
 * is the opponent. */
static inline uint64_t
play(const struct iss_calendar *calendar, uint64_t other, struct key *best,
     uint64_t *won_by)
{
    struct key against = calendar->keys[other];
    uint64_t lost = before(against, *best);

    best->when ^= (best->when ^ against.when) & lost;
    best->order ^= (best->order ^ against.order) & lost;
    *won_by ^= (*won_by ^ other) & lost;
    return lost;
}

static inline void
replay(struct iss_calendar *calendar, int32_t slot, struct key best)
{
    bool apart = slot >= calendar->apart;
    int32_t begin = apart ? calendar->apart : 0;
    int32_t end = apart ? calendar->slots : calendar->apart;
    int32_t *winner = winners(calendar) + 2 * begin;
    int32_t node = end - begin + slot - begin;
    uint64_t won_by = (uint64_t)slot;

    calendar->keys[slot] = best;
    for (; node >= STOPS_FROM; node /= 2) {
        uint64_t other = (uint64_t)winner[node ^ 1];
        uint64_t lost = play(calendar, other, &best, &won_by);
        if (lost != 0 && winner[node / 2] == (int32_t)other) {
            return;
        }
        winner[node / 2] = (int32_t)won_by;
    }
    for (; node > 1; node /= 2) {
        play(calendar, (uint64_t)winner[node ^ 1], &best, &won_by);
        winner[node / 2] = (int32_t)won_by;
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
    if (calendar->popped == slot) {
        calendar->popped = -1;
    }
    replay(calendar, slot, (struct key){when(time_us), order});
}

void
iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot)
{
    if (calendar->keys[slot].when != idle.when) {
        replay(calendar, slot, idle);
    }
}

int32_t
iss_calendar_first(struct iss_calendar *calendar)
{
    if (calendar->popped >= 0) {
        replay(calendar, calendar->popped, idle);
        calendar->popped = -1;
    }
    uint64_t slot = (uint64_t)winners(calendar)[1];
    struct key best = calendar->keys[slot];
    if (calendar->apart < calendar->slots) {
        uint64_t other = (uint64_t)winners(calendar)[2 * calendar->apart + 1];
        struct key against = calendar->keys[other];
        uint64_t lost = before(against, best);
        best.when ^= (best.when ^ against.when) & lost;
        slot ^= (slot ^ other) & lost;
    }
    return best.when == idle.when ? -1 : (int32_t)slot;
}

void
iss_calendar_pop(struct iss_calendar *calendar, int32_t slot)
{
    calendar->keys[slot] = idle;
    calendar->popped = slot;
}

int64_t
iss_calendar_time(const struct iss_calendar *calendar, int32_t slot)
{
    return (int64_t)when((int64_t)calendar->keys[slot].when);
}
