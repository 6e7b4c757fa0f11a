/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text_file.c - lock, write beside, sync, rename.
 */
#include "store/text_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "isssim/status.h"

static int
open_part(struct iss_text_file *file)
{
    int fd;
    int status = iss_place_create_part(&file->place, &fd);

    if (status != ISS_OK) {
        return status;
    }
    file->out = fdopen(fd, "w");
    if (file->out == NULL) {
        status = iss_place_cannot_create(&file->place, file->place.part);
        close(fd);
        unlink(file->place.part);
    }
    return status;
}

/* Under the lock: somebody may just have finished the same file. */
static int
begin_locked(struct iss_text_file *file)
{
    long holder;
    int status = iss_lock_take(&file->lock, file->place.lock, &holder);

    if (status == ISS_ERR_LOCKED) {
        return iss_place_is_locked(&file->place, holder);
    }
    if (status != ISS_OK) {
        return iss_place_cannot_create(&file->place, file->place.lock);
    }
    status = iss_place_check(&file->place, &file->options, NULL);
    if (status == ISS_OK) {
        status = open_part(file);
    }
    if (status != ISS_OK) {
        iss_lock_release(&file->lock);
    }
    return status;
}

int
iss_text_file_begin(struct iss_text_file *file, const char *path, const char *input,
                    bool force, char *message, size_t size)
{
    int status;

    *file = (struct iss_text_file){.options = {.force = force, .scenario_path = input}};
    status = iss_place_init(&file->place, &file->arena, path, message, size);
    if (status == ISS_OK) {
        status = iss_place_check(&file->place, &file->options, NULL);
    }
    if (status == ISS_OK) {
        status = begin_locked(file);
    }
    if (status != ISS_OK) {
        iss_arena_clear(&file->arena);
    }
    return status;
}

/* All of it to the disk. */
static int
settle(struct iss_text_file *file)
{
    errno = 0;
    if (ferror(file->out) || fflush(file->out) != 0 || fsync(fileno(file->out)) != 0) {
        iss_place_say(&file->place, "writing failed: %s",
                      errno == 0 ? "is the disk full?" : strerror(errno));
        return ISS_ERR_WRITE;
    }
    return ISS_OK;
}

int
iss_text_file_end(struct iss_text_file *file, bool keep)
{
    int status = keep ? settle(file) : ISS_OK;

    fclose(file->out);
    if (keep && status == ISS_OK) {
        status = iss_place_check(&file->place, &file->options, NULL);
    }
    if (keep && status == ISS_OK) {
        status = iss_place_publish(&file->place);
    }
    if (!keep || status != ISS_OK) {
        unlink(file->place.part);
    }
    iss_lock_release(&file->lock);
    iss_arena_clear(&file->arena);
    return status;
}
