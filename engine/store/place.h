/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/place.h - where a file goes: its name, the names beside it, and what may be
 * there.
 */
#ifndef ISS_STORE_PLACE_H
#define ISS_STORE_PLACE_H

#include <stdint.h>

#include "base/arena.h"
#include "outcome/table.h"
#include "store/disk.h"
#include "store/store.h"

struct iss_place {
    const char *target; /* borrowed */
    const char *part;   /* target.part */
    const char *lock;   /* target.lock */
    const char *folder;
    char *message; /* borrowed: where problems are told, in one line */
    size_t size;
};

/** Make the names in `arena`; problems will be told in `message`.  ISS_OK,
 *  ISS_ERR_NO_MEMORY, or ISS_ERR_CREATE for a path that names no file. */
ISS_MUST_CHECK int iss_place_init(struct iss_place *place, struct iss_arena *arena,
                                  const char *path, char *message, size_t size);

/** Tell a problem about the target: "<target>: <format>". */
void iss_place_say(const struct iss_place *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * May the target be written?  `outcome` may be NULL; the files it was read from are
 * spared.  ISS_OK, ISS_ERR_EXISTS or ISS_ERR_CREATE.
 */
ISS_MUST_CHECK int iss_place_check(const struct iss_place *place,
                                   const struct iss_store_options *options,
                                   const struct iss_outcome *outcome);

/** Tell why creating `name` beside the target failed, from errno; ISS_ERR_CREATE. */
int iss_place_cannot_create(const struct iss_place *place, const char *name);

/** Tell that process `holder`, 0 for an unknown one, has the lock; ISS_ERR_LOCKED. */
int iss_place_is_locked(const struct iss_place *place, long holder);

/** Create the .part file anew (whoever holds the lock owns it) and keep it open in *fd:
 *  errors of writing it back to the disk are then seen by fsync().  ISS_OK or
 *  ISS_ERR_CREATE. */
ISS_MUST_CHECK int iss_place_create_part(const struct iss_place *place, int *fd);

/** Give the .part file its final name, for good.  ISS_OK or ISS_ERR_WRITE. */
ISS_MUST_CHECK int iss_place_publish(const struct iss_place *place);

/** Tell that the disk refused what was written to `name`, or gave other bytes back;
 *  `need` is what the whole takes.  ISS_ERR_WRITE or ISS_ERR_VERIFY. */
int iss_place_disk_failed(const struct iss_place *place, const char *name, size_t need,
                          const struct iss_disk_error *error);

/** Bytes free on the target's disk; -1 when that isn't known. */
int64_t iss_place_free(const struct iss_place *place);

#endif
