/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lexer.c - characters to tokens, following libconfig's scanner (its scanner.l).
 *
 * Classes of characters are spelt out: <ctype.h> depends on the locale.
 */
#include "scenario/lexer.h"

#include <string.h>

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name_start(char c)
{
    return is_letter(c) || c == '*';
}

static bool
is_name_part(char c)
{
    return is_name_start(c) || is_digit(c) || c == '-' || c == '_';
}

bool
iss_lexer_is_name(const char *text, size_t length)
{
    if (length == 0 || !is_name_start(text[0])) {
        return false;
    }
    for (size_t i = 1; i < length; i++) {
        if (!is_name_part(text[i])) {
            return false;
        }
    }
    return true;
}

void
iss_lexer_init(struct iss_lexer *lexer, const char *text, size_t size)
{
    static const char mark[] = "\xEF\xBB\xBF";

    lexer->begin = text;
    lexer->end = text + size;
    if (size >= 3 && memcmp(text, mark, 3) == 0) {
        lexer->begin += 3;
    }
    lexer->next = lexer->begin;
    lexer->line = 1;
}

/* The character `ahead` of the next one; a zero behind the end. */
static char
peek(const struct iss_lexer *lexer, size_t ahead)
{
    return ahead < (size_t)(lexer->end - lexer->next) ? lexer->next[ahead] : '\0';
}

static void
skip_line(struct iss_lexer *lexer)
{
    while (lexer->next < lexer->end && *lexer->next != '\n') {
        lexer->next++;
    }
}

/* Pass the comment that begins here; false when it doesn't end. */
static bool
skip_block_comment(struct iss_lexer *lexer)
{
    for (lexer->next += 2; lexer->next < lexer->end; lexer->next++) {
        if (peek(lexer, 0) == '*' && peek(lexer, 1) == '/') {
            lexer->next += 2;
            return true;
        }
        lexer->line += *lexer->next == '\n';
    }
    return false;
}

/* Pass blanks and comments; false, with the lexer at its end, in an open comment. */
static bool
skip_blanks(struct iss_lexer *lexer, struct iss_token *token)
{
    while (lexer->next < lexer->end) {
        char c = *lexer->next;

        if (c == '#' || (c == '/' && peek(lexer, 1) == '/')) {
            skip_line(lexer);
        } else if (c == '/' && peek(lexer, 1) == '*') {
            token->start = lexer->next;
            token->length = 2;
            token->line = lexer->line;
            if (!skip_block_comment(lexer)) {
                return false;
            }
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            lexer->line += c == '\n';
            lexer->next++;
        } else {
            break;
        }
    }
    return true;
}

/* Whether only blanks stand before the next character on its line. */
static bool
begins_line(const struct iss_lexer *lexer)
{
    const char *c = lexer->next;

    while (c > lexer->begin && (c[-1] == ' ' || c[-1] == '\t')) {
        c--;
    }
    return c == lexer->begin || c[-1] == '\n';
}

/* Whether the rest of the line holds only blanks and a comment. */
static bool
ends_line(const struct iss_lexer *lexer)
{
    const char *c = lexer->next;

    while (c < lexer->end && (*c == ' ' || *c == '\t' || *c == '\r')) {
        c++;
    }
    return c == lexer->end || *c == '\n' || *c == '#' ||
           (*c == '/' && c + 1 < lexer->end && c[1] == '/');
}

static enum iss_token_kind
read_include(struct iss_lexer *lexer, struct iss_token *token)
{
    static const char word[] = "@include";
    const size_t length = sizeof(word) - 1;
    bool placed = begins_line(lexer);
    const char *name;

    token->length = 1;
    if ((size_t)(lexer->end - lexer->next) < length ||
        memcmp(lexer->next, word, length) != 0) {
        lexer->next++;
        return ISS_TOKEN_STRAY;
    }
    token->length = length;
    lexer->next += length;
    while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t') {
        lexer->next++;
    }
    if (peek(lexer, 0) != '"') {
        return ISS_TOKEN_BAD_INCLUDE;
    }
    name = ++lexer->next;
    while (lexer->next < lexer->end && *lexer->next != '"' && *lexer->next != '\n') {
        lexer->next++;
    }
    if (peek(lexer, 0) != '"' || lexer->next == name) {
        return ISS_TOKEN_BAD_INCLUDE;
    }
    token->start = name;
    token->length = (size_t)(lexer->next - name);
    lexer->next++;
    return placed && ends_line(lexer) ? ISS_TOKEN_INCLUDE : ISS_TOKEN_BAD_INCLUDE;
}

static enum iss_token_kind
read_text(struct iss_lexer *lexer, struct iss_token *token)
{
    token->start = ++lexer->next;
    for (; lexer->next < lexer->end; lexer->next++) {
        char c = *lexer->next;

        if (c == '"') {
            token->length = (size_t)(lexer->next - token->start);
            lexer->next++;
            return ISS_TOKEN_TEXT;
        }
        lexer->line += c == '\n';
        if (c == '\\' && lexer->next + 1 < lexer->end) {
            lexer->next++;
            lexer->line += *lexer->next == '\n';
        }
    }
    token->length = (size_t)(lexer->next - token->start);
    return ISS_TOKEN_OPEN_TEXT;
}

static bool
begins_number(const struct iss_lexer *lexer)
{
    size_t sign = peek(lexer, 0) == '+' || peek(lexer, 0) == '-';

    return is_digit(peek(lexer, sign)) ||
           (peek(lexer, sign) == '.' && is_digit(peek(lexer, sign + 1)));
}

/* Take the whole word: no number of libconfig's is followed directly by any of these,
 * and `63P`, `2022-12-15T10:00Z` or `1e+5` are each one thing to the reader. */
static enum iss_token_kind
read_number(struct iss_lexer *lexer, struct iss_token *token)
{
    for (lexer->next++; lexer->next < lexer->end; lexer->next++) {
        char c = *lexer->next;
        char before = lexer->next[-1];
        bool exponent = c == '+' && (before == 'e' || before == 'E');
        bool clock = c == ':' && is_digit(before) && is_digit(peek(lexer, 1));

        if (!is_name_part(c) && c != '.' && !exponent && !clock) {
            break;
        }
    }
    token->length = (size_t)(lexer->next - token->start);
    return ISS_TOKEN_NUMBER;
}

static enum iss_token_kind
read_name(struct iss_lexer *lexer, struct iss_token *token)
{
    while (lexer->next < lexer->end && is_name_part(*lexer->next)) {
        lexer->next++;
    }
    token->length = (size_t)(lexer->next - token->start);
    return ISS_TOKEN_NAME;
}

/* A UTF-8 character is shown whole. */
static enum iss_token_kind
read_stray(struct iss_lexer *lexer, struct iss_token *token)
{
    lexer->next++;
    while (((unsigned char)peek(lexer, 0) & 0xC0) == 0x80) {
        lexer->next++;
    }
    token->length = (size_t)(lexer->next - token->start);
    return ISS_TOKEN_STRAY;
}

static enum iss_token_kind
read_mark(struct iss_lexer *lexer, struct iss_token *token)
{
    static const struct {
        char mark;
        enum iss_token_kind kind;
    } marks[] = {
        {'=', ISS_TOKEN_ASSIGN},     {':', ISS_TOKEN_ASSIGN},
        {',', ISS_TOKEN_COMMA},      {';', ISS_TOKEN_SEMICOLON},
        {'{', ISS_TOKEN_OPEN_GROUP}, {'}', ISS_TOKEN_CLOSE_GROUP},
        {'(', ISS_TOKEN_OPEN_LIST},  {')', ISS_TOKEN_CLOSE_LIST},
        {'[', ISS_TOKEN_OPEN_ARRAY}, {']', ISS_TOKEN_CLOSE_ARRAY},
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (marks[i].mark == *lexer->next) {
            lexer->next++;
            token->length = 1;
            return marks[i].kind;
        }
    }
    return read_stray(lexer, token);
}

static enum iss_token_kind
read_token(struct iss_lexer *lexer, struct iss_token *token)
{
    char c = *lexer->next;

    if (c == '"') {
        return read_text(lexer, token);
    }
    if (c == '@') {
        return read_include(lexer, token);
    }
    if (begins_number(lexer)) {
        return read_number(lexer, token);
    }
    if (is_name_start(c)) {
        return read_name(lexer, token);
    }
    return read_mark(lexer, token);
}

void
iss_lexer_next(struct iss_lexer *lexer, struct iss_token *token)
{
    if (!skip_blanks(lexer, token)) {
        token->kind = ISS_TOKEN_OPEN_COMMENT;
        token->end_line = lexer->line;
        return;
    }
    token->start = lexer->next;
    token->length = 0;
    token->line = lexer->line;
    token->kind = lexer->next == lexer->end ? ISS_TOKEN_END : read_token(lexer, token);
    token->end_line = lexer->line;
}
