/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_lifeboat.c - First leaks on day 20 and nobody is called up: who gets a seat in
 * Eve's ship, and who goes home in the damaged one.
 */
#include "unit/replicate/run.h"

#define NO_CALL "policy.call_up=false"
#define MOVES   "SEAT_MOVE_DUE SEAT_MOVED UNDOCKED"

static void
seats_are_moved_with_the_decision(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, LAB, NO_CALL));
    ASSERT_STORY(&run, "SEAT_MOVED UNDOCKED",
                 "30 SEAT_MOVED Lab ada\n"
                 "30 SEAT_MOVED Lab boris\n"
                 "100 UNDOCKED First north\n"
                 "150 UNDOCKED Lab annex\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 10);
    ASSERT_METRIC(&run, "emergency_seat_person_days", 2 * 10);
    ASSERT_METRIC(&run, "improvised_seat_person_days", 70); /* Boris, till day 100 */
    ASSERT_METRIC(&run, "unsafe_max", 2);
    ASSERT_METRIC(&run, "returned_at_risk", 1); /* Ada goes home in the Lab's ship */
    ASSERT_METRIC(&run, "crew_lost", 0);
    run_end(&run);
}

static void
moving_a_seat_takes_its_time_and_may_be_ruled_out(void **state)
{
    (void)state;
    ASSERT_TOLD("SEAT_MOVED", "33 SEAT_MOVED Lab ada\n33 SEAT_MOVED Lab boris\n",
                SET(LEAK, LAB, NO_CALL, "policy.seat_move=3"));
    ASSERT_TOLD("SEAT_MOVED", "", SET(LEAK, LAB, NO_CALL, "policy.reassign=false"));
}

/* Ada, first by id, is trained for another segment than the one where the seat is. */
static void
people_of_the_segment_come_first(void **state)
{
    (void)state;
    ASSERT_TOLD("SEAT_MOVED", "30 SEAT_MOVED Lab eve\n",
                SET(LEAK, LAB, NO_CALL, "flights.First.crew=['ada','eve']",
                    "flights.Lab.crew=['boris','chen']"));
}

static void
a_move_that_isnt_needed_any_more_isnt_made(void **state)
{
    (void)state; /* the replacement docks on day 61 */
    ASSERT_TOLD(MOVES,
                "61 SEAT_MOVED capsule-r1 ada\n"
                "61 SEAT_MOVED capsule-r1 boris\n"
                "71 UNDOCKED First north\n"
                "100 UNDOCKED capsule-r1 south\n"
                "150 UNDOCKED Lab annex\n",
                SET(LEAK, LAB, "policy.seat_move=40"));
}

/* Nobody moves before the leak is known: on day 31 a ship with two seats to spare
 * comes, on day 50 the leak is noticed, on day 60 decided about. */
static void
nobody_moves_before_the_finding(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, NO_CALL, "failures.leak.detection=30",
                          "flights.Visit={vehicle='capsule'; launch=@30; undock=@80; "
                          "crew=['eve'];}"));
    ASSERT_STORY(&run, "DOCKED FAILURE_DETECTED SEAT_MOVED",
                 "31 DOCKED Visit south\n"
                 "50 FAILURE_DETECTED First\n"
                 "60 SEAT_MOVED Visit ada\n"
                 "60 SEAT_MOVED Visit boris\n"
                 "80 SEAT_MOVED First boris\n"); /* Ada goes home in Visit */
    run_end(&run);
}

/* After the finding, a ship that comes with free seats is a haven at once. */
static void
people_without_a_safe_seat_move_when_a_haven_comes(void **state)
{
    (void)state;
    ASSERT_TOLD("SEAT_MOVED",
                "41 SEAT_MOVED Visit ada\n"
                "41 SEAT_MOVED Visit boris\n"
                "80 SEAT_MOVED First boris\n",
                SET(LEAK, NO_CALL,
                    "flights.Visit={vehicle='capsule'; launch=@40; undock=@80; "
                    "crew=['eve'];}"));
}

static void
when_the_haven_leaves_people_fall_back_on_what_they_had(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, LAB, NO_CALL, "flights.Lab.undock=@60"));
    ASSERT_STORY(&run, "SEAT_MOVED UNDOCKED",
                 "30 SEAT_MOVED Lab ada\n"
                 "30 SEAT_MOVED Lab boris\n"
                 "60 UNDOCKED Lab annex\n"
                 "60 SEAT_MOVED First boris\n"
                 "100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 10 + 40);
    run_end(&run);
}

static void
when_a_haven_leaves_another_one_is_found(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LEAK, LAB, NO_CALL,
                    "flights.Other={vehicle='capsule'; crew=['finn']; undock=@60; "
                    "as_flown={launch=@-20; dock=@-19; port='south';};}"));
    ASSERT_STORY(&run, "SEAT_MOVED UNDOCKED",
                 "30 SEAT_MOVED Other ada\n" /* at their segment */
                 "30 SEAT_MOVED Other boris\n"
                 "60 UNDOCKED Other south\n"
                 "60 SEAT_MOVED Lab boris\n"
                 "100 UNDOCKED First north\n"
                 "150 UNDOCKED Lab annex\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 10);
    ASSERT_METRIC(&run, "improvised_seat_person_days", 30); /* Boris, in Other */
    run_end(&run);
}

/* ---- home in the damaged ship -------------------------------------------------- */

#define HOME "EARLY_RETURN UNDOCKED LANDED PERSON_LOST"

static void
people_never_go_home_in_a_damaged_ship_if_the_policy_says_so(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, NO_CALL, "policy.return_in_damaged='never'",
                          "vehicles.capsule.certified_life=200"));
    ASSERT_STORY(&run, HOME " LIFE_EXPIRES", "150 LIFE_EXPIRES First\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 340);
    ASSERT_METRIC(&run, "unsafe_at_end", 2);
    ASSERT_METRIC(&run, "beyond_life_d", 210);
    ASSERT_METRIC(&run, "returned_at_risk", 0);
    run_end(&run);
}

static void
people_go_home_at_the_end_of_their_increment_and_survive_or_not(void **state)
{
    struct run run;

    (void)state;
    ASSERT_TOLD(HOME,
                "100 UNDOCKED First north\n"
                "101 LANDED First\n",
                SET(LEAK, NO_CALL));
    run_outpost(&run, SET(LEAK, NO_CALL,
                          "failures.leak.effects=({effect='vehicle_unsafe'; "
                          "survival=0.0;})"));
    ASSERT_STORY(&run, HOME,
                 "100 UNDOCKED First north\n"
                 "101 LANDED First\n"
                 "101 PERSON_LOST First ada\n"
                 "101 PERSON_LOST First boris\n");
    ASSERT_METRIC(&run, "crew_lost", 2);
    ASSERT_METRIC(&run, "returned_at_risk", 2);
    run_end(&run);
}

static void
a_relief_ends_the_increment_of_a_damaged_ships_crew(void **state)
{
    (void)state;
    ASSERT_TOLD(HOME,
                "96 UNDOCKED First north\n"
                "97 LANDED First\n"
                "200 UNDOCKED Second south\n"
                "201 LANDED Second\n",
                SET(LEAK, NO_CALL, SECOND));
}

static void
people_go_home_at_once_instead_of_waiting_for_a_replacement(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "policy.return_in_damaged='at_once'"));
    ASSERT_STORY(&run, HOME " RESCUE_CALLED SEAT_MOVED",
                 "30 EARLY_RETURN First\n"
                 "37 UNDOCKED First north\n"
                 "38 LANDED First\n");
    assert_true(run_value(&run, ISS_EVENT_EARLY_RETURN) == 7);
    ASSERT_METRIC(&run, "early_returns", 1);
    ASSERT_METRIC(&run, "returned_at_risk", 2);
    ASSERT_METRIC(&run, "uncrewed_d", 360 - 37);
    ASSERT_METRIC(&run, "longest_stay_d", 50 + 38);
    run_end(&run);
}

static void
who_goes_home_at_once_may_die_on_the_way(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "policy.return_in_damaged='at_once'",
                          "failures.leak.effects=({effect='vehicle_unsafe'; "
                          "survival=0.0;})"));
    ASSERT_METRIC(&run, "early_returns", 1);
    ASSERT_METRIC(&run, "crew_lost", 2);
    run_end(&run);
}

/* Neither a second failure nor a relief moves the date. */
static void
an_early_return_is_decided_once(void **state)
{
    (void)state;
    ASSERT_TOLD(HOME " DOCKED",
                "30 EARLY_RETURN First\n"
                "35 DOCKED Second south\n"
                "37 UNDOCKED First north\n"
                "38 LANDED First\n",
                SET(LEAK, SECOND, "flights.Second.launch=@34",
                    "flights.Second.undock=@355", "scenario.end=@340",
                    "policy.return_in_damaged='at_once'",
                    "failures.hole={vehicles=['capsule']; effects=({effect="
                    "'vehicle_unsafe';});}",
                    "events.the_hole={at=@32; what='failure'; failure='hole'; "
                    "flight='First';}"));
}

/* Its seats are lost: nobody leaves in it in a hurry. */
static void
an_unusable_ship_is_no_way_home_at_once(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "policy.return_in_damaged='at_once'",
                          "failures.leak.effects=({effect='vehicle_unsafe'; "
                          "seats='none';})"));
    ASSERT_STORY(&run, "EARLY_RETURN RESCUE_CALLED",
                 "30 RESCUE_CALLED capsule-r1 First\n");
    ASSERT_METRIC(&run, "emergency_seat_person_days", 0);
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 41);
    run_end(&run);
}

/* A crew whose time came while a replacement was on its way leaves when there is none
 * any more. */
static void
who_waited_for_a_replacement_leaves_when_none_comes(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, SECOND, "launch_systems.rocket.success=0",
                          "lines.yard={ready=[@120];}", "vehicles.capsule.line='yard'",
                          "vehicles.capsule.certified_life=160"));
    ASSERT_STORY(&run, HOME " LIFE_EXPIRES ASCENT_FAILED LIFEBOAT_DECISION",
                 "30 LIFEBOAT_DECISION First\n"
                 "110 LIFE_EXPIRES First\n"
                 "120 ASCENT_FAILED Second\n"
                 "125 LIFEBOAT_DECISION First\n"
                 "125 UNDOCKED First north\n"
                 "126 LANDED First\n");
    ASSERT_METRIC(&run, "beyond_life_d", 15);
    run_end(&run);
}

static void
a_damaged_ship_without_people_leaves_on_its_date(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "flights.First.crew=[]"));
    ASSERT_STORY(&run, HOME " LIFEBOAT_DECISION RESCUE_CALLED",
                 "100 UNDOCKED First north\n"
                 "101 LANDED First\n");
    ASSERT_METRIC(&run, "returned_at_risk", 0);
    run_end(&run);
}

/* ---- forced moves -------------------------------------------------------------- */

#define MOVE(person, flight)                                                           \
    "events.move={at=@40; what='seat_move'; person='" person "'; flight='" flight "';" \
    "}"

static void
a_forced_move_takes_a_regular_seat_and_then_an_improvised_one(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LAB, MOVE("ada", "Lab"),
                          "events.too={at=@41; what='seat_move'; person='boris'; "
                          "flight='Lab';}"));
    ASSERT_STORY(&run, "SEAT_MOVED",
                 "40 SEAT_MOVED Lab ada\n"
                 "41 SEAT_MOVED Lab boris\n");
    ASSERT_METRIC(&run, "improvised_seat_person_days", 59);
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    run_end(&run);
}

static void
a_forced_move_that_cant_be_made_isnt(void **state)
{
    (void)state;
    ASSERT_TOLD("SEAT_MOVED", "", SET(LAB, MOVE("chen", "Lab"))); /* on the ground */
    ASSERT_TOLD("SEAT_MOVED", "", SET(SECOND, MOVE("ada", "Second"))); /* not there */
    ASSERT_TOLD("SEAT_MOVED", "",                                      /* gone */
                SET(LAB, MOVE("ada", "Lab"), "flights.Lab.undock=@39"));
    ASSERT_TOLD("SEAT_MOVED", "", /* full */
                SET(LAB, MOVE("ada", "Lab"), "flights.Lab.crew=['eve','finn']",
                    "vehicles.capsule.emergency_seats=0"));
}

static void
what_is_forced_in_the_replay_isnt_in_the_forecast(void **state)
{
    (void)state;
    ASSERT_TOLD("SEAT_MOVED", "",
                SET(LAB, MOVE("ada", "Lab"), "events.move.when='replay'"));
    ASSERT_TOLD("SEAT_MOVED", "40 SEAT_MOVED Lab ada\n",
                SET(LAB, MOVE("ada", "Lab"), "events.move.when='replay'",
                    "scenario.forecast_from=@50"));
    ASSERT_TOLD("SEAT_MOVED", "40 SEAT_MOVED Lab ada\n",
                SET(LAB, MOVE("ada", "Lab"), "events.move.when='replay'",
                    "scenario.mode='replay'"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seats_are_moved_with_the_decision),
        cmocka_unit_test(moving_a_seat_takes_its_time_and_may_be_ruled_out),
        cmocka_unit_test(people_of_the_segment_come_first),
        cmocka_unit_test(a_move_that_isnt_needed_any_more_isnt_made),
        cmocka_unit_test(nobody_moves_before_the_finding),
        cmocka_unit_test(people_without_a_safe_seat_move_when_a_haven_comes),
        cmocka_unit_test(when_the_haven_leaves_people_fall_back_on_what_they_had),
        cmocka_unit_test(when_a_haven_leaves_another_one_is_found),
        cmocka_unit_test(people_never_go_home_in_a_damaged_ship_if_the_policy_says_so),
        cmocka_unit_test(
            people_go_home_at_the_end_of_their_increment_and_survive_or_not),
        cmocka_unit_test(a_relief_ends_the_increment_of_a_damaged_ships_crew),
        cmocka_unit_test(people_go_home_at_once_instead_of_waiting_for_a_replacement),
        cmocka_unit_test(who_goes_home_at_once_may_die_on_the_way),
        cmocka_unit_test(an_early_return_is_decided_once),
        cmocka_unit_test(an_unusable_ship_is_no_way_home_at_once),
        cmocka_unit_test(who_waited_for_a_replacement_leaves_when_none_comes),
        cmocka_unit_test(a_damaged_ship_without_people_leaves_on_its_date),
        cmocka_unit_test(a_forced_move_takes_a_regular_seat_and_then_an_improvised_one),
        cmocka_unit_test(a_forced_move_that_cant_be_made_isnt),
        cmocka_unit_test(what_is_forced_in_the_replay_isnt_in_the_forecast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
