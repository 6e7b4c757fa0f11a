/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_orbit.c - an orbit lacks nothing that its decay follows from, and its
 * heights are in order.
 */
#include "unit/model/finding.h"

#define ORBIT                                                                          \
    "orbit={altitude=410; floor=400; target=412; mass=420000; drag=2640; "             \
    "density=3.7e-12; scale_height=58;}"

static void
an_orbit_lacks_nothing(void **state)
{
    (void)state;
    assert_finding(NULL, SET(ORBIT));
    assert_finding("orbit.altitude: is missing: the rest says nothing without it",
                   SET("orbit.floor=400"));
    assert_finding("orbit.mass: is missing: the altitude needs it",
                   SET("orbit={altitude=410; floor=400; target=412; drag=2640; "
                       "density=3.7e-12; scale_height=58;}"));
    assert_finding("orbit.exhaust: is missing",
                   SET(ORBIT, "resources.fuel.stock=9", "orbit.propellant='fuel'"));
    assert_finding(NULL, SET(ORBIT, "resources.fuel.stock=9", "orbit.propellant='fuel'",
                             "orbit.exhaust=2900"));
    assert_finding("orbit.boosters: is missing: without engines of its own",
                   SET(ORBIT, "orbit.own=false"));
    assert_finding(NULL, SET(ORBIT, "orbit.own=false", "orbit.boosters=['barge']",
                             "flights.B={vehicle='barge'; launch=@10;}"));
    assert_finding("orbit.avoidance_speed: says nothing: avoidance is missing",
                   SET(ORBIT, "orbit.avoidance_speed=1"));
}

static void
heights_are_in_order(void **state)
{
    (void)state;
    assert_finding(
        "orbit.target: must be above floor; got 400 km; allowed above 400 km",
        SET(ORBIT, "orbit.target=400"));
    assert_finding("orbit.least: is more than from floor to target; got 13 km; allowed "
                   "up to 12 km",
                   SET(ORBIT, "orbit.least=13"));
    assert_finding("orbit.critical: must be below floor; got 400 km",
                   SET(ORBIT, "orbit.critical=400"));
    assert_finding("orbit.altitude: must be above critical; got 190 km",
                   SET(ORBIT, "orbit.altitude=190"));
    assert_finding("orbit.leave: must be between critical and floor; got 200 km; "
                   "allowed 200 to 400 km",
                   SET(ORBIT, "orbit.leave=200"));
    assert_finding(NULL, SET(ORBIT, "orbit.leave=300"));
    assert_finding("orbit.drag: out of range", SET(ORBIT, "orbit.drag=0"));
}

static void
the_sun_and_what_must_be_avoided_make_sense(void **state)
{
    (void)state;
    assert_finding(NULL,
                   SET(ORBIT, "orbit.solar=({at=@5; factor=1;},{at=@6; factor=2;})"));
    assert_finding("orbit.solar[1].at: must be after the row before",
                   SET(ORBIT, "orbit.solar=({at=@5; factor=1;},{at=@5; factor=2;})"));
    assert_finding("orbit.avoidance: makes too many; got a mean of 0 d",
                   SET(ORBIT, "orbit.avoidance=0"));
}

static void
the_sun_s_angle_needs_a_plane(void **state)
{
    (void)state;
    assert_finding(NULL, SET(ORBIT, "orbit.inclination=51.6", "orbit.node=9",
                             "orbit.beta_limit=60", "vehicles.barge.beta_limit=60"));
    assert_finding("orbit.node: is missing: where the plane lies needs it",
                   SET(ORBIT, "orbit.inclination=51.6"));
    assert_finding("orbit.beta_limit: needs inclination and node",
                   SET(ORBIT, "orbit.beta_limit=60"));
    assert_finding(
        "vehicles.barge.beta_limit: needs an orbit with inclination and node",
        SET(ORBIT, "vehicles.barge.beta_limit=60"));
    assert_finding("orbit.inclination: can't be uncertain",
                   SET(ORBIT, "orbit.node=9",
                       "orbit.inclination={uncertain={"
                       "dist='uniform'; min=50; max=52;};}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_orbit_lacks_nothing),
        cmocka_unit_test(heights_are_in_order),
        cmocka_unit_test(the_sun_s_angle_needs_a_plane),
        cmocka_unit_test(the_sun_and_what_must_be_avoided_make_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
