/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_end.c - what a replication leaves behind: look-ups, flights, stays,
 * metrics, provenance.
 *
 * Texts are copied, so that the outcome outlives the model.
 */
#include "observe/trace_end.h"

#include <math.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "observe/head.h"
#include "observe/tables.h"
#include "observe/trace_stocks.h"

static const char *
keep(struct iss_outcome *outcome, const char *text)
{
    return text == NULL ? "" : iss_arena_strdup(&outcome->arena, text);
}

static int
add(struct iss_outcome *outcome, enum iss_table_id table, size_t *row)
{
    return iss_table_add(&outcome->tables[table], &outcome->arena, row);
}

/* ---- look-ups ------------------------------------------------------------------ */

static int
fill_ports(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->ports.count; i++) {
        const struct iss_port *port = iss_model_port(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_ports, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, ports, id, text)[row] = keep(outcome, port->entity.id);
        iss_at(outcome, ports, name, text)[row] = keep(outcome, port->entity.name);
        iss_at(outcome, ports, segment, text)[row] =
            keep(outcome, model->segments.at[port->segment]);
        iss_at(outcome, ports, docking, text)[row] =
            keep(outcome, model->dockings.at[port->docking]);
        iss_at(outcome, ports, start, time)[row] = port->from_us;
        iss_at(outcome, ports, end, time)[row] =
            port->until_us == ISS_NEVER ? ISS_NO_TIME : port->until_us;
    }
    return ISS_OK;
}

static int
fill_families(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->families.count; i++) {
        const struct iss_rocket_family *family = iss_model_family(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_families, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, families, id, text)[row] = keep(outcome, family->entity.id);
        iss_at(outcome, families, name, text)[row] = keep(outcome, family->entity.name);
    }
    return ISS_OK;
}

static int
fill_pads(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->pads.count; i++) {
        const struct iss_pad *pad = iss_model_pad(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_pads, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, pads, id, text)[row] = keep(outcome, pad->entity.id);
        iss_at(outcome, pads, name, text)[row] = keep(outcome, pad->entity.name);
    }
    return ISS_OK;
}

static int
fill_launch_systems(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->launch_systems.count; i++) {
        const struct iss_launch_system *rocket = iss_model_launch_system(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_launch_systems, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, launch_systems, id, text)[row] =
            keep(outcome, rocket->entity.id);
        iss_at(outcome, launch_systems, name, text)[row] =
            keep(outcome, rocket->entity.name);
        iss_at(outcome, launch_systems, family, id)[row] = rocket->family;
    }
    return ISS_OK;
}

static int
fill_scrub_causes(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->launch_systems.count; i++) {
        const struct iss_rows *rows = &iss_model_launch_system(model, i)->scrubs;
        const struct iss_scrub *scrubs = rows->items;
        for (int32_t k = 0; k < rows->count; k++) {
            size_t row;
            if (add(outcome, ISS_TABLE_scrub_causes, &row) != ISS_OK) {
                return ISS_ERR_NO_MEMORY;
            }
            iss_at(outcome, scrub_causes, launch_system, id)[row] = i;
            iss_at(outcome, scrub_causes, cause, text)[row] =
                keep(outcome, scrubs[k].cause);
        }
    }
    return ISS_OK;
}

static int
fill_suits(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->suits.count; i++) {
        const struct iss_suits *suits = iss_model_suits_pool(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_suits, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, suits, id, text)[row] = keep(outcome, suits->entity.id);
        iss_at(outcome, suits, name, text)[row] = keep(outcome, suits->entity.name);
    }
    return ISS_OK;
}

static int
fill_evas(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->eva.count; i++) {
        const struct iss_eva_rule *rule = iss_model_eva_rule(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_evas, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, evas, id, text)[row] = keep(outcome, rule->entity.id);
        iss_at(outcome, evas, name, text)[row] = keep(outcome, rule->entity.name);
        iss_at(outcome, evas, suits, id)[row] = rule->suits;
        iss_at(outcome, evas, segment, text)[row] =
            keep(outcome, model->segments.at[rule->segment]);
    }
    return ISS_OK;
}

static int
fill_programme(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->programme.count; i++) {
        const struct iss_programme *entry = iss_model_programme(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_programme, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, programme, id, text)[row] = keep(outcome, entry->entity.id);
        iss_at(outcome, programme, name, text)[row] = keep(outcome, entry->entity.name);
        iss_at(outcome, programme, at, time)[row] = entry->at_us;
    }
    return ISS_OK;
}

/* In the words of the settings that would change it. */
static const char *
why_no_call_up(const struct iss_model *model, const struct iss_vehicle *vehicle)
{
    return !model->policy.call_up          ? "policy.call_up is false"
           : vehicle->call_up_lead == NULL ? "its type has no call_up_lead"
                                           : "";
}

static int
fill_vehicles(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        bool limited = vehicle->certified_life_us != ISS_NEVER;
        size_t row;
        if (add(outcome, ISS_TABLE_vehicles, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, vehicles, id, text)[row] = keep(outcome, vehicle->entity.id);
        iss_at(outcome, vehicles, name, text)[row] =
            keep(outcome, vehicle->entity.name);
        iss_at(outcome, vehicles, role, code)[row] = (uint8_t)vehicle->role;
        iss_at(outcome, vehicles, seats, count)[row] = vehicle->seats;
        iss_at(outcome, vehicles, emergency_seats, count)[row] =
            vehicle->emergency_seats;
        iss_at(outcome, vehicles, certified_life, real)[row] =
            limited ? iss_days_from_us(vehicle->certified_life_us) : NAN;
        iss_at(outcome, vehicles, no_call_up, text)[row] =
            why_no_call_up(model, vehicle);
    }
    return ISS_OK;
}

/* Words of one name space, "ROS USOS". */
static const char *
words(struct iss_outcome *outcome, const struct iss_tags *tags,
      const struct iss_ids *ids, const char *between)
{
    const char *text = "";

    for (int32_t i = 0; i < ids->count && text != NULL; i++) {
        text = iss_arena_printf(&outcome->arena, "%s%s%s", text, i > 0 ? between : "",
                                tags->at[ids->at[i]]);
    }
    return text;
}

static int
fill_people(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->crew.count; i++) {
        const struct iss_crew_member *member = iss_model_crew_member(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_people, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, people, id, text)[row] = keep(outcome, member->entity.id);
        iss_at(outcome, people, name, text)[row] = keep(outcome, member->entity.name);
        iss_at(outcome, people, agency, text)[row] = keep(outcome, member->agency);
        iss_at(outcome, people, segment, text)[row] =
            keep(outcome, model->segments.at[member->segment]);
        iss_at(outcome, people, trained, text)[row] =
            words(outcome, &model->segments, &member->trained, " ");
        iss_at(outcome, people, roles, text)[row] =
            words(outcome, &model->roles, &member->roles, ", ");
    }
    return ISS_OK;
}

static int
fill_kinds(struct iss_outcome *outcome, const struct iss_model *model)
{
    size_t row;
    for (int32_t i = 0; i < model->failures.count; i++) {
        const struct iss_failure_mode *mode = iss_model_failure_mode(model, i);
        if (add(outcome, ISS_TABLE_failure_modes, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, failure_modes, id, text)[row] = keep(outcome, mode->entity.id);
        iss_at(outcome, failure_modes, name, text)[row] =
            keep(outcome, mode->entity.name);
    }
    for (int32_t i = 0; i < model->conditions.count; i++) {
        const struct iss_entity *entity = &iss_model_illness(model, i)->entity;
        if (add(outcome, ISS_TABLE_conditions, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, conditions, id, text)[row] = keep(outcome, entity->id);
        iss_at(outcome, conditions, name, text)[row] = keep(outcome, entity->name);
    }
    for (int32_t i = 0; i < ISS_EVENT_KINDS; i++) {
        if (add(outcome, ISS_TABLE_event_types, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, event_types, name, text)[row] = iss_event_infos[i].name;
        iss_at(outcome, event_types, doc, text)[row] = iss_event_infos[i].doc;
        iss_at(outcome, event_types, value, text)[row] = iss_event_infos[i].unit;
    }
    return ISS_OK;
}

/* ---- flights ------------------------------------------------------------------- */

/* Replacements up to the flight, itself included. */
static int
count_generated(const struct iss_world *world, int32_t id)
{
    int count = 0;

    for (int32_t i = 0; i <= id; i++) {
        count += world->flights[i].plan < 0;
    }
    return count;
}

static int
name_flight(struct iss_outcome *outcome, const struct iss_world *world, int32_t id,
            size_t row)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, id);
    const char *name, *key;

    if (plan != NULL) {
        key = keep(outcome, plan->entity.id);
        name = keep(outcome, plan->entity.name);
    } else {
        int number = count_generated(world, id);
        const struct iss_vehicle *vehicle = iss_flight_vehicle(world, id);
        key = iss_arena_printf(&outcome->arena, "%s-r%d", vehicle->entity.id, number);
        name = iss_arena_printf(&outcome->arena, "%s replacement %d",
                                vehicle->entity.name, number);
    }
    iss_at(outcome, flights, id, text)[row] = key;
    iss_at(outcome, flights, name, text)[row] = name;
    return key == NULL || name == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

static void
put_flight_times(struct iss_outcome *outcome, const struct iss_flight *flight,
                 size_t row)
{
    iss_at(outcome, flights, launch_planned, time)[row] = flight->plan_launch_us;
    iss_at(outcome, flights, ready, time)[row] =
        flight->ready_us == ISS_NEVER ? ISS_NO_TIME : flight->ready_us;
    iss_at(outcome, flights, launch, time)[row] = flight->launch_us;
    iss_at(outcome, flights, dock, time)[row] = flight->dock_us;
    iss_at(outcome, flights, undock, time)[row] = flight->undock_us;
    iss_at(outcome, flights, land, time)[row] = flight->land_us;
    iss_at(outcome, flights, life_limit, time)[row] =
        flight->limit_us == ISS_NEVER ? ISS_NO_TIME : flight->limit_us;
    if (flight->launch_us >= 0 && flight->plan_launch_us != ISS_NO_TIME &&
        flight->replaces < 0) {
        iss_at(outcome, flights, slip_d, real)[row] =
            iss_days_from_us(flight->launch_us - flight->plan_launch_us);
    }
}

/* The name of its rendezvous profile; "" without one. */
static const char *
profile_of(struct iss_outcome *outcome, const struct iss_world *world, int32_t id)
{
    int32_t row = world->flights[id].profile;
    const struct iss_profile *profiles = iss_flight_vehicle(world, id)->profiles.items;

    return row < 0 ? "" : keep(outcome, profiles[row].name);
}

static int
fill_flights(struct iss_outcome *outcome, const struct iss_world *world,
             const int32_t *last_port)
{
    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        const struct iss_flight_plan *plan = iss_flight_plan_of(world, i);
        size_t row;
        if (add(outcome, ISS_TABLE_flights, &row) != ISS_OK ||
            name_flight(outcome, world, i, row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, flights, vehicle, id)[row] = flight->vehicle;
        iss_at(outcome, flights, kind, code)[row] =
            (uint8_t)iss_flight_vehicle(world, i)->role;
        iss_at(outcome, flights, status, code)[row] = flight->phase;
        iss_at(outcome, flights, condition, code)[row] = flight->condition;
        iss_at(outcome, flights, generated, flag)[row] =
            plan == NULL || plan->rule >= 0;
        iss_at(outcome, flights, visiting, flag)[row] = plan != NULL && plan->visiting;
        iss_at(outcome, flights, replaces, id)[row] = flight->replaces;
        iss_at(outcome, flights, port, id)[row] = last_port[i];
        iss_at(outcome, flights, launch_system, id)[row] = flight->rocket;
        iss_at(outcome, flights, profile, text)[row] = profile_of(outcome, world, i);
        iss_at(outcome, flights, pad, id)[row] = flight->pad;
        iss_at(outcome, flights, crew_up, count)[row] = flight->crew_up;
        iss_at(outcome, flights, crew_down, count)[row] = flight->crew_down;
        put_flight_times(outcome, flight, row);
    }
    return ISS_OK;
}

/* ---- stays --------------------------------------------------------------------- */

static double
days_between(const struct iss_world *world, int64_t from_us, int64_t to_us)
{
    if (from_us == ISS_NO_TIME) {
        return NAN;
    }
    return iss_days_from_us((to_us == ISS_NO_TIME ? world->now_us : to_us) - from_us);
}

/* "65-66", "65", "". */
static const char *
expeditions_of(struct iss_outcome *outcome, const struct iss_stay *stay)
{
    if (stay->first == 0) {
        return "";
    }
    return stay->first == stay->last
               ? iss_arena_printf(&outcome->arena, "%d", (int)stay->first)
               : iss_arena_printf(&outcome->arena, "%d-%d", (int)stay->first,
                                  (int)stay->last);
}

static int
fill_stays(struct iss_outcome *outcome, const struct iss_world *world)
{
    for (int32_t i = 0; i < world->stay_count; i++) {
        const struct iss_stay *stay = &world->stays[i];
        const struct iss_crew_member *member =
            iss_model_crew_member(world->model, stay->person);
        size_t row;
        if (stay->land_us != ISS_NO_TIME && stay->land_us < 0) {
            continue;
        }
        if (add(outcome, ISS_TABLE_crew, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, crew, person, id)[row] = stay->person;
        iss_at(outcome, crew, name, text)[row] = keep(outcome, member->entity.name);
        iss_at(outcome, crew, agency, text)[row] = keep(outcome, member->agency);
        iss_at(outcome, crew, flight_up, id)[row] = stay->up;
        iss_at(outcome, crew, flight_down, id)[row] = stay->down;
        iss_at(outcome, crew, visiting, flag)[row] = stay->visiting;
        iss_at(outcome, crew, lost, flag)[row] = stay->lost;
        iss_at(outcome, crew, expeditions, text)[row] = expeditions_of(outcome, stay);
        iss_at(outcome, crew, launch, time)[row] = stay->launch_us;
        iss_at(outcome, crew, arrive, time)[row] = stay->arrive_us;
        iss_at(outcome, crew, leave, time)[row] = stay->leave_us;
        iss_at(outcome, crew, land, time)[row] = stay->land_us;
        iss_at(outcome, crew, days_aboard, real)[row] =
            days_between(world, stay->arrive_us, stay->leave_us);
        iss_at(outcome, crew, days_total, real)[row] =
            days_between(world, stay->launch_us, stay->land_us);
    }
    return ISS_OK;
}

/* Their hours are those of the metrics. */
static int
fill_experiments(struct iss_outcome *outcome, const struct iss_world *world,
                 const struct iss_row *results)
{
    const struct iss_model *model = world->model;
    size_t count = (size_t)model->experiments.count, row;
    struct iss_account_experiments *done =
        iss_arena_array(&outcome->arena, count + 1, sizeof *done);

    if (done == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_research_experiments(
        world, results->metrics[iss_metric_find(model, "research_h")], done);
    for (size_t i = 0; i < count; i++) {
        const struct iss_experiment *self = iss_model_experiment(model, (int32_t)i);
        if (add(outcome, ISS_TABLE_experiments, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, experiments, id, text)[row] = keep(outcome, self->entity.id);
        iss_at(outcome, experiments, name, text)[row] =
            keep(outcome, self->entity.name);
        iss_at(outcome, experiments, hours, real)[row] =
            iss_world_value(world, &self->hours);
        iss_at(outcome, experiments, completed, count)[row] = done[i].done;
    }
    return ISS_OK;
}

static int
fill_metrics(struct iss_outcome *outcome, const struct iss_model *model,
             const struct iss_row *results)
{
    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        char buffer[ISS_METRIC_TEXT];
        struct iss_metric_info info = iss_metric_info(model, i, buffer);
        size_t row;
        if (add(outcome, ISS_TABLE_metrics, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, metrics, name, text)[row] = keep(outcome, info.name);
        iss_at(outcome, metrics, value, real)[row] = results->metrics[i];
        iss_at(outcome, metrics, units, text)[row] = info.units;
        iss_at(outcome, metrics, doc, text)[row] = keep(outcome, info.doc);
    }
    return ISS_OK;
}

/* Whether there was memory for every text that keep() was to copy. */
static bool
has_all_texts(const struct iss_outcome *outcome)
{
    for (int32_t t = 0; t < outcome->table_count; t++) {
        const struct iss_table *table = &outcome->tables[t];
        for (int32_t c = 0; c < table->column_count; c++) {
            const struct iss_column *column = &table->columns[c];
            for (size_t row = 0; column->kind == ISS_COLUMN_TEXT && row < table->rows;
                 row++) {
                if (column->data.text[row] == NULL) {
                    return false;
                }
            }
        }
    }
    return true;
}

int
iss_trace_end(struct iss_outcome *outcome, const struct iss_world *world,
              const int32_t *last_port, const struct iss_row *row)
{
    const struct iss_model *model = world->model;
    int status = fill_ports(outcome, model);

    status = status ? status : fill_vehicles(outcome, model);
    status = status ? status : fill_families(outcome, model);
    status = status ? status : fill_pads(outcome, model);
    status = status ? status : fill_launch_systems(outcome, model);
    status = status ? status : fill_scrub_causes(outcome, model);
    status = status ? status : iss_trace_resources(outcome, world);
    status = status ? status : fill_people(outcome, model);
    status = status ? status : fill_evas(outcome, model);
    status = status ? status : fill_programme(outcome, model);
    status = status ? status : fill_suits(outcome, model);
    status = status ? status : fill_kinds(outcome, model);
    status = status ? status : fill_flights(outcome, world, last_port);
    status = status ? status : fill_stays(outcome, world);
    status = status ? status : fill_experiments(outcome, world, row);
    status = status ? status : fill_metrics(outcome, model, row);
    outcome->replication = row->replication;
    status = status ? status
                    : iss_head_make(outcome, model, "isssim/run", world->stream.seed);
    return status == ISS_OK && !has_all_texts(outcome) ? ISS_ERR_NO_MEMORY : status;
}
