/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * queues.c - the candidates: heaps, scans and variants of the winner tree.
 */
#include "queues.h"

#include <stdbool.h>
#include <string.h>

#include "base/civil.h"
#include "kernel/calendar.h"

#define ARITY      2
#define HEAP(name) heap2_##name
#include "queue_heap.h"

#define ARITY      4
#define HEAP(name) heap4_##name
#include "queue_heap.h"

struct key {
    int64_t time_us;
    uint64_t order;
};

static inline int
before(struct key a, struct key b)
{
    return (a.time_us < b.time_us) | ((a.time_us == b.time_us) & (a.order < b.order));
}

__extension__ typedef unsigned __int128 uint128;

/* The same as one wide comparison; the sign bit is turned, for times before 0. */
static inline int
before_wide(struct key a, struct key b)
{
    const uint64_t sign = UINT64_C(1) << 63;

    return ((uint128)((uint64_t)a.time_us ^ sign) << 64 | a.order) <
           ((uint128)((uint64_t)b.time_us ^ sign) << 64 | b.order);
}

static int32_t
power_of_two(int32_t slots)
{
    int32_t power = 1;

    while (power < slots) {
        power *= 2;
    }
    return power;
}

/* A dense, unordered list of what is pending; the first is found by looking at all. */

struct scan {
    int32_t slots, count;
    int64_t unused;
    struct key keys[]; /* dense; then int32_t slot_at[slots], place[slots] */
};

static int32_t *
scan_slot_at(const struct scan *scan)
{
    return (int32_t *)(void *)(uintptr_t)(scan->keys + scan->slots);
}

static size_t
scan_size(int32_t slots)
{
    return sizeof(struct scan) + (size_t)slots * (sizeof(struct key) + 8);
}

static void
scan_init(void *memory, int32_t slots)
{
    struct scan *scan = memory;

    scan->slots = slots;
    scan->count = 0;
    memset(scan_slot_at(scan), 0xff, 2 * (size_t)slots * sizeof(int32_t));
}

static void
scan_set(void *memory, int32_t slot, int64_t time_us, uint64_t order)
{
    struct scan *scan = memory;
    int32_t *slot_at = scan_slot_at(scan), *place = slot_at + scan->slots;

    if (place[slot] < 0) {
        place[slot] = scan->count++;
        slot_at[place[slot]] = slot;
    }
    scan->keys[place[slot]] = (struct key){time_us, order};
}

static void
scan_cancel(void *memory, int32_t slot)
{
    struct scan *scan = memory;
    int32_t *slot_at = scan_slot_at(scan), *place = slot_at + scan->slots;
    int32_t at = place[slot];

    if (at < 0) {
        return;
    }
    scan->count--;
    scan->keys[at] = scan->keys[scan->count];
    slot_at[at] = slot_at[scan->count];
    place[slot_at[at]] = at;
    place[slot] = -1;
}

static int32_t
scan_first(const void *memory)
{
    const struct scan *scan = memory;
    struct key best = {INT64_MAX, UINT64_MAX};
    int32_t at = -1;

    for (int32_t i = 0; i < scan->count; i++) {
        int won = before(scan->keys[i], best);

        at = won ? i : at;
        best.time_us = won ? scan->keys[i].time_us : best.time_us;
        best.order = won ? scan->keys[i].order : best.order;
    }
    return at < 0 ? -1 : scan_slot_at(scan)[at];
}

/* Winner trees, which the calendar was before: padded to a power of two leaves
 * (`padded`), with comparisons as branches (`branchy`), and stopping where the outcome
 * of a game stays as it was (`stop`). */

struct tree {
    int32_t slots, leaves;
    int64_t unused;
    struct key keys[]; /* slots + 1, the last always idle; then int32_t winners */
};

static int32_t *
tree_winners(const struct tree *tree)
{
    return (int32_t *)(uintptr_t)(tree->keys + tree->slots + 1);
}

static void
tree_init(struct tree *tree, int32_t slots, int32_t leaves)
{
    int32_t *winner;

    tree->slots = slots;
    tree->leaves = leaves;
    winner = tree_winners(tree);
    for (int32_t i = 0; i <= slots; i++) {
        tree->keys[i] = (struct key){ISS_NEVER, UINT64_MAX};
    }
    for (int32_t i = 0; i < leaves; i++) {
        winner[leaves + i] = i < slots ? i : slots;
    }
    for (int32_t i = leaves - 1; i > 0; i--) {
        winner[i] = winner[2 * i];
    }
}

static int32_t
tree_first(const struct tree *tree)
{
    int32_t slot = tree_winners(tree)[1];

    return tree->keys[slot].time_us == ISS_NEVER ? -1 : slot;
}

static inline __attribute__((always_inline)) void
tree_replay(struct tree *tree, int32_t slot, struct key key, bool branches, bool stops)
{
    int32_t *winner = tree_winners(tree);
    int64_t best = slot;

    tree->keys[slot] = key;
    for (int32_t at = slot + tree->leaves; at > 1; at /= 2) {
        int64_t other = winner[at ^ 1];
        struct key against = tree->keys[other];

        if (branches) {
            if (before(against, key)) {
                best = other;
                key = against;
            }
        } else {
            int64_t lost = -(int64_t)before_wide(against, key);

            best ^= (best ^ other) & lost;
            key.time_us ^= (key.time_us ^ against.time_us) & lost;
            key.order ^= (key.order ^ against.order) & (uint64_t)lost;
        }
        if (stops && best != slot && winner[at / 2] == best) {
            return;
        }
        winner[at / 2] = (int32_t)best;
    }
}

#define TREE(name, leaves, branches, stops)                                            \
    static size_t name##_size(int32_t slots)                                           \
    {                                                                                  \
        return sizeof(struct tree) + ((size_t)slots + 1) * sizeof(struct key) +        \
               2 * (size_t)(leaves) * sizeof(int32_t);                                 \
    }                                                                                  \
    static void name##_init(void *memory, int32_t slots)                               \
    {                                                                                  \
        tree_init(memory, slots, leaves);                                              \
    }                                                                                  \
    static void name##_set(void *memory, int32_t slot, int64_t time_us,                \
                           uint64_t order)                                             \
    {                                                                                  \
        tree_replay(memory, slot, (struct key){time_us, order}, branches, stops);      \
    }                                                                                  \
    static void name##_cancel(void *memory, int32_t slot)                              \
    {                                                                                  \
        if (((struct tree *)memory)->keys[slot].time_us != ISS_NEVER) {                \
            name##_set(memory, slot, ISS_NEVER, UINT64_MAX);                           \
        }                                                                              \
    }                                                                                  \
    static int32_t name##_first(const void *memory)                                    \
    {                                                                                  \
        return tree_first(memory);                                                     \
    }

TREE(padded, power_of_two(slots), false, false)
TREE(branchy, slots, true, false)
TREE(stop, slots, false, true)

/* Nothing at all, for the cost of the replay itself. */

static size_t
nothing_size(int32_t slots)
{
    (void)slots;
    return sizeof(int32_t);
}

static void
nothing_init(void *memory, int32_t slots)
{
    (void)slots;
    *(int32_t *)memory = 0;
}

static void
nothing_set(void *memory, int32_t slot, int64_t time_us, uint64_t order)
{
    (void)time_us;
    (void)order;
    *(int32_t *)memory = slot;
}

static void
nothing_cancel(void *memory, int32_t slot)
{
    *(int32_t *)memory = slot;
}

static int32_t
nothing_first(const void *memory)
{
    return *(const int32_t *)memory;
}

/* The chosen one. */

static void
chosen_init(void *memory, int32_t slots)
{
    (void)iss_calendar_init(memory, slots);
}

static void
chosen_set(void *memory, int32_t slot, int64_t time_us, uint64_t order)
{
    iss_calendar_set(memory, slot, time_us, order);
}

static void
chosen_cancel(void *memory, int32_t slot)
{
    iss_calendar_cancel(memory, slot);
}

static int32_t
chosen_first(const void *memory)
{
    int32_t room = iss_calendar_first((struct iss_calendar *)(uintptr_t)memory);

    return room < 0 ? -1 : iss_calendar_slot(memory, room);
}

#define QUEUE(text, name)                                                              \
    {                                                                                  \
        text, name##_size, name##_init, name##_set, name##_cancel, name##_first        \
    }
#define chosen_size iss_calendar_size

const struct queue queues[] = {
    QUEUE("4-ary heap (the calendar)", chosen), QUEUE("winner tree, padded", padded),
    QUEUE("winner tree, branches", branchy),    QUEUE("winner tree, early stop", stop),
    QUEUE("4-ary heap, plain", heap4),          QUEUE("binary heap, plain", heap2),
    QUEUE("scan of the pending", scan),         QUEUE("(the replay itself)", nothing),
};
const size_t queue_count = sizeof queues / sizeof queues[0];
