/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_choices.c - which port, which seat, which replacement, and whether to leave.
 */
#include "unit/world/by_hand.h"

#include "policy/policy.h"

#define SETS SET(HAND_SECOND, HAND_THIRD, HAND_BARGE)

enum { FIRST, SECOND, THIRD, BARGE };
enum { NORTH, SOUTH, ANNEX };
enum { ADA, BORIS, CHEN, DANA, EVE, FINN };

/* ---- ports --------------------------------------------------------------------- */

static void
the_planned_port_comes_before_the_vehicles_list(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(HAND_SECOND, HAND_THIRD, HAND_BARGE,
                          "vehicles.barge.ports=['south','annex','north']",
                          "flights.Barge.port='annex'"));
    assert_int_equal(iss_policy_port(hand.world, BARGE), ANNEX);
    hand_dock(&hand, "First", "annex");
    assert_int_equal(iss_policy_port(hand.world, BARGE), SOUTH);
    hand_dock(&hand, "Second", "south");
    assert_int_equal(iss_policy_port(hand.world, BARGE), NORTH);
    iss_port_reserve(hand.world, THIRD, NORTH);
    assert_int_equal(iss_policy_port(hand.world, BARGE), -1);
    iss_port_reserve(hand.world, BARGE, -1);
    iss_port_reserve(hand.world, THIRD, -1);
    iss_port_reserve(hand.world, BARGE, NORTH); /* kept for itself */
    assert_int_equal(iss_policy_port(hand.world, BARGE), NORTH);
    hand_end(&hand);
}

static void
only_ports_that_are_there_are_chosen(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(HAND_BARGE, "vehicles.barge.ports=['annex','south']",
                          "ports.annex.from=@10", "ports.annex.until=@20",
                          "ports.south.until=@30"));
    hand.world->now_us = DAYS(10) - 1;
    assert_int_equal(iss_policy_port(hand.world, 1), SOUTH);
    hand.world->now_us = DAYS(10);
    assert_int_equal(iss_policy_port(hand.world, 1), ANNEX);
    hand.world->now_us = DAYS(20) - 1;
    assert_int_equal(iss_policy_port(hand.world, 1), ANNEX);
    hand.world->now_us = DAYS(20);
    assert_int_equal(iss_policy_port(hand.world, 1), SOUTH);
    hand.world->now_us = DAYS(30);
    assert_int_equal(iss_policy_port(hand.world, 1), -1);
    hand_end(&hand);
}

/* ---- making room ---------------------------------------------------------------- */

/* Barges use north only, and Barge is held; First, with its crew, is there. */
static void
start_crowd(struct hand *hand)
{
    hand_start(hand, SET(HAND_SECOND, HAND_BARGE, "vehicles.barge.ports=['north']",
                         "policy.relocate=true"));
    hand_dock(hand, "First", "north");
    iss_flight_phase(hand->world, outpost_flight(hand->model, "Barge"),
                     ISS_FLIGHT_HELD);
}

static void
who_holds_the_port_of_another_and_may_move_makes_room(void **state)
{
    struct hand hand;

    (void)state;
    start_crowd(&hand);
    int32_t barge = outpost_flight(hand.model, "Barge");
    struct iss_relocation_offer offer = iss_policy_relocation(hand.world, barge);
    assert_int_equal(offer.flight, FIRST);
    assert_int_equal(offer.from, NORTH);
    assert_int_equal(offer.to, SOUTH);
    hand.world->berths[SOUTH].blocked_us = ISS_NEVER;
    assert_int_equal(iss_policy_relocation(hand.world, barge).to, ANNEX);
    hand.world->berths[ANNEX].blocked_us = ISS_NEVER;
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
    hand_end(&hand);
}

/* Each of these alone keeps First where it is. */
static void
a_damaged_a_leaving_or_an_empty_one_doesnt(void **state)
{
    struct hand hand;

    (void)state;
    for (int what = 0; what < 6; what++) {
        start_crowd(&hand);
        int32_t barge = outpost_flight(hand.model, "Barge");
        struct iss_flight *first = &hand.world->flights[FIRST];
        assert_true(iss_policy_may_move(hand.world, FIRST));
        if (what == 0) {
            iss_flight_damage(hand.world, FIRST, ISS_EMERGENCY_ONLY, 1);
        } else if (what == 1) {
            first->early = true;
        } else if (what == 2) {
            iss_flight_depart_at(hand.world, FIRST, hand.world->now_us);
        } else if (what == 3) {
            iss_seat_take(hand.world, ADA, -1, ISS_SEAT_NONE);
            iss_seat_take(hand.world, BORIS, -1, ISS_SEAT_NONE);
        } else if (what == 4) {
            iss_port_reserve(hand.world, FIRST, SOUTH); /* moves already */
        } else {
            iss_port_leave(hand.world, FIRST);
            iss_flight_phase(hand.world, FIRST, ISS_FLIGHT_RELOCATING);
        }
        assert_false(iss_policy_may_move(hand.world, FIRST));
        assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
        hand_end(&hand);
    }
}

/* Who waits for something else, or for nothing, gets no room. */
static void
room_is_for_who_waits_for_nothing_but_a_port(void **state)
{
    struct hand hand;

    (void)state;
    start_crowd(&hand);
    int32_t barge = outpost_flight(hand.model, "Barge");
    struct iss_flight *flight = &hand.world->flights[barge];
    flight->stopped = ISS_STOP_GROUNDED;
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
    flight->stopped = ISS_STOP_NONE;
    iss_schedule(hand.world, iss_slot_flight(hand.world, barge, ISS_SLOT_STEP), DAYS(3),
                 ISS_EVENT_LAUNCH_DUE, barge, -1);
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
    iss_flight_phase(hand.world, barge, ISS_FLIGHT_FREE_FLIGHT);
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
    iss_flight_loiter(hand.world, barge, ISS_WAIT_SKILL);
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, -1);
    iss_flight_loiter(hand.world, barge, ISS_WAIT_PORT);
    assert_int_equal(iss_policy_relocation(hand.world, barge).flight, FIRST);
    hand_end(&hand);
}

/* ---- seats --------------------------------------------------------------------- */

/* First (damaged, with Ada and Boris) at north; Second and Third at south and annex. */
static void
start_crisis(struct hand *hand, const char *const *sets)
{
    hand_start(hand, sets);
    hand_dock(hand, "First", "north");
    hand_dock(hand, "Second", "south");
    hand_dock(hand, "Third", "annex");
    iss_flight_damage(hand->world, FIRST, ISS_EMERGENCY_ONLY, 1);
    iss_failure_stir(hand->world, FIRST, 0)->assessed_us = 0;
}

static void
assert_offer(struct hand *hand, int32_t person, int32_t flight, enum iss_seat_kind kind)
{
    struct iss_seat_offer offer = iss_policy_seat(hand->world, person);
    assert_int_equal(offer.flight, flight);
    assert_int_equal(offer.kind, kind);
}

static void
the_best_seat_is_at_ones_segment_and_then_a_regular_one(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SETS);
    assert_offer(&hand, ADA, SECOND, ISS_SEAT_EMERGENCY); /* south is core */
    assert_offer(&hand, EVE, THIRD, ISS_SEAT_EMERGENCY);  /* annex is lab */
    iss_seat_take(hand.world, FINN, -1, ISS_SEAT_NONE); /* a regular seat, elsewhere */
    assert_offer(&hand, ADA, SECOND, ISS_SEAT_EMERGENCY);
    assert_offer(&hand, EVE, THIRD, ISS_SEAT_REGULAR);
    iss_seat_take(hand.world, ADA, SECOND, ISS_SEAT_EMERGENCY);
    assert_offer(&hand, BORIS, THIRD, ISS_SEAT_REGULAR); /* none left at south */
    hand_end(&hand);
}

static void
only_sound_docked_crew_ships_offer_seats(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SET(HAND_SECOND, HAND_THIRD, HAND_BARGE,
                            "vehicles.capsule.emergency_seats=0"));
    assert_offer(&hand, ADA, -1, ISS_SEAT_NONE); /* all are taken */
    iss_seat_take(hand.world, CHEN, -1, ISS_SEAT_NONE);
    assert_offer(&hand, ADA, SECOND, ISS_SEAT_REGULAR);
    iss_flight_phase(hand.world, SECOND, ISS_FLIGHT_RELOCATING);
    assert_offer(&hand, ADA, -1, ISS_SEAT_NONE);
    iss_flight_phase(hand.world, SECOND, ISS_FLIGHT_DOCKED);
    iss_flight_damage(hand.world, SECOND, ISS_EMERGENCY_ONLY, 1);
    assert_offer(&hand, ADA, -1, ISS_SEAT_NONE);
    hand_end(&hand);
}

static void
assert_chosen(struct hand *hand, int32_t count, int32_t first, int32_t second)
{
    int32_t people[6] = {-1, -1, -1, -1, -1, -1};
    assert_int_equal(iss_policy_reassign(hand->world, people), count);
    assert_int_equal(people[0], first);
    assert_int_equal(people[1], second);
}

static void
as_many_people_are_chosen_as_there_are_places(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SETS);
    assert_chosen(&hand, 2, ADA, BORIS);
    iss_flight_damage(hand.world, THIRD, ISS_UNUSABLE, 1); /* Eve and Finn too */
    iss_failure_stir(hand.world, THIRD, 0)->assessed_us = 0;
    assert_chosen(&hand, 1, ADA, -1); /* one place is left, at south */
    iss_flight_damage(hand.world, SECOND, ISS_UNUSABLE, 1);
    assert_chosen(&hand, 0, -1, -1);
    hand_end(&hand);
}

static void
people_of_the_havens_segment_are_chosen_first(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SETS);
    iss_seat_take(hand.world, FINN, -1, ISS_SEAT_NONE);
    iss_seat_take(hand.world, BORIS, SECOND, ISS_SEAT_EMERGENCY);
    /* two places at annex: Finn's old one for Finn, the other for Ada */
    assert_chosen(&hand, 2, FINN, ADA);
    hand_end(&hand);
}

static void
who_is_moving_already_keeps_the_claim(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SETS);
    iss_schedule(hand.world, iss_slot_person(hand.world, ADA), 5,
                 ISS_EVENT_SEAT_MOVE_DUE, ADA, -1);
    assert_chosen(&hand, 1, BORIS, -1);
    iss_flight_damage(hand.world, THIRD, ISS_UNUSABLE, 1);
    assert_chosen(&hand, 0, -1, -1); /* the place at south is Ada's */
    hand_end(&hand);
}

static void
nobody_is_chosen_before_the_finding(void **state)
{
    struct hand hand;

    (void)state;
    start_crisis(&hand, SETS);
    iss_failure_stir(hand.world, FIRST, 0)->assessed_us = ISS_NO_TIME;
    assert_chosen(&hand, 0, -1, -1);
    iss_seat_take(hand.world, BORIS, -1, ISS_SEAT_NONE); /* that he knows */
    assert_chosen(&hand, 1, BORIS, -1);
    hand_end(&hand);
}

/* ---- replacements
 * -------------------------------------------------------------------- */

#define VISIT                                                                          \
    "flights.Visit={vehicle='capsule'; launch=@50; undock=@60; crew=['eve']; "         \
    "visiting=true;}"
#define LATER   "flights.Later={vehicle='capsule'; launch=@150;}"
#define EARLIER "flights.Earlier={vehicle='capsule'; launch=@120;}"

static void
the_next_flight_of_the_type_is_the_replacement(void **state)
{
    struct hand hand;
    struct iss_flight *flights;

    (void)state;
    hand_start(&hand, SET(VISIT, "flights.Barge={vehicle='barge'; launch=@40;}", LATER,
                          EARLIER));
    hand_dock(&hand, "First", "north");
    flights = hand.world->flights;
    int32_t later = outpost_flight(hand.model, "Later");
    int32_t earlier = outpost_flight(hand.model, "Earlier");
    assert_int_equal(iss_policy_replacement(hand.world, FIRST), earlier);
    iss_flight_phase(hand.world, earlier, ISS_FLIGHT_HELD);
    assert_int_equal(iss_policy_replacement(hand.world, FIRST), earlier);
    iss_flight_phase(hand.world, earlier, ISS_FLIGHT_FREE_FLIGHT);
    assert_int_equal(iss_policy_replacement(hand.world, FIRST), later);
    iss_flight_phase(hand.world, earlier, ISS_FLIGHT_PLANNED);
    flights[earlier].replaces = later; /* called up for somebody else */
    assert_int_equal(iss_policy_replacement(hand.world, FIRST), later);
    flights[later].ready_us = ISS_NEVER; /* the line is empty */
    assert_int_equal(iss_policy_replacement(hand.world, FIRST), -1);
    hand_end(&hand);
}

static void
a_flight_doesnt_replace_itself(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(EARLIER));
    assert_int_equal(iss_policy_replacement(hand.world, 1), FIRST); /* not yet flown */
    hand.world->flights[FIRST].phase = ISS_FLIGHT_LANDED;
    assert_int_equal(iss_policy_replacement(hand.world, 1), -1);
    hand_end(&hand);
}

/* ---- departures ---------------------------------------------------------------- */

struct departure {
    const char *policy;
    bool damaged, passengers, replacement, early;
    enum iss_departure expected;
    bool unusable;
};

/* The damage is known and a finding has been reached. */
static void
note_finding(struct iss_world *world)
{
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        *iss_failure_stir(world, FIRST, mode) = (struct iss_failure){0, 0, 0, 1, false};
    }
}

static void
departures_follow_the_table(void **state)
{
    static const struct departure table[] = {
        /* policy    damaged people coming early */
        {"never", false, true, false, false, ISS_DEPART, false},
        {"never", true, false, false, false, ISS_DEPART, false},
        {"never", true, false, true, false, ISS_DEPART, false},
        {"never", true, true, false, false, ISS_STAY, false},
        {"never", true, true, true, false, ISS_STAY, false},
        {"at_relief", false, true, false, false, ISS_DEPART, false},
        {"at_relief", false, true, true, false, ISS_DEPART, false},
        {"at_relief", true, false, false, false, ISS_DEPART, false},
        {"at_relief", true, true, true, false, ISS_STAY, false},
        {"at_relief", true, true, false, false, ISS_DEPART_AT_RISK, false},
        {"at_relief", true, true, false, false, ISS_DEPART, true},
        {"at_relief", true, true, true, false, ISS_STAY, true},
        {"at_once", true, true, true, false, ISS_STAY, false},
        {"at_once", true, true, false, false, ISS_DEPART_AT_RISK, false},
        {"at_once", true, true, true, true, ISS_DEPART_AT_RISK, false},
        {"at_once", true, true, false, true, ISS_DEPART, true},
        {"never", true, true, false, true, ISS_DEPART_AT_RISK, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct hand hand;
        char policy[64];
        snprintf(policy, sizeof policy, "policy.return_in_damaged='%s'",
                 table[i].policy);
        hand_start(&hand, SET(policy, HAND_SECOND,
                              table[i].passengers ? "station.min_crew=2"
                                                  : "flights.First.crew=[]"));
        hand_dock(&hand, "First", "north");
        if (table[i].damaged) {
            iss_flight_damage(hand.world, FIRST,
                              table[i].unusable ? ISS_UNUSABLE : ISS_EMERGENCY_ONLY, 1);
            note_finding(hand.world);
        }
        hand.world->flights[FIRST].early = table[i].early;
        hand.world->flights[SECOND].replaces = table[i].replacement ? FIRST : -1;
        enum iss_departure got = iss_policy_departure(hand.world, FIRST);
        if (got != table[i].expected) {
            fail_msg("row %zu: expected %d, got %d", i, table[i].expected, got);
        }
        hand_end(&hand);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_planned_port_comes_before_the_vehicles_list),
        cmocka_unit_test(only_ports_that_are_there_are_chosen),
        cmocka_unit_test(who_holds_the_port_of_another_and_may_move_makes_room),
        cmocka_unit_test(a_damaged_a_leaving_or_an_empty_one_doesnt),
        cmocka_unit_test(room_is_for_who_waits_for_nothing_but_a_port),
        cmocka_unit_test(the_best_seat_is_at_ones_segment_and_then_a_regular_one),
        cmocka_unit_test(only_sound_docked_crew_ships_offer_seats),
        cmocka_unit_test(as_many_people_are_chosen_as_there_are_places),
        cmocka_unit_test(people_of_the_havens_segment_are_chosen_first),
        cmocka_unit_test(who_is_moving_already_keeps_the_claim),
        cmocka_unit_test(nobody_is_chosen_before_the_finding),
        cmocka_unit_test(the_next_flight_of_the_type_is_the_replacement),
        cmocka_unit_test(a_flight_doesnt_replace_itself),
        cmocka_unit_test(departures_follow_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
