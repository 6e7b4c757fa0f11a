/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * diag.c - a short list of ready-made lines, and the search for the word that was
 * meant.
 *
 * Errors and warnings have a quota each, so that a flood of warnings can't hide an
 * error. Without memory the line falls back to a constant: the count stays true.
 */
#include "base/diag.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define LINE_SIZE 2048
#define WORD_MAX  63 /* longer words get no suggestion */

void
iss_diag_clear(struct iss_diag *diag)
{
    iss_arena_clear(&diag->arena);
    memset(diag, 0, sizeof(*diag));
}

static size_t
kept_of(const struct iss_diag *diag, enum iss_severity severity)
{
    size_t total = severity == ISS_ERROR ? diag->errors : diag->warnings;

    return total < ISS_DIAG_SHOWN ? total : ISS_DIAG_SHOWN;
}

bool
iss_diag_is_full(const struct iss_diag *diag)
{
    return kept_of(diag, ISS_ERROR) == ISS_DIAG_SHOWN;
}

/* Our own copy of a file's name: the source may be gone before the diagnostics. */
static const char *
own_file(struct iss_diag *diag, const char *file)
{
    const char *copy;

    if (file == NULL) {
        return "";
    }
    for (size_t i = 0; i < diag->kept; i++) {
        if (strcmp(diag->entries[i].origin.file, file) == 0) {
            return diag->entries[i].origin.file;
        }
    }
    copy = iss_arena_strdup(&diag->arena, file);
    return copy == NULL ? "" : copy;
}

/* The whole line, "file:line: path: problem". */
static char *
format_line(struct iss_arena *arena, struct iss_origin origin, const char *path,
            const char *problem)
{
    const char *file = origin.file == NULL ? "" : origin.file;
    const char *colon = path[0] == '\0' ? "" : ": ";

    if (file[0] == '\0') {
        return iss_arena_printf(arena, "%s%s%s", path, colon, problem);
    }
    if (origin.line <= 0) {
        return iss_arena_printf(arena, "%s: %s%s%s", file, path, colon, problem);
    }
    return iss_arena_printf(arena, "%s:%d: %s%s%s", file, origin.line, path, colon,
                            problem);
}

static void __attribute__((format(printf, 5, 0)))
add(struct iss_diag *diag, enum iss_severity severity, struct iss_origin origin,
    const char *path, const char *format, va_list arguments)
{
    bool full = kept_of(diag, severity) == ISS_DIAG_SHOWN;
    char problem[LINE_SIZE];
    const char *text;

    *(severity == ISS_ERROR ? &diag->errors : &diag->warnings) += 1;
    if (full) {
        return;
    }
    vsnprintf(problem, sizeof(problem), format, arguments);
    text = format_line(&diag->arena, origin, path, problem);
    origin.file = own_file(diag, origin.file);
    diag->entries[diag->kept++] = (struct iss_diag_entry){
        severity, origin, text != NULL ? text : "(out of memory for this message)"};
}

void
iss_diag_error(struct iss_diag *diag, struct iss_origin origin, const char *path,
               const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(diag, ISS_ERROR, origin, path, format, arguments);
    va_end(arguments);
}

void
iss_diag_warning(struct iss_diag *diag, struct iss_origin origin, const char *path,
                 const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(diag, ISS_WARNING, origin, path, format, arguments);
    va_end(arguments);
}

/* Index of the first of `entries` from the same file: the file's rank. */
static size_t
file_rank(const struct iss_diag_entry *entries, struct iss_origin origin)
{
    size_t i = 0;

    while (strcmp(entries[i].origin.file, origin.file) != 0) {
        i++;
    }
    return i;
}

void
iss_diag_sort(struct iss_diag *diag)
{
    size_t rank[2 * ISS_DIAG_SHOWN];

    for (size_t i = 0; i < diag->kept; i++) {
        rank[i] = file_rank(diag->entries, diag->entries[i].origin);
    }
    /* Insertion: stable, so problems of one line stay in the order of discovery. */
    for (size_t i = 1; i < diag->kept; i++) {
        struct iss_diag_entry entry = diag->entries[i];
        size_t entry_rank = rank[i];
        size_t j = i;

        for (; j > 0 && (rank[j - 1] > entry_rank ||
                         (rank[j - 1] == entry_rank &&
                          diag->entries[j - 1].origin.line > entry.origin.line));
             j--) {
            diag->entries[j] = diag->entries[j - 1];
            rank[j] = rank[j - 1];
        }
        diag->entries[j] = entry;
        rank[j] = entry_rank;
    }
}

static bool
same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t
min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance (Levenshtein plus swaps of neighbours), by rows. */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++) {
        above[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t *oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = above[j - 1] + !same_letter(a[i - 1], b[j - 1]);

            best = min_size(best, min_size(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1])) {
                best = min_size(best, before[j - 2] + 1);
            }
            row[j] = best;
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

/* Whether two words differ in nothing but what joins their parts: lc39a and lc_39a. */
static bool
differ_in_joints(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, "_-. ");
        b += strspn(b, "_-. ");
        if (*a == '\0' || !same_letter(*a, *b)) {
            return *a == *b;
        }
    }
}

const char *
iss_diag_suggest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    size_t allowed = length / 3 > 1 ? length / 3 : 1;
    size_t best = allowed + 1;
    const char *nearest = NULL;

    if (length == 0 || length > WORD_MAX) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        size_t edits;

        if (other > length + allowed || length > other + allowed || other > WORD_MAX) {
            continue;
        }
        if (differ_in_joints(word, candidates[i])) {
            return candidates[i];
        }
        edits = distance(word, length, candidates[i], other);
        /* A single letter isn't near to another one. */
        if (edits < best && edits < length + (other > length)) {
            best = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}
