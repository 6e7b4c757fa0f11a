/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_fans.c - the counts of the fans, written, compared and read. */
#include "store/study_fans.h"

#include <stdio.h>
#include <string.h>

#include <hdf5_hl.h>

#include "isssim/status.h"
#include "outcome/table.h"
#include "store/fetch.h"
#include "store/layout.h"
#include "store/read_table.h"

#define GRID   "time"
#define VALUES "value_"

/* For the attributes: the group as a table without columns. */
static const struct iss_table fan_table = {.name = ISS_FAN_COUNTS};

static const struct iss_column time_column = {
    .name = GRID,
    .kind = ISS_COLUMN_TIME,
    .long_name = "moment at which the series were looked at"};

/* ---- writing ------------------------------------------------------------------- */

/* A column of whole numbers with its attributes; rank 2 when `width` isn't 0. */
static hid_t
numbers(struct iss_book *book, hid_t group, const struct iss_column *column,
        size_t rows, size_t width, const char *time_units)
{
    hid_t id = iss_book_array(book, group,
                              &(struct iss_h5_array){.name = column->name,
                                                     .type = ISS_H5_INT64,
                                                     .rank = width > 0 ? 2 : 1,
                                                     .dims = {rows, width},
                                                     .values = column->data.count});

    iss_layout_attributes(book, id, &fan_table, column, time_units);
    return id;
}

/* The values that a series takes, as a scale. */
static hid_t
value_scale(struct iss_book *book, hid_t group, const struct iss_series_info *series)
{
    const char *name = iss_arena_printf(&book->arena, VALUES "%s", series->name);
    int64_t *values =
        iss_arena_array(&book->arena, (size_t)series->bins, sizeof(*values));
    struct iss_column column = {.name = name,
                                .kind = ISS_COLUMN_COUNT,
                                .units = series->units,
                                .long_name = series->doc,
                                .data.count = values};
    hid_t id;

    if (name == NULL || values == NULL) {
        iss_book_fail(book, ISS_ERR_NO_MEMORY, "/" ISS_FAN_COUNTS);
        return H5I_INVALID_HID;
    }
    for (int32_t i = 0; i < series->bins; i++) {
        values[i] = i;
    }
    id = numbers(book, group, &column, (size_t)series->bins, 0, "");
    iss_book_scale(book, id, name);
    return id;
}

static void
series_counts(struct iss_book *book, hid_t group, hid_t time, int32_t moments,
              const struct iss_series_info *series, const int64_t *counts)
{
    int64_t *values = (int64_t *)(uintptr_t)counts; /* the union isn't for const */
    struct iss_column column = {
        .name = series->name,
        .kind = ISS_COLUMN_COUNT,
        .units = "1",
        .long_name = "replications that ended well and had the value at the moment",
        .data.count = values};
    hid_t scale = value_scale(book, group, series);
    hid_t id;

    if (series->bins < 1 || strcmp(series->name, GRID) == 0) {
        iss_book_fail(book, ISS_ERR_INVARIANT, "/" ISS_FAN_COUNTS);
    }
    id = numbers(book, group, &column, (size_t)moments, (size_t)series->bins, "");
    iss_book_attach(book, id, time, 0);
    iss_book_attach(book, id, scale, 1);
    iss_book_close(book, id);
    iss_book_close(book, scale);
}

void
iss_study_fans_layout(struct iss_book *book, const struct iss_study_info *info,
                      const int64_t *counts, const char *time_units)
{
    struct iss_column column = time_column;
    hid_t group, time;

    if (info->series_count == 0) {
        return;
    }
    column.data.time = (int64_t *)(uintptr_t)info->grid_us;
    group = iss_book_group(book, book->file, ISS_FAN_COUNTS);
    iss_book_text(book, group, "title", "How often each series took each value");
    time = numbers(book, group, &column, (size_t)info->grid_count, 0, time_units);
    iss_book_scale(book, time, GRID);
    for (int32_t i = 0; i < info->series_count; i++) {
        series_counts(book, group, time, info->grid_count, &info->series[i], counts);
        counts += (size_t)info->grid_count * (size_t)info->series[i].bins;
    }
    iss_book_close(book, time);
    iss_book_close(book, group);
}

/* ---- reading ------------------------------------------------------------------- */

struct reading {
    hid_t group;
    struct iss_arena *arena;
    char *where;
    struct iss_study_info *info;
    struct iss_series_info *series;
    int64_t **counts; /* of each series */
};

/* Read a dataset of whole numbers of `rank` dimensions. */
static int
read_numbers(const struct reading *self, hid_t id, int rank, struct iss_h5_array *form,
             int64_t **values)
{
    if (!iss_fetch_form(id, form) || form->type != ISS_H5_INT64 || form->rank != rank ||
        form->dims[0] > INT32_MAX || (rank == 2 && form->dims[1] > INT32_MAX)) {
        return ISS_ERR_FORMAT;
    }
    *values = iss_arena_array(self->arena, iss_h5_count(form) + 1, sizeof(**values));
    return *values == NULL ? ISS_ERR_NO_MEMORY
                           : iss_fetch_values(id, form, *values, self->arena);
}

static int
read_grid(const struct reading *self)
{
    struct iss_h5_array form = {.name = GRID};
    hid_t id = H5Dopen2(self->group, GRID, H5P_DEFAULT);
    int64_t *grid = NULL;
    int status = id < 0 ? ISS_ERR_FORMAT : read_numbers(self, id, 1, &form, &grid);

    if (id >= 0) {
        H5Dclose(id);
    }
    self->info->grid_us = grid;
    self->info->grid_count = (int32_t)form.dims[0];
    return status;
}

/* Units and meaning of a series stand with its values. */
static int
read_meaning(const struct reading *self, struct iss_series_info *series)
{
    const char *name = iss_arena_printf(self->arena, VALUES "%s", series->name);
    hid_t id =
        name == NULL ? H5I_INVALID_HID : H5Dopen2(self->group, name, H5P_DEFAULT);

    if (id < 0) {
        return name == NULL ? ISS_ERR_NO_MEMORY : ISS_ERR_FORMAT;
    }
    series->units = iss_fetch_text(id, "units", self->arena);
    series->doc = iss_fetch_text(id, "long_name", self->arena);
    H5Dclose(id);
    return series->units == NULL || series->doc == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

static int
read_series(const struct reading *self, const char *name)
{
    struct iss_study_info *info = self->info;
    struct iss_series_info *series = &self->series[info->series_count];
    struct iss_h5_array form = {.name = name};
    hid_t id = H5Dopen2(self->group, name, H5P_DEFAULT);
    bool is_scale = id >= 0 && H5DSis_scale(id) > 0;
    int status = ISS_ERR_FORMAT;

    if (id >= 0 && !is_scale) {
        status = read_numbers(self, id, 2, &form, &self->counts[info->series_count]);
    }
    if (id >= 0) {
        H5Dclose(id);
    }
    if (is_scale || status != ISS_OK) {
        return is_scale ? ISS_OK : status;
    }
    *series = (struct iss_series_info){.name = name, .bins = (int32_t)form.dims[1]};
    info->series_count++;
    return form.dims[0] == (size_t)info->grid_count ? read_meaning(self, series)
                                                    : ISS_ERR_FORMAT;
}

/* The counts of all series, one behind the other. */
static int
join_counts(const struct reading *self, int64_t **counts)
{
    const struct iss_study_info *info = self->info;
    int64_t *to =
        iss_arena_array(self->arena, iss_study_fan_size(info) + 1, sizeof(*to));

    *counts = to;
    for (int32_t i = 0; to != NULL && i < info->series_count; i++) {
        size_t size = (size_t)info->grid_count * (size_t)info->series[i].bins;
        memcpy(to, self->counts[i], size * sizeof(*to));
        to += size;
    }
    return *counts == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

static int
read_group(struct reading *self, int64_t **counts)
{
    hsize_t links = iss_read_links(self->group);
    int status;

    self->series =
        iss_arena_array(self->arena, (size_t)links + 1, sizeof(*self->series));
    self->counts =
        iss_arena_array(self->arena, (size_t)links + 1, sizeof(*self->counts));
    if (self->series == NULL || self->counts == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    self->info->series = self->series;
    status = read_grid(self);
    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        const char *name = iss_read_link(self->group, i, self->arena);

        snprintf(self->where, 96, "/" ISS_FAN_COUNTS "/%s", name == NULL ? "" : name);
        status = name == NULL ? ISS_ERR_FORMAT : read_series(self, name);
    }
    return status == ISS_OK ? join_counts(self, counts) : status;
}

int
iss_study_fans_read(hid_t file, struct iss_study_info *info, int64_t **counts,
                    struct iss_arena *arena, char where[96])
{
    struct reading self = {
        .info = info, .arena = arena, .where = where, .group = H5I_INVALID_HID};
    int status;

    snprintf(where, 96, "/" ISS_FAN_COUNTS);
    if (H5Lexists(file, ISS_FAN_COUNTS, H5P_DEFAULT) <= 0) {
        *counts = iss_arena_alloc(arena, sizeof(**counts));
        return *counts == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
    }
    self.group = H5Gopen2(file, ISS_FAN_COUNTS, H5P_DEFAULT);
    if (self.group < 0) {
        return ISS_ERR_FORMAT;
    }
    status = read_group(&self, counts);
    H5Gclose(self.group);
    return status;
}
