/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_spacing.c - launches, and what comes and goes, keep their distance. */
#include "unit/replicate/run.h"

#define SPACING         "station.spacing=3"
#define FLIGHT(id, day) "flights." id "={vehicle='barge'; launch=@" day ";}"

static void
without_spacing_everything_may_happen_at_once(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED",
                "50 LAUNCHED A\n"
                "50 LAUNCHED B\n"
                "51 DOCKED A south\n"
                "51 DOCKED B annex\n",
                SET(FLIGHT("A", "50"), FLIGHT("B", "50")));
}

static void
launches_are_apart(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED",
                "50 LAUNCHED A\n"
                "51 DOCKED A south\n"
                "53 LAUNCHED B\n"
                "54 DOCKED B annex\n",
                SET(SPACING, FLIGHT("A", "50"), FLIGHT("B", "50")));
}

/* After the return of their rocket, each in its turn. */
static void
two_that_waited_for_a_rocket_fly_one_after_the_other(void **state)
{
    (void)state;
    ASSERT_TOLD("ROCKET_CLEARED LAUNCHED",
                "80 ROCKET_CLEARED\n"
                "80 LAUNCHED A\n"
                "83 LAUNCHED B\n",
                SET(SPACING, "vehicles.barge.launch_system='rocket'", FLIGHT("A", "50"),
                    FLIGHT("B", "60"),
                    "failures.fault={strikes='rocket'; effects=({effect="
                    "'launch_grounded'; duration=40;});}",
                    "events.f={at=@40; what='failure'; failure='fault'; "
                    "launch_system='rocket';}"));
}

static void
a_vehicle_waits_in_free_flight_if_it_can(void **state)
{
#define SLOW                                                                           \
    "vehicles.slow={role='cargo'; docking='latch'; rendezvous=96; stay=9;}",           \
        "flights.S={vehicle='slow'; launch=@47;}"
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED",
                "47 LAUNCHED S\n"
                "50 LAUNCHED A\n"
                "51 DOCKED S south\n"
                "54 DOCKED A annex\n",
                SET(SPACING, SLOW, FLIGHT("A", "50"), "vehicles.barge.rendezvous=24"));
    ASSERT_TOLD(
        "DOCKED",
        "51 DOCKED S south\n"
        "51 DOCKED A annex\n",
        SET(SPACING, SLOW, FLIGHT("A", "50"), "vehicles.barge.free_flight_life=2"));
}

static void
departures_are_apart_from_arrivals(void **state)
{
    (void)state;
    ASSERT_TOLD("DOCKED UNDOCKED",
                "99 DOCKED A south\n"
                "102 UNDOCKED First north\n" /* planned for day 100 */
                "129 UNDOCKED A south\n",
                SET(SPACING, FLIGHT("A", "98")));
}

static void
who_has_to_leave_leaves(void **state)
{
    (void)state;
    ASSERT_TOLD("DOCKED UNDOCKED",
                "99 DOCKED A south\n"
                "100 UNDOCKED First north\n"
                "129 UNDOCKED A south\n",
                SET(SPACING, FLIGHT("A", "98"), "flights.First.undock=@110",
                    "vehicles.capsule.certified_life=150"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_spacing_everything_may_happen_at_once),
        cmocka_unit_test(launches_are_apart),
        cmocka_unit_test(two_that_waited_for_a_rocket_fly_one_after_the_other),
        cmocka_unit_test(a_vehicle_waits_in_free_flight_if_it_can),
        cmocka_unit_test(departures_are_apart_from_arrivals),
        cmocka_unit_test(who_has_to_leave_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
