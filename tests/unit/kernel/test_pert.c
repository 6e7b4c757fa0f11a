/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_pert.c - one table gives the quantiles of every Beta-PERT.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "kernel/beta.h"
#include "kernel/pert.h"

static struct iss_arena arena;
static const struct iss_pert_table *table;

static int
set_up(void **state)
{
    (void)state;
    return iss_pert_table_new(&arena, &table) == ISS_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    iss_arena_clear(&arena);
    return 0;
}

/* Whether the exact quantile is within `error` of x. */
static int
is_near(double x, double s, double u, double error)
{
    double low = fmax(x - error, 0), high = fmin(x + error, 1);

    return iss_beta_cdf(low, 1 - low, 1 + 4 * s, 5 - 4 * s) <= u &&
           iss_beta_cdf(high, 1 - high, 1 + 4 * s, 5 - 4 * s) >= u;
}

/* The quantile of shape s at the probability next to u that can be drawn; *u becomes
 * that. */
static double
unit_at(double s, double *u)
{
    uint32_t bits = (uint32_t)(*u * 0x1p32);
    float out[ISS_PERT_LANES];

    *u = (bits + 0.5) * 0x1p-32;
    iss_pert_units(table, (float[ISS_PERT_LANES]){1, (float)s, 0, 0.5F},
                   (uint32_t[ISS_PERT_LANES]){0, bits, 7, 99}, out);
    return (double)out[1];
}

static void
quantiles_are_within_their_error(void **state)
{
    (void)state;
    for (int i = 0; i <= 40; i++) {
        double s = (double)(float)(i / 40.0);
        for (double tail = 1e-6; tail < 0.5; tail *= 1.3) {
            double low = tail, high = 1 - tail;
            double at_low = unit_at(s, &low), at_high = unit_at(s, &high);
            assert_true(is_near(at_low, s, low, 1e-4));
            assert_true(is_near(at_high, s, high, 1e-4));
        }
        for (double tail = 1e-9; tail < 1e-6; tail *= 3) {
            double low = tail, high = 1 - tail;
            double at_low = unit_at(s, &low), at_high = unit_at(s, &high);
            assert_true(is_near(at_low, s, low, 2e-3));
            assert_true(is_near(at_high, s, high, 2e-3));
        }
    }
}

/* The variates of `pert` at these bits, in one of the lanes. */
static double
draw(const struct iss_pert *pert, uint32_t bits, int lane)
{
    struct iss_pert_lanes perts = {
        .min = {1, 2, 3, 4}, .mode = {1, 3, 3, 5}, .max = {2, 4, 5, 5}};
    uint32_t all[ISS_PERT_LANES] = {1U << 31, 5, 17, UINT32_MAX};
    double out[ISS_PERT_LANES];

    perts.min[lane] = pert->min;
    perts.mode[lane] = pert->mode;
    perts.max[lane] = pert->max;
    all[lane] = bits;
    iss_pert_draw(table, &perts, all, out);
    return out[lane];
}

static void
quantiles_rise_and_stay_between_the_ends(void **state)
{
    const struct iss_pert pert = {-3, 5, 7};
    double last = -3;

    (void)state;
    for (uint32_t i = 1; i < 10000; i++) {
        double x = draw(&pert, i * 429496, 2);
        assert_true(x >= last && x <= 7);
        last = x;
    }
    assert_true(draw(&pert, 0, 2) >= -3);
    assert_true(draw(&pert, UINT32_MAX, 2) <= 7);
}

static void
a_lane_is_like_another(void **state)
{
    const struct iss_pert pert = {2, 2.5, 9};

    (void)state;
    for (int lane = 1; lane < ISS_PERT_LANES; lane++) {
        assert_true(draw(&pert, 123456789, lane) == draw(&pert, 123456789, 0));
        assert_true(draw(&pert, 0xfffffff0U, lane) == draw(&pert, 0xfffffff0U, 0));
    }
}

static void
the_halves_mirror_each_other(void **state)
{
    const struct iss_pert left = {0, 0.2, 1}, right = {0, 0.8, 1};

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        double x = draw(&left, i * 4294967, 1), y = draw(&right, ~(i * 4294967), 1);
        assert_true(fabs(x + y - 1) < 1e-6);
    }
}

static void
the_mean_is_that_of_the_quantiles(void **state)
{
    const struct iss_pert pert = {1, 2, 9};
    double sum = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        sum += draw(&pert, (uint32_t)((i + 0.5) / 100000 * 0x1p32), 3);
    }
    assert_true(fabs(sum / 100000 - iss_pert_mean(&pert)) < 8 * 1e-4);
    assert_true(iss_pert_mean(&pert) == 3);
}

static void
without_a_range_it_is_a_number(void **state)
{
    const struct iss_pert number = {4, 4, 4}, zero = {0, 0, 0};

    (void)state;
    assert_true(draw(&number, 123456789, 0) == 4);
    assert_true(draw(&number, UINT32_MAX, 0) == 4);
    assert_true(draw(&zero, 1U << 31, 0) == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_within_their_error),
        cmocka_unit_test(quantiles_rise_and_stay_between_the_ends),
        cmocka_unit_test(a_lane_is_like_another),
        cmocka_unit_test(the_halves_mirror_each_other),
        cmocka_unit_test(the_mean_is_that_of_the_quantiles),
        cmocka_unit_test(without_a_range_it_is_a_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
