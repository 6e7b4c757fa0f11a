/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study.c - the steps from rows to a study's file.
 *
 *     1. may we?      the target, its folder, the inputs; the lock x.h5.lock
 *     2. begin        x.h5.part, with HDF5 on our driver: /replications without values
 *     3. room         the disk gives all that the rows take, or says now that it can't
 *     4. rows         each value to its place, beside HDF5
 *     5. tables       the rest, by HDF5
 *     6. compare      sync; open again: tables with what they were to be, rows with
 *                     what is known of them (store/study_columns.h)
 *     7. publish      the signature; sync; rename; sync the folder; unlock
 *
 * As in store.c, a crash leaves a .part file that nobody can open.
 */
#include "store/study.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/study_file.h"

/* ---- failures ------------------------------------------------------------------ */

int
iss_study_no_memory(const struct iss_study *self)
{
    iss_place_say(&self->place, "out of memory");
    return ISS_ERR_NO_MEMORY;
}

int
iss_study_disk_failed(const struct iss_study *self, const struct iss_disk_error *error)
{
    return iss_place_disk_failed(&self->place, self->place.part, self->driver.end,
                                 error);
}

int
iss_study_book_status(const struct iss_study *self, const struct iss_book *book)
{
    if (self->driver.error.error != 0) {
        return iss_study_disk_failed(self, &self->driver.error);
    }
    return book->status == ISS_OK ? ISS_OK : iss_book_tell(book, &self->place);
}

void
iss_study_forget(struct iss_study *self, bool published)
{
    (void)iss_book_end(&self->book); /* it may have texts without having a file */
    if (self->driver.fd >= 0) {
        close(self->driver.fd);
        if (!published) {
            unlink(self->place.part);
        }
    }
    iss_lock_release(&self->lock);
    iss_study_columns_clear(&self->columns);
    iss_ranges_clear(&self->planned);
    iss_ranges_clear(&self->done);
    iss_arena_clear(&self->arena);
    free(self);
}

/* ---- 4: rows ------------------------------------------------------------------- */

/* Count the rows in and tell where they go: *at. */
static int
place_rows(struct iss_study *self, uint64_t first, uint64_t end, uint64_t *at)
{
    size_t range = iss_ranges_find(&self->planned, first);
    const struct iss_range *planned = &self->planned.items[range];
    struct iss_range shared;

    if (planned->first > first || planned->end < end) {
        iss_place_say(&self->place,
                      "replications %" PRIu64 " to %" PRIu64
                      " are one block, of which only some are to be written",
                      first, end - 1);
        return ISS_ERR_INVARIANT;
    }
    if (iss_ranges_shared(&self->done, first, end, &shared)) {
        iss_place_say(&self->place,
                      "replications %" PRIu64 " to %" PRIu64 " are there twice",
                      shared.first, shared.end - 1);
        return ISS_ERR_OVERLAP;
    }
    *at = self->before[range] + (first - planned->first);
    return iss_ranges_add(&self->done, first, end) == ISS_OK
               ? ISS_OK
               : iss_study_no_memory(self);
}

int
iss_study_put(struct iss_study *study, const struct iss_block *block)
{
    const uint64_t first = block->first, end = first + block->count;
    struct iss_disk_error error;
    struct iss_range shared;
    uint64_t at;
    int status;

    if (!iss_ranges_shared(&study->planned, first, end, &shared)) {
        return ISS_OK;
    }
    status = place_rows(study, first, end, &at);
    if (status != ISS_OK) {
        return status;
    }
    for (size_t i = 0; i < study->fan_size; i++) {
        study->fans[i] += block->fans[i];
    }
    status =
        iss_study_columns_put(&study->columns, study->driver.fd, block, at, &error);
    if (status == ISS_ERR_NO_MEMORY) {
        return iss_study_no_memory(study);
    }
    if (status == ISS_ERR_INVARIANT) {
        iss_place_say(&study->place,
                      "a replication from %" PRIu64 " to %" PRIu64
                      " has a status that is none",
                      first, end - 1);
        return status;
    }
    return status == ISS_OK ? ISS_OK : iss_study_disk_failed(study, &error);
}

static int
put(void *self, const struct iss_block *block)
{
    return iss_study_put(self, block);
}

struct iss_sink
iss_study_sink(struct iss_study *study)
{
    return (struct iss_sink){.self = study, .commit = put};
}

static int
read_column(void *self, uint64_t first, size_t count, double *values)
{
    const struct column_reader *reader = self;
    struct iss_study *study = reader->study;
    struct iss_disk_error error;

    if (iss_study_columns_get(&study->columns, reader->index, study->driver.fd, first,
                              count, values, &error)) {
        return ISS_OK;
    }
    return iss_study_disk_failed(study, &error);
}

int
iss_study_column(struct iss_study *study, const char *name,
                 struct iss_column_source *column)
{
    const struct iss_table *table = &study->columns.table;
    const struct iss_column *found = iss_table_column(table, name);

    if (found == NULL) {
        return ISS_ERR_INVARIANT;
    }
    *column =
        (struct iss_column_source){.self = &study->readers[found - table->columns],
                                   .rows = table->rows,
                                   .read = read_column};
    return ISS_OK;
}

const int64_t *
iss_study_fans(const struct iss_study *study)
{
    return study->fans;
}

void
iss_study_abandon(struct iss_study *study)
{
    struct iss_h5_report report;

    if (study != NULL) {
        iss_h5_quiet(&report);
        iss_study_forget(study, false);
        iss_h5_loud(&report);
    }
}
