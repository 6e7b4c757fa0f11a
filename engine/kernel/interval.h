/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/interval.h - how far an estimate may be off: confidence intervals.
 *
 * `confidence` lies in (0, 1), 0.95 for the usual.  An interval that can't be had has
 * NaN for both ends.  `seen` is the number of successes in `n` trials, seen <= n.
 * What each of them promises: docs/monte-carlo.md.
 */
#ifndef ISS_KERNEL_INTERVAL_H
#define ISS_KERNEL_INTERVAL_H

#include <stdint.h>

struct iss_interval {
    double low, high;
};

/** Student's t quantile: |T| <= it with probability `confidence`; nu > 0 degrees. */
double iss_student(double nu, double confidence);

/** mean +- t sd / sqrt(n).  `sd` is that of the observations, with n - 1.  NaN below
 *  two observations. */
struct iss_interval iss_interval_mean(uint64_t n, double mean, double sd,
                                      double confidence);

/** Wilson (1927): all p that the normal approximation doesn't reject.  Its coverage is
 *  the confidence on average over p, less near 0 and 1. */
struct iss_interval iss_interval_wilson(uint64_t seen, uint64_t n, double confidence);

/** Clopper and Pearson (1934): never covers less than `confidence`. */
struct iss_interval iss_interval_exact(uint64_t seen, uint64_t n, double confidence);

/** The largest p with which nothing is seen in n trials with probability
 *  1 - confidence: 1 - (1 - confidence)^(1/n); about 3 / n at 95 %, "the rule of
 *  three".  A bound to one side. */
double iss_bound_none_seen(uint64_t n, double confidence);

/**
 * The interval that the engine reports: Clopper-Pearson where fewer than
 * ISS_MANY trials succeeded or fewer failed, because Wilson's covers too little there
 * (Brown, Cai, DasGupta 2001); Wilson's otherwise, because the other is needlessly
 * wide. With nothing seen, or nothing else: from the end to the one-sided bound.
 */
#define ISS_MANY 30
struct iss_interval iss_interval_proportion(uint64_t seen, uint64_t n,
                                            double confidence);

/**
 * A confidence sequence: with probability `confidence` or more, the interval holds p at
 * every n from 1 on, so that looking at it and stopping when one likes does no harm.
 *
 * It holds the p for which the beta-binomial mixture martingale
 *
 *     M(p) = B(a + seen, b + n - seen) / B(a, b) / (p^seen (1 - p)^(n - seen))
 *          = (density of Beta(a, b) at p) / (density of Beta(a + seen, b + n - seen))
 *
 * is below 1 / (1 - confidence), which by Ville's inequality (1939) the true p's
 * exceeds at any time with probability 1 - confidence at most.  Robbins, "Statistical
 * methods related to the law of the iterated logarithm", Ann. Math. Statist. 41 (1970).
 * a, b > 0 are chosen before the first trial; they move the width, not the promise.
 * The engine's choice is Jeffreys' prior, a = b = ISS_SEQUENCE_PRIOR, which is narrow
 * for rare happenings as well.
 */
#define ISS_SEQUENCE_PRIOR 0.5
struct iss_interval iss_interval_sequence(uint64_t seen, uint64_t n, double confidence,
                                          double a, double b);

#endif
