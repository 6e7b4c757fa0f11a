/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_tables.c - what a study's file has besides its rows: the tables that sum them
 * up, as any run's are read, and which replications are told in full.
 */
#include <string.h>

#include "store/fetch.h"
#include "store/layout.h"
#include "store/provenance.h"
#include "store/read_table.h"
#include "store/study_fans.h"
#include "store/study_reader.h"

static struct iss_arena *
arena_of(struct iss_study_reader *self)
{
    return &self->facts.origin.arena;
}

/* Groups that aren't tables, or that are read in another way. */
static bool
is_table(const char *name)
{
    static const char *const others[] = {ISS_PROVENANCE, ISS_ROWS, ISS_FAN_COUNTS,
                                         ISS_TRACES};

    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        if (strcmp(name, others[i]) == 0) {
            return false;
        }
    }
    return true;
}

static int
read_tables(struct iss_study_reader *self)
{
    struct iss_outcome *origin = &self->facts.origin;
    hsize_t links = iss_read_links(self->reading.file);
    char where[96];
    int status = ISS_OK;

    origin->tables =
        iss_arena_array(arena_of(self), (size_t)links + 1, sizeof(*origin->tables));
    if (origin->tables == NULL) {
        return iss_reading_no_memory(&self->reading);
    }
    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        const char *name = iss_read_link(self->reading.file, i, arena_of(self));

        if (name == NULL) {
            return iss_reading_no_memory(&self->reading);
        }
        if (is_table(name)) {
            status = iss_read_table(self->reading.file, name,
                                    &origin->tables[origin->table_count],
                                    arena_of(self), where);
            origin->table_count += status == ISS_OK;
        }
    }
    if (status == ISS_ERR_NO_MEMORY) {
        return iss_reading_no_memory(&self->reading);
    }
    return status == ISS_OK ? ISS_OK
                            : iss_reading_refuse(&self->reading, status,
                                                 "is damaged: %s can't be read", where);
}

/* ---- traces -------------------------------------------------------------------- */

static int
take_trace(struct iss_study_reader *self, hid_t traces, hsize_t index,
           uint64_t *replication)
{
    const char *name = iss_read_link(traces, index, arena_of(self));
    hid_t group = name == NULL ? -1 : H5Gopen2(traces, name, H5P_DEFAULT);
    bool ok = group >= 0 &&
              iss_fetch_numbers(group, "replication", ISS_H5_UINT64, 1, replication);

    if (group >= 0) {
        H5Gclose(group);
    }
    return ok ? ISS_OK : iss_study_damaged(self, ISS_TRACES, name == NULL ? "" : name);
}

static int
read_traces(struct iss_study_reader *self)
{
    hid_t traces = H5Gopen2(self->reading.file, ISS_TRACES, H5P_DEFAULT);
    hsize_t links = traces < 0 ? 0 : iss_read_links(traces);
    uint64_t *numbers =
        iss_arena_array(arena_of(self), (size_t)links + 1, sizeof(*numbers));
    int status = numbers == NULL ? iss_reading_no_memory(&self->reading) : ISS_OK;

    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        status = take_trace(self, traces, i, &numbers[i]);
    }
    self->facts.traces = numbers;
    self->facts.trace_count = status == ISS_OK ? (size_t)links : 0;
    if (traces >= 0) {
        H5Gclose(traces);
    }
    return status;
}

int
iss_study_tables(struct iss_study_reader *reader)
{
    struct iss_h5_report report;
    const char *problem;
    int status;

    iss_h5_quiet(&report);
    status = read_tables(reader);
    if (status == ISS_OK) {
        status = read_traces(reader);
    }
    iss_h5_loud(&report);
    if (status != ISS_OK) {
        return status;
    }
    problem = iss_outcome_problem(&reader->facts.origin);
    return problem == NULL ? ISS_OK
                           : iss_reading_refuse(&reader->reading, ISS_ERR_FORMAT,
                                                "is damaged: %s", problem);
}
