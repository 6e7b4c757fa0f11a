/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch_families.c - a lost launch grounds the whole family; cargo flies again
 * before people do.
 */
#include "unit/replicate/run.h"

/* The capsule and the barge fly on two rockets of one family, which stands down for
 * 40 days; the tug flies on a rocket of its own. */
#define FAMILY                                                                         \
    "families.kin={stand_down=40;}", "launch_systems.light={family='kin';}",           \
        "launch_systems.heavy={family='kin';}",                                        \
        "vehicles.capsule.launch_system='light'",                                      \
        "vehicles.barge.launch_system='heavy'"
#define DOOM(flight) "events.doom={at=@1; what='ascent_failure'; flight='" flight "';}"
#define CARGO(id, day)                                                                 \
    "flights." id "={vehicle='barge'; launch=@" day "; undock=@" day "5;}"
#define TUG                                                                            \
    "vehicles.tug={role='cargo'; docking='latch'; launch_system='rocket'; stay=9;}",   \
        "flights.Tug={vehicle='tug'; launch=@60;}"
#define CREW "flights.Crew={vehicle='capsule'; launch=@55; undock=@90; crew=['chen'];}"
#define LAUNCHES                                                                       \
    "FAMILY_FAILED ROCKET_GROUNDED ROCKET_CLEARED LAUNCH_GROUNDED LAUNCH_UNPROVEN "    \
    "LAUNCHED ASCENT_FAILED"

static void
a_failed_ascent_grounds_every_vehicle_of_the_family_and_no_other(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(FAMILY, DOOM("A"), CARGO("A", "50"), CARGO("B", "65"), TUG, CREW));
    ASSERT_STORY(&run, LAUNCHES,
                 "50 LAUNCHED A\n"
                 "50 ASCENT_FAILED A\n"
                 "50 ROCKET_GROUNDED\n"
                 "50 ROCKET_GROUNDED\n"
                 "55 LAUNCH_GROUNDED Crew\n"
                 "60 LAUNCHED Tug\n"
                 "65 LAUNCH_GROUNDED B\n"
                 "90 ROCKET_CLEARED\n"
                 "90 ROCKET_CLEARED\n"
                 "90 LAUNCHED Crew\n"
                 "90 LAUNCHED B\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_GROUNDED) == 35);
    ASSERT_METRIC(&run, "grounded_d", 80);
    run_end(&run);
}

static void
people_fly_only_after_so_many_launches_without_them(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FAMILY, "families.kin.crew_after=2", DOOM("A"),
                          CARGO("A", "50"), CARGO("B", "65"), CARGO("C", "120"), CREW));
    ASSERT_STORY(&run, LAUNCHES,
                 "50 LAUNCHED A\n"
                 "50 ASCENT_FAILED A\n"
                 "50 ROCKET_GROUNDED\n"
                 "50 ROCKET_GROUNDED\n"
                 "55 LAUNCH_GROUNDED Crew\n"
                 "65 LAUNCH_GROUNDED B\n"
                 "90 ROCKET_CLEARED\n"
                 "90 ROCKET_CLEARED\n"
                 "90 LAUNCH_UNPROVEN Crew\n"
                 "90 LAUNCHED B\n"
                 "120 LAUNCHED C\n"
                 "120 LAUNCHED Crew\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_UNPROVEN) == 2);
    run_end(&run);
}

/* What flies without people may fly, whatever it is. */
static void
an_empty_crew_vehicle_proves_the_family(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_UNPROVEN LAUNCHED",
                "50 LAUNCHED A\n"
                "91 LAUNCHED Test\n"
                "95 LAUNCHED Crew\n",
                SET(FAMILY, "families.kin.crew_after=1", DOOM("A"), CARGO("A", "50"),
                    "flights.Test={vehicle='capsule'; launch=@91; undock=@93;}",
                    "flights.Crew={vehicle='capsule'; launch=@95; crew=['chen'];}"));
}

static void
an_external_failure_grounds_the_family(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FAMILY, "families.kin.external=45", CARGO("A", "50"),
                          CARGO("B", "95"), "scenario.end=@200"));
    /* 45 days in service from the return on day 85 */
    ASSERT_STORY(&run, LAUNCHES,
                 "45 FAMILY_FAILED\n"
                 "45 ROCKET_GROUNDED\n"
                 "45 ROCKET_GROUNDED\n"
                 "50 LAUNCH_GROUNDED A\n"
                 "85 ROCKET_CLEARED\n"
                 "85 ROCKET_CLEARED\n"
                 "85 LAUNCHED A\n"
                 "95 LAUNCHED B\n"
                 "130 FAMILY_FAILED\n"
                 "130 ROCKET_GROUNDED\n"
                 "130 ROCKET_GROUNDED\n"
                 "170 ROCKET_CLEARED\n"
                 "170 ROCKET_CLEARED\n");
    ASSERT_METRIC(&run, "external_failures", 2);
    run_end(&run);
}

static void
a_family_that_does_not_fly_loses_nothing(void **state)
{
    (void)state;
    ASSERT_TOLD("FAMILY_FAILED ASCENT_FAILED",
                "50 ASCENT_FAILED A\n"
                "110 FAMILY_FAILED\n", /* 70 days in service, 40 grounded */
                SET(FAMILY, "families.kin.external=70", DOOM("A"), CARGO("A", "50"),
                    "scenario.end=@150"));
}

#define FORCED(day) "events.lost={at=@" day "; what='family_failure'; family='kin';}"

static void
a_forced_external_failure_leaves_the_others_where_they_were(void **state)
{
    struct run without, with;

    (void)state;
    run_model(&without,
              outpost_model(SET(FAMILY, "families.kin={stand_down=5; "
                                        "external={dist='exponential'; "
                                        "mean=50;};}")),
              3);
    run_model(&with,
              outpost_model(SET(FAMILY, FORCED("1"),
                                "families.kin={stand_down=5; "
                                "external={dist='exponential'; "
                                "mean=50;};}")),
              3);
    char *story = run_story(&without, "FAMILY_FAILED"),
         *other = run_story(&with, "FAMILY_FAILED");
    double first = atof(story), forced = atof(other),
           second = atof(strchr(other, '\n') + 1);
    assert_true(first > 6);
    assert_true(forced == 1);
    assert_true(second - first > 4.999 && second - first < 5.001); /* its stand-down */
    free(story);
    free(other);
    run_end(&without);
    run_end(&with);
}

static void
a_stand_down_that_the_record_began_goes_on_in_the_forecast(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "0 ROCKET_GROUNDED\n"
                "0 ROCKET_GROUNDED\n"
                "5 LAUNCH_GROUNDED A\n"
                "30 ROCKET_CLEARED\n"
                "30 ROCKET_CLEARED\n"
                "30 LAUNCHED A\n",
                SET(FAMILY, FORCED("-10"), CARGO("A", "5")));
    ASSERT_TOLD(LAUNCHES, "4 FAMILY_FAILED\n",
                SET(FAMILY, FORCED("4"), "scenario.mode=replay"));
}

/* The record's failures ground nothing, unless the scenario says so; and that is no
 * failure of a launch elsewhere. */
static void
a_stand_down_for_a_failure_of_the_record_grounds_the_family(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FAMILY, "scenario.forecast_from=@2",
                          "flights.Lost={vehicle='barge'; as_flown={launch=@1; "
                          "outcome='ascent_failed';};}",
                          "events.halt={at=@2; what='stand_down'; family='kin'; "
                          "flight='Lost';}",
                          CARGO("A", "5")));
    ASSERT_STORY(&run, LAUNCHES " FAMILY_STANDS_DOWN",
                 "1 LAUNCHED Lost\n"
                 "1 ASCENT_FAILED Lost\n"
                 "2 FAMILY_STANDS_DOWN Lost\n"
                 "2 ROCKET_GROUNDED\n"
                 "2 ROCKET_GROUNDED\n"
                 "5 LAUNCH_GROUNDED A\n"
                 "42 ROCKET_CLEARED\n"
                 "42 ROCKET_CLEARED\n"
                 "42 LAUNCHED A\n");
    ASSERT_METRIC(&run, "external_failures", 0);
    run_end(&run);
}

static void
what_is_forced_in_the_forecast_only_leaves_the_record_alone(void **state)
{
    (void)state;
    ASSERT_TOLD("FAMILY_FAILED", "4 FAMILY_FAILED\n",
                SET(FAMILY, FORCED("4"), "events.lost.when='forecast'"));
    ASSERT_TOLD("FAMILY_FAILED", "",
                SET(FAMILY, FORCED("4"), "events.lost.when='forecast'",
                    "scenario.mode=replay"));
    ASSERT_TOLD("FAMILY_FAILED", "",
                SET(FAMILY, FORCED("4"), "events.lost.when='forecast'",
                    "scenario.forecast_from=@5"));
}

/* A family of one is its rocket. */
static void
a_family_changes_no_draw(void **state)
{
#define LOSSES CREW, CARGO("B", "65"), "flights.C={vehicle='capsule'; launch=@70;}"
#define DOWN   "{dist='exponential'; mean=20;}"
    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        struct run one, other;
        run_model(&one,
                  outpost_model(
                      SET("launch_systems.light={success=0.5; stand_down=" DOWN ";}",
                          "vehicles.capsule.launch_system='light'", LOSSES)),
                  i);
        run_model(&other,
                  outpost_model(SET("families.kin={stand_down=" DOWN ";}",
                                    "launch_systems.light={success=0.5; family='kin';}",
                                    "vehicles.capsule.launch_system='light'", LOSSES)),
                  i);
        for (int32_t k = 0; k < iss_metric_count(one.model); k++) {
            char name[ISS_METRIC_TEXT];
            double same = run_metric(&other, iss_metric_info(one.model, k, name).name);
            assert_memory_equal(&one.metrics[k], &same, sizeof same);
        }
        run_end(&one);
        run_end(&other);
    }
}

/* Launches are the consequence of what they waited for. */
static void
the_loss_is_the_cause_of_the_launch_that_waited_for_the_return(void **state)
{
    struct run run;
    int32_t row, kinds[16] = {0}, count = 0;

    (void)state;
    run_outpost(&run, SET(FAMILY, DOOM("A"), CARGO("A", "50"), CARGO("B", "65")));
    struct iss_outcome *outcome = &run.outcome;
    row = (int32_t)outcome->tables[ISS_TABLE_events].rows - 1;
    while (iss_at(outcome, events, type, code)[row] != ISS_EVENT_LAUNCHED) {
        row--;
    }
    for (; row >= 0 && count < 16; row = iss_at(outcome, events, cause, id)[row]) {
        kinds[count++] = iss_at(outcome, events, type, code)[row];
    }
    assert_true(count > 4);
    assert_int_equal(kinds[1], ISS_EVENT_LAUNCH_DUE);
    assert_int_equal(kinds[2], ISS_EVENT_ROCKET_CLEARED);
    assert_int_equal(kinds[3], ISS_EVENT_ASCENT_FAILED);
    assert_int_equal(kinds[4], ISS_EVENT_LAUNCHED);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_failed_ascent_grounds_every_vehicle_of_the_family_and_no_other),
        cmocka_unit_test(people_fly_only_after_so_many_launches_without_them),
        cmocka_unit_test(an_empty_crew_vehicle_proves_the_family),
        cmocka_unit_test(an_external_failure_grounds_the_family),
        cmocka_unit_test(a_family_that_does_not_fly_loses_nothing),
        cmocka_unit_test(a_forced_external_failure_leaves_the_others_where_they_were),
        cmocka_unit_test(a_stand_down_for_a_failure_of_the_record_grounds_the_family),
        cmocka_unit_test(what_is_forced_in_the_forecast_only_leaves_the_record_alone),
        cmocka_unit_test(a_stand_down_that_the_record_began_goes_on_in_the_forecast),
        cmocka_unit_test(a_family_changes_no_draw),
        cmocka_unit_test(
            the_loss_is_the_cause_of_the_launch_that_waited_for_the_return),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
