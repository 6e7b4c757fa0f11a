/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/moments.h - mean, spread and range of a column of numbers, NaN = missing.
 *
 * Numbers are taken one at a time in the order of the rows, so that the result depends
 * on the rows alone, not on the pieces that they are read in.  The sum is Neumaier's
 * (1974), whose error doesn't grow with the number of rows: of whole numbers it is
 * exact.  Squares are summed by Welford's method (kernel/tally.h).
 * A zeroed struct is empty and valid.
 */
#ifndef ISS_KERNEL_MOMENTS_H
#define ISS_KERNEL_MOMENTS_H

#include <stdint.h>

#include "kernel/tally.h"

struct iss_moments {
    struct iss_sample sample; /* count, min, max, squares */
    double sum, carry;        /* what rounding has taken from the sum so far */
    uint64_t missing;
    uint64_t nonzero;
};

void iss_moments_add(struct iss_moments *moments, double value);

/** How many numbers there were, without the missing ones. */
uint64_t iss_moments_count(const struct iss_moments *moments);

/** NaN of no number. */
double iss_moments_mean(const struct iss_moments *moments);

/** Standard deviation with n - 1; NaN below two numbers. */
double iss_moments_sd(const struct iss_moments *moments);

#endif
