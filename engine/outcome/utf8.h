/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome/utf8.h - is a text fit to be stored?  Readers fail on a whole column, or a
 * whole file, for one byte that isn't UTF-8.
 */
#ifndef ISS_OUTCOME_UTF8_H
#define ISS_OUTCOME_UTF8_H

#include <stddef.h>

#include "base/arena.h"

/** Bytes at the front of `text` that are well-formed UTF-8 (RFC 3629); strlen(text)
 * when all of it is. */
size_t iss_utf8_prefix(const char *text);

/** `text` itself when it is UTF-8, else a copy in `arena` with `?` for each wrong byte;
 *  NULL without memory. */
const char *iss_utf8_clean(struct iss_arena *arena, const char *text);

#endif
