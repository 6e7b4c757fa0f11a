/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_resources.c - stocks, what makes and uses them, and what brings them.
 */
#include <math.h>
#include <stdio.h>

#include "model/checker.h"
#include "model/resources.h"

/* ---- thresholds ---------------------------------------------------------------- */

static void
check_reserve(const struct iss_checker *checker, const struct iss_resource *resource,
              int32_t row)
{
    const struct iss_reserve *reserves = resource->reserve.items;
    const struct iss_reserve *self = &reserves[row];
    char setting[48];

    snprintf(setting, sizeof setting, "reserve[%d].days", (int)row);
    if (self->days.fixed <= 0) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "must be above 0; got %g; hint: that it has run out is told "
                           "anyway",
                           self->days.fixed);
    }
    for (int32_t i = 0; i < row; i++) {
        if (reserves[i].days.fixed == self->days.fixed) {
            iss_checker_report(checker, "resources", &resource->entity, setting,
                               "there is one at %g d already", self->days.fixed);
        }
    }
    snprintf(setting, sizeof setting, "reserve[%d].restored", (int)row);
    if (self->restored.fixed <= self->days.fixed) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "must be more than days; got %g; allowed above %g d",
                           self->restored.fixed, self->days.fixed);
    }
    snprintf(setting, sizeof setting, "reserve[%d].factor", (int)row);
    if (self->action == ISS_RESERVE_RATION && self->factor.uncertain < 0 &&
        self->factor.fixed == 1) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "must be below 1 for a ration; got 1");
    } else if (self->action == ISS_RESERVE_SWAP && isnan(resource->target.fixed)) {
        snprintf(setting, sizeof setting, "reserve[%d].action", (int)row);
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "swaps manifests, which needs a target: up to what");
    } else if (self->action != ISS_RESERVE_RATION && self->factor.fixed < 1) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "only a ration has one; got %g; hint: action = \"ration\"",
                           self->factor.fixed);
    }
}

static void
check_thresholds(const struct iss_checker *checker, const struct iss_resource *resource)
{
    if (resource->reserve.count > ISS_MAX_RESERVES) {
        iss_checker_report(checker, "resources", &resource->entity, "reserve",
                           "%d thresholds; allowed %d", (int)resource->reserve.count,
                           ISS_MAX_RESERVES);
    }
    for (int32_t i = 0; i < resource->reserve.count; i++) {
        check_reserve(checker, resource, i);
    }
}

/* What counts in days of nominal use needs some. */
static void
check_nominal(const struct iss_checker *checker, const struct iss_resource *resource)
{
    bool survival = !isnan(resource->survival.fixed);
    bool counts =
        resource->reserve.count > 0 || !isnan(resource->target.fixed) || survival;
    const char *setting = resource->reserve.count > 0      ? "reserve"
                          : !isnan(resource->target.fixed) ? "target"
                                                           : "survival";

    if (!counts) {
        return;
    }
    if (resource->per_person.fixed > 0 && resource->nominal_crew == 0) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "counts in days of nominal use; nominal_crew is missing");
    } else if (iss_resource_nominal(resource) <= 0) {
        iss_checker_report(checker, "resources", &resource->entity, setting,
                           "counts in days of nominal use, and nobody uses any; hint: "
                           "per_person or use");
    }
}

/* ---- what brings it ------------------------------------------------------------ */

/* Whether a vehicle of the scenario's flights carries the class. */
static bool
is_carried(const struct iss_model *model, int32_t cargo)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        int32_t vehicle = iss_model_flight_plan(model, i)->vehicle;
        if (vehicle >= 0 &&
            iss_vehicle_takes(iss_model_vehicle(model, vehicle), cargo) > 0) {
            return true;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        int32_t vehicle = iss_model_cadence(model, i)->vehicle;
        if (vehicle >= 0 &&
            iss_vehicle_takes(iss_model_vehicle(model, vehicle), cargo) > 0) {
            return true;
        }
    }
    return false;
}

static void
check_transport(const struct iss_checker *checker, const struct iss_resource *resource)
{
    const struct iss_model *model = checker->model;

    if (isnan(resource->target.fixed) || model->policy.manifest != ISS_MANIFEST_AUTO) {
        return;
    }
    if (resource->cargo < 0) {
        if (!iss_checker_says(&resource->entity, "class")) {
            iss_checker_report(checker, "resources", &resource->entity, "target",
                               "can't be kept: class is missing, so that no vehicle "
                               "brings any");
        }
    } else if (!is_carried(model, resource->cargo)) {
        iss_checker_warn(
            checker, "resources", &resource->entity, "class",
            "no vehicle that flies carries cargo of this class; got \"%s\"; "
            "hint: vehicles.X.cargo",
            model->cargo.at[resource->cargo]);
    }
}

/* What is aimed at that there is no room for is never reached. */
static void
check_target(const struct iss_checker *checker, const struct iss_resource *resource)
{
    double target_kg = resource->target.fixed * iss_resource_nominal(resource);

    if (checker->model->policy.manifest == ISS_MANIFEST_AUTO &&
        target_kg > resource->capacity.fixed) {
        iss_checker_warn(checker, "resources", &resource->entity, "target",
                         "is more than there is room for; got %g d, which are %g kg; "
                         "capacity is %g kg",
                         resource->target.fixed, target_kg, resource->capacity.fixed);
    }
}

static bool
is_taken_down(const struct iss_model *model, int32_t cargo)
{
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_rows *takes = &iss_model_vehicle(model, i)->takes;
        const struct iss_hold *holds = takes->items;
        for (int32_t k = 0; k < takes->count; k++) {
            if (holds[k].cargo == cargo) {
                return true;
            }
        }
    }
    return false;
}

static void
check_way_down(const struct iss_checker *checker, const struct iss_resource *resource)
{
    if (resource->down >= 0 && !is_taken_down(checker->model, resource->down)) {
        iss_checker_warn(checker, "resources", &resource->entity, "down",
                         "no vehicle takes this class away; got \"%s\"; hint: "
                         "vehicles.X.cargo_down",
                         checker->model->cargo.at[resource->down]);
    }
}

static void
check_resource(const struct iss_checker *checker, int32_t id)
{
    const struct iss_resource *resource = iss_model_resource(checker->model, id);

    if (resource->stock.fixed > resource->capacity.fixed) {
        iss_checker_report(checker, "resources", &resource->entity, "stock",
                           "is more than the station holds; got %g kg; allowed %g kg",
                           resource->stock.fixed, resource->capacity.fixed);
    }
    if (resource->users >= 0 && resource->per_person.fixed == 0 &&
        resource->per_person.uncertain < 0) {
        iss_checker_report(checker, "resources", &resource->entity, "users",
                           "nobody uses any: per_person is 0");
    }
    check_thresholds(checker, resource);
    check_nominal(checker, resource);
    check_transport(checker, resource);
    check_target(checker, resource);
    check_way_down(checker, resource);
}

/* ---- production ---------------------------------------------------------------- */

/* What a production consumes or yields, in the setting `name`. */
static void
check_inputs(const struct iss_checker *checker, const struct iss_production *self,
             const struct iss_rows *rows, const char *name)
{
    const struct iss_model *model = checker->model;
    const struct iss_consumption *inputs = rows->items;
    char setting[48];

    for (int32_t i = 0; i < rows->count; i++) {
        snprintf(setting, sizeof setting, "%s[%d].amount", name, (int)i);
        if (inputs[i].amount.fixed == 0) {
            iss_checker_report(checker, "production", &self->entity, setting,
                               "must be above 0; got 0; hint: leave the row out");
        }
        for (int32_t k = 0; k < i; k++) {
            if (inputs[k].resource >= 0 && inputs[k].resource == inputs[i].resource) {
                iss_checker_report(
                    checker, "production", &self->entity, setting, "%s is named twice",
                    iss_model_resource(model, inputs[i].resource)->entity.id);
            }
        }
    }
}

/* What comes of it besides is neither its product nor what it is made of. */
static void
check_yields(const struct iss_checker *checker, const struct iss_production *self)
{
    const struct iss_consumption *yields = self->yields.items,
                                 *inputs = self->consumes.items;
    char setting[48];

    for (int32_t i = 0; i < self->yields.count; i++) {
        bool known = yields[i].resource >= 0 && yields[i].resource == self->resource;
        for (int32_t k = 0; k < self->consumes.count; k++) {
            known = known || (yields[i].resource >= 0 &&
                              yields[i].resource == inputs[k].resource);
        }
        snprintf(setting, sizeof setting, "yields[%d].resource", (int)i);
        if (known) {
            iss_checker_report(
                checker, "production", &self->entity, setting,
                "is what it makes, or consumes, already; got \"%s\"",
                iss_model_resource(checker->model, yields[i].resource)->entity.id);
        }
    }
}

static void
check_production(const struct iss_checker *checker, int32_t id)
{
    const struct iss_production *self = iss_model_production(checker->model, id);

    if (self->per_person.fixed == 0 && self->per_day.fixed == 0) {
        iss_checker_warn(checker, "production", &self->entity, "",
                         "makes nothing: per_person or per_day is missing");
    }
    check_inputs(checker, self, &self->consumes, "consumes");
    check_inputs(checker, self, &self->yields, "yields");
    check_yields(checker, self);
}

static void
check_transfer(const struct iss_checker *checker, int32_t id)
{
    const struct iss_transfer *self = iss_model_transfer(checker->model, id);

    if (self->from >= 0 && self->from == self->to) {
        iss_checker_report(checker, "transfers", &self->entity, "to",
                           "is where it comes from; got \"%s\"",
                           iss_model_resource(checker->model, self->to)->entity.id);
    }
    if (self->to < 0) {
        return;
    }
    const struct iss_resource *to = iss_model_resource(checker->model, self->to);
    if (self->level.fixed > to->capacity.fixed) {
        iss_checker_warn(
            checker, "transfers", &self->entity, "level",
            "is more than there is room for; got %g kg; the capacity of %s "
            "is %g kg",
            self->level.fixed, to->entity.id, to->capacity.fixed);
    }
}

/* Whether one of those not yet `placed` makes what production `id` consumes. */
static bool
is_fed_later(const struct iss_model *model, int32_t id, const bool *placed)
{
    for (int32_t i = 0; i < model->production.count; i++) {
        if (!placed[i] && iss_production_feeds(iss_model_production(model, i),
                                               iss_model_production(model, id))) {
            return true;
        }
    }
    return false;
}

/* Take away, again and again, what nothing left feeds: a circle stays. */
static void
check_circles(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    int32_t count = model->production.count;
    bool placed[ISS_MAX_PRODUCTION] = {false};

    for (int32_t pass = 0; pass < count; pass++) {
        for (int32_t i = 0; i < count; i++) {
            placed[i] = placed[i] || !is_fed_later(model, i, placed);
        }
    }
    for (int32_t i = 0; i < count; i++) {
        if (!placed[i]) {
            iss_checker_report(checker, "production",
                               &iss_model_production(model, i)->entity, "consumes",
                               "what is made comes round to where it is made of");
            return;
        }
    }
}

/* ---- vehicles and manifests ---------------------------------------------------- */

static void
check_holds(const struct iss_checker *checker, const struct iss_vehicle *vehicle,
            const struct iss_rows *rows, const char *name)
{
    const struct iss_hold *holds = rows->items;
    char setting[48];

    for (int32_t i = 0; i < rows->count; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (holds[i].cargo >= 0 && holds[k].cargo == holds[i].cargo) {
                snprintf(setting, sizeof setting, "%s[%d].class", name, (int)i);
                iss_checker_report(checker, "vehicles", &vehicle->entity, setting,
                                   "%s is named twice",
                                   checker->model->cargo.at[holds[i].cargo]);
            }
        }
    }
}

/* What is loaded of one class, or of all with -1. */
static double
loaded(const struct iss_model *model, const struct iss_rows *manifest, int32_t cargo)
{
    const struct iss_load *loads = manifest->items;
    double mass = 0;

    for (int32_t i = 0; i < manifest->count; i++) {
        int32_t of = loads[i].resource < 0
                         ? -1
                         : iss_model_resource(model, loads[i].resource)->cargo;
        mass += cargo < 0 || of == cargo ? loads[i].mass.fixed : 0;
    }
    return mass;
}

/* Rounding aside. */
static bool
is_over(double mass, double allowed)
{
    return mass > allowed * (1 + 1e-12);
}

static void
check_manifest(const struct iss_checker *checker, const char *set,
               const struct iss_entity *entity, int32_t vehicle,
               const struct iss_rows *manifest)
{
    const struct iss_model *model = checker->model;
    const struct iss_load *loads = manifest->items;
    char setting[48];

    for (int32_t i = 0; i < manifest->count && vehicle >= 0; i++) {
        const struct iss_vehicle *ship = iss_model_vehicle(model, vehicle);
        if (loads[i].resource < 0) {
            continue; /* said already */
        }
        const struct iss_resource *resource =
            iss_model_resource(model, loads[i].resource);
        double mass = loaded(model, manifest, resource->cargo),
               all = loaded(model, manifest, -1);
        double takes =
            resource->cargo < 0 ? 0 : iss_vehicle_takes(ship, resource->cargo);
        snprintf(setting, sizeof setting, "manifest[%d]", (int)i);
        if (resource->cargo < 0) {
            iss_checker_report(checker, set, entity, setting,
                               "resources.%s has no class, so that nothing brings it",
                               resource->entity.id);
        } else if (is_over(mass, takes)) {
            iss_checker_report(
                checker, set, entity, setting,
                "more %s cargo than %s carries; got %g kg; allowed %g kg",
                model->cargo.at[resource->cargo], ship->entity.id, mass, takes);
        } else if (i == 0 && is_over(all, iss_vehicle_takes(ship, -1))) {
            iss_checker_report(checker, set, entity, "manifest",
                               "more cargo than %s carries; got %g kg; allowed %g kg",
                               ship->entity.id, all, iss_vehicle_takes(ship, -1));
        }
    }
}

void
iss_check_resources(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        check_resource(checker, i);
    }
    for (int32_t i = 0; i < model->production.count; i++) {
        check_production(checker, i);
    }
    for (int32_t i = 0; i < model->transfers.count; i++) {
        check_transfer(checker, i);
    }
    if (model->production.count <= ISS_MAX_PRODUCTION) {
        check_circles(checker);
    } else {
        iss_checker_report(checker, "production",
                           &iss_model_production(model, 0)->entity, "",
                           "%d things are made; allowed %d",
                           (int)model->production.count, ISS_MAX_PRODUCTION);
    }
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        check_holds(checker, vehicle, &vehicle->holds, "cargo");
        check_holds(checker, vehicle, &vehicle->takes, "cargo_down");
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        check_manifest(checker, "flights", &plan->entity, plan->vehicle,
                       &plan->manifest);
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        check_manifest(checker, "cadence", &rule->entity, rule->vehicle,
                       &rule->manifest);
    }
}
