/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - what must hold of a world after every event.
 */
#include "world/world.h"

static const char *
check_ports(const struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        int32_t reserved = world->berths[i].reserved;
        if (flight >= 0 && world->flights[flight].port != i) {
            return "a port holds a flight that is elsewhere";
        }
        if (reserved >= 0 && world->flights[reserved].reserved != i) {
            return "a port is kept for a flight that keeps another";
        }
    }
    return NULL;
}

static const char *
check_flight(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    int32_t regular = 0, emergency = 0;

    if ((flight->phase == ISS_FLIGHT_DOCKED) != (flight->port >= 0)) {
        return "a flight is docked without a port, or at one without being docked";
    }
    if (flight->port >= 0 && world->berths[flight->port].flight != id) {
        return "a flight is at a port that holds another";
    }
    for (int32_t i = 0; i < world->model->crew.count; i++) {
        const struct iss_person *person = &world->people[i];
        regular += person->seat == id && person->seat_kind == ISS_SEAT_REGULAR;
        emergency += person->seat == id && person->seat_kind == ISS_SEAT_EMERGENCY;
    }
    if (regular != flight->seats_taken || emergency != flight->emergency_taken) {
        return "a flight counts other seats taken than people hold";
    }
    if (regular > vehicle->seats || emergency > vehicle->emergency_seats) {
        return "a flight has more people than seats";
    }
    return NULL;
}

static const char *
check_person(const struct iss_world *world, int32_t id, int32_t *aboard)
{
    const struct iss_person *person = &world->people[id];
    bool flying =
        person->phase == ISS_PERSON_ASCENT || person->phase == ISS_PERSON_DESCENT;

    if (person->phase == ISS_PERSON_ABOARD) {
        if (*aboard >= world->aboard_count || world->aboard[*aboard] != id) {
            return "somebody is aboard and not on the list";
        }
        ++*aboard;
    }
    if (flying != (person->flight >= 0)) {
        return "somebody flies in no vehicle, or is in one without flying";
    }
    if ((person->seat >= 0) != (person->seat_kind != ISS_SEAT_NONE)) {
        return "somebody has a seat of no kind, or a kind of no seat";
    }
    if (flying && person->seat != person->flight) {
        return "somebody flies in one vehicle with a seat in another";
    }
    if (person->phase == ISS_PERSON_ABOARD && person->seat >= 0 &&
        !iss_flight_attached(&world->flights[person->seat])) {
        return "somebody aboard has a seat in a vehicle that isn't at the station";
    }
    return NULL;
}

static const char *
check_plan(const struct iss_world *world)
{
    int32_t held = 0, planned = 0;

    for (int32_t i = 0; i < world->flight_count; i++) {
        held += world->flights[i].phase == ISS_FLIGHT_HELD;
    }
    for (int32_t i = 0; i < world->model->named_flights; i++) {
        planned += iss_model_flight_plan(world->model, i)->launch_us != ISS_NEVER;
    }
    for (int32_t i = 0; i < world->model->cadence.count; i++) {
        planned += world->rules[i].made;
    }
    for (int32_t i = 1; i < world->plan_count; i++) {
        if (world->flights[world->plan[i]].plan_launch_us <
            world->flights[world->plan[i - 1]].plan_launch_us) {
            return "the plan isn't in the order of its dates";
        }
    }
    if (held != world->held_count) {
        return "other flights wait for a port than are counted";
    }
    return planned != world->plan_count ? "other flights are in the plan than were made"
                                        : NULL;
}

const char *
iss_world_check(const struct iss_world *world)
{
    int32_t aboard = 0;
    const char *broken = check_ports(world);

    for (int32_t i = 0; broken == NULL && i < world->flight_count; i++) {
        broken = check_flight(world, i);
    }
    for (int32_t i = 0; broken == NULL && i < world->model->crew.count; i++) {
        broken = check_person(world, i, &aboard);
    }
    if (broken == NULL) {
        broken = check_plan(world);
    }
    if (broken == NULL && aboard != world->aboard_count) {
        broken = "more are counted aboard than there are";
    }
    return broken;
}
