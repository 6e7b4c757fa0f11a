/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launches.c - what stops a launch, which of several goes first, and which goes ahead
 * when another must wait.
 *
 * Rockets, pads, ports, moments and vehicles off the line are given out in one order:
 * that of iss_policy_before().
 */
#include "policy/policy.h"

/* ---- who goes first ------------------------------------------------------------ */

int32_t
iss_policy_turn(const struct iss_world *world, int32_t flight)
{
    bool crewed = iss_flight_vehicle(world, flight)->role == ISS_ROLE_CREW;

    if (world->flights[flight].replaces >= 0) {
        return 0;
    }
    switch ((enum iss_first)world->model->policy.first) {
    case ISS_FIRST_CREW:
        return crewed ? 1 : 2;
    case ISS_FIRST_CARGO:
        return crewed ? 2 : 1;
    case ISS_FIRST_WAITING:
    case ISS_FIRST_PLAN:
        break;
    }
    return 1;
}

/* The planned date; when it is due for a flight that no plan names. */
static int64_t
planned(const struct iss_flight *flight)
{
    return flight->plan_launch_us == ISS_NO_TIME ? flight->due_us
                                                 : flight->plan_launch_us;
}

bool
iss_policy_before(const struct iss_world *world, int32_t one, int32_t other)
{
    const struct iss_flight *a = &world->flights[one], *b = &world->flights[other];
    int32_t turn = iss_policy_turn(world, one) - iss_policy_turn(world, other);
    bool by_wait = world->model->policy.first == ISS_FIRST_WAITING;

    if (turn != 0) {
        return turn < 0;
    }
    if (by_wait && a->due_us != b->due_us) {
        return a->due_us < b->due_us;
    }
    if (planned(a) != planned(b)) {
        return planned(a) < planned(b);
    }
    if (a->due_us != b->due_us) {
        return a->due_us < b->due_us;
    }
    return a->plan != b->plan ? (uint32_t)a->plan < (uint32_t)b->plan : one < other;
}

/* ---- what stops a launch ------------------------------------------------------- */

/* Those of the team who are on the ground to fly. */
static int32_t
going_up(const struct iss_world *world, int32_t team)
{
    const struct iss_ids *members = &iss_model_team(world->model, team)->members;
    int32_t count = 0;

    for (int32_t i = 0; i < members->count; i++) {
        count += iss_person_flies(world, members->at[i]);
    }
    return count;
}

int32_t
iss_policy_crowd(const struct iss_world *world, int32_t flight)
{
    int64_t most = iss_world_most_crew(world);
    int32_t team = world->flights[flight].team;

    if (most == INT64_MAX || team < 0) {
        return 0;
    }
    int32_t going = going_up(world, team);
    int32_t people = world->aboard_count + world->coming + going;
    return going > 0 && people > most ? people - (int32_t)most : 0;
}

enum iss_stop
iss_policy_obstacle(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];
    int32_t family = iss_flight_family(world, flight);

    if (self->rocket >= 0 && world->grounded_us[self->rocket] > world->now_us) {
        return ISS_STOP_GROUNDED;
    }
    if (family >= 0 && self->team >= 0 && world->families[family].owed > 0) {
        return ISS_STOP_UNPROVEN;
    }
    return iss_policy_crowd(world, flight) > 0 ? ISS_STOP_CROWDED : ISS_STOP_NONE;
}

/* ---- who goes ahead ------------------------------------------------------------ */

/* Whether two flights fly on one rocket, or from a pad that both may use. */
static bool
share_a_queue(const struct iss_world *world, int32_t one, int32_t other)
{
    int32_t a = world->flights[one].rocket, b = world->flights[other].rocket;

    if (a < 0 || b < 0) {
        return false;
    }
    const struct iss_ids *pads = &iss_model_launch_system(world->model, a)->pads;
    bool shared = a == b;
    for (int32_t i = 0; i < pads->count && !shared; i++) {
        shared =
            iss_ids_have(&iss_model_launch_system(world->model, b)->pads, pads->at[i]);
    }
    return shared;
}

/* Whether a launch to come that isn't due yet, but will be before long, could be now.
 */
static bool
could_go(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];
    int64_t latest = iss_us_add(world->now_us, world->model->policy.swap_ahead_us);

    if (self->phase != ISS_FLIGHT_PLANNED || self->replaces >= 0 ||
        self->stopped != ISS_STOP_NONE || self->due_us <= world->now_us ||
        self->due_us > latest || self->ready_us > world->now_us ||
        !iss_scheduled(world, iss_slot_flight(world, flight, ISS_SLOT_STEP)) ||
        iss_fleet_free_from(world, self->vehicle) > world->now_us ||
        iss_policy_obstacle(world, flight) != ISS_STOP_NONE) {
        return false;
    }
    int32_t pad = iss_policy_pad(world, self->rocket);
    return (pad < 0 || iss_pad_free_from(world, pad) <= world->now_us) &&
           iss_policy_port(world, flight) >= 0;
}

int32_t
iss_policy_swap(const struct iss_world *world, int32_t waiting)
{
    int32_t best = -1;

    if (world->model->policy.swap != ISS_SWAP_READY) {
        return -1;
    }
    for (int32_t k = 0; k < world->upcoming.count; k++) {
        int32_t i = world->upcoming.at[k];
        if (i != waiting && share_a_queue(world, waiting, i) && could_go(world, i) &&
            (best < 0 || iss_policy_before(world, i, best))) {
            best = i;
        }
    }
    return best;
}

int32_t
iss_policy_next_crew(const struct iss_world *world, int32_t failed)
{
    int32_t best = -1;

    for (int32_t k = 0; k < world->upcoming.count; k++) {
        int32_t i = world->upcoming.at[k];
        const struct iss_flight *flight = &world->flights[i];
        if (flight->vehicle == world->flights[failed].vehicle &&
            flight->phase == ISS_FLIGHT_PLANNED && flight->team >= 0 &&
            flight->replaces < 0 && !iss_team_visiting(world, flight->team) &&
            flight->due_us > world->now_us && flight->due_us != ISS_NEVER &&
            (best < 0 || flight->due_us < world->flights[best].due_us)) {
            best = i;
        }
    }
    return best;
}
