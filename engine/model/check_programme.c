/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_programme.c - what the partners have agreed on: that each entry changes
 * something, that its date is one of the forecast, and that no two contradict.
 */
#include <stdio.h>

#include "model/checker.h"

static const char set[] = "programme";

/* In a replay the programme has no effect, so that its dates may be any. */
static void
check_date(const struct iss_checker *checker, const struct iss_programme *entry)
{
    const struct iss_scenario *scenario = &checker->model->scenario;
    char a[32], b[32];

    if (entry->at_us == ISS_NO_TIME || scenario->end_us == ISS_NO_TIME ||
        scenario->mode != ISS_MODE_FORECAST) {
        return; /* said already, or unused */
    }
    if (entry->at_us < scenario->forecast_from_us) {
        iss_checker_report(checker, set, &entry->entity, "at",
                           "lies before the forecast begins, where the record has the "
                           "last word; got %s; allowed from %s",
                           iss_checker_date(checker, entry->at_us, a),
                           iss_checker_date(checker, scenario->forecast_from_us, b));
    } else if (entry->at_us > scenario->end_us) {
        iss_checker_warn(checker, set, &entry->entity, "at",
                         "lies after the scenario's end; got %s; the end is %s",
                         iss_checker_date(checker, entry->at_us, a),
                         iss_checker_date(checker, scenario->end_us, b));
    }
}

/* A setting that can't be read counts: what is wrong with it has been said. */
static void
check_effect(const struct iss_checker *checker, const struct iss_programme *entry)
{
    static const char *const effects[] = {"retires",       "debuts",   "withdraws",
                                          "seat_exchange", "max_crew", "ends"};
    static const char *const details[] = {"deorbit_vehicle", "last_crew", "deorbit"};
    bool any = false;

    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        any |= iss_checker_says(&entry->entity, effects[i]);
    }
    for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
        if (!entry->ends && iss_checker_says(&entry->entity, details[i])) {
            iss_checker_report(checker, set, &entry->entity, details[i],
                               "is for ends = true only");
            any = true;
        }
    }
    if (!any) {
        iss_checker_report(checker, set, &entry->entity, "",
                           "changes nothing; allowed retires, debuts, withdraws, "
                           "seat_exchange, max_crew, ends");
    }
}

/* ---- seats --------------------------------------------------------------------- */

/* Whether the crew of some flight depends on the exchange. */
static bool
has_exchange(const struct iss_model *model)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        if (iss_model_flight_plan(model, i)->crew_without_exchange.count > 0) {
            return true;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_rows *rows = &iss_model_cadence(model, i)->crew;
        const struct iss_crew_place *places = rows->items;
        for (int32_t k = 0; k < rows->count; k++) {
            if (places[k].when > ISS_PLACE_ALWAYS) {
                return true;
            }
        }
    }
    return false;
}

static void
check_exchange(const struct iss_checker *checker, const struct iss_programme *entry)
{
    if (entry->seat_exchange >= 0 && !has_exchange(checker->model)) {
        iss_checker_warn(
            checker, set, &entry->entity, "seat_exchange",
            "no crew depends on it: neither a row of a rule's with `when` nor "
            "a flight's crew_without_exchange");
    }
}

/* ---- vehicles ------------------------------------------------------------------ */

static bool
is_flown(const struct iss_model *model, int32_t vehicle)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        if (iss_model_flight_plan(model, i)->vehicle == vehicle) {
            return true;
        }
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        if (iss_model_cadence(model, i)->vehicle == vehicle) {
            return true;
        }
    }
    return false;
}

static void
check_flown(const struct iss_checker *checker, const struct iss_programme *entry,
            const struct iss_ids *types, const char *setting)
{
    char at[32];

    for (int32_t i = 0; i < types->count; i++) {
        if (!is_flown(checker->model, types->at[i])) {
            snprintf(at, sizeof at, "%s[%d]", setting, (int)i);
            iss_checker_warn(
                checker, set, &entry->entity, at,
                "no flight and no rule has this type; got %s",
                iss_model_vehicle(checker->model, types->at[i])->entity.id);
        }
    }
}

static void
check_deorbit_vehicle(const struct iss_checker *checker,
                      const struct iss_programme *entry)
{
    const struct iss_model *model = checker->model;

    if (entry->deorbit_vehicle < 0) {
        return;
    }
    const struct iss_vehicle *vehicle =
        iss_model_vehicle(model, entry->deorbit_vehicle);
    if (!is_flown(model, entry->deorbit_vehicle)) {
        iss_checker_report(checker, set, &entry->entity, "deorbit_vehicle",
                           "no flight and no rule has this type, so that the mission "
                           "could never end; got %s",
                           vehicle->entity.id);
    }
    if (vehicle->stay != NULL && iss_checker_says(&vehicle->entity, "stay")) {
        iss_checker_warn(
            checker, set, &entry->entity, "deorbit_vehicle",
            "its type has a stay, so that it may have left by then; got %s",
            vehicle->entity.id);
    }
}

bool
iss_checker_is_to_stay(const struct iss_model *model, int32_t vehicle)
{
    for (int32_t i = 0; i < model->programme.count; i++) {
        if (iss_model_programme(model, i)->deorbit_vehicle == vehicle) {
            return true;
        }
    }
    return false;
}

/* The entry that retires the type the earliest; NULL none. */
static const struct iss_programme *
retiring(const struct iss_model *model, int32_t vehicle)
{
    const struct iss_programme *first = NULL;

    for (int32_t i = 0; i < model->programme.count; i++) {
        const struct iss_programme *entry = iss_model_programme(model, i);
        if (iss_ids_have(&entry->retires, vehicle) &&
            (first == NULL || entry->at_us < first->at_us)) {
            first = entry;
        }
    }
    return first;
}

static void
check_debuts(const struct iss_checker *checker, const struct iss_programme *entry)
{
    const struct iss_model *model = checker->model;
    char at[32], a[32], b[32];

    for (int32_t i = 0; i < entry->debuts.count; i++) {
        const struct iss_programme *end = retiring(model, entry->debuts.at[i]);
        if (end != NULL && end->at_us != ISS_NO_TIME && entry->at_us != ISS_NO_TIME &&
            end->at_us <= entry->at_us) {
            snprintf(at, sizeof at, "debuts[%d]", (int)i);
            iss_checker_report(
                checker, set, &entry->entity, at,
                "contradicts programme.%s, which retires %s on %s; got %s; allowed "
                "before that",
                end->entity.id,
                iss_model_vehicle(model, entry->debuts.at[i])->entity.id,
                iss_checker_date(checker, end->at_us, a),
                iss_checker_date(checker, entry->at_us, b));
        }
    }
}

/* ---- entries among each other -------------------------------------------------- */

/* A later entry that says the same a second time. */
static void
check_twins(const struct iss_checker *checker, int32_t id)
{
    const struct iss_programme *entry = iss_model_programme(checker->model, id);

    for (int32_t i = 0; i < id; i++) {
        const struct iss_programme *other = iss_model_programme(checker->model, i);
        if (entry->ends && other->ends) {
            iss_checker_report(checker, set, &entry->entity, "ends",
                               "programme.%s ends the mission already; allowed once",
                               other->entity.id);
            return;
        }
        if (entry->withdraws >= 0 && entry->withdraws == other->withdraws) {
            iss_checker_report(
                checker, set, &entry->entity, "withdraws",
                "programme.%s withdraws that segment already; got \"%s\"",
                other->entity.id, checker->model->segments.at[entry->withdraws]);
            return;
        }
    }
}

void
iss_check_programme(const struct iss_checker *checker)
{
    for (int32_t i = 0; i < checker->model->programme.count; i++) {
        const struct iss_programme *entry = iss_model_programme(checker->model, i);
        check_date(checker, entry);
        check_effect(checker, entry);
        check_exchange(checker, entry);
        check_flown(checker, entry, &entry->retires, "retires");
        check_flown(checker, entry, &entry->debuts, "debuts");
        check_deorbit_vehicle(checker, entry);
        check_debuts(checker, entry);
        check_twins(checker, i);
    }
}
