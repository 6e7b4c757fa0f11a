/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_table.c - what layout.c laid out, recognised by types and attributes.
 *
 * Writing and comparing go down a description of the file; here there is none yet, so
 * that the walk is one of its own: over the links of a group in their order.  The scale
 * comes first; a scale with `copy_of` belongs to columns across another table.
 */
#include "store/read_table.h"

#include <stdio.h>
#include <string.h>

#include <hdf5_hl.h>

#include "isssim/status.h"
#include "store/fetch.h"

#define TIME_UNITS "microseconds since "

struct place {
    hid_t group;
    struct iss_table *table;
    struct iss_arena *arena;
    char *where;
};

/* ---- links --------------------------------------------------------------------- */

hsize_t
iss_read_links(hid_t group)
{
    H5G_info_t info;
    return H5Gget_info(group, &info) < 0 ? 0 : info.nlinks;
}

const char *
iss_read_link(hid_t group, hsize_t index, struct iss_arena *arena)
{
    char name[256];
    ssize_t length = H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC,
                                        index, name, sizeof(name), H5P_DEFAULT);
    return length < 0 || length >= (ssize_t)sizeof(name)
               ? NULL
               : iss_arena_strdup(arena, name);
}

/* ---- columns ------------------------------------------------------------------- */

/* The names of the codes: `flag_meanings` at its blanks. */
static int
read_meanings(hid_t id, struct iss_column *column, struct iss_arena *arena)
{
    const char *words = iss_fetch_text(id, "flag_meanings", arena);
    const char **names;
    int32_t count = 0;

    if (words == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    names = iss_arena_array(arena, strlen(words) / 2 + 1, sizeof(*names));
    for (const char *word = words; names != NULL && *word != '\0'; count++) {
        size_t length = strcspn(word, " ");
        names[count] = iss_arena_printf(arena, "%.*s", (int)length, word);
        if (names[count] == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        word += length + strspn(word + length, " ");
    }
    column->meanings = names;
    column->meaning_count = count;
    return names == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

static enum iss_column_kind
kind_of(hid_t id, enum iss_h5_type type, const char *units)
{
    switch (type) {
    case ISS_H5_INT64:
        if (strncmp(units, TIME_UNITS, sizeof(TIME_UNITS) - 1) != 0) {
            return ISS_COLUMN_COUNT;
        }
        return iss_fetch_has(id, "_FillValue") ? ISS_COLUMN_TIME_NULL : ISS_COLUMN_TIME;
    case ISS_H5_REAL:
        return ISS_COLUMN_REAL;
    case ISS_H5_INT32:
        return ISS_COLUMN_ID;
    case ISS_H5_UINT8:
        return ISS_COLUMN_CODE;
    case ISS_H5_INT8:
        return ISS_COLUMN_FLAG;
    case ISS_H5_UINT64:
        return ISS_COLUMN_HASH;
    case ISS_H5_TEXT:
        break;
    }
    return ISS_COLUMN_TEXT;
}

/* Name and origin of the scale of a further dimension. */
struct further {
    struct iss_arena *arena;
    const char *name, *across;
};

static herr_t
take_further(hid_t id, unsigned dimension, hid_t scale, void *data)
{
    struct further *further = data;
    char path[256] = "";
    const char *slash;

    (void)id;
    (void)dimension;
    if (H5Iget_name(scale, path, sizeof(path)) <= 0) {
        return 1;
    }
    slash = strrchr(path, '/');
    further->name = iss_arena_strdup(further->arena, slash == NULL ? path : slash + 1);
    further->across = iss_fetch_text(scale, "copy_of", further->arena);
    return 1;
}

static int
read_axis(hid_t id, unsigned dimension, size_t width, struct iss_axis *axis,
          struct iss_arena *arena)
{
    struct further further = {.arena = arena};

    if (H5DSiterate_scales(id, dimension, NULL, take_further, &further) <= 0 ||
        further.name == NULL || further.across == NULL || *further.across == '\0' ||
        width > INT32_MAX) {
        return ISS_ERR_FORMAT;
    }
    *axis = (struct iss_axis){further.across, (int32_t)width, further.name};
    return ISS_OK;
}

static int
read_axes(hid_t id, struct iss_column *column, const struct iss_h5_array *form,
          struct iss_arena *arena)
{
    struct iss_axis axes[ISS_COLUMN_AXES] = {{0}};
    int status = ISS_OK;

    for (int i = 1; i < form->rank && status == ISS_OK; i++) {
        status = read_axis(id, (unsigned)i, form->dims[i], &axes[i - 1], arena);
    }
    column->across = axes[0].across;
    column->width = axes[0].width;
    column->dimension = axes[0].dimension;
    column->through = axes[1].across;
    column->depth = axes[1].width;
    column->through_dimension = axes[1].dimension;
    return status;
}

/* What the column is, and its values. */
static int
read_column(hid_t id, const char *name, const struct iss_h5_array *form,
            struct iss_column *column, struct iss_arena *arena)
{
    const char *units = iss_fetch_text(id, "units", arena);
    const char *long_name = iss_fetch_text(id, "long_name", arena);
    const char *target = iss_fetch_text(id, "refers_to", arena);
    int status = ISS_OK;

    if (units == NULL || long_name == NULL || target == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    *column = (struct iss_column){
        .name = name, .kind = kind_of(id, form->type, units), .long_name = long_name};
    if (column->kind == ISS_COLUMN_REAL || column->kind == ISS_COLUMN_COUNT) {
        column->units = units;
    } else if (column->kind == ISS_COLUMN_ID) {
        column->refers_to = target;
    } else if (column->kind == ISS_COLUMN_CODE) {
        status = read_meanings(id, column, arena);
    }
    if (status == ISS_OK) {
        status = read_axes(id, column, form, arena);
    }
    if (status != ISS_OK) {
        return status;
    }
    column->data.any =
        iss_arena_array(arena, iss_h5_count(form) + 1, iss_h5_size(form->type));
    return column->data.any == NULL
               ? ISS_ERR_NO_MEMORY
               : iss_fetch_values(id, form, column->data.any, arena);
}

/* ---- tables -------------------------------------------------------------------- */

/* A dataset is the table's scale (of made-up rows or a column), another's, or a column.
 */
static int
take_dataset(const struct place *place, hid_t id, const char *name)
{
    struct iss_table *table = place->table;
    struct iss_h5_array form = {.name = name};
    bool is_scale = H5DSis_scale(id) > 0;

    if (!iss_fetch_form(id, &form) || form.rank < 1) {
        return ISS_ERR_FORMAT;
    }
    if (is_scale && iss_fetch_has(id, "copy_of")) {
        return ISS_OK;
    }
    if (is_scale) {
        table->rows = table->capacity = form.dims[0];
        if (strcmp(name, ISS_ROW_SCALE) == 0) {
            return ISS_OK;
        }
        table->scale = name;
    }
    if (form.dims[0] != table->rows) {
        return ISS_ERR_FORMAT;
    }
    return read_column(id, name, &form, &table->columns[table->column_count++],
                       place->arena);
}

static int
read_link(const struct place *place, hsize_t index)
{
    const char *name = iss_read_link(place->group, index, place->arena);
    hid_t id = H5I_INVALID_HID;
    int status = ISS_ERR_FORMAT;

    if (name != NULL) {
        snprintf(place->where, 96, "/%s/%s", place->table->name, name);
        id = H5Oopen(place->group, name, H5P_DEFAULT);
    }
    if (id >= 0) {
        status =
            H5Iget_type(id) == H5I_DATASET ? take_dataset(place, id, name) : ISS_OK;
        H5Oclose(id);
    }
    return status;
}

int
iss_read_table(hid_t parent, const char *name, struct iss_table *table,
               struct iss_arena *arena, char where[96])
{
    struct place place = {.table = table, .arena = arena, .where = where};
    hsize_t links;
    int status = ISS_OK;

    snprintf(where, 96, "/%s", name);
    place.group = H5Gopen2(parent, name, H5P_DEFAULT);
    if (place.group < 0) {
        return ISS_ERR_FORMAT;
    }
    links = iss_read_links(place.group);
    *table = (struct iss_table){
        .name = name,
        .title = iss_fetch_text(place.group, "title", arena),
        .columns = iss_arena_array(arena, (size_t)links + 1, sizeof(*table->columns))};
    if (table->title == NULL || table->columns == NULL) {
        status = ISS_ERR_NO_MEMORY;
    }
    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        status = read_link(&place, i);
    }
    H5Gclose(place.group);
    return status;
}
