/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_resupply.c - what ships bring, what they lose, and who goes home when they don't
 * bring enough.
 */
#include "unit/replicate/run.h"

#define FOOD "resources.food={class='dry'; stock=400; per_person=2; nominal_crew=2;}"
#define WATER                                                                          \
    "resources.water={class='water'; stock=400; per_person=2; nominal_crew=2;}"
#define HOLDS                                                                          \
    "vehicles.barge.cargo=({class='dry'; mass=300;},{class='water'; mass=100;})"
#define SUPPLY "flights.B={vehicle='barge'; launch=@10;}"
#define CARGO  "CARGO_UNLOADED CARGO_LOST"

/* What flight B carried: "food 100 of 150, water ..." with "lost" when it was. */
static void
assert_cargo(struct run *run, const char *expected)
{
    struct iss_outcome *outcome = &run->outcome;
    char got[256] = "";
    size_t used = 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_cargo].rows; i++) {
        int32_t resource = iss_at(outcome, cargo, resource, id)[i];
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%s %g of %g%s",
                                 used ? ", " : "",
                                 iss_at(outcome, resources, id, text)[resource],
                                 iss_at(outcome, cargo, delivered, real)[i],
                                 iss_at(outcome, cargo, loaded, real)[i],
                                 iss_at(outcome, cargo, lost, flag)[i] ? " lost" : "");
    }
    assert_string_equal(got, expected);
}

static void
assert_carried(const char *expected, const char *const *sets)
{
    struct run run;

    run_outpost(&run, sets);
    assert_cargo(&run, expected);
    run_end(&run);
}

static void
a_manifest_is_loaded_and_unloaded(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, HOLDS, SUPPLY,
                          "flights.B.manifest=({resource='food'; mass=150;})"));
    ASSERT_STORY(&run, CARGO, "11 CARGO_UNLOADED B\n");
    assert_cargo(&run, "food 150 of 150");
    ASSERT_METRIC(&run, "upmass.food_kg", 150);
    ASSERT_METRIC(&run, "upmass_kg", 150);
    ASSERT_METRIC(&run, "left.food_kg", 400 + 150 - 400);
    ASSERT_METRIC(&run, "lowest.food_d", 150 / 4.0);
    run_end(&run);
}

static void
what_doesnt_arrive_is_lost(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, HOLDS, SUPPLY, "vehicles.barge.launch_system='rocket'",
                          "flights.B.manifest=({resource='food'; mass=150;})",
                          "launch_systems.rocket.success=0"));
    ASSERT_STORY(&run, CARGO, "10 CARGO_LOST B\n");
    assert_cargo(&run, "food 0 of 150 lost");
    ASSERT_METRIC(&run, "upmass.food_kg", 0);
    ASSERT_METRIC(&run, "upmass_lost.food_kg", 150);
    ASSERT_METRIC(&run, "upmass_lost_kg", 150);
    run_end(&run);
    ASSERT_TOLD(CARGO, "11 CARGO_LOST B\n",
                SET(FOOD, HOLDS, SUPPLY, "vehicles.barge.docking_success=0",
                    "vehicles.barge.free_flight_life=1",
                    "flights.B.manifest=({resource='food'; mass=150;})"));
}

static void
a_rules_manifest_holds_for_each_of_its_flights(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, HOLDS,
                          "cadence.supply={vehicle='barge'; first=@10; interval=100; "
                          "manifest=({resource='food'; mass=30;});}"));
    ASSERT_METRIC(&run, "upmass.food_kg", 4 * 30);
    run_end(&run);
}

/* On day 10 there are 360 kg of each; targets of 120 days want 480, so 120 of each. */
#define TARGETS "resources.food.target=120", "resources.water.target=120"

static void
a_ship_is_filled_up_to_the_targets(void **state)
{
    (void)state;
    assert_carried("food 120 of 120, water 100 of 100",
                   SET(FOOD, WATER, HOLDS, SUPPLY, TARGETS));
    assert_carried("food 120 of 120",
                   SET(FOOD, WATER, HOLDS, SUPPLY, "resources.food.target=120"));
    assert_carried(
        "", SET(FOOD, WATER, HOLDS, SUPPLY, TARGETS, "policy.manifest='explicit'"));
    assert_carried("",
                   SET(FOOD, WATER, HOLDS, SUPPLY, TARGETS, "flights.B.manifest=()"));
    assert_carried("", SET(FOOD, WATER, SUPPLY, TARGETS)); /* it takes no cargo */
}

/* 360 kg are 90 days; food is 70 days below its target, water 30: it's filled with food
 * down to what both lack alike. */
static void
what_is_furthest_below_its_target_goes_first(void **state)
{
#define TOTAL(mass) "vehicles.barge.cargo=()", "vehicles.barge.cargo_total=" mass
    (void)state;
    assert_carried("food 120 of 120",
                   SET(FOOD, WATER, SUPPLY, TOTAL("120"), "resources.food.target=160",
                       "resources.water.target=120"));
    assert_carried("food 200 of 200, water 40 of 40",
                   SET(FOOD, WATER, SUPPLY, TOTAL("240"), "resources.food.target=160",
                       "resources.water.target=120"));
    assert_carried("food 280 of 280, water 120 of 120",
                   SET(FOOD, WATER, SUPPLY, TOTAL("999"), "resources.food.target=160",
                       "resources.water.target=120"));
}

/* The second ship counts what is in the first. */
static void
what_is_on_its_way_counts(void **state)
{
    (void)state;
    assert_carried("food 120 of 120",
                   SET(FOOD, HOLDS, SUPPLY, "resources.food.target=120",
                       "flights.B2={vehicle='barge'; launch=@10;}"));
    assert_carried("food 120 of 120, food 8 of 8",
                   SET(FOOD, HOLDS, SUPPLY, "resources.food.target=120",
                       "flights.B2={vehicle='barge'; launch=@12;}"));
}

/* What the record has launched and not docked when the forecast begins comes, too. */
static void
what_is_under_way_at_the_start_is_loaded_then(void **state)
{
    (void)state;
    assert_carried("food 100 of 100",
                   SET(FOOD, HOLDS, "resources.food.target=125",
                       "flights.B={vehicle='barge'; as_flown={launch=@-0.5;};}"));
}

/* 400 kg; 40 are used until day 10, 44 until the ship docks. */
static void
what_there_is_no_room_for_stays_in_the_ship(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, HOLDS, SUPPLY, "resources.food.capacity=400",
                          "flights.B.manifest=({resource='food'; mass=200;})"));
    ASSERT_STORY(&run, CARGO, "11 CARGO_UNLOADED B\n41 CARGO_UNLOADED B\n");
    assert_cargo(&run, "food 164 of 200"); /* 44, and 30 days' more before it leaves */
    ASSERT_METRIC(&run, "upmass.food_kg", 164);
    ASSERT_METRIC(&run, "upmass_kg", 164);
    ASSERT_METRIC(&run, "not_unloaded.food_kg", 36);
    ASSERT_METRIC(&run, "not_unloaded_kg", 36);
    run_end(&run);
}

/* Five spares of 40 kg are wanted: they leave food 100 kg of the 300 for dry cargo. */
#define SPARES                                                                         \
    "parts.pump={target=5; mass=40; class='dry'; vehicles=['barge'];}",                \
        "systems.pump={life=1000; part='pump';}"

static void
spares_take_the_room_of_cargo_of_their_class(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, WATER, HOLDS, SUPPLY, SPARES,
                          "resources.food.target=400", "resources.water.target=400"));
    assert_cargo(&run, "food 100 of 100, water 100 of 100");
    assert_int_equal(run.outcome.tables[ISS_TABLE_spares].rows, 1);
    assert_int_equal(iss_at(&run.outcome, spares, count, count)[0], 5);
    assert_true(iss_at(&run.outcome, spares, mass, real)[0] == 200);
    ASSERT_METRIC(&run, "upmass_kg", 400);
    ASSERT_METRIC(&run, "spares_up_kg", 200);
    run_end(&run);
    assert_carried("food 200 of 200",
                   SET(FOOD, HOLDS, SUPPLY, SPARES, "parts.pump.target=2",
                       "parts.pump.mass=50",
                       "flights.B.manifest=({resource='food'; mass=250;})"));
}

static void
spares_without_a_class_take_no_room(void **state)
{
    (void)state;
    assert_carried("food 300 of 300",
                   SET(FOOD, HOLDS, SUPPLY, "resources.food.target=400",
                       "parts.pump={target=5; mass=400; vehicles=['barge'];}",
                       "systems.pump={life=1000; part='pump';}"));
}

static void
spares_that_do_not_fit_take_the_next_ship(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(HOLDS, SPARES, "parts.pump.mass=120", SUPPLY,
                          "flights.C={vehicle='wreck'; launch=@20;}",
                          "parts.pump.vehicles=['barge','wreck']",
                          "launch_systems.bad={success=0;}",
                          "vehicles.wreck={role='cargo'; docking='latch'; "
                          "launch_system='bad';}"));
    assert_int_equal(run.outcome.tables[ISS_TABLE_spares].rows, 2);
    assert_int_equal(iss_at(&run.outcome, spares, count, count)[0], 2);
    assert_int_equal(iss_at(&run.outcome, spares, count, count)[1], 3);
    assert_false(iss_at(&run.outcome, spares, lost, flag)[0]);
    assert_true(iss_at(&run.outcome, spares, lost, flag)[1]);
    ASSERT_METRIC(&run, "upmass_kg", 240);
    ASSERT_METRIC(&run, "upmass_lost_kg", 360);
    run_end(&run);
}

/* Before a reserve is low, what is still in the docked ships comes aboard. */
static void
ships_are_emptied_before_a_reserve_is_low(void **state)
{
    (void)state;
    ASSERT_TOLD(CARGO " RESERVE_LOW",
                "11 CARGO_UNLOADED B\n26 CARGO_UNLOADED B\n41 CARGO_UNLOADED B\n"
                "56 RESERVE_LOW food food_85\n",
                SET(FOOD, HOLDS, SUPPLY, "resources.food.capacity=400",
                    "resources.food.reserve=({days=85;})",
                    "flights.B.manifest=({resource='food'; mass=230;})"));
}

/* ---- who goes home ------------------------------------------------------------- */

#define LOW(action) "resources.food.reserve=({days=90; action='" action "';})"
#define EARLY       "EVACUATION EARLY_RETURN UNDOCKED"

/* With two in First and one in Lab, fewest leave in Lab. */
static void
a_crew_goes_home_in_the_vehicle_that_policy_chooses(void **state)
{
    (void)state;
    ASSERT_TOLD("EVACUATION", "3.33333 EVACUATION Lab\n",
                SET(FOOD, LAB, LOW("return"), "resources.food.nominal_crew=3",
                    "resources.food.stock=560", "policy.evacuation_vehicle='fewest'"));
}

/* First was launched before Lab. */
static void
a_crew_goes_home_when_stocks_are_low(void **state)
{
    (void)state;
    ASSERT_TOLD(EARLY,
                "3.33333 EVACUATION First\n3.33333 EARLY_RETURN First\n"
                "10.3333 UNDOCKED First north\n150 UNDOCKED Lab annex\n",
                SET(FOOD, LAB, LOW("return"), "resources.food.nominal_crew=3",
                    "resources.food.stock=560"));
}

static void
nobody_goes_who_would_leave_the_station_empty(void **state)
{
    (void)state;
    ASSERT_TOLD(EARLY, "100 UNDOCKED First north\n", SET(FOOD, LOW("return")));
}

static void
everyone_leaves_when_they_must(void **state)
{
    (void)state;
    ASSERT_TOLD(EARLY,
                "3.33333 EVACUATION First\n3.33333 EVACUATION Lab\n"
                "3.33333 EARLY_RETURN First\n3.33333 EARLY_RETURN Lab\n"
                "10.3333 UNDOCKED First north\n10.3333 UNDOCKED Lab annex\n",
                SET(FOOD, LAB, LOW("leave"), "resources.food.nominal_crew=3",
                    "resources.food.stock=560"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manifest_is_loaded_and_unloaded),
        cmocka_unit_test(what_doesnt_arrive_is_lost),
        cmocka_unit_test(a_rules_manifest_holds_for_each_of_its_flights),
        cmocka_unit_test(a_ship_is_filled_up_to_the_targets),
        cmocka_unit_test(what_is_furthest_below_its_target_goes_first),
        cmocka_unit_test(what_is_on_its_way_counts),
        cmocka_unit_test(what_is_under_way_at_the_start_is_loaded_then),
        cmocka_unit_test(what_there_is_no_room_for_stays_in_the_ship),
        cmocka_unit_test(spares_take_the_room_of_cargo_of_their_class),
        cmocka_unit_test(spares_without_a_class_take_no_room),
        cmocka_unit_test(spares_that_do_not_fit_take_the_next_ship),
        cmocka_unit_test(ships_are_emptied_before_a_reserve_is_low),
        cmocka_unit_test(a_crew_goes_home_when_stocks_are_low),
        cmocka_unit_test(a_crew_goes_home_in_the_vehicle_that_policy_chooses),
        cmocka_unit_test(nobody_goes_who_would_leave_the_station_empty),
        cmocka_unit_test(everyone_leaves_when_they_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
