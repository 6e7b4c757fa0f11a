/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interval.c - ends of intervals, found by bisection on functions that increase.
 *
 * None of this is hot: a bound takes some 60 evaluations, tens of microseconds.  GSL's
 * inverse distribution functions would be faster, and give NaN for some arguments.
 */
#include "kernel/interval.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "kernel/beta.h"

#define MOST_STEPS 1100 /* halvings from 1 to the smallest double */

static const struct iss_interval unknown = {NAN, NAN};

/* What the searched functions depend on, besides their argument. */
struct search {
    double a, b;   /* of a beta distribution; a: degrees of freedom */
    double target; /* the probability to be reached */
    double seen, unseen, alpha;
};

/* Where `function` turns positive: it is not at `low` and is at `high`. */
static double
bisect(double (*function)(const struct search *, double), const struct search *search,
       double low, double high)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        double middle = low + 0.5 * (high - low);
        if (!(middle > low && middle < high)) {
            break;
        }
        if (function(search, middle) > 0) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

static int
is_share(double confidence)
{
    return confidence > 0 && confidence < 1;
}

/* ---- a mean -------------------------------------------------------------------- */

/* By the tails, which keep their digits when the confidence is close to 1. */
static double
student_excess(const struct search *search, double t)
{
    double square = t * t, sum = search->a + square;
    double tails = iss_beta_cdf(search->a / sum, square / sum, 0.5 * search->a, 0.5);
    return search->target - tails;
}

double
iss_student(double nu, double confidence)
{
    struct search search = {.a = nu, .target = 1 - confidence};
    double high = 1;

    if (!(nu > 0) || !is_share(confidence)) {
        return NAN;
    }
    while (student_excess(&search, high) <= 0 && high < 1e150) {
        high *= 2;
    }
    return bisect(student_excess, &search, 0, high);
}

struct iss_interval
iss_interval_mean(uint64_t n, double mean, double sd, double confidence)
{
    if (n < 2) {
        return unknown;
    }
    double half = iss_student((double)n - 1, confidence) * sd / sqrt((double)n);
    return (struct iss_interval){mean - half, mean + half};
}

/* ---- a proportion, for a number of trials fixed beforehand ----------------------- */

struct iss_interval
iss_interval_wilson(uint64_t seen, uint64_t n, double confidence)
{
    if (n == 0 || seen > n || !is_share(confidence)) {
        return unknown;
    }
    double z = gsl_cdf_ugaussian_Qinv(0.5 * (1 - confidence));
    double trials = (double)n, p = (double)seen / trials, share = z * z / trials;
    double q = (double)(n - seen) / trials;
    double centre = (p + 0.5 * share) / (1 + share);
    double half = sqrt(share * (p * q + 0.25 * share)) / (1 + share);

    return (struct iss_interval){seen == 0 ? 0 : centre - half,
                                 seen == n ? 1 : centre + half};
}

static double
beta_excess(const struct search *search, double p)
{
    return iss_beta_cdf(p, 1 - p, search->a, search->b) - search->target;
}

struct iss_interval
iss_interval_exact(uint64_t seen, uint64_t n, double confidence)
{
    struct iss_interval interval = {0, 1};
    double tail = 0.5 * (1 - confidence);

    if (n == 0 || seen > n || !is_share(confidence)) {
        return unknown;
    }
    if (seen > 0) {
        struct search low = {
            .a = (double)seen, .b = (double)(n - seen) + 1, .target = tail};
        interval.low = bisect(beta_excess, &low, 0, 1);
    }
    if (seen < n) {
        struct search high = {
            .a = (double)seen + 1, .b = (double)(n - seen), .target = 1 - tail};
        interval.high = bisect(beta_excess, &high, 0, 1);
    }
    return interval;
}

double
iss_bound_none_seen(uint64_t n, double confidence)
{
    if (n == 0 || !is_share(confidence)) {
        return NAN;
    }
    return -expm1(log1p(-confidence) / (double)n);
}

struct iss_interval
iss_interval_proportion(uint64_t seen, uint64_t n, double confidence)
{
    if (n == 0 || seen > n) {
        return unknown;
    }
    if (seen == 0) {
        return (struct iss_interval){0, iss_bound_none_seen(n, confidence)};
    }
    if (seen == n) {
        return (struct iss_interval){1 - iss_bound_none_seen(n, confidence), 1};
    }
    if (seen < ISS_MANY || n - seen < ISS_MANY) {
        return iss_interval_exact(seen, n, confidence);
    }
    return iss_interval_wilson(seen, n, confidence);
}

/* ---- a proportion, looked at whenever one likes ---------------------------------- */

/* How far log M(p) is above log (1 / alpha). */
static double
martingale_excess(const struct search *search, double p)
{
    double a = search->a, b = search->b, q = 1 - p;
    return iss_beta_log_density(p, q, a, b) -
           iss_beta_log_density(p, q, a + search->seen, b + search->unseen) +
           log(search->alpha);
}

static double
martingale_room(const struct search *search, double p)
{
    return -martingale_excess(search, p);
}

/* M is smallest, and at most 1, at p = seen / n, and grows to both sides. */
struct iss_interval
iss_interval_sequence(uint64_t seen, uint64_t n, double confidence, double a, double b)
{
    struct iss_interval interval = {0, 1};
    struct search search = {.a = a,
                            .b = b,
                            .seen = (double)seen,
                            .unseen = (double)(n - seen),
                            .alpha = 1 - confidence};

    if (seen > n || !is_share(confidence) || !(a > 0) || !(b > 0)) {
        return unknown;
    }
    if (seen > 0) {
        interval.low = bisect(martingale_room, &search, 0, search.seen / (double)n);
    }
    if (seen < n) {
        interval.high = bisect(martingale_excess, &search, search.seen / (double)n, 1);
    }
    return interval;
}
