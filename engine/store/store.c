/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.c - the steps from an outcome to a file that can be trusted.
 *
 *     1. may we?        the target, its folder, the inputs
 *     2. lock           x.h5.lock; then ask again, as somebody may just have finished
 *     3. build          the whole file in memory
 *     4. compare        open it again and compare all of it with the outcome
 *     5. write          its bytes to x.h5.part; sync; read them back; the signature
 * last
 *     6. publish        rename, sync the folder
 *     7. unlock
 *
 * A crash leaves at most x.h5.part and x.h5.lock, which the next writer takes over.  As
 * long as the .part file hasn't been read back it has no signature, so that nobody can
 * open it and find complete = 1.
 */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/disk.h"
#include "store/layout.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/provenance.h"

struct job {
    struct iss_place place;
    const struct iss_outcome *outcome;
    const struct iss_store_options *options;
    char time_units[ISS_TIME_UNITS];
    struct iss_circumstances circumstances;
    struct iss_image image;
};

/* Steps 3 and 4: go through the whole file, writing or comparing. */
static int
pass(struct job *job, enum iss_book_mode mode)
{
    const struct iss_outcome *outcome = job->outcome;
    struct iss_book book;

    iss_book_begin(&book, mode, &job->image);
    iss_provenance_head(&book, outcome, true);
    for (int32_t i = 0; i < outcome->table_count; i++) {
        iss_layout_table(&book, book.file, outcome, &outcome->tables[i],
                         job->time_units);
    }
    iss_provenance_group(&book, outcome,
                         job->options->reproducible ? NULL : &job->circumstances);
    return iss_book_end(&book) == ISS_OK ? ISS_OK : iss_book_tell(&book, &job->place);
}

/* Steps 5 and 6. */
static int
put_in_place(struct job *job)
{
    const struct iss_place *place = &job->place;
    struct iss_disk_error error;
    int fd;
    int status = iss_place_create_part(place, &fd);

    if (status != ISS_OK) {
        return status;
    }
    if (!iss_disk_write(fd, job->image.bytes, job->image.size, &error)) {
        close(fd);
        unlink(place->part);
        /* What the .part file took is free again. */
        return iss_place_disk_failed(place, place->part, job->image.size, &error);
    }
    close(fd);
    status = iss_place_check(place, job->options, job->outcome);
    if (status == ISS_OK) {
        status = iss_place_publish(place);
    }
    if (status != ISS_OK) {
        unlink(place->part);
    }
    return status;
}

/* Steps 2 to 7. */
static int
locked_write(struct job *job)
{
    const struct iss_place *place = &job->place;
    struct iss_lock lock;
    long holder;
    int status = iss_lock_take(&lock, place->lock, &holder);

    if (status == ISS_ERR_LOCKED) {
        return iss_place_is_locked(place, holder);
    }
    if (status != ISS_OK) {
        return iss_place_cannot_create(place, place->lock);
    }
    status = iss_place_check(place, job->options, job->outcome);
    if (status == ISS_OK) {
        status = pass(job, ISS_BOOK_WRITE);
    }
    if (status == ISS_OK) {
        status = pass(job, ISS_BOOK_COMPARE);
    }
    if (status == ISS_OK) {
        status = put_in_place(job);
    }
    iss_lock_release(&lock);
    return status;
}

int
iss_store_check(const char *path, const struct iss_store_options *options,
                char *message, size_t size)
{
    struct iss_arena arena = {0};
    struct iss_place place;
    long holder;
    int status = iss_place_init(&place, &arena, path, message, size);

    if (status == ISS_OK) {
        status = iss_place_check(&place, options, NULL);
    }
    if (status == ISS_OK && iss_lock_ask(place.lock, &holder) == ISS_ERR_LOCKED) {
        status = iss_place_is_locked(&place, holder);
    }
    iss_arena_clear(&arena);
    return status;
}

static int
prepare(struct job *job)
{
    int status = iss_layout_time_units(job->outcome->epoch, job->time_units);

    if (status != ISS_OK) {
        iss_place_say(&job->place, "the result is malformed: its epoch is no date");
        return status;
    }
    iss_circumstances_gather(&job->circumstances, job->options);
    return iss_place_check(&job->place, job->options, job->outcome);
}

int
iss_store_write(const char *path, const struct iss_outcome *outcome,
                const struct iss_store_options *options, char *message, size_t size)
{
    struct job job = {.outcome = outcome, .options = options};
    struct iss_arena arena = {0};
    struct iss_h5_report report;
    int status = iss_place_init(&job.place, &arena, path, message, size);

    iss_h5_quiet(&report);
    if (status == ISS_OK) {
        status = prepare(&job);
    }
    if (status == ISS_OK) {
        status = locked_write(&job);
    }
    iss_h5_loud(&report);
    iss_image_clear(&job.image);
    iss_arena_clear(&arena);
    return status;
}
