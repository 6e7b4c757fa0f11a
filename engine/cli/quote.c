/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quote.c - a word for a shell.
 *
 * Between single quotes nothing means anything but the next single quote: that one
 * stands outside, behind a backslash.
 */
#include "cli/quote.h"

void
iss_quote_put(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
        } else {
            fputc(*text, out);
        }
    }
    fputc('\'', out);
}
