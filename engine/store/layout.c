/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - a table as a group.
 *
 *     /state            title
 *       time            dimension scale: the table's own coordinate
 *       port            dimension scale: a copy of /ports/name, for columns across it
 *       crew(time)      attached to time
 *       docked(time, port)
 *
 * Every scale stands in the group that uses it, because netCDF readers of one group
 * don't look into another.  Units are such that xarray decodes times, and only times.
 */
#include "store/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "isssim/status.h"

/* Where we are; and what every column of the group needs. */
struct here {
    struct iss_book *book;
    const struct iss_outcome *outcome;
    const struct iss_table *table;
    const char *time_units;
    hid_t group;
};

/* The scale of a table that names none. */
static const struct iss_column row_column = {.name = ISS_ROW_SCALE,
                                             .kind = ISS_COLUMN_COUNT,
                                             .units = "1",
                                             .long_name = "row number, from 0"};

static const int64_t no_time = ISS_NO_TIME;

int
iss_layout_time_units(const char *epoch, char units[ISS_TIME_UNITS])
{
    char text[32];
    int64_t us;

    if (epoch == NULL || iss_civil_parse(epoch, &us) != ISS_CIVIL_OK) {
        return ISS_ERR_INVARIANT;
    }
    iss_civil_format(us, us % ISS_US_PER_S == 0 ? ISS_CIVIL_SECOND : ISS_CIVIL_FULL,
                     text);
    /* CF's form; with the T and the Z some readers see a time zone. */
    text[strcspn(text, "T")] = ' ';
    text[strcspn(text, "Z")] = '\0';
    snprintf(units, ISS_TIME_UNITS, "microseconds since %s", text);
    return ISS_OK;
}

enum iss_h5_type
iss_layout_type(enum iss_column_kind kind)
{
    switch (kind) {
    case ISS_COLUMN_TIME:
    case ISS_COLUMN_TIME_NULL:
    case ISS_COLUMN_COUNT:
        return ISS_H5_INT64;
    case ISS_COLUMN_REAL:
        return ISS_H5_REAL;
    case ISS_COLUMN_ID:
        return ISS_H5_INT32;
    case ISS_COLUMN_CODE:
        return ISS_H5_UINT8;
    case ISS_COLUMN_FLAG:
        return ISS_H5_INT8;
    case ISS_COLUMN_HASH:
        return ISS_H5_UINT64;
    case ISS_COLUMN_TEXT:
        break;
    }
    return ISS_H5_TEXT;
}

static void
fail(const struct here *here, int status, const char *name)
{
    char where[96];

    snprintf(where, sizeof(where), "/%s/%s", here->table->name, name);
    iss_book_fail(here->book, status, where);
}

/* The names of the codes, separated by blanks, as CF wants them. */
static void
flags(const struct here *here, hid_t id, const struct iss_column *column)
{
    uint8_t values[ISS_H5_ATTRIBUTE_VALUES];
    const char *words = "";

    if (column->meaning_count < 1 || column->meaning_count > ISS_H5_ATTRIBUTE_VALUES) {
        fail(here, ISS_ERR_INVARIANT, column->name);
        return;
    }
    for (int32_t i = 0; i < column->meaning_count; i++) {
        values[i] = (uint8_t)i;
        words = iss_arena_printf(&here->book->arena, "%s%s%s", words, i == 0 ? "" : " ",
                                 column->meanings[i]);
        if (words == NULL) {
            fail(here, ISS_ERR_NO_MEMORY, column->name);
            return;
        }
    }
    iss_book_numbers(here->book, id, "flag_values", ISS_H5_UINT8,
                     (size_t)column->meaning_count, values);
    iss_book_text(here->book, id, "flag_meanings", words);
}

static void
attributes(const struct here *here, hid_t id, const struct iss_column *column)
{
    struct iss_book *book = here->book;
    const char *units = column->units == NULL ? "1" : column->units;

    iss_book_text(book, id, "long_name", column->long_name);
    switch (column->kind) {
    case ISS_COLUMN_TIME_NULL:
        iss_book_numbers(book, id, "_FillValue", ISS_H5_INT64, 0, &no_time);
        /* fallthrough */
    case ISS_COLUMN_TIME:
        iss_book_text(book, id, "units", here->time_units);
        iss_book_text(book, id, "calendar", "proleptic_gregorian");
        return;
    case ISS_COLUMN_TEXT:
        return;
    case ISS_COLUMN_CODE:
        flags(here, id, column);
        break;
    case ISS_COLUMN_FLAG:
        iss_book_text(book, id, "dtype", "bool");
        break;
    case ISS_COLUMN_ID:
        iss_book_text(book, id, "refers_to", column->refers_to);
        break;
    case ISS_COLUMN_REAL:
    case ISS_COLUMN_COUNT:
    case ISS_COLUMN_HASH:
        break;
    }
    iss_book_text(book, id, "units", units);
}

void
iss_layout_attributes(struct iss_book *book, hid_t id, const struct iss_table *table,
                      const struct iss_column *column, const char *time_units)
{
    const struct here here = {.book = book, .table = table, .time_units = time_units};

    attributes(&here, id, column);
}

/* The dataset `name` with the values and attributes of `column`. */
static hid_t
dataset(const struct here *here, const struct iss_column *column, const char *name,
        size_t rows)
{
    struct iss_h5_array array = {.name = name,
                                 .type = iss_layout_type(column->kind),
                                 .rank = iss_column_rank(column),
                                 .dims = {rows},
                                 .values = column->data.any};
    hid_t id;

    for (int i = 1; i < array.rank; i++) {
        array.dims[i] = (size_t)iss_column_axis(column, i - 1).width;
    }
    if (column->kind == ISS_COLUMN_TIME_NULL) {
        array.fill = &no_time;
    }
    id = iss_book_array(here->book, here->group, &array);
    attributes(here, id, column);
    return id;
}

/* The coordinate of `table`: its scale, or made-up row numbers in `made`. */
static const struct iss_column *
coordinate(const struct here *here, const struct iss_table *table,
           struct iss_column *made)
{
    if (table->scale != NULL) {
        return iss_table_column(table, table->scale);
    }
    *made = row_column;
    made->data.count =
        iss_arena_array(&here->book->arena, table->rows, sizeof(int64_t));
    if (made->data.count == NULL) {
        fail(here, ISS_ERR_NO_MEMORY, ISS_ROW_SCALE);
        return NULL;
    }
    for (size_t i = 0; i < table->rows; i++) {
        made->data.count[i] = (int64_t)i;
    }
    return made;
}

/* The coordinate of `table` as dimension scale `name` in this group; of NULL, the
 * coordinate's own name. */
static hid_t
scale(const struct here *here, const struct iss_table *table, const char *name)
{
    struct iss_column made;
    const struct iss_column *column = coordinate(here, table, &made);
    hid_t id;

    if (column == NULL || column->across != NULL) {
        fail(here, ISS_ERR_INVARIANT, name == NULL ? table->scale : name);
        return H5I_INVALID_HID;
    }
    name = name == NULL ? column->name : name;
    id = dataset(here, column, name, table->rows);
    iss_book_scale(here->book, id, name);
    return id;
}

/* Is column `index` the first in its table to run along `dimension`? */
static bool
is_first_along(const struct iss_table *table, int32_t index, const char *dimension)
{
    for (int32_t i = 0; i < index * ISS_COLUMN_AXES; i++) {
        struct iss_axis axis =
            iss_column_axis(&table->columns[i / ISS_COLUMN_AXES], i % ISS_COLUMN_AXES);
        if (axis.across != NULL && strcmp(axis.dimension, dimension) == 0) {
            return false;
        }
    }
    return true;
}

/* The scale of a column's further dimension: a copy of the other table's coordinate,
 * which says where it is from. */
static hid_t
further_scale(const struct here *here, int32_t index, int which)
{
    const struct iss_column *column = &here->table->columns[index];
    const struct iss_axis axis = iss_column_axis(column, which);
    const struct iss_table *other = iss_outcome_table(here->outcome, axis.across);
    hid_t id;

    if (other == NULL || axis.width < 0 || other->rows != (size_t)axis.width) {
        fail(here, ISS_ERR_INVARIANT, column->name);
        return H5I_INVALID_HID;
    }
    if (!is_first_along(here->table, index, axis.dimension)) {
        return iss_book_open(here->book, here->group, axis.dimension);
    }
    id = scale(here, other, axis.dimension);
    iss_book_text(here->book, id, "copy_of", other->name);
    return id;
}

static void
plain_column(const struct here *here, int32_t index, hid_t rows)
{
    const struct iss_column *column = &here->table->columns[index];
    struct iss_book *book = here->book;
    hid_t scales[ISS_H5_RANK] = {rows, H5I_INVALID_HID, H5I_INVALID_HID};
    int rank = iss_column_rank(column);
    hid_t id;

    for (int i = 1; i < rank; i++) {
        scales[i] = further_scale(here, index, i - 1);
    }
    id = dataset(here, column, column->name, here->table->rows);
    for (int i = 0; i < rank; i++) {
        iss_book_attach(book, id, scales[i], (unsigned)i);
    }
    iss_book_close(book, id);
    for (int i = 1; i < rank; i++) {
        iss_book_close(book, scales[i]);
    }
}

void
iss_layout_table(struct iss_book *book, hid_t parent, const struct iss_outcome *outcome,
                 const struct iss_table *table, const char *time_units)
{
    struct here here = {.book = book,
                        .outcome = outcome,
                        .table = table,
                        .time_units = time_units,
                        .group = iss_book_group(book, parent, table->name)};
    hid_t rows;

    iss_book_text(book, here.group, "title", table->title);
    rows = scale(&here, table, NULL);
    for (int32_t i = 0; i < table->column_count; i++) {
        if (table->scale == NULL || strcmp(table->columns[i].name, table->scale) != 0) {
            plain_column(&here, i, rows);
        }
    }
    iss_book_close(book, rows);
    iss_book_close(book, here.group);
}
