/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lifeboat.c - a crew has lost its way home: reassign seats, call up a replacement, or
 * go home early.
 *
 *     assessed --LIFEBOAT_DECISION--> a replacement is called --DOCKED--> everyone
 * moves |                      | it fails: decide again        |
 *                     '-> seats are moved    '-------^        the damaged one leaves
 *                     '-> early return
 *
 * Calling up consumes the next vehicle of the type: it flies without crew, its crew
 * takes the one after it, and so on down the line, each relieving whom it was to
 * relieve.
 *
 * Owns the seats while people wait.  Draws DECISION, CALL_UP, EARLY_RETURN,
 * DAMAGED_STAY (about the damaged flight) and SEAT_MOVE (about the person).
 */
#include "base/hash.h"
#include "policy/policy.h"
#include "process/process.h"

static bool
needs_decision(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];
    return iss_world_forecasting(world) && iss_flight_attached(flight) &&
           flight->condition != ISS_SOUND && iss_flight_passengers(world, id) > 0;
}

/* A further finding doesn't put off a decision that is pending already. */
static void
plan_decision(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_DECISION))) {
        return;
    }
    int64_t wait = iss_draw_us(world, ISS_DRAW_DECISION, flight->hash,
                               (uint64_t)flight->calls, world->model->policy.decision);

    iss_schedule(world, iss_slot_flight(world, id, ISS_SLOT_DECISION),
                 iss_us_add(world->now_us, wait), ISS_EVENT_LIFEBOAT_DECISION, id, -1);
}

/* ---- moving seats -------------------------------------------------------------- */

/* The identity of a person's visit in the random streams: who, and brought by what. */
static uint64_t
visit_hash(const struct iss_world *world, int32_t person)
{
    const struct iss_stay *stay = &world->stays[world->people[person].stay];
    return iss_hash_occurrence(iss_model_crew_member(world->model, person)->entity.hash,
                               world->flights[stay->up].hash);
}

static void
arrange_moves(struct iss_world *world)
{
    int32_t *people = world->chosen;
    const struct iss_policy *policy = &world->model->policy;

    if (!policy->reassign) {
        return;
    }
    int32_t count = iss_policy_reassign(world, people);
    for (int32_t i = 0; i < count; i++) {
        int64_t wait = iss_draw_us(world, ISS_DRAW_SEAT_MOVE,
                                   visit_hash(world, people[i]), 0, policy->seat_move);
        iss_schedule(world, iss_slot_person(world, people[i]),
                     iss_us_add(world->now_us, wait), ISS_EVENT_SEAT_MOVE_DUE,
                     people[i], -1);
    }
}

/* Whether the person's planned vehicle down has gone. */
static bool
is_stranded(const struct iss_world *world, int32_t person)
{
    int32_t down = world->people[person].down;
    return down < 0 || !iss_flight_attached(&world->flights[down]);
}

/* A regular seat in a sound vehicle of the type that the person's suit and liner fit is
 * a way home when no replacement is coming for the planned one.  Any other place is for
 * the time being, unless there is no way home at all. */
static void
settle_way_home(struct iss_world *world, int32_t id)
{
    struct iss_person *person = &world->people[id];

    if (person->seat_kind == ISS_SEAT_REGULAR && iss_person_safe(world, id) &&
        (is_stranded(world, id) || (world->flights[person->down].vehicle ==
                                        world->flights[person->seat].vehicle &&
                                    iss_flight_replacement(world, person->down) < 0))) {
        person->down = person->seat;
    }
}

static bool
move_to_safety(struct iss_world *world, int32_t person)
{
    struct iss_seat_offer offer = iss_policy_seat(world, person);
    if (offer.flight < 0) {
        return false;
    }
    iss_seat_take(world, person, offer.flight, offer.kind);
    settle_way_home(world, person);
    iss_raise(world, ISS_EVENT_SEAT_MOVED, person, offer.flight, 0);
    return true;
}

void
iss_lifeboat_on_seat_move(struct iss_world *world, const struct iss_event *event)
{
    if (world->people[event->subject].phase == ISS_PERSON_ABOARD &&
        !iss_person_safe(world, event->subject)) {
        move_to_safety(world, event->subject);
    }
}

/* ---- calling up a replacement -------------------------------------------------- */

/* The flight that the rule of `from` will plan next, once its time has come; -1 none.
 */
static int32_t
next_of_rule(const struct iss_world *world, int32_t from)
{
    const struct iss_cadence *rule = iss_flight_rule(world, from);
    int32_t id = from + 1;

    return rule != NULL && id < rule->from + rule->room &&
                   world->flights[id].phase == ISS_FLIGHT_SPARE
               ? id
               : -1;
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
            flight->ready_us != ISS_NEVER && !iss_team_visiting(world, flight->team)) {
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
    if (flight->phase == ISS_FLIGHT_SPARE) {
        return; /* it has no date yet */
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
        return id;
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

static bool
call_up(struct iss_world *world, int32_t damaged)
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

/* ---- deciding ------------------------------------------------------------------ */

void
iss_lifeboat_on_assessed(struct iss_world *world, const struct iss_event *event)
{
    if (event->subject < world->flight_count && needs_decision(world, event->subject) &&
        iss_flight_replacement(world, event->subject) < 0) {
        plan_decision(world, event->subject);
    }
}

static void
return_early(struct iss_world *world, int32_t id)
{
    struct iss_flight *flight = &world->flights[id];
    int64_t wait = iss_draw_us(world, ISS_DRAW_EARLY_RETURN, flight->hash, 0,
                               world->model->policy.early_return);

    flight->early = true;
    iss_raise(world, ISS_EVENT_EARLY_RETURN, id, -1, iss_days_from_us(wait));
    iss_flight_depart_at(world, id, iss_us_add(world->now_us, wait));
}

/* Not because the vehicle is damaged: something else makes its people leave. */
void
iss_lifeboat_on_evacuation(struct iss_world *world, const struct iss_event *event)
{
    if (!world->flights[event->subject].early) {
        return_early(world, event->subject);
    }
}

void
iss_lifeboat_on_decision(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    const struct iss_flight *flight = &world->flights[id];

    if (!needs_decision(world, id) || flight->early) {
        return;
    }
    if (world->model->policy.return_in_damaged == ISS_RETURN_AT_ONCE &&
        flight->condition == ISS_EMERGENCY_ONLY) {
        return_early(world, id);
        return;
    }
    bool coming = iss_flight_replacement(world, id) >= 0 || call_up(world, id);
    arrange_moves(world);
    for (int32_t i = 0; i < world->aboard_count; i++) {
        if (world->people[world->aboard[i]].down == id) {
            settle_way_home(world, world->aboard[i]);
        }
    }
    if (!coming && flight->waits) {
        iss_flight_depart_at(world, id, world->now_us);
    }
}

/* A replacement that didn't get there: who was to relieve it relieves the damaged
 * flight as before, and the partners decide again. */
void
iss_lifeboat_on_flight_failed(struct iss_world *world, const struct iss_event *event)
{
    struct iss_flight *failed = &world->flights[event->subject];
    int32_t damaged = failed->replaces;

    if (damaged >= 0 && world->flights[damaged].relief < 0) {
        world->flights[damaged].relief = failed->relief;
        failed->relief = -1;
    }
    if (damaged >= 0 && needs_decision(world, damaged)) {
        plan_decision(world, damaged);
    }
}

/* ---- vehicles come and go ------------------------------------------------------ */

static void
move_in(struct iss_world *world, int32_t damaged, int32_t replacement)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        struct iss_person *person = &world->people[id];
        if (person->down != damaged ||
            iss_seats_free(world, replacement, ISS_SEAT_REGULAR) <= 0) {
            continue;
        }
        person->down = replacement;
        iss_unschedule(world, iss_slot_person(world, id));
        iss_seat_take(world, id, replacement, ISS_SEAT_REGULAR);
        iss_raise(world, ISS_EVENT_SEAT_MOVED, id, replacement, 0);
    }
}

void
iss_lifeboat_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject, damaged = world->flights[id].replaces;

    if (damaged >= 0) {
        move_in(world, damaged, id);
    }
    if (!iss_world_forecasting(world)) {
        return;
    }
    if (damaged >= 0 && iss_flight_attached(&world->flights[damaged])) {
        int64_t wait =
            iss_draw_us(world, ISS_DRAW_DAMAGED_STAY, world->flights[damaged].hash, 0,
                        world->model->policy.damaged_stay);
        iss_flight_depart_at(world, damaged, iss_us_add(world->now_us, wait));
    }
    if (needs_decision(world, id) && iss_flight_assessed(world, id)) {
        plan_decision(world, id); /* it was damaged on the way */
    }
    if (iss_world_unsafe(world) > 0) {
        arrange_moves(world);
    }
}

/* Whoever is left without a seat takes the best there is: by policy, or when there is
 * no way home any more, a safe one; else the old one in the vehicle that is to bring
 * them home, else none. */
void
iss_lifeboat_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    bool reassign = iss_world_forecasting(world) && world->model->policy.reassign;

    (void)event;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        const struct iss_person *person = &world->people[id];
        if (person->seat >= 0 ||
            ((reassign || is_stranded(world, id)) && move_to_safety(world, id))) {
            continue;
        }
        if (!is_stranded(world, id) &&
            world->flights[person->down].condition != ISS_UNUSABLE &&
            iss_seats_free(world, person->down, ISS_SEAT_REGULAR) > 0) {
            iss_seat_take(world, id, person->down, ISS_SEAT_REGULAR);
            iss_raise(world, ISS_EVENT_SEAT_MOVED, id, person->down, 0);
        }
    }
}
