/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launches.c - what stops a launch, which goes first, and which goes ahead.
 */
#include "unit/world/by_hand.h"

#include "policy/policy.h"

/* ---- who goes first ------------------------------------------------------------ */

/* Old was planned before Young, and is due after it; Ship carries people. */
#define QUEUE                                                                          \
    "flights.Old={vehicle='barge'; launch=@10;}",                                      \
        "flights.Young={vehicle='barge'; launch=@20;}",                                \
        "flights.Ship={vehicle='capsule'; launch=@15; crew=['chen'];}"

struct queue {
    struct hand hand;
    int32_t old, young, ship;
};

static void
queue_start(struct queue *queue, const char *policy)
{
    hand_start(&queue->hand, SET(QUEUE, policy));
    queue->old = outpost_flight(queue->hand.model, "Old");
    queue->young = outpost_flight(queue->hand.model, "Young");
    queue->ship = outpost_flight(queue->hand.model, "Ship");
    queue->hand.world->flights[queue->old].due_us = DAYS(40);
    queue->hand.world->flights[queue->young].due_us = DAYS(30);
    queue->hand.world->flights[queue->ship].due_us = DAYS(50);
}

/* One goes before the other, and not the other way round. */
static void
assert_before(const struct queue *queue, int32_t one, int32_t other)
{
    assert_true(iss_policy_before(queue->hand.world, one, other));
    assert_false(iss_policy_before(queue->hand.world, other, one));
    assert_false(iss_policy_before(queue->hand.world, one, one));
}

static void
the_policy_says_who_goes_first(void **state)
{
    struct queue queue;

    (void)state;
    queue_start(&queue, "policy.first='waiting'");
    assert_before(&queue, queue.young, queue.old);
    assert_before(&queue, queue.old, queue.ship);
    hand_end(&queue.hand);
    queue_start(&queue, "policy.first='plan'");
    assert_before(&queue, queue.old, queue.ship);
    assert_before(&queue, queue.ship, queue.young);
    hand_end(&queue.hand);
    queue_start(&queue, "policy.first='crew'");
    assert_before(&queue, queue.ship, queue.old);
    assert_before(&queue, queue.old, queue.young);
    hand_end(&queue.hand);
    queue_start(&queue, "policy.first='cargo'");
    assert_before(&queue, queue.old, queue.young);
    assert_before(&queue, queue.young, queue.ship);
    hand_end(&queue.hand);
}

static void
rescues_go_first_whatever_the_policy(void **state)
{
    static const char *const policies[] = {"policy.first='waiting'",
                                           "policy.first='plan'", "policy.first='crew'",
                                           "policy.first='cargo'"};
    struct queue queue;

    (void)state;
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        queue_start(&queue, policies[i]);
        queue.hand.world->flights[queue.ship].replaces = 0;
        assert_before(&queue, queue.ship, queue.young);
        assert_before(&queue, queue.ship, queue.old);
        queue.hand.world->flights[queue.ship].plan_launch_us = ISS_NO_TIME;
        assert_before(&queue, queue.ship, queue.old);
        hand_end(&queue.hand);
    }
}

static void
what_is_equal_goes_in_the_order_of_the_plan_and_of_the_scenario(void **state)
{
    struct queue queue;

    (void)state;
    queue_start(&queue, "policy.first='waiting'");
    struct iss_flight *flights = queue.hand.world->flights;
    flights[queue.old].due_us = flights[queue.young].due_us;
    assert_before(&queue, queue.old, queue.young);
    flights[queue.old].plan_launch_us = flights[queue.young].plan_launch_us;
    assert_before(&queue, queue.old, queue.young);
    flights[queue.young].plan_launch_us = ISS_NO_TIME; /* then it's when it is due */
    flights[queue.old].plan_launch_us = DAYS(31);
    assert_before(&queue, queue.young, queue.old);
    hand_end(&queue.hand);
}

/* ---- room ---------------------------------------------------------------------- */

static void
people_aboard_and_on_the_way_leave_room_for_so_many(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(HAND_SECOND, HAND_THIRD, HAND_BARGE, "station.max_crew=4"));
    int32_t second = outpost_flight(hand.model, "Second");
    int32_t third = outpost_flight(hand.model, "Third");
    hand_dock(&hand, "First", "north");
    assert_int_equal(iss_policy_crowd(hand.world, second), 0); /* four */
    iss_team_board(hand.world, hand.world->flights[second].team, second);
    iss_flight_phase(hand.world, second, ISS_FLIGHT_FREE_FLIGHT);
    assert_int_equal(iss_policy_crowd(hand.world, third), 2); /* six */
    assert_int_equal(iss_policy_obstacle(hand.world, third), ISS_STOP_CROWDED);
    iss_flight_phase(hand.world, second, ISS_FLIGHT_RETURNING); /* gave up docking */
    assert_int_equal(iss_policy_crowd(hand.world, third), 0);
    hand.world->people[outpost_person(hand.model, "eve")].phase = ISS_PERSON_LOST;
    iss_flight_phase(hand.world, second, ISS_FLIGHT_FREE_FLIGHT);
    assert_int_equal(iss_policy_crowd(hand.world, third), 1); /* one of them flies */
    hand.world->flights[third].team = -1;
    assert_int_equal(iss_policy_crowd(hand.world, third), 0); /* nobody does */
    hand_end(&hand);
    hand_start(&hand, SET(HAND_SECOND, "flights.Second.crew=['chen']"));
    hand_dock(&hand, "First", "north");
    assert_int_equal(iss_policy_crowd(hand.world, 1), 0); /* no limit */
    hand_end(&hand);
}

/* ---- going ahead --------------------------------------------------------------- */

/* Ship waits on day 0; Cargo, on the same rocket, could fly and is due on day 20. */
#define SWAP                                                                           \
    "vehicles.barge.launch_system='rocket'",                                           \
        "flights.Ship={vehicle='capsule'; launch=@0; crew=['chen'];}",                 \
        "flights.Cargo={vehicle='barge'; launch=@20;}",                                \
        "flights.More={vehicle='barge'; launch=@25;}"

struct swap {
    struct hand hand;
    int32_t ship, cargo, more;
};

static void
swap_plan(struct swap *swap, int32_t id, double day)
{
    swap->hand.world->flights[id].due_us = DAYS(day);
    iss_schedule(swap->hand.world, iss_slot_flight(swap->hand.world, id, ISS_SLOT_STEP),
                 DAYS(day), ISS_EVENT_LAUNCH_DUE, id, -1);
}

static void
swap_start(struct swap *swap, const char *setting)
{
    hand_start(&swap->hand, SET(SWAP, setting));
    swap->ship = outpost_flight(swap->hand.model, "Ship");
    swap->cargo = outpost_flight(swap->hand.model, "Cargo");
    swap->more = outpost_flight(swap->hand.model, "More");
    swap_plan(swap, swap->cargo, 20);
    swap_plan(swap, swap->more, 25);
}

static void
the_next_of_the_queue_that_could_fly_goes_ahead(void **state)
{
    struct swap swap;

    (void)state;
    swap_start(&swap, "policy.swap='none'");
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), -1);
    hand_end(&swap.hand);
    swap_start(&swap, "policy.swap='ready'");
    struct iss_world *world = swap.hand.world;
    assert_int_equal(iss_policy_swap(world, swap.ship), swap.cargo);
    assert_int_equal(iss_policy_swap(world, swap.cargo), swap.more); /* not itself */
    world->flights[swap.cargo].ready_us = 1; /* its vehicle isn't there */
    assert_int_equal(iss_policy_swap(world, swap.ship), swap.more);
    world->flights[swap.cargo].ready_us = 0;
    world->flights[swap.cargo].stopped = ISS_STOP_PAD;
    assert_int_equal(iss_policy_swap(world, swap.ship), swap.more);
    world->flights[swap.cargo].stopped = ISS_STOP_NONE;
    iss_flight_phase(world, swap.cargo, ISS_FLIGHT_HELD);
    assert_int_equal(iss_policy_swap(world, swap.ship), swap.more);
    iss_flight_phase(world, swap.cargo, ISS_FLIGHT_PLANNED);
    world->flights[swap.cargo].due_us = 0; /* due by itself */
    assert_int_equal(iss_policy_swap(world, swap.ship), swap.more);
    iss_unschedule(world, iss_slot_flight(world, swap.more, ISS_SLOT_STEP));
    assert_int_equal(iss_policy_swap(world, swap.ship), -1);
    hand_end(&swap.hand);
}

static void
nobody_goes_ahead_too_far_or_without_a_rocket_or_a_port(void **state)
{
    struct swap swap;

    (void)state;
    swap_start(&swap, "policy={swap='ready'; swap_ahead=19;}");
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), -1);
    hand_end(&swap.hand);
    swap_start(&swap, "policy={swap='ready'; swap_ahead=20;}");
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), swap.cargo);
    iss_rocket_ground(swap.hand.world, 0, DAYS(5));
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), -1);
    swap.hand.world->flights[swap.ship].rocket = -1; /* another queue */
    swap.hand.world->now_us = DAYS(5);
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), -1);
    swap.hand.world->flights[swap.ship].rocket = 0;
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), swap.cargo);
    for (int32_t port = 0; port < 3; port++) {
        iss_port_block(swap.hand.world, port, DAYS(9));
    }
    assert_int_equal(iss_policy_swap(swap.hand.world, swap.ship), -1);
    hand_end(&swap.hand);
}

static void
the_next_crew_is_the_first_due_of_the_type(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand,
               SET(HAND_SECOND, HAND_THIRD, HAND_BARGE,
                   "flights.Visit={vehicle='capsule'; launch=@5; undock=@9; "
                   "crew=['ada']; visiting=true;}",
                   "flights.First.as_flown.undock=@-1", "flights.First.undock=@-1",
                   "flights.First.as_flown.land=@-1"));
    int32_t first = outpost_flight(hand.model, "First");
    int32_t second = outpost_flight(hand.model, "Second");
    int32_t third = outpost_flight(hand.model, "Third");
    for (int32_t i = 0; i < hand.world->flight_count; i++) {
        hand.world->flights[i].due_us = hand.world->flights[i].plan_launch_us;
    }
    assert_int_equal(iss_policy_next_crew(hand.world, first), second);
    hand.world->flights[second].due_us = DAYS(200);
    assert_int_equal(iss_policy_next_crew(hand.world, first), third);
    iss_flight_phase(hand.world, third, ISS_FLIGHT_DOCKED);
    hand.world->flights[second].due_us = ISS_NEVER;
    assert_int_equal(iss_policy_next_crew(hand.world, first), -1);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_policy_says_who_goes_first),
        cmocka_unit_test(rescues_go_first_whatever_the_policy),
        cmocka_unit_test(
            what_is_equal_goes_in_the_order_of_the_plan_and_of_the_scenario),
        cmocka_unit_test(people_aboard_and_on_the_way_leave_room_for_so_many),
        cmocka_unit_test(the_next_of_the_queue_that_could_fly_goes_ahead),
        cmocka_unit_test(nobody_goes_ahead_too_far_or_without_a_rocket_or_a_port),
        cmocka_unit_test(the_next_crew_is_the_first_due_of_the_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
