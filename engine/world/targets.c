/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * targets.c - whatever a failure can strike, in one numbering: the flights (a flight's
 * number is its target), then the ports, the rockets, the pads, the people, and the
 * station.
 */
#include "base/hash.h"
#include "world/world.h"

void
iss_targets_place(struct iss_world *world)
{
    const struct iss_model *model = world->model;
    const int32_t counts[ISS_TARGET_KINDS] = {
        world->flight_capacity, model->ports.count, model->launch_systems.count,
        model->pads.count,      model->crew.count,  1};

    world->first_target[0] = 0;
    for (int i = 0; i < (int)ISS_TARGET_KINDS; i++) {
        world->first_target[i + 1] = world->first_target[i] + counts[i];
    }
}

int32_t
iss_target_count(const struct iss_world *world)
{
    return world->first_target[ISS_TARGET_KINDS];
}

struct iss_target
iss_target_of(const struct iss_world *world, int32_t target)
{
    enum iss_target_kind kind = ISS_TARGET_VEHICLE;

    while (target >= world->first_target[kind + 1]) {
        kind++;
    }
    return (struct iss_target){kind, target - world->first_target[kind]};
}

/* A person is another on the next visit, as far as chance goes. */
static uint64_t
person_hash(const struct iss_world *world, int32_t person)
{
    uint64_t hash = iss_model_crew_member(world->model, person)->entity.hash;
    int32_t stay = world->people[person].stay;

    return stay < 0
               ? hash
               : iss_hash_occurrence(hash, world->flights[world->stays[stay].up].hash);
}

uint64_t
iss_target_hash(const struct iss_world *world, int32_t number)
{
    struct iss_target target = iss_target_of(world, number);

    switch (target.kind) {
    case ISS_TARGET_VEHICLE:
        return world->flights[target.id].hash;
    case ISS_TARGET_PORT:
        return iss_model_port(world->model, target.id)->entity.hash;
    case ISS_TARGET_ROCKET:
        return iss_model_launch_system(world->model, target.id)->entity.hash;
    case ISS_TARGET_PAD:
        return iss_model_pad(world->model, target.id)->entity.hash;
    case ISS_TARGET_PERSON:
        return person_hash(world, target.id);
    default:
        return 0; /* there is one station */
    }
}

struct iss_failure *
iss_failure_stir(struct iss_world *world, int32_t target, int32_t mode)
{
    int64_t at = (int64_t)target * world->model->failures.count + mode;

    if (world->stirred_count < ISS_STIRRED) {
        world->stirred_failures[world->stirred_count] = at;
    }
    world->stirred_count++;
    world->struck = true;
    return &world->failures[at];
}

/* ---- outages ------------------------------------------------------------------- */

bool
iss_rocket_ground(struct iss_world *world, int32_t rocket, int64_t until_us)
{
    if (until_us <= world->grounded_us[rocket] || until_us <= world->now_us) {
        return false;
    }
    world->grounded_us[rocket] = until_us;
    iss_schedule(world, iss_slot_rocket(world, rocket), until_us,
                 ISS_EVENT_ROCKET_CLEARED, rocket, -1);
    return true;
}

/* Whoever is on the way to the port has to find another. */
static void
turn_away(struct iss_world *world, int32_t port)
{
    int32_t flight = world->berths[port].reserved;

    if (flight >= 0 && world->flights[flight].phase <= ISS_FLIGHT_FREE_FLIGHT) {
        iss_port_reserve(world, flight, -1);
    }
}

bool
iss_port_exists(const struct iss_world *world, int32_t port)
{
    const struct iss_port *self = iss_model_port(world->model, port);
    return self->from_us <= world->now_us && world->now_us < self->until_us;
}

bool
iss_port_block(struct iss_world *world, int32_t port, int64_t until_us)
{
    if (until_us <= world->berths[port].blocked_us || until_us <= world->now_us) {
        return false;
    }
    world->berths[port].blocked_us = until_us;
    turn_away(world, port);
    world->changed |= ISS_CHANGED_PORTS;
    iss_schedule(world, iss_slot_port(world, port),
                 iss_us_later(until_us, iss_model_port(world->model, port)->from_us),
                 ISS_EVENT_PORT_OPENED, port, -1);
    return true;
}
