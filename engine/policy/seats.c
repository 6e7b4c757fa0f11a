/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seats.c - who gets which of the safe seats left at the station. */
#include "policy/policy.h"

/* A visiting vehicle leaves too soon to be one. */
static bool
is_haven(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];
    return !iss_team_visiting(world, self->team) && self->condition == ISS_SOUND &&
           self->phase == ISS_FLIGHT_DOCKED &&
           iss_flight_vehicle(world, flight)->role == ISS_ROLE_CREW;
}

static int32_t
free_places(const struct iss_world *world, int32_t flight)
{
    return iss_seats_free(world, flight, ISS_SEAT_REGULAR) +
           iss_seats_free(world, flight, ISS_SEAT_EMERGENCY);
}

static bool
is_at_home_in(const struct iss_world *world, int32_t person, int32_t flight)
{
    int32_t port = world->flights[flight].port;
    return iss_model_crew_member(world->model, person)->segment ==
           iss_model_port(world->model, port)->segment;
}

struct iss_seat_offer
iss_policy_seat(const struct iss_world *world, int32_t person)
{
    struct iss_seat_offer best = {-1, ISS_SEAT_NONE};
    int best_score = -1;

    for (int32_t i = 0; i < world->flight_count; i++) {
        if (!is_haven(world, i) || free_places(world, i) <= 0) {
            continue;
        }
        bool regular = iss_seats_free(world, i, ISS_SEAT_REGULAR) > 0;
        int score = 2 * is_at_home_in(world, person, i) + regular;
        if (score > best_score) {
            best_score = score;
            best.flight = i;
            best.kind = regular ? ISS_SEAT_REGULAR : ISS_SEAT_EMERGENCY;
        }
    }
    return best;
}

/* Whether it has been found out that the person has no safe seat. */
static bool
is_known(const struct iss_world *world, int32_t person)
{
    int32_t seat = world->people[person].seat;
    return seat < 0 || iss_flight_assessed(world, seat);
}

static bool
is_waiting(const struct iss_world *world, int32_t person)
{
    return !iss_person_safe(world, person) && is_known(world, person) &&
           !iss_scheduled(world, iss_slot_person(world, person));
}

static bool
is_chosen(const int32_t *people, int32_t count, int32_t person)
{
    for (int32_t i = 0; i < count; i++) {
        if (people[i] == person) {
            return true;
        }
    }
    return false;
}

/* Choose up to `places` more people for `flight`; those at home there when `only_home`.
 */
static int32_t
choose(const struct iss_world *world, int32_t flight, int32_t places, bool only_home,
       int32_t *people, int32_t count)
{
    for (int32_t i = 0; i < world->aboard_count && places > 0; i++) {
        int32_t person = world->aboard[i];
        if (is_waiting(world, person) && !is_chosen(people, count, person) &&
            (!only_home || is_at_home_in(world, person, flight))) {
            people[count++] = person;
            places--;
        }
    }
    return count;
}

int32_t
iss_policy_reassign(const struct iss_world *world, int32_t *people)
{
    int32_t count = 0, claimed = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        claimed += iss_scheduled(world, iss_slot_person(world, world->aboard[i]));
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (!is_haven(world, i)) {
            continue;
        }
        int32_t places = free_places(world, i), before = count;
        int32_t kept = claimed < places ? claimed : places;
        claimed -= kept;
        places -= kept;
        count = choose(world, i, places, true, people, count);
        count = choose(world, i, places - (count - before), false, people, count);
    }
    return count;
}
