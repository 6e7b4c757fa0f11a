/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read.c - from a file that anybody may have made to an outcome that can be trusted.
 *
 *     1. bytes      a regular file, whole, into memory: HDF5 touches no disk here
 *     2. origin     is it ours, a run, of a format that we know, complete?  Head,
 *                   scenario, settings, files (store/read_origin.h)
 *     3. tables     every group but /provenance
 *     4. sense      codes, ids, times and texts as the writer would have refused them
 */
#include "store/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "isssim/status.h"
#include "store/fetch.h"
#include "store/image.h"
#include "store/provenance.h"
#include "store/read_origin.h"
#include "store/read_table.h"

static const char signature[] = "\x89HDF\r\n\x1a\n";

/* ---- 1: bytes ------------------------------------------------------------------ */

static bool
read_all(int fd, struct iss_image *image)
{
    size_t have = 0;

    while (have < image->size) {
        ssize_t got = read(fd, image->bytes + have, image->size - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    image->size = have;
    return true;
}

/* Read the file behind `fd`; not to wait for a pipe it was opened without blocking. */
static int
load_from(const struct iss_reading *self, struct iss_image *image, int fd)
{
    struct stat info;

    if (fd < 0 || fstat(fd, &info) != 0) {
        return iss_reading_refuse(self, ISS_ERR_NO_INPUT, "%s", strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return iss_reading_refuse(self, ISS_ERR_NO_INPUT, "is %s, not a file",
                                  S_ISDIR(info.st_mode) ? "a folder"
                                                        : "a pipe or a device");
    }
    image->size = (size_t)info.st_size;
    image->bytes = malloc(image->size + 1);
    if (image->bytes == NULL) {
        return iss_reading_no_memory(self);
    }
    if (!read_all(fd, image)) {
        return iss_reading_refuse(self, ISS_ERR_NO_INPUT, "%s", strerror(errno));
    }
    return ISS_OK;
}

static int
load_bytes(const struct iss_reading *self, struct iss_image *image)
{
    static const char unfinished[sizeof(signature) - 1];
    int fd = open(self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int status = load_from(self, image, fd);
    size_t length = sizeof(signature) - 1;

    if (fd >= 0) {
        close(fd);
    }
    if (status != ISS_OK) {
        return status;
    }
    if (image->size > length && memcmp(image->bytes, unfinished, length) == 0) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is incomplete; its writer didn't come to the end");
    }
    if (image->size < length || memcmp(image->bytes, signature, length) != 0) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "isn't an HDF5 file, so no isssim result");
    }
    return ISS_OK;
}

/* ---- 2: origin ---------------------------------------------------------------- */

static int
check_complete(const struct iss_reading *self)
{
    int32_t complete = 0;

    if (!iss_fetch_numbers(self->file, "complete", ISS_H5_INT32, 1, &complete) ||
        complete != 1) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is incomplete; its writer didn't come to the end");
    }
    return ISS_OK;
}

/* ---- 3: tables ----------------------------------------------------------------- */

static int
read_tables(const struct iss_reading *self)
{
    struct iss_outcome *outcome = self->outcome;
    hsize_t links = iss_read_links(self->file);
    char where[96];

    outcome->tables =
        iss_arena_array(&outcome->arena, (size_t)links + 1, sizeof(*outcome->tables));
    if (outcome->tables == NULL) {
        return iss_reading_no_memory(self);
    }
    for (hsize_t i = 0; i < links; i++) {
        const char *name = iss_read_link(self->file, i, &outcome->arena);
        int status;

        if (name == NULL) {
            return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                      "is damaged: a group has no name");
        }
        if (strcmp(name, ISS_PROVENANCE) == 0) {
            continue;
        }
        status =
            iss_read_table(self->file, name, &outcome->tables[outcome->table_count],
                           &outcome->arena, where);
        if (status != ISS_OK) {
            return status == ISS_ERR_NO_MEMORY
                       ? iss_reading_no_memory(self)
                       : iss_reading_refuse(self, status,
                                            "is damaged: %s can't be read", where);
        }
        outcome->table_count++;
    }
    return ISS_OK;
}

/* ---- 4: sense ------------------------------------------------------------------ */

static int
check_sense(const struct iss_reading *self)
{
    const char *problem = iss_outcome_problem(self->outcome);

    return problem == NULL
               ? ISS_OK
               : iss_reading_refuse(self, ISS_ERR_FORMAT, "is damaged: %s", problem);
}

static int
read_opened(const struct iss_reading *self)
{
    int status = iss_reading_origin(self, ISS_RUN_TYPE, "a run");

    if (status == ISS_OK) {
        status = check_complete(self);
    }
    if (status == ISS_OK) {
        status = read_tables(self);
    }
    return status == ISS_OK ? check_sense(self) : status;
}

int
iss_store_read(const char *path, struct iss_outcome *outcome,
               struct iss_store_making *making, char *message, size_t size)
{
    struct iss_reading self = {.path = path,
                               .outcome = outcome,
                               .making = making,
                               .message = message,
                               .size = size};
    struct iss_image image = {0};
    struct iss_h5_report report;
    int status = load_bytes(&self, &image);

    if (status == ISS_OK) {
        iss_h5_quiet(&report);
        self.file = iss_image_open(&image);
        status = self.file < 0
                     ? iss_reading_refuse(&self, ISS_ERR_FORMAT,
                                          "is damaged or cut short; HDF5 can't open it")
                     : read_opened(&self);
        if (self.file >= 0) {
            H5Fclose(self.file);
        }
        iss_h5_loud(&report);
    }
    iss_image_clear(&image);
    if (status != ISS_OK) {
        iss_outcome_clear(outcome);
    }
    return status;
}
