/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * array.c - one dataset or attribute: written, or read back and compared.
 *
 * On a full disk HDF5 may report success and lose data, so the comparison trusts
 * nothing: type, shape and every value are read again.
 */
#include "store/h5.h"

#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

hid_t
iss_h5_space(const struct iss_h5_array *array)
{
    hsize_t dims[ISS_H5_RANK] = {array->dims[0], array->dims[1], array->dims[2]};

    return array->rank == 0 ? H5Screate(H5S_SCALAR)
                            : H5Screate_simple(array->rank, dims, NULL);
}

size_t
iss_h5_count(const struct iss_h5_array *array)
{
    size_t count = 1;

    for (int i = 0; i < array->rank; i++) {
        count *= array->dims[i];
    }
    return count;
}

static bool
equal_texts(const char *const *a, const char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* An empty text reads back as NULL. */
        if (strcmp(a[i] == NULL ? "" : a[i], b[i] == NULL ? "" : b[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* Bitwise, so that a NaN equals itself. */
static bool
equal_values(enum iss_h5_type type, const void *a, const void *b, size_t count)
{
    return type == ISS_H5_TEXT ? equal_texts(a, b, count)
                               : memcmp(a, b, count * iss_h5_size(type)) == 0;
}

/* Does what lies in the file, of type `type` and extent `space`, look like `array`? */
static bool
same_form(const struct iss_h5_array *array, hid_t type, hid_t space)
{
    hid_t wanted = iss_h5_file_type(array->type);
    hsize_t dims[ISS_H5_RANK] = {0};
    int rank = H5Sget_simple_extent_ndims(space);
    bool same = wanted >= 0 && H5Tequal(type, wanted) > 0 && rank == array->rank;

    iss_h5_type_close(array->type, wanted);
    if (!same || (rank > 0 && H5Sget_simple_extent_dims(space, dims, NULL) != rank)) {
        return false;
    }
    for (int i = 0; i < rank; i++) {
        if (dims[i] != array->dims[i]) {
            return false;
        }
    }
    return true;
}

static hid_t
create(hid_t parent, const struct iss_h5_array *array, hid_t creation)
{
    hid_t type = iss_h5_file_type(array->type);
    hid_t space = iss_h5_space(array);
    hid_t id = H5I_INVALID_HID;

    if (type >= 0 && space >= 0 && creation >= 0) {
        id = H5Dcreate2(parent, array->name, type, space, H5P_DEFAULT, creation,
                        H5P_DEFAULT);
    }
    if (creation >= 0) {
        H5Pclose(creation);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    iss_h5_type_close(array->type, type);
    return id;
}

hid_t
iss_h5_create(hid_t parent, const struct iss_h5_array *array)
{
    hid_t type = iss_h5_memory_type(array->type);
    hid_t id = type < 0 ? type : create(parent, array, iss_h5_array_creation(array));

    if (id >= 0 && iss_h5_count(array) > 0 &&
        H5Dwrite(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, array->values) < 0) {
        H5Oclose(id);
        id = H5I_INVALID_HID;
    }
    iss_h5_type_close(array->type, type);
    return id;
}

hid_t
iss_h5_reserve(hid_t parent, const struct iss_h5_array *array)
{
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);

    if (creation >= 0 && (H5Pset_obj_track_times(creation, false) < 0 ||
                          H5Pset_attr_creation_order(creation, order) < 0 ||
                          H5Pset_layout(creation, H5D_CONTIGUOUS) < 0 ||
                          H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY) < 0 ||
                          H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER) < 0)) {
        H5Pclose(creation);
        return H5I_INVALID_HID;
    }
    return create(parent, array, creation);
}

/* Read every value of `id` and compare.  ISS_OK, ISS_ERR_VERIFY or ISS_ERR_NO_MEMORY.
 */
static int
compare_values(hid_t id, hid_t space, const struct iss_h5_array *array)
{
    size_t count = iss_h5_count(array);
    hid_t type = iss_h5_memory_type(array->type);
    void *found = calloc(count > 0 ? count : 1, iss_h5_size(array->type));
    int status = ISS_ERR_VERIFY;

    if (found == NULL) {
        iss_h5_type_close(array->type, type);
        return ISS_ERR_NO_MEMORY;
    }
    if (count == 0) {
        status = ISS_OK;
    } else if (type >= 0 &&
               H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, found) >= 0 &&
               equal_values(array->type, found, array->values, count)) {
        status = ISS_OK;
    }
    if (array->type == ISS_H5_TEXT && type >= 0) {
        iss_h5_reclaim(type, space, found);
    }
    iss_h5_type_close(array->type, type);
    free(found);
    return status;
}

bool
iss_h5_same_form(hid_t id, const struct iss_h5_array *array)
{
    hid_t type = H5Dget_type(id);
    hid_t space = H5Dget_space(id);
    bool same = type >= 0 && space >= 0 && same_form(array, type, space);

    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    return same;
}

int
iss_h5_compare(hid_t id, const struct iss_h5_array *array)
{
    hid_t space;
    int status = ISS_ERR_VERIFY;

    if (!iss_h5_same_form(id, array)) {
        return status;
    }
    space = H5Dget_space(id);
    if (space >= 0) {
        status = compare_values(id, space, array);
        H5Sclose(space);
    }
    return status;
}

bool
iss_h5_attribute_create(hid_t object, const struct iss_h5_array *attribute)
{
    hid_t type = iss_h5_file_type(attribute->type);
    hid_t memory_type = iss_h5_memory_type(attribute->type);
    hid_t space = iss_h5_space(attribute);
    hid_t id = H5I_INVALID_HID;
    bool ok = type >= 0 && memory_type >= 0 && space >= 0;

    if (ok) {
        id = H5Acreate2(object, attribute->name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        ok = id >= 0 && H5Awrite(id, memory_type, attribute->values) >= 0;
    }
    if (id >= 0 && H5Aclose(id) < 0) {
        ok = false;
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    iss_h5_type_close(attribute->type, memory_type);
    iss_h5_type_close(attribute->type, type);
    return ok;
}

static bool
read_equals(hid_t id, hid_t space, const struct iss_h5_array *attribute)
{
    union {
        int64_t numbers[ISS_H5_ATTRIBUTE_VALUES];
        const char *text;
    } found = {{0}};
    hid_t type = iss_h5_memory_type(attribute->type);
    size_t count = iss_h5_count(attribute);
    bool same = type >= 0 && count <= ISS_H5_ATTRIBUTE_VALUES &&
                H5Aread(id, type, &found) >= 0 &&
                equal_values(attribute->type, &found, attribute->values, count);

    if (attribute->type == ISS_H5_TEXT && type >= 0) {
        iss_h5_reclaim(type, space, &found);
    }
    iss_h5_type_close(attribute->type, type);
    return same;
}

bool
iss_h5_attribute_compare(hid_t object, const struct iss_h5_array *attribute)
{
    hid_t id = H5Aopen(object, attribute->name, H5P_DEFAULT);
    hid_t type = id < 0 ? id : H5Aget_type(id);
    hid_t space = id < 0 ? id : H5Aget_space(id);
    bool same = type >= 0 && space >= 0 && same_form(attribute, type, space) &&
                read_equals(id, space, attribute);

    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    if (id >= 0) {
        H5Aclose(id);
    }
    return same;
}
