/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop.c - run many replications of a scenario and print a table of its metrics.
 *
 *     iss_loop SCENARIO N [PATH=VALUE ...]
 *
 * One line a metric: name, mean, standard deviation, and the quantiles 5, 25, 50, 75
 * and 95 % over the replications in which it has a value; then the cost.  The seed is
 * study.seed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "clock.h"
#include "rows.h"

struct table {
    double *values; /* metric by metric */
    size_t rows, count;
    int32_t metrics;
    uint64_t events, failed;
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct table *table = context;
    for (int32_t i = 0; i < table->metrics; i++) {
        table->values[(size_t)i * table->count + table->rows] = row->metrics[i];
    }
    table->rows++;
    table->events += row->events;
    table->failed += row->status != ISS_OK;
    return ISS_OK;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
print_metric(const char *name, double *values, size_t rows)
{
    size_t n = 0;
    double sum = 0, squares = 0;

    for (size_t i = 0; i < rows; i++) {
        if (!isnan(values[i])) {
            values[n++] = values[i];
        }
    }
    if (n == 0) {
        printf("%-28s %8d\n", name, 0);
        return;
    }
    qsort(values, n, sizeof *values, compare);
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
    }
    double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    printf("%-28s %8zu %10.4g %10.4g", name, n, mean,
           n > 1 ? sqrt(squares / (double)(n - 1)) : 0);
    const double levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (size_t i = 0; i < 5; i++) {
        printf(" %9.4g", values[(size_t)(levels[i] * (double)(n - 1) + 0.5)]);
    }
    putchar('\n');
}

static void
print_table(const struct iss_model *model, struct table *table, double seconds)
{
    printf("%-28s %8s %10s %10s %9s %9s %9s %9s %9s\n", "metric", "n", "mean", "sd",
           "5 %", "25 %", "50 %", "75 %", "95 %");
    for (int32_t i = 0; i < table->metrics; i++) {
        char name[ISS_METRIC_TEXT];
        print_metric(iss_metric_info(model, i, name).name,
                     table->values + (size_t)i * table->count, table->rows);
    }
    printf("\n%zu replications, %llu failed, %.1f events each, %.2f us each, %.0f a "
           "second\n",
           table->rows, (unsigned long long)table->failed,
           (double)table->events / (double)table->rows,
           1e6 * seconds / (double)table->rows, (double)table->rows / seconds);
}

int
main(int argc, char **argv)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct table table = {0};

    char *end = NULL;
    unsigned long long count = argc < 3 ? 0 : strtoull(argv[2], &end, 10);

    if (count < 1 || count > 1000000000 || *end != '\0' || argv[2][0] == '-') {
        fprintf(stderr, "usage: iss_loop SCENARIO N [PATH=VALUE ...]\n");
        return 64;
    }
    struct iss_model_options options = {
        .library = ISSSIM_SOURCE_DIR "/scenarios",
        .overrides = (const char *const *)argv + 3,
        .override_count = (size_t)argc - 3,
    };
    int status = iss_model_load(argv[1], &options, &diag, &model);
    if (status == ISS_OK) {
        table.count = count;
        table.metrics = iss_metric_count(model);
        table.values = calloc(table.count * (size_t)table.metrics, sizeof(double));
        double begun = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
        status =
            rows_run(model, (uint64_t)model->study.seed, table.count, keep_row, &table);
        if (status == ISS_OK) {
            print_table(model, &table, clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - begun);
        }
    }
    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    if (status != ISS_OK) {
        fprintf(stderr, "iss_loop: %s\n", iss_status_text(status));
    }
    free(table.values);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return iss_status_exit_code(status);
}
