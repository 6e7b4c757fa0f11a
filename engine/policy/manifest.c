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

/* ---- filling ------------------------------------------------------------------- */

/* What is to be loaded, and the part of it that is fitted into its room. */
struct fill {
    const struct iss_world *world;
    struct iss_loading *loading;
    int32_t flight;
    int32_t count; /* of `loading` */
    bool first;    /* of what comes before all else, or of the rest */
    bool swapped;  /* whether anything comes before all else */
    int32_t head;  /* the first of the part, the others behind it; -1 none */
    double mass;   /* of the part, as it is before it is fitted */
};

/* The part is a list that begins with `head`. */
static void
begin_part(struct fill *fill, int32_t head)
{
    fill->head = head;
    fill->mass = 0;
    for (int32_t i = head; i >= 0; i = fill->loading[i].next) {
        fill->mass += (double)fill->loading[i].mass_mg;
    }
}

/* The part is everything that is to be loaded. */
static void
join(struct fill *fill)
{
    int32_t head = -1;

    for (int32_t i = fill->count - 1; i >= 0; i--) {
        struct iss_loading *loading = &fill->loading[i];
        if (loading->mass_mg > 0 && loading->first == fill->first) {
            loading->next = head;
            head = i;
        }
    }
    begin_part(fill, head);
}

/* What is loaded of a resource that stays `below_d` days below its target. */
static double
mass_at(const struct iss_loading *loading, double below_d)
{
    double mass = (double)loading->mass_mg;
    double wanted = (double)loading->need_mg - below_d * loading->nominal_mg;

    wanted = wanted < mass ? wanted : mass;
    return wanted > 0 ? wanted : 0;
}

static double
sum_at(const struct fill *fill, double below_d)
{
    double sum = 0;

    for (int32_t i = fill->head; i >= 0; i = fill->loading[i].next) {
        sum += mass_at(&fill->loading[i], below_d);
    }
    return sum;
}

/* How far below its target the furthest is. */
static double
deepest(const struct fill *fill)
{
    double days = 0;

    for (int32_t i = fill->head; i >= 0; i = fill->loading[i].next) {
        const struct iss_loading *loading = &fill->loading[i];
        days = fmax(days, (double)loading->need_mg / loading->nominal_mg);
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

/* Load less until it fits into `room`, which it doesn't.  The line has a corner where
 * one has its fill, and where one begins to be loaded.  Nothing is loaded beyond its
 * need, so that at a depth of 0 everything is. */
static void
fit(const struct fill *fill, double room)
{
    struct bracket bracket = {.at_low = fill->mass, .high = deepest(fill)};

    for (int32_t i = fill->head; i >= 0; i = fill->loading[i].next) {
        const struct iss_loading *loading = &fill->loading[i];
        double fill_mg = (double)(loading->need_mg - loading->mass_mg);
        narrow(fill, &bracket, (double)loading->need_mg / loading->nominal_mg, room);
        narrow(fill, &bracket, fill_mg / loading->nominal_mg, room);
    }
    double below_d = bracket.high - (bracket.high - bracket.low) *
                                        (room - bracket.at_high) /
                                        (bracket.at_low - bracket.at_high);
    for (int32_t i = fill->head; i >= 0; i = fill->loading[i].next) {
        fill->loading[i].mass_mg = (int64_t)floor(mass_at(&fill->loading[i], below_d));
    }
}

/* Load the same share of everything, so that it fits into `room`. */
static void
shrink(const struct fill *fill, double room)
{
    for (int32_t i = fill->head; i >= 0; i = fill->loading[i].next) {
        double mass = (double)fill->loading[i].mass_mg * (room / fill->mass);
        fill->loading[i].mass_mg = (int64_t)floor(mass);
    }
}

/* The room for a class (-1: for everything) that what comes first has left. */
static double
room_left(const struct fill *fill, int32_t cargo)
{
    double room = iss_flight_room_mg(fill->world, fill->flight, cargo);

    for (int32_t i = 0; i < fill->count && fill->swapped && !fill->first; i++) {
        const struct iss_loading *loading = &fill->loading[i];
        bool taken = loading->first && (cargo < 0 || loading->cargo == cargo);
        room -= taken ? (double)loading->mass_mg : 0;
    }
    return fmax(0, room);
}

/* Fit the part, of class `cargo` (-1: of everything), into its room. */
static void
fit_part(const struct fill *fill, int32_t cargo,
         void (*how)(const struct fill *fill, double room))
{
    double room = fill->head < 0 ? 0 : room_left(fill, cargo);

    if (fill->mass > room) {
        how(fill, room);
    }
}

/* Fit what comes first, or the rest, into the vehicle: each class, then everything. */
static void
fit_all(struct fill *fill, bool first,
        void (*how)(const struct fill *fill, double room))
{
    fill->first = first;
    for (int32_t i = 0; i < fill->count; i++) {
        const struct iss_loading *loading = &fill->loading[i];
        if (loading->heads && loading->cargo >= 0 && loading->first == first) {
            begin_part(fill, i);
            fit_part(fill, loading->cargo, how);
        }
    }
    join(fill);
    fit_part(fill, -1, how);
}

/* ---- what is wanted -------------------------------------------------------------- */

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
    return vehicle->holds.count <= 0;
}

/* What is missing to its target, with what is on its way; 0 when nothing brings it, or
 * `vehicle` (NULL: any) has no room for it. */
static int64_t
missing(const struct iss_world *world, int32_t resource,
        const struct iss_vehicle *vehicle)
{
    int64_t target = world->stocks[resource].target_mg;
    int32_t cargo = iss_model_resource(world->model, resource)->cargo;

    if (target < 0 || cargo < 0 || (vehicle != NULL && !has_room(vehicle, cargo))) {
        return 0;
    }
    int64_t there =
        iss_stock_level_mg(world, resource) + iss_cargo_coming_mg(world, resource);
    return target > there ? target - there : 0;
}

/* What a manifest that is given has of a resource. */
static int64_t
given_of(const struct iss_world *world, const struct iss_rows *given, int32_t resource)
{
    const struct iss_load *loads = given->items;
    int64_t mass_mg = 0;

    for (int32_t i = 0; i < given->count; i++) {
        if (loads[i].resource == resource) {
            mass_mg += llround(iss_world_value(world, &loads[i].mass) * ISS_MG_PER_KG);
        }
    }
    return mass_mg;
}

/* Put so much of a resource on the list, behind those of its class, which come first
 * as it does, or don't either. */
static void
add(struct fill *fill, int32_t resource, int64_t wants, bool first)
{
    int32_t cargo = iss_model_resource(fill->world->model, resource)->cargo;
    int32_t id = fill->count++, before = id - 1;

    while (before >= 0 && (fill->loading[before].cargo != cargo ||
                           fill->loading[before].first != first)) {
        before--;
    }
    if (before >= 0) {
        fill->loading[before].next = id;
    }
    fill->swapped = fill->swapped || first;
    fill->loading[id] = (struct iss_loading){
        .need_mg = wants,
        .mass_mg = wants,
        .nominal_mg = (double)fill->world->stocks[resource].nominal_mg,
        .resource = resource,
        .cargo = cargo,
        .next = -1,
        .heads = before < 0,
        .first = first,
    };
}

/* List what is wanted of each resource: of what comes first up to its target, of the
 * rest what a manifest says, or without one (NULL) the policy. */
static void
list(struct fill *fill, const struct iss_vehicle *vehicle, const struct iss_rows *given)
{
    const struct iss_world *world = fill->world;
    bool carries = iss_vehicle_carries(vehicle);
    bool by_need =
        carries && given == NULL && world->model->policy.manifest == ISS_MANIFEST_AUTO;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        bool first = carries && world->stocks[i].low != 0 &&
                     iss_stock_acts(world, i, ISS_RESERVE_SWAP);
        int64_t wants = given != NULL ? given_of(world, given, i) : 0;
        int64_t lacks =
            first || by_need ? missing(world, i, given != NULL ? NULL : vehicle) : 0;

        wants = lacks > wants ? lacks : wants;
        if (wants > 0) {
            add(fill, i, wants, first && lacks > 0);
        }
    }
}

int32_t
iss_policy_manifest(const struct iss_world *world, int32_t flight,
                    struct iss_loading *loading)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, flight);
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    bool is_given = plan != NULL && plan->manifest.items != NULL;
    struct fill fill = {
        .world = world, .loading = loading, .flight = flight, .head = -1};

    list(&fill, vehicle, is_given ? &plan->manifest : NULL);
    if (fill.swapped) {
        fit_all(&fill, true, fit);
    }
    if (!is_given && world->model->policy.manifest == ISS_MANIFEST_AUTO) {
        fit_all(&fill, false, fit);
    } else if (fill.swapped || iss_flight_spares_mg(world, flight, -1) > 0) {
        fit_all(&fill, false, shrink);
    }
    return fill.count;
}
