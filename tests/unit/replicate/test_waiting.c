/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_waiting.c - nobody waits for what can't come any more, or for ever behind
 * others; and there is room for all that one moment brings.
 */
#include "unit/replicate/run.h"

#define TAXI                                                                           \
    "cadence.taxi={name='Taxi'; vehicle='capsule'; first=@20; anchor='last'; "         \
    "interval=60; stay=65; relieves='First'; crew=({segment='core'; count=2;});}"

/* Taxi 1 is under way when its type is retired: there will be no Taxi 2. */
static void
a_crew_whose_relief_was_never_planned_goes_home_after_its_stay(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(TAXI, "vehicles.capsule={rendezvous=72; certified_life='300 d';}",
                    "programme.end={at=@21; retires=['capsule'];}"));
    ASSERT_STORY(&run, "LAUNCHED DOCKED UNDOCKED",
                 "20 LAUNCHED taxi/1\n23 DOCKED taxi/1 south\n"
                 "28 UNDOCKED First north\n88 UNDOCKED taxi/1 south\n");
    run_end(&run);
}

/* One ship brings a spare for each of the units, and each is to be repaired outside. */
static void
one_moment_may_bring_all_units_of_a_system_their_spares(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("eva.walk={segment='core'; people=2; duration=8;}",
                          "parts.pane={lead=1; vehicles=['barge'];}",
                          "systems.panes={units=150; part='pane'; by='eva'; "
                          "eva='walk'; life={dist='uniform'; min=1; max=20;};}",
                          "flights.Barge={vehicle='barge'; launch=@30;}"));
    ASSERT_METRIC(&run, "spares_used.pane", 150);
    run_end(&run);
}

/* Two short tasks overlap all the time; a repair needs both places. */
static void
a_repair_that_needs_all_places_gets_them_before_what_matters_less(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("station.workers=2", "vehicles.capsule.seats=4",
            "crew.eve={segment='lab';}", "crew.finn={segment='lab';}",
            "flights.First.crew=['ada','boris','eve','finn']",
            "tasks.clean={segment='lab'; every=1; hours=20; priority=1;}",
            "tasks.watch={segment='lab'; every=1; first=0.5; hours=20; priority=1;}",
            "systems.pump={life={dist='uniform'; min=30; max=31;}; repair=5; "
            "repairers=2; priority=9; segment='core';}"));
    ASSERT_METRIC(&run, "unit_repairs", 3);
    run_end(&run);
}

/* Nobody is left when First goes; when Second has come, somebody is. */
static void
a_crew_that_could_not_be_spared_goes_home_when_another_has_come(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("flights.Second={vehicle='capsule'; launch=@40; "
                          "crew=['chen'];}",
                          "resources.food={stock=120; per_person=1; nominal_crew=2; "
                          "reserve=({days=50; action='return';});}"));
    ASSERT_STORY(
        &run, "RESERVE_LOW EVACUATION DOCKED",
        "10 RESERVE_LOW food food_50\n41 DOCKED Second south\n41 EVACUATION First\n");
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_crew_whose_relief_was_never_planned_goes_home_after_its_stay),
        cmocka_unit_test(one_moment_may_bring_all_units_of_a_system_their_spares),
        cmocka_unit_test(
            a_repair_that_needs_all_places_gets_them_before_what_matters_less),
        cmocka_unit_test(
            a_crew_that_could_not_be_spared_goes_home_when_another_has_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
