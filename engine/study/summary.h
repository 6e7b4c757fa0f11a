/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/summary.h - a study's rows summed up in tables.
 *
 *     /quantiles  quantile*: the probabilities asked for
 *     /grid       time*: the moments at which the series are looked at
 *     /summary    metric*: n, mean, sd, mcse, interval, range, proportion that isn't 0;
 *                 value(metric, quantile)
 *     /fans       series*: value(series, time, quantile), mean(series, time)
 *     /counts     how often each metric of whole numbers took each value
 *     /failed     replications that ended early
 *
 * All of it depends on the rows and the fans alone, not on how they were divided into
 * blocks or are read.  Means are summed in order of rows (kernel/moments.h), quantiles
 * are exact (kernel/select.h), and what the intervals promise is said in
 * docs/monte-carlo.md.
 */
#ifndef ISS_STUDY_SUMMARY_H
#define ISS_STUDY_SUMMARY_H

#include <stdint.h>

#include "isssim/status.h"
#include "outcome/block.h"
#include "outcome/table.h"

/* Where the tables are in the outcome. */
enum iss_summary_table {
    ISS_SUMMARY_QUANTILES,
    ISS_SUMMARY_GRID,
    ISS_SUMMARY_METRICS,
    ISS_SUMMARY_FANS,
    ISS_SUMMARY_COUNTS,
    ISS_SUMMARY_FAILED,
    ISS_SUMMARY_TABLES
};

#define ISS_SUMMARY_HELD        (1u << 20) /* rows; longer columns are read several times */
#define ISS_SUMMARY_SPREAD      65536 /* wider ranges of whole numbers aren't counted */
#define ISS_SUMMARY_FAILED_MOST 10000 /* rows of /failed; the first ones */

struct iss_summary_input {
    const struct iss_study_info *info;
    /* Columns of equal length.  Status is 0 for ISS_OK, else the code of the reason:
     * its place in ISS_STATUS_LIST.  A row that failed has NaN for every metric. */
    struct iss_column_source replication, status, events;
    const struct iss_column_source *metrics; /* one a metric of `info` */
    const int64_t *fans;                     /* sums over blocks, laid out as theirs */
    double confidence;
};

struct iss_summary_result {
    uint64_t rows, failed;
};

/**
 * Make the tables, ISS_SUMMARY_TABLES of them, in the outcome's arena.  The texts of
 * `input->info` are borrowed.  Needs some 11 MiB besides.
 *
 * @param outcome  without tables before; its other members aren't touched.
 * @return ISS_OK; ISS_ERR_NO_MEMORY; ISS_ERR_INVARIANT when the fans are of another
 *         number of replications than ended well; what reading a column failed with.
 */
ISS_MUST_CHECK int iss_summary_make(const struct iss_summary_input *input,
                                    struct iss_outcome *outcome,
                                    struct iss_summary_result *result);

#endif
