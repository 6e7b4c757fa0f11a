/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - where everything in a world's block of memory lies, and its first state.
 *
 * One function walks the parts twice: without memory it measures, with memory it
 * places.
 *
 * Room is made for all flights that the rules of a cadence may ever make.  A flight
 * gets its number when it is made, the next one free, so that what a replication has
 * touched of the flights' parts are beginnings; the reset puts back no more than these.
 */
#include <math.h>

#include "world/slots.h"

enum { ALIGNMENT = 16, LINE = 64 /* of the cache */ };

struct layout {
    char *memory; /* NULL: measuring */
    size_t used;
};

static void *
place(struct layout *layout, int64_t count, size_t size)
{
    void *part = layout->memory != NULL ? layout->memory + layout->used : NULL;
    size_t bytes = (size_t)count * size;
    layout->used += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return part;
}

/* The largest team named for a flight of the type. */
static int32_t
largest_team(const struct iss_model *model, int32_t vehicle)
{
    int32_t most = 0;
    for (int32_t i = 0; i < model->teams.count; i++) {
        const struct iss_team *team = iss_model_team(model, i);
        if (iss_model_flight_plan(model, team->flight)->vehicle == vehicle &&
            team->members.count > most) {
            most = team->members.count;
        }
    }
    return most;
}

/* Each member of a team goes up once with it; and again, in the place of a later one of
 * the type, after a flight that failed, so that each flight to come may carry any. */
static int32_t
stay_capacity(const struct iss_model *model)
{
    int32_t count = 1;
    for (int32_t i = 0; i < model->teams.count; i++) {
        const struct iss_team *team = iss_model_team(model, i);
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, team->flight);
        bool flown = plan->flown.launch_us != ISS_NO_TIME &&
                     plan->flown.launch_us < model->scenario.forecast_from_us;
        count += team->members.count;
        if (!flown && model->policy.after_abort == ISS_FLIES_AGAIN) {
            count += largest_team(model, plan->vehicle);
        }
    }
    return count;
}

/* One moment may concern every flight that is still to come: a rocket is grounded for
 * good, and all move to another, or the programme cancels all; or all units of a
 * system, which one ship brings spares for; or all stocks, and each of their
 * thresholds. */
static uint32_t
raised_room(const struct iss_model *model)
{
    uint32_t room = ISS_RAISED, needed = ISS_RAISED / 2;

    for (int32_t i = 0; i < model->named_flights; i++) {
        int64_t flown_us = iss_model_flight_plan(model, i)->flown.launch_us;
        needed +=
            flown_us == ISS_NO_TIME || flown_us >= model->scenario.forecast_from_us;
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        needed += (uint32_t)iss_model_cadence(model, i)->room;
    }
    for (int32_t i = 0; i < model->upkeep.systems; i++) {
        needed += 2 * (uint32_t)iss_model_system(model, i)->units;
    }
    needed += (uint32_t)(model->thresholds.count + 2 * model->resources.count);
    while (room < needed) {
        room *= 2;
    }
    return room;
}

/* Nothing, where there are no conditions. */
static void
walk_clinic(struct layout *layout, const struct iss_model *model,
            struct iss_clinic *clinic)
{
    int64_t capacity = iss_clinic_capacity(model), kinds = model->conditions.count;
    int64_t items = kinds > 0 ? model->items.count : 0;
    int64_t parcels = kinds > 0 ? ISS_MAX_PARCELS : 0;
    bool shared = kinds > 0 && model->medical.by_condition;

    clinic->patients = place(layout, capacity, sizeof *clinic->patients);
    clinic->due = place(layout, capacity, sizeof *clinic->due);
    clinic->ailments =
        place(layout, iss_clinic_ailments(model), sizeof *clinic->ailments);
    clinic->turns =
        place(layout, 2 * iss_clinic_ailments(model), sizeof *clinic->turns);
    clinic->past = place(layout, capacity * kinds, sizeof *clinic->past);
    clinic->hazards = place(layout, capacity * model->health.sets.mixed.count,
                            sizeof *clinic->hazards);
    clinic->once_us = place(layout, capacity * model->health.sets.once.count,
                            sizeof *clinic->once_us);
    clinic->rates =
        place(layout, iss_clinic_rate_rows(model) * model->health.sets.fixed.count,
              sizeof *clinic->rates);
    clinic->numbers = place(layout, kinds, sizeof *clinic->numbers);
    clinic->supplies = place(layout, items, sizeof *clinic->supplies);
    clinic->parcels = place(layout, parcels, sizeof *clinic->parcels);
    clinic->parcel_items = place(layout, parcels * items, sizeof *clinic->parcel_items);
    clinic->harms = place(layout, shared ? kinds : 0, sizeof *clinic->harms);
    if (!shared) {
        clinic->harms = NULL;
    }
}

/* What is known of the stocks' rates. */
static void
walk_rates(struct layout *layout, const struct iss_model *model, struct iss_world *at)
{
    int32_t words = iss_marks_words(model->resources.count);

    at->stirred = place(layout, words, sizeof *at->stirred);
    at->turning = place(layout, words, sizeof *at->turning);
    at->moved = place(layout, words, sizeof *at->moved);
    at->shown = place(layout, words, sizeof *at->shown);
    at->flow_key = place(layout, iss_flow_key_words(model), sizeof *at->flow_key);
    at->worked_out = place(layout, model->resources.count, sizeof *at->worked_out);
    at->odd_out = place(layout, words, sizeof *at->odd_out);
    at->odd_now = place(layout, words, sizeof *at->odd_now);
    at->rates = at->worked_out;
    at->odd = at->odd_out;
}

static struct iss_world *
walk(struct layout *layout, const struct iss_model *model, struct iss_world *spare)
{
    struct iss_world *world = place(layout, 1, sizeof *world);
    struct iss_world *at = world != NULL ? world : spare;
    int32_t capacity = iss_flight_room(model);

    at->people = place(layout, model->crew.count, sizeof *at->people);
    at->aboard = place(layout, model->crew.count, sizeof *at->aboard);
    at->chosen = place(layout, model->crew.count, sizeof *at->chosen);
    at->fliers.at = place(layout, model->crew.count, sizeof *at->fliers.at);
    at->held.at = place(layout, capacity, sizeof *at->held.at);
    at->upcoming.at = place(layout, capacity, sizeof *at->upcoming.at);
    at->berths = place(layout, model->ports.count, sizeof *at->berths);
    at->lines = place(layout, model->lines.count, sizeof *at->lines);
    at->rules = place(layout, model->cadence.count, sizeof *at->rules);
    at->types = place(layout, model->vehicles.count, sizeof *at->types);
    at->evas = place(layout, model->eva.count, sizeof *at->evas);
    at->suits = place(layout, model->suits.count, sizeof *at->suits);
    at->errands = place(layout, model->upkeep.errands, sizeof *at->errands);
    at->outages = place(layout, model->upkeep.effects, sizeof *at->outages);
    at->plan = place(layout, model->flights.count, sizeof *at->plan);
    at->grounded_us =
        place(layout, model->launch_systems.count, sizeof *at->grounded_us);
    at->families = place(layout, model->families.count, sizeof *at->families);
    at->pads = place(layout, model->pads.count, sizeof *at->pads);
    at->team_flight = place(layout, model->teams.count, sizeof *at->team_flight);
    at->stays = place(layout, stay_capacity(model), sizeof *at->stays);
    at->shocks = place(layout, model->failures.count, sizeof *at->shocks);
    walk_clinic(layout, model, &at->clinic);
    at->stocks = place(layout, model->resources.count, sizeof *at->stocks);
    at->dues = place(layout, model->resources.count, sizeof *at->dues);
    at->thresholds = place(layout, model->thresholds.count, sizeof *at->thresholds);
    at->makers = place(layout, model->makers.count, sizeof *at->makers);
    walk_rates(layout, model, at);
    at->leaks = place(layout, model->leaks.count, sizeof *at->leaks);
    at->loading = place(layout, model->resources.count, sizeof *at->loading);
    at->skilled = place(layout, model->skills.count, sizeof *at->skilled);
    at->units = place(layout, model->upkeep.units, sizeof *at->units);
    at->jobs = place(layout, model->upkeep.jobs, sizeof *at->jobs);
    at->tasks = place(layout, model->upkeep.tasks, sizeof *at->tasks);
    at->systems = place(layout, model->upkeep.systems, sizeof *at->systems);
    at->parts = place(layout, model->upkeep.parts, sizeof *at->parts);
    at->orders = place(layout, model->upkeep.orders, sizeof *at->orders);
    at->solar = place(layout, model->orbit.solar.count + 1, sizeof *at->solar);
    at->values = place(layout, model->uncertain.count, sizeof *at->values);
    at->laws = place(layout, model->laws.count, iss_dist_size());
    layout->used = (layout->used + LINE - 1) / LINE * LINE;
    at->calendar = place(layout, 1, iss_calendar_size(iss_slot_count(model)));
    at->raised = place(layout, raised_room(model), sizeof *at->raised);
    at->pending = place(layout, iss_slot_count(model), sizeof *at->pending);
    at->failures =
        place(layout, (int64_t)iss_failure_count(model), sizeof *at->failures);
    at->flights = place(layout, capacity, sizeof *at->flights);
    at->cargo =
        place(layout, (int64_t)capacity * model->resources.count, sizeof *at->cargo);
    at->laden =
        place(layout, (int64_t)capacity * iss_marks_words(model->resources.count),
              sizeof *at->laden);
    return world;
}

size_t
iss_world_size(const struct iss_model *model)
{
    struct layout layout = {NULL, 0};
    struct iss_world spare;
    walk(&layout, model, &spare);
    return layout.used;
}

/* ---- first state --------------------------------------------------------------- */

int32_t
iss_flight_make(struct iss_world *world, int32_t id)
{
    const struct iss_flight_plan *plan = iss_model_flight_plan(world->model, id);
    int32_t number = world->flight_count++;
    struct iss_flight *flight = &world->flights[number];
    bool recorded = iss_world_recorded(world, plan->flown.launch_us) != ISS_NEVER;

    *flight = (struct iss_flight){
        .plan = id,
        .vehicle = plan->vehicle,
        .rocket = recorded && plan->flown.rocket >= 0
                      ? plan->flown.rocket
                      : iss_model_vehicle(world->model, plan->vehicle)->launch_system,
        .pad = -1,
        .team = recorded ? plan->flown_team : iss_plan_team(world, id),
        .relief = -1,
        .replaces = recorded ? plan->flown.replaces : -1,
        .port = -1,
        .reserved = -1,
        .profile = -1,
        .spares = -1,
        .next_away = -1,
        .phase = plan->rule < 0 ? ISS_FLIGHT_PLANNED : ISS_FLIGHT_SPARE,
        .recorded = recorded,
        .survival = 1,
        .hash = plan->entity.hash,
        .plan_launch_us = plan->launch_us == ISS_NEVER ? ISS_NO_TIME : plan->launch_us,
        .plan_undock_us = plan->undock_us,
        .ready_us = ISS_NO_TIME,
        .due_us = recorded                       ? plan->flown.launch_us
                  : plan->launch_us == ISS_NEVER ? ISS_NEVER
                                                 : ISS_NO_TIME,
        .launch_us = ISS_NO_TIME,
        .dock_us = ISS_NO_TIME,
        .undock_us = ISS_NO_TIME,
        .land_us = ISS_NO_TIME,
        .limit_us = ISS_NEVER,
        .back_us = ISS_NEVER,
    };
    if (flight->team >= 0) {
        world->team_flight[flight->team] = number;
    }
    if (!recorded && plan->rule < 0) {
        iss_flight_expect(world, number);
    }
    world->stopped[ISS_STOP_NONE]++;
    return number;
}

/* The named ones, which have the same number in the model, and the first of each rule.
 */
static void
make_flights(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->named_flights; i++) {
        (void)iss_flight_make(world, i);
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        world->rules[i].next = rule->room > 0 ? iss_flight_make(world, rule->from) : -1;
    }
}

/* What rules make joins the plan later; what only the record knows isn't in it. */
static void
place_plan(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    world->plan_count = 0;
    for (int32_t i = 0; i < model->named_flights; i++) {
        int32_t id = model->by_launch[i];
        if (iss_model_flight_plan(model, id)->launch_us != ISS_NEVER) {
            world->plan[world->plan_count++] = id;
        }
    }
}

/* Who relieves whom is said by the relief; turn it round.  For what rules make later
 * see cadence.c. */
static void
place_reliefs(struct iss_world *world)
{
    for (int32_t i = 0; i < world->flight_count; i++) {
        int32_t relieved = iss_flight_plan_of(world, i)->relieves;
        if (relieved >= 0 && world->flights[i].team >= 0) {
            world->flights[relieved].relief = world->flights[i].team;
        }
    }
}

static void
place_people(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->crew.count; i++) {
        world->people[i] = (struct iss_person){.team = -1,
                                               .flight = -1,
                                               .down = -1,
                                               .seat = -1,
                                               .stay = -1,
                                               .hand = -1,
                                               .ailment = -1,
                                               .awaited = -1};
    }
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        world->berths[i] = (struct iss_berth_state){-1, -1, INT64_MIN};
    }
    for (int32_t i = 0; i < world->model->teams.count; i++) {
        world->team_flight[i] = -1;
    }
    for (int32_t i = 0; i < world->model->launch_systems.count; i++) {
        world->grounded_us[i] = INT64_MIN;
    }
    for (int32_t i = 0; i < world->model->families.count; i++) {
        world->families[i] = (struct iss_family_state){.grounded_us = INT64_MIN,
                                                       .failed_us = ISS_NO_TIME};
    }
    for (int32_t i = 0; i < world->model->pads.count; i++) {
        world->pads[i] = (struct iss_pad_state){
            .launched_us = ISS_NO_TIME, .ready_us = INT64_MIN, .closed_us = INT64_MIN};
    }
    for (int32_t i = 0; i < world->model->eva.count; i++) {
        world->evas[i] = (struct iss_eva_state){
            .begun_us = INT64_MIN, .until_us = INT64_MIN, .inside = -1, .unit = -1};
    }
    for (int32_t i = 0; i < world->model->suits.count; i++) {
        world->suits[i] =
            (struct iss_suit_state){.back_us = INT64_MIN, .down_us = INT64_MIN};
    }
    world->first_errand = -1;
    for (int32_t i = 0; i < world->model->lines.count; i++) {
        world->lines[i] = (struct iss_line_state){0, ISS_NO_TIME, -1};
    }
    for (int32_t i = 0; i < world->model->vehicles.count; i++) {
        world->types[i] = (struct iss_type_state){INT64_MIN, false};
    }
}

/* When the record's first expedition begins; without one before the start, just before
 * that, for the number that the scenario gives. */
static int64_t
first_expedition(const struct iss_world *world)
{
    int64_t from_us = world->model->known_expeditions > 0
                          ? iss_model_expedition(world->model, 0)->from_us
                          : ISS_NEVER;
    return world->model->station.expedition > 0 && from_us > 0 ? -1 : from_us;
}

static void
fill_calendar(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < world->flight_count; i++) {
        if (world->flights[i].recorded) {
            iss_schedule(world, iss_slot_flight(world, i, ISS_SLOT_STEP),
                         world->flights[i].due_us, ISS_EVENT_LAUNCH_DUE, i, -1);
        }
    }
    for (int32_t i = 0; i < model->ports.count; i++) {
        int64_t from_us = iss_model_port(model, i)->from_us;
        if (from_us != ISS_NO_TIME && from_us > world->forecast_from_us) {
            iss_schedule(world, iss_slot_port(world, i), from_us, ISS_EVENT_PORT_OPENED,
                         i, -1); /* somebody may wait for it */
        }
    }
    for (int32_t i = 0; i < model->events.count; i++) {
        const struct iss_forced *forced = iss_model_forced(model, i);
        bool replayed = iss_world_recorded(world, forced->at_us) != ISS_NEVER;
        if (forced->when == ISS_FORCED_ALWAYS ||
            replayed == (forced->when == ISS_FORCED_IN_REPLAY)) {
            iss_schedule(world, iss_slot_forced(world, i), forced->at_us,
                         ISS_EVENT_FORCED_DUE, i, -1);
        }
    }
    if (model->known_expeditions > 0 || model->station.expedition > 0) {
        iss_schedule(world, SLOT_EXPEDITION, first_expedition(world),
                     ISS_EVENT_EXPEDITION_DUE, -1, -1);
    }
    for (int32_t i = 0; i < model->eva.count; i++) {
        const struct iss_eva_rule *eva = iss_model_eva_rule(model, i);
        if (eva->interval == NULL && eva->first_us != ISS_NO_TIME &&
            eva->first_us >= 0) {
            iss_schedule(world, iss_slot_eva(world, i), eva->first_us,
                         ISS_EVENT_EVA_DUE, i, -1);
        }
    }
    iss_schedule(world, SLOT_FORECAST, world->forecast_from_us,
                 ISS_EVENT_FORECAST_BEGINS, -1, -1);
    iss_schedule(world, SLOT_END, model->scenario.end_us, ISS_EVENT_MISSION_ENDS, -1,
                 -1);
}

static void
place_failures(struct iss_world *world)
{
    size_t count = iss_failure_count(world->model);
    for (size_t i = 0; i < count; i++) {
        world->failures[i] =
            (struct iss_failure){ISS_NO_TIME, ISS_NO_TIME, ISS_NO_TIME, 0, false};
    }
}

struct iss_world *
iss_world_init(void *memory, const struct iss_model *model)
{
    struct layout layout = {memory, 0};
    struct iss_world *world = walk(&layout, model, NULL);

    world->model = model;
    world->now_us = INT64_MIN;
    world->last_launch_us = world->last_visit_us = INT64_MIN;
    world->command.commander = -1;
    world->ending =
        (struct iss_ending){-1, ISS_NO_TIME, ISS_NO_TIME, ISS_NO_TIME, false};
    world->max_crew = model->station.max_crew;
    world->limits[0] = world->limits[1] = INT64_MAX;
    world->forecast_from_us = model->scenario.forecast_from_us;
    world->raised_room = raised_room(model);
    world->flight_capacity = iss_flight_room(model);
    world->stay_capacity = stay_capacity(model);
    iss_targets_place(world);
    world->calendar = iss_calendar_init(world->calendar, iss_slot_count(model));
    iss_slots_place(world);
    iss_upkeep_place(world);
    place_people(world);
    make_flights(world);
    place_plan(world);
    place_reliefs(world);
    place_failures(world);
    iss_world_set_medians(world);
    iss_clinic_init(world);
    world->told = NAN;
    fill_calendar(world);
    return world;
}
