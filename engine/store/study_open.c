/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_open.c - a study's file is opened, and says what it is.
 *
 * What the rows are is read from the columns themselves: which replications from the
 * first, which metrics from the names, units and long_names of those behind the fixed
 * ones.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "isssim/status.h"
#include "store/fetch.h"
#include "store/provenance.h"
#include "store/read_table.h"
#include "store/study_fans.h"
#include "store/study_reader.h"

#define PIECE 4096

static const enum iss_h5_type row_types[ISS_ROW_METRICS] = {ISS_H5_INT64, ISS_H5_UINT64,
                                                            ISS_H5_INT64, ISS_H5_UINT8};

static struct iss_arena *
arena_of(struct iss_study_reader *self)
{
    return &self->facts.origin.arena;
}

static int
no_memory(const struct iss_study_reader *self)
{
    return iss_reading_no_memory(&self->reading);
}

int
iss_study_damaged(const struct iss_study_reader *self, const char *group,
                  const char *name)
{
    return iss_reading_refuse(&self->reading, ISS_ERR_FORMAT,
                              "is damaged: /%s/%s can't be read", group, name);
}

/* ---- the file ------------------------------------------------------------------ */

static int
open_file(struct iss_study_reader *self)
{
    static const char unfinished[ISS_DISK_HEAD];
    struct iss_disk_error error;
    struct stat info;
    int fd = open(self->facts.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

    self->driver.fd = fd;
    self->driver.has_head = true;
    if (fd < 0 || fstat(fd, &info) != 0) {
        return iss_reading_refuse(&self->reading, ISS_ERR_NO_INPUT, "%s",
                                  strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return iss_reading_refuse(&self->reading, ISS_ERR_NO_INPUT, "is %s, not a file",
                                  S_ISDIR(info.st_mode) ? "a folder"
                                                        : "a pipe or a device");
    }
    if (info.st_size > ISS_DISK_HEAD &&
        iss_disk_has(fd, unfinished, ISS_DISK_HEAD, 0, &error)) {
        return iss_reading_refuse(&self->reading, ISS_ERR_FORMAT,
                                  "is incomplete; its writer didn't come to the end");
    }
    self->reading.file = iss_driver_open(&self->driver);
    return self->reading.file >= 0
               ? ISS_OK
               : iss_reading_refuse(&self->reading, ISS_ERR_FORMAT,
                                    "is no HDF5 file, or damaged or cut short");
}

/* ---- the columns --------------------------------------------------------------- */

/* Is dataset `id` a column of `type`, as long as the others? */
static bool
is_column(struct iss_study_reader *self, hid_t id, enum iss_h5_type type)
{
    struct iss_h5_array form = {0};

    return id >= 0 && iss_fetch_form(id, &form) && form.rank == 1 &&
           form.type == type && form.dims[0] == self->row_count;
}

static int
open_fixed(struct iss_study_reader *self)
{
    for (int i = 0; i < ISS_ROW_METRICS; i++) {
        struct iss_h5_array form = {0};
        hid_t id = H5Dopen2(self->group, iss_study_row_names[i], H5P_DEFAULT);

        if (id < 0) {
            return iss_study_damaged(self, ISS_ROWS, iss_study_row_names[i]);
        }
        self->columns[self->column_count++] = id;
        if (i == ISS_ROW_REPLICATION && iss_fetch_form(id, &form)) {
            self->row_count = form.dims[0];
        }
        if (!is_column(self, id, row_types[i])) {
            return iss_study_damaged(self, ISS_ROWS, iss_study_row_names[i]);
        }
    }
    return ISS_OK;
}

static int
take_metric(struct iss_study_reader *self, const char *name,
            struct iss_metric_info *metrics)
{
    struct iss_study_info *info = &self->facts.info;
    struct iss_metric_info *metric = &metrics[info->metric_count];
    hid_t id = H5Dopen2(self->group, name, H5P_DEFAULT);

    if (!is_column(self, id, ISS_H5_REAL)) {
        if (id >= 0) {
            H5Dclose(id);
        }
        return iss_study_damaged(self, ISS_ROWS, name);
    }
    self->columns[self->column_count++] = id;
    *metric = (struct iss_metric_info){
        .kind = iss_metric_kind(iss_fetch_text(id, "kind", arena_of(self))),
        .name = name,
        .units = iss_fetch_text(id, "units", arena_of(self)),
        .doc = iss_fetch_text(id, "long_name", arena_of(self))};
    info->metric_count++;
    return metric->units == NULL || metric->doc == NULL ? no_memory(self) : ISS_OK;
}

static bool
is_fixed(const char *name)
{
    for (int i = 0; i < ISS_ROW_METRICS; i++) {
        if (strcmp(name, iss_study_row_names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int
open_columns(struct iss_study_reader *self)
{
    struct iss_arena *arena = arena_of(self);
    struct iss_metric_info *metrics;
    hsize_t links;
    int status;

    self->group = H5Gopen2(self->reading.file, ISS_ROWS, H5P_DEFAULT);
    if (self->group < 0) {
        return iss_study_damaged(self, ISS_ROWS, "");
    }
    links = iss_read_links(self->group);
    metrics = iss_arena_array(arena, (size_t)links + 1, sizeof(*metrics));
    self->columns =
        iss_arena_array(arena, (size_t)links + ISS_ROW_METRICS, sizeof(*self->columns));
    if (metrics == NULL || self->columns == NULL) {
        return no_memory(self);
    }
    self->facts.info.metrics = metrics;
    status = open_fixed(self);
    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        const char *name = iss_read_link(self->group, i, arena);

        if (name == NULL) {
            status = iss_study_damaged(self, ISS_ROWS, "");
        } else if (!is_fixed(name)) {
            status = take_metric(self, name, metrics);
        }
    }
    return status;
}

int
iss_study_read_values(const struct iss_study_reader *self, int32_t index,
                      uint64_t first, size_t count, enum iss_h5_type type, void *values)
{
    const hsize_t start = first, length = count;
    hid_t file = H5Dget_space(self->columns[index]);
    hid_t memory = H5Screate_simple(1, &length, NULL);
    bool ok =
        file >= 0 && memory >= 0 &&
        H5Sselect_hyperslab(file, H5S_SELECT_SET, &start, NULL, &length, NULL) >= 0 &&
        H5Dread(self->columns[index], iss_h5_memory_type(type), memory, file,
                H5P_DEFAULT, values) >= 0;

    if (file >= 0) {
        H5Sclose(file);
    }
    if (memory >= 0) {
        H5Sclose(memory);
    }
    if (ok) {
        return ISS_OK;
    }
    return iss_study_damaged(
        self, ISS_ROWS,
        index < ISS_ROW_METRICS
            ? iss_study_row_names[index]
            : self->facts.info.metrics[index - ISS_ROW_METRICS].name);
}

/* ---- what the file says -------------------------------------------------------- */

/* Count the replications in that a piece of the first column names. */
static int
take_rows(struct iss_study_reader *self, const int64_t *numbers, size_t count)
{
    struct iss_ranges *rows = &self->facts.rows;

    for (size_t i = 0, end; i < count; i = end) {
        uint64_t before = rows->count == 0 ? 0 : rows->items[rows->count - 1].end;

        for (end = i + 1; end < count && numbers[end] == numbers[end - 1] + 1; end++) {
        }
        if (numbers[i] < 0 || (uint64_t)numbers[i] < before ||
            numbers[end - 1] == INT64_MAX) {
            return iss_study_damaged(self, ISS_ROWS,
                                     iss_study_row_names[ISS_ROW_REPLICATION]);
        }
        if (iss_ranges_add(rows, (uint64_t)numbers[i],
                           (uint64_t)numbers[end - 1] + 1) != ISS_OK) {
            return no_memory(self);
        }
    }
    return ISS_OK;
}

static int
read_ranges(struct iss_study_reader *self)
{
    int64_t numbers[PIECE];
    int status = ISS_OK;

    for (uint64_t at = 0; status == ISS_OK && at < self->row_count; at += PIECE) {
        uint64_t left = self->row_count - at;
        size_t count = left < PIECE ? (size_t)left : PIECE;

        status = iss_study_read_values(self, ISS_ROW_REPLICATION, at, count,
                                       ISS_H5_INT64, numbers);
        if (status == ISS_OK) {
            status = take_rows(self, numbers, count);
        }
    }
    return status;
}

/* The statuses that the codes stand for, by their names. */
static int
read_statuses(struct iss_study_reader *self)
{
    hid_t id = self->columns[ISS_ROW_STATUS];
    const char *words = iss_fetch_text(id, "flag_meanings", arena_of(self));

    self->statuses =
        iss_arena_array(arena_of(self), UINT8_MAX + 1, sizeof(*self->statuses));
    if (words == NULL || self->statuses == NULL) {
        return no_memory(self);
    }
    while (*words != '\0' && self->status_count <= UINT8_MAX) {
        size_t length = strcspn(words, " ");

        self->statuses[self->status_count++] = iss_study_named_status(words, length);
        words += length + strspn(words + length, " ");
    }
    return ISS_OK;
}

/* As a study that is computed calls its program: "0.1.0 (0123456789ab, changed)". */
static const char *
version_text(struct iss_study_reader *self, hid_t root)
{
    const char *version = iss_fetch_text(root, "isssim_version", arena_of(self));
    const char *sha1 = iss_fetch_text(root, "git_sha1", arena_of(self));
    int32_t dirty = 0;

    if (version == NULL || sha1 == NULL) {
        return NULL;
    }
    (void)iss_fetch_numbers(root, "git_dirty", ISS_H5_INT32, 1, &dirty);
    return iss_arena_printf(arena_of(self), "%s (%.12s%s)", version, sha1,
                            dirty ? ", changed" : "");
}

static int
read_head(struct iss_study_reader *self)
{
    struct iss_study_facts *facts = &self->facts;
    hid_t root = self->reading.file;
    int32_t complete = 0, shard[2] = {0, 0};

    if (!iss_fetch_numbers(root, "complete", ISS_H5_INT32, 1, &complete) ||
        !iss_fetch_numbers(root, "requested", ISS_H5_UINT64, 1, &facts->requested) ||
        !iss_fetch_numbers(root, "confidence", ISS_H5_REAL, 1, &facts->confidence)) {
        return iss_reading_refuse(
            &self->reading, ISS_ERR_FORMAT,
            "is damaged: it lacks complete, requested or confidence");
    }
    (void)iss_fetch_numbers(root, "shard_index", ISS_H5_INT32, 1, &shard[0]);
    (void)iss_fetch_numbers(root, "shard_count", ISS_H5_INT32, 1, &shard[1]);
    facts->complete = complete == 1;
    facts->shard = (struct iss_shard){(uint32_t)shard[0], (uint32_t)shard[1]};
    facts->info.model_hash = facts->origin.model_hash;
    facts->info.numerics = facts->origin.numerics;
    facts->info.seed = facts->origin.seed;
    facts->info.version = version_text(self, root);
    return facts->info.version == NULL ? no_memory(self) : ISS_OK;
}

static int
read_fans(struct iss_study_reader *self)
{
    char where[96];
    int status = iss_study_fans_read(self->reading.file, &self->facts.info,
                                     &self->fans_left, arena_of(self), where);
    size_t size;
    int64_t *copy;

    if (status != ISS_OK) {
        return status == ISS_ERR_NO_MEMORY ? no_memory(self)
                                           : iss_study_damaged(self, where + 1, "");
    }
    size = iss_study_fan_size(&self->facts.info);
    copy = iss_arena_array(arena_of(self), size + 1, sizeof(*copy));
    if (copy == NULL) {
        return no_memory(self);
    }
    memcpy(copy, self->fans_left, size * sizeof(*copy));
    self->facts.fans = copy;
    for (size_t i = 0; i < size; i++) {
        if (copy[i] < 0 || (uint64_t)copy[i] > self->row_count) {
            return iss_study_damaged(self, ISS_FAN_COUNTS, "");
        }
    }
    return ISS_OK;
}

static int
read_facts(struct iss_study_reader *self)
{
    int status = iss_reading_origin(&self->reading, ISS_STUDY_TYPE, "a study");

    if (status == ISS_OK) {
        status = read_head(self);
    }
    if (status == ISS_OK) {
        status = open_columns(self);
    }
    if (status == ISS_OK) {
        status = read_ranges(self);
    }
    if (status == ISS_OK) {
        status = read_statuses(self);
    }
    return status == ISS_OK ? read_fans(self) : status;
}

static void
forget(struct iss_study_reader *self)
{
    if (self->reading.file >= 0) {
        H5Fclose(self->reading.file); /* with all that is open in it */
    }
    if (self->driver.fd >= 0) {
        close(self->driver.fd);
    }
    iss_ranges_clear(&self->facts.rows);
    iss_outcome_clear(&self->facts.origin);
    free(self);
}

static struct iss_study_reader *
make(const char *path, char *message, size_t size)
{
    struct iss_study_reader *self = calloc(1, sizeof(*self));

    if (self == NULL) {
        snprintf(message, size, "%s: out of memory", path);
        return NULL;
    }
    self->driver.fd = -1;
    self->reading = (struct iss_reading){.path = path,
                                         .file = H5I_INVALID_HID,
                                         .outcome = &self->facts.origin,
                                         .making = &self->facts.making,
                                         .message = message,
                                         .size = size};
    self->facts.path = path;
    return self;
}

bool
iss_study_is(const char *path)
{
    char message[256];
    struct iss_study_reader *self = make(path, message, sizeof(message));
    struct iss_h5_report report;
    const char *type = NULL;

    if (self == NULL) {
        return false;
    }
    iss_h5_quiet(&report);
    if (open_file(self) == ISS_OK) {
        type = iss_fetch_text(self->reading.file, "filetype", arena_of(self));
    }
    bool is_study = type != NULL && strcmp(type, ISS_STUDY_TYPE) == 0;
    forget(self);
    iss_h5_loud(&report);
    return is_study;
}

int
iss_study_open(struct iss_study_reader **reader, const char *path, char *message,
               size_t size)
{
    struct iss_study_reader *self = make(path, message, size);
    struct iss_h5_report report;
    int status;

    *reader = NULL;
    if (self == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_h5_quiet(&report);
    status = open_file(self);
    if (status == ISS_OK) {
        status = read_facts(self);
    }
    if (status != ISS_OK) {
        forget(self);
        self = NULL;
    }
    iss_h5_loud(&report);
    *reader = self;
    return status;
}

const struct iss_study_facts *
iss_study_facts(const struct iss_study_reader *reader)
{
    return &reader->facts;
}

void
iss_study_close(struct iss_study_reader *reader)
{
    struct iss_h5_report report;

    if (reader != NULL) {
        iss_h5_quiet(&report);
        forget(reader);
        iss_h5_loud(&report);
    }
}
