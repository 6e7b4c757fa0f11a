/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lock.c - a lock file that outlives nobody.
 *
 * The holder removes the file before it lets go, so between our open() and our flock()
 * the name may have vanished, or be somebody else's new file: then we begin again.
 */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ATTEMPTS 100

static bool
still_named(int fd, const char *path)
{
    struct stat ours, named;

    return fstat(fd, &ours) == 0 && lstat(path, &named) == 0 &&
           ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

static void
unlink_keeping_errno(const char *path)
{
    int error = errno;

    unlink(path);
    errno = error;
}

static void
close_keeping_errno(int fd)
{
    int error = errno;

    close(fd);
    errno = error;
}

static long
read_holder(int fd)
{
    char text[32] = "";

    if (pread(fd, text, sizeof(text) - 1, 0) <= 0) {
        return 0;
    }
    return strtol(text, NULL, 10);
}

/* Lock the file unless another process does.  iss_lock_ask() may hold the lock too, but
 * only for a moment. */
static bool
lock_file(int fd)
{
    const struct timespec moment = {0, 10000000};

    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        return true;
    }
    if (errno != EWOULDBLOCK) {
        return false;
    }
    nanosleep(&moment, NULL);
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* One try: ISS_OK with *again set when the file went away under us. */
static int
try_lock(int fd, const char *path, long *holder, bool *again)
{
    *again = false;
    if (lock_file(fd)) {
        *again = !still_named(fd, path);
        return ISS_OK;
    }
    if (errno == EWOULDBLOCK) {
        *holder = read_holder(fd);
        return ISS_ERR_LOCKED;
    }
    /* Locks aren't served here, so nobody holds one. */
    unlink_keeping_errno(path);
    return ISS_ERR_CREATE;
}

static int
sign(struct iss_lock *lock)
{
    char text[32];
    int length = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
    int error;

    if (ftruncate(lock->fd, 0) == 0 &&
        pwrite(lock->fd, text, (size_t)length, 0) == length) {
        return ISS_OK;
    }
    error = errno;
    iss_lock_release(lock);
    errno = error;
    return ISS_ERR_CREATE;
}

int
iss_lock_take(struct iss_lock *lock, const char *path, long *holder)
{
    lock->path = path;
    lock->fd = -1;
    *holder = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        bool again;
        int status;

        if (fd < 0) {
            return ISS_ERR_CREATE;
        }
        status = try_lock(fd, path, holder, &again);
        if (status == ISS_OK && !again) {
            lock->fd = fd;
            return sign(lock);
        }
        close_keeping_errno(fd);
        if (status != ISS_OK) {
            return status;
        }
    }
    return ISS_ERR_LOCKED;
}

int
iss_lock_ask(const char *path, long *holder)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    int status = ISS_OK;

    *holder = 0;
    if (fd < 0) {
        return ISS_OK;
    }
    if (flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        *holder = read_holder(fd);
        status = ISS_ERR_LOCKED;
    }
    close(fd);
    return status;
}

void
iss_lock_release(struct iss_lock *lock)
{
    if (lock->fd < 0) {
        return;
    }
    unlink(lock->path);
    close(lock->fd);
    lock->fd = -1;
}
