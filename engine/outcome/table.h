/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome/table.h - results as plain tables: what the store writes and the program
 * prints.
 *
 * A table is a group of columns of one length; in HDF5 a group with one 1-D dataset a
 * column.  No pointer leads back into a world, so that a result outlives its
 * replication. The kinds say how a value is stored and which attributes it carries
 * (docs: output format).
 */
#ifndef ISS_OUTCOME_TABLE_H
#define ISS_OUTCOME_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "isssim/status.h"

enum iss_column_kind {
    ISS_COLUMN_TIME,      /* int64 microseconds since the scenario's start */
    ISS_COLUMN_TIME_NULL, /* the same, ISS_NO_TIME = not known, with _FillValue */
    ISS_COLUMN_REAL,      /* double, NaN = missing */
    ISS_COLUMN_COUNT,     /* int64 */
    ISS_COLUMN_ID,        /* int32 row index into `refers_to`, -1 = none */
    ISS_COLUMN_CODE,      /* uint8 with flag_values and flag_meanings */
    ISS_COLUMN_FLAG,      /* int8 0 or 1, attribute dtype="bool" */
    ISS_COLUMN_HASH,      /* uint64 */
    ISS_COLUMN_TEXT       /* variable-length UTF-8; small tables only */
};

struct iss_column {
    const char *name;
    enum iss_column_kind kind;
    const char *units; /* UDUNITS style: "d", "kg", "1"; NULL for text, codes, ids */
    const char *long_name; /* one phrase, with the meaning of missing values */
    const char *refers_to; /* ISS_COLUMN_ID: the table whose rows are meant */
    const char *const
        *meanings; /* ISS_COLUMN_CODE: names of codes 0 .. meaning_count-1 */
    int32_t meaning_count;
    /* A second dimension: the table whose rows it runs over ("ports" of docked(time,
     * port)) and its length; NULL and 0 for a plain column. */
    const char *across;
    int32_t width;
    /* What the second dimension is called in the file ("port"); NULL: as `across`. */
    const char *dimension;
    /* A third dimension, of a column that has a second: value(series, time, quantile).
     * NULL, 0, NULL for none; `dimension`'s twin may be NULL as well. */
    const char *through;
    int32_t depth;
    const char *through_dimension;
    union {
        int64_t *time;
        double *real;
        int64_t *count;
        int32_t *id;
        uint8_t *code;
        int8_t *flag;
        uint64_t *hash;
        const char **text;
        void *any;
    } data; /* rows x width x depth values (each 1 when there is none), row-major */
};

/* A dimension of a column beyond its rows. */
struct iss_axis {
    const char *across; /* the table whose rows it runs over; NULL: no such dimension */
    int32_t width;
    const char *dimension; /* its name in the file */
};

#define ISS_COLUMN_AXES 2 /* at most */

struct iss_table {
    const char *name;  /* "events": the group's name */
    const char *title; /* one sentence */
    /* The column that is the table's dimension scale (coordinate): "time" where rows
     * are moments, "name" where rows are things; NULL for a scale of plain row numbers,
     * written as dataset "row". */
    const char *scale;
    size_t rows;
    size_t capacity; /* rows that the columns have room for */
    int32_t column_count;
    struct iss_column *columns;
};

/* A file that the scenario was read from. */
struct iss_outcome_file {
    const char *path;
    const char *sha256;
    const char *text;
};

/* One result, complete and self-contained. */
struct iss_outcome {
    struct iss_arena arena;
    const char *filetype; /* "isssim/run" */
    const char *title;
    const char *epoch; /* the scenario's start, ISO-8601 with Z */
    uint64_t seed;
    uint64_t replication;
    int32_t table_count;
    struct iss_table *tables;
    /* provenance */
    const char *scenario_text; /* the main file as read */
    const char *resolved_text; /* every layer merged */
    const char *model_hash;
    const char *numerics; /* fingerprint of the floating-point library calls */
    const char *const *overrides;
    int32_t override_count;
    const struct iss_outcome_file *files;
    int32_t file_count;
};

#define ISS_ROW_SCALE  "row" /* the coordinate of a table whose `scale` is NULL */
#define ISS_PROVENANCE "provenance" /* the file's own group; no table is called so */

/** The table called `name`, or NULL. */
const struct iss_table *iss_outcome_table(const struct iss_outcome *outcome,
                                          const char *name);

/** The column called `name`, or NULL. */
const struct iss_column *iss_table_column(const struct iss_table *table,
                                          const char *name);

/** Bytes of one value of a column of `kind`. */
size_t iss_column_value_size(enum iss_column_kind kind);

/** Dimension 1 + `index` of a column, index from 0 to ISS_COLUMN_AXES - 1. */
struct iss_axis iss_column_axis(const struct iss_column *column, int index);

/** How many dimensions a column has: 1 to 1 + ISS_COLUMN_AXES. */
int iss_column_rank(const struct iss_column *column);

/** Values in one row of `column`: 1, or as many as its further dimensions hold. */
size_t iss_column_row_values(const struct iss_column *column);

/**
 * Make `count` columns, described by `columns` (data ignored), into an empty table with
 * room for `capacity` rows.  Names, units, meanings are borrowed: literals, or texts of
 * the arena.  ISS_OK, or ISS_ERR_NO_MEMORY with the table left empty.
 */
ISS_MUST_CHECK int iss_table_init(struct iss_table *table, struct iss_arena *arena,
                                  const char *name, const char *title,
                                  const char *scale, const struct iss_column *columns,
                                  int32_t count, size_t capacity);

/**
 * Add a row of missing values (0, NaN, -1, ISS_NO_TIME, "" by kind), growing the table
 * in `arena` when it is full, and give its index.  Growing moves the columns' data.
 * ISS_OK, or ISS_ERR_NO_MEMORY with the table as it was.
 */
ISS_MUST_CHECK int iss_table_add(struct iss_table *table, struct iss_arena *arena,
                                 size_t *row);

/**
 * Find a table that couldn't be read as it is meant: a code without meaning, an id
 * beyond the table it refers to, times that decrease in a scale, an ISS_NEVER, text
 * that isn't UTF-8, a number without units, or in units that a reader takes for a time
 * span ("days").
 *
 * @return NULL when all is well, else a sentence `table.column: ...` in the outcome's
 *         arena (a plain one when there is no memory for it).
 */
const char *iss_outcome_problem(struct iss_outcome *outcome);

/** Release everything the outcome's arena holds; the outcome is then zeroed. */
void iss_outcome_clear(struct iss_outcome *outcome);

#endif
