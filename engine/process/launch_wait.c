/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_wait.c - a launch is due, and waits for its rocket, a pad and a port.
 *
 *     due --> rocket --> pad --> port --> attempt
 *              |          |        '-- HELD: until a vehicle leaves or a port opens
 *              |          '-- until its turnaround is over, or it opens
 *              '-- until it is cleared, or its family has flown without people
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

/* ---- waits without a date ------------------------------------------------------ */

static void
stop(struct iss_world *world, int32_t id, enum iss_stop why)
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
        stop(world, id, ISS_STOP_PAD);
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
        stop(world, id, why);
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
    for (int32_t i = 0; world->held_count > 0 && i < world->flight_count; i++) {
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

/* Whether the rocket may fly, and with people; else the launch waits until it may. */
static bool
rocket_ready(struct iss_world *world, int32_t id)
{
    enum iss_stop why = iss_launch_obstacle(world, id);

    world->flights[id].stopped = ISS_STOP_NONE;
    if (why == ISS_STOP_NONE) {
        return true;
    }
    if (skip(world, id, true)) {
        return false;
    }
    stop(world, id, why);
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

bool
iss_launch_ready(struct iss_world *world, int32_t id, int32_t *pad)
{
    return rocket_ready(world, id) && pad_ready(world, id, pad) &&
           port_ready(world, id);
}

/* ---- what ends them ------------------------------------------------------------ */

/* A pad opens, or stays closed for longer, so that another may be free before it. */
void
iss_launch_on_pad(struct iss_world *world, const struct iss_event *event)
{
    iss_launch_go_on(world, ISS_STOP_PAD, event->subject);
}

/* A vehicle is gone, or a port open again. */
void
iss_launch_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (iss_world_forecasting(world)) {
        offer_ports(world);
    }
}
