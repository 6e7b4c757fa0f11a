/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/lexer.h - a scenario's text as tokens, with their lines.
 *
 * The same tokens as libconfig's, except that a malformed number such as `63P` or
 * `2022-12-15Z` stays in one piece, so that a message can show it whole.
 */
#ifndef ISS_SCENARIO_LEXER_H
#define ISS_SCENARIO_LEXER_H

#include <stdbool.h>
#include <stddef.h>

enum iss_token_kind {
    ISS_TOKEN_END,
    ISS_TOKEN_NAME,   /* also true and false */
    ISS_TOKEN_NUMBER, /* anything that begins like a number; see iss_number_read() */
    ISS_TOKEN_TEXT,   /* what stands between the quotes, escapes included */
    ISS_TOKEN_ASSIGN, /* = or : */
    ISS_TOKEN_COMMA,
    ISS_TOKEN_SEMICOLON,
    ISS_TOKEN_OPEN_GROUP,
    ISS_TOKEN_CLOSE_GROUP,
    ISS_TOKEN_OPEN_LIST,
    ISS_TOKEN_CLOSE_LIST,
    ISS_TOKEN_OPEN_ARRAY,
    ISS_TOKEN_CLOSE_ARRAY,
    ISS_TOKEN_INCLUDE, /* the file's name, from a line `@include "name"` */
    /* What libconfig would swallow or stop at: */
    ISS_TOKEN_BAD_INCLUDE,
    ISS_TOKEN_OPEN_TEXT,    /* runs to the end of the file */
    ISS_TOKEN_OPEN_COMMENT, /* likewise */
    ISS_TOKEN_STRAY         /* one character that begins nothing */
};

struct iss_token {
    enum iss_token_kind kind;
    const char *start; /* in the text that is being read */
    size_t length;
    int line;     /* where it begins */
    int end_line; /* where it ends; differs for texts only */
};

struct iss_lexer {
    const char *begin, *next, *end;
    int line;
};

/** Begin at line 1 of `text`, behind its byte-order mark if there is one. */
void iss_lexer_init(struct iss_lexer *lexer, const char *text, size_t size);

/** The next token; ISS_TOKEN_END again and again at the end. */
void iss_lexer_next(struct iss_lexer *lexer, struct iss_token *token);

/** Whether `text` is a name to libconfig: a letter or *, then also digits, - and _ */
bool iss_lexer_is_name(const char *text, size_t length);

#endif
