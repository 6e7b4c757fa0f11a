/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * place.c - the target and its neighbours.
 *
 * Only a regular file is ever replaced, so that `-o /dev/null --force` leaves the
 * device alone; and never one that the result is made from, force or not.
 */
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

int
iss_place_init(struct iss_place *place, struct iss_arena *arena, const char *path,
               char *message, size_t size)
{
    const char *slash = strrchr(path, '/');
    char *folder;

    *place = (struct iss_place){.target = path, .message = message, .size = size};
    place->part = iss_arena_printf(arena, "%s.part", path);
    place->lock = iss_arena_printf(arena, "%s.lock", path);
    folder = iss_arena_strdup(arena, slash == NULL ? "." : path);
    if (place->part == NULL || place->lock == NULL || folder == NULL) {
        iss_place_say(place, "out of memory");
        return ISS_ERR_NO_MEMORY;
    }
    if (slash != NULL) {
        folder[slash == path ? 1 : slash - path] = '\0';
    }
    place->folder = folder;
    if (*path == '\0') {
        snprintf(message, size, "the output has no name");
        return ISS_ERR_CREATE;
    }
    return ISS_OK;
}

void
iss_place_say(const struct iss_place *place, const char *format, ...)
{
    int at = snprintf(place->message, place->size, "%s: ", place->target);
    va_list arguments;

    if (at >= 0 && (size_t)at < place->size) {
        va_start(arguments, format);
        vsnprintf(place->message + at, place->size - (size_t)at, format, arguments);
        va_end(arguments);
    }
    /* A file's name may hold anything; the message is one line. */
    for (size_t i = 0; i < place->size && place->message[i] != '\0'; i++) {
        unsigned char c = (unsigned char)place->message[i];

        if (c < 0x20 || c == 0x7F) {
            place->message[i] = '?';
        }
    }
}

static bool
same_file(const char *a, const char *b)
{
    struct stat first, second;

    return a != NULL && b != NULL && stat(a, &first) == 0 && stat(b, &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Is one of the names that we write or remove an input? */
static bool
would_overwrite(const struct iss_place *place, const char *input)
{
    return same_file(place->target, input) || same_file(place->part, input) ||
           same_file(place->lock, input);
}

static int
spare_inputs(const struct iss_place *place, const struct iss_store_options *options,
             const struct iss_outcome *outcome)
{
    const char *input = NULL;

    if (would_overwrite(place, options->scenario_path)) {
        input = options->scenario_path;
    }
    for (int32_t i = 0; outcome != NULL && i < outcome->file_count; i++) {
        if (would_overwrite(place, outcome->files[i].path)) {
            input = outcome->files[i].path;
        }
    }
    if (input == NULL) {
        return ISS_OK;
    }
    iss_place_say(
        place, "would overwrite %s, which it is made from; choose another name", input);
    return ISS_ERR_CREATE;
}

static int
check_folder(const struct iss_place *place)
{
    struct stat folder;

    if (stat(place->folder, &folder) != 0) {
        iss_place_say(place, "the folder %s cannot be used: %s", place->folder,
                      strerror(errno));
        return ISS_ERR_CREATE;
    }
    if (!S_ISDIR(folder.st_mode)) {
        iss_place_say(place, "%s is not a folder", place->folder);
        return ISS_ERR_CREATE;
    }
    if (access(place->folder, W_OK | X_OK) != 0) {
        iss_place_say(place, "the folder %s is not writable: %s", place->folder,
                      strerror(errno));
        return ISS_ERR_CREATE;
    }
    return ISS_OK;
}

int
iss_place_check(const struct iss_place *place, const struct iss_store_options *options,
                const struct iss_outcome *outcome)
{
    struct stat target;
    int status = spare_inputs(place, options, outcome);

    if (status != ISS_OK) {
        return status;
    }
    if (lstat(place->target, &target) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return check_folder(place);
        }
        return iss_place_cannot_create(place, place->target);
    }
    if (S_ISDIR(target.st_mode)) {
        iss_place_say(place, "is a folder; name a file in it");
        return ISS_ERR_CREATE;
    }
    if (!S_ISREG(target.st_mode)) {
        iss_place_say(place, "is not a regular file; choose another name");
        return ISS_ERR_CREATE;
    }
    if (!options->force) {
        iss_place_say(place, "exists already; use --force to replace it");
        return ISS_ERR_EXISTS;
    }
    return check_folder(place);
}

int
iss_place_cannot_create(const struct iss_place *place, const char *name)
{
    iss_place_say(place, "cannot create %s: %s", name, strerror(errno));
    return ISS_ERR_CREATE;
}

int
iss_place_is_locked(const struct iss_place *place, long holder)
{
    char process[48] = "another process";

    if (holder > 0) {
        snprintf(process, sizeof process, "process %ld", holder);
    }
    iss_place_say(place, "is being written by %s; wait for it, or choose another name",
                  process);
    return ISS_ERR_LOCKED;
}

int
iss_place_create_part(const struct iss_place *place, int *fd)
{
    *fd = -1;
    if (unlink(place->part) == 0 || errno == ENOENT) {
        *fd = open(place->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return *fd >= 0 ? ISS_OK : iss_place_cannot_create(place, place->part);
}

/* A new name is safe only with its folder.  Some file systems can't sync a folder; by
 * then the file is complete under its name, so that isn't a failure. */
static void
sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

int
iss_place_publish(const struct iss_place *place)
{
    if (rename(place->part, place->target) != 0) {
        iss_place_say(place, "cannot be put in its place: %s", strerror(errno));
        return ISS_ERR_WRITE;
    }
    sync_folder(place->folder);
    return ISS_OK;
}

int64_t
iss_place_free(const struct iss_place *place)
{
    struct statvfs disk;

    if (statvfs(place->folder, &disk) != 0) {
        return -1;
    }
    return (int64_t)(disk.f_bavail * disk.f_frsize);
}

int
iss_place_disk_failed(const struct iss_place *place, const char *name, size_t need,
                      const struct iss_disk_error *error)
{
    const double mib = 1024.0 * 1024.0;

    if (error->error == ENOSPC || error->error == EDQUOT) {
        iss_place_say(place, "the disk is full; %.2f MiB needed, %.2f MiB free",
                      (double)need / mib, (double)iss_place_free(place) / mib);
    } else {
        iss_place_say(place, "%s %s failed: %s",
                      error->reading ? "reading back" : "writing", name,
                      strerror(error->error));
    }
    return error->reading ? ISS_ERR_VERIFY : ISS_ERR_WRITE;
}
