/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench/queue_heap.h - an indexed d-ary heap, written once for any ARITY.
 *
 * Define ARITY and HEAP(name), which makes the names of this arity, and include.
 * Entries carry their keys; place[slot] is the entry of a slot, or -1.
 */
struct HEAP(entry) {
    int64_t time_us;
    uint64_t order;
    int64_t slot;
};

struct HEAP(heap) {
    int32_t slots, count;
    struct HEAP(entry) entries[]; /* one a slot; then int32_t place[slots] */
};

static int32_t *
HEAP(place)(struct HEAP(heap) * heap)
{
    return (int32_t *)(void *)(heap->entries + heap->slots);
}

static size_t
HEAP(size)(int32_t slots)
{
    return sizeof(struct HEAP(heap)) +
           (size_t)slots * (sizeof(struct HEAP(entry)) + sizeof(int32_t));
}

static void
HEAP(init)(void *memory, int32_t slots)
{
    struct HEAP(heap) *heap = memory;

    heap->slots = slots;
    heap->count = 0;
    memset(HEAP(place)(heap), 0xff, (size_t)slots * sizeof(int32_t));
}

static int
HEAP(before)(const struct HEAP(entry) * a, const struct HEAP(entry) * b)
{
    return (a->time_us < b->time_us) |
           ((a->time_us == b->time_us) & (a->order < b->order));
}

static void
HEAP(sift)(struct HEAP(heap) * heap, int32_t at, struct HEAP(entry) entry)
{
    struct HEAP(entry) *entries = heap->entries;
    int32_t *place = HEAP(place)(heap);

    while (at > 0 && HEAP(before)(&entry, &entries[(at - 1) / ARITY])) {
        entries[at] = entries[(at - 1) / ARITY];
        place[entries[at].slot] = at;
        at = (at - 1) / ARITY;
    }
    for (;;) {
        int32_t child = at * ARITY + 1, end = child + ARITY, best = child;

        if (child >= heap->count) {
            break;
        }
        end = end < heap->count ? end : heap->count;
        for (int32_t i = child + 1; i < end; i++) {
            best = HEAP(before)(&entries[i], &entries[best]) ? i : best;
        }
        if (!HEAP(before)(&entries[best], &entry)) {
            break;
        }
        entries[at] = entries[best];
        place[entries[at].slot] = at;
        at = best;
    }
    entries[at] = entry;
    place[entry.slot] = at;
}

static void
HEAP(set)(void *memory, int32_t slot, int64_t time_us, uint64_t order)
{
    struct HEAP(heap) *heap = memory;
    int32_t at = HEAP(place)(heap)[slot];

    if (at < 0) {
        at = heap->count++;
    }
    HEAP(sift)(heap, at, (struct HEAP(entry)){time_us, order, slot});
}

static void
HEAP(cancel)(void *memory, int32_t slot)
{
    struct HEAP(heap) *heap = memory;
    int32_t *place = HEAP(place)(heap);
    int32_t at = place[slot];

    if (at < 0) {
        return;
    }
    place[slot] = -1;
    heap->count--;
    if (at < heap->count) {
        HEAP(sift)(heap, at, heap->entries[heap->count]);
    }
}

static int32_t
HEAP(first)(const void *memory)
{
    const struct HEAP(heap) *heap = memory;

    return heap->count > 0 ? (int32_t)heap->entries[0].slot : -1;
}

#undef ARITY
#undef HEAP
