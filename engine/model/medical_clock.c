/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical_clock.c - one clock for many conditions.
 *
 * For each profile the conditions whose rates are known, or a person's own and gamma
 * distributed, are superposed: the clock runs at the sum of their mean rates, which is
 * what they begin a visit with, and an alias table (Walker) says in one step which of
 * them it was.  Where what is learnt during a mission soon makes the mean rate far too
 * high, a condition stays out of that and has a hazard of its own.  See docs/medical.md
 * for the mathematics.
 */
#include <math.h>

#include "base/civil.h"
#include "isssim/status.h"
#include "model/medical.h"

enum { MOST_QUICK = 8 };
#define WASTE                                                                          \
    0.25 /* strokes of the clock in vain that are worth a hazard of its own            \
          */

/* How often the clock would strike in vain for a condition in the whole mission, if it
 * was superposed and never came: the integral of a/b - a/(b + t). */
static double
waste_of(const struct iss_model *model, int32_t profile, int32_t illness)
{
    const struct iss_illness_table *table = &model->health.illnesses[illness];
    double b = model->health.rates_d[illness];
    double days =
        iss_days_from_us(model->scenario.end_us - model->scenario.forecast_from_us) *
        iss_medical_factor(model, profile, illness);

    return table->learns && model->health.lags_d[illness] == 0 && days > 0
               ? table->mean * b * (days / b - log1p(days / b))
               : 0;
}

/* The conditions that it pays most to leave out, those first that come most. */
static void
choose_quick(const struct iss_model *model, int32_t profile, int32_t *quick,
             int32_t *count)
{
    const struct iss_ids *ids = &model->health.sets.mixed;
    double wastes[MOST_QUICK];

    for (int32_t i = 0; i < ids->count; i++) {
        double waste = waste_of(model, profile, ids->at[i]);
        if (waste > WASTE && (*count < MOST_QUICK || waste > wastes[*count - 1])) {
            int32_t at = *count < MOST_QUICK ? (*count)++ : *count - 1;
            for (; at > 0 && wastes[at - 1] < waste; at--) {
                wastes[at] = wastes[at - 1];
                quick[at] = quick[at - 1];
            }
            wastes[at] = waste;
            quick[at] = ids->at[i];
        }
    }
}

/* Vose's construction: each of n equal columns holds a part of one condition's share
 * and what is left of another's. */
static void
fill_aliases(const struct iss_ids *ids, double *shares, int32_t *small, int32_t *large,
             struct iss_alias *aliases)
{
    int32_t smalls = 0, larges = 0;

    for (int32_t i = 0; i < ids->count; i++) {
        aliases[i] = (struct iss_alias){1, ids->at[i], ids->at[i]};
        if (shares[i] < 1) {
            small[smalls++] = i;
        } else {
            large[larges++] = i;
        }
    }
    while (smalls > 0 && larges > 0) {
        int32_t less = small[--smalls], more = large[larges - 1];
        aliases[less].cut = shares[less];
        aliases[less].second = ids->at[more];
        shares[more] -= 1 - shares[less];
        if (shares[more] < 1) {
            larges--;
            small[smalls++] = more;
        }
    }
}

/* One profile's table; `ids`, `shares` and `lists` are room for as many, and twice as
 * many, as there are mixed conditions. */
static void
fill_clock(const struct iss_model *model, int32_t profile, int32_t *ids, double *shares,
           int32_t *lists, int32_t *quick, struct iss_alias *aliases,
           struct iss_clock_table *clock)
{
    const struct iss_ids *mixed = &model->health.sets.mixed;
    int32_t count = 0;

    *clock = (struct iss_clock_table){.quick.at = quick, .aliases = aliases};
    choose_quick(model, profile, quick, &clock->quick.count);
    for (int32_t i = 0; i < mixed->count; i++) {
        int32_t id = mixed->at[i];
        if (!iss_ids_have(&clock->quick, id)) {
            ids[count] = id;
            shares[count] = iss_medical_factor(model, profile, id) *
                            model->health.illnesses[id].mean;
            clock->prior += shares[count++];
        }
    }
    clock->count = count;
    for (int32_t i = 0; i < count; i++) {
        shares[i] = clock->prior > 0 ? shares[i] / clock->prior * count : 1;
    }
    fill_aliases(&(struct iss_ids){count, ids}, shares, lists, lists + count, aliases);
}

int
iss_medical_clocks(struct iss_model *model)
{
    size_t count = (size_t)model->health.sets.mixed.count;
    size_t profiles = (size_t)model->health.profiles;
    struct iss_arena *arena = &model->arena;
    struct iss_clock_table *clocks =
        iss_arena_array(arena, profiles + 1, sizeof *clocks);
    struct iss_alias *aliases =
        iss_arena_array(arena, profiles * count + 1, sizeof *aliases);
    double *shares = iss_arena_array(arena, count + 1, sizeof *shares);
    int32_t *lists = iss_arena_array(arena, 3 * count + 1, sizeof *lists);
    int32_t *quick = iss_arena_array(arena, profiles + 1, MOST_QUICK * sizeof *quick);

    if (clocks == NULL || aliases == NULL || shares == NULL || lists == NULL ||
        quick == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t p = 0; p < profiles; p++) {
        fill_clock(model, (int32_t)p, lists + 2 * count, shares, lists,
                   quick + MOST_QUICK * p, aliases + count * p, &clocks[p]);
    }
    model->health.clocks = clocks;
    return ISS_OK;
}
