/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * orbit.c - heights, and when they are reached.
 *
 * Owns world->orbit and world->solar.  Draws nothing.
 */
#include "world/orbit.h"

#include <math.h>

#include "world/world.h"

/* ---- heights ------------------------------------------------------------------- */

static double
exposure_at(const struct iss_world *world, int64_t us)
{
    return iss_knots_area(world->solar, world->orbit.knots, iss_days_from_us(us));
}

static double
axis_at(const struct iss_world *world, int64_t time_us)
{
    const struct iss_orbit_state *orbit = &world->orbit;

    if (time_us == orbit->since_us) {
        return orbit->axis_km;
    }
    return iss_decay_axis_below(&orbit->decay, &orbit->at,
                                exposure_at(world, time_us) -
                                    exposure_at(world, orbit->since_us));
}

double
iss_orbit_axis_km(const struct iss_world *world)
{
    return axis_at(world, world->now_us);
}

double
iss_orbit_altitude_at(const struct iss_world *world, int64_t time_us)
{
    return world->orbit.flies && !world->lost
               ? axis_at(world, time_us) - world->orbit.radius_km
               : (double)NAN;
}

double
iss_orbit_altitude_km(const struct iss_world *world)
{
    return iss_orbit_altitude_at(world, world->now_us);
}

double
iss_orbit_lowest_km(const struct iss_world *world)
{
    const struct iss_orbit_state *orbit = &world->orbit;

    return orbit->flies
               ? fmin(orbit->lowest_km - orbit->radius_km, iss_orbit_altitude_km(world))
               : (double)NAN;
}

double
iss_orbit_highest_km(const struct iss_world *world)
{
    const struct iss_orbit_state *orbit = &world->orbit;
    return orbit->flies ? orbit->highest_km - orbit->radius_km : (double)NAN;
}

static void
note_extremes(struct iss_orbit_state *orbit, double axis_km)
{
    orbit->lowest_km = fmin(orbit->lowest_km, axis_km);
    orbit->highest_km = fmax(orbit->highest_km, axis_km);
}

/* The depth of an axis: of one seen lately, or worked out. */
static struct iss_depth
depth_of(struct iss_orbit_state *orbit, double axis_km)
{
    const int last = (int)(sizeof orbit->seen / sizeof *orbit->seen) - 1;
    int at = 0;

    while (at < last && orbit->seen[at].axis_km != axis_km) {
        at++;
    }
    struct iss_depth depth = orbit->seen[at];
    if (depth.axis_km != axis_km) {
        depth = iss_decay_depth(&orbit->decay, axis_km);
    }
    for (; at > 0; at--) {
        orbit->seen[at] = orbit->seen[at - 1];
    }
    orbit->seen[0] = depth;
    return depth;
}

static void
set_axis(struct iss_world *world, double axis_km)
{
    world->orbit.axis_km = axis_km;
    world->orbit.at = depth_of(&world->orbit, axis_km);
    world->orbit.since_us = world->now_us;
    note_extremes(&world->orbit, axis_km);
}

void
iss_orbit_reach(struct iss_world *world)
{
    set_axis(world, world->orbit.goal_km);
}

/* ---- when ---------------------------------------------------------------------- */

/* The exposure that takes it from where it is to its goal. */
static double
fall_d(struct iss_orbit_state *orbit)
{
    struct iss_depth goal = depth_of(orbit, orbit->goal_km);

    return iss_decay_exposure_between(&orbit->decay, &orbit->at, &goal);
}

static int64_t
time_at_goal(struct iss_world *world)
{
    struct iss_orbit_state *orbit = &world->orbit;
    double exposure_d = exposure_at(world, orbit->since_us) + fall_d(orbit);
    double us =
        ceil(iss_knots_reach(world->solar, orbit->knots, exposure_d) * ISS_US_PER_D);

    if (!(us < (double)world->model->scenario.end_us + 1)) {
        return ISS_NEVER;
    }
    return us > (double)world->now_us ? (int64_t)us : world->now_us;
}

void
iss_orbit_schedule(struct iss_world *world)
{
    struct iss_orbit_state *orbit = &world->orbit;

    orbit->goal_km = !orbit->held                           ? orbit->floor_km
                     : orbit->low || isnan(orbit->leave_km) ? orbit->critical_km
                                                            : orbit->leave_km;
    if (orbit->goal_km > orbit->axis_km) {
        orbit->goal_km = orbit->axis_km; /* it is there already */
    }
    iss_schedule(world, iss_slot_altitude(world), time_at_goal(world),
                 ISS_EVENT_ALTITUDE_DUE, -1, -1);
}

/* ---- manoeuvres ---------------------------------------------------------------- */

static double
propellant_kg(const struct iss_world *world)
{
    int32_t resource = world->model->orbit.propellant;
    return (double)iss_stock_level_mg(world, resource) / ISS_MG_PER_KG;
}

void
iss_orbit_plan(const struct iss_world *world, double to_km, struct iss_burn *burn)
{
    const struct iss_orbit_state *orbit = &world->orbit;

    burn->to_km = to_km;
    burn->speed_m_s = iss_burn_speed(orbit->mu, burn->from_km, to_km);
    burn->used_mg = 0;
    if (world->model->orbit.propellant < 0) {
        return;
    }
    double left_kg = propellant_kg(world);
    double used_kg = iss_burn_mass(orbit->mass_kg, burn->speed_m_s, orbit->exhaust_m_s);
    if (used_kg > left_kg) {
        used_kg = left_kg;
        burn->speed_m_s =
            left_kg < orbit->mass_kg
                ? iss_burn_gain(orbit->mass_kg, used_kg, orbit->exhaust_m_s)
                : burn->speed_m_s;
        burn->to_km = iss_burn_axis(orbit->mu, burn->from_km, burn->speed_m_s);
    }
    burn->used_mg = llround(used_kg * ISS_MG_PER_KG);
}

void
iss_orbit_burn(struct iss_world *world, const struct iss_burn *burn)
{
    world->orbit.last = *burn;
    note_extremes(&world->orbit, burn->from_km);
    set_axis(world, burn->to_km);
    if (world->model->orbit.propellant >= 0) {
        int32_t propellant = world->model->orbit.propellant;
        iss_stock_use(world, propellant, burn->used_mg);
        iss_stock_review(world, propellant);
        iss_stocks_change(world);
    }
}

/* ---- the beginning ------------------------------------------------------------- */

static void
begin_solar(struct iss_world *world)
{
    const struct iss_orbit *given = &world->model->orbit;
    const struct iss_solar *rows = given->solar.items;
    double factor = iss_world_value(world, &given->solar_factor);

    world->orbit.knots = given->solar.count > 0 ? given->solar.count : 1;
    world->solar[0] = (struct iss_knot){0, factor, 0};
    for (int32_t i = 0; i < given->solar.count; i++) {
        world->solar[i] = (struct iss_knot){
            .at_d = iss_days_from_us(rows[i].at_us),
            .level = iss_world_value(world, &rows[i].factor) * factor,
        };
    }
    iss_knots_sum(world->solar, world->orbit.knots);
}

/* What is uncertain may come out in another order than its means are in. */
static void
begin_heights(struct iss_world *world)
{
    const struct iss_orbit *given = &world->model->orbit;
    struct iss_orbit_state *orbit = &world->orbit;
    double radius = iss_world_value(world, &given->radius);

    orbit->radius_km = radius;
    orbit->least_km = iss_world_value(world, &given->least);
    orbit->floor_km = iss_world_value(world, &given->floor) + radius;
    orbit->target_km = fmax(iss_world_value(world, &given->target) + radius,
                            orbit->floor_km + orbit->least_km);
    orbit->critical_km =
        fmin(iss_world_value(world, &given->critical) + radius, orbit->floor_km);
    orbit->leave_km = iss_world_value(world, &given->leave) + radius;
    orbit->axis_km = iss_world_value(world, &given->altitude) + radius;
}

void
iss_orbit_begin(struct iss_world *world)
{
    const struct iss_orbit *given = &world->model->orbit;
    struct iss_orbit_state *orbit = &world->orbit;

    begin_heights(world);
    begin_solar(world);
    orbit->flies = true;
    orbit->lowest_km = orbit->highest_km = orbit->axis_km;
    orbit->mass_kg = iss_world_value(world, &given->mass);
    orbit->exhaust_m_s = iss_world_value(world, &given->exhaust);
    orbit->mu = iss_world_value(world, &given->gravity);
    orbit->decay = (struct iss_decay){
        .reference_km = iss_world_value(world, &given->reference) + orbit->radius_km,
        .scale_km = iss_world_value(world, &given->scale_height),
        .rate = iss_decay_rate(iss_world_value(world, &given->density),
                               iss_world_value(world, &given->drag), orbit->mass_kg,
                               orbit->mu),
    };
    set_axis(world, orbit->axis_km);
    iss_orbit_schedule(world);
}

int64_t
iss_orbit_clear_from(const struct iss_rows *glare, int64_t at_us)
{
    const struct iss_window *windows = glare->items;

    for (int32_t i = 0; i < glare->count && windows[i].from_us <= at_us; i++) {
        if (at_us < windows[i].until_us) {
            return windows[i].until_us;
        }
    }
    return at_us;
}

const char *
iss_orbit_check(const struct iss_world *world)
{
    const struct iss_orbit_state *orbit = &world->orbit;

    if (!orbit->flies || world->lost) {
        return NULL;
    }
    struct iss_depth depth = iss_decay_depth(&orbit->decay, orbit->axis_km);
    if (depth.axis_km != orbit->at.axis_km || depth.reduced != orbit->at.reduced ||
        depth.raised != orbit->at.raised) {
        return "the way down is reckoned from where the station isn't";
    }
    double axis_km = iss_orbit_axis_km(world);
    if (!(axis_km > 0) || axis_km > orbit->highest_km + 1e-6) {
        return "the station is higher than it has ever been, or nowhere";
    }
    /* A microsecond's fall is far less than a millimetre. */
    if (axis_km < (orbit->held ? orbit->critical_km : orbit->floor_km) - 1e-6 &&
        !iss_scheduled(world, iss_slot_altitude(world))) {
        return "the station is too low, and nothing is to happen";
    }
    return NULL;
}
