/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log.c - records of a log: appended, found again, handed on.
 *
 * The file grows at its end only.  A write that fails is taken back, so that what is in
 * the file is whole records and, after a crash, at most the beginning of one more.
 */
#include "store/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/log_file.h"

/* ---- pieces -------------------------------------------------------------------- */

int
iss_log_no_memory(const struct iss_log *log)
{
    iss_place_say(&log->place, "out of memory");
    return ISS_ERR_NO_MEMORY;
}

int
iss_log_disk_failed(const struct iss_log *log, size_t need,
                    const struct iss_disk_error *error)
{
    return iss_place_disk_failed(&log->place, log->place.target, need, error);
}

int
iss_log_make_room(struct iss_log *log, size_t size)
{
    if (size > log->capacity) {
        free(log->room);
        log->room = malloc(size);
        log->capacity = log->room == NULL ? 0 : size;
    }
    return log->capacity < size ? iss_log_no_memory(log) : ISS_OK;
}

int
iss_log_sync(struct iss_log *log)
{
    if (fdatasync(log->fd) != 0) {
        const struct iss_disk_error error = {.error = errno};
        return iss_log_disk_failed(log, 0, &error);
    }
    clock_gettime(CLOCK_MONOTONIC, &log->synced);
    return ISS_OK;
}

/* Once a second is often enough: a process that dies loses nothing anyway. */
static int
sync_at_times(struct iss_log *log)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - log->synced.tv_sec < 2 &&
        (now.tv_sec - log->synced.tv_sec) * 1000000000L + now.tv_nsec -
                log->synced.tv_nsec <
            1000000000L) {
        return ISS_OK;
    }
    return iss_log_sync(log);
}

int
iss_log_append(struct iss_log *log, const void *bytes, size_t size)
{
    struct iss_disk_error error;

    if (iss_disk_put(log->fd, bytes, size, log->end, &error)) {
        log->end += size;
        return ISS_OK;
    }
    if (ftruncate(log->fd, (off_t)log->end) != 0) {
        /* What is left is the beginning of a record, which resuming cuts off. */
        return iss_log_disk_failed(log, size, &error);
    }
    return iss_log_disk_failed(log, size, &error);
}

/* ---- records ------------------------------------------------------------------- */

enum iss_found
iss_log_read_record(struct iss_log *log, size_t at, size_t length,
                    struct iss_record_head *head)
{
    struct iss_disk_error error;

    memset(head, 0, sizeof(*head));
    if (at >= length) {
        return ISS_FOUND_END;
    }
    if (length - at < sizeof(*head) ||
        !iss_disk_get(log->fd, head, sizeof(*head), at, &error) ||
        !iss_record_is_head(log->study.info, head)) {
        memset(head, 0, sizeof(*head));
        return ISS_FOUND_DAMAGE;
    }
    if (length - at - sizeof(*head) < head->size) {
        return ISS_FOUND_DAMAGE;
    }
    if (iss_log_make_room(log, sizeof(*head) + (size_t)head->size) != ISS_OK) {
        return ISS_FOUND_NO_MEMORY;
    }
    return iss_disk_get(log->fd, log->room, (size_t)head->size, at + sizeof(*head),
                        &error) &&
                   iss_record_is_payload(head, log->room)
               ? ISS_FOUND_RECORD
               : ISS_FOUND_DAMAGE;
}

/* Is a record like `head` among those before `end`?  Only their heads are read. */
static bool
has_record(const struct iss_log *log, const struct iss_record_head *wanted, size_t end)
{
    struct iss_record_head head;
    struct iss_disk_error error;

    for (size_t at = log->begin; at + sizeof(head) <= end;
         at += sizeof(head) + (size_t)head.size) {
        if (!iss_disk_get(log->fd, &head, sizeof(head), at, &error) ||
            !iss_record_is_head(log->study.info, &head)) {
            return false;
        }
        if (memcmp(&head, wanted, sizeof(head)) == 0) {
            return true;
        }
    }
    return false;
}

int
iss_log_take_record(struct iss_log *log, const struct iss_record_head *head)
{
    uint64_t end = head->first + head->count;
    struct iss_range shared = {0, 0};
    int status;

    if (!iss_ranges_shared(&log->ranges, head->first, end, &shared)) {
        status = iss_ranges_add(&log->ranges, head->first, end);
        return status == ISS_OK ? ISS_OK : iss_log_no_memory(log);
    }
    if (has_record(log, head, log->end)) {
        return ISS_OK;
    }
    iss_place_say(&log->place,
                  "has other rows of replications %" PRIu64 " to %" PRIu64 " already",
                  shared.first, shared.end - 1);
    return ISS_ERR_OVERLAP;
}

/* ---- using --------------------------------------------------------------------- */

int
iss_log_commit(struct iss_log *log, const struct iss_block *block)
{
    const struct iss_study_info *info = log->study.info;
    size_t size =
        sizeof(struct iss_record_head) + iss_record_payload(info, block->count);
    struct iss_record_head head;
    struct iss_range shared;
    int status = block->count == 0 ? ISS_OK : iss_log_make_room(log, size);

    if (status != ISS_OK || block->count == 0) {
        return status;
    }
    iss_record_encode(info, block, log->room);
    memcpy(&head, log->room, sizeof(head));
    if (iss_ranges_shared(&log->ranges, block->first, block->first + block->count,
                          &shared)) {
        return iss_log_take_record(log, &head);
    }
    status = iss_log_append(log, log->room, size);
    if (status == ISS_OK) {
        status = iss_log_take_record(log, &head);
    }
    return status == ISS_OK ? sync_at_times(log) : status;
}

static int
commit(void *self, const struct iss_block *block)
{
    return iss_log_commit(self, block);
}

struct iss_sink
iss_log_sink(struct iss_log *log)
{
    return (struct iss_sink){.self = log, .commit = commit};
}

const struct iss_ranges *
iss_log_ranges(const struct iss_log *log)
{
    return &log->ranges;
}

/* Blocks that are there twice, as they may be in a log that was put together by hand,
 * are given once. */
static int
give(struct iss_log *log, const struct iss_record_head *head, struct iss_ranges *given,
     const struct iss_sink *sink)
{
    struct iss_block block;
    int status = iss_ranges_add(given, head->first, head->first + head->count);

    if (status == ISS_ERR_OVERLAP) {
        return ISS_OK;
    }
    if (status != ISS_OK) {
        return iss_log_no_memory(log);
    }
    block = iss_record_block(log->study.info, head, log->room);
    return sink->commit(sink->self, &block);
}

int
iss_log_each(struct iss_log *log, const struct iss_sink *sink)
{
    struct iss_ranges given = {0};
    struct iss_record_head head;
    size_t at = log->begin;
    int status = ISS_OK;

    while (status == ISS_OK && at < log->end) {
        enum iss_found found = iss_log_read_record(log, at, log->end, &head);

        if (found == ISS_FOUND_NO_MEMORY) {
            status = ISS_ERR_NO_MEMORY;
        } else if (found != ISS_FOUND_RECORD) {
            iss_place_say(&log->place, "no longer reads as it was written, at byte %zu",
                          at);
            status = ISS_ERR_VERIFY;
        } else {
            status = give(log, &head, &given, sink);
        }
        at += sizeof(head) + (size_t)head.size;
    }
    iss_ranges_clear(&given);
    return status;
}

void
iss_log_close(struct iss_log *log)
{
    if (log != NULL) {
        (void)fdatasync(log->fd);
        iss_log_forget(log);
    }
}

void
iss_log_remove(struct iss_log *log)
{
    unlink(log->place.target);
    iss_log_forget(log);
}

void
iss_log_forget(struct iss_log *log)
{
    iss_lock_release(&log->lock);
    if (log->fd >= 0) {
        close(log->fd);
    }
    iss_ranges_clear(&log->ranges);
    iss_arena_clear(&log->arena);
    free(log->room);
    free(log);
}
