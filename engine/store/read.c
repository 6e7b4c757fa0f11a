/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read.c - from a file that anybody may have made to an outcome that can be trusted.
 *
 *     1. bytes      a regular file, whole, into memory: HDF5 touches no disk here
 *     2. head       is it ours, a run, complete, of a format that we know?
 *     3. tables     every group but /provenance
 *     4. origin     scenario, settings, files
 *     5. sense      codes, ids, times and texts as the writer would have refused them
 */
#include "store/read.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/civil.h"
#include "isssim/status.h"
#include "store/fetch.h"
#include "store/image.h"
#include "store/read_table.h"

enum { FORMAT_MAJOR = 1 };

static const char signature[] = "\x89HDF\r\n\x1a\n";
static const char run_type[] = "isssim/run";

struct reading {
    const char *path;
    hid_t file;
    struct iss_image image;
    struct iss_outcome *outcome;
    struct iss_store_making *making;
    char *message;
    size_t size;
};

static int __attribute__((format(printf, 3, 4)))
refuse(const struct reading *self, int status, const char *format, ...)
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

static int
no_memory(const struct reading *self)
{
    return refuse(self, ISS_ERR_NO_MEMORY, "out of memory");
}

/* ---- 1: bytes ------------------------------------------------------------------ */

static bool
read_all(int fd, struct iss_image *image)
{
    size_t have = 0;

    while (have < image->size) {
        ssize_t got = read(fd, image->bytes + have, image->size - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    image->size = have;
    return true;
}

/* Read the file behind `fd`; not to wait for a pipe it was opened without blocking. */
static int
load_from(struct reading *self, int fd)
{
    struct stat info;

    if (fd < 0 || fstat(fd, &info) != 0) {
        return refuse(self, ISS_ERR_NO_INPUT, "%s", strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return refuse(self, ISS_ERR_NO_INPUT, "is %s, not a file",
                      S_ISDIR(info.st_mode) ? "a folder" : "a pipe or a device");
    }
    self->image.size = (size_t)info.st_size;
    self->image.bytes = malloc(self->image.size + 1);
    if (self->image.bytes == NULL) {
        return no_memory(self);
    }
    if (!read_all(fd, &self->image)) {
        return refuse(self, ISS_ERR_NO_INPUT, "%s", strerror(errno));
    }
    return ISS_OK;
}

static int
load_bytes(struct reading *self)
{
    static const char unfinished[sizeof(signature) - 1];
    int fd = open(self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int status = load_from(self, fd);
    size_t length = sizeof(signature) - 1;

    if (fd >= 0) {
        close(fd);
    }
    if (status != ISS_OK) {
        return status;
    }
    if (self->image.size > length &&
        memcmp(self->image.bytes, unfinished, length) == 0) {
        return refuse(self, ISS_ERR_FORMAT,
                      "is incomplete; its writer didn't come to the end");
    }
    if (self->image.size < length ||
        memcmp(self->image.bytes, signature, length) != 0) {
        return refuse(self, ISS_ERR_FORMAT, "isn't an HDF5 file, so no isssim result");
    }
    return ISS_OK;
}

/* ---- 2: head ------------------------------------------------------------------- */

static int
check_head(const struct reading *self, int32_t format[2])
{
    struct iss_arena *arena = &self->outcome->arena;
    const char *type = iss_fetch_text(self->file, "filetype", arena);
    int32_t complete = 0;

    if (type == NULL) {
        return no_memory(self);
    }
    if (strncmp(type, "isssim/", sizeof("isssim/") - 1) != 0 ||
        !iss_fetch_numbers(self->file, "format_version", ISS_H5_INT32, 2, format)) {
        return refuse(self, ISS_ERR_FORMAT, "is an HDF5 file, but no isssim result");
    }
    if (format[0] != FORMAT_MAJOR) {
        return refuse(self, ISS_ERR_FORMAT,
                      "has format %d.%d; this isssim reads %d.x, take a newer one",
                      (int)format[0], (int)format[1], FORMAT_MAJOR);
    }
    if (strcmp(type, run_type) != 0) {
        return refuse(self, ISS_ERR_FORMAT, "holds %s; a run (%s) is needed", type,
                      run_type);
    }
    if (!iss_fetch_numbers(self->file, "complete", ISS_H5_INT32, 1, &complete) ||
        complete != 1) {
        return refuse(self, ISS_ERR_FORMAT,
                      "is incomplete; its writer didn't come to the end");
    }
    return ISS_OK;
}

static int
read_head(const struct reading *self)
{
    struct iss_outcome *outcome = self->outcome;
    struct iss_arena *arena = &outcome->arena;
    hid_t root = self->file;
    int64_t us;

    outcome->filetype = run_type;
    outcome->title = iss_fetch_text(root, "title", arena);
    outcome->epoch = iss_fetch_text(root, "epoch", arena);
    outcome->numerics = iss_fetch_text(root, "numerics", arena);
    outcome->model_hash = iss_fetch_text(root, "model_hash", arena);
    if (outcome->title == NULL || outcome->epoch == NULL || outcome->numerics == NULL ||
        outcome->model_hash == NULL) {
        return no_memory(self);
    }
    if (iss_civil_parse(outcome->epoch, &us) != ISS_CIVIL_OK ||
        !iss_fetch_numbers(root, "seed", ISS_H5_UINT64, 1, &outcome->seed) ||
        !iss_fetch_numbers(root, "replication", ISS_H5_UINT64, 1,
                           &outcome->replication)) {
        return refuse(self, ISS_ERR_FORMAT, "is damaged: it lacks epoch or seed");
    }
    return ISS_OK;
}

/* ---- 3: tables ----------------------------------------------------------------- */

static int
read_tables(const struct reading *self)
{
    struct iss_outcome *outcome = self->outcome;
    hsize_t links = iss_read_links(self->file);
    char where[96];

    outcome->tables =
        iss_arena_array(&outcome->arena, (size_t)links + 1, sizeof(*outcome->tables));
    if (outcome->tables == NULL) {
        return no_memory(self);
    }
    for (hsize_t i = 0; i < links; i++) {
        const char *name = iss_read_link(self->file, i, &outcome->arena);
        int status;

        if (name == NULL) {
            return refuse(self, ISS_ERR_FORMAT, "is damaged: a group has no name");
        }
        if (strcmp(name, ISS_PROVENANCE) == 0) {
            continue;
        }
        status =
            iss_read_table(self->file, name, &outcome->tables[outcome->table_count],
                           &outcome->arena, where);
        if (status != ISS_OK) {
            return status == ISS_ERR_NO_MEMORY
                       ? no_memory(self)
                       : refuse(self, status, "is damaged: %s can't be read", where);
        }
        outcome->table_count++;
    }
    return ISS_OK;
}

/* ---- 4: origin ----------------------------------------------------------------- */

/* The texts of dataset `name` of `group`: *texts is NULL when there is none. */
static int
read_texts(const struct reading *self, hid_t group, const char *name,
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
        status = refuse(self, ISS_ERR_FORMAT, "is damaged: /%s/%s can't be read",
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
read_files(const struct reading *self, hid_t group)
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
        return refuse(self, ISS_ERR_FORMAT, "is damaged: /%s/files can't be read",
                      ISS_PROVENANCE);
    }
    files = iss_arena_array(&outcome->arena, counts[0] + 1, sizeof(*files));
    if (files == NULL) {
        return no_memory(self);
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
read_origin(const struct reading *self, hid_t group)
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
read_making(const struct reading *self, hid_t group, const int32_t format[2])
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
               ? no_memory(self)
               : ISS_OK;
}

static int
read_provenance(const struct reading *self, const int32_t format[2])
{
    hid_t group = H5Gopen2(self->file, ISS_PROVENANCE, H5P_DEFAULT);
    int status;

    if (group < 0) {
        return refuse(self, ISS_ERR_FORMAT, "is damaged: it has no group /%s",
                      ISS_PROVENANCE);
    }
    status = read_making(self, group, format);
    if (status == ISS_OK) {
        status = read_origin(self, group);
    }
    H5Gclose(group);
    return status;
}

/* ---- 5: sense ------------------------------------------------------------------ */

static int
check_sense(const struct reading *self)
{
    const char *problem = iss_outcome_problem(self->outcome);

    return problem == NULL ? ISS_OK
                           : refuse(self, ISS_ERR_FORMAT, "is damaged: %s", problem);
}

static int
read_opened(const struct reading *self)
{
    int32_t format[2] = {0, 0};
    int status = check_head(self, format);

    if (status == ISS_OK) {
        status = read_head(self);
    }
    if (status == ISS_OK) {
        status = read_tables(self);
    }
    if (status == ISS_OK) {
        status = read_provenance(self, format);
    }
    return status == ISS_OK ? check_sense(self) : status;
}

int
iss_store_read(const char *path, struct iss_outcome *outcome,
               struct iss_store_making *making, char *message, size_t size)
{
    struct reading self = {.path = path,
                           .outcome = outcome,
                           .making = making,
                           .message = message,
                           .size = size};
    struct iss_h5_report report;
    int status = load_bytes(&self);

    if (status == ISS_OK) {
        iss_h5_quiet(&report);
        self.file = iss_image_open(&self.image);
        status = self.file < 0 ? refuse(&self, ISS_ERR_FORMAT,
                                        "is damaged or cut short; HDF5 can't open it")
                               : read_opened(&self);
        if (self.file >= 0) {
            H5Fclose(self.file);
        }
        iss_h5_loud(&report);
    }
    iss_image_clear(&self.image);
    if (status != ISS_OK) {
        iss_outcome_clear(outcome);
    }
    return status;
}
