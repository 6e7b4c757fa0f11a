/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_eva.c - spacewalks take place, wait or are lost; research is what the people
 * aboard have time for.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define EVAS "EVA_DUE EVA_READY EVA_BEGINS EVA_POSTPONED EVA_LOST"

static void
one_that_is_planned_takes_place_in_a_replay_too(void **state)
{
    static const char *const modes[] = {"scenario.mode='forecast'",
                                        "scenario.mode='replay'"};
    struct run run;

    (void)state;
    for (int i = 0; i < 2; i++) {
        run_outpost(&run, SET("eva.walk={segment='core'; first=@5; duration=6;}",
                              modes[i], "scenario.end=@90"));
        ASSERT_STORY(&run, EVAS, "5 EVA_DUE walk\n5 EVA_BEGINS walk\n");
        ASSERT_METRIC(&run, "evas", 1);
        ASSERT_METRIC(&run, "eva_h", 6);
        assert_int_equal(run.outcome.tables[ISS_TABLE_spacewalks].rows, 2);
        run_end(&run);
    }
}

static void
a_rule_makes_them_by_the_calendar_in_the_forecast(void **state)
{
#define RULE(more) "eva.walk={segment='core'; first=@-15; interval=10; " more "}"
    (void)state;
    ASSERT_TOLD("EVA_BEGINS", "5 EVA_BEGINS walk\n15 EVA_BEGINS walk\n",
                SET(RULE(""), "scenario.end=@24"));
    ASSERT_TOLD("EVA_BEGINS", "5 EVA_BEGINS walk\n", /* the third of all */
                SET(RULE("count=3;"), "scenario.end=@24"));
    ASSERT_TOLD("EVA_BEGINS", "5 EVA_BEGINS walk\n15 EVA_BEGINS walk\n",
                SET(RULE("until=@15;"), "scenario.end=@80"));
    ASSERT_TOLD("EVA_DUE", "", SET(RULE(""), "scenario.mode='replay'"));
    ASSERT_TOLD("EVA_DUE", "25 EVA_DUE walk\n35 EVA_DUE walk\n",
                SET(RULE(""), "scenario.forecast_from=@20", "scenario.end=@44"));
}

/* Second's two come on day 31, and Ada is ill from day 20 on; the lab has nobody. */
static void
one_that_finds_too_few_waits_until_enough_have_come(void **state)
{
#define ILL                                                                            \
    "failures.ill={strikes='person'; assessment=2; effects=({effect='evacuate';});}",  \
        "events.e={at=@20; what='failure'; failure='ill'; person='ada';}"
#define RELIEF                                                                         \
    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "                     \
    "crew=['chen','dana']; relieves='First';}"
#define WALK(more) "eva.walk={segment='core'; first=@21; " more "}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, RELIEF, WALK("preparation=7;"), "scenario.end=@60"));
    ASSERT_STORY(&run, EVAS,
                 "21 EVA_DUE walk\n"
                 "21 EVA_POSTPONED walk\n"
                 "38 EVA_READY walk\n"
                 "38 EVA_BEGINS walk\n");
    ASSERT_METRIC(&run, "evas_lost", 0);
    run_end(&run);
    run_outpost(&run, SET(ILL, RELIEF, WALK(""), "scenario.end=@30"));
    ASSERT_STORY(&run, EVAS,
                 "21 EVA_DUE walk\n"
                 "21 EVA_POSTPONED walk\n"
                 "30 EVA_LOST walk\n");
    ASSERT_METRIC(&run, "evas_lost", 1);
    run_end(&run);
    ASSERT_TOLD(EVAS, /* the next of its rule takes its place */
                "21 EVA_DUE walk\n"
                "21 EVA_POSTPONED walk\n"
                "26 EVA_DUE walk\n"
                "26 EVA_LOST walk\n"
                "26 EVA_POSTPONED walk\n"
                "31 EVA_DUE walk\n"
                "31 EVA_LOST walk\n"
                "31 EVA_BEGINS walk\n",
                SET(ILL, RELIEF, WALK("interval=5;"), "scenario.end=@32"));
}

/* The outpost's two are outside until the evening of day 5. */
static void
one_waits_for_people_who_are_outside(void **state)
{
    ASSERT_TOLD(EVAS,
                "5 EVA_DUE walk\n"
                "5 EVA_BEGINS walk\n"
                "5.125 EVA_DUE other\n"
                "5.125 EVA_POSTPONED other\n"
                "5.25 EVA_BEGINS other\n",
                SET("eva.walk={segment='core'; first=@5; duration=6;}",
                    "eva.other={segment='core'; first=@5.125; duration=6;}",
                    "scenario.end=@60"));
    (void)state;
}

/* While one is prepared, those who were to go have left. */
static void
one_whose_people_leave_again_goes_on_waiting(void **state)
{
    ASSERT_TOLD(EVAS,
                "21 EVA_DUE walk\n"
                "21 EVA_POSTPONED walk\n"
                "51 EVA_READY walk\n"
                "60 EVA_LOST walk\n",
                SET(ILL, WALK("preparation=20;"), "scenario.end=@60",
                    "flights.Visit={vehicle='capsule'; launch=@30; undock=@35; "
                    "crew=['chen','dana'];}"));
    (void)state;
}

/* ---- research ------------------------------------------------------------------ */

#define RESEARCH                                                                       \
    "utilisation={nominal_crew=4; research=({crew=1; hours=7;},{crew=2; hours=21;},"   \
    "{crew=4; hours=70;});}"

/* Two aboard: 3 h a day of the 10 h that four work. */
static void
research_is_what_so_many_people_work(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, "scenario.end=@50"));
    ASSERT_METRIC(&run, "research_h", 3 * 50);
    ASSERT_METRIC(&run, "research_lost_h", 7 * 50);
    ASSERT_METRIC(&run, "research_lost_crew_h", 7 * 50);
    ASSERT_METRIC(&run, "research_lost_illness_h", 0);
    run_end(&run);
    run_outpost(&run, SET("scenario.end=@50"));
    assert_true(isnan(run_metric(&run, "research_h")));
    assert_true(isnan(run_metric(&run, "research_lost_eva_h")));
    run_end(&run);
}

/* Ada works no more from day 20 on, and both are away from day 29 on; until then they
 * go outside once, for six hours. */
static void
illness_absence_and_spacewalks_take_their_shares(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, ILL, "scenario.end=@50",
                          "eva.walk={segment='core'; first=@5; duration=6;}"));
    ASSERT_METRIC(&run, "research_lost_crew_h", 7 * 29 + 10 * 21);
    ASSERT_METRIC(&run, "research_lost_illness_h", 1.5 * 9);
    ASSERT_METRIC(&run, "research_lost_eva_h", 12);
    ASSERT_METRIC(&run, "research_h", 3 * 29 - 1.5 * 9 - 12);
    ASSERT_METRIC(&run, "research_lost_h", 10 * 50 - (3 * 29 - 1.5 * 9 - 12));
    run_end(&run);
}

/* What is more than the nominal crew's makes up for nothing; visitors don't work. */
static void
hours_lost_are_those_of_the_nominal_crew(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(RESEARCH, SECOND, "utilisation.nominal_crew=2", "scenario.end=@100",
                    "flights.First.undock=@98", "launch_systems.rocket.stand_down=0"));
    ASSERT_METRIC(&run, "research_lost_crew_h", 0);
    ASSERT_METRIC(&run, "research_h", 3 * 100 + 7 * 5); /* a handover of five days */
    run_end(&run);
    run_outpost(&run, SET(RESEARCH, "scenario.end=@60",
                          "flights.Visit={vehicle='capsule'; launch=@9; undock=@20; "
                          "crew=['chen','dana']; visiting=true;}"));
    ASSERT_METRIC(&run, "research_h", 3 * 60);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_is_planned_takes_place_in_a_replay_too),
        cmocka_unit_test(a_rule_makes_them_by_the_calendar_in_the_forecast),
        cmocka_unit_test(one_that_finds_too_few_waits_until_enough_have_come),
        cmocka_unit_test(one_waits_for_people_who_are_outside),
        cmocka_unit_test(one_whose_people_leave_again_goes_on_waiting),
        cmocka_unit_test(research_is_what_so_many_people_work),
        cmocka_unit_test(illness_absence_and_spacewalks_take_their_shares),
        cmocka_unit_test(hours_lost_are_those_of_the_nominal_crew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
