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
 * Four are drawn at once, in single precision and without a branch, so that a compiler
 * can make vectors of them; what min and max are is kept in double.
 *
 * The worst error against the exact quantile, for probabilities from 1e-6 to 1 - 1e-6,
 * is 6e-5 of max - min; beyond, to 5e-10, it is 9e-4.  The table takes 34 kB; what it
 * costs is told in docs/medical.md.
 */
#ifndef ISS_KERNEL_PERT_H
#define ISS_KERNEL_PERT_H

#include <math.h>
#include <stdint.h>

#include "base/arena.h"

#define ISS_PERT_SHAPES 65
#define ISS_PERT_NODES  127

/* min <= mode <= max; all equal: a constant. */
struct iss_pert {
    double min, mode, max;
};

/* Four of them, side by side. */
enum { ISS_PERT_LANES = 4 };
struct iss_pert_lanes {
    double min[ISS_PERT_LANES], mode[ISS_PERT_LANES], max[ISS_PERT_LANES];
};

/* Row by row, a shape each: B at its nodes, the last of which stands there twice, so
 * that there is always a next one; as does the last row. */
enum { ISS_PERT_STRIDE = ISS_PERT_NODES + 1 };
struct iss_pert_table {
    float at[(ISS_PERT_SHAPES + 1) * ISS_PERT_STRIDE];
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

/** B of the shapes s, from 0 to 1, at the probabilities (bits + 0.5) 2^-32. */
static inline void
iss_pert_units(const struct iss_pert_table *table, const float s[ISS_PERT_LANES],
               const uint32_t bits[ISS_PERT_LANES], float out[ISS_PERT_LANES])
{
    const float rows = ISS_PERT_SHAPES - 1;
    const float columns = (float)((ISS_PERT_NODES - 1) / ISS_PERT_REACH);
    float turn[ISS_PERT_LANES], across[ISS_PERT_LANES], along[ISS_PERT_LANES];
    int32_t at[ISS_PERT_LANES];

    for (int i = 0; i < ISS_PERT_LANES; i++) {
        int32_t upper = (int32_t)bits[i] >> 31; /* -1 above the median, else 0 */
        turn[i] = (float)upper;
        float tail = ((float)((int32_t)bits[i] ^ upper) + 0.5F) * 0x1p-32F;
        float row = rows * (s[i] + turn[i] * (2 * s[i] - 1));
        float column = columns * sqrtf(sqrtf(tail));
        at[i] = (int32_t)row * ISS_PERT_STRIDE + (int32_t)column;
        across[i] = row - (float)(int32_t)row;
        along[i] = column - (float)(int32_t)column;
    }
    for (int i = 0; i < ISS_PERT_LANES; i++) {
        const float *low = table->at + at[i], *high = low + ISS_PERT_STRIDE;
        float at_low = low[0] + along[i] * (low[1] - low[0]);
        float at_high = high[0] + along[i] * (high[1] - high[0]);
        float value = at_low + across[i] * (at_high - at_low);
        out[i] = value + turn[i] * (2 * value - 1);
    }
}

/** The variates at the probabilities (bits + 0.5) 2^-32. */
static inline void
iss_pert_draw(const struct iss_pert_table *table, const struct iss_pert_lanes *perts,
              const uint32_t bits[ISS_PERT_LANES], double out[ISS_PERT_LANES])
{
    float s[ISS_PERT_LANES], unit[ISS_PERT_LANES];

    for (int i = 0; i < ISS_PERT_LANES; i++) {
        float range = (float)(perts->max[i] - perts->min[i]);
        s[i] = (float)(perts->mode[i] - perts->min[i]) / (range + 1e-30F);
    }
    iss_pert_units(table, s, bits, unit);
    for (int i = 0; i < ISS_PERT_LANES; i++) {
        out[i] = perts->min[i] + (perts->max[i] - perts->min[i]) * (double)unit[i];
    }
}

#endif
