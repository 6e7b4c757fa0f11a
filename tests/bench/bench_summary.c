/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_summary.c - how long a study's summary takes, and how much memory.
 *
 *     bench_summary [ROWS [METRICS]]        1,000,000 rows of 40 metrics
 *
 * The rows are made up whenever they are read, each from its number, so that no memory
 * but the summary's counts; making them is timed as well.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "study/summary.h"

/* A column of form 0 to 3: real, whole, mostly 0, or all 0. */
static int
read_made(void *self, uint64_t first, size_t count, double *values)
{
    const int *form = self;

    for (size_t i = 0; i < count; i++) {
        uint64_t x = (first + i + 1) * UINT64_C(0x9E3779B97F4A7C15);
        x = (x ^ x >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
        double u = (double)(x >> 11) * 0x1p-53;
        values[i] = *form == 0   ? 365 * u * u
                    : *form == 1 ? floor(8 * u)
                    : *form == 2 ? (u < 0.97 ? 0 : 100 * u)
                                 : 0;
    }
    return ISS_OK;
}

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int
main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    int32_t count = argc > 2 ? (int32_t)strtol(argv[2], NULL, 10) : 40;
    struct iss_metric_info *metrics = calloc((size_t)count, sizeof *metrics);
    struct iss_column_source *columns = calloc((size_t)count, sizeof *columns);
    double made[ISS_SUMMARY_SPREAD / 16];
    int forms[4] = {0, 1, 2, 3};

    if (metrics == NULL || columns == NULL) {
        return 70;
    }
    for (int32_t i = 0; i < count; i++) {
        metrics[i] = (struct iss_metric_info){
            "m", "d", "made up", i % 4 == 1 ? ISS_METRIC_COUNT : ISS_METRIC_REAL};
        columns[i] = (struct iss_column_source){&forms[i % 4], rows, read_made};
    }
    const struct iss_study_info info = {.metric_count = count, .metrics = metrics};
    const struct iss_column_source none = {&forms[3], rows, read_made};
    const struct iss_summary_input input = {&info,   none, none, none,
                                            columns, NULL, 0.95};
    struct iss_outcome outcome = {0};
    struct iss_summary_result result;

    double start = seconds();
    for (uint64_t i = 0; i < rows; i += sizeof made / sizeof *made) {
        for (int k = 0; k < count; k++) {
            (void)read_made(&forms[k % 4], i, sizeof made / sizeof *made, made);
        }
    }
    double making = seconds() - start;
    start = seconds();
    int status = iss_summary_make(&input, &outcome, &result);
    double took = seconds() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%llu rows x %d metrics: %.2f s (to make the rows once: %.2f s), "
           "peak memory %.1f MiB, status %d\n",
           (unsigned long long)rows, (int)count, took, making,
           (double)usage.ru_maxrss / 1024, status);
    iss_outcome_clear(&outcome);
    free(metrics);
    free(columns);
    return iss_status_exit_code(status);
}
