/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * decay.c - orbits that sink, in closed form, and the manoeuvres that raise them.
 */
#include "kernel/decay.h"

#include <math.h>

#include <gsl/gsl_sf_dawson.h>

enum { STEPS = 100 }; /* far more than any of the iterations needs */

#define S_PER_D  86400
#define M_PER_KM 1000

/* ---- sinking ------------------------------------------------------------------- */

double
iss_decay_rate(double density_kg_m3, double drag_m2, double mass_kg, double mu)
{
    return density_kg_m3 * (drag_m2 / mass_kg) * M_PER_KM * sqrt(mu) * S_PER_D;
}

/* The integral of the header, without exp((a - a0) / H). */
static double
reduced(const struct iss_decay *decay, double axis_km)
{
    return 2 * sqrt(decay->scale_km) * gsl_sf_dawson(sqrt(axis_km / decay->scale_km));
}

static double
raised(const struct iss_decay *decay, double axis_km)
{
    return exp((axis_km - decay->reference_km) / decay->scale_km);
}

double
iss_decay_exposure(const struct iss_decay *decay, double from_km, double to_km)
{
    return (raised(decay, from_km) * reduced(decay, from_km) -
            raised(decay, to_km) * reduced(decay, to_km)) /
           decay->rate;
}

/* Newton's method for the logarithm of the integral, which is nearly a straight line.
 */
double
iss_decay_axis(const struct iss_decay *decay, double from_km, double exposure_d)
{
    double axis_km = from_km, now = reduced(decay, axis_km);
    double left = raised(decay, from_km) * now - decay->rate * exposure_d;

    if (left <= 0) {
        return 0;
    }
    for (int i = 0; i < STEPS; i++) {
        double off =
            (axis_km - decay->reference_km) / decay->scale_km + log(now / left);
        double step = off * now * sqrt(axis_km);
        if (axis_km - step <= 0) {
            return 0;
        }
        axis_km -= step;
        if (fabs(step) < 1e-12 * axis_km) {
            break;
        }
        now = reduced(decay, axis_km);
    }
    return axis_km;
}

/* ---- the factor ---------------------------------------------------------------- */

void
iss_knots_sum(struct iss_knot *knots, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        knots[i].area_d = i == 0 ? 0
                                 : knots[i - 1].area_d +
                                       (knots[i].at_d - knots[i - 1].at_d) *
                                           (knots[i - 1].level + knots[i].level) / 2;
    }
}

/* The slope behind knot `i`, which may be the last. */
static double
slope(const struct iss_knot *knots, int32_t count, int32_t i)
{
    return i + 1 < count ? (knots[i + 1].level - knots[i].level) /
                               (knots[i + 1].at_d - knots[i].at_d)
                         : 0;
}

double
iss_knots_area(const struct iss_knot *knots, int32_t count, double at_d)
{
    int32_t i = 0;

    if (count == 0) {
        return at_d;
    }
    while (i + 1 < count && knots[i + 1].at_d <= at_d) {
        i++;
    }
    double past = at_d - knots[i].at_d;
    double steep = past < 0 ? 0 : slope(knots, count, i);
    return knots[i].area_d + past * (knots[i].level + steep * past / 2);
}

double
iss_knots_reach(const struct iss_knot *knots, int32_t count, double area_d)
{
    int32_t i = 0;

    if (count == 0) {
        return area_d;
    }
    while (i + 1 < count && knots[i + 1].area_d <= area_d) {
        i++;
    }
    double left = area_d - knots[i].area_d, level = knots[i].level;
    double steep = left < 0 ? 0 : slope(knots, count, i);
    return knots[i].at_d + 2 * left / (level + sqrt(level * level + 2 * steep * left));
}

/* ---- manoeuvres ---------------------------------------------------------------- */

double
iss_burn_speed(double mu, double from_km, double to_km)
{
    double half = (from_km + to_km) / 2;
    double first = sqrt(mu / from_km) * (sqrt(to_km / half) - 1);
    double second = sqrt(mu / to_km) * (1 - sqrt(from_km / half));

    return (fabs(first) + fabs(second)) * M_PER_KM;
}

/* By bisection, until the bounds are next to each other. */
double
iss_burn_axis(double mu, double from_km, double speed_m_s)
{
    double low = from_km, high = 2 * from_km;

    for (int i = 0; i < STEPS && iss_burn_speed(mu, from_km, high) < speed_m_s; i++) {
        high += from_km;
    }
    for (int i = 0; i < STEPS; i++) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high) {
            break;
        }
        if (iss_burn_speed(mu, from_km, middle) <= speed_m_s) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

double
iss_burn_mass(double mass, double speed_m_s, double exhaust_m_s)
{
    return -mass * expm1(-speed_m_s / exhaust_m_s);
}

double
iss_burn_gain(double mass, double used, double exhaust_m_s)
{
    return -exhaust_m_s * log1p(-used / mass);
}
