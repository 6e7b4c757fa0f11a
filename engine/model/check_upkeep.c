/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_upkeep.c - systems, spares, regular work: whether it can happen at all, and
 * whether somebody could do it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/checker.h"
#include "model/resources.h"

enum { MOST_UNITS = 100000 }; /* of all systems: they have static places */

/* ---- people -------------------------------------------------------------------- */

/* Whether anybody of the scenario, of the segment if one is given, has the skill. */
static bool
somebody_can(const struct iss_model *model, const struct iss_duty *duty)
{
    for (int32_t i = 0; i < model->crew.count; i++) {
        const struct iss_crew_member *member = iss_model_crew_member(model, i);
        if ((duty->segment < 0 || member->segment == duty->segment) &&
            iss_ids_have(&member->skills, duty->skill)) {
            return true;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        const struct iss_crew_place *places = rule->crew.items;
        for (int32_t k = 0; k < rule->crew.count; k++) {
            if ((duty->segment < 0 || places[k].segment == duty->segment) &&
                iss_ids_have(&places[k].skills, duty->skill)) {
                return true;
            }
        }
    }
    return false;
}

/* How many there are at all who may do it: of the segment if one is given. */
static int64_t
count_fit(const struct iss_model *model, int32_t segment)
{
    int64_t count = 0;

    for (int32_t i = 0; i < model->crew.count; i++) {
        count += segment < 0 || iss_crew_runs(iss_model_crew_member(model, i), segment);
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        const struct iss_crew_place *places = rule->crew.items;
        for (int32_t k = 0; k < rule->crew.count; k++) {
            bool fit = segment < 0 || places[k].segment == segment ||
                       iss_ids_have(&places[k].trained, segment);
            count += fit ? places[k].count : 0;
        }
    }
    return count;
}

static void
check_duty(const struct iss_checker *checker, const char *set,
           const struct iss_entity *entity, const struct iss_duty *duty,
           const char *people)
{
    const struct iss_model *model = checker->model;
    int64_t workers = model->station.workers;

    if (workers > 0 && duty->people > workers) {
        iss_checker_report(checker, set, entity, people,
                           "are more than station.workers lets work at one time; got "
                           "%d; allowed %d",
                           (int)duty->people, (int)workers);
    }
    int64_t most = count_fit(model, duty->segment);

    if (model->station.max_crew > 0 && model->station.max_crew < most) {
        most = model->station.max_crew;
    }
    if (duty->people > most) {
        iss_checker_warn(checker, set, entity, people,
                         "are more than are ever aboard, so that it is never done; got "
                         "%d; at most %d are",
                         (int)duty->people, (int)most);
    }
    if (duty->skill >= 0 && !somebody_can(model, duty)) {
        iss_checker_warn(checker, set, entity, "skill",
                         "nobody of the scenario%s has this skill, so that it is never "
                         "done; got %s",
                         duty->segment >= 0 ? " who is trained for the segment" : "",
                         model->skills.at[duty->skill]);
    }
    if (duty->people == 0 && duty->skill >= 0) {
        iss_checker_report(checker, set, entity, "skill", "needs people (%s)", people);
    }
}

/* ---- spares -------------------------------------------------------------------- */

/* Whether one fits into a ship that brings it, among cargo of its class. */
static bool
is_carried(const struct iss_model *model, const struct iss_part *part)
{
    for (int32_t i = 0; i < part->vehicles.count; i++) {
        const struct iss_vehicle *ship = iss_model_vehicle(model, part->vehicles.at[i]);
        bool any = ship->holds.count == 0 && isnan(ship->cargo_total.fixed);
        if (any || (iss_vehicle_takes(ship, part->cargo) > 0 &&
                    iss_vehicle_takes(ship, part->cargo) >= part->mass_kg.fixed)) {
            return true;
        }
    }
    return false;
}

static void
check_part(const struct iss_checker *checker, const struct iss_part *part)
{
    if (part->capacity > 0 && part->stock > part->capacity) {
        iss_checker_report(checker, "parts", &part->entity, "stock",
                           "is more than there is room for; got %d; allowed capacity, "
                           "%d",
                           (int)part->stock, (int)part->capacity);
    }
    if (part->delivery >= 0 && part->capacity > 0) {
        iss_checker_report(checker, "parts", &part->entity, "capacity",
                           "is for parts that a ship brings (vehicles)");
    }
    if (part->lead == NULL && part->vehicles.count <= 0 &&
        iss_checker_says(&part->entity, "target") &&
        !iss_checker_says(&part->entity, "vehicles") &&
        !iss_checker_says(&part->entity, "lead")) {
        iss_checker_report(checker, "parts", &part->entity, "target",
                           "needs lead or vehicles: how what is ordered comes aboard");
    }
    if (part->cargo >= 0 && part->vehicles.count > 0 &&
        !is_carried(checker->model, part)) {
        iss_checker_warn(checker, "parts", &part->entity, "class",
                         "no vehicle that brings it has room for it in this class; got "
                         "\"%s\"; hint: vehicles.X.cargo",
                         checker->model->cargo.at[part->cargo]);
    }
    if (part->units == 0) {
        iss_checker_warn(checker, "parts", &part->entity, "",
                         "no system needs it; name it as the part of one");
    }
}

/* ---- repairs outside ------------------------------------------------------------ */

/* What says how a repair is made inside means nothing outside, and the other way round.
 */
static void
check_place(const struct iss_checker *checker, const struct iss_system *system)
{
    static const char *const inside[] = {"repair", "repairers", "segment", "skill"};
    static const char *const outside[] = {"eva", "outings"};
    bool out = system->by == ISS_BY_EVA;
    size_t count = out ? 4 : 2;

    for (size_t i = 0; system->by >= 0 && i < count; i++) {
        const char *setting = out ? inside[i] : outside[i];
        if (iss_checker_says(&system->entity, setting)) {
            iss_checker_report(checker, "systems", &system->entity, setting,
                               out ? "is for repairs inside; the rule (eva) says who "
                                     "goes outside, and for how long"
                                   : "is for repairs on spacewalks (by = \"eva\")");
        }
    }
    if (out && system->eva < 0 && !iss_checker_says(&system->entity, "eva")) {
        iss_checker_report(
            checker, "systems", &system->entity, "by",
            "needs eva: the rule that says who goes outside, and for how "
            "long");
    }
}

/* ---- systems ------------------------------------------------------------------- */

static bool
effect_says(const struct iss_system *system, int32_t effect, const char *setting)
{
    char path[48];

    snprintf(path, sizeof path, "effects[%d].%s", (int)effect, setting);
    return iss_checker_says(&system->entity, path);
}

/* One of what may follow, and what belongs to it. */
static void
check_effect(const struct iss_checker *checker, const struct iss_system *system,
             int32_t effect)
{
    int count = effect_says(system, effect, "failure") +
                effect_says(system, effect, "research") +
                effect_says(system, effect, "max_crew");
    char path[48];

    if (count != 1) {
        snprintf(path, sizeof path, "effects[%d]", (int)effect);
        iss_checker_report(
            checker, "systems", &system->entity, path,
            count > 1 ? "names several of failure, research and max_crew; each "
                        "is an effect of its own"
                      : "needs failure, research or max_crew: what follows");
    }
    if (effect_says(system, effect, "excess") &&
        !effect_says(system, effect, "max_crew")) {
        snprintf(path, sizeof path, "effects[%d].excess", (int)effect);
        iss_checker_report(checker, "systems", &system->entity, path,
                           "is about those beyond max_crew, which is missing");
    }
}

static void
check_effects(const struct iss_checker *checker, const struct iss_system *system)
{
    const struct iss_outage_effect *effects = system->effects.items;

    for (int32_t i = 0; i < system->effects.count; i++) {
        check_effect(checker, system, i);
        const struct iss_failure_mode *mode =
            effects[i].failure < 0
                ? NULL
                : iss_model_failure_mode(checker->model, effects[i].failure);
        if (mode != NULL && mode->strikes >= 0 && mode->strikes != ISS_TARGET_STATION) {
            char setting[48];
            snprintf(setting, sizeof setting, "effects[%d].failure", (int)i);
            iss_checker_report(checker, "systems", &system->entity, setting,
                               "must be one that strikes the station; got %s",
                               mode->entity.id);
        }
    }
}

static void
check_system(const struct iss_checker *checker, const struct iss_system *system)
{
    if (system->needs > system->units) {
        iss_checker_report(checker, "systems", &system->entity, "needs",
                           "is more than there are; got %d; allowed %d",
                           (int)system->needs, (int)system->units);
    }
    if (system->life != NULL && iss_dist_mean(system->life) <= 0) {
        iss_checker_report(checker, "systems", &system->entity, "life",
                           "must take time: a unit can't fail at every moment; got 0 d "
                           "in the mean");
    }
    check_place(checker, system);
    check_effects(checker, system);
    if (system->by != ISS_BY_EVA) {
        check_duty(checker, "systems", &system->entity, &system->duty, "repairers");
    }
}

void
iss_check_upkeep(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    int64_t units = 0;

    for (int32_t i = 0; i < model->parts.count; i++) {
        check_part(checker, iss_model_part(model, i));
    }
    for (int32_t i = 0; i < model->systems.count; i++) {
        const struct iss_system *system = iss_model_system(model, i);
        check_system(checker, system);
        units += system->units;
        if (units > MOST_UNITS && units - system->units <= MOST_UNITS) {
            iss_checker_report(checker, "systems", &system->entity, "units",
                               "are too many with those of the systems before; got %d; "
                               "allowed %d",
                               (int)units, MOST_UNITS);
        }
    }
    for (int32_t i = 0; i < model->tasks.count; i++) {
        const struct iss_task *task = iss_model_task(model, i);
        check_duty(checker, "tasks", &task->entity, &task->duty, "people");
    }
}
