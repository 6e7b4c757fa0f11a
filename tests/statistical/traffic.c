/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic.c - the rules of library/cadence-2013-2025.cfg bring as many ships as came in
 * these years: 160 in 13, 12.3 a year.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "kernel/tally.h"
#include "observe/gauges.h"
#include "rows.h"

#define REPLICATIONS 500
#define YEARS        13
#define RECORD       12.3 /* arrivals a year */
#define MARGIN       0.8

struct arrivals {
    int32_t metric;
    struct iss_sample sample;
};

static int
take_row(void *context, const struct iss_row *row)
{
    struct arrivals *arrivals = context;

    assert_int_equal(row->status, ISS_OK);
    iss_sample_add(&arrivals->sample, row->metrics[arrivals->metric] / YEARS);
    return ISS_OK;
}

/* Arrivals a year, with the setting `set` (NULL: without). */
static double
yearly(const char *set)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = &set,
                                        .override_count = set != NULL};
    struct arrivals arrivals = {0};
    int status = iss_model_load(ISSSIM_SOURCE_DIR "/tests/statistical/traffic.cfg",
                                &options, &diag, &model);

    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    assert_int_equal(status, ISS_OK);
    arrivals.metric = iss_metric_find(model, "dockings");
    status =
        rows_run(model, (uint64_t)model->study.seed, REPLICATIONS, take_row, &arrivals);
    assert_int_equal(status, ISS_OK);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return arrivals.sample.mean;
}

static void
as_many_ships_come_as_came(void **state)
{
    double mean = yearly(NULL), fewer = yearly("cadence.progress_ms.interval=180");

    (void)state;
    printf("%.2f arrivals a year; %.2f with fewer Progress\n", mean, fewer);
    assert_true(mean > RECORD - MARGIN && mean < RECORD + MARGIN);
    assert_true(fewer < RECORD - MARGIN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_ships_come_as_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
