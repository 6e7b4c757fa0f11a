/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * station.c - a station without people doesn't last.
 *
 *     crewed --the last one leaves--> uncrewed --its life is over--> lost
 *        ^-------somebody docks----------'
 *
 * A station that is lost takes what is docked there with it.  Who is on the way gives
 * up docking and goes home, nothing more is launched, and what was to happen there or
 * to its ships doesn't; outages that have begun still end, each on its day.  So it goes
 * when it is deorbited, but that what is docked then burns up as planned.
 *
 * Owns world->lost.  Draws UNCREWED about the station, by how often it was left: from
 * the forecast on.
 */
#include "process/process.h"

/* Somebody has come, gone or died. */
void
iss_station_on_people(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_dist *life = world->model->station.uncrewed_life;
    int32_t slot = iss_slot_loss(world);

    (void)event;
    if (life == NULL || !iss_world_forecasting(world) || world->lost) {
        return;
    }
    if (world->aboard_count > 0) {
        iss_unschedule(world, slot);
    } else if (!iss_scheduled(world, slot)) {
        uint64_t hash =
            iss_target_hash(world, iss_target(world, ISS_TARGET_STATION, 0));
        int64_t life_us =
            iss_draw_us(world, ISS_DRAW_UNCREWED, hash, world->emptied++, life);
        iss_schedule(world, slot, iss_us_add(world->now_us, life_us),
                     ISS_EVENT_STATION_LOST, -1, -1);
    }
}

/* ---- its loss ------------------------------------------------------------------ */

/* What becomes of a flight. */
static void
lose_flight(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];

    switch ((enum iss_flight_phase)flight->phase) {
    case ISS_FLIGHT_PLANNED:
    case ISS_FLIGHT_HELD:
        iss_port_reserve(world, id, -1);
        iss_flight_stop(world, id, ISS_STOP_NONE);
        iss_flight_phase(world, id, ISS_FLIGHT_CANCELLED);
        return;
    case ISS_FLIGHT_FREE_FLIGHT:
        iss_port_reserve(world, id, -1);
        iss_raise(world, ISS_EVENT_DOCKING_ABANDONED, id, -1, 0);
        return;
    case ISS_FLIGHT_DOCKED:
        iss_port_leave(world, id);
        /* fall through */
    case ISS_FLIGHT_RELOCATING:
        iss_port_reserve(world, id, -1);
        flight->land_us = world->now_us;
        iss_flight_phase(world, id,
                         world->ending.deorbited ? ISS_FLIGHT_DISPOSED
                                                 : ISS_FLIGHT_FAILED);
        return;
    default:
        return; /* it is gone, on its way home, or has never been planned */
    }
}

void
iss_station_on_lost(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    world->lost = true;
    world->lost_us = world->now_us;
    world->changed |= ISS_CHANGED_CREW;
    for (int32_t i = 0; i < world->model->cadence.count; i++) {
        world->rules[i].ended = true;
    }
    iss_unschedule_station(world);
    for (int32_t i = 0; i < world->flight_count; i++) {
        lose_flight(world, i);
    }
}
