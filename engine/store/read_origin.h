/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/read_origin.h - what every isssim file says of itself, read back: its head, and
 * where it is from.
 */
#ifndef ISS_STORE_READ_ORIGIN_H
#define ISS_STORE_READ_ORIGIN_H

#include <stddef.h>

#include <hdf5.h>

#include "outcome/table.h"
#include "store/read.h"

/* A file being read. */
struct iss_reading {
    const char *path;
    hid_t file;
    struct iss_outcome *outcome;
    struct iss_store_making *making; /* or NULL */
    char *message;
    size_t size;
};

/** Tell "<path>: <format>"; returns `status`. */
int iss_reading_refuse(const struct iss_reading *self, int status, const char *format,
                       ...) __attribute__((format(printf, 3, 4)));
int iss_reading_no_memory(const struct iss_reading *self);

/**
 * Check that the file is ours and of `type` ("isssim/run", for people: `noun`, "a
 * run"), and read all but its tables into the outcome and the making.
 *
 * @return ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY; told.
 */
ISS_MUST_CHECK int iss_reading_origin(const struct iss_reading *self, const char *type,
                                      const char *noun);

#endif
