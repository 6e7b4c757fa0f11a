/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * format_page.c - prints docs/output-format.md from the lists that the engine is built
 * from; a test compares the two.
 *
 *     iss_format_page SCENARIO > docs/output-format.md
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "observe/tables.h"
#include "store/study_columns.h"
#include "study/plan.h"
#include "study/summary.h"
#include "world/events.h"

static const char *const head =
    "# Output of `isssim run` and `isssim mc`, format 1.0\n"
    "\n"
    "An HDF5 file that opens unaided in h5py, xarray, ncdump, HDF5.jl, R and MATLAB: "
    "one\n"
    "group a table, one dataset a column, the dimension scale in the same group.\n"
    "`isssim export FILE TABLE` prints a table as CSV, for programs that read no "
    "HDF5.\n"
    "\n"
    "| kind | stored as | missing |\n"
    "|---|---|---|\n"
    "| time | int64, microseconds since the scenario's start (CF) | doesn't occur |\n"
    "| time or none | the same, with `_FillValue` | -2^63, reads as NaT |\n"
    "| real | float64 with `units` | NaN |\n"
    "| count | int64 | doesn't occur |\n"
    "| row of T | int32, row number in table T, from 0 | -1 |\n"
    "| code | uint8 with `flag_values` and `flag_meanings` | doesn't occur |\n"
    "| flag | int8 0 or 1, `dtype` = \"bool\" | doesn't occur |\n"
    "| uint64 | uint64 | doesn't occur |\n"
    "| text | variable-length UTF-8 | empty |\n"
    "\n"
    "Times before the start (the launch of who is aboard already) are negative. The "
    "root's\n"
    "attributes name the scenario, the seed, the replication, the versions and\n"
    "`complete`; `/provenance` holds every file that the scenario was read from, "
    "with\n"
    "its SHA-256, and the scenario with all layers merged. With `--reproducible` a "
    "repeated\n"
    "run gives the same bytes.\n"
    "\n"
    "This page is printed by `build/release/tests/tools/iss_format_page`.\n"
    "\n"
    "| attribute of the root | value |\n"
    "|---|---|\n"
    "| Conventions | CF-1.10 |\n"
    "| filetype | isssim/run, or isssim/mc of a study |\n"
    "| format_version | major, minor |\n"
    "| title, epoch | of the scenario; its start, ISO-8601 |\n"
    "| seed, rng | master seed, generator |\n"
    "| replication | of a run: which |\n"
    "| numerics, model_hash | fingerprint of the arithmetic; SHA-256 of the scenario "
    "with all layers, without what changes no row: the settings of `study` but seed "
    "and "
    "inner |\n"
    "| isssim_version, git_sha1, git_dirty | the program |\n"
    "| complete | 1; of a study that was interrupted 0 |\n"
    "| requested | of a study: how many replications were asked for, of all shards |\n"
    "| confidence | of a study: of the intervals in its summary |\n"
    "| shard_index, shard_count | of a shard: which, from 0, and of how many |\n"
    "\n"
    "# A run\n";

static const char *const study_head =
    "\n"
    "# A study\n"
    "\n"
    "[monte-carlo.md](monte-carlo.md) says what its intervals promise, "
    "[study-files.md](study-files.md)\n"
    "how the file comes about. What goes across several tables says which: "
    "`value (metric, quantile)`.\n";

static const char *const study_tail =
    "\n"
    "## /fan_counts\n"
    "\n"
    "How often each series took each value at each moment: what /fans is made of, and "
    "what\n"
    "merging and extending add up. Not there without series.\n"
    "\n"
    "| dataset | kind | meaning |\n"
    "|---|---|---|\n"
    "| time | time | the grid |\n"
    "| value_S, for each series S | count | its values, from 0 |\n"
    "| S (time, value_S) | count | replications in which it had the value then |\n"
    "\n"
    "## /traces\n"
    "\n"
    "With `--traces`: a group a replication, named `r000123` after it, with the "
    "attributes\n"
    "`title` and `replication` and all tables of a run.\n";

static void
print_kind(const struct iss_column *column)
{
    static const char *const kinds[] = {
        [ISS_COLUMN_TIME] = "time",  [ISS_COLUMN_TIME_NULL] = "time or none",
        [ISS_COLUMN_REAL] = "real",  [ISS_COLUMN_COUNT] = "count",
        [ISS_COLUMN_ID] = "row of ", [ISS_COLUMN_CODE] = "code",
        [ISS_COLUMN_FLAG] = "flag",  [ISS_COLUMN_HASH] = "uint64",
        [ISS_COLUMN_TEXT] = "text",
    };
    printf("%s%s", kinds[column->kind], column->refers_to ? column->refers_to : "");
    if (column->units != NULL && strcmp(column->units, "1") != 0) {
        printf(", %s", column->units);
    }
}

/* " (metric, quantile)" */
static void
print_across(const struct iss_table *table, const struct iss_column *column)
{
    if (column->across != NULL) {
        printf(" (%s, %s", table->scale, column->dimension);
        printf(column->through != NULL ? ", %s)" : ")", column->through_dimension);
    }
}

static void
print_table(const struct iss_table *table)
{
    printf("\n## /%s\n\n%s.\n\n| column | kind | meaning |\n|---|---|---|\n",
           table->name, table->title);
    for (int32_t i = 0; i < table->column_count; i++) {
        const struct iss_column *column = &table->columns[i];
        printf("| %s", column->name);
        print_across(table, column);
        fputs(" | ", stdout);
        print_kind(column);
        printf(" | %s", column->long_name);
        for (int32_t m = 0; m < column->meaning_count && column->meaning_count < 20;
             m++) {
            printf("%s %d %s", m ? "," : ":", m, column->meanings[m]);
        }
        printf(" |\n");
    }
}

static void
print_lists(const struct iss_model *model)
{
    printf("\n## Kinds of event\n\n| code | name | value | meaning "
           "|\n|---|---|---|---|\n");
    for (int i = 0; i < ISS_EVENT_KINDS; i++) {
        const struct iss_event_info *info = &iss_event_infos[i];
        printf("| %d | %s | %s | %s |\n", i, info->name, info->unit, info->doc);
    }
    printf("\n## Metrics\n\nThe scenario's segments and its `metrics` add the last of "
           "these; here those of\nsoyuz_leak.cfg. What is drawn for an uncertain "
           "number follows them, named by its path.\n\n| metric | unit | meaning |\n"
           "|---|---|---|\n");
    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        char name[ISS_METRIC_TEXT];
        struct iss_metric_info info = iss_metric_info(model, i, name);
        printf("| %s | %s | %s |\n", info.name, info.units, info.doc);
    }
}

/* /replications without its metrics, and the tables of a study of nothing. */
static int
print_study(const struct iss_model *model)
{
    struct iss_plan plan;
    struct iss_study_columns rows = {0};
    struct iss_outcome outcome = {0};
    struct iss_summary_result result;
    char message[256];
    int status = iss_plan_init(&plan, model, 1, NULL, -1, message, sizeof message);
    struct iss_column_source *none =
        calloc((size_t)plan.info.metric_count + 1, sizeof *none);
    int64_t *fans = calloc(iss_study_fan_size(&plan.info) + 1, sizeof *fans);
    struct iss_summary_input input = {
        .info = &plan.info, .metrics = none, .fans = fans, .confidence = 0.95};

    if (status == ISS_OK && (none == NULL || fans == NULL)) {
        status = ISS_ERR_NO_MEMORY;
    }
    if (status == ISS_OK) {
        status = iss_study_columns_init(&rows, &plan.info, 0, &outcome.arena);
    }
    if (status == ISS_OK) {
        status = iss_summary_make(&input, &outcome, &result);
    }
    if (status == ISS_OK) {
        fputs(study_head, stdout);
        rows.table.column_count = ISS_ROW_METRICS;
        print_table(&rows.table);
        printf("| one a metric | real | as in /summary |\n");
        for (int32_t i = 0; i < outcome.table_count; i++) {
            print_table(&outcome.tables[i]);
        }
        fputs(study_tail, stdout);
    }
    free(none);
    free(fans);
    iss_outcome_clear(&outcome);
    iss_plan_clear(&plan);
    return status;
}

int
main(int argc, char **argv)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_outcome outcome = {0};
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios"};

    if (argc != 2) {
        fprintf(stderr, "usage: iss_format_page SCENARIO\n");
        return 64;
    }
    int status = iss_model_load(argv[1], &options, &diag, &model);
    if (status == ISS_OK) {
        status = iss_tables_make(&outcome, model);
    }
    if (status == ISS_OK) {
        fputs(head, stdout);
        for (int32_t i = 0; i < outcome.table_count; i++) {
            print_table(&outcome.tables[i]);
        }
        print_lists(model);
        status = print_study(model);
    }
    iss_outcome_clear(&outcome);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return iss_status_exit_code(status);
}
