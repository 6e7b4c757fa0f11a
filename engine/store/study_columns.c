/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_columns.c - rows turned into columns.
 *
 * HDF5 makes each column, in one piece, and tells where it is; the values are written
 * there beside HDF5.  What was written is known by a sum over (row, value), which
 * doesn't depend on the order of writing.
 */
#include "store/study_columns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "store/layout.h"

#define PIECE 4096 /* values read at once */

const char *const iss_study_row_names[ISS_ROW_METRICS] = {"replication", "fingerprint",
                                                          "events", "status"};

static const struct iss_column first_columns[ISS_ROW_METRICS] = {
    {.kind = ISS_COLUMN_COUNT,
     .units = "1",
     .long_name = "number of the replication, from 0"},
    {.kind = ISS_COLUMN_HASH,
     .units = "1",
     .long_name = "hash of the sequence of events"},
    {.kind = ISS_COLUMN_COUNT, .units = "1", .long_name = "events handled"},
    {.kind = ISS_COLUMN_CODE,
     .long_name = "how the replication ended; any but OK ended early and has no "
                  "metrics"},
};

#define STATUS_NAME(name, value, exit_code, text)  #name,
#define STATUS_VALUE(name, value, exit_code, text) value,
static const char *const status_names[] = {ISS_STATUS_LIST(STATUS_NAME)};
static const int status_values[] = {ISS_STATUS_LIST(STATUS_VALUE)};
enum { STATUS_COUNT = sizeof(status_values) / sizeof(*status_values) };

int
iss_study_status_code(int status)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (status_values[i] == status) {
            return i;
        }
    }
    return -1;
}

int
iss_study_named_status(const char *name, size_t length)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (strlen(status_names[i]) == length &&
            memcmp(name, status_names[i], length) == 0) {
            return status_values[i];
        }
    }
    return 1;
}

/* ---- description --------------------------------------------------------------- */

static bool
is_taken(const char *name)
{
    for (int i = 0; i < ISS_ROW_METRICS; i++) {
        if (strcmp(name, iss_study_row_names[i]) == 0) {
            return true;
        }
    }
    return false;
}

int
iss_study_columns_init(struct iss_study_columns *columns,
                       const struct iss_study_info *info, uint64_t rows,
                       struct iss_arena *arena)
{
    size_t count = (size_t)info->metric_count + ISS_ROW_METRICS;
    struct iss_column *list = iss_arena_array(arena, count, sizeof(*list));

    *columns = (struct iss_study_columns){
        .table = {.name = ISS_ROWS,
                  .title = "One row a replication",
                  .scale = iss_study_row_names[ISS_ROW_REPLICATION],
                  .rows = (size_t)rows,
                  .column_count = (int32_t)count,
                  .columns = list},
        .metric_count = info->metric_count,
        .metrics = info->metrics,
        .offsets = iss_arena_array(arena, count, sizeof(*columns->offsets)),
        .sums = iss_arena_array(arena, count, sizeof(*columns->sums))};
    if (list == NULL || columns->offsets == NULL || columns->sums == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    memcpy(list, first_columns, sizeof(first_columns));
    for (int i = 0; i < ISS_ROW_METRICS; i++) {
        list[i].name = iss_study_row_names[i];
    }
    list[ISS_ROW_STATUS].meanings = status_names;
    list[ISS_ROW_STATUS].meaning_count = STATUS_COUNT;
    for (int32_t i = 0; i < info->metric_count; i++) {
        if (is_taken(info->metrics[i].name)) {
            return ISS_ERR_INVARIANT;
        }
        list[ISS_ROW_METRICS + i] =
            (struct iss_column){.name = info->metrics[i].name,
                                .kind = ISS_COLUMN_REAL,
                                .units = info->metrics[i].units,
                                .long_name = info->metrics[i].doc};
    }
    return ISS_OK;
}

void
iss_study_columns_clear(struct iss_study_columns *columns)
{
    free(columns->room);
    *columns = (struct iss_study_columns){0};
}

/* One column's dataset, with a place in the file. */
static hid_t
layout_column(struct iss_study_columns *columns, struct iss_book *book, hid_t group,
              int32_t index)
{
    const struct iss_column *column = &columns->table.columns[index];
    hid_t id =
        iss_book_reserve(book, group,
                         &(struct iss_h5_array){.name = column->name,
                                                .type = iss_layout_type(column->kind),
                                                .rank = 1,
                                                .dims = {columns->table.rows, 0}});
    size_t offset;

    iss_layout_attributes(book, id, &columns->table, column, "");
    if (index >= ISS_ROW_METRICS) {
        iss_book_text(book, id, "kind",
                      iss_metric_kinds[columns->metrics[index - ISS_ROW_METRICS].kind]);
    }
    if (book->status != ISS_OK) {
        return id;
    }
    offset = (size_t)H5Dget_offset(id); /* of no rows it means nothing */
    if (book->mode == ISS_BOOK_WRITE) {
        columns->offsets[index] = offset;
    }
    if (columns->offsets[index] != offset ||
        (columns->table.rows > 0 && offset == (size_t)HADDR_UNDEF)) {
        iss_book_fail(book, ISS_OK, column->name);
    }
    return id;
}

void
iss_study_columns_layout(struct iss_study_columns *columns, struct iss_book *book)
{
    hid_t group = iss_book_group(book, book->file, columns->table.name);
    hid_t scale, id;

    iss_book_text(book, group, "title", columns->table.title);
    scale = layout_column(columns, book, group, ISS_ROW_REPLICATION);
    iss_book_scale(book, scale, columns->table.scale);
    for (int32_t i = ISS_ROW_FINGERPRINT; i < columns->table.column_count; i++) {
        id = layout_column(columns, book, group, i);
        iss_book_attach(book, id, scale, 0);
        iss_book_close(book, id);
    }
    iss_book_close(book, scale);
    iss_book_close(book, group);
}

/* ---- values -------------------------------------------------------------------- */

static size_t
value_size(const struct iss_study_columns *columns, int32_t index)
{
    return iss_column_value_size(columns->table.columns[index].kind);
}

static size_t
place_of(const struct iss_study_columns *columns, int32_t index, uint64_t row)
{
    return columns->offsets[index] + (size_t)row * value_size(columns, index);
}

/* The sum over values of 1 or 8 bytes, of the rows from `first`. */
static uint64_t
sum_of(const void *values, size_t size, uint64_t first, size_t count)
{
    const unsigned char *bytes = values;
    const uint64_t *words = values;
    uint64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t value = size == 1 ? bytes[i] : words[i];
        sum += iss_hash_fold(iss_hash_fold(0, first + i), value);
    }
    return sum;
}

/* Column `index` of a block into `room`; false for a status that is none. */
static bool
gather(const struct iss_study_columns *columns, int32_t index,
       const struct iss_block *block, void *room)
{
    const double *metric = block->metrics + (index - ISS_ROW_METRICS);
    uint8_t *codes = room;
    int64_t *numbers = room;
    double *reals = room;

    for (uint32_t i = 0; i < block->count; i++) {
        int code;

        switch (index) {
        case ISS_ROW_REPLICATION:
            numbers[i] = (int64_t)(block->first + i);
            break;
        case ISS_ROW_STATUS:
            code = iss_study_status_code(block->status[i]);
            if (code < 0) {
                return false;
            }
            codes[i] = (uint8_t)code;
            break;
        default:
            reals[i] = metric[(size_t)i * (size_t)columns->metric_count];
        }
    }
    return true;
}

/* The values of column `index`, gathered if they don't lie together; NULL for a status
 * that is none. */
static const void *
values_of(const struct iss_study_columns *columns, int32_t index,
          const struct iss_block *block)
{
    if (index == ISS_ROW_FINGERPRINT) {
        return block->fingerprints;
    }
    if (index == ISS_ROW_EVENTS) {
        return block->events;
    }
    return gather(columns, index, block, columns->room) ? columns->room : NULL;
}

static int
make_room(struct iss_study_columns *columns, size_t values)
{
    if (columns->capacity < values) {
        free(columns->room);
        columns->room = malloc(values * sizeof(uint64_t));
        columns->capacity = columns->room == NULL ? 0 : values;
    }
    return columns->capacity < values ? ISS_ERR_NO_MEMORY : ISS_OK;
}

int
iss_study_columns_put(struct iss_study_columns *columns, int fd,
                      const struct iss_block *block, uint64_t at,
                      struct iss_disk_error *error)
{
    int status = make_room(columns, block->count);

    for (int32_t i = 0; status == ISS_OK && i < columns->table.column_count; i++) {
        const size_t size = value_size(columns, i);
        const void *values = values_of(columns, i, block);

        if (values == NULL) {
            return ISS_ERR_INVARIANT;
        }
        if (!iss_disk_put(fd, values, block->count * size, place_of(columns, i, at),
                          error)) {
            return ISS_ERR_WRITE;
        }
        columns->sums[i] += sum_of(values, size, at, block->count);
    }
    return status;
}

bool
iss_study_columns_verify(const struct iss_study_columns *columns, int fd,
                         struct iss_disk_error *error, int32_t *index)
{
    uint64_t room[PIECE];
    size_t rows = columns->table.rows;

    for (*index = 0; *index < columns->table.column_count; ++*index) {
        const size_t size = value_size(columns, *index);
        uint64_t sum = 0;

        for (size_t at = 0; at < rows; at += PIECE) {
            size_t count = rows - at < PIECE ? rows - at : PIECE;

            if (!iss_disk_get(fd, room, count * size, place_of(columns, *index, at),
                              error)) {
                return false;
            }
            sum += sum_of(room, size, at, count);
        }
        if (sum != columns->sums[*index]) {
            *error = (struct iss_disk_error){.error = EIO, .reading = true};
            return false;
        }
    }
    return true;
}

static double
as_real(enum iss_column_kind kind, const void *values, size_t i)
{
    switch (kind) {
    case ISS_COLUMN_REAL:
        return ((const double *)values)[i];
    case ISS_COLUMN_COUNT:
        return (double)((const int64_t *)values)[i];
    case ISS_COLUMN_CODE:
        return (double)((const uint8_t *)values)[i];
    default:
        return (double)((const uint64_t *)values)[i];
    }
}

bool
iss_study_columns_get(const struct iss_study_columns *columns, int32_t index, int fd,
                      uint64_t first, size_t count, double *values,
                      struct iss_disk_error *error)
{
    const size_t size = value_size(columns, index);
    uint64_t room[PIECE];

    while (count > 0) {
        size_t piece = count < PIECE ? count : PIECE;

        if (!iss_disk_get(fd, room, piece * size, place_of(columns, index, first),
                          error)) {
            return false;
        }
        for (size_t i = 0; i < piece; i++) {
            values[i] = as_real(columns->table.columns[index].kind, room, i);
        }
        first += piece;
        values += piece;
        count -= piece;
    }
    return true;
}
