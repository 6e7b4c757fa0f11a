/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/file.h - read one file safely: never waiting, never more than a megabyte.
 */
#ifndef ISS_SCENARIO_FILE_H
#define ISS_SCENARIO_FILE_H

#include <stddef.h>
#include <sys/stat.h>

#include "base/arena.h"

struct iss_file_text {
    char *text; /* followed by a zero; in the arena */
    size_t size;
    struct stat status;
    int line;          /* of the problem, or 0 */
    char problem[160]; /* what is wrong, on failure */
};

/**
 * Read the regular file `path`, at most `limit` bytes, and check that it is UTF-8
 * without zero bytes, and not blank.
 *
 * @return ISS_OK; ISS_ERR_NO_INPUT when it can't be opened or is no regular file;
 *         ISS_ERR_SCENARIO for its content; ISS_ERR_NO_MEMORY.
 */
int iss_file_read(struct iss_file_text *file, struct iss_arena *arena, const char *path,
                  size_t limit);

#endif
