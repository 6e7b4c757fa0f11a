/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log_open.c - a log is begun or continued.
 *
 *     head      mark, byte order, version of the format, length and checksum of
 *     text      the study as JSON (store/study_info.h), filled up to 8 bytes
 *     record    a block (store/log_record.h)
 *     record ...
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/log_file.h"

#define LOG_MARK    "ISSLOG\r\n"
#define BYTE_ORDER  UINT32_C(0x01020304)
#define LOG_VERSION 1
#define MAX_TEXT    ((uint64_t)64 << 20)

struct log_head {
    char mark[8];
    uint32_t byte_order;
    uint32_t version;
    uint64_t text_size;
    uint64_t text_hash;
};

/* ---- the head ------------------------------------------------------------------ */

/* The head and the text of a new log, in the arena; its length goes to *size. */
static void *
make_head(struct iss_log *log, size_t *size)
{
    const char *text =
        iss_study_info_text(log->study.info, log->study.shard, &log->arena);
    size_t length = text == NULL ? 0 : strlen(text);
    struct log_head head = {
        .mark = LOG_MARK, .byte_order = BYTE_ORDER, .version = LOG_VERSION};
    char *bytes;

    *size = (sizeof(head) + length + 7) & ~(size_t)7;
    bytes = text == NULL ? NULL : iss_arena_alloc(&log->arena, *size);
    if (bytes != NULL) {
        head.text_size = length;
        head.text_hash = iss_hash_bytes(text, length);
        memcpy(bytes, &head, sizeof(head));
        memcpy(bytes + sizeof(head), text, length);
    }
    return bytes;
}

static int
write_head(struct iss_log *log)
{
    size_t size;
    const void *head = make_head(log, &size);
    int status =
        head == NULL ? iss_log_no_memory(log) : iss_log_append(log, head, size);

    log->begin = log->end;
    return status == ISS_OK ? iss_log_sync(log) : status;
}

static int
no_log(const struct iss_log *log)
{
    iss_place_say(&log->place, "isn't the log of a study, or its head is damaged");
    return ISS_ERR_FORMAT;
}

/* Is the log of this study?  `text` is what it says about itself. */
static int
compare_study(struct iss_log *log, const char *text, size_t length)
{
    const struct iss_shard here = log->study.shard;
    struct iss_study_info info;
    struct iss_shard there;
    char differences[512];
    int status = iss_study_info_parse(text, length, &info, &there, &log->arena);

    if (status != ISS_OK) {
        return status == ISS_ERR_NO_MEMORY ? iss_log_no_memory(log) : no_log(log);
    }
    status = iss_study_info_compare((struct iss_study_place){&info, "there"},
                                    (struct iss_study_place){log->study.info, "here"},
                                    differences, sizeof(differences));
    if (status != ISS_OK) {
        iss_place_say(&log->place, "is of another study: %s", differences);
        return status;
    }
    if (there.count != here.count || there.index != here.index) {
        iss_place_say(&log->place, "is of another shard: %u/%u there, %u/%u here",
                      there.index, there.count, here.index, here.count);
        return ISS_ERR_MISMATCH;
    }
    return ISS_OK;
}

/* Did the writer of this very study die before the head was whole?  Then nothing is
 * lost by beginning again. */
static bool
is_torn_head(struct iss_log *log, size_t length)
{
    struct iss_disk_error error;
    size_t size;
    const void *head = make_head(log, &size);

    return head != NULL && length < size &&
           iss_disk_has(log->fd, head, length, 0, &error);
}

static int
read_head(struct iss_log *log, size_t length)
{
    struct iss_disk_error error;
    struct log_head head;
    int status;

    if (is_torn_head(log, length)) {
        return write_head(log);
    }
    if (length < sizeof(head) ||
        !iss_disk_get(log->fd, &head, sizeof(head), 0, &error) ||
        memcmp(head.mark, LOG_MARK, sizeof(head.mark)) != 0) {
        return no_log(log);
    }
    if (head.byte_order != BYTE_ORDER || head.version != LOG_VERSION) {
        iss_place_say(&log->place, "was written by another isssim or another kind of "
                                   "machine; continue it there");
        return ISS_ERR_MISMATCH;
    }
    if (head.text_size > MAX_TEXT || head.text_size > length - sizeof(head)) {
        return no_log(log);
    }
    status = iss_log_make_room(log, (size_t)head.text_size + 1);
    if (status != ISS_OK) {
        return status;
    }
    if (!iss_disk_get(log->fd, log->room, (size_t)head.text_size, sizeof(head),
                      &error) ||
        iss_hash_bytes(log->room, (size_t)head.text_size) != head.text_hash) {
        return no_log(log);
    }
    log->begin = log->end = (sizeof(head) + (size_t)head.text_size + 7) & ~(size_t)7;
    return compare_study(log, log->room, (size_t)head.text_size);
}

/* ---- records ------------------------------------------------------------------- */

/* Cut off what is behind the last good record, and say what it was. */
static int
cut_off(struct iss_log *log, size_t length, const struct iss_record_head *head,
        struct iss_log_damage *damage)
{
    *damage =
        (struct iss_log_damage){.dropped = length - log->end,
                                .known = head->count > 0,
                                .block = {head->first, head->first + head->count}};
    if (ftruncate(log->fd, (off_t)log->end) != 0) {
        const struct iss_disk_error error = {.error = errno};
        return iss_log_disk_failed(log, 0, &error);
    }
    if (damage->known) {
        iss_place_say(&log->place,
                      "the block of replications %" PRIu64 " to %" PRIu64
                      " is damaged; it and what follows (%" PRIu64
                      " bytes) will be computed again",
                      damage->block.first, damage->block.end - 1, damage->dropped);
    } else {
        iss_place_say(&log->place,
                      "the last %" PRIu64 " bytes are no whole block; what was in them "
                      "will be computed again",
                      damage->dropped);
    }
    return iss_log_sync(log);
}

/* Read every record up to the first that isn't one. */
static int
scan(struct iss_log *log, size_t length, struct iss_log_damage *damage)
{
    struct iss_record_head head;

    for (;;) {
        enum iss_found found = iss_log_read_record(log, log->end, length, &head);
        int status;

        if (found == ISS_FOUND_NO_MEMORY) {
            return ISS_ERR_NO_MEMORY;
        }
        if (found != ISS_FOUND_RECORD) {
            return found == ISS_FOUND_END ? ISS_OK
                                          : cut_off(log, length, &head, damage);
        }
        status = iss_log_take_record(log, &head);
        if (status != ISS_OK) {
            return status;
        }
        log->end += sizeof(head) + (size_t)head.size;
    }
}

/* ---- opening ------------------------------------------------------------------- */

/* A log that is locked and has no file yet. */
static int
begin(struct iss_log **log, const char *path, const struct iss_log_study *study)
{
    struct iss_log *self = calloc(1, sizeof(*self));
    const char *own;
    long holder;
    int status;

    *log = self;
    if (self == NULL) {
        snprintf(study->message, study->size, "out of memory");
        return ISS_ERR_NO_MEMORY;
    }
    study->message[0] = '\0';
    self->fd = self->lock.fd = -1;
    self->study = *study;
    own = iss_arena_strdup(&self->arena, path);
    if (own == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    status =
        iss_place_init(&self->place, &self->arena, own, study->message, study->size);
    if (status != ISS_OK) {
        return status;
    }
    status = iss_lock_take(&self->lock, self->place.lock, &holder);
    if (status == ISS_ERR_LOCKED) {
        iss_place_say(&self->place,
                      "is being written by process %ld; wait for it, or choose another "
                      "name",
                      holder);
        return status;
    }
    return status == ISS_OK ? ISS_OK
                            : iss_place_cannot_create(&self->place, self->place.lock);
}

/* Give the log away, or forget it when there is none. */
static int
end_opening(struct iss_log **log, int status)
{
    if (status != ISS_OK && *log != NULL) {
        iss_log_forget(*log);
        *log = NULL;
    }
    return status;
}

static int
create_file(struct iss_log *log)
{
    int status;

    log->fd = open(log->place.target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (log->fd < 0 && errno == EEXIST) {
        iss_place_say(&log->place, "exists already; continue or remove it");
        return ISS_ERR_EXISTS;
    }
    if (log->fd < 0) {
        return iss_place_cannot_create(&log->place, log->place.target);
    }
    status = write_head(log);
    if (status != ISS_OK) {
        unlink(log->place.target);
    }
    return status;
}

int
iss_log_create(struct iss_log **log, const char *path,
               const struct iss_log_study *study)
{
    int status = begin(log, path, study);

    return end_opening(log, status == ISS_OK ? create_file(*log) : status);
}

static int
open_file(struct iss_log *log, size_t *length)
{
    struct stat info;

    log->fd = open(log->place.target, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (log->fd < 0 || fstat(log->fd, &info) != 0) {
        iss_place_say(&log->place, "cannot be read: %s", strerror(errno));
        return ISS_ERR_NO_INPUT;
    }
    if (!S_ISREG(info.st_mode)) {
        return no_log(log);
    }
    *length = (size_t)info.st_size;
    return ISS_OK;
}

static int
resume(struct iss_log *log, struct iss_log_damage *damage)
{
    size_t length = 0;
    int status = open_file(log, &length);

    if (status == ISS_OK) {
        status = read_head(log, length);
    }
    if (status == ISS_OK && length > log->end) {
        status = scan(log, length, damage);
    }
    return status;
}

int
iss_log_resume(struct iss_log **log, const char *path,
               const struct iss_log_study *study, struct iss_log_damage *damage)
{
    int status = begin(log, path, study);

    *damage = (struct iss_log_damage){0};
    return end_opening(log, status == ISS_OK ? resume(*log, damage) : status);
}
