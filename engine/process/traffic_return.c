/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic_return.c - the way home.
 *
 *     docked --UNDOCKED--> returning --LANDING_DUE--> LANDED | DISPOSED
 *
 *     free flight --LANDING_DUE--> failed (VEHICLE_LOST), as recorded
 *
 * Where the record gives a time, that is when it happens; else it is drawn.  Draws
 * DESCENT about the flight.
 */
#include "process/process.h"
#include "process/traffic.h"

void
iss_traffic_plan_landing(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_dist *descent = iss_flight_vehicle(world, id)->descent;
    int64_t from = flight->undock_us == ISS_NO_TIME ? world->now_us : flight->undock_us;
    int64_t time_us =
        plan ? iss_traffic_recorded(world, id, plan->flown.land_us) : ISS_NEVER;

    if (time_us == ISS_NEVER && iss_world_forecasting(world)) {
        time_us = iss_us_add(
            from, iss_draw_us(world, ISS_DRAW_DESCENT, flight->hash, 0, descent));
    }
    iss_traffic_step(world, id, time_us == ISS_NEVER ? world->now_us : time_us,
                     ISS_EVENT_LANDING_DUE);
}

void
iss_traffic_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    world->last_visit_us = world->now_us;
    world->flights[id].undock_us = world->now_us;
    iss_port_leave(world, id);
    iss_flight_phase(world, id, ISS_FLIGHT_RETURNING);
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_DEPART));
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_MOVE));
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_LIFE));
    iss_unschedule(world, iss_slot_flight(world, id, ISS_SLOT_DECISION));
    iss_traffic_plan_landing(world, id);
}

/* The record's loss of a vehicle takes everyone aboard. */
static void
lose(struct iss_world *world, int32_t id)
{
    iss_flight_damage(world, id, ISS_UNUSABLE, 0);
    iss_flight_phase(world, id, ISS_FLIGHT_FAILED);
    iss_raise(world, ISS_EVENT_VEHICLE_LOST, id, -1, world->flights[id].crew_up);
}

void
iss_traffic_on_landing(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, event->subject);
    bool lands = vehicle->role == ISS_ROLE_CREW || vehicle->lands;

    if (world->flights[event->subject].phase == ISS_FLIGHT_FREE_FLIGHT &&
        iss_traffic_recorded_loss(world, event->subject) != ISS_NEVER) {
        lose(world, event->subject);
        return;
    }
    if (world->flights[event->subject].phase != ISS_FLIGHT_RETURNING) {
        return;
    }
    world->flights[event->subject].land_us = world->now_us;
    iss_flight_phase(world, event->subject,
                     lands ? ISS_FLIGHT_LANDED : ISS_FLIGHT_DISPOSED);
    iss_fleet_land(world, event->subject);
    iss_raise(world, lands ? ISS_EVENT_LANDED : ISS_EVENT_DISPOSED, event->subject, -1,
              world->flights[event->subject].crew_down);
}
