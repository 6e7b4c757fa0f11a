/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_crews.c - who must be in a crew, who is aboard at the start, and who commands.
 *
 * Crews of the record are taken at their word: they have flown.  What a rule or a plan
 * sends up must have whom its vehicle and the station need.
 */
#include <stdio.h>

#include "model/cadence.h"
#include "model/checker.h"

/* ---- the vehicle's commander --------------------------------------------------- */

/* Whether a named flight is launched by the forecast, so far as the plan goes. */
static bool
is_forecast(const struct iss_model *model, const struct iss_flight_plan *plan)
{
    int64_t from_us = model->scenario.forecast_from_us;

    return model->scenario.mode == ISS_MODE_FORECAST && plan->launch_us != ISS_NEVER &&
           (plan->flown.launch_us == ISS_NO_TIME || plan->flown.launch_us >= from_us);
}

/* The name of the list that `crew` of the plan is. */
static const char *
crew_setting(const struct iss_flight_plan *plan)
{
    return plan->crew.at == plan->crew_without_exchange.at ? "crew_without_exchange"
                                                           : "crew";
}

static void
check_named_commander(const struct iss_checker *checker,
                      const struct iss_flight_plan *plan)
{
    const struct iss_model *model = checker->model;
    int32_t skill =
        plan->vehicle < 0 ? -1 : iss_model_vehicle(model, plan->vehicle)->commander;
    const char *setting = crew_setting(plan);

    if (skill < 0 || plan->crew.count <= 0 || !is_forecast(model, plan) ||
        iss_checker_members(&plan->entity, setting) > plan->crew.count) {
        return; /* nothing to check, or some of its people can't be read */
    }
    for (int32_t i = 0; i < plan->crew.count; i++) {
        if (iss_ids_have(&iss_model_crew_member(model, plan->crew.at[i])->skills,
                         skill)) {
            return;
        }
    }
    iss_checker_report(checker, "flights", &plan->entity, setting,
                       "nobody in it has the skill %s, without which %s doesn't fly",
                       model->skills.at[skill],
                       iss_model_vehicle(model, plan->vehicle)->entity.id);
}

static void
check_made_commander(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_model *model = checker->model;
    const struct iss_crew_place *places = rule->crew.items;
    int32_t skill =
        rule->vehicle < 0 ? -1 : iss_model_vehicle(model, rule->vehicle)->commander;
    bool crewed = false;

    for (int32_t i = 0; i < rule->crew.count; i++) {
        bool applies = iss_place_applies(model, &places[i]);
        crewed = crewed || applies;
        if (skill < 0 || (applies && iss_ids_have(&places[i].skills, skill))) {
            return;
        }
    }
    if (crewed) {
        iss_checker_report(
            checker, "cadence", &rule->entity, "crew",
            "nobody in it has the skill %s, without which %s doesn't fly",
            model->skills.at[skill],
            iss_model_vehicle(model, rule->vehicle)->entity.id);
    }
}

/* ---- seat exchange ------------------------------------------------------------- */

/* Whether a rule's crews stay, and somebody in them can run the segment. */
static bool
serves(const struct iss_model *model, const struct iss_cadence *rule, int32_t segment)
{
    const struct iss_crew_place *places = rule->crew.items;

    for (int32_t i = 0; !rule->visiting && i < rule->crew.count; i++) {
        if (iss_place_applies(model, &places[i]) &&
            (places[i].segment == segment ||
             iss_ids_have(&places[i].trained, segment))) {
            return true;
        }
    }
    return false;
}

/* The first rule with crews that stay which serves the segment; NULL none. */
static const struct iss_cadence *
server(const struct iss_model *model, int32_t segment)
{
    for (int32_t i = 0; i < model->cadence.count; i++) {
        if (serves(model, iss_model_cadence(model, i), segment)) {
            return iss_model_cadence(model, i);
        }
    }
    return NULL;
}

/* A crew that is alone aboard, because the others' vehicle has gone, runs all
 * segments: what the exchange is for. */
static void
check_exchange(const struct iss_checker *checker, const struct iss_cadence *rule)
{
    const struct iss_model *model = checker->model;

    if (!model->policy.seat_exchange || rule->visiting || rule->crew.count <= 0) {
        return;
    }
    for (int32_t i = 0; i < model->segments.count; i++) {
        const struct iss_cadence *other = server(model, i);
        if (other != NULL && !serves(model, rule, i)) {
            iss_checker_warn(checker, "cadence", &rule->entity, "crew",
                             "has nobody trained for %s, which the crews of %s run, in "
                             "spite of policy.seat_exchange",
                             model->segments.at[i], other->entity.id);
        }
    }
}

/* ---- who is aboard, by the record ---------------------------------------------- */

/* Who flew up in a flight that docked by `time_us`, as far as the record goes; NULL
 * when it didn't. */
static const struct iss_ids *
arrived(const struct iss_model *model, const struct iss_flight_plan *plan,
        int64_t time_us)
{
    const struct iss_flown *flown = &plan->flown;

    if (flown->dock_us == ISS_NO_TIME || flown->dock_us > time_us ||
        flown->dock_us >= model->scenario.forecast_from_us) {
        return NULL;
    }
    return flown->crew.count >= 0 ? &flown->crew : &plan->crew;
}

/* Who left in a flight before `time_us`, likewise. */
static const struct iss_ids *
left(const struct iss_model *model, const struct iss_flight_plan *plan, int64_t time_us)
{
    const struct iss_flown *flown = &plan->flown;
    const struct iss_ids *up = arrived(model, plan, time_us);

    if (up == NULL || flown->undock_us == ISS_NO_TIME || flown->undock_us >= time_us) {
        return NULL;
    }
    return flown->crew_down.count >= 0 ? &flown->crew_down : up;
}

/* People aboard at `time_us`. */
static int
aboard_at(const struct iss_model *model, int64_t time_us)
{
    int aboard = 0;

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        const struct iss_ids *up = arrived(model, plan, time_us);
        const struct iss_ids *down = left(model, plan, time_us);
        aboard += up != NULL && up->count > 0 ? up->count : 0;
        aboard -= down != NULL && down->count > 0 ? down->count : 0;
    }
    return aboard;
}

/* Whether somebody is aboard at `time_us`, and not for a short visit. */
static bool
lives_aboard(const struct iss_model *model, int64_t time_us, int32_t person)
{
    int64_t came_us = INT64_MIN, left_us = INT64_MIN;
    bool visits = false;

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        const struct iss_ids *up = arrived(model, plan, time_us);
        const struct iss_ids *down = left(model, plan, time_us);
        if (up != NULL && iss_ids_have(up, person) && plan->flown.dock_us > came_us) {
            came_us = plan->flown.dock_us;
            visits = plan->visiting || iss_ids_have(&plan->visitors, person);
        }
        if (down != NULL && iss_ids_have(down, person)) {
            left_us = iss_us_later(left_us, plan->flown.undock_us);
        }
    }
    return came_us > left_us && !visits;
}

/* A limit below who is there already is rather a mistake than a wish: no crew comes
 * before so many have left. */
static void
check_limit(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    const struct iss_node *group = iss_node_child(model->source.root, "station");
    const struct iss_node *setting = group ? iss_node_child(group, "max_crew") : NULL;
    int aboard = aboard_at(model, 0);

    if (setting != NULL && model->station.max_crew > 0 &&
        aboard > model->station.max_crew) {
        iss_diag_warning(checker->diag, setting->origin, "station.max_crew",
                         "%d people are aboard at the start; got %d; until enough have "
                         "left nobody is launched",
                         aboard, (int)model->station.max_crew);
    }
}

/* A caretaker crew is one that min_crew finds too small. */
static void
check_caretakers(const struct iss_checker *checker)
{
    const struct iss_station *station = &checker->model->station;
    const struct iss_node *group =
        iss_node_child(checker->model->source.root, "station");
    const struct iss_node *setting =
        group ? iss_node_child(group, "caretaker_crew") : NULL;

    if (setting != NULL && station->caretaker_crew > station->min_crew) {
        iss_diag_warning(checker->diag, setting->origin, "station.caretaker_crew",
                         "is above min_crew, so that it never counts; got %d; allowed "
                         "up to %d",
                         (int)station->caretaker_crew, (int)station->min_crew);
    }
}

/* ---- expeditions --------------------------------------------------------------- */

/* Numbers go up, and who commands is there. */
static void
check_expedition(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_expedition *self = iss_model_expedition(model, id);
    char when[32];

    if (self->from_us == ISS_NO_TIME || self->commander < 0) {
        return; /* said already */
    }
    if (id > 0 && iss_model_expedition(model, id - 1)->number > self->number) {
        iss_checker_report(checker, "expeditions", &self->entity, "number",
                           "is below that of %s, which begins before it; got %d; "
                           "allowed from %d on",
                           iss_model_expedition(model, id - 1)->entity.id,
                           (int)self->number,
                           (int)iss_model_expedition(model, id - 1)->number);
    }
    if (id < model->known_expeditions &&
        !lives_aboard(model, self->from_us, self->commander)) {
        iss_checker_report(checker, "expeditions", &self->entity, "commander",
                           "%s doesn't live aboard on %s, by the record",
                           iss_model_crew_member(model, self->commander)->entity.id,
                           iss_checker_date(checker, self->from_us, when));
    }
}

void
iss_check_crews(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->flights.count; i++) {
        check_named_commander(checker, iss_model_flight_plan(model, i));
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        check_made_commander(checker, iss_model_cadence(model, i));
        check_exchange(checker, iss_model_cadence(model, i));
    }
    check_limit(checker);
    check_caretakers(checker);
    for (int32_t i = 0; i < model->expeditions.count; i++) {
        check_expedition(checker, i);
    }
}
