/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/dist_shape.h - forward CDFs in coordinates where they are nearly straight.
 *
 * Private to the distributions.  A variate is mapped to y (gamma: log x; beta:
 * logit x), a probability to t = logit p.  In them both tails of both families are
 * straight or gently curved, whatever the shape, down to variates that underflow.
 */
#ifndef ISS_KERNEL_DIST_SHAPE_H
#define ISS_KERNEL_DIST_SHAPE_H

/* P(X <= x) and P(X > x), each exact where it is small. */
struct iss_prob {
    double p, q;
};

enum iss_shape_kind { ISS_SHAPE_GAMMA, ISS_SHAPE_BETA };

/* Shape parameters that GSL's forward CDFs serve without a failure, and tables well. */
#define ISS_GAMMA_MIN 1e-3
#define ISS_BETA_MIN  1e-2
#define ISS_SHAPE_MAX 1e5

struct iss_shape {
    enum iss_shape_kind kind;
    double a, b;     /* gamma: shape and nothing; beta: a, b */
    double log_norm; /* log of Gamma(a) or B(a, b) */
};

struct iss_shape iss_shape(enum iss_shape_kind kind, double a, double b);

/** Both tails at y, -INFINITY <= y <= INFINITY. */
struct iss_prob iss_shape_cdf(const struct iss_shape *shape, double y);

/** t = logit P at y, and dt/dy; infinite or not a number where both tails underflow. */
double iss_shape_logit(const struct iss_shape *shape, double y, double *slope);

/** The variate at y, and dx/dy. */
double iss_shape_variate(const struct iss_shape *shape, double y, double *slope);

#endif
