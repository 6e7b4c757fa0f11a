/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/pert.h - Beta-PERT distributions of any shape from one table.
 *
 * A Beta-PERT between min and max with the mode in between (lambda = 4) is
 *
 *     min + (max - min) B,   B ~ Beta(1 + 4 s, 5 - 4 s),   s = (mode - min)/(max - min)
 *
 * so that one table over s and the probability serves all, also those whose parameters
 * are found only when they are needed.  (kernel/dist.h makes a finer table for each
 * distribution, when it is built.)
 *
 * The table has ISS_PERT_SHAPES shapes, and for each the quantiles up to the median at
 * ISS_PERT_NODES nodes, equidistant in the fourth root of the probability; the upper
 * half is the lower one of the shape 1 - s, turned round.  Between nodes it is
 * bilinear. The root is taken as sqrt(sqrt(u)), which is correctly rounded, so that a
 * variate is the same on every CPU that built the same table.
 *
 * The worst error against the exact quantile, for probabilities from 1e-6 to 1 - 1e-6,
 * is 7e-5 of max - min; at 1e-9 it is 5e-4.  The table takes 67 kB; what it costs is
 * told in docs/medical.md.
 */
#ifndef ISS_KERNEL_PERT_H
#define ISS_KERNEL_PERT_H

#include <math.h>

#include "base/arena.h"

#define ISS_PERT_SHAPES 65
#define ISS_PERT_NODES  129

/* min <= mode <= max; all equal: a constant. */
struct iss_pert {
    double min, mode, max;
};

struct iss_pert_table {
    double at[ISS_PERT_SHAPES][ISS_PERT_NODES]; /* B at (i / nodes' reach)^4 */
};

/* Where the median is, in the fourth root of the probability. */
#define ISS_PERT_REACH 0.8408964152537145

/** ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_pert_table_new(struct iss_arena *arena, const struct iss_pert_table **table);

/** (min + 4 mode + max) / 6. */
static inline double
iss_pert_mean(const struct iss_pert *pert)
{
    return (pert->min + 4 * pert->mode + pert->max) / 6;
}

/** B of shape s, from 0 to 1, at probability u, 0 < u < 1. */
static inline double
iss_pert_unit(const struct iss_pert_table *table, double s, double u)
{
    int upper = u > 0.5;
    double tail = upper ? 1 - u : u;
    double column = sqrt(sqrt(tail)) * ((ISS_PERT_NODES - 1) / ISS_PERT_REACH);
    double row = (upper ? 1 - s : s) * (ISS_PERT_SHAPES - 1);
    int i = (int)row, k = (int)column;

    i = i < ISS_PERT_SHAPES - 2 ? i : ISS_PERT_SHAPES - 2;
    k = k < ISS_PERT_NODES - 2 ? k : ISS_PERT_NODES - 2;
    double across = row - i, along = column - k;
    const double *low = &table->at[i][k], *high = &table->at[i + 1][k];
    double at_low = low[0] + along * (low[1] - low[0]);
    double at_high = high[0] + along * (high[1] - high[0]);
    double value = at_low + across * (at_high - at_low);
    return upper ? 1 - value : value;
}

/** The variate at probability u, 0 < u < 1. */
static inline double
iss_pert_quantile(const struct iss_pert_table *table, const struct iss_pert *pert,
                  double u)
{
    double range = pert->max - pert->min;

    return range > 0
               ? pert->min +
                     range * iss_pert_unit(table, (pert->mode - pert->min) / range, u)
               : pert->min;
}

#endif
