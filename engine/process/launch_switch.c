/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_switch.c - a rocket is grounded, and what would have to wait for it flies on
 * another.
 *
 *     planned for the grounded rocket --ROCKET_SWITCHED--> planned for another
 *
 * When the grounding begins (or a flight is planned, or a rescue called, meanwhile) its
 * length is known, as is how long each alternative takes to be ready; a launch moves to
 * the first that is ready before the rocket is back.  It stays there.
 *
 * Owns the flights' rockets.  Draws SWITCH about the type of vehicle and the rocket:
 * what takes time is to fit the one to the other, and a later flight isn't ready
 * sooner.
 */
#include "base/hash.h"
#include "process/launch.h"
#include "process/process.h"

/* From when on the flight could be launched on the alternative. */
static int64_t
ready_on(const struct iss_world *world, int32_t id,
         const struct iss_alternative *alternative)
{
    const struct iss_flight *flight = &world->flights[id];
    uint64_t rocket =
        iss_model_launch_system(world->model, alternative->rocket)->entity.hash;
    uint64_t pair =
        iss_hash_occurrence(iss_flight_vehicle(world, id)->entity.hash, rocket);
    int64_t lead = iss_draw_us(world, ISS_DRAW_SWITCH, pair, (uint64_t)flight->switches,
                               alternative->lead);

    return iss_us_later(iss_us_add(world->now_us, lead),
                        world->grounded_us[alternative->rocket]);
}

static void
switch_rocket(struct iss_world *world, int32_t id, int32_t rocket, int64_t ready_us)
{
    struct iss_flight *flight = &world->flights[id];

    flight->rocket = rocket;
    flight->switches++;
    iss_flight_stop(world, id, ISS_STOP_NONE);
    flight->ready_us = iss_us_later(flight->ready_us, ready_us);
    flight->due_us = iss_us_later(flight->due_us, flight->ready_us);
    iss_raise(world, ISS_EVENT_ROCKET_SWITCHED, id, rocket,
              iss_days_from_us(ready_us - world->now_us));
    iss_launch_give_up_port(world, id);
}

/* A launch that isn't due before the rocket is back has no reason to move. */
static void
find_another(struct iss_world *world, int32_t id, int64_t back_us)
{
    const struct iss_rows *rows = &iss_flight_vehicle(world, id)->alternatives;
    const struct iss_alternative *alternatives = rows->items;

    if (world->flights[id].due_us >= back_us) {
        return;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        int64_t ready = ready_on(world, id, &alternatives[i]);
        if (alternatives[i].rocket != world->flights[id].rocket && ready < back_us) {
            switch_rocket(world, id, alternatives[i].rocket, ready);
            return;
        }
    }
}

void
iss_launch_avoid_grounded(struct iss_world *world, int32_t flight)
{
    int32_t rocket = world->flights[flight].rocket;

    if (rocket >= 0 && world->grounded_us[rocket] > world->now_us) {
        find_another(world, flight, world->grounded_us[rocket]);
    }
}

void
iss_launch_on_grounded(struct iss_world *world, const struct iss_event *event)
{
    int32_t rocket = event->subject;

    for (int32_t k = 0; k < world->upcoming.count; k++) {
        if (world->flights[world->upcoming.at[k]].rocket == rocket) {
            find_another(world, world->upcoming.at[k], world->grounded_us[rocket]);
        }
    }
}

void
iss_launch_on_called(struct iss_world *world, const struct iss_event *event)
{
    if (world->flights[event->subject].phase <= ISS_FLIGHT_HELD) {
        iss_launch_avoid_grounded(world, event->subject);
    }
}
