/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_family.c - rules, CDF, quantile and mean of each family that is a formula, side
 * by side; counts, records and mixtures have files of their own.
 *
 * CDFs give both tails and quantiles take both, so that truncation far out in a tail,
 * or a lifetime already long, loses no digits.
 */
#include "kernel/dist_family.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#define NOWHERE ((struct iss_prob){0, 1})
#define SURE    ((struct iss_prob){1, 0})

/* -log q, from whichever tail is exact. */
static double
hazard_at(struct iss_prob prob)
{
    return prob.q < 0.5 ? -log(prob.q) : -log1p(-prob.p);
}

static struct iss_prob
prob_at_hazard(double hazard)
{
    return (struct iss_prob){-expm1(-hazard), exp(-hazard)};
}

static const char *
shape_problem(double shape, double min, const char *not_positive,
              const char *out_of_range)
{
    if (!(shape > 0)) {
        return not_positive;
    }
    return shape < min || shape > ISS_SHAPE_MAX ? out_of_range : NULL;
}

/* constant: value */

static const char *
constant_problem(const struct iss_dist_spec *spec)
{
    (void)spec;
    return NULL;
}

static struct iss_prob
constant_cdf(const struct iss_dist *dist, double z)
{
    return z < dist->p[0] ? NOWHERE : SURE;
}

static double
constant_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    (void)prob;
    return dist->p[0];
}

static double
constant_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[0];
}

static struct iss_prob
constant_below(const struct iss_dist *dist, double z)
{
    return z <= dist->p[0] ? NOWHERE : SURE;
}

static double
constant_at_least(const struct iss_dist *dist, double z)
{
    return z <= dist->p[0] ? dist->p[0] : INFINITY;
}

static double
constant_at_most(const struct iss_dist *dist, double z)
{
    return z >= dist->p[0] ? dist->p[0] : -INFINITY;
}

static const struct iss_atoms constant_atoms = {
    .below = constant_below,
    .at_least = constant_at_least,
    .at_most = constant_at_most,
    .mean_within = constant_mean,
};

/* uniform: min, max */

static const char *
uniform_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    return p[0] > p[1] ? "min above max" : NULL;
}

static struct iss_prob
uniform_cdf(const struct iss_dist *dist, double z)
{
    double min = dist->p[0], max = dist->p[1];

    if (z <= min) {
        return NOWHERE;
    }
    if (z >= max) {
        return SURE;
    }
    return (struct iss_prob){(z - min) / (max - min), (max - z) / (max - min)};
}

static double
uniform_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    double min = dist->p[0], max = dist->p[1];

    return fmin(max, min + prob.p * (max - min));
}

static double
uniform_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return 0.5 * (p[0] + p[1]);
}

/* triangular: min, mode, max */

static const char *
triangular_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    if (p[0] > p[1]) {
        return "min above mode";
    }
    return p[1] > p[2] ? "mode above max" : NULL;
}

static struct iss_prob
triangular_cdf(const struct iss_dist *dist, double z)
{
    double min = dist->p[0], mode = dist->p[1], max = dist->p[2], tail;

    if (z <= min) {
        return NOWHERE;
    }
    if (z >= max) {
        return SURE;
    }
    if (z < mode) {
        tail = (z - min) / (max - min) * ((z - min) / (mode - min));
        return (struct iss_prob){tail, 1 - tail};
    }
    tail = (max - z) / (max - min) * ((max - z) / (max - mode));
    return (struct iss_prob){1 - tail, tail};
}

static double
triangular_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    double min = dist->p[0], mode = dist->p[1], max = dist->p[2];

    if (prob.p * (max - min) < mode - min) {
        return fmin(mode, min + sqrt(prob.p * (max - min) * (mode - min)));
    }
    return fmax(mode, max - sqrt(prob.q * (max - min) * (max - mode)));
}

static double
triangular_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return (p[0] + p[1] + p[2]) / 3;
}

/* pert: min, mode, max.  Beta of 1 + 4 (mode - min) / (max - min) and its mirror image,
 * stretched over min to max (Malcolm et al., Operations Research 7, 1959). */

static const char *
pert_problem(const struct iss_dist_spec *spec)
{
    return triangular_problem(spec);
}

static struct iss_shape
pert_shape(const double p[3])
{
    double width = p[2] - p[0];

    return iss_shape(ISS_SHAPE_BETA, 1 + 4 * ((p[1] - p[0]) / width),
                     1 + 4 * ((p[2] - p[1]) / width));
}

static struct iss_prob
pert_cdf(const struct iss_dist *dist, double z)
{
    if (z <= dist->p[0]) {
        return NOWHERE;
    }
    if (z >= dist->p[2]) {
        return SURE;
    }
    return iss_shape_cdf(&dist->shape, log((z - dist->p[0]) / (dist->p[2] - z)));
}

static double
pert_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    double min = dist->p[0], max = dist->p[2];
    double y = iss_table_lookup(dist->table, prob);

    return fmin(max, min + (max - min) / (1 + exp(-y)));
}

static double
pert_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return (p[0] + 4 * p[1] + p[2]) / 6;
}

/* normal: mean, sd.  Wichura's rational functions (AS 241) need no table. */

static const char *
normal_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    return p[1] < 0 ? "sd must not be negative" : NULL;
}

static struct iss_prob
normal_cdf(const struct iss_dist *dist, double z)
{
    double score = (z - dist->p[0]) / dist->p[1];

    return (struct iss_prob){gsl_cdf_ugaussian_P(score), gsl_cdf_ugaussian_Q(score)};
}

static double
normal_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    double score =
        prob.p < 0.5 ? gsl_cdf_ugaussian_Pinv(prob.p) : gsl_cdf_ugaussian_Qinv(prob.q);

    return dist->p[0] + dist->p[1] * score;
}

static double
normal_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[0];
}

/* lognormal: mu, sigma of the logarithm */

static const char *
lognormal_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    return p[1] < 0 ? "sigma must not be negative" : NULL;
}

static struct iss_prob
lognormal_cdf(const struct iss_dist *dist, double z)
{
    return z > 0 ? normal_cdf(dist, log(z)) : NOWHERE;
}

static double
lognormal_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return exp(normal_quantile(dist, prob));
}

static double
lognormal_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return exp(p[0] + 0.5 * p[1] * p[1]);
}

/* exponential: mean */

static const char *
exponential_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    return p[0] > 0 ? NULL : "mean must be positive";
}

static struct iss_prob
exponential_cdf(const struct iss_dist *dist, double z)
{
    return z > 0 ? prob_at_hazard(z / dist->p[0]) : NOWHERE;
}

static double
exponential_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return dist->p[0] * hazard_at(prob);
}

static double
exponential_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[0];
}

/* weibull: shape, scale */

static const char *
weibull_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    if (!(p[0] > 0)) {
        return "shape must be positive";
    }
    return p[1] > 0 ? NULL : "scale must be positive";
}

static struct iss_prob
weibull_cdf(const struct iss_dist *dist, double z)
{
    return z > 0 ? prob_at_hazard(pow(z / dist->p[1], dist->p[0])) : NOWHERE;
}

static double
weibull_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return dist->p[1] * pow(hazard_at(prob), 1 / dist->p[0]);
}

static double
weibull_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[1] * tgamma(1 + 1 / p[0]);
}

/* gamma: shape, scale */

static const char *
gamma_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;
    const char *problem = shape_problem(p[0], ISS_GAMMA_MIN, "shape must be positive",
                                        "shape must be from 0.001 to 100000");

    if (problem != NULL) {
        return problem;
    }
    return p[1] > 0 ? NULL : "scale must be positive";
}

static struct iss_shape
gamma_shape(const double p[3])
{
    return iss_shape(ISS_SHAPE_GAMMA, p[0], 0);
}

static struct iss_prob
gamma_cdf(const struct iss_dist *dist, double z)
{
    return z > 0 ? iss_shape_cdf(&dist->shape, log(z / dist->p[1])) : NOWHERE;
}

static double
gamma_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return dist->p[1] * exp(iss_table_lookup(dist->table, prob));
}

static double
gamma_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[0] * p[1];
}

/* beta: a, b */

static const char *
beta_problem(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;
    const char *problem = shape_problem(p[0], ISS_BETA_MIN, "a must be positive",
                                        "a must be from 0.01 to 100000");

    if (problem != NULL) {
        return problem;
    }
    return shape_problem(p[1], ISS_BETA_MIN, "b must be positive",
                         "b must be from 0.01 to 100000");
}

static struct iss_shape
beta_shape(const double p[3])
{
    return iss_shape(ISS_SHAPE_BETA, p[0], p[1]);
}

static struct iss_prob
beta_cdf(const struct iss_dist *dist, double z)
{
    if (z <= 0) {
        return NOWHERE;
    }
    return z >= 1 ? SURE : iss_shape_cdf(&dist->shape, log(z / (1 - z)));
}

static double
beta_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    return 1 / (1 + exp(-iss_table_lookup(dist->table, prob)));
}

static double
beta_mean(const struct iss_dist *dist)
{
    const double *p = dist->p;

    return p[0] / (p[0] + p[1]);
}

#define constant_shape    NULL
#define uniform_shape     NULL
#define triangular_shape  NULL
#define normal_shape      NULL
#define lognormal_shape   NULL
#define exponential_shape NULL
#define weibull_shape     NULL
#define FAMILY(name, of_atoms)                                                         \
    const struct iss_family iss_family_##name = {                                      \
        .problem = name##_problem,                                                     \
        .cdf = name##_cdf,                                                             \
        .quantile = name##_quantile,                                                   \
        .mean = name##_mean,                                                           \
        .shape = name##_shape,                                                         \
        .atoms = of_atoms,                                                             \
    }

FAMILY(constant, &constant_atoms);
FAMILY(uniform, NULL);
FAMILY(triangular, NULL);
FAMILY(pert, NULL);
FAMILY(normal, NULL);
FAMILY(lognormal, NULL);
FAMILY(exponential, NULL);
FAMILY(weibull, NULL);
FAMILY(gamma, NULL);
FAMILY(beta, NULL);

#define ENTRY(NAME, name, count, a, b, c) [ISS_DIST_##NAME] = &iss_family_##name,

const struct iss_family *const iss_families[ISS_DIST_FAMILIES] = {ISS_DIST_LIST(ENTRY)};
