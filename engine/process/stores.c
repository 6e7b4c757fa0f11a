/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stores.c - what happens aboard changes stocks.
 *
 *     UNIT_FAILED, UNIT_REPAIRED   productions stop with a system, and go on with it
 *     EVA_BEGINS                   uses what its rule says, at once
 *
 * Draws nothing.
 */
#include <math.h>

#include "model/resources.h"
#include "process/process.h"

/* ---- systems ------------------------------------------------------------------- */

static bool
is_relied_on(const struct iss_world *world, int32_t system)
{
    for (int32_t i = 0; i < world->model->production.count; i++) {
        if (iss_production_relies(iss_model_production(world->model, i), system)) {
            return true;
        }
    }
    return false;
}

void
iss_stores_on_unit(struct iss_world *world, const struct iss_event *event)
{
    if (world->stocked && !iss_stocks_still(world) &&
        is_relied_on(world, world->units[event->subject].system)) {
        iss_stocks_change(world);
    }
}

/* ---- spacewalks ---------------------------------------------------------------- */

void
iss_stores_on_eva(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_rows *uses =
        &iss_model_eva_rule(world->model, event->subject)->uses;
    const struct iss_load *loads = uses->items;

    if (!world->stocked || uses->count == 0) {
        return;
    }
    for (int32_t i = 0; i < uses->count; i++) {
        double mass_kg = iss_world_value(world, &loads[i].mass);
        int64_t used_mg =
            iss_stock_use(world, loads[i].resource, llround(mass_kg * ISS_MG_PER_KG));
        iss_raise(world, ISS_EVENT_RESOURCE_USED, loads[i].resource, event->subject,
                  (double)used_mg / ISS_MG_PER_KG);
        iss_stock_review(world, loads[i].resource);
    }
    iss_stocks_change(world);
}
