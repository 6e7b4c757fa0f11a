/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch_fleet.c - vehicles that come back and fly again: a launch waits for one.
 */
#include "unit/replicate/run.h"

/* Gliders carry cargo, stay for 10 days and land a day later. */
#define GLIDER(count, days)                                                            \
    "lines.gliders={fleet=" count "; refurbishment=" days ";}",                        \
        "vehicles.glider={role='cargo'; docking='latch'; stay=10; rendezvous=24; "     \
        "descent=24; lands=true; line='gliders';}"
#define FLIGHT(id, day) "flights." id "={vehicle='glider'; launch=@" day ";}"
#define LAUNCHES        "LAUNCH_UNREADY LAUNCHED LANDED"

static void
a_launch_waits_until_a_vehicle_has_landed_and_is_refurbished(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(GLIDER("1", "30"), FLIGHT("A", "10"), FLIGHT("B", "15"),
                          "flights.First.undock=@300"));
    ASSERT_STORY(&run, LAUNCHES,
                 "10 LAUNCHED A\n"
                 "15 LAUNCH_UNREADY B\n"
                 "22 LANDED A\n"
                 "22 LAUNCH_UNREADY B\n"
                 "52 LAUNCHED B\n"
                 "64 LANDED B\n"
                 "301 LANDED First\n");
    run_end(&run);
}

static void
a_fleet_flies_as_many_at_once_as_it_has(void **state)
{
    (void)state;
    ASSERT_TOLD(
        LAUNCHES,
        "10 LAUNCHED A\n"
        "11 LAUNCHED B\n"
        "12 LAUNCH_UNREADY C\n"
        "22 LANDED A\n"
        "22 LAUNCH_UNREADY C\n"
        "23 LANDED B\n"
        "27 LAUNCHED C\n"
        "39 LANDED C\n"
        "101 LANDED First\n",
        SET(GLIDER("2", "5"), FLIGHT("A", "10"), FLIGHT("B", "11"), FLIGHT("C", "12")));
}

/* Two wait for one: the second has to wait for the first to come back. */
static void
one_vehicle_goes_to_one_of_those_who_wait(void **state)
{
    (void)state;
    ASSERT_TOLD(
        LAUNCHES,
        "10 LAUNCHED A\n"
        "12 LAUNCH_UNREADY B\n"
        "13 LAUNCH_UNREADY C\n"
        "22 LANDED A\n"
        "22 LAUNCHED B\n"
        "22 LAUNCH_UNREADY C\n"
        "34 LANDED B\n"
        "34 LAUNCHED C\n"
        "46 LANDED C\n"
        "101 LANDED First\n",
        SET(GLIDER("1", "0"), FLIGHT("A", "10"), FLIGHT("B", "12"), FLIGHT("C", "13")));
}

static void
what_the_record_has_up_is_away(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "52 LAUNCH_UNREADY Crew\n"
                "101 LANDED First\n"
                "101 LAUNCH_UNREADY Crew\n"
                "141 LAUNCHED Crew\n"
                "301 LANDED Crew\n",
                SET("lines.capsules={fleet=1; refurbishment=40;}",
                    "vehicles.capsule.line='capsules'",
                    "flights.Crew={vehicle='capsule'; launch=@52; undock=@211; "
                    "crew=['chen'];}"));
}

static void
what_is_lost_is_missing_for_good(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_UNREADY LAUNCHED ASCENT_FAILED",
                "10 LAUNCHED A\n"
                "10 ASCENT_FAILED A\n"
                "90 LAUNCH_UNREADY B\n",
                SET(GLIDER("1", "5"), "vehicles.glider.launch_system='rocket'",
                    FLIGHT("A", "10"), FLIGHT("B", "90"),
                    "events.e={at=@5; what='ascent_failure'; flight='A';}"));
}

/* No port is kept for a launch that waits for its vehicle: C's is left to others. */
static void
a_wait_for_a_vehicle_leaves_the_port_to_others(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_UNREADY LAUNCHED LAUNCH_HELD",
                "10 LAUNCHED A\n"
                "15 LAUNCH_UNREADY B\n"
                "16 LAUNCHED Barge\n"
                "22 LAUNCH_UNREADY B\n"
                "52 LAUNCHED B\n",
                SET(GLIDER("1", "30"), FLIGHT("A", "10"), FLIGHT("B", "15"),
                    "flights.Barge={vehicle='barge'; launch=@16;}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_waits_until_a_vehicle_has_landed_and_is_refurbished),
        cmocka_unit_test(a_fleet_flies_as_many_at_once_as_it_has),
        cmocka_unit_test(one_vehicle_goes_to_one_of_those_who_wait),
        cmocka_unit_test(what_the_record_has_up_is_away),
        cmocka_unit_test(what_is_lost_is_missing_for_good),
        cmocka_unit_test(a_wait_for_a_vehicle_leaves_the_port_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
