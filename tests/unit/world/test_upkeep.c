/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_upkeep.c - units, spares, jobs and people who work, moved by hand; and every way
 * in which they can be broken is found out.
 */
#include "unit/world/by_hand.h"

#define PARTS                                                                          \
    "parts.pump={stock=1; target=2; lead=5; vehicles=['barge'];}",                     \
        "systems.loop={units=3; needs=2; life=50; part='pump'; repairers=2;}",         \
        "tasks.walk={every=1; hours=1; priority=7;}"

typedef void breaker(struct iss_world *world);

/* A world with First at north, in which Ada and Boris repair unit 0, unit 1 waits for a
 * spare, and the walk for somebody. */
static void
start(struct hand *hand)
{
    hand_start(hand, SET(PARTS));
    hand_dock(hand, "First", "north");
    (void)iss_unit_fail(hand->world, 0);
    assert_true(iss_part_take(hand->world, 0));
    iss_unit_equip(hand->world, 0);
    iss_job_open(hand->world, 0);
    hand->world->jobs[0].left_us = 5;
    iss_job_begin(hand->world, 0, 3);
    hand->world->units[0].phase = ISS_UNIT_REPAIRED;
    iss_schedule(hand->world, iss_slot_unit(hand->world, 0), 5, ISS_EVENT_UNIT_REPAIRED,
                 0, -1);
    assert_true(iss_unit_fail(hand->world, 1));
    iss_part_wait(hand->world, 1);
    for (int i = 0; i < 3; i++) {
        iss_order_place(hand->world, 0, 10 - i);
    }
    iss_job_open(hand->world, 3);
    iss_job_queue(hand->world, 3);
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

/* ---- what is found ------------------------------------------------------------- */

static void
somebody_is_idle_and_at_work(struct iss_world *world)
{
    world->workers.idle |= 1;
}

static void
one_works_where_two_are_needed(struct iss_world *world)
{
    world->jobs[0].hands = 1;
}

static void
two_jobs_have_one_person(struct iss_world *world)
{
    world->jobs[2].hands = 1;
}

static void
somebody_else_could_work(struct iss_world *world)
{
    world->workers.aboard |= 4;
    world->workers.idle |= 4;
}

static void
more_work_than_are_counted(struct iss_world *world)
{
    world->workers.busy = 1;
}

static void
people_are_checked(void **state)
{
    (void)state;
    assert_found(somebody_is_idle_and_at_work,
                 "somebody is idle and at work, or neither");
    assert_found(one_works_where_two_are_needed,
                 "a job goes on with other people than it takes");
    assert_found(two_jobs_have_one_person, "somebody does two jobs at a time");
    assert_found(somebody_else_could_work, "other people can work than are aboard");
    assert_found(more_work_than_are_counted,
                 "more people are at work than are counted, or may be");
}

static void
the_queue_has_another_end(struct iss_world *world)
{
    world->queue.tail[7] = 0;
}

static void
nobody_asks_for_the_queue(struct iss_world *world)
{
    world->queue.levels = 0;
}

static void
a_job_waits_outside(struct iss_world *world)
{
    world->jobs[2].waits = true;
}

static void
queues_are_checked(void **state)
{
    (void)state;
    assert_found(the_queue_has_another_end,
                 "a queue holds what doesn't wait for it, or doesn't end");
    assert_found(nobody_asks_for_the_queue,
                 "a queue holds what doesn't wait for it, or doesn't end");
    assert_found(a_job_waits_outside, "other jobs wait than are queued");
}

static void
a_unit_runs_uncounted(struct iss_world *world)
{
    world->systems[0].running++;
}

static void
a_repair_has_no_end(struct iss_world *world)
{
    iss_unschedule(world, iss_slot_unit(world, 0));
}

static void
a_unit_queues_elsewhere(struct iss_world *world)
{
    world->units[2].phase = ISS_UNIT_QUEUES;
}

static void
units_are_checked(void **state)
{
    (void)state;
    assert_found(a_unit_runs_uncounted, "other units of a system run than are counted");
    assert_found(a_repair_has_no_end, "a repair goes on without an end");
    assert_found(a_unit_queues_elsewhere, "a unit is in another state than its repair");
}

static void
a_spare_lies_about(struct iss_world *world)
{
    world->parts[0].stock = 1;
}

static void
an_order_is_forgotten(struct iss_world *world)
{
    world->parts[0].ordered--;
}

static void
too_few_are_ordered(struct iss_world *world)
{
    world->parts[0].first = world->orders[world->parts[0].first].next;
    world->parts[0].ordered--;
}

static void
spares_are_checked(void **state)
{
    (void)state;
    assert_found(a_spare_lies_about,
                 "a unit waits for a spare that is aboard, or one is owed");
    assert_found(an_order_is_forgotten,
                 "other spares are waited for, ordered or under way than are counted");
    assert_found(too_few_are_ordered, "a spare is missing that isn't ordered");
}

/* ---- what the mutators do ------------------------------------------------------ */

static void
orders_stand_by_when_they_are_ready_and_ride_when_they_are(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    assert_true(world->orders[world->parts[0].first].ready_us == 8);
    int32_t barge = iss_flight_generate(world, 1, 77);
    world->now_us = 9;
    iss_order_load(world, 0); /* a capsule brings none */
    assert_int_equal(world->parts[0].loaded, 0);
    iss_order_load(world, barge);
    assert_int_equal(world->parts[0].loaded, 2);
    assert_int_equal(world->parts[0].ordered, 1);
    assert_null(iss_world_check(world));
    assert_int_equal(iss_order_unload(world, barge, true), 0);
    assert_int_equal(iss_part_serve(world, 0), 1);
    assert_int_equal(iss_order_unload(world, barge, false), 0);
    assert_int_equal(iss_order_unload(world, barge, false), -1);
    assert_int_equal(iss_part_missing(world, 0), 1);
    hand_end(&hand);
}

static void
who_leaves_drops_the_work_of_both_and_goes_before_the_queue(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    struct iss_world *world = hand.world;
    world->now_us = 2;
    iss_workers_leave(world, outpost_person(hand.model, "ada"));
    assert_false(world->jobs[0].goes_on);
    assert_true(world->jobs[0].waits);
    assert_true(world->jobs[0].left_us == 3);
    assert_true(world->workers.idle == 2 && world->workers.aboard == 2);
    assert_false(iss_scheduled(world, iss_slot_unit(world, 0)));
    assert_int_equal(world->queue.head[5], 0);
    hand_end(&hand);
}

static void
the_sixty_fifth_person_does_not_work(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand);
    hand.world->workers.aboard = UINT64_MAX;
    int32_t chen = outpost_person(hand.model, "chen");
    iss_workers_join(hand.world, chen);
    assert_int_equal(hand.world->people[chen].hand, -1);
    iss_workers_leave(hand.world, chen); /* nor is missed */
    assert_true(hand.world->workers.aboard == UINT64_MAX);
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_checked),
        cmocka_unit_test(queues_are_checked),
        cmocka_unit_test(units_are_checked),
        cmocka_unit_test(spares_are_checked),
        cmocka_unit_test(orders_stand_by_when_they_are_ready_and_ride_when_they_are),
        cmocka_unit_test(who_leaves_drops_the_work_of_both_and_goes_before_the_queue),
        cmocka_unit_test(the_sixty_fifth_person_does_not_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
