/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts, records and mixtures: distributions whose probability may sit on single
 * values.  Counts against GSL, the others against their definition.
 */
#include "made.h"

#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "isssim/status.h"
#include "kernel/dist.h"
#include "kernel/stream.h"

#define COUNT(array) (sizeof array / sizeof array[0])

static const double grid[] = {1e-12, 1e-7, 1e-3, 0.01,  0.1,      0.3,      0.5,
                              0.7,   0.9,  0.99, 0.999, 1 - 1e-7, 1 - 1e-12};

static const struct example {
    enum iss_dist_family family;
    double p[2];
} counts[] = {
    {ISS_DIST_POISSON, {0.001}},       {ISS_DIST_POISSON, {0.5}},
    {ISS_DIST_POISSON, {3.5}},         {ISS_DIST_POISSON, {40}},
    {ISS_DIST_POISSON, {1000}},        {ISS_DIST_POISSON, {12345.678}},
    {ISS_DIST_POISSON, {1e6}},         {ISS_DIST_BINOMIAL, {1, 0.3}},
    {ISS_DIST_BINOMIAL, {10, 0.5}},    {ISS_DIST_BINOMIAL, {50, 0.999}},
    {ISS_DIST_BINOMIAL, {1e4, 0.001}}, {ISS_DIST_BINOMIAL, {1e6, 0.4}},
};

static struct iss_dist_spec
count_spec(const struct example *example)
{
    struct iss_dist_spec spec = iss_dist_spec(example->family);

    spec.p[0] = example->p[0];
    spec.p[1] = example->p[1];
    return spec;
}

static double
mean_of(const struct example *example)
{
    return example->family == ISS_DIST_POISSON ? example->p[0]
                                               : example->p[0] * example->p[1];
}

static double
variance_of(const struct example *example)
{
    return mean_of(example) *
           (example->family == ISS_DIST_POISSON ? 1 : 1 - example->p[1]);
}

/* P(K <= k) and P(K > k). */
static double
lower_tail(const struct example *example, double k)
{
    if (k < 0) {
        return 0;
    }
    return example->family == ISS_DIST_POISSON
               ? gsl_cdf_poisson_P((unsigned)k, example->p[0])
               : gsl_cdf_binomial_P((unsigned)k, example->p[1],
                                    (unsigned)example->p[0]);
}

static double
upper_tail(const struct example *example, double k)
{
    if (k < 0) {
        return 1;
    }
    return example->family == ISS_DIST_POISSON
               ? gsl_cdf_poisson_Q((unsigned)k, example->p[0])
               : gsl_cdf_binomial_Q((unsigned)k, example->p[1],
                                    (unsigned)example->p[0]);
}

static struct iss_dist_spec
record_spec(const double *values, int32_t count)
{
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_EMPIRICAL);

    spec.values = values;
    spec.count = count;
    return spec;
}

static struct iss_dist_spec
mixture_spec(const double *weights, const struct iss_dist *const *of, int32_t count)
{
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_MIXTURE);

    spec.weights = weights;
    spec.of = of;
    spec.count = count;
    return spec;
}

static const struct iss_dist *
simple(struct iss_arena *arena, enum iss_dist_family family, double a, double b)
{
    struct iss_dist_spec spec = iss_dist_spec(family);

    spec.p[0] = a;
    spec.p[1] = b;
    return build(arena, spec);
}

/* ---- counts -------------------------------------------------------------------- */

/* GSL's own tails are good to about 1e-9 at a mean of a million. */
static void
the_quantile_is_the_first_count_that_reaches_the_probability(void **state)
{
    for (size_t i = 0; i < COUNT(counts); i++) {
        const struct iss_dist *dist = build(*state, count_spec(&counts[i]));

        for (size_t j = 0; j < COUNT(grid); j++) {
            double u = grid[j], k = iss_dist_quantile(dist, u);

            assert_near(k, floor(k), 0);
            if (u < 0.5) {
                assert_true(lower_tail(&counts[i], k) >= u * (1 - 1e-7));
                assert_true(lower_tail(&counts[i], k - 1) <= u * (1 + 1e-7));
            } else {
                assert_true(upper_tail(&counts[i], k) <= (1 - u) * (1 + 1e-3));
                assert_true(upper_tail(&counts[i], k - 1) >= (1 - u) * (1 - 1e-3));
            }
        }
    }
}

static void
the_cdf_of_a_count_is_gsls(void **state)
{
    for (size_t i = 0; i < COUNT(counts); i++) {
        const struct iss_dist *dist = build(*state, count_spec(&counts[i]));

        for (size_t j = 0; j < COUNT(grid); j++) {
            double k = iss_dist_quantile(dist, grid[j]);

            assert_near(iss_dist_cdf(dist, k), lower_tail(&counts[i], k), 1e-8);
            assert_near(iss_dist_cdf(dist, k + 0.5), lower_tail(&counts[i], k), 1e-8);
            assert_near(iss_dist_cdf(dist, k - 0.5), lower_tail(&counts[i], k - 1),
                        1e-8);
        }
        assert_near(iss_dist_cdf(dist, -0.5), 0, 0);
        assert_near(iss_dist_cdf(dist, INFINITY), 1, 0);
    }
}

static void
counts_have_the_mean_and_variance_of_the_formulas(void **state)
{
    for (size_t i = 0; i < COUNT(counts); i++) {
        const struct iss_dist *dist = build(*state, count_spec(&counts[i]));
        double mean = mean_of(&counts[i]), variance = variance_of(&counts[i]);
        double first = iss_dist_quantile(dist, 1e-300), above = 1, sum = 0, squares = 0;
        double last = iss_dist_quantile(dist, 1 - 0x1p-53);

        for (double k = first; k <= last; k++) {
            double next = 1 - iss_dist_cdf(dist, k), weight = above - next;

            sum += weight * (k - mean);
            squares += weight * (k - mean) * (k - mean);
            above = next;
        }
        assert_near(iss_dist_mean(dist), mean, 1e-12 * mean);
        assert_near(sum, 0, 1e-8 * sqrt(variance));
        assert_near(squares, variance, 1e-8 * variance);
    }
}

static void
draws_of_a_count_have_its_mean(void **state)
{
    const struct iss_stream stream = {.seed = 3};
    const int draws = 100000;

    for (size_t i = 0; i < COUNT(counts); i++) {
        const struct iss_dist *dist = build(*state, count_spec(&counts[i]));
        double sum = 0;

        for (uint64_t j = 0; j < (uint64_t)draws; j++) {
            sum += iss_dist_quantile(dist, iss_stream_uniform(&stream, i, 0, j)) -
                   mean_of(&counts[i]);
        }
        assert_near(sum / sqrt(draws * variance_of(&counts[i])), 0, 4);
    }
}

static void
a_count_comes_in_its_unit(void **state)
{
    struct iss_dist_spec spec = count_spec(&counts[3]);
    const struct iss_dist *whole = build(*state, spec), *dist;

    spec.unit = 1 / 24.0;
    dist = build(*state, spec);
    for (size_t j = 0; j < COUNT(grid); j++) {
        double k = iss_dist_quantile(whole, grid[j]);

        assert_near(iss_dist_quantile(dist, grid[j]), k / 24, 1e-15 * k);
        assert_near(iss_dist_cdf(dist, k / 24), iss_dist_cdf(whole, k), 0);
    }
    assert_near(iss_dist_mean(dist), 40 / 24.0, 1e-12);
    spec.lower = 30 / 24.0;
    spec.upper = 31.5 / 24;
    dist = build(*state, spec);
    assert_near(iss_dist_quantile(dist, 1e-9), 30 / 24.0, 1e-15);
    assert_near(iss_dist_quantile(dist, 1 - 1e-9), 31 / 24.0, 1e-15);
}

static void
counts_without_chance_are_constants(void **state)
{
    assert_near(iss_dist_quantile(simple(*state, ISS_DIST_POISSON, 0, 0), 0.9), 0, 0);
    assert_near(iss_dist_quantile(simple(*state, ISS_DIST_BINOMIAL, 7, 0), 0.9), 0, 0);
    assert_near(iss_dist_quantile(simple(*state, ISS_DIST_BINOMIAL, 7, 1), 0.1), 7, 0);
    assert_near(iss_dist_quantile(simple(*state, ISS_DIST_BINOMIAL, 0, 0.5), 0.1), 0,
                0);
}

static void
a_count_far_out_in_a_tail_keeps_its_digits(void **state)
{
    struct iss_dist_spec spec = count_spec(&counts[2]); /* poisson 3.5 */
    const struct iss_dist *dist;

    spec.lower = 60;
    dist = build(*state, spec);
    for (double k = 60; k < 64; k++) {
        assert_near(1 - iss_dist_cdf(dist, k),
                    gsl_cdf_poisson_Q((unsigned)k, 3.5) / gsl_cdf_poisson_Q(59, 3.5),
                    1e-12);
    }
    assert_near(iss_dist_quantile(dist, 0.9), 60, 0);
    assert_near(iss_dist_quantile(dist, 0.95), 61, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 61.5), 62, 0);
}

static void
a_limited_count_has_the_mean_of_what_is_left(void **state)
{
    struct iss_dist_spec spec = count_spec(&counts[2]);
    double weight = 0, sum = 0;

    spec.lower = 2;
    spec.upper = 5.5;
    for (int k = 2; k <= 5; k++) {
        double p = pow(3.5, k) / tgamma(k + 1);

        weight += p;
        sum += p * k;
    }
    assert_near(iss_dist_mean(build(*state, spec)), sum / weight, 1e-13);
    spec.lower = -INFINITY;
    spec.upper = 0;
    assert_near(iss_dist_mean(build(*state, spec)), 0, 0);
    spec.lower = 60;
    spec.upper = INFINITY;
    assert_near(iss_dist_mean(build(*state, spec)), 60 + 3.5 / 61 * (1 + 3.5 / 62),
                1e-3);
}

/* ---- records ------------------------------------------------------------------- */

static const double slips[] = {-3, 0, 0, 2, 2.5, 7, 7, 7, 20, 90};

static void
each_value_of_a_record_is_as_likely_as_any_other(void **state)
{
    const struct iss_dist *dist = build(*state, record_spec(slips, 10));

    for (int i = 0; i < 10; i++) {
        assert_near(iss_dist_quantile(dist, (i + 1e-9) / 10), slips[i], 0);
        assert_near(iss_dist_quantile(dist, (i + 1 - 1e-9) / 10), slips[i], 0);
    }
    assert_near(iss_dist_cdf(dist, 0), 0.3, 1e-15);
    assert_near(iss_dist_cdf(dist, -1e-9), 0.1, 1e-15);
    assert_near(iss_dist_cdf(dist, 7), 0.8, 1e-15);
    assert_near(iss_dist_cdf(dist, -4), 0, 0);
    assert_near(iss_dist_cdf(dist, 90), 1, 0);
    assert_near(iss_dist_mean(dist), 13.25, 1e-14);
}

static void
a_limited_record_is_the_record_of_what_is_left(void **state)
{
    struct iss_dist_spec spec = record_spec(slips, 10);
    const struct iss_dist *dist, *left = build(*state, record_spec(slips + 3, 5));

    spec.lower = 0.5;
    spec.upper = 7;
    dist = build(*state, spec);
    for (double u = 0.05; u < 1; u += 0.1) {
        assert_near(iss_dist_quantile(dist, u), iss_dist_quantile(left, u), 0);
    }
    for (double x = 0; x < 10; x += 0.5) {
        assert_near(iss_dist_cdf(dist, x), iss_dist_cdf(left, x), 1e-15);
    }
    assert_near(iss_dist_mean(dist), 5.1, 1e-14);
    assert_near(iss_dist_quantile(dist, 1e-300), 2, 0);
    assert_near(iss_dist_quantile(dist, 1 - 0x1p-53), 7, 0);
}

/* 2 + 0.1 isn't 2.1 less nothing in binary; the limit means the value all the same. */
static void
a_value_on_a_limit_is_within_it(void **state)
{
    static const double tenths[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
    struct iss_dist_spec spec = record_spec(tenths, 7);

    for (int i = 0; i < 7; i++) {
        for (int shift = -20; shift <= 20; shift++) {
            spec.shift = shift * 0.1;
            spec.lower = spec.upper = (shift + i + 1) / 10.0;
            assert_near(iss_dist_quantile(build(*state, spec), 0.5), spec.lower, 0);
        }
    }
}

static void
a_value_that_is_shifted_counts_in_the_cdf(void **state)
{
    static const double tenths[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
    struct iss_dist_spec spec = record_spec(tenths, 7);

    for (int shift = -20; shift <= 20; shift++) {
        const struct iss_dist *dist;

        spec.shift = shift * 0.1;
        dist = build(*state, spec);
        for (int i = 0; i < 7; i++) {
            double x = iss_dist_quantile(dist, (i + 0.5) / 7);

            assert_near(iss_dist_cdf(dist, x), (i + 1) / 7.0, 1e-15);
        }
    }
}

static void
zeros_join_a_record_that_has_its_own(void **state)
{
    struct iss_dist_spec spec = record_spec(slips, 10);
    const struct iss_dist *dist;

    spec.p_zero = 0.5;
    dist = build(*state, spec);
    assert_near(iss_dist_quantile(dist, 0.049), -3, 0);
    assert_near(iss_dist_quantile(dist, 0.051), 0, 0);
    assert_near(iss_dist_quantile(dist, 0.649), 0, 0);
    assert_near(iss_dist_quantile(dist, 0.651), 2, 0);
    assert_near(iss_dist_cdf(dist, 0), 0.65, 1e-15);
    assert_near(iss_dist_mean(dist), 13.25 / 2, 1e-14);
}

static void
a_record_beyond_an_age_is_what_is_left_of_it(void **state)
{
    const struct iss_dist *dist = build(*state, record_spec(slips, 10));

    assert_near(iss_dist_quantile_beyond(dist, 0.01, 7), 20, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.99, 7), 90, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 95), 95, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.1, -10), -3, 0);
}

/* ---- mixtures ------------------------------------------------------------------ */

static void
a_mixture_draws_each_component_with_its_weight(void **state)
{
    const double weights[] = {0.2, 0.5, 0.3};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_UNIFORM, 0, 1),
                                   simple(*state, ISS_DIST_EXPONENTIAL, 4, 0),
                                   simple(*state, ISS_DIST_GAMMA, 2, 10)};
    const struct iss_dist *dist = build(*state, mixture_spec(weights, of, 3));

    for (size_t j = 0; j < COUNT(grid); j++) {
        double before = 0;

        for (int i = 0; i < 3; before += weights[i++]) {
            double x = iss_dist_quantile(dist, before + weights[i] * grid[j]);

            if (grid[j] > 1e-8 && grid[j] < 1 - 1e-6) { /* the digits that u has left */
                assert_near(iss_dist_cdf(of[i], x), grid[j], 1e-7);
            }
        }
    }
    for (double x = -1; x < 100; x += 0.25) {
        double sum = 0;

        for (int i = 0; i < 3; i++) {
            sum += weights[i] * iss_dist_cdf(of[i], x);
        }
        assert_near(iss_dist_cdf(dist, x), sum, 1e-15);
    }
    assert_near(iss_dist_mean(dist), 0.1 + 2 + 6, 1e-12);
}

static void
numbers_with_weights_are_a_categorical_distribution(void **state)
{
    const double weights[] = {0.5, 0, 0.25, 0.25};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_CONSTANT, 3, 0),
                                   simple(*state, ISS_DIST_CONSTANT, 99, 0),
                                   simple(*state, ISS_DIST_CONSTANT, 6, 0),
                                   simple(*state, ISS_DIST_CONSTANT, 50, 0)};
    const struct iss_dist *dist = build(*state, mixture_spec(weights, of, 4));

    assert_near(iss_dist_quantile(dist, 1e-300), 3, 0);
    assert_near(iss_dist_quantile(dist, 0.499), 3, 0);
    assert_near(iss_dist_quantile(dist, 0.501), 6, 0);
    assert_near(iss_dist_quantile(dist, 0.751), 50, 0);
    assert_near(iss_dist_quantile(dist, 1 - 0x1p-53), 50, 0);
    assert_near(iss_dist_cdf(dist, 6), 0.75, 1e-15);
    assert_near(iss_dist_mean(dist), 15.5, 1e-14);
}

/* What is around a mixture is around what it draws: (F(x) - F(lower-)) / mass. */
static void
a_limited_mixture_is_the_mixture_conditioned(void **state)
{
    const double weights[] = {0.25, 0.25, 0.5};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_NORMAL, 0, 3),
                                   build(*state, count_spec(&counts[2])),
                                   build(*state, record_spec(slips, 10))};
    struct iss_dist_spec spec = mixture_spec(weights, of, 3);
    const struct iss_dist *bare = build(*state, spec), *dist;
    double from = iss_dist_cdf(bare, 1 - 1e-5), to = iss_dist_cdf(bare, 7);

    spec.shift = 1;
    spec.lower = 2;
    spec.upper = 8;
    dist = build(*state, spec);
    for (double x = 1.9; x < 8.5; x += 0.3) {
        double expected = (iss_dist_cdf(bare, x - 1) - from) / (to - from);

        assert_near(iss_dist_cdf(dist, x), fmin(1, fmax(0, expected)), 1e-5);
    }
    spec.p_zero = 0.4;
    assert_near(iss_dist_cdf(build(*state, spec), 5.1),
                0.4 + 0.6 * iss_dist_cdf(dist, 5.1), 1e-14);
    assert_near(iss_dist_cdf(build(*state, spec), -0.1), 0, 0);
    assert_near(iss_dist_mean(build(*state, spec)), 0.6 * iss_dist_mean(dist), 1e-12);
}

static void
a_mixture_in_a_mixture_is_laid_flat(void **state)
{
    const double halves[] = {0.5, 0.5}, weights[] = {0.8, 0.2};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_UNIFORM, 0, 4), NULL};
    struct iss_dist_spec some = iss_dist_spec(ISS_DIST_EXPONENTIAL), spec;
    const struct iss_dist *inner, *dist;
    double upto;

    some.p[0] = 5;
    some.p_zero = 0.3;
    of[1] = build(*state, some);
    spec = mixture_spec(halves, of, 2);
    spec.shift = 10;
    spec.lower = 10;
    spec.upper = 15;
    spec.p_zero = 0.1;
    inner = build(*state, spec);
    of[0] = inner;
    of[1] = simple(*state, ISS_DIST_CONSTANT, 12, 0);
    spec = mixture_spec(weights, of, 2);
    spec.upper = 14;
    dist = build(*state, spec);
    upto = 0.8 * iss_dist_cdf(inner, 14) + 0.2;
    for (double x = -1; x < 14; x += 0.4) {
        double expected = 0.8 * iss_dist_cdf(inner, x) + (x >= 12 ? 0.2 : 0);

        assert_near(iss_dist_cdf(dist, x), expected / upto, 1e-14);
    }
    assert_near(iss_dist_cdf(dist, 14), 1, 0);
}

/* The share of a fine grid of u that gives at most x is the CDF. */
static void
assert_draws(const struct iss_dist *dist, double age, double x)
{
    const int steps = 20000;
    double reached = iss_dist_cdf(dist, age), share = 0;

    for (int i = 0; i < steps; i++) {
        share += iss_dist_quantile_beyond(dist, (i + 0.5) / steps, age) <= x;
    }
    assert_near(share / steps, (iss_dist_cdf(dist, x) - reached) / (1 - reached),
                10.0 / steps);
}

static void
a_mixture_draws_what_its_cdf_says_at_any_age(void **state)
{
    const double weights[] = {0.3, 0.3, 0.4};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_WEIBULL, 2, 30),
                                   simple(*state, ISS_DIST_EXPONENTIAL, 8, 0),
                                   build(*state, record_spec(slips, 10))};
    struct iss_dist_spec spec = mixture_spec(weights, of, 3);

    for (int way = 0; way < 8; way++) {
        const struct iss_dist *dist;

        spec.shift = way & 1 ? -1.5 : 0;
        spec.p_zero = way & 2 ? 0.25 : 0;
        spec.lower = way & 4 ? 0.25 : -INFINITY;
        spec.upper = way & 4 ? 70 : INFINITY;
        dist = build(*state, spec);
        for (double age = -10; age < 40; age += 12.3) {
            assert_draws(dist, age, fmax(age, 0));
            assert_draws(dist, age, age + 4);
            assert_draws(dist, age, age + 25);
        }
    }
}

static void
a_mixture_beyond_all_its_ages_ends(void **state)
{
    const double weights[] = {0.5, 0.5};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_UNIFORM, 0, 4),
                                   simple(*state, ISS_DIST_CONSTANT, 9, 0)};
    const struct iss_dist *dist = build(*state, mixture_spec(weights, of, 2));

    assert_near(iss_dist_quantile_beyond(dist, 0.01, 5), 9, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.99, 5), 9, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 9), 9, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 10), 10, 0);
}

static void
the_extent_of_a_mixture_is_that_of_its_components(void **state)
{
    const double weights[] = {0.5, 0.5};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_CONSTANT, 9, 0),
                                   simple(*state, ISS_DIST_UNIFORM, -4, 4)};
    double least, median;

    iss_dist_extent(build(*state, mixture_spec(weights, of, 2)), &least, &median);
    assert_near(least, -4, 1e-12);
    assert_near(median, 9, 0);
    iss_dist_extent(of[1], &least, &median);
    assert_near(least, -4, 1e-12);
    assert_near(median, 0, 1e-15);
}

/* ---- all ----------------------------------------------------------------------- */

static void
assert_contract(const struct iss_dist *dist, const struct iss_dist_spec *spec)
{
    bool monotone = spec->family != ISS_DIST_MIXTURE;
    double last = -INFINITY;

    for (double t = -36.7; t <= 36.7; t += 0.02) {
        double u = 1 / (1 + exp(-t)), x = iss_dist_quantile(dist, u);
        double p = iss_dist_cdf(dist, x);

        assert_true(!isnan(x));
        assert_true(x == 0 || (x >= spec->lower && x <= spec->upper));
        assert_true(!monotone || x >= last);
        assert_true(!monotone || p >= u * (1 - 1e-12));
        last = x;
    }
    assert_true(!isnan(iss_dist_quantile(dist, 1e-300)));
    assert_true(isfinite(iss_dist_mean(dist)));
}

static void
draws_never_fall_and_keep_to_the_limits_in_every_wrapping(void **state)
{
    static const double shares[] = {0.4, 0.6};
    const struct iss_dist *of[2];
    struct iss_dist_spec specs[5] = {count_spec(&counts[2]), count_spec(&counts[4]),
                                     count_spec(&counts[8]), record_spec(slips, 10)};

    of[0] = build(*state, record_spec(slips, 10));
    of[1] = simple(*state, ISS_DIST_GAMMA, 0.5, 10);
    specs[4] = mixture_spec(shares, of, 2);
    for (size_t i = 0; i < COUNT(specs); i++) {
        const struct iss_dist *bare = build(*state, specs[i]);

        for (int way = 0; way < 16; way++) {
            struct iss_dist_spec spec = specs[i];

            spec.shift = way & 1 ? -2.7 : 0;
            spec.p_zero = way & 2 ? 0.3 : 0;
            if (way & 4) {
                spec.lower = iss_dist_quantile(bare, 0.2) + spec.shift;
            }
            if (way & 8) {
                spec.upper = iss_dist_quantile(bare, 0.9) + spec.shift + 0.4;
            }
            if (!(spec.lower > spec.upper)) {
                assert_contract(build(*state, spec), &spec);
            }
        }
    }
}

static void
assert_problem(struct iss_dist_spec spec, const char *text)
{
    const char *problem = iss_dist_problem(&spec);

    assert_non_null(problem);
    assert_string_equal(problem, text);
}

static void
problems_are_named(void **state)
{
    const double weights[] = {0.5, 0.4, -0.1}, unsorted[] = {1, 3, 2},
                 endless[] = {1, INFINITY};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_CONSTANT, 9, 0),
                                   simple(*state, ISS_DIST_CONSTANT, 1, 0),
                                   simple(*state, ISS_DIST_CONSTANT, 1, 0)};
    struct iss_dist_spec spec = record_spec(slips, 10);

    assert_problem(count_spec(&(struct example){ISS_DIST_POISSON, {2e9}}),
                   "the mean of a poisson must be from 0 to 1000000");
    assert_problem(count_spec(&(struct example){ISS_DIST_POISSON, {-1}}),
                   "the mean of a poisson must be from 0 to 1000000");
    assert_problem(count_spec(&(struct example){ISS_DIST_BINOMIAL, {2.5, 0.5}}),
                   "n must be a whole number from 0 to 1000000");
    assert_problem(count_spec(&(struct example){ISS_DIST_BINOMIAL, {2e6, 0.5}}),
                   "n must be a whole number from 0 to 1000000");
    assert_problem(count_spec(&(struct example){ISS_DIST_BINOMIAL, {2, 1.5}}),
                   "p must be from 0 to 1");
    assert_problem(record_spec(slips, 0),
                   "an empirical distribution needs at least one value");
    assert_problem(record_spec(unsorted, 3), "values must be in ascending order");
    assert_problem(record_spec(endless, 2), "values must be finite and below 1e100");
    assert_problem(mixture_spec(weights, of, 0),
                   "a mixture needs at least one component");
    assert_problem(mixture_spec(weights, of, 2), "weights must sum to 1");
    assert_problem(mixture_spec(weights, of, 3), "weights must not be negative");
    spec.lower = 3;
    spec.upper = 6;
    assert_problem(spec, "no probability between lower and upper");
    spec = count_spec(&counts[2]);
    spec.unit = 0;
    assert_problem(spec, "unit must be positive");
    spec.unit = 1;
    spec.lower = 3.1;
    spec.upper = 3.9;
    assert_problem(spec, "no probability between lower and upper");
}

static void
a_mixture_of_which_the_limits_leave_nothing_is_refused(void **state)
{
    const double weights[] = {0.5, 0.5};
    const struct iss_dist *of[] = {simple(*state, ISS_DIST_UNIFORM, 0, 4),
                                   simple(*state, ISS_DIST_CONSTANT, 9, 0)};
    struct iss_dist_spec spec = mixture_spec(weights, of, 2);
    const struct iss_dist *dist = NULL;

    spec.lower = 5;
    spec.upper = 8;
    assert_problem(spec, "no probability between lower and upper");
    assert_int_equal(iss_dist_build(&spec, *state, &dist), ISS_ERR_NUMERIC);
    spec.upper = 9;
    assert_near(iss_dist_quantile(build(*state, spec), 0.01), 9, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, clear_arena)
    const struct CMUnitTest tests[] = {
        TEST(the_quantile_is_the_first_count_that_reaches_the_probability),
        TEST(the_cdf_of_a_count_is_gsls),
        TEST(counts_have_the_mean_and_variance_of_the_formulas),
        TEST(draws_of_a_count_have_its_mean),
        TEST(a_count_comes_in_its_unit),
        TEST(counts_without_chance_are_constants),
        TEST(a_count_far_out_in_a_tail_keeps_its_digits),
        TEST(a_limited_count_has_the_mean_of_what_is_left),
        TEST(each_value_of_a_record_is_as_likely_as_any_other),
        TEST(a_limited_record_is_the_record_of_what_is_left),
        TEST(a_value_on_a_limit_is_within_it),
        TEST(a_value_that_is_shifted_counts_in_the_cdf),
        TEST(zeros_join_a_record_that_has_its_own),
        TEST(a_record_beyond_an_age_is_what_is_left_of_it),
        TEST(a_mixture_draws_each_component_with_its_weight),
        TEST(numbers_with_weights_are_a_categorical_distribution),
        TEST(a_limited_mixture_is_the_mixture_conditioned),
        TEST(a_mixture_in_a_mixture_is_laid_flat),
        TEST(a_mixture_draws_what_its_cdf_says_at_any_age),
        TEST(a_mixture_beyond_all_its_ages_ends),
        TEST(the_extent_of_a_mixture_is_that_of_its_components),
        TEST(draws_never_fall_and_keep_to_the_limits_in_every_wrapping),
        TEST(problems_are_named),
        TEST(a_mixture_of_which_the_limits_leave_nothing_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
