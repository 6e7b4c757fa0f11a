/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_refusals.c - an appointment that finds its flight or its person in another state
 * than it was made for comes to nothing.
 */
#include "unit/world/by_hand.h"

#include "process/process.h"

typedef void handler(struct iss_world *world, const struct iss_event *event);

enum { FIRST, SECOND, THIRD };

/* Of Second, which isn't at a port; its rocket is grounded, there's another, and Third
 * could be brought forward. */
#define SETTINGS                                                                       \
    SET("flights.First.as_flown.undock=@100",                                          \
        "flights.Second={vehicle='capsule'; launch=@5; crew=['chen']; as_flown={"      \
        "launch=@200; dock=@210; port='north'; relocations=({undock=@211; "            \
        "dock=@212; port='south';});};}",                                              \
        "flights.Third={vehicle='capsule'; launch=@90; crew=['dana'];}",               \
        "launch_systems.spare={}",                                                     \
        "vehicles.capsule.alternatives=({launch_system='spare'; lead=5;})",            \
        "launch_systems.rocket.scrubs=({cause='rain'; probability=0.1;})",             \
        "policy.advance=50", "policy.advance_lead=20", "policy.abort_wait=0")

/* In which phases of Second `handle` does something: "110..." for PLANNED and HELD. */
static void
assert_acts_in(handler *handle, enum iss_event_kind kind, const char *phases)
{
    char got[ISS_FLIGHT_PHASE_COUNT + 1] = "";

    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        const struct iss_event event = {
            .kind = (uint16_t)kind, .subject = SECOND, .object = 0};
        struct hand hand;
        hand_start(&hand, SETTINGS);
        struct iss_flight *flight = &hand.world->flights[SECOND];
        iss_flight_phase(hand.world, SECOND, (enum iss_flight_phase)phase);
        if (phase == ISS_FLIGHT_DOCKED) {
            iss_port_occupy(hand.world, SECOND, 0);
        }
        hand.world->flights[THIRD].due_us = DAYS(90);
        assert_true(iss_rocket_ground(hand.world, 0, DAYS(40)));
        struct iss_flight before = *flight;
        uint32_t sequence = hand.world->sequence;
        handle(hand.world, &event);
        assert_int_equal(hand.world->status, ISS_OK);
        bool acted = hand.world->sequence != sequence ||
                     memcmp(&before, flight, sizeof before) != 0;
        got[phase] = acted ? '1' : '0';
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
    assert_acts_in(iss_launch_on_planned, ISS_EVENT_FLIGHT_PLANNED, "10000000000");
    /* from port to port it is noted, and done at the new one */
    assert_acts_in(iss_rotation_on_departure, ISS_EVENT_DEPARTURE_DUE, "00011000000");
    assert_acts_in(iss_rotation_on_life_expires, ISS_EVENT_LIFE_EXPIRES, "00011000000");
}

static void
what_a_launch_leads_to_does_nothing_in_another_phase(void **state)
{
    (void)state;
    /* planned held free_flight docked relocating returning landed disposed failed */
    assert_acts_in(iss_launch_on_scrubbed, ISS_EVENT_LAUNCH_SCRUBBED, "10000000000");
    assert_acts_in(iss_launch_on_launched, ISS_EVENT_LAUNCHED, "11000000000");
    assert_acts_in(iss_launch_on_ascent_failed, ISS_EVENT_ASCENT_FAILED, "00000000100");
    assert_acts_in(iss_launch_on_vehicle_lost, ISS_EVENT_VEHICLE_LOST, "00000000100");
    assert_acts_in(iss_launch_on_replanned, ISS_EVENT_LAUNCH_ADVANCED, "11000000000");
    assert_acts_in(iss_launch_on_replanned, ISS_EVENT_LAUNCH_SWAPPED, "11000000000");
    assert_acts_in(iss_launch_on_replanned, ISS_EVENT_ROCKET_SWITCHED, "11000000000");
    assert_acts_in(iss_launch_on_called, ISS_EVENT_RESCUE_CALLED, "11000000000");
    assert_acts_in(iss_launch_on_crew_failed, ISS_EVENT_ASCENT_FAILED, "00000111100");
    assert_acts_in(iss_lifeboat_on_flight_failed, ISS_EVENT_ASCENT_FAILED,
                   "00000111100");
}

/* Launches that something else has stopped, or nothing, or that have a date, stay where
 * they are, whatever is over. */
static void
only_what_is_over_lets_a_launch_go_on(void **state)
{
    static const struct {
        handler *handle;
        enum iss_stop ends;
    } ends[] = {{iss_launch_on_cleared, ISS_STOP_GROUNDED},
                {iss_launch_on_other, ISS_STOP_UNPROVEN},
                {iss_launch_on_undocked, ISS_STOP_CROWDED},
                {iss_launch_on_pad, ISS_STOP_PAD},
                {iss_launch_on_landed, ISS_STOP_FLEET}};
    const struct iss_event over = {.subject = 0, .object = -1};

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (int stop = ISS_STOP_NONE; stop <= ISS_STOP_FLEET; stop++) {
            for (int dated = 0; dated < 2; dated++) {
                struct hand hand;
                hand_start(&hand,
                           SET(HAND_SECOND, "families.kin={}",
                               "launch_systems.kin={family='kin'; pads=['pad'];}",
                               "pads.pad={}", "vehicles.capsule.launch_system='kin'",
                               "lines.yard.fleet=2", "vehicles.capsule.line='yard'",
                               "remove=['launch_systems.rocket']"));
                int32_t slot = iss_slot_flight(hand.world, SECOND, ISS_SLOT_STEP);
                hand.world->families[0].owed = 1;
                iss_flight_stop(hand.world, SECOND, (enum iss_stop)stop);
                if (dated) {
                    iss_schedule(hand.world, slot, DAYS(9), ISS_EVENT_LAUNCH_DUE,
                                 SECOND, -1);
                }
                ends[i].handle(hand.world, &over);
                bool goes = iss_calendar_time(hand.world->calendar, slot) == 0;
                assert_int_equal(goes, stop != ISS_STOP_NONE &&
                                           stop == (int)ends[i].ends && !dated);
                hand_end(&hand);
            }
        }
    }
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
        cmocka_unit_test(what_a_launch_leads_to_does_nothing_in_another_phase),
        cmocka_unit_test(only_what_is_over_lets_a_launch_go_on),
        cmocka_unit_test(a_failure_strikes_what_is_attached_and_once),
        cmocka_unit_test(nothing_is_decided_about_a_sound_an_empty_or_an_absent_ship),
        cmocka_unit_test(a_seat_isnt_moved_for_who_is_safe_or_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
