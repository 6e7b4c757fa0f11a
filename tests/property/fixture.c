/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.c - see fixture.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "fixture.h"

struct iss_model *
fixture_model(const char *scenario, const char *const *overrides, size_t count)
{
    char path[512];
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = overrides,
                                        .override_count = count};

    snprintf(path, sizeof path, "%s/%s", ISSSIM_SOURCE_DIR, scenario);
    int status = iss_model_load(path, &options, &diag, &model);
    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    iss_diag_clear(&diag);
    assert_int_equal(status, ISS_OK);
    return model;
}

void
fixture_run(struct iss_worker *worker, uint64_t seed, uint64_t index,
            struct fixture_result *result)
{
    struct iss_row row = {.metrics = result->metrics};
    memset(result, 0, sizeof *result);
    assert_int_equal(iss_worker_run(worker, seed, index, NULL, &row), ISS_OK);
    result->fingerprint = row.fingerprint;
}

double
fixture_metric(const struct iss_model *model, const double *metrics, const char *name)
{
    int32_t index = iss_metric_find(model, name);
    if (index < 0) {
        fail_msg("no metric %s", name);
    }
    return metrics[index];
}

struct iss_outcome
fixture_trace(const struct iss_model *model, uint64_t seed, uint64_t index,
              double *metrics, uint64_t *fingerprint)
{
    struct iss_outcome outcome = {0};
    struct iss_worker *worker = NULL;
    struct iss_trace *trace = NULL;
    struct iss_row row = {.metrics = metrics};

    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    assert_int_equal(iss_trace_new(model, &outcome, &trace), ISS_OK);
    assert_int_equal(iss_worker_run(worker, seed, index, trace, &row), ISS_OK);
    *fingerprint = row.fingerprint;
    iss_trace_free(trace);
    iss_worker_free(worker);
    return outcome;
}

size_t
fixture_row(const struct iss_outcome *outcome, const char *table, const char *id)
{
    const struct iss_table *found = iss_outcome_table(outcome, table);
    const struct iss_column *ids = iss_table_column(found, "id");

    for (size_t row = 0; row < found->rows; row++) {
        if (strcmp(ids->data.text[row], id) == 0) {
            return row;
        }
    }
    fail_msg("%s has no row %s", table, id);
    return 0;
}

int64_t
fixture_time(const struct iss_model *model, const char *date)
{
    int64_t us;
    assert_int_equal(iss_civil_parse(date, &us), ISS_CIVIL_OK);
    return us - model->epoch_us;
}

int64_t
fixture_crew_at(const struct iss_model *model, struct iss_outcome *outcome,
                const char *date)
{
    const struct iss_table *state = iss_outcome_table(outcome, "state");
    int64_t time_us = fixture_time(model, date), crew = -1;

    for (size_t row = 0;
         row < state->rows && iss_at(outcome, state, time, time)[row] <= time_us;
         row++) {
        crew = iss_at(outcome, state, crew, count)[row];
    }
    return crew;
}
