/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_eva.c - spacewalks, hours of research and clocks of people that make no
 * sense are refused.
 */
#include "unit/model/finding.h"

#define EVA(more) "eva.walk={segment='core'; first=@5; " more "}"

static void
a_spacewalk_has_a_segment_and_a_date(void **state)
{
    (void)state;
    assert_finding(NULL, SET(EVA("")));
    assert_finding(NULL, SET(EVA("interval=30; count=3; until=@200; people=3; "
                                 "duration={dist='normal'; mean=6; sd=1; lower=2;};")));
    assert_finding("eva.walk: segment is missing", SET("eva.walk={first=@5;}"));
    assert_finding("eva.walk.interval: needs first",
                   SET("eva.walk={segment='core'; interval=9;}"));
    assert_finding("eva.walk.until: needs first",
                   SET("eva.walk={segment='core'; until=@9;}"));
    assert_finding("eva.walk.suits: not found in suits; got \"emu\"",
                   SET(EVA("suits='emu';")));
    assert_finding(NULL, SET(EVA("suits='emu';"), "suits.emu={rest=3; weekly=2;}"));
    assert_finding("suits.emu.weekly: out of range; got 15; allowed 1 to 14",
                   SET("suits.emu={weekly=15;}"));
    assert_finding("eva.walk.segment: no port has this segment; got \"cor\"",
                   SET("eva.walk={segment='cor'; first=@5;}"));
    assert_finding("eva.walk.people: out of range; got 5", SET(EVA("people=5;")));
    assert_finding("eva.walk.until: lies before first",
                   SET(EVA("interval=3; until=@4;")));
}

static void
one_without_an_interval_is_a_single_one(void **state)
{
    (void)state;
    assert_finding("eva.walk.count: needs interval", SET(EVA("count=3;")));
    assert_finding("eva.walk.until: needs interval", SET(EVA("until=@30;")));
    assert_finding("eva.walk.interval: makes too many", SET(EVA("interval=0;")));
    assert_finding("eva.walk.interval: makes too many", SET(EVA("interval=1e-5;")));
}

static void
who_is_named_can_go(void **state)
{
    (void)state;
    assert_finding("eva.walk.crew: names too few; got 1; allowed 2 or more",
                   SET(EVA("crew=['ada'];")));
    assert_finding(
        "eva.walk.crew[1]: hasn't the skill \"suit\" that it needs; got "
        "boris",
        SET(EVA("crew=['ada','boris']; skill='suit';"), "crew.ada.skills=['suit']"));
    assert_finding(NULL, SET(EVA("crew=['ada','boris'];")));
}

static void
hours_of_research_go_by_the_crew(void **state)
{
#define HOURS(rows) "utilisation={nominal_crew=4; research=(" rows ");}"
    (void)state;
    assert_finding(NULL, SET(HOURS("{crew=1; hours=5;},{crew=3; hours=35.5;}")));
    assert_finding(NULL, SET(HOURS("{crew=2; hours=9;},{crew=2; hours=8; from=@9;}")));
    assert_finding(
        "utilisation.research: must have its rows in the order of crew",
        SET(HOURS("{crew=2; hours=9; from=@9;},{crew=2; hours=8; from=@9;}")));
    assert_finding("utilisation.research: must have its rows in the order of crew",
                   SET(HOURS("{crew=2; hours=9; from=@9;},{crew=2; hours=8;}")));
    assert_finding("experiments.grow: needs utilisation.research",
                   SET("experiments.grow.hours=9"));
    assert_finding("utilisation.research: must have its rows in the order of crew",
                   SET(HOURS("{crew=3; hours=35;},{crew=3; hours=36;}")));
    assert_finding("utilisation.nominal_crew: is missing",
                   SET("utilisation.research=({crew=3; hours=35;})"));
    assert_finding("utilisation.research: is missing",
                   SET("utilisation.nominal_crew=4"));
}

static void
one_clock_for_all_is_of_people_and_of_time(void **state)
{
#define ILL(more) "failures.ill={effects=(); clock='together'; " more "}"
    (void)state;
    assert_finding(NULL, SET(ILL("strikes='person'; life=100;")));
    assert_finding("failures.ill.clock: is for strikes = \"person\" only",
                   SET(ILL("strikes='port'; life=100;")));
    assert_finding("failures.ill.clock: together is for failures over time",
                   SET(ILL("strikes='person'; life=100; beta_factor=0.1;")));
}

static void
a_threshold_is_a_probability(void **state)
{
    (void)state;
    assert_finding(NULL, SET("policy.evacuation_threshold='40 %'"));
    assert_finding("policy.evacuation_threshold: out of range; got 1.5",
                   SET("policy.evacuation_threshold=1.5"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spacewalk_has_a_segment_and_a_date),
        cmocka_unit_test(one_without_an_interval_is_a_single_one),
        cmocka_unit_test(who_is_named_can_go),
        cmocka_unit_test(hours_of_research_go_by_the_crew),
        cmocka_unit_test(one_clock_for_all_is_of_people_and_of_time),
        cmocka_unit_test(a_threshold_is_a_probability),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
