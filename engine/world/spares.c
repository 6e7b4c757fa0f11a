/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spares.c - parts aboard, ordered, and in ships.
 *
 *     ordered --ready--> (in a ship -->) aboard --> in a unit
 *
 * An order is one part.  It stands in the list of its part, by when it is ready, until
 * it comes aboard or a ship takes it into its own.
 */
#include <math.h>

#include "world/world.h"

bool
iss_part_take(struct iss_world *world, int32_t part)
{
    struct iss_part_state *self = &world->parts[part];

    if (self->stock == 0) {
        return false;
    }
    self->stock--;
    return true;
}

void
iss_part_wait(struct iss_world *world, int32_t unit)
{
    int32_t part = iss_model_system(world->model, world->units[unit].system)->part;
    struct iss_part_state *self = &world->parts[part];

    world->units[unit].next = -1;
    if (self->head < 0) {
        self->head = unit;
    } else {
        world->units[self->tail].next = unit;
    }
    self->tail = unit;
    self->waiting++;
}

int32_t
iss_part_serve(struct iss_world *world, int32_t part)
{
    struct iss_part_state *self = &world->parts[part];
    int32_t unit = self->head;

    if (unit < 0 || !iss_part_take(world, part)) {
        return -1;
    }
    self->head = world->units[unit].next;
    self->waiting--;
    return unit;
}

/* ---- orders -------------------------------------------------------------------- */

int32_t
iss_part_missing(const struct iss_world *world, int32_t part)
{
    const struct iss_part *kind = iss_model_part(world->model, part);
    const struct iss_part_state *self = &world->parts[part];
    int32_t missing = (int32_t)kind->target + self->waiting - self->stock -
                      self->ordered - self->loaded;

    return missing < 0 || (kind->lead == NULL && kind->vehicles.count <= 0) ? 0
                                                                            : missing;
}

void
iss_order_place(struct iss_world *world, int32_t part, int64_t ready_us)
{
    struct iss_part_state *self = &world->parts[part];
    int32_t order = world->free_order;
    int32_t *at = &self->first;

    world->free_order = world->orders[order].next;
    while (*at >= 0 && world->orders[*at].ready_us <= ready_us) {
        at = &world->orders[*at].next;
    }
    world->orders[order] = (struct iss_order){ready_us, part, *at};
    *at = order;
    self->ordered++;
    self->orders++;
}

static void
free_order(struct iss_world *world, int32_t order)
{
    world->orders[order].next = world->free_order;
    world->free_order = order;
}

/* Take the first order off its part's list, when it is ready; else -1. */
static int32_t
take_ready(struct iss_world *world, int32_t part)
{
    struct iss_part_state *self = &world->parts[part];
    int32_t order = self->first;

    if (order < 0 || world->orders[order].ready_us > world->now_us) {
        return -1;
    }
    self->first = world->orders[order].next;
    self->ordered--;
    return order;
}

void
iss_order_deliver(struct iss_world *world, int32_t part)
{
    for (int32_t order; (order = take_ready(world, part)) >= 0;) {
        free_order(world, order);
        world->parts[part].stock++;
    }
}

static int64_t
mass_mg(const struct iss_world *world, int32_t part)
{
    return llround(
        iss_world_value(world, &iss_model_part(world->model, part)->mass_kg) *
        ISS_MG_PER_KG);
}

int64_t
iss_flight_spares_mg(const struct iss_world *world, int32_t flight, int32_t cargo)
{
    int64_t mass = 0;

    for (int32_t at = world->flights[flight].spares; at >= 0;
         at = world->orders[at].next) {
        int32_t rides = iss_model_part(world->model, world->orders[at].part)->cargo;
        bool counts = rides >= 0 && (cargo < 0 || rides == cargo);
        mass += counts ? mass_mg(world, world->orders[at].part) : 0;
    }
    return mass;
}

/* In the flight, where it is said how much that carries. */
static bool
fits(const struct iss_world *world, int32_t flight, int32_t part)
{
    int32_t cargo = iss_model_part(world->model, part)->cargo;
    double mass = (double)mass_mg(world, part);

    return cargo < 0 || !iss_vehicle_carries(iss_flight_vehicle(world, flight)) ||
           (iss_flight_room_mg(world, flight, cargo) >= mass &&
            iss_flight_room_mg(world, flight, -1) >= mass);
}

/* Aboard the station, and in the flight. */
static bool
has_room(const struct iss_world *world, int32_t flight, int32_t part)
{
    int64_t capacity = iss_model_part(world->model, part)->capacity;
    const struct iss_part_state *self = &world->parts[part];

    return (capacity == 0 || self->stock + self->loaded < capacity) &&
           fits(world, flight, part);
}

void
iss_order_load(struct iss_world *world, int32_t flight)
{
    struct iss_flight *self = &world->flights[flight];

    for (int32_t part = 0; part < world->model->upkeep.parts; part++) {
        int32_t first = world->parts[part].first;
        if (first < 0 || world->orders[first].ready_us > world->now_us ||
            !iss_ids_have(&iss_model_part(world->model, part)->vehicles,
                          self->vehicle)) {
            continue;
        }
        while (has_room(world, flight, part)) {
            int32_t order = take_ready(world, part);
            if (order < 0) {
                break;
            }
            world->orders[order].next = self->spares;
            self->spares = order;
            world->parts[part].loaded++;
        }
    }
}

int32_t
iss_order_unload(struct iss_world *world, int32_t flight, bool aboard)
{
    struct iss_flight *self = &world->flights[flight];
    int32_t order = self->spares;

    if (order < 0) {
        return -1;
    }
    int32_t part = world->orders[order].part;
    self->spares = world->orders[order].next;
    free_order(world, order);
    world->parts[part].loaded--;
    world->parts[part].stock += aboard;
    return part;
}
