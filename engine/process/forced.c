/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forced.c - the scenario's hand: what it makes happen at a date, happens.
 *
 * Draws nothing, owns nothing.
 */
#include "process/process.h"

static void
move_seat(struct iss_world *world, int32_t person, int32_t flight)
{
    enum iss_seat_kind kind = iss_seats_free(world, flight, ISS_SEAT_REGULAR) > 0
                                  ? ISS_SEAT_REGULAR
                                  : ISS_SEAT_EMERGENCY;
    if (world->people[person].phase != ISS_PERSON_ABOARD ||
        world->people[person].seat == flight ||
        !iss_flight_attached(&world->flights[flight]) ||
        iss_seats_free(world, flight, kind) <= 0) {
        return;
    }
    iss_seat_take(world, person, flight, kind);
    iss_raise(world, ISS_EVENT_SEAT_MOVED, person, flight, 0);
}

/* The first that runs, if one does. */
static void
fail_unit(struct iss_world *world, int32_t id)
{
    const struct iss_system *system = iss_model_system(world->model, id);

    for (int32_t i = 0; world->model->upkeep.units > 0 && i < (int32_t)system->units;
         i++) {
        if (world->units[system->first_unit + i].phase == ISS_UNIT_RUNS) {
            iss_raise(world, ISS_EVENT_UNIT_FAILED, system->first_unit + i, -1, 0);
            return;
        }
    }
}

/* What a forced failure strikes: the model's checks have seen that it is named. */
static int32_t
target_of(const struct iss_world *world, const struct iss_forced *forced)
{
    switch ((enum iss_target_kind)iss_model_failure_mode(world->model, forced->failure)
                ->strikes) {
    case ISS_TARGET_VEHICLE:
        return forced->flight;
    case ISS_TARGET_PORT:
        return iss_target(world, ISS_TARGET_PORT, forced->port);
    case ISS_TARGET_ROCKET:
        return iss_target(world, ISS_TARGET_ROCKET, forced->rocket);
    case ISS_TARGET_PAD:
        return iss_target(world, ISS_TARGET_PAD, forced->pad);
    case ISS_TARGET_PERSON:
        return iss_target(world, ISS_TARGET_PERSON, forced->person);
    default:
        return iss_target(world, ISS_TARGET_STATION, 0);
    }
}

void
iss_forced_on_due(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_forced *forced = iss_model_forced(world->model, event->subject);

    switch ((enum iss_forced_kind)forced->what) {
    case ISS_FORCED_FAILURE:
        iss_raise(world, ISS_EVENT_FAILURE_OCCURS, target_of(world, forced),
                  forced->failure, 0);
        return;
    case ISS_FORCED_ASCENT_FAILURE:
        world->flights[forced->flight].doomed = true;
        return;
    case ISS_FORCED_FAMILY_FAILURE:
        iss_raise(world, ISS_EVENT_FAMILY_FAILED, forced->family, -1, 1);
        return;
    case ISS_FORCED_STAND_DOWN:
        iss_raise(world, ISS_EVENT_FAMILY_STANDS_DOWN, forced->family, forced->flight,
                  1);
        if (forced->flight >= 0) {
            iss_raise(world, ISS_EVENT_REPLANNED, forced->flight, -1, 0);
        }
        return;
    case ISS_FORCED_UNIT_FAILURE:
        fail_unit(world, forced->system);
        return;
    case ISS_FORCED_SEAT_MOVE:
        move_seat(world, forced->person, forced->flight);
        return;
    }
}
