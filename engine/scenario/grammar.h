/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/grammar.h - a scenario's grammar, watched token by token.
 *
 * libconfig parses; this watches, in order to say where a mistake is, in which setting,
 * and what would be right, and to refuse what libconfig's versions disagree on.
 */
#ifndef ISS_SCENARIO_GRAMMAR_H
#define ISS_SCENARIO_GRAMMAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "scenario/keytable.h"
#include "scenario/lexer.h"

#define ISS_PATH_MAX    512
#define ISS_NESTING_MAX 64 /* groups, lists and arrays inside one another */

enum iss_expect {
    ISS_EXPECT_NAME,   /* in a group: a name, or its end */
    ISS_EXPECT_ASSIGN, /* behind a name */
    ISS_EXPECT_VALUE,
    ISS_EXPECT_FIRST, /* in a list or array: its first member, or its end */
    ISS_EXPECT_NEXT   /* behind a value */
};

/* A bracket that is open; the outermost stands for the layer itself. */
struct iss_frame {
    enum iss_token_kind open;
    struct iss_origin origin;
    enum iss_expect expect;
    uint32_t group;             /* number of the group in the layer */
    int32_t count;              /* settings or members so far */
    struct iss_token key;       /* of the setting that is being read */
    enum iss_token_kind member; /* an array's first member: NAME, NUMBER or TEXT */
    bool member_real, member_wide;
};

struct iss_grammar {
    struct iss_diag *diag; /* borrowed */
    struct iss_frame frames[ISS_NESTING_MAX + 1];
    int depth;       /* index of the innermost frame */
    int floor;       /* depth at which the file that is being read began */
    uint32_t groups; /* groups begun */
    struct iss_key_table keys;
    struct iss_token last; /* the token before, for messages */
    /* The last text of several lines: its closing quote may be missing. */
    struct iss_origin suspect;
    int suspect_end;
    char suspect_path[ISS_PATH_MAX];
    bool failed; /* a syntax error: what follows can't be understood */
    bool no_memory;
};

/* What a token will be, if it is right. */
enum iss_role {
    ISS_ROLE_KEY,       /* a setting's name */
    ISS_ROLE_VALUE,     /* a value, or the bracket that opens one */
    ISS_ROLE_CONTINUED, /* a text that continues the text before */
    ISS_ROLE_CLOSE,
    ISS_ROLE_SEPARATOR /* = ; , */
};

/** The part that `token` plays if it is taken now. */
enum iss_role iss_grammar_role(const struct iss_grammar *grammar,
                               const struct iss_token *token);

void iss_grammar_init(struct iss_grammar *grammar, struct iss_diag *diag);
void iss_grammar_clear(struct iss_grammar *grammar);

/** Take the next token of `file`; not an include, nor the end.  Sets `failed` when it
 * is a syntax error, which is then reported; other mistakes are only reported. */
void iss_grammar_take(struct iss_grammar *grammar, const char *file,
                      const struct iss_token *token);

/** Begin a file that the one before includes; returns what iss_grammar_end_file() takes
 *  at its end.  A file closes what it opens, and nothing else. */
int iss_grammar_begin_file(struct iss_grammar *grammar);
void iss_grammar_end_file(struct iss_grammar *grammar, int floor_before);

/** At the end of the layer, behind `end`: no setting may lack its value. */
void iss_grammar_end(struct iss_grammar *grammar, struct iss_origin end);

/** The path of the setting that is being read, "vehicles.soyuz.seats"; in `buffer`. */
char *iss_grammar_path(const struct iss_grammar *grammar, char *buffer, size_t size);

#endif
