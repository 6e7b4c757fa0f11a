/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/image.h - an HDF5 file in memory.
 *
 * HDF5 never touches the disk here: when a write fails under HDF5 1.10.8, closing the
 * file may report success, and the program ends with SIGSEGV in HDF5's exit handler.
 * (H5Fget_file_image() is no way either: it clears a flag of the superblock, and leaves
 * a file whose checksum is wrong.)
 */
#ifndef ISS_STORE_IMAGE_H
#define ISS_STORE_IMAGE_H

#include <stddef.h>

#include <hdf5.h>

#include "isssim/status.h"

/* The bytes of a file; zeroed it is empty. */
/* HDF5 looks for the name on the disk although nothing of it is read or written there,
 * and fails if it finds a file: so it's one that can't exist. */
#define ISS_IMAGE_NAME "/dev/null/isssim"

struct iss_image {
    unsigned char *bytes;
    size_t size;
};

/** Extend the file-access list `access`, so that a file created with it is kept in
 * memory and handed to `image` when it is closed.  Negative on failure. */
herr_t iss_image_keep(hid_t access, struct iss_image *image);

/** Cut the bytes that were handed over down to the file in them.  ISS_OK, or
 *  ISS_ERR_WRITE when there is none. */
ISS_MUST_CHECK int iss_image_finish(struct iss_image *image);

/** Open the file for reading, in place: `image` stays until it is closed. */
hid_t iss_image_open(struct iss_image *image);

void iss_image_clear(struct iss_image *image);

#endif
