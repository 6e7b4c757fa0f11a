/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * manifest.c - what a flight carries.
 *
 * Its own manifest says it, or that of its rule.  Else, by policy, it is filled with
 * what is furthest below its target: as water fills a trough, so that in the end all
 * that is loaded is equally far below, in days of nominal use.  That depth is sought
 * first for each class, which has its own room in the ship, then for everything
 * together.
 *
 * What is low, where the scenario wants manifests swapped for it, comes before all
 * else: what is left of the room is for the rest, of which a manifest that is given
 * then loses the same share of everything.  So it does for spares, which are aboard
 * already.
 */
#include <math.h>

#include "policy/policy.h"

/* ---- by the plan --------------------------------------------------------------- */

static void
take_over(const struct iss_world *world, const struct iss_rows *manifest,
          struct iss_loading *loading)
{
    const struct iss_load *loads = manifest->items;

    for (int32_t i = 0; i < manifest->count; i++) {
        struct iss_loading *one = &loading[loads[i].resource];
        double mass_kg = iss_world_value(world, &loads[i].mass);
        one->mass_mg += llround(mass_kg * ISS_MG_PER_KG);
        one->need_mg = one->mass_mg;
    }
}

/* ---- filling ------------------------------------------------------------------- */

/* A part of what may be loaded: of one class, or everything with -1. */
struct fill {
    const struct iss_world *world;
    struct iss_loading *loading;
    int32_t flight;
    int32_t cargo;
    bool first;   /* of what comes before all else, or of the rest */
    bool swapped; /* whether anything comes before all else */
};

/* Whether anything of a resource is to be loaded, as of this part. */
static bool
is_part(const struct fill *fill, int32_t resource)
{
    const struct iss_loading *loading = &fill->loading[resource];

    return loading->mass_mg > 0 && loading->first == fill->first &&
           (fill->cargo < 0 ||
            iss_model_resource(fill->world->model, resource)->cargo == fill->cargo);
}

/* What is loaded of a resource that stays `below_d` days below its target. */
static double
mass_at(const struct fill *fill, int32_t resource, double below_d)
{
    const struct iss_loading *loading = &fill->loading[resource];
    double nominal = (double)fill->world->stocks[resource].nominal_mg;
    double mass = (double)loading->mass_mg;
    double wanted = (double)loading->need_mg - below_d * nominal;

    wanted = wanted < mass ? wanted : mass;
    return wanted > 0 ? wanted : 0;
}

static double
sum_at(const struct fill *fill, double below_d)
{
    double sum = 0;

    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        if (is_part(fill, i)) {
            sum += mass_at(fill, i, below_d);
        }
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
        if (is_part(fill, i)) {
            days = fmax(days, (double)loading->need_mg /
                                  (double)fill->world->stocks[i].nominal_mg);
        }
    }
    return days;
}

/* Depths between which what is loaded changes in a straight line, and what it is. */
struct bracket {
    double low, high, at_low, at_high;
};

static void
narrow(const struct fill *fill, struct bracket *bracket, double below_d, double room)
{
    if (!(below_d > bracket->low && below_d < bracket->high)) {
        return;
    }
    double sum = sum_at(fill, below_d);
    if (sum > room) {
        bracket->low = below_d;
        bracket->at_low = sum;
    } else {
        bracket->high = below_d;
        bracket->at_high = sum;
    }
}

/* Load less until it fits into `room`.  The line has a corner where one has its fill,
 * and where one begins to be loaded. */
static void
fit(const struct fill *fill, double room)
{
    int32_t count = fill->world->model->resources.count;
    struct bracket bracket = {.low = 0, .at_low = sum_at(fill, 0), .at_high = 0};

    if (bracket.at_low <= room) {
        return;
    }
    bracket.high = deepest(fill);
    for (int32_t i = 0; i < count; i++) {
        const struct iss_loading *loading = &fill->loading[i];
        double nominal = (double)fill->world->stocks[i].nominal_mg;
        if (is_part(fill, i)) {
            double fill_mg = (double)(loading->need_mg - loading->mass_mg);
            narrow(fill, &bracket, (double)loading->need_mg / nominal, room);
            narrow(fill, &bracket, fill_mg / nominal, room);
        }
    }
    double below_d = bracket.high - (bracket.high - bracket.low) *
                                        (room - bracket.at_high) /
                                        (bracket.at_low - bracket.at_high);
    for (int32_t i = 0; i < count; i++) {
        if (is_part(fill, i)) {
            fill->loading[i].mass_mg = (int64_t)floor(mass_at(fill, i, below_d));
        }
    }
}

/* Load the same share of everything, so that it fits into `room`. */
static void
shrink(const struct fill *fill, double room)
{
    double sum = 0;

    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        sum += is_part(fill, i) ? (double)fill->loading[i].mass_mg : 0;
    }
    for (int32_t i = 0; i < fill->world->model->resources.count && sum > room; i++) {
        if (is_part(fill, i)) {
            double mass = (double)fill->loading[i].mass_mg * (room / sum);
            fill->loading[i].mass_mg = (int64_t)floor(mass);
        }
    }
}

/* The room for a class (-1: for everything) that what comes first has left. */
static double
room_left(const struct fill *fill)
{
    double room = iss_flight_room_mg(fill->world, fill->flight, fill->cargo);

    if (fill->first || !fill->swapped) {
        return fmax(0, room);
    }
    const struct fill others = {fill->world, fill->loading, fill->flight,
                                fill->cargo, true,          true};
    for (int32_t i = 0; i < fill->world->model->resources.count; i++) {
        room -= is_part(&others, i) ? (double)fill->loading[i].mass_mg : 0;
    }
    return fmax(0, room);
}

/* Fit what comes first, or the rest, into the vehicle. */
static void
fit_all(const struct iss_world *world, int32_t flight, struct iss_loading *loading,
        bool first, bool swapped, void (*how)(const struct fill *fill, double room))
{
    for (int32_t cargo = 0; cargo < world->model->cargo.count; cargo++) {
        const struct fill fill = {world, loading, flight, cargo, first, swapped};
        how(&fill, room_left(&fill));
    }
    const struct fill fill = {world, loading, flight, -1, first, swapped};
    how(&fill, room_left(&fill));
}

/* ---- what is wanted -------------------------------------------------------------- */

/* What is missing to its target, with what is on its way; 0 when nothing brings it. */
static int64_t
missing(const struct iss_world *world, int32_t resource)
{
    int64_t target = world->stocks[resource].target_mg;
    int64_t there =
        iss_stock_level_mg(world, resource) + iss_cargo_coming_mg(world, resource);
    bool brought =
        target >= 0 && iss_model_resource(world->model, resource)->cargo >= 0;

    return brought && target > there ? target - there : 0;
}

/* Whether anything comes first, which is then wanted up to its target. */
static bool
put_first(const struct iss_world *world, struct iss_loading *loading)
{
    bool any = false;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        loading[i].first =
            iss_stock_acts(world, i, ISS_RESERVE_SWAP) && missing(world, i) > 0;
        if (loading[i].first) {
            int64_t wants = missing(world, i), had = loading[i].mass_mg;
            loading[i].need_mg = loading[i].mass_mg = wants > had ? wants : had;
            any = true;
        }
    }
    return any;
}

void
iss_policy_manifest(const struct iss_world *world, int32_t flight,
                    struct iss_loading *loading)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    bool carries = iss_vehicle_carries(vehicle);
    bool given = plan != NULL && plan->manifest.items != NULL;
    bool automatic = !given && world->model->policy.manifest == ISS_MANIFEST_AUTO;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        int64_t needs = carries && automatic ? missing(world, i) : 0;
        loading[i] = (struct iss_loading){needs, needs, false};
    }
    if (given) {
        take_over(world, &plan->manifest, loading);
    }
    bool swapped = carries && put_first(world, loading);
    if (swapped) {
        fit_all(world, flight, loading, true, true, fit);
    }
    if (carries && automatic) {
        fit_all(world, flight, loading, false, swapped, fit);
    } else if (swapped || iss_flight_spares_mg(world, flight, -1) > 0) {
        fit_all(world, flight, loading, false, swapped, shrink);
    }
}
