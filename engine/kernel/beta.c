/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beta.c - density and distribution function, forwards; inverses are up to the user. */
#include "kernel/beta.h"

#include <math.h>

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

#define MOST_TERMS 1000000
#define CONVERGED  1e-15
#define TINY       1e-300 /* in place of a zero denominator */

double
iss_beta_log_density(double p, double q, double a, double b)
{
    double s = a + b, p_mean = a / s, q_mean = b / s;
    double deviance = a * gsl_sf_log_1plusx_mx((p - p_mean) / p_mean) +
                      b * gsl_sf_log_1plusx_mx((q - q_mean) / q_mean);
    double stirling =
        log(gsl_sf_gammastar(s) / (gsl_sf_gammastar(a) * gsl_sf_gammastar(b)));

    return deviance + stirling - log(p) - log(q) - 0.5 * log(2 * M_PI / a * (s / b));
}

static double
away_from_zero(double x)
{
    return fabs(x) < TINY ? TINY : x;
}

/* beta0 + alpha1 / (beta1 + alpha2 / (beta2 + ...)), for p up to the mean.  Where p or
 * q is tiny, it is a q - b p that keeps the digits. */
static double
continued_fraction(double p, double q, double a, double b)
{
    double value = away_from_zero(a * (a * q - b * p + 1) / (a + 1));
    double c = value, d = 0;

    for (int i = 1; i <= MOST_TERMS; i++) {
        double m = i, last = value, odd = a + 2 * m - 1;
        double alpha =
            (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * p * p;
        double beta = m + m * (b - m) * p / odd +
                      (a + m) * (a * q - b * p + 1 + m * (1 + q)) / (a + 2 * m + 1);

        d = 1 / away_from_zero(beta + alpha * d);
        c = away_from_zero(beta + alpha / c);
        value *= c * d;
        if (fabs(value - last) <= CONVERGED * fabs(value)) {
            break;
        }
    }
    return value;
}

double
iss_beta_cdf(double p, double q, double a, double b)
{
    if (!(p > 0 && q > 0)) {
        return p > 0 ? 1 : 0;
    }
    double power = exp(iss_beta_log_density(p, q, a, b) + log(p) + log(q));
    if (a * q >= b * p) {
        return power / continued_fraction(p, q, a, b);
    }
    return 1 - power / continued_fraction(q, p, b, a);
}
