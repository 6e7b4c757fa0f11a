/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flights.c - the mutators and look-ups of vehicles, ports and production lines.
 */
#include "base/hash.h"
#include "isssim/status.h"
#include "world/world.h"

int32_t
iss_flight_family(const struct iss_world *world, int32_t flight)
{
    int32_t rocket = world->flights[flight].rocket;
    return rocket < 0 ? -1 : iss_model_launch_system(world->model, rocket)->family;
}

const struct iss_cadence *
iss_flight_rule(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    return plan == NULL || plan->rule < 0 ? NULL
                                          : iss_model_cadence(world->model, plan->rule);
}

bool
iss_flight_attached(const struct iss_flight *flight)
{
    return flight->phase == ISS_FLIGHT_DOCKED || flight->phase == ISS_FLIGHT_RELOCATING;
}

bool
iss_flight_over(const struct iss_flight *flight)
{
    return flight->phase >= ISS_FLIGHT_LANDED;
}

bool
iss_flight_missed(const struct iss_flight *flight)
{
    return flight->phase >= ISS_FLIGHT_RETURNING &&
           flight->phase <= ISS_FLIGHT_FAILED && flight->dock_us == ISS_NO_TIME;
}

bool
iss_flight_assessed(const struct iss_world *world, int32_t flight)
{
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        if (iss_world_failure(world, flight, mode)->assessed_us != ISS_NO_TIME) {
            return true;
        }
    }
    return false;
}

bool
iss_flight_detected(const struct iss_world *world, int32_t flight)
{
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        if (iss_world_failure(world, flight, mode)->detected_us != ISS_NO_TIME) {
            return true;
        }
    }
    return false;
}

bool
iss_flight_undecided(const struct iss_world *world, int32_t flight)
{
    bool open = iss_scheduled(world, iss_slot_flight(world, flight, ISS_SLOT_DECISION));
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        const struct iss_failure *failure = iss_world_failure(world, flight, mode);
        open = open || (failure->detected_us != ISS_NO_TIME &&
                        failure->assessed_us == ISS_NO_TIME);
    }
    return open;
}

int32_t
iss_flight_replacement(const struct iss_world *world, int32_t flight)
{
    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *other = &world->flights[i];
        if (other->replaces == flight && other->phase <= ISS_FLIGHT_FREE_FLIGHT) {
            return i;
        }
    }
    return -1;
}

void
iss_flight_phase(struct iss_world *world, int32_t flight, enum iss_flight_phase phase)
{
    struct iss_flight *self = &world->flights[flight];
    if (self->phase == ISS_FLIGHT_HELD && phase != ISS_FLIGHT_HELD) {
        iss_list_remove(&world->held, flight);
    } else if (phase == ISS_FLIGHT_HELD && self->phase != ISS_FLIGHT_HELD) {
        iss_list_add(&world->held, flight);
    }
    if (self->upcoming && phase > ISS_FLIGHT_HELD) {
        iss_list_remove(&world->upcoming, flight);
        self->upcoming = false;
    }
    world->coming += self->flying * ((phase == ISS_FLIGHT_FREE_FLIGHT) -
                                     (self->phase == ISS_FLIGHT_FREE_FLIGHT));
    world->loitering -= self->loiters;
    self->loiters = false;
    self->phase = (uint8_t)phase;
    world->changed |= ISS_CHANGED_FLIGHTS;
}

void
iss_flight_stop(struct iss_world *world, int32_t flight, enum iss_stop why)
{
    uint8_t *stopped = &world->flights[flight].stopped;

    if (*stopped == ISS_STOP_CROWDED || why == ISS_STOP_CROWDED) {
        world->changed |= ISS_CHANGED_FLIGHTS; /* the observers count these */
    }
    world->stopped[*stopped]--;
    world->stopped[why]++;
    *stopped = (uint8_t)why;
}

void
iss_flight_expect(struct iss_world *world, int32_t flight)
{
    if (!world->flights[flight].upcoming) {
        iss_list_add(&world->upcoming, flight);
        world->flights[flight].upcoming = true;
    }
}

void
iss_flight_prepare(struct iss_world *world, int32_t flight, int64_t ready_us)
{
    world->flights[flight].ready_us = ready_us;
    iss_flight_expect(world, flight);
}

/* Behind those of the same date. */
void
iss_flight_enter_plan(struct iss_world *world, int32_t flight, int64_t planned_us)
{
    struct iss_flight *self = &world->flights[flight];
    int32_t at = world->plan_count++;

    while (at > 0 && world->flights[world->plan[at - 1]].plan_launch_us > planned_us) {
        world->plan[at] = world->plan[at - 1];
        at--;
    }
    world->plan[at] = flight;
    self->plan_launch_us = self->due_us = planned_us;
    iss_flight_phase(world, flight, ISS_FLIGHT_PLANNED);
}

bool
iss_flight_prepared(const struct iss_world *world, int32_t flight)
{
    return world->flights[flight].ready_us != ISS_NO_TIME ||
           iss_flight_rule(world, flight) == NULL;
}

void
iss_flight_loiter(struct iss_world *world, int32_t flight, enum iss_wait awaits)
{
    world->loitering += !world->flights[flight].loiters;
    world->flights[flight].loiters = true;
    world->flights[flight].awaits = (uint8_t)awaits;
    world->changed |= ISS_CHANGED_FLIGHTS;
}

void
iss_flight_depart_at(struct iss_world *world, int32_t flight, int64_t time_us)
{
    iss_schedule(world, iss_slot_flight(world, flight, ISS_SLOT_DEPART), time_us,
                 ISS_EVENT_DEPARTURE_DUE, flight, -1);
}

void
iss_port_reserve(struct iss_world *world, int32_t flight, int32_t port)
{
    struct iss_flight *self = &world->flights[flight];
    if (self->reserved >= 0) {
        world->berths[self->reserved].reserved = -1;
    }
    self->reserved = port;
    if (port >= 0) {
        world->berths[port].reserved = flight;
    }
}

void
iss_port_occupy(struct iss_world *world, int32_t flight, int32_t port)
{
    if (port < 0 || world->berths[port].flight >= 0) {
        world->status = ISS_ERR_INVARIANT;
        return;
    }
    iss_port_reserve(world, flight, -1);
    world->flights[flight].port = port;
    world->berths[port].flight = flight;
    world->changed |= ISS_CHANGED_PORTS | ISS_CHANGED_SEATS;
}

void
iss_port_leave(struct iss_world *world, int32_t flight)
{
    struct iss_flight *self = &world->flights[flight];
    if (self->port >= 0) {
        world->berths[self->port].flight = -1;
    }
    self->port = -1;
    world->changed |= ISS_CHANGED_PORTS | ISS_CHANGED_SEATS;
}

void
iss_flight_damage(struct iss_world *world, int32_t flight, enum iss_condition condition,
                  double survival)
{
    struct iss_flight *self = &world->flights[flight];
    if (self->condition < (uint8_t)condition) {
        self->condition = (uint8_t)condition;
    }
    self->survival *= survival;
    world->changed |= ISS_CHANGED_SEATS;
}

int32_t
iss_flight_generate(struct iss_world *world, int32_t vehicle, uint64_t hash)
{
    if (world->generated == world->model->scenario.max_generated) {
        world->status = ISS_ERR_CAPACITY;
        return -1;
    }
    int32_t id = world->flight_count++;

    world->generated++;
    world->flights[id] = (struct iss_flight){
        .plan = -1,
        .vehicle = vehicle,
        .rocket = iss_model_vehicle(world->model, vehicle)->launch_system,
        .pad = -1,
        .team = -1,
        .relief = -1,
        .replaces = -1,
        .port = -1,
        .reserved = -1,
        .profile = -1,
        .spares = -1,
        .next_away = -1,
        .phase = ISS_FLIGHT_PLANNED,
        .survival = 1,
        .hash = hash,
        .plan_launch_us = ISS_NO_TIME,
        .plan_undock_us = ISS_NO_TIME,
        .ready_us = ISS_NO_TIME,
        .due_us = ISS_NO_TIME,
        .launch_us = ISS_NO_TIME,
        .dock_us = ISS_NO_TIME,
        .undock_us = ISS_NO_TIME,
        .land_us = ISS_NO_TIME,
        .limit_us = ISS_NEVER,
        .back_us = ISS_NEVER,
    };
    iss_flight_expect(world, id);
    world->stopped[ISS_STOP_NONE]++;
    world->changed |= ISS_CHANGED_FLIGHTS;
    return id;
}

/* Units come at the listed dates, then at intervals from the last; each may be late.
 * The first unit of a line without dates is there from the start. */
static int64_t
take_unit(struct iss_world *world, int32_t vehicle)
{
    int32_t id = iss_model_vehicle(world->model, vehicle)->line;
    if (id < 0) {
        return world->now_us;
    }
    const struct iss_line *line = iss_model_line(world->model, id);
    if (line->fleet > 0) {
        return world->now_us;
    }
    struct iss_line_state *state = &world->lines[id];
    int32_t unit = state->next++;
    uint64_t hash = iss_hash_occurrence(line->entity.hash, (uint64_t)unit);

    if (unit < line->ready.count) {
        state->last_us = line->ready.at[unit];
    } else if (unit == 0) {
        state->last_us = 0;
    } else if (line->interval == NULL) {
        return ISS_NEVER;
    } else {
        state->last_us =
            iss_us_add(state->last_us,
                       iss_draw_us(world, ISS_DRAW_INTERVAL, hash, 0, line->interval));
    }
    return iss_us_add(state->last_us,
                      iss_draw_us(world, ISS_DRAW_READY, hash, 0, line->delay));
}

int64_t
iss_line_take(struct iss_world *world, int32_t vehicle)
{
    const struct iss_type_state *type = &world->types[vehicle];

    return type->retired ? ISS_NEVER
                         : iss_us_later(take_unit(world, vehicle), type->debut_us);
}

int32_t
iss_plan_team(const struct iss_world *world, int32_t plan)
{
    const struct iss_flight_plan *self = iss_model_flight_plan(world->model, plan);
    int32_t other = self->team_otherwise;
    bool kept = self->team >= 0 && world->team_flight[self->team] >= 0;

    return other >= 0 && (world->team_flight[other] >= 0 || (world->turned && !kept))
               ? other
               : self->team;
}

bool
iss_mission_over(const struct iss_world *world)
{
    return world->ending.over_us != ISS_NO_TIME;
}

int64_t
iss_station_end(const struct iss_world *world, int64_t end_us)
{
    return world->lost && world->lost_us < end_us ? world->lost_us : end_us;
}
