/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_info.c - `isssim info`: what a finished file holds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/info.h"
#include "cli/result.h"
#include "cli/summary.h"
#include "cli/term.h"
#include "isssim/status.h"
#include "store/study_read.h"

/* ---- for people ---------------------------------------------------------------- */

/* "replay", or from when on the model acted. */
static void
put_mode(struct iss_outcome *outcome, const struct iss_term *term, int64_t epoch_us)
{
    char date[32], text[96] = "replay";

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_events].rows; i++) {
        int64_t time_us = iss_at(outcome, events, time, time)[i];
        if (iss_at(outcome, events, type, code)[i] == ISS_EVENT_FORECAST_BEGINS) {
            snprintf(text, sizeof text, "%sforecast from %s",
                     time_us > 0 ? "replay, then " : "",
                     iss_civil_format(epoch_us + time_us, ISS_CIVIL_DATE, date));
        }
    }
    iss_term_put(term, ISS_PLAIN, text);
}

void
iss_info_item(const struct iss_term *term, const char *label, const char *text)
{
    if (*text != '\0') {
        fprintf(term->out, "%-13s", label);
        iss_term_paragraph(term, 13, text, ISS_PLAIN, "");
    }
}

static void
print_head(struct iss_outcome *outcome, const struct iss_term *term)
{
    char from[32], to[32], text[64];
    int64_t epoch_us = 0;

    (void)iss_civil_parse(outcome->epoch, &epoch_us);
    iss_term_put(term, ISS_BOLD, outcome->title);
    fprintf(term->out, "\n%-13s%s to %s, ", "Period",
            iss_civil_format(epoch_us, ISS_CIVIL_DATE, from),
            iss_civil_format(epoch_us + iss_facts_end(outcome), ISS_CIVIL_DATE, to));
    put_mode(outcome, term, epoch_us);
    snprintf(text, sizeof text, "%" PRIu64 ", replication %" PRIu64, outcome->seed,
             outcome->replication);
    fputc('\n', term->out);
    iss_info_item(term, "Seed", text);
    for (int32_t i = 0; i < outcome->override_count; i++) {
        iss_info_item(term, i == 0 ? "Settings" : "", outcome->overrides[i]);
    }
}

void
iss_info_making(const struct iss_outcome *outcome,
                const struct iss_store_making *making, const struct iss_term *term)
{
    char text[512];

    snprintf(text, sizeof text, "isssim %s (%.12s%s), format %d.%d",
             making->program_version, making->git_sha1,
             making->git_dirty ? ", changed since" : "", (int)making->format[0],
             (int)making->format[1]);
    iss_info_item(term, "Program", text);
    iss_info_item(term, "Libraries", making->libraries);
    iss_info_item(term, "Command", making->command_line);
    if (*making->started != '\0') {
        snprintf(text, sizeof text, "%s on %s", making->started, making->host);
        iss_info_item(term, "Made", text);
    }
    iss_info_item(term, "Model hash", outcome->model_hash);
    iss_info_item(term, "Numerics", outcome->numerics);
    for (int32_t i = 0; i < outcome->file_count; i++) {
        iss_info_item(term, i == 0 ? "Read from" : "", outcome->files[i].path);
    }
}

static void
print_tables(const struct iss_outcome *outcome, const struct iss_term *term)
{
    int width = 0;

    for (int32_t i = 0; i < outcome->table_count; i++) {
        int columns = iss_term_columns(outcome->tables[i].name);
        width = columns > width ? columns : width;
    }
    for (int32_t i = 0; i < outcome->table_count; i++) {
        const struct iss_table *table = &outcome->tables[i];
        fprintf(term->out, "%6zu  /%-*s  ", table->rows, width, table->name);
        iss_term_paragraph(term, 11 + width, table->title, ISS_PLAIN, "");
    }
}

static int
print_all(struct iss_result *result, const struct iss_arguments *arguments)
{
    bool all = arguments->given[ISS_OPTION_verbose];
    struct iss_term term;
    int status = ISS_OK;

    iss_term_init(&term, stdout);
    print_head(&result->outcome, &term);
    iss_info_making(&result->outcome, &result->making, &term);
    putchar('\n');
    print_tables(&result->outcome, &term);
    putchar('\n');
    if (arguments->given[ISS_OPTION_story]) {
        status = iss_info_story(&result->outcome, &term, all);
    }
    if (status == ISS_OK) {
        status = iss_summary_print(&result->outcome, &term, all);
    }
    if (status != ISS_OK) {
        iss_cli_complain("%s", iss_status_text(status));
        return iss_status_exit_code(status);
    }
    return iss_cli_flush();
}

/* ---- for programs -------------------------------------------------------------- */

void
iss_info_making_facts(json_t **root, const struct iss_store_making *making)
{
    json_t *made = json_object();
    char format[32];

    snprintf(format, sizeof format, "%d.%d", (int)making->format[0],
             (int)making->format[1]);
    iss_facts_put(root, "format", iss_facts_text(format));
    iss_facts_put(&made, "isssim", iss_facts_text(making->program_version));
    iss_facts_put(&made, "git_sha1", iss_facts_text(making->git_sha1));
    iss_facts_put(&made, "git_dirty", json_boolean(making->git_dirty));
    iss_facts_put(&made, "libraries",
                  iss_facts_text(*making->libraries ? making->libraries : NULL));
    iss_facts_put(&made, "command_line",
                  iss_facts_text(*making->command_line ? making->command_line : NULL));
    iss_facts_put(&made, "started",
                  iss_facts_text(*making->started ? making->started : NULL));
    iss_facts_put(&made, "host", iss_facts_text(*making->host ? making->host : NULL));
    iss_facts_put(&made, "elapsed_s", iss_facts_real(making->elapsed_s));
    iss_facts_put(root, "made", made);
}

static json_t *
summary_facts(struct iss_outcome *outcome)
{
    const struct iss_summary_values values = {
        .count = outcome->tables[ISS_TABLE_metrics].rows,
        .names = iss_at(outcome, metrics, name, text),
        .docs = iss_at(outcome, metrics, doc, text),
        .values = iss_at(outcome, metrics, value, real),
    };

    return iss_summary_facts(&values);
}

static int
print_facts(struct iss_result *result, const struct iss_arguments *arguments)
{
    struct iss_outcome *outcome = &result->outcome;
    json_t *root = iss_facts_head(outcome), *tables = json_array();

    for (int32_t i = 0; i < outcome->table_count; i++) {
        json_t *table = json_object();
        iss_facts_put(&table, "name", iss_facts_text(outcome->tables[i].name));
        iss_facts_put(&table, "rows",
                      json_integer((json_int_t)outcome->tables[i].rows));
        iss_facts_put(&table, "title", iss_facts_text(outcome->tables[i].title));
        iss_facts_add(&tables, table);
    }
    iss_facts_put(&root, "numerics", iss_facts_text(outcome->numerics));
    iss_info_making_facts(&root, &result->making);
    iss_facts_put(&root, "tables", tables);
    iss_facts_put(&root, "metrics", iss_facts_metrics(outcome));
    iss_facts_put(&root, "summary", summary_facts(outcome));
    if (arguments->given[ISS_OPTION_story]) {
        iss_facts_put(&root, "story",
                      iss_facts_story(outcome, arguments->given[ISS_OPTION_verbose]));
    }
    return iss_facts_print(root);
}

int
iss_command_info(const struct iss_arguments *arguments)
{
    struct iss_result result;

    if (iss_study_is(arguments->operand)) {
        return iss_info_study(arguments);
    }
    int code = iss_result_load(&result, arguments->operand);

    if (code == 0) {
        code = arguments->given[ISS_OPTION_json] ? print_facts(&result, arguments)
                                                 : print_all(&result, arguments);
        iss_result_clear(&result);
    }
    return code;
}
