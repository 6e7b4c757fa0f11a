/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reserves.c - who goes home when the stocks run low. */
#include "policy/policy.h"

bool
iss_policy_may_return(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];

    return iss_flight_attached(self) && !self->early &&
           self->condition != ISS_UNUSABLE && iss_flight_passengers(world, flight) > 0;
}

/* ---- who goes first ----------------------------------------------------------------
 */

/* Who is left when a flight has gone, with all who leave early anyway. */
struct rest {
    int32_t people;
    int32_t segments; /* that a resident can run */
};

static struct rest
rest_without(const struct iss_world *world, int32_t flight)
{
    struct rest rest = {0, 0};
    uint32_t run = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i], down = world->people[id].down;
        if (down == flight || (down >= 0 && world->flights[down].early)) {
            continue;
        }
        rest.people++;
        for (int32_t k = 0; iss_person_resides(world, id) && k < ISS_MAX_SEGMENTS &&
                            k < world->model->segments.count;
             k++) {
            run |= (uint32_t)iss_crew_runs(iss_model_crew_member(world->model, id), k)
                   << k;
        }
    }
    rest.segments = __builtin_popcount(run);
    return rest;
}

/* Own: who has been up longest.  Fewest: so that every segment that can be run goes on
 * being, and the most people stay; of equals who has been up longest. */
static bool
goes_before(const struct iss_world *world, int32_t flight, int32_t other)
{
    struct rest one = rest_without(world, flight), two = rest_without(world, other);

    if (world->model->policy.evacuation_vehicle == ISS_EVACUATE_FEWEST) {
        if (one.segments != two.segments) {
            return one.segments > two.segments;
        }
        if (one.people != two.people) {
            return one.people > two.people;
        }
    }
    return world->flights[flight].launch_us < world->flights[other].launch_us;
}

int32_t
iss_policy_first_return(const struct iss_world *world)
{
    int32_t first = -1, others = 0;

    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        if (flight < 0 || iss_flight_passengers(world, flight) == 0) {
            continue;
        }
        if (!iss_policy_may_return(world, flight)) {
            others += !world->flights[flight].early;
        } else if (first < 0) {
            first = flight;
        } else {
            others++;
            first = goes_before(world, flight, first) ? flight : first;
        }
    }
    return others > 0 ? first : -1;
}
