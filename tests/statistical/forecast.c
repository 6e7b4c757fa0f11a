/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forecast.c - what the model says about MS-22's leak, over many replications.
 *
 * The record (a rescue launch 71 d after the leak, a stay of 370.9 d) must lie inside
 * the central 90 %; and each policy must move what a planner expects it to move, and by
 * common random numbers nothing else.
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

enum { REPLICATIONS = 2000 };

/* Metrics of one variant, metric by metric. */
struct variant {
    struct iss_model *model;
    double *values;
    size_t rows;
    int32_t metrics;
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct variant *variant = context;
    assert_int_equal(row->status, ISS_OK);
    for (int32_t i = 0; i < variant->metrics; i++) {
        variant->values[(size_t)i * REPLICATIONS + variant->rows] = row->metrics[i];
    }
    variant->rows++;
    return ISS_OK;
}

static struct variant
run(const char *const *overrides, size_t count)
{
    struct variant variant = {0};
    struct iss_diag diag = {0};
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = overrides,
                                        .override_count = count};
    int status = iss_model_load(ISSSIM_SOURCE_DIR "/scenarios/soyuz_leak.cfg", &options,
                                &diag, &variant.model);

    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    assert_int_equal(status, ISS_OK);
    variant.metrics = iss_metric_count(variant.model);
    variant.values = calloc((size_t)variant.metrics * REPLICATIONS, sizeof(double));
    assert_int_equal(rows_run(variant.model, (uint64_t)variant.model->study.seed,
                              REPLICATIONS, keep_row, &variant),
                     ISS_OK);
    iss_diag_clear(&diag);
    return variant;
}

static void
end(struct variant *variant)
{
    free(variant->values);
    iss_model_free(variant->model);
}

static const double *
values(const struct variant *variant, const char *metric)
{
    int32_t index = iss_metric_find(variant->model, metric);
    if (index < 0) {
        fail_msg("no metric %s", metric);
    }
    return variant->values + (size_t)index * REPLICATIONS;
}

static double
mean(const struct variant *variant, const char *metric)
{
    const double *at = values(variant, metric);
    double sum = 0;
    for (size_t i = 0; i < REPLICATIONS; i++) {
        sum += at[i];
    }
    return sum / REPLICATIONS;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
quantile(const struct variant *variant, const char *metric, double level)
{
    static double sorted[REPLICATIONS];
    const double *at = values(variant, metric);
    size_t n = 0;
    for (size_t i = 0; i < REPLICATIONS; i++) {
        if (!isnan(at[i])) {
            sorted[n++] = at[i];
        }
    }
    qsort(sorted, n, sizeof *sorted, compare);
    return sorted[(size_t)(level * (double)(n - 1) + 0.5)];
}

static void
assert_between(double low, double value, double high)
{
    if (!(low <= value && value <= high)) {
        fail_msg("%g is not within %g to %g", value, low, high);
    }
}

static struct variant base;

static int
run_base(void **state)
{
    (void)state;
    base = run(NULL, 0);
    return 0;
}

static int
end_base(void **state)
{
    (void)state;
    end(&base);
    return 0;
}

static void
the_rescue_launches_when_the_real_one_did(void **state)
{
    (void)state;
    assert_between(50, quantile(&base, "rescue_launch_d", 0.5), 110);
    assert_between(quantile(&base, "rescue_launch_d", 0.05), 71.0,
                   quantile(&base, "rescue_launch_d", 0.95));
    assert_between(quantile(&base, "unsafe_person_days", 0.05), 180,
                   quantile(&base, "unsafe_person_days", 0.95));
}

/* The crew goes home some 12 d after the next Soyuz, which comes in September. */
static void
the_stay_clusters_around_the_next_ship_off_the_line(void **state)
{
    const double *stay = values(&base, "stay_rubio");
    const double *relief = values(&base, "launch_ms24");
    int close = 0;

    (void)state;
    assert_between(quantile(&base, "stay_rubio", 0.05), 370.9,
                   quantile(&base, "stay_rubio", 0.95));
    for (size_t i = 0; i < REPLICATIONS; i++) {
        /* Rubio was launched 70.4 d before the scenario's start. */
        double after_relief = stay[i] - 70.4 - relief[i];
        close += after_relief > 5 && after_relief < 20;
    }
    assert_between(0.8 * REPLICATIONS, close, REPLICATIONS);
}

/* With one more ship in hand in May the relief needn't wait for September. */
static void
another_ship_off_the_line_brings_them_home_sooner(void **state)
{
    static const char *const ready[] = {"policy.shifted_launch=ready"};
    static const char *const spare[] = {
        "policy.shifted_launch=ready",
        "lines.soyuz_ms.ready=[\"2023-02-14Z\",\"2023-05-01Z\",\"2023-08-20Z\"]"};
    struct variant as_built = run(ready, 1), with_spare = run(spare, 2);

    (void)state;
    assert_between(330, quantile(&as_built, "stay_rubio", 0.5), 360);
    assert_between(215, quantile(&with_spare, "stay_rubio", 0.5), 250);
    end(&as_built);
    end(&with_spare);
}

/* Nothing but the time without a safe seat depends on moving seats. */
static void
without_reassignment_more_people_wait_in_danger(void **state)
{
    static const char *const off[] = {"policy.reassign=false"};
    struct variant without = run(off, 1);
    const double *with = values(&base, "unsafe_person_days");
    const double *danger = values(&without, "unsafe_person_days");
    const double *stay = values(&base, "stay_rubio"),
                 *same = values(&without, "stay_rubio");

    (void)state;
    for (size_t i = 0; i < REPLICATIONS; i++) {
        assert_true(danger[i] >= with[i]);
        assert_true(stay[i] == same[i]);
    }
    assert_between(
        30, mean(&without, "unsafe_person_days") - mean(&base, "unsafe_person_days"),
        60);
    assert_true(mean(&without, "improvised_seat_person_days") == 0);
    end(&without);
}

/* Without a rescue they go home on time, in the damaged ship, and some don't survive.
 */
static void
without_a_rescue_they_go_home_on_time_and_at_risk(void **state)
{
    static const char *const off[] = {"policy.call_up=false"};
    struct variant without = run(off, 1);

    (void)state;
    assert_between(180, quantile(&without, "stay_rubio", 0.5), 200);
    assert_between(2.9, mean(&without, "returned_at_risk"), 3.2);
    assert_true(mean(&without, "crew_lost") > 5 * mean(&base, "crew_lost"));
    assert_true(mean(&without, "unsafe_person_days") >
                mean(&base, "unsafe_person_days") + 30);
    assert_true(mean(&without, "rescues_called") == 0);
    end(&without);
}

static void
going_home_at_once_leaves_the_station_with_four(void **state)
{
    static const char *const once[] = {"policy.return_in_damaged=at_once"};
    struct variant early = run(once, 1);

    (void)state;
    assert_between(100, quantile(&early, "stay_rubio", 0.5), 140);
    assert_between(3, quantile(&early, "crew_min", 0.5), 4);
    assert_true(mean(&early, "early_returns") >= 1);
    end(&early);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rescue_launches_when_the_real_one_did),
        cmocka_unit_test(the_stay_clusters_around_the_next_ship_off_the_line),
        cmocka_unit_test(another_ship_off_the_line_brings_them_home_sooner),
        cmocka_unit_test(without_reassignment_more_people_wait_in_danger),
        cmocka_unit_test(without_a_rescue_they_go_home_on_time_and_at_risk),
        cmocka_unit_test(going_home_at_once_leaves_the_station_with_four),
    };
    return cmocka_run_group_tests(tests, run_base, end_base);
}
