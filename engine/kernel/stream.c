/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stream.c - Philox 4x64-10, a block cipher of sorts used as a random number generator.
 *
 * It owns nothing: every number is computed from its coordinates.  A draw costs a whole
 * block, of which one word is used unless several numbers about one thing are drawn
 * together; that is the price of draws that don't depend on the order of calls, and it
 * is small (docs/kernel-costs.md).
 */
#include "kernel/stream.h"

/* Multipliers and Weyl increments of the paper (Salmon et al., SC11). */
#define MULTIPLIER_0 UINT64_C(0xD2E7470EE14C6C93)
#define MULTIPLIER_1 UINT64_C(0xCA5A826395121157)
#define WEYL_0       UINT64_C(0x9E3779B97F4A7C15)
#define WEYL_1       UINT64_C(0xBB67AE8584CAA73B)

__extension__ typedef unsigned __int128 uint128;

static inline uint64_t
multiply(uint64_t a, uint64_t b, uint64_t *high)
{
    uint128 product = (uint128)a * b;

    *high = (uint64_t)(product >> 64);
    return (uint64_t)product;
}

static inline void
spread(uint64_t seed, uint64_t domain, uint64_t keys[ISS_PHILOX_ROUNDS][2])
{
    for (int round = 0; round < ISS_PHILOX_ROUNDS; round++) {
        keys[round][0] = seed;
        keys[round][1] = domain;
        seed += WEYL_0;
        domain += WEYL_1;
    }
}

static inline void
encipher(const uint64_t counter[4], const uint64_t keys[ISS_PHILOX_ROUNDS][2],
         uint64_t out[4])
{
    uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];

    for (int round = 0; round < ISS_PHILOX_ROUNDS; round++) {
        uint64_t high0, high1;
        uint64_t low0 = multiply(MULTIPLIER_0, c0, &high0);
        uint64_t low1 = multiply(MULTIPLIER_1, c2, &high1);

        c0 = high1 ^ c1 ^ keys[round][0];
        c1 = low1;
        c2 = high0 ^ c3 ^ keys[round][1];
        c3 = low0;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void
iss_philox4x64(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4])
{
    uint64_t keys[ISS_PHILOX_ROUNDS][2];

    spread(key[0], key[1], keys);
    encipher(counter, (const uint64_t(*)[2])keys, out);
}

void
iss_cipher_init(struct iss_cipher *cipher, const struct iss_stream *stream)
{
    uint64_t high0, low0 = multiply(MULTIPLIER_0, stream->replication, &high0);

    cipher->replication = stream->replication;
    spread(stream->seed, stream->domain, cipher->keys);
    cipher->first[0] = high0 ^ cipher->keys[0][1];
    cipher->first[1] = low0;
}

void
iss_cipher_block(const struct iss_cipher *cipher, uint64_t cause, uint64_t entity,
                 uint64_t number, uint64_t bits[4])
{
    const uint64_t counter[4] = {cipher->replication, cause, entity, number};

    encipher(counter, cipher->keys, bits);
}

/* The first round knows half of its numbers beforehand, of the last one half is wanted.
 */
uint64_t
iss_cipher_bits(const struct iss_cipher *cipher, uint64_t cause, uint64_t entity,
                uint64_t number)
{
    uint64_t high0, high1, c1 = multiply(MULTIPLIER_1, entity, &high1);
    uint64_t c0 = high1 ^ cause ^ cipher->keys[0][0];
    uint64_t c2 = cipher->first[0] ^ number, c3 = cipher->first[1];

    for (int round = 1; round < ISS_PHILOX_ROUNDS - 1; round++) {
        uint64_t low0 = multiply(MULTIPLIER_0, c0, &high0);
        uint64_t low1 = multiply(MULTIPLIER_1, c2, &high1);

        c0 = high1 ^ c1 ^ cipher->keys[round][0];
        c1 = low1;
        c2 = high0 ^ c3 ^ cipher->keys[round][1];
        c3 = low0;
    }
    (void)multiply(MULTIPLIER_1, c2, &high1);
    return high1 ^ c1 ^ cipher->keys[ISS_PHILOX_ROUNDS - 1][0];
}

uint64_t
iss_stream_bits(const struct iss_stream *stream, uint64_t cause, uint64_t entity,
                uint64_t number)
{
    const uint64_t counter[4] = {stream->replication, cause, entity, number};
    const uint64_t key[2] = {stream->seed, stream->domain};
    uint64_t out[4];

    iss_philox4x64(counter, key, out);
    return out[0];
}

void
iss_stream_block(const struct iss_stream *stream, uint64_t cause, uint64_t entity,
                 uint64_t number, uint64_t bits[4])
{
    const uint64_t counter[4] = {stream->replication, cause, entity, number};
    const uint64_t key[2] = {stream->seed, stream->domain};

    iss_philox4x64(counter, key, bits);
}

double
iss_stream_uniform(const struct iss_stream *stream, uint64_t cause, uint64_t entity,
                   uint64_t number)
{
    return iss_unit_uniform(iss_stream_bits(stream, cause, entity, number));
}
