/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_stocks.c - resources in a run's tables.
 *
 * Levels are straight lines: a row says where one begins and how steep it is, so that a
 * stock has a row only where a rate changes or something comes or goes at once.
 */
#include "observe/trace_stocks.h"

#include "isssim/status.h"
#include "observe/tables.h"

static int
add(struct iss_outcome *outcome, enum iss_table_id table, size_t *row)
{
    return iss_table_add(&outcome->tables[table], &outcome->arena, row);
}

static const char *
keep(struct iss_outcome *outcome, const char *text)
{
    return iss_arena_strdup(&outcome->arena, text);
}

static double
kilograms(int64_t mass_mg)
{
    return (double)mass_mg / ISS_MG_PER_KG;
}

/* ---- levels -------------------------------------------------------------------- */

static bool
is_noted(const struct iss_stock *stock, const struct iss_trace_stock *seen)
{
    return seen->steps == stock->steps && seen->used_mg == stock->used.mg_per_d &&
           seen->made_mg == stock->made.mg_per_d &&
           seen->lacking_mg == stock->lacking.mg_per_d &&
           seen->leaked_mg == stock->leaked.mg_per_d &&
           seen->let_go_mg == stock->let_go.mg_per_d;
}

/* Changes at one moment share a row, which shows how they left the stock. */
static int
note(struct iss_outcome *outcome, const struct iss_world *world, int32_t resource,
     struct iss_trace_stock *seen)
{
    const struct iss_stock *stock = &world->stocks[resource];
    size_t row = (size_t)seen->row;

    if ((seen->steps < 0 || seen->time_us != world->now_us) &&
        add(outcome, ISS_TABLE_levels, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    *seen = (struct iss_trace_stock){
        .steps = stock->steps,
        .used_mg = stock->used.mg_per_d,
        .made_mg = stock->made.mg_per_d,
        .lacking_mg = stock->lacking.mg_per_d,
        .leaked_mg = stock->leaked.mg_per_d,
        .let_go_mg = stock->let_go.mg_per_d,
        .time_us = world->now_us,
        .row = (int32_t)row,
    };
    iss_at(outcome, levels, time, time)[row] = world->now_us;
    iss_at(outcome, levels, resource, id)[row] = resource;
    iss_at(outcome, levels, stock, real)[row] = kilograms(stock->level_mg);
    iss_at(outcome, levels, reserve, real)[row] =
        iss_stock_days(stock, stock->level_mg);
    iss_at(outcome, levels, used, real)[row] = kilograms(seen->used_mg);
    iss_at(outcome, levels, made, real)[row] = kilograms(seen->made_mg);
    iss_at(outcome, levels, lacking, real)[row] = kilograms(seen->lacking_mg);
    iss_at(outcome, levels, leaked, real)[row] = kilograms(seen->leaked_mg);
    iss_at(outcome, levels, let_go, real)[row] = kilograms(seen->let_go_mg);
    return ISS_OK;
}

int
iss_trace_stocks(struct iss_outcome *outcome, const struct iss_world *world,
                 struct iss_trace_stock *seen)
{
    int status = ISS_OK;

    for (int32_t i = 0;
         world->stocked && status == ISS_OK && i < world->model->resources.count; i++) {
        if (!is_noted(&world->stocks[i], &seen[i])) {
            status = note(outcome, world, i, &seen[i]);
        }
    }
    return status;
}

/* ---- at the end ---------------------------------------------------------------- */

static int
fill_resources(struct iss_outcome *outcome, const struct iss_world *world)
{
    const struct iss_model *model = world->model;
    size_t row;

    for (int32_t i = 0; i < model->resources.count; i++) {
        const struct iss_resource *resource = iss_model_resource(model, i);
        double person = iss_world_value(world, &resource->per_person);
        if (add(outcome, ISS_TABLE_resources, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, resources, id, text)[row] = keep(outcome, resource->entity.id);
        iss_at(outcome, resources, name, text)[row] =
            keep(outcome, resource->entity.name);
        iss_at(outcome, resources, class, text)[row] =
            keep(outcome, resource->cargo < 0 ? "" : model->cargo.at[resource->cargo]);
        iss_at(outcome, resources, per_person, real)[row] = person;
        iss_at(outcome, resources, capacity, real)[row] =
            iss_world_value(world, &resource->capacity);
        iss_at(outcome, resources, nominal_use, real)[row] =
            world->stocked ? kilograms(world->stocks[i].nominal_mg)
                           : person * (double)resource->nominal_crew +
                                 iss_world_value(world, &resource->use);
    }
    return ISS_OK;
}

static int
fill_thresholds(struct iss_outcome *outcome, const struct iss_world *world)
{
    const struct iss_model *model = world->model;
    size_t row;

    for (int32_t i = 0; i < model->thresholds.count; i++) {
        const struct iss_threshold *threshold = iss_model_threshold(model, i);
        if (add(outcome, ISS_TABLE_thresholds, &row) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_at(outcome, thresholds, id, text)[row] =
            keep(outcome, threshold->entity.id);
        iss_at(outcome, thresholds, resource, id)[row] = threshold->resource;
        iss_at(outcome, thresholds, days, real)[row] =
            iss_world_value(world, &threshold->is->days);
        iss_at(outcome, thresholds, action, code)[row] = (uint8_t)threshold->is->action;
    }
    return ISS_OK;
}

static int
add_cargo(struct iss_outcome *outcome, const struct iss_world *world, int32_t flight,
          int32_t resource)
{
    const struct iss_freight *freight = iss_cargo_of(world, flight, resource);
    size_t row;

    if (freight->loaded_mg == 0) {
        return ISS_OK;
    }
    if (add(outcome, ISS_TABLE_cargo, &row) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_at(outcome, cargo, flight, id)[row] = flight;
    iss_at(outcome, cargo, resource, id)[row] = resource;
    iss_at(outcome, cargo, time, time)[row] =
        iss_us_later(world->flights[flight].launch_us, world->forecast_from_us);
    iss_at(outcome, cargo, loaded, real)[row] = kilograms(freight->loaded_mg);
    iss_at(outcome, cargo, delivered, real)[row] = kilograms(freight->delivered_mg);
    iss_at(outcome, cargo, lost, flag)[row] =
        iss_flight_missed(&world->flights[flight]);
    return ISS_OK;
}

int
iss_trace_resources(struct iss_outcome *outcome, const struct iss_world *world)
{
    int status = fill_resources(outcome, world);

    status = status ? status : fill_thresholds(outcome, world);
    for (int32_t i = 0; status == ISS_OK && i < world->flight_count; i++) {
        for (int32_t k = 0; status == ISS_OK && k < world->model->resources.count;
             k++) {
            status = add_cargo(outcome, world, i, k);
        }
    }
    return status;
}
