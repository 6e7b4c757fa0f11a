/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/sun.h - how high the sun stands above the plane of an orbit about the Earth.
 *
 * The beta angle is that between the direction of the sun and the orbit's plane:
 *
 *     sin beta = cos L sin N sin i - sin L cos e cos N sin i + sin L sin e cos i
 *
 * with the sun's ecliptic longitude L, the obliquity e of the ecliptic, the inclination
 * i and the right ascension N of the ascending node (Rickman, Introduction to On-Orbit
 * Thermal Environments, NASA 2014).  The sun is that of the Astronomical Almanac's low
 * precision formula, good to 0.01 degrees from 1950 to 2050.  The node moves evenly:
 * dN/dt = -3/2 J2 (R / a)^2 sqrt(mu / a^3) cos i (the first order in J2).
 */
#ifndef ISS_KERNEL_SUN_H
#define ISS_KERNEL_SUN_H

#include <stdbool.h>

struct iss_plane {
    double inclination_deg;
    double node_deg;       /* at time 0 */
    double node_deg_per_d; /* how fast it moves */
    double j2000_d;        /* time 0 in days after 2000-01-01T12:00Z */
};

/** How fast the node of a circular orbit moves, in degrees a day. */
double iss_plane_precession(double inclination_deg, double axis_km, double radius_km,
                            double mu, double j2);

/** The beta angle in degrees, -90 to 90, `at_d` days after time 0. */
double iss_plane_beta(const struct iss_plane *plane, double at_d);

/** The first time after `from_d`, up to `to_d`, at which |beta| passes `limit_deg` in
 *  either direction; false when it doesn't.  An excursion of less than six hours may be
 *  missed. */
bool iss_plane_passes(const struct iss_plane *plane, double limit_deg, double from_d,
                      double to_d, double *at_d);

#endif
