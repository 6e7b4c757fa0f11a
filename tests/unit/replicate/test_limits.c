/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_limits.c - outages, and what people can't do without, let fewer people be
 * aboard: launches wait for that to be over, and crews go home.  Ada and Boris are
 * aboard until day 100, Eve as well where there is a lab.
 */
#include "unit/replicate/run.h"

#define KINDS                                                                          \
    "CREW_LIMITED OUTAGE_OVER LAUNCH_CROWDED LAUNCHED EVACUATION UNDOCKED STOCK_OUT "  \
    "STOCK_BACK LIFE_UNSUPPORTED LIFE_SUPPORTED"
#define PUMP(repair, effects)                                                          \
    "systems.pump={life=20; repair='" repair " d'; effects=(" effects ");}"
#define CHEN "flights.Chen={vehicle='capsule'; launch=@40; crew=['chen'];}"

static void
a_launch_waits_while_an_outage_leaves_no_room(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(CHEN, PUMP("30", "{max_crew=2; after=5;}"),
                          "flights.First.undock=@350", "scenario.end=@60"));
    ASSERT_STORY(&run, KINDS,
                 "25 CREW_LIMITED\n40 LAUNCH_CROWDED Chen\n50 OUTAGE_OVER\n"
                 "50 LAUNCHED Chen\n");
    ASSERT_METRIC(&run, "crew_limited_d", 25);
    assert_true(run_value(&run, ISS_EVENT_CREW_LIMITED) == 2);
    ASSERT_METRIC(&run, "crowded_d", 10);
    run_end(&run);
}

static void
a_limit_that_leaves_room_stops_nothing(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_CROWDED LAUNCHED", "40 LAUNCHED Chen\n",
                SET(CHEN, PUMP("30", "{max_crew=3; after=5;}"), "scenario.end=@60"));
    ASSERT_TOLD("LAUNCH_CROWDED LAUNCHED", "40 LAUNCH_CROWDED Chen\n",
                SET(CHEN, PUMP("30", "{max_crew=3; after=5;}"), "scenario.end=@45",
                    "station.max_crew=2"));
}

static void
who_is_beyond_goes_home_and_the_last_crew_stays(void **state)
{
    (void)state;
    ASSERT_TOLD(KINDS,
                "25 CREW_LIMITED\n25 EVACUATION First\n27 UNDOCKED First north\n",
                SET(LAB, PUMP("30", "{max_crew=2; excess='return'; after=5;}"),
                    "policy.early_return=2", "scenario.end=@45"));
    ASSERT_TOLD(KINDS, "25 CREW_LIMITED\n",
                SET(LAB, PUMP("30", "{max_crew=2; after=5;}"), "policy.early_return=2",
                    "scenario.end=@45"));
    ASSERT_TOLD(
        KINDS, "25 CREW_LIMITED\n",
        SET(PUMP("30", "{max_crew=1; excess='return'; after=5;}"), "scenario.end=@45"));
}

static void
where_nobody_may_be_all_go_home(void **state)
{
    (void)state;
    ASSERT_TOLD(KINDS,
                "25 CREW_LIMITED\n25 EVACUATION First\n25 EVACUATION Lab\n"
                "32 UNDOCKED First north\n32 UNDOCKED Lab annex\n",
                SET(LAB, PUMP("30", "{max_crew=0; excess='return'; after=5;}"),
                    "scenario.end=@45"));
}

/* 2 kg a day, there for 20 days. */
#define AIR(more)                                                                      \
    "resources.air={stock=40; per_person=1; nominal_crew=2; survival=3; " more "}"

static void
what_people_cannot_do_without_sends_them_home(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(AIR(""), CHEN, "scenario.end=@40.5"));
    ASSERT_STORY(&run, KINDS,
                 "20 STOCK_OUT air\n23 LIFE_UNSUPPORTED air\n23 EVACUATION First\n"
                 "30 UNDOCKED First north\n30 STOCK_BACK air\n"
                 "40 LAUNCH_CROWDED Chen\n");
    run_end(&run);
    ASSERT_TOLD(KINDS, "20 STOCK_OUT air\n",
                SET("resources.air={stock=40; per_person=1;}", "scenario.end=@60"));
}

static void
while_a_part_of_it_is_made_they_last_longer(void **state)
{
    (void)state;
    ASSERT_TOLD("STOCK_OUT LIFE_UNSUPPORTED",
                "40 STOCK_OUT air\n46 LIFE_UNSUPPORTED air\n",
                SET(AIR(""), "production.plants={resource='air'; per_day=1;}",
                    "scenario.end=@60"));
}

static void
nobody_is_launched_to_where_it_is_missing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=39; per_person=1; nominal_crew=2; "
                          "survival=3; use=1; class='dry';}",
                          CHEN, "scenario.end=@80",
                          "vehicles.barge.cargo=({class='dry'; mass=100;})",
                          "flights.Relief={vehicle='barge'; launch=@50; "
                          "manifest=({resource='air'; mass=60;});}"));
    ASSERT_STORY(&run, "LIFE_UNSUPPORTED LAUNCH_CROWDED LAUNCHED STOCK_BACK",
                 "16 LIFE_UNSUPPORTED air\n40 LAUNCH_CROWDED Chen\n50 LAUNCHED Relief\n"
                 "51 STOCK_BACK air\n51 LAUNCHED Chen\n");
    run_end(&run);
}

/* What two people could do without in three days is six, half a day's making each;
 * where the station holds only five, that is enough. */
static void
an_empty_station_is_filled_before_people_come(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(AIR("capacity=40;"), CHEN, "scenario.end=@60",
                          "production.plants={resource='air'; per_day=0.5;}"));
    ASSERT_STORY(&run,
                 "LIFE_UNSUPPORTED UNDOCKED STOCK_BACK LAUNCH_CROWDED "
                 "LIFE_SUPPORTED LAUNCHED",
                 "30.6667 LIFE_UNSUPPORTED air\n37.6667 UNDOCKED First north\n"
                 "37.6667 STOCK_BACK air\n40 LAUNCH_CROWDED Chen\n"
                 "49.6667 LIFE_SUPPORTED air\n49.6667 LAUNCHED Chen\n");
    run_end(&run);
    ASSERT_TOLD("UNDOCKED LIFE_SUPPORTED LAUNCHED",
                "14.3333 UNDOCKED First north\n24.3333 LIFE_SUPPORTED air\n"
                "40 LAUNCHED Chen\n",
                SET("resources.air={stock=5; capacity=5; per_person=1; nominal_crew=2; "
                    "survival=3;}",
                    CHEN, "scenario.end=@60",
                    "production.plants={resource='air'; per_day=0.5;}"));
}

static void
where_all_were_to_leave_nobody_comes_until_it_is_restored(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("resources.food={stock=40; per_person=1; nominal_crew=2; class='dry'; "
            "reserve=({days=5; restored=8; action='leave';});}",
            CHEN, "scenario.end=@60", "vehicles.barge.cargo=({class='dry'; mass=100;})",
            "flights.Relief={vehicle='barge'; launch=@44; "
            "manifest=({resource='food'; mass=60;});}"));
    ASSERT_STORY(&run,
                 "RESERVE_LOW EVACUATION LAUNCH_CROWDED LAUNCHED RESERVE_RESTORED "
                 "LIFE_SUPPORTED",
                 "15 RESERVE_LOW food food_5\n15 EVACUATION First\n"
                 "40 LAUNCH_CROWDED Chen\n44 LAUNCHED Relief\n"
                 "45 RESERVE_RESTORED food food_5\n45 LIFE_SUPPORTED food\n"
                 "45 LAUNCHED Chen\n");
    ASSERT_METRIC(&run, "crew_limited_d", 30);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_waits_while_an_outage_leaves_no_room),
        cmocka_unit_test(a_limit_that_leaves_room_stops_nothing),
        cmocka_unit_test(who_is_beyond_goes_home_and_the_last_crew_stays),
        cmocka_unit_test(where_nobody_may_be_all_go_home),
        cmocka_unit_test(what_people_cannot_do_without_sends_them_home),
        cmocka_unit_test(while_a_part_of_it_is_made_they_last_longer),
        cmocka_unit_test(nobody_is_launched_to_where_it_is_missing),
        cmocka_unit_test(an_empty_station_is_filled_before_people_come),
        cmocka_unit_test(where_all_were_to_leave_nobody_comes_until_it_is_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
