/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_reader.h - a study's file being read, within the store: what opening
 * (study_open.c) and giving the rows (study_read.c) have in common.
 */
#ifndef ISS_STORE_STUDY_READER_H
#define ISS_STORE_STUDY_READER_H

#include <hdf5.h>

#include "store/driver.h"
#include "store/h5.h"
#include "store/read_origin.h"
#include "store/study_columns.h"
#include "store/study_read.h"

struct iss_study_reader {
    struct iss_study_facts facts;
    struct iss_reading reading;
    struct iss_driver driver;
    hid_t group;    /* /replications */
    hid_t *columns; /* its datasets: the fixed ones, then the metrics */
    int32_t column_count;
    uint64_t row_count;
    int64_t *fans_left; /* that no block has carried yet */
    int *statuses;      /* of each code of the column, in this file */
    int32_t status_count;
};

/** Tell that "/group/name" can't be read; ISS_ERR_FORMAT. */
int iss_study_damaged(const struct iss_study_reader *self, const char *group,
                      const char *name);

/** Read `count` values of column `index` from row `first`; ISS_OK or ISS_ERR_FORMAT. */
ISS_MUST_CHECK int iss_study_read_values(const struct iss_study_reader *self,
                                         int32_t index, uint64_t first, size_t count,
                                         enum iss_h5_type type, void *values);

#endif
