/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study.h - rows of any number become a study's HDF5 file, whole or not at all.
 *
 *     iss_study_create    x.h5.part with room for all rows, under the lock x.h5.lock
 *     iss_study_put       blocks, in any order; each value goes straight to its place
 *     iss_study_column    what was put, read back, for who sums it up
 *     iss_study_finish    tables and traces beside the rows; synced, all of it read
 *                         back and compared; renamed, and the folder synced
 *
 * Memory: a block, the fans, and the tables.  Which blocks the rows came in, and in
 * which order, changes no byte of the file.
 *
 * Not for two threads at once: HDF5's own state is the process's.
 */
#ifndef ISS_STORE_STUDY_H
#define ISS_STORE_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/block.h"
#include "outcome/range.h"
#include "outcome/table.h"
#include "store/store.h"
#include "store/study_info.h"

struct iss_study;

/* What the file is going to be. */
struct iss_study_extent {
    const struct iss_study_info *info; /* borrowed until the end */
    const struct iss_ranges *rows;     /* the replications that it has */
    uint64_t requested;                /* how many were asked for, of all shards */
    bool complete;                     /* false: it was stopped before its end */
    struct iss_shard shard;
    double confidence; /* of the intervals in its summary */
};

/**
 * Begin the file `path`, with all the room that its rows take.
 *
 * @param origin   what iss_store_write() takes; only its files are looked at, so that
 *                 none is overwritten.
 * @param options  borrowed until the end.
 * @param message  likewise: on failure one line for a person, at most `size` bytes.
 * @return as iss_store_write(); also ISS_ERR_WRITE when the disk is too small.  On
 *         failure `path` is as it was before.
 */
ISS_MUST_CHECK int iss_study_create(struct iss_study **study, const char *path,
                                    const struct iss_study_extent *plan,
                                    const struct iss_outcome *origin,
                                    const struct iss_store_options *options,
                                    char *message, size_t size);

/** Write the rows of a block, and add its fans.  A block without any of the planned
 *  rows is passed over.  ISS_OK; ISS_ERR_OVERLAP when some were put before;
 *  ISS_ERR_INVARIANT when only some are planned (fans can't be divided), or a status is
 *  none; ISS_ERR_WRITE; ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_study_put(struct iss_study *study,
                                 const struct iss_block *block);

/** The file as a sink of blocks. */
struct iss_sink iss_study_sink(struct iss_study *study);

/** The column `name` of /replications ("status" has 0 for ISS_OK), in order of
 *  replications; valid until the end.  ISS_OK, or ISS_ERR_INVARIANT when there is none.
 */
ISS_MUST_CHECK int iss_study_column(struct iss_study *study, const char *name,
                                    struct iss_column_source *column);

/** The fans put so far, laid out as those of a block; valid until the end. */
const int64_t *iss_study_fans(const struct iss_study *study);

/**
 * Add what was made of the rows, and put the file in its place.
 *
 * @param result       head, provenance and tables; filetype "isssim/mc".
 * @param traces       whole runs, for /traces/r000123.
 * @return as iss_store_write(); also ISS_ERR_GAP when planned rows weren't put.  The
 *         study is gone in any case; on failure `path` is as it was before.
 */
ISS_MUST_CHECK int iss_study_finish(struct iss_study *study,
                                    const struct iss_outcome *result,
                                    const struct iss_outcome *traces,
                                    size_t trace_count);

/** Give the file up, NULL for none: `path` is as it was before. */
void iss_study_abandon(struct iss_study *study);

#endif
