/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic_relocation.c - from port to port.
 *
 *     docked --RELOCATION_DUE--> relocating --RELOCATION_DUE--> docked (RELOCATED)
 *        '---RELOCATION_CALLED------^
 *
 * Until the forecast begins, vehicles move as recorded.  In it they move as planned, as
 * soon as the port is free, or to make room for a flight that waits for nothing else
 * (policy.relocate): then the port that they leave is kept for that flight, which docks
 * or is launched when the move is over.  People who have a seat in the vehicle move
 * with it and count as aboard all the while.
 *
 * Draws RELOCATION about the flight and the move.
 */
#include "policy/policy.h"
#include "process/process.h"
#include "process/traffic.h"

/* ---- as recorded --------------------------------------------------------------- */

/* The move that the record has next, or is making; NULL when that isn't replayed. */
static const struct iss_relocation *
recorded_move(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_flight *flight = &world->flights[id];

    if (plan == NULL || flight->moves >= plan->flown.relocations.count) {
        return NULL;
    }
    const struct iss_relocation *move =
        (const struct iss_relocation *)plan->flown.relocations.items + flight->moves;
    return iss_traffic_recorded(world, id, move->undock_us) != ISS_NEVER ? move : NULL;
}

void
iss_traffic_plan_recorded(struct iss_world *world, int32_t id)
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

/* ---- leaving and docking again ------------------------------------------------- */

static void
leave_for(struct iss_world *world, int32_t id, int32_t port)
{
    iss_port_leave(world, id);
    iss_port_reserve(world, id, port);
    iss_flight_phase(world, id, ISS_FLIGHT_RELOCATING);
}

static int64_t
move_us(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    return iss_draw_us(world, ISS_DRAW_RELOCATION, flight->hash,
                       (uint64_t)flight->ordered,
                       iss_flight_vehicle(world, id)->relocation);
}

/* By the model, not by the record. */
static void
begin_move(struct iss_world *world, int32_t id, int32_t port)
{
    int64_t until = iss_us_add(world->now_us, move_us(world, id));

    world->flights[id].ordered++;
    leave_for(world, id, port);
    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_MOVE), until,
                 ISS_EVENT_RELOCATION_DUE, id, -1);
}

static void
end_move(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int32_t port = flight->reserved;

    flight->moves += recorded_move(world, id) != NULL;
    iss_port_occupy(world, id, port);
    iss_flight_phase(world, id, ISS_FLIGHT_DOCKED);
    iss_raise(world, ISS_EVENT_RELOCATED, id, port, 0);
    if (!iss_world_forecasting(world)) {
        iss_traffic_plan_recorded(world, id);
    }
    iss_traffic_plan_move(world, id);
}

/* ---- as planned ---------------------------------------------------------------- */

/* Whether any planned move of a flight is still to be looked at; most have none. */
static bool
has_moves(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    return plan != NULL && world->flights[id].planned < plan->relocations.count;
}

/* The next planned move of a flight; NULL none.  Those of the time before the forecast
 * are the record's business, and of several that are due the last is made. */
static const struct iss_move *
planned_move(struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    struct iss_flight *flight = &world->flights[id];

    if (plan == NULL) {
        return NULL;
    }
    const struct iss_move *moves = plan->relocations.items;
    int32_t count = plan->relocations.count;
    while (flight->planned < count &&
           (moves[flight->planned].at_us < world->forecast_from_us ||
            moves[flight->planned].port == flight->port ||
            (flight->planned + 1 < count &&
             moves[flight->planned + 1].at_us <= world->now_us))) {
        flight->planned++;
    }
    return flight->planned < count ? &moves[flight->planned] : NULL;
}

void
iss_traffic_plan_move(struct iss_world *world, int32_t id)
{
    if (!iss_world_forecasting(world)) {
        return;
    }
    const struct iss_move *move = planned_move(world, id);
    if (move != NULL) {
        iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_MOVE), move->at_us,
                     ISS_EVENT_RELOCATION_DUE, id, -1);
    }
}

/* The planned move that is due, if it can be made. */
static void
try_planned_move(struct iss_world *world, int32_t id)
{
    const struct iss_move *move = planned_move(world, id);

    if (move != NULL && move->at_us <= world->now_us &&
        iss_policy_may_move(world, id) && iss_policy_port_free(world, move->port, id)) {
        world->flights[id].planned++;
        begin_move(world, id, move->port);
    }
}

void
iss_traffic_make_moves(struct iss_world *world)
{
    if (!iss_world_forecasting(world)) {
        return;
    }
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t id = world->berths[i].flight;
        if (id >= 0 && has_moves(world, id) &&
            !iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_MOVE))) {
            try_planned_move(world, id);
        }
    }
}

/* RELOCATION_DUE comes twice: to leave the old port, and to dock at the new one. */
void
iss_traffic_on_relocation(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_relocation *recorded = recorded_move(world, id);

    if (world->flights[id].phase == ISS_FLIGHT_RELOCATING) {
        end_move(world, id);
    } else if (world->flights[id].phase != ISS_FLIGHT_DOCKED) {
        return;
    } else if (recorded != NULL) {
        leave_for(world, id, recorded->port);
        iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_DEPART),
                     recorded->dock_us, ISS_EVENT_RELOCATION_DUE, id, -1);
    } else {
        try_planned_move(world, id);
    }
}

/* ---- to make room -------------------------------------------------------------- */

/* Somebody makes room for the flight, if anybody may: both ports are kept from now on.
 */
static void
make_room_for(struct iss_world *world, int32_t id)
{
    struct iss_relocation_offer offer = iss_policy_relocation(world, id);

    if (offer.flight >= 0) {
        iss_port_reserve(world, offer.flight, offer.to);
        iss_port_reserve(world, id, offer.from);
        iss_raise(world, ISS_EVENT_RELOCATION_CALLED, offer.flight, id,
                  iss_days_from_us(move_us(world, offer.flight)));
    }
}

void
iss_traffic_on_relocation_called(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    if (flight->phase == ISS_FLIGHT_DOCKED && flight->reserved >= 0) {
        begin_move(world, event->subject, flight->reserved);
    } else if (flight->phase != ISS_FLIGHT_RELOCATING) { /* gone at the same moment */
        iss_port_reserve(world, event->subject, -1);
        iss_port_reserve(world, event->object, -1);
    }
}

/* A cargo ship leaves ahead of its time. */
static void
make_way_for(struct iss_world *world, int32_t id)
{
    struct iss_way_offer offer = iss_policy_way(world, id);

    if (offer.flight >= 0) {
        iss_flight_depart_at(world, offer.flight, offer.leaves_us);
        iss_raise(world, ISS_EVENT_DEPARTURE_ADVANCED, offer.flight, id,
                  iss_days_from_us(offer.leaves_us - world->now_us));
    }
}

/* A flight has begun to wait for a port. */
void
iss_traffic_on_held(struct iss_world *world, const struct iss_event *event)
{
    make_room_for(world, event->subject);
    make_way_for(world, event->subject);
}

/* Ports have been offered to all; who still has none may get one all the same. */
void
iss_traffic_on_offered(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (!iss_world_forecasting(world) || !world->model->policy.relocate ||
        world->held.count + world->loitering == 0) {
        return;
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (world->flights[i].phase == ISS_FLIGHT_FREE_FLIGHT) {
            make_room_for(world, i);
        }
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        make_room_for(world, i);
    }
}
