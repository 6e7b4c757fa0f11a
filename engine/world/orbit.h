/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/orbit.h - how high the station is, and what raises it.
 *
 * Between manoeuvres its height follows from the last one's in closed form
 * (kernel/decay.h), so that nothing looks at it day by day: when it comes to a height
 * that matters is worked out, rounded up to the next microsecond, and scheduled
 * (ALTITUDE_DUE).  That event sets the height, so that no rounding makes it come twice.
 *
 * The orbit is the forecast's: before it begins there is none.
 */
#ifndef ISS_WORLD_ORBIT_H
#define ISS_WORLD_ORBIT_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/decay.h"
#include "model/model.h"

struct iss_world;

/* A change of speed, planned or made. */
struct iss_burn {
    int32_t flight; /* the docked vehicle that makes it; -1 the station's own engines */
    double from_km, to_km; /* axes */
    double speed_m_s;
    int64_t used_mg; /* propellant */
};

struct iss_orbit_state {
    bool flies; /* it is followed: the forecast has begun, and there is one */
    bool held;  /* a reboost waits for engines or propellant, */
    bool low;   /* and everyone has been told to leave */
    struct iss_decay decay;
    int32_t knots;            /* of world->solar */
    int64_t since_us;         /* the height was axis_km then; */
    double axis_km;           /* heights are counted from the body's centre here */
    double goal_km;           /* at which its ALTITUDE_DUE comes */
    struct iss_depth at;      /* that of axis_km */
    struct iss_depth seen[4]; /* the last ones asked for, the last first: most ways lead
                                 from the target to the floor */
    double floor_km, target_km, critical_km;
    double leave_km; /* NaN: nobody leaves because of it */
    double least_km; /* of a reboost: a difference */
    double lowest_km, highest_km;
    double mass_kg, exhaust_m_s; /* exhaust: NaN where propellant isn't counted */
    double mu, radius_km;
    int64_t reboosts, avoidances, missed; /* made, and missed: avoidances not made */
    int64_t reboost_mg, avoidance_mg;     /* what they used up */
    uint64_t threats;                     /* avoidances due so far */
    struct iss_burn last;                 /* the last one made */
};

/** The forecast begins: the orbit is that of the scenario. */
void iss_orbit_begin(struct iss_world *world);

/** Altitude now, in km above the body's radius, and the lowest and highest so far; NaN
 *  when it isn't followed, and now also when the station is lost. */
double iss_orbit_altitude_km(const struct iss_world *world);
/** The first of them at a moment from the last event to the next. */
double iss_orbit_altitude_at(const struct iss_world *world, int64_t time_us);
double iss_orbit_lowest_km(const struct iss_world *world);
double iss_orbit_highest_km(const struct iss_world *world);

/** It has come to its goal: it is there exactly. */
void iss_orbit_reach(struct iss_world *world);

/** Put the next height that matters on the calendar: the floor or, while a reboost
 *  waits, where everyone leaves, and the critical one. */
void iss_orbit_schedule(struct iss_world *world);

/** The axis now. */
double iss_orbit_axis_km(const struct iss_world *world);

/** What a manoeuvre uses up that leads from the present axis, burn->from_km, to
 * `to_km`, in `burn`, of the propellant that there is at most: then to_km is less.  The
 * flight is the caller's to fill in too. */
void iss_orbit_plan(const struct iss_world *world, double to_km, struct iss_burn *burn);

/** Make it: the height changes, and the propellant is taken from its stock. */
void iss_orbit_burn(struct iss_world *world, const struct iss_burn *burn);

/** When the window ends that `at_us` lies in; at_us itself outside of them. */
int64_t iss_orbit_clear_from(const struct iss_rows *glare, int64_t at_us);

/** NULL, or what is wrong with the orbit, in words. */
const char *iss_orbit_check(const struct iss_world *world);

#endif
