/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/select.h - exact sample quantiles of any number of rows in little memory.
 *
 * The quantile at probability u of n sorted numbers is that of Hyndman and Fan's type 7
 * ("Sample quantiles in statistical packages", 1996), numpy's default: between the
 * numbers at floor(h) and floor(h) + 1, h = (n - 1) u, by linear interpolation, in
 * numpy's very arithmetic, so that np.quantile() of the rows gives the same bits.
 */
#ifndef ISS_KERNEL_SELECT_H
#define ISS_KERNEL_SELECT_H

#include <stddef.h>
#include <stdint.h>

#include "isssim/status.h"

/* At most so many quantiles in one search. */
#define ISS_SELECT_MOST 16

/* A column that is read piece by piece, and again from the start. */
struct iss_values {
    void *self;
    uint64_t rows;
    /** Numbers `first` to `first + count - 1`; ISS_OK or an error of reading. */
    int (*read)(void *self, uint64_t first, size_t count, double *values);
};

/** Where the quantile `prob` of n > 0 sorted numbers lies: `index` of the lower number,
 *  and the share of the way to the next one. */
double iss_quantile_place(uint64_t n, double prob, uint64_t *index);

/** The point at `share` of the way from `low` to `high`. */
double iss_quantile_between(double low, double high, double share);

/**
 * The quantiles at `probs` (in [0, 1], any order) of the numbers in `values` that
 * aren't NaN; NaN when all are.
 *
 * Reads the column five times, 13 bits of the numbers' order-preserving keys at a time,
 * in 2.2 MiB of memory whatever its length.
 *
 * @param count  at most ISS_SELECT_MOST.
 * @return ISS_OK, ISS_ERR_NO_MEMORY, or what reading failed with.
 */
ISS_MUST_CHECK int iss_select_quantiles(const struct iss_values *values,
                                        const double *probs, size_t count,
                                        double *quantiles);

#endif
