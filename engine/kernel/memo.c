/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memo.c - a hash table that forgets.
 *
 * The hash says one of many short rows of entries.  In it what is new takes the place
 * of what hasn't been asked for for longest.  An entry is the stamp of when it was
 * asked for last, its key and its value; a stamp of before the memo was cleared says
 * that there is none.
 */
#include "kernel/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { ROW = 4 };

struct iss_memo {
    uint64_t *entries;
    uint64_t stamp; /* of the last time that anything was asked for */
    uint64_t cleared;
    size_t room; /* entries, a power of two */
    size_t in_row;
    int shift; /* of a hash, down to the number of a row */
    size_t key_words, entry_words;
};

enum { HEAD = 1 }; /* the stamp */

struct iss_memo *
iss_memo_new(int32_t key_words, int32_t value_words, size_t bytes)
{
    struct iss_memo *memo = calloc(1, sizeof *memo);
    size_t room = 1;

    if (memo == NULL) {
        return NULL;
    }
    memo->key_words = (size_t)key_words;
    memo->entry_words = HEAD + (size_t)key_words + (size_t)value_words;
    size_t size = memo->entry_words * sizeof *memo->entries;
    while (room * 2 * size <= bytes) {
        room *= 2;
    }
    memo->room = room;
    memo->in_row = room < ROW ? room : ROW;
    memo->shift = 63 - (room > ROW ? __builtin_ctzll(room / ROW) : 0);
    memo->entries = calloc(room, size);
    if (memo->entries == NULL) {
        free(memo);
        return NULL;
    }
    return memo;
}

void
iss_memo_free(struct iss_memo *memo)
{
    if (memo != NULL) {
        free(memo->entries);
        free(memo);
    }
}

void
iss_memo_clear(struct iss_memo *memo)
{
    memo->cleared = memo->stamp;
}

size_t
iss_memo_room(const struct iss_memo *memo)
{
    return memo->room;
}

static bool
is_of(const struct iss_memo *memo, const uint64_t *entry, const uint64_t *key)
{
    bool same = entry[0] > memo->cleared;

    for (size_t i = 0; same && i < memo->key_words; i++) {
        same = entry[HEAD + i] == key[i];
    }
    return same;
}

/* The first entry of the row where a key belongs; of the product of the hash the upper
 * bits are those on which all others have an effect. */
static uint64_t *
row_of(const struct iss_memo *memo, const uint64_t *key)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < memo->key_words; i++) {
        hash = iss_hash_fold(hash, key[i]);
    }
    size_t row = (size_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 1 >> memo->shift);
    return memo->entries + row * memo->in_row * memo->entry_words;
}

int64_t *
iss_memo_at(struct iss_memo *memo, const uint64_t *key, bool *known)
{
    uint64_t *entry = row_of(memo, key), *oldest = entry, *found = NULL;

    for (size_t i = 0; i < memo->in_row && found == NULL; i++) {
        found = is_of(memo, entry, key) ? entry : NULL;
        oldest = entry[0] < oldest[0] ? entry : oldest;
        entry += memo->entry_words;
    }
    *known = found != NULL;
    if (!*known) {
        found = oldest;
        memcpy(found + HEAD, key, memo->key_words * sizeof *key);
    }
    found[0] = ++memo->stamp;
    return (int64_t *)(found + HEAD + memo->key_words);
}
