/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_read.h - a study's file, complete or not, gives its rows back: to go on
 * with it, or to merge it with others.
 */
#ifndef ISS_STORE_STUDY_READ_H
#define ISS_STORE_STUDY_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/block.h"
#include "outcome/range.h"
#include "outcome/table.h"
#include "store/read.h"
#include "store/study_info.h"

struct iss_study_reader;

/* What a file says of itself; all of it is the reader's. */
struct iss_study_facts {
    const char *path;
    struct iss_study_info info;
    struct iss_ranges rows;
    uint64_t requested;
    bool complete;
    struct iss_shard shard;
    double confidence;         /* of the intervals in its summary */
    struct iss_outcome origin; /* head and provenance; no tables before they are read */
    struct iss_store_making making;
    const int64_t *fans;    /* the counts of all its rows, laid out as a block's */
    const uint64_t *traces; /* the replications under /traces, once tables are read */
    size_t trace_count;
};

/** Whether `path` is an HDF5 file that says it is a study; false for all that can't be
 *  read. */
bool iss_study_is(const char *path);

/**
 * Open the study in `path`; it is only read.
 *
 * @param message  on failure one line for a person, at most `size` bytes; borrowed
 *                 until the reader is closed.
 * @return ISS_OK; ISS_ERR_NO_INPUT when the file can't be read; ISS_ERR_FORMAT when it
 *         isn't a study that this program can read; ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_study_open(struct iss_study_reader **reader, const char *path,
                                  char *message, size_t size);

const struct iss_study_facts *iss_study_facts(const struct iss_study_reader *reader);

/**
 * Read what was made of the rows: /summary and its like go to the facts' origin, in the
 * file's order, and the traces are counted.  Not for twice.
 *
 * @return ISS_OK; ISS_ERR_FORMAT; ISS_ERR_NO_MEMORY; the message is that of opening.
 */
ISS_MUST_CHECK int iss_study_tables(struct iss_study_reader *reader);

/** Give all rows, in blocks of consecutive replications, to `sink`.  The fans come with
 *  the first block: which replications they are from isn't known any more.  ISS_OK,
 *  ISS_ERR_FORMAT, ISS_ERR_NO_MEMORY, or what the sink returned. */
ISS_MUST_CHECK int iss_study_rows(struct iss_study_reader *reader,
                                  const struct iss_sink *sink);

/**
 * Read the tables of the whole mission `index` of the facts' traces, in the file's
 * order.
 *
 * @param trace  zeroed; its tables, title, epoch and replication are filled in, and it
 * is the caller's to clear.
 * @return ISS_OK; ISS_ERR_FORMAT; ISS_ERR_NO_MEMORY; the message is that of opening.
 */
ISS_MUST_CHECK int iss_study_trace(struct iss_study_reader *reader, size_t index,
                                   struct iss_outcome *trace);

/** NULL for none. */
void iss_study_close(struct iss_study_reader *reader);

/**
 * Do these files make up one study, whole?
 *
 * @param rows     zeroed; set to the replications of all of them, 0 to requested - 1;
 *                 the caller clears it.
 * @param message  on failure which file lacks or repeats what, or in what two differ;
 *                 at most `size` bytes.
 * @return ISS_OK, ISS_ERR_MISMATCH, ISS_ERR_OVERLAP, ISS_ERR_GAP, ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_study_merge_check(struct iss_study_reader *const *readers,
                                         size_t count, struct iss_ranges *rows,
                                         char *message, size_t size);

#endif
