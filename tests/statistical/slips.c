/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slips.c - launches of the shipped library slip as published: for each class of lead
 * time the share that is on time (binomial), and how late the others are (Kolmogorov
 * and Smirnov, one sample).
 *
 * Shares, shapes and scales to 360 days ahead: Gardner and Grogan, plans of 2012 to
 * 2017 for new commercial and partner vehicles.  Beyond: scenarios/library/fit.py.
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

enum { MISSIONS = 20000 };

/* Both have the probability of |z| > 4, 6.3e-5; for D sqrt(n) by 2 exp(-2 x^2). */
#define Z_LIMIT 4.0
#define D_LIMIT 2.28

struct class
{
    const char *metric;
    double lead_d, on_time, shape, scale_d;
};

static const struct class classes[] = {
    {"short_d", 60, 0.143, 1.02, 26.5},
    {"half_d", 120, 0.077, 0.81, 92.6},
    {"year_d", 270, 0, 1.04, 172.9},
    {"longer_d", 500, 0.0417, 1.66, 237.4},
};
enum { CLASSES = sizeof classes / sizeof *classes };

struct launches {
    int32_t metric[CLASSES];
    size_t rows;
    double (*days)[MISSIONS]; /* class by class */
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct launches *launches = context;

    assert_int_equal(row->status, ISS_OK);
    for (size_t i = 0; i < CLASSES; i++) {
        launches->days[i][launches->rows] = row->metrics[launches->metric[i]];
    }
    launches->rows++;
    return ISS_OK;
}

/* When each class's flight was launched, with `change` (or none) made to the scenario.
 */
static void
launch(struct launches *launches, const char *change)
{
    struct iss_diag diag = {0};
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = &change,
                                        .override_count = change != NULL};
    struct iss_model *model;

    assert_int_equal(iss_model_load(ISSSIM_SOURCE_DIR "/tests/statistical/slips.cfg",
                                    &options, &diag, &model),
                     ISS_OK);
    assert_int_equal(diag.kept, 0);
    for (size_t i = 0; i < CLASSES; i++) {
        launches->metric[i] = iss_metric_find(model, classes[i].metric);
        assert_true(launches->metric[i] >= 0);
    }
    launches->rows = 0;
    launches->days = calloc(CLASSES, sizeof *launches->days);
    assert_non_null(launches->days);
    assert_int_equal(rows_run(model, 20120101, MISSIONS, keep_row, launches), ISS_OK);
    iss_model_free(model);
    iss_diag_clear(&diag);
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Whether the class's launches are what is published; says by how much they aren't. */
static bool
agrees(const struct launches *launches, size_t i)
{
    const struct class *class = &classes[i];
    double *days = launches->days[i];
    size_t on_time = 0;

    qsort(days, MISSIONS, sizeof *days, compare);
    while (on_time < MISSIONS && days[on_time] <= class->lead_d) {
        assert_true(days[on_time] == class->lead_d); /* never early */
        on_time++;
    }
    double expected = class->on_time * MISSIONS, late = (double)(MISSIONS - on_time);
    double sd = sqrt(expected * (1 - class->on_time));
    double z = sd > 0 ? ((double)on_time - expected) / sd : (double)on_time * INFINITY;
    double distance = 0;

    for (size_t k = on_time; k < MISSIONS; k++) {
        double slip = days[k] - class->lead_d, below = (double)(k - on_time);
        double p = -expm1(-pow(slip / class->scale_d, class->shape));
        distance = fmax(distance, fmax(p - below / late, (below + 1) / late - p));
    }
    z = on_time == 0 && sd == 0 ? 0 : z;
    print_message("%-9s %6zu on time (%.0f, z %+.2f), D sqrt(n) %.2f\n", class->metric,
                  on_time, expected, z, distance * sqrt(late));
    return fabs(z) <= Z_LIMIT && distance * sqrt(late) <= D_LIMIT;
}

static void
slips_are_as_published_for_each_lead_time(void **state)
{
    struct launches launches;

    (void)state;
    launch(&launches, NULL);
    for (size_t i = 0; i < CLASSES; i++) {
        assert_true(agrees(&launches, i));
    }
    free(launches.days);
}

/* What else the rows could say: a share off by 0.02, a scale by 8 %, a shape by 8 %. */
static void
slips_a_little_different_are_told_apart(void **state)
{
    struct launches launches;

    (void)state;
    launch(&launches,
           "vehicles.cygnus.slips=("
           "{ up_to=90; slip={ dist=\"weibull\"; shape=1.02; scale=26.5; p_zero=0.163; "
           "}; }, "
           "{ up_to=180; slip={ dist=\"weibull\"; shape=0.81; scale=100; p_zero=0.077; "
           "}; }, "
           "{ up_to=360; slip={ dist=\"weibull\"; shape=1.12; scale=172.9; }; }, "
           "{ up_to=9999; slip={ dist=\"weibull\"; shape=1.66; scale=237.4; "
           "p_zero=0.0617; }; })");
    for (size_t i = 0; i < CLASSES; i++) {
        assert_false(agrees(&launches, i));
    }
    free(launches.days);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_as_published_for_each_lead_time),
        cmocka_unit_test(slips_a_little_different_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
