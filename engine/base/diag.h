/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/diag.h - the problems of a scenario, gathered so that all are told at once.
 *
 * A line reads `file:line: path: problem; got X; allowed Y; hint`.  Nothing here
 * prints.
 */
#ifndef ISS_BASE_DIAG_H
#define ISS_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Where a setting was written.  Line counts from 1; 0 when the origin is not a line of
 * a file (a default, the whole file).  An override's file is "--set", its line the
 * ordinal. The diagnostics copy the file's name, so it needn't outlive them. */
struct iss_origin {
    const char *file;
    int line;
};

enum iss_severity { ISS_WARNING, ISS_ERROR };

struct iss_diag_entry {
    enum iss_severity severity;
    struct iss_origin origin;
    const char *text; /* the whole line, with its origin in front */
};

#define ISS_DIAG_SHOWN 20 /* of errors and of warnings; more are only counted */

struct iss_diag {
    struct iss_arena arena;
    struct iss_diag_entry entries[2 * ISS_DIAG_SHOWN];
    size_t kept;     /* entries filled, in the order of discovery */
    size_t errors;   /* all errors, kept or not */
    size_t warnings; /* all warnings, kept or not */
};

void iss_diag_clear(struct iss_diag *diag);

/** Add an error at `origin` about the setting `path` ("" for none). */
void iss_diag_error(struct iss_diag *diag, struct iss_origin origin, const char *path,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Whether a further error would only be counted: then its words needn't be made. */
bool iss_diag_is_full(const struct iss_diag *diag);

/** Add a warning likewise.  Warnings never refuse a scenario. */
void iss_diag_warning(struct iss_diag *diag, struct iss_origin origin, const char *path,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Order the kept entries by file (in order of first appearance) and line. */
void iss_diag_sort(struct iss_diag *diag);

/**
 * The candidate nearest to `word` by edit distance with transpositions, upper and lower
 * case being equal; the first of equals.  NULL when none is near enough (within a third
 * of the word's length, or 1 edit for short words).
 */
const char *iss_diag_suggest(const char *word, const char *const *candidates,
                             size_t count);

#endif
