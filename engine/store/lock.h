/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/lock.h - one writer a file: `x.h5.lock` beside it, locked by flock(), with the
 * writer's process id inside.
 *
 * The kernel gives the lock back when its holder dies, so what a dead process left
 * behind is simply taken over; the id inside is for messages only.
 */
#ifndef ISS_STORE_LOCK_H
#define ISS_STORE_LOCK_H

#include "isssim/status.h"

struct iss_lock {
    const char *path; /* borrowed */
    int fd;           /* -1 when not held */
};

/**
 * Take the lock at `path` without waiting.
 *
 * @param holder  set to the other's process id on ISS_ERR_LOCKED; 0 when unknown.
 * @return ISS_OK, ISS_ERR_LOCKED, or ISS_ERR_CREATE with errno set.
 */
ISS_MUST_CHECK int iss_lock_take(struct iss_lock *lock, const char *path, long *holder);

/** Whether a process holds the lock at `path` right now: ISS_OK or ISS_ERR_LOCKED, with
 *  *holder as above.  Makes and removes nothing. */
ISS_MUST_CHECK int iss_lock_ask(const char *path, long *holder);

/** Remove and release the lock, when it is held. */
void iss_lock_release(struct iss_lock *lock);

#endif
