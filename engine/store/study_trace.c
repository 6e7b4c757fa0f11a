/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_trace.c - one of the missions that a study tells whole: a group below /traces
 * with the tables of a run.
 */
#include "store/fetch.h"
#include "store/provenance.h"
#include "store/read_table.h"
#include "store/study_fans.h"
#include "store/study_reader.h"

static int
read_table(struct iss_study_reader *self, hid_t group, hsize_t index,
           struct iss_outcome *trace)
{
    const char *name = iss_read_link(group, index, &trace->arena);
    char where[96] = "/" ISS_TRACES;
    int status = name == NULL
                     ? ISS_ERR_FORMAT
                     : iss_read_table(group, name, &trace->tables[trace->table_count],
                                      &trace->arena, where);

    trace->table_count += status == ISS_OK;
    if (status == ISS_ERR_NO_MEMORY) {
        return iss_reading_no_memory(&self->reading);
    }
    return status == ISS_OK
               ? ISS_OK
               : iss_reading_refuse(&self->reading, status,
                                    "is damaged: %s of replication %llu can't be read",
                                    where, (unsigned long long)trace->replication);
}

static int
read_trace(struct iss_study_reader *self, hid_t group, struct iss_outcome *trace)
{
    hsize_t links = iss_read_links(group);
    int status = ISS_OK;

    trace->title = iss_fetch_text(group, "title", &trace->arena);
    trace->epoch = iss_arena_strdup(&trace->arena, self->facts.origin.epoch);
    trace->tables =
        iss_arena_array(&trace->arena, (size_t)links + 1, sizeof(*trace->tables));
    if (trace->title == NULL || trace->epoch == NULL || trace->tables == NULL) {
        return iss_reading_no_memory(&self->reading);
    }
    for (hsize_t i = 0; status == ISS_OK && i < links; i++) {
        status = read_table(self, group, i, trace);
    }
    return status;
}

static int
open_trace(struct iss_study_reader *self, size_t index, struct iss_outcome *trace)
{
    hid_t traces = H5Gopen2(self->reading.file, ISS_TRACES, H5P_DEFAULT);
    const char *name = traces < 0 ? NULL : iss_read_link(traces, index, &trace->arena);
    hid_t group = name == NULL ? -1 : H5Gopen2(traces, name, H5P_DEFAULT);
    int status = group < 0 ? iss_study_damaged(self, ISS_TRACES, "")
                           : read_trace(self, group, trace);

    if (group >= 0) {
        H5Gclose(group);
    }
    if (traces >= 0) {
        H5Gclose(traces);
    }
    return status;
}

int
iss_study_trace(struct iss_study_reader *reader, size_t index,
                struct iss_outcome *trace)
{
    struct iss_h5_report report;
    const char *problem;
    int status;

    trace->replication = reader->facts.traces[index];
    iss_h5_quiet(&report);
    status = open_trace(reader, index, trace);
    iss_h5_loud(&report);
    if (status != ISS_OK) {
        return status;
    }
    problem = iss_outcome_problem(trace);
    return problem == NULL ? ISS_OK
                           : iss_reading_refuse(&reader->reading, ISS_ERR_FORMAT,
                                                "is damaged: %s", problem);
}
