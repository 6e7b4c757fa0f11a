/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fleet.c - vehicles that come back and fly again.
 *
 *     on the ground --LAUNCHED--> up --LANDED--> refurbishment --> on the ground
 *                                  '--> lost, burnt up: missing for good
 *
 * Nobody counts: which vehicles are away follows from the flights, those of the record
 * among them.  The refurbishment is drawn about the flight after which it is: when that
 * lands, or when the forecast begins, as before it what is uncertain isn't drawn yet.
 * Each fleet has a list of its flights, from which those whose vehicle is there again
 * are taken at a launch: in the forecast only.
 */
#include "world/world.h"

/* When the vehicle of a flight of the line that was launched is there again. */
static int64_t
back_after(const struct iss_world *world, int32_t id, const struct iss_line *line)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase != ISS_FLIGHT_LANDED) {
        return ISS_NEVER;
    }
    return iss_us_add(flight->land_us,
                      iss_draw_us(world, ISS_DRAW_REFURBISHMENT, flight->hash, 0,
                                  line->refurbishment));
}

/* Note it, of a flight that is or may be of a fleet. */
static void
note(struct iss_world *world, int32_t flight)
{
    int32_t id = iss_flight_vehicle(world, flight)->line;

    if (id >= 0 && iss_model_line(world->model, id)->fleet > 0) {
        world->flights[flight].back_us =
            back_after(world, flight, iss_model_line(world->model, id));
    }
}

void
iss_fleets_begin(struct iss_world *world)
{
    for (int32_t id = 0; id < world->model->lines.count; id++) {
        for (int32_t i = world->lines[id].away; i >= 0;
             i = world->flights[i].next_away) {
            note(world, i);
        }
    }
}

void
iss_fleet_land(struct iss_world *world, int32_t flight)
{
    if (iss_world_forecasting(world)) {
        note(world, flight);
    }
}

/* How many of the line are away at `time_us` as things stand, and when the next of them
 * is back. */
static int64_t
away(const struct iss_world *world, int32_t id, int64_t time_us, int64_t *next_us)
{
    int64_t count = 0;

    *next_us = ISS_NEVER;
    for (int32_t i = world->lines[id].away; i >= 0; i = world->flights[i].next_away) {
        int64_t back = world->flights[i].back_us;
        if (back > time_us) {
            count++;
            *next_us = back < *next_us ? back : *next_us;
        }
    }
    return count;
}

/* Take those off the list whose vehicle is there again. */
static void
forget(struct iss_world *world, int32_t id)
{
    int32_t *at = &world->lines[id].away;

    while (*at >= 0) {
        struct iss_flight *flight = &world->flights[*at];
        if (flight->back_us <= world->now_us) {
            *at = flight->next_away;
            flight->next_away = -1;
        } else {
            at = &flight->next_away;
        }
    }
}

void
iss_fleet_launch(struct iss_world *world, int32_t flight)
{
    int32_t id = iss_flight_vehicle(world, flight)->line;

    world->flights[flight].launch_us = world->now_us;
    if (id < 0 || iss_model_line(world->model, id)->fleet <= 0) {
        return;
    }
    if (iss_world_forecasting(world)) {
        forget(world, id);
    }
    world->flights[flight].next_away = world->lines[id].away;
    world->lines[id].away = flight;
}

/* Whether the list of a fleet has the flight. */
static bool
is_listed(const struct iss_world *world, int32_t line, int32_t flight)
{
    int32_t i = world->lines[line].away;

    while (i >= 0 && i != flight) {
        i = world->flights[i].next_away;
    }
    return i >= 0;
}

/* Every launched flight of a fleet is in its list, or its vehicle is there again. */
const char *
iss_fleet_check(const struct iss_world *world)
{
    for (int32_t i = 0; i < world->flight_count; i++) {
        int32_t id = iss_flight_vehicle(world, i)->line;
        const struct iss_line *line = id < 0 ? NULL : iss_model_line(world->model, id);
        if (line == NULL || line->fleet <= 0) {
            continue;
        }
        bool flew = world->flights[i].launch_us != ISS_NO_TIME;
        bool listed = is_listed(world, id, i);
        if (listed && !flew) {
            return "a fleet counts a vehicle away that was never launched";
        }
        if (flew && !listed &&
            (!iss_world_forecasting(world) ||
             back_after(world, i, line) > world->now_us)) {
            return "a vehicle of a fleet is away and not in the list of those";
        }
        if (listed && iss_world_forecasting(world) &&
            world->flights[i].back_us != back_after(world, i, line)) {
            return "a vehicle of a fleet is back at another time than it is noted for";
        }
    }
    return NULL;
}

int64_t
iss_fleet_free_from(const struct iss_world *world, int32_t vehicle)
{
    int32_t id = iss_model_vehicle(world->model, vehicle)->line;
    int64_t from = world->now_us, next;

    if (id < 0 || iss_model_line(world->model, id)->fleet <= 0) {
        return from;
    }
    while (from != ISS_NEVER &&
           away(world, id, from, &next) >= iss_model_line(world->model, id)->fleet) {
        from = next;
    }
    return from;
}
