/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * decay.c - orbits that sink, in closed form, and the manoeuvres that raise them.
 */
#include "kernel/decay.h"

#include <math.h>

#include <gsl/gsl_sf_dawson.h>

enum { STEPS = 100 }; /* far more than any of the iterations needs */

#define NEAR 1e-12 /* of an axis: a thousand times what rounding does to it */

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

struct iss_depth
iss_decay_depth(const struct iss_decay *decay, double axis_km)
{
    return (struct iss_depth){axis_km, reduced(decay, axis_km), raised(decay, axis_km)};
}

double
iss_decay_exposure_between(const struct iss_decay *decay, const struct iss_depth *from,
                           const struct iss_depth *to)
{
    return (from->raised * from->reduced - to->raised * to->reduced) / decay->rate;
}

double
iss_decay_exposure(const struct iss_decay *decay, double from_km, double to_km)
{
    struct iss_depth from = iss_decay_depth(decay, from_km);
    struct iss_depth to = iss_decay_depth(decay, to_km);

    return iss_decay_exposure_between(decay, &from, &to);
}

/* Newton's method for the logarithm of the integral, which is nearly a straight line.
 */
double
iss_decay_axis_below(const struct iss_decay *decay, const struct iss_depth *from,
                     double exposure_d)
{
    double axis_km = from->axis_km, now = from->reduced;
    double left = from->raised * now - decay->rate * exposure_d;

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

double
iss_decay_axis(const struct iss_decay *decay, double from_km, double exposure_d)
{
    struct iss_depth from = iss_decay_depth(decay, from_km);

    return iss_decay_axis_below(decay, &from, exposure_d);
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

/* Bounds between which the axis lies: so close, from secants, that few steps are left,
 * and so far apart that rounding doesn't matter at them.  Not to be had: -1 and
 * infinity. */
static void
surround(double mu, double from_km, double speed_m_s, double *below, double *above)
{
    double one = from_km, one_speed = 0, other = from_km * 1.0001;

    *below = -1;
    *above = INFINITY;
    for (int i = 0; i < 8 && fabs(other - one) > 1e-9 * from_km; i++) {
        double speed = iss_burn_speed(mu, from_km, other);
        double next = other + (speed_m_s - speed) * (other - one) / (speed - one_speed);
        if (!(next > from_km && next < 2 * from_km)) {
            return;
        }
        one = other;
        one_speed = speed;
        other = next;
    }
    if (iss_burn_speed(mu, from_km, other - NEAR * from_km) < speed_m_s &&
        iss_burn_speed(mu, from_km, other + NEAR * from_km) > speed_m_s) {
        *below = other - NEAR * from_km;
        *above = other + NEAR * from_km;
    }
}

/* By bisection, until the bounds are next to each other. */
double
iss_burn_axis(double mu, double from_km, double speed_m_s)
{
    double low = from_km, high = 2 * from_km, below, above;

    surround(mu, from_km, speed_m_s, &below, &above);
    for (int i = 0; i < STEPS && iss_burn_speed(mu, from_km, high) < speed_m_s; i++) {
        high += from_km;
    }
    for (int i = 0; i < STEPS; i++) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high) {
            break;
        }
        if (middle <= below ||
            (middle < above && iss_burn_speed(mu, from_km, middle) <= speed_m_s)) {
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
