/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resources.c - thresholds in one numbering, each with an id of its own ("food_45": the
 * events and metrics are about it); what makes something, productions and transfers
 * alike, and the order in which they are looked at; leaks in one numbering.
 */
#include "model/resources.h"

#include <math.h>

#include "base/hash.h"
#include "isssim/status.h"

static bool
names(const struct iss_rows *rows, int32_t resource)
{
    const struct iss_consumption *items = rows->items;

    for (int32_t i = 0; i < rows->count; i++) {
        if (items[i].resource == resource) {
            return true;
        }
    }
    return false;
}

bool
iss_production_feeds(const struct iss_production *maker,
                     const struct iss_production *user)
{
    return names(&user->consumes, maker->resource);
}

bool
iss_production_relies(const struct iss_production *production, int32_t system)
{
    return production->system == system || iss_ids_have(&production->systems, system);
}

double
iss_resource_nominal(const struct iss_resource *resource)
{
    return resource->per_person.fixed * (double)resource->nominal_crew +
           resource->use.fixed;
}

double
iss_vehicle_takes(const struct iss_vehicle *vehicle, int32_t cargo)
{
    const struct iss_hold *holds = vehicle->holds.items;
    double total = vehicle->cargo_total.fixed, all = 0, one = 0;

    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        all += holds[i].mass.fixed;
        one += holds[i].cargo == cargo ? holds[i].mass.fixed : 0;
    }
    if (isnan(total)) {
        total = all;
    }
    return cargo < 0 || vehicle->holds.count == 0 ? total : fmin(one, total);
}

/* ---- thresholds ---------------------------------------------------------------- */

static bool
add_threshold(struct iss_model *model, int32_t id, const struct iss_reserve *reserve)
{
    const struct iss_entity *resource = &iss_model_resource(model, id)->entity;
    struct iss_threshold *threshold =
        (struct iss_threshold *)model->thresholds.items + model->thresholds.count++;

    threshold->resource = id;
    threshold->is = reserve;
    threshold->entity = *resource;
    threshold->entity.id =
        iss_arena_printf(&model->arena, "%s_%g", resource->id, reserve->days.fixed);
    threshold->entity.name = threshold->entity.id;
    return threshold->entity.id != NULL;
}

static int
number_thresholds(struct iss_model *model)
{
    struct iss_resource *resources = model->resources.items;
    size_t count = 0;

    for (int32_t i = 0; i < model->resources.count; i++) {
        count += (size_t)resources[i].reserve.count;
    }
    model->thresholds.items =
        iss_arena_array(&model->arena, count + 1, sizeof(struct iss_threshold));
    if (model->thresholds.items == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->resources.count; i++) {
        const struct iss_reserve *reserves = resources[i].reserve.items;
        resources[i].first_threshold = model->thresholds.count;
        for (int32_t k = 0; k < resources[i].reserve.count; k++) {
            if (!add_threshold(model, i, &reserves[k])) {
                return ISS_ERR_NO_MEMORY;
            }
        }
    }
    return ISS_OK;
}

/* ---- what makes something -------------------------------------------------------- */

/* A transfer makes one resource out of as much of another. */
static int
make_transfer(struct iss_model *model, const struct iss_transfer *transfer,
              struct iss_production *maker)
{
    struct iss_consumption *input = iss_arena_array(&model->arena, 1, sizeof *input);

    if (input == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    *input = (struct iss_consumption){transfer->from, {.fixed = 1, .uncertain = -1}};
    *maker = (struct iss_production){
        .entity = transfer->entity,
        .resource = transfer->to,
        .per_person = {.fixed = 0, .uncertain = -1},
        .per_day = transfer->per_day,
        .users = -1,
        .level = transfer->level,
        .consumes = {.count = 1, .items = input},
        .system = -1,
        .systems = {.count = -1},
    };
    return ISS_OK;
}

static int
list_makers(struct iss_model *model)
{
    int32_t count = model->production.count;
    struct iss_production *makers =
        iss_arena_array(&model->arena, (size_t)(count + model->transfers.count) + 1,
                        sizeof(struct iss_production));
    int status = makers != NULL ? ISS_OK : ISS_ERR_NO_MEMORY;

    for (int32_t i = 0; status == ISS_OK && i < count; i++) {
        makers[i] = *iss_model_production(model, i);
    }
    for (int32_t i = 0; status == ISS_OK && i < model->transfers.count; i++) {
        status = make_transfer(model, iss_model_transfer(model, i), &makers[count + i]);
    }
    model->makers.items = makers;
    model->makers.count = count + model->transfers.count;
    return status;
}

/* Whether one makes what another consumes, as its product or besides. */
static bool
leads_to(const struct iss_production *maker, const struct iss_production *user)
{
    const struct iss_consumption *inputs = user->consumes.items;

    for (int32_t i = 0; i < user->consumes.count; i++) {
        if (maker->resource == inputs[i].resource ||
            names(&maker->yields, inputs[i].resource)) {
            return true;
        }
    }
    return false;
}

/* Whether all that leads to maker `id` is among the first `count` of `order`. */
static bool
is_next(const struct iss_model *model, int32_t id, const int32_t *order, int32_t count)
{
    struct iss_ids placed = {count, order};

    if (iss_ids_have(&placed, id)) {
        return false;
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        if (!iss_ids_have(&placed, i) &&
            leads_to(iss_model_maker(model, i), iss_model_maker(model, id))) {
            return false;
        }
    }
    return true;
}

static int32_t
first_not_in(const int32_t *order, int32_t count)
{
    struct iss_ids placed = {count, order};
    int32_t id = 0;

    while (iss_ids_have(&placed, id)) {
        id++;
    }
    return id;
}

/* In a circle the scenario's order decides where it begins. */
static int
order_makers(struct iss_model *model)
{
    int32_t count = model->makers.count, placed = 0;
    int32_t *order = iss_arena_array(&model->arena, (size_t)count + 1, sizeof *order);

    if (order == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    while (placed < count) {
        int32_t before = placed;
        for (int32_t i = 0; i < count; i++) {
            if (is_next(model, i, order, placed)) {
                order[placed++] = i;
            }
        }
        if (placed == before) {
            order[placed] = first_not_in(order, placed);
            placed++;
        }
    }
    model->production_order = order;
    return ISS_OK;
}

/* ---- leaks ---------------------------------------------------------------------- */

static bool
leaks(const struct iss_effect *effect)
{
    return effect->kind == ISS_EFFECT_RESOURCE_LOSS &&
           (effect->rate.fixed > 0 || effect->rate.uncertain >= 0);
}

static int
number_leaks(struct iss_model *model)
{
    size_t count = 0;

    for (int32_t i = 0; i < model->failures.count; i++) {
        count += (size_t)iss_model_failure_mode(model, i)->effects.count;
    }
    struct iss_leak *all =
        iss_arena_array(&model->arena, count + 1, sizeof(struct iss_leak));
    if (all == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->failures.count; i++) {
        const struct iss_rows *rows = &iss_model_failure_mode(model, i)->effects;
        struct iss_effect *effects = rows->items;
        for (int32_t k = 0; k < rows->count; k++) {
            effects[k].leak = leaks(&effects[k]) ? model->leaks.count : -1;
            if (effects[k].leak >= 0) {
                all[model->leaks.count++] =
                    (struct iss_leak){i, effects[k].resource, &effects[k]};
            }
        }
    }
    model->leaks.items = all;
    return ISS_OK;
}

/* ---- what ships bring ------------------------------------------------------------ */

/* A vehicle that has holds has no room for other classes. */
static bool
has_room(const struct iss_vehicle *vehicle, int32_t cargo)
{
    const struct iss_hold *holds = vehicle->holds.items;

    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        if (holds[i].cargo == cargo) {
            return true;
        }
    }
    return vehicle->holds.count <= 0 && !isnan(vehicle->cargo_total.fixed);
}

static int
list_brought(struct iss_model *model)
{
    struct iss_vehicle *vehicles = model->vehicles.items;
    size_t count = (size_t)model->resources.count + 1;

    for (int32_t i = 0; i < model->vehicles.count; i++) {
        int32_t *at = iss_arena_array(&model->arena, count, sizeof *at);
        if (at == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        vehicles[i].brings = (struct iss_ids){0, at};
        for (int32_t k = 0; k < model->resources.count; k++) {
            int32_t cargo = iss_model_resource(model, k)->cargo;
            if (cargo >= 0 && has_room(&vehicles[i], cargo)) {
                at[vehicles[i].brings.count++] = k;
            }
        }
    }
    return ISS_OK;
}

int
iss_resources_settle(struct iss_model *model)
{
    int status = number_thresholds(model);

    status = status ? status : list_brought(model);
    status = status ? status : list_makers(model);
    status = status ? status : order_makers(model);
    return status ? status : number_leaks(model);
}
