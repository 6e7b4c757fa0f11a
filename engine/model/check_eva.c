/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_eva.c - rules of spacewalks, and what research is reckoned with.
 */
#include <stdio.h>

#include "model/checker.h"

#define MOST_EVAS 1e6 /* of one rule, in the mean */

/* ---- spacewalks ---------------------------------------------------------------- */

/* One that makes none by itself is there for repairs. */
static void
check_dateless(const struct iss_checker *checker, const struct iss_eva_rule *rule)
{
    static const char *const needy[] = {"interval", "count", "until"};
    int32_t id =
        (int32_t)(rule - (const struct iss_eva_rule *)checker->model->eva.items);
    bool serves = false;

    if (iss_checker_says(&rule->entity, "first")) {
        return; /* it can't be read */
    }
    for (size_t i = 0; i < 3; i++) {
        if (iss_checker_says(&rule->entity, needy[i])) {
            iss_checker_report(checker, "eva", &rule->entity, needy[i],
                               "needs first: when the first one is due");
            return;
        }
    }
    for (int32_t i = 0; i < checker->model->systems.count; i++) {
        serves = serves || iss_model_system(checker->model, i)->eva == id;
    }
    if (!serves) {
        iss_checker_warn(checker, "eva", &rule->entity, "",
                         "makes no spacewalks: it has no first, and no system is "
                         "repaired by it (systems.eva)");
    }
}

static void
check_dates(const struct iss_checker *checker, const struct iss_eva_rule *rule)
{
    int64_t end_us = checker->model->scenario.end_us;
    char a[32], b[32];

    if (end_us == ISS_NO_TIME) {
        return; /* said already */
    }
    if (rule->first_us == ISS_NO_TIME) {
        check_dateless(checker, rule);
        return;
    }
    if (rule->first_us > end_us) {
        iss_checker_warn(checker, "eva", &rule->entity, "first",
                         "lies after the scenario's end; got %s; the end is %s",
                         iss_checker_date(checker, rule->first_us, a),
                         iss_checker_date(checker, end_us, b));
    }
    if (rule->until_us < rule->first_us) {
        iss_checker_report(checker, "eva", &rule->entity, "until",
                           "lies before first; got %s; allowed from %s",
                           iss_checker_date(checker, rule->until_us, a),
                           iss_checker_date(checker, rule->first_us, b));
    }
}

static void
check_interval(const struct iss_checker *checker, const struct iss_eva_rule *rule)
{
    static const char *const needy[] = {"count", "until"};
    double span_d = iss_days_from_us(checker->model->scenario.end_us);

    if (rule->first_us == ISS_NO_TIME) {
        return;
    }
    if (rule->interval == NULL) {
        for (size_t i = 0; !iss_checker_says(&rule->entity, "interval") && i < 2; i++) {
            if (iss_checker_says(&rule->entity, needy[i])) {
                iss_checker_report(checker, "eva", &rule->entity, needy[i],
                                   "needs interval: without one there is a single EVA");
            }
        }
        return;
    }
    double mean_d = iss_dist_mean(rule->interval);
    if (!(mean_d > 0) || span_d / mean_d > MOST_EVAS) {
        iss_checker_report(checker, "eva", &rule->entity, "interval",
                           "makes too many; got a mean of %g d", mean_d);
    }
}

static void
check_named(const struct iss_checker *checker, const struct iss_eva_rule *rule)
{
    char setting[32];

    if (rule->crew.count >= 0 && rule->crew.count < rule->people) {
        iss_checker_report(
            checker, "eva", &rule->entity, "crew",
            "names too few; got %d; allowed %d or more, the people of it",
            (int)rule->crew.count, (int)rule->people);
    }
    for (int32_t i = 0; rule->skill >= 0 && i < rule->crew.count; i++) {
        const struct iss_crew_member *member =
            iss_model_crew_member(checker->model, rule->crew.at[i]);
        if (!iss_ids_have(&member->skills, rule->skill)) {
            snprintf(setting, sizeof setting, "crew[%d]", (int)i);
            iss_checker_report(checker, "eva", &rule->entity, setting,
                               "hasn't the skill \"%s\" that it needs; got %s",
                               checker->model->skills.at[rule->skill],
                               member->entity.id);
        }
    }
}

static void
check_skill(const struct iss_checker *checker, const struct iss_eva_rule *rule,
            const char *setting, int32_t skill)
{
    if (skill >= 0 && !iss_checker_somebody_has(checker->model, skill)) {
        iss_checker_warn(checker, "eva", &rule->entity, setting,
                         "nobody has it, so that none takes place; got \"%s\"",
                         checker->model->skills.at[skill]);
        return;
    }
    bool once = rule->first_us != ISS_NO_TIME && rule->interval == NULL;
    const struct iss_cadence *maker =
        skill >= 0 && rule->crew.count < 0 && !once
            ? iss_checker_crews_without(checker->model, skill)
            : NULL;
    if (maker != NULL) {
        iss_checker_warn(checker, "cadence", &maker->entity, "crew",
                         "nobody whom a rule brings has the skill \"%s\" that eva.%s "
                         "needs, so that none takes place once the others have left",
                         checker->model->skills.at[skill], rule->entity.id);
    }
}

/* ---- research ------------------------------------------------------------------ */

static void
report_utilisation(const struct iss_checker *checker, const char *setting,
                   const char *problem)
{
    struct iss_entity group = iss_checker_single(checker, "utilisation");
    iss_checker_report(checker, "", &group, setting, "%s", problem);
}

static void
check_research(const struct iss_checker *checker)
{
    const struct iss_utilisation *use = &checker->model->utilisation;
    const struct iss_research *rows = use->research.items;

    if (use->research.count > 0 && use->nominal_crew <= 0) {
        report_utilisation(checker, "nominal_crew",
                           "is missing: the crew against which hours are lost");
    }
    if (use->research.count <= 0 && use->nominal_crew > 0) {
        report_utilisation(checker, "research",
                           "is missing: the hours that the nominal crew works");
    }
    for (int32_t i = 1; i < use->research.count; i++) {
        bool later = rows[i].crew == rows[i - 1].crew &&
                     rows[i].from_us != ISS_NO_TIME &&
                     rows[i].from_us > rows[i - 1].from_us;
        if (rows[i].crew <= rows[i - 1].crew && !later) {
            report_utilisation(checker, "research",
                               "must have its rows in the order of crew, each once or "
                               "from one date and from later ones");
            return;
        }
    }
    if (checker->model->experiments.count > 0 && use->research.count <= 0) {
        iss_checker_report(checker, "experiments",
                           &iss_model_experiment(checker->model, 0)->entity, "",
                           "needs utilisation.research: the hours in which it is done");
    }
}

void
iss_check_eva(const struct iss_checker *checker)
{
    for (int32_t i = 0; i < checker->model->eva.count; i++) {
        const struct iss_eva_rule *rule = iss_model_eva_rule(checker->model, i);
        check_dates(checker, rule);
        check_interval(checker, rule);
        check_named(checker, rule);
        check_skill(checker, rule, "skill", rule->skill);
        check_skill(checker, rule, "inside", rule->inside);
    }
    check_research(checker);
}
