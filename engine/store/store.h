/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/store.h - a result becomes an HDF5 file, whole or not at all.
 *
 * The file is made in memory, opened again there, and all of it compared with what was
 * to be written.  Then its bytes go to `x.h5.part` beside its final place, under a lock
 * (`x.h5.lock`); synced and read back from the disk; renamed, and the folder synced.
 * Whoever finds `x.h5` finds a complete one.
 */
#ifndef ISS_STORE_STORE_H
#define ISS_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "outcome/table.h"

struct iss_store_options {
    bool force;        /* replace an existing file */
    bool reproducible; /* leave out when, where, how long and by which command line */
    const char *command_line; /* may be NULL */
    double elapsed_s;         /* of the run; ignored when reproducible */
    /* The input that must not be overwritten, or NULL.  Nor is any of outcome->files.
     */
    const char *scenario_path;
    /* Other libraries that the result depends on, "GSL 2.7.1, libconfig 1.5"; may be
     * NULL.  HDF5 adds itself. */
    const char *libraries;
};

/**
 * Would iss_store_write() accept `path` right now?  Creates nothing, so that a program
 * can ask before a long computation.  ISS_OK, ISS_ERR_EXISTS, ISS_ERR_LOCKED or
 * ISS_ERR_CREATE, with a message like iss_store_write()'s.
 */
ISS_MUST_CHECK int iss_store_check(const char *path,
                                   const struct iss_store_options *options,
                                   char *message, size_t size);

/**
 * Write `outcome` to `path`.
 *
 * @param message  on failure one line for a person: what failed, on which file, what to
 *                 do; at most `size` bytes.
 * @return ISS_OK, ISS_ERR_EXISTS, ISS_ERR_LOCKED (names the process), ISS_ERR_CREATE,
 *         ISS_ERR_WRITE, ISS_ERR_VERIFY, ISS_ERR_NO_MEMORY, or ISS_ERR_INVARIANT when
 *         the outcome isn't one (no epoch, a column across a table that is not there).
 *         On failure `path` is as it was before, and no .part or .lock file is left.
 *
 * Not for two threads at once: HDF5's own state is the process's.
 */
ISS_MUST_CHECK int iss_store_write(const char *path, const struct iss_outcome *outcome,
                                   const struct iss_store_options *options,
                                   char *message, size_t size);

#endif
