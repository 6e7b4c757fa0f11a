/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary_counts.c - /counts and /failed: rows of which there is no fixed number. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "study/summary_parts.h"

/* ---- /counts --------------------------------------------------------------------- */

enum { METRIC, VALUE, COUNT };

struct histogram {
    double least;
    size_t width;
    int64_t *counts; /* of least, least + 1, ... */
    bool whole;      /* no number was anything else */
};

int
iss_summary_counts(struct iss_summary *summary)
{
    static const struct iss_column columns[] = {
        {.name = "metric",
         .kind = ISS_COLUMN_ID,
         .refers_to = "summary",
         .long_name = "Metric of whole numbers"},
        {.name = "value", .kind = ISS_COLUMN_COUNT, .units = "1", .long_name = "Value"},
        {.name = "count",
         .kind = ISS_COLUMN_COUNT,
         .units = "1",
         .long_name = "Replications in which it has this value; not 0"},
    };
    return iss_summary_table(summary, ISS_SUMMARY_COUNTS, "counts",
                             "How often metrics of whole numbers took each value", NULL,
                             columns, 3);
}

static void
take_value(void *self, double value)
{
    struct histogram *histogram = self;

    if (isnan(value)) {
        return;
    }
    if (value != floor(value)) {
        histogram->whole = false;
        return;
    }
    histogram->counts[(size_t)(value - histogram->least)]++;
}

static int
put_counts(struct iss_summary *summary, int32_t metric,
           const struct histogram *histogram)
{
    int status = ISS_OK;

    for (size_t i = 0; i < histogram->width && status == ISS_OK; i++) {
        size_t row;
        if (histogram->counts[i] == 0) {
            continue;
        }
        status = iss_summary_row(summary, ISS_SUMMARY_COUNTS, &row);
        if (status == ISS_OK) {
            struct iss_column *to =
                summary->outcome->tables[ISS_SUMMARY_COUNTS].columns;
            to[METRIC].data.id[row] = metric;
            to[VALUE].data.count[row] = (int64_t)histogram->least + (int64_t)i;
            to[COUNT].data.count[row] = histogram->counts[i];
        }
    }
    return status;
}

int
iss_summary_count(struct iss_summary *summary, int32_t metric,
                  const struct iss_moments *moments)
{
    const struct iss_sample *sample = &moments->sample;
    struct histogram histogram = {.least = sample->min, .whole = true};
    struct iss_values values = iss_summary_values(summary);

    if (sample->count == 0 || !(sample->max - sample->min < ISS_SUMMARY_SPREAD) ||
        !(fabs(sample->min) < 0x1p53)) {
        return ISS_OK;
    }
    histogram.least = floor(sample->min);
    histogram.width = (size_t)(sample->max - histogram.least) + 1;
    histogram.counts = calloc(histogram.width, sizeof *histogram.counts);
    if (histogram.counts == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    int status = iss_summary_each(&values, take_value, &histogram);
    if (status == ISS_OK && histogram.whole) {
        status = put_counts(summary, metric, &histogram);
    }
    free(histogram.counts);
    return status;
}

/* ---- /failed --------------------------------------------------------------------- */

enum { REPLICATION, REASON, EVENTS, FAILED_COLUMNS };

#define STATUS_NAME(name, value, exit_code, text) #name,
static const char *const reasons[] = {ISS_STATUS_LIST(STATUS_NAME)};
enum { REASONS = sizeof reasons / sizeof *reasons };
#undef STATUS_NAME

struct failures {
    struct iss_summary *summary;
    uint64_t row;
    int status;
};

static int
cell(const struct iss_column_source *column, uint64_t row, double *value)
{
    return column->read(column->self, row, 1, value);
}

static int
put_failure(struct iss_summary *summary, uint64_t from, double reason)
{
    double replication, events;
    size_t row;
    int status = cell(&summary->input->replication, from, &replication);

    if (status == ISS_OK) {
        status = cell(&summary->input->events, from, &events);
    }
    if (status == ISS_OK) {
        status = iss_summary_row(summary, ISS_SUMMARY_FAILED, &row);
    }
    if (status == ISS_OK) {
        struct iss_column *to = summary->outcome->tables[ISS_SUMMARY_FAILED].columns;
        to[REPLICATION].data.count[row] = (int64_t)replication;
        to[REASON].data.code[row] = (uint8_t)reason;
        to[EVENTS].data.count[row] = (int64_t)events;
    }
    return status;
}

static void
take_status(void *self, double code)
{
    struct failures *failures = self;
    struct iss_summary *summary = failures->summary;
    uint64_t row = failures->row++;

    if (code == 0 || failures->status != ISS_OK) {
        return;
    }
    if (!(code > 0 && code < REASONS)) {
        failures->status = ISS_ERR_INVARIANT;
    } else if (summary->result->failed++ < ISS_SUMMARY_FAILED_MOST) {
        failures->status = put_failure(summary, row, code);
    }
}

int
iss_summary_failed(struct iss_summary *summary)
{
    const struct iss_column columns[FAILED_COLUMNS] = {
        {.name = "replication",
         .kind = ISS_COLUMN_COUNT,
         .units = "1",
         .long_name = "Replication"},
        {.name = "reason",
         .kind = ISS_COLUMN_CODE,
         .meanings = reasons,
         .meaning_count = REASONS,
         .long_name = "Why it ended early"},
        {.name = "events",
         .kind = ISS_COLUMN_COUNT,
         .units = "1",
         .long_name = "Events until then"},
    };
    const struct iss_column_source *column = &summary->input->status;
    const struct iss_values values = {column->self, column->rows, column->read};
    struct failures failures = {.summary = summary};
    int status =
        iss_summary_table(summary, ISS_SUMMARY_FAILED, "failed",
                          "Replications that ended early; of very many the first 10000",
                          NULL, columns, FAILED_COLUMNS);

    if (status == ISS_OK) {
        status = iss_summary_each(&values, take_status, &failures);
    }
    return status == ISS_OK ? failures.status : status;
}
