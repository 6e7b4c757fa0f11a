/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fetch.c - attributes and datasets, looked at before they are read: a file may have
 * been made, or changed, by anybody.
 */
#include "store/fetch.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

/* The type among ours that equals the file's. */
static bool
find_type(hid_t found, enum iss_h5_type *type)
{
    static const enum iss_h5_type numbers[] = {ISS_H5_INT8,   ISS_H5_UINT8,
                                               ISS_H5_INT32,  ISS_H5_INT64,
                                               ISS_H5_UINT64, ISS_H5_REAL};

    if (H5Tis_variable_str(found) > 0) {
        *type = ISS_H5_TEXT;
        return true;
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        if (H5Tequal(found, iss_h5_file_type(numbers[i])) > 0) {
            *type = numbers[i];
            return true;
        }
    }
    return false;
}

/* Close `type` and `space`, and tell what they say. */
static bool
form_of(hid_t type, hid_t space, struct iss_h5_array *form)
{
    hsize_t dims[ISS_H5_RANK] = {0};
    int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    bool known = type >= 0 && rank >= 0 && rank <= ISS_H5_RANK &&
                 find_type(type, &form->type) &&
                 H5Sget_simple_extent_dims(space, dims, NULL) == rank;

    form->rank = rank;
    for (int i = 0; i < ISS_H5_RANK; i++) {
        form->dims[i] = (size_t)dims[i];
    }
    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    return known;
}

bool
iss_fetch_form(hid_t id, struct iss_h5_array *form)
{
    return form_of(H5Dget_type(id), H5Dget_space(id), form);
}

bool
iss_fetch_has(hid_t object, const char *name)
{
    return H5Aexists(object, name) > 0;
}

/* The attribute, open, when it has that form. */
static hid_t
open_attribute(hid_t object, const char *name, enum iss_h5_type type, size_t count)
{
    hid_t id = iss_fetch_has(object, name) ? H5Aopen(object, name, H5P_DEFAULT)
                                           : H5I_INVALID_HID;
    struct iss_h5_array form = {.name = name};

    if (id >= 0 && form_of(H5Aget_type(id), H5Aget_space(id), &form) &&
        form.type == type && form.rank <= 1 && iss_h5_count(&form) == count) {
        return id;
    }
    if (id >= 0) {
        H5Aclose(id);
    }
    return H5I_INVALID_HID;
}

const char *
iss_fetch_text(hid_t object, const char *name, struct iss_arena *arena)
{
    hid_t id = open_attribute(object, name, ISS_H5_TEXT, 1);
    hid_t type = id < 0 ? id : iss_h5_text_type();
    const char *kept = "";
    char *text = NULL;

    if (type >= 0 && H5Aread(id, type, &text) >= 0 && text != NULL) {
        kept = iss_arena_strdup(arena, text);
        H5free_memory(text);
    }
    iss_h5_type_close(ISS_H5_TEXT, type);
    if (id >= 0) {
        H5Aclose(id);
    }
    return kept;
}

bool
iss_fetch_numbers(hid_t object, const char *name, enum iss_h5_type type, size_t count,
                  void *values)
{
    hid_t id = open_attribute(object, name, type, count);
    bool ok = id >= 0 && H5Aread(id, iss_h5_memory_type(type), values) >= 0;

    if (id >= 0) {
        H5Aclose(id);
    }
    return ok;
}

/* Move texts that HDF5 made into the arena; an empty one reads as NULL. */
static int
keep_texts(const char **texts, size_t count, struct iss_arena *arena)
{
    int status = ISS_OK;

    for (size_t i = 0; i < count; i++) {
        void *given = (void *)(uintptr_t)texts[i];

        texts[i] = given == NULL ? "" : iss_arena_strdup(arena, given);
        if (texts[i] == NULL) {
            status = ISS_ERR_NO_MEMORY;
        }
        H5free_memory(given);
    }
    return status;
}

int
iss_fetch_values(hid_t id, const struct iss_h5_array *form, void *values,
                 struct iss_arena *arena)
{
    hid_t type = iss_h5_memory_type(form->type);
    size_t count = iss_h5_count(form);
    int status = ISS_OK;

    if (count > 0 &&
        (type < 0 || H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)) {
        status = ISS_ERR_FORMAT;
    } else if (form->type == ISS_H5_TEXT) {
        status = keep_texts(values, count, arena);
    }
    iss_h5_type_close(form->type, type);
    return status;
}
