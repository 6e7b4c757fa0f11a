/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_dist.c - distributions in a scenario: read in their unit, kept in days, refused
 * with what would do.
 */
#include "unit/outpost.h"

#include <math.h>

static const struct iss_dist *
rendezvous(const struct iss_model *model)
{
    return iss_model_vehicle(model, outpost_vehicle(model, "capsule"))->rendezvous;
}

/* The median of the capsule's rendezvous, in days, when set to `value`. */
static double
median(const char *value)
{
    char set[256];
    snprintf(set, sizeof set, "vehicles.capsule.rendezvous=%s", value);
    struct iss_model *model = outpost_model(SET(set));
    double days = iss_dist_quantile(rendezvous(model), 0.5);
    iss_model_free(model);
    return days;
}

static void
assert_days(const char *value, double days)
{
    double got = median(value);
    if (!(fabs(got - days) <= 1e-12 * days)) {
        fail_msg("%s: expected %.17g d, got %.17g", value, days, got);
    }
}

static void
a_bare_number_is_in_the_keys_unit_and_a_text_in_its_own(void **state)
{
    (void)state;
    assert_days("48", 2);
    assert_days("'48 h'", 2);
    assert_days("'2 d'", 2);
    assert_days("{dist='constant'; value=48;}", 2);
    assert_days("{dist='constant'; value='2 d';}", 2);
    assert_days("{dist='uniform'; min=24; max='3 d';}", 2);
}

static void
parameters_scale_with_the_unit_and_shapes_dont(void **state)
{
    (void)state;
    assert_days("{dist='exponential'; mean=48;}", 2 * log(2));
    assert_days("{dist='weibull'; shape=2; scale=48;}", 2 * sqrt(log(2)));
    assert_days("{dist='triangular'; min=24; mode=48; max=72;}", 2);
    assert_days("{dist='uniform'; min=0; max=24; shift=24;}", 1.5);
    assert_days("{dist='normal'; mean=48; sd=1; lower=0; upper=96;}", 2);
    assert_days("{dist='uniform'; min=24; max=72; p_zero=0.25;}", 1 + 2.0 / 3);
}

/* exp(mu) is in the key's unit: hours here. */
static void
the_mu_of_a_lognormal_is_the_logarithm_of_hours(void **state)
{
    char value[96];

    (void)state;
    snprintf(value, sizeof value, "{dist='lognormal'; mu=%.17g; sigma=0.5;}", log(48));
    assert_days(value, 2);
}

static void
assert_refused(const char *set, const char *message)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, SET(set));
    const char *got = outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "taken";
    if (outpost.status != ISS_ERR_SCENARIO || outpost.diag.errors != 1 ||
        strstr(got, message) == NULL) {
        fail_msg("%s\nexpected: %s\ngot:      %s", set, message, got);
    }
    outpost_clear(&outpost);
}

static void
a_wrong_family_is_told_with_a_suggestion(void **state)
{
    (void)state;
    assert_refused("vehicles.capsule.slip={dist='weibul'; shape=1; scale=2;}",
                   "vehicles.capsule.slip.dist: no such distribution; got \"weibul\"; "
                   "allowed constant, uniform, triangular, pert, normal, lognormal, "
                   "exponential, weibull, gamma, beta; did you mean weibull?");
    assert_refused("vehicles.capsule.slip={dist=7;}",
                   "vehicles.capsule.slip.dist: must be a text; got 7");
    assert_refused("vehicles.capsule.slip={mean=9;}",
                   "vehicles.capsule.slip: must be a number, a quantity or a "
                   "distribution; got a group without dist");
    assert_refused("vehicles.capsule.slip=[1,2]", "vehicles.capsule.slip: must be a "
                                                  "number");
}

static void
missing_and_unknown_parameters_are_told(void **state)
{
    (void)state;
    assert_refused("vehicles.capsule.slip={dist='weibull'; shape=1;}",
                   "vehicles.capsule.slip: weibull needs shape, scale");
    assert_refused("vehicles.capsule.slip={dist='triangular'; min=1; max=2;}",
                   "vehicles.capsule.slip: triangular needs min, mode, max");
    assert_refused("vehicles.capsule.slip={dist='exponential'; mean=1; scale=2;}",
                   "vehicles.capsule.slip.scale: unknown parameter of exponential; "
                   "allowed mean, p_zero, shift, lower, upper");
    assert_refused("vehicles.capsule.slip={dist='exponential'; mean=1; uper=2;}",
                   "did you mean upper?");
    assert_refused("vehicles.capsule.slip={dist='exponential'; mean='many';}",
                   "vehicles.capsule.slip.mean: must be a number; got \"many\"");
    assert_refused("vehicles.capsule.slip={dist='exponential'; mean='3 kg';}",
                   "vehicles.capsule.slip.mean: must be a time, not a mass");
}

static void
improper_distributions_are_told(void **state)
{
    (void)state;
    assert_refused("vehicles.capsule.slip={dist='uniform'; min=3; max=1;}",
                   "vehicles.capsule.slip: min above max");
    assert_refused("vehicles.capsule.slip={dist='weibull'; shape=0; scale=1;}",
                   "vehicles.capsule.slip: ");
    assert_refused("vehicles.capsule.slip={dist='exponential'; mean=1; p_zero=1.5;}",
                   "vehicles.capsule.slip: p_zero must be from 0 to 1");
    assert_refused("vehicles.capsule.slip={dist='uniform'; min=1; max=2; lower=5;}",
                   "vehicles.capsule.slip: no probability between lower and upper");
}

/* A slip can't be negative: neither a number nor a tail that reaches below zero. */
static void
values_out_of_range_are_told(void **state)
{
    struct iss_model *model;

    (void)state;
    assert_refused("vehicles.capsule.slip=-1",
                   "vehicles.capsule.slip: out of range; got -1; allowed 0 to 100000 "
                   "d");
    assert_refused("vehicles.capsule.slip={dist='normal'; mean=5; sd=1;}",
                   "vehicles.capsule.slip: out of range; got values down to -");
    assert_refused("vehicles.capsule.slip=1e6",
                   "vehicles.capsule.slip: out of range; got 1e+06");
    model = outpost_model(
        SET("vehicles.capsule.slip={dist='normal'; mean=5; sd=1; lower=0;}"));
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_number_is_in_the_keys_unit_and_a_text_in_its_own),
        cmocka_unit_test(parameters_scale_with_the_unit_and_shapes_dont),
        cmocka_unit_test(the_mu_of_a_lognormal_is_the_logarithm_of_hours),
        cmocka_unit_test(a_wrong_family_is_told_with_a_suggestion),
        cmocka_unit_test(missing_and_unknown_parameters_are_told),
        cmocka_unit_test(improper_distributions_are_told),
        cmocka_unit_test(values_out_of_range_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
