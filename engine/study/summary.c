/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary.c - /summary: one metric after the other, each read once into memory when it
 * isn't too long, and from its source as often as it takes when it is.
 */
#include "study/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/interval.h"
#include "study/summary_parts.h"

#define CHUNK 4096 /* numbers read at a time */

const double iss_summary_probs[ISS_QUANTILES] = {0.01, 0.05, 0.1,  0.25, 0.5,
                                                 0.75, 0.9,  0.95, 0.99};

/* ---- columns --------------------------------------------------------------------- */

static int
read_held(void *self, uint64_t first, size_t count, double *values)
{
    const struct iss_summary *summary = self;

    if (summary->column->rows <= ISS_SUMMARY_HELD) {
        memcpy(values, summary->held + first, count * sizeof *values);
        return ISS_OK;
    }
    return summary->column->read(summary->column->self, first, count, values);
}

struct iss_values
iss_summary_values(struct iss_summary *summary)
{
    return (struct iss_values){summary, summary->column->rows, read_held};
}

static int
take_column(struct iss_summary *summary, const struct iss_column_source *column)
{
    summary->column = column;
    if (column->rows == 0 || column->rows > ISS_SUMMARY_HELD) {
        return ISS_OK;
    }
    return column->read(column->self, 0, (size_t)column->rows, summary->held);
}

int
iss_summary_each(const struct iss_values *values, void (*take)(void *, double),
                 void *self)
{
    double chunk[CHUNK];

    for (uint64_t first = 0; first < values->rows; first += CHUNK) {
        uint64_t left = values->rows - first;
        size_t count = left < CHUNK ? (size_t)left : CHUNK;
        int status = values->read(values->self, first, count, chunk);
        if (status != ISS_OK) {
            return status;
        }
        for (size_t i = 0; i < count; i++) {
            take(self, chunk[i]);
        }
    }
    return ISS_OK;
}

/* ---- tables ---------------------------------------------------------------------- */

int
iss_summary_table(struct iss_summary *summary, enum iss_summary_table which,
                  const char *name, const char *title, const char *scale,
                  const struct iss_column *columns, int32_t count)
{
    struct iss_outcome *outcome = summary->outcome;
    return iss_table_init(&outcome->tables[which], &outcome->arena, name, title, scale,
                          columns, count, 0);
}

int
iss_summary_row(struct iss_summary *summary, enum iss_summary_table which, size_t *row)
{
    struct iss_outcome *outcome = summary->outcome;
    return iss_table_add(&outcome->tables[which], &outcome->arena, row);
}

static int
make_quantiles(struct iss_summary *summary)
{
    static const struct iss_column column = {.name = "quantile",
                                             .kind = ISS_COLUMN_REAL,
                                             .units = "1",
                                             .long_name = "Probability"};
    size_t row;
    int status = iss_summary_table(summary, ISS_SUMMARY_QUANTILES, "quantiles",
                                   "Quantiles that are given", "quantile", &column, 1);

    for (int i = 0; i < ISS_QUANTILES && status == ISS_OK; i++) {
        status = iss_summary_row(summary, ISS_SUMMARY_QUANTILES, &row);
        if (status == ISS_OK) {
            summary->outcome->tables[ISS_SUMMARY_QUANTILES].columns->data.real[row] =
                iss_summary_probs[i];
        }
    }
    return status;
}

/* ---- /summary -------------------------------------------------------------------- */

enum column {
    METRIC,
    UNITS,
    DOC,
    KIND,
    N,
    MISSING,
    NONZERO,
    MEAN,
    SD,
    MCSE,
    CI_LO,
    CI_HI,
    MIN,
    MAX,
    P_NONZERO,
    P_LO,
    P_HI,
    P_ANYTIME_LO,
    P_ANYTIME_HI,
    VALUE,
    COLUMNS
};

#define TEXT(id, says)                                                                 \
    {                                                                                  \
        .name = id, .kind = ISS_COLUMN_TEXT, .long_name = says                         \
    }
#define COUNT(id, says)                                                                \
    {                                                                                  \
        .name = id, .kind = ISS_COLUMN_COUNT, .units = "1", .long_name = says          \
    }
#define REAL(id, unit, says)                                                           \
    {                                                                                  \
        .name = id, .kind = ISS_COLUMN_REAL, .units = unit, .long_name = says          \
    }

static const struct iss_column columns[COLUMNS] = {
    [METRIC] = TEXT("metric", "Name"),
    [UNITS] = TEXT("units", "Unit of the numbers whose own is `mixed`"),
    [DOC] = TEXT("doc", "Meaning"),
    [KIND] = {.name = "kind",
              .kind = ISS_COLUMN_CODE,
              .meanings = iss_metric_kinds,
              .meaning_count = ISS_METRIC_KINDS,
              .long_name = "Numbers that it takes; yes_no is 1 or 0"},
    [N] = COUNT("n", "Replications that ended well and have a value"),
    [MISSING] = COUNT("missing", "Replications that ended well and have none"),
    [NONZERO] = COUNT("nonzero", "Replications in which it isn't 0"),
    [MEAN] = REAL("mean", "mixed", "Mean"),
    [SD] = REAL("sd", "mixed", "Standard deviation of a replication"),
    [MCSE] = REAL("mcse", "mixed", "Monte Carlo standard error of the mean"),
    [CI_LO] = REAL("ci_lo", "mixed", "Confidence interval of the mean, lower end"),
    [CI_HI] = REAL("ci_hi", "mixed", "Confidence interval of the mean, upper end"),
    [MIN] = REAL("min", "mixed", "Least"),
    [MAX] = REAL("max", "mixed", "Greatest"),
    [P_NONZERO] = REAL("p_nonzero", "1", "Proportion in which it isn't 0"),
    [P_LO] = REAL("p_lo", "1", "Confidence interval of p_nonzero, lower end"),
    [P_HI] = REAL("p_hi", "1", "Confidence interval of p_nonzero, upper end"),
    [P_ANYTIME_LO] = REAL("p_anytime_lo", "1",
                          "Confidence sequence of p_nonzero, lower end: valid however "
                          "it was decided when to stop"),
    [P_ANYTIME_HI] =
        REAL("p_anytime_hi", "1", "Confidence sequence of p_nonzero, upper end"),
    [VALUE] = {.name = "value",
               .kind = ISS_COLUMN_REAL,
               .units = "mixed",
               .long_name = "Quantile (Hyndman and Fan's type 7)",
               .across = "quantiles",
               .width = ISS_QUANTILES,
               .dimension = "quantile"},
};

static void
take_moment(void *self, double value)
{
    iss_moments_add(self, value);
}

/* The interval of a mean; of yes or no, that of the proportion that it is. */
static struct iss_interval
mean_interval(const struct iss_metric_info *info, const struct iss_moments *moments,
              double confidence)
{
    uint64_t n = iss_moments_count(moments);

    if (info->kind == ISS_METRIC_YES_NO) {
        return iss_interval_proportion(moments->nonzero, n, confidence);
    }
    return iss_interval_mean(n, iss_moments_mean(moments), iss_moments_sd(moments),
                             confidence);
}

static void
put_moments(struct iss_summary *summary, const struct iss_metric_info *info,
            const struct iss_moments *moments, size_t row)
{
    struct iss_column *to = summary->outcome->tables[ISS_SUMMARY_METRICS].columns;
    double confidence = summary->input->confidence, sd = iss_moments_sd(moments);
    uint64_t n = iss_moments_count(moments);
    struct iss_interval mean = mean_interval(info, moments, confidence);
    struct iss_interval p = iss_interval_proportion(moments->nonzero, n, confidence);
    struct iss_interval anytime = iss_interval_sequence(
        moments->nonzero, n, confidence, ISS_SEQUENCE_PRIOR, ISS_SEQUENCE_PRIOR);

    to[METRIC].data.text[row] = info->name;
    to[UNITS].data.text[row] = info->units;
    to[DOC].data.text[row] = info->doc;
    to[KIND].data.code[row] = (uint8_t)info->kind;
    to[N].data.count[row] = (int64_t)n;
    to[MISSING].data.count[row] = (int64_t)(moments->missing - summary->result->failed);
    to[NONZERO].data.count[row] = (int64_t)moments->nonzero;
    to[MEAN].data.real[row] = iss_moments_mean(moments);
    to[SD].data.real[row] = sd;
    to[MCSE].data.real[row] = sd / sqrt((double)n);
    to[CI_LO].data.real[row] = mean.low;
    to[CI_HI].data.real[row] = mean.high;
    to[MIN].data.real[row] = n > 0 ? moments->sample.min : (double)NAN;
    to[MAX].data.real[row] = n > 0 ? moments->sample.max : (double)NAN;
    to[P_NONZERO].data.real[row] =
        n > 0 ? (double)moments->nonzero / (double)n : (double)NAN;
    to[P_LO].data.real[row] = p.low;
    to[P_HI].data.real[row] = p.high;
    to[P_ANYTIME_LO].data.real[row] = anytime.low;
    to[P_ANYTIME_HI].data.real[row] = anytime.high;
}

static int
sum_up(struct iss_summary *summary, int32_t metric)
{
    const struct iss_metric_info *info = &summary->input->info->metrics[metric];
    struct iss_moments moments = {0};
    size_t row;
    int status = take_column(summary, &summary->input->metrics[metric]);
    struct iss_values values = iss_summary_values(summary);

    if (status == ISS_OK) {
        status = iss_summary_each(&values, take_moment, &moments);
    }
    if (status == ISS_OK && moments.missing < summary->result->failed) {
        status = ISS_ERR_INVARIANT; /* a failed replication with a value */
    }
    if (status == ISS_OK) {
        status = iss_summary_row(summary, ISS_SUMMARY_METRICS, &row);
    }
    if (status == ISS_OK) {
        struct iss_column *to = summary->outcome->tables[ISS_SUMMARY_METRICS].columns;
        put_moments(summary, info, &moments, row);
        status = iss_select_quantiles(&values, iss_summary_probs, ISS_QUANTILES,
                                      &to[VALUE].data.real[row * ISS_QUANTILES]);
    }
    if (status == ISS_OK && info->kind != ISS_METRIC_REAL) {
        status = iss_summary_count(summary, metric, &moments);
    }
    return status;
}

static int
make_summary(struct iss_summary *summary)
{
    int status = iss_summary_table(summary, ISS_SUMMARY_METRICS, "summary",
                                   "The metrics over all replications that ended well",
                                   "metric", columns, COLUMNS);

    for (int32_t i = 0; i < summary->input->info->metric_count && status == ISS_OK;
         i++) {
        status = sum_up(summary, i);
    }
    return status;
}

int
iss_summary_make(const struct iss_summary_input *input, struct iss_outcome *outcome,
                 struct iss_summary_result *result)
{
    struct iss_summary summary = {.input = input,
                                  .outcome = outcome,
                                  .result = result,
                                  .held = malloc(ISS_SUMMARY_HELD * sizeof(double))};
    int (*const steps[])(struct iss_summary *) = {
        make_quantiles,   iss_summary_failed, iss_summary_counts,
        iss_summary_fans, make_summary,
    };
    int status = ISS_OK;

    *result = (struct iss_summary_result){.rows = input->status.rows};
    outcome->tables =
        iss_arena_array(&outcome->arena, ISS_SUMMARY_TABLES, sizeof *outcome->tables);
    if (summary.held == NULL || outcome->tables == NULL) {
        status = ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == ISS_OK; i++) {
        status = steps[i](&summary);
    }
    if (status == ISS_OK) {
        outcome->table_count = ISS_SUMMARY_TABLES;
    }
    free(summary.held);
    return status;
}
