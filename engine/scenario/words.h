/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/words.h - what the grammar's messages call things, and the advice they give.
 */
#ifndef ISS_SCENARIO_WORDS_H
#define ISS_SCENARIO_WORDS_H

#include <stdbool.h>

#include "scenario/lexer.h"

#define ISS_WORDS_TOKEN 64  /* bytes of a token as shown */
#define ISS_WORDS_LINE  512 /* bytes of a problem with its advice */

/** The token as written, shortened; in `buffer`. */
char *iss_words_token(const struct iss_token *token, char buffer[ISS_WORDS_TOKEN]);

/** "{", "(" or "[". */
const char *iss_words_bracket(enum iss_token_kind open);

/** "an integer", "a text" ...: the type of an array's first member. */
const char *iss_words_member(enum iss_token_kind kind, bool real, bool wide);

/** true or false in any case, as libconfig has it. */
bool iss_words_is_bool(const struct iss_token *token);
bool iss_words_is_true(const struct iss_token *token);

/** "; allowed ...; hint ..." behind a bare word that stands for a value. */
const char *iss_words_bare(const struct iss_token *token);

/** "; hint: ..." behind a word that begins like a number; "" without an idea. */
const char *iss_words_bad_number(const struct iss_token *token);

/** "; hint: ..." behind a character that begins nothing; "" without an idea. */
const char *iss_words_stray(const struct iss_token *token);

/** The backslash of the first escape that libconfig's versions don't all read alike, or
 *  that would make a zero byte or broken UTF-8; NULL when there is none. */
const char *iss_words_bad_escape(const struct iss_token *token);

#endif
