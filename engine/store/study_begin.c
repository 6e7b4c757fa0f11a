/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_begin.c - steps 1 to 3 of store/study.c: a file with room for its rows. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/study_file.h"

/* Copies of what the caller may change. */
static int
take_plan(struct iss_study *self, const struct iss_study_extent *plan)
{
    const struct iss_ranges *rows = plan->rows;
    uint64_t total = 0;

    self->plan = *plan;
    self->plan.rows = &self->planned;
    self->fan_size = iss_study_fan_size(plan->info);
    self->fans = iss_arena_array(&self->arena, self->fan_size + 1, sizeof(*self->fans));
    self->before =
        iss_arena_array(&self->arena, rows->count + 1, sizeof(*self->before));
    if (self->fans == NULL || self->before == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct iss_range range = rows->items[i];
        int status = iss_ranges_add(&self->planned, range.first, range.end);

        if (status != ISS_OK) {
            return status;
        }
        self->before[i] = total;
        total += range.end - range.first;
    }
    return ISS_OK;
}

static int
describe(struct iss_study *self)
{
    int status = iss_study_columns_init(&self->columns, self->plan.info,
                                        iss_ranges_total(&self->planned), &self->arena);
    size_t count = (size_t)self->columns.table.column_count;

    if (status != ISS_OK) {
        return status;
    }
    self->readers = iss_arena_array(&self->arena, count, sizeof(*self->readers));
    if (self->readers == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        self->readers[i] = (struct column_reader){self, (int32_t)i};
    }
    return ISS_OK;
}

static int
take_lock(struct iss_study *self, const struct iss_outcome *origin)
{
    const struct iss_place *place = &self->place;
    long holder;
    int status = iss_place_check(place, self->options, origin);

    if (status != ISS_OK) {
        return status;
    }
    status = iss_lock_take(&self->lock, place->lock, &holder);
    if (status == ISS_ERR_LOCKED) {
        iss_place_say(
            place,
            "is being written by process %ld; wait for it, or choose another name",
            holder);
        return status;
    }
    /* Once more, as somebody may just have finished. */
    return status == ISS_OK ? iss_place_check(place, self->options, origin)
                            : iss_place_cannot_create(place, place->lock);
}

static int
begin_file(struct iss_study *self)
{
    struct iss_disk_error error;
    int status = iss_place_create_part(&self->place, &self->driver.fd);

    if (status != ISS_OK) {
        return status;
    }
    iss_book_begin_file(&self->book, ISS_BOOK_WRITE, iss_driver_create(&self->driver));
    iss_study_columns_layout(&self->columns, &self->book);
    status = iss_study_book_status(self, &self->book);
    if (status == ISS_OK &&
        !iss_disk_reserve(self->driver.fd, self->driver.end, &error)) {
        /* What the .part file took already isn't free for others, but is for it. */
        (void)ftruncate(self->driver.fd, 0);
        return iss_study_disk_failed(self, &error);
    }
    return status;
}

static int
begin(struct iss_study *self, const char *path, const struct iss_study_extent *plan,
      const struct iss_outcome *origin, char *message, size_t size)
{
    const char *own = iss_arena_strdup(&self->arena, path);
    int status;

    if (own == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    status = iss_place_init(&self->place, &self->arena, own, message, size);
    if (status != ISS_OK) {
        return status;
    }
    status = take_plan(self, plan);
    if (status == ISS_OK) {
        status = describe(self);
    }
    if (status != ISS_OK) {
        iss_place_say(&self->place, status == ISS_ERR_NO_MEMORY
                                        ? "out of memory"
                                        : "the study's description is malformed");
        return status;
    }
    status = take_lock(self, origin);
    return status == ISS_OK ? begin_file(self) : status;
}

int
iss_study_create(struct iss_study **study, const char *path,
                 const struct iss_study_extent *plan, const struct iss_outcome *origin,
                 const struct iss_store_options *options, char *message, size_t size)
{
    struct iss_study *self = calloc(1, sizeof(*self));
    struct iss_h5_report report;
    int status;

    *study = NULL;
    if (self == NULL) {
        snprintf(message, size, "out of memory");
        return ISS_ERR_NO_MEMORY;
    }
    self->options = options;
    self->lock.fd = self->driver.fd = -1;
    self->book.file = H5I_INVALID_HID;
    iss_h5_quiet(&report);
    status = begin(self, path, plan, origin, message, size);
    if (status != ISS_OK) {
        iss_study_forget(self, false);
        self = NULL;
    }
    iss_h5_loud(&report);
    *study = self;
    return status;
}
