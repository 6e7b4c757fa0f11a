/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * driver.c - a virtual file driver of HDF5: pread() and pwrite() by store/disk.h.
 *
 * HDF5 may open the file several times over (once to see whether it is open already);
 * every opening shares the caller's struct iss_driver.
 */
#include "store/driver.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

#include "store/h5.h"

/* HDF5 looks for the name on no disk, but keeps it. */
#define NAME "isssim"

#define MAX_ADDRESS (((haddr_t)1 << 62) - 1)

/* An opening of the file; HDF5's part comes first. */
struct opening {
    H5FD_t part;
    struct iss_driver *driver;
    haddr_t end;
};

static H5FD_t *
on_open(const char *name, unsigned flags, hid_t access, haddr_t most)
{
    struct iss_driver *const *info = H5Pget_driver_info(access);
    struct opening *self = calloc(1, sizeof(*self));

    (void)name;
    (void)flags;
    (void)most;
    if (self == NULL || info == NULL) {
        free(self);
        return NULL;
    }
    self->driver = *info;
    return &self->part;
}

static herr_t
on_close(H5FD_t *file)
{
    free(file);
    return 0;
}

static herr_t
on_query(const H5FD_t *file, unsigned long *flags)
{
    (void)file;
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
             H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

static haddr_t
get_end(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return ((const struct opening *)file)->end;
}

static herr_t
set_end(H5FD_t *file, H5FD_mem_t type, haddr_t end)
{
    struct opening *self = (struct opening *)file;

    (void)type;
    self->end = end;
    self->driver->end = (size_t)end;
    return 0;
}

static haddr_t
get_length(const H5FD_t *file, H5FD_mem_t type)
{
    const struct opening *self = (const struct opening *)file;
    struct stat info;

    (void)type;
    return fstat(self->driver->fd, &info) != 0 ? 0 : (haddr_t)info.st_size;
}

/* The part of [at, at + size) that is in the signature. */
static size_t
in_head(const struct iss_driver *driver, haddr_t at, size_t size)
{
    size_t left = at < ISS_DISK_HEAD ? ISS_DISK_HEAD - (size_t)at : 0;

    if (driver->has_head) {
        return 0;
    }
    return size < left ? size : left;
}

/* Read what the file has, and zeros behind its end, as HDF5's own drivers do. */
static bool
read_file(const struct opening *self, char *bytes, size_t size, size_t at,
          struct iss_disk_error *error)
{
    haddr_t length = get_length(&self->part, H5FD_MEM_DEFAULT);
    size_t there = at < length ? (size_t)length - at : 0;

    there = there < size ? there : size;
    memset(bytes + there, 0, size - there);
    return iss_disk_get(self->driver->fd, bytes, there, at, error);
}

static herr_t
on_read(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at, size_t size,
        void *bytes)
{
    const struct opening *self = (const struct opening *)file;
    struct iss_driver *driver = self->driver;
    size_t head = in_head(driver, at, size);
    struct iss_disk_error error;

    (void)type;
    (void)transfer;
    if (head > 0) {
        memcpy(bytes, driver->head + at, head);
    }
    if (read_file(self, (char *)bytes + head, size - head, (size_t)at + head, &error)) {
        return 0;
    }
    if (driver->error.error == 0) {
        driver->error = error;
    }
    return -1; /* HDF5 copes, but for a word about its own leaks at exit */
}

/* Whatever becomes of it, HDF5 is told that it was written. */
static herr_t
on_write(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at, size_t size,
         const void *bytes)
{
    struct iss_driver *driver = ((struct opening *)file)->driver;
    size_t head = in_head(driver, at, size);
    struct iss_disk_error error;

    (void)type;
    (void)transfer;
    if (head > 0) {
        memcpy(driver->head + at, bytes, head);
    }
    if (!iss_disk_put(driver->fd, (const char *)bytes + head, size - head,
                      (size_t)at + head, &error) &&
        driver->error.error == 0) {
        driver->error = error;
    }
    return 0;
}

static herr_t
on_truncate(H5FD_t *file, hid_t transfer, hbool_t closing)
{
    (void)file;
    (void)transfer;
    (void)closing;
    return 0; /* the owner of the descriptor does, in the end */
}

static herr_t
on_lock(H5FD_t *file, hbool_t writing)
{
    (void)file;
    (void)writing;
    return 0; /* store/lock.h */
}

static herr_t
on_unlock(H5FD_t *file)
{
    (void)file;
    return 0;
}

static const H5FD_class_t driver_class = {
#if H5_VERSION_GE(1, 13, 0)
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)300, /* of those that are nobody's */
#endif
    .name = NAME,
    .maxaddr = MAX_ADDRESS,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(struct iss_driver *),
    .open = on_open,
    .close = on_close,
    .query = on_query,
    .get_eoa = get_end,
    .set_eoa = set_end,
    .get_eof = get_length,
    .read = on_read,
    .write = on_write,
    .truncate = on_truncate,
    .lock = on_lock,
    .unlock = on_unlock,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

/* A file-access list that leads to `driver`. */
static hid_t
access_to(struct iss_driver *driver)
{
    hid_t access = iss_h5_access();
    hid_t id = access < 0 ? access : H5FDregister(&driver_class);

    if (access >= 0 && (id < 0 || H5Pset_driver(access, id, &driver) < 0)) {
        H5Pclose(access);
        access = H5I_INVALID_HID;
    }
    if (id >= 0) {
        H5FDunregister(id); /* the list, and the file, hold it on */
    }
    return access;
}

hid_t
iss_driver_create(struct iss_driver *driver)
{
    hid_t access = access_to(driver);
    hid_t creation = iss_h5_creation(H5P_FILE_CREATE);
    hid_t file = H5I_INVALID_HID;

    if (access >= 0 && creation >= 0) {
        file = H5Fcreate(NAME, H5F_ACC_TRUNC, creation, access);
    }
    if (access >= 0) {
        H5Pclose(access);
    }
    if (creation >= 0) {
        H5Pclose(creation);
    }
    return file;
}

hid_t
iss_driver_open(struct iss_driver *driver)
{
    hid_t access = access_to(driver);
    hid_t file = H5I_INVALID_HID;

    if (access >= 0) {
        file = H5Fopen(NAME, H5F_ACC_RDONLY, access);
        H5Pclose(access);
    }
    return file;
}
