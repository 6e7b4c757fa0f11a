/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_orbit.c - the outpost sinks and is raised, by whom and with what; and what
 * becomes of it when it isn't.
 *
 * At 400 km it sinks at first by some 0.15 km a day.
 */
#include <math.h>

#include "kernel/decay.h"
#include "unit/replicate/run.h"

#define MU     398600.4418
#define RADIUS 6378.137

#define ORBIT                                                                          \
    "orbit={altitude=402; floor=400; target=403; mass='420 t'; drag=4000; "            \
    "density=3.7e-12; scale_height=58.5;}"
#define FUEL                                                                           \
    "resources.fuel={class='fuel'; stock=1000;}", "orbit.propellant='fuel'",           \
        "orbit.exhaust=2900"
#define TANKER                                                                         \
    "vehicles.barge.cargo=({class='fuel'; mass=600;})",                                \
        "flights.Tanker={vehicle='barge'; launch=@60; undock=@340; "                   \
        "manifest=({resource='fuel'; mass=600;});}"
#define KINDS                                                                          \
    "REBOOSTED REBOOST_HELD AVOIDED AVOIDANCE_MISSED ALTITUDE_LOW STATION_LOST"

static struct iss_decay
decay_of_outpost(void)
{
    return (struct iss_decay){.reference_km = RADIUS + 400,
                              .scale_km = 58.5,
                              .rate = iss_decay_rate(3.7e-12, 4000, 420e3, MU)};
}

static double
days_down(double from_km, double to_km)
{
    struct iss_decay decay = decay_of_outpost();
    return iss_decay_exposure(&decay, RADIUS + from_km, RADIUS + to_km);
}

static void
it_is_raised_each_time_that_it_has_sunk(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT));
    struct iss_outcome *outcome = &run.outcome;
    size_t rows = outcome->tables[ISS_TABLE_orbit].rows;
    double first_d = days_down(402, 400), each_d = days_down(403, 400);
    assert_int_equal(rows, 1 + floor((360 - first_d) / each_d));
    for (size_t i = 0; i < rows; i++) {
        double due_d = first_d + (double)i * each_d;
        int64_t time_us = iss_at(outcome, orbit, time, time)[i];
        assert_true(llabs(time_us - iss_us_from_days(due_d)) < 100);
        assert_true(fabs(iss_at(outcome, orbit, before, real)[i] - 400) < 1e-9);
        assert_true(fabs(iss_at(outcome, orbit, after, real)[i] - 403) < 1e-9);
        assert_true(fabs(iss_at(outcome, orbit, speed, real)[i] -
                         iss_burn_speed(MU, RADIUS + 400, RADIUS + 403)) < 1e-9);
        assert_int_equal(iss_at(outcome, orbit, flight, id)[i], -1);
    }
    struct iss_decay decay = decay_of_outpost();
    double left_d = 360 - first_d - (double)(rows - 1) * each_d;
    ASSERT_METRIC(&run, "reboosts", (double)rows);
    ASSERT_METRIC(&run, "altitude_max_km", 403);
    ASSERT_METRIC(&run, "altitude_min_km", 400);
    assert_true(fabs(run_metric(&run, "altitude_km") + RADIUS -
                     iss_decay_axis(&decay, RADIUS + 403, left_d)) < 1e-6);
    ASSERT_METRIC(&run, "reboost_propellant_kg", 0);
    run_end(&run);
}

static void
the_sun_makes_the_air_denser(void **state)
{
    struct run once, twice;

    (void)state;
    run_outpost(&once, SET(ORBIT));
    run_outpost(&twice, SET(ORBIT, "orbit.solar=({at=@0; factor=4;})",
                            "orbit.solar_factor=0.5"));
    int64_t first = iss_at(&once.outcome, orbit, time, time)[0];
    assert_true(llabs(first - 2 * iss_at(&twice.outcome, orbit, time, time)[0]) < 100);
    run_end(&once);
    run_end(&twice);
}

static void
a_reboost_takes_its_propellant_from_the_stock(void **state)
{
    struct run run;
    double each =
        iss_burn_mass(420e3, iss_burn_speed(MU, RADIUS + 400, RADIUS + 403), 2900);

    (void)state;
    run_outpost(&run, SET(ORBIT, FUEL, "orbit.boosters=['capsule']",
                          "resources.fuel.stock=9000"));
    double count = run_metric(&run, "reboosts");
    assert_true(count > 10);
    assert_true(fabs(run_metric(&run, "reboost_propellant_kg") - count * each) < 1e-5);
    assert_true(fabs(run_metric(&run, "left.fuel_kg") - 9000 + count * each) < 1e-5);
    /* First pushes while it is there, the outpost itself from then on. */
    for (size_t i = 0; i < run.outcome.tables[ISS_TABLE_orbit].rows; i++) {
        bool there = iss_at(&run.outcome, orbit, time, time)[i] < DAYS(100);
        assert_int_equal(iss_at(&run.outcome, orbit, flight, id)[i], there ? 0 : -1);
    }
    run_end(&run);
}

/* Three reboosts take 737 kg, and what is left takes it 1.07 km up. */
static void
a_reboost_goes_as_far_as_the_propellant_lasts(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT, FUEL, "resources.fuel.stock=825"));
    struct iss_outcome *outcome = &run.outcome;
    assert_int_equal(outcome->tables[ISS_TABLE_orbit].rows, 4);
    double after = iss_at(outcome, orbit, after, real)[3];
    double left =
        825 -
        3 * iss_burn_mass(420e3, iss_burn_speed(MU, RADIUS + 400, RADIUS + 403), 2900);
    assert_true(after > 401 && after < 402);
    assert_true(
        fabs(iss_burn_mass(420e3, iss_burn_speed(MU, RADIUS + 400, RADIUS + after),
                           2900) -
             left) < 1e-5);
    ASSERT_METRIC(&run, "left.fuel_kg", 0);
    assert_true(run_value(&run, ISS_EVENT_REBOOST_HELD) == 0);
    run_end(&run);
    /* Less than `least` isn't begun. */
    run_outpost(&run, SET(ORBIT, FUEL, "resources.fuel.stock=825", "orbit.least=1.5"));
    assert_int_equal(run.outcome.tables[ISS_TABLE_orbit].rows, 3);
    assert_true(fabs(run_value(&run, ISS_EVENT_REBOOST_HELD) - left) < 1e-5);
    run_end(&run);
}

/* By day 61 it has sunk so low that 600 kg don't raise it above the floor. */
static void
it_waits_for_propellant(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(ORBIT, FUEL, TANKER, "resources.fuel.stock=0", "scenario.end=@70"));
    ASSERT_STORY(&run, "REBOOST_HELD REBOOSTED DOCKED",
                 "12.8556 REBOOST_HELD\n61 DOCKED Tanker south\n61 REBOOSTED\n61 "
                 "REBOOST_HELD\n");
    run_end(&run);
}

static void
it_waits_for_an_engine(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(ORBIT, TANKER, "resources.fuel={class='fuel'; stock=0;}",
                    "orbit.own=false", "orbit.boosters=['barge']", "scenario.end=@70"));
    ASSERT_STORY(&run, "REBOOST_HELD REBOOSTED",
                 "12.8556 REBOOST_HELD\n61 REBOOSTED Tanker\n");
    assert_true(isnan(run_value(&run, ISS_EVENT_REBOOST_HELD)));
    run_end(&run);
}

static void
whoever_is_aboard_leaves_before_it_comes_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT, "orbit.own=false", "orbit.boosters=['barge']",
                          "orbit.leave=395", "orbit.critical=390",
                          "flights.First.undock=@300"));
    ASSERT_STORY(
        &run, KINDS " EVACUATION UNDOCKED",
        "12.8556 REBOOST_HELD\n43.1437 ALTITUDE_LOW\n43.1437 EVACUATION First\n"
        "50.1437 UNDOCKED First north\n70.9608 STATION_LOST\n");
    ASSERT_METRIC(&run, "crew_lost", 0);
    ASSERT_METRIC(&run, "station_lost", 1);
    ASSERT_METRIC(&run, "altitude_min_km", 390);
    assert_true(isnan(run_metric(&run, "altitude_km")));
    run_end(&run);
    run_outpost(&run, SET(ORBIT, "orbit.own=false", "orbit.boosters=['barge']",
                          "orbit.critical=390"));
    ASSERT_STORY(&run, KINDS, "12.8556 REBOOST_HELD\n70.9608 STATION_LOST\n");
    ASSERT_METRIC(&run, "crew_lost", 2);
    run_end(&run);
}

static void
what_is_in_the_way_is_avoided(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT, FUEL, "orbit.avoidance=5", "orbit.avoidance_speed=1",
                          "scenario.end=@12", "resources.fuel.stock=200"));
    /* Enough for one: 145 kg. */
    ASSERT_STORY(&run, KINDS, "5 AVOIDED\n10 AVOIDANCE_MISSED\n");
    ASSERT_METRIC(&run, "avoidances", 1);
    ASSERT_METRIC(&run, "avoidances_missed", 1);
    assert_true(fabs(run_metric(&run, "avoidance_propellant_kg") -
                     iss_burn_mass(420e3, 1, 2900)) < 1e-6);
    double before = iss_at(&run.outcome, orbit, before, real)[0];
    assert_true(fabs(iss_at(&run.outcome, orbit, after, real)[0] + RADIUS -
                     iss_burn_axis(MU, RADIUS + before, 1)) < 1e-9);
    assert_true(iss_at(&run.outcome, orbit, avoidance, flag)[0]);
    run_end(&run);
}

static void
without_an_orbit_nothing_is_said(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, NULL);
    assert_true(isnan(run_metric(&run, "altitude_km")));
    assert_true(isnan(run_metric(&run, "altitude_min_km")));
    assert_true(isnan(run_metric(&run, "altitude_max_km")));
    ASSERT_METRIC(&run, "reboosts", 0);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_raised_each_time_that_it_has_sunk),
        cmocka_unit_test(the_sun_makes_the_air_denser),
        cmocka_unit_test(a_reboost_takes_its_propellant_from_the_stock),
        cmocka_unit_test(a_reboost_goes_as_far_as_the_propellant_lasts),
        cmocka_unit_test(it_waits_for_propellant),
        cmocka_unit_test(it_waits_for_an_engine),
        cmocka_unit_test(whoever_is_aboard_leaves_before_it_comes_down),
        cmocka_unit_test(what_is_in_the_way_is_avoided),
        cmocka_unit_test(without_an_orbit_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
