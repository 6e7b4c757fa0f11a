/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Competing risks: where the earliest of several lifetimes has a closed form, and that
 * hazards add up where it hasn't. */
#include "near.h"

#include "isssim/status.h"
#include "kernel/dist.h"
#include "kernel/stream.h"

static struct iss_arena arena;

static int
clear_arena(void **state)
{
    (void)state;
    iss_arena_clear(&arena);
    return 0;
}

static const struct iss_dist *
make(struct iss_dist_spec spec)
{
    const struct iss_dist *dist = NULL;

    assert_null(iss_dist_problem(&spec));
    assert_int_equal(iss_dist_build(&spec, &arena, &dist), ISS_OK);
    return dist;
}

static const struct iss_dist *
family(enum iss_dist_family which, double a, double b)
{
    struct iss_dist_spec spec = iss_dist_spec(which);
    spec.p[0] = a;
    spec.p[1] = b;
    return make(spec);
}

static struct iss_dist_spec
minimum_of(const struct iss_dist *const *of, int32_t count)
{
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_MINIMUM);
    spec.of = of;
    spec.count = count;
    return spec;
}

static const double grid[] = {1e-9, 1e-5, 0.01,     0.2,     0.5,
                              0.8,  0.99, 1 - 1e-5, 1 - 1e-9};
#define GRID (sizeof grid / sizeof grid[0])

static void
exponentials_make_an_exponential_of_the_sum_of_their_rates(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_EXPONENTIAL, 3, 0),
                                   family(ISS_DIST_EXPONENTIAL, 6, 0),
                                   family(ISS_DIST_EXPONENTIAL, 2, 0)};
    const struct iss_dist *least = make(minimum_of(of, 3));

    (void)state;
    for (size_t i = 0; i < GRID; i++) {
        double x = -log1p(-grid[i]); /* the rates sum up to 1 */
        assert_near(iss_dist_quantile(least, grid[i]), x, 1e-12 * x);
        assert_near(iss_dist_cdf(least, x), grid[i], 1e-12);
        assert_near(iss_dist_quantile_beyond(least, grid[i], 7), 7 + x, 1e-11);
    }
    assert_near(iss_dist_mean(least), 1, 1e-9);
}

static void
weibulls_of_one_shape_make_a_weibull(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_WEIBULL, 2.5, 100),
                                   family(ISS_DIST_WEIBULL, 2.5, 300)};
    const struct iss_dist *least = make(minimum_of(of, 2));
    const struct iss_dist *same =
        family(ISS_DIST_WEIBULL, 2.5, pow(pow(100, -2.5) + pow(300, -2.5), -1 / 2.5));

    (void)state;
    for (size_t i = 0; i < GRID; i++) {
        double x = iss_dist_quantile(same, grid[i]);
        assert_near(iss_dist_quantile(least, grid[i]), x, 1e-12 * x);
        assert_near(iss_dist_quantile_beyond(least, grid[i], 250),
                    iss_dist_quantile_beyond(same, grid[i], 250), 1e-9);
    }
    assert_near(iss_dist_mean(least), iss_dist_mean(same), 1e-7);
}

/* Early failures, a constant rate and wear: S = exp(-(t/9000)^0.5 - t/2000 -
 * (t/700)^4). */
static void
a_bathtub_has_the_product_of_the_survivals(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_WEIBULL, 0.5, 9000),
                                   family(ISS_DIST_EXPONENTIAL, 2000, 0),
                                   family(ISS_DIST_WEIBULL, 4, 700)};
    const struct iss_dist *bathtub = make(minimum_of(of, 3));

    (void)state;
    for (double t = 0.01; t < 2000; t *= 1.7) {
        double hazard = sqrt(t / 9000) + t / 2000 + pow(t / 700, 4);
        assert_near(iss_dist_hazard(bathtub, t), hazard, 1e-13 * hazard);
        assert_near(iss_dist_life(bathtub, hazard, -INFINITY), t, 1e-12 * t);
        assert_near(iss_dist_life(bathtub, 3, t), iss_dist_life(bathtub, hazard + 3, 0),
                    1e-9);
    }
    double hazard = 40; /* beyond any probability */
    double t = iss_dist_life(bathtub, hazard, 0);
    assert_near(sqrt(t / 9000) + t / 2000 + pow(t / 700, 4), hazard, 1e-12);
}

static void
a_number_among_the_lifetimes_is_the_end(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_EXPONENTIAL, 100, 0),
                                   family(ISS_DIST_CONSTANT, 50, 0)};
    const struct iss_dist *least = make(minimum_of(of, 2));
    double early = -expm1(-0.5); /* P(X < 50) */

    (void)state;
    assert_near(iss_dist_quantile(least, early * 0.999), -100 * log1p(-early * 0.999),
                1e-9);
    assert_near(iss_dist_quantile(least, early * 1.001), 50, 1e-12);
    assert_near(iss_dist_quantile(least, 1 - 1e-12), 50, 1e-12);
    assert_near(iss_dist_quantile_beyond(least, 0.9, 49), 50, 1e-12);
}

static void
shift_and_limits_apply_to_the_earliest(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_EXPONENTIAL, 4, 0),
                                   family(ISS_DIST_EXPONENTIAL, 4, 0)};
    struct iss_dist_spec spec = minimum_of(of, 2);

    (void)state;
    spec.shift = 10;
    spec.upper = 13;
    const struct iss_dist *least = make(spec);
    double within = -expm1(-1.5); /* of an exponential of mean 2, in 3 */
    assert_near(iss_dist_quantile(least, 0.5), 10 - 2 * log1p(-0.5 * within), 1e-12);
    assert_near(iss_dist_cdf(least, 13), 1, 0);
}

static void
lives_at_another_rate_are_those_of_the_scaled_hazard(void **state)
{
    const struct iss_dist *weibull = family(ISS_DIST_WEIBULL, 2, 100);
    const struct iss_dist *gamma = family(ISS_DIST_GAMMA, 3, 10);

    (void)state;
    assert_near(iss_dist_life(weibull, 4, 0), 200, 1e-12);
    assert_near(iss_dist_life(weibull, 4, 100), 100 * sqrt(5), 1e-12);
    double x = iss_dist_life(gamma, 2, -INFINITY);
    assert_near(iss_dist_hazard(gamma, x), 2, 1e-4);
    assert_near(iss_dist_life(gamma, 1, x), iss_dist_life(gamma, 3, 0), 1e-2);
    assert_near(iss_dist_hazard(weibull, -1), 0, 0);
}

static void
draws_are_those_of_the_earliest_of_draws(void **state)
{
    const struct iss_dist *of[] = {family(ISS_DIST_WEIBULL, 0.7, 40),
                                   family(ISS_DIST_GAMMA, 5, 6)};
    const struct iss_dist *least = make(minimum_of(of, 2));
    const struct iss_stream stream = {7, ISS_DOMAIN_MISSION, 0};
    double sum = 0, square = 0, drawn = 0;
    const int count = 100000;

    (void)state;
    for (int i = 0; i < count; i++) {
        uint64_t n = (uint64_t)i;
        double one = iss_dist_quantile(of[0], iss_stream_uniform(&stream, 1, 1, n));
        double two = iss_dist_quantile(of[1], iss_stream_uniform(&stream, 1, 2, n));
        double x = one < two ? one : two;
        sum += x;
        square += x * x;
        drawn += iss_dist_quantile(least, iss_stream_uniform(&stream, 1, 3, n));
    }
    double mean = sum / count, sd = sqrt(square / count - mean * mean);
    assert_near(drawn / count, mean, 4 * sd * sqrt(2.0 / count));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponentials_make_an_exponential_of_the_sum_of_their_rates),
        cmocka_unit_test(weibulls_of_one_shape_make_a_weibull),
        cmocka_unit_test(a_bathtub_has_the_product_of_the_survivals),
        cmocka_unit_test(a_number_among_the_lifetimes_is_the_end),
        cmocka_unit_test(shift_and_limits_apply_to_the_earliest),
        cmocka_unit_test(lives_at_another_rate_are_those_of_the_scaled_hazard),
        cmocka_unit_test(draws_are_those_of_the_earliest_of_draws),
    };
    return cmocka_run_group_tests(tests, NULL, clear_arena);
}
