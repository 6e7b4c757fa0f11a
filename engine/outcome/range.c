/* SPDX-License-Identifier: GPL-3.0-or-later */
/* range.c - a sorted list of ranges, searched by halves. */
#include "outcome/range.h"

#include <stdlib.h>
#include <string.h>

size_t
iss_ranges_find(const struct iss_ranges *ranges, uint64_t replication)
{
    size_t low = 0, high = ranges->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges->items[middle].end > replication) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

bool
iss_ranges_shared(const struct iss_ranges *ranges, uint64_t first, uint64_t end,
                  struct iss_range *shared)
{
    size_t at = iss_ranges_find(ranges, first);

    if (first >= end || at == ranges->count || ranges->items[at].first >= end) {
        return false;
    }
    *shared = ranges->items[at];
    shared->first = shared->first > first ? shared->first : first;
    shared->end = shared->end < end ? shared->end : end;
    return true;
}

bool
iss_ranges_gap(const struct iss_ranges *ranges, uint64_t first, uint64_t end,
               struct iss_range *gap)
{
    size_t at = iss_ranges_find(ranges, first);

    if (at < ranges->count && ranges->items[at].first <= first) {
        first = ranges->items[at].end;
        at++;
    }
    if (first >= end) {
        return false;
    }
    *gap = (struct iss_range){first, end};
    if (at < ranges->count && ranges->items[at].first < end) {
        gap->end = ranges->items[at].first;
    }
    return true;
}

/* Room for one more. */
static bool
grow(struct iss_ranges *ranges)
{
    size_t capacity = ranges->capacity == 0 ? 16 : 2 * ranges->capacity;
    struct iss_range *items;

    if (ranges->count < ranges->capacity) {
        return true;
    }
    items = realloc(ranges->items, capacity * sizeof(*items));
    if (items == NULL) {
        return false;
    }
    ranges->items = items;
    ranges->capacity = capacity;
    return true;
}

int
iss_ranges_add(struct iss_ranges *ranges, uint64_t first, uint64_t end)
{
    size_t at = iss_ranges_find(ranges, first);
    struct iss_range *items;
    struct iss_range shared;
    bool before, after;

    if (first >= end) {
        return ISS_OK;
    }
    if (iss_ranges_shared(ranges, first, end, &shared)) {
        return ISS_ERR_OVERLAP;
    }
    if (!grow(ranges)) {
        return ISS_ERR_NO_MEMORY;
    }
    items = ranges->items;
    before = at > 0 && items[at - 1].end == first;
    after = at < ranges->count && items[at].first == end;
    if (before && after) {
        items[at - 1].end = items[at].end;
        ranges->count--;
        memmove(&items[at], &items[at + 1], (ranges->count - at) * sizeof(*items));
    } else if (before) {
        items[at - 1].end = end;
    } else if (after) {
        items[at].first = first;
    } else {
        memmove(&items[at + 1], &items[at], (ranges->count - at) * sizeof(*items));
        items[at] = (struct iss_range){first, end};
        ranges->count++;
    }
    return ISS_OK;
}

bool
iss_ranges_equal(const struct iss_ranges *a, const struct iss_ranges *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (a->items[i].first != b->items[i].first ||
            a->items[i].end != b->items[i].end) {
            return false;
        }
    }
    return true;
}

uint64_t
iss_ranges_total(const struct iss_ranges *ranges)
{
    uint64_t total = 0;

    for (size_t i = 0; i < ranges->count; i++) {
        total += ranges->items[i].end - ranges->items[i].first;
    }
    return total;
}

void
iss_ranges_clear(struct iss_ranges *ranges)
{
    free(ranges->items);
    *ranges = (struct iss_ranges){0};
}
