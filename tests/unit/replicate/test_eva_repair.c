/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_eva_repair.c - what is repaired outside, in which suits, and who can't work
 * inside meanwhile.
 *
 * Ada and Boris are aboard the outpost until day 100; all lives are certain.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define OUTSIDE                                                                        \
    "UNIT_FAILED UNIT_REPAIRED SPARE_ARRIVES EVA_NEEDED EVA_PREPARED EVA_BEGINS "      \
    "EVA_ENDS"
#define LINE(more) "eva.fix={segment='core'; duration=6; " more "}"
#define PUMP(more) "systems.pump={life=1e6; by='eva'; eva='fix'; " more "}"
#define FAILS(id, system, day)                                                         \
    "events." id "={at=@" day "; what='unit_failure'; system='" system "';}"
#define TO(day) "scenario.end=@" day

static void
a_repair_is_prepared_and_takes_its_outings(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE("preparation=3; suits='a';"), "suits.a={rest=2;}",
                          PUMP("outings=2;"), FAILS("e", "pump", "20"), TO("90")));
    ASSERT_STORY(&run, OUTSIDE,
                 "20 UNIT_FAILED\n"
                 "20 EVA_NEEDED fix\n"
                 "23 EVA_PREPARED fix\n"
                 "23 EVA_BEGINS fix\n"
                 "23.25 EVA_ENDS fix\n"
                 "25.25 EVA_BEGINS fix\n"
                 "25.5 EVA_ENDS fix\n"
                 "25.5 UNIT_REPAIRED\n");
    ASSERT_METRIC(&run, "evas", 2);
    ASSERT_METRIC(&run, "evas_contingency", 2);
    ASSERT_METRIC(&run, "evas_planned", 0);
    ASSERT_METRIC(&run, "eva_repairs", 1);
    ASSERT_METRIC(&run, "eva_wait_d", 3);
    ASSERT_METRIC(&run, "eva_wait_max_d", 3);
    ASSERT_METRIC(&run, "eva_backlog", 3 / 90.);
    ASSERT_METRIC(&run, "repair_backlog", 0);
    ASSERT_METRIC(&run, "repair_h", 2 * 2 * 6); /* of both */
    ASSERT_METRIC(&run, "system_down.pump_d", 5.5);
    assert_true(iss_at(&run.outcome, repairs, waited_h, real)[0] == 72);
    assert_int_equal(iss_at(&run.outcome, spacewalks, unit, id)[3], 0);
    run_end(&run);
}

static void
outings_are_rounded_up_and_there_is_one_at_least(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, SET(LINE(""), PUMP("outings=1.2;"), FAILS("e", "pump", "20"), TO("90")));
    assert_true(run_value(&run, ISS_EVENT_EVA_NEEDED) == 2);
    ASSERT_METRIC(&run, "evas_contingency", 2);
    run_end(&run);
    run_outpost(&run,
                SET(LINE(""), PUMP("outings=0;"), FAILS("e", "pump", "20"), TO("90")));
    assert_true(run_value(&run, ISS_EVENT_EVA_NEEDED) == 1);
    run_end(&run);
}

static void
a_repair_waits_for_its_spare_first(void **state)
{
    (void)state;
    ASSERT_TOLD(OUTSIDE,
                "20 UNIT_FAILED\n"
                "30 SPARE_ARRIVES\n"
                "30 EVA_NEEDED fix\n"
                "33 EVA_PREPARED fix\n"
                "33 EVA_BEGINS fix\n"
                "33.25 EVA_ENDS fix\n"
                "33.25 UNIT_REPAIRED\n",
                SET(LINE("preparation=3;"), PUMP("part='valve';"),
                    "parts.valve={lead=10;}", FAILS("e", "pump", "20"), TO("90")));
}

/* Second's two come on day 31; who goes outside in the suits of Ada's kind? */
static void
a_repair_waits_for_people_and_is_prepared_then(void **state)
{
    (void)state;
    ASSERT_TOLD(OUTSIDE,
                "20 UNIT_FAILED\n"
                "20 EVA_NEEDED fix\n"
                "36 EVA_PREPARED fix\n"
                "36 EVA_BEGINS fix\n"
                "36.25 EVA_ENDS fix\n"
                "36.25 UNIT_REPAIRED\n",
                SET(LINE("preparation=5; people=2; crew=['chen','dana'];"), PUMP(""),
                    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "
                    "crew=['chen','dana'];}",
                    FAILS("e", "pump", "20"), TO("90")));
}

/* Second docks in the very moment in which Ada and Boris come back inside. */
static void
who_is_not_back_yet_does_not_go_again(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LINE("suits='a';"), "suits.a={}", PUMP(""), "suits.b={}",
                    "eva.walk={segment='core'; first=@30; duration=24; suits='b';}",
                    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "
                    "crew=['chen','dana'];}",
                    FAILS("e", "pump", "30.5"), TO("90")));
    ASSERT_STORY(&run, "EVA_BEGINS EVA_ENDS",
                 "30 EVA_BEGINS walk\n"
                 "31 EVA_BEGINS fix\n"
                 "31 EVA_ENDS walk\n"
                 "31.25 EVA_ENDS fix\n");
    assert_int_equal(iss_at(&run.outcome, spacewalks, person, id)[2], 2); /* Chen */
    run_end(&run);
}

static void
so_many_outings_begin_in_a_week(void **state)
{
    (void)state;
    ASSERT_TOLD("EVA_BEGINS",
                "20 EVA_BEGINS fix\n"
                "20.25 EVA_BEGINS fix\n"
                "27 EVA_BEGINS fix\n"
                "27.25 EVA_BEGINS fix\n"
                "34 EVA_BEGINS fix\n",
                SET(LINE("suits='a';"), "suits.a={weekly=2;}", PUMP("outings=5;"),
                    FAILS("e", "pump", "20"), TO("90")));
}

static void
a_repair_goes_before_what_was_planned(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE("preparation=3;"), PUMP("outings=2;"),
                          "eva.plan={segment='core'; first=@21; duration=6;}",
                          FAILS("e", "pump", "20"), TO("90")));
    ASSERT_STORY(&run, "EVA_DUE EVA_POSTPONED EVA_BEGINS",
                 "21 EVA_DUE plan\n"
                 "21 EVA_POSTPONED plan\n"
                 "23 EVA_BEGINS fix\n"
                 "23.25 EVA_BEGINS fix\n"
                 "23.5 EVA_BEGINS plan\n");
    assert_true(run_value(&run, ISS_EVENT_EVA_POSTPONED) == ISS_EVA_REPAIR);
    ASSERT_METRIC(&run, "evas_planned", 1);
    run_end(&run);
    ASSERT_TOLD("EVA_BEGINS", /* in suits of their own */
                "21 EVA_BEGINS plan\n23 EVA_BEGINS fix\n",
                SET(LINE("preparation=3;"), PUMP(""), "suits.a={}",
                    "eva.plan={segment='core'; first=@21; duration=6; suits='a';}",
                    FAILS("e", "pump", "20"), TO("90")));
}

static void
repairs_go_by_priority_and_then_by_time(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LINE("suits='a';"), "suits.a={rest=10;}", PUMP(""),
                    "systems.valve={life=1e6; by='eva'; eva='fix';}",
                    "systems.radio={life=1e6; by='eva'; eva='fix'; priority=9;}",
                    FAILS("a", "pump", "20"), FAILS("b", "pump", "20.5"),
                    FAILS("c", "valve", "21"), FAILS("d", "radio", "22"), TO("90")));
    ASSERT_STORY(&run, "EVA_BEGINS",
                 "20 EVA_BEGINS fix\n"
                 "30.25 EVA_BEGINS fix\n"
                 "40.5 EVA_BEGINS fix\n"
                 "50.75 EVA_BEGINS fix\n");
    ASSERT_METRIC(&run, "system_down.radio_d", 30.5 - 22);
    ASSERT_METRIC(&run, "eva_wait_max_d", 50.75 - 21);
    run_end(&run);
}

#define WET                                                                            \
    "failures.wet={strikes='station'; "                                                \
    "effects=({effect='suits_unusable'; suits='a'; duration=40;});}",                  \
        "events.w={at=@10; what='failure'; failure='wet';}"

static void
suits_out_of_use_keep_all_inside_but_for_repairs(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE("suits='a';"), "suits.a={name='Suits';}", PUMP(""), WET,
                          "eva.plan={segment='core'; first=@15; suits='a';}",
                          FAILS("e", "pump", "20"), TO("90")));
    ASSERT_STORY(&run, "SUITS_DOWN SUITS_CLEARED EVA_POSTPONED EVA_BEGINS",
                 "10 SUITS_DOWN\n"
                 "15 EVA_POSTPONED plan\n"
                 "20 EVA_BEGINS fix\n"
                 "50 SUITS_CLEARED\n"
                 "50 EVA_BEGINS plan\n");
    assert_true(run_value(&run, ISS_EVENT_EVA_POSTPONED) == ISS_EVA_SUITS);
    ASSERT_METRIC(&run, "suits_down_d", 40);
    run_end(&run);
    ASSERT_TOLD("EVA_BEGINS", "50 EVA_BEGINS fix\n",
                SET(LINE("suits='a';"), "suits.a={}", PUMP(""), WET,
                    FAILS("e", "pump", "20"), TO("90"),
                    "policy.eva_contingency_waiver=false"));
    ASSERT_TOLD("SUITS_DOWN SUITS_CLEARED", "20 SUITS_DOWN\n50 SUITS_CLEARED\n",
                SET("suits.a={}", WET, "scenario.forecast_from=@20", TO("90")));
}

static void
an_outing_may_put_its_suits_out_of_use(void **state)
{
#define DRIP(more)                                                                     \
    "failures.drip={strikes='station'; per='eva'; probability=1; " more                \
    "effects=({effect='suits_unusable'; suits='a'; duration=10;});}"
    (void)state;
    ASSERT_TOLD("SUITS_DOWN EVA_BEGINS",
                "20 EVA_BEGINS fix\n"
                "20.25 SUITS_DOWN\n"
                "30.25 EVA_BEGINS fix\n"
                "30.5 SUITS_DOWN\n",
                SET(LINE("suits='a';"), "suits.a={}", PUMP("outings=2;"), DRIP(""),
                    FAILS("e", "pump", "20"), TO("90"),
                    "policy.eva_contingency_waiver=false"));
    ASSERT_TOLD("SUITS_DOWN", "",
                SET(LINE("suits='a';"), "suits.a={}", "suits.b={}", PUMP(""),
                    DRIP("suits=['b'];"), FAILS("e", "pump", "20"), TO("90")));
}

/* The task takes both for a day; from the sixth hour on they are outside for six. */
static void
who_is_outside_does_not_work_inside(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE(""), PUMP(""), FAILS("e", "pump", "20.25"), TO("90"),
                          "tasks.sweep={every=1000; first=20; hours=24; people=2;}"));
    ASSERT_STORY(&run, "TASK_DUE TASK_DONE EVA_BEGINS EVA_ENDS",
                 "20 TASK_DUE\n"
                 "20.25 EVA_BEGINS fix\n"
                 "20.5 EVA_ENDS fix\n"
                 "21.25 TASK_DONE\n");
    run_end(&run);
}

/* Ada is ill from day 20 on and leaves for it on day 40, in First, with Boris. */
static void
who_is_ill_does_not_work(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET("failures.ill={strikes='person'; assessment=10; "
                    "effects=({effect='evacuate';});}",
                    "events.e={at=@20; what='failure'; failure='ill'; "
                    "person='ada';}",
                    "policy.early_return=10", "systems.a={life=1e6; repair='5 d';}",
                    "systems.b={life=1e6; repair='5 d';}", FAILS("a", "a", "19"),
                    FAILS("b", "b", "19"), TO("90")));
    /* Boris goes on with one; the other waits for him. */
    ASSERT_STORY(&run, "UNIT_REPAIRED", "24 UNIT_REPAIRED\n28 UNIT_REPAIRED\n");
    run_end(&run);
}

/* Chen, who alone can, is at it from day 35 on and ill from day 36 to 38. */
static void
who_is_well_again_goes_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET("kits.none={}", "medical.kit='none'",
                    "conditions.cold={process='once'; incidence=1; after=5; "
                    "outcomes=({care='treated'; impairment_1=0.5; duration_1=48;});}",
                    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "
                    "crew=['chen','dana'];}",
                    "crew.chen.skills=['pipes']",
                    "systems.a={life=1e6; repair='5 d'; skill='pipes';}",
                    FAILS("a", "a", "35"), TO("90")));
    ASSERT_STORY(&run, "UNIT_REPAIRED", "42 UNIT_REPAIRED\n");
    ASSERT_METRIC(&run, "repair_backlog", 2 / 90.);
    run_end(&run);
}

static void
research_is_lost_while_a_system_is_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("systems.a={life=1e6; repair='14 d'; effects=({research=0.5;}, "
            "{research=0.2; after=7;});}",
            "utilisation={research=({crew=1; hours=10;}); nominal_crew=2; repairs=0;}",
            FAILS("a", "a", "20"), TO("90")));
    /* 10 h a week: a week at a half, a week at 1 - 0.5 * 0.8. */
    ASSERT_METRIC(&run, "research_lost_outage_h", 10 * 0.5 + 10 * 0.6);
    ASSERT_METRIC(&run, "research_lost_h", 11);
    ASSERT_METRIC(&run, "research_h", 90 * 10 / 7. - 11);
    ASSERT_STORY(&run, "OUTAGE_HURTS OUTAGE_OVER",
                 "20 OUTAGE_HURTS\n27 OUTAGE_HURTS\n34 OUTAGE_OVER\n");
    assert_true(run_value(&run, ISS_EVENT_OUTAGE_HURTS) == 0.5);
    run_end(&run);
}

static void
a_unit_that_is_to_fail_is_the_first_that_runs(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.a={units=2; life=1e6; repair='50 d';}",
                          FAILS("a", "a", "20"), FAILS("b", "a", "21"),
                          FAILS("c", "a", "22"), TO("90")));
    ASSERT_METRIC(&run, "unit_failures.a", 2);
    assert_int_equal(iss_at(&run.outcome, repairs, unit, id)[0], 0);
    assert_int_equal(iss_at(&run.outcome, repairs, unit, id)[1], 1);
    run_end(&run);
    run_outpost(&run, SET("systems.a={life=1e6;}", FAILS("a", "a", "20"), TO("90"),
                          "scenario.mode='replay'"));
    ASSERT_STORY(&run, "UNIT_FAILED", ""); /* a replay has no systems */
    run_end(&run);
}

/* First leaves on day 100, and nobody comes: what waits to be repaired outside waits.
 */
static void
an_empty_station_is_not_repaired_and_may_be_lost(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE(""), PUMP(""), FAILS("e", "pump", "200"),
                          "station.uncrewed_life=150"));
    ASSERT_STORY(&run, OUTSIDE " STATION_LOST",
                 "200 UNIT_FAILED\n200 EVA_NEEDED fix\n250 STATION_LOST\n");
    ASSERT_METRIC(&run, "eva_backlog", 50 / 360.); /* as long as it is there */
    assert_true(isnan(run_metric(&run, "eva_wait_d")));
    assert_true(isnan(run_metric(&run, "eva_wait_max_d")));
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repair_is_prepared_and_takes_its_outings),
        cmocka_unit_test(outings_are_rounded_up_and_there_is_one_at_least),
        cmocka_unit_test(a_repair_waits_for_its_spare_first),
        cmocka_unit_test(a_repair_waits_for_people_and_is_prepared_then),
        cmocka_unit_test(who_is_not_back_yet_does_not_go_again),
        cmocka_unit_test(so_many_outings_begin_in_a_week),
        cmocka_unit_test(a_repair_goes_before_what_was_planned),
        cmocka_unit_test(repairs_go_by_priority_and_then_by_time),
        cmocka_unit_test(suits_out_of_use_keep_all_inside_but_for_repairs),
        cmocka_unit_test(an_outing_may_put_its_suits_out_of_use),
        cmocka_unit_test(who_is_outside_does_not_work_inside),
        cmocka_unit_test(who_is_ill_does_not_work),
        cmocka_unit_test(who_is_well_again_goes_on),
        cmocka_unit_test(research_is_lost_while_a_system_is_down),
        cmocka_unit_test(a_unit_that_is_to_fail_is_the_first_that_runs),
        cmocka_unit_test(an_empty_station_is_not_repaired_and_may_be_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
