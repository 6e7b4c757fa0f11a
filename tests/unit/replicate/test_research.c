/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_research.c - what takes hours from research besides absence, illness and
 * spacewalks (test_eva.c), and what gets done in those that are left.
 */
#include "unit/replicate/run.h"

/* Two aboard: 3 h a day of the 10 h that four work. */
#define RESEARCH                                                                       \
    "utilisation={nominal_crew=4; research=({crew=1; hours=7;},{crew=2; hours=21;},"   \
    "{crew=4; hours=70;});}"

static void
rows_with_a_date_hold_from_then_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("utilisation={nominal_crew=4; research=({crew=2; hours=21;},"
                          "{crew=2; hours=42; from=@20;},{crew=4; hours=70;},"
                          "{crew=4; hours=84; from=@40;});}",
                          "scenario.end=@50"));
    ASSERT_METRIC(&run, "research_h", 3 * 20 + 6 * 30);
    ASSERT_METRIC(&run, "research_lost_crew_h", 7 * 20 + 4 * 20 + 6 * 10);
    run_end(&run);
    /* Also when people come and go between the dates. */
    run_outpost(&run, SET("utilisation={nominal_crew=2; research=({crew=0; hours=0;},"
                          "{crew=2; hours=21;},{crew=2; hours=42; from=@120;});}",
                          "scenario.end=@150"));
    ASSERT_METRIC(&run, "research_h", 3 * 100); /* they leave on day 100 */
    ASSERT_METRIC(&run, "research_lost_crew_h", 3 * 20 + 6 * 30);
    run_end(&run);
}

/* Four repairs of twelve person-hours. */
static void
repairs_and_tasks_take_their_shares(void **state)
{
#define WORK                                                                           \
    "systems.box={life=10; repair=6; repairers=2;}", "tasks.sweep={every=1; hours=2;}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, WORK, "scenario.end=@50"));
    ASSERT_METRIC(&run, "repair_h", 48);
    ASSERT_METRIC(&run, "research_lost_maintenance_h", 48);
    ASSERT_METRIC(&run, "research_h", 3 * 50 - 48);
    run_end(&run);
    run_outpost(&run, SET(RESEARCH, WORK, "scenario.end=@50", "utilisation.repairs=0.5",
                          "utilisation.tasks=0.25"));
    double work_h = 0.5 * 48 + 0.25 * run_metric(&run, "task_h");
    assert_true(run_metric(&run, "task_h") >= 98);
    ASSERT_METRIC(&run, "research_lost_maintenance_h", work_h);
    ASSERT_METRIC(&run, "research_h", 3 * 50 - work_h);
    ASSERT_METRIC(&run, "research_lost_h", 7 * 50 + work_h);
    run_end(&run);
}

/* Second comes on day 91 and hands over for five days. */
static void
handovers_take_hours_while_they_last(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(RESEARCH, SECOND, "utilisation.handover=4", "scenario.end=@100"));
    ASSERT_METRIC(&run, "research_lost_handover_h", 4 * 5);
    run_end(&run);
    run_outpost(&run,
                SET(RESEARCH, SECOND, "utilisation.handover=4", "scenario.end=@93"));
    ASSERT_METRIC(&run, "research_lost_handover_h", 4 * 2);
    run_end(&run);
}

/* Second comes, First goes; nobody is aboard to lose hours when the barge comes later.
 */
static void
vehicles_that_come_and_go_take_hours(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(RESEARCH, SECOND, "utilisation.traffic=6", "scenario.end=@100"));
    ASSERT_METRIC(&run, "research_lost_traffic_h", 6 * 2);
    run_end(&run);
    run_outpost(&run, SET(RESEARCH, "utilisation.traffic=6", "scenario.end=@150",
                          "flights.Late={vehicle='barge'; launch=@110;}"));
    ASSERT_METRIC(&run, "research_lost_traffic_h", 0);
    run_end(&run);
}

#define DARK(share)                                                                    \
    "parts.fuse={stock=0;}",                                                           \
        "systems.power={life=10; repair=1; part='fuse'; effects=({research=" share     \
        ";});}"
#define OUTSIDE                                                                        \
    "eva.early={segment='core'; first=@5; duration=6;}",                               \
        "eva.late={segment='core'; first=@20; duration=6;}"

/* Dark from day 10 on: the spacewalk on day 20 takes what is left then. */
static void
an_outage_leaves_less_for_all_else_to_take(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, DARK("1.0"), OUTSIDE, "scenario.end=@50"));
    ASSERT_METRIC(&run, "evas", 2);
    ASSERT_METRIC(&run, "research_lost_outage_h", 3 * 40);
    ASSERT_METRIC(&run, "research_lost_eva_h", 12);
    ASSERT_METRIC(&run, "research_h", 3 * 10 - 12);
    run_end(&run);
    run_outpost(&run, SET(RESEARCH, DARK("0.25"), OUTSIDE, "scenario.end=@50"));
    ASSERT_METRIC(&run, "research_lost_outage_h", 0.25 * 3 * 40);
    ASSERT_METRIC(&run, "research_lost_eva_h", 12 + 0.75 * 12);
    ASSERT_METRIC(&run, "research_h", 3 * 10 - 12 + 0.75 * (3 * 40 - 12));
    ASSERT_METRIC(&run, "research_lost_h", 7 * 50 + 0.25 * 3 * 40 + 12 + 0.75 * 12);
    run_end(&run);
}

/* 160 h of spacewalks and 48 h of repairs share out 150 h. */
static void
nothing_takes_more_hours_than_there_are(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, "systems.box={life=10; repair=6; repairers=2;}",
                          "eva.walk={segment='core'; first=@2.5; interval=5; "
                          "duration=8;}",
                          "scenario.end=@50"));
    double wanted_h = 2 * 8 * 10 + 48;
    ASSERT_METRIC(&run, "evas", 10);
    ASSERT_METRIC(&run, "repair_h", 48);
    ASSERT_METRIC(&run, "research_h", 0);
    ASSERT_METRIC(&run, "research_lost_eva_h", 150 * 160 / wanted_h);
    ASSERT_METRIC(&run, "research_lost_maintenance_h", 150 * 48 / wanted_h);
    ASSERT_METRIC(&run, "research_lost_h", 10 * 50);
    run_end(&run);
}

/* In 150 h. */
static void
experiments_get_done_by_priority(void **state)
{
#define EXPERIMENTS                                                                    \
    "experiments={grow={hours=40; count=2; priority=3;}; melt={hours=30; count=1; "    \
    "priority=7;}; look={hours=25; priority=3;};}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(RESEARCH, EXPERIMENTS, "scenario.end=@50"));
    ASSERT_METRIC(&run, "completed.melt", 1);
    ASSERT_METRIC(&run, "completed.grow", 2);
    ASSERT_METRIC(&run, "completed.look", 1); /* 15 h are left */
    ASSERT_METRIC(&run, "experiments_completed", 4);
    assert_int_equal(iss_at(&run.outcome, experiments, completed, count)[0], 2);
    run_end(&run);
    /* What isn't done has the rest of the hours. */
    run_outpost(&run, SET(RESEARCH, EXPERIMENTS, "experiments.grow.count=4",
                          "scenario.end=@50"));
    ASSERT_METRIC(&run, "completed.grow", 3);
    ASSERT_METRIC(&run, "completed.look", 0);
    run_end(&run);
    /* Nothing gets done in too few hours. */
    run_outpost(&run, SET(RESEARCH, EXPERIMENTS, "scenario.end=@9"));
    ASSERT_METRIC(&run, "experiments_completed", 0);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_with_a_date_hold_from_then_on),
        cmocka_unit_test(repairs_and_tasks_take_their_shares),
        cmocka_unit_test(handovers_take_hours_while_they_last),
        cmocka_unit_test(vehicles_that_come_and_go_take_hours),
        cmocka_unit_test(an_outage_leaves_less_for_all_else_to_take),
        cmocka_unit_test(nothing_takes_more_hours_than_there_are),
        cmocka_unit_test(experiments_get_done_by_priority),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
