/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic.c - to the station.
 *
 *     launched --> free flight --DOCKING_DUE--> traffic_docking.c
 *
 * Where the record gives a time, that is when it happens; else it is drawn: from one of
 * the profiles that are flown on the launch day, or from the type's own rendezvous.  A
 * flight that by the record was lost on its way never docks: VEHICLE_LOST ends it.
 * Draws PROFILE and RENDEZVOUS about the flight.
 */
#include "process/traffic.h"

#include "policy/policy.h"
#include "process/process.h"

void
iss_traffic_step(struct iss_world *world, int32_t flight, int64_t time_us,
                 enum iss_event_kind kind)
{
    iss_schedule(world, iss_slot_flight(world, flight, ISS_SLOT_STEP), time_us, kind,
                 flight, -1);
}

/* ---- the record ---------------------------------------------------------------- */

int64_t
iss_traffic_recorded(const struct iss_world *world, int32_t flight, int64_t flown_us)
{
    return world->flights[flight].recorded ? iss_world_recorded(world, flown_us)
                                           : ISS_NEVER;
}

int64_t
iss_traffic_recorded_docking(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    return plan ? iss_traffic_recorded(world, flight, plan->flown.dock_us) : ISS_NEVER;
}

int64_t
iss_traffic_recorded_loss(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    return plan && plan->flown.outcome == ISS_FLOWN_LOST
               ? iss_traffic_recorded(world, flight, plan->flown.land_us)
               : ISS_NEVER;
}

/* ---- the rendezvous ------------------------------------------------------------ */

/* The share of a profile among launches at `time_us`. */
static double
share_at(const struct iss_world *world, const struct iss_profile *profile,
         int64_t time_us)
{
    bool flown = profile->from_us <= time_us && time_us < profile->until_us;
    return flown ? iss_world_value(world, &profile->share) : 0;
}

/* The row of the profile that a flight takes; -1 when none is flown on its day.  One
 * draw decides among them. */
static int32_t
choose_profile(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_rows *rows = &iss_flight_vehicle(world, id)->profiles;
    const struct iss_profile *profiles = rows->items;
    int32_t chosen = -1;
    double sum = 0;

    for (int32_t i = 0; i < rows->count; i++) {
        sum += share_at(world, &profiles[i], flight->launch_us);
    }
    if (sum <= 0) {
        return -1;
    }
    double left = sum * iss_draw(world, ISS_DRAW_PROFILE, flight->hash, 0);
    for (int32_t i = 0; i < rows->count && left >= 0; i++) {
        double share = share_at(world, &profiles[i], flight->launch_us);
        chosen = share > 0 ? i : chosen;
        left -= share;
    }
    return chosen;
}

static int64_t
rendezvous_us(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    const struct iss_profile *profiles = vehicle->profiles.items;

    flight->profile = choose_profile(world, id);
    return iss_draw_us(world, ISS_DRAW_RENDEZVOUS, flight->hash, 0,
                       flight->profile < 0 ? vehicle->rendezvous
                                           : profiles[flight->profile].rendezvous);
}

static void
plan_docking(struct iss_world *world, int32_t id)
{
    int64_t time_us = iss_traffic_recorded_docking(world, id);
    int64_t lost_us = iss_traffic_recorded_loss(world, id);

    if (lost_us != ISS_NEVER) {
        iss_traffic_step(world, id, lost_us, ISS_EVENT_LANDING_DUE);
        return;
    }
    if (time_us == ISS_NEVER && iss_world_forecasting(world)) {
        time_us = iss_us_add(world->flights[id].launch_us, rendezvous_us(world, id));
    }
    iss_traffic_step(world, id, time_us, ISS_EVENT_DOCKING_DUE);
}

/* The record ends here: what is under way goes on by the model. */
void
iss_traffic_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        switch (world->flights[i].phase) {
        case ISS_FLIGHT_FREE_FLIGHT:
            iss_port_reserve(world, i, iss_policy_port(world, i));
            plan_docking(world, i);
            break;
        case ISS_FLIGHT_DOCKED:
            iss_traffic_plan_move(world, i);
            break;
        case ISS_FLIGHT_RETURNING:
            iss_traffic_plan_landing(world, i);
            break;
        default:
            break;
        }
    }
}

void
iss_traffic_on_launched(struct iss_world *world, const struct iss_event *event)
{
    if (world->flights[event->subject].phase == ISS_FLIGHT_FREE_FLIGHT) {
        plan_docking(world, event->subject);
    }
}
