/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_uncertain.c - what isn't known: read with its unit, posteriors by formula, one
 * value in a world, and distributions made anew from it.
 */
#include "by_hand.h"

#include <math.h>

#define STEPS 20000

/* Mean and deviation of a distribution, by the midpoint rule over its quantile. */
static void
moments(const struct iss_dist *dist, double *mean, double *sd)
{
    double sum = 0, squares = 0;

    for (int i = 0; i < STEPS; i++) {
        double x = iss_dist_quantile(dist, (i + 0.5) / STEPS);
        sum += x;
        squares += x * x;
    }
    *mean = sum / STEPS;
    *sd = sqrt(squares / STEPS - *mean * *mean);
}

static void
assert_close(const char *what, double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance * fabs(expected))) {
        fail_msg("%s: expected %.10g, got %.10g", what, expected, got);
    }
}

static const struct iss_uncertain *
find(const struct iss_model *model, const char *path)
{
    for (int32_t i = 0; i < model->uncertain.count; i++) {
        if (strcmp(iss_model_unknown(model, i)->path, path) == 0) {
            return iss_model_unknown(model, i);
        }
    }
    fail_msg("nothing uncertain at %s", path);
    return NULL;
}

static void
check_posterior(const char *set, const char *path, double mean, double sd)
{
    struct iss_model *model = outpost_model(SET(set));
    double got_mean, got_sd;

    moments(find(model, path)->dist, &got_mean, &got_sd);
    assert_close(set, got_mean, mean, 2e-4);
    assert_close(set, got_sd, sd, 2e-3);
    iss_model_free(model);
}

#define SUCCESS "launch_systems.rocket.success={uncertain={dist='beta'; successes="
#define RATE                                                                           \
    "failures.leak.life={dist='exponential'; rate={uncertain={dist='gamma_rate'; "     \
    "events="

static double
beta_sd(double a, double b)
{
    return sqrt(a * b / (a + b + 1)) / (a + b);
}

static void
counts_give_the_beta_of_their_prior(void **state)
{
    const char *path = "launch_systems.rocket.success";

    (void)state;
    check_posterior(SUCCESS "160; trials=162;};}", path, 160.5 / 163,
                    beta_sd(160.5, 2.5));
    check_posterior(SUCCESS "160; trials=162; prior='uniform';};}", path, 161 / 164.0,
                    beta_sd(161, 3));
    check_posterior(SUCCESS "0; trials=0;};}", path, 0.5, sqrt(0.125));
    check_posterior(SUCCESS "5; trials=5; prior='jeffreys';};}", path, 5.5 / 6,
                    beta_sd(5.5, 0.5));
}

static void
counts_in_a_time_give_the_gamma_of_their_prior(void **state)
{
    const char *path = "failures.leak.life.rate";
    const double days = 25 * 365.25;

    (void)state;
    check_posterior(RATE "1; exposure='25 yr';};};}", path, 1.5 / days,
                    sqrt(1.5) / days);
    check_posterior(RATE "1; exposure='25 yr'; prior='uniform';};};}", path, 2 / days,
                    sqrt(2) / days);
    check_posterior(RATE "12; exposure=1000;};};}", path, 12.5 / 1000,
                    sqrt(12.5) / 1000);
}

/* A bare number is in the unit of what it stands for; a metric is in the base unit. */
static void
units_are_those_of_the_number(void **state)
{
    struct iss_model *model = outpost_model(
        SET("vehicles.capsule.rendezvous={dist='weibull'; shape={uncertain=2;}; "
            "scale={uncertain={dist='uniform'; min=24; max='3 d';};};}",
            "vehicles.barge.rendezvous={dist='lognormal'; mu={uncertain=1;}; "
            "sigma=0.5;}",
            "failures.leak.life={dist='exponential'; rate={uncertain=0.25;};}"));

    (void)state;
    assert_int_equal(model->uncertain.count, 4);
    assert_int_equal(model->laws.count, 3);
    assert_close("scale", find(model, "vehicles.capsule.rendezvous.scale")->median, 2,
                 1e-12);
    assert_string_equal(find(model, "vehicles.capsule.rendezvous.scale")->units, "d");
    assert_string_equal(find(model, "vehicles.capsule.rendezvous.shape")->units, "1");
    assert_string_equal(find(model, "failures.leak.life.rate")->units, "1/d");
    /* e hours */
    assert_close(
        "mu",
        iss_dist_quantile(
            iss_model_vehicle(model, outpost_vehicle(model, "barge"))->rendezvous, 0.5),
        exp(1) / 24, 1e-12);
    assert_close("life", iss_dist_mean(iss_model_failure_mode(model, 0)->life), 4,
                 1e-12);
    iss_model_free(model);
}

/* The model's number is the mean, for checks; the prehistory's world has the median. */
static void
a_model_has_means_and_the_first_world_medians(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("launch_systems.rocket.success={uncertain={dist="
                          "'triangular'; min=0; mode=0; max=1;};}",
                          "vehicles.capsule.slip={uncertain={dist='exponential'; "
                          "mean=10;};}"));
    const struct iss_launch_system *rocket = iss_model_launch_system(hand.model, 0);
    const struct iss_dist *slip =
        iss_model_vehicle(hand.model, outpost_vehicle(hand.model, "capsule"))->slip;
    assert_close("mean", rocket->success.fixed, 1.0 / 3, 1e-12);
    assert_close("median", iss_world_value(hand.world, &rocket->success), 1 - sqrt(0.5),
                 1e-12);
    assert_close("slip's mean", iss_dist_mean(slip), 10, 1e-12);
    assert_close("slip's median", iss_dist_mean(iss_world_dist(hand.world, slip)),
                 10 * log(2), 1e-12);
    hand_end(&hand);
}

static void
an_outer_point_gives_values_and_the_distributions_made_of_them(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand,
               SET("vehicles.capsule.slip={dist='weibull'; shape={uncertain={dist="
                   "'uniform'; min=1; max=2;};}; scale={uncertain={dist='uniform'; "
                   "min=20; max=40;};}; p_zero={uncertain={dist='beta'; a=2; b=5;};};}",
                   "failures.leak.life={dist='exponential'; rate={uncertain={dist="
                   "'gamma_rate'; events=3; exposure=100;};};}"));
    const struct iss_dist *slip =
        iss_model_vehicle(hand.model, outpost_vehicle(hand.model, "capsule"))->slip;
    const struct iss_dist *life = iss_model_failure_mode(hand.model, 0)->life;
    for (uint64_t outer = 0; outer < 20; outer++) {
        struct iss_arena arena = {0};
        struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_WEIBULL);
        const struct iss_dist *fresh;
        const double *values = hand.world->values;

        iss_world_draw_values(hand.world, 1, outer);
        assert_int_equal(hand.world->status, ISS_OK);
        assert_true(values[0] >= 1 && values[0] <= 2);
        assert_true(values[1] >= 20 && values[1] <= 40);
        spec.p[0] = values[0];
        spec.p[1] = values[1];
        spec.p_zero = values[2];
        assert_int_equal(iss_dist_build(&spec, &arena, &fresh), ISS_OK);
        for (double u = 0.01; u < 1; u += 0.07) {
            assert_true(iss_dist_quantile(iss_world_dist(hand.world, slip), u) ==
                        iss_dist_quantile(fresh, u));
        }
        assert_close("life", iss_dist_mean(iss_world_dist(hand.world, life)),
                     1 / values[3], 1e-12);
        iss_arena_clear(&arena);
    }
    hand_end(&hand);
}

static void
what_is_known_is_what_the_model_says(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("launch_systems.rocket.success=0.75",
                          "vehicles.barge.slip={uncertain=4;}"));
    const struct iss_dist *lead =
        iss_model_vehicle(hand.model, outpost_vehicle(hand.model, "capsule"))
            ->call_up_lead;
    assert_true(
        iss_world_value(hand.world, &iss_model_launch_system(hand.model, 0)->success) ==
        0.75);
    assert_ptr_equal(iss_world_dist(hand.world, lead), lead);
    assert_null(iss_world_dist(hand.world, NULL));
    hand_end(&hand);
}

/* A later layer replaces what is uncertain as a whole, not its members. */
static void
it_is_one_value(void **state)
{
    struct iss_model *model = outpost_model(
        SET("launch_systems.rocket.success={uncertain={dist='beta'; a=2; b=3;};}",
            "launch_systems={rocket={success={uncertain={dist='beta'; successes=1; "
            "trials=3;};};};}"));

    (void)state;
    assert_close("mean", iss_model_launch_system(model, 0)->success.fixed, 1.5 / 4,
                 1e-9);
    iss_model_free(model);
    model = outpost_model(
        SET("launch_systems.rocket.success={uncertain={dist='beta'; a=2; b=3;};}",
            "launch_systems={rocket={success=0.5;};}"));
    assert_int_equal(model->uncertain.count, 0);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_give_the_beta_of_their_prior),
        cmocka_unit_test(counts_in_a_time_give_the_gamma_of_their_prior),
        cmocka_unit_test(units_are_those_of_the_number),
        cmocka_unit_test(a_model_has_means_and_the_first_world_medians),
        cmocka_unit_test(
            an_outer_point_gives_values_and_the_distributions_made_of_them),
        cmocka_unit_test(what_is_known_is_what_the_model_says),
        cmocka_unit_test(it_is_one_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
