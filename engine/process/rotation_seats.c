/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation_seats.c - who goes home in what, and who changes seats for that.
 *
 * The record says who came down in what; a plan says who is to, as long as its flight
 * flies as planned.  Everyone else goes home in the vehicle of which they think as
 * theirs.  Draws nothing.
 */
#include "process/process.h"
#include "process/rotation.h"

/* ---- who goes home in what ----------------------------------------------------- */

const struct iss_ids *
iss_rotation_recorded_down(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_flight *flight = &world->flights[id];

    if (!flight->recorded ||
        iss_world_recorded(world, plan->flown.undock_us) == ISS_NEVER) {
        return NULL;
    }
    if (plan->flown.crew_down.count >= 0) {
        return &plan->flown.crew_down;
    }
    return flight->team >= 0 ? &iss_model_team(world->model, flight->team)->members
                             : &plan->flown.crew_down;
}

/* Who is to come down in a flight, as long as it flies as planned; NULL when nothing
 * but the people's own planned vehicle down says so. */
static const struct iss_ids *
expected_crew_down(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_ids *recorded =
        plan ? iss_rotation_recorded_down(world, id) : NULL;

    if (recorded != NULL || plan == NULL) {
        return recorded;
    }
    return plan->crew_down.count >= 0 && flight->condition == ISS_SOUND &&
                   !flight->reseated && flight->replaces < 0 &&
                   flight->team == plan->team
               ? &plan->crew_down
               : NULL;
}

struct iss_way_down
iss_rotation_way_down(const struct iss_world *world, int32_t id)
{
    return (struct iss_way_down){
        .flight = id,
        .recorded = iss_rotation_recorded_down(world, id),
        .wreck = world->flights[id].condition == ISS_UNUSABLE &&
                 iss_flight_detected(world, id),
    };
}

/* ---- changing places ------------------------------------------------------------ */

/* Whether any docked flight says who is to come down in it; most don't. */
static bool
names_anybody(const struct iss_world *world)
{
    for (int32_t port = 0; port < world->model->ports.count; port++) {
        int32_t id = world->berths[port].flight;
        if (id >= 0 && expected_crew_down(world, id) != NULL) {
            return true;
        }
    }
    return false;
}

/* The docked flight in which the person at `index` of the list of those aboard is to
 * come down, if that isn't the planned one already; -1 none. */
static int32_t
exchange_for(const struct iss_world *world, int32_t index)
{
    int32_t who = world->aboard[index];

    for (int32_t port = 0; port < world->model->ports.count; port++) {
        int32_t id = world->berths[port].flight;
        const struct iss_ids *down = id < 0 ? NULL : expected_crew_down(world, id);
        if (down != NULL && iss_ids_have(down, who) &&
            (world->people[who].down != id || world->people[who].seat != id)) {
            return id;
        }
    }
    return -1;
}

/* People who would go home in a flight after the exchange `to`. */
static int32_t
passengers_after(const struct iss_world *world, const int32_t *to, int32_t id)
{
    int32_t count = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t down = to[i] >= 0 ? to[i] : world->people[world->aboard[i]].down;
        count += down == id;
    }
    return count;
}

/* An exchange whose other half is off would overbook a vehicle: then it is off too. The
 * record is taken at its word. */
static void
drop_overbooked(const struct iss_world *world, int32_t *to)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (int32_t i = 0; i < world->aboard_count; i++) {
            if (to[i] >= 0 && iss_rotation_recorded_down(world, to[i]) == NULL &&
                passengers_after(world, to, to[i]) >
                    iss_flight_vehicle(world, to[i])->seats) {
                to[i] = -1;
                changed = true;
            }
        }
    }
}

/* Whether somebody keeps a seat in a vehicle in which, by the record, others went home,
 * though there aren't enough seats for these. */
static bool
is_in_the_way(const struct iss_world *world, const int32_t *to, int32_t index)
{
    int32_t seat = world->people[world->aboard[index]].seat, wanted = 0;
    const struct iss_ids *down =
        seat < 0 ? NULL : iss_rotation_recorded_down(world, seat);

    if (to[index] >= 0 || down == NULL || iss_ids_have(down, world->aboard[index])) {
        return false;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        wanted += to[i] == seat;
    }
    return wanted > iss_seats_free(world, seat, ISS_SEAT_REGULAR);
}

/* A free seat at the station in another vehicle than `but`: in the one that, by the
 * record, stays longest; -1 none. */
static int32_t
lifeboat(const struct iss_world *world, int32_t but)
{
    int64_t longest = INT64_MIN;
    int32_t best = -1;

    for (int32_t port = 0; port < world->model->ports.count; port++) {
        int32_t id = world->berths[port].flight;
        if (id < 0 || id == but || world->flights[id].condition != ISS_SOUND ||
            iss_seats_free(world, id, ISS_SEAT_REGULAR) <= 0) {
            continue;
        }
        const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
        int64_t leaves = plan == NULL ? ISS_NEVER : plan->flown.undock_us;
        if (leaves == ISS_NO_TIME) {
            leaves = ISS_NEVER;
        }
        if (leaves > longest) {
            longest = leaves;
            best = id;
        }
    }
    return best;
}

/* Crews that a shuttle exchanges: who came in it and stays moves to the lifeboat whose
 * seats those have given up who leave in it. */
static void
make_room(struct iss_world *world, const int32_t *to)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t person = world->aboard[i], next;
        if (is_in_the_way(world, to, i) &&
            (next = lifeboat(world, world->people[person].seat)) >= 0) {
            world->people[person].down = next; /* unless the record knows better */
            iss_seat_take(world, person, next, ISS_SEAT_REGULAR);
            iss_raise(world, ISS_EVENT_SEAT_MOVED, person, next, 0);
        }
    }
}

void
iss_rotation_exchange_seats(struct iss_world *world)
{
    int32_t *to = world->chosen;
    int32_t count = 0;

    if (!names_anybody(world)) {
        return;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        to[i] = exchange_for(world, i);
        count += to[i] >= 0;
    }
    if (count == 0) {
        return;
    }
    drop_overbooked(world, to);
    for (int32_t i = 0; i < world->aboard_count; i++) {
        if (to[i] >= 0) {
            world->people[world->aboard[i]].down = to[i];
            iss_seat_take(world, world->aboard[i], -1, ISS_SEAT_NONE);
        }
    }
    make_room(world, to);
    for (int32_t i = 0; i < world->aboard_count; i++) {
        if (to[i] >= 0 && iss_seats_free(world, to[i], ISS_SEAT_REGULAR) > 0) {
            iss_seat_take(world, world->aboard[i], to[i], ISS_SEAT_REGULAR);
            iss_raise(world, ISS_EVENT_SEAT_MOVED, world->aboard[i], to[i], 0);
        }
    }
}
