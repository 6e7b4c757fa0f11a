/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_docking.c - attempts to dock, moves from port to port, and the way down.
 */
#include "unit/replicate/run.h"

#define ATTEMPTS "DOCKED DOCKING_FAILED DOCKING_ABANDONED LANDED DISPOSED"
#define VISIT                                                                          \
    "flights.Visit={vehicle='capsule'; launch=@50; undock=@60; crew=['chen']; "        \
    "visiting=true;}"

static void
docking_is_retried_until_the_free_flight_life_ends(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(VISIT, "vehicles.capsule.docking_success=0",
                          "vehicles.capsule.free_flight_life=6"));
    ASSERT_STORY(&run, ATTEMPTS " UNDOCKED",
                 "51 DOCKING_FAILED Visit\n"
                 "53 DOCKING_FAILED Visit\n"
                 "55 DOCKING_ABANDONED Visit\n" /* the next would be on day 57 */
                 "56 LANDED Visit\n"
                 "100 UNDOCKED First north\n"
                 "101 LANDED First\n");
    ASSERT_METRIC(&run, "docking_failures", 2);
    ASSERT_METRIC(&run, "dockings", 0);
    ASSERT_METRIC(&run, "crew_lost", 0);
    run_end(&run);
}

static void
an_attempt_at_the_last_moment_is_made(void **state)
{
    (void)state;
    ASSERT_TOLD("DOCKING_FAILED DOCKING_ABANDONED",
                "51 DOCKING_FAILED Visit\n"
                "53 DOCKING_FAILED Visit\n"
                "55 DOCKING_FAILED Visit\n"
                "57 DOCKING_ABANDONED Visit\n",
                SET(VISIT, "vehicles.capsule.docking_success=0",
                    "vehicles.capsule.free_flight_life=7"));
}

/* With luck one half, some flight needs a second attempt and docks then. */
static void
a_retry_can_succeed(void **state)
{
    (void)state;
    for (uint64_t i = 0;; i++) {
        struct run run;
        assert_true(i < 50);
        run_model(&run,
                  outpost_model(SET(VISIT, "vehicles.capsule.docking_success=0.5")), i);
        if (run_metric(&run, "docking_failures") == 1) {
            ASSERT_STORY(&run, "DOCKED DOCKING_FAILED UNDOCKED",
                         "51 DOCKING_FAILED Visit\n"
                         "53 DOCKED Visit south\n"
                         "60 UNDOCKED Visit south\n"
                         "100 UNDOCKED First north\n");
            run_end(&run);
            return;
        }
        run_end(&run);
    }
}

static void
the_port_of_a_flight_that_gives_up_goes_to_the_next(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED LAUNCH_HELD DOCKING_ABANDONED DOCKED",
                "50 LAUNCHED Visit\n"
                "51 DOCKING_ABANDONED Visit\n"
                "52 LAUNCHED B\n"
                "53 DOCKED B south\n",
                SET(TWO_PORTS, VISIT, "vehicles.capsule.docking_success=0",
                    "vehicles.capsule.free_flight_life=1",
                    "flights.B={vehicle='barge'; launch=@52;}"));
    ASSERT_TOLD("LAUNCHED LAUNCH_HELD DOCKING_ABANDONED DOCKED",
                "50 LAUNCHED Visit\n"
                "50.5 LAUNCH_HELD B\n"
                "51 DOCKING_ABANDONED Visit\n"
                "51 LAUNCHED B\n"
                "52 DOCKED B south\n",
                SET(TWO_PORTS, VISIT, "vehicles.capsule.docking_success=0",
                    "vehicles.capsule.free_flight_life=1",
                    "flights.B={vehicle='barge'; launch=@50.5;}"));
}

static void
a_vehicle_in_free_flight_when_the_forecast_begins_docks(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED DOCKED",
                "9.5 LAUNCHED B\n"
                "10.5 DOCKED B south\n",
                SET("scenario.forecast_from=@10",
                    "flights.B={vehicle='barge'; port='south'; as_flown={launch=@9.5; "
                    "dock=@30;};}"));
}

static void
cargo_burns_up_unless_it_lands(void **state)
{
    (void)state;
    ASSERT_TOLD("LANDED DISPOSED", "42 DISPOSED B\n101 LANDED First\n",
                SET("flights.B={vehicle='barge'; launch=@10;}"));
    ASSERT_TOLD(
        "LANDED DISPOSED", "42 LANDED B\n101 LANDED First\n",
        SET("flights.B={vehicle='barge'; launch=@10;}", "vehicles.barge.lands=true"));
}

/* ---- moves from port to port --------------------------------------------------- */

#define MOVE "flights.First.as_flown.relocations=({undock=@9; dock=@11; port='south';})"

static void
a_recorded_move_is_replayed(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.forecast_from=@20", MOVE));
    ASSERT_STORY(&run, "RELOCATED UNDOCKED",
                 "11 RELOCATED First south\n"
                 "100 UNDOCKED First south\n");
    run_end(&run);
}

static void
a_move_after_the_forecast_begins_isnt_made(void **state)
{
    (void)state;
    ASSERT_TOLD("RELOCATED UNDOCKED", "100 UNDOCKED First north\n",
                SET("scenario.forecast_from=@9", MOVE));
}

/* The forecast begins while First flies from port to port: it docks and goes home as
 * planned, and its port is kept for it. */
static void
a_move_goes_on_when_the_forecast_begins(void **state)
{
    (void)state;
    ASSERT_TOLD("RELOCATED UNDOCKED LAUNCHED",
                "11 RELOCATED First south\n"
                "100 UNDOCKED First south\n"
                "100 LAUNCHED B\n"
                "131 UNDOCKED B south\n",
                SET("scenario.forecast_from=@10", MOVE, TWO_PORTS,
                    "flights.B={vehicle='barge'; launch=@10;}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(docking_is_retried_until_the_free_flight_life_ends),
        cmocka_unit_test(an_attempt_at_the_last_moment_is_made),
        cmocka_unit_test(a_retry_can_succeed),
        cmocka_unit_test(the_port_of_a_flight_that_gives_up_goes_to_the_next),
        cmocka_unit_test(a_vehicle_in_free_flight_when_the_forecast_begins_docks),
        cmocka_unit_test(cargo_burns_up_unless_it_lands),
        cmocka_unit_test(a_recorded_move_is_replayed),
        cmocka_unit_test(a_move_after_the_forecast_begins_isnt_made),
        cmocka_unit_test(a_move_goes_on_when_the_forecast_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
