/* SPDX-License-Identifier: GPL-3.0-or-later */
/* moments.c - one number at a time. */
#include "kernel/moments.h"

#include <math.h>

void
iss_moments_add(struct iss_moments *moments, double value)
{
    double sum = moments->sum + value;

    if (isnan(value)) {
        moments->missing++;
        return;
    }
    if (fabs(moments->sum) >= fabs(value)) {
        moments->carry += (moments->sum - sum) + value;
    } else {
        moments->carry += (value - sum) + moments->sum;
    }
    moments->sum = sum;
    moments->nonzero += value != 0;
    iss_sample_add(&moments->sample, value);
}

uint64_t
iss_moments_count(const struct iss_moments *moments)
{
    return (uint64_t)moments->sample.count;
}

double
iss_moments_mean(const struct iss_moments *moments)
{
    /* With an infinity in the sum the carry is NaN, and means nothing. */
    double carry = isfinite(moments->sum) ? moments->carry : 0;
    return moments->sample.count == 0
               ? (double)NAN
               : (moments->sum + carry) / (double)moments->sample.count;
}

double
iss_moments_sd(const struct iss_moments *moments)
{
    return sqrt(iss_sample_variance(&moments->sample));
}
