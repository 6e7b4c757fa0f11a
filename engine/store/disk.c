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

/* Write `size` bytes at `at`, in as many pieces as it takes. */
static bool
put(int fd, const char *bytes, size_t size, size_t at, struct iss_disk_error *error)
{
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

/* Does the file have these `size` bytes at `at`? */
static bool
has(int fd, const char *bytes, size_t size, size_t at, struct iss_disk_error *error)
{
    char found[BLOCK];

    while (size > 0) {
        size_t length = size < BLOCK ? size : BLOCK;
        ssize_t got = pread(fd, found, length, (off_t)at);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || memcmp(found, bytes, (size_t)got) != 0) {
            return failed(error, got < 0 ? errno : EIO, true);
        }
        bytes += got;
        size -= (size_t)got;
        at += (size_t)got;
    }
    return true;
}

/* To the disk, and out of the cache: what is read next comes from the disk. */
static bool
settle(int fd, struct iss_disk_error *error)
{
    if (fsync(fd) != 0) {
        return failed(error, errno, false);
    }
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return true;
}

static bool
is_long(int fd, size_t size, struct iss_disk_error *error)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return failed(error, errno, true);
    }
    return (size_t)info.st_size == size || failed(error, EIO, true);
}

bool
iss_disk_write(int fd, const void *bytes, size_t size, struct iss_disk_error *error)
{
    const char *head = bytes;
    const char *body = head + ISS_DISK_HEAD;
    size_t length = size - ISS_DISK_HEAD;

    return put(fd, no_head, ISS_DISK_HEAD, 0, error) &&
           put(fd, body, length, ISS_DISK_HEAD, error) && settle(fd, error) &&
           is_long(fd, size, error) && has(fd, no_head, ISS_DISK_HEAD, 0, error) &&
           has(fd, body, length, ISS_DISK_HEAD, error) &&
           put(fd, head, ISS_DISK_HEAD, 0, error) && settle(fd, error) &&
           has(fd, head, ISS_DISK_HEAD, 0, error);
}
