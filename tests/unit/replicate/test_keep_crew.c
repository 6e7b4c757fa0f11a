/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_keep_crew.c - by policy.keep_crew a crew whose time to leave has come, day 100
 * for First's, stays until the next crew has come and the handover is over, lest too
 * few are left.
 */
#include "unit/replicate/run.h"

#define KEEP   "policy.keep_crew=1"
#define NEXT   "flights.Next={vehicle='capsule'; launch=@130; crew=['chen','dana'];}"
#define LATER  "flights.Later={vehicle='capsule'; launch=@160; crew=['eve'];}"
#define LIFE   "vehicles.capsule.certified_life=200"
#define HOLDS  "DEPARTURE_HELD DOCKED UNDOCKED"
#define FAILED "events.crash={at=@120; what='ascent_failure'; flight='Next';}"

static void
the_last_crew_stays_until_the_next_has_taken_over(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(KEEP, NEXT));
    ASSERT_STORY(&run, HOLDS,
                 "100 DEPARTURE_HELD First Next\n131 DOCKED Next south\n"
                 "136 UNDOCKED First north\n");
    assert_true(run_value(&run, ISS_EVENT_DEPARTURE_HELD) == 30);
    ASSERT_METRIC(&run, "crew_min", 2);
    run_end(&run);
}

static void
without_the_policy_it_leaves(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS, "100 UNDOCKED First north\n131 DOCKED Next north\n",
                SET("policy.keep_crew=0", NEXT));
}

static void
it_leaves_when_enough_are_left_or_nobody_is_to_come(void **state)
{
    (void)state;
    ASSERT_TOLD(
        HOLDS,
        "100 UNDOCKED First north\n131 DOCKED Next north\n"
        "150 DEPARTURE_HELD Lab Later\n161 DOCKED Later south\n"
        "166 UNDOCKED Lab annex\n",
        SET("policy.keep_crew=1", LAB, NEXT, LATER, "flights.Next.visiting=true"));
    ASSERT_TOLD(HOLDS, "100 UNDOCKED First north\n", SET(KEEP));
}

/* One is left, and two are wanted. */
static void
residents_are_counted_against_the_number_wanted(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_HELD",
                "100 DEPARTURE_HELD First Next\n150 DEPARTURE_HELD Lab Later\n",
                SET("policy.keep_crew=3", LAB, NEXT, LATER));
    ASSERT_TOLD("DEPARTURE_HELD", "", SET("policy.keep_crew=1", LAB, NEXT, LATER));
}

static void
a_successor_that_is_lost_leaves_it_to_the_next(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_HELD ASCENT_FAILED UNDOCKED",
                "100 DEPARTURE_HELD First Next\n130 ASCENT_FAILED Next\n"
                "130 DEPARTURE_HELD First Later\n176 UNDOCKED First north\n",
                SET(KEEP, NEXT, LATER, FAILED, "flights.Later.launch=@170"));
    ASSERT_TOLD("DEPARTURE_HELD ASCENT_FAILED UNDOCKED",
                "100 DEPARTURE_HELD First Next\n130 ASCENT_FAILED Next\n"
                "130 UNDOCKED First north\n",
                SET(KEEP, NEXT, FAILED));
}

/* Its certified life, of 200 days, began 50 days before the start. */
static void
the_same_goes_where_certified_life_would_let_it_wait(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_HELD ASCENT_FAILED UNDOCKED",
                "100 DEPARTURE_HELD First Next\n110 ASCENT_FAILED Next\n"
                "110 DEPARTURE_HELD First Later\n146 UNDOCKED First north\n340 "
                "UNDOCKED Later south\n",
                SET(KEEP, NEXT, LATER, FAILED, LIFE, "events.crash.at=@105",
                    "launch_systems.rocket.stand_down=5", "flights.Next.launch=@110",
                    "flights.Later.launch=@140"));
}

static void
the_end_of_certified_life_ends_it(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS,
                "100 DEPARTURE_HELD First Next\n150 UNDOCKED First north\n"
                "166 DOCKED Next north\n",
                SET(KEEP, NEXT, LIFE, "flights.Next.launch=@165"));
}

/* It ends while the ship is on its way to another port. */
static void
it_does_so_during_a_move_too(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_HELD RELOCATED UNDOCKED",
                "100 DEPARTURE_HELD First Next\n151 RELOCATED First south\n"
                "151 UNDOCKED First south\n",
                SET(KEEP, NEXT, LIFE, "flights.Next.launch=@165",
                    "vehicles.capsule.relocation=48",
                    "flights.First.relocations=({at=@149; port='south';})"));
}

/* Next could never come while First stays: to the only port, to a station that is full,
 * in the only vehicle of the fleet. */
static void
who_waits_for_it_to_leave_isnt_waited_for(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS " LAUNCH_HELD",
                "100 DEPARTURE_HELD First Next\n130 LAUNCH_HELD Next\n"
                "130 UNDOCKED First north\n131 DOCKED Next north\n",
                SET(KEEP, NEXT, "vehicles.capsule.ports=['north']"));
    ASSERT_TOLD(HOLDS " LAUNCH_CROWDED",
                "100 DEPARTURE_HELD First Next\n130 LAUNCH_CROWDED Next\n"
                "130 UNDOCKED First north\n131 DOCKED Next north\n",
                SET(KEEP, NEXT, "station.max_crew=3"));
    ASSERT_TOLD(HOLDS " LAUNCH_UNREADY",
                "100 DEPARTURE_HELD First Next\n130 LAUNCH_UNREADY Next\n"
                "130 UNDOCKED First north\n131 LAUNCH_UNREADY Next\n"
                "142 DOCKED Next north\n",
                SET(KEEP, NEXT, "vehicles.capsule.line='yard'",
                    "lines.yard={fleet=1; refurbishment=10;}"));
}

static void
visits_are_neither_kept_nor_waited_for(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_HELD UNDOCKED", "100 UNDOCKED First north\n",
                SET(KEEP, NEXT, "flights.Next.visiting=true"));
    ASSERT_TOLD("DEPARTURE_HELD UNDOCKED", "100 UNDOCKED First north\n",
                SET(KEEP, NEXT, "flights.First.visiting=true"));
}

static void
the_record_is_taken_at_its_word(void **state)
{
    (void)state;
    ASSERT_TOLD(HOLDS, "100 UNDOCKED First north\n",
                SET(KEEP, "scenario.mode='replay'",
                    "flights.First.as_flown.undock=@100",
                    "flights.Next={vehicle='capsule'; launch=@130; crew=['chen']; "
                    "as_flown={launch=@400;};}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_crew_stays_until_the_next_has_taken_over),
        cmocka_unit_test(without_the_policy_it_leaves),
        cmocka_unit_test(it_leaves_when_enough_are_left_or_nobody_is_to_come),
        cmocka_unit_test(residents_are_counted_against_the_number_wanted),
        cmocka_unit_test(a_successor_that_is_lost_leaves_it_to_the_next),
        cmocka_unit_test(the_same_goes_where_certified_life_would_let_it_wait),
        cmocka_unit_test(the_end_of_certified_life_ends_it),
        cmocka_unit_test(it_does_so_during_a_move_too),
        cmocka_unit_test(who_waits_for_it_to_leave_isnt_waited_for),
        cmocka_unit_test(visits_are_neither_kept_nor_waited_for),
        cmocka_unit_test(the_record_is_taken_at_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
