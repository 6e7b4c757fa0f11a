/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/text_file.h - a text that is written as it comes becomes a file, whole or not
 * at all.
 *
 * As with results (store/store.h) it grows in `x.csv.part` under the lock `x.csv.lock`
 * and gets its name last.
 */
#ifndef ISS_STORE_TEXT_FILE_H
#define ISS_STORE_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/store.h"

struct iss_text_file {
    FILE *out; /* to write to */
    struct iss_arena arena;
    struct iss_place place;
    struct iss_store_options options;
    struct iss_lock lock;
};

/**
 * Begin the file `path`.
 *
 * @param input    the file that it is made from, which is spared.
 * @param force    replace a file that exists.
 * @param message  on failure one line for a person, at most `size` bytes; borrowed
 * until the end.
 * @return ISS_OK, ISS_ERR_EXISTS, ISS_ERR_LOCKED, ISS_ERR_CREATE, ISS_ERR_NO_MEMORY;
 *         only after ISS_OK must it be ended.
 */
ISS_MUST_CHECK int iss_text_file_begin(struct iss_text_file *file, const char *path,
                                       const char *input, bool force, char *message,
                                       size_t size);

/** Give the file its name when `keep`, or else leave nothing behind.  ISS_OK,
 *  ISS_ERR_EXISTS, ISS_ERR_CREATE, or ISS_ERR_WRITE when not all of it is on the disk.
 */
ISS_MUST_CHECK int iss_text_file_end(struct iss_text_file *file, bool keep);

#endif
