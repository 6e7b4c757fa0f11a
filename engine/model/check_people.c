/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_people.c - the flights against each other: nobody is in two vehicles, and
 * nobody comes down who hasn't gone up.
 *
 * Most plans don't say when a vehicle leaves, and many people come down in another than
 * they went up in.  So only what can't be is refused.
 */
#include "model/checker.h"

static bool
comes_down_in_another(const struct iss_model *model, int32_t person, int32_t flight)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (i != flight && (iss_ids_have(&plan->crew_down, person) ||
                            iss_ids_have(&plan->flown.crew_down, person))) {
            return true;
        }
    }
    return false;
}

/* Who flies up: by the record, as far as it is replayed. */
static const struct iss_ids *
who_flies(const struct iss_model *model, const struct iss_flight_plan *plan)
{
    bool replayed = plan->flown.launch_us != ISS_NO_TIME &&
                    plan->flown.launch_us < model->scenario.forecast_from_us;
    return replayed && plan->flown.crew.count >= 0 ? &plan->flown.crew : &plan->crew;
}

/* When the people of a flight are free again at the earliest, as far as the plan says;
 * *certain unless they may have come down in another vehicle. */
static int64_t
back_from(const struct iss_flight_plan *plan, bool *certain)
{
    *certain = true;
    if (plan->flown.outcome == ISS_FLOWN_ASCENT_FAILED) {
        return plan->flown.launch_us;
    }
    if (plan->undock_us != ISS_NO_TIME) {
        return plan->undock_us;
    }
    if (plan->flown.launch_us == ISS_NO_TIME) {
        return iss_us_add(plan->launch_us, 1);
    }
    *certain = false;
    return plan->flown.undock_us != ISS_NO_TIME ? plan->flown.undock_us
           : plan->flown.land_us != ISS_NO_TIME ? plan->flown.land_us
           : plan->launch_us < 0                ? 0
                                                : iss_us_add(plan->launch_us, 1);
}

/* Whether a flight stays until its relief has come, as far as the plan says. */
static bool
waits_for_relief(const struct iss_flight_plan *plan)
{
    return plan->undock_us == ISS_NO_TIME && plan->flown.undock_us == ISS_NO_TIME &&
           plan->flown.land_us == ISS_NO_TIME && plan->flown.outcome == ISS_FLOWN_WELL;
}

/* Nobody is planned to be in two vehicles at a time. */
static void
compare_crews(const struct iss_checker *checker, int32_t one, int32_t other)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *a = iss_model_flight_plan(model, one);
    const struct iss_flight_plan *b = iss_model_flight_plan(model, other);
    bool a_first = a->launch_us < b->launch_us, certain;
    const struct iss_flight_plan *first = a_first ? a : b, *then = a_first ? b : a;
    int32_t first_id = a_first ? one : other;
    int64_t back_us = back_from(first, &certain);
    bool relief = then->relieves == first_id && waits_for_relief(first);

    if (then->launch_us >= back_us && !relief) {
        return;
    }
    const struct iss_ids *crew = who_flies(model, a), *others = who_flies(model, b);
    for (int32_t k = 0; k < crew->count; k++) {
        int32_t person = crew->at[k];
        const char *name = iss_model_crew_member(model, person)->entity.id;
        if (!iss_ids_have(others, person) ||
            ((relief || !certain) && comes_down_in_another(model, person, first_id))) {
            continue;
        }
        if (relief) {
            iss_checker_report(checker, "flights", &then->entity,
                               who_flies(model, then) == &then->crew ? "crew"
                                                                     : "as_flown.crew",
                               "%s is still up in %s, which this flight relieves", name,
                               first->entity.id);
        } else {
            iss_checker_report(checker, "flights", &a->entity,
                               crew == &a->crew ? "crew" : "as_flown.crew",
                               "%s flies in %s at the same time", name, b->entity.id);
        }
    }
}

/* ---- who comes down ------------------------------------------------------------ */

/* Whether every list of people could be read; if not, that has been said. */
static bool
knows_who_flies(const struct iss_model *model)
{
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (iss_checker_members(&plan->entity, "crew") > plan->crew.count ||
            iss_checker_members(&plan->entity, "as_flown.crew") >
                plan->flown.crew.count) {
            return false;
        }
    }
    return true;
}

/* The last moment at which a flight may leave the station; ISS_NEVER when the plan
 * leaves that open, as it does for a flight that waits for its relief, or makes no
 * sense (which has been said). */
static int64_t
leaves_by(const struct iss_model *model, int32_t id)
{
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, id);

    if (plan->flown.undock_us != ISS_NO_TIME &&
        plan->flown.undock_us < model->scenario.forecast_from_us) {
        return plan->flown.undock_us > plan->flown.launch_us ? plan->flown.undock_us
                                                             : ISS_NEVER;
    }
    if (plan->undock_us == ISS_NO_TIME || plan->undock_us <= plan->launch_us) {
        return ISS_NEVER;
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        if (iss_model_flight_plan(model, i)->relieves == id) {
            return ISS_NEVER;
        }
    }
    return plan->undock_us;
}

/* Whether a flight takes the person up before `until_us`. */
static bool
takes_up(const struct iss_flight_plan *plan, int32_t person, int64_t until_us)
{
    bool before = plan->launch_us < until_us || (plan->flown.launch_us != ISS_NO_TIME &&
                                                 plan->flown.launch_us < until_us);
    return before && plan->flown.outcome == ISS_FLOWN_WELL &&
           (iss_ids_have(&plan->crew, person) ||
            iss_ids_have(&plan->flown.crew, person));
}

/* Whoever comes down in a flight has gone up before it leaves. */
static void
check_crew_down(const struct iss_checker *checker, int32_t id, const char *setting,
                const struct iss_ids *down)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, id);
    int64_t until_us = down->count > 0 ? leaves_by(model, id) : 0;

    for (int32_t k = 0; k < down->count; k++) {
        bool up = false;
        for (int32_t i = 0; i < model->flights.count && !up; i++) {
            up = takes_up(iss_model_flight_plan(model, i), down->at[k], until_us);
        }
        if (!up) {
            iss_checker_report(
                checker, "flights", &plan->entity, setting,
                "%s can't be aboard: no flight takes %s up before %s leaves",
                iss_model_crew_member(model, down->at[k])->entity.id,
                iss_model_crew_member(model, down->at[k])->entity.id, plan->entity.id);
        }
    }
}

/* Whoever is a visitor flies up in the flight that says so. */
static void
check_visitors(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    for (int32_t k = 0; k < plan->visitors.count; k++) {
        int32_t person = plan->visitors.at[k];
        if (!iss_ids_have(&plan->crew, person) &&
            !iss_ids_have(&plan->flown.crew, person)) {
            iss_checker_report(
                checker, "flights", &plan->entity, "visitors", "%s isn't in its crew",
                iss_model_crew_member(checker->model, person)->entity.id);
        }
    }
}

void
iss_check_people(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    bool known = knows_who_flies(model);

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        if (known) {
            check_visitors(checker, plan);
            check_crew_down(checker, i, "crew_down", &plan->crew_down);
            check_crew_down(checker, i, "as_flown.crew_down", &plan->flown.crew_down);
        }
        for (int32_t j = 0; j < i && who_flies(model, plan)->count > 0; j++) {
            if (who_flies(model, iss_model_flight_plan(model, j))->count > 0) {
                compare_crews(checker, i, j);
            }
        }
    }
}
