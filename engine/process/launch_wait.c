/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_wait.c - a launch is due, and waits for its vehicle, its rocket, room, a pad
 * and a port.
 *
 *     due --> vehicle --> rocket --> room --> pad --> port --> attempt
 *                |          |         |        |        '-- HELD: until a vehicle
 *                |          |         |        |            leaves or a port opens
 *                |          |         |        '-- until it is long enough after the
 *                |          |         |            last launch, the sun won't be in the
 *                |          |         |            way, and its turnaround is over, or
 *                |          |         |            it opens
 *                |          |         '-- until somebody has left the station
 *                |          '-- until it is cleared, or its family has flown without
 *                |              people
 *                '-- until the production line gives it, or one of its fleet has
 *                    landed and is refurbished
 *
 * A flight whose rule skips launches is CANCELLED instead of waiting for its rocket or
 * a port.
 *
 * Whatever ends a wait without a date schedules the launch, and so is its cause.  A
 * port is kept for a flight from when it is offered one, or from its launch on; one
 * that has to wait for something else leaves it to others.
 *
 * Draws nothing.
 */
#include <math.h>

#include "policy/policy.h"
#include "process/launch.h"
#include "process/process.h"

/* ---- pads ---------------------------------------------------------------------- */

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
        iss_flight_stop(world, id, ISS_STOP_PAD);
    } else {
        iss_launch_schedule(world, id, from);
    }
    *pad = from == ISS_NEVER ? -1 : *pad;
    return false;
}

/* ---- ports that become free ---------------------------------------------------- */

/* A launch that no room is left for, if that is what stops it. */
static void
tell_crowd(struct iss_world *world, int32_t id)
{
    if (world->flights[id].stopped == ISS_STOP_CROWDED) {
        iss_raise(world, ISS_EVENT_LAUNCH_CROWDED, id, -1, iss_policy_crowd(world, id));
    }
}

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
    enum iss_stop why = iss_policy_obstacle(world, id);
    if (why != ISS_STOP_NONE) {
        iss_flight_stop(world, id, why);
        tell_crowd(world, id);
        iss_port_reserve(world, id, -1);
        return false;
    }
    if (!queue_for_pad(world, id, &pad)) {
        iss_port_reserve(world, id, -1);
        return false;
    }
    return iss_policy_port(world, id) >= 0;
}

/* A port is free again: who goes first of those that wait gets it. */
static bool
offer_port(struct iss_world *world)
{
    int32_t best = -1;

    for (int32_t i = -1; (i = iss_list_next(&world->held, i + 1)) >= 0;) {
        if (waits_for_port(world, i) &&
            (best < 0 || iss_policy_before(world, i, best))) {
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
    while (offer_port(world)) {
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

/* A launch that its rule doesn't let wait, and that isn't a rescue, is off. */
static bool
skip(struct iss_world *world, int32_t id, bool grounded)
{
    const struct iss_cadence *rule = iss_flight_rule(world, id);

    if (rule == NULL || !(grounded ? rule->skip_grounded : rule->skip_full) ||
        world->flights[id].replaces >= 0) {
        return false;
    }
    iss_flight_phase(world, id, ISS_FLIGHT_CANCELLED);
    iss_raise(world, ISS_EVENT_LAUNCH_SKIPPED, id, -1, grounded);
    iss_launch_give_up_port(world, id);
    return true;
}

/* Whether its vehicle is off the line; else the launch waits until it is. */
static bool
vehicle_ready(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->ready_us <= world->now_us) {
        return true;
    }
    iss_launch_schedule(world, id, flight->due_us);
    iss_raise(world, ISS_EVENT_LAUNCH_UNREADY, id, -1,
              flight->ready_us == ISS_NEVER
                  ? NAN
                  : iss_days_from_us(flight->ready_us - world->now_us));
    return false;
}

/* Whether the last launch is long enough ago; else this one is put off. */
static bool
is_spaced(struct iss_world *world, int32_t id)
{
    int64_t from = iss_world_spaced(world, world->last_launch_us);

    if (from <= world->now_us) {
        return true;
    }
    iss_launch_give_up_port(world, id);
    iss_launch_schedule(world, id, from);
    iss_raise(world, ISS_EVENT_SPACING_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return false;
}

/* Whether the sun stands well where the flight would dock; else this launch waits, so
 * as to arrive when it does. */
static bool
is_clear(struct iss_world *world, int32_t id)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    int64_t way = vehicle->glare.count == 0 || vehicle->rendezvous == NULL
                      ? 0
                      : iss_us_from_days(
                            iss_dist_mean(iss_world_dist(world, vehicle->rendezvous)));
    int64_t arrival = iss_us_add(world->now_us, way);
    int64_t from = iss_orbit_clear_from(&vehicle->glare, arrival);

    if (from == arrival) {
        return true;
    }
    iss_launch_give_up_port(world, id);
    iss_launch_schedule(world, id, from == ISS_NEVER ? from : from - way);
    iss_raise(world, ISS_EVENT_SUN_WAIT, id, -1,
              from == ISS_NEVER ? (double)NAN : iss_days_from_us(from - arrival));
    return false;
}

static void
tell_obstacle(struct iss_world *world, int32_t id, enum iss_stop why)
{
    if (why == ISS_STOP_GROUNDED) {
        int64_t until = world->grounded_us[world->flights[id].rocket];
        iss_raise(world, ISS_EVENT_LAUNCH_GROUNDED, id, -1,
                  until == ISS_NEVER ? NAN : iss_days_from_us(until - world->now_us));
    } else if (why == ISS_STOP_UNPROVEN) {
        int64_t owed = world->families[iss_flight_family(world, id)].owed;
        iss_raise(world, ISS_EVENT_LAUNCH_UNPROVEN, id, -1, (double)owed);
    } else {
        tell_crowd(world, id);
    }
}

/* Whether the rocket may fly, and with people, and there is room for them; else the
 * launch waits until so. */
static bool
rocket_ready(struct iss_world *world, int32_t id)
{
    enum iss_stop why = iss_policy_obstacle(world, id);

    if (why == ISS_STOP_NONE) {
        iss_flight_stop(world, id, why);
        return true;
    }
    if (why != ISS_STOP_CROWDED && skip(world, id, true)) {
        return false;
    }
    iss_flight_stop(world, id, why);
    iss_launch_give_up_port(world, id);
    tell_obstacle(world, id, why);
    return false;
}

/* Whether the fleet has a vehicle for it; else the launch waits for the first. */
static bool
fleet_ready(struct iss_world *world, int32_t id)
{
    int64_t from = iss_fleet_free_from(world, world->flights[id].vehicle);
    double wait = NAN;

    if (from <= world->now_us) {
        return true;
    }
    if (from == ISS_NEVER) {
        iss_flight_stop(world, id, ISS_STOP_FLEET);
    } else {
        iss_launch_schedule(world, id, from);
        wait = iss_days_from_us(from - world->now_us);
    }
    iss_launch_give_up_port(world, id);
    iss_raise(world, ISS_EVENT_LAUNCH_UNREADY, id, -1, wait);
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
    if (flight->phase != ISS_FLIGHT_HELD && !skip(world, id, false)) {
        iss_flight_phase(world, id, ISS_FLIGHT_HELD);
        iss_raise(world, ISS_EVENT_LAUNCH_HELD, id, -1, 0);
    }
    return false;
}

/* A pad that is in use, or a moment too close to the last launch, is no place to offer
 * to another. */
bool
iss_launch_ready(struct iss_world *world, int32_t id, int32_t *pad)
{
    bool equipped =
        vehicle_ready(world, id) && rocket_ready(world, id) && fleet_ready(world, id);

    if (equipped &&
        (!is_spaced(world, id) || !is_clear(world, id) || !pad_ready(world, id, pad))) {
        return false;
    }
    if (!equipped || !port_ready(world, id)) {
        iss_launch_offer_place(world, id);
        return false;
    }
    return true;
}

/* ---- what ends them ------------------------------------------------------------ */

/* A pad opens, or stays closed for longer, so that another may be free before it. */
void
iss_launch_on_pad(struct iss_world *world, const struct iss_event *event)
{
    iss_launch_go_on(world, ISS_STOP_PAD, event->subject);
}

/* A vehicle is down: if it is of a fleet, it will be ready for whoever waits. */
void
iss_launch_on_landed(struct iss_world *world, const struct iss_event *event)
{
    int32_t line = iss_flight_vehicle(world, event->subject)->line;

    if (line >= 0) {
        iss_launch_go_on(world, ISS_STOP_FLEET, line);
    }
}

/* Somebody has died aboard: there may be room for another crew. */
void
iss_launch_on_person_lost(struct iss_world *world, const struct iss_event *event)
{
    if (event->object < 0 && iss_world_forecasting(world)) {
        iss_launch_go_on(world, ISS_STOP_CROWDED, -1);
    }
}

/* More people may be aboard again, perhaps. */
void
iss_launch_on_limit(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_launch_go_on(world, ISS_STOP_CROWDED, -1);
}

/* A vehicle is gone, or a port open again. */
void
iss_launch_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (iss_world_forecasting(world)) {
        iss_launch_go_on(world, ISS_STOP_CROWDED, -1);
        offer_ports(world);
    }
}
