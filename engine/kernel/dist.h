/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/dist.h - distributions, drawn by inversion: one uniform in, one variate out.
 *
 * A distribution is built once, when the model is, and is const from then on.  Gamma,
 * beta and PERT, whose quantile has no closed form, are tabulated from their forward
 * CDF (kernel/dist_table.h): within 1e-6 of the range that holds all but 2e-6 of the
 * probability.  The others are exact to rounding.  docs/kernel-costs.md has the costs.
 *
 * Poisson and binomial are tabulated down to probabilities of 1e-300, beyond which they
 * have none.
 *
 * All variates are doubles in the unit of the parameters (the model uses days for
 * times).
 *
 *     family       parameters (p[0], p[1], p[2])
 *     constant     value
 *     uniform      min, max
 *     triangular   min, mode, max
 *     pert         min, mode, max (Beta-PERT, lambda = 4)
 *     normal       mean, sd
 *     lognormal    mu, sigma (of the logarithm)
 *     exponential  mean
 *     weibull      shape, scale
 *     gamma        shape, scale
 *     beta         a, b
 *     poisson      mean; a count, times `unit`
 *     binomial     n, p; a count, times `unit`
 *     mixture      distributions with weights
 *     minimum      distributions of which the earliest counts: competing risks
 *     empirical    values, each as likely as any other (repeat one to weigh it)
 *
 * Gamma's shape is from 0.001 to 100,000, beta's a and b from 0.01, a Poisson mean and
 * a binomial n up to 1,000,000.  No spread (min = max, sd or sigma 0, p 0 or 1) gives a
 * constant.  A categorical distribution is a mixture of constants.
 *
 * Around any family: with probability p_zero the variate is 0; else family + shift,
 * conditioned to [lower, upper] (truncation by conditioning, not by clamping; limits
 * belong to the interval).
 *
 * A mixture takes one uniform too: its first digits choose the component, in the order
 * given, what is left of them the variate in it.  So its variate is monotone in u
 * within each component only; mixtures of values in ascending order are monotone
 * throughout. Conditioning a mixture conditions each component and weighs it with what
 * the interval holds of it.
 *
 * Linking this turns GSL's error handler off when the program starts.
 */
#ifndef ISS_KERNEL_DIST_H
#define ISS_KERNEL_DIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* clang-format off */
/*    family       stem         parameters and their names in a scenario */
#define ISS_DIST_LIST(X)                                                               \
    X(CONSTANT,    constant,    1, "value", "", "")                                    \
    X(UNIFORM,     uniform,     2, "min", "max", "")                                   \
    X(TRIANGULAR,  triangular,  3, "min", "mode", "max")                               \
    X(PERT,        pert,        3, "min", "mode", "max")                               \
    X(NORMAL,      normal,      2, "mean", "sd", "")                                   \
    X(LOGNORMAL,   lognormal,   2, "mu", "sigma", "")                                  \
    X(EXPONENTIAL, exponential, 1, "mean", "", "")                                     \
    X(WEIBULL,     weibull,     2, "shape", "scale", "")                               \
    X(GAMMA,       gamma,       2, "shape", "scale", "")                               \
    X(BETA,        beta,        2, "a", "b", "")                                       \
    X(POISSON,     poisson,     1, "mean", "", "")                                     \
    X(BINOMIAL,    binomial,    2, "n", "p", "")                                       \
    X(MIXTURE,     mixture,     0, "", "", "")                                         \
    X(MINIMUM,     minimum,     0, "", "", "")                                         \
    X(EMPIRICAL,   empirical,   0, "", "", "")
/* clang-format on */

#define ISS_DIST_ENUM(NAME, name, count, a, b, c) ISS_DIST_##NAME,
enum iss_dist_family { ISS_DIST_LIST(ISS_DIST_ENUM) ISS_DIST_FAMILIES };
#undef ISS_DIST_ENUM

struct iss_dist; /* built; immutable; lives in the arena it was built in */

/* What a distribution is to be; plain data, as read from a scenario. */
struct iss_dist_spec {
    enum iss_dist_family family;
    double p[3];
    double p_zero; /* 0 to 1 */
    double shift;
    double lower, upper;              /* -INFINITY, INFINITY for no truncation */
    double unit;                      /* of a count (poisson, binomial): 1 */
    int32_t mark;                     /* the caller's number for it; 0 none */
    int32_t count;                    /* of what follows */
    const double *values;             /* empirical: in ascending order; copied */
    const double *weights;            /* mixture: none negative, sum 1 within 1e-9 */
    const struct iss_dist *const *of; /* mixture, minimum: the components; copied */
};

/** A spec of `family` with no p_zero, shift or truncation, unit 1, no mark, and all
 *  parameters 0. */
struct iss_dist_spec iss_dist_spec(enum iss_dist_family family);

/** NULL when `spec` is a proper distribution, else what is wrong with it, as in
 *  "min above mode" or "shape must be positive". */
const char *iss_dist_problem(const struct iss_dist_spec *spec);

/**
 * Build the distribution of a valid `spec`.
 *
 * @return ISS_OK, ISS_ERR_NO_MEMORY, or ISS_ERR_NUMERIC when the truncation interval
 *         holds no probability.
 */
int iss_dist_build(const struct iss_dist_spec *spec, struct iss_arena *arena,
                   const struct iss_dist **dist);

/** The variate at probability u, 0 < u < 1.  Monotone in u but for rounding in the last
 *  places (a mixture: in each component).  Never NaN; infinite only where a lognormal
 * or Weibull overflows. */
double iss_dist_quantile(const struct iss_dist *dist, double u);

/** Whether the variate at u, 0 < u < 1, is certainly above `low` and below `high`, as
 *  far as that can be told without working it out: of an exponential distribution alone
 *  its quantile is never below mean x u.  It also is when the variate is a life that
 *  exceeds some age and `low` and `high` are of what is left of it.  False: maybe. */
bool iss_dist_certainly(const struct iss_dist *dist, double u, double low, double high);

/** Whether every variate is the same; if so, `value` is it. */
bool iss_dist_is_constant(const struct iss_dist *dist, double *value);

/** P(X <= x). */
double iss_dist_cdf(const struct iss_dist *dist, double x);

/** The variate at u given that it exceeds `age`: for a lifetime already partly lived.
 *  Exact at any age for the untruncated exponential and Weibull; else the quantile at
 *  F(age) + u (1 - F(age)).  Returns the whole lifetime (>= age), not what is left of
 *  it, and `age` itself when nothing can live longer. */
double iss_dist_quantile_beyond(const struct iss_dist *dist, double u, double age);

/** The cumulative hazard -log P(X > x): 0 where nothing has happened yet, infinite
 * where nothing is left.  Exact beyond any probability for the untruncated exponential
 * and Weibull. */
double iss_dist_hazard(const struct iss_dist *dist, double x);

/** The life that ends when `hazard` >= 0 more has accumulated after `age` (-INFINITY:
 *  from the beginning).  With a unit exponential for `hazard` it is a life given that
 *  it exceeds `age`; with one divided by c, of a thing whose rate of failure is c times
 *  as high. */
double iss_dist_life(const struct iss_dist *dist, double hazard, double age);

/** About where the variates lie: the least one that a stream's uniform can give, and
 * the median.  Of a mixture the least of its components' least and the greatest of
 * their medians. */
void iss_dist_extent(const struct iss_dist *dist, double *least, double *median);

/** The least and the greatest variate that a stream's uniform can give. */
void iss_dist_bounds(const struct iss_dist *dist, double *least, double *greatest);

/** Whether it is a gamma distribution and nothing else (no zeros, shift or limits); if
 * so its parameters. */
bool iss_dist_is_gamma(const struct iss_dist *dist, double *shape, double *scale);

/** The mean; by quadrature over the quantile function (0.1 to 1 ms) when truncated. */
double iss_dist_mean(const struct iss_dist *dist);

/* ---- with other numbers -------------------------------------------------------- */

/* A number of a spec: p[0] to p[2], and those around the family. */
enum iss_dist_slot {
    ISS_DIST_P_ZERO = 3,
    ISS_DIST_SHIFT,
    ISS_DIST_LOWER,
    ISS_DIST_UPPER,
    ISS_DIST_SLOTS
};

/** Where `spec` has that number. */
double *iss_dist_slot(struct iss_dist_spec *spec, int32_t slot);

/** Whether the number can be changed in a distribution that has been built: whether no
 *  table depends on it.  The limits can't, as what they leave of a family must not
 *  become nothing; of a mixture nothing can. */
bool iss_dist_can_remake(enum iss_dist_family family, int32_t slot);

/** Bytes of a distribution, for iss_dist_remake(); a multiple of what aligns it. */
size_t iss_dist_size(void);

/**
 * Make in `dist` (iss_dist_size() bytes, aligned for a double) what iss_dist_build()
 * makes of `spec`, with the tables of `like`.  It allocates nothing and lives as long
 * as `like`.
 *
 * @param like  built from a spec that differs from `spec` only where
 *              iss_dist_can_remake(), and with as proper a result.
 * @return ISS_OK or ISS_ERR_NUMERIC when the limits leave no probability.
 */
int iss_dist_remake(const struct iss_dist *like, const struct iss_dist_spec *spec,
                    struct iss_dist *dist);

/** The mark of the spec that it was built from. */
int32_t iss_dist_mark(const struct iss_dist *dist);

#endif
