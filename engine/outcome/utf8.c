/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utf8.c - well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#include "outcome/utf8.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the character at `s`, 0 when it is malformed.  The zero at the end of a text
 * is no continuation byte, so nothing behind it is read. */
static size_t
character_length(const unsigned char *s)
{
    size_t length = s[0] < 0x80   ? 1
                    : s[0] < 0xC2 ? 0
                    : s[0] < 0xE0 ? 2
                    : s[0] < 0xF0 ? 3
                    : s[0] < 0xF5 ? 4
                                  : 0;
    bool overlong, beyond;

    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    beyond = (s[0] == 0xED && s[1] >= 0xA0) || (s[0] == 0xF4 && s[1] >= 0x90);
    return overlong || beyond ? 0 : length;
}

size_t
iss_utf8_prefix(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = 0;

    while (s[at] != '\0') {
        size_t length = character_length(s + at);

        if (length == 0) {
            break;
        }
        at += length;
    }
    return at;
}

const char *
iss_utf8_clean(struct iss_arena *arena, const char *text)
{
    size_t at = iss_utf8_prefix(text);
    char *copy;

    if (text[at] == '\0') {
        return text;
    }
    copy = iss_arena_strdup(arena, text);
    if (copy == NULL) {
        return NULL;
    }
    while (copy[at] != '\0') {
        copy[at] = '?';
        at += iss_utf8_prefix(copy + at);
    }
    return copy;
}
