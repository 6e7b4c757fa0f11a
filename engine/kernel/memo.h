/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/memo.h - what was worked out before, by what it was worked out from.
 *
 * A table of a fixed size from keys to values, each so many words.  A value is found
 * under exactly its key, all words of it compared; a key that isn't there takes the
 * place of one that wasn't asked for lately.  So that nothing depends on what is
 * remembered, a value must follow from its key alone, as long as the memo isn't
 * cleared.
 */
#ifndef ISS_KERNEL_MEMO_H
#define ISS_KERNEL_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct iss_memo;

/** A memo of as many entries as `bytes` hold, but for some more for itself: a power of
 *  two, one at the least.  Both numbers of words are positive.  NULL without memory;
 *  the caller frees it. */
struct iss_memo *iss_memo_new(int32_t key_words, int32_t value_words, size_t bytes);

/** NULL does nothing. */
void iss_memo_free(struct iss_memo *memo);

/** Forget everything.  Costs nothing. */
void iss_memo_clear(struct iss_memo *memo);

/** How many entries there can be. */
size_t iss_memo_room(const struct iss_memo *memo);

/** The value of `key`, when `*known`; else where the caller has to put it before the
 *  next call.  It stays there until a later call finds nothing. */
int64_t *iss_memo_at(struct iss_memo *memo, const uint64_t *key, bool *known);

#endif
