/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_finish.c - steps 5 to 7 of store/study.c: tables, comparison, publication. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "store/layout.h"
#include "store/study_fans.h"
#include "store/study_file.h"

/* What iss_study_finish() adds. */
struct additions {
    const struct iss_outcome *result, *traces;
    size_t trace_count;
    char time_units[ISS_TIME_UNITS];
};

/* ---- 5 and 6: the rest, written or compared ------------------------------------ */

static void
layout_trace(struct iss_book *book, hid_t parent, const struct iss_outcome *trace,
             const char *time_units)
{
    char name[32];
    hid_t group;

    snprintf(name, sizeof(name), "r%06" PRIu64, trace->replication);
    group = iss_book_group(book, parent, name);
    iss_book_text(book, group, "title", trace->title);
    iss_book_numbers(book, group, "replication", ISS_H5_UINT64, 0, &trace->replication);
    for (int32_t i = 0; i < trace->table_count; i++) {
        iss_layout_table(book, group, trace, &trace->tables[i], time_units);
    }
    iss_book_close(book, group);
}

static void
layout_traces(struct iss_book *book, const struct additions *additions)
{
    hid_t group;

    if (additions->trace_count == 0) {
        return;
    }
    group = iss_book_group(book, book->file, ISS_TRACES);
    iss_book_text(book, group, "title", "Whole runs of chosen replications");
    for (size_t i = 0; i < additions->trace_count; i++) {
        layout_trace(book, group, &additions->traces[i], additions->time_units);
    }
    iss_book_close(book, group);
}

static void
layout_head(const struct iss_study *self, struct iss_book *book,
            const struct iss_outcome *result)
{
    const int32_t index = (int32_t)self->plan.shard.index;
    const int32_t count = (int32_t)self->plan.shard.count;

    iss_provenance_head(book, result, self->plan.complete);
    iss_book_numbers(book, book->file, "requested", ISS_H5_UINT64, 0,
                     &self->plan.requested);
    iss_book_numbers(book, book->file, "confidence", ISS_H5_REAL, 0,
                     &self->plan.confidence);
    if (count > 0) {
        iss_book_numbers(book, book->file, "shard_index", ISS_H5_INT32, 0, &index);
        iss_book_numbers(book, book->file, "shard_count", ISS_H5_INT32, 0, &count);
    }
}

/* All but /replications. */
static void
layout_rest(const struct iss_study *self, struct iss_book *book,
            const struct additions *additions)
{
    const struct iss_outcome *result = additions->result;

    for (int32_t i = 0; i < result->table_count; i++) {
        iss_layout_table(book, book->file, result, &result->tables[i],
                         additions->time_units);
    }
    iss_study_fans_layout(book, self->plan.info, self->fans, additions->time_units);
    layout_traces(book, additions);
    layout_head(self, book, result);
    iss_provenance_group(book, result,
                         self->options->reproducible ? NULL : &self->circumstances);
}

static int
write_rest(struct iss_study *self, const struct additions *additions)
{
    layout_rest(self, &self->book, additions);
    (void)iss_book_end(&self->book);
    return iss_study_book_status(self, &self->book);
}

static int
compare_all(struct iss_study *self, const struct additions *additions)
{
    struct iss_disk_error error;
    struct iss_book book;
    int32_t column;
    int status;

    iss_book_begin_file(&book, ISS_BOOK_COMPARE, iss_driver_open(&self->driver));
    iss_study_columns_layout(&self->columns, &book);
    layout_rest(self, &book, additions);
    (void)iss_book_end(&book);
    status = iss_study_book_status(self, &book);
    if (status != ISS_OK ||
        iss_study_columns_verify(&self->columns, self->driver.fd, &error, &column)) {
        return status;
    }
    if (error.error == EIO) {
        iss_place_say(&self->place, "/%s/%s reads otherwise than it was written",
                      ISS_ROWS, self->columns.table.columns[column].name);
        return ISS_ERR_VERIFY;
    }
    return iss_study_disk_failed(self, &error);
}

/* ---- 7: publishing ------------------------------------------------------------- */

/* To the disk, at its length, out of the cache. */
static int
settle(struct iss_study *self)
{
    struct iss_disk_error error = {0};
    const int fd = self->driver.fd;

    if (ftruncate(fd, (off_t)self->driver.end) != 0) {
        error.error = errno;
        return iss_study_disk_failed(self, &error);
    }
    return iss_disk_settle(fd, &error) && iss_disk_is_long(fd, self->driver.end, &error)
               ? ISS_OK
               : iss_study_disk_failed(self, &error);
}

static int
publish(struct iss_study *self, const struct iss_outcome *result)
{
    const unsigned char *head = self->driver.head;
    struct iss_disk_error error;
    const int fd = self->driver.fd;
    int status;

    if (!iss_disk_put(fd, head, ISS_DISK_HEAD, 0, &error) ||
        !iss_disk_settle(fd, &error) ||
        !iss_disk_has(fd, head, ISS_DISK_HEAD, 0, &error)) {
        return iss_study_disk_failed(self, &error);
    }
    status = iss_place_check(&self->place, self->options, result);
    return status == ISS_OK ? iss_place_publish(&self->place) : status;
}

static int
check_rows(const struct iss_study *self)
{
    for (size_t i = 0; i < self->planned.count; i++) {
        const struct iss_range *range = &self->planned.items[i];
        struct iss_range gap;

        if (iss_ranges_gap(&self->done, range->first, range->end, &gap)) {
            iss_place_say(&self->place,
                          "replications %" PRIu64 " to %" PRIu64 " are missing",
                          gap.first, gap.end - 1);
            return ISS_ERR_GAP;
        }
    }
    return ISS_OK;
}

static int
finish(struct iss_study *self, struct additions *additions)
{
    int status = check_rows(self);

    if (status == ISS_OK) {
        status = iss_layout_time_units(additions->result->epoch, additions->time_units);
        if (status != ISS_OK) {
            iss_place_say(&self->place,
                          "the result is malformed: its epoch is no date");
        }
    }
    if (status == ISS_OK) {
        iss_circumstances_gather(&self->circumstances, self->options);
        status = write_rest(self, additions);
    }
    if (status == ISS_OK) {
        status = settle(self);
    }
    if (status == ISS_OK) {
        status = compare_all(self, additions);
    }
    return status == ISS_OK ? publish(self, additions->result) : status;
}

int
iss_study_finish(struct iss_study *study, const struct iss_outcome *result,
                 const struct iss_outcome *traces, size_t trace_count)
{
    struct additions additions = {
        .result = result, .traces = traces, .trace_count = trace_count};
    struct iss_h5_report report;
    int status;

    iss_h5_quiet(&report);
    status = finish(study, &additions);
    iss_study_forget(study, status == ISS_OK);
    iss_h5_loud(&report);
    return status;
}
