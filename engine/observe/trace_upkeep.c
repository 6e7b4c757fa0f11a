/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_upkeep.c - repairs and outages as they happen; at the end what they refer to.
 */
#include "observe/trace_upkeep.h"

#include "isssim/status.h"
#include "observe/tables.h"

static int
add(struct iss_outcome *outcome, enum iss_table_id table, size_t *row)
{
    return iss_table_add(&outcome->tables[table], &outcome->arena, row);
}

int
iss_trace_upkeep_init(struct iss_trace_upkeep *self, struct iss_arena *arena,
                      const struct iss_model *model)
{
    self->repairs =
        iss_arena_array(arena, (size_t)model->upkeep.units + 1, sizeof *self->repairs);
    self->outages = iss_arena_array(arena, (size_t)model->upkeep.systems + 1,
                                    sizeof *self->outages);
    return self->repairs != NULL && self->outages != NULL ? ISS_OK : ISS_ERR_NO_MEMORY;
}

void
iss_trace_upkeep_start(struct iss_trace_upkeep *self, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->upkeep.units; i++) {
        self->repairs[i] = -1;
    }
    for (int32_t i = 0; i < model->upkeep.systems; i++) {
        self->outages[i] = -1;
    }
}

/* ---- as it happens ------------------------------------------------------------- */

/* What the world says of a unit's repair so far. */
static void
put_repair(struct iss_outcome *outcome, const struct iss_world *world, int32_t unit,
           int32_t row)
{
    int64_t waited_us =
        iss_unit_waited_us(world, unit, iss_station_end(world, world->now_us));

    iss_at(outcome, repairs, equipped, time)[row] = world->units[unit].spare_us;
    iss_at(outcome, repairs, waited_h, real)[row] = iss_days_from_us(waited_us) * 24;
}

static int
open_repair(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
            const struct iss_world *world, int32_t unit)
{
    int32_t system = world->units[unit].system;
    size_t row;

    if (world->units[unit].failed_us != world->now_us || self->repairs[unit] >= 0) {
        return ISS_OK; /* it wasn't running */
    }
    if (add(outcome, ISS_TABLE_repairs, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    self->repairs[unit] = (int32_t)row;
    iss_at(outcome, repairs, unit, id)[row] = unit;
    iss_at(outcome, repairs, failed, time)[row] = world->now_us;
    if (!iss_system_down(world, system) || self->outages[system] >= 0) {
        return ISS_OK;
    }
    if (add(outcome, ISS_TABLE_outages, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    self->outages[system] = (int32_t)row;
    iss_at(outcome, outages, system, id)[row] = system;
    iss_at(outcome, outages, start, time)[row] = world->now_us;
    return ISS_OK;
}

static void
close_repair(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
             const struct iss_world *world, int32_t unit)
{
    int32_t system = world->units[unit].system;

    put_repair(outcome, world, unit, self->repairs[unit]);
    iss_at(outcome, repairs, repaired, time)[self->repairs[unit]] = world->now_us;
    self->repairs[unit] = -1;
    if (self->outages[system] >= 0 && !iss_system_down(world, system)) {
        iss_at(outcome, outages, end, time)[self->outages[system]] = world->now_us;
        self->outages[system] = -1;
    }
}

/* What a flight carries, which lies in the order of its parts. */
static int
note_spares(struct iss_outcome *outcome, const struct iss_world *world, int32_t flight)
{
    int32_t last = -1;
    size_t row = 0;

    for (int32_t at = world->flights[flight].spares; at >= 0;
         at = world->orders[at].next) {
        int32_t part = world->orders[at].part;
        if (part != last && add(outcome, ISS_TABLE_spares, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        if (part != last) {
            iss_at(outcome, spares, flight, id)[row] = flight;
            iss_at(outcome, spares, part, id)[row] = part;
            iss_at(outcome, spares, time, time)[row] = world->now_us;
            iss_at(outcome, spares, mass, real)[row] = 0;
        }
        iss_at(outcome, spares, count, count)[row]++;
        iss_at(outcome, spares, mass, real)[row] +=
            iss_world_value(world, &iss_model_part(world->model, part)->mass_kg);
        last = part;
    }
    return ISS_OK;
}

int
iss_trace_upkeep_event(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
                       const struct iss_world *world, const struct iss_event *event)
{
    if (event->kind == ISS_EVENT_UNIT_FAILED) {
        return open_repair(self, outcome, world, event->subject);
    }
    if (event->kind == ISS_EVENT_LAUNCHED) {
        return note_spares(outcome, world, event->subject);
    }
    if (event->kind == ISS_EVENT_UNIT_REPAIRED) {
        close_repair(self, outcome, world, event->subject);
    }
    return ISS_OK;
}

/* ---- at the end ---------------------------------------------------------------- */

static const char *
keep(struct iss_outcome *outcome, const char *text)
{
    return iss_arena_strdup(&outcome->arena, text);
}

/* "Pump 2", or "Pump" when there is but one. */
static const char *
unit_name(struct iss_outcome *outcome, const struct iss_system *system, int64_t number)
{
    return system->units == 1 ? keep(outcome, system->entity.name)
                              : iss_arena_printf(&outcome->arena, "%s %d",
                                                 system->entity.name, (int)number + 1);
}

static int
fill_systems(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->upkeep.systems; i++) {
        const struct iss_system *system = iss_model_system(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_systems, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, systems, id, text)[row] = keep(outcome, system->entity.id);
        iss_at(outcome, systems, name, text)[row] = keep(outcome, system->entity.name);
        iss_at(outcome, systems, units, count)[row] = system->units;
        iss_at(outcome, systems, needs, count)[row] = system->needs;
        iss_at(outcome, systems, part, id)[row] = system->part;
        for (int64_t k = 0; k < system->units; k++) {
            if (add(outcome, ISS_TABLE_units, &row) != ISS_OK) {
                return ISS_ERR_NO_MEMORY;
            }
            iss_at(outcome, units, name, text)[row] = unit_name(outcome, system, k);
            iss_at(outcome, units, system, id)[row] = i;
        }
    }
    return ISS_OK;
}

static int
fill_parts(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->upkeep.parts; i++) {
        const struct iss_part *part = iss_model_part(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_parts, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, parts, id, text)[row] = keep(outcome, part->entity.id);
        iss_at(outcome, parts, name, text)[row] = keep(outcome, part->entity.name);
    }
    return ISS_OK;
}

static int
fill_tasks(struct iss_outcome *outcome, const struct iss_model *model)
{
    for (int32_t i = 0; i < model->upkeep.tasks; i++) {
        const struct iss_task *task = iss_model_task(model, i);
        size_t row;
        if (add(outcome, ISS_TABLE_tasks, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, tasks, id, text)[row] = keep(outcome, task->entity.id);
        iss_at(outcome, tasks, name, text)[row] = keep(outcome, task->entity.name);
    }
    return ISS_OK;
}

int
iss_trace_upkeep_end(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
                     const struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->upkeep.units; i++) {
        if (self->repairs[i] >= 0) {
            put_repair(outcome, world, i, self->repairs[i]);
        }
    }
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_spares].rows; i++) {
        int32_t flight = iss_at(outcome, spares, flight, id)[i];
        iss_at(outcome, spares, lost, flag)[i] =
            iss_flight_missed(&world->flights[flight]);
    }
    int status = fill_systems(outcome, model);
    status = status ? status : fill_parts(outcome, model);
    return status ? status : fill_tasks(outcome, model);
}
