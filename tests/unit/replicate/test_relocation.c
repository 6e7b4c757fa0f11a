/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_relocation.c - moves from port to port in a forecast: as planned, and to make
 * room for who waits for nothing but a port.
 */
#include "unit/replicate/run.h"

#define MOVES                                                                          \
    "RELOCATION_CALLED RELOCATED LAUNCH_HELD DOCKING_HELD LAUNCHED DOCKED UNDOCKED"
#define PLAN(rows) "flights.First.relocations=(" rows ")"
#define DAY_LONG   "vehicles.capsule.relocation='12 h'"

/* ---- as planned ---------------------------------------------------------------- */

static void
a_vehicle_moves_as_planned_with_its_crew(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(PLAN("{at=@20; port='south';},{at=@40; port='annex';}"), DAY_LONG));
    ASSERT_STORY(&run, MOVES,
                 "20.5 RELOCATED First south\n40.5 RELOCATED First annex\n"
                 "100 UNDOCKED First annex\n");
    ASSERT_METRIC(&run, "relocations", 2);
    ASSERT_METRIC(&run, "crew_days", 200);
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    run_end(&run);
}

static void
moves_before_the_forecast_are_the_records(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES, "40.5 RELOCATED First annex\n100 UNDOCKED First annex\n",
                SET(PLAN("{at=@20; port='south';},{at=@40; port='annex';}"), DAY_LONG,
                    "scenario.forecast_from=@30"));
    ASSERT_TOLD(MOVES, "",
                SET(PLAN("{at=@20; port='south';}"), "scenario.mode=replay"));
}

/* Barge is at south until day 120; First would be gone by then. */
static void
a_move_waits_for_its_port(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES,
                "60 UNDOCKED Barge south\n60.5 RELOCATED First south\n"
                "100 UNDOCKED First south\n",
                SET(BARGE, "flights.Barge.undock=@60", DAY_LONG,
                    PLAN("{at=@20; port='south';}")));
    ASSERT_TOLD(MOVES, "100 UNDOCKED First north\n120 UNDOCKED Barge south\n",
                SET(BARGE, PLAN("{at=@20; port='south';}")));
}

static void
a_ship_that_docks_late_moves_then(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES,
                "30 LAUNCHED B\n31 DOCKED B south\n31.5 RELOCATED B annex\n"
                "61 UNDOCKED B annex\n100 UNDOCKED First north\n",
                SET("flights.B={vehicle='barge'; launch=@20; port='south'; "
                    "relocations=({at=@25; port='north';},{at=@28; port='annex';});}",
                    "vehicles.barge.slip=10", "vehicles.barge.relocation='12 h'"));
}

static void
a_damaged_vehicle_stays_where_it_is(void **state)
{
    (void)state;
    ASSERT_TOLD("RELOCATED FAILURE_OCCURS", "20 FAILURE_OCCURS First\n",
                SET(LEAK, PLAN("{at=@20.5; port='south';}"), "policy.call_up=false"));
}

/* Its time to leave comes on the way: it docks, and leaves at once. */
static void
who_is_to_leave_on_the_way_leaves_at_the_new_port(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES, "100.25 RELOCATED First south\n100.25 UNDOCKED First south\n",
                SET(PLAN("{at=@99.75; port='south';}"), DAY_LONG));
    ASSERT_TOLD(MOVES, "60.25 RELOCATED First south\n60.25 UNDOCKED First south\n",
                SET(PLAN("{at=@59.75; port='south';}"), DAY_LONG,
                    "vehicles.capsule.certified_life='110 d'"));
}

/* The relief comes while who it relieves is on the way. */
static void
a_handover_begins_at_the_new_port(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES " HANDOVER_BEGINS",
                "90 LAUNCHED Second\n91 DOCKED Second annex\n"
                "91.25 RELOCATED First south\n91.25 HANDOVER_BEGINS Second First\n"
                "96 UNDOCKED First south\n200 UNDOCKED Second annex\n",
                SET(SECOND, "flights.Second.port='annex'",
                    PLAN("{at=@90.75; port='south';}"), DAY_LONG));
}

/* ---- to make room -------------------------------------------------------------- */

/* Barges use south only, where First is; First may also use north. */
#define CROWD                                                                          \
    "flights.First.as_flown.port='south'", "vehicles.barge.ports=['south']",           \
        "vehicles.capsule.ports=['south','north']", DAY_LONG,                          \
        "flights.B={vehicle='barge'; launch=@10;}"

static void
somebody_makes_room_for_a_launch(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(CROWD, "policy.relocate=true"));
    ASSERT_STORY(&run, MOVES,
                 "10 LAUNCH_HELD B\n10 RELOCATION_CALLED First B\n"
                 "10.5 RELOCATED First north\n10.5 LAUNCHED B\n11.5 DOCKED B south\n"
                 "41.5 UNDOCKED B south\n100 UNDOCKED First north\n");
    assert_true(run_value(&run, ISS_EVENT_RELOCATION_CALLED) == 0.5);
    ASSERT_METRIC(&run, "relocations", 1);
    ASSERT_METRIC(&run, "port_wait_d", 0.5);
    run_end(&run);
}

/* The chain of causes leads from the launch back to the wait. */
static void
the_wait_is_the_cause_of_the_move_and_the_move_of_the_launch(void **state)
{
    static const enum iss_event_kind chain[] = {
        ISS_EVENT_LAUNCHED,       ISS_EVENT_LAUNCH_DUE,        ISS_EVENT_RELOCATED,
        ISS_EVENT_RELOCATION_DUE, ISS_EVENT_RELOCATION_CALLED, ISS_EVENT_LAUNCH_HELD};
    struct run run;
    int32_t row = 0;

    (void)state;
    run_outpost(&run, SET(CROWD, "policy.relocate=true"));
    while (iss_at(&run.outcome, events, type, code)[row] != ISS_EVENT_LAUNCHED) {
        row++;
    }
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        assert_true(row >= 0);
        assert_int_equal(iss_at(&run.outcome, events, type, code)[row], chain[i]);
        row = iss_at(&run.outcome, events, cause, id)[row];
    }
    run_end(&run);
}

static void
nobody_makes_room_unless_the_policy_says_so(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES,
                "10 LAUNCH_HELD B\n100 UNDOCKED First south\n100 LAUNCHED B\n"
                "101 DOCKED B south\n131 UNDOCKED B south\n",
                SET(CROWD));
}

/* South, where B was to dock, is hit on the way; First is at the other port. */
static void
somebody_makes_room_for_who_waits_in_free_flight(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES,
                "10 LAUNCHED B\n11 DOCKING_HELD B\n11 RELOCATION_CALLED First B\n"
                "11.5 RELOCATED First annex\n11.5 DOCKED B north\n"
                "41.5 UNDOCKED B north\n100 UNDOCKED First annex\n",
                SET("flights.B={vehicle='barge'; launch=@10;}", DAY_LONG,
                    "vehicles.barge.ports=['south','north']", "ports.south.until=@10.5",
                    "policy.relocate=true"));
}

/* North, the only other port, is free from day 50 on. */
static void
room_is_made_as_soon_as_it_can_be(void **state)
{
    (void)state;
    ASSERT_TOLD(MOVES,
                "10 LAUNCH_HELD B\n50 RELOCATION_CALLED First B\n"
                "50.5 RELOCATED First north\n50.5 LAUNCHED B\n51.5 DOCKED B south\n"
                "81.5 UNDOCKED B south\n100 UNDOCKED First north\n",
                SET(CROWD, "policy.relocate=true", "ports.north.from=@50"));
}

static void
neither_a_damaged_nor_an_empty_crew_vehicle_makes_room(void **state)
{
    (void)state;
    ASSERT_TOLD("RELOCATION_CALLED", "",
                SET(CROWD, "policy.relocate=true", "policy.call_up=false",
                    "events.the_leak={at=@5; what='failure'; failure='leak'; "
                    "flight='First';}"));
    ASSERT_TOLD("RELOCATION_CALLED", "",
                SET(CROWD, "policy.relocate=true", "flights.First.as_flown.crew=[]"));
}

static void
one_vehicle_moves_for_one_that_waits(void **state)
{
    (void)state;
    ASSERT_TOLD("RELOCATION_CALLED LAUNCHED",
                "10 RELOCATION_CALLED First B\n10.5 LAUNCHED B\n41.5 LAUNCHED C\n",
                SET(CROWD, "policy.relocate=true",
                    "flights.C={vehicle='barge'; launch=@10.2;}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vehicle_moves_as_planned_with_its_crew),
        cmocka_unit_test(moves_before_the_forecast_are_the_records),
        cmocka_unit_test(a_move_waits_for_its_port),
        cmocka_unit_test(a_ship_that_docks_late_moves_then),
        cmocka_unit_test(a_damaged_vehicle_stays_where_it_is),
        cmocka_unit_test(who_is_to_leave_on_the_way_leaves_at_the_new_port),
        cmocka_unit_test(a_handover_begins_at_the_new_port),
        cmocka_unit_test(somebody_makes_room_for_a_launch),
        cmocka_unit_test(the_wait_is_the_cause_of_the_move_and_the_move_of_the_launch),
        cmocka_unit_test(nobody_makes_room_unless_the_policy_says_so),
        cmocka_unit_test(somebody_makes_room_for_who_waits_in_free_flight),
        cmocka_unit_test(room_is_made_as_soon_as_it_can_be),
        cmocka_unit_test(neither_a_damaged_nor_an_empty_crew_vehicle_makes_room),
        cmocka_unit_test(one_vehicle_moves_for_one_that_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
