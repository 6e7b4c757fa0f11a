/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_sense_upkeep.c - systems, spares and tasks that can't be are refused; those that
 * nobody could repair are told. */
#include "unit/model/finding.h"

#define PUMP "systems.pump={life=100; part='pump';}"

static void
a_system_has_the_units_that_it_needs(void **state)
{
    (void)state;
    assert_finding(NULL, SET("systems.pump={units=3; needs=2; life=100;}"));
    assert_finding("systems.pump.needs: is more than there are; got 2; allowed 1",
                   SET("systems.pump={needs=2; life=100;}"));
    assert_finding(
        "systems.b.units: are too many with those of the systems before; "
        "got 100001; allowed 100000",
        SET("systems.a={units=10000; life=1;}", "systems.a2={units=10000; life=1;}",
            "systems.a3={units=10000; life=1;}", "systems.a4={units=10000; life=1;}",
            "systems.a5={units=10000; life=1;}", "systems.a6={units=10000; life=1;}",
            "systems.a7={units=10000; life=1;}", "systems.a8={units=10000; life=1;}",
            "systems.a9={units=10000; life=1;}", "systems.a10={units=10000; life=1;}",
            "systems.b={units=1; life=1;}"));
}

static void
a_life_takes_time(void **state)
{
    (void)state;
    assert_finding("life is missing", SET("systems.pump={units=3;}"));
    assert_finding("systems.pump.life: must take time", SET("systems.pump={life=0;}"));
}

#define FIX         "eva.fix={segment='core';}"
#define PUMPS(more) "systems.pump={life=100; by='eva'; eva='fix'; " more "}"

static void
a_repair_outside_says_by_which_rule(void **state)
{
    (void)state;
    assert_finding("systems.pump.by: needs eva",
                   SET("systems.pump={life=100; by='eva';}"));
    assert_finding(NULL, SET(FIX, PUMPS("outings=3; priority=9;")));
    assert_finding("systems.pump.eva: not found in eva; got \"fix\"", SET(PUMPS("")));
    assert_finding("systems.pump.repair: is for repairs inside",
                   SET(FIX, PUMPS("repair=3;")));
    assert_finding("systems.pump.repairers: is for repairs inside",
                   SET(FIX, PUMPS("repairers=3;")));
    assert_finding("systems.pump.outings: out of range; got 51; allowed 0 to 50",
                   SET(FIX, PUMPS("outings=51;")));
    assert_finding("systems.pump.eva: is for repairs on spacewalks",
                   SET("systems.pump={life=100; eva='walk';}",
                       "eva.walk={segment='core'; first=@9;}"));
    assert_finding("systems.pump.outings: is for repairs on spacewalks",
                   SET("systems.pump={life=100; outings=3;}"));
    assert_first_warning("eva.fix: makes no spacewalks: it has no first", SET(FIX));
}

static void
work_needs_no_more_people_than_there_are(void **state)
{
    (void)state;
    assert_first_warning(
        "systems.a.repairers: are more than are ever aboard, so that it "
        "is never done; got 3; at most 2 are",
        SET("systems.a={life=1; repairers=3; segment='lab';}"));
    assert_first_warning(
        "tasks.t.people: are more than are ever aboard, so that it is "
        "never done; got 3; at most 2 are",
        SET("tasks.t={every=1; hours=1; people=3;}", "station.max_crew=2"));
    assert_first_warning("parts.q: no system needs it",
                         SET("systems.a={life=1; repairers=2; segment='lab';}",
                             "tasks.t={every=1; hours=1; people=6;}", "parts.q={}"));
}

static void
a_spare_needs_a_ship_with_room_for_it(void **state)
{
    (void)state;
    assert_first_warning("parts.p.class: no vehicle that brings it has room for it in "
                         "this class; got \"dry\"",
                         SET("parts.p={class='dry'; mass=90; vehicles=['barge'];}",
                             "systems.a={life=1; part='p';}",
                             "vehicles.barge.cargo=({class='dry'; mass=80;})"));
    assert_first_warning("parts.q: no system needs it",
                         SET("parts.p={class='dry'; mass=90; vehicles=['barge'];}",
                             "parts.q={}", "systems.a={life=1; part='p';}",
                             "vehicles.barge.cargo=({class='dry'; mass=90;})"));
}

static void
an_effect_is_a_failure_a_loss_of_research_or_a_limit(void **state)
{
    (void)state;
    assert_finding(NULL,
                   SET("systems.a={life=1; effects=({research=0.5; after=3;});}"));
    assert_finding("systems.a.effects[0]: needs failure, research or max_crew",
                   SET("systems.a={life=1; effects=({after=3;});}"));
    assert_finding("systems.a.effects[0]: names several of failure, research and",
                   SET("failures.dark={strikes='station'; effects=();}",
                       "systems.a={life=1; effects=({failure='dark'; research=1;});}"));
    assert_finding("systems.a.effects[0].research: out of range; got 1.5",
                   SET("systems.a={life=1; effects=({research=1.5;});}"));
    assert_finding(NULL, SET("systems.a={life=1; effects=({max_crew=0; after=3;});}"));
    assert_finding("systems.a.effects[0]: names several of failure, research and",
                   SET("systems.a={life=1; effects=({research=1; max_crew=3;});}"));
    assert_finding("systems.a.effects[0].excess: is about those beyond max_crew",
                   SET("systems.a={life=1; effects=({research=1; "
                       "excess='return';});}"));
}

static void
a_spacewalk_may_put_suits_out_of_use(void **state)
{
#define WET(more, effect)                                                              \
    "failures.wet={strikes='station'; per='eva'; " more "effects=({" effect "});}"
    (void)state;
    assert_finding(NULL, SET("suits.a={}",
                             WET("probability=0.1; suits=['a'];",
                                 "effect='suits_unusable'; suits='a'; duration=9;")));
    assert_finding("failures.wet.per: needs probability",
                   SET("suits.a={}", WET("", "effect='suits_unusable'; suits='a';")));
    assert_finding("failures.wet.effects[0]: needs suits: which are out of use",
                   SET(WET("probability=0.1;", "effect='suits_unusable';")));
    assert_finding("failures.wet.suits: is for failures that spacewalks bring about",
                   SET("suits.a={}", "failures.wet={strikes='station'; suits=['a']; "
                                     "life=9; effects=();}"));
    assert_finding(
        "failures.wet.effects[0].suits: is for suits_unusable only",
        SET("suits.a={}", WET("probability=0.1;", "effect='evacuate'; who='station'; "
                                                  "suits='a';")));
    assert_finding("failures.wet.per: can't happen to what it strikes",
                   SET("failures.wet={strikes='port'; per='eva'; probability=0.1; "
                       "effects=();}"));
}

static void
a_unit_that_is_to_fail_does_so_in_the_forecast(void **state)
{
#define EVENT(more) "events.e={what='unit_failure'; " more "}"
    (void)state;
    assert_finding(NULL, SET("systems.a={life=1;}", EVENT("at=@9; system='a';")));
    assert_finding("events.e: a unit_failure needs system", SET(EVENT("at=@9;")));
    assert_finding("events.e.at: comes too early: units run, and fail, in the forecast",
                   SET("systems.a={life=1;}", EVENT("at=@9; system='a';"),
                       "scenario.forecast_from=@10"));
}

static void
what_an_outage_leads_to_strikes_the_station(void **state)
{
    (void)state;
    assert_finding("systems.pump.effects[0].failure: must be one that strikes the "
                   "station; got leak",
                   SET("systems.pump={life=100; effects=({failure='leak';});}"));
    assert_finding(NULL, SET("failures.dark={strikes='station'; effects=();}",
                             "systems.pump={life=100; effects=({failure='dark';});}"));
}

static void
systems_are_struck_by_their_own_life(void **state)
{
    (void)state;
    assert_finding("failures.dark.strikes: the units of a system fail by its own life",
                   SET("failures.dark={strikes='system'; life=3; effects=();}"));
}

static void
spares_come_somehow_and_have_room(void **state)
{
    (void)state;
    assert_finding(NULL, SET(PUMP, "parts.pump={stock=2;}"));
    assert_finding(NULL, SET(PUMP, "parts.pump={target=2; vehicles=['barge'];}"));
    assert_finding("parts.pump.target: needs lead or vehicles",
                   SET(PUMP, "parts.pump={target=2;}"));
    assert_finding("parts.pump.stock: is more than there is room for; got 3; allowed "
                   "capacity, 2",
                   SET(PUMP, "parts.pump={stock=3; capacity=2; vehicles=['barge'];}"));
    assert_finding("parts.pump.capacity: is for parts that a ship brings",
                   SET(PUMP, "parts.pump={lead=20; capacity=2;}"));
    assert_first_warning("parts.pump: no system needs it",
                         SET("parts.pump={stock=3;}"));
}

static void
work_can_be_done_by_somebody(void **state)
{
    (void)state;
    assert_finding(
        "systems.pump.repairers: are more than station.workers lets work at one time; "
        "got 2; allowed 1",
        SET("systems.pump={life=100; repairers=2;}", "station.workers=1"));
    assert_finding(
        "tasks.walk.people: are more than station.workers",
        SET("tasks.walk={every=1; hours=1; people=2;}", "station.workers=1"));
    assert_finding("systems.pump.skill: needs people (repairers)",
                   SET("systems.pump={life=100; repairers=0; skill='pipes';}",
                       "crew.ada.skills=['pipes']"));
    assert_first_warning(
        "systems.pump.skill: nobody of the scenario has this skill, so that "
        "it is never done; got pipes",
        SET("systems.pump={life=100; skill='pipes';}"));
    assert_first_warning(
        "tasks.walk.skill: nobody of the scenario who is trained for the "
        "segment has this skill",
        SET("tasks.walk={every=1; hours=1; skill='pipes'; segment='lab';}",
            "crew.ada.skills=['pipes']"));
    assert_finding(NULL, SET("systems.pump={life=100; skill='pipes'; segment='core';}",
                             "crew.ada.skills=['pipes']"));
}

static void
a_rule_may_bring_who_has_the_skill(void **state)
{
    struct outpost outpost;

    (void)state;
    outpost_load(&outpost, outpost_text,
                 SET("cadence.taxi={vehicle='capsule'; first=@120; interval=90; "
                     "stay=60; crew=({segment='core'; skills=['pipes'];});}",
                     "systems.pump={life=100; skill='pipes';}"));
    assert_int_equal(outpost.status, ISS_OK);
    for (size_t i = 0; i < outpost.diag.kept; i++) {
        assert_null(strstr(outpost.diag.entries[i].text, "skill"));
    }
    outpost_clear(&outpost);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_has_the_units_that_it_needs),
        cmocka_unit_test(a_life_takes_time),
        cmocka_unit_test(a_repair_outside_says_by_which_rule),
        cmocka_unit_test(work_needs_no_more_people_than_there_are),
        cmocka_unit_test(a_spare_needs_a_ship_with_room_for_it),
        cmocka_unit_test(an_effect_is_a_failure_a_loss_of_research_or_a_limit),
        cmocka_unit_test(a_spacewalk_may_put_suits_out_of_use),
        cmocka_unit_test(a_unit_that_is_to_fail_does_so_in_the_forecast),
        cmocka_unit_test(what_an_outage_leads_to_strikes_the_station),
        cmocka_unit_test(systems_are_struck_by_their_own_life),
        cmocka_unit_test(spares_come_somehow_and_have_room),
        cmocka_unit_test(work_can_be_done_by_somebody),
        cmocka_unit_test(a_rule_may_bring_who_has_the_skill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
