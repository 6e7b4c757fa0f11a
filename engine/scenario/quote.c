/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quote.c - [a3, MS-23] is [ "a3", "MS-23" ] on a command line, where quotes are a
 * nuisance.
 */
#include "scenario/quote.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Whether a member of an array is a word without quotes: "a3", "2030-01-01Z". */
static bool
is_plain(const char *member, size_t length)
{
    static const char allowed[] = "-_.:";
    bool good = length > 0 && (isalpha((unsigned char)*member) != 0 ||
                               member[length - 1] == 'Z'); /* 1e5 is a number */

    for (size_t i = 0; i < length && good; i++) {
        good = isalnum((unsigned char)member[i]) || strchr(allowed, member[i]) != NULL;
    }
    bool truth = (length == 4 && strncasecmp(member, "true", 4) == 0) ||
                 (length == 5 && strncasecmp(member, "false", 5) == 0);
    return good && !truth;
}

/* Bytes of the text in quotes at `c`; 0 when it has escapes or no end. */
static size_t
quoted_length(const char *c)
{
    size_t length = 1 + strcspn(c + 1, "\"\\");
    return c[length] == '"' ? length + 1 : 0;
}

const char *
iss_quote_members(struct iss_arena *arena, const char *value)
{
    const char *c = value + strspn(value, " ");
    char *text, *to;
    bool more = *c == '[', plain = false;

    if (!more) {
        return value;
    }
    text = iss_arena_alloc(arena, 3 * strlen(value) + 1);
    if (text == NULL) {
        return NULL;
    }
    to = text;
    *to++ = *c++;
    while (more) {
        c += strspn(c, " ");
        bool quoted = *c == '"';
        size_t length = quoted ? quoted_length(c) : strcspn(c, ",] ");
        const char *end = c + length + strspn(c + length, " ");
        if (!(quoted ? length > 0 : is_plain(c, length)) ||
            (*end != ',' && *end != ']')) {
            return value;
        }
        to += sprintf(to, quoted ? "%.*s%c" : "\"%.*s\"%c", (int)length, c, *end);
        plain = plain || !quoted;
        more = *end == ',';
        c = end + 1;
    }
    return *c == '\0' && plain ? text : value;
}
