/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * column.c - { file = "slips.csv"; column = "slip_d"; } becomes { values = [ 12.0, 0.0,
 * 48.0 ]; }, each value knowing the line that it came from.
 *
 * What is made of the tree then covers what the file said, and a printed tree loads
 * without it.
 */
#include "scenario/tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "scenario/c_locale.h"
#include "scenario/loader.h"
#include "scenario/node.h"
#include "scenario/table_text.h"

#define COLUMNS_MAX 256
#define SHOWN       40 /* bytes of a field in a message */

struct splice {
    struct iss_source *source;
    struct iss_diag *diag;
    const char *column; /* its name */
    char path[256];     /* of the group */
    int status;
};

static bool
refuse(struct splice *splice, const struct iss_node *node, const char *problem)
{
    char path[256];

    iss_diag_error(splice->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "%s", problem);
    return false;
}

/* ---- the column ---------------------------------------------------------------- */

static bool
is_called(const struct iss_field *field, const char *name)
{
    return field->length == strlen(name) &&
           strncmp(field->text, name, field->length) == 0;
}

static void
refuse_column(struct splice *splice, const struct iss_node *column,
              const struct iss_source_file *file, const char *const *names,
              size_t count)
{
    const char *name = column->value.text, *near = iss_diag_suggest(name, names, count);
    char path[256], list[256] = "";

    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);

        if (used + strlen(names[i]) + 8 > sizeof list) {
            strcpy(list + used, ", ...");
            break;
        }
        strcat(strcat(list, i > 0 ? ", " : ""), names[i]);
    }
    iss_diag_error(splice->diag, column->origin,
                   iss_node_path(column, path, sizeof path),
                   "%s has no such column; got \"%s\"; allowed %s%s%s%s", file->path,
                   name, list, near != NULL ? "; did you mean " : "",
                   near != NULL ? near : "", near != NULL ? "?" : "");
}

/* Read the header; the place of `column` in it and the number of columns. */
static bool
find_column(struct splice *splice, const struct iss_node *column,
            const struct iss_source_file *file, struct iss_table_text *table,
            int *place, int *columns)
{
    const char *names[COLUMNS_MAX];
    bool more = iss_table_text_row(table);
    size_t kept = 0;

    *place = -1;
    for (*columns = 0; more; ++*columns) {
        struct iss_field field = iss_table_text_field(table);

        more = !field.last;
        if (*place < 0 && is_called(&field, column->value.text)) {
            *place = *columns;
        }
        if (kept < COLUMNS_MAX) {
            names[kept] = iss_arena_printf(&splice->diag->arena, "%.*s",
                                           (int)field.length, field.text);
            if (names[kept++] == NULL) {
                splice->status = ISS_ERR_NO_MEMORY;
                return false;
            }
        }
    }
    if (*place < 0) {
        refuse_column(splice, column, file, names, kept);
    }
    return *place >= 0;
}

/* ---- the values ---------------------------------------------------------------- */

static bool
read_number(const struct iss_field *field, double *value)
{
    static const char allowed[] = "0123456789+-.eE";
    char copy[64], *end;

    if (field->length >= sizeof copy) {
        return false;
    }
    memcpy(copy, field->text, field->length);
    copy[field->length] = '\0';
    *value = strtod(copy, &end);
    return copy[strspn(copy, allowed)] == '\0' && *end == '\0' && isfinite(*value);
}

static struct iss_node *
add_value(struct splice *splice, struct iss_node *values, struct iss_node *last,
          double value, struct iss_origin origin)
{
    struct iss_node *node = iss_arena_alloc(&splice->source->arena, sizeof *node);

    if (node == NULL) {
        splice->status = ISS_ERR_NO_MEMORY;
        return NULL;
    }
    *node =
        (struct iss_node){.type = ISS_NODE_REAL, .origin = origin, .parent = values};
    node->value.real = value;
    *(last != NULL ? &last->next : &values->first) = node;
    values->count++;
    return node;
}

/* Read a row up to its end; the field in `place`, and false when the row isn't well
 * formed. */
static bool
read_row(struct splice *splice, const struct iss_source_file *file,
         struct iss_table_text *table, int place, int columns, struct iss_field *found)
{
    struct iss_origin origin = {file->path, table->line};
    struct iss_field field = {0};
    int count = 0;

    while (!field.last) {
        field = iss_table_text_field(table);
        if (count++ == place) {
            *found = field;
        }
    }
    if (field.broken) {
        iss_diag_error(splice->diag, origin, splice->path,
                       "a field has a quote that isn't closed, or text behind it");
        return false;
    }
    if (count != columns) {
        iss_diag_error(splice->diag, origin, splice->path,
                       "the row has %d fields; its table has %d columns", count,
                       columns);
        return false;
    }
    return true;
}

static bool
read_rows(struct splice *splice, const struct iss_source_file *file,
          struct iss_table_text *table, int place, int columns, struct iss_node *values)
{
    struct iss_node *last = NULL;
    struct iss_field field = {0};
    bool good = true;
    double value;

    while (splice->status == ISS_OK && iss_table_text_row(table)) {
        if (!read_row(splice, file, table, place, columns, &field)) {
            return false;
        }
        if (field.length == 0) {
            continue;
        }
        struct iss_origin origin = {file->path, field.line};
        if (read_number(&field, &value)) {
            last = add_value(splice, values, last, value, origin);
        } else {
            int shown = field.length < SHOWN ? (int)field.length : SHOWN;

            iss_diag_error(splice->diag, origin, splice->path,
                           "must be a number; got \"%.*s\" in column %s", shown,
                           field.text, splice->column);
            good = false;
        }
    }
    return good && splice->status == ISS_OK;
}

static bool
read_column(struct splice *splice, const struct iss_node *column,
            const struct iss_source_file *file, struct iss_node *values)
{
    bool marked = strncmp(file->text, "\xEF\xBB\xBF", 3) == 0;
    struct iss_table_text table = {file->text + (marked ? 3 : 0), 1};
    struct iss_c_locale previous;
    int place, columns;
    bool good;

    if (!find_column(splice, column, file, &table, &place, &columns)) {
        return false;
    }
    previous = iss_c_locale_enter();
    good = read_rows(splice, file, &table, place, columns, values);
    iss_c_locale_leave(previous);
    if (good && values->count == 0) {
        return refuse(splice, column, "the column has no values");
    }
    return good;
}

/* ---- the tree ------------------------------------------------------------------ */

static void
take_out(struct iss_node *group, const char *name)
{
    iss_node_detach(iss_node_link(group, name, strlen(name)));
}

/* Whether `column` is there, both are texts, and nothing else is called `name`. */
static bool
is_asked_well(struct splice *splice, const struct iss_node *group, const char *name,
              const struct iss_node *file, const struct iss_node *column)
{
    char problem[128];
    const char *text;

    if (iss_node_child(group, name) != NULL) {
        snprintf(problem, sizeof(problem), "either %s or file and column, not both",
                 name);
        return refuse(splice, file, problem);
    }
    if (column == NULL) {
        return refuse(splice, file,
                      "needs a column, the name of one in the file's "
                      "first line");
    }
    return iss_node_text(file, &text, splice->diag) &&
           iss_node_text(column, &text, splice->diag);
}

int
iss_source_splice(struct iss_source *source, const struct iss_source_options *options,
                  struct iss_node *group, const char *name, struct iss_diag *diag)
{
    struct splice splice = {.source = source, .diag = diag};
    const struct iss_node *from = iss_node_child(group, "file");
    const struct iss_node *column = iss_node_child(group, "column");
    const struct iss_source_file *file = NULL;
    struct iss_node *values;
    int status;

    iss_node_path(group, splice.path, sizeof(splice.path));
    if (!is_asked_well(&splice, group, name, from, column)) {
        return ISS_ERR_SCENARIO;
    }
    status = iss_loader_attach(source, options, from, from->value.text, diag, &file);
    if (status != ISS_OK) {
        return status;
    }
    values = iss_node_new_group(&source->arena, name, from->origin);
    if (values == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    values->type = ISS_NODE_ARRAY;
    splice.column = column->value.text;
    if (!read_column(&splice, column, file, values)) {
        return splice.status == ISS_OK ? ISS_ERR_SCENARIO : splice.status;
    }
    take_out(group, "file");
    take_out(group, "column");
    iss_node_append(group, values);
    return ISS_OK;
}
