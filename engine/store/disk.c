/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.c - whole writes, and reads that don't come from the cache.
 */
#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)64 << 10)

static const char no_head[ISS_DISK_HEAD];

static bool
failed(struct iss_disk_error *error, int number, bool reading)
{
    *error = (struct iss_disk_error){.error = number, .reading = reading};
    return false;
}

bool
iss_disk_put(int fd, const void *from, size_t size, size_t at,
             struct iss_disk_error *error)
{
    const char *bytes = from;

    while (size > 0) {
        ssize_t written = pwrite(fd, bytes, size, (off_t)at);

        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return failed(error, written < 0 ? errno : EIO, false);
        }
        bytes += written;
        size -= (size_t)written;
        at += (size_t)written;
    }
    return true;
}

bool
iss_disk_get(int fd, void *to, size_t size, size_t at, struct iss_disk_error *error)
{
    char *bytes = to;

    while (size > 0) {
        ssize_t got = pread(fd, bytes, size, (off_t)at);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return failed(error, got < 0 ? errno : EIO, true);
        }
        bytes += got;
        size -= (size_t)got;
        at += (size_t)got;
    }
    return true;
}

bool
iss_disk_has(int fd, const void *wanted, size_t size, size_t at,
             struct iss_disk_error *error)
{
    const char *bytes = wanted;
    char found[BLOCK];

    while (size > 0) {
        size_t length = size < BLOCK ? size : BLOCK;

        if (!iss_disk_get(fd, found, length, at, error)) {
            return false;
        }
        if (memcmp(found, bytes, length) != 0) {
            return failed(error, EIO, true);
        }
        bytes += length;
        size -= length;
        at += length;
    }
    return true;
}

bool
iss_disk_settle(int fd, struct iss_disk_error *error)
{
    if (fsync(fd) != 0) {
        return failed(error, errno, false);
    }
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return true;
}

bool
iss_disk_is_long(int fd, size_t size, struct iss_disk_error *error)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return failed(error, errno, true);
    }
    return (size_t)info.st_size == size || failed(error, EIO, true);
}

bool
iss_disk_reserve(int fd, size_t size, struct iss_disk_error *error)
{
    int problem;

    do {
        problem = size == 0 ? 0 : posix_fallocate(fd, 0, (off_t)size);
    } while (problem == EINTR);
    /* Not every file system can. */
    if (problem == 0 || problem == EINVAL || problem == EOPNOTSUPP) {
        return true;
    }
    return failed(error, problem, false);
}

bool
iss_disk_write(int fd, const void *bytes, size_t size, struct iss_disk_error *error)
{
    const char *head = bytes;
    const char *body = head + ISS_DISK_HEAD;
    size_t length = size - ISS_DISK_HEAD;

    return iss_disk_put(fd, no_head, ISS_DISK_HEAD, 0, error) &&
           iss_disk_put(fd, body, length, ISS_DISK_HEAD, error) &&
           iss_disk_settle(fd, error) && iss_disk_is_long(fd, size, error) &&
           iss_disk_has(fd, no_head, ISS_DISK_HEAD, 0, error) &&
           iss_disk_has(fd, body, length, ISS_DISK_HEAD, error) &&
           iss_disk_put(fd, head, ISS_DISK_HEAD, 0, error) &&
           iss_disk_settle(fd, error) &&
           iss_disk_has(fd, head, ISS_DISK_HEAD, 0, error);
}
