/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/term.h - what is known of the reader's screen, and text made fit for it.
 *
 * Texts are UTF-8 inside.  What a terminal could take for a command never reaches it,
 * and where the locale isn't UTF-8 only ASCII does.
 */
#ifndef ISS_CLI_TERM_H
#define ISS_CLI_TERM_H

#include <stdbool.h>
#include <stdio.h>

enum iss_ink { ISS_PLAIN, ISS_BOLD, ISS_RED, ISS_GREEN, ISS_DIM };

struct iss_term {
    FILE *out;
    int width; /* columns to fill, 80 to 120 */
    bool utf8;
    bool colour; /* a terminal, and NO_COLOR isn't set */
};

/** Look at `out`, the locale, COLUMNS and NO_COLOR. */
void iss_term_init(struct iss_term *term, FILE *out);

/** Columns that `text` takes: its characters, each counted as one. */
int iss_term_columns(const char *text);

/** The bytes of the first `columns` characters of `text` (all of it if shorter). */
int iss_term_bytes(const char *text, int columns);

/** Write `text`, cleaned, in `ink`. */
void iss_term_put(const struct iss_term *term, enum iss_ink ink, const char *text);

/** `text` as iss_term_put() would write it, for the caller to free; NULL without
 *  memory. */
char *iss_term_clean(const struct iss_term *term, const char *text);

/**
 * Write a paragraph from column `indent` on (where the cursor is), broken between
 * words, with `remark` at the right edge of its last line, or of a line of its own.
 */
void iss_term_paragraph(const struct iss_term *term, int indent, const char *text,
                        enum iss_ink ink, const char *remark);

#endif
