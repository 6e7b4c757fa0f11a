/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sun.c - the sun against the plane of an orbit, and when it passes a limit.
 */
#include "kernel/sun.h"

#include <math.h>

#define DEGREE (M_PI / 180)
#define STEP_D 0.25

double
iss_plane_precession(double inclination_deg, double axis_km, double radius_km,
                     double mu, double j2)
{
    double rad_s = -1.5 * j2 * pow(radius_km / axis_km, 2) *
                   sqrt(mu / (axis_km * axis_km * axis_km)) *
                   cos(inclination_deg * DEGREE);
    return rad_s / DEGREE * 86400;
}

double
iss_plane_beta(const struct iss_plane *plane, double at_d)
{
    double day = plane->j2000_d + at_d;
    double anomaly = (357.528 + 0.9856003 * day) * DEGREE;
    double longitude =
        (280.460 + 0.9856474 * day + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)) *
        DEGREE;
    double obliquity = (23.439 - 4e-7 * day) * DEGREE;
    double node = (plane->node_deg + plane->node_deg_per_d * at_d) * DEGREE;
    double inclination = plane->inclination_deg * DEGREE;

    return asin(cos(longitude) * sin(node) * sin(inclination) -
                sin(longitude) * cos(obliquity) * cos(node) * sin(inclination) +
                sin(longitude) * sin(obliquity) * cos(inclination)) /
           DEGREE;
}

static bool
is_above(const struct iss_plane *plane, double limit_deg, double at_d)
{
    return fabs(iss_plane_beta(plane, at_d)) > limit_deg;
}

/* A change within a step is found by bisection, to far below a microsecond's part. */
bool
iss_plane_passes(const struct iss_plane *plane, double limit_deg, double from_d,
                 double to_d, double *at_d)
{
    bool above = is_above(plane, limit_deg, from_d);
    double low = from_d, high = from_d;

    while (high < to_d && is_above(plane, limit_deg, high) == above) {
        low = high;
        high = fmin(high + STEP_D, to_d);
    }
    if (is_above(plane, limit_deg, high) == above) {
        return false;
    }
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (is_above(plane, limit_deg, middle) == above) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *at_d = high;
    return true;
}
