/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * info_study.c - `isssim info` of a study: which missions it has and how to go on, who
 * made it, its tables, and the summary as `isssim mc` prints it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/info.h"
#include "cli/mc.h"
#include "cli/quote.h"
#include "cli/summary.h"
#include "isssim/status.h"
#include "store/study_read.h"

/* ---- missions -------------------------------------------------------------------- */

/* /failed may name fewer: those that didn't end well are counted nowhere else. */
static uint64_t
failed(const struct iss_study_facts *facts)
{
    const struct iss_table *summary = iss_outcome_table(&facts->origin, "summary");
    const struct iss_column *n = iss_table_column(summary, "n");
    const struct iss_column *missing = iss_table_column(summary, "missing");

    return summary->rows == 0
               ? 0
               : iss_ranges_total(&facts->rows) -
                     (uint64_t)(n->data.count[0] + missing->data.count[0]);
}

/* The words that extend or complete the file; the caller frees them. */
static char *
make_command(const struct iss_study_facts *facts)
{
    const struct iss_outcome *origin = &facts->origin;
    char *text = NULL;
    size_t size;
    FILE *line = open_memstream(&text, &size);

    if (line == NULL) {
        return NULL;
    }
    if (*facts->making.command_line != '\0') {
        fputs(facts->making.command_line, line);
    } else {
        fprintf(line, "isssim mc -n %" PRIu64 " --seed %" PRIu64, facts->requested,
                origin->seed);
        for (int32_t i = 0; i < origin->override_count; i++) {
            fputs(" --set ", line);
            iss_quote_put(line, origin->overrides[i]);
        }
        fputc(' ', line);
        iss_quote_put(line,
                      origin->file_count > 0 ? origin->files[0].path : "SCENARIO");
    }
    fputs(" --resume -o ", line);
    iss_quote_put(line, facts->path);
    if (fclose(line) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static int
print_missions(const struct iss_study_facts *facts, const struct iss_term *term)
{
    uint64_t rows = iss_ranges_total(&facts->rows);
    char text[200], *command;
    int used = snprintf(text, sizeof text, "%" PRIu64, rows);

    if (facts->shard.count > 0) {
        used += snprintf(text + used, sizeof text - (size_t)used,
                         ", shard %" PRIu32 "/%" PRIu32 " of %" PRIu64,
                         facts->shard.index + 1, facts->shard.count, facts->requested);
    } else if (!facts->complete) {
        used += snprintf(text + used, sizeof text - (size_t)used, " of %" PRIu64,
                         facts->requested);
    }
    if (failed(facts) > 0) {
        used += snprintf(text + used, sizeof text - (size_t)used,
                         ", %" PRIu64 " failed", failed(facts));
    }
    snprintf(text + used, sizeof text - (size_t)used, "%s",
             facts->complete ? "" : ", incomplete: it was interrupted");
    iss_info_item(term, "Missions", text);
    if (facts->complete) {
        return ISS_OK;
    }
    command = make_command(facts);
    if (command == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_info_item(term, "Go on with", command);
    free(command);
    return ISS_OK;
}

static void
print_traces(const struct iss_study_facts *facts, const struct iss_term *term)
{
    char text[200];
    int used = 0;

    for (size_t i = 0; i < facts->trace_count && used < 150; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "%s%" PRIu64,
                         i > 0 ? ", " : "replication ", facts->traces[i]);
    }
    if (facts->trace_count > 0) {
        snprintf(text + used, sizeof text - (size_t)used, "%s",
                 used < 150 ? "" : " ...");
        iss_info_item(term, "Told whole", text);
    }
}

/* ---- for people ------------------------------------------------------------------ */

static void
print_tables(const struct iss_study_facts *facts, const struct iss_term *term)
{
    const struct iss_outcome *origin = &facts->origin;

    fprintf(term->out, "%6" PRIu64 "  /replications  One row a mission.\n",
            iss_ranges_total(&facts->rows));
    for (int32_t i = 0; i < origin->table_count; i++) {
        const struct iss_table *table = &origin->tables[i];
        fprintf(term->out, "%6zu  /%-12s  ", table->rows, table->name);
        iss_term_paragraph(term, 23, table->title, ISS_PLAIN, "");
    }
    if (facts->info.series_count > 0) {
        fprintf(term->out,
                "%6" PRId32 "  /fan_counts    How often each series took each value.\n",
                facts->info.series_count);
    }
    if (facts->trace_count > 0) {
        fprintf(term->out,
                "%6zu  /traces        Whole missions, as isssim run writes "
                "them.\n",
                facts->trace_count);
    }
}

static int
print_all(struct iss_study_reader *reader, const struct iss_arguments *arguments)
{
    const struct iss_study_facts *facts = iss_study_facts(reader);
    const struct iss_outcome *origin = &facts->origin;
    bool verbose = arguments->given[ISS_OPTION_verbose];
    struct iss_term term;
    char text[32];

    iss_term_init(&term, stdout);
    iss_term_put(&term, ISS_BOLD, origin->title);
    putchar('\n');
    int status = print_missions(facts, &term);
    snprintf(text, sizeof text, "%" PRIu64, origin->seed);
    iss_info_item(&term, "Seed", text);
    for (int32_t i = 0; i < origin->override_count; i++) {
        iss_info_item(&term, i == 0 ? "Settings" : "", origin->overrides[i]);
    }
    print_traces(facts, &term);
    iss_info_making(origin, &facts->making, &term);
    putchar('\n');
    print_tables(facts, &term);
    putchar('\n');
    if (status == ISS_OK) {
        status = iss_mc_tell(origin, &term, facts->confidence, verbose);
    }
    if (status == ISS_OK && arguments->given[ISS_OPTION_story]) {
        status = iss_info_stories(reader, &term, verbose, NULL);
    }
    if (status != ISS_OK) {
        iss_cli_complain("%s", iss_status_text(status));
        return iss_status_exit_code(status);
    }
    return iss_cli_flush();
}

/* ---- for programs ---------------------------------------------------------------- */

static json_t *
table_facts(const struct iss_study_facts *facts)
{
    const struct iss_outcome *origin = &facts->origin;
    json_t *tables = json_array();

    for (int32_t i = 0; i < origin->table_count; i++) {
        json_t *table = json_object();
        iss_facts_put(&table, "name", iss_facts_text(origin->tables[i].name));
        iss_facts_put(&table, "rows", iss_facts_whole(origin->tables[i].rows));
        iss_facts_put(&table, "title", iss_facts_text(origin->tables[i].title));
        iss_facts_add(&tables, table);
    }
    return tables;
}

static json_t *
summary_facts(const struct iss_table *summary)
{
    const struct iss_summary_values values = {
        .count = summary->rows,
        .names = iss_table_column(summary, "metric")->data.text,
        .docs = iss_table_column(summary, "doc")->data.text,
        .values = iss_table_column(summary, "mean")->data.real,
    };

    return iss_summary_facts(&values);
}

static int
print_facts(struct iss_study_reader *reader, const struct iss_arguments *arguments)
{
    const struct iss_study_facts *facts = iss_study_facts(reader);
    const struct iss_outcome *origin = &facts->origin;
    json_t *root = json_object(), *settings = json_array(), *traces = json_array();
    json_t *shard = json_null();

    for (int32_t i = 0; i < origin->override_count; i++) {
        iss_facts_add(&settings, iss_facts_text(origin->overrides[i]));
    }
    for (size_t i = 0; i < facts->trace_count; i++) {
        iss_facts_add(&traces, iss_facts_whole(facts->traces[i]));
    }
    if (facts->shard.count > 0) {
        shard = json_array();
        iss_facts_add(&shard, json_integer(facts->shard.index + 1));
        iss_facts_add(&shard, json_integer(facts->shard.count));
    }
    iss_facts_put(&root, "title", iss_facts_text(origin->title));
    iss_facts_put(&root, "seed", iss_facts_whole(origin->seed));
    iss_facts_put(&root, "model_hash", iss_facts_text(origin->model_hash));
    iss_facts_put(&root, "settings", settings);
    iss_facts_put(&root, "replications",
                  iss_facts_whole(iss_ranges_total(&facts->rows)));
    iss_facts_put(&root, "requested", iss_facts_whole(facts->requested));
    iss_facts_put(&root, "failed", iss_facts_whole(failed(facts)));
    iss_facts_put(&root, "complete", json_boolean(facts->complete));
    iss_facts_put(&root, "shard", shard);
    iss_facts_put(&root, "traces", traces);
    iss_facts_put(&root, "numerics", iss_facts_text(origin->numerics));
    iss_info_making_facts(&root, &facts->making);
    iss_facts_put(&root, "tables", table_facts(facts));
    iss_mc_facts(&root, origin, facts->confidence);
    iss_facts_put(&root, "summary",
                  summary_facts(iss_outcome_table(origin, "summary")));
    if (arguments->given[ISS_OPTION_story]) {
        json_t *stories = json_array();
        int status = iss_info_stories(reader, NULL,
                                      arguments->given[ISS_OPTION_verbose], &stories);
        if (status != ISS_OK) {
            json_decref(stories);
            json_decref(root);
            iss_cli_complain("%s", iss_status_text(status));
            return iss_status_exit_code(status);
        }
        iss_facts_put(&root, "stories", stories);
    }
    return iss_facts_print(root);
}

/* ---- all ------------------------------------------------------------------------- */

/* What the summary is printed from. */
static bool
has_summary(const struct iss_outcome *origin)
{
    const struct iss_table *summary = iss_outcome_table(origin, "summary");
    const struct iss_table *quantiles = iss_outcome_table(origin, "quantiles");
    static const struct {
        const char *name;
        enum iss_column_kind kind;
    } needed[] = {{"metric", ISS_COLUMN_TEXT}, {"doc", ISS_COLUMN_TEXT},
                  {"n", ISS_COLUMN_COUNT},     {"missing", ISS_COLUMN_COUNT},
                  {"units", ISS_COLUMN_TEXT},  {"mean", ISS_COLUMN_REAL},
                  {"sd", ISS_COLUMN_REAL},     {"ci_lo", ISS_COLUMN_REAL},
                  {"ci_hi", ISS_COLUMN_REAL},  {"p_nonzero", ISS_COLUMN_REAL},
                  {"value", ISS_COLUMN_REAL}};

    for (size_t i = 0; summary != NULL && i < sizeof needed / sizeof *needed; i++) {
        const struct iss_column *column = iss_table_column(summary, needed[i].name);
        if (column == NULL || column->kind != needed[i].kind) {
            return false;
        }
    }
    return summary != NULL && quantiles != NULL && quantiles->column_count > 0 &&
           quantiles->columns->kind == ISS_COLUMN_REAL &&
           iss_column_row_values(iss_table_column(summary, "value")) == quantiles->rows;
}

int
iss_info_study(const struct iss_arguments *arguments)
{
    struct iss_study_reader *reader = NULL;
    char message[512] = "";
    int status = iss_study_open(&reader, arguments->operand, message, sizeof message),
        code;

    if (status == ISS_OK) {
        status = iss_study_tables(reader);
    }
    if (status != ISS_OK) {
        iss_cli_complain("%s", *message ? message : iss_status_text(status));
        code = iss_status_exit_code(status);
    } else if (!has_summary(&iss_study_facts(reader)->origin)) {
        iss_cli_complain("%s: has no summary that this isssim knows",
                         arguments->operand);
        code = iss_status_exit_code(ISS_ERR_FORMAT);
    } else if (arguments->given[ISS_OPTION_json]) {
        code = print_facts(reader, arguments);
    } else {
        code = print_all(reader, arguments);
    }
    iss_study_close(reader);
    return code;
}
