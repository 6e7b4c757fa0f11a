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

static void
quantiles_are_within_their_error(void **state)
{
    (void)state;
    for (int i = 0; i <= 40; i++) {
        double s = i / 40.0;
        for (double tail = 1e-6; tail < 0.5; tail *= 1.3) {
            assert_true(is_near(iss_pert_unit(table, s, tail), s, tail, 1e-4));
            assert_true(is_near(iss_pert_unit(table, s, 1 - tail), s, 1 - tail, 1e-4));
        }
        for (double tail = 1e-10; tail < 1e-6; tail *= 3) {
            assert_true(is_near(iss_pert_unit(table, s, tail), s, tail, 2e-3));
            assert_true(is_near(iss_pert_unit(table, s, 1 - tail), s, 1 - tail, 2e-3));
        }
    }
}

static void
quantiles_rise_and_stay_between_the_ends(void **state)
{
    const struct iss_pert pert = {-3, 5, 7};
    double last = -3;

    (void)state;
    for (int i = 1; i < 10000; i++) {
        double x = iss_pert_quantile(table, &pert, i / 10000.0);
        assert_true(x >= last && x <= 7);
        last = x;
    }
    assert_true(iss_pert_quantile(table, &pert, 0x1p-33) >= -3);
    assert_true(iss_pert_quantile(table, &pert, 1 - 0x1p-33) <= 7);
}

static void
the_mean_is_that_of_the_quantiles(void **state)
{
    const struct iss_pert pert = {1, 2, 9};
    double sum = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        sum += iss_pert_quantile(table, &pert, (i + 0.5) / 100000);
    }
    assert_true(fabs(sum / 100000 - iss_pert_mean(&pert)) < 8 * 1e-4);
    assert_true(iss_pert_mean(&pert) == 3);
}

static void
without_a_range_it_is_a_number(void **state)
{
    const struct iss_pert pert = {4, 4, 4};

    (void)state;
    assert_true(iss_pert_quantile(table, &pert, 0.3) == 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_within_their_error),
        cmocka_unit_test(quantiles_rise_and_stay_between_the_ends),
        cmocka_unit_test(the_mean_is_that_of_the_quantiles),
        cmocka_unit_test(without_a_range_it_is_a_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
