/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_invariants.c - after every event of many replications the world is consistent,
 * under every policy; and a world that isn't is found out.  After each replication the
 * columns of single types and ports add up to those of all.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "isssim/status.h"

/* The columns "name.ID" of all things add up to `expected`. */
static void
assert_sum(const struct iss_model *model, const double *metrics, const char *name,
           double expected)
{
    double sum = 0;

    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        char text[ISS_METRIC_TEXT];
        const char *one = iss_metric_info(model, i, text).name;
        size_t length = strlen(name);
        sum += strncmp(one, name, length) == 0 && one[length] == '.' ? metrics[i] : 0;
    }
    if (!(fabs(sum - expected) <= 1e-9 * (1 + fabs(expected)))) {
        fail_msg("%s: the parts make %.17g, the total is %.17g", name, sum, expected);
    }
}

/* Whether all spares come in flights, and none by itself. */
static bool
comes_by_ship(const struct iss_model *model)
{
    for (int32_t i = 0; i < model->upkeep.parts; i++) {
        if (iss_model_part(model, i)->delivery >= 0) {
            return false;
        }
    }
    return true;
}

static void
assert_accounts(const struct iss_model *model, const double *metrics)
{
    double losses = fixture_metric(model, metrics, "ascent_failures") +
                    fixture_metric(model, metrics, "vehicles_lost");
    double docked = fixture_metric(model, metrics, "docked_days");

    assert_false(fixture_metric(model, metrics, "research_h") < 0);
    assert_false(fixture_metric(model, metrics, "research_lost_h") < 0);
    assert_sum(model, metrics, "launches", fixture_metric(model, metrics, "launches"));
    assert_sum(model, metrics, "arrivals", fixture_metric(model, metrics, "arrivals"));
    assert_sum(model, metrics, "losses", losses);
    assert_sum(model, metrics, "docked", docked);
    assert_sum(model, metrics, "occupied", docked);
    assert_sum(model, metrics, "unit_failures",
               fixture_metric(model, metrics, "unit_failures"));
    assert_sum(model, metrics, "unit_repairs",
               fixture_metric(model, metrics, "unit_repairs"));
    assert_sum(model, metrics, "spare_waits",
               fixture_metric(model, metrics, "spare_waits"));
    if (model->medical.by_condition) {
        assert_sum(model, metrics, "medical_events",
                   fixture_metric(model, metrics, "medical_events"));
        assert_sum(model, metrics, "medical_evacuations",
                   fixture_metric(model, metrics, "medical_evacuations"));
        assert_sum(model, metrics, "medical_deaths",
                   fixture_metric(model, metrics, "medical_deaths"));
    }
    if (model->medical.by_condition && model->medical.returns == ISS_RETURNS_VEHICLE) {
        assert_sum(model, metrics, "quality_time_lost",
                   fixture_metric(model, metrics, "quality_time_lost_d"));
    }
    if (comes_by_ship(model)) {
        assert_sum(model, metrics, "upmass",
                   fixture_metric(model, metrics, "upmass_kg") -
                       fixture_metric(model, metrics, "spares_up_kg"));
    }
    assert_sum(model, metrics, "downmass",
               fixture_metric(model, metrics, "downmass_kg"));
    assert_sum(model, metrics, "disposed",
               fixture_metric(model, metrics, "disposed_kg"));
    if (!(fixture_metric(model, metrics, "spares_lost") > 0)) {
        assert_sum(model, metrics, "upmass_lost",
                   fixture_metric(model, metrics, "upmass_lost_kg"));
    }
    assert_sum(model, metrics, "not_unloaded",
               fixture_metric(model, metrics, "not_unloaded_kg"));
    assert_true(fixture_metric(model, metrics, "arrivals") ==
                fixture_metric(model, metrics, "crew_arrivals") +
                    fixture_metric(model, metrics, "cargo_arrivals"));
    assert_true(!(fixture_metric(model, metrics, "slip_p50_d") >
                  fixture_metric(model, metrics, "slip_p90_d")));
    assert_true(!(fixture_metric(model, metrics, "slip_p90_d") >
                  fixture_metric(model, metrics, "slip_max_d")));
}

/* Run replications with the check after each event.  The sum of the metric `name`. */
static double
sum_consistent(const char *scenario, const char *override, uint64_t replications,
               const char *name)
{
    double sum = 0;
    struct iss_model *model = fixture_model(scenario, &override, override != NULL);
    struct iss_worker *worker = NULL;
    double *metrics = calloc((size_t)iss_metric_count(model), sizeof *metrics);

    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    iss_worker_check(worker, iss_world_check);
    for (uint64_t i = 0; i < replications; i++) {
        struct iss_row row = {.metrics = metrics};
        int status = iss_worker_run(worker, 7, i, NULL, &row);
        if (status != ISS_OK) {
            const char *finding = iss_worker_finding(worker);
            fail_msg("%s %s, replication %llu: %s: %s", scenario,
                     override ? override : "", (unsigned long long)i,
                     iss_status_text(status), finding ? finding : "");
        }
        assert_accounts(model, metrics);
        sum += fixture_metric(model, metrics, name);
    }
    free(metrics);
    iss_worker_free(worker);
    iss_model_free(model);
    return sum;
}

static void
assert_consistent(const char *scenario, const char *override, uint64_t replications)
{
    (void)sum_consistent(scenario, override, replications, "launches");
}

static void
soyuz_leak_is_consistent_under_every_policy(void **state)
{
    static const char *const overrides[] = {
        NULL,
        "scenario.mode=replay",
        "policy.reassign=false",
        "policy.call_up=false",
        "policy.return_in_damaged=never",
        "policy.return_in_damaged=at_once",
        "vehicles.soyuz_ms.docking_success=0.5",
        "failures.coolant_leak.life.mean=200",
        "failures.coolant_leak.vehicles=[\"soyuz_ms\",\"crew_dragon\"]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof overrides / sizeof *overrides; i++) {
        assert_consistent("scenarios/soyuz_leak.cfg", overrides[i], 200);
    }
}

/* The record up to any day of the crisis is a state from which the model can go on. */
static void
the_forecast_can_begin_on_any_day(void **state)
{
    (void)state;
    for (int month = 1; month <= 12; month++) {
        char override[64];
        snprintf(override, sizeof override,
                 "scenario.forecast_from=2023-%02d-25T12:00Z", month);
        assert_consistent("scenarios/soyuz_leak.cfg", override, 50);
    }
}

static void
a_station_on_which_everything_fails_is_consistent(void **state)
{
    (void)state;
    assert_consistent("tests/property/trouble.cfg", NULL, 200);
    assert_consistent("tests/property/trouble.cfg", "policy.call_up=false", 50);
    assert_consistent("tests/property/trouble.cfg", "policy.return_in_damaged=at_once",
                      50);
}

static void
stores_of_every_kind_are_accounted_for(void **state)
{
    (void)state;
    assert_consistent("tests/property/stocks.cfg", NULL, 60);
    assert_consistent("tests/property/stocks.cfg", "policy.manifest=explicit", 20);
    assert_consistent("tests/property/stocks.cfg", "resources.water.stock=0", 20);
    assert_consistent("tests/property/stocks.cfg", "policy.evacuation_vehicle=fewest",
                      20);
    assert_consistent("scenarios/cargo_gap.cfg", NULL, 20);
}

static void
loops_of_life_support_are_accounted_for(void **state)
{
    (void)state;
    assert_consistent("tests/property/life-support.cfg", NULL, 20);
    assert_consistent("tests/property/life-support.cfg", "resources.water_us.stock=0",
                      10);
    assert_consistent("tests/property/life-support.cfg",
                      "resources.urine_us.capacity=40", 10);
}

static void
the_orbit_is_consistent_with_its_propellant(void **state)
{
    (void)state;
    assert_consistent("tests/property/orbit.cfg", NULL, 60);
    assert_consistent("tests/property/orbit.cfg", "orbit.own=true", 20);
    assert_consistent("tests/property/orbit.cfg", "orbit.least=0.1", 20);
}

static void
launches_of_every_kind_are_consistent(void **state)
{
    (void)state;
    assert_consistent("tests/property/launches.cfg", NULL, 200);
    assert_consistent("tests/property/launches.cfg",
                      "launch_systems.soyuz_2_1a.success=0.3", 100);
    assert_consistent("tests/property/launches.cfg", "policy.shifted_launch=ready", 50);
}

static void
upkeep_is_consistent_after_every_event(void **state)
{
    (void)state;
    assert_consistent("tests/property/upkeep.cfg", NULL, 60);
    assert_consistent("tests/property/upkeep.cfg", "parts.pump.lead=0", 20);
    assert_consistent("tests/property/upkeep.cfg", "station.workers=2", 20);
}

static void
outside_and_inside_are_consistent_with_all_else(void **state)
{
    (void)state;
    assert_consistent("tests/property/outside.cfg", NULL, 60);
    assert_consistent("tests/property/outside.cfg",
                      "policy.eva_contingency_waiver=false", 20);
    assert_consistent("tests/property/outside.cfg", "station.workers=2", 20);
    assert_consistent("tests/property/outside.cfg", "medical.returns=alone", 20);
    assert_consistent("tests/property/outside.cfg", "utilisation.traffic=300", 20);
}

static void
ships_that_wait_and_move_are_consistent(void **state)
{
    (void)state;
    assert_consistent("tests/property/docking.cfg", NULL, 150);
    assert_consistent("tests/property/docking.cfg", "station.spacing=3 d", 50);
    assert_consistent("tests/property/docking.cfg",
                      "scenario.forecast_from=2023-04-06T09:00Z", 50);
    assert_consistent("tests/property/docking.cfg", "policy.relocate=false", 20);
}

static void
rules_that_make_flights_are_consistent(void **state)
{
    (void)state;
    assert_consistent("tests/property/cadence.cfg", NULL, 30);
    assert_consistent("tests/property/cadence.cfg", "policy.call_up=false", 8);
    assert_consistent("tests/property/cadence.cfg", "policy.shifted_launch=ready", 8);
    assert_consistent("tests/property/cadence.cfg", "policy.return_in_damaged=at_once",
                      8);
    assert_consistent("tests/property/cadence.cfg", "launch_systems.big.success=0.5",
                      50);
}

/* Some stations are lost, others aren't. */
static void
people_and_a_station_without_them_are_consistent(void **state)
{
    (void)state;
    double lost = sum_consistent("tests/property/people.cfg", NULL, 60, "station_lost");
    assert_true(lost > 0 && lost < 60);
    assert_consistent("tests/property/people.cfg", "policy.seat_exchange=false", 20);
    assert_consistent("tests/property/people.cfg", "station.uncrewed_life=0", 20);
}

/* Some stations come down as planned, some are lost before, some are still waiting. */
static void
a_programme_is_consistent_whatever_fails(void **state)
{
    static const char *const scenario = "tests/property/programme.cfg";

    (void)state;
    double down = sum_consistent(scenario, NULL, 60, "deorbited");
    double lost = sum_consistent(scenario, NULL, 60, "station_lost");
    assert_true(down > 0 && lost > 0 && down + lost < 60);
    assert_consistent(scenario, "programme.over.last_crew=at_once", 30);
    assert_consistent(scenario, "policy.call_up=false", 20);
    assert_consistent(scenario, "policy.make_room=true", 20);
    assert_consistent(scenario, "policy.return_in_damaged=never", 20);
    assert_consistent(scenario, "vehicles.capsule.certified_life=900", 20);
    assert_consistent(scenario, "programme.lab.delay=0", 20);
}

static void
people_who_fall_ill_are_consistent(void **state)
{
    (void)state;
    assert_consistent("tests/property/medical.cfg", NULL, 30);
    assert_consistent("tests/property/medical.cfg", "medical.returns=alone", 20);
    assert_consistent("tests/property/medical.cfg", "medical.incidence=point", 10);
    assert_consistent("tests/property/medical.cfg", "medical.incidence=mean", 10);
    assert_consistent("tests/property/medical.cfg", "medical.kit=none", 10);
    assert_consistent("tests/property/medical.cfg", "medical.kit=all", 10);
    assert_consistent("tests/property/medical.cfg", "medical.scale_loss=20", 10);
}

static void
early_returns_are_consistent_under_every_policy(void **state)
{
    static const char *const overrides[] = {
        NULL,
        "scenario.mode=replay",
        "policy.evacuation_wait=60",
        "policy.evacuation_vehicle=fewest",
        "policy={evacuation_wait=60; evacuation_vehicle=\"fewest\";}",
        "policy.advance=0",
        "failures.illness.life=60",
        "failures.illness={clock=\"together\"; life=20;}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof overrides / sizeof *overrides; i++) {
        assert_consistent("scenarios/medical_return.cfg", overrides[i], 100);
    }
    assert_consistent("tests/property/trouble.cfg", "policy.evacuation_wait=90", 100);
    assert_consistent("tests/property/trouble.cfg", "policy.evacuation_vehicle=fewest",
                      100);
    assert_consistent("tests/property/medical.cfg", "policy.evacuation_wait=90", 10);
    assert_consistent("tests/property/medical.cfg", "policy.evacuation_vehicle=fewest",
                      10);
}

static void
the_small_scenarios_are_consistent(void **state)
{
    (void)state;
    assert_consistent("scenarios/minimal.cfg", NULL, 500);
    assert_consistent("tests/statistical/o1.cfg", NULL, 500);
    assert_consistent("tests/statistical/o3_b.cfg", NULL, 500);
    assert_consistent("tests/statistical/o11.cfg", NULL, 500);
}

static void
a_broken_world_is_found_out(void **state)
{
    struct iss_model *model = fixture_model("scenarios/minimal.cfg", NULL, 0);
    char *memory = calloc(1, iss_world_size(model));
    struct iss_world *world = iss_world_init(memory, model);

    (void)state;
    assert_null(iss_world_check(world));
    iss_list_add(&world->held, 0); /* it is only planned */
    assert_non_null(iss_world_check(world));
    iss_list_remove(&world->held, 0);
    iss_list_add(&world->fliers, 0); /* on the ground, or aboard */
    assert_non_null(iss_world_check(world));
    iss_list_remove(&world->fliers, 0);
    world->loitering++;
    assert_non_null(iss_world_check(world));
    world->loitering--;
    world->coming++;
    assert_non_null(iss_world_check(world));
    world->coming--;
    world->stopped[ISS_STOP_PAD]++;
    assert_non_null(iss_world_check(world));
    world->stopped[ISS_STOP_PAD]--;
    world->plan_count--;
    assert_non_null(iss_world_check(world));
    world->plan_count++;
    world->flights[0].seats_taken++;
    assert_non_null(iss_world_check(world));
    world->flights[0].seats_taken--;
    world->aboard_count++;
    assert_non_null(iss_world_check(world));
    world->aboard_count--;
    world->berths[0].flight = 0;
    assert_non_null(iss_world_check(world));
    world->berths[0].flight = -1;
    world->people[0].seat_kind = ISS_SEAT_REGULAR;
    assert_non_null(iss_world_check(world));
    free(memory);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soyuz_leak_is_consistent_under_every_policy),
        cmocka_unit_test(the_forecast_can_begin_on_any_day),
        cmocka_unit_test(a_station_on_which_everything_fails_is_consistent),
        cmocka_unit_test(stores_of_every_kind_are_accounted_for),
        cmocka_unit_test(the_orbit_is_consistent_with_its_propellant),
        cmocka_unit_test(loops_of_life_support_are_accounted_for),
        cmocka_unit_test(launches_of_every_kind_are_consistent),
        cmocka_unit_test(upkeep_is_consistent_after_every_event),
        cmocka_unit_test(outside_and_inside_are_consistent_with_all_else),
        cmocka_unit_test(ships_that_wait_and_move_are_consistent),
        cmocka_unit_test(rules_that_make_flights_are_consistent),
        cmocka_unit_test(a_programme_is_consistent_whatever_fails),
        cmocka_unit_test(people_who_fall_ill_are_consistent),
        cmocka_unit_test(early_returns_are_consistent_under_every_policy),
        cmocka_unit_test(people_and_a_station_without_them_are_consistent),
        cmocka_unit_test(the_small_scenarios_are_consistent),
        cmocka_unit_test(a_broken_world_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
