/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lifeboat.c - a crew has lost its way home: reassign seats, call up a replacement, or
 * go home early.  A vehicle of another type makes room in lifeboat_room.c.
 *
 *     assessed --LIFEBOAT_DECISION--> a replacement is called --DOCKED--> everyone
 *                     |                      |                             moves
 *                     |                      | it fails: decide again        |
 *                     '-> seats are moved    '-------^        the damaged one leaves
 *                     '-> early return
 *
 * lifeboat_seats.c moves the seats, lifeboat_crews.c calls up and moves the crews.
 *
 * Draws DECISION, EARLY_RETURN and DAMAGED_STAY about the damaged flight.
 */
#include "process/lifeboat.h"

#include "policy/policy.h"
#include "process/process.h"

static bool
needs_decision(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    return iss_world_forecasting(world) && iss_flight_attached(flight) &&
           flight->condition != ISS_SOUND && iss_flight_passengers(world, id) > 0;
}

/* A further finding doesn't put off a decision that is pending already. */
static void
plan_decision(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_DECISION))) {
        return;
    }
    int64_t wait = iss_draw_us(world, ISS_DRAW_DECISION, flight->hash,
                               (uint64_t)flight->calls, world->model->policy.decision);

    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_DECISION),
                 iss_us_add(world->now_us, wait), ISS_EVENT_LIFEBOAT_DECISION, id, -1);
}

/* ---- deciding ------------------------------------------------------------------ */

void
iss_lifeboat_on_assessed(struct iss_world *world, const struct iss_event *event)
{
    if (event->subject < world->flight_count && needs_decision(world, event->subject) &&
        iss_flight_replacement(world, event->subject) < 0) {
        plan_decision(world, event->subject);
    }
}

static void
return_early(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int64_t wait = iss_draw_us(world, ISS_DRAW_EARLY_RETURN, flight->hash, 0,
                               world->model->policy.early_return);
    int64_t at_us = iss_us_add(world->now_us, wait);
    int32_t slot = iss_slot_flight(world, id, ISS_SLOT_DEPART);

    flight->early = true;
    if (iss_scheduled(world, slot) &&
        iss_calendar_time(world->calendar, slot) <= at_us) {
        return; /* it is to leave sooner than that anyway */
    }
    iss_raise(world, ISS_EVENT_EARLY_RETURN, id, -1, iss_days_from_us(wait));
    iss_flight_depart_at(world, id, at_us);
}

/* Not because the vehicle is damaged: something else makes its people leave. */
void
iss_lifeboat_on_evacuation(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    if (iss_flight_attached(flight) && !flight->early) {
        return_early(world, event->subject);
    }
}

/* Whether, by policy or for lack of seats, its people don't go home in a vehicle. */
static bool
brings_nobody_home(const struct iss_world *world, int32_t id)
{
    return world->flights[id].condition == ISS_UNUSABLE ||
           world->model->policy.return_in_damaged == ISS_RETURN_NEVER;
}

/* A damaged vehicle that nobody needs any more leaves its port to others. */
static void
leave_empty(struct iss_world *world, int32_t id)
{
    int64_t wait = iss_draw_us(world, ISS_DRAW_DAMAGED_STAY, world->flights[id].hash, 0,
                               world->model->policy.damaged_stay);
    iss_flight_depart_at(world, id, iss_us_add(world->now_us, wait));
}

void
iss_lifeboat_on_decision(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];

    if (!needs_decision(world, id) || flight->early) {
        return;
    }
    if (world->model->policy.return_in_damaged == ISS_RETURN_AT_ONCE &&
        flight->condition == ISS_EMERGENCY_ONLY) {
        return_early(world, id);
        return;
    }
    bool coming =
        iss_flight_replacement(world, id) >= 0 || iss_lifeboat_call_up(world, id);
    bool room =
        !coming && brings_nobody_home(world, id) && iss_lifeboat_make_room(world, id);
    iss_lifeboat_arrange_moves(world);
    for (int32_t i = 0; i < world->aboard_count; i++) {
        if (world->people[world->aboard[i]].down == id) {
            iss_lifeboat_settle(world, world->aboard[i]);
        }
    }
    if (room) {
        leave_empty(world, id);
    } else if (!coming && flight->waits) {
        iss_flight_depart_at(world, id, world->now_us);
    }
}

/* A replacement that didn't get there: who was to relieve it relieves the damaged
 * flight as before, and the partners decide again.  A crew that didn't may fly again.
 */
void
iss_lifeboat_on_flight_failed(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *failed = &world->flights[event->subject];
    int32_t damaged = failed->replaces;

    if (damaged >= 0 && world->flights[damaged].relief < 0) {
        world->flights[damaged].relief = failed->relief;
        failed->relief = -1;
    }
    if (damaged >= 0 && needs_decision(world, damaged)) {
        plan_decision(world, damaged);
    }
    iss_lifeboat_fly_again(world, event->subject);
    if (iss_world_forecasting(world) &&
        iss_flight_passengers(world, event->subject) > 0) {
        iss_lifeboat_make_room(world, event->subject); /* it was to bring others home */
    }
}

/* ---- vehicles come and go ------------------------------------------------------ */

void
iss_lifeboat_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject, damaged = world->flights[id].replaces;

    if (damaged >= 0) {
        iss_lifeboat_move_in(world, damaged, id);
    }
    if (!iss_world_forecasting(world)) {
        return;
    }
    if (damaged >= 0 && iss_flight_attached(&world->flights[damaged])) {
        leave_empty(world, damaged);
    }
    iss_lifeboat_take_room(world, id);
    if (needs_decision(world, id) && iss_flight_assessed(world, id)) {
        plan_decision(world, id); /* it was damaged on the way */
    }
    if (iss_world_unsafe(world) > 0) {
        iss_lifeboat_arrange_moves(world);
    }
}
