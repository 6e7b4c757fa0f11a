/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fleet.c - vehicles that come back and fly again.
 *
 *     on the ground --LAUNCHED--> up --LANDED--> refurbishment --> on the ground
 *                                  '--> lost, burnt up: missing for good
 *
 * Nobody counts: which vehicles are away follows from the flights, those of the record
 * among them.  The refurbishment is drawn when it is asked for, about the flight after
 * which it is.
 */
#include "world/world.h"

/* When the vehicle of a flight is there again for another; INT64_MIN: it isn't away. */
static int64_t
back_us(const struct iss_world *world, int32_t id, const struct iss_line *line)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->launch_us == ISS_NO_TIME) {
        return INT64_MIN;
    }
    if (flight->phase != ISS_FLIGHT_LANDED) {
        return ISS_NEVER;
    }
    return iss_us_add(flight->land_us,
                      iss_draw_us(world, ISS_DRAW_REFURBISHMENT, flight->hash, 0,
                                  line->refurbishment));
}

/* How many of the line are away at `time_us` as things stand, and when the next of them
 * is back. */
static int64_t
away(const struct iss_world *world, int32_t id, int64_t time_us, int64_t *next_us)
{
    const struct iss_line *line = iss_model_line(world->model, id);
    int64_t count = 0;

    *next_us = ISS_NEVER;
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (iss_flight_vehicle(world, i)->line == id) {
            int64_t back = back_us(world, i, line);
            if (back > time_us) {
                count++;
                *next_us = back < *next_us ? back : *next_us;
            }
        }
    }
    return count;
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
