/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome/block.h - what a study is, and the blocks of rows that it is made of.
 *
 * Rows are a study's only truth.  They come in blocks: any run of consecutive
 * replications, in any order of blocks.  A block carries, besides its rows, what its
 * replications add to the fans: integer counts, so that any division into blocks, in
 * any order, sums up to the same bits.
 */
#ifndef ISS_OUTCOME_BLOCK_H
#define ISS_OUTCOME_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "outcome/row.h"

/* A whole-numbered quantity over time, such as the people aboard. */
struct iss_series_info {
    const char *name;
    const char *units;
    const char *doc;
    int32_t bins; /* it takes the values 0 to bins - 1 */
};

/* What must be equal for two results to be parts of one study; texts are borrowed. */
struct iss_study_info {
    const char *model_hash; /* of the scenario, 64 hex digits: model/identity.h */
    const char *version;    /* of the program */
    const char *numerics;   /* fingerprint of the floating-point library calls */
    uint64_t seed;
    int32_t metric_count, series_count, grid_count;
    const struct iss_metric_info *metrics; /* the columns of a row, in order */
    const struct iss_series_info *series;
    const int64_t *grid_us; /* when the series are looked at, since the start */
};

struct iss_block {
    uint64_t first;         /* replication of the first row */
    uint32_t count;         /* rows */
    uint64_t *fingerprints; /* count each: of the sequence of events, */
    uint64_t *events;       /* how many there were, */
    int32_t *status;        /* ISS_OK or why the replication ended early */
    double *metrics;        /* count x metric_count, row by row; NaN = no value */
    /* How often each value was seen at each moment over the block's replications that
     * ended well: series by series, grid_count x bins each. */
    uint32_t *fans;
};

/** Numbers in `fans` of a block of this study. */
size_t iss_study_fan_size(const struct iss_study_info *info);

/** Room for `capacity` rows of this study, zeroed; ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_block_init(struct iss_block *block, const struct iss_study_info *info,
                   uint32_t capacity);
void iss_block_clear(struct iss_block *block);

/*
 * A block as one run of bytes, in the machine's byte order, for files and messages:
 * first (uint64), count (uint64), fingerprints, events, metrics, status, fans.
 */

/** Bytes that `count` rows of this study take. */
size_t iss_block_packed_size(const struct iss_study_info *info, uint32_t count);

/** Write a block into `bytes`, which has room for it. */
void iss_block_pack(const struct iss_study_info *info, const struct iss_block *block,
                    void *bytes);

/** Read one back into `block`, which has room for `capacity` rows.  ISS_OK, or
 *  ISS_ERR_FORMAT when `size` isn't what the block says, or it has more rows. */
int iss_block_unpack(const struct iss_study_info *info, const void *bytes, size_t size,
                     uint32_t capacity, struct iss_block *block);

/* Where finished blocks go.  Called by one thread at a time. */
struct iss_sink {
    void *self;
    /** ISS_OK once the block is safe; else what went wrong, and the study ends. */
    int (*commit)(void *self, const struct iss_block *block);
};

/* A column of numbers that is read piece by piece. */
struct iss_column_source {
    void *self;
    uint64_t rows;
    /** Values `first` to `first + count - 1`; ISS_OK or an error of reading. */
    int (*read)(void *self, uint64_t first, size_t count, double *values);
};

#endif
