/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - sense, after form: the checks that compare one setting with another.
 */
#include "model/check.h"

#include <stdio.h>

#include "model/checker.h"

#define MOST_EVENTS 1e9 /* in the mean, a replication */

/* Where the scenario's setting `name` stands. */
static struct iss_origin
scenario_origin(const struct iss_model *model, const char *name)
{
    const struct iss_node *group = iss_node_child(model->source.root, "scenario");
    const struct iss_node *setting = group ? iss_node_child(group, name) : NULL;
    const struct iss_node *node = setting ? setting : group;
    return node ? node->origin : (struct iss_origin){model->source.main_path, 0};
}

static void
check_scenario(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    const struct iss_scenario *scenario = &model->scenario;
    char a[32], b[32], c[32];

    if (scenario->end_us == ISS_NO_TIME) {
        return; /* said already */
    }
    if (scenario->end_us <= 0) {
        iss_diag_error(checker->diag, scenario_origin(model, "end"), "scenario.end",
                       "must come after the start; got %s with the start at %s",
                       iss_checker_date(checker, scenario->end_us, a),
                       iss_checker_date(checker, 0, b));
    } else if (scenario->mode == ISS_MODE_FORECAST &&
               (scenario->forecast_from_us < 0 ||
                scenario->forecast_from_us > scenario->end_us)) {
        iss_diag_error(checker->diag, scenario_origin(model, "forecast_from"),
                       "scenario.forecast_from",
                       "must lie between start and end; got %s; allowed %s to %s",
                       iss_checker_date(checker, scenario->forecast_from_us, a),
                       iss_checker_date(checker, 0, b),
                       iss_checker_date(checker, scenario->end_us, c));
    }
}

static void
check_ports(const struct iss_checker *checker)
{
    for (int32_t i = 0; i < checker->model->ports.count; i++) {
        const struct iss_port *port = iss_model_port(checker->model, i);
        char a[32], b[32];
        if (port->until_us <= port->from_us) {
            iss_checker_report(checker, "ports", &port->entity, "until",
                               "must come after from; got %s; allowed after %s",
                               iss_checker_date(checker, port->until_us, a),
                               iss_checker_date(checker, port->from_us, b));
        }
    }
}

static void
check_segments(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    if (model->segments.count > ISS_MAX_SEGMENTS) {
        iss_checker_report(checker, "ports",
                           &iss_model_port(model, model->ports.count - 1)->entity,
                           "segment", "the ports name %d segments; allowed %d",
                           (int)model->segments.count, ISS_MAX_SEGMENTS);
    }
}

static void
check_vehicle(const struct iss_checker *checker, int32_t id)
{
    const struct iss_vehicle *vehicle = iss_model_vehicle(checker->model, id);

    if (vehicle->role == ISS_ROLE_CREW && vehicle->seats == 0 &&
        iss_checker_reads(&vehicle->entity, "seats")) {
        iss_checker_report(checker, "vehicles", &vehicle->entity, "seats",
                           "a crew vehicle needs seats; got 0");
    }
    if (vehicle->role == ISS_ROLE_CARGO &&
        vehicle->seats + vehicle->emergency_seats > 0) {
        iss_checker_report(
            checker, "vehicles", &vehicle->entity,
            vehicle->seats > 0 ? "seats" : "emergency_seats",
            "a cargo vehicle has no seats; got %d; allowed 0",
            (int)(vehicle->seats > 0 ? vehicle->seats : vehicle->emergency_seats));
    }
    for (int32_t i = 0; i < vehicle->ports.count; i++) {
        char setting[32];
        snprintf(setting, sizeof setting, "ports[%d]", (int)i);
        iss_checker_port(checker, "vehicles", &vehicle->entity, setting, id,
                         vehicle->ports.at[i]);
    }
}

/* How many events the plan alone may make: tries to dock go on until one succeeds or
 * the vehicle may fly no longer. */
static void
check_rates(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        double by_hand = vehicle->manual.fixed, tries;
        double success = by_hand * vehicle->manual_success.fixed +
                         (1 - by_hand) * vehicle->docking_success.fixed;
        double mean_d =
            vehicle->docking_retry != NULL ? iss_dist_mean(vehicle->docking_retry) : 0;
        int64_t life_us = vehicle->free_flight_life_us < model->scenario.end_us
                              ? vehicle->free_flight_life_us
                              : model->scenario.end_us;

        if (mean_d <= 0 || life_us <= 0) {
            continue;
        }
        tries = iss_days_from_us(life_us) / mean_d;
        tries = success > 0 && 1 / success < tries ? 1 / success : tries;
        if (success < 1 && tries > MOST_EVENTS) {
            iss_checker_report(
                checker, "vehicles", &vehicle->entity, "docking_retry",
                "would make %.1g tries to dock a flight; got %g d in the mean with a "
                "docking_success of %g, manual ones counted; allowed 1e9 events a "
                "replication",
                tries, mean_d, success);
        }
    }
}

/* ---- the study ----------------------------------------------------------------- */

static void
report_study(const struct iss_checker *checker, const char *name, const char *problem,
             double got)
{
    char path[64];
    const struct iss_node *group = iss_node_child(checker->model->source.root, "study");
    const struct iss_node *setting = group ? iss_node_child(group, name) : NULL;

    if (setting != NULL) {
        snprintf(path, sizeof path, "study.%s", name);
        iss_diag_error(checker->diag, setting->origin, path, "%s; got %.15g", problem,
                       got);
    }
}

static void
check_study(const struct iss_checker *checker)
{
    const struct iss_study_plan *study = &checker->model->study;

    if (study->confidence.uncertain >= 0) {
        report_study(checker, "confidence", "can't be uncertain itself",
                     study->confidence.fixed);
    }
    if (study->confidence.fixed == 0 || study->confidence.fixed == 1) {
        report_study(checker, "confidence",
                     "must lie between 0 and 1, and be neither: no interval is sure, "
                     "or surely wrong",
                     study->confidence.fixed);
    }
    if (study->block >= 1 && study->block <= 1024 &&
        (study->block & (study->block - 1)) != 0) {
        report_study(checker, "block",
                     "must divide 1024, as 1, 2, 4 ... 1024 do, or be 0",
                     (double)study->block);
    }
}

/* ---- the rest ------------------------------------------------------------------ */

/* Whether the failure may happen to a vehicle of this type, by chance or by force, and
 * leaves it without a safe way home. */
static bool
makes_unsafe(const struct iss_model *model, int32_t failure, int32_t vehicle)
{
    const struct iss_failure_mode *mode = iss_model_failure_mode(model, failure);
    const struct iss_effect *effects = mode->effects.items;
    bool happens = mode->life != NULL || mode->per != ISS_PER_TIME, unsafe = false;

    for (int32_t i = 0; i < mode->effects.count; i++) {
        unsafe |= effects[i].kind <= ISS_EFFECT_VEHICLE_LOST;
    }
    for (int32_t i = 0; i < model->events.count; i++) {
        const struct iss_forced *forced = iss_model_forced(model, i);
        happens |= forced->what == ISS_FORCED_FAILURE && forced->failure == failure &&
                   forced->flight >= 0 &&
                   iss_model_flight_plan(model, forced->flight)->vehicle == vehicle;
    }
    return happens && unsafe && iss_ids_have(&mode->vehicles, vehicle);
}

/* A policy that calls up replacements and finds none that may be called up is rather a
 * forgotten setting than a wish. */
static void
check_call_up(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_vehicle *vehicle = iss_model_vehicle(model, id);

    if (!model->policy.call_up || model->policy.make_room ||
        model->scenario.mode == ISS_MODE_REPLAY || vehicle->role != ISS_ROLE_CREW ||
        iss_checker_says(&vehicle->entity, "call_up_lead")) {
        return;
    }
    for (int32_t i = 0; i < model->failures.count; i++) {
        if (makes_unsafe(model, i, id)) {
            iss_checker_warn(checker, "vehicles", &vehicle->entity, "",
                             "call_up_lead is missing, so that no replacement can be "
                             "called up after the failure %s; add it, or set "
                             "policy.call_up to false",
                             iss_model_failure_mode(model, i)->entity.id);
            return;
        }
    }
}

/* A cargo vehicle that nothing ever sends away keeps its port to the end. */
static void
check_end_of_stay(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_vehicle *vehicle = iss_model_vehicle(model, id);

    if (vehicle->role != ISS_ROLE_CARGO || model->scenario.mode == ISS_MODE_REPLAY ||
        iss_checker_says(&vehicle->entity, "stay") ||
        iss_checker_says(&vehicle->entity, "certified_life") ||
        iss_checker_is_to_stay(model, id)) {
        return;
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (plan->vehicle == id && !iss_checker_says(&plan->entity, "undock") &&
            !iss_checker_says(&plan->entity, "as_flown.undock") &&
            plan->flown.outcome == ISS_FLOWN_WELL) {
            iss_checker_warn(checker, "vehicles", &vehicle->entity, "",
                             "stay is missing, so that %s keeps its port for ever; add "
                             "it, or an undock to the flight",
                             plan->entity.id);
            return;
        }
    }
}

static void
check_measure(const struct iss_checker *checker, const struct iss_measure *measure)
{
    bool of_person = measure->measure == ISS_MEASURE_STAY ||
                     measure->measure == ISS_MEASURE_DOCKED_STAY;
    if (measure->measure < 0) {
        return; /* said already */
    }
    if (of_person && !iss_checker_says(&measure->entity, "person")) {
        iss_checker_report(checker, "metrics", &measure->entity, "", "needs a person");
    }
    bool of_metric = measure->measure == ISS_MEASURE_EXCEEDS;
    if (of_metric && !iss_checker_says(&measure->entity, "metric")) {
        iss_checker_report(checker, "metrics", &measure->entity, "", "needs a metric");
    }
    if (!of_person && !of_metric && !iss_checker_says(&measure->entity, "flight")) {
        iss_checker_report(checker, "metrics", &measure->entity, "", "needs a flight");
    }
}

void
iss_model_check(const struct iss_model *model, struct iss_diag *diag)
{
    const struct iss_checker checker = {model, diag};

    check_scenario(&checker);
    check_study(&checker);
    check_ports(&checker);
    check_segments(&checker);
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        check_vehicle(&checker, i);
        check_call_up(&checker, i);
        check_end_of_stay(&checker, i);
        iss_check_seats(&checker, i);
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        iss_check_flight(&checker, i);
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        iss_check_cadence(&checker, i);
    }
    iss_check_berths(&checker);
    iss_check_reliefs(&checker);
    iss_check_people(&checker);
    iss_check_crews(&checker);
    check_rates(&checker);
    iss_check_launch(&checker);
    iss_check_docking(&checker);
    iss_check_eva(&checker);
    iss_check_programme(&checker);
    iss_check_failures(&checker);
    iss_check_upkeep(&checker);
    iss_check_medical(&checker);
    iss_check_resources(&checker);
    iss_check_orbit(&checker);
    for (int32_t i = 0; i < model->events.count; i++) {
        iss_check_forced(&checker, iss_model_forced(model, i));
    }
    for (int32_t i = 0; i < model->metrics.count; i++) {
        check_measure(&checker, iss_model_measure(model, i));
    }
}
