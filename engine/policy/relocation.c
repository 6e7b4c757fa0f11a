/* SPDX-License-Identifier: GPL-3.0-or-later */
/* relocation.c - who changes ports, or leaves, so that another flight gets one. */
#include "policy/policy.h"

bool
iss_policy_waits_for_port(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];

    if (self->reserved >= 0) {
        return false;
    }
    if (self->phase == ISS_FLIGHT_FREE_FLIGHT) {
        return self->awaits == ISS_WAIT_PORT;
    }
    return self->phase == ISS_FLIGHT_HELD && self->stopped == ISS_STOP_NONE &&
           !iss_scheduled(world, iss_slot_flight(world, flight, ISS_SLOT_STEP));
}

bool
iss_policy_may_move(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];
    int64_t leaves = iss_calendar_time(world->calendar,
                                       iss_slot_flight(world, flight, ISS_SLOT_DEPART));

    return self->phase == ISS_FLIGHT_DOCKED && self->condition == ISS_SOUND &&
           self->reserved < 0 && !self->early && leaves > world->now_us &&
           (self->seats_taken > 0 ||
            iss_flight_vehicle(world, flight)->role != ISS_ROLE_CREW);
}

/* Who leaves `port`, for where. */
static struct iss_relocation_offer
offer_at(const struct iss_world *world, int32_t port)
{
    const struct iss_berth_state *berth = &world->berths[port];
    struct iss_relocation_offer offer = {-1, port, -1};

    if (berth->flight >= 0 && berth->reserved < 0 && iss_port_exists(world, port) &&
        berth->blocked_us <= world->now_us &&
        iss_policy_may_move(world, berth->flight)) {
        offer.to = iss_policy_port(world, berth->flight);
        offer.flight = offer.to >= 0 ? berth->flight : -1;
    }
    return offer;
}

struct iss_relocation_offer
iss_policy_relocation(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_ids *ports = &iss_flight_vehicle(world, flight)->ports;
    struct iss_relocation_offer offer = {-1, -1, -1};

    if (!world->model->policy.relocate || !iss_policy_waits_for_port(world, flight) ||
        iss_policy_port(world, flight) >= 0) {
        return offer;
    }
    if (plan != NULL && plan->port >= 0) {
        offer = offer_at(world, plan->port);
    }
    for (int32_t i = 0; offer.flight < 0 && i < ports->count; i++) {
        offer = offer_at(world, ports->at[i]);
    }
    return offer;
}

/* ---- leaving ------------------------------------------------------------------- */

static struct iss_way_offer
earlier(const struct iss_world *world, struct iss_way_offer best, int32_t port)
{
    int32_t id = world->berths[port].flight;

    if (id < 0 || world->flights[id].phase != ISS_FLIGHT_DOCKED ||
        iss_flight_vehicle(world, id)->role == ISS_ROLE_CREW) {
        return best;
    }
    int64_t leaves = iss_us_add(world->flights[id].dock_us,
                                iss_flight_vehicle(world, id)->least_stay_us);
    int64_t due =
        iss_calendar_time(world->calendar, iss_slot_flight(world, id, ISS_SLOT_DEPART));
    leaves = iss_us_later(leaves, world->now_us);
    return leaves < due && leaves < best.leaves_us ? (struct iss_way_offer){id, leaves}
                                                   : best;
}

struct iss_way_offer
iss_policy_way(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_ids *ports = &iss_flight_vehicle(world, flight)->ports;
    struct iss_way_offer offer = {-1, ISS_NEVER};

    if (!iss_world_forecasting(world) || !iss_policy_waits_for_port(world, flight) ||
        iss_policy_port(world, flight) >= 0) {
        return offer;
    }
    if (plan != NULL && plan->port >= 0) {
        offer = earlier(world, offer, plan->port);
    }
    for (int32_t i = 0; i < ports->count; i++) {
        offer = earlier(world, offer, ports->at[i]);
    }
    return offer;
}
