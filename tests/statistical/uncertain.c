/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uncertain.c - drawn values have the mean and variance of what they were drawn from,
 * and what happens has the frequency that follows.
 *
 * A launch whose success is Beta(a, b) fails in the long run with b / (a + b).  Where
 * `inner` launches share a value, the failures of an outer point are beta-binomial, and
 * have more variance than those of launches each with its own.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "rows.h"

enum { OUTER = 20000, INNER = 5 };

struct column {
    struct iss_model *model;
    int32_t metric;
    size_t rows, sum_over; /* rows whose sum is one value */
    double *values;
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct column *column = context;
    assert_int_equal(row->status, ISS_OK);
    column->values[column->rows++ / column->sum_over] += row->metrics[column->metric];
    return ISS_OK;
}

/* OUTER values of a metric, each the sum over `inner` replications. */
static double *
run(const char *metric, const char *inner, size_t sum_over)
{
    struct column column = {.sum_over = sum_over};
    struct iss_diag diag = {0};
    struct iss_model_options options = {.overrides = &inner, .override_count = 1};

    assert_int_equal(iss_model_load(ISSSIM_SOURCE_DIR
                                    "/tests/statistical/uncertain.cfg",
                                    &options, &diag, &column.model),
                     ISS_OK);
    column.metric = iss_metric_find(column.model, metric);
    assert_true(column.metric >= 0);
    column.values = calloc(OUTER, sizeof(double));
    assert_non_null(column.values);
    assert_int_equal(rows_run(column.model, (uint64_t)column.model->study.seed,
                              OUTER * sum_over, keep_row, &column),
                     ISS_OK);
    iss_model_free(column.model);
    iss_diag_clear(&diag);
    return column.values;
}

/* z of the sample's mean against `mean`, and of its variance against `variance`; the
 * variance's error is that of the mean of squared deviations. */
static void
assert_moments(const char *what, const double *values, double mean, double variance)
{
    double sum = 0, squares = 0, fourth = 0;

    for (size_t i = 0; i < OUTER; i++) {
        double square = (values[i] - mean) * (values[i] - mean);
        sum += values[i];
        squares += square;
        fourth += square * square;
    }
    double got = squares / OUTER;
    double z = (sum / OUTER - mean) / sqrt(variance / OUTER);
    double z_variance = (got - variance) / sqrt((fourth / OUTER - got * got) / OUTER);
    print_message("%-32s mean %.6g (%.6g, z %+.2f), variance %.6g (%.6g, z %+.2f)\n",
                  what, sum / OUTER, mean, z, got, variance, z_variance);
    assert_true(fabs(z) <= 4);
    assert_true(fabs(z_variance) <= 4);
}

static void
drawn_values_have_the_moments_of_their_distribution(void **state)
{
    const double a = 8.5, b = 2.5, days = 2 * 365.25;
    const double low = 4 / 24.0, mode = 5 / 24.0, high = 9 / 24.0;
    const struct {
        const char *metric;
        double mean, variance;
    } expected[] = {
        {"launch_systems.rocket.success", a / (a + b),
         a * b / ((a + b) * (a + b) * (a + b + 1))},
        {"vehicles.barge.slip.scale", 3, 4 / 12.0},
        {"vehicles.barge.descent", (low + mode + high) / 3,
         (low * low + mode * mode + high * high - low * mode - low * high -
          mode * high) /
             18},
        {"failures.leak.life.rate", 1.5 / days, 1.5 / (days * days)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        double *values = run(expected[i].metric, "study.inner=1", 1);
        assert_moments(expected[i].metric, values, expected[i].mean,
                       expected[i].variance);
        free(values);
    }
}

static void
launches_fail_as_often_as_the_posterior_predicts(void **state)
{
    double *values = run("ascent_failures", "study.inner=1", 1);
    double p = 2.5 / 11;

    (void)state;
    assert_moments("failures of a launch", values, p, p * (1 - p));
    free(values);
}

/* Beta-binomial: variance n p q (1 + (n - 1) / (a + b + 1)), a third more than if each
 * launch had its own value. */
static void
launches_of_an_outer_point_share_their_luck(void **state)
{
    double *values = run("ascent_failures", "study.inner=5", INNER);
    double p = 2.5 / 11, n = INNER;

    (void)state;
    assert_moments("failures of five launches", values, n * p,
                   n * p * (1 - p) * (1 + (n - 1) / 12));
    free(values);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_values_have_the_moments_of_their_distribution),
        cmocka_unit_test(launches_fail_as_often_as_the_posterior_predicts),
        cmocka_unit_test(launches_of_an_outer_point_share_their_luck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
