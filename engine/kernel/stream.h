/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/stream.h - random numbers that belong to what they are about.
 *
 * Philox 4x64-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
 * 1, 2, 3", SC11).  A draw is a pure function of
 *
 *     key     = (seed, domain)
 *     counter = (replication, cause, entity, number)
 *
 * where cause and entity are hashes of names: "coolant leak" of "Soyuz MS-22", number
 * 0. There is no state to advance, so that adding a cause, moving a flight or changing
 * the order of calls alters no other draw.
 */
#ifndef ISS_KERNEL_STREAM_H
#define ISS_KERNEL_STREAM_H

#include <stdint.h>

/* Independent families of draws under one seed. */
enum iss_domain {
    ISS_DOMAIN_MISSION = 0,  /* what happens in a replication */
    ISS_DOMAIN_EPISTEMIC = 1 /* what isn't known: one draw an outer point */
};

/* The part of the coordinates that a replication fixes. */
struct iss_stream {
    uint64_t seed;
    uint64_t domain;
    uint64_t replication;
};

/* A stream with what its key becomes in each round, for whoever draws much. */
enum { ISS_PHILOX_ROUNDS = 10 };
struct iss_cipher {
    uint64_t replication;
    uint64_t first[2]; /* what the first round makes of the replication */
    uint64_t keys[ISS_PHILOX_ROUNDS][2];
};

/** The Philox 4x64-10 block function. */
void iss_philox4x64(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4]);

/** The 64 bits of draw `number` about (cause, entity). */
uint64_t iss_stream_bits(const struct iss_stream *stream, uint64_t cause,
                         uint64_t entity, uint64_t number);

/** Make `cipher` draw what `stream` does. */
void iss_cipher_init(struct iss_cipher *cipher, const struct iss_stream *stream);

/** What iss_stream_block() gives, in fewer steps. */
void iss_cipher_block(const struct iss_cipher *cipher, uint64_t cause, uint64_t entity,
                      uint64_t number, uint64_t bits[4]);

/** The first of them: what iss_stream_bits() gives. */
uint64_t iss_cipher_bits(const struct iss_cipher *cipher, uint64_t cause,
                         uint64_t entity, uint64_t number);

/** Map bits to the open interval (0, 1): ((bits >> 12) + 0.5) * 2^-52. */
static inline double
iss_unit_uniform(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/** Map half as many bits to (0, 1): (bits + 0.5) * 2^-32. */
static inline double
iss_half_uniform(uint32_t bits)
{
    return ((double)bits + 0.5) * 0x1p-32;
}

/** All the bits of draw `number` about (cause, entity), of which iss_stream_bits()
 * gives the first 64: for what is drawn together. */
void iss_stream_block(const struct iss_stream *stream, uint64_t cause, uint64_t entity,
                      uint64_t number, uint64_t bits[4]);

/** Number i, 0 to 7, of a block's eight numbers of 32 bits each. */
static inline double
iss_block_uniform(const uint64_t bits[4], int i)
{
    return iss_half_uniform((uint32_t)(bits[i >> 1] >> (32 * (i & 1))));
}

/** A uniform variate in (0, 1) for draw `number` about (cause, entity). */
double iss_stream_uniform(const struct iss_stream *stream, uint64_t cause,
                          uint64_t entity, uint64_t number);

#endif
