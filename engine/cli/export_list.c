/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * export_list.c - which tables a file has: rows, name, columns.
 *
 * The completion for bash finds the names here (_isssim_find_table in complete.bash).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/export.h"
#include "cli/term.h"

enum { NUMBER = 10 }; /* where the rows end */

struct list {
    struct iss_term term;
    int width; /* of the names */
};

static void
print_line(const struct list *list, const char *rows, const char *prefix,
           const char *name, const char *text)
{
    int left = list->width - iss_term_columns(prefix) - iss_term_columns(name);

    fprintf(list->term.out, "%*s  ", NUMBER, rows);
    iss_term_put(&list->term, ISS_PLAIN, prefix);
    iss_term_put(&list->term, ISS_PLAIN, name);
    fprintf(list->term.out, "%*s  ", left, "");
    iss_term_paragraph(&list->term, NUMBER + 4 + list->width, text, ISS_PLAIN, "");
}

/* "docked (port)" */
static void
tell_column(FILE *text, const struct iss_column *column)
{
    int axes = iss_column_rank(column) - 1;

    fputs(column->name, text);
    for (int i = 0; i < axes; i++) {
        fprintf(text, "%s%s%s", i == 0 ? " (" : ", ",
                iss_column_axis(column, i).dimension, i == axes - 1 ? ")" : "");
    }
}

static void
print_table(const struct list *list, const char *prefix, const struct iss_table *table)
{
    char *columns = NULL, rows[32];
    size_t size;
    FILE *text = open_memstream(&columns, &size);

    for (int32_t i = 0; text != NULL && i < table->column_count; i++) {
        fputs(i > 0 ? ", " : "", text);
        tell_column(text, &table->columns[i]);
    }
    if (text != NULL && fclose(text) != 0) {
        free(columns);
        columns = NULL;
    }
    snprintf(rows, sizeof rows, "%zu", table->rows);
    print_line(list, rows, prefix, table->name, columns == NULL ? "" : columns);
    free(columns);
}

static void
print_rows(const struct list *list, const struct iss_study_facts *facts)
{
    char *columns = NULL, rows[32];
    size_t size;
    FILE *text = open_memstream(&columns, &size);

    if (text != NULL) {
        fputs("replication, fingerprint, events, status", text);
        for (int32_t i = 0; i < facts->info.metric_count; i++) {
            fprintf(text, ", %s", facts->info.metrics[i].name);
        }
        if (fclose(text) != 0) {
            free(columns);
            columns = NULL;
        }
    }
    snprintf(rows, sizeof rows, "%" PRIu64, iss_ranges_total(&facts->rows));
    print_line(list, rows, "", ISS_EXPORT_ROWS, columns == NULL ? "" : columns);
    free(columns);
}

static void
print_traces(const struct list *list, const struct iss_study_facts *facts)
{
    char name[40];

    for (size_t i = 0; i < facts->trace_count; i++) {
        iss_export_trace_name(facts->traces[i], name);
        name[strlen(name) - 1] = '\0';
        print_line(list, "", "", name, "the tables of a whole mission; listed alike");
    }
}

void
iss_export_list(const struct iss_export *self, FILE *out)
{
    const struct iss_outcome *outcome = self->outcome;
    const struct iss_study_facts *facts =
        self->reader != NULL && outcome != &self->trace ? iss_study_facts(self->reader)
                                                        : NULL;
    struct list list = {.width = facts == NULL ? 0 : (int)strlen("traces/r000000")};

    iss_term_init(&list.term, out);
    for (int32_t i = 0; i < outcome->table_count; i++) {
        int width =
            iss_term_columns(self->prefix) + iss_term_columns(outcome->tables[i].name);
        list.width = width > list.width ? width : list.width;
    }
    if (facts != NULL) {
        print_rows(&list, facts);
    }
    for (int32_t i = 0; i < outcome->table_count; i++) {
        print_table(&list, self->prefix, &outcome->tables[i]);
    }
    if (facts != NULL && facts->info.series_count > 0) {
        print_table(&list, "", &self->counts);
    }
    if (facts != NULL) {
        print_traces(&list, facts);
    }
}
