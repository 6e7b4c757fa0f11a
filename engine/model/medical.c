/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical.c - the medical conditions as tables that a mission can look things up in.
 *
 * People whose risks change every incidence in the same way share a profile, which has
 * a clock for the conditions that come again and again (medical_clock.c).
 */
#include "model/medical.h"

#include <math.h>
#include <string.h>

#include "isssim/status.h"

#define NEVER_LEARNS 1e300 /* person-days: a rate that no illness makes doubtful */

/* ---- conditions ---------------------------------------------------------------- */

static struct iss_course_table
course_of(const struct iss_outcome_row *row)
{
    return (struct iss_course_table){
        .phases = {.min = {row->impairment_1.min, row->impairment_2.min,
                           row->duration_1.min, row->duration_2.min},
                   .mode = {row->impairment_1.mode, row->impairment_2.mode,
                            row->duration_1.mode, row->duration_2.mode},
                   .max = {row->impairment_1.max, row->impairment_2.max,
                           row->duration_1.max, row->duration_2.max}},
        .lasting = row->lasting,
        .evacuation = iss_pert_mean(&row->evacuation),
        .loss = iss_pert_mean(&row->loss),
    };
}

/* Without a row for no treatment a condition is always treated. */
static void
fill_courses(const struct iss_illness *illness, struct iss_illness_table *table)
{
    const struct iss_outcome_row *rows = illness->outcomes.items;
    bool untreated = false;

    for (int32_t i = 0; i < illness->outcomes.count; i++) {
        untreated = untreated || rows[i].care == ISS_CARE_UNTREATED;
        if (rows[i].severity != ISS_COURSE_WORST) {
            table->courses[0][rows[i].care] = course_of(&rows[i]);
        }
        if (rows[i].severity != ISS_COURSE_BEST) {
            table->courses[1][rows[i].care] = course_of(&rows[i]);
        }
    }
    for (int course = 0; course < 2 && !untreated; course++) {
        table->courses[course][ISS_CARE_UNTREATED] =
            table->courses[course][ISS_CARE_TREATED];
    }
}

/* Which course it takes, where that needs no draw. */
static void
fill_choice(struct iss_illness_table *table)
{
    const struct iss_course_table *best = table->courses[0], *worst = table->courses[1];
    bool same = memcmp(best, worst, sizeof table->courses[0]) == 0;

    table->course = same || table->worst <= 0 ? 0 : table->worst >= 1 ? 1 : -1;
    for (int care = 0; care < ISS_CARES; care++) {
        table->lasts =
            table->lasts || best[care].lasting.max > 0 || worst[care].lasting.max > 0;
    }
}

static bool
is_continuing(const struct iss_illness *illness)
{
    return illness->process == ISS_ILLNESS_POISSON ||
           illness->process == ISS_ILLNESS_LATE;
}

static void
fill_illness(const struct iss_model *model, const struct iss_illness *illness,
             struct iss_illness_table *table, double *rate_d, double *lag_d)
{
    double shape, scale, least, greatest;

    *rate_d = NEVER_LEARNS;
    *lag_d = illness->process == ISS_ILLNESS_LATE ? iss_dist_mean(illness->after) : 0;
    fill_courses(illness, table);
    table->hash = illness->entity.hash;
    if (!iss_model_kit(model, model->medical.kit)->unlimited) {
        table->needs = illness->items;
    }
    table->mean = iss_dist_mean(illness->incidence);
    table->worst = iss_dist_mean(illness->worst_case);
    fill_choice(table);
    if (!is_continuing(illness) || model->medical.incidence == ISS_INCIDENCE_POINT) {
        return;
    }
    iss_dist_bounds(illness->incidence, &least, &greatest);
    table->mixed = model->medical.incidence == ISS_INCIDENCE_MEAN || least == greatest;
    if (!table->mixed && iss_dist_is_gamma(illness->incidence, &shape, &scale)) {
        table->mixed = table->learns = true;
        *rate_d = 1 / scale;
    }
}

/* The set that a condition belongs to. */
static struct iss_ids *
set_of(struct iss_health_sets *sets, const struct iss_illness *illness,
       const struct iss_illness_table *table)
{
    switch ((enum iss_illness_process)illness->process) {
    case ISS_ILLNESS_ONCE:
        return &sets->once;
    case ISS_ILLNESS_EVA:
        return &sets->eva;
    case ISS_ILLNESS_PARTICLE_EVENT:
        return &sets->particle_event;
    default:
        return table->mixed ? &sets->mixed : &sets->fixed;
    }
}

static int
fill_sets(struct iss_model *model, const struct iss_illness_table *tables)
{
    struct iss_health_sets *sets = &model->health.sets;
    struct iss_ids *all[] = {&sets->mixed, &sets->fixed, &sets->once, &sets->eva,
                             &sets->particle_event};
    size_t count = (size_t)model->conditions.count;
    int32_t *at[sizeof all / sizeof *all];

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        at[i] = iss_arena_array(&model->arena, count, sizeof **at);
        if (at[i] == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        *all[i] = (struct iss_ids){0, at[i]};
    }
    for (int32_t id = 0; id < model->conditions.count; id++) {
        struct iss_ids *set = set_of(sets, iss_model_illness(model, id), &tables[id]);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            if (all[i] == set) {
                at[i][set->count++] = id;
            }
        }
    }
    return ISS_OK;
}

static int
fill_illnesses(struct iss_model *model)
{
    size_t count = (size_t)model->conditions.count;
    struct iss_illness_table *tables =
        iss_arena_array(&model->arena, count, sizeof *tables);
    double *rates_d = iss_arena_array(&model->arena, count, sizeof *rates_d);
    double *lags_d = iss_arena_array(&model->arena, count, sizeof *lags_d);

    if (tables == NULL || rates_d == NULL || lags_d == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->conditions.count; i++) {
        fill_illness(model, iss_model_illness(model, i), &tables[i], &rates_d[i],
                     &lags_d[i]);
    }
    model->health.illnesses = tables;
    model->health.rates_d = rates_d;
    model->health.lags_d = lags_d;
    return fill_sets(model, tables);
}

/* ---- people -------------------------------------------------------------------- */

static bool
has_risk(const struct iss_crew_member *member, int32_t risk)
{
    return member->sex == risk || iss_ids_have(&member->risks, risk);
}

/* The factors of everything for one person. */
static void
fill_factors(const struct iss_model *model, const struct iss_crew_member *member,
             double *factors)
{
    for (int32_t i = 0; i < model->conditions.count; i++) {
        const struct iss_illness *illness = iss_model_illness(model, i);
        const struct iss_risk *risks = illness->risks.items;
        factors[i] = 1;
        for (int32_t k = 0; k < illness->risks.count; k++) {
            if (has_risk(member, risks[k].flag)) {
                factors[i] *= risks[k].factor.fixed;
            }
        }
    }
}

/* Give everyone a profile.  The last row is where the next person's is tried. */
static int
fill_profiles(struct iss_model *model)
{
    struct iss_health *health = &model->health;
    struct iss_crew_member *people = model->crew.items;
    size_t row = (size_t)model->conditions.count, room = 0;
    double *factors = NULL;

    for (int32_t i = 0; i < model->crew.count; i++) {
        if ((size_t)health->profiles + 1 > room) {
            room = 2 * room + 4;
            double *grown = iss_arena_array(&model->arena, room * row, sizeof *grown);
            if (grown == NULL) {
                return ISS_ERR_NO_MEMORY;
            }
            if (health->profiles > 0) {
                memcpy(grown, factors, (size_t)health->profiles * row * sizeof *grown);
            }
            factors = grown;
        }
        double *mine = factors + (size_t)health->profiles * row;
        int32_t profile = 0;
        fill_factors(model, &people[i], mine);
        while (memcmp(factors + (size_t)profile * row, mine, row * sizeof *mine) != 0) {
            profile++;
        }
        people[i].profile = profile;
        health->profiles += profile == health->profiles;
    }
    health->factors = factors;
    return ISS_OK;
}

/* ---- the kit ------------------------------------------------------------------- */

static int
fill_kit(struct iss_model *model)
{
    int64_t *stock =
        iss_arena_array(&model->arena, (size_t)model->items.count + 1, sizeof *stock);

    if (stock == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    const struct iss_kit *kit = iss_model_kit(model, model->medical.kit);
    const struct iss_item *items = kit->items.items;
    for (int32_t i = 0; i < kit->items.count; i++) {
        stock[items[i].item] = items[i].count;
    }
    model->health.kit = stock;
    return ISS_OK;
}

int
iss_medical_settle(struct iss_model *model)
{
    if (model->conditions.count == 0) {
        return ISS_OK;
    }
    int status = fill_illnesses(model);
    if (status == ISS_OK) {
        status = fill_profiles(model);
    }
    if (status == ISS_OK) {
        status = iss_medical_clocks(model);
    }
    if (status == ISS_OK) {
        status = iss_pert_table_new(&model->arena, &model->health.quantiles);
    }
    return status == ISS_OK ? fill_kit(model) : status;
}
