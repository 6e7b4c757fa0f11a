/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * image.c - HDF5's core driver with our allocators.
 *
 * Writing, the driver grows its buffer in steps and frees it, with all in it, when the
 * file is closed: then we take it.  How much of it is the file says the superblock.
 * Reading, the driver asks for a copy, and gets the image itself.
 * (H5LTopen_file_image() would do that, but leaks.)
 */
#include "store/image.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_STEP ((size_t)1 << 20)

/* HDF5 file format, version 2 and 3 of the superblock: the signature, the version, the
 * size of addresses; the end of the file at 28. */
#define SIGNATURE     "\x89HDF\r\n\x1a\n"
#define AT_VERSION    8
#define AT_OFFSETS    9
#define AT_END        28
#define SUPERBLOCK    48
#define OFFSET_LENGTH 8

/* Keeping: the image is none as long as the file is open. */

static void *
keep_malloc(size_t size, H5FD_file_image_op_t why, void *image)
{
    (void)why;
    (void)image;
    return malloc(size);
}

static void *
keep_memcpy(void *to, const void *from, size_t size, H5FD_file_image_op_t why,
            void *image)
{
    (void)why;
    (void)image;
    return memcpy(to, from, size);
}

static void *
keep_realloc(void *bytes, size_t size, H5FD_file_image_op_t why, void *udata)
{
    struct iss_image *image = udata;

    (void)why;
    bytes = realloc(bytes, size);
    if (bytes != NULL) {
        image->size = size;
    }
    return bytes;
}

static herr_t
keep_free(void *bytes, H5FD_file_image_op_t why, void *udata)
{
    struct iss_image *image = udata;

    if (why == H5FD_FILE_IMAGE_OP_FILE_CLOSE && image->bytes == NULL) {
        image->bytes = bytes;
    } else {
        free(bytes);
    }
    return 0;
}

/* Lending: every copy is the image itself. */

static void *
lend_malloc(size_t size, H5FD_file_image_op_t why, void *udata)
{
    struct iss_image *image = udata;

    (void)why;
    return size == image->size ? image->bytes : NULL;
}

static void *
lend_memcpy(void *to, const void *from, size_t size, H5FD_file_image_op_t why,
            void *image)
{
    (void)from;
    (void)size;
    (void)why;
    (void)image;
    return to;
}

static void *
lend_realloc(void *bytes, size_t size, H5FD_file_image_op_t why, void *image)
{
    (void)bytes;
    (void)size;
    (void)why;
    (void)image;
    return NULL; /* nobody writes */
}

static herr_t
lend_free(void *bytes, H5FD_file_image_op_t why, void *image)
{
    (void)bytes;
    (void)why;
    (void)image;
    return 0;
}

static void *
same_udata(void *image)
{
    return image;
}

static herr_t
leave_udata(void *image)
{
    (void)image;
    return 0;
}

static herr_t
use_memory(hid_t access, H5FD_file_image_callbacks_t callbacks, struct iss_image *image)
{
    callbacks.udata_copy = same_udata;
    callbacks.udata_free = leave_udata;
    callbacks.udata = image;
    if (H5Pset_fapl_core(access, MEMORY_STEP, false) < 0) {
        return -1;
    }
    return H5Pset_file_image_callbacks(access, &callbacks);
}

herr_t
iss_image_keep(hid_t access, struct iss_image *image)
{
    const H5FD_file_image_callbacks_t keep = {.image_malloc = keep_malloc,
                                              .image_memcpy = keep_memcpy,
                                              .image_realloc = keep_realloc,
                                              .image_free = keep_free};

    *image = (struct iss_image){0};
    return use_memory(access, keep, image);
}

hid_t
iss_image_open(struct iss_image *image)
{
    const H5FD_file_image_callbacks_t lend = {.image_malloc = lend_malloc,
                                              .image_memcpy = lend_memcpy,
                                              .image_realloc = lend_realloc,
                                              .image_free = lend_free};
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t file = H5I_INVALID_HID;

    if (access >= 0 && use_memory(access, lend, image) >= 0 &&
        H5Pset_file_image(access, image->bytes, image->size) >= 0) {
        file = H5Fopen(ISS_IMAGE_NAME, H5F_ACC_RDONLY, access);
    }
    if (access >= 0) {
        H5Pclose(access);
    }
    return file;
}

int
iss_image_finish(struct iss_image *image)
{
    const unsigned char *bytes = image->bytes;
    uint64_t end = 0;

    if (bytes == NULL || image->size < SUPERBLOCK ||
        memcmp(bytes, SIGNATURE, sizeof(SIGNATURE) - 1) != 0 ||
        (bytes[AT_VERSION] != 2 && bytes[AT_VERSION] != 3) ||
        bytes[AT_OFFSETS] != OFFSET_LENGTH) {
        return ISS_ERR_WRITE;
    }
    for (int i = OFFSET_LENGTH - 1; i >= 0; i--) {
        end = end << 8 | bytes[AT_END + i];
    }
    if (end < SUPERBLOCK || end > image->size) {
        return ISS_ERR_WRITE;
    }
    image->size = (size_t)end;
    return ISS_OK;
}

void
iss_image_clear(struct iss_image *image)
{
    free(image->bytes);
    *image = (struct iss_image){0};
}
