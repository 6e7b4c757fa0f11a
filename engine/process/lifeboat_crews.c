/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lifeboat_crews.c - the crews of one type of vehicle move along its line.
 *
 *     called up:    the next vehicle flies without crew; its crew takes the one after
 *                   it, and so on, each relieving whom it was to relieve
 *     flies again:  a crew whose flight has failed takes a later one; its crew takes
 * the one after, and so on, and whoever flies a flight relieves whom that flight was to
 * relieve
 *
 * The last crew of the line is left without a vehicle.  Visits don't move.
 *
 * Owns who flies what.  Draws CALL_UP about the damaged flight.
 */
#include "base/hash.h"
#include "policy/policy.h"
#include "process/lifeboat.h"
#include "process/process.h"

/* ---- calling up a replacement -------------------------------------------------- */

/* The flight that the rule of `from` will plan next, once its time has come; -1 none.
 */
static int32_t
next_of_rule(const struct iss_world *world, int32_t from)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, from);
    int32_t id = plan == NULL || plan->rule < 0 ? -1 : world->rules[plan->rule].next;

    if (iss_mission_over(world) || world->types[world->flights[from].vehicle].retired) {
        return -1; /* the programme has cancelled it */
    }
    return id >= 0 && world->flights[id].plan == world->flights[from].plan + 1 ? id
                                                                               : -1;
}

/* Whether the flight is a visit without a crew: a test of the vehicle, which stays so.
 */
static bool
is_test(const struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    return plan != NULL && plan->visiting && plan->team < 0;
}

/* The next flight after `from` that can take over a crew of the same type. */
static int32_t
next_in_line(const struct iss_world *world, int32_t from)
{
    bool behind = false;

    for (int32_t i = 0; i < world->plan_count; i++) {
        int32_t id = world->plan[i];
        const struct iss_flight *flight = &world->flights[id];
        if (behind && flight->vehicle == world->flights[from].vehicle &&
            flight->phase <= ISS_FLIGHT_HELD && flight->replaces < 0 &&
            flight->ready_us != ISS_NEVER && flight->due_us != ISS_NEVER &&
            !is_test(world, id) && !iss_team_visiting(world, flight->team)) {
            return id;
        }
        behind = behind || id == from;
    }
    return next_of_rule(world, from);
}

static void
schedule_launch(struct iss_world *world, int32_t id, int64_t due_us)
{
    world->flights[id].due_us = due_us;
    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_STEP), due_us,
                 ISS_EVENT_LAUNCH_DUE, id, -1);
}

/* A crew that should have flown at `wanted_us` takes over flight `id`; by policy it
 * doesn't wait for that flight's own date.  The flight's slip then counts from the day
 * on which the production line gives its vehicle. */
static void
bring_forward(struct iss_world *world, int32_t id, int64_t wanted_us)
{
    const struct iss_flight *flight = &world->flights[id];

    if (!iss_flight_prepared(world, id)) {
        return;
    }
    int64_t ready = iss_us_add(flight->ready_us, flight->slip_us);
    int64_t due = wanted_us > ready ? wanted_us : ready;

    if (world->model->policy.shifted_launch == ISS_SHIFTED_WHEN_READY &&
        due < flight->due_us) {
        schedule_launch(world, id, due);
    }
}

/* The replacement's crew, which was due at `due_us`, takes the next vehicle, its crew
 * the one after, and so on; with them goes who relieves them.  A flight that a rule
 * made is where it ends: its crew was made with it, and stands back for the one that
 * comes; who relieves them is as before. */
static void
shift_crews(struct iss_world *world, int32_t damaged, int32_t replacement,
            int64_t due_us)
{
    struct iss_flight *flights = world->flights;
    int32_t from = replacement, team = flights[replacement].team;
    int32_t relief = flights[replacement].relief;

    flights[replacement].team = -1;
    flights[replacement].relief = flights[damaged].relief;
    flights[damaged].relief = -1;
    while (team >= 0) {
        int32_t to = flights[from].plan < 0 ? -1 : next_in_line(world, from);
        world->team_flight[team] = to;
        iss_raise(world, ISS_EVENT_CREW_TRANSFERRED, from, to, 0);
        if (to < 0) {
            return;
        }
        int32_t next_team = flights[to].team, next_relief = flights[to].relief;
        int64_t next_due = flights[to].due_us;
        flights[to].team = team;
        bring_forward(world, to, due_us);
        if (iss_flight_rule(world, to) != NULL && next_team >= 0) {
            world->team_flight[next_team] = -1;
            return;
        }
        flights[to].relief = relief;
        team = next_team;
        relief = next_relief;
        due_us = next_due;
        from = to;
    }
}

/* A vehicle for the damaged flight's people: planned, or new off the line; -1 none. */
static int32_t
find_replacement(struct iss_world *world, int32_t damaged)
{
    struct iss_flight *flight = &world->flights[damaged];
    int32_t id = iss_policy_replacement(world, damaged);

    if (id >= 0) {
        struct iss_flight *called = &world->flights[id];
        if (!iss_flight_prepared(world, id)) {
            iss_flight_prepare(world, id, iss_line_take(world, flight->vehicle));
            called->due_us = iss_us_later(called->due_us, called->ready_us);
        }
        return called->ready_us == ISS_NEVER ? -1 : id;
    }
    int64_t ready = iss_line_take(world, flight->vehicle);
    if (ready == ISS_NEVER) {
        return -1;
    }
    id =
        iss_flight_generate(world, flight->vehicle,
                            iss_hash_occurrence(flight->hash, (uint64_t)flight->calls));
    if (id >= 0) {
        world->flights[id].ready_us = ready;
        world->flights[id].due_us = ISS_NEVER;
    }
    return id;
}

bool
iss_lifeboat_call_up(struct iss_world *world, int32_t damaged)
{
    struct iss_flight *flight = &world->flights[damaged];
    const struct iss_dist *lead = iss_flight_vehicle(world, damaged)->call_up_lead;

    if (!world->model->policy.call_up || lead == NULL) {
        return false;
    }
    int32_t id = find_replacement(world, damaged);
    if (id < 0) {
        return false;
    }
    struct iss_flight *called = &world->flights[id];
    int64_t prepared =
        iss_us_add(world->now_us, iss_draw_us(world, ISS_DRAW_CALL_UP, flight->hash,
                                              (uint64_t)flight->calls, lead));
    int64_t earliest = prepared > called->ready_us ? prepared : called->ready_us;

    int64_t planned = called->due_us;

    flight->calls++;
    called->replaces = damaged;
    called->plan_undock_us = flight->plan_undock_us;
    schedule_launch(world, id, earliest < planned ? earliest : planned);
    int64_t wait = called->due_us > world->now_us ? called->due_us - world->now_us : 0;
    iss_raise(world, ISS_EVENT_RESCUE_CALLED, id, damaged, iss_days_from_us(wait));
    shift_crews(world, damaged, id, planned);
    return true;
}

/* ---- flying again -------------------------------------------------------------- */

/* Whether any of the team is left to fly another time. */
static bool
can_fly_again(const struct iss_world *world, int32_t team)
{
    const struct iss_ids *members = &iss_model_team(world->model, team)->members;

    for (int32_t i = 0; i < members->count; i++) {
        uint8_t phase = world->people[members->at[i]].phase;
        if (phase != ISS_PERSON_LOST && phase != ISS_PERSON_ABOARD) {
            return true;
        }
    }
    return false;
}

/* The flight that the crew of a failed one takes: the one after policy.abort_wait of
 * the type, or the last that there is; -1 none. */
static int32_t
flight_after(const struct iss_world *world, int32_t failed)
{
    int32_t to = -1, next = next_in_line(world, failed);

    for (int64_t i = world->model->policy.abort_wait; next >= 0 && i >= 0; i--) {
        to = next;
        next = next_in_line(world, to);
    }
    return to;
}

/* Team `in` flies in the place of team `out`, and relieves whom that was to relieve. */
static void
take_place(struct iss_world *world, int32_t id, int32_t in, int32_t out)
{
    for (int32_t i = 0; out >= 0 && i < world->flight_count; i++) {
        struct iss_flight *flight = &world->flights[i];
        if (flight->relief == out && !iss_flight_over(flight)) {
            flight->relief = in;
        }
    }
    world->flights[id].team = in;
    world->team_flight[in] = id;
}

void
iss_lifeboat_fly_again(struct iss_world *world, int32_t failed)
{
    int32_t team = world->flights[failed].team, from = failed;

    if (!iss_world_forecasting(world) || team < 0 ||
        !iss_flight_missed(&world->flights[failed]) ||
        world->model->policy.after_abort != ISS_FLIES_AGAIN ||
        iss_team_visiting(world, team) || !can_fly_again(world, team)) {
        return;
    }
    int32_t to = flight_after(world, failed);
    while (to >= 0 && team >= 0) {
        int32_t next = world->flights[to].team;
        take_place(world, to, team, next);
        iss_raise(world, ISS_EVENT_CREW_TRANSFERRED, from, to, 0);
        if (iss_flight_rule(world, to) != NULL && next >= 0) {
            world->team_flight[next] = -1; /* made with the flight, it stands back */
            return;
        }
        team = next;
        from = to;
        to = next_in_line(world, from);
    }
    if (from != failed && team >= 0) {
        world->team_flight[team] = -1;
        iss_raise(world, ISS_EVENT_CREW_TRANSFERRED, from, -1, 0);
    }
}
