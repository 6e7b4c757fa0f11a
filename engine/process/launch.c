/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch.c - from the plan to free flight.
 *
 *     planned --LAUNCH_DUE--> attempt --LAUNCHED--> free flight | ASCENT_FAILED
 *        ^          |            |
 *        '--waits---'            |  for its vehicle, rocket, a pad, a port:
 * launch_wait.c
 *        '----LAUNCH_SCRUBBED----'
 *
 * A flight's slip is drawn once, when the forecast begins or a rule of the cadence
 * plans it; its vehicle comes off the production line then, in the order of the plan,
 * those first whom policy.first prefers.
 * A port is kept for a flight from its launch on, so that nothing flies to a full
 * station.  What the record launched fails if the record says so, and grounds nothing:
 * the record has the launches that followed.
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
    iss_flight_prepare(world, id, iss_line_take(world, flight->vehicle));
    flight->due_us = iss_us_add(planned, flight->slip_us);
    iss_launch_schedule(world, id, flight->due_us);
    flight->due_us = iss_us_later(flight->due_us, flight->ready_us);
}

/* What a rule makes is prepared its lead time ahead; what is named, at once. */
static void
prepare(struct iss_world *world, int32_t id)
{
    const struct iss_cadence *rule = iss_flight_rule(world, id);
    int64_t from = rule == NULL ? world->now_us
                                : world->flights[id].plan_launch_us - rule->lead_us;

    if (from > world->now_us) {
        iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_STEP), from,
                     ISS_EVENT_PREPARATION_DUE, id, -1);
        return;
    }
    plan_launch(world, id);
    if (rule != NULL) {
        iss_launch_avoid_grounded(world, id);
    }
}

static void
plan_launches(struct iss_world *world, int32_t turn)
{
    for (int32_t i = 0; i < world->plan_count; i++) {
        int32_t id = world->plan[i];
        if (world->flights[id].phase == ISS_FLIGHT_PLANNED &&
            iss_policy_turn(world, id) == turn) {
            prepare(world, id);
        }
    }
}

void
iss_launch_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_pads_begin(world);
    iss_fleets_begin(world);
    for (int32_t turn = 0; turn <= 2; turn++) {
        plan_launches(world, turn);
    }
    iss_launch_begin_families(world);
}

void
iss_launch_on_planned(struct iss_world *world, const struct iss_event *event)
{
    if (world->flights[event->subject].phase == ISS_FLIGHT_PLANNED) {
        prepare(world, event->subject);
    }
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

    if (world->flights[id].phase != ISS_FLIGHT_PLANNED) {
        return;
    }
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
    if (!flight->recorded &&
        (!iss_launch_first(world, id) || !iss_launch_ready(world, id, &pad) ||
         !attempt(world, id))) {
        return;
    }
    world->last_launch_us = world->now_us;
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

/* By the record; in the forecast by the scenario's hand or by chance, but not without a
 * rocket. */
static bool
ascent_fails(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t rocket = flight->rocket;

    if (flight->recorded) {
        return iss_flight_plan_of(world, id)->flown.outcome == ISS_FLOWN_ASCENT_FAILED;
    }
    if (rocket < 0) {
        return false;
    }
    return flight->doomed ||
           iss_draw(world, ISS_DRAW_ASCENT, flight->hash, 0) >=
               iss_world_value(world,
                               &iss_model_launch_system(world->model, rocket)->success);
}

void
iss_launch_on_launched(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];

    if (flight->phase > ISS_FLIGHT_HELD) {
        return;
    }
    iss_fleet_launch(world, event->subject);
    iss_flight_phase(world, event->subject, ISS_FLIGHT_FREE_FLIGHT);
    if (flight->recorded) {
        consume_unit(world, flight->vehicle);
    }
    if (ascent_fails(world, event->subject)) {
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

    if (flight->phase != ISS_FLIGHT_FAILED) {
        return;
    }
    if (!flight->recorded) {
        iss_launch_stand_down(world, event->subject);
    }
    flight->land_us = world->now_us;
    iss_port_reserve(world, event->subject, -1);
}

void
iss_launch_on_vehicle_lost(struct iss_world *world, const struct iss_event *event)
{
    if (world->flights[event->subject].phase != ISS_FLIGHT_FAILED) {
        return;
    }
    world->flights[event->subject].land_us = world->now_us;
    iss_unschedule(world, iss_slot_flight(world, event->subject, ISS_SLOT_STEP));
    iss_port_reserve(world, event->subject, -1);
}
