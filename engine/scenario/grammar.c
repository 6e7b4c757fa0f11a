/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grammar.c - a push-down automaton over the tokens of a layer.
 *
 *     group:        NAME -> ASSIGN -> VALUE -> [; or ,] -> NAME ... }
 *     list, array:  VALUE -> , -> VALUE ... ) ]
 *
 * A syntax error ends the layer with one message; a corrupt number, a bad escape, a
 * duplicate name or a mixed array is reported and reading goes on.
 */
#include "scenario/grammar.h"

#include <stdio.h>
#include <string.h>

#include "scenario/number.h"
#include "scenario/words.h"

void
iss_grammar_init(struct iss_grammar *grammar, struct iss_diag *diag)
{
    memset(grammar, 0, sizeof(*grammar));
    grammar->diag = diag;
    grammar->frames[0].open = ISS_TOKEN_OPEN_GROUP;
    grammar->frames[0].expect = ISS_EXPECT_NAME;
}

void
iss_grammar_clear(struct iss_grammar *grammar)
{
    iss_key_table_clear(&grammar->keys);
}

static struct iss_frame *
top(struct iss_grammar *grammar)
{
    return &grammar->frames[grammar->depth];
}

char *
iss_grammar_path(const struct iss_grammar *grammar, char *buffer, size_t size)
{
    size_t used = 0;

    buffer[0] = '\0';
    for (int i = 0; i <= grammar->depth && used + 1 < size; i++) {
        const struct iss_frame *frame = &grammar->frames[i];
        bool group = frame->open == ISS_TOKEN_OPEN_GROUP;
        int length = 0;

        if (group && frame->key.start != NULL) {
            length = snprintf(buffer + used, size - used, "%s%.*s", used ? "." : "",
                              (int)frame->key.length, frame->key.start);
        } else if (!group && frame->count > 0) {
            length = snprintf(buffer + used, size - used, "[%d]", frame->count - 1);
        }
        used += length > 0 ? (size_t)length : 0;
    }
    return buffer;
}

static struct iss_origin
origin_of(const char *file, const struct iss_token *token)
{
    return (struct iss_origin){file, token->line};
}

/* Report `problem` at `token` and give up.  Where a text of several lines has just
 * ended on this line, its closing quote is what is missing, far above. */
static void
fail(struct iss_grammar *grammar, const char *file, const struct iss_token *token,
     const char *problem)
{
    char path[ISS_PATH_MAX];

    grammar->failed = true;
    iss_grammar_path(grammar, path, sizeof(path));
    if (grammar->suspect_end == token->line) {
        iss_diag_error(grammar->diag, grammar->suspect, grammar->suspect_path,
                       "text isn't closed on its line: it runs to line %d, where %s",
                       token->line, problem);
        return;
    }
    iss_diag_error(grammar->diag, origin_of(file, token), path, "%s", problem);
}

/* Report that `token` isn't what should stand here. */
static void
fail_got(struct iss_grammar *grammar, const char *file, const struct iss_token *token,
         const char *problem, const char *rest)
{
    char got[ISS_WORDS_TOKEN];
    char line[2 * ISS_WORDS_LINE];

    snprintf(line, sizeof(line), "%s; got %s%s", problem, iss_words_token(token, got),
             rest);
    fail(grammar, file, token, line);
}

static void
open_bracket(struct iss_grammar *grammar, const char *file,
             const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);
    bool group = token->kind == ISS_TOKEN_OPEN_GROUP;

    if (grammar->depth == ISS_NESTING_MAX) {
        fail_got(grammar, file, token, "is nested too deep", "; allowed 64 levels");
        return;
    }
    frame->expect = ISS_EXPECT_NEXT;
    grammar->groups += group;
    grammar->depth++;
    *top(grammar) = (struct iss_frame){
        .open = token->kind,
        .origin = origin_of(file, token),
        .expect = group ? ISS_EXPECT_NAME : ISS_EXPECT_FIRST,
        .group = grammar->groups,
    };
}

static void
close_bracket(struct iss_grammar *grammar, const char *file,
              const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);
    char line[ISS_WORDS_LINE];

    if (grammar->depth == grammar->floor) {
        fail_got(grammar, file, token, "closes nothing that this file opened", "");
    } else if (token->kind != frame->open + 1) {
        snprintf(line, sizeof(line), "; hint: the %s of line %d is still open",
                 iss_words_bracket(frame->open), frame->origin.line);
        fail_got(grammar, file, token, "closes the wrong bracket", line);
    } else if (frame->expect == ISS_EXPECT_VALUE && frame->count > 0 &&
               grammar->last.kind == ISS_TOKEN_COMMA) {
        fail_got(grammar, file, token, "a comma stands before the end",
                 "; hint: drop the last comma");
    } else if (frame->expect == ISS_EXPECT_ASSIGN ||
               frame->expect == ISS_EXPECT_VALUE) {
        fail_got(grammar, file, token, "a value is missing", "");
    } else {
        grammar->depth--;
    }
}

static void
check_duplicate(struct iss_grammar *grammar, const char *file,
                const struct iss_token *token)
{
    const struct iss_key key = {token->start, token->length, top(grammar)->group,
                                origin_of(file, token)};
    const struct iss_key *same, *similar;
    char path[ISS_PATH_MAX];

    iss_grammar_path(grammar, path, sizeof(path));
    if (iss_key_table_enter(&grammar->keys, &key, &same, &similar) != 0) {
        grammar->no_memory = true;
        grammar->failed = true;
    } else if (same != NULL) {
        iss_diag_error(grammar->diag, key.origin, path,
                       "is set twice; the first is at %s:%d", same->origin.file,
                       same->origin.line);
    } else if (similar != NULL) {
        iss_diag_warning(grammar->diag, key.origin, path,
                         "differs only in case from %.*s at %s:%d",
                         (int)similar->length, similar->name, similar->origin.file,
                         similar->origin.line);
    }
}

static void
take_name(struct iss_grammar *grammar, const char *file, const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);

    if (token->kind == ISS_TOKEN_NUMBER && grammar->last.kind == ISS_TOKEN_COMMA) {
        fail_got(grammar, file, token, "a comma ends the value",
                 " behind it; hint: the decimal sign is a point, as in 1.5");
        return;
    }
    frame->key = (struct iss_token){0};
    if (token->kind == ISS_TOKEN_NUMBER) {
        fail_got(grammar, file, token, "a name must begin with a letter",
                 "; hint: put a letter in front, as in P63 for 63P");
    } else if (token->kind != ISS_TOKEN_NAME) {
        fail_got(grammar, file, token, "a setting's name should stand here", "");
    } else if (iss_words_is_bool(token)) {
        fail_got(grammar, file, token, "a value can't be a setting's name", "");
    } else {
        frame->key = *token;
        frame->count++;
        frame->expect = ISS_EXPECT_ASSIGN;
        check_duplicate(grammar, file, token);
    }
}

/* The members of an array are all integers, all 64-bit, all reals, all texts or all
 * booleans: libconfig refuses the rest without saying which. */
static void
check_member(struct iss_grammar *grammar, const char *file,
             const struct iss_token *token, const struct iss_number *number)
{
    struct iss_frame *frame = top(grammar);
    bool real = number != NULL && number->form == ISS_NUMBER_REAL;
    bool wide = number != NULL && number->form == ISS_NUMBER_INT64;
    char path[ISS_PATH_MAX], got[ISS_WORDS_TOKEN];

    if (frame->open != ISS_TOKEN_OPEN_ARRAY) {
        return;
    }
    if (frame->count == 1) {
        frame->member = token->kind;
        frame->member_real = real;
        frame->member_wide = wide;
    } else if (token->kind != frame->member || real != frame->member_real ||
               wide != frame->member_wide) {
        iss_diag_error(
            grammar->diag, origin_of(file, token),
            iss_grammar_path(grammar, path, sizeof(path)),
            "the members of an array must be alike; got %s; allowed %s "
            "like the first; hint: a list is written ( )",
            iss_words_token(token, got),
            iss_words_member(frame->member, frame->member_real, frame->member_wide));
    }
}

static void
take_number(struct iss_grammar *grammar, const char *file,
            const struct iss_token *token)
{
    struct iss_number number;
    char path[ISS_PATH_MAX], got[ISS_WORDS_TOKEN];

    iss_number_read(&number, token->start, token->length);
    if (number.form == ISS_NUMBER_BAD) {
        fail_got(grammar, file, token, number.problem, iss_words_bad_number(token));
        return;
    }
    if (number.problem[0] != '\0') {
        iss_diag_error(grammar->diag, origin_of(file, token),
                       iss_grammar_path(grammar, path, sizeof(path)),
                       "%s; got %s; allowed %s%s%s", number.problem,
                       iss_words_token(token, got), number.allowed,
                       number.hint[0] != '\0' ? "; hint: " : "", number.hint);
    }
    check_member(grammar, file, token, &number);
}

static void
take_text(struct iss_grammar *grammar, const char *file, const struct iss_token *token)
{
    char path[ISS_PATH_MAX];
    const char *escape = iss_words_bad_escape(token);

    if (token->end_line > token->line) {
        grammar->suspect = origin_of(file, token);
        grammar->suspect_end = token->end_line;
        iss_grammar_path(grammar, grammar->suspect_path, sizeof(grammar->suspect_path));
    }
    if (escape != NULL) {
        int length = escape[1] == 'x' || escape[1] == 'X' ? 4 : 2;

        iss_diag_error(grammar->diag, origin_of(file, token),
                       iss_grammar_path(grammar, path, sizeof(path)),
                       "unknown escape in a text; got %.*s; allowed \\\" \\\\ \\n \\r "
                       "\\t \\f and \\x01 to \\x7f",
                       (int)strnlen(escape, (size_t)length), escape);
    }
    check_member(grammar, file, token, NULL);
}

static void
take_value(struct iss_grammar *grammar, const char *file, const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);
    bool bracket = token->kind == ISS_TOKEN_OPEN_GROUP ||
                   token->kind == ISS_TOKEN_OPEN_LIST ||
                   token->kind == ISS_TOKEN_OPEN_ARRAY;

    frame->count += frame->open != ISS_TOKEN_OPEN_GROUP;
    frame->expect = ISS_EXPECT_NEXT;
    if (bracket && frame->open == ISS_TOKEN_OPEN_ARRAY) {
        fail_got(grammar, file, token, "an array holds plain values only",
                 "; hint: a list is written ( )");
    } else if (bracket) {
        open_bracket(grammar, file, token);
    } else if (token->kind == ISS_TOKEN_NUMBER) {
        take_number(grammar, file, token);
    } else if (token->kind == ISS_TOKEN_TEXT) {
        take_text(grammar, file, token);
    } else if (token->kind == ISS_TOKEN_NAME && iss_words_is_bool(token)) {
        check_member(grammar, file, token, NULL);
    } else if (token->kind == ISS_TOKEN_NAME) {
        fail_got(grammar, file, token, "is not a value", iss_words_bare(token));
    } else {
        fail_got(grammar, file, token, "a value should stand here", "");
    }
}

/* Behind a value: texts in a row are one text; a group needs no separator. */
static void
take_next(struct iss_grammar *grammar, const char *file, const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);
    bool group = frame->open == ISS_TOKEN_OPEN_GROUP;

    if (token->kind == ISS_TOKEN_TEXT && grammar->last.kind == ISS_TOKEN_TEXT) {
        frame->count -= !group; /* counted again with the text it continues */
        take_value(grammar, file, token);
    } else if (group &&
               (token->kind == ISS_TOKEN_SEMICOLON || token->kind == ISS_TOKEN_COMMA)) {
        frame->expect = ISS_EXPECT_NAME;
        if (token->kind == ISS_TOKEN_SEMICOLON) {
            frame->key.start = NULL; /* behind a comma "x = 1,5" may still go wrong */
        }
    } else if (group && token->kind == ISS_TOKEN_NAME) {
        take_name(grammar, file, token);
    } else if (!group && token->kind == ISS_TOKEN_COMMA) {
        frame->expect = ISS_EXPECT_VALUE;
    } else {
        fail_got(grammar, file, token,
                 group ? "expected ; behind the value"
                       : "expected a comma or the closing bracket",
                 "");
    }
}

static bool
is_closing(enum iss_token_kind kind)
{
    return kind == ISS_TOKEN_CLOSE_GROUP || kind == ISS_TOKEN_CLOSE_LIST ||
           kind == ISS_TOKEN_CLOSE_ARRAY;
}

enum iss_role
iss_grammar_role(const struct iss_grammar *grammar, const struct iss_token *token)
{
    const struct iss_frame *frame = &grammar->frames[grammar->depth];
    bool behind_value = frame->expect == ISS_EXPECT_NEXT;

    if (is_closing(token->kind)) {
        return ISS_ROLE_CLOSE;
    }
    if (token->kind == ISS_TOKEN_ASSIGN || token->kind == ISS_TOKEN_COMMA ||
        token->kind == ISS_TOKEN_SEMICOLON) {
        return ISS_ROLE_SEPARATOR;
    }
    if (behind_value && token->kind == ISS_TOKEN_TEXT) {
        return ISS_ROLE_CONTINUED;
    }
    return behind_value || frame->expect == ISS_EXPECT_NAME ? ISS_ROLE_KEY
                                                            : ISS_ROLE_VALUE;
}

/* What no grammar takes; true when it was such. */
static bool
take_broken(struct iss_grammar *grammar, const char *file,
            const struct iss_token *token)
{
    switch (token->kind) {
    case ISS_TOKEN_OPEN_TEXT:
        fail(grammar, file, token, "text isn't closed; hint: add the missing \"");
        return true;
    case ISS_TOKEN_OPEN_COMMENT:
        fail(grammar, file, token, "comment isn't closed; hint: add the missing */");
        return true;
    case ISS_TOKEN_BAD_INCLUDE:
        fail(grammar, file, token,
             "@include must stand alone on its line; allowed @include \"file.cfg\"");
        return true;
    case ISS_TOKEN_STRAY:
        fail_got(grammar, file, token, "unexpected character", iss_words_stray(token));
        return true;
    default:
        return false;
    }
}

void
iss_grammar_take(struct iss_grammar *grammar, const char *file,
                 const struct iss_token *token)
{
    struct iss_frame *frame = top(grammar);

    if (take_broken(grammar, file, token)) {
        return;
    }
    if (is_closing(token->kind)) {
        close_bracket(grammar, file, token);
    } else if (frame->expect == ISS_EXPECT_NAME) {
        take_name(grammar, file, token);
    } else if (frame->expect == ISS_EXPECT_NEXT) {
        take_next(grammar, file, token);
    } else if (frame->expect != ISS_EXPECT_ASSIGN) {
        take_value(grammar, file, token);
    } else if (token->kind == ISS_TOKEN_ASSIGN) {
        frame->expect = ISS_EXPECT_VALUE;
    } else {
        fail_got(grammar, file, token, "expected = behind the name", "");
    }
    grammar->last = *token;
}

int
iss_grammar_begin_file(struct iss_grammar *grammar)
{
    int before = grammar->floor;

    grammar->floor = grammar->depth;
    return before;
}

void
iss_grammar_end_file(struct iss_grammar *grammar, int floor_before)
{
    struct iss_frame *frame = top(grammar);
    bool closed = grammar->depth == grammar->floor;
    char path[ISS_PATH_MAX];

    grammar->floor = floor_before;
    if (grammar->failed || closed) {
        return;
    }
    grammar->failed = true;
    grammar->depth--; /* to the setting whose value the bracket opens */
    iss_diag_error(grammar->diag, frame->origin,
                   iss_grammar_path(grammar, path, sizeof(path)),
                   "the %s isn't closed before the end of the file",
                   iss_words_bracket(frame->open));
}

void
iss_grammar_end(struct iss_grammar *grammar, struct iss_origin end)
{
    enum iss_expect expect = top(grammar)->expect;
    char path[ISS_PATH_MAX];

    if (grammar->failed ||
        (expect != ISS_EXPECT_ASSIGN && expect != ISS_EXPECT_VALUE)) {
        return;
    }
    grammar->failed = true;
    iss_diag_error(grammar->diag, end, iss_grammar_path(grammar, path, sizeof(path)),
                   "the file ends where a value should stand");
}
