/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_origin.c - head and provenance of a file that anybody may have made.
 */
#include "store/read_origin.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "isssim/status.h"
#include "store/fetch.h"
#include "store/provenance.h"

enum { FORMAT_MAJOR = 1 };

int
iss_reading_refuse(const struct iss_reading *self, int status, const char *format, ...)
{
    va_list arguments;
    int used = snprintf(self->message, self->size, "%s: ", self->path);

    if (used >= 0 && (size_t)used < self->size) {
        va_start(arguments, format);
        vsnprintf(self->message + used, self->size - (size_t)used, format, arguments);
        va_end(arguments);
    }
    return status;
}

int
iss_reading_no_memory(const struct iss_reading *self)
{
    return iss_reading_refuse(self, ISS_ERR_NO_MEMORY, "out of memory");
}

/* ---- head ---------------------------------------------------------------------- */

static int
check_head(const struct iss_reading *self, const char *wanted, const char *noun,
           int32_t format[2])
{
    struct iss_arena *arena = &self->outcome->arena;
    const char *type = iss_fetch_text(self->file, "filetype", arena);

    if (type == NULL) {
        return iss_reading_no_memory(self);
    }
    if (strncmp(type, "isssim/", sizeof("isssim/") - 1) != 0 ||
        !iss_fetch_numbers(self->file, "format_version", ISS_H5_INT32, 2, format)) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is an HDF5 file, but no isssim result");
    }
    if (format[0] != FORMAT_MAJOR) {
        return iss_reading_refuse(
            self, ISS_ERR_FORMAT,
            "has format %d.%d; this isssim reads %d.x, take a newer one",
            (int)format[0], (int)format[1], FORMAT_MAJOR);
    }
    if (strcmp(type, wanted) != 0) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT, "holds %s; %s (%s) is needed",
                                  type, noun, wanted);
    }
    return ISS_OK;
}

static int
read_head(const struct iss_reading *self, const char *type)
{
    struct iss_outcome *outcome = self->outcome;
    struct iss_arena *arena = &outcome->arena;
    hid_t root = self->file;
    int64_t us;

    outcome->filetype = type;
    outcome->title = iss_fetch_text(root, "title", arena);
    outcome->epoch = iss_fetch_text(root, "epoch", arena);
    outcome->numerics = iss_fetch_text(root, "numerics", arena);
    outcome->model_hash = iss_fetch_text(root, "model_hash", arena);
    if (outcome->title == NULL || outcome->epoch == NULL || outcome->numerics == NULL ||
        outcome->model_hash == NULL) {
        return iss_reading_no_memory(self);
    }
    if (iss_civil_parse(outcome->epoch, &us) != ISS_CIVIL_OK ||
        !iss_fetch_numbers(root, "seed", ISS_H5_UINT64, 1, &outcome->seed) ||
        (iss_provenance_is_run(outcome) &&
         !iss_fetch_numbers(root, "replication", ISS_H5_UINT64, 1,
                            &outcome->replication))) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is damaged: it lacks epoch or seed");
    }
    return ISS_OK;
}

/* ---- origin -------------------------------------------------------------------- */

/* The texts of dataset `name` of `group`: *texts is NULL when there is none. */
static int
read_texts(const struct iss_reading *self, hid_t group, const char *name,
           const char ***texts, size_t *count)
{
    struct iss_arena *arena = &self->outcome->arena;
    struct iss_h5_array form = {.name = name};
    hid_t id = H5Dopen2(group, name, H5P_DEFAULT);
    int status = ISS_OK;

    *texts = NULL;
    *count = 0;
    if (id < 0) {
        return ISS_OK;
    }
    if (!iss_fetch_form(id, &form) || form.type != ISS_H5_TEXT || form.rank > 1) {
        status =
            iss_reading_refuse(self, ISS_ERR_FORMAT, "is damaged: /%s/%s can't be read",
                               ISS_PROVENANCE, name);
    } else {
        *count = iss_h5_count(&form);
        *texts = iss_arena_array(arena, *count + 1, sizeof(**texts));
        status = *texts == NULL ? ISS_ERR_NO_MEMORY
                                : iss_fetch_values(id, &form, *texts, arena);
    }
    H5Dclose(id);
    return status;
}

static int
read_files(const struct iss_reading *self, hid_t group)
{
    static const char *const names[] = {"files/path", "files/sha256", "files/text"};
    struct iss_outcome *outcome = self->outcome;
    const char **texts[3] = {NULL};
    size_t counts[3] = {0, 0, 0};
    struct iss_outcome_file *files;

    for (int i = 0; i < 3; i++) {
        int status = read_texts(self, group, names[i], &texts[i], &counts[i]);
        if (status != ISS_OK) {
            return status;
        }
    }
    if (counts[0] != counts[1] || counts[0] != counts[2] || counts[0] > INT32_MAX) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is damaged: /%s/files can't be read",
                                  ISS_PROVENANCE);
    }
    files = iss_arena_array(&outcome->arena, counts[0] + 1, sizeof(*files));
    if (files == NULL) {
        return iss_reading_no_memory(self);
    }
    for (size_t i = 0; i < counts[0]; i++) {
        files[i] = (struct iss_outcome_file){texts[0][i], texts[1][i], texts[2][i]};
    }
    outcome->files = files;
    outcome->file_count = (int32_t)counts[0];
    return ISS_OK;
}

/* Texts of the scenario, settings, files. */
static int
read_origin(const struct iss_reading *self, hid_t group)
{
    struct iss_outcome *outcome = self->outcome;
    const char **texts;
    size_t count;
    int status = read_texts(self, group, "scenario_text", &texts, &count);

    outcome->scenario_text = count > 0 ? texts[0] : "";
    if (status == ISS_OK) {
        status = read_texts(self, group, "resolved_text", &texts, &count);
        outcome->resolved_text = count > 0 ? texts[0] : "";
    }
    if (status == ISS_OK) {
        status = read_texts(self, group, "overrides", &texts, &count);
        outcome->overrides = texts;
        outcome->override_count = (int32_t)count;
    }
    return status == ISS_OK ? read_files(self, group) : status;
}

static int
read_making(const struct iss_reading *self, hid_t group, const int32_t format[2])
{
    struct iss_arena *arena = &self->outcome->arena;
    int32_t dirty = 0;
    struct iss_store_making making = {
        .format = {format[0], format[1]},
        .program_version = iss_fetch_text(self->file, "isssim_version", arena),
        .git_sha1 = iss_fetch_text(self->file, "git_sha1", arena),
        .command_line = iss_fetch_text(group, "command_line", arena),
        .started = iss_fetch_text(group, "started", arena),
        .host = iss_fetch_text(group, "host", arena),
        .libraries = iss_fetch_text(group, "libraries", arena),
        .elapsed_s = NAN};

    (void)iss_fetch_numbers(self->file, "git_dirty", ISS_H5_INT32, 1, &dirty);
    making.git_dirty = dirty != 0;
    (void)iss_fetch_numbers(group, "elapsed_s", ISS_H5_REAL, 1, &making.elapsed_s);
    if (self->making != NULL) {
        *self->making = making;
    }
    return making.program_version == NULL || making.git_sha1 == NULL ||
                   making.command_line == NULL || making.started == NULL ||
                   making.host == NULL || making.libraries == NULL
               ? iss_reading_no_memory(self)
               : ISS_OK;
}

static int
read_provenance(const struct iss_reading *self, const int32_t format[2])
{
    hid_t group = H5Gopen2(self->file, ISS_PROVENANCE, H5P_DEFAULT);
    int status;

    if (group < 0) {
        return iss_reading_refuse(self, ISS_ERR_FORMAT,
                                  "is damaged: it has no group /%s", ISS_PROVENANCE);
    }
    status = read_making(self, group, format);
    if (status == ISS_OK) {
        status = read_origin(self, group);
    }
    H5Gclose(group);
    return status;
}

int
iss_reading_origin(const struct iss_reading *self, const char *type, const char *noun)
{
    int32_t format[2] = {0, 0};
    int status = check_head(self, type, noun, format);

    if (status == ISS_OK) {
        status = read_head(self, type);
    }
    return status == ISS_OK ? read_provenance(self, format) : status;
}
