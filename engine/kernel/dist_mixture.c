/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_mixture.c - one of several distributions, chosen by weight.
 *
 * A mixture is laid flat when it is built: a mixture in a mixture gives its parts, a
 * p_zero a part that is 0, and the shift and the limits around the mixture go into each
 * part, whose weight changes with what the limits leave of it.  What is left are parts
 * that are families shifted and limited, and a choice between them.
 */
#include <math.h>

#include "isssim/status.h"
#include "kernel/dist_family.h"

#define SUM_ERROR 1e-9
#define LEAST     0x1p-53 /* stands for a probability that rounding took away */

struct part {
    double weight;
    double before, after; /* weights of the parts on either side, summed */
    struct iss_dist dist;
};

struct iss_mixture {
    int32_t count;
    struct part parts[];
};

/* ---- building ------------------------------------------------------------------ */

static const char *
mixture_problem(const struct iss_dist_spec *spec)
{
    double sum = 0;

    if (spec->count < 1) {
        return "a mixture needs at least one component";
    }
    for (int32_t i = 0; i < spec->count; i++) {
        if (!(spec->weights[i] >= 0)) {
            return "weights must not be negative";
        }
        sum += spec->weights[i];
    }
    return fabs(sum - 1) <= SUM_ERROR ? NULL : "weights must sum to 1";
}

static size_t
parts_needed(const struct iss_dist_spec *spec)
{
    size_t count = 1; /* the mixture's own zeros */

    for (int32_t i = 0; i < spec->count; i++) {
        const struct iss_mixture *inner = spec->of[i]->mixture;

        count += inner != NULL ? (size_t)inner->count : 2;
    }
    return count;
}

static void
add_part(struct iss_mixture *mixture, double weight, const struct iss_dist *dist)
{
    if (weight > 0) {
        mixture->parts[mixture->count++] = (struct part){weight, 0, 0, *dist};
    }
}

/* Add `dist`, which has no zeros of its own, as the shift and limits of `spec` leave
 * it. */
static void
add_within(struct iss_mixture *mixture, const struct iss_dist_spec *spec, double weight,
           const struct iss_dist *dist)
{
    struct iss_dist within = *dist;

    within.p_zero = 0;
    within.below_zero = 0;
    within.shift += spec->shift;
    within.lower = fmax(within.lower + spec->shift, spec->lower);
    within.upper = fmin(within.upper + spec->shift, spec->upper);
    iss_dist_limit(&within);
    add_part(mixture, weight * (within.mass / dist->mass), &within);
}

static void
add_component(struct iss_mixture *mixture, const struct iss_dist_spec *spec,
              double weight, const struct iss_dist *dist, const struct iss_dist *zero)
{
    const struct iss_mixture *inner = dist->mixture;

    for (int32_t i = 0; inner != NULL && i < inner->count; i++) {
        add_within(mixture, spec, weight * inner->parts[i].weight,
                   &inner->parts[i].dist);
    }
    if (inner == NULL) {
        add_within(mixture, spec, weight * dist->p_zero, zero);
        add_within(mixture, spec, weight * (1 - dist->p_zero), dist);
    }
}

/* Make the weights of the parts from `first` on sum to `sum`; false when they are 0. */
static bool
scale(struct iss_mixture *mixture, int32_t first, double sum)
{
    double total = 0;

    for (int32_t i = first; i < mixture->count; i++) {
        total += mixture->parts[i].weight;
    }
    for (int32_t i = first; i < mixture->count; i++) {
        mixture->parts[i].weight *= sum / total;
    }
    return total > 0;
}

static void
sum_weights(struct iss_mixture *mixture)
{
    double before = 0, after = 0;

    for (int32_t i = 0; i < mixture->count; i++) {
        mixture->parts[i].before = before;
        before += mixture->parts[i].weight;
    }
    for (int32_t i = mixture->count - 1; i >= 0; i--) {
        mixture->parts[i].after = after;
        after += mixture->parts[i].weight;
    }
}

static int
mixture_prepare(struct iss_dist *dist, const struct iss_dist_spec *spec,
                struct iss_arena *arena)
{
    struct iss_dist zero = {
        .family = &iss_family_constant, .lower = -INFINITY, .upper = INFINITY};
    struct iss_mixture *mixture = iss_arena_alloc(
        arena, sizeof *mixture + parts_needed(spec) * sizeof mixture->parts[0]);
    int32_t first;

    if (mixture == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_dist_limit(&zero);
    add_part(mixture, spec->p_zero, &zero);
    first = mixture->count;
    for (int32_t i = 0; i < spec->count; i++) {
        add_component(mixture, spec, spec->weights[i], spec->of[i], &zero);
    }
    *dist = (struct iss_dist){.family = &iss_family_mixture,
                              .mixture = mixture,
                              .lower = -INFINITY,
                              .upper = INFINITY};
    iss_dist_limit(dist);
    if (!scale(mixture, first, 1 - spec->p_zero)) {
        dist->mass = 0;
    }
    sum_weights(mixture);
    return ISS_OK;
}

/* ---- the family ---------------------------------------------------------------- */

int32_t
iss_mixture_count(const struct iss_dist *dist)
{
    return dist->mixture->count;
}

const struct iss_dist *
iss_mixture_part(const struct iss_dist *dist, int32_t part)
{
    return &dist->mixture->parts[part].dist;
}

static struct iss_prob
mixture_cdf(const struct iss_dist *dist, double z)
{
    const struct iss_mixture *mixture = dist->mixture;
    struct iss_prob sum = {0, 0};

    for (int32_t i = 0; i < mixture->count; i++) {
        struct iss_prob prob = iss_dist_tails(&mixture->parts[i].dist, z);

        sum.p += mixture->parts[i].weight * prob.p;
        sum.q += mixture->parts[i].weight * prob.q;
    }
    return (struct iss_prob){sum.p / (sum.p + sum.q), sum.q / (sum.p + sum.q)};
}

/* The last part that begins below p. */
static const struct part *
choose(const struct iss_mixture *mixture, double p)
{
    int32_t low = 0, high = mixture->count - 1;

    while (low < high) {
        int32_t middle = low + (high - low + 1) / 2;

        if (mixture->parts[middle].before < p) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return &mixture->parts[low];
}

/* p and q within a part, from whichever is exact. */
static struct iss_prob
within(double p, double q)
{
    if (p < 0.5) {
        p = p > 0 ? p : LEAST;
        return (struct iss_prob){p, 1 - p};
    }
    q = q > 0 ? q : LEAST;
    return (struct iss_prob){1 - q, q};
}

static double
mixture_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    const struct part *part = choose(dist->mixture, prob.p);

    return iss_dist_at(&part->dist, within((prob.p - part->before) / part->weight,
                                           (prob.q - part->after) / part->weight));
}

static double
mixture_mean(const struct iss_dist *dist)
{
    const struct iss_mixture *mixture = dist->mixture;
    double sum = 0;

    for (int32_t i = 0; i < mixture->count; i++) {
        sum += mixture->parts[i].weight * iss_dist_mean(&mixture->parts[i].dist);
    }
    return sum;
}

static double
living(const struct part *part, double age)
{
    return part->weight * iss_dist_tails(&part->dist, age).q;
}

double
iss_mixture_beyond(const struct iss_dist *dist, double u, double age)
{
    const struct iss_mixture *mixture = dist->mixture;
    const struct part *last = NULL;
    double total = 0, left, weight = 0;

    for (int32_t i = 0; i < mixture->count; i++) {
        total += living(&mixture->parts[i], age);
    }
    left = u * total;
    for (int32_t i = 0; i < mixture->count; i++) {
        double alive = living(&mixture->parts[i], age);

        if (alive > 0) {
            left -= last != NULL ? weight : 0;
            last = &mixture->parts[i];
            weight = alive;
            if (left < weight) {
                break;
            }
        }
    }
    if (last == NULL) {
        return age;
    }
    u = fmin(1 - LEAST, fmax(LEAST, left / weight));
    return iss_dist_quantile_beyond(&last->dist, u, age);
}

const struct iss_family iss_family_mixture = {
    .problem = mixture_problem,
    .cdf = mixture_cdf,
    .quantile = mixture_quantile,
    .mean = mixture_mean,
    .prepare = mixture_prepare,
};
