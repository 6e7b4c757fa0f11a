/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_docking.c - how vehicles get to a port and from one to another: profiles,
 * people who capture them, planned moves.
 */
#include <stdio.h>

#include "model/checker.h"

static void
check_profile(const struct iss_checker *checker, const struct iss_vehicle *vehicle,
              int32_t row)
{
    const struct iss_profile *profile =
        (const struct iss_profile *)vehicle->profiles.items + row;
    char setting[48], a[32], b[32];

    if (profile->share.fixed == 0) {
        snprintf(setting, sizeof setting, "profiles[%d].share", (int)row);
        iss_checker_report(checker, "vehicles", &vehicle->entity, setting,
                           "must be above 0; got 0; hint: leave the row out");
    }
    if (profile->name != NULL && *profile->name == '\0') {
        snprintf(setting, sizeof setting, "profiles[%d].name", (int)row);
        iss_checker_report(checker, "vehicles", &vehicle->entity, setting,
                           "must say something; got \"\"");
    }
    if (profile->until_us <= profile->from_us) {
        snprintf(setting, sizeof setting, "profiles[%d].until", (int)row);
        iss_checker_report(checker, "vehicles", &vehicle->entity, setting,
                           "must come after from; got %s; allowed after %s",
                           iss_checker_date(checker, profile->until_us, a),
                           iss_checker_date(checker, profile->from_us, b));
    }
}

/* ---- capture ------------------------------------------------------------------- */

static bool
rule_brings(const struct iss_cadence *rule, int32_t skill)
{
    const struct iss_crew_place *places = rule->crew.items;

    for (int32_t i = 0; i < rule->crew.count; i++) {
        if (iss_ids_have(&places[i].skills, skill)) {
            return true;
        }
    }
    return false;
}

bool
iss_checker_somebody_has(const struct iss_model *model, int32_t skill)
{
    for (int32_t i = 0; i < model->crew.count; i++) {
        if (iss_ids_have(&iss_model_crew_member(model, i)->skills, skill)) {
            return true;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        if (rule_brings(iss_model_cadence(model, i), skill)) {
            return true;
        }
    }
    return false;
}

const struct iss_cadence *
iss_checker_crews_without(const struct iss_model *model, int32_t skill)
{
    const struct iss_cadence *first = NULL;

    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        if (rule->crew.count <= 0 || rule->visiting) {
            continue;
        }
        if (rule_brings(rule, skill)) {
            return NULL;
        }
        first = first == NULL ? rule : first;
    }
    return first;
}

/* The first flight of the type that the model, not the record, is to berth, or the rule
 * that makes flights of it; or NULL. */
static const struct iss_entity *
first_berthing(const struct iss_model *model, int32_t vehicle)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        bool recorded = plan->flown.outcome > ISS_FLOWN_WELL ||
                        (plan->flown.dock_us != ISS_NO_TIME &&
                         plan->flown.dock_us < model->scenario.forecast_from_us);
        if (plan->vehicle == vehicle && !recorded && plan->launch_us != ISS_NEVER) {
            return &plan->entity;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        if (iss_model_cadence(model, i)->vehicle == vehicle) {
            return &iss_model_cadence(model, i)->entity;
        }
    }
    return NULL;
}

/* The skill that is meant, of those that people have; NULL when none is like it. */
static const char *
meant_skill(const struct iss_model *model, int32_t skill)
{
    const char *known[64];
    size_t count = 0;

    for (int32_t i = 0; i < model->skills.count && count < 64; i++) {
        if (iss_checker_somebody_has(model, i)) {
            known[count++] = model->skills.at[i];
        }
    }
    return iss_diag_suggest(model->skills.at[skill], known, count);
}

/* Those whom `crew` names leave one day; then only those whom rules have made are left.
 */
static void
warn_of_crews(const struct iss_checker *checker, const struct iss_vehicle *vehicle,
              const struct iss_entity *first)
{
    const struct iss_cadence *rule =
        iss_checker_crews_without(checker->model, vehicle->captured_by);

    if (rule != NULL) {
        const char *skill = checker->model->skills.at[vehicle->captured_by];
        iss_checker_warn(checker, "cadence", &rule->entity, "crew",
                         "no crew that a rule makes can capture %s, such as %s; hint: "
                         "skills = [ \"%s\" ] for somebody in it",
                         vehicle->entity.id, first->id, skill);
    }
}

/* A replay has no need of anybody, and a forecast none when nothing of the type comes.
 */
static void
check_capture(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_vehicle *vehicle = iss_model_vehicle(model, id);
    const struct iss_entity *first = first_berthing(model, id);

    if (vehicle->captured_by < 0 || first == NULL ||
        model->scenario.mode == ISS_MODE_REPLAY) {
        return;
    }
    if (iss_checker_somebody_has(model, vehicle->captured_by)) {
        warn_of_crews(checker, vehicle, first);
        return;
    }
    const char *skill = model->skills.at[vehicle->captured_by];
    const char *near = meant_skill(model, vehicle->captured_by);
    char hint[160];
    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean %.100s?", near);
    } else {
        snprintf(hint, sizeof hint, "hint: skills = [ \"%.100s\" ] of somebody in crew",
                 skill);
    }
    iss_checker_report(checker, "vehicles", &vehicle->entity, "captured_by",
                       "nobody has this skill, so that %s could never be berthed; got "
                       "\"%s\"; %s",
                       first->id, skill, hint);
}

/* ---- planned moves ------------------------------------------------------------- */

static void
check_moves(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    const struct iss_move *moves = plan->relocations.items;
    char setting[48], a[32], b[32];

    for (int32_t i = 0; plan->vehicle >= 0 && i < plan->relocations.count; i++) {
        int64_t before_us = i > 0 ? moves[i - 1].at_us : plan->launch_us;
        snprintf(setting, sizeof setting, "relocations[%d].at", (int)i);
        if (moves[i].at_us != ISS_NO_TIME && before_us != ISS_NO_TIME &&
            moves[i].at_us <= before_us) {
            iss_checker_report(checker, "flights", &plan->entity, setting,
                               "must come after %s; got %s; allowed after %s",
                               i > 0 ? "the move before" : "launch",
                               iss_checker_date(checker, moves[i].at_us, a),
                               iss_checker_date(checker, before_us, b));
        }
        snprintf(setting, sizeof setting, "relocations[%d].port", (int)i);
        iss_checker_port(checker, "flights", &plan->entity, setting, plan->vehicle,
                         moves[i].port);
    }
}

void
iss_check_docking(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        for (int32_t k = 0; k < vehicle->profiles.count; k++) {
            check_profile(checker, vehicle, k);
        }
        check_capture(checker, i);
        if (vehicle->role == ISS_ROLE_CREW && vehicle->least_stay_us != ISS_NEVER) {
            iss_checker_warn(checker, "vehicles", &vehicle->entity, "least_stay",
                             "has no effect: only cargo ships make way");
        }
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        check_moves(checker, iss_model_flight_plan(model, i));
    }
}
