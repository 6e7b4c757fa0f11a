/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_decay.c - sinking in closed form against a fine integration of the same
 * equation, and what manoeuvres cost.
 */
#include "unit/kernel/near.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

#include <string.h>

#include "kernel/decay.h"

#define MU     398600.4418
#define RADIUS 6378.137

/* A body like the space station: 420 t, 4,000 m2 with its drag coefficient. */
static const struct iss_decay station = {
    .reference_km = RADIUS + 400, .scale_km = 58.5, .rate = 0};

static const struct iss_knot cycle[] = {
    {0, 0.4, 0}, {700, 1.9, 0}, {1500, 1.2, 0}, {2500, 0.3, 0}};
enum { KNOTS = sizeof cycle / sizeof *cycle };

static struct iss_decay
of_station(void)
{
    struct iss_decay decay = station;
    decay.rate = iss_decay_rate(3.7e-12, 4000, 420e3, MU);
    return decay;
}

static double
level_at(double at_d)
{
    if (at_d <= cycle[0].at_d) {
        return cycle[0].level;
    }
    for (int i = 1; i < KNOTS; i++) {
        if (at_d <= cycle[i].at_d) {
            double part =
                (at_d - cycle[i - 1].at_d) / (cycle[i].at_d - cycle[i - 1].at_d);
            return cycle[i - 1].level + part * (cycle[i].level - cycle[i - 1].level);
        }
    }
    return cycle[KNOTS - 1].level;
}

/* The equation itself, in SI units and by the second, so that no factor is shared. */
static int
sink(double at_s, const double axis_m[], double rate[], void *parameters)
{
    double density = 3.7e-12 * level_at(at_s / 86400) *
                     exp(-(axis_m[0] - (RADIUS + 400) * 1000) / 58500.0);

    (void)parameters;
    rate[0] = -density * 4000 / 420e3 * sqrt(MU * 1e9 * axis_m[0]);
    return GSL_SUCCESS;
}

/* The axis in km after each of `days` days, by classical Runge-Kutta steps of six
 * hours. */
static double
integrated(double from_km, double from_d, double to_d)
{
    gsl_odeiv2_system system = {sink, NULL, 1, NULL};
    gsl_odeiv2_step *step = gsl_odeiv2_step_alloc(gsl_odeiv2_step_rk4, 1);
    double axis_m[] = {from_km * 1000}, error[1];

    for (double at_d = from_d; at_d < to_d; at_d += 0.25) {
        assert_int_equal(gsl_odeiv2_step_apply(step, at_d * 86400, 21600, axis_m, error,
                                               NULL, NULL, &system),
                         GSL_SUCCESS);
    }
    gsl_odeiv2_step_free(step);
    return axis_m[0] / 1000;
}

static void
a_body_sinks_as_the_equation_integrated_says(void **state)
{
    struct iss_decay decay = of_station();
    struct iss_knot knots[KNOTS];

    (void)state;
    memcpy(knots, cycle, sizeof knots);
    iss_knots_sum(knots, KNOTS);
    const double from[][3] = {{420, 0, 90},
                              {410, 300, 360},
                              {400, 650, 750},
                              {430, 0, 300},
                              {480, 1400, 2400}};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        double axis = RADIUS + from[i][0];
        double exposure = iss_knots_area(knots, KNOTS, from[i][2]) -
                          iss_knots_area(knots, KNOTS, from[i][1]);
        double sunk = iss_decay_axis(&decay, axis, exposure);
        assert_true(sunk < axis - 1); /* it matters */
        assert_near(sunk, integrated(axis, from[i][1], from[i][2]), 1e-6);
    }
}

static void
the_time_until_a_height_is_the_inverse(void **state)
{
    struct iss_decay decay = of_station();

    (void)state;
    for (double to_km = 250; to_km < 420; to_km += 7) {
        double exposure = iss_decay_exposure(&decay, RADIUS + 420, RADIUS + to_km);
        assert_true(exposure > 0);
        assert_near(iss_decay_axis(&decay, RADIUS + 420, exposure), RADIUS + to_km,
                    1e-8);
    }
    assert_near(iss_decay_exposure(&decay, RADIUS + 420, RADIUS + 420), 0, 0);
    assert_true(iss_decay_exposure(&decay, RADIUS + 400, RADIUS + 410) < 0);
}

static void
nothing_sinks_below_the_ground(void **state)
{
    struct iss_decay decay = of_station();
    double far = iss_decay_exposure(&decay, RADIUS + 400, 1);

    (void)state;
    assert_near(iss_decay_axis(&decay, RADIUS + 400, 2 * far), 0, 0);
    assert_near(iss_decay_axis(&decay, RADIUS + 400, 0), RADIUS + 400, 0);
}

static void
the_area_of_the_factor_is_its_integral(void **state)
{
    struct iss_knot knots[KNOTS];

    (void)state;
    memcpy(knots, cycle, sizeof knots);
    iss_knots_sum(knots, KNOTS);
    double sum = iss_knots_area(knots, KNOTS, -10), step = 1.0 / 16;
    assert_near(sum, -4, 1e-12);
    for (double at = -10; at < 3000; at += step) {
        sum += step * level_at(at + step / 2); /* exact but where it turns */
    }
    assert_near(iss_knots_area(knots, KNOTS, 3000), sum, 1e-2);
    assert_near(iss_knots_area(knots, KNOTS, 3000),
                700 * 1.15 + 800 * 1.55 + 1000 * 0.75 + 500 * 0.3, 1e-9);
}

static void
the_time_of_an_area_is_the_inverse(void **state)
{
    struct iss_knot knots[KNOTS];

    (void)state;
    memcpy(knots, cycle, sizeof knots);
    iss_knots_sum(knots, KNOTS);
    for (double at = -50; at < 4000; at += 13.7) {
        double area = iss_knots_area(knots, KNOTS, at);
        assert_near(iss_knots_reach(knots, KNOTS, area), at, 1e-9);
    }
    assert_near(iss_knots_area(NULL, 0, 12.5), 12.5, 0);
    assert_near(iss_knots_reach(NULL, 0, 12.5), 12.5, 0);
}

/* From 6,678 km to 42,164 km: 2.4258 and 1.4668 km/s (Curtis, Orbital Mechanics for
 * Engineering Students, has 3.893 km/s for nearly the same). */
static void
a_transfer_costs_what_hohmann_says(void **state)
{
    double half = (6678.0 + 42164.0) / 2;
    double first = sqrt(MU * (2 / 6678.0 - 1 / half)) - sqrt(MU / 6678);
    double second = sqrt(MU / 42164) - sqrt(MU * (2 / 42164.0 - 1 / half));

    (void)state;
    assert_near(iss_burn_speed(MU, 6678, 42164), 1000 * (first + second), 1e-6);
    assert_near(iss_burn_speed(MU, 6678, 42164), 3893, 1);
    assert_near(iss_burn_speed(MU, 42164, 6678), 1000 * (first + second), 1e-6);
    /* Low down, a kilometre is a bit more than half a metre a second. */
    assert_near(iss_burn_speed(MU, RADIUS + 410, RADIUS + 411), 0.5644, 1e-4);
}

static void
the_height_that_a_burn_reaches_is_the_inverse(void **state)
{
    (void)state;
    for (double by = 0.01; by < 3000; by *= 1.7) {
        double speed = iss_burn_speed(MU, RADIUS + 400, RADIUS + 400 + by);
        assert_near(iss_burn_axis(MU, RADIUS + 400, speed), RADIUS + 400 + by, 1e-8);
    }
    assert_near(iss_burn_axis(MU, RADIUS + 400, 0), RADIUS + 400, 0);
}

/* What bisection alone finds. */
static double
bisect(double from_km, double speed_m_s)
{
    double low = from_km, high = 2 * from_km;

    for (;;) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high) {
            return low;
        }
        *(iss_burn_speed(MU, from_km, middle) <= speed_m_s ? &low : &high) = middle;
    }
}

static void
the_height_that_a_burn_reaches_is_to_the_last_digit_that_of_bisection(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        double from = RADIUS + 330 + 0.0371 * i, speed = 1e-12 * pow(1.011, i % 3001);
        assert_true(iss_burn_axis(MU, from, speed) == bisect(from, speed));
    }
}

static void
a_burn_uses_what_tsiolkovsky_says(void **state)
{
    (void)state;
    /* exp(-1) is left when the speed is that of the exhaust. */
    assert_near(iss_burn_mass(1000, 3000, 3000), 1000 * (1 - exp(-1)), 1e-9);
    assert_near(iss_burn_mass(420e3, 1, 2900), 144.8, 0.05);
    for (double used = 1e-6; used < 1000; used *= 5) {
        double gain = iss_burn_gain(1000, used, 2900);
        assert_near(iss_burn_mass(1000, gain, 2900), used, 1e-12 + 1e-12 * used);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_sinks_as_the_equation_integrated_says),
        cmocka_unit_test(the_time_until_a_height_is_the_inverse),
        cmocka_unit_test(nothing_sinks_below_the_ground),
        cmocka_unit_test(the_area_of_the_factor_is_its_integral),
        cmocka_unit_test(the_time_of_an_area_is_the_inverse),
        cmocka_unit_test(a_transfer_costs_what_hohmann_says),
        cmocka_unit_test(the_height_that_a_burn_reaches_is_the_inverse),
        cmocka_unit_test(
            the_height_that_a_burn_reaches_is_to_the_last_digit_that_of_bisection),
        cmocka_unit_test(a_burn_uses_what_tsiolkovsky_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
