/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_upkeep.c - units fail and are repaired, by people who may be busy, with spares
 * that may have to come first.
 *
 * Ada and Boris are aboard the outpost until day 100; all lives are certain.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define UPKEEP                                                                         \
    "UNIT_FAILED UNIT_REPAIRED SPARE_AWAITED SPARE_ARRIVES SPARES_UNLOADED "           \
    "SPARES_LOST UNITS_STRUCK FAILURE_OCCURS"
#define STAY "flights.First.undock=@350"

static double
metric(const struct run *run, const char *name)
{
    int32_t index = iss_metric_find(run->model, name);

    assert_true(index >= 0);
    return run->metrics[index];
}

#define assert_metric(run, name, expected)                                             \
    assert_true(fabs(metric(run, name) - (expected)) < 1e-9)

static void
a_unit_fails_and_is_repaired_again_and_again(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={life=100; repair='20 d';}", STAY));
    ASSERT_STORY(&run, UPKEEP,
                 "100 UNIT_FAILED\n"
                 "120 UNIT_REPAIRED\n"
                 "220 UNIT_FAILED\n"
                 "240 UNIT_REPAIRED\n"
                 "340 UNIT_FAILED\n");
    assert_metric(&run, "unit_failures.pump", 3);
    assert_metric(&run, "unit_repairs", 2);
    assert_metric(&run, "system_down.pump_d", 60); /* the last 20 to the end */
    assert_metric(&run, "availability.pump", 1 - 60. / 360);
    assert_metric(&run, "units_down", 60. / 360);
    assert_metric(&run, "repair_h", 2 * 480);
    run_end(&run);
}

static void
a_system_is_down_with_fewer_units_than_it_needs(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={units=3; needs=2; life={dist='uniform'; "
                          "min=100; max=200;}; repair='30 d';}",
                          "station.workers=1", STAY));
    size_t outages = run.outcome.tables[ISS_TABLE_outages].rows;
    int64_t down_us = 0;
    assert_true(outages > 0);
    for (size_t i = 0; i < outages; i++) {
        int64_t end = iss_at(&run.outcome, outages, end, time)[i];
        down_us += (end == ISS_NO_TIME ? DAYS(360) : end) -
                   iss_at(&run.outcome, outages, start, time)[i];
    }
    assert_metric(&run, "system_down.pump_d", iss_days_from_us(down_us));
    assert_true(metric(&run, "system_down.pump_d") <
                360 * metric(&run, "units_down")); /* one alone doesn't count */
    run_end(&run);
}

static void
repairs_queue_for_people_by_priority_and_then_by_time(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.a={life=100; repair='20 d';}",
                          "systems.b={life=101; repair='20 d';}",
                          "systems.c={life=102; repair='20 d'; priority=9;}",
                          "station.workers=1", STAY));
    ASSERT_STORY(&run, UPKEEP,
                 "100 UNIT_FAILED\n"
                 "101 UNIT_FAILED\n"
                 "102 UNIT_FAILED\n"
                 "120 UNIT_REPAIRED\n"
                 "140 UNIT_REPAIRED\n"
                 "160 UNIT_REPAIRED\n"
                 "220 UNIT_FAILED\n"
                 "240 UNIT_REPAIRED\n"
                 "242 UNIT_FAILED\n"
                 "261 UNIT_FAILED\n"
                 "262 UNIT_REPAIRED\n"
                 "282 UNIT_REPAIRED\n"
                 "340 UNIT_FAILED\n");
    assert_metric(&run, "system_down.c_d", 38 + 20);
    assert_metric(&run, "system_down.b_d", 59 + 21);
    /* The last 10: both have left in the middle of a repair. */
    assert_metric(&run, "repair_backlog", (18 + 39 + 1 + 10) / 360.);
    run_end(&run);
}

static void
work_for_two_is_not_put_off_by_work_for_one(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.first={life=100; repair='20 d';}",
                          "systems.both={life=105; repair='10 d'; repairers=2;}",
                          "systems.late={life=110; repair='10 d';}", STAY));
    /* One is free from the beginning, and kept for the second. */
    assert_metric(&run, "system_down.both_d", 25 + 15 + 5);
    assert_metric(&run, "system_down.late_d", 30 + 10);
    ASSERT_STORY(&run, "UNIT_REPAIRED",
                 "120 UNIT_REPAIRED\n"
                 "130 UNIT_REPAIRED\n"
                 "140 UNIT_REPAIRED\n"
                 "240 UNIT_REPAIRED\n"
                 "250 UNIT_REPAIRED\n"
                 "260 UNIT_REPAIRED\n");
    run_end(&run);
}

static void
who_is_not_trained_or_skilled_does_not_repair(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.lab={life=50; segment='lab';}",
                          "systems.pipes={life=50; skill='pipes';}",
                          "systems.core={life=200; segment='core';}",
                          "crew.dana.skills=['pipes']", STAY));
    assert_metric(&run, "unit_repairs", 1);
    assert_metric(&run, "system_down.lab_d", 310);
    assert_metric(&run, "system_down.pipes_d", 310);
    assert_metric(&run, "repair_backlog", 620 / 360.);
    run_end(&run);
}

static void
repairs_that_need_nobody_are_made_in_an_empty_station(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={life=150; repair='20 d'; repairers=0;}",
                          "systems.light={life=150; repair='20 d';}"));
    ASSERT_STORY(&run, UPKEEP,
                 "150 UNIT_FAILED\n"
                 "150 UNIT_FAILED\n"
                 "170 UNIT_REPAIRED\n"
                 "320 UNIT_FAILED\n"
                 "340 UNIT_REPAIRED\n");
    assert_metric(&run, "repair_h", 0);
    run_end(&run);
}

static void
who_leaves_drops_the_work_and_others_finish_it(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={life=90; repair='20 d';}",
                          "flights.Crew={vehicle='capsule'; launch=@110; undock=@350; "
                          "crew=['chen'];}"));
    /* Ten days until First leaves on day 100; Chen comes on day 111. */
    ASSERT_STORY(&run, UPKEEP,
                 "90 UNIT_FAILED\n"
                 "121 UNIT_REPAIRED\n"
                 "211 UNIT_FAILED\n"
                 "231 UNIT_REPAIRED\n"
                 "321 UNIT_FAILED\n"
                 "341 UNIT_REPAIRED\n");
    assert_metric(&run, "repair_backlog", 11 / 360.);
    run_end(&run);
}

/* ---- spares -------------------------------------------------------------------- */

static void
a_spare_is_ordered_when_one_is_taken(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("parts.pump={stock=1; lead=60; mass=300;}",
                          "systems.pump={life=50; repair=0; part='pump';}", STAY));
    ASSERT_STORY(&run, UPKEEP,
                 "50 UNIT_FAILED\n"
                 "50 UNIT_REPAIRED\n"
                 "100 UNIT_FAILED\n"
                 "100 SPARE_AWAITED\n"
                 "110 SPARE_ARRIVES\n"
                 "110 UNIT_REPAIRED\n"
                 "160 SPARE_ARRIVES\n"
                 "160 UNIT_FAILED\n"
                 "160 UNIT_REPAIRED\n"
                 "210 UNIT_FAILED\n"
                 "210 SPARE_AWAITED\n"
                 "220 SPARE_ARRIVES\n"
                 "220 UNIT_REPAIRED\n"
                 "270 SPARE_ARRIVES\n"
                 "270 UNIT_FAILED\n"
                 "270 UNIT_REPAIRED\n"
                 "320 UNIT_FAILED\n"
                 "320 SPARE_AWAITED\n"
                 "330 SPARE_ARRIVES\n"
                 "330 UNIT_REPAIRED\n");
    run_end(&run);
}

#define SHIP(id, day) "flights." id "={vehicle='barge'; launch=@" day ";}"
#define PUMPS         "systems.pump={units=3; life=40; repair=0; part='pump';}"

static void
spares_ride_with_the_next_ship_that_is_launched_when_they_are_ready(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("parts.pump={stock=1; lead=20; vehicles=['barge'];}",
                          "systems.pump={life=40; repair=0; part='pump';}",
                          SHIP("Early", "59"), SHIP("Late", "61"), STAY));
    ASSERT_STORY(&run, UPKEEP,
                 "40 UNIT_FAILED\n"
                 "40 UNIT_REPAIRED\n"
                 "62 SPARES_UNLOADED Late\n"
                 "80 UNIT_FAILED\n"
                 "80 UNIT_REPAIRED\n"
                 "120 UNIT_FAILED\n"
                 "120 SPARE_AWAITED\n");
    assert_metric(&run, "spares_used.pump", 2);
    assert_metric(&run, "spare_waits.pump", 1);
    run_end(&run);
}

static void
a_ship_is_not_given_more_than_there_is_room_for(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("parts.pump={target=5; capacity=2; vehicles=['barge']; "
                          "mass=10;}",
                          "systems.pump={life=1000; part='pump';}", SHIP("A", "10"),
                          SHIP("B", "50"), STAY));
    ASSERT_STORY(&run, UPKEEP, "11 SPARES_UNLOADED A\n");
    assert_metric(&run, "spares_up_kg", 20);
    run_end(&run);
}

static void
what_is_lost_is_ordered_again(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("parts.pump={stock=1; target=3; vehicles=['barge'];}", PUMPS,
                          "launch_systems.bad={success=0;}",
                          "vehicles.wreck={role='cargo'; docking='latch'; stay=3; "
                          "launch_system='bad';}",
                          "parts.pump.vehicles=['barge','wreck']",
                          "flights.Lost={vehicle='wreck'; launch=@20;}",
                          SHIP("Good", "70"), STAY));
    ASSERT_STORY(&run, UPKEEP,
                 "20 SPARES_LOST Lost\n"
                 "40 UNIT_FAILED\n"
                 "40 UNIT_FAILED\n"
                 "40 SPARE_AWAITED\n"
                 "40 UNIT_FAILED\n"
                 "40 SPARE_AWAITED\n"
                 "40 UNIT_REPAIRED\n"
                 "71 SPARES_UNLOADED Good\n"
                 "71 UNIT_REPAIRED\n"
                 "71 UNIT_REPAIRED\n"
                 "80 UNIT_FAILED\n"
                 "80 UNIT_REPAIRED\n"
                 "111 UNIT_FAILED\n"
                 "111 UNIT_FAILED\n"
                 "111 UNIT_REPAIRED\n"
                 "111 UNIT_REPAIRED\n"
                 "120 UNIT_FAILED\n"
                 "120 SPARE_AWAITED\n"
                 "151 UNIT_FAILED\n"
                 "151 SPARE_AWAITED\n"
                 "151 UNIT_FAILED\n"
                 "151 SPARE_AWAITED\n");
    assert_metric(&run, "spares_lost", 2);
    run_end(&run);
}

/* ---- causes and effects -------------------------------------------------------- */

static void
one_cause_strikes_all_that_run(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={units=2; life={dist='weibull'; shape=50; "
                          "scale=300;}; beta_factor=1; repair='10 d';}",
                          STAY));
    assert_metric(&run, "unit_failures", 2);
    assert_metric(&run, "unit_repairs", 2);
    assert_metric(&run, "system_down.pump_d", 10);
    run_end(&run);
}

#define NO_AIR                                                                         \
    "failures.no_air={strikes='station'; effects=({effect='evacuate'; "                \
    "who='station';});}"

static void
an_outage_that_lasts_has_its_effect(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(NO_AIR, "systems.air={life=50; repair='15 d'; "
                                  "effects=({failure='no_air'; after=10;});}"));
    ASSERT_STORY(&run, UPKEEP " EARLY_RETURN UNDOCKED",
                 "50 UNIT_FAILED\n"
                 "60 FAILURE_OCCURS\n"
                 "60 EARLY_RETURN First\n"
                 "65 UNIT_REPAIRED\n"
                 "67 UNDOCKED First north\n"
                 "115 UNIT_FAILED\n"
                 "125 FAILURE_OCCURS\n");
    run_end(&run);
}

static void
an_outage_that_ends_in_time_has_none(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(NO_AIR, STAY,
                          "systems.air={life=50; repair='9 d'; "
                          "effects=({failure='no_air'; after=10;});}"));
    assert_metric(&run, "unit_repairs", 5);
    assert_metric(&run, "early_returns", 0);
    run_end(&run);
}

/* ---- tasks --------------------------------------------------------------------- */

static void
a_task_is_due_at_fixed_times_and_left_out_when_it_takes_too_long(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("tasks.walk={every=50; first=10; hours='60 d';}", STAY));
    ASSERT_STORY(&run, "TASK_DUE TASK_DONE",
                 "10 TASK_DUE\n"
                 "70 TASK_DONE\n"
                 "110 TASK_DUE\n"
                 "170 TASK_DONE\n"
                 "210 TASK_DUE\n"
                 "270 TASK_DONE\n"
                 "310 TASK_DUE\n");
    assert_metric(&run, "tasks_missed", 4);
    assert_metric(&run, "task_h", 3 * 60 * 24);
    run_end(&run);
}

static void
nothing_fails_in_a_replay(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.mode='replay'", "systems.pump={life=10;}",
                          "tasks.walk={every=1; hours=1;}",
                          "flights.First.as_flown.undock=@100"));
    ASSERT_STORY(&run, UPKEEP " TASK_DUE", "");
    assert_int_equal(iss_metric_find(run.model, "availability.pump"), -1);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_fails_and_is_repaired_again_and_again),
        cmocka_unit_test(a_system_is_down_with_fewer_units_than_it_needs),
        cmocka_unit_test(repairs_queue_for_people_by_priority_and_then_by_time),
        cmocka_unit_test(work_for_two_is_not_put_off_by_work_for_one),
        cmocka_unit_test(who_is_not_trained_or_skilled_does_not_repair),
        cmocka_unit_test(repairs_that_need_nobody_are_made_in_an_empty_station),
        cmocka_unit_test(who_leaves_drops_the_work_and_others_finish_it),
        cmocka_unit_test(a_spare_is_ordered_when_one_is_taken),
        cmocka_unit_test(
            spares_ride_with_the_next_ship_that_is_launched_when_they_are_ready),
        cmocka_unit_test(a_ship_is_not_given_more_than_there_is_room_for),
        cmocka_unit_test(what_is_lost_is_ordered_again),
        cmocka_unit_test(one_cause_strikes_all_that_run),
        cmocka_unit_test(an_outage_that_lasts_has_its_effect),
        cmocka_unit_test(an_outage_that_ends_in_time_has_none),
        cmocka_unit_test(
            a_task_is_due_at_fixed_times_and_left_out_when_it_takes_too_long),
        cmocka_unit_test(nothing_fails_in_a_replay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
