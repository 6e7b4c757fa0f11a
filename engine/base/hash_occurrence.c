/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hash_occurrence.c - the hash of two words.
 *
 * By far the most hashes are of these 16 bytes.  From the library's header alone, with
 * the size known when this is compiled, it is a handful of instructions.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

/* The identity is the same on every machine: the bytes are those of a little-endian
 * one.
 */
static uint64_t
little_endian(uint64_t word)
{
    const union {
        uint16_t two;
        uint8_t first;
    } order = {.two = 1};

    return order.first == 1 ? word : __builtin_bswap64(word);
}

uint64_t
iss_hash_occurrence(uint64_t rule, uint64_t occurrence)
{
    const uint64_t words[2] = {little_endian(rule), little_endian(occurrence)};

    return XXH3_64bits(words, sizeof words);
}
