/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/quote.h - plain words in an array.
 */
#ifndef ISS_SCENARIO_QUOTE_H
#define ISS_SCENARIO_QUOTE_H

#include "base/arena.h"

/** The array `value`, as in [a3, "b 4"], with quotes around the words that lack them,
 *  when all of its members are words or texts; else `value` itself.  A word is made of
 *  letters, digits and -_.: and begins with a letter or, as dates do, ends in Z; true
 *  and false are none.  NULL without memory. */
const char *iss_quote_members(struct iss_arena *arena, const char *value);

#endif
