/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_make_room.c - First, a pod that nothing replaces, leaks on day 20; the decision
 * comes on day 30.  By policy its people go home with the next crew, in seats that some
 * of that crew leave free.
 */
#include "unit/replicate/run.h"

/* Nobody goes home in First; a bus is another type, with four seats. */
#define ROOM                                                                           \
    LEAK, "policy.make_room=true", "policy.return_in_damaged='never'",                 \
        "vehicles.pod={role='crew'; seats=2; docking='latch'; descent=24;}",           \
        "flights.First.vehicle='pod'", "failures.leak.vehicles=['pod']",               \
        "vehicles.bus={role='crew'; seats=4; docking='latch'; rendezvous=24; "         \
        "descent=24; launch_system='rocket';}"
#define BUS                                                                            \
    "flights.Bus={vehicle='bus'; launch=@60; undock=@200; "                            \
    "crew=['chen','dana','eve'];}"
#define ROOMS "LIFEBOAT_DECISION RESCUE_CALLED ROOM_MADE SEAT_MOVED LAUNCHED UNDOCKED"

/* Three were to fly and there are four seats: one goes up less, she who is named last.
 */
static void
the_next_crew_leaves_as_many_on_the_ground_as_it_must(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROOM, BUS));
    ASSERT_STORY(&run, ROOMS,
                 "30 LIFEBOAT_DECISION First\n"
                 "30 ROOM_MADE Bus First\n"
                 "40 UNDOCKED First north\n"
                 "60 LAUNCHED Bus\n"
                 "61 SEAT_MOVED Bus ada\n"
                 "61 SEAT_MOVED Bus boris\n"
                 "200 UNDOCKED Bus north\n");
    assert_true(run_value(&run, ISS_EVENT_ROOM_MADE) == 1);
    ASSERT_METRIC(&run, "crew_max", 4);
    ASSERT_METRIC(&run, "returned_at_risk", 0);
    ASSERT_METRIC(&run, "longest_stay_d", 201 + 50);
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * (61 - 20));
    run_end(&run);
}

static void
free_seats_are_used_first(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROOM, BUS, "flights.Bus.crew=['chen','dana']"));
    assert_true(run_value(&run, ISS_EVENT_ROOM_MADE) == 0);
    ASSERT_METRIC(&run, "crew_max", 4);
    run_end(&run);
}

/* Somebody of its own has to fly it, and people who come for a visit aren't left out.
 */
static void
a_crew_too_small_and_a_visit_make_none(void **state)
{
    (void)state;
    ASSERT_TOLD("ROOM_MADE", "30 ROOM_MADE Late First\n",
                SET(ROOM, BUS, "flights.Bus.visiting=true",
                    "flights.Small={vehicle='pod'; launch=@65; undock=@80; "
                    "crew=['finn'];}",
                    "flights.Late={vehicle='bus'; launch=@90; undock=@250; "
                    "crew=['finn'];}"));
}

/* A ship of the other kind of port flies sooner; they wait for one of their own. */
static void
ships_that_dock_as_theirs_did_go_first(void **state)
{
    (void)state;
    ASSERT_TOLD("ROOM_MADE", "30 ROOM_MADE Bus First\n",
                SET(ROOM, BUS, "ports.side={segment='lab'; docking='hook';}",
                    "vehicles.van={role='crew'; seats=4; docking='hook';}",
                    "flights.Van={vehicle='van'; launch=@45; undock=@240; "
                    "crew=['finn'];}"));
    ASSERT_TOLD("ROOM_MADE", "30 ROOM_MADE Van First\n",
                SET(ROOM, "ports.side={segment='lab'; docking='hook';}",
                    "vehicles.van={role='crew'; seats=4; docking='hook';}",
                    "flights.Van={vehicle='van'; launch=@45; undock=@240; "
                    "crew=['finn'];}"));
}

/* A launch that its rule cancels brings nobody home: the one after it does. */
static void
room_in_a_flight_that_is_skipped_is_made_in_the_next(void **state)
{
    (void)state;
    ASSERT_TOLD("ROOM_MADE LAUNCH_SKIPPED LAUNCHED",
                "30 ROOM_MADE bus/1 First\n60 LAUNCH_SKIPPED bus/1\n"
                "60 ROOM_MADE bus/2 bus/1\n100 LAUNCHED bus/2\n",
                SET(ROOM,
                    "cadence.bus={vehicle='bus'; first=@60; interval=40; until=@110; "
                    "skip=['grounded']; crew=({segment='core'; count=3;});}",
                    "failures.halt={strikes='rocket'; effects=({effect="
                    "'launch_grounded'; duration=30;});}",
                    "events.halt={at=@50; what='failure'; failure='halt'; "
                    "launch_system='rocket';}"));
}

static void
it_is_a_matter_of_policy(void **state)
{
    (void)state;
    ASSERT_TOLD("ROOM_MADE UNDOCKED", "200 UNDOCKED Bus south\n",
                SET(ROOM, BUS, "policy.make_room=false"));
    ASSERT_TOLD("ROOM_MADE UNDOCKED",
                "100 UNDOCKED First north\n"
                "200 UNDOCKED Bus south\n",
                SET(ROOM, BUS, "policy.return_in_damaged='at_relief'"));
}

/* Without seats nobody can go home in it, whatever the policy says. */
static void
a_vehicle_without_seats_leaves_empty_too(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "ROOM_MADE UNDOCKED",
        "30 ROOM_MADE Bus First\n"
        "40 UNDOCKED First north\n"
        "200 UNDOCKED Bus north\n",
        SET(ROOM, BUS, "policy.return_in_damaged='at_relief'",
            "failures.leak.effects=({effect='vehicle_unsafe'; seats='none';})"));
}

/* Bus is lost on its way up: the one after it brings them home. */
static void
if_it_fails_the_next_one_makes_room(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROOM, BUS,
                          "events.loss={at=@50; what='ascent_failure'; flight='Bus';}",
                          "flights.Next={vehicle='bus'; launch=@120; undock=@300; "
                          "crew=['finn'];}"));
    ASSERT_STORY(&run, ROOMS " ASCENT_FAILED",
                 "30 LIFEBOAT_DECISION First\n"
                 "30 ROOM_MADE Bus First\n"
                 "40 UNDOCKED First north\n"
                 "60 LAUNCHED Bus\n"
                 "60 ASCENT_FAILED Bus\n"
                 "60 ROOM_MADE Next Bus\n"
                 "120 LAUNCHED Next\n"
                 "121 SEAT_MOVED Next ada\n"
                 "121 SEAT_MOVED Next boris\n"
                 "300 UNDOCKED Next north\n");
    run_end(&run);
}

/* A replacement of the type, where there is one, goes first. */
static void
a_replacement_goes_before_it(void **state)
{
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED ROOM_MADE", "30 RESCUE_CALLED pod-r1 First\n",
                SET(ROOM, BUS, "vehicles.pod.call_up_lead=10"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_crew_leaves_as_many_on_the_ground_as_it_must),
        cmocka_unit_test(free_seats_are_used_first),
        cmocka_unit_test(a_crew_too_small_and_a_visit_make_none),
        cmocka_unit_test(ships_that_dock_as_theirs_did_go_first),
        cmocka_unit_test(room_in_a_flight_that_is_skipped_is_made_in_the_next),
        cmocka_unit_test(it_is_a_matter_of_policy),
        cmocka_unit_test(a_vehicle_without_seats_leaves_empty_too),
        cmocka_unit_test(if_it_fails_the_next_one_makes_room),
        cmocka_unit_test(a_replacement_goes_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
