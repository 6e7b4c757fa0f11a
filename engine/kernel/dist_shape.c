/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_shape.c - gamma and beta, forwards only.
 *
 * GSL's inverses fail at small shapes; its forward CDFs are sound, and where a variate
 * is so small that it may underflow the first term of the series is all there is:
 *
 *     gamma  P = x^a / (a Gamma(a)) * (1 - a x / (a + 1) + ...)          DLMF 8.7.1
 *     beta   P = x^a / (a B(a, b)) * (1 + a (1 - b) x / (a + 1) + ...)   DLMF 8.17.7
 *
 * GSL's default error handler ends the program.  It is turned off here, when the
 * program starts, before any thread can use it; every result below is checked by its
 * user.
 */
#include "kernel/dist_shape.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>

#define SERIES_BELOW 1e-12 /* of the second term */

__attribute__((constructor)) static void
turn_off_gsl_handler(void)
{
    gsl_set_error_handler_off();
}

struct iss_shape
iss_shape(enum iss_shape_kind kind, double a, double b)
{
    struct iss_shape shape = {.kind = kind, .a = a, .b = b};

    shape.log_norm = kind == ISS_SHAPE_GAMMA ? gsl_sf_lngamma(a) : gsl_sf_lnbeta(a, b);
    return shape;
}

/* log x and log (1 - x) of x = 1 / (1 + exp(-y)). */
static double
log_logistic(double y)
{
    return y < 0 ? y - log1p(exp(y)) : -log1p(exp(-y));
}

static double
power_law(double log_x, double a, double log_norm)
{
    return exp(a * log_x - log(a) - log_norm);
}

static struct iss_prob
gamma_cdf(const struct iss_shape *shape, double y)
{
    double a = shape->a, x = exp(y), p, q;

    if (x < SERIES_BELOW) {
        p = power_law(y, a, shape->log_norm);
        q = 1 - p;
    } else if (x < a) {
        p = gsl_cdf_gamma_P(x, a, 1);
        q = 1 - p;
    } else {
        q = isinf(x) ? 0 : gsl_cdf_gamma_Q(x, a, 1);
        p = 1 - q;
    }
    return (struct iss_prob){p, q};
}

/* The lower half of beta, y <= 0; the upper half is this one's mirror image. */
static struct iss_prob
beta_lower_cdf(double a, double b, double log_norm, double y)
{
    double x = 1 / (1 + exp(-y)), p, q;

    if (x * (b + 1) < SERIES_BELOW) {
        p = power_law(log_logistic(y), a, log_norm);
        q = 1 - p;
    } else if (x * (a + b) < a) {
        p = gsl_cdf_beta_P(x, a, b);
        q = 1 - p;
    } else {
        q = gsl_cdf_beta_Q(x, a, b);
        p = 1 - q;
    }
    return (struct iss_prob){p, q};
}

static struct iss_prob
beta_cdf(const struct iss_shape *shape, double y)
{
    struct iss_prob mirrored;

    if (y <= 0) {
        return beta_lower_cdf(shape->a, shape->b, shape->log_norm, y);
    }
    mirrored = beta_lower_cdf(shape->b, shape->a, shape->log_norm, -y);
    return (struct iss_prob){mirrored.q, mirrored.p};
}

struct iss_prob
iss_shape_cdf(const struct iss_shape *shape, double y)
{
    return shape->kind == ISS_SHAPE_GAMMA ? gamma_cdf(shape, y) : beta_cdf(shape, y);
}

double
iss_shape_logit(const struct iss_shape *shape, double y, double *slope)
{
    struct iss_prob prob = iss_shape_cdf(shape, y);
    double log_density; /* of y */

    if (shape->kind == ISS_SHAPE_GAMMA) {
        log_density = shape->a * y - exp(y) - shape->log_norm;
    } else {
        log_density =
            shape->a * log_logistic(y) + shape->b * log_logistic(-y) - shape->log_norm;
    }
    *slope = exp(log_density) / (prob.p * prob.q);
    return log(prob.p) - log(prob.q);
}

double
iss_shape_variate(const struct iss_shape *shape, double y, double *slope)
{
    double x = shape->kind == ISS_SHAPE_GAMMA ? exp(y) : 1 / (1 + exp(-y));

    *slope = shape->kind == ISS_SHAPE_GAMMA ? x : x / (1 + exp(y));
    return x;
}
