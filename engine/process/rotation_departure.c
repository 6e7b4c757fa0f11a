/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation_departure.c - when a vehicle leaves.
 *
 *     docked --relief docks--> handover --its end--> time to leave --> UNDOCKED
 *        '---nobody relieves it: planned date-----------^   '--spacing, weather, too
 *        '---LIFE_EXPIRES, at the latest------------------------> UNDOCKED   few left:
 * later
 *
 * A relief's docking starts the handover; at its end the relieved crew's vehicle leaves
 * with everyone whose way home it is.  Without a relief the stay extends, at the most
 * to the end of the vehicle's certified life (an indirect handover).  A flight that
 * nobody relieves leaves when planned.  By policy.keep_crew a crew whose time has come
 * is relieved by the next to come instead.
 *
 * Owns the dates of departure.  Draws HANDOVER (about the relief), STAY, EXTENSION and
 * LANDING_WAIT (about the flight).
 */
#include <math.h>

#include "policy/policy.h"
#include "process/process.h"
#include "process/rotation.h"

/* ---- the date ------------------------------------------------------------------ */

/* The end of the handover that began when flight `relief` docked. */
static int64_t
handover_end(struct iss_world *world, int32_t relief)
{
    const struct iss_dist *handover = iss_flight_vehicle(world, relief)->handover;
    return iss_us_add(world->flights[relief].dock_us,
                      iss_draw_us(world, ISS_DRAW_HANDOVER, world->flights[relief].hash,
                                  0, handover));
}

/* When a flight that nobody relieves leaves.  A slipped launch keeps its planned stay;
 * a replacement takes over the date of the vehicle that it replaces, but never leaves
 * before its people have moved in and prepared, which takes as long as a handover. */
static int64_t
planned_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    if (flight->plan_undock_us != ISS_NO_TIME) {
        return flight->replaces >= 0
                   ? iss_us_later(flight->plan_undock_us, handover_end(world, id))
                   : flight->launch_us + flight->plan_undock_us -
                         flight->plan_launch_us;
    }
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_dist *stay =
        plan != NULL && plan->stay != NULL ? plan->stay : vehicle->stay;
    if (stay == NULL) {
        return ISS_NEVER;
    }
    return iss_us_add(flight->dock_us,
                      iss_draw_us(world, ISS_DRAW_STAY, flight->hash, 0, stay));
}

/* Whether a flight can still bring its team. */
static bool
can_come(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    return flight->phase <= ISS_FLIGHT_FREE_FLIGHT && flight->due_us != ISS_NEVER;
}

/* A relief that won't come any more is waited for to the end of certified life; where
 * there is none, the flight leaves as planned.  A crew whose time had come already goes
 * now, or stays on for another. */
static int64_t
unrelieved_departure(struct iss_world *world, int32_t id)
{
    return world->flights[id].limit_us == ISS_NEVER ? planned_departure(world, id)
                                                    : ISS_NEVER;
}

void
iss_rotation_plan_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_DOCKED || flight->early) {
        return; /* on its way to another port; its date is settled */
    }
    iss_rotation_find_relief(world, id);
    int32_t relief = flight->relief < 0 ? -1 : world->team_flight[flight->relief];

    if (flight->relief < 0) {
        iss_flight_depart_at(world, id, planned_departure(world, id));
    } else if (relief >= 0 && iss_flight_attached(&world->flights[relief])) {
        int64_t end = handover_end(world, relief);
        iss_raise(world, ISS_EVENT_HANDOVER_BEGINS, relief, id,
                  end > world->now_us ? iss_days_from_us(end - world->now_us) : 0);
        iss_flight_depart_at(world, id, end);
    } else if (relief < 0 || !can_come(world, relief)) {
        iss_flight_depart_at(
            world, id, flight->kept ? world->now_us : unrelieved_departure(world, id));
    } else {
        return; /* it waits for its relief */
    }
    iss_rotation_leave_for_good(world, id);
}

void
iss_rotation_hand_on_relief(struct iss_world *world, int32_t lost)
{
    int32_t team = world->flights[lost].team, next = world->flights[lost].relief;

    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        struct iss_flight *flight = &world->flights[i];
        if (flight->relief == team && !iss_flight_over(flight)) {
            flight->relief = next >= 0 ? next : team;
            if (iss_world_forecasting(world)) { /* else the record has the date */
                iss_rotation_plan_departure(world, i);
            }
        }
    }
}

/* A crew has changed vehicles, or lost its own: whoever waits for it may wait longer.
 */
void
iss_rotation_on_transferred(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        int32_t relief = world->flights[i].relief;
        if (relief >= 0 && world->team_flight[relief] < 0) {
            iss_rotation_plan_departure(world, i);
        }
    }
}

/* The clock of certified life runs from launch. */
void
iss_rotation_plan_end_of_life(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    if (vehicle->certified_life_us == ISS_NEVER) {
        return;
    }
    flight->limit_us = iss_us_add(
        iss_us_add(flight->launch_us, vehicle->certified_life_us),
        iss_draw_us(world, ISS_DRAW_EXTENSION, flight->hash, 0, vehicle->extension));
    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_LIFE), flight->limit_us,
                 ISS_EVENT_LIFE_EXPIRES, id, -1);
}

void
iss_rotation_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (iss_flight_attached(&world->flights[i])) {
            iss_rotation_plan_end_of_life(world, i);
            iss_rotation_plan_departure(world, i);
        }
    }
}

/* It leaves at once if its time came on the way.  Nothing is planned yet when its
 * relief came then, or the record began the move. */
void
iss_rotation_on_relocated(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    if (!iss_world_forecasting(world)) {
        return;
    }
    if (world->flights[id].overdue) {
        world->flights[id].overdue = false;
        iss_flight_depart_at(world, id, world->now_us);
    } else if (!iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_DEPART))) {
        iss_rotation_plan_departure(world, id);
    }
}

/* ---- its time has come --------------------------------------------------------- */

static void
depart(struct iss_world *world, int32_t id)
{
    struct iss_way_down way = iss_rotation_way_down(world, id);
    int32_t leaving = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        leaving += iss_rotation_goes_down(world, &way, world->aboard[i]);
    }
    iss_raise(world, ISS_EVENT_UNDOCKED, id, world->flights[id].port, leaving);
}

/* Whether another vehicle has just come or gone, so that this one leaves later; who has
 * to go, goes. */
static bool
must_wait(struct iss_world *world, int32_t id, const struct iss_event *event)
{
    int64_t from = iss_world_spaced(world, world->last_visit_us);

    if (from <= world->now_us || event->kind != ISS_EVENT_DEPARTURE_DUE ||
        !iss_world_forecasting(world) || world->flights[id].early) {
        return false;
    }
    iss_flight_depart_at(world, id, from);
    iss_raise(world, ISS_EVENT_SPACING_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return true;
}

/* Whether it can't land yet, so that it leaves later. */
static bool
is_waved_off(struct iss_world *world, int32_t id, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[id];

    if (flight->cleared || event->kind != ISS_EVENT_DEPARTURE_DUE) {
        return false;
    }
    int64_t wait = iss_draw_us(world, ISS_DRAW_LANDING_WAIT, flight->hash, 0,
                               iss_flight_vehicle(world, id)->landing_wait);
    flight->cleared = true;
    if (wait > 0) {
        iss_flight_depart_at(world, id, iss_us_add(world->now_us, wait));
        iss_raise(world, ISS_EVENT_DEPARTURE_WAVED_OFF, id, -1, iss_days_from_us(wait));
    }
    return wait > 0;
}

/* Whether too few would be left: the crew is then relieved by the next to come, unless
 * its vehicle can't wait. */
static bool
stays_on(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int32_t next = world->now_us < flight->limit_us && !flight->early &&
                           iss_world_forecasting(world)
                       ? iss_policy_successor(world, id)
                       : -1;

    if (next < 0) {
        return false;
    }
    int64_t wait = world->flights[next].due_us - world->now_us;
    flight->kept = true;
    flight->relief = world->flights[next].team;
    iss_flight_depart_at(world, id, ISS_NEVER);
    iss_raise(world, ISS_EVENT_DEPARTURE_HELD, id, next,
              wait > 0 ? iss_days_from_us(wait) : 0);
    return true;
}

void
iss_rotation_on_departure(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    world->flights[id].overdue = world->flights[id].phase == ISS_FLIGHT_RELOCATING;
    if (world->flights[id].phase != ISS_FLIGHT_DOCKED || must_wait(world, id, event)) {
        return;
    }
    if (iss_rotation_recorded_down(world, id) != NULL) {
        depart(world, id);
    } else if (iss_policy_departure(world, id) != ISS_STAY) {
        if (!stays_on(world, id) && !is_waved_off(world, id, event)) {
            depart(world, id);
        }
    } else {
        world->flights[id].waits = true;
    }
}

/* Who is waited for waits in turn for what may not come before somebody has left: a
 * port, room, a vehicle of the fleet.  So they don't wait for each other. */
void
iss_rotation_on_successor_held(struct iss_world *world, const struct iss_event *event)
{
    int32_t team = world->flights[event->subject].team;
    bool dated = event->kind == ISS_EVENT_LAUNCH_UNREADY && !isnan(event->value);

    if (team < 0 || dated || !iss_world_forecasting(world)) {
        return;
    }
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t id = world->berths[i].flight;
        if (id >= 0 && world->flights[id].kept && world->flights[id].relief == team) {
            world->flights[id].relief = -1;
            iss_flight_depart_at(world, id, world->now_us);
        }
    }
}

void
iss_rotation_on_life_expires(struct iss_world *world, const struct iss_event *event)
{
    iss_rotation_on_departure(world, event);
}
