/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch.c - launches wait for ports, rockets and vehicles, and fail.
 */
#include "unit/replicate/run.h"

static void
a_launch_is_held_until_a_port_is_left(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TWO_PORTS, BARGE,
                          "flights.B={vehicle='capsule'; launch=@90; undock=@200; "
                          "crew=['chen'];}"));
    ASSERT_STORY(&run, "LAUNCH_HELD LAUNCHED DOCKED UNDOCKED",
                 "90 LAUNCH_HELD B\n"
                 "100 UNDOCKED First north\n"
                 "100 LAUNCHED B\n"
                 "101 DOCKED B north\n"
                 "120 UNDOCKED Barge south\n"
                 "210 UNDOCKED B north\n"); /* keeps its planned 110 days */
    ASSERT_METRIC(&run, "port_wait_d", 10);
    ASSERT_METRIC(&run, "slip_mean_d", 10);
    run_end(&run);
}

static void
a_port_is_kept_for_a_flight_from_its_launch_on(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_HELD LAUNCHED DOCKED",
                "40 LAUNCHED A\n"
                "40.5 LAUNCH_HELD B\n"
                "41 DOCKED A south\n"
                "61 LAUNCHED B\n"
                "62 DOCKED B south\n",
                SET(TWO_PORTS, "vehicles.barge.stay=20",
                    "flights.A={vehicle='barge'; launch=@40;}",
                    "flights.B={vehicle='barge'; launch=@40.5;}"));
}

static void
the_longest_due_of_the_held_launches_goes_first(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "100 LAUNCHED B\n"
                "120 LAUNCHED A\n",
                SET(TWO_PORTS, BARGE,
                    "flights.A={vehicle='capsule'; launch=@91; crew=['chen'];}",
                    "flights.B={vehicle='capsule'; launch=@90; crew=['dana'];}"));
}

static void
a_held_rescue_goes_before_launches_that_have_waited_longer(void **state)
{
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED LAUNCH_HELD LAUNCHED UNDOCKED",
                "30 RESCUE_CALLED capsule-r1 First\n"
                "50 LAUNCH_HELD Visit\n"
                "60 LAUNCH_HELD capsule-r1\n"
                "120 UNDOCKED Barge south\n"
                "120 LAUNCHED capsule-r1\n"
                "126 UNDOCKED capsule-r1 south\n" /* after the handover's time */
                "126 LAUNCHED Visit\n"
                "131 UNDOCKED First north\n"
                "136 UNDOCKED Visit south\n",
                SET(TWO_PORTS, BARGE, LEAK,
                    "flights.Visit={vehicle='capsule'; launch=@50; undock=@60; "
                    "crew=['chen']; visiting=true;}"));
}

static void
a_failed_ascent_grounds_the_rocket_for_the_stand_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("launch_systems.rocket.success=0", SECOND,
                          "flights.B={vehicle='capsule'; launch=@100; crew=['eve'];}",
                          "flights.C={vehicle='capsule'; launch=@130; crew=['finn'];}",
                          "flights.Barge={vehicle='barge'; launch=@110;}"));
    ASSERT_STORY(&run, "LAUNCHED LAUNCH_GROUNDED ASCENT_FAILED DOCKED",
                 "90 LAUNCHED Second\n"
                 "90 ASCENT_FAILED Second\n"
                 "100 LAUNCH_GROUNDED B\n"
                 "110 LAUNCHED Barge\n" /* on another rocket */
                 "111 DOCKED Barge north\n"
                 "130 LAUNCHED B\n" /* due before C */
                 "130 ASCENT_FAILED B\n"
                 "130 LAUNCH_GROUNDED C\n"
                 "170 LAUNCHED C\n"
                 "170 ASCENT_FAILED C\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_GROUNDED) == 30);
    ASSERT_METRIC(&run, "ascent_failures", 3);
    run_end(&run);
}

static void
a_crew_survives_its_abort_or_dies(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("launch_systems.rocket.success=0", SECOND));
    assert_true(run_value(&run, ISS_EVENT_ASCENT_FAILED) == 2);
    ASSERT_METRIC(&run, "crew_lost", 0);
    ASSERT_STORY(&run, "PERSON_LOST", "");
    run_end(&run);
    run_outpost(&run, SET("launch_systems.rocket.success=0", SECOND,
                          "vehicles.capsule.abort_survival=0"));
    ASSERT_STORY(&run, "PERSON_LOST",
                 "90 PERSON_LOST Second chen\n"
                 "90 PERSON_LOST Second dana\n");
    ASSERT_METRIC(&run, "crew_lost", 2);
    run_end(&run);
}

/* The port that was kept for a flight that is lost goes to the next. */
static void
a_failed_ascent_gives_its_port_up(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED ASCENT_FAILED LAUNCH_HELD DOCKED",
                "40 LAUNCHED A\n"
                "40 ASCENT_FAILED A\n"
                "41 LAUNCHED B\n"
                "42 DOCKED B south\n",
                SET(TWO_PORTS, "launch_systems.rocket.success=0",
                    "flights.A={vehicle='capsule'; launch=@40; crew=['chen'];}",
                    "flights.B={vehicle='barge'; launch=@41;}"));
}

static void
slips_add_to_the_plan_and_vehicles_come_when_they_are_ready(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "17 LAUNCHED A\n"
                "50 LAUNCHED B\n"
                "67 LAUNCHED C\n",
                SET("lines.yard={ready=[@5,@50]; interval=9;}",
                    "vehicles.barge.line='yard'", "vehicles.barge.slip=7",
                    "vehicles.barge.stay=1", "flights.A={vehicle='barge'; launch=@10;}",
                    "flights.B={vehicle='barge'; launch=@20;}",
                    "flights.C={vehicle='barge'; launch=@60;}"));
}

static void
without_a_vehicle_there_is_no_launch(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED", "10 LAUNCHED A\n",
                SET("lines.yard={ready=[@5];}", "vehicles.barge.line='yard'",
                    "flights.A={vehicle='barge'; launch=@10;}",
                    "flights.B={vehicle='barge'; launch=@20;}"));
}

/* What the record launches after the start uses vehicles up, what it launched before
 * doesn't. */
static void
recorded_launches_consume_the_line(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "5 LAUNCHED A\n"
                "40 LAUNCHED B\n",
                SET("scenario.forecast_from=@15", "lines.yard={ready=[@1,@40];}",
                    "vehicles.barge.line='yard'",
                    "flights.Old={vehicle='barge'; port='south'; "
                    "as_flown={launch=@-100; dock=@-99; undock=@-9; land=@-8;};}",
                    "flights.A={vehicle='barge'; port='south'; as_flown={launch=@5; "
                    "dock=@6; undock=@9; land=@9;};}",
                    "flights.B={vehicle='barge'; launch=@20;}",
                    "flights.C={vehicle='barge'; launch=@21;}"));
}

static void
a_launch_that_the_record_missed_is_planned_for_the_forecasts_first_day(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "LAUNCHED", "30 LAUNCHED A\n",
        SET("scenario.forecast_from=@30", "flights.A={vehicle='barge'; launch=@10;}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_is_held_until_a_port_is_left),
        cmocka_unit_test(a_port_is_kept_for_a_flight_from_its_launch_on),
        cmocka_unit_test(the_longest_due_of_the_held_launches_goes_first),
        cmocka_unit_test(a_held_rescue_goes_before_launches_that_have_waited_longer),
        cmocka_unit_test(a_failed_ascent_grounds_the_rocket_for_the_stand_down),
        cmocka_unit_test(a_crew_survives_its_abort_or_dies),
        cmocka_unit_test(a_failed_ascent_gives_its_port_up),
        cmocka_unit_test(slips_add_to_the_plan_and_vehicles_come_when_they_are_ready),
        cmocka_unit_test(without_a_vehicle_there_is_no_launch),
        cmocka_unit_test(recorded_launches_consume_the_line),
        cmocka_unit_test(
            a_launch_that_the_record_missed_is_planned_for_the_forecasts_first_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
