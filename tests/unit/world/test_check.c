/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_check.c - every way in which a world can be broken is found out.
 */
#include "unit/world/by_hand.h"

typedef void breaker(struct iss_world *world);

/* Break a world with First at north and Second at south; the check must say `finding`.
 */
static void
assert_found(breaker *break_it, const char *finding)
{
    struct hand hand;

    hand_start(&hand, SET(HAND_SECOND, HAND_THIRD));
    hand_dock(&hand, "First", "north");
    hand_dock(&hand, "Second", "south");
    assert_null(iss_world_check(hand.world));
    break_it(hand.world);
    const char *found = iss_world_check(hand.world);
    assert_string_equal(found ? found : "nothing", finding);
    hand_end(&hand);
}

static void
port_of_a_flight_elsewhere(struct iss_world *world)
{
    world->berths[2].flight = 0;
}

static void
reservation_unknown_to_the_flight(struct iss_world *world)
{
    world->berths[2].reserved = 2;
}

static void
docked_nowhere(struct iss_world *world)
{
    iss_port_leave(world, 0);
}

static void
at_a_port_in_flight(struct iss_world *world)
{
    iss_flight_phase(world, 0, ISS_FLIGHT_RETURNING);
}

static void
two_at_one_port(struct iss_world *world)
{
    world->flights[2].phase = ISS_FLIGHT_DOCKED;
    world->flights[2].port = 1;
}

static void
ports_are_checked(void **state)
{
    (void)state;
    assert_found(port_of_a_flight_elsewhere, "a port holds a flight that is elsewhere");
    assert_found(reservation_unknown_to_the_flight,
                 "a port is kept for a flight that keeps another");
    assert_found(docked_nowhere,
                 "a flight is docked without a port, or at one without being docked");
    assert_found(at_a_port_in_flight,
                 "a flight is docked without a port, or at one without being docked");
    assert_found(two_at_one_port, "a flight is at a port that holds another");
}

static void
seats_miscounted(struct iss_world *world)
{
    world->flights[0].seats_taken = 1;
}

static void
improvised_places_miscounted(struct iss_world *world)
{
    world->flights[0].emergency_taken = 1;
}

static void
more_people_than_seats(struct iss_world *world)
{
    world->people[2].seat = 0;
    world->flights[0].seats_taken = 3;
    world->flights[1].seats_taken = 1;
}

static void
half_a_seat(struct iss_world *world)
{
    world->people[4].seat_kind = ISS_SEAT_EMERGENCY;
}

static void
seat_in_a_vehicle_that_left(struct iss_world *world)
{
    iss_port_leave(world, 0);
    iss_flight_phase(world, 0, ISS_FLIGHT_RETURNING);
}

static void
seats_are_checked(void **state)
{
    (void)state;
    assert_found(seats_miscounted,
                 "a flight counts other seats taken than people hold");
    assert_found(improvised_places_miscounted,
                 "a flight counts other seats taken than people hold");
    assert_found(more_people_than_seats, "a flight has more people than seats");
    assert_found(half_a_seat, "somebody has a seat of no kind, or a kind of no seat");
    assert_found(seat_in_a_vehicle_that_left,
                 "somebody aboard has a seat in a vehicle that isn't at the station");
}

static void
not_on_the_list(struct iss_world *world)
{
    world->aboard[0] = 1;
    world->aboard[1] = 0;
}

static void
one_too_many_on_the_list(struct iss_world *world)
{
    world->aboard[world->aboard_count++] = 4;
}

static void
aboard_and_flying(struct iss_world *world)
{
    world->people[0].flight = 0;
}

static void
flying_in_nothing(struct iss_world *world)
{
    world->people[4].phase = ISS_PERSON_ASCENT;
}

static void
flying_without_a_seat(struct iss_world *world)
{
    iss_team_board(world, world->flights[2].team, 2);
    iss_seat_take(world, 4, -1, ISS_SEAT_NONE);
}

static void
people_are_checked(void **state)
{
    (void)state;
    assert_found(not_on_the_list, "somebody is aboard and not on the list");
    assert_found(one_too_many_on_the_list, "more are counted aboard than there are");
    assert_found(aboard_and_flying,
                 "somebody flies in no vehicle, or is in one without flying");
    assert_found(flying_in_nothing,
                 "somebody flies in no vehicle, or is in one without flying");
    assert_found(flying_without_a_seat,
                 "somebody flies in one vehicle with a seat in another");
}

/* A fleet of two, of which First is. */
static void
assert_fleet_found(breaker *break_it, const char *finding)
{
    struct hand hand;

    hand_start(&hand, SET(HAND_SECOND, "lines.pool={fleet=2; refurbishment=9;}",
                          "vehicles.capsule.line='pool'"));
    iss_fleet_launch(hand.world, outpost_flight(hand.model, "First"));
    iss_flight_phase(hand.world, 0, ISS_FLIGHT_FREE_FLIGHT);
    assert_null(iss_world_check(hand.world));
    break_it(hand.world);
    const char *found = iss_world_check(hand.world);
    assert_string_equal(found ? found : "nothing", finding);
    hand_end(&hand);
}

static void
away_and_not_listed(struct iss_world *world)
{
    world->lines[0].away = -1;
}

static void
listed_on_the_ground(struct iss_world *world)
{
    world->flights[0].next_away = 1;
}

static void
launched_behind_the_list(struct iss_world *world)
{
    world->flights[1].launch_us = world->now_us;
}

static void
fleets_are_checked(void **state)
{
    (void)state;
    assert_fleet_found(away_and_not_listed,
                       "a vehicle of a fleet is away and not in the list of those");
    assert_fleet_found(launched_behind_the_list,
                       "a vehicle of a fleet is away and not in the list of those");
    assert_fleet_found(listed_on_the_ground,
                       "a fleet counts a vehicle away that was never launched");
}

/* ---- launches to come ----------------------------------------------------------- */

static void
to_come_and_not_listed(struct iss_world *world)
{
    world->upcoming.count--;
}

static void
listed_and_cancelled(struct iss_world *world)
{
    world->flights[world->upcoming.at[0]].phase = ISS_FLIGHT_CANCELLED;
}

static void
lists_are_checked(void **state)
{
    (void)state;
    assert_found(to_come_and_not_listed, "other flights are to come than are listed");
    assert_found(listed_and_cancelled, "other flights are to come than are listed");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_are_checked),  cmocka_unit_test(seats_are_checked),
        cmocka_unit_test(people_are_checked), cmocka_unit_test(fleets_are_checked),
        cmocka_unit_test(lists_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
