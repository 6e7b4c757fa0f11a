/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failures of all kinds of things, and all that can follow from them. */
#include <math.h>

#include "unit/replicate/run.h"

#define FORCED(id, day, more)                                                          \
    "events." id "={at=@" day "; what='failure'; failure='trouble'; " more "}"
#define TROUBLE(more) "failures.trouble={" more "}"

/* ---- ports and rockets --------------------------------------------------------- */

static void
a_blocked_port_is_passed_over_and_opens_again(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "PORT_BLOCKED PORT_OPENED DOCKED",
        "20 PORT_BLOCKED south\n"
        "26 DOCKED Other annex\n"
        "30 PORT_OPENED south\n"
        "41 DOCKED Later south\n",
        ((const char *[]){TROUBLE("strikes='port'; ports=['south']; "
                                  "effects=({effect='port_blocked'; duration=10;});"),
                          FORCED("e", "20", "port='south';"),
                          "flights.Other={vehicle='barge'; launch=@25; port='south';}",
                          "flights.Later={vehicle='barge'; launch=@40; port='south';}",
                          NULL}));
}

static void
a_vehicle_on_its_way_to_a_port_that_is_blocked_finds_another(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "PORT_BLOCKED LAUNCHED DOCKED",
        "20 LAUNCHED Other\n"
        "20.5 PORT_BLOCKED south\n"
        "21 DOCKED Other annex\n",
        ((const char *[]){TROUBLE("strikes='station'; effects=({effect='port_blocked'; "
                                  "port='south';});"),
                          FORCED("e", "20.5", ""),
                          "flights.Other={vehicle='barge'; launch=@20; port='south';}",
                          NULL}));
}

static void
a_launch_waits_for_a_grounded_rocket_and_for_the_longer_of_two_groundings(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='rocket'; effects=({effect="
                                                "'launch_grounded'; duration=30;});"),
                                        FORCED("e", "80", "launch_system='rocket';"),
                                        FORCED("f", "85", "launch_system='rocket';"),
                                        SECOND, NULL}));
    ASSERT_STORY(&run, "ROCKET_GROUNDED ROCKET_CLEARED LAUNCH_GROUNDED LAUNCHED",
                 "80 ROCKET_GROUNDED\n"
                 "85 ROCKET_GROUNDED\n"
                 "90 LAUNCH_GROUNDED Second\n"
                 "115 ROCKET_CLEARED\n"
                 "115 LAUNCHED Second\n");
    ASSERT_METRIC(&run, "grounded_d", 35);
    ASSERT_METRIC(&run, "failures", 2);
    run_end(&run);
}

static void
a_launch_waits_for_a_rocket_that_is_grounded_for_good_without_a_date(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='rocket'; effects=({effect="
                                                "'launch_grounded';});"),
                                        FORCED("e", "80", "launch_system='rocket';"),
                                        SECOND, NULL}));
    assert_true(isnan(run_value(&run, ISS_EVENT_ROCKET_GROUNDED)));
    assert_true(isnan(run_value(&run, ISS_EVENT_LAUNCH_GROUNDED)));
    run_end(&run);
}

static void
an_outage_that_the_record_began_goes_on_in_the_forecast(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='rocket'; effects=({effect="
                                                "'launch_grounded'; duration=100;});"),
                                        FORCED("e", "-5", "launch_system='rocket';"),
                                        SECOND, NULL}));
    ASSERT_STORY(&run, "ROCKET_GROUNDED ROCKET_CLEARED LAUNCHED",
                 "0 ROCKET_GROUNDED\n"
                 "95 ROCKET_CLEARED\n"
                 "95 LAUNCHED Second\n");
    ASSERT_METRIC(&run, "grounded_d", 95);
    run_end(&run);
}

/* ---- vehicles ------------------------------------------------------------------ */

static void
a_vehicle_lost_on_its_way_takes_its_crew_and_frees_its_port(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){
                          TROUBLE("vehicles=['capsule']; during='free_flight'; "
                                  "effects=({effect='vehicle_lost';});"),
                          FORCED("e", "90.5", "flight='Second';"), SECOND, TWO_PORTS,
                          "flights.Next={vehicle='barge'; launch=@90.2; }", NULL}));
    ASSERT_STORY(&run, "VEHICLE_LOST PERSON_LOST LAUNCH_HELD DOCKED UNDOCKED",
                 "90.2 LAUNCH_HELD Next\n"
                 "90.5 VEHICLE_LOST Second\n"
                 "90.5 PERSON_LOST Second chen\n"
                 "90.5 PERSON_LOST Second dana\n"
                 "91.5 DOCKED Next south\n"
                 "100 UNDOCKED First north\n"
                 "121.5 UNDOCKED Next south\n");
    ASSERT_METRIC(&run, "vehicles_lost", 1);
    ASSERT_METRIC(&run, "crew_lost", 2);
    run_end(&run);
}

static void
people_can_survive_the_loss_of_their_vehicle(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("vehicles=['capsule']; during='both'; "
                                                "effects=({effect='vehicle_lost'; "
                                                "survival=1;});"),
                                        FORCED("e", "90.5", "flight='Second';"), SECOND,
                                        NULL}));
    ASSERT_METRIC(&run, "crew_lost", 0);
    ASSERT_METRIC(&run, "vehicles_lost", 1);
    run_end(&run);
}

static void
a_docked_vehicle_that_is_lost_leaves_its_people_without_seats(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("vehicles=['capsule']; "
                                                "effects=({effect='vehicle_lost';});"),
                                        FORCED("e", "20", "flight='First';"),
                                        "policy.call_up=false", "policy.reassign=false",
                                        NULL}));
    ASSERT_METRIC(&run, "vehicles_lost", 0);
    ASSERT_METRIC(&run, "unsafe_at_end", 2);
    ASSERT_METRIC(&run, "emergency_seat_person_days", 0);
    run_end(&run);
}

static void
a_wreck_leaves_empty_when_its_time_has_come(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("vehicles=['capsule']; "
                                                "effects=({effect='vehicle_lost';});"),
                                        FORCED("e", "20", "flight='First';"),
                                        "policy.call_up=false", SECOND, NULL}));
    ASSERT_STORY(&run, "SEAT_MOVED DOCKED UNDOCKED LANDED",
                 "91 DOCKED Second south\n"
                 "91 SEAT_MOVED Second ada\n" /* the improvised place */
                 "96 UNDOCKED First north\n"
                 "97 LANDED First\n"
                 "200 UNDOCKED Second south\n"
                 "201 LANDED Second\n");
    run_end(&run);
}

static void
a_failure_forced_too_early_waits_for_its_vehicle(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED VEHICLE_UNSAFE",
                "90 LAUNCHED Second\n"
                "91 DOCKED Second south\n"
                "91 VEHICLE_UNSAFE Second\n",
                ((const char *[]){TROUBLE("vehicles=['capsule']; "
                                          "effects=({effect='vehicle_unsafe';});"),
                                  FORCED("e", "20", "flight='Second';"), SECOND,
                                  "policy.call_up=false", NULL}));
    ASSERT_TOLD(
        "LAUNCHED DOCKED VEHICLE_LOST",
        "90 LAUNCHED Second\n"
        "90 VEHICLE_LOST Second\n",
        ((const char *[]){TROUBLE("vehicles=['capsule']; during='free_flight'; "
                                  "effects=({effect='vehicle_lost';});"),
                          FORCED("e", "20", "flight='Second';"), SECOND, NULL}));
}

static void
a_forced_ascent_failure_comes_whenever_the_flight_is_launched(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){
                          "events.e={at=@10; what='ascent_failure'; flight='Second';}",
                          "vehicles.capsule.slip=7", SECOND, NULL}));
    ASSERT_STORY(&run, "LAUNCHED ASCENT_FAILED ROCKET_GROUNDED",
                 "97 LAUNCHED Second\n"
                 "97 ASCENT_FAILED Second\n"
                 "97 ROCKET_GROUNDED\n");
    ASSERT_METRIC(&run, "ascent_failures", 1);
    run_end(&run);
}

static void
damage_on_the_way_is_decided_on_after_docking(void **state)
{
    (void)state;
    ASSERT_TOLD("VEHICLE_UNSAFE FAILURE_ASSESSED LIFEBOAT_DECISION RESCUE_CALLED",
                "90.5 VEHICLE_UNSAFE Second\n"
                "90.5 FAILURE_ASSESSED Second\n"
                "96 LIFEBOAT_DECISION Second\n"
                "96 RESCUE_CALLED Third Second\n",
                ((const char *[]){TROUBLE("vehicles=['capsule']; during='both'; "
                                          "effects=({effect='vehicle_unsafe';});"),
                                  FORCED("e", "90.5", "flight='Second';"), SECOND,
                                  THIRD, NULL}));
}

/* ---- people and the station ---------------------------------------------------- */

static void
an_illness_sends_home_everyone_in_the_vehicle(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, ((const char *[]){TROUBLE("strikes='person'; detection=1; assessment=2; "
                                        "effects=({effect='evacuate';});"),
                                FORCED("e", "20", "person='ada';"), LAB, NULL}));
    ASSERT_STORY(&run,
                 "FAILURE_OCCURS FAILURE_DETECTED EVACUATION EARLY_RETURN UNDOCKED",
                 "20 FAILURE_OCCURS ada\n"
                 "21 FAILURE_DETECTED ada\n"
                 "23 EVACUATION First\n"
                 "23 EARLY_RETURN First\n"
                 "30 UNDOCKED First north\n"
                 "150 UNDOCKED Lab annex\n");
    ASSERT_METRIC(&run, "evacuations", 1);
    ASSERT_METRIC(&run, "returned_at_risk", 0);
    run_end(&run);
}

/* First's people can't leave in it, or only at a risk: either way they had to. */
static void
an_illness_without_a_sound_vehicle_is_counted(void **state)
{
    static const char *const seats[] = {"emergency", "none"};
    static const int evacuations[] = {1, 0};
    struct run run;

    (void)state;
    for (int i = 0; i < 2; i++) {
        char leak[160];
        snprintf(leak, sizeof leak,
                 "failures.leak={effects=({effect='vehicle_unsafe'; seats='%s';});}",
                 seats[i]);
        run_outpost(&run, ((const char *[]){
                              TROUBLE("strikes='person'; assessment=2; "
                                      "effects=({effect='evacuate';});"),
                              leak, FORCED("e", "20", "person='ada';"),
                              "events.l={at=@21; what='failure'; failure='leak'; "
                              "flight='First';}",
                              "policy.call_up=false", "policy.reassign=false", NULL}));
        ASSERT_METRIC(&run, "evacuations", evacuations[i]);
        ASSERT_METRIC(&run, "evacuations_unsafe", 1);
        run_end(&run);
    }
}

static void
an_illness_with_a_sound_vehicle_at_another_port_is_not(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, ((const char *[]){TROUBLE("strikes='person'; assessment=2; "
                                        "effects=({effect='evacuate';});"),
                                "failures.leak={effects=({effect='vehicle_unsafe';});}",
                                FORCED("e", "20", "person='ada';"),
                                "events.l={at=@21; what='failure'; failure='leak'; "
                                "flight='First';}",
                                "policy.reassign=false", LAB, NULL}));
    ASSERT_METRIC(&run, "evacuations_unsafe", 0);
    ASSERT_STORY(&run, "EVACUATION", "22 EVACUATION Lab\n"); /* a seat is free */
    run_end(&run);
}

static void
a_fire_empties_the_station(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='station'; "
                                                "effects=({effect='evacuate';});"),
                                        FORCED("e", "20", ""), LAB, NULL}));
    ASSERT_STORY(&run, "EVACUATION UNDOCKED",
                 "20 EVACUATION First\n"
                 "20 EVACUATION Lab\n"
                 "27 UNDOCKED First north\n"
                 "27 UNDOCKED Lab annex\n");
    ASSERT_METRIC(&run, "uncrewed_d", 333);
    run_end(&run);
}

static void
who_has_left_falls_ill_no_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){
                          TROUBLE("strikes='person'; life=60; effects=();"), NULL}));
    ASSERT_STORY(&run, "FAILURE_OCCURS", /* they leave on day 100 */
                 "60 FAILURE_OCCURS ada\n"
                 "60 FAILURE_OCCURS boris\n");
    run_end(&run);
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='person'; crew=['boris']; "
                                                "life=45; effects=();"),
                                        NULL}));
    ASSERT_STORY(&run, "FAILURE_OCCURS",
                 "45 FAILURE_OCCURS boris\n"
                 "90 FAILURE_OCCURS boris\n");
    run_end(&run);
}

static void
each_time_that_a_thing_fails_is_a_row(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, ((const char *[]){TROUBLE("strikes='station'; life=100; "
                                                "detection=3; effects=();"),
                                        NULL}));
    const struct iss_table *table = &run.outcome.tables[ISS_TABLE_failures];
    assert_int_equal(table->rows, 3);
    for (size_t row = 0; row < 3; row++) {
        int64_t at = DAYS(100) * (int64_t)(row + 1);
        assert_true(iss_at(&run.outcome, failures, occurs, time)[row] == at);
        assert_true(iss_at(&run.outcome, failures, detected, time)[row] ==
                    at + DAYS(3));
        assert_int_equal(iss_at(&run.outcome, failures, flight, id)[row], -1);
    }
    run_end(&run);
}

/* ---- how failures come about --------------------------------------------------- */

static void
a_common_cause_strikes_all_that_is_at_risk(void **state)
{
    (void)state;
    ASSERT_TOLD("COMMON_CAUSE FAILURE_OCCURS",
                "60 COMMON_CAUSE\n"
                "60 FAILURE_OCCURS First\n"
                "60 FAILURE_OCCURS Lab\n"
                "120 COMMON_CAUSE\n" /* both had it */
                "180 COMMON_CAUSE\n"
                "240 COMMON_CAUSE\n"
                "300 COMMON_CAUSE\n"
                "360 COMMON_CAUSE\n",
                ((const char *[]){TROUBLE("vehicles=['capsule']; life=60; "
                                          "beta_factor=1; effects=();"),
                                  LAB, NULL}));
}

static void
events_bring_failures_about(void **state)
{
    static const struct {
        const char *mode, *story;
    } cases[] = {
        {"per='docking'; vehicles=['barge']; probability=1;",
         "21 FAILURE_OCCURS Other\n"},
        {"per='launch'; during='free_flight'; vehicles=['barge']; probability=1;",
         "20 FAILURE_OCCURS Other\n"},
        {"per='docking'; strikes='port'; probability=1;", "21 FAILURE_OCCURS south\n"},
        {"per='undocking'; strikes='port'; probability=1;",
         "51 FAILURE_OCCURS south\n100 FAILURE_OCCURS north\n"},
        {"per='undocking'; strikes='station'; probability=1;",
         "51 FAILURE_OCCURS\n100 FAILURE_OCCURS\n"},
        {"per='docking'; strikes='station'; probability=0;", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char mode[256];
        snprintf(mode, sizeof mode, "failures.trouble={%s effects=();}", cases[i].mode);
        ASSERT_TOLD("FAILURE_OCCURS", cases[i].story,
                    ((const char *[]){mode,
                                      "flights.Other={vehicle='barge'; launch=@20; "
                                      "port='south';}",
                                      NULL}));
    }
}

static void
a_chain_runs_from_the_port_to_the_vehicle_docked_there(void **state)
{
    (void)state;
    ASSERT_TOLD("FAILURE_OCCURS VEHICLE_UNSAFE",
                "20 FAILURE_OCCURS annex\n"
                "22 FAILURE_OCCURS Lab\n"
                "22 VEHICLE_UNSAFE Lab\n",
                ((const char *[]){TROUBLE("strikes='port'; effects=({effect='chain'; "
                                          "failure='leak'; delay=2;});"),
                                  FORCED("e", "20", "port='annex';"), LAB, NULL}));
}

static void
a_chain_from_the_station_reaches_everything(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "FAILURE_OCCURS",
        "20 FAILURE_OCCURS\n"
        "20 FAILURE_OCCURS First\n"
        "20 FAILURE_OCCURS Lab\n",
        ((const char *[]){TROUBLE("strikes='station'; effects=({effect='chain'; "
                                  "failure='leak';});"),
                          FORCED("e", "20", ""), LAB, NULL}));
}

static void
an_impossible_chain_ends(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "FAILURE_OCCURS", "20 FAILURE_OCCURS\n",
        ((const char *[]){TROUBLE("strikes='station'; effects=({effect='chain'; "
                                  "failure='leak'; probability=0;});"),
                          FORCED("e", "20", ""), NULL}));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blocked_port_is_passed_over_and_opens_again),
        cmocka_unit_test(a_vehicle_on_its_way_to_a_port_that_is_blocked_finds_another),
        cmocka_unit_test(
            a_launch_waits_for_a_grounded_rocket_and_for_the_longer_of_two_groundings),
        cmocka_unit_test(
            a_launch_waits_for_a_rocket_that_is_grounded_for_good_without_a_date),
        cmocka_unit_test(an_outage_that_the_record_began_goes_on_in_the_forecast),
        cmocka_unit_test(a_vehicle_lost_on_its_way_takes_its_crew_and_frees_its_port),
        cmocka_unit_test(people_can_survive_the_loss_of_their_vehicle),
        cmocka_unit_test(a_docked_vehicle_that_is_lost_leaves_its_people_without_seats),
        cmocka_unit_test(a_wreck_leaves_empty_when_its_time_has_come),
        cmocka_unit_test(a_failure_forced_too_early_waits_for_its_vehicle),
        cmocka_unit_test(a_forced_ascent_failure_comes_whenever_the_flight_is_launched),
        cmocka_unit_test(damage_on_the_way_is_decided_on_after_docking),
        cmocka_unit_test(an_illness_sends_home_everyone_in_the_vehicle),
        cmocka_unit_test(an_illness_without_a_sound_vehicle_is_counted),
        cmocka_unit_test(an_illness_with_a_sound_vehicle_at_another_port_is_not),
        cmocka_unit_test(a_fire_empties_the_station),
        cmocka_unit_test(who_has_left_falls_ill_no_more),
        cmocka_unit_test(each_time_that_a_thing_fails_is_a_row),
        cmocka_unit_test(a_common_cause_strikes_all_that_is_at_risk),
        cmocka_unit_test(events_bring_failures_about),
        cmocka_unit_test(a_chain_runs_from_the_port_to_the_vehicle_docked_there),
        cmocka_unit_test(a_chain_from_the_station_reaches_everything),
        cmocka_unit_test(an_impossible_chain_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
