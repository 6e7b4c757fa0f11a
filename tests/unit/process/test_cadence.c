/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cadence.c - a rule goes on from its last flight only, and neither before the
 * forecast nor after its end.
 */
#include "unit/world/by_hand.h"

#include "process/process.h"

#define SUPPLY                                                                         \
    "cadence.supply={vehicle='barge'; first=@10; interval=100; anchor='last'; "        \
    "until=@150;}"

static const struct iss_event forecast = {
    .kind = ISS_EVENT_FORECAST_BEGINS, .subject = -1, .object = -1};

static void
settle(struct hand *hand, int32_t flight)
{
    const struct iss_event event = {
        .kind = ISS_EVENT_DOCKED, .subject = flight, .object = 0};
    iss_cadence_on_settled(hand->world, &event);
}

/* The number of the rule's flight; the test fails when it isn't made. */
static int32_t
flight_of(const struct hand *hand, int32_t rule, int32_t occurrence)
{
    int32_t plan = iss_model_cadence(hand->model, rule)->from + occurrence;
    int32_t id = 0;

    while (id < hand->world->flight_count && hand->world->flights[id].plan != plan) {
        id++;
    }
    assert_true(id < hand->world->flight_count);
    return id;
}

/* How many flights of the rule are in the plan. */
static int
made(const struct hand *hand)
{
    int count = 0;

    for (int32_t i = hand->model->named_flights; i < hand->world->flight_count; i++) {
        count += hand->world->flights[i].phase == ISS_FLIGHT_PLANNED &&
                 iss_flight_plan_of(hand->world, i)->rule == 0;
    }
    assert_int_equal(count, hand->world->rules[0].made);
    assert_int_equal(hand->world->plan_count, hand->model->named_flights + count);
    return count;
}

static void
a_rule_waits_for_the_forecast(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(SUPPLY));
    assert_int_equal(made(&hand), 0);
    settle(&hand, flight_of(&hand, 0, 0));
    assert_int_equal(made(&hand), 0);
    iss_cadence_on_forecast(hand.world, &forecast);
    assert_int_equal(made(&hand), 1);
    hand_end(&hand);
    hand_start(&hand, SET(SUPPLY, "scenario.forecast_from=@5"));
    settle(&hand, flight_of(&hand, 0, 0));
    assert_int_equal(made(&hand), 0);
    hand_end(&hand);
}

static void
only_the_last_flight_of_a_rule_brings_the_next(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(SUPPLY,
                          "cadence.other={vehicle='barge'; first=@5; interval=50; "
                          "anchor='last';}",
                          "remove=['cadence.supply.until']"));
    iss_cadence_on_forecast(hand.world, &forecast);
    settle(&hand, 0);                                     /* a named flight */
    settle(&hand, flight_of(&hand, 1, 1));                /* a spare one */
    settle(&hand, flight_of(&hand, 0, 1));                /* likewise */
    settle(&hand, iss_flight_generate(hand.world, 0, 1)); /* a rescue ship */
    assert_int_equal(hand.world->rules[0].made, 1);
    assert_int_equal(hand.world->rules[1].made, 1);
    assert_int_equal(hand.world->raised_tail, 0);
    settle(&hand, flight_of(&hand, 0, 0));
    assert_int_equal(hand.world->rules[0].made, 2);
    assert_int_equal(hand.world->raised_tail, 1);
    settle(&hand, flight_of(&hand, 0, 0)); /* it has brought it already */
    assert_int_equal(hand.world->rules[0].made, 2);
    assert_int_equal(hand.world->flights[flight_of(&hand, 0, 1)].plan_launch_us,
                     DAYS(100));
    hand_end(&hand);
}

static void
by_the_calendar_no_flight_brings_another(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(SUPPLY, "cadence.supply.anchor='calendar'"));
    iss_cadence_on_forecast(hand.world, &forecast);
    assert_int_equal(made(&hand), 2);
    settle(&hand, flight_of(&hand, 0, 1));
    assert_int_equal(made(&hand), 2);
    assert_int_equal(hand.world->raised_tail, 0);
    hand_end(&hand);
}

static void
an_ended_rule_stays_so(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(SUPPLY));
    iss_cadence_on_forecast(hand.world, &forecast);
    hand.world->now_us = DAYS(51);
    settle(&hand, flight_of(&hand, 0, 0)); /* the next would be planned for day 151 */
    assert_true(hand.world->rules[0].ended);
    hand.world->now_us = DAYS(40);
    settle(&hand, flight_of(&hand, 0, 0));
    assert_int_equal(made(&hand), 1);
    assert_int_equal(hand.world->status, ISS_OK);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_waits_for_the_forecast),
        cmocka_unit_test(only_the_last_flight_of_a_rule_brings_the_next),
        cmocka_unit_test(by_the_calendar_no_flight_brings_another),
        cmocka_unit_test(an_ended_rule_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
