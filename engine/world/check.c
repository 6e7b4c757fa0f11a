/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - what must hold of a world after every event.
 */
#include <string.h>

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

/* Most vehicles have nobody's seat: no need to look for people there.  A person with a
 * seat in one of these is found out by check_person(). */
static const char *
check_seats(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    int32_t regular = 0, emergency = 0;

    if (flight->seats_taken == 0 && flight->emergency_taken == 0) {
        return NULL;
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
check_flight(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if ((flight->phase == ISS_FLIGHT_DOCKED) != (flight->port >= 0)) {
        return "a flight is docked without a port, or at one without being docked";
    }
    if (flight->port >= 0 && world->berths[flight->port].flight != id) {
        return "a flight is at a port that holds another";
    }
    if (flight->launch_us == ISS_NO_TIME && flight->due_us < flight->ready_us) {
        return "a launch is due before its vehicle is ready";
    }
    return check_seats(world, id);
}

/* Whether the vehicle in which a person has a seat counts none of that kind. */
static bool
is_uncounted(const struct iss_world *world, const struct iss_person *person)
{
    if (person->seat < 0) {
        return false;
    }
    const struct iss_flight *flight = &world->flights[person->seat];
    return person->seat_kind == ISS_SEAT_REGULAR ? flight->seats_taken == 0
                                                 : flight->emergency_taken == 0;
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
    if (is_uncounted(world, person)) {
        return "somebody has a seat in a flight that counts none taken";
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
check_waits(const struct iss_world *world)
{
    int32_t held = -1, loitering = 0, stopped[ISS_STOPS] = {0};

    for (int32_t i = 0; i < world->flight_count; i++) {
        if (world->flights[i].phase == ISS_FLIGHT_HELD &&
            (held = iss_list_next(&world->held, held + 1)) != i) {
            return "a flight that waits for a port isn't in the list of those";
        }
        loitering += world->flights[i].loiters;
        stopped[world->flights[i].stopped]++;
    }
    if (iss_list_next(&world->held, held + 1) >= 0) {
        return "a flight that doesn't wait for a port is in the list of those";
    }
    if (loitering != world->loitering) {
        return "other flights wait in free flight than are counted";
    }
    return memcmp(stopped, world->stopped, sizeof stopped) == 0
               ? NULL
               : "something stops other launches than are counted";
}

/* Whether it is planned in earnest, and not by the record, and not launched yet. */
static bool
is_upcoming(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    return flight->phase <= ISS_FLIGHT_HELD && !flight->recorded &&
           iss_flight_prepared(world, id);
}

static const char *
check_upcoming(const struct iss_world *world)
{
    int32_t count = 0;

    for (int32_t i = 0; i < world->flight_count; i++) {
        bool listed = count < world->upcoming.count && world->upcoming.at[count] == i;
        if (listed != is_upcoming(world, i) || listed != world->flights[i].upcoming) {
            return "other flights are to come than are listed";
        }
        count += listed;
    }
    return count != world->upcoming.count ? "a flight is listed twice as one to come"
                                          : NULL;
}

static const char *
check_plan(const struct iss_world *world)
{
    int32_t planned = 0;

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
    return planned != world->plan_count ? "other flights are in the plan than were made"
                                        : NULL;
}

/* People on their way, by the vehicles and by the people themselves. */
static const char *
check_ways(const struct iss_world *world)
{
    int32_t in_flights = 0, coming = 0, flying = 0, flier = -1;

    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        in_flights += flight->flying;
        coming += flight->phase == ISS_FLIGHT_FREE_FLIGHT ? flight->flying : 0;
    }
    for (int32_t i = 0; i < world->model->crew.count; i++) {
        int32_t flight = world->people[i].flight;
        if (flight >= 0 && world->flights[flight].flying <= 0) {
            return "somebody flies in a vehicle that counts nobody";
        }
        if (flight >= 0 && (flier = iss_list_next(&world->fliers, flier + 1)) != i) {
            return "somebody flies who isn't in the list of those";
        }
        flying += flight >= 0;
    }
    return in_flights == flying && coming == world->coming &&
                   flying == world->fliers.count
               ? NULL
               : "other people are on their way than are counted";
}

/* Who commands lives aboard. */
static const char *
check_command(const struct iss_world *world)
{
    const struct iss_captaincy *command = &world->command;

    if (command->commander >= 0 && !iss_person_resides(world, command->commander)) {
        return "the commander doesn't live aboard";
    }
    return command->commander >= 0 && (command->number <= 0 || command->vacant)
               ? "somebody commands outside an expedition"
               : NULL;
}

/* Nothing is at a station that is gone, or on its way there. */
static const char *
check_loss(const struct iss_world *world)
{
    for (int32_t i = 0; world->lost && i < world->flight_count; i++) {
        if (iss_flight_attached(&world->flights[i])) {
            return "a flight is docked to a station that is gone";
        }
    }
    return world->lost && world->aboard_count > 0
               ? "somebody is aboard a station that is gone"
               : NULL;
}

static const char *
check_struck(const struct iss_world *world)
{
    bool struck = false, awaited = false;

    for (size_t i = 0; i < iss_failure_count(world->model); i++) {
        struck |= world->failures[i].occurs_us != ISS_NO_TIME;
        awaited |= world->failures[i].awaited;
    }
    return (struck && !world->struck) || (awaited && !world->awaited)
               ? "a failure has occurred, or is awaited, that nobody knows of"
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
        broken = check_waits(world);
    }
    if (broken == NULL) {
        broken = check_upcoming(world);
    }
    if (broken == NULL) {
        broken = check_plan(world);
    }
    if (broken == NULL) {
        broken = check_struck(world);
    }
    if (broken == NULL) {
        broken = check_ways(world);
    }
    if (broken == NULL) {
        broken = iss_fleet_check(world);
    }
    if (broken == NULL) {
        broken = iss_calendar_check(world->calendar);
    }
    if (broken == NULL) {
        broken = iss_pads_check(world);
    }
    if (broken == NULL) {
        broken = iss_stocks_check(world);
    }
    if (broken == NULL) {
        broken = iss_stock_turns_check(world);
    }
    if (broken == NULL) {
        broken = iss_flow_key_check(world);
    }
    if (broken == NULL) {
        broken = iss_orbit_check(world);
    }
    if (broken == NULL) {
        broken = iss_world_check_upkeep(world);
    }
    if (broken == NULL) {
        broken = check_command(world);
    }
    if (broken == NULL) {
        broken = check_loss(world);
    }
    if (broken == NULL && aboard != world->aboard_count) {
        broken = "more are counted aboard than there are";
    }
    return broken != NULL ? broken : iss_clinic_check(world);
}
