/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_traffic.c - the state machine of a vehicle on its way: what each event does in
 * the phase that it is for, and in every other one: nothing.
 */
#include "unit/world/by_hand.h"

#include "process/process.h"

typedef void handler(struct iss_world *world, const struct iss_event *event);

enum { FIRST, SECOND };
enum { NORTH, SOUTH, ANNEX };

/* Second has arrived at, or is docked to, north; a move to south is due on day 0. */
#define TRAFFIC                                                                        \
    "flights.First.as_flown.undock=@-40", "flights.First.as_flown.land=@-39",          \
        "flights.Second={vehicle='barge'; launch=@-5; relocations=({at=@0; "           \
        "port='south';}); as_flown={launch=@-5;};}"

static void
start_in(struct hand *hand, enum iss_flight_phase phase)
{
    struct iss_flight *flight;

    hand_start(hand, SET(TRAFFIC));
    flight = &hand->world->flights[SECOND];
    flight->launch_us = DAYS(-5);
    iss_flight_phase(hand->world, SECOND, phase);
    if (phase == ISS_FLIGHT_DOCKED) {
        iss_port_occupy(hand->world, SECOND, NORTH);
    }
    if (phase == ISS_FLIGHT_RELOCATING) {
        iss_port_reserve(hand->world, SECOND, SOUTH);
    }
    iss_flight_loiter(hand->world, SECOND, ISS_WAIT_PORT);
}

/* Whether `handle` does something to Second: its phase, its appointments, an event. */
static bool
acts(struct hand *hand, handler *handle, const struct iss_event *event)
{
    struct iss_world *world = hand->world;
    const struct iss_flight before = world->flights[SECOND];
    uint32_t sequence = world->sequence;

    handle(world, event);
    assert_int_equal(world->status, ISS_OK);
    assert_null(iss_world_check(world));
    return world->sequence != sequence ||
           world->flights[SECOND].phase != before.phase ||
           world->flights[SECOND].port != before.port ||
           world->flights[SECOND].attempts != before.attempts;
}

/* In which phases an event about Second does something: "001..." from PLANNED on. */
static void
assert_acts_in(handler *handle, enum iss_event_kind kind, const char *phases)
{
    char got[ISS_FLIGHT_PHASE_COUNT + 1] = "";

    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        const struct iss_event event = {
            .kind = (uint16_t)kind, .subject = SECOND, .object = FIRST};
        struct hand hand;
        start_in(&hand, (enum iss_flight_phase)phase);
        got[phase] = acts(&hand, handle, &event) ? '1' : '0';
        hand_end(&hand);
    }
    assert_string_equal(got, phases);
}

static void
each_event_acts_in_its_own_phase_only(void **state)
{
    (void)state;
    /* planned held free_flight docked relocating returning landed disposed failed
     * cancelled spare */
    assert_acts_in(iss_traffic_on_launched, ISS_EVENT_LAUNCHED, "00100000000");
    assert_acts_in(iss_traffic_on_docking, ISS_EVENT_DOCKING_DUE, "00100000000");
    assert_acts_in(iss_traffic_on_relocation, ISS_EVENT_RELOCATION_DUE, "00011000000");
    assert_acts_in(iss_traffic_on_landing, ISS_EVENT_LANDING_DUE, "00000100000");
    /* who waits in free flight goes on, whose planned move is due makes it */
    assert_acts_in(iss_traffic_on_change, ISS_EVENT_PORT_OPENED, "00110000000");
    /* nobody makes room unless the policy says so */
    assert_acts_in(iss_traffic_on_held, ISS_EVENT_DOCKING_HELD, "00000000000");
    assert_acts_in(iss_traffic_on_offered, ISS_EVENT_PORT_OPENED, "00000000000");
}

/* A vehicle that is called to another port goes there from a port only. */
static void
a_call_to_move_finds_the_vehicle_docked_or_comes_to_nothing(void **state)
{
    const struct iss_event call = {
        .kind = ISS_EVENT_RELOCATION_CALLED, .subject = SECOND, .object = FIRST};

    (void)state;
    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        struct hand hand;
        start_in(&hand, (enum iss_flight_phase)phase);
        iss_port_reserve(hand.world, SECOND, ANNEX);
        iss_port_reserve(hand.world, FIRST, NORTH);
        iss_traffic_on_relocation_called(hand.world, &call);
        bool docked = phase == ISS_FLIGHT_DOCKED;
        bool under_way = docked || phase == ISS_FLIGHT_RELOCATING;
        const struct iss_flight *flight = &hand.world->flights[SECOND];
        assert_int_equal(flight->phase, docked ? ISS_FLIGHT_RELOCATING : phase);
        assert_int_equal(flight->reserved, under_way ? ANNEX : -1);
        assert_int_equal(hand.world->flights[FIRST].reserved, under_way ? NORTH : -1);
        assert_int_equal(flight->ordered, docked);
        hand_end(&hand);
    }
}

static void
what_waits_for_nothing_isnt_sent_on(void **state)
{
    const struct iss_event opened = {
        .kind = ISS_EVENT_PORT_OPENED, .subject = SOUTH, .object = -1};
    struct hand hand;

    (void)state;
    start_in(&hand, ISS_FLIGHT_FREE_FLIGHT);
    hand.world->flights[SECOND].awaits = ISS_WAIT_NONE;
    assert_false(acts(&hand, iss_traffic_on_change, &opened));
    hand_end(&hand);
    start_in(&hand, ISS_FLIGHT_FREE_FLIGHT); /* every port is kept for others */
    for (int32_t port = NORTH; port <= ANNEX; port++) {
        hand.world->berths[port].blocked_us = ISS_NEVER;
    }
    assert_false(acts(&hand, iss_traffic_on_change, &opened));
    hand.world->berths[ANNEX].blocked_us = 0;
    assert_true(acts(&hand, iss_traffic_on_change, &opened));
    assert_int_equal(hand.world->flights[SECOND].reserved, ANNEX);
    hand_end(&hand);
}

static void
a_planned_move_waits_for_its_day_its_port_and_a_sound_ship(void **state)
{
    const struct iss_event due = {
        .kind = ISS_EVENT_RELOCATION_DUE, .subject = SECOND, .object = -1};
    struct hand hand;

    (void)state;
    start_in(&hand, ISS_FLIGHT_DOCKED);
    hand.world->berths[SOUTH].blocked_us = ISS_NEVER;
    assert_false(acts(&hand, iss_traffic_on_relocation, &due));
    hand.world->berths[SOUTH].blocked_us = 0;
    iss_flight_damage(hand.world, SECOND, ISS_EMERGENCY_ONLY, 1);
    assert_false(acts(&hand, iss_traffic_on_relocation, &due));
    hand.world->flights[SECOND].condition = ISS_SOUND;
    assert_true(acts(&hand, iss_traffic_on_relocation, &due));
    assert_int_equal(hand.world->flights[SECOND].phase, ISS_FLIGHT_RELOCATING);
    hand_end(&hand);
    start_in(&hand, ISS_FLIGHT_DOCKED);
    hand.world->flights[SECOND].planned = 1; /* made already */
    assert_false(acts(&hand, iss_traffic_on_relocation, &due));
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_acts_in_its_own_phase_only),
        cmocka_unit_test(a_call_to_move_finds_the_vehicle_docked_or_comes_to_nothing),
        cmocka_unit_test(what_waits_for_nothing_isnt_sent_on),
        cmocka_unit_test(a_planned_move_waits_for_its_day_its_port_and_a_sound_ship),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
