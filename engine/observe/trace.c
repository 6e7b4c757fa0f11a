/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace.c - the log of a replication as it runs: events, intervals, the state over
 * time.
 *
 * Intervals are kept by comparing what the world says now with what it said at the last
 * change; an open interval's row is closed when its content changes.
 */
#include "observe/trace.h"

#include <stdlib.h>

#include "isssim/status.h"
#include "observe/tables.h"
#include "observe/trace_end.h"
#include "observe/trace_stocks.h"
#include "observe/trace_upkeep.h"

/* What a person's seat looked like when last seen. */
struct seen_seat {
    int32_t flight, row; /* row: open interval, -1 none */
    uint8_t kind;
    bool safe;
};

struct seen_port {
    int32_t flight, row;
};

struct seen_command {
    int32_t number, commander, row;
};

struct iss_trace {
    struct iss_outcome *outcome;
    const struct iss_model *model;
    struct iss_arena arena;
    struct seen_seat *seats;
    struct seen_port *ports;
    struct seen_command command;
    int32_t *last_port; /* of each flight */
    int32_t *failures;  /* row of the last failure of each target and mode, -1 none */
    struct iss_trace_upkeep upkeep;
    struct iss_trace_stock *stocks; /* each as last noted */
    int32_t *row_of;                /* event row of a sequence number, -1 none */
    uint32_t row_of_size;
};

int
iss_trace_new(const struct iss_model *model, struct iss_outcome *outcome,
              struct iss_trace **trace)
{
    struct iss_trace *made = calloc(1, sizeof *made);
    size_t flights = (size_t)(model->flights.count + model->scenario.max_generated);

    if (made == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    made->outcome = outcome;
    made->model = model;
    made->seats = iss_arena_array(&made->arena, (size_t)model->crew.count + 1,
                                  sizeof *made->seats);
    made->ports = iss_arena_array(&made->arena, (size_t)model->ports.count + 1,
                                  sizeof *made->ports);
    made->last_port =
        iss_arena_array(&made->arena, flights + 1, sizeof *made->last_port);
    made->failures = iss_arena_array(&made->arena, iss_failure_count(model) + 1,
                                     sizeof *made->failures);
    made->stocks = iss_arena_array(&made->arena, (size_t)model->resources.count + 1,
                                   sizeof *made->stocks);
    if (made->stocks == NULL || made->seats == NULL || made->ports == NULL ||
        made->last_port == NULL || made->failures == NULL ||
        iss_trace_upkeep_init(&made->upkeep, &made->arena, model) != ISS_OK) {
        iss_trace_free(made);
        return ISS_ERR_NO_MEMORY;
    }
    *trace = made;
    return ISS_OK;
}

void
iss_trace_free(struct iss_trace *trace)
{
    if (trace != NULL) {
        iss_arena_clear(&trace->arena);
        free(trace->row_of);
        free(trace);
    }
}

static int
add_row(struct iss_trace *trace, enum iss_table_id table, size_t *row)
{
    return iss_table_add(&trace->outcome->tables[table], &trace->outcome->arena, row);
}

/* ---- intervals ----------------------------------------------------------------- */

static int
note_port(struct iss_trace *trace, const struct iss_world *world, int32_t port)
{
    struct iss_outcome *outcome = trace->outcome;
    struct seen_port *seen = &trace->ports[port];
    int32_t flight = world->berths[port].flight;
    size_t row;

    if (flight == seen->flight) {
        return ISS_OK;
    }
    if (seen->row >= 0) {
        iss_at(outcome, port_intervals, end, time)[seen->row] = world->now_us;
    }
    *seen = (struct seen_port){flight, -1};
    if (flight < 0) {
        return ISS_OK;
    }
    if (add_row(trace, ISS_TABLE_port_intervals, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    seen->row = (int32_t)row;
    trace->last_port[flight] = port;
    iss_at(outcome, port_intervals, port, id)[row] = port;
    iss_at(outcome, port_intervals, flight, id)[row] = flight;
    iss_at(outcome, port_intervals, start, time)[row] = world->now_us;
    return ISS_OK;
}

static int
note_seat(struct iss_trace *trace, const struct iss_world *world, int32_t id)
{
    struct iss_outcome *outcome = trace->outcome;
    struct seen_seat *seen = &trace->seats[id];
    const struct iss_person *person = &world->people[id];
    bool aboard = person->phase == ISS_PERSON_ABOARD;
    bool safe = aboard && iss_person_safe(world, id);
    size_t row;

    if (aboard == (seen->row >= 0) &&
        (!aboard || (person->seat == seen->flight && person->seat_kind == seen->kind &&
                     safe == seen->safe))) {
        return ISS_OK;
    }
    if (seen->row >= 0) {
        iss_at(outcome, seat_intervals, end, time)[seen->row] = world->now_us;
    }
    *seen = (struct seen_seat){person->seat, -1, person->seat_kind, safe};
    if (!aboard) {
        return ISS_OK;
    }
    if (add_row(trace, ISS_TABLE_seat_intervals, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    seen->row = (int32_t)row;
    iss_at(outcome, seat_intervals, person, id)[row] = id;
    iss_at(outcome, seat_intervals, flight, id)[row] = person->seat;
    iss_at(outcome, seat_intervals, kind, code)[row] = person->seat_kind;
    iss_at(outcome, seat_intervals, safe, flag)[row] = safe;
    iss_at(outcome, seat_intervals, start, time)[row] = world->now_us;
    return ISS_OK;
}

/* ---- command ------------------------------------------------------------------- */

/* Who commands, in a row of its own when that, or the expedition, is another. */
static int
note_command(struct iss_trace *trace, const struct iss_world *world)
{
    struct iss_outcome *outcome = trace->outcome;
    const struct iss_captaincy *now = &world->command;
    struct seen_command *seen = &trace->command;
    size_t row;

    if (now->number == seen->number && now->commander == seen->commander) {
        return ISS_OK;
    }
    if (seen->row >= 0) {
        iss_at(outcome, expeditions, end, time)[seen->row] = world->now_us;
    }
    *seen = (struct seen_command){now->number, now->commander, -1};
    if (now->commander < 0) {
        return ISS_OK;
    }
    if (add_row(trace, ISS_TABLE_expeditions, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    seen->row = (int32_t)row;
    iss_at(outcome, expeditions, number, count)[row] = now->number;
    iss_at(outcome, expeditions, commander, id)[row] = now->commander;
    iss_at(outcome, expeditions, start, time)[row] = world->now_us;
    return ISS_OK;
}

/* ---- failures ------------------------------------------------------------------ */

static void
put_target(struct iss_outcome *outcome, size_t row, struct iss_target target)
{
    switch (target.kind) {
    case ISS_TARGET_VEHICLE:
        iss_at(outcome, failures, flight, id)[row] = target.id;
        return;
    case ISS_TARGET_PORT:
        iss_at(outcome, failures, port, id)[row] = target.id;
        return;
    case ISS_TARGET_ROCKET:
        iss_at(outcome, failures, launch_system, id)[row] = target.id;
        return;
    case ISS_TARGET_PAD:
        iss_at(outcome, failures, pad, id)[row] = target.id;
        return;
    case ISS_TARGET_PERSON:
        iss_at(outcome, failures, person, id)[row] = target.id;
        return;
    default:
        return;
    }
}

/* What the world says of a failure; in a row of its own when it has struck anew. */
static int
note_failure(struct iss_trace *trace, const struct iss_world *world, int32_t target,
             int32_t mode)
{
    struct iss_outcome *outcome = trace->outcome;
    const struct iss_failure *failure = iss_world_failure(world, target, mode);
    int32_t *seen = &trace->failures[target * world->model->failures.count + mode];
    size_t row = (size_t)*seen;

    if (*seen < 0 ||
        iss_at(outcome, failures, occurs, time)[row] != failure->occurs_us) {
        if (add_row(trace, ISS_TABLE_failures, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        *seen = (int32_t)row;
        put_target(outcome, row, iss_target_of(world, target));
        iss_at(outcome, failures, failure, id)[row] = mode;
        iss_at(outcome, failures, occurs, time)[row] = failure->occurs_us;
        if (target < world->flight_capacity) {
            iss_at(outcome, failures, condition, code)[row] =
                world->flights[target].condition;
        }
    }
    iss_at(outcome, failures, detected, time)[row] = failure->detected_us;
    iss_at(outcome, failures, assessed, time)[row] = failure->assessed_us;
    return ISS_OK;
}

/* Those of the time before the start. */
static int
note_past_failures(struct iss_trace *trace, const struct iss_world *world)
{
    int status = ISS_OK;

    for (int32_t i = 0; i < iss_target_count(world); i++) {
        for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
            trace->failures[i * world->model->failures.count + mode] = -1;
            if (status == ISS_OK &&
                iss_world_failure(world, i, mode)->occurs_us != ISS_NO_TIME) {
                status = note_failure(trace, world, i, mode);
            }
        }
    }
    return status;
}

/* ---- launches ------------------------------------------------------------------ */

/* Those of the flight's team who don't fly. */
static int
note_left_behind(struct iss_trace *trace, const struct iss_world *world, int32_t flight)
{
    struct iss_outcome *outcome = trace->outcome;
    int32_t team = world->flights[flight].team;
    const struct iss_ids *members =
        team < 0 ? NULL : &iss_model_team(world->model, team)->members;
    size_t row;

    for (int32_t i = 0; members != NULL && i < members->count; i++) {
        const struct iss_person *person = &world->people[members->at[i]];
        if (person->flight == flight) {
            continue;
        }
        if (add_row(trace, ISS_TABLE_left_behind, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, left_behind, flight, id)[row] = flight;
        iss_at(outcome, left_behind, person, id)[row] = members->at[i];
        iss_at(outcome, left_behind, status, code)[row] = person->phase;
    }
    return ISS_OK;
}

/* ---- spacewalks ---------------------------------------------------------------- */

static int
note_walker(struct iss_trace *trace, const struct iss_eva_state *eva, int32_t rule,
            int32_t person)
{
    struct iss_outcome *outcome = trace->outcome;
    size_t row;

    if (add_row(trace, ISS_TABLE_spacewalks, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_at(outcome, spacewalks, eva, id)[row] = rule;
    iss_at(outcome, spacewalks, person, id)[row] = person;
    iss_at(outcome, spacewalks, inside, flag)[row] = person == eva->inside;
    iss_at(outcome, spacewalks, start, time)[row] = eva->begun_us;
    iss_at(outcome, spacewalks, end, time)[row] = eva->until_us;
    iss_at(outcome, spacewalks, unit, id)[row] = eva->unit;
    return ISS_OK;
}

static int
note_spacewalk(struct iss_trace *trace, const struct iss_world *world, int32_t rule)
{
    const struct iss_eva_state *eva = &world->evas[rule];
    int status = ISS_OK;

    for (int32_t i = 0; status == ISS_OK && i < eva->size; i++) {
        status = note_walker(trace, eva, rule, eva->team[i]);
    }
    return status == ISS_OK && eva->inside >= 0
               ? note_walker(trace, eva, rule, eva->inside)
               : status;
}

/* ---- manoeuvres ---------------------------------------------------------------- */

static int
note_burn(struct iss_trace *trace, const struct iss_world *world, bool avoidance)
{
    struct iss_outcome *outcome = trace->outcome;
    const struct iss_orbit_state *orbit = &world->orbit;
    size_t row;

    if (add_row(trace, ISS_TABLE_orbit, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_at(outcome, orbit, time, time)[row] = world->now_us;
    iss_at(outcome, orbit, flight, id)[row] = orbit->last.flight;
    iss_at(outcome, orbit, avoidance, flag)[row] = avoidance;
    iss_at(outcome, orbit, before, real)[row] = orbit->last.from_km - orbit->radius_km;
    iss_at(outcome, orbit, after, real)[row] = orbit->last.to_km - orbit->radius_km;
    iss_at(outcome, orbit, speed, real)[row] = orbit->last.speed_m_s;
    iss_at(outcome, orbit, propellant, real)[row] =
        (double)orbit->last.used_mg / ISS_MG_PER_KG;
    return ISS_OK;
}

/* ---- the state over time ------------------------------------------------------- */

/* Changes at one moment share a row, which shows how they left the station. */
static int
state_row(struct iss_trace *trace, int64_t now_us, size_t *row)
{
    struct iss_table *state = &trace->outcome->tables[ISS_TABLE_state];
    if (state->rows > 0 &&
        iss_at(trace->outcome, state, time, time)[state->rows - 1] == now_us) {
        *row = state->rows - 1;
        return ISS_OK;
    }
    return add_row(trace, ISS_TABLE_state, row);
}

static int
note_state(struct iss_trace *trace, const struct iss_world *world)
{
    struct iss_outcome *outcome = trace->outcome;
    const struct iss_model *model = world->model;
    size_t row;

    if (state_row(trace, world->now_us, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_at(outcome, state, time, time)[row] = world->now_us;
    iss_at(outcome, state, crew, count)[row] = world->aboard_count;
    iss_at(outcome, state, unsafe, count)[row] = iss_world_unsafe(world);
    iss_at(outcome, state, seats_safe, count)[row] = iss_world_safe_seats(world);
    for (int32_t i = 0; i < model->segments.count; i++) {
        iss_tables_segment(outcome, i)->data.count[row] = 0;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        const struct iss_crew_member *member =
            iss_model_crew_member(model, world->aboard[i]);
        for (int32_t s = 0; s < model->segments.count; s++) {
            iss_tables_segment(outcome, s)->data.count[row] += iss_crew_runs(member, s);
        }
    }
    int32_t *docked = iss_tables_docked(outcome)->data.id;
    for (int32_t i = 0; i < model->ports.count; i++) {
        docked[(int32_t)row * model->ports.count + i] = world->berths[i].flight;
    }
    return ISS_OK;
}

static int
note_changes(struct iss_trace *trace, const struct iss_world *world, uint32_t changed)
{
    int status = ISS_OK;

    for (int32_t i = 0; status == ISS_OK && i < world->model->ports.count; i++) {
        status = note_port(trace, world, i);
    }
    for (int32_t i = 0; status == ISS_OK && i < world->model->crew.count; i++) {
        status = note_seat(trace, world, i);
    }
    if (status == ISS_OK && (changed & ISS_CHANGED_COMMAND)) {
        status = note_command(trace, world);
    }
    if (status == ISS_OK &&
        (changed & (ISS_CHANGED_CREW | ISS_CHANGED_SEATS | ISS_CHANGED_PORTS))) {
        status = note_state(trace, world);
    }
    if (status == ISS_OK && (changed & ISS_CHANGED_STOCKS)) {
        status = iss_trace_stocks(trace->outcome, world, trace->stocks);
    }
    return status;
}

/* ---- events -------------------------------------------------------------------- */

/* Remember where the event with this sequence number stands. */
static int
index_event(struct iss_trace *trace, uint32_t sequence, size_t row)
{
    if (sequence >= trace->row_of_size) {
        uint32_t size = trace->row_of_size ? trace->row_of_size : 1024;
        while (size <= sequence) {
            size *= 2;
        }
        int32_t *grown = realloc(trace->row_of, size * sizeof *grown);
        if (grown == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        for (uint32_t i = trace->row_of_size; i < size; i++) {
            grown[i] = -1;
        }
        trace->row_of = grown;
        trace->row_of_size = size;
    }
    trace->row_of[sequence] = (int32_t)row;
    return ISS_OK;
}

static void
put_party(struct iss_trace *trace, size_t row, enum iss_party party, int32_t id,
          bool is_object)
{
    struct iss_outcome *outcome = trace->outcome;
    switch (party) {
    case ISS_PARTY_FLIGHT:
        if (is_object && iss_at(outcome, events, flight, id)[row] >= 0) {
            iss_at(outcome, events, other, id)[row] = id;
        } else {
            iss_at(outcome, events, flight, id)[row] = id;
        }
        return;
    case ISS_PARTY_PERSON:
        iss_at(outcome, events, person, id)[row] = id;
        return;
    case ISS_PARTY_PORT:
        iss_at(outcome, events, port, id)[row] = id;
        return;
    case ISS_PARTY_ROCKET:
        iss_at(outcome, events, launch_system, id)[row] = id;
        return;
    case ISS_PARTY_FAMILY:
        iss_at(outcome, events, family, id)[row] = id;
        return;
    case ISS_PARTY_PAD:
        iss_at(outcome, events, pad, id)[row] = id;
        return;
    case ISS_PARTY_SCRUB:
        iss_at(outcome, events, scrub_cause, id)[row] = id;
        return;
    case ISS_PARTY_MODE:
        iss_at(outcome, events, failure, id)[row] = id;
        return;
    case ISS_PARTY_RESOURCE:
        iss_at(outcome, events, resource, id)[row] = id;
        return;
    case ISS_PARTY_THRESHOLD:
        iss_at(outcome, events, threshold, id)[row] = id;
        return;
    case ISS_PARTY_SYSTEM:
        iss_at(outcome, events, system, id)[row] = id;
        return;
    case ISS_PARTY_UNIT:
        iss_at(outcome, events, unit, id)[row] = id;
        return;
    case ISS_PARTY_PART:
        iss_at(outcome, events, part, id)[row] = id;
        return;
    case ISS_PARTY_TASK:
        iss_at(outcome, events, task, id)[row] = id;
        return;
    case ISS_PARTY_SUITS:
        iss_at(outcome, events, suits, id)[row] = id;
        return;
    case ISS_PARTY_EVA:
        iss_at(outcome, events, eva, id)[row] = id;
        return;
    case ISS_PARTY_PROGRAMME:
        iss_at(outcome, events, programme, id)[row] = id;
        return;
    case ISS_PARTY_CONDITION:
        iss_at(outcome, events, condition, id)[row] = id;
        return;
    case ISS_PARTY_TARGET: /* these two are named by what they are: put_subject() */
    case ISS_PARTY_FORCED:
    case ISS_PARTY_NONE:
        return;
    }
}

/* Whom an entry of the scenario's events names; without one, that party is -1. */
static void
put_forced(struct iss_trace *trace, size_t row, const struct iss_forced *forced)
{
    put_party(trace, row, ISS_PARTY_FLIGHT, forced->flight, false);
    put_party(trace, row, ISS_PARTY_PERSON, forced->person, false);
    put_party(trace, row, ISS_PARTY_PORT, forced->port, false);
    put_party(trace, row, ISS_PARTY_ROCKET, forced->rocket, false);
    put_party(trace, row, ISS_PARTY_FAMILY, forced->family, false);
    put_party(trace, row, ISS_PARTY_PAD, forced->pad, false);
    put_party(trace, row, ISS_PARTY_MODE, forced->failure, false);
}

/* A target is a flight, a port, a rocket, a pad, a person, or the station, which has no
 * column. */
static void
put_subject(struct iss_trace *trace, const struct iss_world *world, size_t row,
            enum iss_party party, int32_t id)
{
    static const enum iss_party parties[] = {
        [ISS_TARGET_VEHICLE] = ISS_PARTY_FLIGHT, [ISS_TARGET_PORT] = ISS_PARTY_PORT,
        [ISS_TARGET_ROCKET] = ISS_PARTY_ROCKET,  [ISS_TARGET_PERSON] = ISS_PARTY_PERSON,
        [ISS_TARGET_PAD] = ISS_PARTY_PAD,        [ISS_TARGET_STATION] = ISS_PARTY_NONE,
    };
    if (party == ISS_PARTY_TARGET) {
        struct iss_target target = iss_target_of(world, id);
        party = parties[target.kind];
        id = target.id;
    }
    if (party == ISS_PARTY_FORCED) {
        put_forced(trace, row, iss_model_forced(world->model, id));
        return;
    }
    if (party == ISS_PARTY_UNIT) {
        iss_at(trace->outcome, events, system, id)[row] = world->units[id].system;
    }
    put_party(trace, row, party, id, false);
}

static void
put_object(struct iss_trace *trace, const struct iss_world *world, size_t row,
           enum iss_party party, int32_t id)
{
    if (party == ISS_PARTY_UNIT && id >= 0) {
        iss_at(trace->outcome, events, system, id)[row] = world->units[id].system;
    }
    put_party(trace, row, party, id, true);
}

int
iss_trace_event(struct iss_trace *trace, const struct iss_world *world,
                const struct iss_event *event)
{
    const struct iss_event_info *info = &iss_event_infos[event->kind];
    struct iss_outcome *outcome = trace->outcome;
    size_t row;

    if (add_row(trace, ISS_TABLE_events, &row) != ISS_OK ||
        index_event(trace, event->sequence, row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_at(outcome, events, time, time)[row] = event->time_us;
    iss_at(outcome, events, type, code)[row] = (uint8_t)event->kind;
    put_subject(trace, world, row, (enum iss_party)info->subject, event->subject);
    put_object(trace, world, row, (enum iss_party)info->object, event->object);
    if (*info->unit != '\0') {
        iss_at(outcome, events, value, real)[row] = event->value;
    }
    iss_at(outcome, events, crew, count)[row] = world->aboard_count;
    iss_at(outcome, events, unsafe, count)[row] = iss_world_unsafe(world);
    iss_at(outcome, events, cause, id)[row] =
        event->cause < trace->row_of_size ? trace->row_of[event->cause] : -1;
    iss_at(outcome, events, sequence, count)[row] = event->sequence;
    if ((world->changed & ISS_CHANGED_FAILURES) &&
        note_failure(trace, world, event->subject, event->object) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    if (event->kind == ISS_EVENT_LAUNCHED &&
        note_left_behind(trace, world, event->subject) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    if (iss_trace_upkeep_event(&trace->upkeep, outcome, world, event) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    if (event->kind == ISS_EVENT_EVA_BEGINS &&
        note_spacewalk(trace, world, event->subject) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    if ((event->kind == ISS_EVENT_REBOOSTED || event->kind == ISS_EVENT_AVOIDED) &&
        note_burn(trace, world, event->kind == ISS_EVENT_AVOIDED) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    return world->changed ? note_changes(trace, world, world->changed) : ISS_OK;
}

/* ---- start and end ------------------------------------------------------------- */

int
iss_trace_start(struct iss_trace *trace, const struct iss_world *world)
{
    int status = iss_tables_make(trace->outcome, world->model);

    for (int32_t i = 0; i < world->model->crew.count; i++) {
        trace->seats[i] = (struct seen_seat){-1, -1, ISS_SEAT_NONE, false};
    }
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        trace->ports[i] = (struct seen_port){-1, -1};
    }
    trace->command = (struct seen_command){0, -1, -1};
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        trace->stocks[i] = (struct iss_trace_stock){.steps = -1};
    }
    for (int32_t i = 0; i < world->flight_capacity; i++) {
        trace->last_port[i] = -1;
    }
    for (uint32_t i = 0; i < trace->row_of_size; i++) {
        trace->row_of[i] = -1;
    }
    iss_trace_upkeep_start(&trace->upkeep, world->model);
    if (status == ISS_OK) {
        status = note_past_failures(trace, world);
    }
    return status == ISS_OK ? note_changes(trace, world, UINT32_MAX) : status;
}

int
iss_trace_finish(struct iss_trace *trace, const struct iss_world *world,
                 const struct iss_row *row)
{
    int status = iss_trace_upkeep_end(&trace->upkeep, trace->outcome, world);
    return status == ISS_OK
               ? iss_trace_end(trace->outcome, world, trace->last_port, row)
               : status;
}
