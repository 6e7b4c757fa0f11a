/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/log_file.h - the file of a log, within the store: what opening (log_open.c),
 * and reading and adding (log.c) have in common.
 */
#ifndef ISS_STORE_LOG_FILE_H
#define ISS_STORE_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "store/disk.h"
#include "store/lock.h"
#include "store/log.h"
#include "store/log_record.h"
#include "store/place.h"

struct iss_log {
    struct iss_log_study study;
    struct iss_arena arena;
    struct iss_place place;
    struct iss_lock lock;
    struct iss_ranges ranges;
    int fd;
    size_t begin; /* of the first record */
    size_t end;   /* of the last */
    void *room;   /* for one record */
    size_t capacity;
    struct timespec synced; /* when the disk was last told */
};

/** Tell that memory is out, or that the disk failed; the status for it. */
int iss_log_no_memory(const struct iss_log *log);
int iss_log_disk_failed(const struct iss_log *log, size_t need,
                        const struct iss_disk_error *error);

/** Room for `size` bytes; its content is lost. */
ISS_MUST_CHECK int iss_log_make_room(struct iss_log *log, size_t size);

/** Append `size` bytes, all or none. */
ISS_MUST_CHECK int iss_log_append(struct iss_log *log, const void *bytes, size_t size);

enum iss_found {
    ISS_FOUND_RECORD,
    ISS_FOUND_END,
    ISS_FOUND_DAMAGE,
    ISS_FOUND_NO_MEMORY
};

/** Read the record at `at` of a file of `length` bytes: its payload goes to the log's
 *  room.  Of a damaged one the head is zeroed unless it is good. */
enum iss_found iss_log_read_record(struct iss_log *log, size_t at, size_t length,
                                   struct iss_record_head *head);

/** Count the replications of a record in, unless the same record is there already.
 *  ISS_OK, ISS_ERR_OVERLAP, ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_log_take_record(struct iss_log *log,
                                       const struct iss_record_head *head);

/** Unlock, close and free. */
void iss_log_forget(struct iss_log *log);

#endif
