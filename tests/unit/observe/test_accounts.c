/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_accounts.c - what each type of vehicle, family and port did, told event by event
 * and counted by hand.
 */
#include "unit/observe/watch.h"

#define FAMILY                                                                         \
    "families.kin={}", "launch_systems.sister={family='kin';}",                        \
        "vehicles.capsule.launch_system='sister'"
#define BARGE_TWO "flights.Barge2={vehicle='barge'; launch=@20;}"

static int32_t
flight(const struct watch *watch, const char *id)
{
    return outpost_flight(watch->hand.model, id);
}

/* ---- flights ------------------------------------------------------------------- */

static void
launches_and_losses_are_counted_by_type_and_role(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_SECOND, HAND_BARGE, BARGE_TWO));
    int32_t second = flight(&watch, "Second"), barge = flight(&watch, "Barge"),
            other = flight(&watch, "Barge2");
    tell(&watch, 1, ISS_EVENT_LAUNCHED, second, 0);
    tell(&watch, 2, ISS_EVENT_LAUNCHED, barge, 0);
    tell(&watch, 3, ISS_EVENT_LAUNCHED, other, 0);
    tell(&watch, 4, ISS_EVENT_ASCENT_FAILED, second, 0); /* nobody is in it */
    finish(&watch, 5);
    assert_true(metric(&watch, "crew_aborts") == 0);
    watch.hand.world->flights[second].crew_up = 2;
    tell(&watch, 6, ISS_EVENT_ASCENT_FAILED, second, 2);
    tell(&watch, 7, ISS_EVENT_ASCENT_FAILED, barge, 0);
    tell(&watch, 8, ISS_EVENT_VEHICLE_LOST, other, 0);
    finish(&watch, 9);
    assert_true(metric(&watch, "launches.capsule") == 1);
    assert_true(metric(&watch, "launches.barge") == 2);
    assert_true(metric(&watch, "losses.capsule") == 2);
    assert_true(metric(&watch, "losses.barge") == 2);
    assert_true(metric(&watch, "cargo_losses") == 2);
    assert_true(metric(&watch, "crew_aborts") == 1);
    end(&watch);
}

static void
a_flight_arrives_once_however_often_it_docks(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_SECOND, HAND_BARGE));
    int32_t second = flight(&watch, "Second"), barge = flight(&watch, "Barge");
    tell(&watch, 1, ISS_EVENT_DOCKED, second, 2);
    tell(&watch, 2, ISS_EVENT_DOCKED, second, 2);
    tell(&watch, 3, ISS_EVENT_DOCKED, 0, 2); /* it came before the start */
    tell(&watch, 4, ISS_EVENT_DOCKED, barge, 0);
    finish(&watch, 5);
    assert_true(metric(&watch, "dockings") == 4);
    assert_true(metric(&watch, "arrivals") == 2);
    assert_true(metric(&watch, "crew_arrivals") == 1);
    assert_true(metric(&watch, "cargo_arrivals") == 1);
    assert_true(metric(&watch, "arrivals.capsule") == 1);
    assert_true(metric(&watch, "arrivals.barge") == 1);
    end(&watch);
}

static void
slips_have_means_by_role_and_quantiles(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_SECOND, HAND_BARGE, BARGE_TWO));
    int32_t second = flight(&watch, "Second"), barge = flight(&watch, "Barge"),
            other = flight(&watch, "Barge2");
    finish(&watch, 0);
    assert_true(isnan(metric(&watch, "slip_p50_d")));
    assert_true(isnan(metric(&watch, "slip_max_d")));
    assert_true(isnan(metric(&watch, "slip_crew_mean_d")));
    tell(&watch, 1, ISS_EVENT_LAUNCHED, barge, 10);
    tell(&watch, 2, ISS_EVENT_LAUNCHED, other, -1);
    tell(&watch, 3, ISS_EVENT_LAUNCHED, second, 4);
    watch.hand.world->flights[0].replaces = second;
    tell(&watch, 4, ISS_EVENT_LAUNCHED, 0, 100); /* a replacement has no slip */
    finish(&watch, 5);
    assert_true(metric(&watch, "slip_p50_d") == 4);
    assert_true(fabs(metric(&watch, "slip_p90_d") - 8.8) < 1e-12); /* 4 + 0.8 * 6 */
    assert_true(metric(&watch, "slip_max_d") == 10);
    assert_true(metric(&watch, "slip_crew_mean_d") == 4);
    assert_true(metric(&watch, "slip_cargo_mean_d") == 4.5);
    end(&watch);
}

static void
days_after_certified_life_are_counted_with_and_without_its_extension(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET("vehicles.capsule.certified_life=100", HAND_BARGE,
                      "vehicles.barge.certified_life=1"));
    struct iss_flight *first = &watch.hand.world->flights[0];
    struct iss_flight *barge = &watch.hand.world->flights[flight(&watch, "Barge")];
    first->launch_us = DAYS(-50); /* certified until day 50 */
    first->limit_us = DAYS(80);
    first->undock_us = DAYS(95);
    barge->launch_us = barge->dock_us = DAYS(0); /* nobody goes home in it */
    finish(&watch, 360);
    assert_true(metric(&watch, "extended_life_d") == 45);
    assert_true(metric(&watch, "beyond_life_d") == 15);
    first->launch_us = DAYS(-150); /* only the days of the scenario */
    first->limit_us = ISS_NEVER;   /* a replay */
    finish(&watch, 360);
    assert_true(metric(&watch, "extended_life_d") == 95);
    assert_true(metric(&watch, "beyond_life_d") == 0);
    end(&watch);
}

/* ---- ports and families -------------------------------------------------------- */

static void
time_at_a_port_is_the_ports_and_the_types(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_BARGE));
    struct iss_world *world = watch.hand.world;
    int32_t barge = flight(&watch, "Barge");
    int32_t south = outpost_port(watch.hand.model, "south"),
            annex = outpost_port(watch.hand.model, "annex");
    iss_port_occupy(world, barge, south);
    tell(&watch, 10, ISS_EVENT_DOCKED, barge, 0);
    iss_port_leave(world, barge);
    tell(&watch, 25, ISS_EVENT_RELOCATION_DUE, barge, 0);
    iss_port_occupy(world, barge, annex);
    tell(&watch, 26, ISS_EVENT_RELOCATED, barge, 0);
    iss_port_leave(world, 0);
    tell(&watch, 30, ISS_EVENT_UNDOCKED, 0, 2);
    finish(&watch, 40);
    assert_true(metric(&watch, "occupied.north_d") == 30);
    assert_true(metric(&watch, "occupied.south_d") == 15);
    assert_true(metric(&watch, "occupied.annex_d") == 14);
    assert_true(metric(&watch, "docked.capsule_d") == 30);
    assert_true(metric(&watch, "docked.barge_d") == 29);
    assert_true(metric(&watch, "docked_days") == 59);
    end(&watch);
}

static void
a_stand_down_counts_from_the_failure_until_the_family_flies_or_the_end(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(FAMILY, HAND_SECOND));
    struct iss_family_state *kin = &watch.hand.world->families[0];
    kin->grounded_us = DAYS(15);
    tell(&watch, 10, ISS_EVENT_FAMILY_FAILED, 0, 0);
    kin->grounded_us = DAYS(25); /* another one, before that is over */
    tell(&watch, 12, ISS_EVENT_ASCENT_FAILED, flight(&watch, "Second"), 0);
    kin->grounded_us = DAYS(60);
    tell(&watch, 40, ISS_EVENT_FAMILY_FAILED, 0, 0);
    finish(&watch, 50);
    assert_true(metric(&watch, "stand_down.kin_d") == 15 + 10);
    assert_true(metric(&watch, "launch_failures.kin") == 3);
    end(&watch);
}

static void
a_stand_down_that_the_start_finds_or_the_forecast_brings_counts(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(FAMILY));
    watch.hand.world->families[0].grounded_us = DAYS(7);
    iss_gauges_start(&watch.gauges, watch.hand.world);
    finish(&watch, 20);
    assert_true(metric(&watch, "stand_down.kin_d") == 7);
    watch.hand.world->families[0].grounded_us = INT64_MIN;
    iss_gauges_start(&watch.gauges, watch.hand.world);
    watch.hand.world->families[0].grounded_us = ISS_NEVER;
    tell(&watch, 5, ISS_EVENT_FORECAST_BEGINS, -1, 0);
    finish(&watch, 20);
    assert_true(metric(&watch, "stand_down.kin_d") == 15);
    assert_true(metric(&watch, "launch_failures.kin") == 0);
    end(&watch);
}

static void
a_stand_down_that_the_scenario_forces_counts(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(FAMILY));
    watch.hand.world->families[0].grounded_us = DAYS(9);
    tell(&watch, 5, ISS_EVENT_FAMILY_STANDS_DOWN, 0, -1);
    finish(&watch, 20);
    assert_true(metric(&watch, "stand_down.kin_d") == 4);
    assert_true(metric(&watch, "launch_failures.kin") == 0);
    end(&watch);
}

/* ---- names --------------------------------------------------------------------- */

static bool
has_metric(const char *const *sets, const char *name)
{
    struct iss_model *model = outpost_model(sets);
    int32_t index = iss_metric_find(model, name);

    iss_model_free(model);
    return index >= 0;
}

static void
only_what_flies_has_columns(void **state)
{
    (void)state;
    assert_true(has_metric(NULL, "launches.capsule"));
    assert_false(has_metric(NULL, "launches.barge"));
    assert_true(has_metric(SET(HAND_BARGE), "launches.barge"));
    assert_false(has_metric(SET("families.kin={}"), "stand_down.kin_d"));
    assert_true(has_metric(SET(FAMILY), "stand_down.kin_d"));
    assert_true(has_metric(
        SET("families.kin={}", "launch_systems.spare={family='kin';}",
            "vehicles.capsule.alternatives=({launch_system='spare'; lead=1;})"),
        "launch_failures.kin"));
    assert_true(has_metric(NULL, "occupied.annex_d"));
    assert_false(has_metric(SET("ports.side={segment='core'; docking='hook';}"),
                            "occupied.side_d"));
}

static void
a_column_is_told_from_a_path(void **state)
{
    char id[ISS_METRIC_TEXT] = "";

    (void)state;
    assert_true(iss_metric_is_each("docked.soyuz_ms_d", id));
    assert_string_equal(id, "soyuz_ms");
    assert_true(iss_metric_is_each("launches.a-b_d", id));
    assert_string_equal(id, "a-b_d");
    assert_true(iss_metric_is_each("stand_down.soyuz_d", NULL));
    assert_false(iss_metric_is_each("stand_down.soyuz", NULL)); /* no such column */
    assert_false(iss_metric_is_each("launches.", NULL));
    assert_false(iss_metric_is_each("launches", NULL));
    assert_false(iss_metric_is_each("vehicles.capsule.slip.scale", NULL));
}

/* Else what is drawn for failures.leak.life.mean could be taken for a column. */
static void
no_column_begins_with_the_name_of_a_section(void **state)
{
    static const char *const sections[] = {
#define SINGLE(section, type, doc)  #section,
#define SECTION(section, type, doc) #section,
#define ROWS(section, type, doc)
#define KEY(section, type, field, name, kind, arg, lowest, highest, usual, doc)
#include "model/keys.def"
    };
    static const char *const names[] = {
#define EACH(section, name, ending, kind, units, expression, doc) #name,
#include "observe/each.def"
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
            assert_string_not_equal(names[i], sections[k]);
        }
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(names[i], names[k]);
        }
    }
}

static void
a_metric_can_be_about_one_of_them(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_BARGE, "metrics.came={measure='exceeds'; "
                                  "metric='arrivals.barge'; above=0;}"));
    finish(&watch, 1);
    assert_true(metric(&watch, "came") == 0);
    tell(&watch, 2, ISS_EVENT_DOCKED, flight(&watch, "Barge"), 0);
    finish(&watch, 3);
    assert_true(metric(&watch, "came") == 1);
    end(&watch);
}

static void
a_name_that_does_not_fit_is_refused(void **state)
{
    char set[400] = "ports.";
    struct iss_diag diag = {0};

    (void)state;
    memset(set + 6, 'a', ISS_METRIC_TEXT);
    strcpy(set + 6 + ISS_METRIC_TEXT, "={segment='core'; docking='latch';}");
    struct iss_model *model = outpost_model(SET(set));
    assert_int_equal(iss_metrics_check(model, &diag), ISS_ERR_SCENARIO);
    assert_non_null(strstr(diag.entries[0].text, "too long for the name of a column"));
    iss_diag_clear(&diag);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(launches_and_losses_are_counted_by_type_and_role),
        cmocka_unit_test(a_flight_arrives_once_however_often_it_docks),
        cmocka_unit_test(slips_have_means_by_role_and_quantiles),
        cmocka_unit_test(
            days_after_certified_life_are_counted_with_and_without_its_extension),
        cmocka_unit_test(time_at_a_port_is_the_ports_and_the_types),
        cmocka_unit_test(
            a_stand_down_counts_from_the_failure_until_the_family_flies_or_the_end),
        cmocka_unit_test(
            a_stand_down_that_the_start_finds_or_the_forecast_brings_counts),
        cmocka_unit_test(a_stand_down_that_the_scenario_forces_counts),
        cmocka_unit_test(only_what_flies_has_columns),
        cmocka_unit_test(a_column_is_told_from_a_path),
        cmocka_unit_test(no_column_begins_with_the_name_of_a_section),
        cmocka_unit_test(a_metric_can_be_about_one_of_them),
        cmocka_unit_test(a_name_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
