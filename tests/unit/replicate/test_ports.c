/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ports.c - ports that come to be and cease to be while the mission runs. */
#include "run.h"

#define WAITS "LAUNCH_HELD LAUNCHED DOCKED UNDOCKED PORT_OPENED"
#define ANNEX_ONLY(name, day)                                                          \
    "vehicles.barge.ports=['annex']",                                                  \
        "flights." name "={vehicle='barge'; launch=@" day ";}"

static void
a_flight_waits_for_a_port_to_come_to_be(void **state)
{
    (void)state;
    ASSERT_TOLD(
        WAITS,
        "20 LAUNCH_HELD Barge\n50 PORT_OPENED annex\n50 LAUNCHED Barge\n"
        "51 DOCKED Barge annex\n81 UNDOCKED Barge annex\n100 UNDOCKED First north\n",
        SET(ANNEX_ONLY("Barge", "20"), "ports.annex.from=@50"));
    /* the same without waiting, had it been there */
    ASSERT_TOLD(WAITS,
                "20 LAUNCHED Barge\n21 DOCKED Barge annex\n51 UNDOCKED Barge annex\n"
                "100 UNDOCKED First north\n",
                SET(ANNEX_ONLY("Barge", "20"), "ports.annex.from=@-5"));
}

static void
a_block_that_ends_before_the_port_exists_doesnt_open_it(void **state)
{
    (void)state;
    ASSERT_TOLD(
        WAITS " PORT_BLOCKED",
        "10 PORT_BLOCKED annex\n20 LAUNCH_HELD Barge\n50 PORT_OPENED annex\n"
        "50 LAUNCHED Barge\n51 DOCKED Barge annex\n81 UNDOCKED Barge annex\n"
        "100 UNDOCKED First north\n",
        SET(ANNEX_ONLY("Barge", "20"), "ports.annex.from=@50",
            "failures.jam={strikes='port'; ports=['annex']; "
            "effects=({effect='port_blocked'; duration=20;});}",
            "events.jam={at=@10; what='failure'; failure='jam'; port='annex';}"));
}

static void
a_port_that_isnt_there_isnt_counted_as_blocked(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("ports.annex.from=@50", "ports.annex.until=@60",
                          "failures.jam={strikes='port'; ports=['annex']; "
                          "effects=({effect='port_blocked'; duration=80;});}",
                          "events.jam={at=@40; what='failure'; failure='jam'; "
                          "port='annex';}"));
    ASSERT_METRIC(&run, "port_blocked_d", 0); /* neither when it is blocked nor after */
    run_end(&run);
}

static void
what_is_docked_when_its_port_ceases_to_be_stays_and_nothing_follows(void **state)
{
    (void)state;
    ASSERT_TOLD(WAITS,
                "10 LAUNCHED One\n11 DOCKED One annex\n40 LAUNCH_HELD Two\n"
                "41 UNDOCKED One annex\n100 UNDOCKED First north\n",
                SET(ANNEX_ONLY("One", "10"),
                    "flights.Two={vehicle='barge'; launch=@40;}",
                    "ports.annex.until=@30"));
}

static void
who_finds_the_port_gone_takes_another(void **state)
{
    (void)state;
    ASSERT_TOLD(WAITS,
                "10 LAUNCHED Barge\n11 DOCKED Barge south\n41 UNDOCKED Barge south\n"
                "100 UNDOCKED First north\n",
                SET("vehicles.barge.ports=['annex','south']",
                    "flights.Barge={vehicle='barge'; launch=@10;}",
                    "ports.annex.until=@10.5"));
    /* with no other it gives up at the end of its free flight */
    ASSERT_TOLD("LAUNCHED DOCKED DOCKING_ABANDONED",
                "10 LAUNCHED Barge\n11 DOCKING_ABANDONED Barge\n",
                SET(ANNEX_ONLY("Barge", "10"), "vehicles.barge.free_flight_life='1 d'",
                    "ports.annex.until=@10.5"));
}

static void
the_record_docks_where_a_port_was(void **state)
{
    (void)state;
    ASSERT_TOLD("DOCKED UNDOCKED PORT_OPENED",
                "11 DOCKED Barge annex\n20 UNDOCKED Barge annex\n",
                SET("scenario.mode=replay", "ports.annex.from=@11",
                    "ports.annex.until=@20",
                    "flights.Barge={vehicle='barge'; as_flown={launch=@10; dock=@11; "
                    "undock=@20; port='annex';};}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flight_waits_for_a_port_to_come_to_be),
        cmocka_unit_test(a_block_that_ends_before_the_port_exists_doesnt_open_it),
        cmocka_unit_test(a_port_that_isnt_there_isnt_counted_as_blocked),
        cmocka_unit_test(
            what_is_docked_when_its_port_ceases_to_be_stays_and_nothing_follows),
        cmocka_unit_test(who_finds_the_port_gone_takes_another),
        cmocka_unit_test(the_record_docks_where_a_port_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
