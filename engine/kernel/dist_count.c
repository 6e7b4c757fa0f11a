/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_count.c - poisson and binomial: how many of something, times a unit.
 *
 * Each distribution has its probabilities in a table: from the most likely count
 * outwards by the ratio of neighbours, down to 1e-300 of it, then summed from both
 * ends, so that both tails keep their digits.
 *
 *     P(k + 1) / P(k) = mean / (k + 1)                       poisson
 *                     = (n - k) / (k + 1) * p / (1 - p)      binomial
 *
 * A draw looks up in a guide where to search: one or two comparisons.
 */
#include <math.h>

#include "isssim/status.h"
#include "kernel/dist_family.h"

#define LARGEST    1e6
#define NEGLIGIBLE 1e-300
#define MISS       1e-6 /* of a count, by rounding of z / unit */
#define GUIDES_MIN 16
#define GUIDES_MAX 4096

struct iss_counts {
    double first; /* the least count in the table */
    int32_t size;
    int32_t middle;       /* from here on tails are P(K > k), before P(K <= k) */
    int32_t guides;       /* a power of 2 */
    const int32_t *guide; /* where the CDF reaches g / guides; guides + 1 of them */
    double tail[];
};

/* ---- the table ----------------------------------------------------------------- */

static double
ratio(const struct iss_dist *dist, double k)
{
    const double *p = dist->p;

    if (dist->family == &iss_family_poisson) {
        return p[0] / (k + 1);
    }
    return (p[0] - k) / (k + 1) * (p[1] / (1 - p[1]));
}

static double
most_likely(const struct iss_dist *dist)
{
    const double *p = dist->p;

    if (dist->family == &iss_family_poisson) {
        return floor(p[0]);
    }
    return fmin(p[0], floor((p[0] + 1) * p[1]));
}

/* How far the table reaches below and above the most likely count. */
static void
find_reach(const struct iss_dist *dist, double mode, int32_t *below, int32_t *above)
{
    double weight = 1;

    for (*below = 0; *below < mode; ++*below) {
        weight /= ratio(dist, mode - *below - 1);
        if (weight < NEGLIGIBLE) {
            break;
        }
    }
    weight = 1;
    for (*above = 0;; ++*above) {
        weight *= ratio(dist, mode + *above);
        if (!(weight >= NEGLIGIBLE)) {
            break;
        }
    }
}

static void
fill_weights(const struct iss_dist *dist, double mode, int32_t place, double *weights,
             int32_t size)
{
    weights[place] = 1;
    for (int32_t i = place; i > 0; i--) {
        weights[i - 1] = weights[i] / ratio(dist, mode + (i - 1 - place));
    }
    for (int32_t i = place; i + 1 < size; i++) {
        weights[i + 1] = weights[i] * ratio(dist, mode + (i - place));
    }
}

/* Turn weights into tails, each summed from its small end. */
static void
sum_tails(struct iss_counts *counts)
{
    double *tail = counts->tail, total = 0, below = 0, above = 0;

    for (int32_t i = 0; i < counts->size; i++) {
        total += tail[i];
    }
    for (int32_t i = 0; i < counts->size; i++) {
        if (below + tail[i] >= 0.5 * total) {
            counts->middle = i;
            break;
        }
        below += tail[i];
        tail[i] = below / total;
    }
    for (int32_t i = counts->size - 1; i >= counts->middle; i--) {
        double weight = tail[i];

        tail[i] = above / total;
        above += weight;
    }
}

/* Whether the CDF at place i is at least `prob`. */
static bool
reaches(const struct iss_counts *counts, int32_t i, struct iss_prob prob)
{
    return i < counts->middle ? counts->tail[i] >= prob.p : counts->tail[i] <= prob.q;
}

static int
add_guide(struct iss_counts *counts, struct iss_arena *arena)
{
    int32_t guides = GUIDES_MIN, at = 0;
    int32_t *guide;

    while (guides < GUIDES_MAX && guides < counts->size / 8) {
        guides *= 2;
    }
    guide = iss_arena_array(arena, (size_t)guides + 1, sizeof *guide);
    if (guide == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t g = 0; g <= guides; g++) {
        struct iss_prob prob = {(double)g / guides, (double)(guides - g) / guides};

        while (at < counts->size - 1 && !reaches(counts, at, prob)) {
            at++;
        }
        guide[g] = at;
    }
    counts->guides = guides;
    counts->guide = guide;
    return ISS_OK;
}

static int
count_prepare(struct iss_dist *dist, const struct iss_dist_spec *spec,
              struct iss_arena *arena)
{
    double mode = most_likely(dist);
    struct iss_counts *counts;
    int32_t below, above;

    (void)spec;
    find_reach(dist, mode, &below, &above);
    counts =
        iss_arena_alloc(arena, sizeof *counts + ((size_t)below + (size_t)above + 1) *
                                                    sizeof counts->tail[0]);
    if (counts == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    counts->first = mode - below;
    counts->size = below + above + 1;
    fill_weights(dist, mode, below, counts->tail, counts->size);
    sum_tails(counts);
    dist->counts = counts;
    return add_guide(counts, arena);
}

/* ---- the family ---------------------------------------------------------------- */

static struct iss_prob
tails_at(const struct iss_counts *counts, double k)
{
    double place = k - counts->first;
    int32_t i;

    if (place < 0) {
        return (struct iss_prob){0, 1};
    }
    if (place >= counts->size) {
        return (struct iss_prob){1, 0};
    }
    i = (int32_t)place;
    if (i < counts->middle) {
        return (struct iss_prob){counts->tail[i], 1 - counts->tail[i]};
    }
    return (struct iss_prob){1 - counts->tail[i], counts->tail[i]};
}

/* The greatest count of z units, and the least that isn't less. */
static double
whole_below(const struct iss_dist *dist, double z)
{
    return floor(z / dist->unit + MISS);
}

static double
whole_above(const struct iss_dist *dist, double z)
{
    return ceil(z / dist->unit - MISS);
}

static struct iss_prob
count_cdf(const struct iss_dist *dist, double z)
{
    return tails_at(dist->counts, whole_below(dist, z));
}

static struct iss_prob
count_below(const struct iss_dist *dist, double z)
{
    return tails_at(dist->counts, whole_above(dist, z) - 1);
}

static double
count_at_least(const struct iss_dist *dist, double z)
{
    double k = fmax(0, whole_above(dist, z));

    if (dist->family == &iss_family_binomial && k > dist->p[0]) {
        return INFINITY;
    }
    return k * dist->unit;
}

static double
count_at_most(const struct iss_dist *dist, double z)
{
    double k = whole_below(dist, z);

    if (dist->family == &iss_family_binomial) {
        k = fmin(k, dist->p[0]);
    }
    return k >= 0 ? k * dist->unit : -INFINITY;
}

static double
count_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    const struct iss_counts *counts = dist->counts;
    int32_t last = counts->guides - 1;
    int32_t g = (int32_t)fmin(last, prob.p * counts->guides);
    /* In a tail the guide's end is rounded. */
    int32_t low = g == 0 ? 0 : counts->guide[g];
    int32_t high = g == last ? counts->size - 1 : counts->guide[g + 1];

    while (low < high) {
        int32_t middle = low + (high - low) / 2;

        if (reaches(counts, middle, prob)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return (counts->first + low) * dist->unit;
}

/* E K = least + the sum of P(K > k) from there to the greatest. */
static double
count_mean_within(const struct iss_dist *dist)
{
    const struct iss_counts *counts = dist->counts;
    double least = fmax(counts->first, whole_above(dist, fmax(0, dist->low)));
    double greatest = counts->first + counts->size - 1, sum = 0;

    if (!isinf(dist->high)) {
        greatest = fmin(greatest, whole_below(dist, dist->high));
    }
    for (double k = greatest - 1; k >= least; k--) {
        struct iss_prob prob = tails_at(counts, k);

        sum += (dist->at_lower.p > 0.5 ? prob.q - dist->at_upper.q
                                       : dist->at_upper.p - prob.p) /
               dist->mass;
    }
    return (least + sum) * dist->unit;
}

static const struct iss_atoms count_atoms = {
    .below = count_below,
    .at_least = count_at_least,
    .at_most = count_at_most,
    .mean_within = count_mean_within,
};

static const char *
unit_problem(const struct iss_dist_spec *spec)
{
    return spec->unit > 0 && isfinite(spec->unit) ? NULL : "unit must be positive";
}

static const char *
poisson_problem(const struct iss_dist_spec *spec)
{
    if (!(spec->p[0] >= 0 && spec->p[0] <= LARGEST)) {
        return "the mean of a poisson must be from 0 to 1000000";
    }
    return unit_problem(spec);
}

static double
poisson_mean(const struct iss_dist *dist)
{
    return dist->p[0] * dist->unit;
}

static const char *
binomial_problem(const struct iss_dist_spec *spec)
{
    double n = spec->p[0], p = spec->p[1];

    if (!(n >= 0 && n <= LARGEST && n == floor(n))) {
        return "n must be a whole number from 0 to 1000000";
    }
    if (!(p >= 0 && p <= 1)) {
        return "p must be from 0 to 1";
    }
    return unit_problem(spec);
}

static double
binomial_mean(const struct iss_dist *dist)
{
    return dist->p[0] * dist->p[1] * dist->unit;
}

const struct iss_family iss_family_poisson = {
    .problem = poisson_problem,
    .cdf = count_cdf,
    .quantile = count_quantile,
    .mean = poisson_mean,
    .atoms = &count_atoms,
    .prepare = count_prepare,
};

const struct iss_family iss_family_binomial = {
    .problem = binomial_problem,
    .cdf = count_cdf,
    .quantile = count_quantile,
    .mean = binomial_mean,
    .atoms = &count_atoms,
    .prepare = count_prepare,
};
