/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_make_way.c - a cargo ship leaves ahead of its time for a flight that waits for
 * nothing but a port.  Barge has been at south since day -9 and is to leave on day 120.
 */
#include "unit/replicate/run.h"

#define WAY      "DEPARTURE_ADVANCED LAUNCH_HELD DOCKING_HELD LAUNCHED DOCKED UNDOCKED"
#define LEAST    "vehicles.barge.least_stay=60"
#define ONE_PORT "vehicles.barge.ports=['south']"
#define B        "flights.B={vehicle='barge'; launch=@20; undock=@300;}"

static void
a_cargo_ship_leaves_after_its_least_stay(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(BARGE, ONE_PORT, B, LEAST));
    ASSERT_STORY(&run, WAY,
                 "20 LAUNCH_HELD B\n20 DEPARTURE_ADVANCED Barge B\n"
                 "51 UNDOCKED Barge south\n51 LAUNCHED B\n52 DOCKED B south\n"
                 "100 UNDOCKED First north\n331 UNDOCKED B south\n");
    assert_true(run_value(&run, ISS_EVENT_DEPARTURE_ADVANCED) == 31);
    ASSERT_METRIC(&run, "port_wait_d", 31);
    run_end(&run);
}

static void
at_once_if_it_has_stayed_long_enough(void **state)
{
    (void)state;
    ASSERT_TOLD(WAY,
                "20 LAUNCH_HELD B\n20 DEPARTURE_ADVANCED Barge B\n"
                "20 UNDOCKED Barge south\n20 LAUNCHED B\n21 DOCKED B south\n"
                "100 UNDOCKED First north\n300 UNDOCKED B south\n",
                SET(BARGE, ONE_PORT, B, "vehicles.barge.least_stay=10"));
}

static void
without_a_least_stay_or_when_it_leaves_before_nothing_changes(void **state)
{
    static const char *const settled[] = {"vehicles.barge.docking_retry=2",
                                          "vehicles.barge.least_stay=130"};

    (void)state;
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        ASSERT_TOLD("DEPARTURE_ADVANCED UNDOCKED LAUNCHED",
                    "100 UNDOCKED First north\n120 UNDOCKED Barge south\n"
                    "120 LAUNCHED B\n",
                    SET(BARGE, ONE_PORT, B, "scenario.end=@200", settled[i]));
    }
}

/* The crew's ship at north stays, and so does a ship at a port of another kind. */
static void
only_cargo_at_a_port_of_use_makes_way(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_ADVANCED", "",
                SET(BARGE, LEAST, "vehicles.capsule.least_stay=10",
                    "vehicles.tug={role='cargo'; docking='latch'; ports=['north'];}",
                    "flights.T={vehicle='tug'; launch=@20;}"));
}

/* Two wait, one ship is there: it leaves once, for the first. */
static void
each_ship_makes_way_once(void **state)
{
    (void)state;
    ASSERT_TOLD("DEPARTURE_ADVANCED LAUNCHED",
                "20 DEPARTURE_ADVANCED Barge B\n51 LAUNCHED B\n"
                "112 LAUNCHED C\n",
                SET(BARGE, ONE_PORT, B, LEAST, "flights.B.undock=@81",
                    "flights.C={vehicle='barge'; launch=@25;}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cargo_ship_leaves_after_its_least_stay),
        cmocka_unit_test(at_once_if_it_has_stayed_long_enough),
        cmocka_unit_test(without_a_least_stay_or_when_it_leaves_before_nothing_changes),
        cmocka_unit_test(only_cargo_at_a_port_of_use_makes_way),
        cmocka_unit_test(each_ship_makes_way_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
