/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic_docking.c - attempts to dock, and what they wait for.
 *
 *                 .--DOCKING_HELD---- a port
 *                 |--CAPTURE_HELD---- somebody aboard who can capture it
 *                 |  (spacing)------- some time since the last coming or going
 *                 |  SUN_WAIT-------- the sun to be out of the way
 *                 v
 *     DOCKING_DUE --> attempt (DOCKING_MANUAL) --> DOCKED
 *         ^              |
 *         '-DOCKING_FAILED            DOCKING_ABANDONED: its free-flight life ends
 * first
 *
 * A vehicle that waits for a port or a person has no date; whatever brings one
 * schedules its docking, and so is its cause, and the end of its free-flight life is
 * its last chance.  A docking of the record needs none of this.
 *
 * Owns the ports with traffic_relocation.c.  Draws DOCKING, MANUAL, MANUAL_DOCKING and
 * RETRY about the flight and the attempt.
 */
#include "policy/policy.h"
#include "process/process.h"
#include "process/traffic.h"

/* The last moment at which a flight can dock. */
static int64_t
last_chance(const struct iss_world *world, int32_t id)
{
    return iss_us_add(world->flights[id].launch_us,
                      iss_flight_vehicle(world, id)->free_flight_life_us);
}

/* ---- waiting ------------------------------------------------------------------- */

/* Whether another vehicle has just come or gone: this one waits in free flight, unless
 * it can't for that long. */
static bool
must_wait(struct iss_world *world, int32_t id)
{
    int64_t from = iss_world_spaced(world, world->last_visit_us);

    if (from <= world->now_us || from > last_chance(world, id)) {
        return false;
    }
    iss_flight_loiter(world, id, ISS_WAIT_NONE);
    iss_traffic_step(world, id, from, ISS_EVENT_DOCKING_DUE);
    iss_raise(world, ISS_EVENT_SPACING_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return true;
}

/* Whether the sun is in the way, likewise. */
static bool
must_wait_for_sun(struct iss_world *world, int32_t id)
{
    int64_t from =
        iss_orbit_clear_from(&iss_flight_vehicle(world, id)->glare, world->now_us);

    if (from <= world->now_us || from > last_chance(world, id) || from == ISS_NEVER) {
        return false;
    }
    iss_flight_loiter(world, id, ISS_WAIT_NONE);
    iss_traffic_step(world, id, from, ISS_EVENT_DOCKING_DUE);
    iss_raise(world, ISS_EVENT_SUN_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return true;
}

/* Whether a port is kept for the flight: the one that was, if it is still there. */
static bool
has_port(struct iss_world *world, int32_t id)
{
    int32_t kept = world->flights[id].reserved;

    if (kept < 0 || !iss_port_exists(world, kept)) {
        iss_port_reserve(world, id, iss_policy_port(world, id));
    }
    return world->flights[id].reserved >= 0;
}

/* Told once, however often it is looked for. */
static void
wait_for(struct iss_world *world, int32_t id, enum iss_wait awaited)
{
    int64_t end = last_chance(world, id);

    if (end <= world->now_us) {
        iss_raise(world, ISS_EVENT_DOCKING_ABANDONED, id, -1, 0);
        return;
    }
    if (world->flights[id].awaits != awaited) {
        iss_raise(world,
                  awaited == ISS_WAIT_PORT ? ISS_EVENT_DOCKING_HELD
                                           : ISS_EVENT_CAPTURE_HELD,
                  id, -1, 0);
    }
    iss_flight_loiter(world, id, awaited);
    iss_traffic_step(world, id, end, ISS_EVENT_DOCKING_DUE);
}

/* ---- attempts ------------------------------------------------------------------ */

/* Somebody at the station does it, or the crew that comes. */
static bool
docks_by_hand(struct iss_world *world, int32_t id, uint64_t number)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t hands = world->aboard_count + flight->crew_up;

    iss_raise(world, ISS_EVENT_DOCKING_MANUAL, id, -1, hands);
    return hands > 0 &&
           iss_draw(world, ISS_DRAW_MANUAL_DOCKING, flight->hash, number) <
               iss_world_value(world, &iss_flight_vehicle(world, id)->manual_success);
}

static bool
attempt_succeeds(struct iss_world *world, int32_t id)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    struct iss_flight *flight = &world->flights[id];
    uint64_t number = (uint64_t)flight->attempts++;
    double manual = iss_world_value(world, &vehicle->manual);

    if (manual > 0 && iss_draw(world, ISS_DRAW_MANUAL, flight->hash, number) < manual) {
        return docks_by_hand(world, id, number);
    }
    return iss_draw(world, ISS_DRAW_DOCKING, flight->hash, number) <
           iss_world_value(world, &vehicle->docking_success);
}

static void
try_again(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int64_t wait =
        iss_draw_us(world, ISS_DRAW_RETRY, flight->hash, (uint64_t)flight->attempts,
                    iss_flight_vehicle(world, id)->docking_retry);
    int64_t next = iss_us_add(world->now_us, wait);

    if (next > last_chance(world, id) || wait == 0) {
        iss_raise(world, ISS_EVENT_DOCKING_ABANDONED, id, -1, 0);
        return;
    }
    iss_raise(world, ISS_EVENT_DOCKING_FAILED, id, -1, iss_days_from_us(wait));
    iss_flight_loiter(world, id, ISS_WAIT_NONE);
    iss_traffic_step(world, id, next, ISS_EVENT_DOCKING_DUE);
}

void
iss_traffic_on_docking(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_FREE_FLIGHT) {
        return;
    }
    if (iss_traffic_recorded_docking(world, id) != ISS_NEVER) {
        iss_raise(world, ISS_EVENT_DOCKED, id,
                  iss_flight_plan_of(world, id)->flown.port, flight->crew_up);
    } else if (must_wait(world, id) || must_wait_for_sun(world, id)) {
        return;
    } else if (!has_port(world, id)) {
        wait_for(world, id, ISS_WAIT_PORT);
    } else if (!iss_world_skilled(world, iss_flight_vehicle(world, id)->captured_by)) {
        wait_for(world, id, ISS_WAIT_SKILL);
    } else if (attempt_succeeds(world, id)) {
        iss_raise(world, ISS_EVENT_DOCKED, id, flight->reserved, flight->crew_up);
    } else {
        try_again(world, id);
    }
}

/* ---- what comes of them -------------------------------------------------------- */

void
iss_traffic_on_docked(struct iss_world *world, const struct iss_event *event)
{
    world->last_visit_us = world->now_us;
    world->flights[event->subject].dock_us = world->now_us;
    iss_port_occupy(world, event->subject, event->object);
    iss_flight_phase(world, event->subject, ISS_FLIGHT_DOCKED);
    iss_traffic_plan_recorded(world, event->subject);
    iss_traffic_plan_move(world, event->subject);
}

void
iss_traffic_on_abandoned(struct iss_world *world, const struct iss_event *event)
{
    iss_port_reserve(world, event->subject, -1);
    iss_flight_phase(world, event->subject, ISS_FLIGHT_RETURNING);
    iss_traffic_plan_landing(world, event->subject);
}

/* Whether what the flight awaits in free flight has come; a port is kept for it. */
static bool
may_go_on(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_FREE_FLIGHT) {
        return false;
    }
    switch ((enum iss_wait)flight->awaits) {
    case ISS_WAIT_PORT:
        return iss_policy_port(world, id) >= 0;
    case ISS_WAIT_SKILL:
        return iss_world_skilled(world, iss_flight_vehicle(world, id)->captured_by);
    case ISS_WAIT_NONE:
        return false;
    }
    return false;
}

/* Who of those that may go on can wait least; -1 nobody. */
static int32_t
next_to_go_on(struct iss_world *world)
{
    int32_t best = -1;

    for (int32_t i = 0; world->loitering > 0 && i < world->flight_count; i++) {
        if (may_go_on(world, i) &&
            (best < 0 || last_chance(world, i) < last_chance(world, best))) {
            best = i;
        }
    }
    return best;
}

/* Somebody has come, or a port may be free.  Who is in free flight goes before planned
 * moves, and these before launches. */
void
iss_traffic_on_change(struct iss_world *world, const struct iss_event *event)
{
    int32_t id;

    (void)event;
    while ((id = next_to_go_on(world)) >= 0) {
        iss_port_reserve(world, id, iss_policy_port(world, id));
        iss_flight_loiter(world, id, ISS_WAIT_NONE);
        iss_traffic_step(world, id, world->now_us, ISS_EVENT_DOCKING_DUE);
    }
    iss_traffic_make_moves(world);
}
