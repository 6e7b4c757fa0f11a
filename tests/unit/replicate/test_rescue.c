/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_rescue.c - First leaks on day 20, the finding comes on day 25, the decision on
 * day 30: a replacement is called up, and what if there is none.
 */
#include "unit/replicate/run.h"

#define RESCUE "RESCUE_CALLED CREW_TRANSFERRED SEAT_MOVED"
#define FOURTH                                                                         \
    "flights.Fourth={vehicle='capsule'; launch=@280; undock=@350; relieves='Third';}"

static void
a_leak_is_noticed_examined_and_decided_about(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "failures.leak.detection=2"));
    ASSERT_STORY(&run,
                 "FAILURE_OCCURS VEHICLE_UNSAFE FAILURE_DETECTED FAILURE_ASSESSED "
                 "LIFEBOAT_DECISION RESCUE_CALLED",
                 "20 FAILURE_OCCURS First\n"
                 "20 VEHICLE_UNSAFE First\n"
                 "22 FAILURE_DETECTED First\n"
                 "27 FAILURE_ASSESSED First\n"
                 "32 LIFEBOAT_DECISION First\n"
                 "32 RESCUE_CALLED capsule-r1 First\n");
    assert_true(run_value(&run, ISS_EVENT_VEHICLE_UNSAFE) == 2);
    assert_true(run_value(&run, ISS_EVENT_RESCUE_CALLED) == 30);
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * (63 - 20));
    ASSERT_METRIC(&run, "rescue_launch_d", 62 - 20);
    run_end(&run);
}

/* Second flies early and empty, its crew takes Third, Third's crew has no vehicle.
 * Chen and Dana still relieve Ada and Boris, who are in Second now. */
static void
the_line_of_crews_moves_along_and_so_do_their_reliefs(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, SECOND, THIRD));
    ASSERT_STORY(&run, VOYAGES " " RESCUE " HANDOVER_BEGINS",
                 "30 RESCUE_CALLED Second First\n"
                 "30 CREW_TRANSFERRED Second Third\n"
                 "30 CREW_TRANSFERRED Third\n"
                 "60 LAUNCHED Second\n"
                 "61 DOCKED Second south\n"
                 "61 SEAT_MOVED Second ada\n"
                 "61 SEAT_MOVED Second boris\n"
                 "71 UNDOCKED First north\n"
                 "72 LANDED First\n"
                 "190 LAUNCHED Third\n"
                 "191 DOCKED Third north\n"
                 "191 HANDOVER_BEGINS Third Second\n"
                 "196 UNDOCKED Second south\n"
                 "197 LANDED Second\n"
                 "300 UNDOCKED Third north\n"
                 "301 LANDED Third\n");
    ASSERT_METRIC(&run, "longest_stay_d", 197 + 50);
    ASSERT_METRIC(&run, "rescues_called", 1);
    ASSERT_METRIC(&run, "returned_at_risk", 0);
    ASSERT_METRIC(&run, "crew_max", 4);
    run_end(&run);
}

/* Three crews in line: Eve relieves Chen and Dana whatever they fly in, and Finn, who
 * should have relieved Eve, has no vehicle. */
static void
reliefs_shift_all_along_the_line(void **state)
{
    (void)state;
    ASSERT_TOLD("CREW_TRANSFERRED LAUNCHED UNDOCKED",
                "30 CREW_TRANSFERRED Second Third\n"
                "30 CREW_TRANSFERRED Third Fourth\n"
                "30 CREW_TRANSFERRED Fourth\n"
                "60 LAUNCHED Second\n"
                "71 UNDOCKED First north\n"
                "190 LAUNCHED Third\n"
                "196 UNDOCKED Second south\n"
                "280 LAUNCHED Fourth\n"
                "286 UNDOCKED Third north\n"
                "350 UNDOCKED Fourth south\n",
                SET(LEAK, SECOND, THIRD, "flights.Third.crew=['eve']", FOURTH,
                    "flights.Fourth.crew=['finn']"));
}

static void
a_crew_that_gave_up_its_vehicle_may_fly_as_soon_as_the_next_is_ready(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED UNDOCKED",
                "60 LAUNCHED Second\n"
                "71 UNDOCKED First north\n"
                "120 LAUNCHED Third\n"
                "126 UNDOCKED Second south\n"
                "230 UNDOCKED Third north\n",
                SET(LEAK, SECOND, THIRD, "policy.shifted_launch='ready'",
                    "lines.yard={ready=[@10,@120];}", "vehicles.capsule.line='yard'"));
}

static void
a_flight_that_is_nearly_due_flies_when_it_was_due(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, SECOND, "flights.Second.launch=@45"));
    ASSERT_STORY(&run, "LAUNCHED", "45 LAUNCHED Second\n");
    assert_true(run_value(&run, ISS_EVENT_RESCUE_CALLED) == 15);
    run_end(&run);
}

static void
a_replacement_waits_for_its_vehicle(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "LAUNCHED", "80 LAUNCHED Second\n",
        SET(LEAK, SECOND, "lines.yard={ready=[@80];}", "vehicles.capsule.line='yard'"));
}

static void
visits_and_other_types_are_not_called_up(void **state)
{
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED", "30 RESCUE_CALLED Third First\n",
                SET(LEAK,
                    "flights.Third={vehicle='capsule'; launch=@190; crew=['eve'];}",
                    "flights.Barge={vehicle='barge'; launch=@50;}",
                    "flights.Visit={vehicle='capsule'; launch=@70; undock=@75; "
                    "crew=['chen']; visiting=true;}"));
}

static void
a_launch_held_for_a_port_can_be_called_up(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TWO_PORTS, BARGE, LEAK,
                          "flights.B={vehicle='capsule'; launch=@15; undock=@200; "
                          "crew=['chen'];}"));
    ASSERT_STORY(&run, "LAUNCH_HELD RESCUE_CALLED LAUNCHED DOCKED UNDOCKED",
                 "15 LAUNCH_HELD B\n"
                 "30 RESCUE_CALLED B First\n"
                 "120 UNDOCKED Barge south\n"
                 "120 LAUNCHED B\n"
                 "121 DOCKED B south\n"
                 "126 UNDOCKED B south\n"
                 "131 UNDOCKED First north\n");
    assert_true(run_value(&run, ISS_EVENT_RESCUE_CALLED) == 0);
    run_end(&run);
}

/* ---- a second rescue ----------------------------------------------------------- */

/* The first replication in which the first ascents end as `failures` says: "10" is a
 * failure and then a success. */
static void
run_ascents(struct run *run, const char *const *sets, const char *failures)
{
    for (uint64_t i = 0; i < 200; i++) {
        size_t at = 0, failed = 0;
        run_model(run, outpost_model(sets), i);
        char *story = run_story(run, "LAUNCHED ASCENT_FAILED"), *line = story;
        while (at < strlen(failures) && (line = strstr(line, " LAUNCHED ")) != NULL) {
            line = strchr(line, '\n') + 1;
            bool fails = strstr(line, "ASCENT_FAILED") == line + strcspn(line, " ") + 1;
            failed += fails == (failures[at++] == '1');
        }
        free(story);
        if (failed == strlen(failures)) {
            return;
        }
        run_end(run);
    }
    fail_msg("no replication has the ascents %s", failures);
}

static void
another_replacement_is_called_when_the_first_fails(void **state)
{
    struct run run;

    (void)state;
    run_ascents(&run,
                SET(LEAK, SECOND, THIRD, FOURTH, "launch_systems.rocket.success=0.5"),
                "100");
    ASSERT_STORY(&run,
                 VOYAGES " RESCUE_CALLED ASCENT_FAILED LIFEBOAT_DECISION "
                         "LAUNCH_GROUNDED CREW_TRANSFERRED",
                 "30 LIFEBOAT_DECISION First\n"
                 "30 RESCUE_CALLED Second First\n"
                 "30 CREW_TRANSFERRED Second Third\n"
                 "30 CREW_TRANSFERRED Third Fourth\n"
                 "60 LAUNCHED Second\n"
                 "60 ASCENT_FAILED Second\n"
                 "65 LIFEBOAT_DECISION First\n"
                 "65 RESCUE_CALLED Third First\n"
                 "65 CREW_TRANSFERRED Third Fourth\n"
                 "65 CREW_TRANSFERRED Fourth\n"
                 "95 LAUNCH_GROUNDED Third\n"
                 "100 LAUNCHED Third\n"
                 "101 DOCKED Third south\n"
                 "111 UNDOCKED First north\n"
                 "112 LANDED First\n"
                 "280 LAUNCHED Fourth\n"
                 "281 DOCKED Fourth north\n"
                 "286 UNDOCKED Third south\n" /* relieved by Chen and Dana at last */
                 "287 LANDED Third\n"
                 "350 UNDOCKED Fourth north\n"
                 "351 LANDED Fourth\n");
    ASSERT_METRIC(&run, "rescues_called", 2);
    run_end(&run);
}

/* The line has one vehicle left, Second's.  When that is lost, Ada and Boris wait for
 * nobody any more and go home in First when its life ends. */
static void
a_crew_whose_only_replacement_fails_goes_home_at_risk(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, SECOND, "launch_systems.rocket.success=0",
                          "lines.yard={ready=[@1];}", "vehicles.capsule.line='yard'",
                          "vehicles.capsule.certified_life=200"));
    ASSERT_STORY(&run, "RESCUE_CALLED ASCENT_FAILED LIFEBOAT_DECISION UNDOCKED",
                 "30 LIFEBOAT_DECISION First\n"
                 "30 RESCUE_CALLED Second First\n"
                 "60 ASCENT_FAILED Second\n"
                 "65 LIFEBOAT_DECISION First\n"
                 "150 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "returned_at_risk", 2);
    run_end(&run);
}

static void
a_replacement_that_cant_dock_is_replaced(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "vehicles.capsule.docking_success=0",
                          "vehicles.capsule.free_flight_life=1",
                          "scenario.max_generated=5", "scenario.end=@100"));
    ASSERT_STORY(&run, "RESCUE_CALLED LAUNCHED DOCKING_ABANDONED",
                 "30 RESCUE_CALLED capsule-r1 First\n"
                 "60 LAUNCHED capsule-r1\n"
                 "61 DOCKING_ABANDONED capsule-r1\n"
                 "66 RESCUE_CALLED capsule-r2 First\n"
                 "96 LAUNCHED capsule-r2\n"
                 "97 DOCKING_ABANDONED capsule-r2\n");
    run_end(&run);
}

/* Each call is a draw of its own. */
static void
the_lead_of_each_call_is_drawn_anew(void **state)
{
    struct run run;
    double waits[2] = {0, 0};
    int calls = 0;

    (void)state;
    run_outpost(&run, SET(LEAK, "vehicles.capsule.docking_success=0",
                          "vehicles.capsule.free_flight_life=1",
                          "vehicles.capsule.call_up_lead={dist='uniform'; min=20; "
                          "max=40;}",
                          "scenario.end=@95"));
    struct iss_outcome *o = &run.outcome;
    for (size_t row = 0; row < o->tables[ISS_TABLE_events].rows; row++) {
        if (iss_at(o, events, type, code)[row] == ISS_EVENT_RESCUE_CALLED &&
            calls < 2) {
            waits[calls++] = iss_at(o, events, value, real)[row];
        }
    }
    assert_int_equal(calls, 2);
    assert_true(waits[0] >= 20 && waits[0] <= 40 && waits[1] >= 20 && waits[1] <= 40);
    assert_true(waits[0] != waits[1]);
    run_end(&run);
}

/* ---- no plan ------------------------------------------------------------------- */

static void
a_vehicle_off_the_line_is_flown_when_no_plan_is_left(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK));
    ASSERT_STORY(&run, VOYAGES " " RESCUE,
                 "30 RESCUE_CALLED capsule-r1 First\n"
                 "60 LAUNCHED capsule-r1\n"
                 "61 DOCKED capsule-r1 south\n"
                 "61 SEAT_MOVED capsule-r1 ada\n"
                 "61 SEAT_MOVED capsule-r1 boris\n"
                 "71 UNDOCKED First north\n"
                 "72 LANDED First\n"
                 "100 UNDOCKED capsule-r1 south\n" /* First's date */
                 "101 LANDED capsule-r1\n");
    run_end(&run);
}

/* The only vehicle is a visit's. */
#define LAST_ONE                                                                       \
    "lines.yard={ready=[@10];}", "vehicles.capsule.line='yard'",                       \
        "flights.Visit={vehicle='capsule'; launch=@15; undock=@18; crew=['finn']; "    \
        "visiting=true;}"

static void
nothing_is_called_up_when_the_line_is_empty(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, LAST_ONE));
    ASSERT_STORY(&run, "RESCUE_CALLED LIFEBOAT_DECISION UNDOCKED",
                 "18 UNDOCKED Visit south\n"
                 "30 LIFEBOAT_DECISION First\n"
                 "100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "returned_at_risk", 2);
    run_end(&run);
}

/* Second is in the plan, but the line has no vehicle for it: it's no replacement. */
static void
a_flight_without_a_vehicle_is_no_replacement(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LEAK, LAST_ONE, SECOND, "vehicles.capsule.certified_life=200"));
    ASSERT_STORY(&run, "RESCUE_CALLED UNDOCKED",
                 "18 UNDOCKED Visit south\n"
                 "150 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "returned_at_risk", 2);
    run_end(&run);
}

static void
there_is_no_call_up_without_a_lead_time_or_against_the_policy(void **state)
{
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED UNDOCKED", "100 UNDOCKED First north\n",
                SET(LEAK, "policy.call_up=false"));
    ASSERT_TOLD("RESCUE_CALLED UNDOCKED", "100 UNDOCKED First north\n",
                SET(LEAK, "vehicles.pod={role='crew'; seats=2; docking='latch';}",
                    "flights.First.vehicle='pod'", "failures.leak.vehicles=['pod']"));
}

static void
room_for_generated_flights_is_limited(void **state)
{
    struct iss_model *model = outpost_model(SET(LEAK, "scenario.max_generated=0"));
    struct iss_worker *worker = NULL;
    double metrics[256];
    struct iss_row row = {.metrics = metrics};

    (void)state;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    assert_int_equal(iss_worker_run(worker, 1, 0, NULL, &row), ISS_ERR_CAPACITY);
    assert_int_equal(row.status, ISS_ERR_CAPACITY);
    iss_worker_free(worker);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leak_is_noticed_examined_and_decided_about),
        cmocka_unit_test(the_line_of_crews_moves_along_and_so_do_their_reliefs),
        cmocka_unit_test(reliefs_shift_all_along_the_line),
        cmocka_unit_test(
            a_crew_that_gave_up_its_vehicle_may_fly_as_soon_as_the_next_is_ready),
        cmocka_unit_test(a_flight_that_is_nearly_due_flies_when_it_was_due),
        cmocka_unit_test(a_replacement_waits_for_its_vehicle),
        cmocka_unit_test(visits_and_other_types_are_not_called_up),
        cmocka_unit_test(a_launch_held_for_a_port_can_be_called_up),
        cmocka_unit_test(another_replacement_is_called_when_the_first_fails),
        cmocka_unit_test(a_crew_whose_only_replacement_fails_goes_home_at_risk),
        cmocka_unit_test(a_replacement_that_cant_dock_is_replaced),
        cmocka_unit_test(the_lead_of_each_call_is_drawn_anew),
        cmocka_unit_test(a_vehicle_off_the_line_is_flown_when_no_plan_is_left),
        cmocka_unit_test(nothing_is_called_up_when_the_line_is_empty),
        cmocka_unit_test(a_flight_without_a_vehicle_is_no_replacement),
        cmocka_unit_test(there_is_no_call_up_without_a_lead_time_or_against_the_policy),
        cmocka_unit_test(room_for_generated_flights_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
