/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation.c - crews come, hand over and go home.
 *
 *     ground --LAUNCHED--> ascent --DOCKED--> aboard --UNDOCKED--> descent --> ground
 *                                                                       '----> lost
 *
 * A relief's docking starts the handover; at its end the relieved crew's vehicle leaves
 * with everyone whose way home it is.  Without a relief the stay extends, at the most
 * to the end of the vehicle's certified life (an indirect handover).  A flight that
 * nobody relieves leaves when planned.
 *
 * Owns the people's comings and goings and the dates of departure.  Draws HANDOVER
 * (about the relief), STAY, EXTENSION, ABORT and SURVIVAL (about the flight).
 */
#include "policy/policy.h"
#include "process/process.h"

/* ---- when a vehicle leaves ----------------------------------------------------- */

static int64_t
later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void
schedule_departure(struct iss_world *world, int32_t flight, int64_t time_us)
{
    iss_schedule(world, iss_slot_flight(world, flight, ISS_SLOT_DEPART), time_us,
                 ISS_EVENT_DEPARTURE_DUE, flight, -1);
}

/* The end of the handover that flight `relief` starts now. */
static int64_t
handover_end(struct iss_world *world, int32_t relief)
{
    const struct iss_dist *handover = iss_flight_vehicle(world, relief)->handover;
    return iss_us_add(world->now_us,
                      iss_draw_us(world, ISS_DRAW_HANDOVER, world->flights[relief].hash,
                                  0, handover));
}

/* When a flight that nobody relieves leaves.  A slipped launch keeps its planned stay;
 * a replacement takes over the date of the vehicle that it replaces, but never leaves
 * before its people have moved in and prepared, which takes as long as a handover. */
static int64_t
planned_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    if (flight->plan_undock_us != ISS_NO_TIME) {
        return flight->replaces >= 0
                   ? later(flight->plan_undock_us, handover_end(world, id))
                   : flight->launch_us + flight->plan_undock_us -
                         flight->plan_launch_us;
    }
    if (vehicle->stay == NULL) {
        return ISS_NEVER;
    }
    return iss_us_add(flight->dock_us, iss_draw_us(world, ISS_DRAW_STAY, flight->hash,
                                                   0, vehicle->stay));
}

static void
plan_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t relief = flight->relief < 0 ? -1 : world->team_flight[flight->relief];

    if (flight->phase != ISS_FLIGHT_DOCKED || flight->early) {
        return; /* on its way to another port; its date is settled */
    }
    if (relief < 0) {
        schedule_departure(world, id, planned_departure(world, id));
    } else if (iss_flight_attached(&world->flights[relief])) {
        int64_t end = handover_end(world, relief);
        iss_raise(world, ISS_EVENT_HANDOVER_BEGINS, relief, id,
                  iss_days_from_us(end - world->now_us));
        schedule_departure(world, id, end);
    }
}

/* The clock of certified life runs from launch. */
static void
plan_end_of_life(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    if (vehicle->certified_life_us == ISS_NEVER) {
        return;
    }
    flight->limit_us = iss_us_add(
        iss_us_add(flight->launch_us, vehicle->certified_life_us),
        iss_draw_us(world, ISS_DRAW_EXTENSION, flight->hash, 0, vehicle->extension));
    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_LIFE), flight->limit_us,
                 ISS_EVENT_LIFE_EXPIRES, id, -1);
}

void
iss_rotation_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (iss_flight_attached(&world->flights[i])) {
            plan_end_of_life(world, i);
            plan_departure(world, i);
        }
    }
}

/* A move that the record began and the forecast ends: nothing is planned yet. */
void
iss_rotation_on_relocated(struct iss_world *world, const struct iss_event *event)
{
    if (iss_world_forecasting(world)) {
        plan_end_of_life(world, event->subject);
        plan_departure(world, event->subject);
    }
}

/* ---- who goes home in what ----------------------------------------------------- */

static bool
names(const struct iss_ids *ids, int32_t person)
{
    for (int32_t i = 0; i < ids->count; i++) {
        if (ids->at[i] == person) {
            return true;
        }
    }
    return false;
}

/* Who, by the record, came down in a flight whose departure the record gives; NULL when
 * the model decides. */
static const struct iss_ids *
recorded_crew_down(const struct iss_world *world, int32_t id)
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
    const struct iss_ids *recorded = plan ? recorded_crew_down(world, id) : NULL;

    if (recorded != NULL || plan == NULL) {
        return recorded;
    }
    return plan->crew_down.count >= 0 && flight->condition == ISS_SOUND &&
                   flight->replaces < 0 && flight->team == plan->team
               ? &plan->crew_down
               : NULL;
}

static bool
goes_down_in(const struct iss_world *world, int32_t person, int32_t id)
{
    const struct iss_ids *recorded = recorded_crew_down(world, id);
    return recorded ? names(recorded, person) : world->people[person].down == id;
}

/* Let everyone aboard whom `down` names, and who isn't seated there yet, give up their
 * seat for one in flight `id`. */
static void
leave_seats(struct iss_world *world, const struct iss_ids *down, int32_t id)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t who = world->aboard[i];
        struct iss_person *person = &world->people[who];
        if (names(down, who) && (person->down != id || person->seat != id)) {
            person->down = id;
            iss_seat_take(world, who, -1, ISS_SEAT_NONE);
        }
    }
}

static void
take_seats(struct iss_world *world, const struct iss_ids *down, int32_t id)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t who = world->aboard[i];
        if (names(down, who) && world->people[who].seat != id &&
            iss_seats_free(world, id, ISS_SEAT_REGULAR) > 0) {
            iss_seat_take(world, who, id, ISS_SEAT_REGULAR);
            iss_raise(world, ISS_EVENT_SEAT_MOVED, who, id, 0);
        }
    }
}

/* A vehicle has come: people who are to go home in another vehicle than the one that
 * they hold a seat in change places, all at once.  Someone for whom no seat is left
 * keeps none until the lifeboat rule finds one. */
static void
exchange_seats(struct iss_world *world)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t port = 0; port < world->model->ports.count; port++) {
            int32_t id = world->berths[port].flight;
            const struct iss_ids *down = id < 0 ? NULL : expected_crew_down(world, id);
            if (down != NULL && pass == 0) {
                leave_seats(world, down, id);
            } else if (down != NULL) {
                take_seats(world, down, id);
            }
        }
    }
}

/* ---- coming -------------------------------------------------------------------- */

void
iss_rotation_on_launched(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *flight = &world->flights[event->subject];
    if (flight->team >= 0) {
        iss_team_board(world, flight->team, event->subject);
    }
}

void
iss_rotation_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    for (int32_t i = 0; i < world->model->crew.count; i++) {
        if (world->people[i].flight == id) {
            iss_person_arrive(world, i);
        }
    }
    exchange_seats(world);
    if (!iss_world_forecasting(world)) {
        return;
    }
    plan_end_of_life(world, id);
    plan_departure(world, id);
    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *relieved = &world->flights[i];
        if (relieved->relief >= 0 && relieved->relief == world->flights[id].team &&
            iss_flight_attached(relieved)) {
            plan_departure(world, i);
        }
    }
}

void
iss_rotation_on_ascent_failed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
    bool alive = iss_draw(world, ISS_DRAW_ABORT, world->flights[id].hash, 0) <
                 vehicle->abort_survival;

    for (int32_t i = 0; i < world->model->crew.count; i++) {
        if (world->people[i].flight == id) {
            iss_person_land(world, i, alive);
            if (!alive) {
                iss_raise(world, ISS_EVENT_PERSON_LOST, i, id, 0);
            }
        }
    }
}

/* ---- going --------------------------------------------------------------------- */

static void
depart(struct iss_world *world, int32_t id)
{
    int32_t leaving = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        leaving += goes_down_in(world, world->aboard[i], id);
    }
    iss_raise(world, ISS_EVENT_UNDOCKED, id, world->flights[id].port, leaving);
}

void
iss_rotation_on_departure(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    if (world->flights[id].phase != ISS_FLIGHT_DOCKED) {
        return;
    }
    if (recorded_crew_down(world, id) != NULL ||
        iss_policy_departure(world, id) != ISS_STAY) {
        depart(world, id);
    } else {
        world->flights[id].waits = true;
    }
}

void
iss_rotation_on_life_expires(struct iss_world *world, const struct iss_event *event)
{
    iss_rotation_on_departure(world, event);
}

void
iss_rotation_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t i = 0;
    while (i < world->aboard_count) {
        int32_t person = world->aboard[i];
        if (goes_down_in(world, person, event->subject)) {
            iss_person_leave(world, person, event->subject);
        } else {
            i++;
        }
    }
}

void
iss_rotation_on_landed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];
    bool alive = flight->condition == ISS_SOUND || !iss_world_forecasting(world) ||
                 iss_draw(world, ISS_DRAW_SURVIVAL, flight->hash, 0) < flight->survival;

    for (int32_t i = 0; i < world->model->crew.count; i++) {
        if (world->people[i].flight == id) {
            iss_person_land(world, i, alive);
            if (!alive) {
                iss_raise(world, ISS_EVENT_PERSON_LOST, i, id, 0);
            }
        }
    }
}
