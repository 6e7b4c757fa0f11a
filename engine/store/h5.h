/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/h5.h - arrays in HDF5 as every isssim file has them: how they are made,
 * written, and compared with what was to be written.
 *
 * Functions that return an identifier give it to the caller to close; a negative one is
 * a failure.
 */
#ifndef ISS_STORE_H5_H
#define ISS_STORE_H5_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hdf5.h>

enum iss_h5_type {
    ISS_H5_INT8,
    ISS_H5_UINT8,
    ISS_H5_INT32,
    ISS_H5_INT64,
    ISS_H5_UINT64,
    ISS_H5_REAL,
    ISS_H5_TEXT /* const char *; NULL stands for "" */
};

#define ISS_H5_RANK 3 /* most dimensions */

/* A dataset or attribute: rank 0 (a scalar) to 3; values in row-major order. */
struct iss_h5_array {
    const char *name;
    enum iss_h5_type type;
    int rank;
    size_t dims[ISS_H5_RANK];
    const void *values;
    const int64_t *fill; /* fill value of an INT64 dataset, or NULL */
};

/* How HDF5 reports errors. */
struct iss_h5_report {
    H5E_auto2_t report;
    void *data;
};

/** Keep HDF5 from printing its stack of errors, as our messages are ours alone; and
 *  let it report again as before. */
void iss_h5_quiet(struct iss_h5_report *before);
void iss_h5_loud(const struct iss_h5_report *before);

/** File access: format bounds 1.8 to 1.10; closing a file closes all in it. */
hid_t iss_h5_access(void);

/** Creation of a file, a group: links and attributes in order of creation, no times. */
hid_t iss_h5_creation(hid_t property_class);

/** Creation of a dataset: no times, its fill value, and for long ones chunks of 64 Ki
 *  rows, shuffled and deflated. */
hid_t iss_h5_array_creation(const struct iss_h5_array *array);

/** Variable-length UTF-8. */
hid_t iss_h5_text_type(void);

/** The type in the file (little-endian) and in memory; text types are to be closed by
 *  iss_h5_type_close(), which leaves the predefined ones alone. */
hid_t iss_h5_file_type(enum iss_h5_type type);
hid_t iss_h5_memory_type(enum iss_h5_type type);
void iss_h5_type_close(enum iss_h5_type type, hid_t id);

/** Bytes of a value in memory. */
size_t iss_h5_size(enum iss_h5_type type);

/** Values in an array; its dataspace. */
size_t iss_h5_count(const struct iss_h5_array *array);
hid_t iss_h5_space(const struct iss_h5_array *array);

/** Create the dataset `array` below `parent` and write its values. */
hid_t iss_h5_create(hid_t parent, const struct iss_h5_array *array);

/** Create the dataset `array` below `parent` in one piece that nothing is written to:
 *  what is there is for the caller to fill, beside HDF5. */
hid_t iss_h5_reserve(hid_t parent, const struct iss_h5_array *array);

/** Does dataset `id` have the type and the shape of `array`? */
bool iss_h5_same_form(hid_t id, const struct iss_h5_array *array);

/** Read the whole of dataset `id` back: ISS_OK when it is `array`, bit for bit;
 *  ISS_ERR_VERIFY or ISS_ERR_NO_MEMORY. */
int iss_h5_compare(hid_t id, const struct iss_h5_array *array);

/** The same for an attribute of `object`, of at most ISS_H5_ATTRIBUTE_VALUES values. */
#define ISS_H5_ATTRIBUTE_VALUES 256
bool iss_h5_attribute_create(hid_t object, const struct iss_h5_array *array);
bool iss_h5_attribute_compare(hid_t object, const struct iss_h5_array *array);

/** Give back the texts that a read put into `values`. */
void iss_h5_reclaim(hid_t type, hid_t space, void *values);

#endif
