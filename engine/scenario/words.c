/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words.c - wording of the grammar's messages; knows tokens, no state.
 */
#include "scenario/words.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <strings.h>

#define SHOWN_MAX 40

static bool
is_word(const struct iss_token *token, const char *word)
{
    return token->length == strlen(word) &&
           strncasecmp(token->start, word, token->length) == 0;
}

static bool
is_any_word(const struct iss_token *token, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (is_word(token, *words)) {
            return true;
        }
    }
    return false;
}

char *
iss_words_token(const struct iss_token *token, char buffer[ISS_WORDS_TOKEN])
{
    const char *quote = token->kind == ISS_TOKEN_TEXT ? "\"" : "";
    size_t shown = token->length;
    const char *line_end;

    if (shown > SHOWN_MAX) {
        shown = SHOWN_MAX;
        while (shown > 0 && ((unsigned char)token->start[shown] & 0xC0) == 0x80) {
            shown--; /* not in the middle of a UTF-8 character */
        }
    }
    line_end = memchr(token->start, '\n', shown);
    if (line_end != NULL) {
        shown = (size_t)(line_end - token->start);
    }
    snprintf(buffer, ISS_WORDS_TOKEN, "%s%.*s%s%s", quote, (int)shown, token->start,
             shown < token->length ? "..." : "", quote);
    return buffer;
}

const char *
iss_words_bracket(enum iss_token_kind open)
{
    switch (open) {
    case ISS_TOKEN_OPEN_LIST:
        return "(";
    case ISS_TOKEN_OPEN_ARRAY:
        return "[";
    default:
        return "{";
    }
}

const char *
iss_words_member(enum iss_token_kind kind, bool real, bool wide)
{
    if (kind == ISS_TOKEN_TEXT) {
        return "a text";
    }
    if (kind == ISS_TOKEN_NAME) {
        return "true or false";
    }
    if (real) {
        return "a real number (with a point)";
    }
    return wide ? "a 64-bit integer (with L)" : "an integer";
}

bool
iss_words_is_true(const struct iss_token *token)
{
    return is_word(token, "true");
}

bool
iss_words_is_bool(const struct iss_token *token)
{
    return is_word(token, "true") || is_word(token, "false");
}

const char *
iss_words_bare(const struct iss_token *token)
{
    static const char *const booleans[] = {"yes", "no", "on", "off", "y", "n", NULL};
    static const char *const numbers[] = {"nan", "inf", "infinity", NULL};

    if (is_any_word(token, booleans)) {
        return "; allowed true or false";
    }
    if (is_any_word(token, numbers)) {
        return "; allowed finite numbers";
    }
    return "; hint: text stands in quotes";
}

/* 2022-12-15..., with or without a time. */
static bool
looks_like_date(const struct iss_token *token)
{
    return token->length >= 10 && token->start[4] == '-' && token->start[7] == '-';
}

/* A number with a unit behind it, as in 90d. */
static bool
looks_like_quantity(const struct iss_token *token)
{
    static const char digits[] = "0123456789.";
    size_t length = 0;

    while (length < token->length && strchr(digits, token->start[length]) != NULL) {
        length++;
    }
    for (size_t i = length; i < token->length; i++) {
        char c = token->start[i];

        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
            return false;
        }
    }
    return length > 0 && length < token->length;
}

const char *
iss_words_bad_number(const struct iss_token *token)
{
    if (looks_like_date(token)) {
        return "; hint: a date stands in quotes, as in \"2022-12-15Z\"";
    }
    if (looks_like_quantity(token)) {
        return "; hint: a quantity with its unit stands in quotes, as in \"90 d\"";
    }
    return "";
}

const char *
iss_words_stray(const struct iss_token *token)
{
    unsigned char first = (unsigned char)token->start[0];

    if (first == '\'') {
        return "; hint: text stands in double quotes";
    }
    if ((first == '-' || first == '+') &&
        (strncasecmp(token->start + 1, "inf", 3) == 0 ||
         strncasecmp(token->start + 1, "nan", 3) == 0)) {
        return "; allowed finite numbers";
    }
    if (first == '_' || first == '-') {
        return "; hint: a name begins with a letter";
    }
    if (first == '%') {
        return "; hint: a quantity with its unit stands in quotes, as in \"0.5 %\"";
    }
    if (token->length == 3 && memcmp(token->start, "\xE2\x80", 2) == 0) {
        return "; hint: text stands in plain double quotes";
    }
    return first >= 0x80 ? "; hint: only comments and text may hold such characters"
                         : "";
}

static bool
is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* \x01 to \x7f: the first digit is 0 to 7, and not both are 0. */
static bool
is_good_hex(const char *escape, const char *end)
{
    return end - escape >= 4 && escape[2] >= '0' && escape[2] <= '7' &&
           is_hex_digit(escape[3]) && (escape[2] != '0' || escape[3] != '0');
}

const char *
iss_words_bad_escape(const struct iss_token *token)
{
    const char *end = token->start + token->length;

    for (const char *c = token->start; c < end; c++) {
        bool hex;

        if (*c != '\\') {
            continue;
        }
        hex = c + 1 < end && (c[1] == 'x' || c[1] == 'X');
        if (c + 1 == end || (hex && !is_good_hex(c, end)) ||
            (!hex && memchr("\"\\nrtf", c[1], 6) == NULL)) {
            return c;
        }
        c++;
    }
    return NULL;
}
