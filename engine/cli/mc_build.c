/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_build.c - from rows to the study's file: room, rows, summary, traces, done.
 */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"
#include "replicate/worker.h"

struct building {
    const struct iss_mc_build *build;
    struct iss_study *study;
    struct iss_column_source *columns; /* one a metric */
    struct iss_outcome *traces;
    size_t trace_count;
    char message[1024];
};

static int
find_columns(struct building *self, struct iss_summary_input *input)
{
    const struct iss_study_info *info = self->build->info;
    int status = iss_study_column(self->study, "replication", &input->replication);

    status = status ? status : iss_study_column(self->study, "status", &input->status);
    status = status ? status : iss_study_column(self->study, "events", &input->events);
    for (int32_t i = 0; status == ISS_OK && i < info->metric_count; i++) {
        status =
            iss_study_column(self->study, info->metrics[i].name, &self->columns[i]);
    }
    return status;
}

static int
sum_up(struct building *self, struct iss_outcome *result,
       struct iss_summary_result *summary)
{
    struct iss_summary_input input = {.info = self->build->info,
                                      .metrics = self->columns,
                                      .fans = iss_study_fans(self->study),
                                      .confidence = self->build->confidence};
    int status = find_columns(self, &input);

    return status == ISS_OK ? iss_summary_make(&input, result, summary) : status;
}

/* ---- traces ---------------------------------------------------------------------- */

static int
run_trace(struct building *self, uint64_t replication)
{
    const struct iss_mc_build *build = self->build;
    double *metrics = calloc((size_t)build->info->metric_count + 1, sizeof *metrics);
    struct iss_row row = {.metrics = metrics};
    int status = metrics == NULL
                     ? ISS_ERR_NO_MEMORY
                     : iss_traces_run(build->model, build->info->seed, replication,
                                      &self->traces[self->trace_count], &row);
    free(metrics);
    if (status == ISS_OK) {
        self->trace_count++;
    } else if (status != ISS_ERR_NO_MEMORY) {
        status = ISS_OK; /* a replication that fails has no trace */
    }
    return status;
}

static int
run_traces(struct building *self, uint64_t rows)
{
    const struct iss_traces *wish = self->build->traces;
    uint64_t *picked = calloc(ISS_TRACES_MOST, sizeof *picked);
    size_t count = 0;
    int status = ISS_ERR_NO_MEMORY;

    self->traces = calloc(ISS_TRACES_MOST, sizeof *self->traces);
    if (picked != NULL && self->traces != NULL) {
        status = iss_traces_pick(
            wish, rows, wish->metric >= 0 ? &self->columns[wish->metric] : NULL, picked,
            &count, self->message, sizeof self->message);
    }
    for (size_t i = 0; status == ISS_OK && i < count; i++) {
        status = run_trace(self, picked[i]);
    }
    free(picked);
    return status;
}

/* ---- the whole ------------------------------------------------------------------- */

static int
fill(struct building *self, struct iss_outcome *result,
     struct iss_summary_result *summary)
{
    const struct iss_mc_build *build = self->build;
    const struct iss_sink sink = iss_study_sink(self->study);
    int status = build->each(build->source, &sink);

    if (status == ISS_OK) {
        status = sum_up(self, result, summary);
    }
    if (status == ISS_OK && build->traces != NULL) {
        status = run_traces(self, iss_ranges_total(build->rows));
    }
    return status;
}

static int
build_file(struct building *self, const char *path, struct iss_outcome *result,
           struct iss_summary_result *summary)
{
    const struct iss_mc_build *build = self->build;
    const struct iss_study_extent extent = {build->info,      build->rows,
                                            build->requested, build->complete,
                                            build->shard,     build->confidence};
    int status = iss_study_create(&self->study, path, &extent, result, &build->options,
                                  self->message, sizeof self->message);

    if (status != ISS_OK) {
        return status;
    }
    status = fill(self, result, summary);
    if (status != ISS_OK) {
        iss_study_abandon(self->study);
        return status;
    }
    return iss_study_finish(self->study, result, self->traces, self->trace_count);
}

int
iss_mc_build(const char *path, const struct iss_mc_build *build,
             struct iss_outcome *result, struct iss_summary_result *summary)
{
    struct building self = {
        .build = build,
        .columns = calloc((size_t)build->info->metric_count + 1, sizeof *self.columns)};
    int status = self.columns == NULL ? ISS_ERR_NO_MEMORY
                                      : build_file(&self, path, result, summary);

    if (status != ISS_OK) {
        iss_cli_complain("%s", *self.message != '\0' ? self.message
                                                     : iss_status_text(status));
    }
    for (size_t i = 0; i < self.trace_count; i++) {
        iss_outcome_clear(&self.traces[i]);
    }
    free(self.traces);
    free(self.columns);
    return iss_status_exit_code(status);
}
