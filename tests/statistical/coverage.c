/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coverage.c - do the intervals hold the truth as often as they say?
 *
 * Thousands of small studies whose truth is known, with a fixed seed.  Each statement
 * is made about the interval in use, and its opposite about one that is slightly wrong:
 * a test that can't tell them apart proves nothing.  What it prints stands in
 * docs/monte-carlo.md and docs/oracles.md.
 */
#include "unit/kernel/near.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "kernel/beta.h"
#include "kernel/interval.h"
#include "kernel/stream.h"
#include "study/precision.h"

enum { STUDIES = 10000, LONGEST = 5000, MOST_ROWS = 256 * ISS_STUDY_UNIT };
enum test { MEAN, PROPORTION, SEQUENCE, STOPPED };

static const double confidence = 0.95;

static double
uniform(enum test test, uint64_t study, uint64_t number)
{
    const struct iss_stream stream = {.seed = 20221215, .replication = study};
    return iss_stream_uniform(&stream, test, 0, number);
}

static bool
holds(struct iss_interval interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

/* In percent, to three standard errors of 10,000 studies. */
static bool
is_nominal(double covered)
{
    return covered > 94.35 && covered < 95.65;
}

static double
told(const char *what, double covered)
{
    print_message("%-58s %6.2f %%\n", what, covered);
    return covered;
}

/* ---- a fixed number of rows ------------------------------------------------------ */

static struct iss_interval
interval_by_normal(uint64_t n, double mean, double sd, double level)
{
    double half = gsl_cdf_ugaussian_Qinv(0.5 * (1 - level)) * sd / sqrt((double)n);
    return (struct iss_interval){mean - half, mean + half};
}

/* The mean of 10 normal numbers. */
static double mean_coverage(struct iss_interval (*interval)(uint64_t, double, double,
                                                            double))
{
    int held = 0;

    for (uint64_t study = 0; study < STUDIES; study++) {
        struct iss_moments moments = {0};
        for (uint64_t i = 0; i < 10; i++) {
            iss_moments_add(&moments,
                            7 + 3 * gsl_cdf_ugaussian_Pinv(uniform(MEAN, study, i)));
        }
        held += holds(interval(10, iss_moments_mean(&moments), iss_moments_sd(&moments),
                               confidence),
                      7);
    }
    return 100.0 * held / STUDIES;
}

static void
interval_of_a_mean_covers_as_often_as_it_says(void **state)
{
    (void)state;
    assert_true(is_nominal(told("mean of 10, t", mean_coverage(iss_interval_mean))));
    assert_false(is_nominal(
        told("mean of 10, normal quantile for t", mean_coverage(interval_by_normal))));
}

static struct iss_interval
interval_by_wald(uint64_t seen, uint64_t n, double level)
{
    double p = (double)seen / (double)n;
    return interval_by_normal(n, p, sqrt(p * (1 - p)), level);
}

static struct iss_interval
wilson_of_94(uint64_t seen, uint64_t n, double level)
{
    return iss_interval_wilson(seen, n, level - 0.01);
}

/* p is drawn anew for each study, from 0.05 to 0.95, because Wilson's interval covers
 * as often as it says on average over p, not for each; n = 400. */
static double
proportion_coverage(struct iss_interval (*interval)(uint64_t, uint64_t, double),
                    double least, double most)
{
    int held = 0;

    for (uint64_t study = 0; study < STUDIES; study++) {
        double p = least + (most - least) * uniform(PROPORTION, study, 0);
        uint64_t seen = 0;
        for (uint64_t i = 1; i <= 400; i++) {
            seen += uniform(PROPORTION, study, i) < p;
        }
        held += holds(interval(seen, 400, confidence), p);
    }
    return 100.0 * held / STUDIES;
}

static void
wilson_covers_as_often_as_it_says_on_average(void **state)
{
    (void)state;
    assert_true(is_nominal(told("proportion of 400, p in 0.05..0.95, Wilson",
                                proportion_coverage(iss_interval_wilson, 0.05, 0.95))));
    assert_false(is_nominal(told("proportion of 400, p in 0.05..0.95, Wilson at 94 %",
                                 proportion_coverage(wilson_of_94, 0.05, 0.95))));
}

static void
proportions_near_the_ends_are_covered(void **state)
{
    (void)state;
    assert_true(told("proportion of 400, p in 0..0.05, as reported",
                     proportion_coverage(iss_interval_proportion, 0, 0.05)) > 94.35);
    assert_false(told("proportion of 400, p in 0..0.05, p +- 1.96 s",
                      proportion_coverage(interval_by_wald, 0, 0.05)) > 94.35);
}

enum { TRIALS = 1000 };

/* How often intervals[seen] hold p, by the binomial distribution, in percent. */
static double
exact_coverage(const struct iss_interval intervals[TRIALS + 1], double p)
{
    int least = 0, most = TRIALS;

    while (!holds(intervals[least], p)) {
        least++;
    }
    while (!holds(intervals[most], p)) {
        most--;
    }
    /* P(seen <= k) = P(Beta(n - k, k + 1) <= 1 - p) */
    double up_to_most =
        most == TRIALS ? 1 : iss_beta_cdf(1 - p, p, TRIALS - most, most + 1);
    double below = least == 0 ? 0 : iss_beta_cdf(1 - p, p, TRIALS - least + 1, least);
    return 100 * (up_to_most - below);
}

/* Coverage is least where p has just left an interval. */
static double worst_coverage(struct iss_interval (*interval)(uint64_t, uint64_t,
                                                             double))
{
    struct iss_interval intervals[TRIALS + 1];
    double worst = 100;

    for (uint64_t seen = 0; seen <= TRIALS; seen++) {
        intervals[seen] = interval(seen, TRIALS, confidence);
    }
    for (int i = 0; i < TRIALS; i++) {
        double above = intervals[i].high + 1e-12;
        double below = intervals[i + 1].low - 1e-12;
        if (above < 1) {
            worst = fmin(worst, exact_coverage(intervals, above));
        }
        if (below > 0) {
            worst = fmin(worst, exact_coverage(intervals, below));
        }
    }
    return worst;
}

static void
no_proportion_is_covered_much_too_little(void **state)
{
    (void)state;
    assert_true(told("worst p, n = 1,000, exactly, as reported",
                     worst_coverage(iss_interval_proportion)) > 93.8);
    assert_true(told("worst p, n = 1,000, exactly, Clopper and Pearson",
                     worst_coverage(iss_interval_exact)) > 95);
    assert_false(told("worst p, n = 1,000, exactly, Wilson",
                      worst_coverage(iss_interval_wilson)) > 93.8);
}

/* ---- any number of rows ---------------------------------------------------------- */

/* For each n the numbers seen that leave p inside the interval. */
struct inside {
    uint64_t least[LONGEST + 1], most[LONGEST + 1];
};

typedef struct iss_interval interval_at(uint64_t seen, uint64_t n);

static struct iss_interval
sequence(uint64_t seen, uint64_t n)
{
    return iss_interval_sequence(seen, n, confidence, ISS_SEQUENCE_PRIOR,
                                 ISS_SEQUENCE_PRIOR);
}

static struct iss_interval
sequence_of_90(uint64_t seen, uint64_t n)
{
    return iss_interval_sequence(seen, n, 0.9, ISS_SEQUENCE_PRIOR, ISS_SEQUENCE_PRIOR);
}

static struct iss_interval
wilson(uint64_t seen, uint64_t n)
{
    return iss_interval_wilson(seen, n, confidence);
}

/* Both bounds move by one at most from n to n + 1. */
static void
find_inside(struct inside *inside, interval_at *interval, double p)
{
    uint64_t least = 0, most = 0;

    for (uint64_t n = 1; n <= LONGEST; n++) {
        while (least < n && interval(least, n).high < p) {
            least++;
        }
        while (most < n && interval(most + 1, n).low <= p) {
            most++;
        }
        inside->least[n] = least;
        inside->most[n] = most;
    }
}

/* Percent of sequences in which p, in 65,536ths, is outside at some n. */
static double
ever_outside(interval_at *interval, uint64_t p)
{
    const struct iss_stream stream = {.seed = 20221215};
    struct inside *inside = malloc(sizeof *inside);
    int outside = 0;

    assert_non_null(inside);
    find_inside(inside, interval, (double)p / 65536);
    for (uint64_t study = 0; study < STUDIES; study++) {
        uint64_t seen = 0, bits = 0;
        for (uint64_t n = 1; n <= LONGEST; n++) {
            bits =
                n % 4 == 1 ? iss_stream_bits(&stream, SEQUENCE, study, n) : bits >> 16;
            seen += (bits & 65535) < p;
            if (seen < inside->least[n] || seen > inside->most[n]) {
                outside++;
                break;
            }
        }
    }
    free(inside);
    return 100.0 * outside / STUDIES;
}

static void
sequence_holds_at_every_n_at_once(void **state)
{
    (void)state;
    assert_true(told("p = 0.1 ever outside in 5,000, sequence",
                     ever_outside(sequence, 6554)) <= 5);
    assert_true(told("p = 0.5 ever outside in 5,000, sequence",
                     ever_outside(sequence, 32768)) <= 5);
    assert_true(told("p = 0.002 ever outside in 5,000, sequence",
                     ever_outside(sequence, 131)) <= 5);
    assert_false(told("p = 0.5 ever outside in 5,000, sequence at 90 %",
                      ever_outside(sequence_of_90, 32768)) <= 5);
    assert_false(told("p = 0.5 ever outside in 5,000, Wilson",
                      ever_outside(wilson, 32768)) <= 5);
}

/* ---- stopped by precision -------------------------------------------------------- */

/* What a study measures until its target is met. */
struct stopped {
    const char *what;
    struct iss_precision_target target;
    double p;        /* of a proportion; it is the truth, as 1 is of a mean */
    double sigma;    /* of a lognormal number; 0: exponential numbers */
    double expected; /* coverage in percent, as measured in 10,000 studies, or less */
};

static const struct stopped stopped[] = {
    {"mean to 3 %, exponential",
     {.relative = true, .half_width = 0.03, .confidence = 0.95},
     .expected = 95},
    {"mean to 5 %, lognormal, sd 2.9",
     {.relative = true, .half_width = 0.05, .confidence = 0.95},
     .sigma = 1.5,
     .expected = 93.5},
    {"proportion 0.03 to 20 %",
     {.proportion = true, .relative = true, .half_width = 0.2, .confidence = 0.95},
     .p = 0.03,
     .expected = 95},
    {"proportion 0.3 to 0.02",
     {.proportion = true, .half_width = 0.02, .confidence = 0.95},
     .p = 0.3,
     .expected = 95},
    {"proportion 0.03 to 20 %, by sequence",
     {.proportion = true,
      .sequence = true,
      .relative = true,
      .half_width = 0.2,
      .confidence = 0.95},
     .p = 0.03,
     .expected = 99.5},
    {"proportion 0.3 to 0.02, by sequence",
     {.proportion = true, .sequence = true, .half_width = 0.02, .confidence = 0.95},
     .p = 0.3,
     .expected = 99.5},
};

static double
number(const struct stopped *what, double u)
{
    if (what->target.proportion) {
        return u < what->p;
    }
    return what->sigma > 0 ? exp(what->sigma * gsl_cdf_ugaussian_Pinv(u) -
                                 0.5 * what->sigma * what->sigma)
                           : -log(u);
}

/* Run a study to its end; whether its interval holds the truth. */
static bool
run_stopped(const struct stopped *what, uint64_t study, double *rows)
{
    struct iss_precision precision;

    assert_int_equal(iss_precision_init(&precision, &what->target, 1), ISS_OK);
    do {
        double value = number(what, uniform(STOPPED, study, precision.rows));
        iss_precision_add(&precision, &value);
        assert_true(precision.rows < MOST_ROWS);
    } while (!iss_precision_met(&precision));
    bool held = holds(iss_precision_now(&precision, 0).interval,
                      what->target.proportion ? what->p : 1);
    *rows += (double)precision.rows;
    iss_precision_clear(&precision);
    return held;
}

static uint64_t studies = 100;

static void
stopped_studies_are_covered(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stopped / sizeof *stopped; i++) {
        double rows = 0;
        int held = 0;
        for (uint64_t study = 0; study < studies; study++) {
            held += run_stopped(&stopped[i], study, &rows);
        }
        double covered = 100.0 * held / (double)studies;
        print_message("stopped: %-49s %6.2f %% at %.0f rows\n", stopped[i].what,
                      covered, rows / (double)studies);
        double expected = stopped[i].expected;
        double error = sqrt(expected * (100 - expected) / (double)studies);
        assert_true(covered >= expected - 4 * error);
    }
}

/* coverage [STUDIES]: how many of those that are stopped. */
int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interval_of_a_mean_covers_as_often_as_it_says),
        cmocka_unit_test(wilson_covers_as_often_as_it_says_on_average),
        cmocka_unit_test(proportions_near_the_ends_are_covered),
        cmocka_unit_test(no_proportion_is_covered_much_too_little),
        cmocka_unit_test(sequence_holds_at_every_n_at_once),
        cmocka_unit_test(stopped_studies_are_covered),
    };

    if (argc > 1) {
        studies = strtoull(argv[1], NULL, 10);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
