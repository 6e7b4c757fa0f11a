/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_refusals.c - an appointment that finds its flight or its person in another state
 * than it was made for comes to nothing.
 */
#include "unit/world/by_hand.h"

#include "process/process.h"

typedef void handler(struct iss_world *world, const struct iss_event *event);

enum { FIRST, SECOND };

/* In which phases of Second, which isn't at a port, `handle` does something: "110..."
 * for PLANNED and HELD. */
static void
assert_acts_in(handler *handle, enum iss_event_kind kind, const char *phases)
{
    char got[ISS_FLIGHT_PHASE_COUNT + 1] = "";

    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        const struct iss_event event = {
            .kind = (uint16_t)kind, .subject = SECOND, .object = -1};
        struct hand hand;
        hand_start(
            &hand,
            SET("flights.First.as_flown.undock=@100",
                "flights.Second={vehicle='capsule'; launch=@5; as_flown={"
                "launch=@200; dock=@210; port='north'; relocations=({undock=@211; "
                "dock=@212; port='south';});};}"));
        struct iss_flight *flight = &hand.world->flights[SECOND];
        iss_flight_phase(hand.world, SECOND, (enum iss_flight_phase)phase);
        if (phase == ISS_FLIGHT_DOCKED) {
            iss_port_occupy(hand.world, SECOND, 0);
        }
        struct iss_flight before = *flight;
        handle(hand.world, &event);
        assert_int_equal(hand.world->status, ISS_OK);
        bool raised = hand.world->raised_head != hand.world->raised_tail;
        got[phase] = raised || memcmp(&before, flight, sizeof before) != 0 ? '1' : '0';
        hand_end(&hand);
    }
    assert_string_equal(got, phases);
}

static void
each_step_is_taken_from_the_phases_before_it_only(void **state)
{
    (void)state;
    /* planned held free_flight docked relocating returning landed disposed failed
     * cancelled spare */
    assert_acts_in(iss_launch_on_due, ISS_EVENT_LAUNCH_DUE, "11000000000");
    assert_acts_in(iss_traffic_on_docking, ISS_EVENT_DOCKING_DUE, "00100000000");
    assert_acts_in(iss_traffic_on_relocation, ISS_EVENT_RELOCATION_DUE, "00011000000");
    assert_acts_in(iss_rotation_on_departure, ISS_EVENT_DEPARTURE_DUE, "00010000000");
    assert_acts_in(iss_rotation_on_life_expires, ISS_EVENT_LIFE_EXPIRES, "00010000000");
    assert_acts_in(iss_traffic_on_landing, ISS_EVENT_LANDING_DUE, "00000100000");
}

static void
assert_nothing_raised(const struct hand *hand)
{
    assert_int_equal(hand->world->status, ISS_OK);
    assert_int_equal(hand->world->raised_head, hand->world->raised_tail);
}

static void
a_failure_strikes_what_is_attached_and_once(void **state)
{
    const struct iss_event strike = {
        .kind = ISS_EVENT_FAILURE_OCCURS, .subject = FIRST, .object = 0};
    struct hand hand;

    (void)state;
    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        bool attached = phase == ISS_FLIGHT_DOCKED || phase == ISS_FLIGHT_RELOCATING;
        hand_start(&hand, NULL);
        iss_flight_phase(hand.world, FIRST, (enum iss_flight_phase)phase);
        iss_failure_on_occurs(hand.world, &strike);
        assert_int_equal(hand.world->flights[FIRST].condition,
                         attached ? ISS_EMERGENCY_ONLY : ISS_SOUND);
        assert_int_equal(hand.world->raised_tail, attached);
        iss_failure_on_occurs(hand.world, &strike);
        assert_int_equal(hand.world->raised_tail, attached);
        hand_end(&hand);
    }
}

static void
nothing_is_decided_about_a_sound_an_empty_or_an_absent_ship(void **state)
{
    const struct iss_event decide = {
        .kind = ISS_EVENT_LIFEBOAT_DECISION, .subject = FIRST, .object = -1};
    struct hand hand;

    (void)state;
    hand_start(&hand, NULL);
    hand_dock(&hand, "First", "north");
    iss_lifeboat_on_decision(hand.world, &decide); /* sound */
    assert_nothing_raised(&hand);
    iss_flight_damage(hand.world, FIRST, ISS_EMERGENCY_ONLY, 1);
    hand.world->people[0].down = hand.world->people[1].down = -1;
    iss_lifeboat_on_decision(hand.world, &decide); /* nobody's way home */
    assert_nothing_raised(&hand);
    hand.world->people[0].down = FIRST;
    iss_port_leave(hand.world, FIRST);
    iss_flight_phase(hand.world, FIRST, ISS_FLIGHT_RETURNING);
    iss_lifeboat_on_decision(hand.world, &decide); /* gone */
    assert_nothing_raised(&hand);
    iss_port_occupy(hand.world, FIRST, 0);
    iss_flight_phase(hand.world, FIRST, ISS_FLIGHT_DOCKED);
    iss_lifeboat_on_decision(hand.world, &decide);
    assert_true(hand.world->raised_tail > 0);
    hand_end(&hand);
}

static void
a_seat_isnt_moved_for_who_is_safe_or_gone(void **state)
{
    const struct iss_event move = {
        .kind = ISS_EVENT_SEAT_MOVE_DUE, .subject = 0, .object = -1};
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(HAND_SECOND));
    iss_lifeboat_on_seat_move(hand.world, &move); /* on the ground */
    assert_nothing_raised(&hand);
    hand_dock(&hand, "First", "north");
    hand_dock(&hand, "Second", "south");
    iss_lifeboat_on_seat_move(hand.world, &move); /* safe */
    assert_nothing_raised(&hand);
    iss_flight_damage(hand.world, FIRST, ISS_EMERGENCY_ONLY, 1);
    iss_flight_damage(hand.world, SECOND, ISS_EMERGENCY_ONLY, 1);
    iss_lifeboat_on_seat_move(hand.world, &move); /* no seat anywhere */
    assert_nothing_raised(&hand);
    assert_int_equal(hand.world->people[0].seat, FIRST);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_taken_from_the_phases_before_it_only),
        cmocka_unit_test(a_failure_strikes_what_is_attached_and_once),
        cmocka_unit_test(nothing_is_decided_about_a_sound_an_empty_or_an_absent_ship),
        cmocka_unit_test(a_seat_isnt_moved_for_who_is_safe_or_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
