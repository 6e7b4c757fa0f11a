/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_medical.c - medical conditions, kits, and the risks that people have.
 *
 * A setting that means nothing where it stands is an error: whoever wrote it expects it
 * to do something.
 */
#include <stdio.h>

#include "model/checker.h"

static const char *
place(const char *list, int32_t index, const char *setting, char buffer[64])
{
    snprintf(buffer, 64, "%s[%d]%s%s", list, (int)index, *setting != '\0' ? "." : "",
             setting);
    return buffer;
}

/* ---- items of a kit, or that a condition needs ---------------------------------- */

static void
check_items(const struct iss_checker *checker, const char *set,
            const struct iss_entity *entity, const struct iss_rows *rows)
{
    const struct iss_item *items = rows->items;
    char setting[64];

    for (int32_t i = 0; i < rows->count; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (items[i].item >= 0 && items[k].item == items[i].item) {
                iss_checker_report(
                    checker, set, entity, place("items", i, "item", setting),
                    "%s is named twice", checker->model->items.at[items[i].item]);
            }
        }
    }
}

static void
check_kit(const struct iss_checker *checker, const struct iss_kit *kit)
{
    check_items(checker, "kits", &kit->entity, &kit->items);
    if (kit->unlimited && kit->items.count > 0) {
        iss_checker_report(checker, "kits", &kit->entity, "items",
                           "means nothing: an unlimited kit has everything");
    }
}

/* ---- how a condition comes about ------------------------------------------------ */

/* What isn't known of it has been said by the distribution itself. */
static void
check_known(const struct iss_checker *checker, const struct iss_illness *illness,
            const char *setting, const struct iss_dist *dist)
{
    if (dist != NULL && iss_dist_mark(dist) != 0) {
        iss_checker_report(checker, "conditions", &illness->entity, setting,
                           "can't be uncertain: its distribution says what isn't "
                           "known, and medical.incidence what that means");
    }
}

static bool
takes_after(const struct iss_illness *illness)
{
    return illness->process == ISS_ILLNESS_ONCE || illness->process == ISS_ILLNESS_LATE;
}

static void
check_process(const struct iss_checker *checker, const struct iss_illness *illness)
{
    bool probable = illness->process == ISS_ILLNESS_ONCE ||
                    illness->process == ISS_ILLNESS_EVA ||
                    illness->process == ISS_ILLNESS_PARTICLE_EVENT;
    double least, greatest;

    check_known(checker, illness, "incidence", illness->incidence);
    check_known(checker, illness, "worst_case", illness->worst_case);
    if (illness->process < 0 || illness->incidence == NULL) {
        return; /* said already */
    }
    iss_dist_bounds(illness->incidence, &least, &greatest);
    if (probable && greatest > 1) {
        iss_checker_report(checker, "conditions", &illness->entity, "incidence",
                           "is a probability; got values up to %g; allowed 0 to 1",
                           greatest);
    }
    if (!takes_after(illness) && iss_checker_says(&illness->entity, "after")) {
        iss_checker_report(checker, "conditions", &illness->entity, "after",
                           "is for process = \"once\" and \"late\" only");
    }
    if (illness->process == ISS_ILLNESS_LATE && illness->after != NULL) {
        iss_dist_bounds(illness->after, &least, &greatest);
        if (least < greatest || iss_dist_mark(illness->after) != 0) {
            iss_checker_report(checker, "conditions", &illness->entity, "after",
                               "must be one number where process = \"late\"");
        }
    }
    if (illness->process == ISS_ILLNESS_PARTICLE_EVENT &&
        checker->model->medical.particle_events == NULL) {
        iss_checker_warn(checker, "conditions", &illness->entity, "process",
                         "nobody will get it: medical.particle_events is missing");
    }
}

static void
check_risks(const struct iss_checker *checker, const struct iss_illness *illness)
{
    const struct iss_risk *risks = illness->risks.items;
    char setting[64];

    for (int32_t i = 0; i < illness->risks.count; i++) {
        if (risks[i].factor.uncertain >= 0) {
            iss_checker_report(checker, "conditions", &illness->entity,
                               place("risks", i, "factor", setting),
                               "can't be uncertain");
        }
        for (int32_t k = 0; k < i; k++) {
            if (risks[i].flag >= 0 && risks[k].flag == risks[i].flag) {
                iss_checker_report(checker, "conditions", &illness->entity,
                                   place("risks", i, "flag", setting),
                                   "%s is named twice",
                                   checker->model->risks.at[risks[i].flag]);
            }
        }
    }
}

/* ---- what it leads to ----------------------------------------------------------- */

static const char *const cares[] = {"treated", "untreated"};

/* Whether two rows are about the same. */
static bool
collide(const struct iss_outcome_row *a, const struct iss_outcome_row *b)
{
    return a->care >= 0 && a->care == b->care && a->severity >= 0 && b->severity >= 0 &&
           (a->severity == b->severity || a->severity == ISS_COURSE_ANY ||
            b->severity == ISS_COURSE_ANY);
}

/* Whether the rows say what one kind of care leads to; -1: in one course only. */
static int
covers(const struct iss_illness *illness, int care)
{
    const struct iss_outcome_row *rows = illness->outcomes.items;
    bool best = false, worst = false;

    for (int32_t i = 0; i < illness->outcomes.count; i++) {
        if (rows[i].care == care || rows[i].care < 0 || rows[i].severity < 0) {
            best |= rows[i].severity != ISS_COURSE_WORST;
            worst |= rows[i].severity != ISS_COURSE_BEST;
        }
    }
    return best != worst ? -1 : best;
}

static void
check_outcomes(const struct iss_checker *checker, const struct iss_illness *illness)
{
    const struct iss_outcome_row *rows = illness->outcomes.items;
    char setting[64];

    for (int32_t i = 0; i < illness->outcomes.count; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (collide(&rows[i], &rows[k])) {
                iss_checker_report(checker, "conditions", &illness->entity,
                                   place("outcomes", i, "", setting),
                                   "says again what outcomes[%d] says", (int)k);
            }
        }
    }
    for (int care = 0; care < ISS_CARES; care++) {
        int covered = covers(illness, care);
        bool needed = care == ISS_CARE_TREATED || illness->items.count > 0;
        if (covered < 0 || (covered == 0 && needed)) {
            iss_checker_report(checker, "conditions", &illness->entity, "outcomes",
                               "needs a row with care = \"%s\"%s", cares[care],
                               covered < 0 ? " for each severity, best and worst" : "");
        }
    }
}

/* ---- people -------------------------------------------------------------------- */

static bool
matters(const struct iss_model *model, int32_t risk)
{
    for (int32_t i = 0; i < model->conditions.count; i++) {
        const struct iss_rows *rows = &iss_model_illness(model, i)->risks;
        const struct iss_risk *risks = rows->items;
        for (int32_t k = 0; k < rows->count; k++) {
            if (risks[k].flag == risk) {
                return true;
            }
        }
    }
    return false;
}

static void
check_flags(const struct iss_checker *checker, const char *set,
            const struct iss_entity *entity, const char *setting,
            const struct iss_ids *risks)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < risks->count; i++) {
        const char *name = model->risks.at[risks->at[i]];
        if (risks->at[i] < ISS_SEXES) {
            iss_checker_report(checker, set, entity, setting,
                               "%s is said by sex = \"%s\"", name, name);
        } else if (model->conditions.count > 0 && !matters(model, risks->at[i])) {
            iss_checker_warn(checker, set, entity, setting,
                             "no condition depends on %s among its risks", name);
        }
    }
}

static void
check_people(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    char setting[64];

    for (int32_t i = 0; i < model->crew.count; i++) {
        const struct iss_crew_member *member = iss_model_crew_member(model, i);
        check_flags(checker, "crew", &member->entity, "risks", &member->risks);
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(model, i);
        const struct iss_crew_place *places = rule->crew.items;
        for (int32_t k = 0; k < rule->crew.count; k++) {
            check_flags(checker, "cadence", &rule->entity,
                        place("crew", k, "risks", setting), &places[k].risks);
        }
    }
}

/* Without a kit nobody can tell what treatment there is. */
static void
check_has_kit(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    const struct iss_node *group = iss_node_child(model->source.root, "medical");
    const struct iss_node *kit = group != NULL ? iss_node_child(group, "kit") : NULL;

    if (model->conditions.count > 0 && kit == NULL) {
        iss_diag_error(checker->diag,
                       group != NULL ? group->origin
                                     : iss_model_illness(model, 0)->entity.origin,
                       "medical.kit",
                       "is missing: which of the kits is aboard, for people who fall "
                       "ill; or remove the conditions");
    }
}

void
iss_check_medical(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    check_has_kit(checker);
    check_people(checker);
    for (int32_t i = 0; i < model->kits.count; i++) {
        check_kit(checker, iss_model_kit(model, i));
    }
    for (int32_t i = 0; i < model->conditions.count; i++) {
        const struct iss_illness *illness = iss_model_illness(model, i);
        check_process(checker, illness);
        check_risks(checker, illness);
        check_items(checker, "conditions", &illness->entity, &illness->items);
        check_outcomes(checker, illness);
    }
    if (model->conditions.count > ISS_MAX_ILLNESSES) {
        iss_checker_report(checker, "conditions",
                           &iss_model_illness(model, ISS_MAX_ILLNESSES)->entity, "",
                           "is one too many; allowed %d conditions", ISS_MAX_ILLNESSES);
    }
}
