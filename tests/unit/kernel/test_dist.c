/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a distribution promises, for every family: quantiles against closed forms or
 * roots of GSL's forward CDFs, moments against formulas, and the properties.
 */
#include "made.h"

#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "isssim/status.h"
#include "kernel/dist.h"
#include "kernel/stream.h"

static const double grid[] = {1e-9, 1e-7,  1e-5,     1e-3,     0.01,    0.1,
                              0.25, 0.4,   0.5,      0.6,      0.75,    0.9,
                              0.99, 0.999, 1 - 1e-5, 1 - 1e-7, 1 - 1e-9};
#define GRID (sizeof grid / sizeof grid[0])

static const struct example {
    enum iss_dist_family family;
    double p[3];
    double mean, variance; /* by formula */
} examples[] = {
    {ISS_DIST_CONSTANT, {3.5}, 3.5, 0},
    {ISS_DIST_UNIFORM, {-2, 4}, 1, 3},
    {ISS_DIST_TRIANGULAR, {1, 2, 6}, 3, 84 / 72.0},
    {ISS_DIST_TRIANGULAR, {1, 1, 4}, 2, 0.5},
    {ISS_DIST_TRIANGULAR, {1, 4, 4}, 3, 0.5},
    {ISS_DIST_PERT, {1, 2, 6}, 2.5, 1.5 * 3.5 / 7},
    {ISS_DIST_PERT, {0, 0, 6}, 1, 5 / 7.0},
    {ISS_DIST_NORMAL, {10, 3}, 10, 9},
    {ISS_DIST_LOGNORMAL, {0.5, 0.75}, 2.1842008108156179, 3.6021643061596613},
    {ISS_DIST_EXPONENTIAL, {4}, 4, 16},
    {ISS_DIST_WEIBULL, {2, 3}, 2.6586807763582737, 1.9314165294229655},
    {ISS_DIST_WEIBULL, {0.5, 3}, 6, 180},
    {ISS_DIST_GAMMA, {0.001, 2}, 0.002, 0.004},
    {ISS_DIST_GAMMA, {0.05, 2}, 0.1, 0.2},
    {ISS_DIST_GAMMA, {1, 2}, 2, 4},
    {ISS_DIST_GAMMA, {7.5, 2}, 15, 30},
    {ISS_DIST_GAMMA, {3000, 0.5}, 1500, 750},
    {ISS_DIST_BETA, {0.5, 0.5}, 0.5, 0.125},
    {ISS_DIST_BETA, {0.05, 0.2}, 0.2, 0.16 / 1.25},
    {ISS_DIST_BETA, {2, 5}, 2 / 7.0, 10 / (49 * 8.0)},
    {ISS_DIST_BETA, {300.5, 0.5}, 300.5 / 301, 300.5 * 0.5 / (301.0 * 301 * 302)},
    {ISS_DIST_BETA, {1, 1000}, 1 / 1001.0, 1000 / (1001.0 * 1001 * 1002)},
};
#define EXAMPLES (sizeof examples / sizeof examples[0])

static struct iss_dist_spec
spec_of(const struct example *example)
{
    struct iss_dist_spec spec = iss_dist_spec(example->family);

    for (int i = 0; i < 3; i++) {
        spec.p[i] = example->p[i];
    }
    return spec;
}

static struct iss_dist_spec
spec_from(enum iss_dist_family family, double a, double b, double c)
{
    return spec_of(&(struct example){.family = family, .p = {a, b, c}});
}

/* P(X <= x) and P(X > x) of an example, from GSL, or from the definition. */
static void
tails(const struct example *example, double x, double *p, double *q)
{
    const double *a = example->p;
    double u;

    switch (example->family) {
    case ISS_DIST_GAMMA:
        *p = gsl_cdf_gamma_P(x, a[0], a[1]);
        *q = gsl_cdf_gamma_Q(x, a[0], a[1]);
        return;
    case ISS_DIST_PERT:
        u = (x - a[0]) / (a[2] - a[0]);
        *p = gsl_cdf_beta_P(u, 1 + 4 * (a[1] - a[0]) / (a[2] - a[0]),
                            1 + 4 * (a[2] - a[1]) / (a[2] - a[0]));
        *q = 1 - *p;
        return;
    case ISS_DIST_BETA:
        *p = gsl_cdf_beta_P(x, a[0], a[1]);
        *q = gsl_cdf_beta_Q(x, a[0], a[1]);
        return;
    default: /* triangular: the area under the triangle */
        u = (x - a[0]) * (x - a[0]) / ((a[2] - a[0]) * (a[1] - a[0]));
        *q = (a[2] - x) * (a[2] - x) / ((a[2] - a[0]) * (a[2] - a[1]));
        *p = x < a[1] ? u : 1 - *q;
        *q = 1 - *p;
    }
}

static double
root(const struct example *example, double u)
{
    double low = example->family == ISS_DIST_BETA || example->family == ISS_DIST_GAMMA
                     ? 0
                     : example->p[0];
    double high = example->family == ISS_DIST_BETA    ? 1
                  : example->family == ISS_DIST_GAMMA ? 1e5
                                                      : example->p[2];

    for (int i = 0; i < 1200 && low < high; i++) {
        double middle = 0.5 * (low + high), p, q;

        tails(example, middle, &p, &q);
        if (u < 0.5 ? p < u : q > 1 - u) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

static double
true_quantile(const struct example *example, double u)
{
    const double *p = example->p;

    switch (example->family) {
    case ISS_DIST_CONSTANT:
        return p[0];
    case ISS_DIST_UNIFORM:
        return p[0] + u * (p[1] - p[0]);
    case ISS_DIST_NORMAL:
        return p[0] + gsl_cdf_gaussian_Pinv(u, p[1]);
    case ISS_DIST_LOGNORMAL:
        return gsl_cdf_lognormal_Pinv(u, p[0], p[1]);
    case ISS_DIST_EXPONENTIAL:
        return gsl_cdf_exponential_Pinv(u, p[0]);
    case ISS_DIST_WEIBULL:
        return gsl_cdf_weibull_Pinv(u, p[1], p[0]);
    default:
        return root(example, u);
    }
}

static bool
is_tabulated(enum iss_dist_family family)
{
    return family == ISS_DIST_PERT || family == ISS_DIST_GAMMA ||
           family == ISS_DIST_BETA;
}

static void
quantiles_are_those_of_the_forward_cdf(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct example *example = &examples[i];
        const struct iss_dist *dist = build(*state, spec_of(example));
        double range = true_quantile(example, 1 - 1e-6) - true_quantile(example, 1e-6);

        for (size_t j = 0; j < GRID; j++) {
            double x = true_quantile(example, grid[j]);
            double allowed = is_tabulated(example->family)
                                 ? 3e-6 * fmax(range, x)
                                 : 1e-9 * fmax(range, fabs(x));

            assert_near(iss_dist_quantile(dist, grid[j]), x, allowed);
        }
    }
}

/* Whether a variate has so far been rounded towards an end of its range that its
 * probability can't be told any more. */
static bool
is_rounded(const struct example *example, double x)
{
    return (example->family == ISS_DIST_GAMMA && x < 1e-300) ||
           (example->family == ISS_DIST_BETA && x > 1 - 1e-10);
}

static void
the_cdf_undoes_the_quantile(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct iss_dist *dist = build(*state, spec_of(&examples[i]));

        for (size_t j = 0; j < GRID && examples[i].variance > 0; j++) {
            double x = iss_dist_quantile(dist, grid[j]), u = iss_dist_cdf(dist, x);

            if (!is_rounded(&examples[i], x)) {
                assert_near(u, grid[j], 2e-5 * fmin(grid[j], 1 - grid[j]) + 1e-12);
            }
        }
        assert_near(iss_dist_cdf(dist, -INFINITY), 0, 0);
        assert_near(iss_dist_cdf(dist, INFINITY), 1, 0);
        assert_near(iss_dist_cdf(dist, -1e9), 0, 0);
        assert_near(iss_dist_cdf(dist, 1e9), 1, 0);
    }
}

/* The integral of quantile^power over u, by the trapezoidal rule in logit u. */
static double
moment(const struct iss_dist *dist, int power, double about)
{
    const double step = 1 / 64.0;
    double sum = 0;

    for (double t = -36; t <= 36; t += step) {
        double u = 1 / (1 + exp(-t));

        sum += pow(iss_dist_quantile(dist, u) - about, power) * u * (1 - u);
    }
    return sum * step;
}

static void
moments_are_those_of_the_formulas(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct example *example = &examples[i];
        const struct iss_dist *dist = build(*state, spec_of(example));
        double size = fmax(fabs(example->mean), sqrt(example->variance));

        assert_near(iss_dist_mean(dist), example->mean, 1e-12 * size);
        assert_near(moment(dist, 1, 0), example->mean, 1e-5 * size);
        assert_near(moment(dist, 2, example->mean), example->variance,
                    3e-5 * example->variance + 1e-12);
    }
}

/* All the ways to wrap a family, in turn; limits at its 20 % and 70 % points. */
static struct iss_dist_spec
wrapped(struct iss_arena *arena, const struct example *example, int way)
{
    struct iss_dist_spec spec = spec_of(example);
    const struct iss_dist *bare = build(arena, spec);

    spec.shift = way & 1 ? -2.5 : 0;
    spec.p_zero = way & 2 ? 0.3 : 0;
    if (way & 4) {
        spec.lower = iss_dist_quantile(bare, 0.2) + spec.shift;
    }
    if (way & 8) {
        spec.upper = iss_dist_quantile(bare, 0.7) + spec.shift;
    }
    return spec;
}

static void
quantiles_never_fall_and_are_never_nan(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        for (int way = 0; way < 16; way++) {
            struct iss_dist_spec spec = wrapped(*state, &examples[i], way);
            const struct iss_dist *dist;
            double last = -INFINITY;

            if (iss_dist_problem(&spec) != NULL) {
                continue; /* the variates around a limit are all the same, 0 or 1 */
            }
            dist = build(*state, spec);
            for (double t = -36.7; t <= 36.7; t += 0.01) {
                double x = iss_dist_quantile(dist, 1 / (1 + exp(-t)));

                assert_true(!isnan(x));
                assert_true(x >= last - 4e-16 * fabs(last));
                assert_true(x == 0 || x >= spec.lower);
                assert_true(x == 0 || x <= spec.upper);
                last = x;
            }
        }
        iss_arena_clear(*state);
    }
}

static void
a_uniform_next_to_0_or_1_gives_a_number(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct iss_dist *dist = build(*state, spec_of(&examples[i]));

        assert_true(isfinite(iss_dist_quantile(dist, iss_unit_uniform(0))));
        assert_true(isfinite(iss_dist_quantile(dist, iss_unit_uniform(UINT64_MAX))));
        assert_true(!isnan(iss_dist_quantile(dist, 1e-300)));
    }
}

static void
draws_from_a_stream_have_the_mean_and_variance(void **state)
{
    const struct iss_stream stream = {.seed = 2};
    const int draws = 100000;

    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct example *example = &examples[i];
        const struct iss_dist *dist = build(*state, spec_of(example));
        double sum = 0;

        for (uint64_t j = 0; j < (uint64_t)draws; j++) {
            sum += iss_dist_quantile(dist, iss_stream_uniform(&stream, i, 0, j)) -
                   example->mean;
        }
        assert_near(sum / sqrt(draws * example->variance + 1e-300), 0, 4);
    }
}

static void
truncation_conditions(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct iss_dist_spec spec = wrapped(*state, &examples[i], 4 | 8);
        const struct iss_dist *bare = build(*state, spec_of(&examples[i])), *dist;

        if (is_rounded(&examples[i], spec.lower) ||
            is_rounded(&examples[i], spec.upper) || examples[i].variance == 0) {
            continue;
        }
        dist = build(*state, spec);
        for (size_t j = 0; j < GRID; j++) {
            double expected = iss_dist_quantile(bare, 0.2 + 0.5 * grid[j]);

            assert_near(iss_dist_quantile(dist, grid[j]), expected,
                        2e-5 * fabs(spec.upper - spec.lower));
        }
        assert_near(iss_dist_cdf(dist, spec.lower), 0, 1e-12);
        assert_near(iss_dist_cdf(dist, spec.upper), 1, 0);
    }
}

static void
truncation_far_out_in_a_tail_keeps_its_digits(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_NORMAL, 0, 1, 0);
    const struct iss_dist *dist;

    spec.lower = 12;
    dist = build(*state, spec);
    for (size_t j = 0; j < GRID; j++) {
        double x = iss_dist_quantile(dist, grid[j]);

        assert_near(gsl_cdf_ugaussian_Q(x) / gsl_cdf_ugaussian_Q(12), 1 - grid[j],
                    1e-9);
        assert_near(iss_dist_cdf(dist, x), grid[j], 1e-9);
    }
    spec = spec_from(ISS_DIST_GAMMA, 2, 1, 0);
    spec.lower = 60;
    dist = build(*state, spec);
    assert_near(iss_dist_quantile(dist, 0.5), 60 + log(2) * (1 + 1 / 61.0),
                0.01); /* hazard x / (1 + x) */
}

static void
means_of_truncated_families_are_exact_where_known(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_EXPONENTIAL, 2, 0, 0);

    spec.upper = 3;
    assert_near(iss_dist_mean(build(*state, spec)), 2 - 3 / expm1(1.5), 1e-9);
    spec = spec_from(ISS_DIST_NORMAL, 0, 1, 0);
    spec.lower = 0;
    assert_near(iss_dist_mean(build(*state, spec)), sqrt(2 / acos(-1)), 1e-9);
    spec = spec_from(ISS_DIST_UNIFORM, 0, 10, 0);
    spec.lower = 4;
    spec.upper = 6;
    spec.p_zero = 0.5;
    assert_near(iss_dist_mean(build(*state, spec)), 2.5, 1e-9);
    spec = spec_from(ISS_DIST_LOGNORMAL, 0, 2, 0);
    spec.lower = 1;
    assert_near(iss_dist_mean(build(*state, spec)), 2 * exp(2) * gsl_cdf_ugaussian_P(2),
                1e-6);
}

static void
zeros_come_with_their_probability(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_GAMMA, 2, 3, 0);
    const struct iss_dist *dist, *bare = build(*state, spec);

    spec.p_zero = 0.25;
    dist = build(*state, spec);
    assert_near(iss_dist_quantile(dist, 0.25), 0, 0);
    assert_true(iss_dist_quantile(dist, 0.2500001) > 0);
    assert_near(iss_dist_quantile(dist, 0.625), iss_dist_quantile(bare, 0.5), 1e-12);
    assert_near(iss_dist_cdf(dist, 0), 0.25, 0);
    assert_near(iss_dist_cdf(dist, -1e-9), 0, 0);
    assert_near(iss_dist_mean(dist), 4.5, 1e-12);
}

static void
zeros_stand_between_negative_and_positive_variates(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_NORMAL, 0, 1, 0);
    const struct iss_dist *dist;

    spec.p_zero = 0.5;
    dist = build(*state, spec);
    assert_true(iss_dist_quantile(dist, 0.2499) < 0);
    assert_near(iss_dist_quantile(dist, 0.2501), 0, 0);
    assert_near(iss_dist_quantile(dist, 0.7499), 0, 0);
    assert_true(iss_dist_quantile(dist, 0.7501) > 0);
    assert_near(iss_dist_quantile(dist, 0.125), gsl_cdf_ugaussian_Pinv(0.25), 1e-12);
    assert_near(iss_dist_quantile(dist, 0.875), gsl_cdf_ugaussian_Pinv(0.75), 1e-12);
}

static void
nothing_but_zeros_is_zero(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_EXPONENTIAL, 2, 0, 0);
    const struct iss_dist *dist;

    spec.p_zero = 1;
    dist = build(*state, spec);
    for (size_t j = 0; j < GRID; j++) {
        assert_near(iss_dist_quantile(dist, grid[j]), 0, 0);
    }
    assert_near(iss_dist_mean(dist), 0, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 3), 3, 0);
}

static void
no_spread_is_a_constant(void **state)
{
    const struct iss_dist_spec specs[] = {
        spec_from(ISS_DIST_UNIFORM, 2, 2, 0),
        spec_from(ISS_DIST_TRIANGULAR, 2, 2, 2),
        spec_from(ISS_DIST_PERT, 2, 2, 2),
        spec_from(ISS_DIST_NORMAL, 2, 0, 0),
        spec_from(ISS_DIST_CONSTANT, 2, 0, 0),
        spec_from(ISS_DIST_LOGNORMAL, log(2), 0, 0),
    };

    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        const struct iss_dist *dist = build(*state, specs[i]);

        assert_near(iss_dist_quantile(dist, 0.001), 2, 1e-15);
        assert_near(iss_dist_quantile(dist, 0.999), 2, 1e-15);
        assert_near(iss_dist_mean(dist), 2, 1e-15);
        assert_near(iss_dist_cdf(dist, 1.999999), 0, 0);
        assert_near(iss_dist_cdf(dist, 2.000001), 1, 0);
    }
}

static void
an_exponential_forgets_its_age(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_EXPONENTIAL, 4, 0, 0);
    const struct iss_dist *dist = build(*state, spec);

    assert_near(iss_dist_quantile_beyond(dist, 0.5, 1e6), 1e6 + 4 * log(2), 1e-9);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, -1), iss_dist_quantile(dist, 0.5),
                1e-15);
}

static void
short_lives_keep_their_digits(void **state)
{
    const struct iss_dist *dist =
        build(*state, spec_from(ISS_DIST_EXPONENTIAL, 1, 0, 0));

    assert_near(iss_dist_quantile(dist, 1e-12) / 1e-12, 1, 1e-11);
    assert_near(iss_dist_cdf(dist, 1e-12) / 1e-12, 1, 1e-11);
}

static void
a_weibull_beyond_its_age_adds_hazard(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_WEIBULL, 2, 3, 0);
    const struct iss_dist *dist;

    spec.shift = 1;
    dist = build(*state, spec);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 301), 1 + 3 * sqrt(1e4 + log(2)),
                1e-9);
}

static void
beyond_an_age_is_the_conditional_quantile(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        for (int way = 0; way < 16; way++) {
            struct iss_dist_spec spec = wrapped(*state, &examples[i], way);
            const struct iss_dist *dist;
            double age, reached;

            if (iss_dist_problem(&spec) != NULL || examples[i].variance == 0) {
                continue;
            }
            dist = build(*state, spec);
            age = iss_dist_quantile(dist, 0.9);
            reached = iss_dist_cdf(dist, age);
            for (size_t j = 0; j < GRID; j++) {
                double x = iss_dist_quantile_beyond(dist, grid[j], age);
                double u = reached + grid[j] * (1 - reached);

                assert_true(x >= age);
                if (u < 1 - 1e-6) {
                    assert_near(x, fmax(age, iss_dist_quantile(dist, u)),
                                1e-9 * (fabs(x) + fabs(spec.shift)));
                }
            }
        }
        iss_arena_clear(*state);
    }
}

static void
an_age_that_nothing_exceeds_is_the_end(void **state)
{
    const struct iss_dist *dist = build(*state, spec_from(ISS_DIST_UNIFORM, 0, 5, 0));

    assert_near(iss_dist_quantile_beyond(dist, 0.5, 7), 7, 0);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, 4), 4.5, 1e-15);
    assert_near(iss_dist_quantile_beyond(dist, 0.5, -4), 2.5, 1e-15);
}

static void
a_gamma_of_great_age_lives_on_by_its_hazard(void **state)
{
    const struct iss_dist *dist = build(*state, spec_from(ISS_DIST_GAMMA, 3, 1, 0));
    double x = iss_dist_quantile_beyond(dist, 0.5, 500);

    assert_near(gsl_cdf_gamma_Q(x, 3, 1) / gsl_cdf_gamma_Q(500, 3, 1), 0.5, 1e-6);
}

static void
problems_are_named(void **state)
{
    const struct {
        struct iss_dist_spec spec;
        const char *text;
    } cases[] = {
        {spec_from(ISS_DIST_CONSTANT, NAN, 0, 0),
         "parameters must be finite and below 1e100"},
        {spec_from(ISS_DIST_NORMAL, 0, INFINITY, 0),
         "parameters must be finite and below 1e100"},
        {spec_from(ISS_DIST_UNIFORM, 2, 1, 0), "min above max"},
        {spec_from(ISS_DIST_TRIANGULAR, 2, 1, 3), "min above mode"},
        {spec_from(ISS_DIST_TRIANGULAR, 1, 3, 2), "mode above max"},
        {spec_from(ISS_DIST_PERT, 2, 1, 3), "min above mode"},
        {spec_from(ISS_DIST_PERT, 1, 3, 2), "mode above max"},
        {spec_from(ISS_DIST_NORMAL, 0, -1, 0), "sd must not be negative"},
        {spec_from(ISS_DIST_LOGNORMAL, 0, -1, 0), "sigma must not be negative"},
        {spec_from(ISS_DIST_EXPONENTIAL, 0, 0, 0), "mean must be positive"},
        {spec_from(ISS_DIST_WEIBULL, 0, 1, 0), "shape must be positive"},
        {spec_from(ISS_DIST_WEIBULL, 1, 0, 0), "scale must be positive"},
        {spec_from(ISS_DIST_GAMMA, -1, 1, 0), "shape must be positive"},
        {spec_from(ISS_DIST_GAMMA, 1e-4, 1, 0), "shape must be from 0.001 to 100000"},
        {spec_from(ISS_DIST_GAMMA, 1e6, 1, 0), "shape must be from 0.001 to 100000"},
        {spec_from(ISS_DIST_GAMMA, 1, -1, 0), "scale must be positive"},
        {spec_from(ISS_DIST_BETA, 0, 1, 0), "a must be positive"},
        {spec_from(ISS_DIST_BETA, 1, 0, 0), "b must be positive"},
        {spec_from(ISS_DIST_BETA, 1e-3, 1, 0), "a must be from 0.01 to 100000"},
        {spec_from(ISS_DIST_BETA, 1, 1e6, 0), "b must be from 0.01 to 100000"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = iss_dist_problem(&cases[i].spec);

        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
}

static void
problems_of_the_wrapping_are_named(void **state)
{
    struct iss_dist_spec spec = spec_from(ISS_DIST_UNIFORM, 0, 1, 0);

    (void)state;
    spec.p_zero = 1.1;
    assert_string_equal(iss_dist_problem(&spec), "p_zero must be from 0 to 1");
    spec.p_zero = NAN;
    assert_string_equal(iss_dist_problem(&spec), "p_zero must be from 0 to 1");
    spec.p_zero = 0;
    spec.shift = INFINITY;
    assert_string_equal(iss_dist_problem(&spec),
                        "shift must be finite and below 1e100");
    spec.shift = 0;
    spec.lower = NAN;
    assert_string_equal(iss_dist_problem(&spec), "lower and upper must be numbers");
    spec.lower = 2;
    spec.upper = 1;
    assert_string_equal(iss_dist_problem(&spec), "lower above upper");
}

static void
limits_that_hold_no_probability_are_refused(void **state)
{
    struct iss_dist_spec specs[] = {
        spec_from(ISS_DIST_UNIFORM, 0, 1, 0),
        spec_from(ISS_DIST_CONSTANT, 1.5, 0, 0),
        spec_from(ISS_DIST_GAMMA, 2, 1e-5, 0),
    };
    const struct iss_dist *dist = NULL;

    for (size_t i = 0; i < 3; i++) {
        specs[i].lower = 2;
        specs[i].upper = 3;
        assert_string_equal(iss_dist_problem(&specs[i]),
                            "no probability between lower and upper");
        assert_int_equal(iss_dist_build(&specs[i], *state, &dist), ISS_ERR_NUMERIC);
        assert_null(dist);
    }
    specs[1].lower = specs[1].upper = 1.5;
    assert_null(iss_dist_problem(&specs[1]));
}

/* What is said to be certain is so to the last digit, at any age; half of it is said.
 */
static void
what_is_certain_of_a_life_is_so(void **state)
{
    const struct iss_stream stream = {.seed = 11};
    int said = 0;

    for (uint64_t i = 0; i < 4000; i++) {
        struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_EXPONENTIAL);
        double u = iss_stream_uniform(&stream, 1, 0, i);
        double age = i % 2 == 0 ? 0 : 9000 * iss_stream_uniform(&stream, 2, 0, i);
        spec.p[0] = pow(10, -3 + 9 * iss_stream_uniform(&stream, 3, 0, i));
        u = i % 4 < 2 ? u : pow(u, 12);
        const struct iss_dist *dist = build(*state, spec);
        double left = age > 0 ? iss_dist_quantile_beyond(dist, u, age) - age
                              : iss_dist_quantile(dist, u);
        double low = left * (0.4 + iss_stream_uniform(&stream, 4, 0, i)) - 1e-6;
        if (iss_dist_certainly(dist, u, low, INFINITY)) {
            assert_true(left > low - 1e-6);
            said++;
        }
        assert_false(iss_dist_certainly(dist, u, left + 1e-6, INFINITY));
        assert_false(iss_dist_certainly(dist, u, -1, left));
    }
    assert_true(said > 1000);
}

static void
of_other_families_nothing_is_certain(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct iss_dist_spec spec = spec_of(&examples[i]);
        if (spec.family != ISS_DIST_EXPONENTIAL) {
            assert_false(iss_dist_certainly(build(*state, spec), 0.5, -1e9, INFINITY));
        }
    }
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_EXPONENTIAL);
    spec.p[0] = 4;
    assert_true(iss_dist_certainly(build(*state, spec), 0.5, 1, INFINITY));
    spec.p_zero = 0.1;
    assert_false(iss_dist_certainly(build(*state, spec), 0.5, 1, INFINITY));
    spec.p_zero = 0;
    spec.upper = 3;
    assert_false(iss_dist_certainly(build(*state, spec), 0.5, 1, INFINITY));
}

static void
gsl_failures_do_not_end_the_program(void **state)
{
    (void)state;
    assert_true(isnan(gsl_sf_lngamma(0)));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, clear_arena)
    const struct CMUnitTest tests[] = {
        TEST(quantiles_are_those_of_the_forward_cdf),
        TEST(the_cdf_undoes_the_quantile),
        TEST(moments_are_those_of_the_formulas),
        TEST(quantiles_never_fall_and_are_never_nan),
        TEST(a_uniform_next_to_0_or_1_gives_a_number),
        TEST(draws_from_a_stream_have_the_mean_and_variance),
        TEST(truncation_conditions),
        TEST(truncation_far_out_in_a_tail_keeps_its_digits),
        TEST(means_of_truncated_families_are_exact_where_known),
        TEST(zeros_come_with_their_probability),
        TEST(zeros_stand_between_negative_and_positive_variates),
        TEST(nothing_but_zeros_is_zero),
        TEST(no_spread_is_a_constant),
        TEST(an_exponential_forgets_its_age),
        TEST(short_lives_keep_their_digits),
        TEST(a_weibull_beyond_its_age_adds_hazard),
        TEST(beyond_an_age_is_the_conditional_quantile),
        TEST(an_age_that_nothing_exceeds_is_the_end),
        TEST(a_gamma_of_great_age_lives_on_by_its_hazard),
        TEST(problems_are_named),
        TEST(problems_of_the_wrapping_are_named),
        TEST(limits_that_hold_no_probability_are_refused),
        TEST(what_is_certain_of_a_life_is_so),
        TEST(of_other_families_nothing_is_certain),
        TEST(gsl_failures_do_not_end_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
