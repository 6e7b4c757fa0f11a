/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary_fans.c - /fans: quantiles of whole numbers from how often each was seen.
 *
 * Both the quantiles and the mean are exact; the quantiles are those that
 * iss_select_quantiles() would find in the replications' values.
 */
#include <math.h>

#include "study/summary_parts.h"

enum { SERIES, UNITS, DOC, VALUE, MEAN, COLUMNS };

static int
make_grid(struct iss_summary *summary)
{
    static const struct iss_column column = {
        .name = "time", .kind = ISS_COLUMN_TIME, .long_name = "Moment"};
    const struct iss_study_info *info = summary->input->info;
    size_t row;
    int status = iss_summary_table(summary, ISS_SUMMARY_GRID, "grid",
                                   "Moments at which the series are looked at", "time",
                                   &column, 1);

    for (int32_t i = 0; i < info->grid_count && status == ISS_OK; i++) {
        status = iss_summary_row(summary, ISS_SUMMARY_GRID, &row);
        if (status == ISS_OK) {
            summary->outcome->tables[ISS_SUMMARY_GRID].columns->data.time[row] =
                info->grid_us[i];
        }
    }
    return status;
}

/* The number at `rank` in order, from 0. */
static double
order_statistic(const int64_t *counts, uint64_t rank)
{
    int32_t bin = 0;

    while (rank >= (uint64_t)counts[bin]) {
        rank -= (uint64_t)counts[bin++];
    }
    return bin;
}

/* One series at one moment: `bins` counts.  ISS_OK, or ISS_ERR_INVARIANT when they
 * aren't of the `n` replications that ended well. */
static int
put_moment(const int64_t *counts, int32_t bins, uint64_t n, double *quantiles,
           double *mean)
{
    uint64_t seen = 0;
    double sum = 0;

    for (int32_t bin = 0; bin < bins; bin++) {
        if (counts[bin] < 0) {
            return ISS_ERR_INVARIANT;
        }
        seen += (uint64_t)counts[bin];
        sum += (double)bin * (double)counts[bin];
    }
    if (seen != n) {
        return ISS_ERR_INVARIANT;
    }
    if (n == 0) {
        return ISS_OK; /* a new row is NaN */
    }
    *mean = sum / (double)n;
    for (int i = 0; i < ISS_QUANTILES; i++) {
        uint64_t index;
        double share = iss_quantile_place(n, iss_summary_probs[i], &index);
        double low = order_statistic(counts, index);
        double high = order_statistic(counts, index + 1 < n ? index + 1 : index);
        quantiles[i] = iss_quantile_between(low, high, share);
    }
    return ISS_OK;
}

static int
put_series(struct iss_summary *summary, int32_t series, const int64_t *counts)
{
    const struct iss_study_info *info = summary->input->info;
    const struct iss_series_info *what = &info->series[series];
    uint64_t n = summary->result->rows - summary->result->failed;
    size_t row;
    int status = iss_summary_row(summary, ISS_SUMMARY_FANS, &row);

    if (status != ISS_OK) {
        return status;
    }
    struct iss_column *to = summary->outcome->tables[ISS_SUMMARY_FANS].columns;
    to[SERIES].data.text[row] = what->name;
    to[UNITS].data.text[row] = what->units;
    to[DOC].data.text[row] = what->doc;
    for (int32_t i = 0; i < info->grid_count && status == ISS_OK; i++) {
        size_t at = row * (size_t)info->grid_count + (size_t)i;
        status = put_moment(counts + (size_t)i * (size_t)what->bins, what->bins, n,
                            &to[VALUE].data.real[at * ISS_QUANTILES],
                            &to[MEAN].data.real[at]);
    }
    return status;
}

int
iss_summary_fans(struct iss_summary *summary)
{
    const struct iss_study_info *info = summary->input->info;
    const struct iss_column columns[COLUMNS] = {
        {.name = "series", .kind = ISS_COLUMN_TEXT, .long_name = "Name"},
        {.name = "units", .kind = ISS_COLUMN_TEXT, .long_name = "Unit of its values"},
        {.name = "doc", .kind = ISS_COLUMN_TEXT, .long_name = "Meaning"},
        {.name = "value",
         .kind = ISS_COLUMN_REAL,
         .units = "mixed",
         .long_name = "Quantile (Hyndman and Fan's type 7)",
         .across = "grid",
         .width = info->grid_count,
         .dimension = "time",
         .through = "quantiles",
         .depth = ISS_QUANTILES,
         .through_dimension = "quantile"},
        {.name = "mean",
         .kind = ISS_COLUMN_REAL,
         .units = "mixed",
         .long_name = "Mean",
         .across = "grid",
         .width = info->grid_count,
         .dimension = "time"},
    };
    const int64_t *counts = summary->input->fans;
    int status = make_grid(summary);

    if (status == ISS_OK) {
        status = iss_summary_table(summary, ISS_SUMMARY_FANS, "fans",
                                   "Series over all replications that ended well",
                                   "series", columns, COLUMNS);
    }
    for (int32_t i = 0; i < info->series_count && status == ISS_OK; i++) {
        status = put_series(summary, i, counts);
        counts += (size_t)info->grid_count * (size_t)info->series[i].bins;
    }
    return status;
}
