/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cargo.c - what ships bring.
 *
 *     ground --launch--> in the ship --docking, or once there is room--> in the station
 *                            '--> missed: the ship never came
 *                            '--> taken away: there was no room until it left
 *
 * What is still in a flight is marked, so that only that is looked at.
 *
 * Owns world->cargo and world->laden.
 */
#include <math.h>

#include "world/stocks.h"
#include "world/world.h"

struct iss_freight *
iss_cargo_of(const struct iss_world *world, int32_t flight, int32_t resource)
{
    return &world->cargo[(int64_t)flight * world->model->resources.count + resource];
}

static uint64_t *
laden(const struct iss_world *world, int32_t flight)
{
    return &world->laden[(int64_t)flight *
                         iss_marks_words(world->model->resources.count)];
}

void
iss_cargo_load(struct iss_world *world, int32_t flight, int32_t resource,
               int64_t mass_mg)
{
    struct iss_freight *freight = iss_cargo_of(world, flight, resource);

    freight->loaded_mg += mass_mg;
    freight->left_mg += mass_mg;
    iss_mark(laden(world, flight), resource);
    world->stocks[resource].loaded_mg += mass_mg;
    world->changed |= ISS_CHANGED_STOCKS;
}

int64_t
iss_cargo_unload(struct iss_world *world, int32_t flight, int32_t resource)
{
    if (!iss_marked(laden(world, flight), resource)) {
        return 0;
    }
    struct iss_stock *stock = &world->stocks[resource];
    struct iss_freight *freight = iss_cargo_of(world, flight, resource);

    iss_stock_settle(world, resource);
    int64_t room = stock->capacity_mg - stock->level_mg;
    int64_t moved = freight->left_mg < room ? freight->left_mg : room;

    freight->left_mg -= moved;
    freight->delivered_mg += moved;
    stock->level_mg += moved;
    stock->delivered_mg += moved;
    stock->steps += moved > 0;
    if (freight->left_mg == 0) {
        iss_unmark(laden(world, flight), resource);
    }
    iss_stock_stir(world, resource);
    return moved;
}

int64_t
iss_cargo_unload_all(struct iss_world *world, int32_t flight)
{
    const uint64_t *marks = laden(world, flight);
    int32_t count = world->model->resources.count;
    int64_t moved = 0;

    for (int32_t i = iss_marks_next(marks, 0, count); i < count;
         i = iss_marks_next(marks, i + 1, count)) {
        moved += iss_cargo_unload(world, flight, i);
    }
    return moved;
}

int64_t
iss_cargo_drop(struct iss_world *world, int32_t flight, bool never_came)
{
    uint64_t *marks = laden(world, flight);
    int32_t count = world->model->resources.count;
    int64_t mass = 0;

    for (int32_t i = iss_marks_next(marks, 0, count); i < count;
         i = iss_marks_next(marks, i + 1, count)) {
        struct iss_stock *stock = &world->stocks[i];
        struct iss_freight *freight = iss_cargo_of(world, flight, i);
        mass += freight->left_mg;
        *(never_came ? &stock->missed_mg : &stock->taken_away_mg) += freight->left_mg;
        freight->left_mg = 0;
    }
    iss_unmark_all(marks, count);
    world->changed |= ISS_CHANGED_STOCKS;
    return mass;
}

int64_t
iss_cargo_coming_mg(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    return stock->loaded_mg - stock->delivered_mg - stock->missed_mg -
           stock->taken_away_mg;
}

/* ---- room ---------------------------------------------------------------------- */

bool
iss_vehicle_carries(const struct iss_vehicle *vehicle)
{
    return vehicle->holds.count > 0 || !isnan(vehicle->cargo_total.fixed);
}

static double
total_room(const struct iss_world *world, const struct iss_vehicle *vehicle)
{
    const struct iss_hold *holds = vehicle->holds.items;
    double total = iss_world_value(world, &vehicle->cargo_total), sum = 0;

    if (!isnan(total)) {
        return total * ISS_MG_PER_KG;
    }
    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        sum += iss_world_value(world, &holds[i].mass);
    }
    return sum * ISS_MG_PER_KG;
}

/* Of a class; a vehicle without holds takes any. */
static double
room_for(const struct iss_world *world, const struct iss_vehicle *vehicle,
         int32_t cargo)
{
    const struct iss_hold *holds = vehicle->holds.items;

    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        if (holds[i].cargo == cargo) {
            return iss_world_value(world, &holds[i].mass) * ISS_MG_PER_KG;
        }
    }
    return vehicle->holds.count > 0 ? 0 : total_room(world, vehicle);
}

double
iss_flight_room_mg(const struct iss_world *world, int32_t flight, int32_t cargo)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    double room =
        cargo < 0 ? total_room(world, vehicle) : room_for(world, vehicle, cargo);

    return world->flights[flight].spares < 0
               ? room
               : room - (double)iss_flight_spares_mg(world, flight, cargo);
}

/* ---- balances ------------------------------------------------------------------ */

/* What is in ships still, and whether it is marked. */
static const char *
check_ships(const struct iss_world *world, int32_t resource)
{
    int64_t in_ships = 0;
    bool marked = true;

    for (int32_t i = 0; i < world->flight_count; i++) {
        int64_t left = iss_cargo_of(world, i, resource)->left_mg;
        in_ships += left;
        marked = marked && iss_marked(laden(world, i), resource) == (left != 0);
    }
    if (in_ships != iss_cargo_coming_mg(world, resource)) {
        return "the ships hold other cargo than was loaded and is still to come";
    }
    return marked ? NULL : "other cargo is marked than is in a ship";
}

static const char *
check_stock(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int32_t segment = iss_model_resource(world->model, resource)->users, users = 0;
    const char *broken = check_ships(world, resource);

    for (int32_t i = 0; i < world->aboard_count; i++) {
        const struct iss_crew_member *member =
            iss_model_crew_member(world->model, world->aboard[i]);
        users += segment < 0 || member->segment == segment;
    }
    if (stock->initial_mg + stock->delivered_mg + stock->made.total_mg !=
        stock->used.total_mg + stock->lost_mg + stock->down_mg[0] + stock->down_mg[1] +
            stock->level_mg) {
        return "a stock isn't what came and was made less what was used, lost and "
               "taken";
    }
    if (stock->level_mg == stock->capacity_mg &&
        stock->made.mg_per_d > stock->used.mg_per_d &&
        stock->settled_us == world->now_us) {
        return "more is made than there is room for";
    }
    if (broken != NULL) {
        return broken;
    }
    if (stock->level_mg < 0 || stock->level_mg > stock->capacity_mg) {
        return "a stock is below nothing or above its capacity";
    }
    return users != iss_world_users(world, segment)
               ? "other people use a stock than are counted"
               : NULL;
}

const char *
iss_stocks_check(const struct iss_world *world)
{
    const char *broken = NULL;
    int32_t shut = 0;

    for (int32_t i = 0;
         world->stocked && broken == NULL && i < world->model->resources.count; i++) {
        broken = check_stock(world, i);
        shut += world->stocks[i].shut;
    }
    if (broken == NULL && shut != world->shut) {
        broken = "nobody is to come for want of other resources than are counted";
    }
    return broken;
}
