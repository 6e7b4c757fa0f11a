/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_mutators.c - vehicles, ports, people, seats and production lines, changed by
 * hand.
 */
#include "unit/world/by_hand.h"

#define SETS SET(HAND_SECOND, HAND_THIRD, HAND_BARGE)

static void
a_world_begins_empty_and_consistent(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    assert_int_equal(hand.world->flight_count, 4);
    assert_int_equal(hand.world->aboard_count, 0);
    assert_int_equal(hand.world->stay_count, 0);
    assert_true(hand.world->flights[0].recorded);
    assert_false(hand.world->flights[1].recorded);
    assert_int_equal(hand.world->flights[0].due_us, DAYS(-50));
    assert_int_equal(hand.world->flights[0].relief, hand.world->flights[1].team);
    assert_int_equal(hand.world->flights[1].relief, hand.world->flights[2].team);
    assert_int_equal(hand.world->flights[2].relief, -1);
    assert_null(iss_world_check(hand.world));
    hand_end(&hand);
}

/* ---- ports --------------------------------------------------------------------- */

static void
a_port_is_kept_for_one_flight_until_it_is_given_up(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    iss_port_reserve(hand.world, 1, 0);
    assert_int_equal(hand.world->berths[0].reserved, 1);
    iss_port_reserve(hand.world, 1, 2); /* gives up the other */
    assert_int_equal(hand.world->berths[0].reserved, -1);
    assert_int_equal(hand.world->berths[2].reserved, 1);
    assert_int_equal(hand.world->flights[1].reserved, 2);
    iss_port_reserve(hand.world, 1, -1);
    assert_int_equal(hand.world->berths[2].reserved, -1);
    assert_null(iss_world_check(hand.world));
    hand_end(&hand);
}

static void
docking_uses_the_reservation_up_and_leaving_frees_the_port(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    iss_port_reserve(hand.world, 0, 0);
    hand_dock(&hand, "First", "north");
    assert_int_equal(hand.world->berths[0].flight, 0);
    assert_int_equal(hand.world->berths[0].reserved, -1);
    assert_int_equal(hand.world->flights[0].port, 0);
    assert_true(hand.world->changed & ISS_CHANGED_PORTS);
    assert_null(iss_world_check(hand.world));
    hand.world->changed = 0;
    iss_port_leave(hand.world, 0);
    iss_flight_phase(hand.world, 0, ISS_FLIGHT_RELOCATING);
    assert_int_equal(hand.world->berths[0].flight, -1);
    assert_int_equal(hand.world->flights[0].port, -1);
    assert_true(hand.world->changed & ISS_CHANGED_PORTS);
    assert_true(iss_flight_attached(&hand.world->flights[0]));
    assert_null(iss_world_check(hand.world));
    hand_end(&hand);
}

static void
a_taken_port_and_no_port_cant_be_docked_to(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    hand_dock(&hand, "First", "north");
    iss_port_occupy(hand.world, 3, 0);
    assert_int_equal(hand.world->status, ISS_ERR_INVARIANT);
    assert_int_equal(hand.world->berths[0].flight, 0);
    hand.world->status = ISS_OK;
    iss_port_occupy(hand.world, 3, -1);
    assert_int_equal(hand.world->status, ISS_ERR_INVARIANT);
    hand_end(&hand);
}

/* ---- vehicles ------------------------------------------------------------------ */

static void
damage_gets_no_better_and_survivals_multiply(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    iss_flight_damage(hand.world, 0, ISS_UNUSABLE, 0.5);
    iss_flight_damage(hand.world, 0, ISS_EMERGENCY_ONLY, 0.5);
    assert_int_equal(hand.world->flights[0].condition, ISS_UNUSABLE);
    assert_true(hand.world->flights[0].survival == 0.25);
    assert_true(hand.world->changed & ISS_CHANGED_SEATS);
    hand_end(&hand);
}

static void
flights_are_generated_while_there_is_room(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(HAND_SECOND, "scenario.max_generated=2"));
    assert_int_equal(iss_flight_generate(hand.world, 0, 11), 2);
    assert_int_equal(iss_flight_generate(hand.world, 0, 12), 3);
    assert_null(iss_flight_plan_of(hand.world, 3));
    assert_int_equal(hand.world->flights[3].hash, 12);
    assert_int_equal(hand.world->flights[3].phase, ISS_FLIGHT_PLANNED);
    assert_null(iss_world_check(hand.world));
    assert_int_equal(iss_flight_generate(hand.world, 0, 13), -1);
    assert_int_equal(hand.world->status, ISS_ERR_CAPACITY);
    assert_int_equal(hand.world->flight_count, 4);
    hand_end(&hand);
}

static void
a_replacement_counts_until_it_is_there_or_lost(void **state)
{
    static const enum iss_flight_phase coming[] = {ISS_FLIGHT_PLANNED, ISS_FLIGHT_HELD,
                                                   ISS_FLIGHT_FREE_FLIGHT};
    static const enum iss_flight_phase past[] = {
        ISS_FLIGHT_DOCKED, ISS_FLIGHT_RETURNING, ISS_FLIGHT_LANDED, ISS_FLIGHT_FAILED};
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    assert_int_equal(iss_flight_replacement(hand.world, 0), -1);
    hand.world->flights[1].replaces = 0;
    for (size_t i = 0; i < sizeof coming / sizeof *coming; i++) {
        iss_flight_phase(hand.world, 1, coming[i]);
        assert_int_equal(iss_flight_replacement(hand.world, 0), 1);
    }
    for (size_t i = 0; i < sizeof past / sizeof *past; i++) {
        iss_flight_phase(hand.world, 1, past[i]);
        assert_int_equal(iss_flight_replacement(hand.world, 0), -1);
    }
    hand_end(&hand);
}

/* ---- production lines ---------------------------------------------------------- */

static int64_t
take(struct hand *hand)
{
    return iss_line_take(hand->world, outpost_vehicle(hand->model, "capsule"));
}

static void
a_line_gives_its_dates_and_then_one_an_interval(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("lines.yard={ready=[@10,@30]; interval=50; delay=2;}",
                          "vehicles.capsule.line='yard'"));
    assert_int_equal(take(&hand), DAYS(12));
    assert_int_equal(take(&hand), DAYS(32));
    assert_int_equal(take(&hand), DAYS(82)); /* a delay doesn't add up */
    assert_int_equal(take(&hand), DAYS(132));
    hand_end(&hand);
}

static void
a_line_without_an_interval_ends(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("lines.yard={ready=[@10];}", "vehicles.capsule.line='yard'"));
    assert_int_equal(take(&hand), DAYS(10));
    assert_int_equal(take(&hand), ISS_NEVER);
    assert_int_equal(take(&hand), ISS_NEVER);
    hand_end(&hand);
}

static void
a_line_without_dates_has_a_vehicle_from_the_start(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("lines.yard={interval=50;}", "vehicles.capsule.line='yard'"));
    assert_int_equal(take(&hand), 0);
    assert_int_equal(take(&hand), DAYS(50));
    hand_end(&hand);
    hand_start(&hand, SET("lines.yard={}", "vehicles.capsule.line='yard'"));
    assert_int_equal(take(&hand), 0);
    assert_int_equal(take(&hand), ISS_NEVER);
    hand_end(&hand);
}

static void
a_vehicle_without_a_line_is_always_there(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, NULL);
    hand.world->now_us = DAYS(7);
    assert_int_equal(take(&hand), DAYS(7));
    assert_int_equal(take(&hand), DAYS(7));
    hand_end(&hand);
}

/* ---- people and seats
 * ---------------------------------------------------------------- */

static void
a_person_goes_up_stays_and_comes_down(void **state)
{
    struct hand hand;
    struct iss_world *world;

    (void)state;
    hand_start(&hand, SETS);
    world = hand.world;
    world->now_us = DAYS(1);
    iss_team_board(world, world->flights[0].team, 0);
    assert_int_equal(world->people[0].phase, ISS_PERSON_ASCENT);
    assert_int_equal(world->people[0].flight, 0);
    assert_int_equal(world->people[0].down, 0);
    assert_int_equal(world->people[0].seat_kind, ISS_SEAT_REGULAR);
    assert_int_equal(world->flights[0].crew_up, 2);
    assert_int_equal(world->flights[0].seats_taken, 2);
    assert_null(iss_world_check(world));

    world->now_us = DAYS(2);
    iss_port_occupy(world, 0, 0);
    iss_flight_phase(world, 0, ISS_FLIGHT_DOCKED);
    iss_person_arrive(world, 1);
    iss_person_arrive(world, 0);
    assert_int_equal(world->aboard[0], 0); /* in order of id */
    assert_int_equal(world->aboard[1], 1);
    assert_int_equal(iss_flight_passengers(world, 0), 2);
    assert_null(iss_world_check(world));

    world->now_us = DAYS(9);
    iss_port_leave(world, 0);
    iss_flight_phase(world, 0, ISS_FLIGHT_RETURNING);
    iss_person_leave(world, 0, 0);
    iss_person_leave(world, 1, 0);
    assert_int_equal(world->aboard_count, 0);
    assert_int_equal(world->flights[0].crew_down, 2);
    assert_int_equal(world->people[0].phase, ISS_PERSON_DESCENT);
    assert_null(iss_world_check(world));

    world->now_us = DAYS(10);
    iss_person_land(world, 0, true);
    iss_person_land(world, 1, false);
    assert_int_equal(world->people[0].phase, ISS_PERSON_GROUND);
    assert_int_equal(world->people[1].phase, ISS_PERSON_LOST);
    assert_int_equal(world->flights[0].seats_taken, 0);
    assert_int_equal(world->stays[0].launch_us, DAYS(1));
    assert_int_equal(world->stays[0].arrive_us, DAYS(2));
    assert_int_equal(world->stays[0].leave_us, DAYS(9));
    assert_int_equal(world->stays[0].land_us, DAYS(10));
    assert_int_equal(world->stays[0].down, 0);
    assert_false(world->stays[0].lost);
    assert_true(world->stays[1].lost);
    assert_null(iss_world_check(world));
    hand_end(&hand);
}

static void
who_isnt_on_the_ground_doesnt_board(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SETS);
    hand_dock(&hand, "First", "north");
    iss_team_board(hand.world, hand.world->flights[0].team, 1);
    assert_int_equal(hand.world->status, ISS_OK);
    assert_int_equal(hand.world->flights[1].crew_up, 0);
    assert_int_equal(hand.world->people[0].seat, 0);
    assert_int_equal(hand.world->stay_count, 2);
    hand_end(&hand);
}

/* A team boards once; there is no room for more stays than that. */
static void
boarding_twice_is_more_than_there_is_room_for(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, NULL);
    for (int i = 0; i < 2; i++) {
        iss_team_board(hand.world, 0, 0);
        if (i == 0) {
            assert_int_equal(hand.world->status, ISS_OK);
            iss_person_land(hand.world, 0, true);
            iss_person_land(hand.world, 1, true);
        }
    }
    assert_int_equal(hand.world->status, ISS_ERR_INVARIANT);
    hand_end(&hand);
}

static void
a_person_holds_one_seat_and_a_vehicle_no_more_than_it_has(void **state)
{
    struct hand hand;
    struct iss_world *world;

    (void)state;
    hand_start(&hand, SETS);
    world = hand.world;
    hand_dock(&hand, "First", "north");
    hand_dock(&hand, "Second", "south");
    assert_int_equal(iss_seats_free(world, 1, ISS_SEAT_REGULAR), 0);
    assert_int_equal(iss_seats_free(world, 1, ISS_SEAT_EMERGENCY), 1);
    iss_seat_take(world, 0, 1, ISS_SEAT_EMERGENCY);
    assert_int_equal(world->people[0].seat, 1);
    assert_int_equal(world->people[0].seat_kind, ISS_SEAT_EMERGENCY);
    assert_int_equal(iss_seats_free(world, 0, ISS_SEAT_REGULAR), 1);
    assert_int_equal(iss_seats_free(world, 1, ISS_SEAT_EMERGENCY), 0);
    assert_true(iss_person_safe(world, 0));
    assert_null(iss_world_check(world));

    iss_seat_take(world, 2, -1, ISS_SEAT_NONE);
    assert_int_equal(world->people[2].seat, -1);
    assert_false(iss_person_safe(world, 2));
    assert_int_equal(iss_world_unsafe(world), 1);
    iss_flight_damage(world, 0, ISS_EMERGENCY_ONLY, 1);
    assert_int_equal(iss_world_unsafe(world), 2); /* and Boris */
    assert_null(iss_world_check(world));

    iss_seat_take(world, 1, 1, ISS_SEAT_EMERGENCY);
    assert_int_equal(world->status, ISS_ERR_INVARIANT);
    hand_end(&hand);
}

static void
who_leaves_in_another_ship_takes_a_seat_there(void **state)
{
    struct hand hand;
    struct iss_world *world;

    (void)state;
    hand_start(&hand, SETS);
    world = hand.world;
    hand_dock(&hand, "First", "north");
    hand_dock(&hand, "Second", "south");
    iss_port_leave(world, 1);
    iss_flight_phase(world, 1, ISS_FLIGHT_RETURNING);
    for (int32_t id = 2; id < 4; id++) {
        iss_person_leave(world, id, 1);
    }
    iss_person_leave(world, 0, 1); /* in the improvised place */
    assert_int_equal(world->people[0].seat_kind, ISS_SEAT_EMERGENCY);
    assert_int_equal(world->flights[0].seats_taken, 1);
    assert_int_equal(world->flights[1].crew_down, 3);
    assert_null(iss_world_check(world));
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_world_begins_empty_and_consistent),
        cmocka_unit_test(a_port_is_kept_for_one_flight_until_it_is_given_up),
        cmocka_unit_test(docking_uses_the_reservation_up_and_leaving_frees_the_port),
        cmocka_unit_test(a_taken_port_and_no_port_cant_be_docked_to),
        cmocka_unit_test(damage_gets_no_better_and_survivals_multiply),
        cmocka_unit_test(flights_are_generated_while_there_is_room),
        cmocka_unit_test(a_replacement_counts_until_it_is_there_or_lost),
        cmocka_unit_test(a_line_gives_its_dates_and_then_one_an_interval),
        cmocka_unit_test(a_line_without_an_interval_ends),
        cmocka_unit_test(a_line_without_dates_has_a_vehicle_from_the_start),
        cmocka_unit_test(a_vehicle_without_a_line_is_always_there),
        cmocka_unit_test(a_person_goes_up_stays_and_comes_down),
        cmocka_unit_test(who_isnt_on_the_ground_doesnt_board),
        cmocka_unit_test(boarding_twice_is_more_than_there_is_room_for),
        cmocka_unit_test(a_person_holds_one_seat_and_a_vehicle_no_more_than_it_has),
        cmocka_unit_test(who_leaves_in_another_ship_takes_a_seat_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
