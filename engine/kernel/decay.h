/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/decay.h - a body in a circular orbit: how drag lowers it, and what raises it.
 *
 * With a density that falls off exponentially with height and rises and falls with a
 * factor f(t), the semi-major axis a of a circular orbit obeys
 *
 *     da/dt = -f(t) rho(a) (Cd A / m) sqrt(mu a),   rho(a) = rho0 exp((a0 - a) / H)
 *
 * (King-Hele, Satellite Orbits in an Atmosphere, 1987, chapter 4, for eccentricity 0).
 * It separates: how far the body sinks depends on the integral of f alone, its
 * exposure, which is counted in days at factor 1, and
 *
 *     integral of exp((a - a0) / H) / sqrt(a) da = 2 sqrt(H) exp((a - a0) / H) D(sqrt(a
 * / H))
 *
 * with Dawson's integral D.  So both the height after a time and the time until a
 * height are known without a step in between.  Lengths are km, times d, speeds m/s.
 */
#ifndef ISS_KERNEL_DECAY_H
#define ISS_KERNEL_DECAY_H

#include <stdint.h>

struct iss_decay {
    double reference_km; /* the axis at which the density is as given, above 0 */
    double scale_km;     /* H, above 0 */
    double rate;         /* rho0 (Cd A / m) sqrt(mu) in sqrt(km) a day; above 0 */
};

/** The rate of a body of `mass_kg` with `drag_m2` (Cd A) where the density is
 *  `density_kg_m3`, about a body whose gravity is `mu` (km3/s2). */
double iss_decay_rate(double density_kg_m3, double drag_m2, double mass_kg, double mu);

/* What of the integral belongs to one axis: D is slow, and the heights are few between
 * which a body goes up and down. */
struct iss_depth {
    double axis_km;
    double reduced; /* 2 sqrt(H) D(sqrt(a / H)) */
    double raised;  /* exp((a - a0) / H) */
};

/** That of `axis_km`, above 0. */
struct iss_depth iss_decay_depth(const struct iss_decay *decay, double axis_km);

/** iss_decay_exposure() and iss_decay_axis() of axes whose depths are known. */
double iss_decay_exposure_between(const struct iss_decay *decay,
                                  const struct iss_depth *from,
                                  const struct iss_depth *to);
double iss_decay_axis_below(const struct iss_decay *decay, const struct iss_depth *from,
                            double exposure_d);

/** Days at factor 1 until it has sunk from axis `from_km` to `to_km`; below 0 when
 * `to_km` is the higher one. */
double iss_decay_exposure(const struct iss_decay *decay, double from_km, double to_km);

/** The axis after `exposure_d` (0 or more) days at factor 1; 0 when it has come down.
 */
double iss_decay_axis(const struct iss_decay *decay, double from_km, double exposure_d);

/* ---- the factor ---------------------------------------------------------------- */

/* A point of a factor that is linear between the points, and level before and after
 * them. */
struct iss_knot {
    double at_d, level; /* times rise; levels are above 0 */
    double area_d;      /* of the factor, from the first knot on */
};

/** Fill in the areas. */
void iss_knots_sum(struct iss_knot *knots, int32_t count);

/** The integral of the factor from the first knot to `at_d`, below 0 before it; at_d
 *  itself (factor 1) when there is no knot. */
double iss_knots_area(const struct iss_knot *knots, int32_t count, double at_d);

/** When the integral is `area_d`: the inverse. */
double iss_knots_reach(const struct iss_knot *knots, int32_t count, double area_d);

/* ---- manoeuvres ---------------------------------------------------------------- */

/** The change of speed (m/s) of a Hohmann transfer between circular orbits. */
double iss_burn_speed(double mu, double from_km, double to_km);

/** The axis of the circular orbit above `from_km` to which a Hohmann transfer of
 *  `speed_m_s` (0 to a third of the orbit's speed) leads. */
double iss_burn_axis(double mu, double from_km, double speed_m_s);

/** What of a body's `mass` (Tsiolkovsky's equation) a change of speed uses up with an
 *  exhaust of `exhaust_m_s`, in the unit of the mass; and the inverse. */
double iss_burn_mass(double mass, double speed_m_s, double exhaust_m_s);
double iss_burn_gain(double mass, double used, double exhaust_m_s);

#endif
