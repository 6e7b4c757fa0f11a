/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch.c - from the plan to free flight.
 *
 *     planned --LAUNCH_DUE--> launched --LAUNCHED--> free flight | ASCENT_FAILED
 *        ^          |
 *        '---held---'  no port that fits is free
 *        '--stopped-'  the rocket is grounded, or may not carry people yet
 *
 * A flight's slip is drawn once, when the forecast begins; its vehicle comes off the
 * production line in the order of the plan.  A port is kept for a flight from its
 * launch on, so that nothing flies to a full station.  What ends a wait (a vehicle that
 * leaves, a rocket that may fly again) is the cause of the launch that follows.
 *
 * Owns the flights' due times.  Draws SLIP, READY, INTERVAL and ASCENT, each about the
 * flight or the unit of the line.
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

/* A launch that should have been before the forecast begins is planned for that day. */
static void
plan_launch(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    const struct iss_dist *slip = iss_flight_vehicle(world, id)->slip;
    int64_t planned = iss_us_later(flight->plan_launch_us, world->now_us);

    flight->ready_us = iss_line_take(world, flight->vehicle);
    flight->due_us = iss_us_later(
        iss_us_add(planned, iss_draw_us(world, ISS_DRAW_SLIP, flight->hash, 0, slip)),
        flight->ready_us);
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

/* Who has waited longest of those that `why` stops; -1 none.  One that has a date again
 * doesn't wait. */
static int32_t
longest_stopped(const struct iss_world *world, enum iss_stop why, int32_t rocket,
                int32_t family)
{
    int32_t best = -1;

    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        if (flight->stopped == why && flight->phase <= ISS_FLIGHT_HELD &&
            (rocket < 0 || flight->rocket == rocket) &&
            (family < 0 || iss_launch_family(world, i) == family) &&
            !iss_scheduled(world, iss_slot_flight(world, i, ISS_SLOT_STEP)) &&
            (best < 0 || flight->stopped_at < world->flights[best].stopped_at)) {
            best = i;
        }
    }
    return best;
}

void
iss_launch_go_on(struct iss_world *world, enum iss_stop why, int32_t rocket,
                 int32_t family)
{
    int32_t id;

    while ((id = longest_stopped(world, why, rocket, family)) >= 0) {
        world->flights[id].stopped = ISS_STOP_NONE;
        iss_launch_schedule(world, id, world->now_us);
    }
}

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
    iss_port_reserve(world, id, -1);
    if (why == ISS_STOP_GROUNDED) {
        int64_t wait = world->grounded_us[world->flights[id].rocket] - world->now_us;
        iss_raise(world, ISS_EVENT_LAUNCH_GROUNDED, id, -1, iss_days_from_us(wait));
    } else {
        int64_t owed = world->families[iss_launch_family(world, id)].owed;
        iss_raise(world, ISS_EVENT_LAUNCH_UNPROVEN, id, -1, (double)owed);
    }
    return false;
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

void
iss_launch_on_due(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];

    if (flight->phase > ISS_FLIGHT_HELD) {
        return;
    }
    if (!flight->recorded &&
        (!rocket_ready(world, event->subject) || !port_ready(world, event->subject))) {
        return;
    }
    bool planned = flight->plan_launch_us != ISS_NO_TIME && flight->replaces < 0;
    double slip_d =
        planned ? iss_days_from_us(world->now_us - flight->plan_launch_us) : NAN;
    iss_raise(world, ISS_EVENT_LAUNCHED, event->subject, -1, slip_d);
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

/* ---- ports that become free ---------------------------------------------------- */

/* Whether a flight waits for nothing but a port.  One that its rocket stops is looked
 * at again when that flies. */
static bool
waits_for_port(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_HELD || flight->stopped != ISS_STOP_NONE ||
        iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_STEP))) {
        return false;
    }
    enum iss_stop why = iss_launch_obstacle(world, id);
    if (why != ISS_STOP_NONE) {
        iss_launch_stop(world, id, why);
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

void
iss_launch_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (!iss_world_forecasting(world)) {
        return;
    }
    while (offer_port(world, true)) {
    }
    while (offer_port(world, false)) {
    }
}
