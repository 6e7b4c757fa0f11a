/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_columns.h - /replications: its columns, where each lies in the file, and
 * the values that go there.
 */
#ifndef ISS_STORE_STUDY_COLUMNS_H
#define ISS_STORE_STUDY_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/block.h"
#include "outcome/table.h"
#include "store/book.h"
#include "store/disk.h"

#define ISS_ROWS "replications" /* the group */

/* The columns before the metrics. */
enum {
    ISS_ROW_REPLICATION,
    ISS_ROW_FINGERPRINT,
    ISS_ROW_EVENTS,
    ISS_ROW_STATUS,
    ISS_ROW_METRICS
};

/** Their names. */
extern const char *const iss_study_row_names[ISS_ROW_METRICS];

struct iss_study_columns {
    struct iss_table table; /* the columns have no data here */
    int32_t metric_count;
    const struct iss_metric_info *metrics; /* borrowed */
    size_t *offsets;                       /* of each column in the file */
    uint64_t *sums;                        /* of each: what was written, in any order */
    void *room;                            /* for one column of a block */
    size_t capacity;                       /* values of 8 bytes */
};

/** Describe the columns of a study of `rows` rows, in `arena`.  ISS_OK,
 *  ISS_ERR_NO_MEMORY; ISS_ERR_INVARIANT when a metric is called like a column. */
ISS_MUST_CHECK int iss_study_columns_init(struct iss_study_columns *columns,
                                          const struct iss_study_info *info,
                                          uint64_t rows, struct iss_arena *arena);
void iss_study_columns_clear(struct iss_study_columns *columns);

/** Lay the group out, noting the offsets; or compare it, offsets and all. */
void iss_study_columns_layout(struct iss_study_columns *columns, struct iss_book *book);

/** Write a block's rows from row `at` of the file.  ISS_OK; ISS_ERR_NO_MEMORY;
 *  ISS_ERR_INVARIANT for a status that is none; ISS_ERR_WRITE with *error set. */
ISS_MUST_CHECK int iss_study_columns_put(struct iss_study_columns *columns, int fd,
                                         const struct iss_block *block, uint64_t at,
                                         struct iss_disk_error *error);

/** Does the file have what was put?  False with *error set and *index the column; an
 *  error EIO is other values, too. */
bool iss_study_columns_verify(const struct iss_study_columns *columns, int fd,
                              struct iss_disk_error *error, int32_t *index);

/** Read `count` values of column `index` from row `first`.  False with *error set. */
bool iss_study_columns_get(const struct iss_study_columns *columns, int32_t index,
                           int fd, uint64_t first, size_t count, double *values,
                           struct iss_disk_error *error);

/** The code of a status in the column: its place in ISS_STATUS_LIST; -1 for none. */
int iss_study_status_code(int status);

/** The status that the list calls so; 1 for none. */
int iss_study_named_status(const char *name, size_t length);

#endif
