/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic.c - free flight, docking, changing ports, and the way home.
 *
 *     free flight --DOCKING_DUE--> docked <--> relocating
 *        |   ^--DOCKING_FAILED--'    |
 *        |                       UNDOCKED
 *   DOCKING_ABANDONED                |
 *        '--------> returning <------'
 *                       |
 *                 LANDED | DISPOSED
 *
 * Where the record gives a time, that is when it happens; else it is drawn.  A flight
 * that by the record was lost on its way never docks: VEHICLE_LOST ends it.  Owns the
 * ports.  Draws RENDEZVOUS, DOCKING, RETRY and DESCENT about the flight.
 */
#include "policy/policy.h"
#include "process/process.h"

static void
step(struct iss_world *world, int32_t flight, int64_t time_us, enum iss_event_kind kind)
{
    iss_schedule(world, iss_slot_flight(world, flight, ISS_SLOT_STEP), time_us, kind,
                 flight, -1);
}

/* The recorded time of a step of a flight that the record launched, else ISS_NEVER. */
static int64_t
recorded(const struct iss_world *world, int32_t id, int64_t flown_us)
{
    return world->flights[id].recorded ? iss_world_recorded(world, flown_us)
                                       : ISS_NEVER;
}

static int64_t
recorded_docking(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    return plan ? recorded(world, id, plan->flown.dock_us) : ISS_NEVER;
}

/* When a flight that the record launched was lost on its way, else ISS_NEVER. */
static int64_t
recorded_loss(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    return plan && plan->flown.outcome == ISS_FLOWN_LOST
               ? recorded(world, id, plan->flown.land_us)
               : ISS_NEVER;
}

static void
plan_docking(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int64_t time_us = recorded_docking(world, id), lost_us = recorded_loss(world, id);

    if (lost_us != ISS_NEVER) {
        step(world, id, lost_us, ISS_EVENT_LANDING_DUE);
        return;
    }
    if (time_us == ISS_NEVER && iss_world_forecasting(world)) {
        const struct iss_dist *rendezvous = iss_flight_vehicle(world, id)->rendezvous;
        time_us =
            iss_us_add(flight->launch_us, iss_draw_us(world, ISS_DRAW_RENDEZVOUS,
                                                      flight->hash, 0, rendezvous));
    }
    step(world, id, time_us, ISS_EVENT_DOCKING_DUE);
}

/* The way down begins with undocking, or now for a vehicle that never docked. */
static void
plan_landing(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_dist *descent = iss_flight_vehicle(world, id)->descent;
    int64_t from = flight->undock_us == ISS_NO_TIME ? world->now_us : flight->undock_us;
    int64_t time_us = plan ? recorded(world, id, plan->flown.land_us) : ISS_NEVER;

    if (time_us == ISS_NEVER && iss_world_forecasting(world)) {
        time_us = iss_us_add(
            from, iss_draw_us(world, ISS_DRAW_DESCENT, flight->hash, 0, descent));
    }
    step(world, id, time_us == ISS_NEVER ? world->now_us : time_us,
         ISS_EVENT_LANDING_DUE);
}

/* The next recorded move to another port, or the recorded departure. */
static void
plan_recorded_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_relocation *moves;
    int32_t slot = iss_slot_flight(world, id, ISS_SLOT_DEPART);

    if (!flight->recorded) {
        return;
    }
    moves = plan->flown.relocations.items;
    if (flight->moves < plan->flown.relocations.count) {
        iss_schedule(world, slot,
                     iss_world_recorded(world, moves[flight->moves].undock_us),
                     ISS_EVENT_RELOCATION_DUE, id, -1);
    } else {
        iss_schedule(world, slot, iss_world_recorded(world, plan->flown.undock_us),
                     ISS_EVENT_DEPARTURE_DUE, id, -1);
    }
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
        case ISS_FLIGHT_RETURNING:
            plan_landing(world, i);
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

/* ---- docking ------------------------------------------------------------------- */

static bool
attempt_succeeds(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    uint64_t number = (uint64_t)flight->attempts++;

    if (flight->reserved < 0 || !iss_port_exists(world, flight->reserved)) {
        iss_port_reserve(world, id, iss_policy_port(world, id));
    }
    return flight->reserved >= 0 &&
           iss_draw(world, ISS_DRAW_DOCKING, flight->hash, number) <
               iss_world_value(world, &iss_flight_vehicle(world, id)->docking_success);
}

static void
try_again(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    int64_t wait = iss_draw_us(world, ISS_DRAW_RETRY, flight->hash,
                               (uint64_t)flight->attempts, vehicle->docking_retry);
    int64_t next = iss_us_add(world->now_us, wait);

    if (next > iss_us_add(flight->launch_us, vehicle->free_flight_life_us) ||
        wait == 0) {
        iss_raise(world, ISS_EVENT_DOCKING_ABANDONED, id, -1, 0);
        return;
    }
    iss_raise(world, ISS_EVENT_DOCKING_FAILED, id, -1, iss_days_from_us(wait));
    step(world, id, next, ISS_EVENT_DOCKING_DUE);
}

/* Whether another vehicle has just come or gone: this one waits in free flight, unless
 * it can't for that long. */
static bool
must_wait(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int64_t from = iss_world_spaced(world, world->last_visit_us);
    int64_t life = iss_flight_vehicle(world, id)->free_flight_life_us;

    if (from <= world->now_us || from > iss_us_add(flight->launch_us, life)) {
        return false;
    }
    step(world, id, from, ISS_EVENT_DOCKING_DUE);
    iss_raise(world, ISS_EVENT_SPACING_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return true;
}

void
iss_traffic_on_docking(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_FREE_FLIGHT) {
        return;
    }
    if (recorded_docking(world, id) != ISS_NEVER) {
        iss_raise(world, ISS_EVENT_DOCKED, id,
                  iss_flight_plan_of(world, id)->flown.port, flight->crew_up);
    } else if (must_wait(world, id)) {
        return;
    } else if (attempt_succeeds(world, id)) {
        iss_raise(world, ISS_EVENT_DOCKED, id, flight->reserved, flight->crew_up);
    } else {
        try_again(world, id);
    }
}

void
iss_traffic_on_docked(struct iss_world *world, const struct iss_event *event)
{
    world->last_visit_us = world->now_us;
    world->flights[event->subject].dock_us = world->now_us;
    iss_port_occupy(world, event->subject, event->object);
    iss_flight_phase(world, event->subject, ISS_FLIGHT_DOCKED);
    plan_recorded_departure(world, event->subject);
}

void
iss_traffic_on_abandoned(struct iss_world *world, const struct iss_event *event)
{
    iss_port_reserve(world, event->subject, -1);
    iss_flight_phase(world, event->subject, ISS_FLIGHT_RETURNING);
    plan_landing(world, event->subject);
}

/* ---- moving and leaving -------------------------------------------------------- */

/* RELOCATION_DUE comes twice: to leave the old port, and to dock at the new one. */
void
iss_traffic_on_relocation(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    struct iss_flight *flight = &world->flights[id];
    const struct iss_relocation *move =
        (const struct iss_relocation *)iss_flight_plan_of(world, id)
            ->flown.relocations.items +
        flight->moves;

    if (!iss_flight_attached(flight)) {
        return;
    }
    if (flight->phase == ISS_FLIGHT_DOCKED) {
        iss_port_leave(world, id);
        iss_port_reserve(world, id, move->port);
        iss_flight_phase(world, id, ISS_FLIGHT_RELOCATING);
        iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_DEPART), move->dock_us,
                     ISS_EVENT_RELOCATION_DUE, id, -1);
        return;
    }
    flight->moves++;
    iss_port_occupy(world, id, move->port);
    iss_flight_phase(world, id, ISS_FLIGHT_DOCKED);
    iss_raise(world, ISS_EVENT_RELOCATED, id, move->port, 0);
    plan_recorded_departure(world, id);
}

void
iss_traffic_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    world->last_visit_us = world->now_us;
    world->flights[id].undock_us = world->now_us;
    iss_port_leave(world, id);
    iss_flight_phase(world, id, ISS_FLIGHT_RETURNING);
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_DEPART));
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_LIFE));
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_DECISION));
    plan_landing(world, id);
}

/* The record's loss of a vehicle takes everyone aboard. */
static void
lose(struct iss_world *world, int32_t id)
{
    iss_flight_damage(world, id, ISS_UNUSABLE, 0);
    iss_flight_phase(world, id, ISS_FLIGHT_FAILED);
    iss_raise(world, ISS_EVENT_VEHICLE_LOST, id, -1, world->flights[id].crew_up);
}

void
iss_traffic_on_landing(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, event->subject);
    bool lands = vehicle->role == ISS_ROLE_CREW || vehicle->lands;

    if (world->flights[event->subject].phase == ISS_FLIGHT_FREE_FLIGHT &&
        recorded_loss(world, event->subject) != ISS_NEVER) {
        lose(world, event->subject);
        return;
    }
    if (world->flights[event->subject].phase != ISS_FLIGHT_RETURNING) {
        return;
    }
    world->flights[event->subject].land_us = world->now_us;
    iss_flight_phase(world, event->subject,
                     lands ? ISS_FLIGHT_LANDED : ISS_FLIGHT_DISPOSED);
    iss_raise(world, lands ? ISS_EVENT_LANDED : ISS_EVENT_DISPOSED, event->subject, -1,
              world->flights[event->subject].crew_down);
}
