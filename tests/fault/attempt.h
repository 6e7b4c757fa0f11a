/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attempt.h - write a sample in a process of its own, and see what became of it: its
 * status, its message, and that neither it nor HDF5, on its way out, said anything
 * else.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"

#include "fault/write_study.h"
#include "unit/outcome/sample.h"

#define ATTEMPT_EVENTS 3000
#define ATTEMPT_ROWS   2000

enum attempt_what { ATTEMPT_RUN, ATTEMPT_STUDY };

struct attempt {
    int status;        /* of iss_store_write(); 1 when the process died otherwise */
    char message[256]; /* the store's */
    char noise[1024];  /* anything on stdout and stderr */
};

static inline void
attempt_child(enum attempt_what what, const char *path,
              const struct iss_store_options *options, int answer)
{
    struct iss_outcome outcome = {0};
    struct attempt attempt = {.status = 1};

    signal(SIGSEGV, SIG_DFL); /* cmocka's would go on with the next test */
    if (what == ATTEMPT_STUDY) {
        attempt.status = write_study(path, ATTEMPT_ROWS, options, attempt.message,
                                     sizeof(attempt.message));
    } else {
        sample_make(&outcome, ATTEMPT_EVENTS);
        attempt.status = iss_store_write(path, &outcome, options, attempt.message,
                                         sizeof(attempt.message));
    }
    iss_outcome_clear(&outcome);
    if (write(answer, &attempt, sizeof(attempt)) != sizeof(attempt)) {
        abort();
    }
    exit(0); /* not _exit(): HDF5's own end is part of it */
}

/* Write to `path` with files limited to `limit` bytes, 0 for no limit. */
static inline struct attempt
attempt_write(enum attempt_what what, const char *path,
              const struct iss_store_options *options, rlim_t limit)
{
    struct attempt attempt = {.status = 1};
    int answer[2], noise[2];
    size_t heard = 0;
    ssize_t got;
    pid_t pid;
    int ended;

    if (pipe(answer) != 0 || pipe(noise) != 0 || (pid = fork()) < 0) {
        abort();
    }
    if (pid == 0) {
        dup2(noise[1], STDOUT_FILENO);
        dup2(noise[1], STDERR_FILENO);
        close(noise[0]);
        close(noise[1]);
        if (limit > 0) {
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
        }
        attempt_child(what, path, options, answer[1]);
    }
    close(answer[1]);
    close(noise[1]);
    if (read(answer[0], &attempt, sizeof(attempt)) != sizeof(attempt)) {
        attempt.status = 1;
    }
    while (heard + 1 < sizeof(attempt.noise) &&
           (got = read(noise[0], attempt.noise + heard,
                       sizeof(attempt.noise) - 1 - heard)) > 0) {
        heard += (size_t)got;
    }
    attempt.noise[heard] = '\0';
    close(answer[0]);
    close(noise[0]);
    if (waitpid(pid, &ended, 0) != pid || ended != 0) {
        attempt.status = 1;
    }
    return attempt;
}

#endif
