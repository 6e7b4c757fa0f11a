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

/* The key counts hours, so a poisson of 48 is a whole number of hours about 48. */
static void
counts_are_of_the_keys_unit(void **state)
{
    (void)state;
    assert_days("{dist='poisson'; mean=48;}", 2);
    assert_days("{dist='binomial'; n=96; p='50 %';}", 2);
    assert_days("{dist='poisson'; mean=48; lower='2.02 d'; upper=49;}", 49 / 24.0);
}

static void
an_exponential_may_be_given_by_its_rate(void **state)
{
    (void)state;
    assert_days("{dist='exponential'; rate=0.5;}", 2 * log(2) / 24);
    assert_days("{dist='exponential'; rate='0.5 /d';}", 2 * log(2));
    assert_days("{dist='exponential'; rate='365.25 /yr';}", log(2));
    assert_refused("vehicles.capsule.slip={dist='exponential'; rate=0;}",
                   "vehicles.capsule.slip.rate: rate must be positive; got 0");
    assert_refused("vehicles.capsule.slip={dist='exponential'; rate='2 d';}",
                   "vehicles.capsule.slip.rate: must be a rate, not a time");
    assert_refused(
        "vehicles.capsule.slip={dist='exponential'; rate=1; mean=1;}",
        "vehicles.capsule.slip: exponential needs mean or rate, one of them");
    assert_refused(
        "vehicles.capsule.slip={dist='exponential';}",
        "vehicles.capsule.slip: exponential needs mean or rate, one of them");
}

static void
a_mixture_is_read_with_its_components_in_the_keys_unit(void **state)
{
    (void)state;
    assert_days("{dist='mixture'; weights=[0.4,0.2,0.4]; of=(1,'2 d',{dist='poisson'; "
                "mean=3;});}",
                2);
    assert_days("{dist='mixture'; weights=('40 %',0.6); of=(1,{dist='mixture'; "
                "weights=[1.0]; of=({dist='uniform'; min=0; max='6 d';});});}",
                1);
    assert_days("{dist='categorical'; weights=[0.25,0.5,0.25]; of=[24,48,72];}", 2);
    assert_days("{dist='mixture'; weights=[0.5,0.5]; of=(24,72); lower=48; shift=24;}",
                2 + 0.0);
}

static void
a_mixture_that_doesnt_add_up_is_told(void **state)
{
    (void)state;
    assert_refused(
        "vehicles.capsule.slip={dist='mixture'; weights=[0.5,0.4]; of=(1,2);}",
        "vehicles.capsule.slip.weights: weights must sum to 1; got a sum of "
        "0.9");
    assert_refused(
        "vehicles.capsule.slip={dist='mixture'; weights=[1.5,-0.5]; of=(1,2);}",
        "vehicles.capsule.slip.weights[1]: a weight must not be negative");
    assert_refused(
        "vehicles.capsule.slip={dist='mixture'; weights=[1.0]; of=(1,2);}",
        "vehicles.capsule.slip.of: must have as many components as there are "
        "weights; got 2 for 1 weights");
    assert_refused(
        "vehicles.capsule.slip={dist='mixture'; of=(1,2);}",
        "vehicles.capsule.slip: a mixture needs weights and of; for example");
    assert_refused("vehicles.capsule.slip={dist='mixture'; weights=1.0; of=(1);}",
                   "vehicles.capsule.slip.weights: must be a list; got 1.0");
    assert_refused("vehicles.capsule.slip={dist='mixture'; weights=[0.5,0.5]; of=(1,"
                   "{dist='uniform'; min=3; max=2;});}",
                   "vehicles.capsule.slip.of[1]: min above max");
    assert_refused("vehicles.capsule.slip={dist='mixture'; weights=[0.5,0.5]; "
                   "of=(1,-2);}",
                   "vehicles.capsule.slip: out of range; got values down to -2");
}

static void
a_record_is_read_from_a_list(void **state)
{
    (void)state;
    assert_days("{dist='empirical'; values=[72,12,48];}", 2);
    assert_days("{dist='empirical'; values=('3 d',12,'2 d');}", 2);
    assert_days("{dist='empirical'; unit='d'; values=[3,1,2];}", 2);
    assert_refused("vehicles.capsule.slip={dist='empirical'; values=[];}",
                   "vehicles.capsule.slip.values: is empty; an empirical distribution "
                   "needs at least one value");
    assert_refused("vehicles.capsule.slip={dist='empirical';}",
                   "vehicles.capsule.slip: an empirical distribution needs values, or "
                   "file and column");
    assert_refused("vehicles.capsule.slip={dist='empirical'; values=(1,'late');}",
                   "vehicles.capsule.slip.values[1]: must be a number; got \"late\"");
    assert_refused(
        "vehicles.capsule.slip={dist='empirical'; values=[1]; unit='kg';}",
        "vehicles.capsule.slip.unit: must be the unit of a time; got \"kg\"");
    assert_refused("vehicles.capsule.slip={dist='empirical'; values=[1]; colum='x';}",
                   "did you mean column?");
}

static void
a_bathtub_is_the_earliest_of_its_lifetimes(void **state)
{
    (void)state;
    assert_days("{dist='minimum'; of=(72, '2 d', {dist='uniform'; min=60; max=90;});}",
                2);
    assert_days("{dist='bathtub'; of=[48];}", 2);
    assert_refused("vehicles.capsule.slip={dist='bathtub';}",
                   "vehicles.capsule.slip: a minimum needs of, a list of lifetimes");
    assert_refused("vehicles.capsule.slip={dist='bathtub'; of=();}",
                   "vehicles.capsule.slip.of: is empty; a minimum needs at least one "
                   "lifetime");
    assert_refused("vehicles.capsule.slip={dist='bathtub'; of=(1,{dist='weibull'; "
                   "shape=0; scale=1;});}",
                   "vehicles.capsule.slip.of[1]: shape must be positive");
    assert_refused("vehicles.capsule.slip={dist='bathtub'; of=(1); rate=3;}",
                   "unknown parameter of minimum");
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
a_wrong_family_is_told_with_a_suggestion(void **state)
{
    (void)state;
    assert_refused("vehicles.capsule.slip={dist='weibul'; shape=1; scale=2;}",
                   "vehicles.capsule.slip.dist: no such distribution; got \"weibul\"; "
                   "allowed constant, uniform, triangular, pert, normal, lognormal, "
                   "exponential, weibull, gamma, beta, poisson, binomial, mixture, "
                   "minimum, empirical, gamma_rate, categorical, bathtub; did you mean "
                   "weibull?");
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
                   "allowed mean, rate, p_zero, shift, lower, upper");
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
                   "vehicles.capsule.slip: min above max; got min = 3, max = 1");
    assert_refused("vehicles.capsule.slip={dist='triangular'; min=5; mode=3; max=9;}",
                   "vehicles.capsule.slip: min above mode; got min = 5, mode = 3, ");
    assert_refused("vehicles.capsule.slip={dist='weibull'; shape=0; scale=1;}",
                   "vehicles.capsule.slip: shape must be positive; got shape = 0, ");
    assert_refused("vehicles.capsule.slip={dist='weibull'; shape=-1.5; scale=1;}",
                   "vehicles.capsule.slip: shape must be positive; got shape = -1.5");
    assert_refused("vehicles.capsule.slip={dist='poisson'; mean=2e9;}",
                   "vehicles.capsule.slip: the mean of a poisson must be from 0 to "
                   "1000000; got mean = 2000000000.0");
    assert_refused("vehicles.capsule.slip={dist='poisson'; mean='3 d';}",
                   "vehicles.capsule.slip.mean: must be a pure number, not a time");
    assert_refused("vehicles.capsule.slip={dist='binomial'; n=2.5; p=0.1;}",
                   "vehicles.capsule.slip: n must be a whole number from 0 to 1000000");
    assert_refused("vehicles.capsule.slip={dist='binomial'; n=3; p='120 %';}",
                   "vehicles.capsule.slip: p must be from 0 to 1; got n = 3, p = ");
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
        cmocka_unit_test(counts_are_of_the_keys_unit),
        cmocka_unit_test(an_exponential_may_be_given_by_its_rate),
        cmocka_unit_test(a_mixture_is_read_with_its_components_in_the_keys_unit),
        cmocka_unit_test(a_mixture_that_doesnt_add_up_is_told),
        cmocka_unit_test(a_record_is_read_from_a_list),
        cmocka_unit_test(the_mu_of_a_lognormal_is_the_logarithm_of_hours),
        cmocka_unit_test(a_bathtub_is_the_earliest_of_its_lifetimes),
        cmocka_unit_test(a_wrong_family_is_told_with_a_suggestion),
        cmocka_unit_test(missing_and_unknown_parameters_are_told),
        cmocka_unit_test(improper_distributions_are_told),
        cmocka_unit_test(values_out_of_range_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
