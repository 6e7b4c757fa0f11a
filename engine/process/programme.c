/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * programme.c - what the partners have agreed on comes to pass, each thing on its day.
 *
 *     an entry:     waiting for its day --PROGRAMME_CHANGE--> in force
 *     the mission:  going on --its end's day--> (END_WAITS, until a deorbit vehicle is
 *                   docked) --MISSION_OVER--> the crews go home --the last has left-->
 *                   empty --STATION_DEORBITED--> gone
 *
 * The days are drawn when the forecast begins.  A vehicle's debut is known from then on
 * (world/flights.c: no unit comes off the line before); all else is not before its day.
 * Launches that are off are cancelled with a reason when anybody knows of them: those
 * of named flights, and of rules' that are planned in earnest or waited for.  Rescues,
 * and flights that are to bring people of another home, still fly.
 *
 * Owns world->types, withdrawn, max_crew and ending.  Draws PROGRAMME and DEORBIT about
 * the entry.
 */
#include "process/process.h"

/* ---- the days ------------------------------------------------------------------ */

static void
place_entry(struct iss_world *world, int32_t id)
{
    const struct iss_programme *entry = iss_model_programme(world->model, id);
    int64_t delay =
        iss_draw_us(world, ISS_DRAW_PROGRAMME, entry->entity.hash, 0, entry->delay);
    int64_t at_us = iss_us_add(entry->at_us, delay);

    iss_schedule(world, iss_slot_programme(world, id), at_us,
                 ISS_EVENT_PROGRAMME_CHANGE, id, -1);
    for (int32_t i = 0; i < entry->debuts.count; i++) {
        struct iss_type_state *type = &world->types[entry->debuts.at[i]];
        type->debut_us = iss_us_later(type->debut_us, at_us);
    }
}

void
iss_programme_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->model->programme.count; i++) {
        place_entry(world, i);
    }
}

/* ---- launches that are off ----------------------------------------------------- */

/* Whether somebody's way home is the flight, or is to be. */
static bool
is_needed(const struct iss_world *world, int32_t id)
{
    return world->flights[id].replaces >= 0 || iss_flight_passengers(world, id) > 0;
}

/* Whether a crew that is up, or still to fly, waits for the flight's crew. */
static bool
is_awaited(const struct iss_world *world, int32_t id)
{
    int32_t team = world->flights[id].team;

    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        if (flight->relief == team && flight->phase <= ISS_FLIGHT_RELOCATING) {
            return true;
        }
    }
    return false;
}

static bool
is_off(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    return flight->phase <= ISS_FLIGHT_HELD && !flight->recorded &&
           !is_needed(world, id) &&
           (iss_mission_over(world) || world->types[flight->vehicle].retired);
}

/* Rules first, so that nobody looks for a relief among what they won't make; then all
 * launches at once, so that none relieves another. */
static void
cancel_launches(struct iss_world *world, int32_t entry)
{
    for (int32_t i = 0; i < world->model->cadence.count; i++) {
        int32_t vehicle = iss_model_cadence(world->model, i)->vehicle;
        world->rules[i].ended |=
            iss_mission_over(world) || world->types[vehicle].retired;
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (is_off(world, i)) {
            bool known = iss_flight_prepared(world, i);
            iss_unschedule(world, iss_slot_flight(world, i, ISS_SLOT_STEP));
            iss_port_reserve(world, i, -1);
            iss_flight_stop(world, i, ISS_STOP_NONE);
            iss_flight_phase(world, i, ISS_FLIGHT_CANCELLED);
            if (known) {
                iss_raise(world, ISS_EVENT_LAUNCH_CANCELLED, i, entry, 0);
            }
        }
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (world->flights[i].phase == ISS_FLIGHT_CANCELLED &&
            !iss_flight_prepared(world, i) && is_awaited(world, i)) {
            iss_raise(world, ISS_EVENT_LAUNCH_CANCELLED, i, entry, 0);
        }
    }
}

/* ---- what changes -------------------------------------------------------------- */

/* Whether the flight is still to come, later than today, and its own crew's: one that
 * has taken another's place keeps it. */
static bool
may_change_crew(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);

    return plan != NULL && plan->team_otherwise >= 0 && !flight->recorded &&
           (flight->phase <= ISS_FLIGHT_HELD || flight->phase == ISS_FLIGHT_SPARE) &&
           (flight->plan_launch_us == ISS_NO_TIME ||
            flight->plan_launch_us > world->now_us) &&
           (flight->team == plan->team || flight->team == plan->team_otherwise);
}

/* The team of the same flight that flies in the place of `team` now; or `team`. */
static int32_t
team_now(const struct iss_world *world, int32_t team)
{
    int32_t plan = iss_model_team(world->model, team)->flight;
    int32_t now = iss_plan_team(world, plan);

    return world->team_flight[team] < 0 && now >= 0 && world->team_flight[now] >= 0
               ? now
               : team;
}

/* The other crews fly from now on, and relieve whom these were to relieve.  Flights
 * that rules make later begin with them. */
static void
change_crews(struct iss_world *world, bool exchange)
{
    bool turned = exchange != world->model->policy.seat_exchange;

    world->turned = turned;
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (may_change_crew(world, i)) {
            const struct iss_flight_plan *plan = iss_flight_plan_of(world, i);
            struct iss_flight *flight = &world->flights[i];
            world->team_flight[flight->team] = -1;
            flight->team = turned ? plan->team_otherwise : plan->team;
            world->team_flight[flight->team] = i;
        }
    }
    for (int32_t i = 0; i < world->flight_count; i++) {
        struct iss_flight *flight = &world->flights[i];
        flight->relief = flight->relief < 0 ? -1 : team_now(world, flight->relief);
    }
}

/* Whether the type fits ports of the segment, and no others. */
static bool
belongs_to(const struct iss_model *model, int32_t vehicle, int32_t segment)
{
    const struct iss_ids *ports = &iss_model_vehicle(model, vehicle)->ports;

    for (int32_t i = 0; i < ports->count; i++) {
        if (iss_model_port(model, ports->at[i])->segment != segment) {
            return false;
        }
    }
    return ports->count > 0;
}

static bool
retire(struct iss_world *world, const struct iss_programme *entry)
{
    for (int32_t i = 0; i < entry->retires.count; i++) {
        world->types[entry->retires.at[i]].retired = true;
    }
    if (entry->withdraws >= 0) {
        world->withdrawn |= 1U << entry->withdraws;
        for (int32_t i = 0; i < world->model->vehicles.count; i++) {
            world->types[i].retired |= belongs_to(world->model, i, entry->withdraws);
        }
    }
    return entry->retires.count > 0 || entry->withdraws >= 0;
}

static bool
has_deorbit_vehicle(const struct iss_world *world, int32_t type)
{
    for (int32_t i = 0; type >= 0 && i < world->model->ports.count; i++) {
        int32_t id = world->berths[i].flight;
        if (id >= 0 && world->flights[id].vehicle == type) {
            return true;
        }
    }
    return type < 0;
}

static void
try_to_end(struct iss_world *world)
{
    int32_t id = world->ending.entry;
    const struct iss_programme *entry = iss_model_programme(world->model, id);

    if (has_deorbit_vehicle(world, entry->deorbit_vehicle)) {
        iss_raise(world, ISS_EVENT_MISSION_OVER, id, -1,
                  iss_days_from_us(world->now_us - entry->at_us));
    } else {
        iss_raise(world, ISS_EVENT_END_WAITS, id, -1, 0);
    }
}

void
iss_programme_on_change(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_programme *entry = iss_model_programme(world->model, id);

    iss_tell(world, iss_days_from_us(world->now_us - entry->at_us));
    if (entry->max_crew > 0) {
        world->max_crew = entry->max_crew;
    }
    if (entry->seat_exchange >= 0) {
        change_crews(world, entry->seat_exchange == ISS_EXCHANGE_ON);
    }
    if (retire(world, entry)) {
        cancel_launches(world, id);
    }
    if (entry->ends && !iss_mission_over(world) && !world->lost) {
        world->ending.entry = id;
        try_to_end(world);
    }
}

/* ---- the end of the mission ---------------------------------------------------- */

void
iss_programme_on_over(struct iss_world *world, const struct iss_event *event)
{
    world->ending.over_us = world->now_us;
    cancel_launches(world, event->subject);
}

/* The station waits without people for its reentry, unless somebody still comes. */
void
iss_programme_on_people(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = world->ending.entry, slot = iss_slot_deorbit(world);

    (void)event;
    if (!iss_mission_over(world) || world->lost) {
        return;
    }
    const struct iss_programme *entry = iss_model_programme(world->model, id);
    if (world->aboard_count > 0) {
        iss_unschedule(world, slot);
    } else if (entry->deorbit != NULL && !iss_scheduled(world, slot)) {
        int64_t wait =
            iss_draw_us(world, ISS_DRAW_DEORBIT, entry->entity.hash, 0, entry->deorbit);
        world->ending.left_us = world->now_us;
        iss_schedule(world, slot, iss_us_add(world->now_us, wait),
                     ISS_EVENT_STATION_DEORBITED, id, -1);
    }
}

/* What has come may be what the end waits for, or people. */
void
iss_programme_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = world->ending.entry;

    if (id >= 0 && !iss_mission_over(world) &&
        iss_model_programme(world->model, id)->deorbit_vehicle ==
            world->flights[event->subject].vehicle) {
        try_to_end(world);
    }
    iss_programme_on_people(world, event);
}

void
iss_programme_on_deorbited(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_tell(world, iss_days_from_us(world->now_us - world->ending.left_us));
    world->ending.reentry_us = world->now_us;
    world->ending.deorbited = true;
}
