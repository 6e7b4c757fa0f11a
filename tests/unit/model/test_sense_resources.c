/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_resources.c - stocks, thresholds, productions and manifests that make no
 * sense are refused.
 */
#include "unit/model/finding.h"

#define FOOD  "resources.food={class='dry'; stock=100; per_person=2; nominal_crew=2;}"
#define WATER "resources.water={class='water'; stock=100; use=2;}"
#define HOLDS                                                                          \
    "vehicles.barge.cargo=({class='dry'; mass=300;},{class='water'; mass=100;})"
#define B "flights.B={vehicle='barge'; launch=@10;}"

static void
a_stock_fits_its_station(void **state)
{
    (void)state;
    assert_finding(NULL, SET(FOOD, "resources.food.capacity=100"));
    assert_finding("stock is missing", SET("resources.food={use=1;}"));
    assert_finding("resources.food.stock: is more than the station holds; got 100 kg; "
                   "allowed 99 kg",
                   SET(FOOD, "resources.food.capacity=99"));
    assert_finding("resources.water.users: nobody uses any",
                   SET(WATER, "resources.water.users='core'"));
    assert_finding("no port has this segment; got \"ore\"; did you mean core?",
                   SET(FOOD, "resources.food.users='ore'"));
}

static void
one_is_warned_of_what_there_is_no_room_for(void **state)
{
#define ROOM(kg) "resources.food.capacity=" kg, "resources.food.target=60", B, HOLDS
    (void)state;
    assert_first_warning(
        "resources.food.target: is more than there is room for; got 60 d, "
        "which are 240 kg; capacity is 239 kg",
        SET(FOOD, ROOM("239"), "policy.manifest='auto'"));
    assert_finding(NULL, SET(FOOD, ROOM("240"), "policy.manifest='auto'"));
    assert_first_warning(
        "transfers.pipe.level: is more than there is room for; got 150 kg; the "
        "capacity of food is 120 kg",
        SET(FOOD, WATER, "resources.food.capacity=120",
            "transfers.pipe={from='water'; to='food'; per_day=1; level=150;}"));
}

static void
thresholds_are_days_of_some_use(void **state)
{
#define ROW(row) "resources.food.reserve=({" row "})"
    (void)state;
    assert_finding(NULL, SET(FOOD, ROW("days=30; restored=31; action='leave';")));
    assert_finding(NULL, SET(FOOD, ROW("days=30; action='ration'; factor=0.5;")));
    assert_finding("resources.food.reserve[0].days: must be above 0; got 0",
                   SET(FOOD, ROW("days=0; restored=1;")));
    assert_finding(
        "resources.food.reserve[0].restored: must be more than days; got 30; "
        "allowed above 30 d",
        SET(FOOD, ROW("days=30; restored=30;")));
    assert_finding("resources.food.reserve[0].factor: must be below 1 for a ration",
                   SET(FOOD, ROW("days=30; action='ration';")));
    assert_finding("resources.food.reserve[0].factor: only a ration has one; got 0.5",
                   SET(FOOD, ROW("days=30; factor=0.5;")));
    assert_finding("resources.food.reserve[1].days: there is one at 30 d already",
                   SET(FOOD, "resources.food.reserve=({days=30;},{days=30;})"));
    assert_finding(
        "resources.food.reserve: counts in days of nominal use; nominal_crew "
        "is missing",
        SET("resources.food={stock=9; per_person=2;}", ROW("days=30;")));
    assert_finding("resources.food.reserve: counts in days of nominal use, and nobody "
                   "uses any",
                   SET("resources.food={stock=9;}", ROW("days=30;")));
    assert_finding("resources.food.survival: counts in days of nominal use; "
                   "nominal_crew is missing",
                   SET("resources.food={stock=9; per_person=2; survival=3;}"));
}

static void
a_target_needs_what_brings_it(void **state)
{
    (void)state;
    assert_finding(NULL, SET(FOOD, HOLDS, B, "resources.food.target=90"));
    assert_finding("resources.food.target: can't be kept: class is missing",
                   SET("resources.food={stock=9; use=1; target=90;}", HOLDS, B));
    assert_finding(NULL, SET("resources.food={stock=9; use=1; target=90;}", HOLDS, B,
                             "policy.manifest='explicit'"));
}

static void
productions_make_something_of_something_else(void **state)
{
#define CELL "production.cell={resource='food'; per_day=1;}"
    (void)state;
    assert_finding(NULL, SET(FOOD, CELL));
    assert_finding("not found in resources; got \"foot\"; did you mean food?",
                   SET(FOOD, "production.cell={resource='foot'; per_day=1;}"));
    assert_finding("production.cell.consumes[0].amount: must be above 0; got 0",
                   SET(FOOD, WATER, CELL,
                       "production.cell.consumes=({resource='water'; amount=0;})"));
    assert_finding("production.cell.consumes[1].amount: water is named twice",
                   SET(FOOD, WATER, CELL,
                       "production.cell.consumes=({resource='water'; "
                       "amount=1;},{resource='water'; amount=1;})"));
    assert_finding(
        "what is made comes round to where it is made of",
        SET(FOOD, CELL, "production.cell.consumes=({resource='food'; amount=1;})"));
    assert_finding("what is made comes round to where it is made of",
                   SET(FOOD, WATER, CELL,
                       "production.cell.consumes=({resource='water'; amount=1;})",
                       "production.still={resource='water'; per_day=1; "
                       "consumes=({resource='food'; amount=1;});}"));
}

static void
a_manifest_fits_its_ship(void **state)
{
#define LOADS(loads) "flights.B.manifest=(" loads ")"
    (void)state;
    assert_finding(NULL, SET(FOOD, WATER, HOLDS, B,
                             LOADS("{resource='food'; mass=300;},{resource='water'; "
                                   "mass=100;}")));
    assert_finding(
        "flights.B.manifest[0]: more dry cargo than barge carries; got 301 kg; "
        "allowed 300 kg",
        SET(FOOD, HOLDS, B, LOADS("{resource='food'; mass=301;}")));
    assert_finding("flights.B.manifest: more cargo than barge carries; got 350 kg; "
                   "allowed 320 kg",
                   SET(FOOD, WATER, HOLDS, B, "vehicles.barge.cargo_total=320",
                       LOADS("{resource='food'; mass=260;},{resource='water'; "
                             "mass=90;}")));
    assert_finding(
        "flights.B.manifest[0]: more dry cargo than barge carries; got 1 kg; "
        "allowed 0 kg",
        SET(FOOD, B, LOADS("{resource='food'; mass=1;}")));
    assert_finding("resources.sand has no class, so that nothing brings it",
                   SET("resources.sand={stock=1;}", HOLDS, B,
                       LOADS("{resource='sand'; mass=1;}")));
    assert_finding("cadence.supply.manifest[0]: more dry cargo than barge carries",
                   SET(FOOD, HOLDS,
                       "cadence.supply={vehicle='barge'; first=@10; interval=60; "
                       "manifest=({resource='food'; mass=301;});}"));
    assert_finding("vehicles.barge.cargo[1].class: dry is named twice",
                   SET("vehicles.barge.cargo=({class='dry'; mass=3;},{class='dry'; "
                       "mass=1;})"));
}

static void
what_comes_of_a_production_is_something_else(void **state)
{
#define YIELD(name) "production.cell.yields=({resource='" name "'; amount=1;})"
    (void)state;
    assert_finding(NULL, SET(FOOD, WATER, CELL, YIELD("water")));
    assert_finding("production.cell.yields[0].resource: is what it makes, or consumes, "
                   "already; got \"food\"",
                   SET(FOOD, CELL, YIELD("food")));
    assert_finding("production.cell.yields[0].resource: is what it makes, or consumes",
                   SET(FOOD, WATER, CELL, YIELD("water"),
                       "production.cell.consumes=({resource='water'; amount=1;})"));
    assert_finding(
        "not found in systems",
        SET(FOOD, CELL, "production.cell.system='pump'", "systems.valve={life=9;}"));
    /* What comes of it besides may go round. */
    assert_finding(NULL, SET(FOOD, WATER, CELL, YIELD("water"),
                             "production.still={resource='food'; per_day=1; "
                             "consumes=({resource='water'; amount=1;});}"));
}

static void
a_transfer_goes_from_one_to_another(void **state)
{
    (void)state;
    assert_finding(
        NULL, SET(FOOD, WATER, "transfers.bags={from='food'; to='water'; per_day=1;}"));
    assert_finding("transfers.bags.to: is where it comes from; got \"food\"",
                   SET(FOOD, "transfers.bags={from='food'; to='food'; per_day=1;}"));
    assert_finding("per_day is missing",
                   SET(FOOD, WATER, "transfers.bags={from='food'; to='water';}"));
}

static void
a_swap_needs_a_target(void **state)
{
    (void)state;
    assert_finding("resources.food.reserve[0].action: swaps manifests, which needs a "
                   "target",
                   SET(FOOD, ROW("days=30; action='swap';")));
}

static void
a_loss_says_of_what_and_how_much(void **state)
{
#define LOSS(more)                                                                     \
    FOOD, "failures.hole={strikes='station'; effects=({effect='resource_loss'; " more  \
          "});}"
    (void)state;
    assert_finding(NULL, SET(LOSS("resource='food'; mass=1;")));
    assert_finding(NULL, SET(LOSS("resource='food'; rate=1; duration=3;")));
    assert_finding("failures.hole.effects[0]: needs resource: what is lost",
                   SET(LOSS("mass=1;")));
    assert_finding("failures.hole.effects[0]: needs mass or rate: how much is lost",
                   SET(LOSS("resource='food';")));
    assert_finding("failures.hole.effects[0].rate: is for resource_loss only",
                   SET("failures.hole={strikes='station'; effects=({effect='evacuate'; "
                       "who='station'; rate=1;});}"));
    assert_finding("vehicles.barge.cargo_down[1].class: dry is named twice",
                   SET("vehicles.barge.cargo_down=({class='dry'; "
                       "mass=3;},{class='dry'; mass=1;})"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_fits_its_station),
        cmocka_unit_test(one_is_warned_of_what_there_is_no_room_for),
        cmocka_unit_test(thresholds_are_days_of_some_use),
        cmocka_unit_test(a_target_needs_what_brings_it),
        cmocka_unit_test(productions_make_something_of_something_else),
        cmocka_unit_test(a_manifest_fits_its_ship),
        cmocka_unit_test(what_comes_of_a_production_is_something_else),
        cmocka_unit_test(a_transfer_goes_from_one_to_another),
        cmocka_unit_test(a_swap_needs_a_target),
        cmocka_unit_test(a_loss_says_of_what_and_how_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
