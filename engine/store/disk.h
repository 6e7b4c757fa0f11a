/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/disk.h - bytes onto the disk, and the same bytes back.
 */
#ifndef ISS_STORE_DISK_H
#define ISS_STORE_DISK_H

#include <stdbool.h>
#include <stddef.h>

#define ISS_DISK_HEAD 8 /* length of a file's signature */

/* What a step on the disk was, and what it said. */
struct iss_disk_error {
    int error;    /* as in errno */
    bool reading; /* reading back, not writing */
};

/**
 * Write a whole file in such an order that it becomes one last: all but its first
 * ISS_DISK_HEAD bytes, which stay zero; sync; read all back; then these bytes; sync;
 * read them back.  A crash before the end leaves a file that nobody can take for an
 * HDF5 file.
 *
 * @param fd     an empty file, opened for reading and writing.
 * @param error  set on failure.
 * @return true when the disk has the bytes and no others.
 */
bool iss_disk_write(int fd, const void *bytes, size_t size,
                    struct iss_disk_error *error);

/** Write `size` bytes at `at`, in as many pieces as it takes. */
bool iss_disk_put(int fd, const void *bytes, size_t size, size_t at,
                  struct iss_disk_error *error);

/** Read the `size` bytes at `at`; a file that ends before is an error (EIO). */
bool iss_disk_get(int fd, void *bytes, size_t size, size_t at,
                  struct iss_disk_error *error);

/** Does the file have these `size` bytes at `at`? */
bool iss_disk_has(int fd, const void *bytes, size_t size, size_t at,
                  struct iss_disk_error *error);

/** To the disk, and out of the cache: what is read next comes from the disk. */
bool iss_disk_settle(int fd, struct iss_disk_error *error);

/** Is the file `size` bytes long? */
bool iss_disk_is_long(int fd, size_t size, struct iss_disk_error *error);

/** Take `size` bytes of the disk for the file before they are written, so that a disk
 *  that is too small is noticed at once; where that isn't known all is well. */
bool iss_disk_reserve(int fd, size_t size, struct iss_disk_error *error);

#endif
