/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_stocks.c - stocks fall and rise in straight lines, and reach what matters when
 * they do.  Ada and Boris are aboard until day 100.
 */
#include "unit/replicate/run.h"

/* 4 kg a day: 50 days. */
#define FOOD          "resources.food={class='dry'; stock=200; per_person=2; nominal_crew=2;}"
#define RESERVE(rows) "resources.food.reserve=(" rows ")"
#define STOCKS                                                                         \
    "RESERVE_LOW RESERVE_RESTORED STOCK_OUT STOCK_BACK CARGO_UNLOADED CARGO_LOST"

static void
a_stock_falls_to_nothing_and_the_shortage_is_counted(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD));
    ASSERT_STORY(&run, STOCKS, "50 STOCK_OUT food\n100 STOCK_BACK food\n");
    ASSERT_METRIC(&run, "stock_outs.food", 1);
    ASSERT_METRIC(&run, "stock_out.food_d", 50);
    ASSERT_METRIC(&run, "short.food_person_d", 100);
    ASSERT_METRIC(&run, "lowest.food_d", 0);
    ASSERT_METRIC(&run, "left.food_kg", 0);
    run_end(&run);
}

static void
without_people_only_the_stations_own_use_goes_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, "resources.food.stock=1000", "resources.food.use=0.5"));
    ASSERT_METRIC(&run, "left.food_kg", 1000 - 4 * 100 - 0.5 * 360);
    ASSERT_METRIC(&run, "lowest.food_d", 420 / 4.5);
    run_end(&run);
}

static void
only_people_of_the_segment_use_what_is_theirs(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, LAB, "resources.food.stock=1000",
                          "resources.food.users='lab'"));
    ASSERT_METRIC(&run, "left.food_kg", 1000 - 2 * 150); /* Eve, until day 150 */
    run_end(&run);
}

static void
thresholds_are_told_on_the_way_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, RESERVE("{days=10;},{days=30;}")));
    ASSERT_STORY(&run, STOCKS,
                 "20 RESERVE_LOW food food_30\n40 RESERVE_LOW food food_10\n"
                 "50 STOCK_OUT food\n100 STOCK_BACK food\n");
    ASSERT_METRIC(&run, "below.food_30_d", 340);
    ASSERT_METRIC(&run, "below.food_10_d", 320);
    run_end(&run);
}

static void
what_is_low_at_the_start_is_told_then(void **state)
{
    (void)state;
    ASSERT_TOLD("RESERVE_LOW", "0 RESERVE_LOW food food_60\n",
                SET(FOOD, RESERVE("{days=60;}")));
}

static void
rations_stretch_what_is_left(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, RESERVE("{days=10; action='ration'; factor=0.5;}")));
    ASSERT_STORY(&run, STOCKS,
                 "40 RESERVE_LOW food food_10\n60 STOCK_OUT food\n"
                 "100 STOCK_BACK food\n");
    ASSERT_METRIC(&run, "short.food_person_d", 80); /* a ration is no shortage */
    run_end(&run);
}

/* 4 kg used and 3 made: on rations of a half it rises by 1 kg a day, and falls by 1. */
static void
rations_begin_and_end_again_and_again_but_never_at_one_instant(void **state)
{
    (void)state;
    ASSERT_TOLD(STOCKS,
                "20 RESERVE_LOW food food_45\n40 RESERVE_RESTORED food food_45\n"
                "60 RESERVE_LOW food food_45\n80 RESERVE_RESTORED food food_45\n",
                SET(FOOD,
                    RESERVE("{days=45; restored=50; action='ration'; factor=0.5;}"),
                    "production.garden={resource='food'; per_day=3;}"));
}

static void
production_ends_where_there_is_no_room(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, "resources.food.capacity=230",
                          "production.garden={resource='food'; per_day=5;}"));
    ASSERT_STORY(&run, "STOCK_DUE", "30 STOCK_DUE food\n");
    ASSERT_METRIC(&run, "left.food_kg", 230);
    ASSERT_METRIC(&run, "lowest.food_d", 50);
    run_end(&run);
}

/* Water lasts for 20 days (2 kg a day for 2 of air); then only what is made of it, 0.5
 * kg a day, becomes air, of which 70 kg are left and 4 kg a day are used. */
static void
production_ends_where_its_inputs_have_run_out(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("resources.air={stock=110; per_person=2; nominal_crew=2;}",
            "resources.water={stock=30;}",
            "production.still={resource='water'; per_day=0.5;}",
            "production.cell={resource='air'; per_day=2; consumes=({resource='water'; "
            "amount=1;});}"));
    ASSERT_STORY(&run, STOCKS, "40 STOCK_OUT air\n100 STOCK_BACK air\n");
    ASSERT_METRIC(&run, "stock_outs.water", 0); /* nobody's short of it */
    ASSERT_METRIC(&run, "left.water_kg", 0);
    ASSERT_METRIC(&run, "short.air_person_d", 60 * 3.5 / 2);
    ASSERT_METRIC(&run, "left.air_kg", 130);
    run_end(&run);
}

static void
people_come_before_production(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("resources.air={stock=0;}",
            "resources.water={stock=0; per_person=1; nominal_crew=2;}",
            "production.still={resource='water'; per_day=3;}",
            "production.cell={resource='air'; per_day=9; consumes=({resource='water'; "
            "amount=2;});}"));
    ASSERT_STORY(&run, STOCKS, "");
    ASSERT_METRIC(&run, "left.water_kg", 0);
    ASSERT_METRIC(&run, "left.air_kg", 0.5 * 100 + 1.5 * 260);
    run_end(&run);
}

/* What fills up takes no more, so that less is consumed for it. */
static void
what_is_full_consumes_nothing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("resources.air={stock=90; capacity=100; use=1;}",
                          "resources.water={stock=1000;}",
                          "production.cell={resource='air'; per_day=2; "
                          "consumes=({resource='water'; amount=1;});}"));
    ASSERT_METRIC(&run, "left.air_kg", 100);
    ASSERT_METRIC(&run, "left.water_kg", 1000 - 2 * 10 - 1 * 350);
    run_end(&run);
}

/* Nothing is followed before the forecast, nor in a replay. */
static void
stocks_are_the_forecasts(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FOOD, "scenario.forecast_from=@30"));
    ASSERT_STORY(&run, STOCKS, "80 STOCK_OUT food\n100 STOCK_BACK food\n");
    run_end(&run);
    run_outpost(&run, SET(FOOD, "scenario.mode=replay"));
    ASSERT_STORY(&run, STOCKS, "");
    assert_int_equal(iss_metric_find(run.model, "left.food_kg"), -1);
    run_end(&run);
}

/* How often stocks are looked at changes nothing, to the milligram. */
static void
looking_more_often_changes_nothing(void **state)
{
#define ODD                                                                            \
    "resources.food={stock=100; per_person=0.123457; nominal_crew=2; use=0.0317911;}", \
        "production.garden={resource='food'; per_day=0.0111117;}"
    struct run one, other;

    (void)state;
    run_outpost(&one, SET(ODD));
    run_outpost(
        &other,
        SET(ODD, "vehicles.barge.cargo=({class='dry'; mass=10;})",
            "cadence.supply={vehicle='barge'; first=@1.0001; interval=40.03;}"));
    assert_true(run_metric(&one, "left.food_kg") == run_metric(&other, "left.food_kg"));
    run_end(&one);
    run_end(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_falls_to_nothing_and_the_shortage_is_counted),
        cmocka_unit_test(without_people_only_the_stations_own_use_goes_on),
        cmocka_unit_test(only_people_of_the_segment_use_what_is_theirs),
        cmocka_unit_test(thresholds_are_told_on_the_way_down),
        cmocka_unit_test(what_is_low_at_the_start_is_told_then),
        cmocka_unit_test(rations_stretch_what_is_left),
        cmocka_unit_test(
            rations_begin_and_end_again_and_again_but_never_at_one_instant),
        cmocka_unit_test(production_ends_where_there_is_no_room),
        cmocka_unit_test(production_ends_where_its_inputs_have_run_out),
        cmocka_unit_test(people_come_before_production),
        cmocka_unit_test(what_is_full_consumes_nothing),
        cmocka_unit_test(stocks_are_the_forecasts),
        cmocka_unit_test(looking_more_often_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
