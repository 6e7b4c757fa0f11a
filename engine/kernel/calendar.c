/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar.c - a heap of what is pending (why: docs/calendar.md).
 *
 * Each entry has four below it, which lie in one line of the cache and are compared
 * without branches, as who is the earliest of them can't be predicted.  Behind the last
 * entry there are always idle ones, later than any, so that there are four to compare.
 * An entry is two words, its time and its order with the number of its room; the room
 * knows where in the heap the entry is, and the slot knows its room.  Most of what is
 * put on the calendar is later than most of what is there, stays at the bottom, and is
 * moved or cancelled there: that costs the same however much is pending.
 *
 * The first entry stands before the heap, above its top alone.  When it is taken it
 * leaves a hole that is earlier than all else: most events put another on the calendar,
 * which takes over the place, and sinks to where it belongs; what comes next of all
 * needs one comparison for that.  Only if it is asked before that who is first now, the
 * last entry does so.
 */
#include "kernel/calendar.h"

#include <string.h>

#include "base/civil.h"

__extension__ typedef unsigned __int128 uint128;

enum { CHILDREN = 4, ROOM_BITS = 24, ROOM = (1 << ROOM_BITS) - 1 };

struct entry {
    uint64_t when; /* the time, shifted to sort as an unsigned number */
    uint64_t rest; /* the order, then ROOM_BITS of the room */
};

struct room {
    int32_t slot; /* a free one: the next that is free; -1 */
    int32_t at;   /* where its entry is; -1: free, or that of the hole */
};

/* In memory: the calendar, in the place of two entries, so that those below an entry
 * share a line of the cache; the entries, first of all the one that stands before the
 * heap; the rooms; the slots' rooms.  Where an entry is is told in bytes from the begin
 * of the calendar, which saves half of the arithmetic on the way. */
enum { SIZE = sizeof(struct entry), FIRST = 2 * SIZE, TOP = FIRST + SIZE };
_Static_assert(sizeof(struct iss_calendar) == FIRST && CHILDREN == 4 && SIZE == 16,
               "an entry's children are to begin at a multiple of 64 bytes");

static const struct entry idle = {UINT64_MAX, UINT64_MAX};

static inline uint64_t
sortable(int64_t time_us)
{
    return (uint64_t)time_us ^ UINT64_C(1) << 63;
}

static inline int32_t
room_of(struct entry entry)
{
    return (int32_t)(entry.rest & ROOM);
}

static size_t
entry_count(int32_t slots)
{
    return (size_t)slots + 1 + CHILDREN;
}

static inline struct entry *
entry_at(const struct iss_calendar *calendar, uint64_t at)
{
    return (struct entry *)((uintptr_t)calendar + at);
}

/* Behind the last. */
static inline uint64_t
end_of(const struct iss_calendar *calendar)
{
    return FIRST + (uint64_t)calendar->count * SIZE;
}

/* The first of the four below an entry of the heap, and the one above any but the
 * first.
 */
static inline uint64_t
below(uint64_t at)
{
    return CHILDREN * (at - TOP) + TOP + SIZE;
}

static inline uint64_t
above(uint64_t at)
{
    return at / (CHILDREN * SIZE) * SIZE + FIRST;
}

static inline int32_t *
slots_of(const struct iss_calendar *calendar)
{
    return (int32_t *)((uintptr_t)calendar + calendar->where);
}

static inline struct room *
rooms_of(const struct iss_calendar *calendar)
{
    return (struct room *)((uintptr_t)calendar + calendar->rooms);
}

size_t
iss_calendar_size(int32_t slots)
{
    return sizeof(struct iss_calendar) + entry_count(slots) * sizeof(struct entry) +
           (size_t)slots * (sizeof(struct room) + sizeof(int32_t));
}

struct iss_calendar *
iss_calendar_init(void *memory, int32_t slots)
{
    struct iss_calendar *calendar = memory;

    memset(memory, 0, iss_calendar_size(slots)); /* equal ones are equal bytes */
    *calendar = (struct iss_calendar){
        .slots = slots,
        .free = -1,
        .rooms = (uint32_t)(sizeof *calendar + entry_count(slots) * SIZE)};
    calendar->where = calendar->rooms + (uint32_t)slots * (uint32_t)sizeof(struct room);
    for (size_t i = 0; i < entry_count(slots); i++) {
        entry_at(calendar, FIRST)[i] = idle;
    }
    for (int32_t slot = 0; slot < slots; slot++) {
        slots_of(calendar)[slot] = -1;
    }
    return calendar;
}

void
iss_calendar_restore(struct iss_calendar *calendar, const struct iss_calendar *image)
{
    int32_t entries = calendar->count > image->count ? calendar->count : image->count;
    int32_t *where = slots_of(calendar);
    struct room *rooms = rooms_of(calendar);

    for (int32_t i = 0; i < calendar->used; i++) {
        if (rooms[i].at >= 0) {
            where[rooms[i].slot] = -1;
        }
    }
    memcpy(rooms, rooms_of(image), (size_t)calendar->used * sizeof *rooms);
    memcpy(entry_at(calendar, FIRST), entry_at(image, FIRST), (size_t)entries * SIZE);
    *calendar = *image;
    for (int32_t i = 0; i < calendar->used; i++) {
        if (rooms[i].at >= 0) {
            where[rooms[i].slot] = i;
        }
    }
}

/* ---- the heap ------------------------------------------------------------------ */

/* 1 when `a` is before `b`, else 0. */
static inline uint64_t
before(uint64_t a_when, uint64_t a_rest, const struct entry *b)
{
    return ((uint128)a_when << 64 | a_rest) < ((uint128)b->when << 64 | b->rest);
}

/* The earlier of two. */
static inline const struct entry *
earlier(const struct entry *a, const struct entry *b)
{
    uint64_t second = -before(b->when, b->rest, a);
    return (const struct entry *)((uintptr_t)a ^
                                  (((uintptr_t)a ^ (uintptr_t)b) & second));
}

/* Its place is at `at` from now on; its room. */
static inline int32_t
settle(const struct iss_calendar *calendar, struct room *rooms, uint64_t at,
       uint64_t when, uint64_t rest)
{
    struct entry *entry = entry_at(calendar, at);
    int32_t room = (int32_t)(rest & ROOM);

    entry->when = when;
    entry->rest = rest;
    rooms[room].at = (int32_t)at;
    return room;
}

/* To where it belongs at `at` or above; its room.  Not inlined, nor is sink(), so that
 * what ends at the first place needs no registers for it. */
__attribute__((noinline)) static int32_t
rise(const struct iss_calendar *calendar, uint64_t at, uint64_t when, uint64_t rest)
{
    struct room *rooms = rooms_of(calendar);

    while (at > FIRST) {
        const struct entry *over = entry_at(calendar, above(at));
        if (!before(when, rest, over)) {
            break;
        }
        settle(calendar, rooms, at, over->when, over->rest);
        at = above(at);
    }
    return settle(calendar, rooms, at, when, rest);
}

/* To where it belongs in the heap, at `at` or below; its room. */
__attribute__((noinline)) static int32_t
sink(const struct iss_calendar *calendar, uint64_t at, uint64_t when, uint64_t rest)
{
    struct room *rooms = rooms_of(calendar);
    uint64_t end = end_of(calendar);

    while (below(at) < end) {
        const struct entry *four = entry_at(calendar, below(at));
        const struct entry *best =
            earlier(earlier(four, four + 1), earlier(four + 2, four + 3));
        uint64_t best_when = best->when, best_rest = best->rest;
        if (before(when, rest, best)) {
            break;
        }
        settle(calendar, rooms, at, best_when, best_rest);
        at = (uint64_t)((uintptr_t)best - (uintptr_t)calendar);
    }
    return settle(calendar, rooms, at, when, rest);
}

/* To where it belongs from the first place on; its room. */
static inline int32_t
begin(const struct iss_calendar *calendar, uint64_t when, uint64_t rest)
{
    struct room *rooms = rooms_of(calendar);
    const struct entry *top = entry_at(calendar, TOP);

    if (before(when, rest, top)) { /* which may be an idle one */
        return settle(calendar, rooms, FIRST, when, rest);
    }
    settle(calendar, rooms, FIRST, top->when, top->rest);
    return sink(calendar, TOP, when, rest);
}

/* To where it belongs from `at`; its room. */
static inline int32_t
move(const struct iss_calendar *calendar, uint64_t at, uint64_t when, uint64_t rest)
{
    if (at == FIRST) {
        return begin(calendar, when, rest);
    }
    if (before(when, rest, entry_at(calendar, above(at)))) {
        return rise(calendar, at, when, rest);
    }
    return sink(calendar, at, when, rest);
}

/* Without the entry at `at`, whose room is free from now on. */
static void
leave(struct iss_calendar *calendar, uint64_t at, int32_t room)
{
    calendar->count--;
    uint64_t last = end_of(calendar);
    struct entry *entry = entry_at(calendar, last);
    uint64_t when = entry->when, rest = entry->rest;

    rooms_of(calendar)[room] = (struct room){calendar->free, -1};
    calendar->free = room;
    *entry = idle;
    if (at < last) {
        move(calendar, at, when, rest);
    }
}

/* ---- slots --------------------------------------------------------------------- */

/* For a slot that had none. */
static inline int32_t
new_room(struct iss_calendar *calendar)
{
    int32_t room = calendar->free;

    if (calendar->hole) {
        return room_of(*entry_at(calendar, FIRST));
    }
    if (room < 0) {
        return calendar->used++;
    }
    calendar->free = rooms_of(calendar)[room].slot;
    return room;
}

int32_t
iss_calendar_set(struct iss_calendar *calendar, int32_t slot, int64_t time_us,
                 uint64_t order)
{
    int32_t *where = &slots_of(calendar)[slot], room = *where;
    uint64_t when = sortable(time_us), rest = order << ROOM_BITS;

    if (room >= 0) {
        uint64_t at = (uint64_t)rooms_of(calendar)[room].at;
        return move(calendar, at, when, rest | (uint64_t)room);
    }
    *where = room = new_room(calendar);
    rooms_of(calendar)[room].slot = slot;
    rest |= (uint64_t)room;
    if (calendar->hole) {
        calendar->hole = false;
        return begin(calendar, when, rest);
    }
    calendar->count++;
    return rise(calendar, end_of(calendar) - SIZE, when, rest);
}

/* The first, which is in `room`, is there no more. */
static inline void
take(struct iss_calendar *calendar, int32_t room)
{
    calendar->hole = true;
    *entry_at(calendar, FIRST) = (struct entry){0, (uint64_t)room};
    rooms_of(calendar)[room] = (struct room){-1, -1};
}

void
iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot)
{
    int32_t *where = &slots_of(calendar)[slot], room = *where;

    if (room < 0) {
        return;
    }
    *where = -1;
    uint64_t at = (uint64_t)rooms_of(calendar)[room].at;
    if (at > FIRST) {
        leave(calendar, at, room);
        return;
    }
    take(calendar, room);
}

int32_t
iss_calendar_first(struct iss_calendar *calendar)
{
    const struct entry *first = entry_at(calendar, FIRST);

    if (calendar->hole) {
        calendar->hole = false;
        leave(calendar, FIRST, room_of(*first));
    }
    return calendar->count > 0 ? room_of(*first) : -1;
}

int32_t
iss_calendar_take(struct iss_calendar *calendar)
{
    int32_t room = room_of(*entry_at(calendar, FIRST));
    int32_t slot = rooms_of(calendar)[room].slot;

    slots_of(calendar)[slot] = -1;
    take(calendar, room);
    return slot;
}

int32_t
iss_calendar_slot(const struct iss_calendar *calendar, int32_t room)
{
    return rooms_of(calendar)[room].slot;
}

int64_t
iss_calendar_time(const struct iss_calendar *calendar, int32_t slot)
{
    int32_t room = iss_calendar_room(calendar, slot);

    if (room < 0) {
        return ISS_NEVER;
    }
    uint64_t at = (uint64_t)rooms_of(calendar)[room].at;
    return (int64_t)sortable((int64_t)entry_at(calendar, at)->when);
}

/* ---- what must hold ------------------------------------------------------------ */

const char *
iss_calendar_check(const struct iss_calendar *calendar)
{
    const struct room *rooms = rooms_of(calendar);
    uint64_t end = end_of(calendar), at = FIRST + (calendar->hole ? SIZE : 0);
    int32_t free = 0;

    for (; at < end; at += SIZE) {
        const struct entry *entry = entry_at(calendar, at);
        int32_t room = room_of(*entry);
        if (at > FIRST &&
            before(entry->when, entry->rest, entry_at(calendar, above(at)))) {
            return "something on the calendar is before what is above it";
        }
        if (room >= calendar->used || rooms[room].at != (int32_t)at ||
            iss_calendar_room(calendar, rooms[room].slot) != room) {
            return "a slot of the calendar has another room than its event";
        }
    }
    for (; at < end + CHILDREN * SIZE; at += SIZE) {
        const struct entry *entry = entry_at(calendar, at);
        if (before(entry->when, entry->rest, &idle)) {
            return "something on the calendar is behind the last";
        }
    }
    for (int32_t room = calendar->free; room >= 0; room = rooms[room].slot) {
        free++;
    }
    return calendar->count + free == calendar->used
               ? NULL
               : "a room of the calendar is neither taken nor free";
}
