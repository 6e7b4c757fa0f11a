/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_queue.c - launches that something has stopped, and whose turn it is.
 *
 *     stopped --what stops it is over--> due now --its turn--> looked at
 *                                          ^         |
 *                                          '---no----'
 *
 * Launches that are due at one moment go in the order of iss_policy_before(), whatever
 * made them due, and so does what is given out to those that wait.
 *
 * Draws nothing.
 */
#include "policy/policy.h"
#include "process/launch.h"

/* ---- waits without a date ------------------------------------------------------ */

/* Whether what stops the flight is about the rocket, family, pad or line `id`, or over.
 */
static bool
concerns(const struct iss_world *world, int32_t flight, enum iss_stop why, int32_t id)
{
    int32_t rocket = world->flights[flight].rocket;

    switch (why) {
    case ISS_STOP_NONE:
    case ISS_STOPS:
        return false;
    case ISS_STOP_GROUNDED:
        return rocket == id;
    case ISS_STOP_UNPROVEN:
        return iss_flight_family(world, flight) == id;
    case ISS_STOP_CROWDED:
        return iss_policy_crowd(world, flight) == 0;
    case ISS_STOP_FLEET:
        return iss_flight_vehicle(world, flight)->line == id;
    case ISS_STOP_PAD:
        return iss_ids_have(&iss_model_launch_system(world->model, rocket)->pads, id);
    }
    return false;
}

/* Who goes first of those that `why` stops; -1 none.  One that has a date again doesn't
 * wait. */
static int32_t
first_stopped(const struct iss_world *world, enum iss_stop why, int32_t id)
{
    int32_t best = -1;

    for (int32_t k = 0; world->stopped[why] > 0 && k < world->upcoming.count; k++) {
        int32_t i = world->upcoming.at[k];
        if (world->flights[i].stopped == why && concerns(world, i, why, id) &&
            !iss_scheduled(world, iss_slot_flight(world, i, ISS_SLOT_STEP)) &&
            (best < 0 || iss_policy_before(world, i, best))) {
            best = i;
        }
    }
    return best;
}

void
iss_launch_go_on(struct iss_world *world, enum iss_stop why, int32_t id)
{
    int32_t flight;

    while ((flight = first_stopped(world, why, id)) >= 0) {
        iss_flight_stop(world, flight, ISS_STOP_NONE);
        iss_launch_schedule(world, flight, world->now_us);
    }
}

/* ---- turns --------------------------------------------------------------------- */

bool
iss_launch_first(struct iss_world *world, int32_t id)
{
    int32_t room = iss_calendar_first(world->calendar);

    if (room < 0 || world->pending[room].time_us > world->now_us) {
        return true; /* nothing else happens at this moment */
    }
    for (int32_t k = 0; k < world->upcoming.count; k++) {
        int32_t i = world->upcoming.at[k];
        int32_t step = iss_slot_flight(world, i, ISS_SLOT_STEP);
        if (iss_calendar_time(world->calendar, step) == world->now_us &&
            iss_policy_before(world, i, id)) {
            iss_launch_schedule(world, id, world->now_us);
            return false;
        }
    }
    return true;
}
