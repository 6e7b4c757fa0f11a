/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sun.c - the sun against orbits' planes whose answer is plain.
 */
#include "unit/kernel/near.h"

#include "kernel/sun.h"

/* 2024-03-20T03:06Z, 2024-06-20T20:51Z: equinox and solstice (Astronomical Almanac). */
#define EQUINOX  8844.629
#define SOLSTICE 8937.369

/* At the equinox the sun is in the equator, at the vernal point. */
static void
the_sun_stands_where_the_seasons_say(void **state)
{
    struct iss_plane equator = {0, 0, 0, EQUINOX};
    struct iss_plane polar = {90, 90, 0, EQUINOX};

    (void)state;
    assert_near(iss_plane_beta(&equator, 0), 0, 0.02);
    assert_near(iss_plane_beta(&polar, 0), 90, 0.05);
    polar.node_deg = 0;
    assert_near(iss_plane_beta(&polar, 0), 0, 0.02);
    equator.j2000_d = SOLSTICE;
    assert_near(iss_plane_beta(&equator, 0), 23.436, 0.01);
    /* Inclined towards the sun, or away from it. */
    struct iss_plane inclined = {51.64, 180, 0, SOLSTICE};
    assert_near(iss_plane_beta(&inclined, 0), 23.436 + 51.64, 0.02);
    inclined.node_deg = 0;
    assert_near(iss_plane_beta(&inclined, 0), 23.436 - 51.64, 0.02);
}

/* Once round the year at an altitude of 787 km and 98.55 degrees, 5.0 degrees a day
 * westwards at the station's. */
static void
nodes_move_as_is_known(void **state)
{
    (void)state;
    assert_near(iss_plane_precession(98.55, 6378.137 + 787, 6378.137, 398600.4418,
                                     1.08262668e-3),
                360 / 365.2422, 2e-3);
    assert_near(iss_plane_precession(51.64, 6378.137 + 415, 6378.137, 398600.4418,
                                     1.08262668e-3),
                -4.97, 0.05);
    assert_near(iss_plane_precession(90, 7000, 6378, 398600, 1e-3), 0, 1e-12);
}

static void
it_passes_a_limit_where_beta_is_the_limit(void **state)
{
    struct iss_plane plane = {51.64, 10, -4.97, EQUINOX};
    double at = 0, last = 0;
    int count = 0;

    (void)state;
    while (iss_plane_passes(&plane, 60, last, 365, &at)) {
        assert_true(at > last);
        assert_near(fabs(iss_plane_beta(&plane, at)), 60, 1e-6);
        bool before = fabs(iss_plane_beta(&plane, at - 0.1)) > 60;
        assert_true(before != (fabs(iss_plane_beta(&plane, at + 0.1)) > 60));
        assert_int_equal(before, count % 2);
        last = at;
        count++;
    }
    assert_true(count >= 4);
    assert_false(iss_plane_passes(&plane, 76, 0, 3650, &at));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sun_stands_where_the_seasons_say),
        cmocka_unit_test(nodes_move_as_is_known),
        cmocka_unit_test(it_passes_a_limit_where_beta_is_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
