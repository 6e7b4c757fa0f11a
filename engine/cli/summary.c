/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary.c - the replication in numbers, laid out by libsmartcols.
 */
#include "cli/summary.h"

#include <libsmartcols/libsmartcols.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/facts.h"
#include "observe/gauges.h"
#include "observe/tables.h"

enum show { ALWAYS, NOT_ZERO };

#define SHOW(metric, when, label)          {#metric, when, label, NULL},
#define SIGNED(metric, when, label, below) {#metric, when, label, below},
static const struct {
    const char *metric;
    enum show when;
    const char *label;
    const char *below; /* label of the amount when it's below zero; NULL: the same */
} shown[] = {
#include "cli/summary.def"
};
#undef SHOW
#undef SIGNED

#define X(name, kind, units, expression, doc) #name,
static const char *const everywhere[] = {
#include "observe/metrics.def"
};
#undef X

struct summary {
    struct iss_outcome *outcome;
    const struct iss_term *term;
    struct libscols_table *table;
    bool all;
    bool broken;
    int meaning; /* columns left for it */
};

/* Break a text between words; libsmartcols would do it anywhere. */
static void
break_lines(char *text, int columns)
{
    while (iss_term_columns(text) > columns) {
        char *at = text + iss_term_bytes(text, columns);
        while (at > text && *at != ' ') {
            at--;
        }
        if (at == text) {
            return;
        }
        *at = '\n';
        text = at + 1;
    }
}

static void
put_cell(struct summary *summary, struct libscols_line *line, size_t column,
         const char *text)
{
    char *clean = iss_term_clean(summary->term, text);
    if (clean != NULL) {
        break_lines(clean, summary->meaning);
    }
    /* The line owns the text once it has been taken. */
    if (clean == NULL || line == NULL ||
        scols_line_refer_data(line, column, clean) != 0) {
        summary->broken = true;
        free(clean);
    }
}

static void
format_value(struct iss_outcome *outcome, size_t row, double value, char *text,
             size_t size)
{
    const char *units = iss_at(outcome, metrics, units, text)[row];
    bool whole = value == floor(value);

    if (isnan(value)) {
        snprintf(text, size, "-");
    } else if (iss_summary_is_drawn(outcome, row)) {
        snprintf(text, size, "%.4g%s%s", value, strcmp(units, "1") == 0 ? "" : " ",
                 strcmp(units, "1") == 0 ? "" : units);
    } else if (strcmp(units, "1") == 0) {
        snprintf(text, size, whole ? "%.0f" : "%.2f", value);
    } else {
        /* What rounds to nothing has no sign. */
        snprintf(text, size, "%.1f %s", fabs(value) < 0.05 ? 0.0 : value, units);
    }
}

static void
add_line(struct summary *summary, size_t row, double amount, const char *label)
{
    struct libscols_line *line = scols_table_new_line(summary->table, NULL);
    size_t column = 0;
    char value[64];

    if (summary->all) {
        put_cell(summary, line, column++,
                 iss_at(summary->outcome, metrics, name, text)[row]);
    }
    format_value(summary->outcome, row, amount, value, sizeof value);
    put_cell(summary, line, column++, value);
    put_cell(summary, line, column, label);
}

/* A metric's line, unless it has nothing to say. */
static void
add_shown(struct summary *summary, size_t index)
{
    struct iss_outcome *outcome = summary->outcome;

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_metrics].rows; row++) {
        double value = iss_at(outcome, metrics, value, real)[row];
        if (strcmp(iss_at(outcome, metrics, name, text)[row], shown[index].metric) ==
                0 &&
            !isnan(value) && (value != 0 || shown[index].when == ALWAYS)) {
            bool below = value < 0 && shown[index].below != NULL;
            add_line(summary, row, below ? -value : value,
                     below ? shown[index].below : shown[index].label);
        }
    }
}

bool
iss_summary_is_drawn(struct iss_outcome *outcome, size_t row)
{
    const char *name = iss_at(outcome, metrics, name, text)[row];
    return strchr(name, '.') != NULL && !iss_metric_is_each(name, NULL);
}

/* Whether the scenario defined the metric itself: it's neither of every run, nor of
 * each type, family, port or segment, nor a path. */
static bool
is_own(const char *name)
{
    static const char unstaffed[] = "unstaffed_"; /* and a segment */

    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
        if (strcmp(everywhere[i], name) == 0) {
            return false;
        }
    }
    return strchr(name, '.') == NULL &&
           strncmp(name, unstaffed, sizeof unstaffed - 1) != 0;
}

static void
add_lines(struct summary *summary)
{
    struct iss_outcome *outcome = summary->outcome;
    size_t rows = outcome->tables[ISS_TABLE_metrics].rows;

    for (size_t i = 0; i < sizeof shown / sizeof *shown && !summary->all; i++) {
        add_shown(summary, i);
    }
    for (size_t row = 0; row < rows; row++) {
        const char *name = iss_at(outcome, metrics, name, text)[row];
        if (!summary->all && !is_own(name)) {
            continue;
        }
        add_line(summary, row, iss_at(outcome, metrics, value, real)[row],
                 iss_at(outcome, metrics, doc, text)[row]);
    }
}

/* What names and values leave of the width. */
static int
meaning_columns(struct iss_outcome *outcome, const struct iss_term *term, bool all)
{
    int names = 0, values = 0;
    char value[64];

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_metrics].rows; row++) {
        int name = iss_term_columns(iss_at(outcome, metrics, name, text)[row]);
        format_value(outcome, row, iss_at(outcome, metrics, value, real)[row], value,
                     sizeof value);
        int columns = iss_term_columns(value);
        names = name > names ? name : names;
        values = columns > values ? columns : values;
    }
    return term->width - values - 2 - (all ? names + 2 : 0);
}

static struct libscols_column *
add_column(struct summary *summary, const char *name, int flags)
{
    struct libscols_column *column =
        scols_table_new_column(summary->table, name, 0, flags);
    summary->broken = summary->broken || column == NULL;
    return column;
}

static void
lay_out(struct summary *summary)
{
    struct libscols_table *table = summary->table;

    summary->broken =
        scols_table_enable_noheadings(table, 1) != 0 ||
        scols_table_set_column_separator(table, "  ") != 0 ||
        scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS) != 0 ||
        scols_table_set_termwidth(table, (size_t)summary->term->width) != 0;
    if (summary->all) {
        add_column(summary, "metric", 0);
    }
    add_column(summary, "value", SCOLS_FL_RIGHT);
    struct libscols_column *meaning = add_column(summary, "meaning", SCOLS_FL_WRAP);
    summary->broken = summary->broken ||
                      scols_column_set_safechars(meaning, "\n") != 0 ||
                      scols_column_set_wrapfunc(meaning, scols_wrapnl_chunksize,
                                                scols_wrapnl_nextchunk, NULL) != 0;
}

int
iss_summary_print(struct iss_outcome *outcome, const struct iss_term *term, bool all)
{
    struct summary summary = {outcome, term,  scols_new_table(),
                              all,     false, meaning_columns(outcome, term, all)};
    char *text = NULL;

    if (summary.table == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    lay_out(&summary);
    if (!summary.broken) {
        add_lines(&summary);
    }
    summary.broken =
        summary.broken || scols_print_table_to_string(summary.table, &text) != 0;
    if (!summary.broken) {
        fprintf(term->out, "%s\n", text);
    }
    free(text);
    scols_unref_table(summary.table);
    return summary.broken ? ISS_ERR_NO_MEMORY : ISS_OK;
}

/* ---- for programs ----------------------------------------------------------------
 */

static void
add_fact(json_t **list, const char *metric, const char *label, bool own)
{
    json_t *line = json_object();

    iss_facts_put(&line, "metric", iss_facts_text(metric));
    iss_facts_put(&line, "label", iss_facts_text(label));
    iss_facts_put(&line, "own", json_boolean(own));
    iss_facts_add(list, line);
}

json_t *
iss_summary_facts(const struct iss_summary_values *values)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        for (size_t row = 0; row < values->count; row++) {
            double value = values->values[row];
            if (strcmp(values->names[row], shown[i].metric) == 0 && !isnan(value) &&
                (value != 0 || shown[i].when == ALWAYS)) {
                add_fact(&list, shown[i].metric, shown[i].label, false);
            }
        }
    }
    for (size_t row = 0; row < values->count; row++) {
        if (is_own(values->names[row])) {
            add_fact(&list, values->names[row], values->docs[row], true);
        }
    }
    return list;
}
