/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/read.h - a file that iss_store_write() made becomes an outcome again.
 */
#ifndef ISS_STORE_READ_H
#define ISS_STORE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/table.h"

/* What a file says of its making; texts are in the outcome's arena, "" where the file
 * has none (a reproducible one). */
struct iss_store_making {
    int32_t format[2]; /* major, minor */
    const char *program_version;
    const char *git_sha1;
    bool git_dirty;
    const char *command_line;
    const char *started; /* ISO-8601 */
    const char *host;
    const char *libraries;
    double elapsed_s; /* NaN: not said */
};

/**
 * Load the run in `path`, of any format 1.x: tables and columns in the file's order, a
 * table's scale first.  What a later 1.x may add beside them is passed over.
 *
 * @param outcome  zeroed; filled, and for the caller to clear, when all went well.
 * @param making   filled likewise; may be NULL.
 * @param message  on failure one line for a person: which file, and what it is; at most
 *                 `size` bytes.
 * @return ISS_OK; ISS_ERR_NO_INPUT when the file can't be read; ISS_ERR_FORMAT when it
 *         isn't a complete run that this program can read; ISS_ERR_NO_MEMORY.
 *
 * Not for two threads at once: HDF5's own state is the process's.
 */
ISS_MUST_CHECK int iss_store_read(const char *path, struct iss_outcome *outcome,
                                  struct iss_store_making *making, char *message,
                                  size_t size);

#endif
