/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * used.c - a scenario that includes the library knows more types of vehicle than fly in
 * it, and more flights than take part; outcomes are kept of those that do.
 *
 * Everything that is made during a mission is of a type that some flight has, so that
 * the plan tells: its types, the families of the rockets that they fly on or can switch
 * to, and the ports that they fit.
 */
#include "model/used.h"

#include "isssim/status.h"

/* Neither gone before the mission begins, nor known to the record alone. */
static bool
takes_part(const struct iss_flight_plan *plan)
{
    const struct iss_flown *flown = &plan->flown;
    bool gone = (flown->undock_us != ISS_NO_TIME && flown->undock_us < 0) ||
                (flown->land_us != ISS_NO_TIME && flown->land_us < 0) ||
                (flown->outcome == ISS_FLOWN_ASCENT_FAILED && flown->launch_us < 0);

    return !gone && plan->launch_us != ISS_NEVER;
}

static void
mark_vehicles(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (takes_part(plan)) {
            used[plan->vehicle] = true;
        }
    }
}

static void
mark_family(const struct iss_model *model, int32_t rocket, bool *used)
{
    int32_t family = rocket < 0 ? -1 : iss_model_launch_system(model, rocket)->family;

    if (family >= 0) {
        used[family] = true;
    }
}

static void
mark_families(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->used.vehicles.count; i++) {
        const struct iss_vehicle *vehicle =
            iss_model_vehicle(model, model->used.vehicles.at[i]);
        const struct iss_alternative *others = vehicle->alternatives.items;
        mark_family(model, vehicle->launch_system, used);
        for (int32_t k = 0; k < vehicle->alternatives.count; k++) {
            mark_family(model, others[k].rocket, used);
        }
    }
}

static void
mark_ports(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->used.vehicles.count; i++) {
        int32_t docking = iss_model_vehicle(model, model->used.vehicles.at[i])->docking;
        for (int32_t port = 0; port < model->ports.count; port++) {
            used[port] = used[port] || iss_model_port(model, port)->docking == docking;
        }
    }
}

/* Stocks are the forecast's. */
static void
mark_resources(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->resources.count; i++) {
        used[i] = model->scenario.mode == ISS_MODE_FORECAST;
    }
}

static void
mark_thresholds(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->thresholds.count; i++) {
        used[i] = model->scenario.mode == ISS_MODE_FORECAST;
    }
}

static void
mark_systems(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->upkeep.systems; i++) {
        used[i] = true;
    }
}

static void
mark_parts(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->upkeep.parts; i++) {
        used[i] = iss_model_part(model, i)->units > 0;
    }
}

/* Columns for each are many, and only for who asks. */
static void
mark_conditions(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->conditions.count; i++) {
        used[i] = model->medical.by_condition;
    }
}

static void
mark_experiments(const struct iss_model *model, bool *used)
{
    for (int32_t i = 0; i < model->experiments.count; i++) {
        used[i] = true;
    }
}

/* The ids that `mark` marks among the first `count`, in order. */
static int
collect(struct iss_model *model, int32_t count,
        void mark(const struct iss_model *model, bool *used), struct iss_ids *ids)
{
    bool *used = iss_arena_array(&model->arena, (size_t)count + 1, sizeof *used);
    int32_t *at = iss_arena_array(&model->arena, (size_t)count + 1, sizeof *at);

    if (used == NULL || at == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    mark(model, used);
    *ids = (struct iss_ids){0, at};
    for (int32_t i = 0; i < count; i++) {
        if (used[i]) {
            at[ids->count++] = i;
        }
    }
    return ISS_OK;
}

int
iss_model_find_used(struct iss_model *model)
{
    struct iss_used *used = &model->used;
    int status = collect(model, model->vehicles.count, mark_vehicles, &used->vehicles);

    if (status == ISS_OK) {
        status = collect(model, model->families.count, mark_families, &used->families);
    }
    if (status == ISS_OK) {
        status = collect(model, model->ports.count, mark_ports, &used->ports);
    }
    if (status == ISS_OK) {
        status = collect(model, model->systems.count, mark_systems, &used->systems);
    }
    if (status == ISS_OK) {
        status = collect(model, model->parts.count, mark_parts, &used->parts);
    }
    if (status == ISS_OK) {
        status =
            collect(model, model->resources.count, mark_resources, &used->resources);
    }
    if (status == ISS_OK) {
        status =
            collect(model, model->thresholds.count, mark_thresholds, &used->thresholds);
    }
    if (status == ISS_OK) {
        status =
            collect(model, model->conditions.count, mark_conditions, &used->conditions);
    }
    if (status == ISS_OK) {
        status = collect(model, model->experiments.count, mark_experiments,
                         &used->experiments);
    }
    return status;
}
