/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_loops.c - what is made of what, while which system is up; what is brought from
 * one stock to another, leaks, goes outside, and is taken away.
 *
 * Ada and Boris are aboard until day 100, or 350 with STAY.  Masses are exact to the
 * milligram.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define STAY  "flights.First.undock=@350"
#define LOSS  "RESOURCE_LOST LEAK_BEGINS LEAK_ENDS RESERVE_LOW STOCK_OUT STOCK_BACK"
#define DOWN  "CARGO_RETURNED CARGO_DISPOSED"
#define WATER "resources.water={stock=1000;}"

/* ---- systems ------------------------------------------------------------------- */

/* The unit fails on day 100, 220 and 340, and is repaired after 20 days. */
#define PUMP "systems.pump={life=100; repair='20 d';}", STAY

static void
a_production_stands_still_while_its_system_is_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(PUMP, "resources.air={stock=0;}",
                          "production.cell={resource='air'; per_day=1; "
                          "system='pump';}"));
    ASSERT_METRIC(&run, "left.air_kg", 360 - 60);
    ASSERT_METRIC(&run, "made.air_kg", 300);
    run_end(&run);
    run_outpost(&run, SET(PUMP, "systems.valve={life=50; repair='300 d';}",
                          "resources.air={stock=0;}",
                          "production.cell={resource='air'; per_day=1; "
                          "system='pump'; systems=['valve'];}"));
    ASSERT_METRIC(&run, "left.air_kg", 50); /* when the valve is back the pump is out */
    run_end(&run);
}

static void
with_one_unit_of_two_it_goes_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("systems.pump={units=2; needs=1; life=100; repair='20 d'; "
                          "repairers=2;}",
                          STAY, "resources.air={stock=0;}",
                          "production.cell={resource='air'; per_day=1; "
                          "system='pump';}"));
    /* Both fail on day 100, and are repaired one after the other: by day 120 and 140.
     * From then on one always runs. */
    ASSERT_METRIC(&run, "system_down.pump_d", 20);
    ASSERT_METRIC(&run, "left.air_kg", 360 - 20);
    run_end(&run);
}

/* ---- loops --------------------------------------------------------------------- */

/* Each person uses 3.5 kg of water a day; of what they do, 85 % is condensate and
 * urine, of which 90 % comes back.  In the steady state the stock falls by the rest: 2
 * (3.5 - 0.9 * 0.85 * 3.5) = 1.645 kg a day, to the milligram. */
static void
water_is_recovered_but_for_a_fraction(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(STAY, "resources.water={stock=1000; per_person=3.5;}",
                    "resources.waste={stock=0; capacity=0;}",
                    "resources.brine={stock=0;}",
                    "production.collection={resource='waste'; per_person=2.975;}",
                    "production.processor={resource='water'; per_day=20; consumes=({"
                    "resource='waste'; amount=1.25;}); yields=({resource='brine'; "
                    "amount=0.25;});}"));
    /* The tank has no room: the processor takes what comes. */
    ASSERT_METRIC(&run, "left.waste_kg", 0);
    ASSERT_METRIC(&run, "made.water_kg", 2 * 2.975 / 1.25 * 350);
    ASSERT_METRIC(&run, "left.water_kg", 1000 - (7 - 2 * 2.975 / 1.25) * 350);
    ASSERT_METRIC(&run, "left.brine_kg", 0.25 * 2 * 2.975 / 1.25 * 350);
    run_end(&run);
}

/* Water to oxygen and hydrogen, that and carbon dioxide to water: a circle.  2 kg of
 * oxygen take 2.25 kg of water and yield 0.25 kg of hydrogen, which make 1.0625 kg. */
#define ELECTROLYSIS                                                                   \
    "resources.oxygen={stock=0; per_person=1;}",                                       \
        "resources.hydrogen={stock=0; capacity=0;}",                                   \
        "production.electrolysis={resource='oxygen'; per_day=2; "                      \
        "consumes=({resource='water'; amount=1.125;}); "                               \
        "yields=({resource='hydrogen'; amount=0.125;});}"
#define REACTOR                                                                        \
    "production.reactor={resource='water'; per_day=9; "                                \
    "consumes=({resource='hydrogen'; amount=0.235294117647;});}"

static void
what_comes_of_it_besides_is_used_or_let_go(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(STAY, WATER, ELECTROLYSIS));
    ASSERT_METRIC(&run, "left.water_kg", 1000 - 2.25 * 360);
    ASSERT_METRIC(&run, "let_go.hydrogen_kg", 0.25 * 360);
    ASSERT_METRIC(&run, "left.hydrogen_kg", 0);
    ASSERT_METRIC(&run, "left.oxygen_kg", 2 * 10); /* nobody is aboard any more */
    run_end(&run);
    run_outpost(&run, SET(STAY, WATER, ELECTROLYSIS, REACTOR));
    assert_true(fabs(run_metric(&run, "left.water_kg") -
                     (1000 - (2.25 - 1.0625) * 360)) < 1e-3);
    assert_true(run_metric(&run, "let_go.hydrogen_kg") < 1e-3);
    run_end(&run);
}

/* With no water nothing goes round, and the reactor alone starts nothing. */
static void
a_circle_of_nothing_makes_nothing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(STAY, "resources.water={stock=0;}", ELECTROLYSIS, REACTOR));
    ASSERT_METRIC(&run, "made.oxygen_kg", 0);
    ASSERT_METRIC(&run, "made.water_kg", 0);
    ASSERT_METRIC(&run, "short.oxygen_person_d", 2 * 350);
    run_end(&run);
    run_outpost(&run, SET(STAY, "resources.water={stock=0;}",
                          "production.spring={resource='water'; per_day=0.45;}",
                          ELECTROLYSIS, REACTOR));
    assert_true(run_metric(&run, "made.oxygen_kg") >= 0.4 * 360 - 1e-6);
    run_end(&run);
}

static void
only_people_of_the_segment_count_for_a_production(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LAB, "resources.air={stock=0;}",
                          "production.sweat={resource='air'; per_person=1; "
                          "users='lab';}"));
    ASSERT_METRIC(&run, "left.air_kg", 150); /* Eve's */
    run_end(&run);
}

/* ---- levels -------------------------------------------------------------------- */

/* 2 kg a day; from 50 kg on it makes what is used, and goes on when people have left
 * until nothing is used. */
static void
a_production_rests_at_its_level(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=90; use=1;}",
                          "production.cell={resource='air'; per_day=3; level=50;}"));
    ASSERT_METRIC(&run, "left.air_kg", 50);
    ASSERT_METRIC(&run, "made.air_kg", 360 - 40);
    run_end(&run);
    run_outpost(&run, SET("resources.air={stock=0; use=1;}",
                          "production.cell={resource='air'; per_day=3; level=50;}"));
    ASSERT_METRIC(&run, "left.air_kg", 50);
    ASSERT_METRIC(&run, "made.air_kg", 360 + 50);
    run_end(&run);
}

static void
a_transfer_takes_from_one_and_gives_to_the_other(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.a={stock=100;}", "resources.b={stock=5; use=1;}",
                          "transfers.bags={from='a'; to='b'; per_day=1.25;}"));
    ASSERT_METRIC(&run, "left.a_kg", 0); /* from day 80 on */
    ASSERT_METRIC(&run, "made.b_kg", 100);
    ASSERT_METRIC(&run, "stock_out.b_d", 360 - 105);
    run_end(&run);
}

static void
a_transfer_holds_a_level(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.a={stock=1000;}", "resources.b={stock=50; use=1;}",
                          "transfers.bags={from='a'; to='b'; per_day=20; level=30;}"));
    ASSERT_METRIC(&run, "left.b_kg", 30);
    ASSERT_METRIC(&run, "left.a_kg", 1000 - 340);
    ASSERT_METRIC(&run, "lowest.b_d", 30);
    run_end(&run);
}

/* With rates that make no whole milligrams, and thresholds on the way that are reached
 * again and again: a milligram at the most each time. */
static void
what_one_gives_the_other_gets_to_the_gram(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("resources.a={class='dry'; stock=77.7777771; use=0.3333331; target=200; "
            "nominal_crew=2; reserve=({days=90;},{days=60;});}",
            "resources.b={stock=3.0000007; per_person=0.1234567; use=0.0317911;}",
            "transfers.there={from='a'; to='b'; per_day=0.7654321; level=5.5;}",
            "transfers.back={from='b'; to='a'; per_day=0.0271828;}",
            "vehicles.barge.cargo=({class='dry'; mass=30;})",
            "cadence.supply={vehicle='barge'; first=@1.0001; interval=30.03;}"));
    double came = run_metric(&run, "upmass.a_kg");
    double used = 0.3333331 * 360 + 0.1234567 * 2 * 100 + 0.0317911 * 360;
    double left = run_metric(&run, "left.a_kg") + run_metric(&run, "left.b_kg");
    assert_true(came > 50 && run_metric(&run, "stock_outs.b") == 0);
    assert_true(fabs(77.7777771 + 3.0000007 + came - used - left) < 1e-3);
    run_end(&run);
}

/* ---- spacewalks ---------------------------------------------------------------- */

static void
a_spacewalk_uses_what_its_rule_says(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=100; use=0.1;}",
                          "resources.little={stock=20;}",
                          "eva.walk={segment='core'; first=@10; interval=30; "
                          "uses=({resource='air'; mass=15.9;},{resource='little'; "
                          "mass=8;});}"));
    ASSERT_METRIC(&run, "evas", 3); /* days 10, 40, 70 */
    ASSERT_METRIC(&run, "left.air_kg", 100 - 3 * 15.9 - 36);
    ASSERT_METRIC(&run, "left.little_kg", 0);
    ASSERT_METRIC(&run, "used.little_kg", 20); /* all that was there */
    run_end(&run);
}

/* ---- losses -------------------------------------------------------------------- */

#define STRIKE(effects)                                                                \
    "failures.breach={strikes='station'; effects=(" effects ");}",                     \
        "events.hit={at=@30; what='failure'; failure='breach';}"

static void
a_failure_makes_some_go_at_once_and_some_leak(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=100; use=0.1;}",
                          STRIKE("{effect='resource_loss'; resource='air'; mass=12; "
                                 "rate=0.5; duration=40;}")));
    ASSERT_STORY(&run, LOSS,
                 "30 RESOURCE_LOST air\n30 LEAK_BEGINS air\n70 LEAK_ENDS air\n");
    ASSERT_METRIC(&run, "gone.air_kg", 12 + 20);
    ASSERT_METRIC(&run, "left.air_kg", 100 - 36 - 32);
    run_end(&run);
}

/* Struck on day 30; what is gone by day 50 is no part of the 100 kg. */
static void
a_leak_of_the_record_goes_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=100;}", "scenario.forecast_from=@50",
                          STRIKE("{effect='resource_loss'; resource='air'; mass=12; "
                                 "rate=0.5; duration=40;}")));
    ASSERT_STORY(&run, LOSS, "50 LEAK_BEGINS air\n70 LEAK_ENDS air\n");
    ASSERT_METRIC(&run, "gone.air_kg", 10);
    ASSERT_METRIC(&run, "left.air_kg", 90);
    run_end(&run);
    run_outpost(&run, SET("resources.air={stock=100;}", "scenario.forecast_from=@50",
                          STRIKE("{effect='resource_loss'; resource='air'; "
                                 "rate=0.5; duration=19;}")));
    ASSERT_STORY(&run, LOSS, "");
    ASSERT_METRIC(&run, "gone.air_kg", 0);
    run_end(&run);
}

/* What is before the scenario's start is played once, for all replications. */
static void
a_leak_from_before_the_start_is_another_in_each_replication(void **state)
{
    double gone_kg[3];

    (void)state;
    for (uint64_t i = 0; i < 3; i++) {
        struct run run;
        run_model(&run,
                  outpost_model(
                      SET("resources.air={stock=100;}",
                          STRIKE("{effect='resource_loss'; resource='air'; rate=0.5; "
                                 "duration={dist='uniform'; min=20; max=60;};}"),
                          "events.hit.at=@-10")),
                  i);
        gone_kg[i] = run_metric(&run, "gone.air_kg");
        assert_true(gone_kg[i] > 5 && gone_kg[i] < 25);
        run_end(&run);
    }
    assert_true(gone_kg[0] != gone_kg[1] && gone_kg[1] != gone_kg[2]);
}

static void
a_leak_for_good_ends_with_what_there_is(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET("resources.air={stock=10;}",
                    "production.cell={resource='air'; per_day=0.1;}",
                    STRIKE("{effect='resource_loss'; resource='air'; rate=1.1;}")));
    /* 13 kg by day 30; the rest leaks until day 43, and then what is made. */
    ASSERT_STORY(&run, LOSS, "30 LEAK_BEGINS air\n");
    ASSERT_METRIC(&run, "gone.air_kg", 10 + 36);
    ASSERT_METRIC(&run, "left.air_kg", 0);
    run_end(&run);
}

static void
a_leak_that_is_struck_again_lasts(void **state)
{
    (void)state;
    ASSERT_TOLD(LOSS, "30 LEAK_BEGINS air\n60 LEAK_ENDS air\n",
                SET("resources.air={stock=100;}",
                    STRIKE("{effect='resource_loss'; resource='air'; rate=0.5; "
                           "duration=20;}"),
                    "events.again={at=@40; what='failure'; failure='breach';}"));
}

/* ---- the way down -------------------------------------------------------------- */

#define WASTE                                                                          \
    "resources.trash={stock=50; down='bags'; capacity=500;}",                          \
        "production.living={resource='trash'; per_person=1;}"
#define SCOW "flights.B={vehicle='barge'; launch=@10; undock=@60;}"

static void
departing_ships_take_what_is_to_come_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, SET(WASTE, SCOW, "vehicles.barge.cargo_down=({class='bags'; mass=90;})"));
    ASSERT_STORY(&run, DOWN, "60 CARGO_DISPOSED B trash\n");
    ASSERT_METRIC(&run, "disposed_kg", 90);
    ASSERT_METRIC(&run, "downmass_kg", 0);
    ASSERT_METRIC(&run, "left.trash_kg", 50 + 200 - 90);
    run_end(&run);
    run_outpost(&run, SET(WASTE, SCOW,
                          "vehicles.barge.cargo_down=({class='bags'; mass=900;})",
                          "vehicles.barge.lands=true"));
    ASSERT_STORY(&run, DOWN, "60 CARGO_RETURNED B trash\n");
    ASSERT_METRIC(&run, "downmass.trash_kg", 50 + 120);
    ASSERT_METRIC(&run, "left.trash_kg", 80);
    run_end(&run);
}

static void
a_full_store_is_counted(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(WASTE, "resources.trash.capacity=150"));
    ASSERT_METRIC(&run, "full.trash_d", 360 - 50);
    ASSERT_METRIC(&run, "left.trash_kg", 150);
    run_end(&run);
}

/* ---- swapped manifests --------------------------------------------------------- */

/* Food, 400 kg at 4 a day, is 90 days on day 10; water likewise. */
#define FOOD                                                                           \
    "resources.food={class='dry'; stock=400; per_person=2; nominal_crew=2; "           \
    "target=120; reserve=({days=95; action='swap';});}"
#define CLOTHES                                                                        \
    "resources.clothes={class='dry'; stock=40; per_person=1; nominal_crew=2;}"
#define SHIP(manifest)                                                                 \
    "vehicles.barge.cargo=({class='dry'; mass=150;})",                                 \
        "flights.B={vehicle='barge'; launch=@10; manifest=(" manifest ");}"

static void
what_is_low_goes_before_the_manifest(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, CLOTHES, SHIP("{resource='clothes'; mass=120;}")));
    ASSERT_STORY(&run, "MANIFEST_SWAPPED", "10 MANIFEST_SWAPPED B food\n");
    ASSERT_METRIC(&run, "manifests_swapped", 1);
    ASSERT_METRIC(&run, "upmass.food_kg", 120);
    ASSERT_METRIC(&run, "upmass.clothes_kg", 30);
    run_end(&run);
    run_outpost(&run, SET(FOOD, CLOTHES, "resources.food.stock=440",
                          SHIP("{resource='clothes'; mass=120;}")));
    ASSERT_METRIC(&run, "manifests_swapped", 0);
    ASSERT_METRIC(&run, "upmass.clothes_kg", 120);
    run_end(&run);
}

static void
what_is_low_goes_before_what_is_further_below_its_target(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, CLOTHES, "resources.clothes.target=200",
                          "vehicles.barge.cargo=({class='dry'; mass=150;})",
                          "flights.B={vehicle='barge'; launch=@10;}"));
    ASSERT_METRIC(&run, "upmass.food_kg", 120);
    ASSERT_METRIC(&run, "upmass.clothes_kg", 30);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_production_stands_still_while_its_system_is_down),
        cmocka_unit_test(with_one_unit_of_two_it_goes_on),
        cmocka_unit_test(water_is_recovered_but_for_a_fraction),
        cmocka_unit_test(what_comes_of_it_besides_is_used_or_let_go),
        cmocka_unit_test(a_circle_of_nothing_makes_nothing),
        cmocka_unit_test(only_people_of_the_segment_count_for_a_production),
        cmocka_unit_test(a_production_rests_at_its_level),
        cmocka_unit_test(a_transfer_takes_from_one_and_gives_to_the_other),
        cmocka_unit_test(a_transfer_holds_a_level),
        cmocka_unit_test(what_one_gives_the_other_gets_to_the_gram),
        cmocka_unit_test(a_spacewalk_uses_what_its_rule_says),
        cmocka_unit_test(a_failure_makes_some_go_at_once_and_some_leak),
        cmocka_unit_test(a_leak_of_the_record_goes_on),
        cmocka_unit_test(a_leak_from_before_the_start_is_another_in_each_replication),
        cmocka_unit_test(a_leak_for_good_ends_with_what_there_is),
        cmocka_unit_test(a_leak_that_is_struck_again_lasts),
        cmocka_unit_test(departing_ships_take_what_is_to_come_down),
        cmocka_unit_test(a_full_store_is_counted),
        cmocka_unit_test(what_is_low_goes_before_the_manifest),
        cmocka_unit_test(what_is_low_goes_before_what_is_further_below_its_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
