/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch.c - from the plan to free flight.
 *
 *     planned --LAUNCH_DUE--> launched --LAUNCHED--> free flight | ASCENT_FAILED
 *        ^          |
 *        '---held---'  no port that fits is free
 *        '--stopped-'  the rocket is grounded, or may not carry people yet, or no pad
 *                      is free
 *
 * A flight's slip is drawn once, when the forecast begins; its vehicle comes off the
 * production line in the order of the plan.  A port is kept for a flight from its
 * launch on, so that nothing flies to a full station.  What ends a wait (a vehicle that
 * leaves, a rocket that may fly again) is the cause of the launch that follows.
 *
 * When all is ready, the attempt may still be called off, and is made again.
 *
 * Owns the flights' due times.  Draws SLIP, READY, INTERVAL, SCRUB, RECYCLE and ASCENT,
 * each about the flight or the unit of the line.
 */
#include "process/launch.h"

#include <math.h>

#include "policy/policy.h"
#include "process/process.h"

void
iss_launch_schedule(struct iss_world *world, int32_t flight, int64_t time_us)
{
    iss_schedule(world, iss_slot_flight(world, flight, ISS_SLOT_STEP), time_us,
                 ISS_EVENT_LAUNCH_DUE, flight, -1);
}

/* How much launches slip that are planned so long ahead. */
static const struct iss_dist *
slip_of(const struct iss_vehicle *vehicle, int64_t lead_us)
{
    const struct iss_slip *slips = vehicle->slips.items;

    for (int32_t i = 0; i < vehicle->slips.count; i++) {
        if (lead_us <= slips[i].up_to_us) {
            return slips[i].slip;
        }
    }
    return vehicle->slip;
}

/* A launch that should have been before the forecast begins is planned for that day. */
static void
plan_launch(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int64_t planned = iss_us_later(flight->plan_launch_us, world->now_us);
    const struct iss_dist *slip =
        slip_of(iss_flight_vehicle(world, id), planned - world->now_us);

    flight->slip_us = iss_draw_us(world, ISS_DRAW_SLIP, flight->hash, 0, slip);
    flight->ready_us = iss_line_take(world, flight->vehicle);
    flight->due_us =
        iss_us_later(iss_us_add(planned, flight->slip_us), flight->ready_us);
    iss_launch_schedule(world, id, flight->due_us);
}

void
iss_launch_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->model->flights.count; i++) {
        int32_t id = world->model->by_launch[i];
        if (world->flights[id].phase == ISS_FLIGHT_PLANNED) {
            plan_launch(world, id);
        }
    }
    iss_launch_begin_families(world);
}

/* ---- what a launch waits for --------------------------------------------------- */

void
iss_launch_stop(struct iss_world *world, int32_t id, enum iss_stop why)
{
    world->flights[id].stopped = (uint8_t)why;
    world->flights[id].stopped_at = world->sequence;
}

/* Whether what stops the flight is about the rocket, family or pad `id`. */
static bool
concerns(const struct iss_world *world, int32_t flight, enum iss_stop why, int32_t id)
{
    int32_t rocket = world->flights[flight].rocket;

    switch (why) {
    case ISS_STOP_NONE:
        return false;
    case ISS_STOP_GROUNDED:
        return rocket == id;
    case ISS_STOP_UNPROVEN:
        return iss_launch_family(world, flight) == id;
    case ISS_STOP_PAD:
        return iss_ids_have(&iss_model_launch_system(world->model, rocket)->pads, id);
    }
    return false;
}

/* Who has waited longest of those that `why` stops; -1 none.  One that has a date again
 * doesn't wait. */
static int32_t
longest_stopped(const struct iss_world *world, enum iss_stop why, int32_t id)
{
    int32_t best = -1;

    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        if (flight->stopped == why && flight->phase <= ISS_FLIGHT_HELD &&
            concerns(world, i, why, id) &&
            !iss_scheduled(world, iss_slot_flight(world, i, ISS_SLOT_STEP)) &&
            (best < 0 || flight->stopped_at < world->flights[best].stopped_at)) {
            best = i;
        }
    }
    return best;
}

void
iss_launch_go_on(struct iss_world *world, enum iss_stop why, int32_t id)
{
    int32_t flight;

    while ((flight = longest_stopped(world, why, id)) >= 0) {
        world->flights[flight].stopped = ISS_STOP_NONE;
        iss_launch_schedule(world, flight, world->now_us);
    }
}

/* Whether a pad is free; else the flight is to wait for the one that is free first.
 * *pad -1: none is needed, or none is left. */
static bool
queue_for_pad(struct iss_world *world, int32_t id, int32_t *pad)
{
    *pad = iss_policy_pad(world, world->flights[id].rocket);
    int64_t from = *pad < 0 ? world->now_us : iss_pad_free_from(world, *pad);

    if (from <= world->now_us) {
        return true;
    }
    if (from == world->pads[*pad].closed_us) {
        iss_launch_stop(world, id, ISS_STOP_PAD);
    } else {
        iss_launch_schedule(world, id, from);
    }
    *pad = from == ISS_NEVER ? -1 : *pad;
    return false;
}

/* ---- ports that become free ---------------------------------------------------- */

/* Whether a flight waits for nothing but a port.  One that its rocket or pad stops is
 * looked at again when that is ready. */
static bool
waits_for_port(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t pad;

    if (flight->phase != ISS_FLIGHT_HELD || flight->stopped != ISS_STOP_NONE ||
        iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_STEP))) {
        return false;
    }
    enum iss_stop why = iss_launch_obstacle(world, id);
    if (why != ISS_STOP_NONE) {
        iss_launch_stop(world, id, why);
        return false;
    }
    if (!queue_for_pad(world, id, &pad)) {
        return false;
    }
    return iss_policy_port(world, id) >= 0;
}

/* A port is free again: rescues first, then the others in the order of the plan. */
static bool
offer_port(struct iss_world *world, bool to_rescues)
{
    int32_t best = -1;
    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        if ((flight->replaces >= 0) == to_rescues && waits_for_port(world, i) &&
            (best < 0 || flight->due_us < world->flights[best].due_us)) {
            best = i;
        }
    }
    if (best < 0) {
        return false;
    }
    iss_port_reserve(world, best, iss_policy_port(world, best));
    iss_launch_schedule(world, best, world->now_us);
    return true;
}

static void
offer_ports(struct iss_world *world)
{
    while (offer_port(world, true)) {
    }
    while (offer_port(world, false)) {
    }
}

void
iss_launch_give_up_port(struct iss_world *world, int32_t id)
{
    if (world->flights[id].reserved >= 0) {
        iss_port_reserve(world, id, -1);
        offer_ports(world);
    }
}

/* ---- whether it may be launched ------------------------------------------------ */

/* Whether the rocket may fly, and with people; else the launch waits until it may. */
static bool
rocket_ready(struct iss_world *world, int32_t id)
{
    enum iss_stop why = iss_launch_obstacle(world, id);

    world->flights[id].stopped = ISS_STOP_NONE;
    if (why == ISS_STOP_NONE) {
        return true;
    }
    iss_launch_stop(world, id, why);
    iss_launch_give_up_port(world, id);
    if (why == ISS_STOP_GROUNDED) {
        int64_t wait = world->grounded_us[world->flights[id].rocket] - world->now_us;
        iss_raise(world, ISS_EVENT_LAUNCH_GROUNDED, id, -1, iss_days_from_us(wait));
    } else {
        int64_t owed = world->families[iss_launch_family(world, id)].owed;
        iss_raise(world, ISS_EVENT_LAUNCH_UNPROVEN, id, -1, (double)owed);
    }
    return false;
}

/* Whether a pad is free; else the launch waits for the first that is. */
static bool
pad_ready(struct iss_world *world, int32_t id, int32_t *pad)
{
    if (queue_for_pad(world, id, pad)) {
        return true;
    }
    iss_launch_give_up_port(world, id);
    if (*pad < 0) {
        iss_raise(world, ISS_EVENT_LAUNCH_QUEUED, id, -1, NAN);
    } else {
        int64_t wait = iss_pad_free_from(world, *pad) - world->now_us;
        iss_raise(world, ISS_EVENT_LAUNCH_QUEUED, id, *pad, iss_days_from_us(wait));
    }
    return false;
}

/* A pad opens, or stays closed for longer, so that another may be free before it. */
void
iss_launch_on_pad(struct iss_world *world, const struct iss_event *event)
{
    iss_launch_go_on(world, ISS_STOP_PAD, event->subject);
}

/* Whether a port is kept for the flight; else it waits until one is left. */
static bool
port_ready(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int32_t port = iss_policy_port(world, id);

    if (port >= 0) {
        iss_port_reserve(world, id, port);
        return true;
    }
    if (flight->phase != ISS_FLIGHT_HELD) {
        iss_flight_phase(world, id, ISS_FLIGHT_HELD);
        iss_raise(world, ISS_EVENT_LAUNCH_HELD, id, -1, 0);
    }
    return false;
}

/* ---- the launch ---------------------------------------------------------------- */

/* The time to the attempt after the one that row `row` called off. */
static int64_t
recycle_us(const struct iss_world *world, int32_t id, int32_t row)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_launch_system *rocket =
        iss_model_launch_system(world->model, flight->rocket);
    const struct iss_scrub *scrub =
        (const struct iss_scrub *)rocket->scrubs.items + row;

    return iss_draw_us(world, ISS_DRAW_RECYCLE, flight->hash,
                       (uint64_t)flight->scrubs - 1, scrub->recycle);
}

/* The row of the rocket's scrubs that calls this attempt off; -1 none.  One draw
 * decides among them, about the flight and the attempt. */
static int32_t
called_off(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_rows none = {0};
    const struct iss_rows *rows =
        flight->rocket < 0
            ? &none
            : &iss_model_launch_system(world->model, flight->rocket)->scrubs;
    const struct iss_scrub *scrubs = rows->items;

    if (rows->count == 0) {
        return -1;
    }
    double u = iss_draw(world, ISS_DRAW_SCRUB, flight->hash, (uint64_t)flight->scrubs);
    for (int32_t i = 0; i < rows->count; i++) {
        double probability = iss_world_value(world, &scrubs[i].probability);
        if (u < probability) {
            return i;
        }
        u -= probability;
    }
    return -1;
}

/* Whether the attempt succeeds; a port that was kept for it isn't until the next. */
static bool
attempt(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int32_t row = called_off(world, id);

    if (row < 0) {
        return true;
    }
    flight->scrubs++;
    iss_flight_phase(world, id, ISS_FLIGHT_PLANNED);
    iss_raise(world, ISS_EVENT_LAUNCH_SCRUBBED, id,
              iss_model_launch_system(world->model, flight->rocket)->first_scrub + row,
              iss_days_from_us(recycle_us(world, id, row)));
    iss_launch_give_up_port(world, id);
    return false;
}

void
iss_launch_on_scrubbed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    int32_t first =
        iss_model_launch_system(world->model, world->flights[id].rocket)->first_scrub;
    int64_t wait = recycle_us(world, id, event->object - first);

    iss_launch_schedule(world, id, iss_us_add(world->now_us, wait));
}

/* The record doesn't say from which of its pads a rocket flew: the best is taken. */
static int32_t
first_pad(const struct iss_world *world, int32_t rocket)
{
    if (rocket < 0) {
        return -1;
    }
    const struct iss_ids *pads = &iss_model_launch_system(world->model, rocket)->pads;
    return pads->count > 0 ? pads->at[0] : -1;
}

void
iss_launch_on_due(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject, pad = -1;
    struct iss_flight *flight = &world->flights[id];

    if (flight->phase > ISS_FLIGHT_HELD) {
        return;
    }
    if (!flight->recorded && (!rocket_ready(world, id) || !pad_ready(world, id, &pad) ||
                              !port_ready(world, id) || !attempt(world, id))) {
        return;
    }
    iss_pad_take(world, id, flight->recorded ? first_pad(world, flight->rocket) : pad);
    bool planned = flight->plan_launch_us != ISS_NO_TIME && flight->replaces < 0;
    double slip_d =
        planned ? iss_days_from_us(world->now_us - flight->plan_launch_us) : NAN;
    iss_raise(world, ISS_EVENT_LAUNCHED, id, flight->pad, slip_d);
}

/* A line's dates count from the scenario's start: what the record launches after that
 * uses them up. */
static void
consume_unit(struct iss_world *world, int32_t vehicle)
{
    if (world->now_us >= 0) {
        (void)iss_line_take(world, vehicle);
    }
}

void
iss_launch_on_launched(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];
    int32_t rocket = flight->rocket;

    flight->launch_us = world->now_us;
    iss_flight_phase(world, event->subject, ISS_FLIGHT_FREE_FLIGHT);
    if (flight->recorded) {
        consume_unit(world, flight->vehicle);
        iss_launch_prove(world, event->subject);
        return;
    }
    if (rocket < 0) {
        return;
    }
    double success =
        iss_world_value(world, &iss_model_launch_system(world->model, rocket)->success);
    if (flight->doomed ||
        iss_draw(world, ISS_DRAW_ASCENT, flight->hash, 0) >= success) {
        iss_flight_phase(world, event->subject, ISS_FLIGHT_FAILED);
        iss_raise(world, ISS_EVENT_ASCENT_FAILED, event->subject, -1, flight->crew_up);
        return;
    }
    iss_launch_prove(world, event->subject);
}

void
iss_launch_on_ascent_failed(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];

    iss_launch_stand_down(world, event->subject);
    flight->land_us = world->now_us;
    iss_port_reserve(world, event->subject, -1);
}

void
iss_launch_on_vehicle_lost(struct iss_world *world, const struct iss_event *event)
{
    world->flights[event->subject].land_us = world->now_us;
    iss_unschedule(world, iss_slot_flight(world, event->subject, ISS_SLOT_STEP));
    iss_port_reserve(world, event->subject, -1);
}

void
iss_launch_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (iss_world_forecasting(world)) {
        offer_ports(world);
    }
}
