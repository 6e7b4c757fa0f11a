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
            first = world->flights[flight].launch_us < world->flights[first].launch_us
                        ? flight
                        : first;
        }
    }
    return others > 0 ? first : -1;
}
