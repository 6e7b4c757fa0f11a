/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * columns.h - columns of numbers in memory, which may fail to be read.
 */
#ifndef TEST_COLUMNS_H
#define TEST_COLUMNS_H

#include <string.h>

#include "isssim/status.h"
#include "outcome/block.h"

struct test_column {
    const double *values;
    uint64_t fails_from; /* reading at or beyond this row fails; 0: never */
};

static inline int
test_column_read(void *self, uint64_t first, size_t count, double *values)
{
    const struct test_column *column = self;

    if (column->fails_from > 0 && first + count > column->fails_from) {
        return ISS_ERR_FORMAT;
    }
    memcpy(values, column->values + first, count * sizeof *values);
    return ISS_OK;
}

static inline struct iss_column_source
test_column_source(struct test_column *column, uint64_t rows)
{
    return (struct iss_column_source){column, rows, test_column_read};
}

#endif
