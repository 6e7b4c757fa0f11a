/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_evacuation.c - in what somebody goes home early, with whom they change seats for
 * it, and which relief is worth waiting for.
 */
#include "unit/world/by_hand.h"

#include "policy/policy.h"

enum { FIRST, LAB, SECOND };
enum { ADA, BORIS, CHEN, DANA, EVE, FINN };
enum { LEAK };

/* Ada and Boris at the core's north port; Eve alone, or with Finn, at the lab's. */
#define LAB_FLIGHT(who)                                                                \
    "flights.Lab={vehicle='capsule'; undock=@150; crew=[" who "]; "                    \
    "as_flown={launch=@-30; dock=@-29; port='annex';};}"
#define FEWEST "policy.evacuation_vehicle='fewest'"

static void
start(struct hand *hand, const char *const *sets)
{
    hand_start(hand, sets);
    hand_dock(hand, "First", "north");
    hand_dock(hand, "Lab", "annex");
}

static void
assert_choice(struct hand *hand, int32_t person, int32_t flight, int32_t partner)
{
    struct iss_evacuation choice = iss_policy_evacuation(hand->world, person);

    assert_int_equal(choice.flight, flight);
    assert_int_equal(choice.partner, partner);
}

/* What everybody knows of. */
static void
damage(struct hand *hand, int32_t flight, enum iss_condition condition)
{
    iss_flight_damage(hand->world, flight, condition, 0.5);
    iss_failure_stir(hand->world, flight, LEAK)->occurs_us = 0;
    iss_failure_stir(hand->world, flight, LEAK)->detected_us = 0;
}

static void
the_own_vehicle_takes_its_people_home(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(LAB_FLIGHT("'eve'")));
    assert_choice(&hand, ADA, FIRST, -1);
    assert_choice(&hand, EVE, LAB, -1);
    hand_end(&hand);
}

/* Chen, who came alone, gives up the seat to Ada, so that one goes and not two.  When
 * Dana is ill Lab would leave three behind but nobody for the lab: First leaves two. */
static void
the_fewest_leave_unless_a_segment_is_left_to_itself(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(LAB_FLIGHT("'chen'"), FEWEST));
    assert_choice(&hand, CHEN, LAB, -1);
    assert_choice(&hand, ADA, LAB, CHEN);
    hand_end(&hand);
    start(&hand, SET(LAB_FLIGHT("'dana','eve'"), FEWEST,
                     "vehicles.boat={role='crew'; seats=3; docking='latch';}",
                     "flights.First.vehicle='boat'",
                     "flights.First.crew=['ada','boris','chen']"));
    assert_choice(&hand, DANA, FIRST, CHEN);
    assert_choice(&hand, EVE, LAB, -1); /* nobody is left for the lab in any case */
    hand_end(&hand);
    start(&hand, SET(LAB_FLIGHT("'dana','eve'"), FEWEST,
                     "vehicles.boat={role='crew'; seats=3; docking='latch';}",
                     "flights.First.vehicle='boat'", "crew.boris.trained=['lab']",
                     "flights.First.crew=['ada','boris','chen']"));
    assert_choice(&hand, DANA, LAB, -1); /* Boris can run it too */
    hand_end(&hand);
}

/* Three in First and two in Lab, all of the core but Eve: the patient changes seats
 * with whom it costs least. */
static void
seats_change_with_one_of_the_segment_named_last(void **state)
{
#define THREE                                                                          \
    "vehicles.boat={role='crew'; seats=3; emergency_seats=1; docking='latch';}",       \
        "flights.First.vehicle='boat'", "flights.First.crew=['ada','boris','finn']",   \
        "crew.finn.segment='core'"
    struct hand hand;

    (void)state;
    start(&hand,
          SET(THREE, LAB_FLIGHT("'chen','eve'"), FEWEST, "crew.finn.segment='lab'"));
    assert_choice(&hand, ADA, LAB, CHEN); /* Finn stays for the lab */
    assert_choice(&hand, FINN, LAB, EVE); /* or Eve does */
    hand_end(&hand);
    start(&hand, SET(THREE, LAB_FLIGHT("'chen','dana'"), FEWEST));
    assert_choice(&hand, ADA, LAB, DANA); /* Chen commands, being named first */
    hand.world->people[DANA].ailing = true;
    assert_choice(&hand, ADA, LAB, CHEN);
    hand.world->people[CHEN].indicated = true;
    assert_choice(&hand, ADA, FIRST, -1);
    hand.world->flights[FIRST].early = true; /* that costs nobody any more */
    assert_choice(&hand, CHEN, FIRST, FINN);
    hand_end(&hand);
}

/* Who alone can command the vehicle that leaves goes with it. */
static void
the_vehicle_that_leaves_keeps_a_commander(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(THREE, LAB_FLIGHT("'chen','dana'"), FEWEST,
                     "vehicles.capsule.commander='fly'",
                     "crew={dana={skills=['fly'];}; boris={skills=['fly'];};}"));
    assert_choice(&hand, ADA, LAB, CHEN);
    assert_choice(&hand, BORIS, LAB, DANA); /* he commands as well */
    hand_end(&hand);
}

static void
visitors_dont_stay_for_residents(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(THREE, LAB_FLIGHT("'chen','dana'"), FEWEST,
                     "flights.Lab.visiting=true", "flights.Lab.undock=@9"));
    assert_choice(&hand, ADA, FIRST, -1);
    hand_end(&hand);
}

static void
nobody_leaves_in_a_damaged_vehicle_if_there_is_a_sound_one(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(LAB_FLIGHT("'eve'")));
    iss_flight_damage(hand.world, FIRST, ISS_EMERGENCY_ONLY, 0.5);
    assert_choice(&hand, ADA, FIRST, -1); /* nobody has noticed it */
    damage(&hand, FIRST, ISS_EMERGENCY_ONLY);
    assert_choice(&hand, ADA, LAB, -1); /* a free seat */
    iss_seat_take(hand.world, BORIS, LAB, ISS_SEAT_REGULAR);
    assert_choice(&hand, ADA, FIRST, -1); /* at a risk: a seat like that is no swap */
    iss_seat_take(hand.world, ADA, LAB, ISS_SEAT_EMERGENCY);
    assert_choice(&hand, ADA, LAB, -1); /* an improvised place does in an emergency */
    damage(&hand, LAB, ISS_EMERGENCY_ONLY);
    assert_choice(&hand, ADA, FIRST, -1);
    damage(&hand, FIRST, ISS_UNUSABLE);
    assert_choice(&hand, ADA, -1, -1);
    hand_end(&hand);
}

static void
a_damaged_vehicle_is_never_the_one_with_the_fewest(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(THREE, LAB_FLIGHT("'chen','dana'"), FEWEST));
    damage(&hand, LAB, ISS_EMERGENCY_ONLY);
    assert_choice(&hand, ADA, FIRST, -1);
    hand_end(&hand);
}

/* ---- the relief ---------------------------------------------------------------- */

#define RELIEF                                                                         \
    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "                     \
    "crew=['chen','dana']; relieves='First';}"

#define WAIT "policy.evacuation_wait=9"

/* Second, planned for day 30 and a day on the way. */
static void
start_with_relief(struct hand *hand, const char *more)
{
    start(hand, SET(LAB_FLIGHT("'eve'"), RELIEF, more));
    hand->world->flights[SECOND].due_us = DAYS(30);
}

static void
a_docking_is_expected_as_things_stand(void **state)
{
    struct hand hand;

    (void)state;
    start_with_relief(&hand, WAIT);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == DAYS(31));
    iss_schedule(hand.world, iss_slot_flight(hand.world, SECOND, ISS_SLOT_STEP),
                 DAYS(40), ISS_EVENT_LAUNCH_DUE, SECOND, -1);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == DAYS(41));
    iss_rocket_ground(hand.world, 0, DAYS(50));
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == DAYS(51));
    iss_flight_stop(hand.world, SECOND, ISS_STOP_UNPROVEN);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == ISS_NEVER);
    iss_flight_stop(hand.world, SECOND, ISS_STOP_NONE);
    iss_flight_phase(hand.world, SECOND, ISS_FLIGHT_HELD);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == ISS_NEVER);
    iss_flight_phase(hand.world, SECOND, ISS_FLIGHT_FREE_FLIGHT);
    iss_schedule(hand.world, iss_slot_flight(hand.world, SECOND, ISS_SLOT_STEP),
                 DAYS(33), ISS_EVENT_DOCKING_DUE, SECOND, -1);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == DAYS(33));
    iss_flight_loiter(hand.world, SECOND, ISS_WAIT_PORT);
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == ISS_NEVER);
    hand_end(&hand);
    start_with_relief(&hand, "vehicles.capsule.profiles=({name='fast'; share=3; "
                             "rendezvous=12;},{name='slow'; share=1; rendezvous=36;},"
                             "{name='new'; share=9; rendezvous=1; from=@31;})");
    assert_true(iss_policy_expected_docking(hand.world, SECOND) == DAYS(30.75));
    hand_end(&hand);
}

static void
a_relief_is_awaited_up_to_the_limit(void **state)
{
    struct hand hand;

    (void)state;
    start_with_relief(&hand, WAIT);
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(31)), SECOND);
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(31) - 1), -1);
    assert_int_equal(iss_policy_awaited(hand.world, LAB, DAYS(99)), -1); /* no relief */
    hand.world->people[ADA].limit_us = DAYS(31);
    assert_choice(&hand, ADA, FIRST, -1);
    damage(&hand, FIRST, ISS_EMERGENCY_ONLY);
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(31)), -1);
    hand_end(&hand);
    start_with_relief(&hand, "policy.evacuation_wait=0");
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(31)), -1);
    hand_end(&hand);
}

/* Their own vehicle, whose relief comes, costs nobody. */
static void
who_waits_for_the_relief_changes_no_seats(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(THREE, LAB_FLIGHT("'chen','dana'"), FEWEST,
                     "flights.Second={vehicle='boat'; launch=@30; crew=['eve']; "
                     "relieves='First';}",
                     WAIT));
    hand.world->flights[SECOND].due_us = DAYS(30);
    assert_choice(&hand, ADA, LAB, DANA);
    hand.world->people[ADA].limit_us = DAYS(40);
    assert_choice(&hand, ADA, FIRST, -1);
    hand_end(&hand);
}

/* The handover goes on; a crew whose departure isn't settled isn't waited with. */
static void
a_handover_is_awaited_when_its_end_is_known(void **state)
{
    struct hand hand;

    (void)state;
    start_with_relief(&hand, WAIT);
    hand_dock(&hand, "Second", "south");
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(1)), -1);
    iss_flight_depart_at(hand.world, FIRST, DAYS(5));
    hand.world->flights[SECOND].dock_us = DAYS(1);
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(1)), SECOND);
    hand.world->flights[SECOND].dock_us = DAYS(1) + 1; /* too late for it */
    assert_int_equal(iss_policy_awaited(hand.world, FIRST, DAYS(1)), -1);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_own_vehicle_takes_its_people_home),
        cmocka_unit_test(the_fewest_leave_unless_a_segment_is_left_to_itself),
        cmocka_unit_test(seats_change_with_one_of_the_segment_named_last),
        cmocka_unit_test(the_vehicle_that_leaves_keeps_a_commander),
        cmocka_unit_test(visitors_dont_stay_for_residents),
        cmocka_unit_test(nobody_leaves_in_a_damaged_vehicle_if_there_is_a_sound_one),
        cmocka_unit_test(a_damaged_vehicle_is_never_the_one_with_the_fewest),
        cmocka_unit_test(a_docking_is_expected_as_things_stand),
        cmocka_unit_test(a_relief_is_awaited_up_to_the_limit),
        cmocka_unit_test(who_waits_for_the_relief_changes_no_seats),
        cmocka_unit_test(a_handover_is_awaited_when_its_end_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
