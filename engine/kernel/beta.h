/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/beta.h - the beta distribution with any number of observations behind it.
 *
 * GSL's continued fraction gives up after 512 terms, which a proportion out of a
 * million replications needs more of; and a beta function from logarithms of gamma
 * functions loses 10 digits there.  These keep 10 or more digits up to parameters of
 * 1e9.
 */
#ifndef ISS_KERNEL_BETA_H
#define ISS_KERNEL_BETA_H

/**
 * The logarithm of the density of Beta(a, b) at p, for a, b > 0 and p in (0, 1).  Takes
 * q = 1 - p as well, which the caller may know better than to subtract.
 *
 * After Loader, "Fast and accurate computation of binomial probabilities" (2000): the
 * density at the mean by Stirling's series, the rest as a deviance that has no large
 * terms to cancel.
 */
double iss_beta_log_density(double p, double q, double a, double b);

/**
 * P(X <= p) for X ~ Beta(a, b), a, b > 0, and q = 1 - p; p = 0 gives 0, q = 0 gives 1.
 *
 * The continued fraction of Didonato and Morris, "Algorithm 708: significant digit
 * computation of the incomplete beta function ratios", ACM TOMS 18 (1992), eq. 9, by
 * Lentz's method; it takes some sqrt(a + b) terms near the mean, a few otherwise.
 */
double iss_beta_cdf(double p, double q, double a, double b);

#endif
