/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_eva.c - who goes outside, and who helps from inside. */
#include "unit/world/by_hand.h"

#include "policy/policy.h"

enum { FIRST, SECOND };
enum { ADA, BORIS, CHEN, DANA, EVE, FINN };

#define WALK(more) "eva.walk={segment='core'; first=@5; " more "}"
#define OTHER      "eva.other={segment='core'; first=@5; people=1;}"
#define SUITED                                                                         \
    "crew.ada.skills=['suit','arm']", "crew.boris.skills=['suit']",                    \
        "crew.chen.skills=['suit']"
#define ARM WALK("skill='suit'; inside='arm';")

static void
start(struct hand *hand, const char *const *sets)
{
    hand_start(hand, sets);
    hand_dock(hand, "First", "north");
    hand_dock(hand, "Second", "south");
}

/* "01 / 2" with the people's numbers, "-" when there are too few. */
static void
assert_team(struct hand *hand, const char *expected)
{
    struct iss_eva_team team;
    char got[32] = "-";

    if (iss_policy_eva(hand->world, 0, &team)) {
        got[0] = '\0';
        for (int32_t i = 0; i < team.size; i++) {
            sprintf(got + strlen(got), "%d", (int)team.people[i]);
        }
        sprintf(got + strlen(got), " / %d", (int)team.inside);
    }
    assert_string_equal(got, expected);
}

static void
people_of_the_segment_or_with_the_skill_or_named_go(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(HAND_SECOND, WALK("")));
    assert_team(&hand, "01 / -1");
    hand_end(&hand);
    start(&hand, SET(HAND_SECOND, "eva.walk={segment='lab'; first=@5;}"));
    assert_team(&hand, "-");
    hand_end(&hand);
    start(&hand, SET(HAND_SECOND, "eva.walk={segment='lab'; first=@5;}",
                     "crew.ada.trained=['lab']", "crew.dana.trained=['lab']"));
    assert_team(&hand, "03 / -1");
    hand_end(&hand);
    start(&hand, SET(HAND_SECOND, SUITED, WALK("skill='suit'; people=3;")));
    assert_team(&hand, "012 / -1");
    hand_end(&hand);
    start(&hand, SET(HAND_SECOND, WALK("crew=['dana','boris','eve'];")));
    assert_team(&hand, "13 / -1");
    hand_end(&hand);
}

/* Ada alone works the arm: she stays in, though she has a suit. */
static void
who_helps_from_inside_is_kept_for_that(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(HAND_SECOND, SUITED, ARM));
    assert_team(&hand, "12 / 0");
    iss_person_ail(hand.world, CHEN);
    assert_team(&hand, "-"); /* one suit and an arm are left */
    hand_end(&hand);
    start(&hand, SET(HAND_SECOND, SUITED, "crew.dana.skills=['arm']", ARM));
    assert_team(&hand, "01 / 3"); /* one without a suit first */
    hand_end(&hand);
}

static void
who_visits_is_ill_or_leaves_early_doesnt_go(void **state)
{
    struct hand hand;

    (void)state;
    start(&hand, SET(HAND_SECOND, WALK(""), "flights.Second.visitors=['chen']"));
    assert_team(&hand, "01 / -1");
    iss_person_ail(hand.world, ADA);
    assert_team(&hand, "13 / -1");
    hand.world->flights[FIRST].early = true;
    assert_team(&hand, "-");
    hand.world->flights[FIRST].early = false;
    iss_flight_depart_at(hand.world, FIRST, DAYS(1) - 1);
    assert_team(&hand, "-");
    iss_flight_depart_at(hand.world, FIRST, DAYS(1));
    assert_team(&hand, "13 / -1");
    iss_person_indicate(hand.world, DANA, -1, 0);
    assert_team(&hand, "-");
    hand_end(&hand);
}

static void
nobody_is_outside_twice(void **state)
{
    const int32_t out[] = {BORIS};
    struct hand hand;

    (void)state;
    start(&hand, SET(HAND_SECOND, WALK("people=2;"), OTHER));
    iss_eva_begin(hand.world, 1, out, 1, DANA, DAYS(0.25), -1, 0);
    assert_team(&hand, "02 / -1");
    hand.world->now_us = DAYS(0.25) - 1;
    assert_team(&hand, "02 / -1");
    hand.world->now_us = DAYS(0.25); /* back in this very moment */
    assert_team(&hand, "02 / -1");
    iss_unschedule(hand.world, iss_slot_eva_back(hand.world, 1));
    iss_eva_finish(hand.world, 1);
    assert_team(&hand, "01 / -1");
    hand_end(&hand);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_of_the_segment_or_with_the_skill_or_named_go),
        cmocka_unit_test(who_helps_from_inside_is_kept_for_that),
        cmocka_unit_test(who_visits_is_ill_or_leaves_early_doesnt_go),
        cmocka_unit_test(nobody_is_outside_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
