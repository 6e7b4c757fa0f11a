/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_forced.c - what the scenario forces: when, and whether it says to whom.
 */
#include "model/checker.h"

static void
check_date(const struct iss_checker *checker, const struct iss_forced *forced)
{
    int64_t end_us = checker->model->scenario.end_us;
    char when[32], end[32];

    if (forced->at_us != ISS_NO_TIME && forced->at_us > end_us) {
        iss_checker_report(checker, "events", &forced->entity, "at",
                           "lies after the scenario's end: it would never happen; got "
                           "%s; allowed to %s",
                           iss_checker_date(checker, forced->at_us, when),
                           iss_checker_date(checker, end_us, end));
    }
}

/* Whether, by the record, nothing happens to the flight: why, or NULL.  A failure that
 * comes too early waits for the forecast's vehicles, but not for the record's. */
static const char *
ruled_out(const struct iss_model *model, const struct iss_forced *forced)
{
    const struct iss_flown *flown =
        &iss_model_flight_plan(model, forced->flight)->flown;
    int64_t until_us = model->scenario.forecast_from_us;
    bool launched = flown->launch_us != ISS_NO_TIME && flown->launch_us < until_us;
    bool docked = flown->dock_us != ISS_NO_TIME && flown->dock_us < until_us;
    bool early = !launched || forced->at_us < flown->launch_us;

    if (forced->what == ISS_FORCED_ASCENT_FAILURE) {
        return launched ? "has been launched; as_flown.outcome tells of a failure"
                        : NULL;
    }
    if (early && (docked || forced->what == ISS_FORCED_SEAT_MOVE)) {
        return "hasn't been launched by then";
    }
    return launched && flown->undock_us != ISS_NO_TIME &&
                   forced->at_us > flown->undock_us
               ? "has left by then"
               : NULL;
}

/* As long as the record is replayed, it says which flights are up: to the others
 * nothing happens. */
static void
check_replay(const struct iss_checker *checker, const struct iss_forced *forced)
{
    const struct iss_model *model = checker->model;
    const char *why;
    char at[32];

    if (forced->flight < 0 || forced->what < 0 ||
        forced->what == ISS_FORCED_STAND_DOWN ||
        (forced->when == ISS_FORCED_IN_FORECAST &&
         model->scenario.mode == ISS_MODE_REPLAY) ||
        forced->at_us == ISS_NO_TIME ||
        forced->at_us >= model->scenario.forecast_from_us) {
        return;
    }
    why = ruled_out(model, forced);
    if (why != NULL) {
        iss_checker_warn(checker, "events", &forced->entity, "at",
                         "nothing will happen: by the record %s %s; got %s",
                         iss_model_flight_plan(model, forced->flight)->entity.id, why,
                         iss_checker_date(checker, forced->at_us, at));
    }
}

/* Report what is needed and isn't said (what is said and can't be read was reported).
 */
static bool
has(const struct iss_checker *checker, const struct iss_forced *forced,
    const char *what, const char *setting, int32_t id)
{
    if (id < 0 && !iss_checker_says(&forced->entity, setting)) {
        iss_checker_report(checker, "events", &forced->entity, "", "%s needs %s", what,
                           setting);
    }
    return id >= 0;
}

/* A thing that the failure has to be able to strike. */
static void
check_listed(const struct iss_checker *checker, const struct iss_forced *forced,
             const struct iss_failure_mode *mode, const struct iss_ids *listed,
             const char *setting, int32_t id)
{
    if (has(checker, forced, "this failure", setting, id) && listed->count >= 0 &&
        !iss_ids_have(listed, id)) {
        iss_checker_report(checker, "events", &forced->entity, setting,
                           "isn't at risk of %s; allowed what failures.%s.%s names",
                           mode->entity.id, mode->entity.id,
                           mode->strikes == ISS_TARGET_PORT     ? "ports"
                           : mode->strikes == ISS_TARGET_ROCKET ? "launch_systems"
                           : mode->strikes == ISS_TARGET_PAD    ? "pads"
                                                                : "crew");
    }
}

static void
check_flight(const struct iss_checker *checker, const struct iss_forced *forced,
             const struct iss_failure_mode *mode)
{
    const struct iss_model *model = checker->model;

    if (!has(checker, forced, "this failure", "flight", forced->flight)) {
        return;
    }
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, forced->flight);
    if (plan->vehicle >= 0 && mode->vehicles.count >= 0 &&
        !iss_ids_have(&mode->vehicles, plan->vehicle)) {
        iss_checker_report(
            checker, "events", &forced->entity, "failure",
            "doesn't strike the vehicle of the flight; got %s, and %s is a %s",
            mode->entity.id, plan->entity.id,
            iss_model_vehicle(model, plan->vehicle)->entity.id);
    }
}

static void
check_failure(const struct iss_checker *checker, const struct iss_forced *forced)
{
    const struct iss_failure_mode *mode;

    if (!has(checker, forced, "what = \"failure\"", "failure", forced->failure)) {
        return;
    }
    mode = iss_model_failure_mode(checker->model, forced->failure);
    switch ((enum iss_target_kind)mode->strikes) {
    case ISS_TARGET_VEHICLE:
        check_flight(checker, forced, mode);
        return;
    case ISS_TARGET_PORT:
        check_listed(checker, forced, mode, &mode->ports, "port", forced->port);
        return;
    case ISS_TARGET_ROCKET:
        check_listed(checker, forced, mode, &mode->rockets, "launch_system",
                     forced->rocket);
        return;
    case ISS_TARGET_PAD:
        check_listed(checker, forced, mode, &mode->pads, "pad", forced->pad);
        return;
    case ISS_TARGET_PERSON:
        check_listed(checker, forced, mode, &mode->people, "person", forced->person);
        return;
    default:
        return;
    }
}

/* Only what has a rocket can fail on it; what the record launched, flew. */
static void
check_ascent(const struct iss_checker *checker, const struct iss_forced *forced)
{
    const struct iss_model *model = checker->model;

    if (!has(checker, forced, "an ascent_failure", "flight", forced->flight)) {
        return;
    }
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, forced->flight);
    if (plan->vehicle >= 0 &&
        !iss_checker_says(&iss_model_vehicle(model, plan->vehicle)->entity,
                          "launch_system")) {
        iss_checker_report(checker, "events", &forced->entity, "flight",
                           "has no rocket that could fail; got %s; vehicles.%s needs a "
                           "launch_system",
                           plan->entity.id,
                           iss_model_vehicle(model, plan->vehicle)->entity.id);
    }
}

/* Systems are the forecast's. */
static void
check_unit_failure(const struct iss_checker *checker, const struct iss_forced *forced)
{
    const struct iss_model *model = checker->model;
    char at[32], from[32];

    if (has(checker, forced, "a unit_failure", "system", forced->system) &&
        model->scenario.mode == ISS_MODE_FORECAST && forced->at_us != ISS_NO_TIME &&
        forced->at_us < model->scenario.forecast_from_us) {
        iss_checker_report(
            checker, "events", &forced->entity, "at",
            "comes too early: units run, and fail, in the forecast; got %s; allowed "
            "from "
            "%s",
            iss_checker_date(checker, forced->at_us, at),
            iss_checker_date(checker, model->scenario.forecast_from_us, from));
    }
}

void
iss_check_forced(const struct iss_checker *checker, const struct iss_forced *forced)
{
    check_date(checker, forced);
    check_replay(checker, forced);
    if (forced->what == ISS_FORCED_FAILURE) {
        check_failure(checker, forced);
    } else if (forced->what == ISS_FORCED_ASCENT_FAILURE) {
        check_ascent(checker, forced);
    } else if (forced->what == ISS_FORCED_FAMILY_FAILURE) {
        (void)has(checker, forced, "a family_failure", "family", forced->family);
    } else if (forced->what == ISS_FORCED_STAND_DOWN) {
        (void)has(checker, forced, "a stand_down", "family", forced->family);
    } else if (forced->what == ISS_FORCED_UNIT_FAILURE) {
        check_unit_failure(checker, forced);
    } else if (forced->what == ISS_FORCED_SEAT_MOVE) {
        (void)has(checker, forced, "a seat_move", "person", forced->person);
        (void)has(checker, forced, "a seat_move", "flight", forced->flight);
    }
}
