/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lifeboat_room.c - a crew whose vehicle can't be replaced goes home with another crew.
 *
 * The next crew's flight keeps some of its people on the ground, so that there are
 * seats in it on the way down: Crew-9 flew with two in 2024, for the two whom Starliner
 * had brought.  Until it comes they hold what places they can get.  If it doesn't come,
 * the one after it makes room.
 *
 * Draws nothing.
 */
#include "process/lifeboat.h"
#include "process/process.h"

/* How many of its team a flight must leave on the ground to bring `people` home besides
 * those who fly in it. */
static int32_t
to_keep_back(const struct iss_world *world, int32_t id, int32_t people)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t team = iss_model_team(world->model, flight->team)->members.count;
    int32_t seats = (int32_t)iss_flight_vehicle(world, id)->seats;
    int32_t promised = iss_flight_passengers(world, id);
    int32_t kept = team + people + promised - seats;

    return kept > flight->kept_back ? kept : flight->kept_back;
}

/* Whether a flight can: it is to bring a crew that stays, and at least one of it flies.
 */
static bool
can_make_room(const struct iss_world *world, int32_t id, int32_t people)
{
    const struct iss_flight *flight = &world->flights[id];

    return iss_flight_vehicle(world, id)->role == ISS_ROLE_CREW &&
           flight->phase <= ISS_FLIGHT_HELD && flight->due_us != ISS_NEVER &&
           flight->replaces < 0 && flight->team >= 0 &&
           !iss_team_visiting(world, flight->team) &&
           to_keep_back(world, id, people) <
               iss_model_team(world->model, flight->team)->members.count;
}

/* Whether flight `a` is the better one to wait for: it docks where `lost` did, at the
 * ports of the partners who flew that; else the earlier one. */
static bool
is_better(const struct iss_world *world, int32_t a, int32_t b, int32_t lost)
{
    int32_t docking = iss_flight_vehicle(world, lost)->docking;
    bool a_fits = iss_flight_vehicle(world, a)->docking == docking;
    bool b_fits = iss_flight_vehicle(world, b)->docking == docking;

    return a_fits != b_fits ? a_fits
                            : world->flights[a].due_us < world->flights[b].due_us;
}

/* The flight to bring home the people of the flight `lost`; -1 none. */
static int32_t
next_with_room(const struct iss_world *world, int32_t people, int32_t lost)
{
    int32_t best = -1;

    for (int32_t i = 0; i < world->flight_count; i++) {
        if (can_make_room(world, i, people) &&
            (best < 0 || is_better(world, i, best, lost))) {
            best = i;
        }
    }
    return best;
}

bool
iss_lifeboat_make_room(struct iss_world *world, int32_t flight)
{
    int32_t people = iss_flight_passengers(world, flight);
    int32_t id = -1;

    if (world->model->policy.make_room && people > 0) {
        id = next_with_room(world, people, flight);
    }
    if (id < 0) {
        return false;
    }
    int32_t before = world->flights[id].kept_back;
    world->flights[id].kept_back = to_keep_back(world, id, people);
    for (int32_t i = 0; i < world->aboard_count; i++) {
        if (world->people[world->aboard[i]].down == flight) {
            world->people[world->aboard[i]].down = id;
        }
    }
    iss_raise(world, ISS_EVENT_ROOM_MADE, id, flight,
              world->flights[id].kept_back - before);
    return true;
}

void
iss_lifeboat_take_room(struct iss_world *world, int32_t flight)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        const struct iss_person *person = &world->people[id];
        if (person->down != flight || person->seat == flight ||
            iss_seats_free(world, flight, ISS_SEAT_REGULAR) <= 0) {
            continue;
        }
        iss_unschedule(world, iss_slot_person(world, id));
        iss_seat_take(world, id, flight, ISS_SEAT_REGULAR);
        iss_raise(world, ISS_EVENT_SEAT_MOVED, id, flight, 0);
    }
}
