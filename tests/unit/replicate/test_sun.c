/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sun.c - launches, dockings and spacewalks wait while the sun stands too far from
 * the orbit's plane: at the outpost from day 45 to 50, and from 135 to 143.
 */
#include <math.h>

#include "kernel/sun.h"
#include "unit/replicate/run.h"

#define ORBIT                                                                          \
    "orbit={altitude=402; floor=400; target=403; mass='420 t'; drag=40; "              \
    "density=3.7e-12; scale_height=58.5; inclination=51.64; node=120;}"
#define LATER                                                                          \
    "flights.First.undock=@250",                                                       \
        "flights.Later={vehicle='barge'; launch=@135; port='south';}"
#define KINDS "SUN_WAIT LAUNCHED DOCKED"

/* When beta passes 60 degrees after `from_d`. */
static double
passes(double from_d)
{
    struct iss_plane plane = {51.64, 120,
                              iss_plane_precession(51.64, 6378.137 + 401.5, 6378.137,
                                                   398600.4418, 1.08262668e-3),
                              10957.5};
    double at_d;

    assert_true(iss_plane_passes(&plane, 60, from_d, from_d + 30, &at_d));
    return at_d;
}

/* The day of the event `kind` of the flight or spacewalk. */
static double
day_of(struct run *run, enum iss_event_kind kind)
{
    double day = -1;

    for (size_t i = 0; i < run->outcome.tables[ISS_TABLE_events].rows; i++) {
        if (iss_at(&run->outcome, events, type, code)[i] == kind &&
            iss_at(&run->outcome, events, time, time)[i] > 0) {
            day = iss_days_from_us(iss_at(&run->outcome, events, time, time)[i]);
        }
    }
    return day;
}

static void
a_launch_waits_to_arrive_in_better_light(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(ORBIT, LATER, "vehicles.barge.beta_limit=60", "scenario.end=@150"));
    double clear_d = passes(140);
    assert_true(fabs(day_of(&run, ISS_EVENT_SUN_WAIT) - 135) < 1e-9);
    assert_true(fabs(run_value(&run, ISS_EVENT_SUN_WAIT) - (clear_d - 136)) < 1e-6);
    assert_true(fabs(day_of(&run, ISS_EVENT_LAUNCHED) - (clear_d - 1)) < 1e-6);
    assert_true(fabs(day_of(&run, ISS_EVENT_DOCKED) - clear_d) < 1e-6);
    ASSERT_METRIC(&run, "sun_waits", 1);
    ASSERT_METRIC(&run, "beta_closed_d", 0);
    run_end(&run);
    run_outpost(&run,
                SET(ORBIT, LATER, "vehicles.barge.beta_limit=72", "scenario.end=@150"));
    ASSERT_STORY(&run, KINDS, "135 LAUNCHED Later\n136 DOCKED Later south\n");
    run_end(&run);
}

/* Its way is longer than that of its type, by which it was launched. */
static void
one_in_free_flight_waits_if_it_can(void **state)
{
#define LONG "vehicles.barge.profiles=({name='long'; share=1; rendezvous=96;})"
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT, LATER, LONG, "flights.Later.launch=@132",
                          "vehicles.barge.beta_limit=60", "scenario.end=@150"));
    assert_true(fabs(day_of(&run, ISS_EVENT_SUN_WAIT) - 136) < 1e-9);
    assert_true(fabs(day_of(&run, ISS_EVENT_DOCKED) - passes(140)) < 1e-6);
    run_end(&run);
    run_outpost(&run, SET(ORBIT, LATER, LONG, "flights.Later.launch=@132",
                          "vehicles.barge.beta_limit=60", "scenario.end=@150",
                          "vehicles.barge.free_flight_life=6"));
    ASSERT_STORY(&run, KINDS, "132 LAUNCHED Later\n136 DOCKED Later south\n");
    run_end(&run);
}

static void
a_spacewalk_waits_for_the_sun(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ORBIT, "orbit.beta_limit=60", "scenario.end=@90",
                          "eva.walk={segment='core'; first=@46; duration=6;}"));
    double shut_d = passes(40), clear_d = passes(47);
    assert_true(fabs(day_of(&run, ISS_EVENT_EVA_POSTPONED) - 46) < 1e-9);
    assert_true(run_value(&run, ISS_EVENT_EVA_POSTPONED) == ISS_EVA_SUN);
    assert_true(fabs(day_of(&run, ISS_EVENT_EVA_BEGINS) - clear_d) < 1e-6);
    assert_true(fabs(run_metric(&run, "beta_closed_d") - (clear_d - shut_d)) < 1e-6);
    run_end(&run);
    /* To the end of the mission, if that comes first. */
    run_outpost(&run, SET(ORBIT, "orbit.beta_limit=60", "scenario.end=@48",
                          "eva.walk={segment='core'; first=@46; duration=6;}"));
    ASSERT_METRIC(&run, "evas", 0);
    ASSERT_METRIC(&run, "evas_lost", 1);
    assert_true(fabs(run_metric(&run, "beta_closed_d") - (48 - shut_d)) < 1e-6);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_waits_to_arrive_in_better_light),
        cmocka_unit_test(one_in_free_flight_waits_if_it_can),
        cmocka_unit_test(a_spacewalk_waits_for_the_sun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
