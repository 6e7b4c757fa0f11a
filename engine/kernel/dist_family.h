/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/dist_family.h - the families alone: no zeros, no shift, no truncation.
 *
 * Private to the distributions: a family is a const table of functions.
 */
#ifndef ISS_KERNEL_DIST_FAMILY_H
#define ISS_KERNEL_DIST_FAMILY_H

#include <stdbool.h>

#include "kernel/dist.h"
#include "kernel/dist_table.h"

struct iss_family {
    int parameters;
    /** What is wrong with finite parameters, or NULL. */
    const char *(*problem)(const double p[3]);
    /** Both tails at a finite z. */
    struct iss_prob (*cdf)(const struct iss_dist *dist, double z);
    /** The variate at `prob`, whose p and q are above 0 and exact where small. */
    double (*quantile)(const struct iss_dist *dist, struct iss_prob prob);
    double (*mean)(const double p[3]);
    /** The shape to tabulate; NULL for closed forms. */
    struct iss_shape (*shape)(const double p[3]);
};

extern const struct iss_family iss_families[ISS_DIST_FAMILIES];

struct iss_dist {
    const struct iss_family *family;
    double p[3];
    struct iss_shape shape;        /* of a tabulated family */
    const struct iss_table *table; /* NULL for closed forms */
    double p_zero, shift, lower, upper;
    struct iss_prob at_lower, at_upper; /* of the family, at its truncation */
    double mass;                        /* of the family, between them */
    double below_zero;                  /* P(X < 0): where in u the zeros begin */
    bool plain;                         /* not truncated */
};

#endif
