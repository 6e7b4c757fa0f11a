/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/hash.h - names to numbers, and content to identities.
 */
#ifndef ISS_BASE_HASH_H
#define ISS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/** XXH3-64 of a name, seed 0: the identity of causes and entities in random streams. */
uint64_t iss_hash_name(const char *name);

/** XXH3-64 of `size` bytes, seed 0. */
uint64_t iss_hash_bytes(const void *bytes, size_t size);

/** Hash of an entity made by a rule: the rule's name hash and its occurrence. */
uint64_t iss_hash_occurrence(uint64_t rule, uint64_t occurrence);

/** Fold `value` into a running fingerprint.  Cheap, order-sensitive, bijective in each
 *  argument; not cryptographic. */
static inline uint64_t
iss_hash_fold(uint64_t fingerprint, uint64_t value)
{
    uint64_t x = (fingerprint ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return x ^ (x >> 32);
}

#define ISS_SHA256_TEXT 65 /* 64 hexadecimal digits and the final zero */

/** SHA-256 of `size` bytes in lower-case hexadecimal.  Returns ISS_OK or
 *  ISS_ERR_NUMERIC when the library refuses. */
int iss_sha256(const void *bytes, size_t size, char text[ISS_SHA256_TEXT]);

#endif
