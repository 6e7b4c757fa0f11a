/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5.c - HDF5 property lists and types.
 *
 * Bounds 1.8 to 1.10 so that every reader in use opens the file.  Object times are off,
 * or a second run would differ from the first.  Creation order is kept, because netCDF
 * lists variables in it.
 */
#include "store/h5.h"

#include <stdbool.h>
#include <stdint.h>

/* Shorter columns stay in one contiguous piece. */
#define CHUNK_FROM_ROWS ((size_t)4 << 10)
#define CHUNK_ROWS      ((size_t)64 << 10)
#define CHUNK_BYTES     ((size_t)1 << 20) /* what HDF5's chunk cache holds */

/* Close `list` when `ok` is false, and say so. */
static hid_t
keep_if(hid_t list, bool ok)
{
    if (ok || list < 0) {
        return list;
    }
    H5Pclose(list);
    return H5I_INVALID_HID;
}

void
iss_h5_quiet(struct iss_h5_report *before)
{
    *before = (struct iss_h5_report){0};
    H5Eget_auto2(H5E_DEFAULT, &before->report, &before->data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void
iss_h5_loud(const struct iss_h5_report *before)
{
    H5Eset_auto2(H5E_DEFAULT, before->report, before->data);
}

hid_t
iss_h5_access(void)
{
    hid_t list = H5Pcreate(H5P_FILE_ACCESS);

    return keep_if(
        list, list >= 0 &&
                  H5Pset_libver_bounds(list, H5F_LIBVER_V18, H5F_LIBVER_V110) >= 0 &&
                  H5Pset_fclose_degree(list, H5F_CLOSE_STRONG) >= 0);
}

hid_t
iss_h5_creation(hid_t property_class)
{
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t list = H5Pcreate(property_class);

    return keep_if(list, list >= 0 && H5Pset_obj_track_times(list, false) >= 0 &&
                             H5Pset_link_creation_order(list, order) >= 0 &&
                             H5Pset_attr_creation_order(list, order) >= 0);
}

static bool
set_chunks(hid_t list, const struct iss_h5_array *array)
{
    size_t across =
        (array->rank > 1 ? array->dims[1] : 1) * (array->rank > 2 ? array->dims[2] : 1);
    size_t row = across * iss_h5_size(array->type);
    size_t rows = CHUNK_BYTES / (row > 0 ? row : 1);
    hsize_t chunk[ISS_H5_RANK] = {0, array->dims[1], array->dims[2]};

    /* Text is stored beside the array; chunking its addresses gains nothing. */
    if (array->rank == 0 || array->type == ISS_H5_TEXT || across == 0 ||
        array->dims[0] < CHUNK_FROM_ROWS) {
        return true;
    }
    rows = rows < 1 ? 1 : rows;
    rows = rows > CHUNK_ROWS ? CHUNK_ROWS : rows;
    chunk[0] = rows > array->dims[0] ? array->dims[0] : rows;
    if (H5Pset_chunk(list, array->rank, chunk) < 0) {
        return false;
    }
    return H5Zfilter_avail(H5Z_FILTER_DEFLATE) <= 0 ||
           (H5Pset_shuffle(list) >= 0 && H5Pset_deflate(list, 1) >= 0);
}

hid_t
iss_h5_array_creation(const struct iss_h5_array *array)
{
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    bool ok = list >= 0 && H5Pset_obj_track_times(list, false) >= 0 &&
              H5Pset_attr_creation_order(list, order) >= 0 && set_chunks(list, array);

    if (ok && array->fill != NULL) {
        ok = H5Pset_fill_value(list, H5T_NATIVE_INT64, array->fill) >= 0;
    }
    return keep_if(list, ok);
}

hid_t
iss_h5_text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);

    if (type >= 0 &&
        (H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)) {
        H5Tclose(type);
        return H5I_INVALID_HID;
    }
    return type;
}

hid_t
iss_h5_file_type(enum iss_h5_type type)
{
    switch (type) {
    case ISS_H5_INT8:
        return H5T_STD_I8LE;
    case ISS_H5_UINT8:
        return H5T_STD_U8LE;
    case ISS_H5_INT32:
        return H5T_STD_I32LE;
    case ISS_H5_INT64:
        return H5T_STD_I64LE;
    case ISS_H5_UINT64:
        return H5T_STD_U64LE;
    case ISS_H5_REAL:
        return H5T_IEEE_F64LE;
    case ISS_H5_TEXT:
        return iss_h5_text_type();
    }
    return H5I_INVALID_HID;
}

hid_t
iss_h5_memory_type(enum iss_h5_type type)
{
    switch (type) {
    case ISS_H5_INT8:
        return H5T_NATIVE_INT8;
    case ISS_H5_UINT8:
        return H5T_NATIVE_UINT8;
    case ISS_H5_INT32:
        return H5T_NATIVE_INT32;
    case ISS_H5_INT64:
        return H5T_NATIVE_INT64;
    case ISS_H5_UINT64:
        return H5T_NATIVE_UINT64;
    case ISS_H5_REAL:
        return H5T_NATIVE_DOUBLE;
    case ISS_H5_TEXT:
        return iss_h5_text_type();
    }
    return H5I_INVALID_HID;
}

void
iss_h5_type_close(enum iss_h5_type type, hid_t id)
{
    if (type == ISS_H5_TEXT && id >= 0) {
        H5Tclose(id);
    }
}

size_t
iss_h5_size(enum iss_h5_type type)
{
    switch (type) {
    case ISS_H5_INT8:
    case ISS_H5_UINT8:
        return 1;
    case ISS_H5_INT32:
        return sizeof(int32_t);
    case ISS_H5_INT64:
    case ISS_H5_UINT64:
    case ISS_H5_REAL:
        return sizeof(int64_t);
    case ISS_H5_TEXT:
        return sizeof(const char *);
    }
    return 0;
}

void
iss_h5_reclaim(hid_t type, hid_t space, void *values)
{
#if H5_VERSION_GE(1, 12, 0)
    H5Treclaim(type, space, H5P_DEFAULT, values);
#else
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, values);
#endif
}
