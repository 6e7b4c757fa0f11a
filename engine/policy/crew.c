/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crew.c - whether a crew may leave, as far as the station's crew goes; who commands.
 */
#include "policy/policy.h"

/* Residents who would be left, or who would go, when `flight` leaves. */
static int32_t
count_residents(const struct iss_world *world, int32_t flight, bool leaving)
{
    int32_t count = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        const struct iss_person *person = &world->people[world->aboard[i]];
        count +=
            !world->stays[person->stay].visiting && (person->down == flight) == leaving;
    }
    return count;
}

/* Whether a flight waits for what a crew that stays on might hold: a port, room aboard,
 * a vehicle of the fleet.  Then neither would ever move. */
static bool
waits_for_others(const struct iss_flight *flight)
{
    return flight->phase == ISS_FLIGHT_HELD || flight->awaits == ISS_WAIT_PORT ||
           flight->stopped == ISS_STOP_CROWDED || flight->stopped == ISS_STOP_FLEET;
}

int32_t
iss_policy_successor(const struct iss_world *world, int32_t flight)
{
    int32_t best = -1;

    if (count_residents(world, flight, true) == 0 ||
        count_residents(world, flight, false) >= world->model->policy.keep_crew) {
        return -1;
    }
    for (int32_t i = 0; i < world->plan_count; i++) {
        int32_t id = world->plan[i];
        const struct iss_flight *next = &world->flights[id];
        if (next->phase <= ISS_FLIGHT_FREE_FLIGHT && next->team >= 0 &&
            !waits_for_others(next) && next->due_us != ISS_NEVER &&
            !iss_team_visiting(world, next->team) &&
            (best < 0 || next->due_us < world->flights[best].due_us)) {
            best = id;
        }
    }
    return best;
}

/* ---- command ------------------------------------------------------------------- */

static bool
may_command(const struct iss_world *world, int32_t person)
{
    int32_t role = world->model->commander_role;
    return role >= 0 &&
           iss_ids_have(&iss_model_crew_member(world->model, person)->roles, role);
}

/* Whether a resident goes before another. */
static bool
commands_before(const struct iss_world *world, int32_t one, int32_t other)
{
    if (may_command(world, one) != may_command(world, other)) {
        return may_command(world, one);
    }
    return world->stays[world->people[one].stay].arrive_us <
           world->stays[world->people[other].stay].arrive_us;
}

int32_t
iss_policy_commander(const struct iss_world *world)
{
    int32_t best = -1;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t person = world->aboard[i];
        if (iss_person_resides(world, person) &&
            (best < 0 || commands_before(world, person, best))) {
            best = person;
        }
    }
    return best;
}
