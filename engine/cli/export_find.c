/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * export_find.c - a file opened, and a table looked for in it.
 *
 * Two tables of a study are not read as others are: its rows, of which there may be
 * more than memory holds, are only marked; the counts of its fans, which the reader
 * keeps as one array, are arranged as a table.
 */
#include "cli/export.h"

#include <inttypes.h>
#include <string.h>

#include "base/diag.h"
#include "cli/cli.h"
#include "isssim/status.h"

/* ---- the file ------------------------------------------------------------------ */

static int
fail(const struct iss_export *self, int status)
{
    iss_cli_complain("%s", *self->message ? self->message : iss_status_text(status));
    return iss_status_exit_code(status);
}

/* Time, and for each series as many columns as it has values. */
static int
arrange_counts(struct iss_export *self)
{
    const struct iss_study_facts *facts = iss_study_facts(self->reader);
    const struct iss_study_info *info = &facts->info;
    int64_t *counts = (int64_t *)(uintptr_t)facts->fans; /* the union isn't for const */
    struct iss_column *column =
        iss_arena_array(&self->arena, (size_t)info->series_count + 1, sizeof *column);

    if (column == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    self->counts = (struct iss_table){.name = ISS_EXPORT_COUNTS,
                                      .scale = "time",
                                      .rows = (size_t)info->grid_count,
                                      .column_count = info->series_count + 1,
                                      .columns = column};
    *column++ = (struct iss_column){
        .name = "time",
        .kind = ISS_COLUMN_TIME,
        .data.time = (int64_t *)(uintptr_t)info->grid_us,
    };
    for (int32_t i = 0; i < info->series_count; i++) {
        const struct iss_series_info *series = &info->series[i];
        const char *values = iss_arena_printf(&self->arena, "value_%s", series->name);
        if (values == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        *column++ = (struct iss_column){.name = series->name,
                                        .kind = ISS_COLUMN_COUNT,
                                        .across = values,
                                        .width = series->bins,
                                        .data.count = counts};
        counts += (size_t)info->grid_count * (size_t)series->bins;
    }
    return ISS_OK;
}

int
iss_export_open(struct iss_export *self, const char *path)
{
    size_t size = sizeof self->message;
    int status;

    *self = (struct iss_export){.path = path, .prefix = ""};
    if (!iss_study_is(path)) {
        status = iss_store_read(path, &self->run, NULL, self->message, size);
        self->outcome = &self->run;
        return status == ISS_OK ? 0 : fail(self, status);
    }
    status = iss_study_open(&self->reader, path, self->message, size);
    if (status == ISS_OK) {
        status = iss_study_tables(self->reader);
    }
    if (status == ISS_OK) {
        status = arrange_counts(self);
    }
    if (status != ISS_OK) {
        return fail(self, status);
    }
    self->outcome = &iss_study_facts(self->reader)->origin;
    return 0;
}

void
iss_export_close(struct iss_export *self)
{
    iss_study_close(self->reader);
    iss_outcome_clear(&self->run);
    iss_outcome_clear(&self->trace);
    iss_arena_clear(&self->arena);
    *self = (struct iss_export){0};
}

/* ---- the table ----------------------------------------------------------------- */

/* Whether the tables of the file itself are looked at, not those of a trace. */
static bool
is_study(const struct iss_export *self)
{
    return self->reader != NULL && self->outcome != &self->trace;
}

static int
unknown(struct iss_export *self, const char *name)
{
    size_t count = 0;
    const char **names = iss_arena_array(
        &self->arena, (size_t)self->outcome->table_count + 2, sizeof *names);
    const char *near = NULL;

    for (int32_t i = 0; names != NULL && i < self->outcome->table_count; i++) {
        names[count++] = self->outcome->tables[i].name;
    }
    if (names != NULL && is_study(self)) {
        names[count++] = ISS_EXPORT_ROWS;
        names[count++] = ISS_EXPORT_COUNTS;
    }
    if (names != NULL) {
        near = iss_diag_suggest(name, names, count);
    }
    if (near != NULL) {
        iss_cli_complain("%s: no table is called \"%s%s\"; did you mean %s%s?",
                         self->path, self->prefix, name, self->prefix, near);
    } else {
        iss_cli_complain("%s: no table is called \"%s%s\"; without one `isssim export` "
                         "lists them",
                         self->path, self->prefix, name);
    }
    return iss_status_exit_code(ISS_ERR_USAGE);
}

const char *
iss_export_trace_name(uint64_t replication, char name[40])
{
    snprintf(name, 40, ISS_EXPORT_TRACES "r%06" PRIu64 "/", replication);
    return name;
}

/* If `*name` is a trace, or begins with one, turn to its tables and leave in `*name`
 * the rest, NULL for nothing. */
static int
enter_trace(struct iss_export *self, const char **name)
{
    const struct iss_study_facts *facts = iss_study_facts(self->reader);
    char trace[40];

    for (size_t i = 0; i < facts->trace_count; i++) {
        iss_export_trace_name(facts->traces[i], trace);
        size_t length = strlen(trace), given = strlen(*name);
        bool whole = given + 1 == length && strncmp(*name, trace, given) == 0;
        if (!whole && strncmp(*name, trace, length) != 0) {
            continue;
        }
        int status = iss_study_trace(self->reader, i, &self->trace);
        self->prefix = iss_arena_strdup(&self->arena, trace);
        if (status == ISS_OK && self->prefix == NULL) {
            status = ISS_ERR_NO_MEMORY;
        }
        if (status != ISS_OK) {
            return fail(self, status);
        }
        self->outcome = &self->trace;
        *name = whole || (*name)[length] == '\0' ? NULL : *name + length;
        return 0;
    }
    return 0;
}

int
iss_export_find(struct iss_export *self, const char *name)
{
    if (name != NULL && *name == '/') {
        name++; /* as isssim info and HDF5 write it */
    }
    if (name != NULL && self->reader != NULL) {
        int code = enter_trace(self, &name);
        if (code != 0) {
            return code;
        }
    }
    if (name == NULL) {
        return 0;
    }
    self->table = iss_outcome_table(self->outcome, name);
    if (self->table == NULL && is_study(self)) {
        self->rows = strcmp(name, ISS_EXPORT_ROWS) == 0;
        self->table = strcmp(name, ISS_EXPORT_COUNTS) == 0 ? &self->counts : NULL;
    }
    return self->rows || self->table != NULL ? 0 : unknown(self, name);
}
