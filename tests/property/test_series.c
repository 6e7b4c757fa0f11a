/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_series.c - the series on their grid are what the trace's tables say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "isssim/status.h"
#include "observe/series.h"
#include "study/compute.h"
#include "study/plan.h"

enum { METRICS = 1024, REPLICATIONS = 40 };

static const char *const followed[] = {"crew",   "residents", "unsafe",   "seats_safe",
                                       "docked", "crew_ros",  "crew_usos"};
enum { FOLLOWED = sizeof followed / sizeof *followed };

static const char *const stocks[] = {"reserve_food", "reserve_water", "reserve_oxygen",
                                     "filled_urine", "filled_oxygen"};
enum { STOCKS = sizeof stocks / sizeof *stocks };

/* The last row of /state at or before `time_us`. */
static size_t
state_row(const struct iss_table *state, struct iss_outcome *outcome, int64_t time_us)
{
    size_t row = 0;
    while (row + 1 < state->rows &&
           iss_at(outcome, state, time, time)[row + 1] <= time_us) {
        row++;
    }
    return row;
}

static int64_t
count_docked(const struct iss_table *state, size_t row)
{
    const struct iss_column *docked = iss_table_column(state, "docked");
    size_t ports = iss_column_row_values(docked);
    int64_t count = 0;

    for (size_t i = 0; i < ports; i++) {
        count += docked->data.id[row * ports + i] >= 0;
    }
    return count;
}

/* People of a crew that isn't visiting, docked by `time_us` and not yet gone. */
static int64_t
count_residents(struct iss_outcome *outcome, int64_t time_us)
{
    const struct iss_table *crew = iss_outcome_table(outcome, "crew");
    int64_t count = 0;

    for (size_t row = 0; row < crew->rows; row++) {
        int64_t arrive = iss_at(outcome, crew, arrive, time)[row];
        int64_t leave = iss_at(outcome, crew, leave, time)[row];
        count += arrive != ISS_NO_TIME && arrive <= time_us &&
                 (leave == ISS_NO_TIME || leave > time_us) &&
                 !iss_at(outcome, crew, visiting, flag)[row];
    }
    return count;
}

static int32_t
find_resource(struct iss_outcome *outcome, const char *id)
{
    int32_t resource = 0;

    while (strcmp(iss_at(outcome, resources, id, text)[resource], id) != 0) {
        resource++;
    }
    return resource;
}

/* A level on the straight line from its last row at or before `time_us`; nothing before
 * the first. */
static double
level_at(struct iss_outcome *outcome, int32_t resource, int64_t time_us)
{
    double level = 0;

    for (size_t row = 0; row < iss_outcome_table(outcome, "levels")->rows; row++) {
        int64_t from_us = iss_at(outcome, levels, time, time)[row];
        if (iss_at(outcome, levels, resource, id)[row] == resource &&
            from_us <= time_us) {
            level = iss_at(outcome, levels, stock, real)[row] +
                    (iss_at(outcome, levels, made, real)[row] -
                     iss_at(outcome, levels, used, real)[row]) *
                        iss_days_from_us(time_us - from_us);
        }
    }
    return level;
}

static int64_t
expected_stock(struct iss_outcome *outcome, const char *name, int64_t time_us)
{
    bool filled = strncmp(name, "filled_", 7) == 0;
    int32_t resource = find_resource(outcome, strchr(name, '_') + 1);
    double level = level_at(outcome, resource, time_us) + 1e-6; /* whole mg are left */

    return (int64_t)(filled ? 100 * level /
                                  iss_at(outcome, resources, capacity, real)[resource]
                            : level / iss_at(outcome, resources, nominal_use,
                                             real)[resource]);
}

static int64_t
expected(struct iss_outcome *outcome, const char *name, int64_t time_us)
{
    const struct iss_table *state = iss_outcome_table(outcome, "state");
    size_t row = state_row(state, outcome, time_us);

    if (strncmp(name, "reserve_", 8) == 0 || strncmp(name, "filled_", 7) == 0) {
        return expected_stock(outcome, name, time_us);
    }
    if (strcmp(name, "docked") == 0) {
        return count_docked(state, row);
    }
    if (strcmp(name, "residents") == 0) {
        return count_residents(outcome, time_us);
    }
    return iss_table_column(state, name)->data.count[row];
}

static void
compare_replication(const struct iss_model *model, struct iss_computer *computer,
                    struct iss_block *block, uint64_t index)
{
    const struct iss_study_info *info = computer->info;
    double metrics[METRICS];
    uint64_t fingerprint;
    struct iss_outcome outcome =
        fixture_trace(model, info->seed, index, metrics, &fingerprint);

    block->first = index;
    block->count = 1;
    iss_computer_fill(computer, block);
    assert_int_equal(block->status[0], ISS_OK);
    assert_true(block->fingerprints[0] == fingerprint);
    const uint32_t *fan = block->fans;
    for (int32_t i = 0; i < info->series_count; i++) {
        for (int32_t at = 0; at < info->grid_count; at++) {
            int64_t value = expected(&outcome, info->series[i].name, info->grid_us[at]);
            for (int64_t bin = 0; bin < info->series[i].bins; bin++) {
                if (*fan++ != (bin == value)) {
                    fail_msg("replication %d, %s at %d: %d isn't %d times", (int)index,
                             info->series[i].name, (int)at, (int)bin, bin == value);
                }
            }
        }
    }
    iss_outcome_clear(&outcome);
}

static void
compare(const char *scenario, const char *const *sets, size_t count,
        const char *const *series, int32_t series_count)
{
    struct iss_model *model = fixture_model(scenario, sets, count);
    struct iss_computer computer;
    struct iss_block block;
    struct iss_plan plan;
    char message[256];

    int status =
        iss_plan_init(&plan, model, 3, series, series_count, message, sizeof message);
    if (status != ISS_OK) {
        fail_msg("%s", message);
    }
    assert_int_equal(iss_computer_init(&computer, model, &plan.info), ISS_OK);
    assert_int_equal(iss_block_init(&block, &plan.info, 1), ISS_OK);
    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        compare_replication(model, &computer, &block, i);
    }
    iss_block_clear(&block);
    iss_computer_clear(&computer);
    iss_plan_clear(&plan);
    iss_model_free(model);
}

static void
series_are_what_the_state_says_on_the_grid(void **state)
{
    (void)state;
    compare("scenarios/soyuz_leak.cfg", NULL, 0, followed, FOLLOWED);
}

static void
another_grid_and_a_crew_that_takes_risks_change_nothing_of_that(void **state)
{
    static const char *const sets[] = {"study.grid=37", "policy.reassign=false",
                                       "policy.return_in_damaged=\"at_once\""};
    (void)state;
    compare("scenarios/soyuz_leak.cfg", sets, 3, followed, FOLLOWED);
}

/* At moments that no event falls on, lest a day more or less hangs on the last digit.
 */
static void
series_of_stocks_are_what_the_levels_say(void **state)
{
    static const char *const sets[] = {"study.grid=97"};

    (void)state;
    compare("tests/property/stocks.cfg", sets, 1, stocks, STOCKS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(series_are_what_the_state_says_on_the_grid),
        cmocka_unit_test(
            another_grid_and_a_crew_that_takes_risks_change_nothing_of_that),
        cmocka_unit_test(series_of_stocks_are_what_the_levels_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
