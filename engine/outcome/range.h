/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome/range.h - which replications there are: a sorted list of ranges.
 *
 * Ranges are half open, never empty, and never touch: neighbours are one range.
 */
#ifndef ISS_OUTCOME_RANGE_H
#define ISS_OUTCOME_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "isssim/status.h"

struct iss_range {
    uint64_t first, end; /* first <= replication < end */
};

/* Zeroed, it is empty. */
struct iss_ranges {
    struct iss_range *items;
    size_t count, capacity;
};

/** Add [first, end).  ISS_OK; ISS_ERR_OVERLAP with nothing added when some of it is
 *  there already; ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_ranges_add(struct iss_ranges *ranges, uint64_t first,
                                  uint64_t end);

/** The first part of [first, end) that is there; false when nothing is. */
bool iss_ranges_shared(const struct iss_ranges *ranges, uint64_t first, uint64_t end,
                       struct iss_range *shared);

/** The first part of [first, end) that isn't there; false when all of it is. */
bool iss_ranges_gap(const struct iss_ranges *ranges, uint64_t first, uint64_t end,
                    struct iss_range *gap);

/** Are these the same replications? */
bool iss_ranges_equal(const struct iss_ranges *a, const struct iss_ranges *b);

/** How many replications there are. */
uint64_t iss_ranges_total(const struct iss_ranges *ranges);

/** The index of the first range that ends after `replication`; `count` for none. */
size_t iss_ranges_find(const struct iss_ranges *ranges, uint64_t replication);

void iss_ranges_clear(struct iss_ranges *ranges);

#endif
