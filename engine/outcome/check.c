/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - does an outcome keep the promises of its column kinds?
 *
 * A reader believes the file: a code without meaning, or an id that points nowhere, is
 * found here, not in somebody's notebook.  Tables are checked in order, names first,
 * then the description of each column, then its values; the first problem ends it.
 */
#include "outcome/table.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "outcome/utf8.h"

#define MAX_CODES 256

struct check {
    struct iss_outcome *outcome;
    const struct iss_table *table;
    const struct iss_column *column;
    const struct iss_table *referred; /* by the ids of `column` */
    const char *problem;              /* NULL as long as all is well */
};

static void __attribute__((format(printf, 2, 3)))
complain(struct check *check, const char *format, ...)
{
    const char *column = check->column == NULL ? "" : check->column->name;
    char body[160];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(body, sizeof(body), format, arguments);
    va_end(arguments);
    check->problem =
        iss_arena_printf(&check->outcome->arena, "%s%s%s: %s", check->table->name,
                         *column == '\0' ? "" : ".", column, body);
    if (check->problem == NULL) {
        check->problem = "a table violates its description (no memory to say which)";
    }
}

/* Names are paths in HDF5 and identifiers in every reader's language. */
static bool
is_name(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    static const char all[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

    return name != NULL && strspn(name, letters) > 0 && name[strspn(name, all)] == '\0';
}

/* Units that xarray reads as a time span, turning numbers into timedeltas. */
static bool
is_span(const char *units)
{
    static const char *const spans[] = {"days",       "hours",        "minutes",
                                        "seconds",    "milliseconds", "microseconds",
                                        "nanoseconds"};

    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
        if (strcmp(units, spans[i]) == 0) {
            return true;
        }
    }
    return strstr(units, " since ") != NULL;
}

static void
check_units(struct check *check)
{
    const struct iss_column *column = check->column;

    if (column->kind != ISS_COLUMN_REAL && column->kind != ISS_COLUMN_COUNT) {
        return;
    }
    if (column->units == NULL || *column->units == '\0') {
        complain(check, "a number without units; write \"1\" for a pure number");
    } else if (is_span(column->units)) {
        complain(check,
                 "units \"%s\" would be read as a time span; write \"d\" or \"h\"",
                 column->units);
    }
}

/* flag_meanings is one text, its words separated by blanks. */
static void
check_meanings(struct check *check)
{
    const struct iss_column *column = check->column;

    if (column->meaning_count < 1 || column->meaning_count > MAX_CODES) {
        complain(check, "%" PRId32 " meanings; allowed 1 to %d", column->meaning_count,
                 MAX_CODES);
        return;
    }
    for (int32_t i = 0; i < column->meaning_count; i++) {
        const char *word = column->meanings[i];

        if (word == NULL || *word == '\0' || strpbrk(word, " \t\r\n") != NULL ||
            word[iss_utf8_prefix(word)] != '\0') {
            complain(check,
                     "the meaning of code %" PRId32 " is not one word; got \"%s\"", i,
                     word == NULL ? "" : word);
            return;
        }
    }
}

/* A further dimension's coordinate stands in the same group as the column, so its name
 * is taken by nothing else there. */
static bool
dimension_is_free(const struct check *check, const struct iss_axis *axis)
{
    const struct iss_table *table = check->table;

    if (!is_name(axis->dimension) || iss_table_column(table, axis->dimension) != NULL ||
        (table->scale == NULL && strcmp(axis->dimension, ISS_ROW_SCALE) == 0)) {
        return false;
    }
    for (int32_t i = 0; i < table->column_count * ISS_COLUMN_AXES; i++) {
        struct iss_axis other =
            iss_column_axis(&table->columns[i / ISS_COLUMN_AXES], i % ISS_COLUMN_AXES);

        if (other.across != NULL && strcmp(other.across, axis->across) != 0 &&
            strcmp(other.dimension, axis->dimension) == 0) {
            return false;
        }
    }
    return true;
}

static void
check_axis(struct check *check, int index)
{
    const struct iss_axis axis = iss_column_axis(check->column, index);
    const struct iss_table *other = iss_outcome_table(check->outcome, axis.across);

    if (other == NULL) {
        complain(check, "runs across table \"%s\", which is not there", axis.across);
    } else if (axis.width < 0 || (size_t)axis.width != other->rows) {
        complain(check, "is %" PRId32 " wide; table \"%s\" has %zu rows", axis.width,
                 axis.across, other->rows);
    } else if (!dimension_is_free(check, &axis)) {
        complain(check, "no further dimension can be called \"%s\" here",
                 axis.dimension);
    }
}

static void
check_axes(struct check *check)
{
    const struct iss_column *column = check->column;
    int rank = iss_column_rank(column);

    for (int i = 0; i < rank - 1 && check->problem == NULL; i++) {
        check_axis(check, i);
    }
    if (check->problem == NULL && rank == 3 &&
        strcmp(column->across, column->through) == 0) {
        complain(check, "runs across table \"%s\" twice", column->across);
    } else if (check->problem == NULL && rank == 1 && column->through != NULL) {
        complain(check, "has a third dimension and no second");
    }
}

static void
check_refers_to(struct check *check)
{
    const char *name = check->column->refers_to;

    check->referred = name == NULL ? NULL : iss_outcome_table(check->outcome, name);
    if (check->referred == NULL) {
        complain(check, "refers to table \"%s\", which is not there",
                 name == NULL ? "" : name);
    }
}

static void
check_description(struct check *check)
{
    const struct iss_column *column = check->column;

    if (!is_name(column->name) ||
        iss_table_column(check->table, column->name) != column) {
        complain(check, "its name is not an identifier, or not its alone");
    } else if (column->long_name == NULL || *column->long_name == '\0') {
        complain(check, "no long_name");
    } else {
        check_units(check);
    }
    if (check->problem == NULL && column->kind == ISS_COLUMN_CODE) {
        check_meanings(check);
    }
    if (check->problem == NULL && column->kind == ISS_COLUMN_ID) {
        check_refers_to(check);
    }
    if (check->problem == NULL) {
        check_axes(check);
    }
}

static void
check_time(struct check *check, size_t row, int64_t us)
{
    if (us == ISS_NEVER) {
        complain(check, "row %zu: a time that never comes", row);
    } else if (us == ISS_NO_TIME && check->column->kind == ISS_COLUMN_TIME) {
        complain(check, "row %zu: an unknown time in a column without missing values",
                 row);
    }
}

static void
check_id(struct check *check, size_t row, int32_t id)
{
    const struct iss_table *other = check->referred;

    if (id < -1 || (id >= 0 && (size_t)id >= other->rows)) {
        complain(check, "row %zu: id %" PRId32 "; table \"%s\" has %zu rows", row, id,
                 other->name, other->rows);
    }
}

static void
check_value(struct check *check, size_t row, size_t at)
{
    const struct iss_column *column = check->column;

    switch (column->kind) {
    case ISS_COLUMN_TIME:
    case ISS_COLUMN_TIME_NULL:
        check_time(check, row, column->data.time[at]);
        break;
    case ISS_COLUMN_ID:
        check_id(check, row, column->data.id[at]);
        break;
    case ISS_COLUMN_CODE:
        if (column->data.code[at] >= column->meaning_count) {
            complain(check, "row %zu: code %d has no meaning; allowed 0 to %" PRId32,
                     row, column->data.code[at], column->meaning_count - 1);
        }
        break;
    case ISS_COLUMN_FLAG:
        if (column->data.flag[at] != 0 && column->data.flag[at] != 1) {
            complain(check, "row %zu: flag %d; allowed 0 and 1", row,
                     column->data.flag[at]);
        }
        break;
    case ISS_COLUMN_TEXT:
        if (column->data.text[at] == NULL) {
            complain(check, "row %zu: no text; write \"\" for none", row);
        } else if (column->data.text[at][iss_utf8_prefix(column->data.text[at])] !=
                   '\0') {
            complain(check, "row %zu: text that is not UTF-8", row);
        }
        break;
    case ISS_COLUMN_REAL:
    case ISS_COLUMN_COUNT:
    case ISS_COLUMN_HASH:
        break; /* any value will do */
    }
}

static void
check_column(struct check *check)
{
    size_t values = iss_column_row_values(check->column);

    check_description(check);
    for (size_t row = 0; row < check->table->rows; row++) {
        for (size_t i = 0; i < values; i++) {
            if (check->problem != NULL) {
                return;
            }
            check_value(check, row, row * values + i);
        }
    }
}

/* The coordinate names each row; moments come in order. */
static void
check_scale(struct check *check)
{
    const struct iss_table *table = check->table;
    const struct iss_column *scale;

    if (table->scale == NULL) {
        if (iss_table_column(table, ISS_ROW_SCALE) != NULL) {
            complain(check,
                     "a column called \"" ISS_ROW_SCALE "\", which is the scale's");
        }
        return;
    }
    scale = iss_table_column(table, table->scale);
    if (scale == NULL || scale->across != NULL || scale->kind == ISS_COLUMN_TIME_NULL) {
        complain(check, "its scale \"%s\" is no plain column without missing values",
                 table->scale);
        return;
    }
    if (scale->kind != ISS_COLUMN_TIME) {
        return;
    }
    check->column = scale;
    for (size_t row = 1; row < table->rows; row++) {
        if (scale->data.time[row] < scale->data.time[row - 1]) {
            complain(check, "row %zu: earlier than the row before", row);
            return;
        }
    }
    check->column = NULL;
}

static void
check_table(struct check *check)
{
    const struct iss_table *table = check->table;

    check->column = NULL;
    if (!is_name(table->name) || strcmp(table->name, ISS_PROVENANCE) == 0 ||
        iss_outcome_table(check->outcome, table->name) != table) {
        complain(check, "the table's name is not an identifier, or not its alone");
        return;
    }
    check_scale(check);
    for (int32_t i = 0; i < table->column_count && check->problem == NULL; i++) {
        check->column = &table->columns[i];
        check_column(check);
    }
}

const char *
iss_outcome_problem(struct iss_outcome *outcome)
{
    struct check check = {.outcome = outcome};

    for (int32_t i = 0; i < outcome->table_count && check.problem == NULL; i++) {
        check.table = &outcome->tables[i];
        check_table(&check);
    }
    return check.problem;
}
