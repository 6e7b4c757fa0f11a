/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical.c - people fall ill as often, and lose as much time, as can be worked out.
 *
 * A rate Gamma(a, b) of a person's own makes the count of T days negative binomial:
 * mean a T/b, variance mean (1 + T/b), nobody ill with probability (b/(b + T))^a.  What
 * is statistically the same without that mixing has the same mean, and is told apart by
 * the other two.  Each statement is made of a scenario, and its opposite of the
 * scenario with one setting changed: a test that can't see that proves nothing.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "rows.h"

enum { ROWS = 20000, MOST_SETS = 8 };
enum statistic { MEAN, VARIANCE, ZERO };

static const double span_d = 180;

/* Impaired by a half for ten days. */
#define HALF    "outcomes=({care=\"treated\"; impairment_1=0.5; duration_1=\"10 d\";});}"
#define NOTHING "outcomes=({care=\"treated\";});}"
#define SIX     "flights.Ship.crew=[\"one\",\"two\",\"three\",\"four\",\"five\",\"six\"]"

/* A metric of the scenario with these settings. */
struct question {
    const char *sets[MOST_SETS];
    const char *metric;
    enum statistic statistic;
    size_t sum_over; /* replications that make one value */
};

struct answer {
    size_t sum_over, rows, count;
    int32_t metric;
    double *values;
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct answer *answer = context;

    assert_int_equal(row->status, ISS_OK);
    answer->values[answer->rows++ / answer->sum_over] += row->metrics[answer->metric];
    return ISS_OK;
}

/* The values, with the setting `further` if it isn't NULL. */
static struct answer
ask(const struct question *question, const char *further)
{
    const char *sets[MOST_SETS + 1];
    struct iss_model_options options = {.overrides = sets};
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct answer answer = {.sum_over = question->sum_over ? question->sum_over : 1};

    while (options.override_count < MOST_SETS &&
           question->sets[options.override_count] != NULL) {
        sets[options.override_count] = question->sets[options.override_count];
        options.override_count++;
    }
    if (further != NULL) {
        sets[options.override_count++] = further;
    }
    if (iss_model_load(ISSSIM_SOURCE_DIR "/tests/statistical/medical.cfg", &options,
                       &diag, &model) != ISS_OK) {
        fail_msg("%s", diag.entries[0].text);
    }
    answer.metric = iss_metric_find(model, question->metric);
    assert_true(answer.metric >= 0);
    answer.count = ROWS / answer.sum_over;
    answer.values = calloc(answer.count, sizeof(double));
    assert_non_null(answer.values);
    assert_int_equal(rows_run(model, (uint64_t)model->study.seed,
                              answer.count * answer.sum_over, keep_row, &answer),
                     ISS_OK);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return answer;
}

static double
score(const struct question *question, double expected, const char *further)
{
    struct answer answer = ask(question, further);
    double n = (double)answer.count, sum = 0, squares = 0, fourth = 0, zero = 0;

    for (size_t i = 0; i < answer.count; i++) {
        sum += answer.values[i];
        zero += answer.values[i] == 0;
    }
    double mean = sum / n;
    for (size_t i = 0; i < answer.count; i++) {
        double square = (answer.values[i] - mean) * (answer.values[i] - mean);
        squares += square;
        fourth += square * square;
    }
    free(answer.values);
    double variance = squares / n;
    switch (question->statistic) {
    case MEAN:
        return (mean - expected) / sqrt(variance / n);
    case VARIANCE:
        return (variance - expected) / sqrt((fourth / n - variance * variance) / n);
    default:
        return (zero / n - expected) / sqrt(expected * (1 - expected) / n);
    }
}

static void
assert_answer(const char *what, const struct question *question, double expected,
              const char *mutation)
{
    double z = score(question, expected, NULL);
    double wrong = score(question, expected, mutation);

    print_message("%-44s %10.6g  z %+5.2f, with %s %+.1f\n", what, expected, z,
                  mutation, wrong);
    assert_true(fabs(z) <= 4);
    assert_true(fabs(wrong) > 4);
}

/* ---- rates of a person's own ----------------------------------------------------- */

static const double shape = 2, rate_d = 204;

#define SINUSITIS                                                                      \
    "conditions.sinusitis={risks=({flag=\"female\"; factor=1;}); "                     \
    "incidence={dist=\"gamma\"; shape=2; scale=0.00490196078431372549;}; " NOTHING
#define MEANS "medical.incidence=\"mean\""

static void
counts_of_a_visit_are_negative_binomial(void **state)
{
    const double mean = shape * span_d / rate_d;
    struct question question = {{SINUSITIS}, "medical_events", MEAN, 1};

    (void)state;
    assert_answer("gamma rate: mean", &question, mean, "medical.scale_incidence=1.06");
    question.statistic = VARIANCE;
    assert_answer("gamma rate: variance", &question, mean * (1 + span_d / rate_d),
                  MEANS);
    question.statistic = ZERO;
    assert_answer("gamma rate: nobody ill", &question,
                  pow(rate_d / (rate_d + span_d), shape), MEANS);
}

static void
a_risk_makes_time_count_more(void **state)
{
    const double m = 3, mean = m * shape * span_d / rate_d;
    struct question question = {
        {SINUSITIS, "conditions.sinusitis.risks=({flag=\"female\"; factor=3;})"},
        "medical_events",
        MEAN,
        1};

    (void)state;
    assert_answer("three times the risk: mean", &question, mean,
                  "medical.scale_incidence=1.06");
    question.statistic = VARIANCE;
    assert_answer("three times the risk: variance", &question,
                  mean * (1 + m * span_d / rate_d), MEANS);
    question.statistic = ZERO;
    assert_answer("three times the risk: nobody ill", &question,
                  pow(rate_d / (rate_d + m * span_d), shape), MEANS);
}

static void
replications_of_an_outer_point_share_its_rates(void **state)
{
    const double t = 5 * span_d, mean = shape * t / rate_d;
    struct question question = {
        {SINUSITIS, "medical.incidence=\"point\"", "study.inner=5"},
        "medical_events",
        MEAN,
        5};

    (void)state;
    assert_answer("rates of a point: mean", &question, mean,
                  "medical.scale_incidence=1.15");
    question.statistic = VARIANCE;
    assert_answer("rates of a point: variance", &question, mean * (1 + t / rate_d),
                  "medical.incidence=\"visit\"");
}

/* ---- many at once ---------------------------------------------------------------- */

#define CROWD                                                                          \
    "conditions.often={incidence={dist=\"gamma\"; shape=20; scale=0.001;}; " NOTHING,  \
        "conditions.seldom={incidence={dist=\"gamma\"; shape=0.5; "                    \
        "scale=0.002;}; " NOTHING,                                                     \
        "conditions.known={incidence=0.004; " NOTHING,                                 \
        "conditions.log={incidence={dist=\"lognormal\"; mu=-6; sigma=0.8;}; " NOTHING, \
        "conditions.late={process=\"late\"; after=60; incidence={dist=\"gamma\"; "     \
        "shape=2; scale=0.005;}; " NOTHING

static void
each_condition_has_its_own_share_of_one_clock(void **state)
{
    static const struct {
        const char *metric, *mutation;
        double mean;
    } parts[] = {
        {"medical_events.often", "conditions.often.incidence=0.0206", 0.02 * 180},
        {"medical_events.seldom", "conditions.seldom.incidence=0.0012", 0.001 * 180},
        {"medical_events.known", "conditions.known.incidence=0.0043", 0.004 * 180},
        {"medical_events.late", "conditions.late.after=66", 0.01 * 120},
    };

    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct question question = {{CROWD}, parts[i].metric, MEAN, 1};
        assert_answer(parts[i].metric, &question, parts[i].mean, parts[i].mutation);
    }
    const struct question lognormal = {{CROWD}, "medical_events.log", MEAN, 1};
    assert_answer("medical_events.log", &lognormal, 180 * exp(-6 + 0.5 * 0.8 * 0.8),
                  "conditions.log.incidence={dist=\"lognormal\"; mu=-6; sigma=0.7;}");
    const struct question late = {{CROWD}, "medical_events.late", VARIANCE, 1};
    assert_answer("late: variance", &late, 1.2 * (1 + 120 / 200.0), MEANS);
    const struct question often = {{CROWD}, "medical_events.seldom", ZERO, 1};
    assert_answer("seldom: none", &often, pow(500.0 / 680, 0.5),
                  "conditions.seldom.incidence=0.001");
}

/* ---- other processes --------------------------------------------------------------
 */

static void
what_comes_once_comes_to_so_many(void **state)
{
    const struct question question = {
        {"conditions.sick={process=\"once\"; after={dist=\"uniform\"; min=0; max=3;}; "
         "incidence={dist=\"beta\"; a=3; b=7;}; " NOTHING},
        "medical_events",
        ZERO,
        1};

    (void)state;
    assert_answer("once: nobody", &question, 0.7, "conditions.sick.incidence=0.32");
}

static void
a_particle_event_reaches_everyone_aboard(void **state)
{
    const double rate = 1 / 60.0, p = 0.1;
    struct question question = {
        {SIX, "medical.particle_events={dist=\"exponential\"; mean=60;}",
         "conditions.rays={process=\"particle_event\"; incidence=0.1; " NOTHING},
        "medical_events",
        MEAN,
        1};

    (void)state;
    assert_answer("particle events: mean", &question, 6 * p * rate * span_d,
                  "medical.particle_events={dist=\"exponential\"; mean=63;}");
    question.statistic = ZERO; /* independent events would leave more people well */
    assert_answer(
        "particle events: nobody ill", &question,
        exp(-rate * span_d * (1 - pow(1 - p, 6))),
        "conditions.rays={process=\"poisson\"; incidence=0.00166667; " NOTHING);
}

/* ---- time lost ---------------------------------------------------------------------
 */

static void
time_is_lost_as_to_a_queue_of_illnesses(void **state)
{
    /* Poisson(x) illnesses at once leave exp(-x f) of a person; x grows for ten days.
     */
    const double rate = 0.1, f = 0.5, d = 10, x = rate * d * f;
    const double lost = (d - (1 - exp(-x)) / (rate * f)) + (span_d - d) * (1 - exp(-x));
    const struct question question = {
        {"conditions.pain={incidence=0.1; " HALF}, "quality_time_lost_d", MEAN, 1};

    (void)state;
    assert_answer("quality time lost", &question, lost,
                  "medical.scale_impairment=1.02");
}

static void
alone_the_time_after_an_evacuation_is_lost(void **state)
{
    const double rate = 0.02 * 0.25;
    const double lost = span_d - (1 - exp(-rate * span_d)) / rate;
    const struct question question = {
        {"medical.returns=\"alone\"",
         "conditions.pain={incidence=0.02; outcomes=({care=\"treated\"; "
         "evacuation={dist=\"pert\"; min=0; mode=0.25; max=0.5;};});}"},
        "quality_time_lost_d",
        MEAN,
        1};

    (void)state;
    assert_answer("alone: time lost", &question, lost, "medical.scale_evacuation=1.06");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_a_visit_are_negative_binomial),
        cmocka_unit_test(a_risk_makes_time_count_more),
        cmocka_unit_test(replications_of_an_outer_point_share_its_rates),
        cmocka_unit_test(each_condition_has_its_own_share_of_one_clock),
        cmocka_unit_test(what_comes_once_comes_to_so_many),
        cmocka_unit_test(a_particle_event_reaches_everyone_aboard),
        cmocka_unit_test(time_is_lost_as_to_a_queue_of_illnesses),
        cmocka_unit_test(alone_the_time_after_an_evacuation_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
