/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resources.c - thresholds in one numbering, each with an id of its own ("food_45": the
 * events and metrics are about it), and the order in which productions are looked at.
 */
#include "model/resources.h"

#include <math.h>

#include "base/hash.h"
#include "isssim/status.h"

bool
iss_production_feeds(const struct iss_production *maker,
                     const struct iss_production *user)
{
    const struct iss_consumption *inputs = user->consumes.items;

    for (int32_t i = 0; i < user->consumes.count; i++) {
        if (inputs[i].resource == maker->resource) {
            return true;
        }
    }
    return false;
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

/* ---- productions --------------------------------------------------------------- */

/* Whether everything that feeds production `id` is among the first `count` of `order`.
 */
static bool
is_next(const struct iss_model *model, int32_t id, const int32_t *order, int32_t count)
{
    struct iss_ids placed = {count, order};

    if (iss_ids_have(&placed, id)) {
        return false;
    }
    for (int32_t i = 0; i < model->production.count; i++) {
        if (!iss_ids_have(&placed, i) &&
            iss_production_feeds(iss_model_production(model, i),
                                 iss_model_production(model, id))) {
            return false;
        }
    }
    return true;
}

static int
order_production(struct iss_model *model)
{
    int32_t count = model->production.count, placed = 0;
    int32_t *order = iss_arena_array(&model->arena, (size_t)count + 1, sizeof *order);

    if (order == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t pass = 0; pass < count; pass++) {
        for (int32_t i = 0; i < count; i++) {
            if (is_next(model, i, order, placed)) {
                order[placed++] = i;
            }
        }
    }
    model->production_order = order;
    return ISS_OK;
}

int
iss_resources_settle(struct iss_model *model)
{
    int status = number_thresholds(model);
    return status == ISS_OK ? order_production(model) : status;
}
