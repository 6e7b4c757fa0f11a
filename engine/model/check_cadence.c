/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_cadence.c - rules that make flights: whether they make any, whether these end,
 * and whether their people have seats.
 */
#include <string.h>

#include "model/cadence.h"
#include "model/checker.h"

static bool
check_interval(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    double least, greatest;

    if (rule->interval == NULL) {
        return false; /* said already */
    }
    iss_dist_bounds(rule->interval, &least, &greatest);
    if (least <= 0) {
        iss_checker_report(
            checker, "cadence", &rule->entity, "interval",
            "must take time: two flights can't be planned for one moment; "
            "got %g d at the least; allowed above 0",
            least);
    }
    return least > 0;
}

static void
check_dates(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_scenario *scenario = &checker->model->scenario;
    int64_t from_us = scenario->forecast_from_us;
    char a[32], b[32];

    if (rule->first_us == ISS_NO_TIME || scenario->end_us == ISS_NO_TIME) {
        return; /* said already */
    }
    if (rule->until_us < rule->first_us) {
        iss_checker_report(checker, "cadence", &rule->entity, "until",
                           "comes before first; got %s; allowed from %s on",
                           iss_checker_date(checker, rule->until_us, a),
                           iss_checker_date(checker, rule->first_us, b));
    }
    if (scenario->mode != ISS_MODE_FORECAST) {
        return; /* a replay makes no flights */
    }
    if (rule->first_us < from_us) {
        iss_checker_report(
            checker, "cadence", &rule->entity, "first",
            "comes before the forecast begins, which the record covers; got "
            "%s; allowed from %s on",
            iss_checker_date(checker, rule->first_us, a),
            iss_checker_date(checker, from_us, b));
        return;
    }
    double room =
        check_interval(checker, rule) ? iss_cadence_room(checker->model, rule) : 0;
    if (room > ISS_CADENCE_MOST) {
        iss_checker_report(checker, "cadence", &rule->entity, "interval",
                           "may make %.3g flights; allowed %d of one rule", room,
                           ISS_CADENCE_MOST);
    }
}

static void
check_skip(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    for (int32_t i = 0; i < rule->skip.count; i++) {
        if (strcmp(rule->skip.at[i], "full") != 0 &&
            strcmp(rule->skip.at[i], "grounded") != 0) {
            iss_checker_report(
                checker, "cadence", &rule->entity, "skip",
                "\"%s\" is no reason to skip a launch; allowed \"full\", "
                "\"grounded\"",
                rule->skip.at[i]);
        }
    }
}

/* ---- people -------------------------------------------------------------------- */

static void
check_crew(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_vehicle *vehicle =
        iss_model_vehicle(checker->model, rule->vehicle);
    const struct iss_crew_place *places = rule->crew.items;
    int64_t people = 0;

    for (int32_t i = 0; i < rule->crew.count; i++) {
        people += iss_place_applies(checker->model, &places[i]) ? places[i].count : 0;
    }
    if (people > vehicle->seats && vehicle->role >= 0 &&
        iss_checker_reads(&vehicle->entity, "seats")) {
        iss_checker_report(
            checker, "cadence", &rule->entity, "crew",
            "more people than seats; got %d; allowed %d, the seats of %s", (int)people,
            (int)vehicle->seats, vehicle->entity.id);
    }
    if (vehicle->role == ISS_ROLE_CREW && !iss_checker_says(&rule->entity, "crew")) {
        iss_checker_warn(checker, "cadence", &rule->entity, "",
                         "crew is missing, so that %s flies without people; add it, or "
                         "crew = ( ) if that is meant",
                         vehicle->entity.id);
    }
    if (people == 0 && (rule->relieves >= 0 || rule->visiting)) {
        iss_checker_report(checker, "cadence", &rule->entity,
                           rule->visiting ? "visiting" : "relieves",
                           "needs a crew: nobody flies in this rule's flights");
    }
}

/* Another relief of the flight that the rule's first one relieves; NULL without. */
static const char *
other_relief(const struct iss_model *model, const struct iss_cadence *rule)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (plan->relieves == rule->relieves) {
            return plan->entity.id;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *other = iss_model_cadence(model, i);
        if (other < rule && other->relieves == rule->relieves) {
            return other->entity.id;
        }
    }
    return NULL;
}

/* Nobody is relieved before they are there. */
static void
check_order(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_flight_plan *relieved =
        iss_model_flight_plan(checker->model, rule->relieves);
    int64_t launch_us = relieved->launch_us;
    char a[32], b[32];

    if (launch_us == ISS_NO_TIME || launch_us == ISS_NEVER ||
        rule->first_us == ISS_NO_TIME || rule->first_us > launch_us) {
        return;
    }
    iss_checker_report(
        checker, "cadence", &rule->entity, "first",
        "comes before the launch of %s, which its crew relieves; got %s; "
        "allowed after %s",
        relieved->entity.id, iss_checker_date(checker, rule->first_us, a),
        iss_checker_date(checker, launch_us, b));
}

static void
check_relief(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_model *model = checker->model;
    const char *other = rule->relieves < 0 ? NULL : other_relief(model, rule);

    if (other != NULL) {
        iss_checker_report(checker, "cadence", &rule->entity, "relieves",
                           "%s already relieves %s", other,
                           iss_model_flight_plan(model, rule->relieves)->entity.id);
    }
    if (rule->relieves >= 0) {
        check_order(checker, rule);
    }
    if (rule->relieves >= 0 && rule->visiting) {
        iss_checker_report(checker, "cadence", &rule->entity, "visiting",
                           "a short visit relieves nobody; got relieves = \"%s\"",
                           iss_model_flight_plan(model, rule->relieves)->entity.id);
    } else if (rule->relieves >= 0 && rule->handover == ISS_INDIRECT) {
        iss_checker_report(checker, "cadence", &rule->entity, "handover",
                           "indirect crews relieve nobody; got relieves = \"%s\"",
                           iss_model_flight_plan(model, rule->relieves)->entity.id);
    }
}

/* A rule goes on from one that ends, both with crews, and no other does. */
static void
check_after(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_cadence *rule = iss_model_cadence(model, id);

    if (rule->after < 0) {
        return;
    }
    const struct iss_cadence *before = iss_model_cadence(model, rule->after);
    if (before->until_us == ISS_NEVER || before->until_us >= rule->first_us) {
        iss_checker_report(checker, "cadence", &rule->entity, "after",
                           "%s doesn't end before this rule begins; add until to it",
                           before->entity.id);
    } else if (rule->crew.count <= 0 || before->crew.count <= 0 || rule->visiting ||
               before->visiting) {
        iss_checker_report(checker, "cadence", &rule->entity, "after",
                           "needs crews that stay, in both rules");
    }
    if (rule->relieves >= 0) {
        iss_checker_report(checker, "cadence", &rule->entity, "relieves",
                           "its first crew relieves the last one of %s already",
                           before->entity.id);
    }
    for (int32_t i = 0; i < id; i++) {
        if (iss_model_cadence(model, i)->after == rule->after) {
            iss_checker_report(checker, "cadence", &rule->entity, "after",
                               "%s already goes on from %s",
                               iss_model_cadence(model, i)->entity.id,
                               before->entity.id);
            return;
        }
    }
}

/* ---- how a flight ends --------------------------------------------------------- */

/* Flights that nothing ever sends away fill the ports. */
static void
check_stay(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_vehicle *vehicle =
        iss_model_vehicle(checker->model, rule->vehicle);
    bool relieved =
        rule->crew.count > 0 && !rule->visiting && rule->handover == ISS_DIRECT;

    if (relieved && rule->until_us == ISS_NEVER &&
        checker->model->programme.count == 0 &&
        iss_checker_says(&rule->entity, "stay")) {
        iss_checker_warn(checker, "cadence", &rule->entity, "stay",
                         "is without effect: each crew stays until the next has come; "
                         "add handover = \"indirect\" if it is to leave by itself");
    }
    if (relieved || iss_checker_says(&rule->entity, "stay") ||
        iss_checker_says(&vehicle->entity, "stay") ||
        iss_checker_says(&vehicle->entity, "certified_life") ||
        iss_checker_is_to_stay(checker->model, rule->vehicle)) {
        return;
    }
    iss_checker_warn(
        checker, "cadence", &rule->entity, "",
        "stay is missing, so that its flights keep their ports for ever; add "
        "it here or to %s",
        vehicle->entity.id);
}

void
iss_check_cadence(const struct iss_checker *checker, int32_t id)
{
    const struct iss_cadence *rule = iss_model_cadence(checker->model, id);

    check_dates(checker, rule);
    check_skip(checker, rule);
    check_relief(checker, rule);
    check_after(checker, id);
    if (rule->vehicle < 0) {
        return; /* said already */
    }
    check_crew(checker, rule);
    check_stay(checker, rule);
    iss_checker_port(checker, "cadence", &rule->entity, "port", rule->vehicle,
                     rule->port);
}
