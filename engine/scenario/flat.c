/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flat.c - tokens in, tokens out, one a line; includes are read in their place.
 *
 * Texts lose their raw line ends (they become \n), reals without a point get one.
 * What is added between values takes the origin of the value before it: libconfig notes
 * the line of a text only when it has seen the token behind.
 */
#include "scenario/flat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "scenario/c_locale.h"
#include "scenario/words.h"

#define COST_OF_FILE 256u

struct reading {
    struct iss_flat *flat;
    struct iss_loader *loader; /* NULL: includes are refused */
    struct iss_grammar grammar;
    struct iss_origin value; /* where the last value began */
    size_t bytes;            /* of the files so far */
    bool error;              /* an include failed */
};

void
iss_flat_clear(struct iss_flat *flat)
{
    free(flat->text);
    free(flat->origins);
    memset(flat, 0, sizeof(*flat));
}

struct iss_origin
iss_flat_origin(const struct iss_flat *flat, unsigned int line)
{
    if (flat->lines == 0) {
        return (struct iss_origin){NULL, 0};
    }
    if (line < 1 || line > flat->lines) {
        line = (unsigned int)flat->lines;
    }
    return flat->origins[line - 1];
}

static bool
reserve(struct iss_flat *flat, size_t bytes)
{
    size_t room = flat->room == 0 ? 4096 : flat->room;
    char *text;

    while (room < flat->size + bytes + 1) {
        room *= 2;
    }
    if (room == flat->room) {
        return true;
    }
    text = realloc(flat->text, room);
    if (text == NULL) {
        return false;
    }
    flat->text = text;
    flat->room = room;
    return true;
}

static bool
reserve_line(struct iss_flat *flat)
{
    size_t room = flat->line_room == 0 ? 1024 : 2 * flat->line_room;
    struct iss_origin *origins;

    if (flat->lines < flat->line_room) {
        return true;
    }
    origins = realloc(flat->origins, room * sizeof(*origins));
    if (origins == NULL) {
        return false;
    }
    flat->origins = origins;
    flat->line_room = room;
    return true;
}

static void
put(struct iss_flat *flat, const char *bytes, size_t size)
{
    memcpy(flat->text + flat->size, bytes, size);
    flat->size += size;
}

/* The text or name in quotes, on one line. */
static void
put_text(struct iss_flat *flat, const struct iss_token *token)
{
    put(flat, "\"", 1);
    for (size_t i = 0; i < token->length; i++) {
        char c = token->start[i];

        if (c == '\n') {
            put(flat, "\\n", 2);
        } else if (c == '\r') {
            put(flat, "\\r", 2);
        } else {
            put(flat, &c, 1);
        }
    }
    put(flat, "\"", 1);
}

/* The number; "1e6" as "1.0e6", which every libconfig takes for a real. */
static void
put_number(struct iss_flat *flat, const struct iss_token *token)
{
    size_t exponent = 0;
    bool point = memchr(token->start, '.', token->length) != NULL;
    bool hexadecimal = memchr(token->start, 'x', token->length) != NULL ||
                       memchr(token->start, 'X', token->length) != NULL;

    while (exponent < token->length && token->start[exponent] != 'e' &&
           token->start[exponent] != 'E') {
        exponent++;
    }
    put(flat, token->start, exponent);
    if (exponent < token->length) {
        put(flat, ".0", point || hexadecimal ? 0 : 2);
        put(flat, token->start + exponent, token->length - exponent);
    }
}

/* Finish the line. */
static void
put_end(struct reading *reading)
{
    struct iss_flat *flat = reading->flat;

    put(flat, "\n", 1);
    flat->origins[flat->lines++] = reading->value;
}

/* A line of our own: a bracket, a comma, a mark. */
static void
emit_word(struct reading *reading, const char *word)
{
    struct iss_flat *flat = reading->flat;
    size_t size = strlen(word);

    if (!reserve(flat, size + 1) || !reserve_line(flat)) {
        reading->grammar.no_memory = true;
        return;
    }
    put(flat, word, size);
    put_end(reading);
}

static void
emit_token(struct reading *reading, const struct iss_token *token)
{
    struct iss_flat *flat = reading->flat;

    if (!reserve(flat, 2 * token->length + 3) || !reserve_line(flat)) {
        reading->grammar.no_memory = true;
        return;
    }
    if (token->kind == ISS_TOKEN_NUMBER) {
        put_number(flat, token);
    } else {
        put_text(flat, token);
    }
    put_end(reading);
}

static void
emit_value(struct reading *reading, const struct iss_token *token)
{
    switch (token->kind) {
    case ISS_TOKEN_OPEN_GROUP:
        emit_word(reading, "(true");
        break;
    case ISS_TOKEN_OPEN_LIST:
        emit_word(reading, "(false");
        break;
    case ISS_TOKEN_OPEN_ARRAY:
        emit_word(reading, "[");
        break;
    case ISS_TOKEN_NAME:
        emit_word(reading, iss_words_is_true(token) ? "true" : "false");
        break;
    default:
        emit_token(reading, token);
    }
}

/* Hand the token over, before the grammar takes it. */
static void
emit(struct reading *reading, const char *file, const struct iss_token *token)
{
    const struct iss_frame *frame = &reading->grammar.frames[reading->grammar.depth];
    bool first_in_array =
        frame->open == ISS_TOKEN_OPEN_ARRAY && frame->expect == ISS_EXPECT_FIRST;
    enum iss_role role = iss_grammar_role(&reading->grammar, token);

    if (role == ISS_ROLE_KEY || role == ISS_ROLE_VALUE) {
        if (!first_in_array) {
            emit_word(reading, ",");
        }
        reading->value = (struct iss_origin){file, token->line};
    }
    if (role == ISS_ROLE_KEY || role == ISS_ROLE_CONTINUED) {
        emit_token(reading, token);
    } else if (role == ISS_ROLE_VALUE) {
        emit_value(reading, token);
    } else if (role == ISS_ROLE_CLOSE) {
        emit_word(reading, token->kind == ISS_TOKEN_CLOSE_ARRAY ? "]" : ")");
    }
}

static void read_file(struct reading *reading, const struct iss_chain *chain);

static void
include(struct reading *reading, const struct iss_chain *chain,
        const struct iss_token *token)
{
    struct iss_origin origin = {chain->opened->file->path, token->line};
    struct iss_chain inner = {NULL, chain};
    struct iss_opened *opened = NULL;
    char name[4096];
    int status;

    if (snprintf(name, sizeof(name), "%.*s", (int)token->length, token->start) >=
        (int)sizeof(name)) {
        iss_diag_error(reading->loader->diag, origin, "",
                       "the name of the included file is too long");
        reading->error = true;
        return;
    }
    status =
        iss_loader_follow(reading->loader, chain, name, "include", origin, &opened);
    if (status == ISS_ERR_NO_MEMORY) {
        reading->grammar.no_memory = true;
    }
    if (status != ISS_OK) {
        reading->error = true;
        return;
    }
    inner.opened = opened;
    read_file(reading, &inner);
}

static bool
within_size(struct reading *reading, const struct iss_chain *chain)
{
    const struct iss_source_file *file = chain->opened->file;

    /* Each file costs something, so that a million includes of a short one end as well.
     */
    reading->bytes += file->size + COST_OF_FILE;
    if (reading->bytes <= ISS_FILE_MAX + COST_OF_FILE) {
        return true;
    }
    iss_diag_error(reading->loader->diag, (struct iss_origin){file->path, 0}, "",
                   "too much text with all includes; allowed %zu bytes", ISS_FILE_MAX);
    reading->grammar.failed = true;
    return false;
}

/* Feed the tokens of one file; those of the files it includes come in between. */
static void
read_tokens(struct reading *reading, const char *file, struct iss_lexer *lexer,
            const struct iss_chain *chain)
{
    struct iss_grammar *grammar = &reading->grammar;
    struct iss_token token;
    int floor = iss_grammar_begin_file(grammar);

    while (!grammar->failed && !grammar->no_memory) {
        iss_lexer_next(lexer, &token);
        if (token.kind == ISS_TOKEN_END) {
            break;
        }
        if (token.kind == ISS_TOKEN_INCLUDE && chain != NULL) {
            include(reading, chain, &token);
            continue;
        }
        if (token.kind == ISS_TOKEN_INCLUDE) {
            token.kind = ISS_TOKEN_BAD_INCLUDE;
        }
        emit(reading, file, &token);
        iss_grammar_take(grammar, file, &token);
    }
    iss_grammar_end_file(grammar, floor);
}

static void
read_file(struct reading *reading, const struct iss_chain *chain)
{
    const struct iss_source_file *file = chain->opened->file;
    struct iss_lexer lexer;

    if (within_size(reading, chain)) {
        iss_lexer_init(&lexer, file->text, file->size);
        read_tokens(reading, file->path, &lexer, chain);
    }
}

static void
begin(struct reading *reading, struct iss_diag *diag)
{
    memset(reading->flat, 0, sizeof(*reading->flat));
    iss_grammar_init(&reading->grammar, diag);
    emit_word(reading, ISS_FLAT_LAYER " = (true");
}

static int
finish(struct reading *reading, struct iss_diag *diag, size_t errors_before)
{
    iss_grammar_end(&reading->grammar, reading->value);
    iss_grammar_clear(&reading->grammar);
    emit_word(reading, ")");
    if (reading->grammar.no_memory) {
        return ISS_ERR_NO_MEMORY;
    }
    reading->flat->text[reading->flat->size] = '\0';
    return reading->error || diag->errors > errors_before ? ISS_ERR_SCENARIO : ISS_OK;
}

int
iss_flat_read(struct iss_flat *flat, struct iss_loader *loader,
              const struct iss_chain *chain)
{
    struct reading reading = {.flat = flat, .loader = loader};
    struct iss_c_locale previous = iss_c_locale_enter();
    size_t errors = loader->diag->errors;

    begin(&reading, loader->diag);
    read_file(&reading, chain);
    iss_c_locale_leave(previous);
    return finish(&reading, loader->diag, errors);
}

int
iss_flat_read_text(struct iss_flat *flat, const char *text, struct iss_origin origin,
                   struct iss_diag *diag, bool *syntax)
{
    struct reading reading = {.flat = flat, .value = origin};
    struct iss_c_locale previous = iss_c_locale_enter();
    size_t errors = diag->errors;
    struct iss_lexer lexer;
    int status;

    begin(&reading, diag);
    iss_lexer_init(&lexer, text, strlen(text));
    lexer.line = origin.line;
    read_tokens(&reading, origin.file, &lexer, NULL);
    iss_c_locale_leave(previous);
    status = finish(&reading, diag, errors);
    *syntax = reading.grammar.failed;
    return status;
}
