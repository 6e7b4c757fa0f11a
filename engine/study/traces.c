/* SPDX-License-Identifier: GPL-3.0-or-later */
/* traces.c - wishes, whom they mean, and a replication told again. */
#include "study/traces.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "replicate/worker.h"

enum { NAMES = 512, PIECE = 4096 };

/* ---- wishes -------------------------------------------------------------------- */

/* A whole number below 2^53 at *at, moved behind it. */
static bool
read_number(const char **at, uint64_t *number)
{
    const char *start = *at;
    *number = 0;
    while (**at >= '0' && **at <= '9' && *at - start < 16) {
        *number = 10 * *number + (uint64_t)(**at - '0');
        (*at)++;
    }
    return *at > start && *number < UINT64_C(1) << 53;
}

static int
refuse_count(const char *text, char *message, size_t size)
{
    snprintf(message, size, "how many to trace; got \"%s\"; allowed 1 to %d", text,
             ISS_TRACES_MOST);
    return ISS_ERR_USAGE;
}

static int
read_count(struct iss_traces *traces, const char *text, char *message, size_t size)
{
    const char *at = text;
    if (!read_number(&at, &traces->count) || *at != '\0' || traces->count < 1 ||
        traces->count > ISS_TRACES_MOST) {
        return refuse_count(text, message, size);
    }
    return ISS_OK;
}

static int
read_list(struct iss_traces *traces, const char *text, char *message, size_t size)
{
    uint64_t total = 0;

    traces->kind = ISS_TRACES_LIST;
    for (const char *at = text;; at++) {
        struct iss_range range;
        bool good =
            traces->range_count < ISS_TRACES_RANGES && read_number(&at, &range.first);
        range.end = range.first;
        if (good && *at == '-') {
            at++;
            good = read_number(&at, &range.end) && range.end >= range.first;
        }
        if (!good || (*at != ',' && *at != '\0')) {
            snprintf(message, size,
                     "what to trace; got \"%s\"; allowed a number (the first so many), "
                     "worst:METRIC=3, best:METRIC=3, or up to %d replications and "
                     "ranges such as 3,17,100-102",
                     text, ISS_TRACES_RANGES);
            return ISS_ERR_USAGE;
        }
        range.end++;
        total += range.end - range.first;
        traces->ranges[traces->range_count++] = range;
        if (*at == '\0') {
            return total <= ISS_TRACES_MOST ? ISS_OK
                                            : refuse_count(text, message, size);
        }
    }
}

static int
read_extreme(struct iss_traces *traces, const char *text,
             const struct iss_study_info *info, char *message, size_t size)
{
    const char *names[NAMES] = {NULL}, *equals = strchr(text, '=');
    size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text), kept = 0;
    char name[128];

    snprintf(name, sizeof name, "%.*s", (int)length, text);
    for (int32_t i = 0; i < info->metric_count; i++) {
        if (strcmp(info->metrics[i].name, name) == 0) {
            traces->metric = i;
        }
        if (kept < NAMES) {
            names[kept++] = info->metrics[i].name;
        }
    }
    if (traces->metric < 0) {
        const char *near = iss_diag_suggest(name, names, kept);
        snprintf(message, size, "no such metric; got \"%s\"%s%s%s", name,
                 near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        return ISS_ERR_USAGE;
    }
    return equals != NULL ? read_count(traces, equals + 1, message, size) : ISS_OK;
}

int
iss_traces_parse(struct iss_traces *traces, const char *text,
                 const struct iss_study_info *info, char *message, size_t size)
{
    *traces = (struct iss_traces){.kind = ISS_TRACES_FIRST, .count = 1, .metric = -1};
    *message = '\0';
    if (strncmp(text, "worst:", 6) == 0) {
        traces->kind = ISS_TRACES_WORST;
        return read_extreme(traces, text + 6, info, message, size);
    }
    if (strncmp(text, "best:", 5) == 0) {
        traces->kind = ISS_TRACES_BEST;
        return read_extreme(traces, text + 5, info, message, size);
    }
    if (*text != '\0' && text[strspn(text, "0123456789")] == '\0') {
        return read_count(traces, text, message, size);
    }
    return read_list(traces, text, message, size);
}

/* ---- whom they mean ------------------------------------------------------------ */

struct best {
    uint64_t *picked;
    double values[ISS_TRACES_MOST]; /* of those picked; falling */
    size_t count, most;
};

/* Rows come in order: one that is no better than the last stays behind it. */
static void
consider(struct best *best, uint64_t row, double value)
{
    size_t at = best->count;

    if (isnan(value) || (at == best->most && value <= best->values[at - 1])) {
        return;
    }
    if (at < best->most) {
        best->count++;
    } else {
        at--;
    }
    for (; at > 0 && best->values[at - 1] < value; at--) {
        best->values[at] = best->values[at - 1];
        best->picked[at] = best->picked[at - 1];
    }
    best->values[at] = value;
    best->picked[at] = row;
}

static int
pick_extreme(const struct iss_traces *traces, uint64_t rows,
             const struct iss_column_source *column, uint64_t *picked, size_t *count)
{
    struct best best = {.picked = picked, .most = traces->count};
    double sign = traces->kind == ISS_TRACES_BEST ? -1 : 1, values[PIECE];

    for (uint64_t first = 0; first < rows; first += PIECE) {
        size_t piece = rows - first < PIECE ? (size_t)(rows - first) : PIECE;
        int status = column->read(column->self, first, piece, values);
        if (status != ISS_OK) {
            return status;
        }
        for (size_t i = 0; i < piece; i++) {
            consider(&best, first + i, sign * values[i]);
        }
    }
    *count = best.count;
    return ISS_OK;
}

static int
compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int
pick_listed(const struct iss_traces *traces, uint64_t rows, uint64_t *picked,
            size_t *count, char *message, size_t size)
{
    size_t all = 0, kept = 0;

    for (int32_t i = 0; i < traces->range_count; i++) {
        const struct iss_range *range = &traces->ranges[i];
        if (range->end > rows) {
            snprintf(message, size,
                     "replication %" PRIu64 " isn't in the study, which has %" PRIu64
                     " from 0",
                     range->end - 1, rows);
            return ISS_ERR_USAGE;
        }
        for (uint64_t row = range->first; row < range->end; row++) {
            picked[all++] = row;
        }
    }
    qsort(picked, all, sizeof *picked, compare);
    for (size_t i = 0; i < all; i++) {
        if (kept == 0 || picked[i] != picked[kept - 1]) {
            picked[kept++] = picked[i];
        }
    }
    *count = kept;
    return ISS_OK;
}

int
iss_traces_pick(const struct iss_traces *traces, uint64_t rows,
                const struct iss_column_source *column, uint64_t *picked, size_t *count,
                char *message, size_t size)
{
    *count = 0;
    *message = '\0';
    switch (traces->kind) {
    case ISS_TRACES_LIST:
        return pick_listed(traces, rows, picked, count, message, size);
    case ISS_TRACES_WORST:
    case ISS_TRACES_BEST:
        return pick_extreme(traces, rows, column, picked, count);
    default:
        break;
    }
    while (*count < traces->count && *count < rows) {
        picked[*count] = *count;
        (*count)++;
    }
    return ISS_OK;
}

/* ---- told again ---------------------------------------------------------------- */

int
iss_traces_run(const struct iss_model *model, uint64_t seed, uint64_t replication,
               struct iss_outcome *outcome, struct iss_row *row)
{
    struct iss_worker *worker = NULL;
    struct iss_trace *trace = NULL;
    int status = iss_worker_new(model, &worker);

    if (status == ISS_OK) {
        status = iss_trace_new(model, outcome, &trace);
    }
    if (status == ISS_OK) {
        status = iss_worker_run(worker, seed, replication, trace, row);
    }
    iss_trace_free(trace);
    iss_worker_free(worker);
    if (status != ISS_OK) {
        iss_outcome_clear(outcome);
    }
    return status;
}
