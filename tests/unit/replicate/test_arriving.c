/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_arriving.c - profiles of the rendezvous, docking by hand, and what an arriving
 * ship waits for: a port, or somebody who can capture it.
 */
#include "unit/replicate/run.h"

#define STEPS "LAUNCHED DOCKED DOCKING_MANUAL DOCKING_FAILED DOCKING_ABANDONED DISPOSED"
#define HOLDS                                                                          \
    "DOCKING_HELD CAPTURE_HELD LAUNCHED DOCKED UNDOCKED DOCKING_ABANDONED PORT_OPENED"
#define B10 "flights.B={vehicle='barge'; launch=@10;}"

/* ---- profiles ------------------------------------------------------------------ */

#define PROFILES(first, second)                                                        \
    "vehicles.barge.profiles=({name='slow'; share=1; rendezvous=48; " first            \
    "},{name='fast'; share=1; rendezvous=6; " second "})"

static void
assert_profile(const char *expected, const char *const *sets)
{
    struct run run;

    run_outpost(&run, sets);
    int32_t flight = outpost_flight(run.model, "B");
    assert_string_equal(iss_at(&run.outcome, flights, profile, text)[flight], expected);
    run_end(&run);
}

static void
a_launch_flies_a_profile_of_its_day(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED", "10 LAUNCHED B\n12 DOCKED B south\n",
                SET(B10, PROFILES("until=@10.5;", "from=@10.5;")));
    ASSERT_TOLD("LAUNCHED DOCKED", "10 LAUNCHED B\n10.25 DOCKED B south\n",
                SET(B10, PROFILES("until=@10;", "from=@10;")));
    assert_profile("slow", SET(B10, PROFILES("until=@10.5;", "from=@10.5;")));
    assert_profile("fast", SET(B10, PROFILES("until=@10;", "from=@10;")));
}

static void
on_a_day_without_a_profile_rendezvous_holds(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED", "10 LAUNCHED B\n11 DOCKED B south\n",
                SET(B10, PROFILES("until=@9;", "from=@11;")));
    assert_profile("", SET(B10, PROFILES("until=@9;", "from=@11;")));
    assert_profile("", SET(B10));
}

/* The docking of the record is when it was; a ship that the record leaves in free
 * flight goes on by a profile of the day of its launch. */
static void
the_record_has_no_profile_until_it_ends(void **state)
{
    (void)state;
    assert_profile("", SET("flights.B={vehicle='barge'; as_flown={launch=@-5; "
                           "dock=@-4; port='south';};}",
                           PROFILES("", "from=@100;")));
    assert_profile("slow", SET("flights.B={vehicle='barge'; as_flown={launch=@-0.5;};}",
                               PROFILES("", "from=@0;")));
}

/* ---- by hand ------------------------------------------------------------------- */

static void
somebody_aboard_docks_a_ship_by_hand(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, SET(B10, "vehicles.barge.manual=1", "vehicles.barge.docking_success=0"));
    ASSERT_STORY(&run, STEPS,
                 "10 LAUNCHED B\n11 DOCKING_MANUAL B\n11 DOCKED B south\n"
                 "42 DISPOSED B\n");
    assert_int_equal(run_value(&run, ISS_EVENT_DOCKING_MANUAL), 2);
    ASSERT_METRIC(&run, "manual_dockings", 1);
    ASSERT_METRIC(&run, "docking_failures", 0);
    ASSERT_METRIC(&run, "loiter_d", 0);
    run_end(&run);
}

static void
an_attempt_by_hand_may_fail_and_is_made_again(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(B10, "vehicles.barge.manual=1", "vehicles.barge.manual_success=0",
                    "vehicles.barge.free_flight_life='4 d'"));
    ASSERT_STORY(&run, STEPS,
                 "10 LAUNCHED B\n11 DOCKING_MANUAL B\n11 DOCKING_FAILED B\n"
                 "13 DOCKING_MANUAL B\n13 DOCKING_ABANDONED B\n14 DISPOSED B\n");
    ASSERT_METRIC(&run, "manual_dockings", 2);
    ASSERT_METRIC(&run, "loiter_d", 2);
    run_end(&run);
}

/* First is gone by day 5: nobody is aboard.  A crew that comes docks its own ship. */
static void
an_empty_station_docks_nothing_by_hand(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(B10, "flights.First.undock=@5", "vehicles.barge.manual=1",
                          "vehicles.barge.free_flight_life='2 d'"));
    ASSERT_STORY(&run, STEPS,
                 "10 LAUNCHED B\n11 DOCKING_MANUAL B\n11 DOCKING_ABANDONED B\n"
                 "12 DISPOSED B\n");
    assert_int_equal(run_value(&run, ISS_EVENT_DOCKING_MANUAL), 0);
    run_end(&run);
    run_outpost(&run, SET("flights.First.undock=@5", "vehicles.capsule.manual=1",
                          "flights.C={vehicle='capsule'; launch=@10; crew=['chen'];}"));
    ASSERT_STORY(&run, STEPS,
                 "10 LAUNCHED C\n11 DOCKING_MANUAL C\n11 DOCKED C north\n");
    assert_int_equal(run_value(&run, ISS_EVENT_DOCKING_MANUAL), 1);
    run_end(&run);
}

/* ---- a port -------------------------------------------------------------------- */

/* The only port of barges is hit on day 10.5, while B is on its way. */
#define JAM(duration)                                                                  \
    B10, "vehicles.barge.ports=['south']",                                             \
        "failures.jam={strikes='port'; ports=['south']; "                              \
        "effects=({effect='port_blocked'; duration=" duration ";});}",                 \
        "events.jam={at=@10.5; what='failure'; failure='jam'; port='south';}"

static void
a_ship_whose_port_is_blocked_waits_until_it_opens(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(JAM("4"), "vehicles.barge.free_flight_life='5 d'"));
    ASSERT_STORY(&run, HOLDS,
                 "10 LAUNCHED B\n11 DOCKING_HELD B\n14.5 PORT_OPENED south\n"
                 "14.5 DOCKED B south\n44.5 UNDOCKED B south\n"
                 "100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "loiter_d", 3.5);
    ASSERT_METRIC(&run, "docking_failures", 0);
    ASSERT_METRIC(&run, "port_wait_d", 0);
    run_end(&run);
}

static void
it_gives_up_at_the_end_of_its_free_flight_life(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(JAM("4"), "vehicles.barge.free_flight_life='3 d'"));
    ASSERT_STORY(&run, HOLDS,
                 "10 LAUNCHED B\n11 DOCKING_HELD B\n13 DOCKING_ABANDONED B\n"
                 "14.5 PORT_OPENED south\n100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "loiter_d", 2);
    run_end(&run);
    /* for ever without one */
    run_outpost(&run, SET(JAM("1000")));
    ASSERT_STORY(&run, HOLDS,
                 "10 LAUNCHED B\n11 DOCKING_HELD B\n100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "loiter_d", 349);
    run_end(&run);
}

/* South, its only port, ceases to be on the way; another of its type has north's.  Who
 * is in free flight gets the next port before a launch. */
static void
who_is_in_free_flight_goes_before_a_launch(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS " LAUNCH_HELD",
                "10 LAUNCHED B\n11 DOCKING_HELD B\n20 LAUNCH_HELD C\n"
                "100 UNDOCKED First north\n100 DOCKED B north\n"
                "130 UNDOCKED B north\n130 LAUNCHED C\n131 DOCKED C north\n"
                "161 UNDOCKED C north\n",
                SET(B10, "flights.C={vehicle='barge'; launch=@20;}",
                    "vehicles.barge.ports=['south','north']",
                    "ports.south.until=@10.5"));
}

/* ---- somebody who can capture it ----------------------------------------------- */

#define ARM B10, "vehicles.barge.captured_by='arm'"

static void
a_ship_is_captured_by_who_can(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS,
                "10 LAUNCHED B\n11 DOCKED B south\n41 UNDOCKED B south\n"
                "100 UNDOCKED First north\n",
                SET(ARM, "crew.boris.skills=['other','arm']"));
}

static void
a_ship_waits_for_somebody_who_can_capture_it(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ARM, "crew.chen.skills=['arm']",
                          "flights.Visit={vehicle='capsule'; launch=@14; undock=@30; "
                          "crew=['chen']; visiting=true;}"));
    ASSERT_STORY(&run, HOLDS,
                 "10 LAUNCHED B\n11 CAPTURE_HELD B\n14 LAUNCHED Visit\n"
                 "15 DOCKED Visit annex\n15 DOCKED B south\n"
                 "30 UNDOCKED Visit annex\n45 UNDOCKED B south\n"
                 "100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "loiter_d", 4);
    run_end(&run);
}

static void
it_gives_up_when_nobody_comes_in_time(void **state)
{
    (void)state;
    ASSERT_TOLD(
        HOLDS,
        "10 LAUNCHED B\n11 CAPTURE_HELD B\n14 DOCKING_ABANDONED B\n"
        "100 UNDOCKED First north\n",
        SET(ARM, "crew.chen.skills=['arm']", "vehicles.barge.free_flight_life='4 d'"));
}

/* Nobody here can capture anything, and yet the record's barge was berthed. */
static void
a_berthing_of_the_record_is_taken_at_its_word(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS, "10 LAUNCHED B\n11 DOCKED B south\n20 UNDOCKED B south\n",
                SET("vehicles.barge.captured_by='arm'", "scenario.mode=replay",
                    "flights.B={vehicle='barge'; port='south'; as_flown={launch=@10; "
                    "dock=@11; undock=@20;};}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_flies_a_profile_of_its_day),
        cmocka_unit_test(on_a_day_without_a_profile_rendezvous_holds),
        cmocka_unit_test(the_record_has_no_profile_until_it_ends),
        cmocka_unit_test(somebody_aboard_docks_a_ship_by_hand),
        cmocka_unit_test(an_attempt_by_hand_may_fail_and_is_made_again),
        cmocka_unit_test(an_empty_station_docks_nothing_by_hand),
        cmocka_unit_test(a_ship_whose_port_is_blocked_waits_until_it_opens),
        cmocka_unit_test(it_gives_up_at_the_end_of_its_free_flight_life),
        cmocka_unit_test(who_is_in_free_flight_goes_before_a_launch),
        cmocka_unit_test(a_ship_is_captured_by_who_can),
        cmocka_unit_test(a_ship_waits_for_somebody_who_can_capture_it),
        cmocka_unit_test(it_gives_up_when_nobody_comes_in_time),
        cmocka_unit_test(a_berthing_of_the_record_is_taken_at_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
