/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * isssim/status.h - what a call that can fail returns.
 *
 * ISS_OK is 0, every failure negative.  The list is the one place for them:
 * each code has a name, a one-sentence text and the exit code of the program.
 */
#ifndef ISSSIM_STATUS_H
#define ISSSIM_STATUS_H

#define ISS_MUST_CHECK __attribute__((warn_unused_result))
#define ISS_API        __attribute__((visibility("default")))

/* clang-format off */
/* Studies keep a status by its place here: new ones come last. */
/*          name         value  exit  text */
#define ISS_STATUS_LIST(X)                                                             \
    X(OK,                 0,    0,  "success")                                         \
    X(ERR_NO_MEMORY,     -1,   70,  "out of memory")                                   \
    X(ERR_SCENARIO,      -2,   65,  "the scenario has errors")                         \
    X(ERR_NO_INPUT,      -3,   66,  "an input file cannot be read")                    \
    X(ERR_USAGE,         -4,   64,  "the command line is wrong")                       \
    X(ERR_FORMAT,        -5,   65,  "the file is no result that this program reads")     \
    X(ERR_EVENT_LIMIT,   -10,  70,  "the limit on events was reached before the end")  \
    X(ERR_STALLED,       -11,  70,  "time stopped advancing")                          \
    X(ERR_CAPACITY,      -12,  70,  "a fixed capacity of the model was exhausted")     \
    X(ERR_INVARIANT,     -13,  70,  "the world failed its consistency check")          \
    X(ERR_NUMERIC,       -14,  70,  "a numerical routine failed")                      \
    X(ERR_REMOTE,        -15,  70,  "the processes of the study lost each other")      \
    X(ERR_CADENCE,       -16,  70,  "a cadence rule made more flights than there is room") \
    X(ERR_EXISTS,        -20,  73,  "the output exists already")                       \
    X(ERR_LOCKED,        -21,  73,  "the output is being written by another process")  \
    X(ERR_CREATE,        -22,  73,  "the output cannot be created")                    \
    X(ERR_WRITE,         -23,  74,  "writing the output failed")                       \
    X(ERR_VERIFY,        -24,  74,  "the output did not read back as written")         \
    X(ERR_MISMATCH,      -25,  65,  "the results are not of one study")                \
    X(ERR_OVERLAP,       -26,  65,  "the same replications are there twice")           \
    X(ERR_GAP,           -27,  65,  "replications are missing")                        \
    X(ERR_NEEDS,         -28,  69,  "something that the command needs isn't installed")
/* clang-format on */

#define ISS_STATUS_ENUM(name, value, exit_code, text) ISS_##name = value,
enum iss_status { ISS_STATUS_LIST(ISS_STATUS_ENUM) };
#undef ISS_STATUS_ENUM

/** One sentence for `status`, without a full stop; never NULL. */
ISS_API const char *iss_status_text(int status);

/** The exit code that the program gives for `status` (sysexits: 64, 65, 66, 69,
 * 70, 73, 74). */
ISS_API int iss_status_exit_code(int status);

#endif
