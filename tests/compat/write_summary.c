/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write_summary.c - write rows, and what the engine sums them up to, for numpy to
 * check.
 *
 *     write_summary FILE ROWS
 *
 * /rows holds the rows, /crew the values of the series at the two moments of the grid;
 * the rest is the summary's.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel/stream.h"
#include "store/store.h"
#include "study/summary.h"

#include "unit/study/columns.h"

enum { METRICS = 4, BINS = 8, FIRST = 3, GRID = 2, COLUMNS = FIRST + METRICS + GRID };

static const struct iss_metric_info metrics[METRICS] = {
    {"stay", "d", "Lognormal; sometimes missing", ISS_METRIC_REAL},
    {"idle", "d", "Mostly 0, both signs", ISS_METRIC_REAL},
    {"boats", "1", "A few whole numbers", ISS_METRIC_COUNT},
    {"late", "1", "Yes or no", ISS_METRIC_YES_NO},
};
static const struct iss_series_info series = {"crew", "1", "People aboard", BINS};
static const int64_t grid_us[GRID] = {0, INT64_C(86400000000)};
static const struct iss_study_info info = {.metric_count = METRICS,
                                           .series_count = 1,
                                           .grid_count = GRID,
                                           .metrics = metrics,
                                           .series = &series,
                                           .grid_us = grid_us};

static void
must(int status)
{
    if (status != ISS_OK) {
        fprintf(stderr, "%s\n", iss_status_text(status));
        exit(70);
    }
}

static void
make_row(uint64_t row, struct iss_column *columns)
{
    const struct iss_stream stream = {.seed = 3, .replication = row};
    double u[8];

    for (uint64_t i = 0; i < 8; i++) {
        u[i] = iss_stream_uniform(&stream, 0, 0, i);
    }
    bool failed = u[0] < 0.01;
    double values[COLUMNS] = {
        (double)row,
        failed ? 6 : 0,
        1000 * u[7],
        u[1] < 0.1 ? NAN : exp(3 * u[2] - 6 * u[3]),
        u[4] < 0.9 ? 0 : 50 * (u[2] - 0.5),
        floor(5 * u[5] * u[5]),
        u[6] < 0.2,
        floor(BINS * u[2]),
        floor(3 * u[5]),
    };
    for (int i = 0; i < COLUMNS; i++) {
        bool gone = failed && i >= FIRST;
        columns[i].data.real[row] = gone ? (double)NAN : values[i];
    }
}

static void
make_rows(struct iss_outcome *outcome, struct iss_table *table, size_t rows)
{
    static const char *const names[COLUMNS] = {"replication", "status", "events",
                                               "stay",        "idle",   "boats",
                                               "late",        "crew0",  "crew1"};
    struct iss_column columns[COLUMNS] = {{0}};

    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = (struct iss_column){.name = names[i],
                                         .kind = ISS_COLUMN_REAL,
                                         .units = "1",
                                         .long_name = names[i]};
    }
    must(iss_table_init(table, &outcome->arena, "rows", "Rows", NULL, columns, COLUMNS,
                        rows));
    for (size_t i = 0; i < rows; i++) {
        size_t row;
        must(iss_table_add(table, &outcome->arena, &row));
        make_row(row, table->columns);
    }
}

static void
sum_up(struct iss_outcome *outcome, const struct iss_table *rows)
{
    struct test_column columns[COLUMNS];
    struct iss_column_source sources[COLUMNS];
    struct iss_summary_result result;
    int64_t fans[GRID * BINS] = {0};

    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = (struct test_column){.values = rows->columns[i].data.real};
        sources[i] = test_column_source(&columns[i], rows->rows);
    }
    for (int i = 0; i < GRID; i++) {
        for (size_t row = 0; row < rows->rows; row++) {
            double value = columns[FIRST + METRICS + i].values[row];
            fans[i * BINS + (isnan(value) ? 0 : (int)value)] += !isnan(value);
        }
    }
    const struct iss_summary_input input = {
        .info = &info,
        .replication = sources[0],
        .status = sources[1],
        .events = sources[2],
        .metrics = &sources[FIRST],
        .fans = fans,
        .confidence = 0.95,
    };
    must(iss_summary_make(&input, outcome, &result));
}

int
main(int argc, char **argv)
{
    const struct iss_store_options options = {.force = true, .reproducible = true};
    struct iss_outcome outcome = {.filetype = "isssim/mc", .epoch = "2030-01-01Z"};
    struct iss_table tables[ISS_SUMMARY_TABLES + 1];
    char message[256] = "";

    if (argc != 3) {
        fprintf(stderr, "usage: write_summary FILE ROWS\n");
        return 64;
    }
    make_rows(&outcome, &tables[ISS_SUMMARY_TABLES], strtoul(argv[2], NULL, 10));
    sum_up(&outcome, &tables[ISS_SUMMARY_TABLES]);
    memcpy(tables, outcome.tables, ISS_SUMMARY_TABLES * sizeof *tables);
    outcome.tables = tables;
    outcome.table_count = ISS_SUMMARY_TABLES + 1;
    if (iss_outcome_problem(&outcome) != NULL) {
        fprintf(stderr, "%s\n", iss_outcome_problem(&outcome));
        return 70;
    }
    int status = iss_store_write(argv[1], &outcome, &options, message, sizeof message);
    if (status != ISS_OK) {
        fprintf(stderr, "%s\n", message);
    }
    iss_outcome_clear(&outcome);
    return iss_status_exit_code(status);
}
