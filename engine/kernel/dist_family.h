/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/dist_family.h - the families alone: no zeros, no shift, no truncation.
 *
 * Private to the distributions: a family is a const table of functions.
 */
#ifndef ISS_KERNEL_DIST_FAMILY_H
#define ISS_KERNEL_DIST_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/dist.h"
#include "kernel/dist_table.h"

#define ISS_DIST_LARGEST 1e100 /* keeps products of parameters finite */

/* What a family needs whose probability sits on single values. */
struct iss_atoms {
    /** Both tails just below z: P(Z < z) and P(Z >= z). */
    struct iss_prob (*below)(const struct iss_dist *dist, double z);
    /** The nearest value that Z takes at or above a finite z; INFINITY for none. */
    double (*at_least)(const struct iss_dist *dist, double z);
    /** The nearest at or below; -INFINITY for none. */
    double (*at_most)(const struct iss_dist *dist, double z);
    /** The mean between dist->low and dist->high, which hold some probability. */
    double (*mean_within)(const struct iss_dist *dist);
};

struct iss_family {
    /** What is wrong with finite parameters, or NULL. */
    const char *(*problem)(const struct iss_dist_spec *spec);
    /** Both tails at a finite z. */
    struct iss_prob (*cdf)(const struct iss_dist *dist, double z);
    /** The variate at `prob`, whose p and q are above 0 and exact where small. */
    double (*quantile)(const struct iss_dist *dist, struct iss_prob prob);
    /** NULL: by quadrature over the quantiles. */
    double (*mean)(const struct iss_dist *dist);
    /** The shape to tabulate; NULL for closed forms. */
    struct iss_shape (*shape)(const double p[3]);
    /** NULL for a continuous family. */
    const struct iss_atoms *atoms;
    /** Build what the CDF needs; NULL when it needs nothing. */
    int (*prepare)(struct iss_dist *dist, const struct iss_dist_spec *spec,
                   struct iss_arena *arena);
};

#define ISS_FAMILY_EXTERN(NAME, name, count, a, b, c)                                  \
    extern const struct iss_family iss_family_##name;
ISS_DIST_LIST(ISS_FAMILY_EXTERN)
#undef ISS_FAMILY_EXTERN
extern const struct iss_family *const iss_families[ISS_DIST_FAMILIES];

struct iss_dist {
    const struct iss_family *family;
    double p[3];
    double unit;                       /* of a count */
    int32_t mark;                      /* the caller's; 0 none */
    struct iss_shape shape;            /* of a tabulated family */
    const struct iss_table *table;     /* NULL for closed forms */
    const struct iss_counts *counts;   /* of a family of counts */
    const struct iss_record *record;   /* of an empirical distribution */
    const struct iss_mixture *mixture; /* of a mixture, which is plain otherwise */
    const struct iss_minimum *minimum; /* of a minimum */
    double p_zero, shift, lower, upper;
    double low, high;                   /* lower and upper less shift; on atoms */
    struct iss_prob at_lower, at_upper; /* of the family, below low and at high */
    double mass;                        /* of the family, between them */
    double below_zero;                  /* P(X < 0): where in u the zeros begin */
    bool plain;                         /* not truncated */
    bool constant;                      /* always p[0] + shift */
};

/* ---- dist.c, for mixtures ------------------------------------------------------ */

/** Work out what follows from shift, lower and upper; mass is 0 when they leave
 *  nothing. */
void iss_dist_limit(struct iss_dist *dist);

/** Both tails at x and the variate at `prob`, without regard to p_zero. */
struct iss_prob iss_dist_tails(const struct iss_dist *dist, double x);
double iss_dist_at(const struct iss_dist *dist, struct iss_prob prob);

/* ---- dist_mixture.c, for dist.c ------------------------------------------------ */

/** A mixture's part: neither p_zero nor a mixture. */
int32_t iss_mixture_count(const struct iss_dist *dist);
const struct iss_dist *iss_mixture_part(const struct iss_dist *dist, int32_t part);

/** iss_dist_quantile_beyond() of a mixture. */
double iss_mixture_beyond(const struct iss_dist *dist, double u, double age);

/* ---- dist_minimum.c, for dist.c ------------------------------------------------ */

/** The cumulative hazard of a minimum at z, and where it is `hazard`. */
double iss_minimum_hazard(const struct iss_dist *dist, double z);
double iss_minimum_life(const struct iss_dist *dist, double hazard);

#endif
