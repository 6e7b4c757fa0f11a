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
 * (about the relief), STAY, EXTENSION, ABORT, LOSS and SURVIVAL (about the flight).
 */
#include "policy/policy.h"
#include "process/process.h"

/* ---- when a vehicle leaves ----------------------------------------------------- */

/* The end of the handover that began when flight `relief` docked. */
static int64_t
handover_end(struct iss_world *world, int32_t relief)
{
    const struct iss_dist *handover = iss_flight_vehicle(world, relief)->handover;
    return iss_us_add(world->flights[relief].dock_us,
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
                   ? iss_us_later(flight->plan_undock_us, handover_end(world, id))
                   : flight->launch_us + flight->plan_undock_us -
                         flight->plan_launch_us;
    }
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const struct iss_dist *stay =
        plan != NULL && plan->stay != NULL ? plan->stay : vehicle->stay;
    if (stay == NULL) {
        return ISS_NEVER;
    }
    return iss_us_add(flight->dock_us,
                      iss_draw_us(world, ISS_DRAW_STAY, flight->hash, 0, stay));
}

/* Whether a flight can still bring its team. */
static bool
can_come(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    return flight->phase <= ISS_FLIGHT_FREE_FLIGHT && flight->due_us != ISS_NEVER;
}

/* A relief that won't come any more is waited for to the end of certified life; where
 * there is none, the flight leaves as planned.  A crew whose time had come already goes
 * now, or stays on for another. */
static int64_t
unrelieved_departure(struct iss_world *world, int32_t id)
{
    return world->flights[id].limit_us == ISS_NEVER ? planned_departure(world, id)
                                                    : ISS_NEVER;
}

static void
plan_departure(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    int32_t relief = flight->relief < 0 ? -1 : world->team_flight[flight->relief];

    if (flight->phase != ISS_FLIGHT_DOCKED || flight->early) {
        return; /* on its way to another port; its date is settled */
    }
    if (flight->relief < 0) {
        iss_flight_depart_at(world, id, planned_departure(world, id));
    } else if (relief >= 0 && iss_flight_attached(&world->flights[relief])) {
        int64_t end = handover_end(world, relief);
        iss_raise(world, ISS_EVENT_HANDOVER_BEGINS, relief, id,
                  end > world->now_us ? iss_days_from_us(end - world->now_us) : 0);
        iss_flight_depart_at(world, id, end);
    } else if (relief < 0 || !can_come(world, relief)) {
        iss_flight_depart_at(
            world, id, flight->kept ? world->now_us : unrelieved_departure(world, id));
    }
}

/* The team that a flight was to bring doesn't come.  Whoever it was to relieve is
 * relieved by the team that was to relieve it, if there is one. */
static void
hand_on_relief(struct iss_world *world, int32_t lost)
{
    int32_t team = world->flights[lost].team, next = world->flights[lost].relief;

    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        struct iss_flight *flight = &world->flights[i];
        if (flight->relief == team && !iss_flight_over(flight)) {
            flight->relief = next >= 0 ? next : team;
            if (iss_world_forecasting(world)) { /* else the record has the date */
                plan_departure(world, i);
            }
        }
    }
}

/* A crew has changed vehicles, or lost its own: whoever waits for it may wait longer.
 */
void
iss_rotation_on_transferred(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        int32_t relief = world->flights[i].relief;
        if (relief >= 0 && world->team_flight[relief] < 0) {
            plan_departure(world, i);
        }
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

/* It leaves at once if its time came on the way.  Nothing is planned yet when its
 * relief came then, or the record began the move. */
void
iss_rotation_on_relocated(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    if (!iss_world_forecasting(world)) {
        return;
    }
    if (world->flights[id].overdue) {
        world->flights[id].overdue = false;
        iss_flight_depart_at(world, id, world->now_us);
    } else if (!iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_DEPART))) {
        plan_departure(world, id);
    }
}

/* ---- who goes home in what ----------------------------------------------------- */

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

/* Nobody goes home in a vehicle that is known to bring nobody home alive. */
static bool
goes_down_in(const struct iss_world *world, int32_t person, int32_t id)
{
    const struct iss_ids *recorded = recorded_crew_down(world, id);
    bool wreck =
        world->flights[id].condition == ISS_UNUSABLE && iss_flight_detected(world, id);

    return recorded ? iss_ids_have(recorded, person)
                    : !wreck && world->people[person].down == id;
}

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
            if (to[i] >= 0 && recorded_crew_down(world, to[i]) == NULL &&
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
    const struct iss_ids *down = seat < 0 ? NULL : recorded_crew_down(world, seat);

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

/* A vehicle has come: people who are to go home in another vehicle than the one that
 * they hold a seat in change places, all at once. */
static void
exchange_seats(struct iss_world *world)
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

    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        iss_person_arrive(world, i);
    }
    exchange_seats(world);
    if (!iss_world_forecasting(world)) {
        return;
    }
    plan_end_of_life(world, id);
    plan_departure(world, id);
    for (int32_t i = 0; world->flights[id].team >= 0 && i < world->flight_count; i++) {
        const struct iss_flight *relieved = &world->flights[i];
        if (relieved->relief >= 0 && relieved->relief == world->flights[id].team &&
            iss_flight_attached(relieved)) {
            plan_departure(world, i);
        }
    }
}

/* The way of everyone in the vehicle ends. */
static void
land_people(struct iss_world *world, int32_t id, bool alive)
{
    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        iss_person_land(world, i, alive);
        if (!alive) {
            iss_raise(world, ISS_EVENT_PERSON_LOST, i, id, 0);
        }
    }
}

/* The flight ends before the station, and with it the hopes of whom it was to relieve.
 */
static void
end_flight(struct iss_world *world, int32_t id, bool alive)
{
    land_people(world, id, alive);
    hand_on_relief(world, id);
}

void
iss_rotation_on_ascent_failed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);

    end_flight(world, id,
               world->flights[id].recorded ||
                   iss_draw(world, ISS_DRAW_ABORT, world->flights[id].hash, 0) <
                       iss_world_value(world, &vehicle->abort_survival));
}

void
iss_rotation_on_vehicle_lost(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    end_flight(world, event->subject,
               iss_draw(world, ISS_DRAW_LOSS, flight->hash, 0) < flight->survival);
}

/* The crew stays on the ground. */
void
iss_rotation_on_skipped(struct iss_world *world, const struct iss_event *event)
{
    hand_on_relief(world, event->subject);
}

/* People who never got to the station go home in the vehicle that brought them. */
void
iss_rotation_on_abandoned(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    struct iss_flight *flight = &world->flights[id];

    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        world->stays[world->people[i].stay].down = id;
        flight->crew_down++;
    }
    hand_on_relief(world, id);
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

/* Whether another vehicle has just come or gone, so that this one leaves later; who has
 * to go, goes. */
static bool
must_wait(struct iss_world *world, int32_t id, const struct iss_event *event)
{
    int64_t from = iss_world_spaced(world, world->last_visit_us);

    if (from <= world->now_us || event->kind != ISS_EVENT_DEPARTURE_DUE ||
        !iss_world_forecasting(world) || world->flights[id].early) {
        return false;
    }
    iss_flight_depart_at(world, id, from);
    iss_raise(world, ISS_EVENT_SPACING_WAIT, id, -1,
              iss_days_from_us(from - world->now_us));
    return true;
}

/* Whether too few would be left: the crew is then relieved by the next to come, unless
 * its vehicle can't wait. */
static bool
stays_on(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int32_t next = world->now_us < flight->limit_us && !flight->early &&
                           iss_world_forecasting(world)
                       ? iss_policy_successor(world, id)
                       : -1;

    if (next < 0) {
        return false;
    }
    int64_t wait = world->flights[next].due_us - world->now_us;
    flight->kept = true;
    flight->relief = world->flights[next].team;
    iss_flight_depart_at(world, id, ISS_NEVER);
    iss_raise(world, ISS_EVENT_DEPARTURE_HELD, id, next,
              wait > 0 ? iss_days_from_us(wait) : 0);
    return true;
}

void
iss_rotation_on_departure(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    world->flights[id].overdue = world->flights[id].phase == ISS_FLIGHT_RELOCATING;
    if (world->flights[id].phase != ISS_FLIGHT_DOCKED || must_wait(world, id, event)) {
        return;
    }
    if (recorded_crew_down(world, id) != NULL) {
        depart(world, id);
    } else if (iss_policy_departure(world, id) != ISS_STAY) {
        if (!stays_on(world, id)) {
            depart(world, id);
        }
    } else {
        world->flights[id].waits = true;
    }
}

void
iss_rotation_on_life_expires(struct iss_world *world, const struct iss_event *event)
{
    iss_rotation_on_departure(world, event);
}

/* Who stays gives up a seat in the vehicle that leaves; who goes takes one if need be.
 * Someone for whom there is none is left behind, without a way home. */
void
iss_rotation_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject, i = 0;

    for (int32_t j = 0; j < world->aboard_count; j++) {
        int32_t person = world->aboard[j];
        if (world->people[person].seat == id && !goes_down_in(world, person, id)) {
            iss_seat_take(world, person, -1, ISS_SEAT_NONE);
        }
    }
    while (i < world->aboard_count) {
        int32_t person = world->aboard[i];
        bool goes = goes_down_in(world, person, id);
        if (goes && (world->people[person].seat == id ||
                     iss_seats_free(world, id, ISS_SEAT_REGULAR) > 0 ||
                     iss_seats_free(world, id, ISS_SEAT_EMERGENCY) > 0)) {
            iss_person_leave(world, person, id);
            continue;
        }
        if (world->people[person].down == id) {
            world->people[person].down = -1;
        }
        i++;
    }
}

void
iss_rotation_on_landed(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];
    bool alive = flight->condition == ISS_SOUND || !iss_world_forecasting(world) ||
                 iss_draw(world, ISS_DRAW_SURVIVAL, flight->hash, 0) < flight->survival;

    land_people(world, id, alive);
}
