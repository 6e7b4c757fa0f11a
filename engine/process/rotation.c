/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation.c - crews come and go home.
 *
 *     ground --LAUNCHED--> ascent --DOCKED--> aboard --UNDOCKED--> descent --> ground
 *                                                                       '----> lost
 *
 * When a vehicle leaves is in rotation_departure.c, who goes home in it in
 * rotation_seats.c.
 *
 * Owns the people's comings and goings.  Draws ABORT, LOSS and SURVIVAL (about the
 * flight).
 */
#include "process/process.h"
#include "process/rotation.h"

/* ---- coming -------------------------------------------------------------------- */

void
iss_rotation_on_launched(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];
    if (flight->team >= 0) {
        iss_team_board(world, flight->team, event->subject);
    }
}

void
iss_rotation_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        iss_person_arrive(world, i);
    }
    iss_rotation_exchange_seats(world);
    if (!iss_world_forecasting(world)) {
        return;
    }
    iss_rotation_plan_end_of_life(world, id);
    iss_rotation_plan_departure(world, id);
    int32_t team = world->flights[id].team;
    for (int32_t port = 0; team >= 0 && port < world->model->ports.count; port++) {
        int32_t relieved = world->berths[port].flight;
        if (relieved >= 0 && world->flights[relieved].relief == team) {
            iss_rotation_plan_departure(world, relieved);
        }
    }
}

/* The way of everyone in the vehicle ends. */
static void
land_people(struct iss_world *world, int32_t id, bool alive)
{
    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        iss_person_land(world, i, alive);
        if (!alive) {
            iss_raise(world, ISS_EVENT_PERSON_LOST, i, id, 0);
        }
    }
}

/* The flight ends before the station, and with it the hopes of whom it was to relieve.
 */
static void
end_flight(struct iss_world *world, int32_t id, bool alive)
{
    land_people(world, id, alive);
    iss_rotation_hand_on_relief(world, id);
}

void
iss_rotation_on_ascent_failed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    end_flight(world, id,
               world->flights[id].recorded ||
                   iss_draw(world, ISS_DRAW_ABORT, world->flights[id].hash, 0) <
                       iss_world_value(world, &vehicle->abort_survival));
}

void
iss_rotation_on_vehicle_lost(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    end_flight(world, event->subject,
               iss_draw(world, ISS_DRAW_LOSS, flight->hash, 0) < flight->survival);
}

/* The crew stays on the ground. */
void
iss_rotation_on_skipped(struct iss_world *world, const struct iss_event *event)
{
    iss_rotation_hand_on_relief(world, event->subject);
}

/* People who never got to the station go home in the vehicle that brought them. */
void
iss_rotation_on_abandoned(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    struct iss_flight *flight = &world->flights[id];

    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        world->stays[world->people[i].stay].down = id;
        flight->crew_down++;
    }
    iss_rotation_hand_on_relief(world, id);
}

/* ---- going --------------------------------------------------------------------- */

/* Who stays gives up a seat in the vehicle that leaves; who goes takes one if need be.
 * Someone for whom there is none is left behind, without a way home. */
void
iss_rotation_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject, i = 0;
    struct iss_way_down way = iss_rotation_way_down(world, id);

    for (int32_t j = 0; j < world->aboard_count; j++) {
        int32_t person = world->aboard[j];
        if (world->people[person].seat == id &&
            !iss_rotation_goes_down(world, &way, person)) {
            iss_seat_take(world, person, -1, ISS_SEAT_NONE);
        }
    }
    while (i < world->aboard_count) {
        int32_t person = world->aboard[i];
        bool goes = iss_rotation_goes_down(world, &way, person);
        if (goes && (world->people[person].seat == id ||
                     iss_seats_free(world, id, ISS_SEAT_REGULAR) > 0 ||
                     iss_seats_free(world, id, ISS_SEAT_EMERGENCY) > 0)) {
            iss_person_leave(world, person, id);
            continue;
        }
        if (world->people[person].down == id) {
            world->people[person].down = -1;
        }
        i++;
    }
}

void
iss_rotation_on_landed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];
    bool alive = flight->condition == ISS_SOUND || !iss_world_forecasting(world) ||
                 iss_draw(world, ISS_DRAW_SURVIVAL, flight->hash, 0) < flight->survival;

    land_people(world, id, alive);
}
