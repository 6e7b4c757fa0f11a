/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/quote.h - texts as words of a shell's command line. */
#ifndef ISS_CLI_QUOTE_H
#define ISS_CLI_QUOTE_H

#include <stdio.h>

/** Write `text` so that a POSIX shell reads it as one word, whatever is in it. */
void iss_quote_put(FILE *out, const char *text);

#endif
