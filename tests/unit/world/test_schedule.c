/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_schedule.c - the order of events: raised ones at once and first come first
 * served, those of the calendar by time, then rank, then age.
 */
#include "unit/world/by_hand.h"

/* A world without anything on its calendar. */
static void
start_idle(struct hand *hand)
{
    struct iss_event event;

    hand_start(hand, SET(HAND_SECOND, HAND_THIRD));
    hand->world->now_us = INT64_MIN;
    while (iss_world_next(hand->world, ISS_NEVER - 1, &event)) {
    }
    hand->world->now_us = 0;
    hand->world->current = 0;
}

static void
assert_next(struct hand *hand, enum iss_event_kind kind, int32_t subject,
            int64_t time_us)
{
    struct iss_event event;

    assert_true(iss_world_next(hand->world, ISS_NEVER - 1, &event));
    assert_string_equal(iss_event_infos[event.kind].name, iss_event_infos[kind].name);
    assert_int_equal(event.subject, subject);
    assert_int_equal(event.time_us, time_us);
    assert_int_equal(hand->world->now_us, time_us);
    assert_int_equal(hand->world->current, event.sequence);
}

static void
assert_idle(struct hand *hand)
{
    struct iss_event event;
    assert_false(iss_world_next(hand->world, ISS_NEVER - 1, &event));
}

static int32_t
slot(struct hand *hand, int32_t flight, enum iss_flight_slot which)
{
    return iss_slot_flight(hand->world, flight, which);
}

static void
raised_events_come_first_and_in_their_order(void **state)
{
    struct hand hand;

    (void)state;
    start_idle(&hand);
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_STEP), 0, ISS_EVENT_FORCED_DUE, 9,
                 -1);
    iss_raise(hand.world, ISS_EVENT_RELOCATED, 0, 1, 0);
    iss_raise(hand.world, ISS_EVENT_UNDOCKED, 1, 2, 0); /* of an earlier rank */
    assert_next(&hand, ISS_EVENT_RELOCATED, 0, 0);
    iss_raise(hand.world, ISS_EVENT_FORECAST_BEGINS, 2, -1, 0);
    assert_next(&hand, ISS_EVENT_UNDOCKED, 1, 0);
    assert_next(&hand, ISS_EVENT_FORECAST_BEGINS, 2, 0);
    assert_next(&hand, ISS_EVENT_FORCED_DUE, 9, 0);
    assert_idle(&hand);
    hand_end(&hand);
}

static void
the_calendar_goes_by_time_then_rank_then_age(void **state)
{
    struct hand hand;

    (void)state;
    start_idle(&hand);
    iss_schedule(hand.world, slot(&hand, 2, ISS_SLOT_STEP), 7, ISS_EVENT_LAUNCH_DUE, 2,
                 -1);
    iss_schedule(hand.world, slot(&hand, 1, ISS_SLOT_STEP), 7, ISS_EVENT_LAUNCH_DUE, 1,
                 -1);
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_STEP), 7, ISS_EVENT_DEPARTURE_DUE,
                 0, -1);
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_LIFE), 6, ISS_EVENT_MISSION_ENDS,
                 3, -1);
    assert_next(&hand, ISS_EVENT_MISSION_ENDS, 3, 6);
    assert_next(&hand, ISS_EVENT_DEPARTURE_DUE, 0, 7);
    assert_next(&hand, ISS_EVENT_LAUNCH_DUE, 2, 7);
    assert_next(&hand, ISS_EVENT_LAUNCH_DUE, 1, 7);
    assert_idle(&hand);
    hand_end(&hand);
}

static void
a_slot_holds_one_event_that_can_move_and_be_called_off(void **state)
{
    struct hand hand;
    int32_t at;

    (void)state;
    start_idle(&hand);
    at = slot(&hand, 0, ISS_SLOT_STEP);
    assert_false(iss_scheduled(hand.world, at));
    iss_schedule(hand.world, at, 5, ISS_EVENT_LAUNCH_DUE, 0, -1);
    iss_schedule(hand.world, at, 9, ISS_EVENT_DOCKING_DUE, 0, -1);
    assert_true(iss_scheduled(hand.world, at));
    assert_next(&hand, ISS_EVENT_DOCKING_DUE, 0, 9);
    assert_false(iss_scheduled(hand.world, at));
    iss_schedule(hand.world, at, 12, ISS_EVENT_LANDING_DUE, 0, -1);
    iss_unschedule(hand.world, at);
    assert_false(iss_scheduled(hand.world, at));
    iss_schedule(hand.world, at, 12, ISS_EVENT_LANDING_DUE, 0, -1);
    iss_schedule(hand.world, at, ISS_NEVER, ISS_EVENT_LANDING_DUE, 0, -1);
    assert_false(iss_scheduled(hand.world, at));
    assert_idle(&hand);
    hand_end(&hand);
}

static void
what_is_set_for_the_past_happens_now(void **state)
{
    struct hand hand;

    (void)state;
    start_idle(&hand);
    hand.world->now_us = 100;
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_STEP), 5, ISS_EVENT_LAUNCH_DUE, 0,
                 -1);
    assert_next(&hand, ISS_EVENT_LAUNCH_DUE, 0, 100);
    hand_end(&hand);
}

static void
nothing_is_given_out_after_the_time_asked_for(void **state)
{
    struct hand hand;
    struct iss_event event;

    (void)state;
    start_idle(&hand);
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_STEP), 50, ISS_EVENT_LAUNCH_DUE, 0,
                 -1);
    assert_false(iss_world_next(hand.world, 49, &event));
    assert_int_equal(hand.world->now_us, 0);
    assert_true(iss_world_next(hand.world, 50, &event));
    hand_end(&hand);
}

static void
an_event_knows_what_caused_it(void **state)
{
    struct hand hand;
    struct iss_event event;

    (void)state;
    start_idle(&hand);
    iss_raise(hand.world, ISS_EVENT_LAUNCHED, 1, -1, 3.5);
    assert_true(iss_world_next(hand.world, 0, &event));
    assert_int_equal(event.cause, 0);
    assert_true(event.value == 3.5);
    uint32_t first = event.sequence;
    iss_raise(hand.world, ISS_EVENT_ASCENT_FAILED, 1, -1, 0);
    iss_schedule(hand.world, slot(&hand, 0, ISS_SLOT_STEP), 8, ISS_EVENT_LAUNCH_DUE, 0,
                 -1);
    assert_true(iss_world_next(hand.world, 8, &event));
    assert_int_equal(event.cause, first);
    assert_true(iss_world_next(hand.world, 8, &event));
    assert_int_equal(event.cause, first);
    assert_true(event.sequence > first + 1);
    hand_end(&hand);
}

static void
too_many_events_at_one_moment_fail_the_replication(void **state)
{
    struct hand hand;

    (void)state;
    start_idle(&hand);
    for (int i = 0; i < ISS_RAISED; i++) {
        iss_raise(hand.world, ISS_EVENT_SEAT_MOVED, 0, 0, 0);
    }
    assert_int_equal(hand.world->status, ISS_OK);
    assert_next(&hand, ISS_EVENT_SEAT_MOVED, 0, 0);
    iss_raise(hand.world, ISS_EVENT_SEAT_MOVED, 1, 0, 0); /* there is room again */
    assert_int_equal(hand.world->status, ISS_OK);
    iss_raise(hand.world, ISS_EVENT_SEAT_MOVED, 2, 0, 0);
    assert_int_equal(hand.world->status, ISS_ERR_CAPACITY);
    hand_end(&hand);
}

static void
slots_are_distinct(void **state)
{
    struct hand hand;
    char used[256] = {0};

    (void)state;
    hand_start(&hand,
               SET(HAND_SECOND, "scenario.max_generated=3", "policy.evacuation_wait=9",
                   "events.e={at=@1; what='failure'; failure='leak'; "
                   "flight='First';}",
                   "programme.p={at=@20; max_crew=9;}"));
    used[iss_slot_forced(hand.world, 0)]++;
    used[iss_slot_programme(hand.world, 0)]++;
    for (int32_t i = 0; i < hand.model->crew.count; i++) {
        used[iss_slot_person(hand.world, i)]++;
        used[iss_slot_limit(hand.world, i)]++;
    }
    for (int32_t i = 0; i < hand.world->flight_capacity; i++) {
        for (int32_t which = 0; which < ISS_SLOT_MODES + 1; which++) {
            used[iss_slot_flight(hand.world, i, which)]++;
        }
    }
    used[iss_slot_expedition(hand.world)]++;
    used[iss_slot_loss(hand.world)]++;
    used[iss_slot_altitude(hand.world)]++;
    used[iss_slot_avoidance(hand.world)]++;
    used[iss_slot_deorbit(hand.world)]++;
    used[iss_slot_eva_again(hand.world)]++;
    used[iss_slot_fitness(hand.world)]++;
    size_t once = 0;
    for (size_t i = 0; i < sizeof used; i++) {
        assert_true(used[i] <=
                    (i >= 2)); /* the forecast's begin and the end have two */
        once += used[i] == 1;
    }
    assert_int_equal(once, 7 + 2 + 2 * 6 + 5 * 6);
    hand_end(&hand);
}

static void
slots_of_spacewalks_stocks_and_systems_are_distinct(void **state)
{
    struct hand hand;
    char used[1024] = {0};
    int32_t count = 0;

    (void)state;
    hand_start(&hand,
               SET("resources.food={stock=9;}", "resources.water={stock=9;}",
                   "parts.lamp={stock=1; lead=9;}",
                   "failures.dark={strikes='station'; effects=({"
                   "effect='resource_loss'; resource='food'; rate=1;});}",
                   "systems.lamps={units=2; life=9; part='lamp'; "
                   "effects=({failure='dark';});}",
                   "systems.pumps={units=3; life=9;}",
                   "tasks.sweep={every=1; hours=1;}",
                   "eva.walk={segment='core'; first=@9;}", "suits.a={}", "suits.b={}",
                   "systems.masts={units=2; life=9; by='eva'; eva='walk';}",
                   "systems.sails={life=9; by='eva'; eva='walk';}"));
    const struct iss_model *model = hand.model;
    int32_t slots[64];
    for (int32_t i = 0; i < model->pads.count; i++) {
        slots[count++] = iss_slot_pad(hand.world, i);
    }
    slots[count++] = iss_slot_eva(hand.world, 0);
    slots[count++] = iss_slot_eva_ready(hand.world, 0);
    slots[count++] = iss_slot_eva_end(hand.world, 0);
    slots[count++] = iss_slot_eva_back(hand.world, 0);
    slots[count++] = iss_slot_eva_again(hand.world);
    slots[count++] = iss_slot_fitness(hand.world);
    for (int32_t mode = 0; mode < model->failures.count; mode++) {
        int32_t station = iss_target(hand.world, ISS_TARGET_STATION, 0);
        slots[count++] = iss_slot_common(hand.world, mode);
        slots[count++] = iss_slot_failure(hand.world, station, mode);
        slots[count++] = iss_slot_finding(hand.world, station, mode);
    }
    for (int32_t i = 0; i < 2; i++) {
        slots[count++] = iss_slot_suits(hand.world, i);
        slots[count++] = iss_slot_want(hand.world, i);
        slots[count++] = iss_slot_shock(hand.world, i);
    }
    slots[count++] = iss_slot_stock(hand.world);
    slots[count++] = iss_slot_leak(hand.world, 0);
    slots[count++] = iss_slot_outage(hand.world, 0);
    slots[count++] = iss_slot_delivery(hand.world, 0);
    for (int32_t i = 0; i < model->upkeep.units; i++) {
        slots[count++] = iss_slot_unit(hand.world, i);
        if (iss_unit_errand(hand.world, i) != NULL) {
            slots[count++] = iss_slot_errand(hand.world, i);
        }
    }
    slots[count++] = iss_slot_task(hand.world, 0);
    for (int32_t i = 0; i < count; i++) {
        assert_in_range(slots[i], 0, 1023);
        assert_int_equal(used[slots[i]]++, 0);
    }
    hand_end(&hand);
}

static void
draws_belong_to_their_cause_their_entity_and_their_number(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, NULL);
    struct iss_world *world = hand.world;
    iss_world_seed(world, 1, 2);
    double u = iss_draw(world, ISS_DRAW_SLIP, 77, 0);
    assert_true(u > 0 && u < 1);
    assert_true(u == iss_draw(world, ISS_DRAW_SLIP, 77, 0));
    assert_true(u != iss_draw(world, ISS_DRAW_SLIP, 77, 1));
    assert_true(u != iss_draw(world, ISS_DRAW_SLIP, 78, 0));
    assert_true(u != iss_draw(world, ISS_DRAW_ASCENT, 77, 0));
    iss_world_seed(world, 1, 3);
    assert_true(u != iss_draw(world, ISS_DRAW_SLIP, 77, 0));
    assert_int_equal(iss_draw_us(world, ISS_DRAW_SLIP, 77, 0, NULL), 0);
    assert_int_equal(iss_draw_us(world, ISS_DRAW_STAND_DOWN, 77, 0,
                                 iss_model_launch_system(hand.model, 0)->stand_down),
                     DAYS(40));
    hand_end(&hand);
}

static void
the_record_ends_where_the_forecast_begins(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET("scenario.forecast_from=@10"));
    assert_false(iss_world_forecasting(hand.world));
    assert_int_equal(iss_world_recorded(hand.world, DAYS(10) - 1), DAYS(10) - 1);
    assert_int_equal(iss_world_recorded(hand.world, DAYS(10)), ISS_NEVER);
    assert_int_equal(iss_world_recorded(hand.world, ISS_NO_TIME), ISS_NEVER);
    hand.world->now_us = DAYS(10);
    assert_true(iss_world_forecasting(hand.world));
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raised_events_come_first_and_in_their_order),
        cmocka_unit_test(the_calendar_goes_by_time_then_rank_then_age),
        cmocka_unit_test(a_slot_holds_one_event_that_can_move_and_be_called_off),
        cmocka_unit_test(what_is_set_for_the_past_happens_now),
        cmocka_unit_test(nothing_is_given_out_after_the_time_asked_for),
        cmocka_unit_test(an_event_knows_what_caused_it),
        cmocka_unit_test(too_many_events_at_one_moment_fail_the_replication),
        cmocka_unit_test(slots_are_distinct),
        cmocka_unit_test(slots_of_spacewalks_stocks_and_systems_are_distinct),
        cmocka_unit_test(draws_belong_to_their_cause_their_entity_and_their_number),
        cmocka_unit_test(the_record_ends_where_the_forecast_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
