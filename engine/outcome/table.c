/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - columns of one length that grow together.
 *
 * The arena owns every column; a table that grows leaves its former columns there,
 * which doubling keeps below the size of the latest ones.
 */
#include "outcome/table.h"

#include <math.h>
#include <string.h>

#include "base/civil.h"

#define FIRST_CAPACITY 16u

const struct iss_table *
iss_outcome_table(const struct iss_outcome *outcome, const char *name)
{
    for (int32_t i = 0; i < outcome->table_count; i++) {
        if (strcmp(outcome->tables[i].name, name) == 0) {
            return &outcome->tables[i];
        }
    }
    return NULL;
}

const struct iss_column *
iss_table_column(const struct iss_table *table, const char *name)
{
    for (int32_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

size_t
iss_column_value_size(enum iss_column_kind kind)
{
    switch (kind) {
    case ISS_COLUMN_TIME:
    case ISS_COLUMN_TIME_NULL:
    case ISS_COLUMN_COUNT:
        return sizeof(int64_t);
    case ISS_COLUMN_REAL:
        return sizeof(double);
    case ISS_COLUMN_ID:
        return sizeof(int32_t);
    case ISS_COLUMN_CODE:
        return sizeof(uint8_t);
    case ISS_COLUMN_FLAG:
        return sizeof(int8_t);
    case ISS_COLUMN_HASH:
        return sizeof(uint64_t);
    case ISS_COLUMN_TEXT:
        return sizeof(const char *);
    }
    return 0;
}

struct iss_axis
iss_column_axis(const struct iss_column *column, int index)
{
    struct iss_axis axis =
        index == 0 ? (struct iss_axis){column->across, column->width, column->dimension}
                   : (struct iss_axis){column->through, column->depth,
                                       column->through_dimension};

    if (axis.dimension == NULL) {
        axis.dimension = axis.across;
    }
    return axis;
}

int
iss_column_rank(const struct iss_column *column)
{
    int rank = 1;

    while (rank <= ISS_COLUMN_AXES &&
           iss_column_axis(column, rank - 1).across != NULL) {
        rank++;
    }
    return rank;
}

size_t
iss_column_row_values(const struct iss_column *column)
{
    size_t values = 1;

    for (int i = 0; i < iss_column_rank(column) - 1; i++) {
        values *= (size_t)iss_column_axis(column, i).width;
    }
    return values;
}

static size_t
row_size(const struct iss_column *column)
{
    return iss_column_row_values(column) * iss_column_value_size(column->kind);
}

/* Room for `capacity` rows in every column, or in none. */
static int
grow(struct iss_table *table, struct iss_arena *arena, size_t capacity)
{
    size_t count = (size_t)table->column_count;
    void **data = iss_arena_array(arena, count, sizeof(*data));

    if (data == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        data[i] = iss_arena_array(arena, capacity, row_size(&table->columns[i]));
        if (data[i] == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct iss_column *column = &table->columns[i];

        if (table->rows > 0) {
            memcpy(data[i], column->data.any, table->rows * row_size(column));
        }
        column->data.any = data[i];
    }
    table->capacity = capacity;
    return ISS_OK;
}

int
iss_table_init(struct iss_table *table, struct iss_arena *arena, const char *name,
               const char *title, const char *scale, const struct iss_column *columns,
               int32_t count, size_t capacity)
{
    struct iss_column *own =
        iss_arena_array(arena, (size_t)count, sizeof(struct iss_column));
    int status;

    memset(table, 0, sizeof(*table));
    table->name = name;
    table->title = title;
    table->scale = scale;
    if (own == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < count; i++) {
        own[i] = columns[i];
        own[i].data.any = NULL;
    }
    table->columns = own;
    table->column_count = count;
    status = grow(table, arena, capacity);
    if (status != ISS_OK) {
        table->columns = NULL;
        table->column_count = 0;
    }
    return status;
}

/* Set the `count` values of `column` from `first` on to "missing". */
static void
set_missing(struct iss_column *column, size_t first, size_t count)
{
    size_t size = iss_column_value_size(column->kind);

    memset((char *)column->data.any + first * size, 0, count * size);
    for (size_t i = first; i < first + count; i++) {
        switch (column->kind) {
        case ISS_COLUMN_TIME_NULL:
            column->data.time[i] = ISS_NO_TIME;
            break;
        case ISS_COLUMN_REAL:
            column->data.real[i] = (double)NAN;
            break;
        case ISS_COLUMN_ID:
            column->data.id[i] = -1;
            break;
        case ISS_COLUMN_TEXT:
            column->data.text[i] = "";
            break;
        default: /* zero is what is missing */
            return;
        }
    }
}

int
iss_table_add(struct iss_table *table, struct iss_arena *arena, size_t *row)
{
    if (table->rows == table->capacity) {
        size_t capacity =
            table->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * table->capacity;
        int status = grow(table, arena, capacity);

        if (status != ISS_OK) {
            return status;
        }
    }
    for (int32_t i = 0; i < table->column_count; i++) {
        struct iss_column *column = &table->columns[i];
        size_t values = iss_column_row_values(column);

        set_missing(column, table->rows * values, values);
    }
    *row = table->rows++;
    return ISS_OK;
}

void
iss_outcome_clear(struct iss_outcome *outcome)
{
    iss_arena_clear(&outcome->arena);
    memset(outcome, 0, sizeof(*outcome));
}
