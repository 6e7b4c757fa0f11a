/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numerics.c - a known-answer test whose answer is kept instead of compared. */
#include "kernel/numerics.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_version.h>

#include "base/hash.h"

enum { POINTS = 4096 }; /* 220 to 1,467 of 2 million calls differ between CPUs */

static uint64_t
fold(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return iss_hash_fold(hash, bits);
}

void
iss_numerics_fingerprint(char text[17])
{
    uint64_t hash = 0;

    for (int i = 1; i < POINTS; i++) {
        double u = (double)i / POINTS;
        for (int j = 0; j < 16; j++) {
            double v = u * (1 + j * 0x1p-6);
            hash = fold(hash, log(v));
            hash = fold(hash, exp(-8 * v));
            hash = fold(hash, pow(v, 1 / 1.04));
        }
    }
    for (int i = 1; i < 64; i++) {
        double u = i / 64.0;
        hash = fold(hash, gsl_cdf_gamma_P(4 * u, 1.5, 1));
        hash = fold(hash, gsl_cdf_beta_P(u, 2.5, 3.5));
        hash = fold(hash, gsl_cdf_ugaussian_P(6 * u - 3));
    }
    snprintf(text, 17, "%016llx", (unsigned long long)hash);
}

const char *
iss_numerics_library(void)
{
    return "GSL " GSL_VERSION;
}
