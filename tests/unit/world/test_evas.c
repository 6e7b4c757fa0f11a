/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_evas.c - outings, suits and the line of repairs outside, moved by hand; and
 * every way in which they can be broken is found out.
 */
#include "unit/world/by_hand.h"

#define OUTSIDE                                                                        \
    "suits.a={rest=2; weekly=2;}", "eva.fix={segment='core'; suits='a';}",             \
        "eva.walk={segment='core'; people=1;}",                                        \
        "systems.pump={units=3; life=50; by='eva'; eva='fix'; priority=4;}",           \
        "systems.mast={life=50; by='eva'; eva='fix'; priority=6;}",                    \
        "tasks.sweep={every=1; hours=1; people=2;}"

enum { PUMP_1, PUMP_2, PUMP_3, MAST };
enum { FIX, WALK };
enum { SWEEP = 4 }; /* among the jobs */

typedef void breaker(struct iss_world *world);

static void
break_down(struct iss_world *world, int32_t unit, int32_t outings)
{
    (void)iss_unit_fail(world, unit);
    iss_unit_equip(world, unit);
    iss_errand_open(world, unit, outings);
}

static void
go_out(struct iss_world *world, int32_t unit, double until_d)
{
    const int32_t both[] = {0, 1};

    iss_unit_errand(world, unit)->ready_us = world->now_us;
    iss_eva_begin(world, FIX, both, 2, -1, DAYS(until_d), unit, 7);
}

/* Ada and Boris with First at north; the first pump and the mast wait to be repaired,
 * the pump since day 1 and in two outings, the first of which is under way. */
static void
start(struct hand *hand)
{
    hand_start(hand, SET(OUTSIDE));
    hand_dock(hand, "First", "north");
    hand->world->now_us = DAYS(1);
    break_down(hand->world, PUMP_1, 2);
    go_out(hand->world, PUMP_1, 1.25);
    break_down(hand->world, MAST, 1);
    assert_null(iss_world_check(hand->world));
}

static void
assert_found(breaker *break_it, const char *finding)
{
    struct hand hand;

    start(&hand);
    break_it(hand.world);
    const char *found = iss_world_check(hand.world);
    assert_string_equal(found ? found : "nothing", finding);
    hand_end(&hand);
}

/* ---- the line ------------------------------------------------------------------ */

static void
the_line_is_in_the_order_of_priority_and_of_coming(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    break_down(world, PUMP_3, 1);
    break_down(world, PUMP_2, 1);
    static const int32_t order[] = {MAST, PUMP_1, PUMP_3, PUMP_2};
    int32_t unit = world->first_errand;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(unit, order[i]);
        unit = iss_unit_errand(world, unit)->next;
    }
    assert_int_equal(unit, -1);
    iss_errand_close(world, MAST); /* the first, one in the middle, the last */
    iss_errand_close(world, PUMP_3);
    iss_errand_close(world, PUMP_2);
    assert_int_equal(world->first_errand, PUMP_1);
    assert_int_equal(iss_unit_errand(world, PUMP_1)->next, -1);
    hand_end(&hand);
}

static void
an_outing_counts_when_it_is_over(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    const struct iss_errand *errand = iss_unit_errand(world, PUMP_1);
    assert_true(errand->outside && errand->left == 2 && errand->made == 0);
    assert_true(iss_eva_under_way(world, FIX) && !iss_eva_under_way(world, WALK));
    iss_unschedule(world, iss_slot_eva_back(world, FIX));
    iss_eva_finish(world, FIX);
    assert_true(!errand->outside && errand->left == 1 && errand->made == 1);
    assert_int_equal(errand->worked_us, 2 * DAYS(0.25));
    assert_int_equal(iss_unit_waited_us(world, PUMP_1, DAYS(9)), 0);
    assert_int_equal(iss_unit_waited_us(world, MAST, DAYS(9)), DAYS(8));
    assert_null(iss_world_check(world));
    hand_end(&hand);
}

/* ---- suits --------------------------------------------------------------------- */

static void
suits_rest_and_are_worn_so_often_a_week(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    assert_true(iss_suits_free_from(world, -1, false) == INT64_MIN);
    assert_true(iss_suits_free_from(world, 0, false) == DAYS(3.25));
    iss_unschedule(world, iss_slot_eva_back(world, FIX));
    iss_eva_finish(world, FIX);
    world->now_us = DAYS(4);
    go_out(world, PUMP_1, 4.25);
    assert_true(iss_suits_free_from(world, 0, false) == DAYS(8)); /* 1 + 7 */
    hand_end(&hand);
}

static void
a_stand_down_is_prolonged_and_can_be_waived(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    assert_false(iss_suits_stand_down(world, 0, DAYS(1))); /* is past */
    assert_true(iss_suits_stand_down(world, 0, DAYS(20)));
    assert_false(iss_suits_stand_down(world, 0, DAYS(15)));
    world->now_us = DAYS(5);
    assert_true(iss_suits_stand_down(world, 0, DAYS(40)));
    assert_int_equal(world->suits[0].since_us, DAYS(1));
    assert_true(iss_suits_free_from(world, 0, false) == DAYS(40));
    assert_true(iss_suits_free_from(world, 0, true) == DAYS(3.25));
    assert_true(iss_suits_stand_down(world, 0, ISS_NEVER));
    assert_true(iss_suits_free_from(world, 0, false) == ISS_NEVER);
    hand_end(&hand);
}

/* ---- who can work inside ------------------------------------------------------- */

static void
who_goes_outside_or_is_ill_drops_the_work(void **state)
{
    struct hand hand;

    (void)state;
    hand_start(&hand, SET(OUTSIDE));
    struct iss_world *world = hand.world;
    hand_dock(&hand, "First", "north");
    iss_job_open(world, SWEEP);
    world->jobs[SWEEP].left_us = world->jobs[SWEEP].work_us = 50;
    iss_job_begin(world, SWEEP, 3);
    world->now_us = 20;
    iss_workers_absent(world, 0, ISS_ABSENT_ILL, true);
    assert_true(world->jobs[SWEEP].waits);
    assert_int_equal(world->jobs[SWEEP].left_us, 30);
    assert_true(world->workers.idle == 2);
    iss_workers_absent(world, 0, ISS_ABSENT_OUTSIDE, true);
    iss_workers_absent(world, 0, ISS_ABSENT_ILL, false);
    assert_true(world->workers.idle == 2); /* is outside still */
    iss_workers_absent(world, 0, ISS_ABSENT_OUTSIDE, false);
    assert_true(world->workers.idle == 3);
    iss_workers_absent(world, 1, ISS_ABSENT_ILL, true);
    iss_person_leave(world, 1, 0); /* who leaves is neither */
    assert_true(world->workers.absent[ISS_ABSENT_ILL] == 0);
    assert_true(world->workers.idle == 1);
    hand_end(&hand);
}

/* ---- what is found ------------------------------------------------------------- */

static void
it_was_done_already(struct iss_world *world)
{
    iss_unit_errand(world, PUMP_1)->left = -1;
}

static void
nobody_is_outside_for_it(struct iss_world *world)
{
    iss_unit_errand(world, PUMP_1)->outside = false;
}

static void
it_was_never_prepared(struct iss_world *world)
{
    iss_unit_errand(world, PUMP_1)->ready_us = ISS_NEVER;
}

static void
the_line_is_turned_round(struct iss_world *world)
{
    iss_unit_errand(world, PUMP_1)->next = MAST;
    iss_unit_errand(world, MAST)->next = -1;
    world->first_errand = PUMP_1;
}

static void
one_is_out_of_line(struct iss_world *world)
{
    world->first_errand = PUMP_1;
}

static void
one_runs_and_waits(struct iss_world *world)
{
    world->units[MAST].phase = ISS_UNIT_LACKS;
}

static void
somebody_stays_outside(struct iss_world *world)
{
    iss_unschedule(world, iss_slot_eva_back(world, FIX));
    iss_unit_errand(world, PUMP_1)->outside = false;
    world->outings = 0;
}

static void
an_outing_is_counted_twice(struct iss_world *world)
{
    world->outings++;
}

static void
somebody_outside_is_idle(struct iss_world *world)
{
    world->workers.idle |= 1;
}

static void
what_is_broken_is_found(void **state)
{
    (void)state;
    assert_found(it_was_done_already,
                 "what is in the line of repairs outside isn't to be repaired");
    assert_found(nobody_is_outside_for_it,
                 "people are outside for another repair than they are said to be");
    assert_found(it_was_never_prepared,
                 "a repair outside has begun before it was prepared");
    assert_found(the_line_is_turned_round, "repairs outside aren't in order");
    assert_found(one_is_out_of_line,
                 "other repairs wait to be made outside than are in line");
    assert_found(one_runs_and_waits,
                 "a unit is in another state than its repair outside");
    assert_found(an_outing_is_counted_twice,
                 "other spacewalks are under way than are counted");
    assert_found(somebody_stays_outside, "somebody is outside without a spacewalk");
    assert_found(somebody_outside_is_idle, "somebody is idle and at work, or neither");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_is_in_the_order_of_priority_and_of_coming),
        cmocka_unit_test(an_outing_counts_when_it_is_over),
        cmocka_unit_test(suits_rest_and_are_worn_so_often_a_week),
        cmocka_unit_test(a_stand_down_is_prolonged_and_can_be_waived),
        cmocka_unit_test(who_goes_outside_or_is_ill_drops_the_work),
        cmocka_unit_test(what_is_broken_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
