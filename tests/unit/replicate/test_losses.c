/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_losses.c - flights that by the record never got to the station.
 */
#include "unit/replicate/run.h"

#define ENDS "LAUNCHED ASCENT_FAILED ROCKET_GROUNDED VEHICLE_LOST PERSON_LOST DOCKED"
#define FAILED(name, day, more)                                                        \
    "flights." name "={vehicle='capsule'; launch=@" day "; crew=['chen','dana']; "     \
    "as_flown={launch=@" day "; outcome='ascent_failed';}; " more "}"
#define LOST(vehicle, crew)                                                            \
    "flights.Gone={vehicle='" vehicle "'; crew=[" crew "]; as_flown={launch=@10; "     \
    "land=@12; outcome='lost';};}"

/* Nothing is drawn: a rocket that always fails and aborts that always kill make no
 * difference. */
static void
a_recorded_ascent_fails_and_its_crew_survives(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.forecast_from=@20", FAILED("A", "10", ""),
                          "launch_systems.rocket.success=0",
                          "vehicles.capsule.abort_survival=0"));
    ASSERT_STORY(&run, ENDS, "10 LAUNCHED A\n10 ASCENT_FAILED A\n");
    assert_true(run_value(&run, ISS_EVENT_ASCENT_FAILED) == 2);
    ASSERT_METRIC(&run, "ascent_failures", 1);
    ASSERT_METRIC(&run, "crew_lost", 0);
    run_end(&run);
}

static void
a_recorded_failure_grounds_nothing_in_the_forecast(void **state)
{
    (void)state;
    ASSERT_TOLD(ENDS,
                "10 LAUNCHED A\n10 ASCENT_FAILED A\n"
                "25 LAUNCHED B\n26 DOCKED B south\n",
                SET("scenario.forecast_from=@20", FAILED("A", "10", ""),
                    "flights.B={vehicle='capsule'; launch=@25; crew=['eve'];}"));
}

/* Who was up in it may fly again, and a vehicle without a rocket can fail too. */
static void
a_failure_before_the_start_leaves_its_crew_on_the_ground(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET("remove=vehicles.capsule.launch_system", FAILED("A", "-10", ""),
                    "flights.B={vehicle='capsule'; launch=@25; crew=['chen'];}"));
    ASSERT_STORY(&run, ENDS, "25 LAUNCHED B\n26 DOCKED B south\n");
    ASSERT_METRIC(&run, "ascent_failures", 0);
    run_end(&run);
}

/* The relief doesn't come: before the forecast the record goes on, and in it the flight
 * waits no more. */
static void
a_relief_that_failed_leaves_the_recorded_departure(void **state)
{
    (void)state;
    ASSERT_TOLD("ASCENT_FAILED UNDOCKED",
                "10 ASCENT_FAILED A\n"
                "15 UNDOCKED First north\n",
                SET("scenario.forecast_from=@20", "flights.First.as_flown.undock=@15",
                    FAILED("A", "10", "relieves='First';")));
    ASSERT_TOLD(
        "ASCENT_FAILED UNDOCKED",
        "10 ASCENT_FAILED A\n"
        "100 UNDOCKED First north\n",
        SET("scenario.forecast_from=@20", FAILED("A", "10", "relieves='First';")));
}

static void
a_failure_after_the_record_is_up_to_chance(void **state)
{
    (void)state;
    ASSERT_TOLD(ENDS, "10 LAUNCHED A\n11 DOCKED A south\n",
                SET("scenario.forecast_from=@5", FAILED("A", "10", "")));
}

static void
a_recorded_loss_takes_vehicle_and_crew(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.mode=replay", LOST("capsule", "'chen'")));
    ASSERT_STORY(&run, ENDS,
                 "10 LAUNCHED Gone\n12 VEHICLE_LOST Gone\n12 PERSON_LOST Gone chen\n");
    ASSERT_METRIC(&run, "vehicles_lost", 1);
    ASSERT_METRIC(&run, "crew_lost", 1);
    run_end(&run);
    run_outpost(&run, SET("scenario.forecast_from=@20", LOST("barge", "")));
    ASSERT_STORY(&run, ENDS, "10 LAUNCHED Gone\n12 VEHICLE_LOST Gone\n");
    ASSERT_METRIC(&run, "vehicles_lost", 1);
    run_end(&run);
}

/* The record ends while it still flies: from there the model has it. */
static void
a_loss_after_the_record_is_up_to_the_model(void **state)
{
    (void)state;
    ASSERT_TOLD(ENDS, "10 LAUNCHED Gone\n11 DOCKED Gone south\n",
                SET("scenario.forecast_from=@10.5", LOST("barge", "")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recorded_ascent_fails_and_its_crew_survives),
        cmocka_unit_test(a_recorded_failure_grounds_nothing_in_the_forecast),
        cmocka_unit_test(a_failure_before_the_start_leaves_its_crew_on_the_ground),
        cmocka_unit_test(a_relief_that_failed_leaves_the_recorded_departure),
        cmocka_unit_test(a_failure_after_the_record_is_up_to_chance),
        cmocka_unit_test(a_recorded_loss_takes_vehicle_and_crew),
        cmocka_unit_test(a_loss_after_the_record_is_up_to_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
