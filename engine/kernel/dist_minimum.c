/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_minimum.c - the earliest of several independent lifetimes (competing risks).
 *
 * Cumulative hazards add up: H(t) = H1(t) + H2(t) + ..., and a life is the time at
 * which H reaches a unit exponential.  An early-failure Weibull, a constant rate and a
 * wear-out Weibull make a bathtub curve.
 *
 * H is inverted by regula falsi (Illinois) between bounds that bracket the root by
 * construction: with n parts, at H = h at least one of them has reached h / n, and none
 * more than h.  Where a part's hazard is infinite, the interval is halved.
 */
#include <float.h>
#include <math.h>

#include "isssim/status.h"
#include "kernel/dist_family.h"

#define STEPS 200 /* halving alone needs 64 to exhaust a double's digits */

struct iss_minimum {
    int32_t count;
    struct iss_dist parts[];
};

static const char *
minimum_problem(const struct iss_dist_spec *spec)
{
    return spec->count < 1 ? "a minimum needs at least one lifetime" : NULL;
}

static int
minimum_prepare(struct iss_dist *dist, const struct iss_dist_spec *spec,
                struct iss_arena *arena)
{
    struct iss_minimum *minimum = iss_arena_alloc(
        arena, sizeof *minimum + (size_t)spec->count * sizeof minimum->parts[0]);

    if (minimum == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    minimum->count = spec->count;
    for (int32_t i = 0; i < spec->count; i++) {
        minimum->parts[i] = *spec->of[i];
    }
    dist->minimum = minimum;
    return ISS_OK;
}

double
iss_minimum_hazard(const struct iss_dist *dist, double z)
{
    const struct iss_minimum *minimum = dist->minimum;
    double sum = 0;

    for (int32_t i = 0; i < minimum->count; i++) {
        sum += iss_dist_hazard(&minimum->parts[i], z);
    }
    return sum;
}

/* The earliest moment at which a part alone has a hazard of `hazard`. */
static double
earliest(const struct iss_minimum *minimum, double hazard)
{
    double first = INFINITY;

    for (int32_t i = 0; i < minimum->count; i++) {
        first = fmin(first, iss_dist_life(&minimum->parts[i], hazard, -INFINITY));
    }
    return first;
}

double
iss_minimum_life(const struct iss_dist *dist, double hazard)
{
    const struct iss_minimum *minimum = dist->minimum;
    double low = earliest(minimum, hazard / minimum->count);
    double high = earliest(minimum, hazard);
    double under = iss_minimum_hazard(dist, low) - hazard;
    double over = iss_minimum_hazard(dist, high) - hazard;

    if (!isfinite(high) || under >= 0) {
        return under >= 0 ? low : high;
    }
    for (int step = 0; step < STEPS && high - low > 2 * DBL_EPSILON * fabs(high);
         step++) {
        double middle = (low * over - high * under) / (over - under);
        if (!(middle > low && middle < high) || step % 8 == 7) {
            middle = low + 0.5 * (high - low);
        }
        double value = iss_minimum_hazard(dist, middle) - hazard;
        if (value >= 0) {
            high = middle;
            over = value;
            under *= 0.5;
        } else {
            low = middle;
            under = value;
            over *= 0.5;
        }
    }
    return high;
}

/* ---- the family ---------------------------------------------------------------- */

static struct iss_prob
minimum_cdf(const struct iss_dist *dist, double z)
{
    double hazard = iss_minimum_hazard(dist, z);

    return (struct iss_prob){-expm1(-hazard), exp(-hazard)};
}

static double
minimum_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return iss_minimum_life(dist, prob.p < 0.5 ? -log1p(-prob.p) : -log(prob.q));
}

const struct iss_family iss_family_minimum = {
    .problem = minimum_problem,
    .cdf = minimum_cdf,
    .quantile = minimum_quantile,
    .prepare = minimum_prepare,
};
