/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/exponential.h - waits for what comes at a constant rate.
 *
 * -ln u without a table, a call or a branch: the argument is 2^k m with m between
 * sqrt(1/2) and sqrt(2), and ln m = 2 artanh s, s = (m - 1)/(m + 1), a series whose
 * terms beyond s^11 are below 5e-11 of the sum.  Only IEEE additions, multiplications
 * and one division: the same on every machine, which the C library's logarithm isn't.
 */
#ifndef ISS_KERNEL_EXPONENTIAL_H
#define ISS_KERNEL_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

/** The exponential variate of mean 1 that belongs to the uniform one
 *  (bits + 0.5) 2^-32: -ln of it, to a relative 1e-10. */
static inline double
iss_exponential(uint32_t bits)
{
    const uint64_t root_half = UINT64_C(0x3FE6A09E667F3BCD); /* sqrt(1/2) */
    double number = 2.0 * bits + 1; /* 2^33 times the uniform variate */
    uint64_t word;

    memcpy(&word, &number, sizeof word);
    word -= root_half;
    double k = (double)(int32_t)(word >> 52);
    word = (word & UINT64_C(0xFFFFFFFFFFFFF)) + root_half;
    memcpy(&number, &word, sizeof word);
    double s = (number - 1) / (number + 1), z = s * s, zz = z * z;
    double series = 2 + z * (2.0 / 3) + zz * (2.0 / 5 + z * (2.0 / 7)) +
                    zz * zz * (2.0 / 9 + z * (2.0 / 11));

    return (33 - k) * 0.69314718055994530942 - s * series;
}

#endif
