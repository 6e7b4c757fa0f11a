/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rescue.c - which vehicle to call up, and whether a crew leaves in a damaged one. */
#include "policy/policy.h"

int32_t
iss_policy_replacement(const struct iss_world *world, int32_t flight)
{
    for (int32_t i = 0; i < world->plan_count; i++) {
        int32_t id = world->plan[i];
        const struct iss_flight *candidate = &world->flights[id];
        if (candidate->vehicle == world->flights[flight].vehicle && id != flight &&
            candidate->phase <= ISS_FLIGHT_HELD && candidate->replaces < 0 &&
            candidate->ready_us != ISS_NEVER &&
            !iss_team_visiting(world, candidate->team)) {
            return id;
        }
    }
    return -1;
}

/* A replacement that waits for a port, perhaps for the damaged vehicle's own, is no
 * reason to stay beyond the end of certified life. */
static bool
is_coming(const struct iss_world *world, int32_t flight)
{
    int32_t replacement = iss_flight_replacement(world, flight);
    if (replacement < 0) {
        return false;
    }
    return world->flights[replacement].phase != ISS_FLIGHT_HELD ||
           world->now_us < world->flights[flight].limit_us;
}

enum iss_departure
iss_policy_departure(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];

    if (self->condition == ISS_SOUND || !iss_flight_detected(world, flight) ||
        iss_flight_passengers(world, flight) == 0) {
        return ISS_DEPART;
    }
    if (self->condition == ISS_UNUSABLE) {
        return is_coming(world, flight) ? ISS_STAY : ISS_DEPART; /* nobody goes in it */
    }
    if (self->early) {
        return ISS_DEPART_AT_RISK;
    }
    if (is_coming(world, flight) || iss_flight_undecided(world, flight) ||
        world->model->policy.return_in_damaged == ISS_RETURN_NEVER) {
        return ISS_STAY;
    }
    return ISS_DEPART_AT_RISK;
}
