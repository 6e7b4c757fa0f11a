/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * orbit.c - the station sinks, and is raised again.
 *
 *     sinking --ALTITUDE_DUE: at the floor--> REBOOSTED --> sinking
 *        |                          '--no engine, or too little propellant-->
 *        |                             REBOOST_HELD: waits for a ship or its cargo
 *        |                               |          '--> REBOOSTED
 *        |                               '--ALTITUDE_DUE: low--> ALTITUDE_LOW: everyone
 *        |                                  leaves --ALTITUDE_DUE--> STATION_LOST
 *        '--AVOIDANCE_DUE--> AVOIDED, which raises it too, or AVOIDANCE_MISSED
 *
 * A manoeuvre is made by a sound vehicle that is docked or, without one, by the
 * station's own engines.
 *
 * Owns world->orbit's counts and what it waits for.  Draws AVOIDANCE and
 * AVOIDANCE_SPEED about the station, by their number.
 */
#include <math.h>

#include "policy/policy.h"
#include "process/process.h"

/* ---- engines ------------------------------------------------------------------- */

/* The first docked vehicle of the first type that has one; -1 none. */
static int32_t
find_booster(const struct iss_world *world)
{
    const struct iss_ids *types = &world->model->orbit.boosters;

    for (int32_t k = 0; k < types->count; k++) {
        for (int32_t i = 0; i < world->model->ports.count; i++) {
            int32_t flight = world->berths[i].flight;
            if (flight >= 0 && world->flights[flight].vehicle == types->at[k] &&
                world->flights[flight].phase == ISS_FLIGHT_DOCKED &&
                world->flights[flight].condition == ISS_SOUND) {
                return flight;
            }
        }
    }
    return -1;
}

/* Whether there is an engine for a manoeuvre from the present axis to `to_km`, which is
 * then planned as far as propellant lasts. */
static bool
plan(const struct iss_world *world, double from_km, double to_km, struct iss_burn *burn)
{
    burn->from_km = from_km;
    burn->flight = find_booster(world);
    iss_orbit_plan(world, to_km, burn);
    return burn->flight >= 0 || world->model->orbit.own;
}

/* What is said of a manoeuvre that can't be made: the propellant in kg that there is,
 * or nothing when it is an engine that is missing. */
static double
lack(const struct iss_world *world, bool engine)
{
    int32_t resource = world->model->orbit.propellant;
    return engine && resource >= 0
               ? (double)iss_stock_level_mg(world, resource) / ISS_MG_PER_KG
               : (double)NAN;
}

/* ---- reboosts ------------------------------------------------------------------ */

static void
try_reboost(struct iss_world *world)
{
    struct iss_orbit_state *orbit = &world->orbit;
    bool waited = orbit->held;
    struct iss_burn burn;
    bool engine = plan(world, iss_orbit_axis_km(world), orbit->target_km, &burn);

    if (burn.from_km > orbit->floor_km) { /* avoiding something has raised it enough */
        orbit->held = orbit->low = false;
        iss_orbit_schedule(world);
        return;
    }
    orbit->held = !engine || (burn.to_km < orbit->target_km &&
                              burn.to_km - burn.from_km < orbit->least_km);
    if (!orbit->held) {
        orbit->reboosts++;
        orbit->reboost_mg += burn.used_mg;
        iss_orbit_burn(world, &burn);
        iss_raise(world, ISS_EVENT_REBOOSTED, burn.flight, -1,
                  burn.to_km - orbit->radius_km);
        orbit->low = false;
    } else if (!waited) {
        iss_raise(world, ISS_EVENT_REBOOST_HELD, -1, -1, lack(world, engine));
    }
    iss_orbit_schedule(world);
}

/* ---- too low ------------------------------------------------------------------- */

/* In whatever is docked, while there is time. */
static void
leave(struct iss_world *world)
{
    world->orbit.low = true;
    iss_raise(world, ISS_EVENT_ALTITUDE_LOW, -1, -1, iss_orbit_altitude_km(world));
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        if (flight >= 0 && iss_policy_may_return(world, flight)) {
            iss_raise(world, ISS_EVENT_EVACUATION, flight, -1,
                      iss_flight_passengers(world, flight));
        }
    }
    iss_orbit_schedule(world);
}

static void
come_down(struct iss_world *world)
{
    while (world->aboard_count > 0) {
        int32_t person = world->aboard[world->aboard_count - 1];
        iss_person_die(world, person);
        iss_raise(world, ISS_EVENT_PERSON_LOST, person, -1, 0);
    }
    iss_raise(world, ISS_EVENT_STATION_LOST, -1, -1, 0);
}

void
iss_orbit_on_altitude(struct iss_world *world, const struct iss_event *event)
{
    struct iss_orbit_state *orbit = &world->orbit;

    (void)event;
    iss_orbit_reach(world);
    if (!orbit->held) {
        try_reboost(world);
    } else if (orbit->axis_km > orbit->critical_km) {
        leave(world);
    } else {
        come_down(world);
    }
}

/* A ship has come, or given its cargo: it may have what a reboost waits for. */
void
iss_orbit_on_change(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (world->orbit.held && !world->lost) {
        try_reboost(world);
    }
}

/* ---- avoidance ----------------------------------------------------------------- */

/* Its identity in the random streams. */
static uint64_t
station(const struct iss_world *world)
{
    return iss_target_hash(world, iss_target(world, ISS_TARGET_STATION, 0));
}

static void
schedule_avoidance(struct iss_world *world)
{
    const struct iss_dist *interval = world->model->orbit.avoidance;

    if (interval == NULL) {
        return;
    }
    int64_t us = iss_draw_us(world, ISS_DRAW_AVOIDANCE, station(world),
                             world->orbit.threats, interval);
    iss_schedule(world, iss_slot_avoidance(world), iss_us_add(world->now_us, us),
                 ISS_EVENT_AVOIDANCE_DUE, -1, -1);
}

void
iss_orbit_on_avoidance(struct iss_world *world, const struct iss_event *event)
{
    struct iss_orbit_state *orbit = &world->orbit;
    const struct iss_dist *speed =
        iss_world_dist(world, world->model->orbit.avoidance_speed);
    double speed_m_s =
        iss_dist_quantile(speed, iss_draw(world, ISS_DRAW_AVOIDANCE_SPEED,
                                          station(world), orbit->threats));
    double from_km = iss_orbit_axis_km(world);
    double to_km = iss_burn_axis(orbit->mu, from_km, speed_m_s);
    struct iss_burn burn;
    bool engine = plan(world, from_km, to_km, &burn);

    (void)event;
    orbit->threats++;
    schedule_avoidance(world);
    if (!engine || burn.to_km < to_km) {
        orbit->missed++;
        iss_raise(world, ISS_EVENT_AVOIDANCE_MISSED, -1, -1, lack(world, engine));
        return;
    }
    orbit->avoidances++;
    orbit->avoidance_mg += burn.used_mg;
    iss_orbit_burn(world, &burn);
    iss_raise(world, ISS_EVENT_AVOIDED, burn.flight, -1, burn.to_km - orbit->radius_km);
    iss_orbit_schedule(world);
}

/* ---- the beginning ------------------------------------------------------------- */

void
iss_orbit_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (iss_orbit_given(&world->model->orbit)) {
        iss_orbit_begin(world);
        schedule_avoidance(world);
    }
}
