/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_emergencies.c - failures, what the partners decide about them, and what the
 * scenario forces: in which phases of the vehicle they do something, and in every other
 * one nothing.
 */
#include "unit/world/by_hand.h"

#include "process/process.h"

typedef void handler(struct iss_world *world, const struct iss_event *event);

enum { FIRST, SECOND };
enum { LEAK };

/* Seat moves, a forced loss and a forced leak, in this order. */
#define EMERGENCIES                                                                    \
    SET("flights.Second={vehicle='capsule'; launch=@90; crew=['chen']; "               \
        "relieves='First';}",                                                          \
        "events={move={at=@1; what='seat_move'; person='ada'; flight='Second';}; "     \
        "loss={at=@2; what='ascent_failure'; flight='Second';}; "                      \
        "leak={at=@3; what='failure'; failure='leak'; flight='First';};}")
enum { MOVE, LOSS, FORCED_LEAK };

/* First, damaged in phase `phase` with its two people aboard it or the station. */
static void
start_in(struct hand *hand, int phase, enum iss_condition condition)
{
    hand_start(hand, EMERGENCIES);
    hand_dock(hand, "First", "north");
    iss_flight_damage(hand->world, FIRST, condition, 0.5);
    if (phase != ISS_FLIGHT_DOCKED) {
        iss_port_leave(hand->world, FIRST);
        iss_flight_phase(hand->world, FIRST, (enum iss_flight_phase)phase);
    }
    hand->world->sequence = 7;
}

/* The sum of First's appointments, as good as all of them. */
static int64_t
appointments(const struct iss_world *world)
{
    int64_t sum = 0;

    for (int kind = 0; kind < ISS_SLOT_MODES + world->model->failures.count; kind++) {
        int32_t slot = iss_slot_flight(world, FIRST, kind);
        sum += iss_scheduled(world, slot)
                   ? (kind + 1) * iss_calendar_time(world->calendar, slot) + 1
                   : 0;
    }
    return sum;
}

/* Whether anything is raised, scheduled or changed about First. */
static bool
acts(struct hand *hand, handler *handle, const struct iss_event *event)
{
    struct iss_world *world = hand->world;
    const struct iss_flight before = world->flights[FIRST];
    uint32_t raised = world->raised_tail;
    int64_t appointed = appointments(world);

    handle(world, event);
    assert_int_equal(world->status, ISS_OK);
    return world->raised_tail != raised || appointments(world) != appointed ||
           memcmp(&before, &world->flights[FIRST], sizeof before) != 0;
}

/* In which phases of First `handle` does something: "001..." from PLANNED on. */
static void
assert_acts_in(handler *handle, enum iss_event_kind kind, int32_t object,
               enum iss_condition condition, const char *phases)
{
    char got[ISS_FLIGHT_PHASE_COUNT + 1] = "";

    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        const struct iss_event event = {
            .kind = (uint16_t)kind, .subject = FIRST, .object = object};
        struct hand hand;
        start_in(&hand, phase, condition);
        got[phase] = acts(&hand, handle, &event) ? '1' : '0';
        hand_end(&hand);
    }
    assert_string_equal(got, phases);
}

static void
the_partners_act_for_a_ship_at_the_station_only(void **state)
{
    (void)state;
    /* planned held free_flight docked relocating returning landed disposed failed
     * cancelled spare */
    assert_acts_in(iss_lifeboat_on_assessed, ISS_EVENT_FAILURE_ASSESSED, LEAK,
                   ISS_EMERGENCY_ONLY, "00011000000");
    assert_acts_in(iss_lifeboat_on_assessed, ISS_EVENT_FAILURE_ASSESSED, LEAK,
                   ISS_SOUND, "00000000000");
    assert_acts_in(iss_lifeboat_on_decision, ISS_EVENT_LIFEBOAT_DECISION, -1,
                   ISS_EMERGENCY_ONLY, "00011000000");
    assert_acts_in(iss_lifeboat_on_decision, ISS_EVENT_LIFEBOAT_DECISION, -1, ISS_SOUND,
                   "00000000000");
    assert_acts_in(iss_lifeboat_on_evacuation, ISS_EVENT_EVACUATION, LEAK, ISS_SOUND,
                   "00011000000");
}

static void
nobody_is_sent_home_early_twice(void **state)
{
    const struct iss_event evacuate = {
        .kind = ISS_EVENT_EVACUATION, .subject = FIRST, .object = LEAK};
    struct hand hand;

    (void)state;
    start_in(&hand, ISS_FLIGHT_DOCKED, ISS_SOUND);
    assert_true(acts(&hand, iss_lifeboat_on_evacuation, &evacuate));
    assert_false(acts(&hand, iss_lifeboat_on_evacuation, &evacuate));
    hand_end(&hand);
}

static void
a_failure_strikes_a_docked_ship_or_is_awaited_by_one_to_come(void **state)
{
    (void)state;
    assert_acts_in(iss_failure_on_occurs, ISS_EVENT_FAILURE_OCCURS, LEAK, ISS_SOUND,
                   "00011000000");
    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        const struct iss_event strike = {
            .kind = ISS_EVENT_FAILURE_OCCURS, .subject = FIRST, .object = LEAK};
        struct hand hand;
        start_in(&hand, phase, ISS_SOUND);
        iss_failure_on_occurs(hand.world, &strike);
        assert_int_equal(iss_world_failure(hand.world, FIRST, LEAK)->awaited,
                         phase <= ISS_FLIGHT_FREE_FLIGHT);
        hand_end(&hand);
    }
}

/* A ship that has come or gone without what was awaited has no clock that runs. */
static void
clocks_and_findings_end_with_the_stay(void **state)
{
    const struct iss_event gone = {.kind = ISS_EVENT_UNDOCKED, .subject = FIRST};
    const struct iss_event strike = {
        .kind = ISS_EVENT_FAILURE_OCCURS, .subject = FIRST, .object = LEAK};
    struct hand hand;

    (void)state;
    start_in(&hand, ISS_FLIGHT_DOCKED, ISS_SOUND);
    int32_t slot = iss_slot_finding(hand.world, FIRST, LEAK);
    iss_failure_on_occurs(hand.world, &strike);
    assert_true(iss_scheduled(hand.world, slot));
    iss_failure_on_undocked(hand.world, &gone);
    assert_false(iss_scheduled(hand.world, slot));
    hand_end(&hand);
    start_in(&hand, ISS_FLIGHT_DOCKED, ISS_SOUND);
    iss_failure_on_occurs(hand.world, &strike);
    iss_failure_on_flight_over(hand.world, &gone);
    assert_false(iss_scheduled(hand.world, slot));
    hand_end(&hand);
}

/* Ada's seat moves to Second when she is aboard and Second is at a port, else not. */
static void
a_forced_seat_needs_the_person_and_the_ship(void **state)
{
    const struct iss_event due = {.kind = ISS_EVENT_FORCED_DUE, .subject = MOVE};

    (void)state;
    for (int phase = 0; phase < ISS_FLIGHT_PHASE_COUNT; phase++) {
        bool attached = phase == ISS_FLIGHT_DOCKED || phase == ISS_FLIGHT_RELOCATING;
        struct hand hand;
        start_in(&hand, ISS_FLIGHT_DOCKED, ISS_SOUND);
        iss_flight_phase(hand.world, SECOND, (enum iss_flight_phase)phase);
        iss_forced_on_due(hand.world, &due);
        assert_int_equal(hand.world->people[0].seat == SECOND, attached);
        assert_int_equal(hand.world->raised_tail, attached);
        iss_forced_on_due(hand.world, &due); /* it's hers already */
        assert_int_equal(hand.world->raised_tail, attached);
        hand_end(&hand);
    }
    struct hand hand;
    hand_start(&hand, EMERGENCIES); /* she is on the ground */
    iss_flight_phase(hand.world, SECOND, ISS_FLIGHT_DOCKED);
    iss_forced_on_due(hand.world, &due);
    assert_int_equal(hand.world->raised_tail, 0);
    hand_end(&hand);
}

static void
a_forced_loss_dooms_and_a_forced_failure_strikes(void **state)
{
    const struct iss_event loss = {.kind = ISS_EVENT_FORCED_DUE, .subject = LOSS};
    const struct iss_event leak = {.kind = ISS_EVENT_FORCED_DUE,
                                   .subject = FORCED_LEAK};
    struct hand hand;

    (void)state;
    start_in(&hand, ISS_FLIGHT_DOCKED, ISS_SOUND);
    iss_forced_on_due(hand.world, &loss);
    assert_true(hand.world->flights[SECOND].doomed);
    assert_int_equal(hand.world->raised_tail, 0);
    iss_forced_on_due(hand.world, &leak);
    assert_int_equal(hand.world->raised_tail, 1);
    assert_int_equal(hand.world->raised[0].kind, ISS_EVENT_FAILURE_OCCURS);
    assert_int_equal(hand.world->raised[0].subject, FIRST);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_partners_act_for_a_ship_at_the_station_only),
        cmocka_unit_test(nobody_is_sent_home_early_twice),
        cmocka_unit_test(a_failure_strikes_a_docked_ship_or_is_awaited_by_one_to_come),
        cmocka_unit_test(clocks_and_findings_end_with_the_stay),
        cmocka_unit_test(a_forced_seat_needs_the_person_and_the_ship),
        cmocka_unit_test(a_forced_loss_dooms_and_a_forced_failure_strikes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
