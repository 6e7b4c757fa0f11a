/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_stocks.c - the arithmetic of stocks: whole milligrams however often they are
 * looked at, thresholds reached at the next microsecond and not before, and a check
 * that finds out every gram that isn't accounted for.
 */
#include "unit/world/by_hand.h"

#define FOOD                                                                           \
    "resources.food={class='dry'; stock=100; per_person=0.7; nominal_crew=2; "         \
    "use=0.1234567; capacity=150;}"
#define GARDEN "production.garden={resource='food'; per_day=0.7654321;}"

/* Ada and Boris are aboard and the stocks have begun. */
static void
start(struct hand *hand, const char *const *sets)
{
    hand_start(hand, sets);
    hand_dock(hand, "First", "north");
    iss_stocks_begin(hand->world);
}

static void
assert_sound(const struct hand *hand)
{
    const char *finding = iss_stocks_check(hand->world);
    assert_string_equal(finding ? finding : "", "");
}

/* A number from 0 to `below` - 1, the next of a sequence. */
static int64_t
next(uint64_t *state, int64_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return (int64_t)(*state >> 33) % below;
}

static void
how_often_it_is_looked_at_changes_nothing(void **state)
{
    struct hand once, often;
    uint64_t random = 1;

    (void)state;
    start(&once, SET(FOOD, GARDEN));
    start(&often, SET(FOOD, GARDEN));
    for (int i = 0; i < 2000; i++) {
        often.world->now_us += next(&random, ISS_US_PER_D / 20);
        iss_stocks_settle(often.world);
        assert_sound(&often);
    }
    once.world->now_us = often.world->now_us;
    assert_int_equal(iss_stock_level_mg(once.world, 0),
                     often.world->stocks[0].level_mg);
    iss_stocks_settle(once.world);
    assert_sound(&once);
    assert_int_equal(once.world->stocks[0].level_mg, often.world->stocks[0].level_mg);
    assert_int_equal(once.world->stocks[0].used.total_mg,
                     often.world->stocks[0].used.total_mg);
    assert_int_equal(once.world->stocks[0].made.carry,
                     often.world->stocks[0].made.carry);
    hand_end(&once);
    hand_end(&often);
}

/* At the time scheduled the level is there, and a microsecond before it isn't: in whole
 * milligrams, as rates allow none finer. */
static void
a_threshold_is_reached_at_the_next_microsecond(void **state)
{
    struct hand hand;

    (void)state;
    for (int days = 1; days < 60; days += 7) {
        char set[64];
        snprintf(set, sizeof set, "resources.food.reserve=({days=%d.3;})", days);
        start(&hand, SET(FOOD, GARDEN, set));
        int64_t low = hand.world->thresholds[0].low_mg;
        int64_t at = hand.world->dues[0].time_us;
        assert_true(at != ISS_NEVER);
        hand.world->now_us = at - 1;
        assert_true(iss_stock_level_mg(hand.world, 0) >= low);
        hand.world->now_us = at;
        int64_t level = iss_stock_level_mg(hand.world, 0);
        assert_true(level >= low && level <= low + 1);
        iss_stock_reach(hand.world, 0);
        assert_int_equal(hand.world->stocks[0].level_mg, low);
        assert_sound(&hand);
        hand_end(&hand);
    }
}

/* Whatever comes, goes, is loaded and dropped at random moments. */
static void
every_gram_is_accounted_for(void **state)
{
    struct hand hand;
    uint64_t random = 7;

    (void)state;
    start(&hand, SET(FOOD, GARDEN, HAND_BARGE, "resources.food.reserve=({days=40;})",
                     "resources.ore={class='dry'; stock=3; use=0.01;}"));
    int32_t barge = outpost_flight(hand.model, "Barge");
    for (int i = 0; i < 3000; i++) {
        int32_t resource = (int32_t)next(&random, 2);
        hand.world->now_us += next(&random, 2 * ISS_US_PER_D);
        switch (next(&random, 5)) {
        case 0:
            iss_cargo_load(hand.world, barge, resource, next(&random, 40000000));
            break;
        case 1:
            iss_stocks_settle(hand.world);
            iss_cargo_unload(hand.world, barge, resource);
            iss_stock_review(hand.world, resource);
            break;
        case 2:
            iss_cargo_drop(hand.world, barge, next(&random, 2));
            break;
        default:
            iss_stock_review(hand.world, resource);
            break;
        }
        iss_stocks_change(hand.world);
        hand.world->raised_head = hand.world->raised_tail;
        /* nobody answers the calendar here: go no further than the next level */
        for (int32_t k = 0; k < 2; k++) {
            int64_t at = hand.world->dues[k].time_us;
            if (at != ISS_NEVER && at - hand.world->now_us < 2 * ISS_US_PER_D) {
                hand.world->now_us = at;
                iss_stock_reach(hand.world, k);
                iss_stock_review(hand.world, k);
                iss_stocks_change(hand.world);
            }
        }
        assert_sound(&hand);
    }
    assert_true(hand.world->stocks[0].delivered_mg > 0);
    assert_true(hand.world->stocks[0].missed_mg > 0);
    assert_true(hand.world->stocks[0].taken_away_mg > 0);
    hand_end(&hand);
}

static void
a_gram_too_many_is_found(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(FOOD, HAND_BARGE));
    hand.world->stocks[0].level_mg++;
    assert_non_null(iss_world_check(hand.world));
    hand.world->stocks[0].level_mg--;
    assert_sound(&hand);
    iss_cargo_of(hand.world, outpost_flight(hand.model, "Barge"), 0)->left_mg++;
    assert_non_null(iss_stocks_check(hand.world));
    iss_cargo_of(hand.world, outpost_flight(hand.model, "Barge"), 0)->left_mg--;
    assert_sound(&hand);
    iss_mark(hand.world->laden, 0);
    assert_non_null(iss_stocks_check(hand.world));
    iss_unmark(hand.world->laden, 0);
    assert_sound(&hand);
    hand.world->crowd[hand.model->segments.count]++;
    assert_non_null(iss_stocks_check(hand.world));
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_often_it_is_looked_at_changes_nothing),
        cmocka_unit_test(a_threshold_is_reached_at_the_next_microsecond),
        cmocka_unit_test(every_gram_is_accounted_for),
        cmocka_unit_test(a_gram_too_many_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
