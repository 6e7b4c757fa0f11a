/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/log.h - the blocks of a study as they are committed: an append-only file
 * beside the result, `x.h5.log`, from which the result is made.
 *
 * A block that was committed is in the file: killing the program loses nothing of it.
 * The disk is told to keep what it has (fdatasync) once a second at most and when the
 * log is synced or closed, so that a power failure costs the last second or so; what it
 * tore is found by the checksums.  One process at a time: `x.h5.log.lock`.
 *
 * Memory: one block, whatever the study's size.
 */
#ifndef ISS_STORE_LOG_H
#define ISS_STORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/block.h"
#include "outcome/range.h"
#include "store/study_info.h"

struct iss_log;

/* Whose log it is; borrowed until the log is closed. */
struct iss_log_study {
    const struct iss_study_info *info;
    struct iss_shard shard;
    /* Where problems are told, in one line: which file, what, what to do. */
    char *message;
    size_t size;
};

/* What was wrong with a log that is continued all the same. */
struct iss_log_damage {
    uint64_t dropped; /* bytes cut off behind the last good block; 0 for none */
    bool known;       /* is it known which block was the bad one? */
    struct iss_range block;
};

/**
 * Begin a new log at `path`.
 *
 * @return ISS_OK; ISS_ERR_EXISTS (a log is there: continue or remove it);
 *         ISS_ERR_LOCKED; ISS_ERR_CREATE; ISS_ERR_WRITE; ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_log_create(struct iss_log **log, const char *path,
                                  const struct iss_log_study *study);

/**
 * Continue the log at `path`.  Every block is read and checked; behind the last good
 * one the file is cut off, and its blocks have to be computed again.
 *
 * @param damage  filled; the message then is a sentence about it, else "".
 * @return ISS_OK; ISS_ERR_NO_INPUT when there is no log; ISS_ERR_FORMAT when it is no
 *         log; ISS_ERR_MISMATCH when it is of another scenario, seed, version,
 *         numerics, shard or set of columns (the message shows both); ISS_ERR_OVERLAP
 *         when it has two different rows of one replication; and as iss_log_create().
 */
ISS_MUST_CHECK int iss_log_resume(struct iss_log **log, const char *path,
                                  const struct iss_log_study *study,
                                  struct iss_log_damage *damage);

/** Add a block.  ISS_OK, also for one that is there just so; ISS_ERR_OVERLAP when other
 *  rows of these replications are there; ISS_ERR_WRITE with the log as it was. */
ISS_MUST_CHECK int iss_log_commit(struct iss_log *log, const struct iss_block *block);

/** The log as a sink of blocks. */
struct iss_sink iss_log_sink(struct iss_log *log);

/** Which replications the log has; valid until the next commit. */
const struct iss_ranges *iss_log_ranges(const struct iss_log *log);

/** Give every block, in the order of commitment, to `sink`.  ISS_OK, what the sink
 *  returned, or ISS_ERR_VERIFY when a block no longer reads as it was. */
ISS_MUST_CHECK int iss_log_each(struct iss_log *log, const struct iss_sink *sink);

/** Have the disk keep all that was committed.  ISS_OK or ISS_ERR_WRITE. */
ISS_MUST_CHECK int iss_log_sync(struct iss_log *log);

/** Sync, unlock and forget the log, NULL for none; its file stays. */
void iss_log_close(struct iss_log *log);

/** The same, and remove the file: what it had is in the result. */
void iss_log_remove(struct iss_log *log);

#endif
