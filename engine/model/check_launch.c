/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_launch.c - rockets, their families and fleets: what one says for the other, and
 * whether what is waited for can come.
 */
#include <stdio.h>

#include "model/checker.h"

#define MOST_SCRUBS 0.99 /* of all attempts */

/* Whether a vehicle without people flies on the family, to prove it. */
static bool
carries_cargo(const struct iss_model *model, int32_t family)
{
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        if (vehicle->role == ISS_ROLE_CARGO && vehicle->launch_system >= 0 &&
            iss_model_launch_system(model, vehicle->launch_system)->family == family) {
            return true;
        }
    }
    return false;
}

static void
check_family(const struct iss_checker *checker, int32_t id)
{
    const struct iss_rocket_family *family = iss_model_family(checker->model, id);

    if (family->external != NULL && iss_dist_mean(family->external) <= 0) {
        iss_checker_report(checker, "families", &family->entity, "external",
                           "must take time: a launch can't fail at every moment; got 0 "
                           "d in the mean");
    }
    if (family->other_launches != NULL && iss_dist_mean(family->other_launches) <= 0) {
        iss_checker_report(checker, "families", &family->entity, "other_launches",
                           "must take time; got 0 d in the mean");
    }
    if (family->crew_after > 0 && family->other_launches == NULL &&
        !carries_cargo(checker->model, id)) {
        iss_checker_warn(checker, "families", &family->entity, "crew_after",
                         "no cargo vehicle flies on this family: after a failure its "
                         "crews would wait for ever, unless a vehicle is sent without "
                         "people");
    }
}

/* Attempts go on until one isn't called off. */
static void
check_scrubs(const struct iss_checker *checker, const struct iss_launch_system *rocket)
{
    const struct iss_scrub *scrubs = rocket->scrubs.items;
    double sum = 0;

    for (int32_t i = 0; i < rocket->scrubs.count; i++) {
        char setting[48];
        snprintf(setting, sizeof setting, "scrubs[%d].recycle", (int)i);
        sum += scrubs[i].probability.fixed;
        if (scrubs[i].recycle != NULL && iss_dist_mean(scrubs[i].recycle) <= 0) {
            iss_checker_report(checker, "launch_systems", &rocket->entity, setting,
                               "must take time; got 0 d in the mean");
        }
    }
    if (sum > MOST_SCRUBS) {
        iss_checker_report(
            checker, "launch_systems", &rocket->entity, "scrubs",
            "leave too little chance of a launch; got probabilities that "
            "sum to %g; allowed %g",
            sum, MOST_SCRUBS);
    }
}

static void
check_rocket(const struct iss_checker *checker, const struct iss_launch_system *rocket)
{
    if (rocket->family >= 0 && iss_checker_says(&rocket->entity, "stand_down")) {
        iss_checker_report(
            checker, "launch_systems", &rocket->entity, "stand_down",
            "is for rockets without a family; this one's is families.%s.stand_down",
            iss_model_family(checker->model, rocket->family)->entity.id);
    }
}

/* Rows that come after one for longer leads are for none. */
static void
check_slips(const struct iss_checker *checker, const struct iss_vehicle *vehicle)
{
    const struct iss_slip *slips = vehicle->slips.items;

    for (int32_t i = 1; i < vehicle->slips.count; i++) {
        if (slips[i].up_to_us <= slips[i - 1].up_to_us) {
            char setting[48];
            snprintf(setting, sizeof setting, "slips[%d].up_to", (int)i);
            iss_checker_report(
                checker, "vehicles", &vehicle->entity, setting,
                "must be longer than the one before; got %g d after %g d",
                iss_days_from_us(slips[i].up_to_us),
                iss_days_from_us(slips[i - 1].up_to_us));
        }
    }
}

/* A fleet has no dates, and what doesn't come back is none. */
static void
check_line(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_line *line = iss_model_line(model, id);

    if (line->fleet <= 0) {
        if (iss_checker_says(&line->entity, "refurbishment")) {
            iss_checker_warn(checker, "lines", &line->entity, "refurbishment",
                             "is for a fleet; say how many vehicles it has (fleet)");
        }
        return;
    }
    if (line->ready.count > 0 || line->interval != NULL) {
        iss_checker_report(checker, "lines", &line->entity, "fleet",
                           "stands instead of ready and interval; got both");
    }
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_vehicle *vehicle = iss_model_vehicle(model, i);
        if (vehicle->line == id && vehicle->role == ISS_ROLE_CARGO && !vehicle->lands) {
            iss_checker_report(
                checker, "vehicles", &vehicle->entity, "line",
                "is a fleet, and this vehicle doesn't come back (lands); "
                "got %s",
                line->entity.id);
        }
    }
}

static bool
same_family(const struct iss_model *model, int32_t one, int32_t other)
{
    int32_t family = iss_model_launch_system(model, one)->family;
    return family >= 0 && iss_model_launch_system(model, other)->family == family;
}

static void
check_alternatives(const struct iss_checker *checker, const struct iss_vehicle *vehicle)
{
    const struct iss_alternative *others = vehicle->alternatives.items;
    int32_t own = vehicle->launch_system;

    if (vehicle->alternatives.count > 0 && own < 0 &&
        !iss_checker_says(&vehicle->entity, "launch_system")) {
        iss_checker_report(
            checker, "vehicles", &vehicle->entity, "alternatives",
            "needs launch_system: the rocket that it flies on otherwise");
    }
    for (int32_t i = 0; i < vehicle->alternatives.count; i++) {
        char setting[48];
        snprintf(setting, sizeof setting, "alternatives[%d].launch_system", (int)i);
        if (own < 0 || others[i].rocket < 0) {
            continue;
        }
        const char *id =
            iss_model_launch_system(checker->model, others[i].rocket)->entity.id;
        if (others[i].rocket == own) {
            iss_checker_report(checker, "vehicles", &vehicle->entity, setting,
                               "is the rocket that it flies on anyway; got %s", id);
        } else if (same_family(checker->model, own, others[i].rocket)) {
            iss_checker_warn(checker, "vehicles", &vehicle->entity, setting,
                             "is of the family of %s, so that both are grounded "
                             "together; got %s",
                             iss_model_launch_system(checker->model, own)->entity.id,
                             id);
        }
    }
}

void
iss_check_launch(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->families.count; i++) {
        check_family(checker, i);
    }
    for (int32_t i = 0; i < model->lines.count; i++) {
        check_line(checker, i);
    }
    for (int32_t i = 0; i < model->launch_systems.count; i++) {
        check_rocket(checker, iss_model_launch_system(model, i));
        check_scrubs(checker, iss_model_launch_system(model, i));
    }
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        check_slips(checker, iss_model_vehicle(model, i));
        check_alternatives(checker, iss_model_vehicle(model, i));
    }
}
