/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_orbit.c - an orbit has all that its decay follows from, and heights in order.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "model/checker.h"

#define MOST_AVOIDANCES 1e6 /* in the mean */

static void __attribute__((format(printf, 3, 4)))
report(const struct iss_checker *checker, const char *setting, const char *format, ...)
{
    struct iss_entity group = iss_checker_single(checker, "orbit");
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    iss_checker_report(checker, "", &group, setting, "%s", text);
}

/* ---- what is there ------------------------------------------------------------- */

static void
check_needed(const struct iss_checker *checker)
{
    const struct iss_orbit *orbit = &checker->model->orbit;
    struct iss_entity group = iss_checker_single(checker, "orbit");
    const struct {
        const char *name;
        const struct iss_value *value;
    } needed[] = {{"floor", &orbit->floor},     {"target", &orbit->target},
                  {"mass", &orbit->mass},       {"drag", &orbit->drag},
                  {"density", &orbit->density}, {"scale_height", &orbit->scale_height}};

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (isnan(needed[i].value->fixed) &&
            !iss_checker_says(&group, needed[i].name)) {
            report(checker, needed[i].name, "is missing: the altitude needs it");
        }
    }
    if (iss_checker_says(&group, "propellant") && isnan(orbit->exhaust.fixed) &&
        !iss_checker_says(&group, "exhaust")) {
        report(checker, "exhaust",
               "is missing: how much propellant a manoeuvre uses "
               "follows from it");
    }
    if (!orbit->own && orbit->boosters.count <= 0 &&
        !iss_checker_says(&group, "boosters")) {
        report(checker, "boosters",
               "is missing: without engines of its own the station "
               "can't be raised");
    }
}

/* Keys that say nothing without an altitude. */
static void
check_unused(const struct iss_checker *checker)
{
    struct iss_entity group = iss_checker_single(checker, "orbit");

    if (group.node != NULL && group.node->count > 0 &&
        !iss_checker_says(&group, "altitude")) {
        report(checker, "altitude", "is missing: the rest says nothing without it");
    }
}

/* ---- what is right ------------------------------------------------------------- */

static void
check_heights(const struct iss_checker *checker)
{
    const struct iss_orbit *orbit = &checker->model->orbit;

    if (orbit->target.fixed <= orbit->floor.fixed) {
        report(checker, "target", "must be above floor; got %g km; allowed above %g km",
               orbit->target.fixed, orbit->floor.fixed);
    } else if (orbit->target.fixed - orbit->floor.fixed < orbit->least.fixed) {
        report(checker, "least",
               "is more than from floor to target; got %g km; allowed up to %g km",
               orbit->least.fixed, orbit->target.fixed - orbit->floor.fixed);
    }
    if (orbit->leave.fixed >= orbit->floor.fixed ||
        orbit->leave.fixed <= orbit->critical.fixed) {
        report(checker, "leave",
               "must be between critical and floor; got %g km; allowed %g to %g km",
               orbit->leave.fixed, orbit->critical.fixed, orbit->floor.fixed);
    }
    if (orbit->critical.fixed >= orbit->floor.fixed) {
        report(checker, "critical",
               "must be below floor; got %g km; allowed below %g km",
               orbit->critical.fixed, orbit->floor.fixed);
    } else if (orbit->critical.fixed >= orbit->altitude.fixed) {
        report(checker, "altitude",
               "must be above critical; got %g km; allowed above %g km",
               orbit->altitude.fixed, orbit->critical.fixed);
    }
}

static void
check_solar(const struct iss_checker *checker)
{
    const struct iss_solar *rows = checker->model->orbit.solar.items;
    char setting[32], a[32], b[32];

    for (int32_t i = 1; i < checker->model->orbit.solar.count; i++) {
        if (rows[i - 1].at_us != ISS_NO_TIME && rows[i].at_us != ISS_NO_TIME &&
            rows[i].at_us <= rows[i - 1].at_us) {
            snprintf(setting, sizeof setting, "solar[%d].at", (int)i);
            report(checker, setting,
                   "must be after the row before; got %s; allowed "
                   "after %s",
                   iss_checker_date(checker, rows[i].at_us, a),
                   iss_checker_date(checker, rows[i - 1].at_us, b));
        }
    }
}

static void
check_avoidance(const struct iss_checker *checker)
{
    const struct iss_orbit *orbit = &checker->model->orbit;
    struct iss_entity group = iss_checker_single(checker, "orbit");
    double span_d = iss_days_from_us(checker->model->scenario.end_us);

    if (orbit->avoidance != NULL) {
        double mean_d = iss_dist_mean(orbit->avoidance);
        if (!(mean_d > 0) || span_d / mean_d > MOST_AVOIDANCES) {
            report(checker, "avoidance", "makes too many; got a mean of %g d", mean_d);
        }
    } else if (iss_checker_says(&group, "avoidance_speed") &&
               !iss_checker_says(&group, "avoidance")) {
        report(checker, "avoidance_speed", "says nothing: avoidance is missing");
    }
}

/* A type that may push but never flies is rather a mistake. */
static void
check_boosters(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    const struct iss_ids *boosters = &model->orbit.boosters;
    bool flies = boosters->count <= 0 || model->orbit.own;

    for (int32_t i = 0; !flies && i < model->flights.count; i++) {
        flies = iss_ids_have(boosters, iss_model_flight_plan(model, i)->vehicle);
    }
    for (int32_t i = 0; !flies && i < model->cadence.count; i++) {
        flies = iss_ids_have(boosters, iss_model_cadence(model, i)->vehicle);
    }
    if (!flies) {
        struct iss_entity group = iss_checker_single(checker, "orbit");
        iss_checker_warn(checker, "", &group, "boosters",
                         "none of these flies, so that nothing raises the station");
    }
}

/* ---- the sun ------------------------------------------------------------------- */

/* Windows are the same in all replications. */
static void
check_known(const struct iss_checker *checker, const char *setting,
            const struct iss_value *value)
{
    if (value->uncertain >= 0) {
        report(checker, setting, "can't be uncertain");
    }
}

static void
check_sun(const struct iss_checker *checker)
{
    const struct iss_orbit *orbit = &checker->model->orbit;
    struct iss_entity group = iss_checker_single(checker, "orbit");
    bool known = iss_orbit_given(orbit) && iss_checker_says(&group, "inclination");

    if (known && isnan(orbit->node.fixed) && !iss_checker_says(&group, "node")) {
        report(checker, "node", "is missing: where the plane lies needs it");
    }
    if (!known && iss_checker_says(&group, "beta_limit")) {
        report(checker, "beta_limit", "needs inclination and node");
    }
    check_known(checker, "inclination", &orbit->inclination);
    check_known(checker, "node", &orbit->node);
    check_known(checker, "oblateness", &orbit->oblateness);
    check_known(checker, "beta_limit", &orbit->beta_limit);
    for (int32_t i = 0; i < checker->model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(checker->model, i);
        if (!known && !isnan(vehicle->beta_limit.fixed)) {
            iss_checker_report(checker, "vehicles", &vehicle->entity, "beta_limit",
                               "needs an orbit with inclination and node");
        } else if (vehicle->beta_limit.uncertain >= 0) {
            iss_checker_report(checker, "vehicles", &vehicle->entity, "beta_limit",
                               "can't be uncertain");
        }
    }
}

void
iss_check_orbit(const struct iss_checker *checker)
{
    check_sun(checker);
    if (!iss_orbit_given(&checker->model->orbit)) {
        check_unused(checker);
        return;
    }
    check_needed(checker);
    check_heights(checker);
    check_solar(checker);
    check_avoidance(checker);
    check_boosters(checker);
}
