/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * manifest.c - what a flight carries.
 *
 * Its own manifest says it, or that of its rule.  Else, by policy, it is filled with
 * what is furthest below its target: as water fills a trough, so that in the end all
 * that is loaded is equally far below, in days of nominal use.  That depth is sought
 * first for each class, which has its own room in the ship, then for everything
 * together.
 */
#include <math.h>

#include "policy/policy.h"

enum { HALVINGS = 60 };

/* ---- by the plan --------------------------------------------------------------- */

static void
take_over(const struct iss_world *world, const struct iss_rows *manifest,
          struct iss_loading *loading)
{
    const struct iss_load *loads = manifest->items;

    for (int32_t i = 0; i < manifest->count; i++) {
        double mass_kg = iss_world_value(world, &loads[i].mass);
        loading[loads[i].resource].mass_mg += llround(mass_kg * ISS_MG_PER_KG);
    }
}

/* ---- room ---------------------------------------------------------------------- */

static double
total_room(const struct iss_world *world, const struct iss_vehicle *vehicle)
{
    const struct iss_hold *holds = vehicle->holds.items;
    double total = iss_world_value(world, &vehicle->cargo_total), sum = 0;

    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        sum += iss_world_value(world, &holds[i].mass);
    }
    return (isnan(total) ? sum : total) * ISS_MG_PER_KG;
}

/* Of a class; a vehicle without holds takes any. */
static double
room_for(const struct iss_world *world, const struct iss_vehicle *vehicle,
         int32_t cargo)
{
    const struct iss_hold *holds = vehicle->holds.items;

    for (int32_t i = 0; i < vehicle->holds.count; i++) {
        if (holds[i].cargo == cargo) {
            return iss_world_value(world, &holds[i].mass) * ISS_MG_PER_KG;
        }
    }
    return vehicle->holds.count > 0 ? 0 : total_room(world, vehicle);
}

/* ---- filling ------------------------------------------------------------------- */

/* A part of what may be loaded: of one class, or everything with -1. */
struct fill {
    const struct iss_world *world;
    struct iss_loading *loading;
    int32_t cargo;
};

static bool
is_part(const struct fill *fill, int32_t resource)
{
    return fill->cargo < 0 ||
           iss_model_resource(fill->world->model, resource)->cargo == fill->cargo;
}

/* What is loaded of a resource that stays `below_d` days below its target. */
static double
mass_at(const struct fill *fill, int32_t resource, double below_d)
{
    const struct iss_loading *loading = &fill->loading[resource];
    double nominal = (double)fill->world->stocks[resource].nominal_mg;

    return fmax(0, fmin((double)loading->mass_mg,
                        (double)loading->need_mg - below_d * nominal));
}

static double
sum_at(const struct fill *fill, double below_d)
{
    double sum = 0;

    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        sum += is_part(fill, i) ? mass_at(fill, i, below_d) : 0;
    }
    return sum;
}

/* How far below its target the furthest is. */
static double
deepest(const struct fill *fill)
{
    double days = 0;

    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        const struct iss_loading *loading = &fill->loading[i];
        if (is_part(fill, i) && loading->mass_mg > 0) {
            days = fmax(days, (double)loading->need_mg /
                                  (double)fill->world->stocks[i].nominal_mg);
        }
    }
    return days;
}

/* Load less until it fits into `room`. */
static void
fit(const struct fill *fill, double room)
{
    double low = 0, high = deepest(fill);

    if (sum_at(fill, 0) <= room) {
        return;
    }
    for (int i = 0; i < HALVINGS; i++) {
        double middle = 0.5 * (low + high);
        if (sum_at(fill, middle) > room) {
            low = middle;
        } else {
            high = middle;
        }
    }
    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        if (is_part(fill, i)) {
            fill->loading[i].mass_mg = (int64_t)floor(mass_at(fill, i, high));
        }
    }
}

static void
fill_up(const struct iss_world *world, const struct iss_vehicle *vehicle,
        struct iss_loading *loading)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        int64_t target = world->stocks[i].target_mg;
        bool brought = target >= 0 && iss_model_resource(model, i)->cargo >= 0;
        int64_t need = brought ? target - iss_stock_level_mg(world, i) -
                                     iss_cargo_coming_mg(world, i)
                               : 0;
        loading[i].need_mg = loading[i].mass_mg = need > 0 ? need : 0;
    }
    for (int32_t cargo = 0; cargo < model->cargo.count; cargo++) {
        const struct fill fill = {world, loading, cargo};
        fit(&fill, room_for(world, vehicle, cargo));
    }
    const struct fill fill = {world, loading, -1};
    fit(&fill, total_room(world, vehicle));
}

void
iss_policy_manifest(const struct iss_world *world, int32_t flight,
                    struct iss_loading *loading)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    bool carries = vehicle->holds.count > 0 || !isnan(vehicle->cargo_total.fixed);

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        loading[i] = (struct iss_loading){0, 0};
    }
    if (plan != NULL && plan->manifest.items != NULL) {
        take_over(world, &plan->manifest, loading);
    } else if (carries && world->model->policy.manifest == ISS_MANIFEST_AUTO) {
        fill_up(world, vehicle, loading);
    }
}
