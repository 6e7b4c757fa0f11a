/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ports.c - which port an arriving vehicle gets. */
#include "policy/policy.h"

bool
iss_policy_port_free(const struct iss_world *world, int32_t port, int32_t flight)
{
    const struct iss_berth_state *berth = &world->berths[port];
    return iss_port_exists(world, port) && berth->flight < 0 &&
           berth->blocked_us <= world->now_us &&
           (berth->reserved < 0 || berth->reserved == flight);
}

int32_t
iss_policy_port(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);

    if (plan != NULL && plan->port >= 0 &&
        iss_policy_port_free(world, plan->port, flight)) {
        return plan->port;
    }
    for (int32_t i = 0; i < vehicle->ports.count; i++) {
        if (iss_policy_port_free(world, vehicle->ports.at[i], flight)) {
            return vehicle->ports.at[i];
        }
    }
    return -1;
}
