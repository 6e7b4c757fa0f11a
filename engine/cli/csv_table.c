/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv_table.c - a table of an outcome as rows of fields.
 *
 * A column's second dimension becomes fields, named after the rows of the table that it
 * runs over: docked_zvezda_aft.  Where a column has a third, as value(series, time,
 * quantile), the second becomes rows instead: one a series and moment, with the moment
 * as a field, so that a program which draws curves needs no rearranging.
 */
#include <string.h>

#include "base/civil.h"
#include "cli/csv.h"
#include "isssim/status.h"

struct printing {
    struct iss_csv *csv;
    const struct iss_table *table;
    struct iss_axis rows; /* the dimension that becomes rows; across is NULL for none */
    struct iss_arena arena;
};

/* Whether the second dimension of `column` becomes rows. */
static bool
is_unrolled(const struct printing *self, const struct iss_column *column)
{
    struct iss_axis axis = iss_column_axis(column, 0);

    return self->rows.across != NULL && axis.across != NULL &&
           strcmp(axis.across, self->rows.across) == 0 &&
           axis.width == self->rows.width;
}

/* How many fields of a row come from the column. */
static size_t
field_count(const struct printing *self, const struct iss_column *column)
{
    size_t count = 1;

    for (int i = is_unrolled(self, column); i < iss_column_rank(column) - 1; i++) {
        count *= (size_t)iss_column_axis(column, i).width;
    }
    return count;
}

/* ---- names --------------------------------------------------------------------- */

static const struct iss_column *
first_text(const struct iss_table *table)
{
    for (int32_t i = 0; table != NULL && i < table->column_count; i++) {
        if (table->columns[i].kind == ISS_COLUMN_TEXT &&
            iss_column_rank(&table->columns[i]) == 1) {
            return &table->columns[i];
        }
    }
    return NULL;
}

/* What names the rows of a table that a dimension runs over: a text, or its scale. */
static const struct iss_column *
names_along(const struct printing *self, const struct iss_axis *axis)
{
    const struct iss_table *table = iss_outcome_table(self->csv->outcome, axis->across);
    const struct iss_column *names = first_text(table);

    if (names == NULL && table != NULL && table->scale != NULL) {
        names = iss_table_column(table, table->scale);
    }
    return names != NULL && iss_column_rank(names) == 1 &&
                   table->rows == (size_t)axis->width
               ? names
               : NULL;
}

/* "_zvezda_aft": what tells one of a column's fields from the others. */
static const char *
ending(struct printing *self, struct iss_axis axis, size_t index)
{
    const struct iss_column *names = names_along(self, &axis);
    char text[32];

    if (names != NULL && names->kind == ISS_COLUMN_TEXT) {
        return iss_arena_printf(&self->arena, "_%s", names->data.text[index]);
    }
    if (names != NULL && names->kind == ISS_COLUMN_REAL) {
        return iss_arena_printf(&self->arena, "_%s",
                                iss_csv_real_text(names->data.real[index], text));
    }
    return iss_arena_printf(&self->arena, "_%zu", index);
}

static const char *
field_name(struct printing *self, const struct iss_column *column, size_t index)
{
    const char *name = column->name;
    size_t left = field_count(self, column);

    for (int i = is_unrolled(self, column); i < iss_column_rank(column) - 1; i++) {
        struct iss_axis axis = iss_column_axis(column, i);
        left /= (size_t)axis.width;
        const char *end = ending(self, axis, index / left);
        name = end == NULL || name == NULL
                   ? NULL
                   : iss_arena_printf(&self->arena, "%s%s", name, end);
        index %= left;
    }
    return name;
}

static int
print_names(struct printing *self)
{
    for (int32_t i = 0; i < self->table->column_count; i++) {
        const struct iss_column *column = &self->table->columns[i];

        for (size_t k = 0; k < field_count(self, column); k++) {
            const char *name = field_name(self, column, k);
            if (name == NULL) {
                return ISS_ERR_NO_MEMORY;
            }
            iss_csv_text(self->csv, name);
        }
        if (i == 0 && self->rows.across != NULL) {
            iss_csv_text(self->csv, self->rows.dimension);
        }
    }
    return iss_csv_end_row(self->csv);
}

/* ---- values -------------------------------------------------------------------- */

static void
print_reference(struct iss_csv *csv, const char *table, int32_t row)
{
    const struct iss_column *names = first_text(iss_outcome_table(csv->outcome, table));

    if (row < 0) {
        iss_csv_text(csv, "");
    } else if (names != NULL) {
        iss_csv_text(csv, names->data.text[row]);
    } else {
        iss_csv_whole(csv, row);
    }
}

static void
print_value(struct iss_csv *csv, const struct iss_column *column, size_t at)
{
    switch (column->kind) {
    case ISS_COLUMN_TIME:
    case ISS_COLUMN_TIME_NULL:
        iss_csv_time(csv, column->data.time[at]);
        break;
    case ISS_COLUMN_REAL:
        iss_csv_real(csv, column->data.real[at]);
        break;
    case ISS_COLUMN_COUNT:
        iss_csv_whole(csv, column->data.count[at]);
        break;
    case ISS_COLUMN_ID:
        print_reference(csv, column->refers_to, column->data.id[at]);
        break;
    case ISS_COLUMN_CODE:
        iss_csv_text(csv, column->meanings[column->data.code[at]]);
        break;
    case ISS_COLUMN_FLAG:
        iss_csv_text(csv, column->data.flag[at] ? "true" : "false");
        break;
    case ISS_COLUMN_HASH:
        iss_csv_hash(csv, column->data.hash[at]);
        break;
    case ISS_COLUMN_TEXT:
        iss_csv_text(csv, column->data.text[at]);
        break;
    }
}

static void
print_moment(struct printing *self, size_t index)
{
    const struct iss_column *names = names_along(self, &self->rows);

    if (names != NULL) {
        print_value(self->csv, names, index);
    } else {
        iss_csv_whole(self->csv, (int64_t)index);
    }
}

/* Row `row`, or of the rows that it becomes the one at `index`. */
static int
print_row(struct printing *self, size_t row, size_t index)
{
    for (int32_t i = 0; i < self->table->column_count; i++) {
        const struct iss_column *column = &self->table->columns[i];
        size_t count = field_count(self, column);
        size_t at = row * iss_column_row_values(column) +
                    (is_unrolled(self, column) ? index * count : 0);

        for (size_t k = 0; k < count; k++) {
            print_value(self->csv, column, at + k);
        }
        if (i == 0 && self->rows.across != NULL) {
            print_moment(self, index);
        }
    }
    return iss_csv_end_row(self->csv);
}

int
iss_csv_table(struct iss_csv *csv, const struct iss_table *table)
{
    struct printing self = {.csv = csv, .table = table};
    size_t each = 1;
    int status;

    for (int32_t i = 0; i < table->column_count; i++) {
        if (iss_column_rank(&table->columns[i]) == 1 + ISS_COLUMN_AXES) {
            self.rows = iss_column_axis(&table->columns[i], 0);
            each = (size_t)self.rows.width;
        }
    }
    status = print_names(&self);
    for (size_t row = 0; status == ISS_OK && row < table->rows; row++) {
        for (size_t k = 0; status == ISS_OK && k < each; k++) {
            status = print_row(&self, row, k);
        }
    }
    iss_arena_clear(&self.arena);
    return status;
}
