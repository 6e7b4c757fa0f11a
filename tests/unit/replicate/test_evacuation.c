/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_evacuation.c - somebody must go home early: at once or with the relief, in what,
 * and whether the next crew comes sooner.
 */
#include "unit/replicate/run.h"

/* Ada falls ill on day 20, and a finding is there on day 22. */
#define ILL                                                                            \
    "failures.ill={strikes='person'; assessment=2; effects=({effect='evacuate';});}",  \
        "events.e={at=@20; what='failure'; failure='ill'; person='ada';}"
#define RELIEF                                                                         \
    "flights.Second={vehicle='capsule'; launch=@30; undock=@200; "                     \
    "crew=['chen','dana']; relieves='First';}"
#define WAIT(days) "policy.evacuation_wait=" days
#define TOLD                                                                           \
    "EVACUATION_WAITS EVACUATION_DUE EVACUATION EARLY_RETURN UNDOCKED SEAT_MOVED "     \
    "LAUNCH_ADVANCED"

/* Second docks on day 31, nine days after the finding; the handover takes five. */
static void
they_wait_for_a_relief_that_comes_in_time(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, RELIEF, WAIT("9"), "scenario.end=@60"));
    ASSERT_STORY(&run, TOLD,
                 "22 EVACUATION_WAITS Second ada\n"
                 "36 UNDOCKED First north\n");
    assert_true(run_value(&run, ISS_EVENT_EVACUATION_WAITS) == 9);
    ASSERT_METRIC(&run, "evacuations", 0);
    ASSERT_METRIC(&run, "early_returns", 0);
    run_end(&run);
    ASSERT_TOLD(TOLD,
                "22 EVACUATION First\n"
                "22 EARLY_RETURN First\n"
                "29 UNDOCKED First north\n",
                SET(ILL, RELIEF, WAIT("8.9"), "scenario.end=@60"));
}

#define BAD_DAY(probability)                                                           \
    "launch_systems.rocket.scrubs=({cause='rain'; probability=" probability            \
    "; recycle=20;})"

/* On the day on which it was to dock they look again, and leave if it is too late. */
static void
they_leave_when_the_relief_slips_beyond_the_limit(void **state)
{
    (void)state;
    ASSERT_TOLD(TOLD " LAUNCH_SCRUBBED",
                "22 EVACUATION_WAITS Second ada\n"
                "30 LAUNCH_SCRUBBED Second\n"
                "31 EVACUATION_DUE ada\n"
                "31 EVACUATION First\n"
                "31 EARLY_RETURN First\n"
                "38 UNDOCKED First north\n",
                SET(ILL, RELIEF, WAIT("20"), BAD_DAY("0.98"), "scenario.end=@49"));
    ASSERT_TOLD(TOLD,
                "22 EVACUATION_WAITS Second ada\n"
                "31 EVACUATION_DUE ada\n" /* it may come on day 51 */
                "51 EVACUATION_DUE ada\n"
                "51 EVACUATION First\n"
                "51 EARLY_RETURN First\n"
                "58 UNDOCKED First north\n",
                SET(ILL, RELIEF, WAIT("30"), BAD_DAY("0.98"), "scenario.end=@69"));
}

/* Nothing has to be waited for to know that a relief has failed. */
static void
they_leave_when_the_relief_fails(void **state)
{
    (void)state;
    ASSERT_TOLD(TOLD " ASCENT_FAILED",
                "22 EVACUATION_WAITS Second ada\n"
                "30 ASCENT_FAILED Second\n"
                "30 EVACUATION First\n"
                "30 EARLY_RETURN First\n"
                "37 UNDOCKED First north\n",
                SET(ILL, RELIEF, WAIT("99"),
                    "events.d={at=@1; what='ascent_failure'; flight='Second';}"));
    ASSERT_TOLD(TOLD " ROCKET_GROUNDED",
                "22 EVACUATION_WAITS Second ada\n"
                "25 ROCKET_GROUNDED\n"
                "25 EVACUATION First\n"
                "25 EARLY_RETURN First\n"
                "32 UNDOCKED First north\n",
                SET(ILL, RELIEF, WAIT("20"), "scenario.end=@60",
                    "failures.fault={strikes='rocket'; effects=({"
                    "effect='launch_grounded'; duration=90;});}",
                    "events.f={at=@25; what='failure'; failure='fault'; "
                    "launch_system='rocket';}"));
}

static void
a_second_finding_changes_nothing(void **state)
{
#define BORIS_TOO "events.b={at=@21; what='failure'; failure='ill'; person='boris';}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, BORIS_TOO, "scenario.end=@60"));
    ASSERT_STORY(&run, TOLD " EVACUATION_NEEDED",
                 "22 EVACUATION_NEEDED ada\n"
                 "22 EVACUATION First\n"
                 "22 EARLY_RETURN First\n"
                 "23 EVACUATION_NEEDED boris\n"
                 "29 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "evacuations", 1);
    run_end(&run);
    run_outpost(&run, /* both wait, and both go: once */
                SET(ILL, BORIS_TOO, RELIEF, WAIT("99"), "scenario.end=@60",
                    "events.d={at=@1; what='ascent_failure'; flight='Second';}"));
    ASSERT_METRIC(&run, "evacuations", 1);
    ASSERT_METRIC(&run, "early_returns", 1);
    run_end(&run);
}

/* Whoever leaves soon anyway leaves then. */
static void
an_early_return_is_never_later_than_planned(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, "flights.First.undock=@25", "scenario.end=@60"));
    ASSERT_STORY(&run, TOLD,
                 "22 EVACUATION First\n"
                 "25 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "early_returns", 0);
    run_end(&run);
}

/* The plan's exchange of seats doesn't undo it when the next ship docks. */
static void
seats_that_changed_stay_changed(void **state)
{
#define BOAT                                                                           \
    "vehicles.boat={role='crew'; seats=3; docking='latch'; rendezvous=24; "            \
    "descent=24; handover=5;}",                                                        \
        "flights.First.vehicle='boat'", "flights.First.crew=['ada','boris','finn']",   \
        "flights.First.crew_down=['ada','boris','finn']",                              \
        "flights.Lab={vehicle='capsule'; crew=['chen','eve']; undock=@150; "           \
        "crew_down=['chen','eve']; as_flown={launch=@-30; dock=@-29; port='annex';};}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, BOAT, "policy.evacuation_vehicle='fewest'",
                          "flights.Dana={vehicle='capsule'; launch=@24; undock=@40; "
                          "crew=['dana']; visiting=true;}",
                          "scenario.end=@60"));
    ASSERT_STORY(&run, TOLD " DOCKED",
                 "22 SEAT_MOVED Lab ada\n"
                 "22 SEAT_MOVED First chen\n"
                 "22 EVACUATION Lab\n"
                 "22 EARLY_RETURN Lab\n"
                 "25 DOCKED Dana south\n"
                 "29 UNDOCKED Lab annex\n"
                 "40 UNDOCKED Dana south\n");
    ASSERT_METRIC(&run, "crew_min", 3);
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    run_end(&run);
}

/* Nobody has a way home but a wreck, until Second docks. */
static void
who_has_no_way_home_goes_with_the_next_ship(void **state)
{
    (void)state;
    ASSERT_TOLD("EVACUATION EARLY_RETURN DOCKED UNDOCKED",
                "91 DOCKED Second south\n"
                "91 EVACUATION Second\n"
                "91 EARLY_RETURN Second\n"
                "96 UNDOCKED First north\n"
                "98 UNDOCKED Second south\n",
                SET(ILL,
                    "flights.Second={vehicle='capsule'; launch=@90; undock=@200; "
                    "crew=['chen']; relieves='First';}",
                    "policy={call_up=false; reassign=false;}", "scenario.end=@120",
                    "failures.leak.effects=({effect='vehicle_unsafe'; seats='none';})",
                    "events.l={at=@10; what='failure'; failure='leak'; "
                    "flight='First';}"));
}

static void
who_may_stay_stays(void **state)
{
    (void)state;
    ASSERT_TOLD("EVACUATION", "22 EVACUATION First\n",
                SET(ILL, "policy.evacuation_threshold=1.0"));
}

static void
the_next_crew_comes_sooner_after_an_early_return(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ILL, SECOND, "policy={advance=17; advance_lead=30;}"));
    ASSERT_STORY(&run, "EVACUATION EARLY_RETURN LAUNCH_ADVANCED LAUNCHED",
                 "22 EVACUATION First\n"
                 "22 EARLY_RETURN First\n"
                 "22 LAUNCH_ADVANCED Second First\n"
                 "73 LAUNCHED Second\n");
    ASSERT_METRIC(&run, "launches_advanced", 1);
    run_end(&run);
    ASSERT_TOLD("LAUNCH_ADVANCED LAUNCHED", /* as preparing it allows */
                "22 LAUNCH_ADVANCED Second First\n"
                "72 LAUNCHED Second\n",
                SET(ILL, SECOND, "policy={advance=80; advance_lead=50;}"));
    ASSERT_TOLD("LAUNCH_ADVANCED", "", /* Second is there: nobody is missing */
                SET(SECOND, THIRD, "policy={advance=17; advance_lead=30;}",
                    "vehicles.capsule.handover=20",
                    "failures.ill={strikes='person'; effects=({effect='evacuate';});}",
                    "events.e={at=@92; what='failure'; failure='ill'; person='ada';}"));
    ASSERT_TOLD("LAUNCH_ADVANCED", "", SET(ILL, SECOND));
}

/* ---- one clock for all ---------------------------------------------------------- */

static void
one_clock_strikes_one_of_those_aboard(void **state)
{
#define TOGETHER                                                                       \
    "failures.ill={strikes='person'; clock='together'; life=40; effects=();}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(TOGETHER, LAB));
    ASSERT_STORY(&run, "ONE_IS_STRUCK",
                 "40 ONE_IS_STRUCK\n80 ONE_IS_STRUCK\n120 ONE_IS_STRUCK\n"
                 "160 ONE_IS_STRUCK\n200 ONE_IS_STRUCK\n240 ONE_IS_STRUCK\n"
                 "280 ONE_IS_STRUCK\n320 ONE_IS_STRUCK\n360 ONE_IS_STRUCK\n");
    ASSERT_METRIC(&run, "failures", 3); /* nobody is aboard from day 150 on */
    run_end(&run);
    ASSERT_TOLD("FAILURE_OCCURS",
                "40 FAILURE_OCCURS eve\n80 FAILURE_OCCURS eve\n"
                "120 FAILURE_OCCURS eve\n",
                SET(TOGETHER, "failures.ill.crew=['eve','finn']", LAB));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_wait_for_a_relief_that_comes_in_time),
        cmocka_unit_test(they_leave_when_the_relief_slips_beyond_the_limit),
        cmocka_unit_test(they_leave_when_the_relief_fails),
        cmocka_unit_test(a_second_finding_changes_nothing),
        cmocka_unit_test(an_early_return_is_never_later_than_planned),
        cmocka_unit_test(seats_that_changed_stay_changed),
        cmocka_unit_test(who_has_no_way_home_goes_with_the_next_ship),
        cmocka_unit_test(who_may_stay_stays),
        cmocka_unit_test(the_next_crew_comes_sooner_after_an_early_return),
        cmocka_unit_test(one_clock_strikes_one_of_those_aboard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
