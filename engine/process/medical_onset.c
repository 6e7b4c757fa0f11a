/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical_onset.c - when a person falls ill next, and of what.
 *
 * A rate that is the person's own, Gamma(a, b) with b in person-days, makes a Polya
 * process of the illnesses that it brings on a visit: after k of them in t days the
 * hazard is (a + k)/(b + t), the mean of what is then believed of the rate.  A person m
 * times as often ill has b/m for b.  A hundred such processes need no clock each.
 * Their hazards are sums of
 *
 *     a/(b + t)    the prior part: at most a/b, whatever happens
 *     k/(b + t)    one part for each condition that has come already: falling
 *
 * and of constant rates where the model or the outer point says so.  The sum of the
 * bounds is the rate of one clock; when it strikes, one part is chosen in proportion to
 * its bound (the prior ones by the model's alias table, the others along the list of
 * what the person has had) and kept with the probability that its hazard is of its
 * bound.  That is exact.  What isn't kept is drawn again on the spot, so that a patient
 * has one place on the calendar.
 *
 * Draws ONSET about the visit, numbered by candidates; ONCE, OUTING and EXPOSED about
 * the pair of visit and condition.
 */
#include <math.h>

#include "base/hash.h"
#include "model/medical.h"
#include "process/medical.h"

uint64_t
iss_medical_hash(const struct iss_world *world, int32_t slot, int32_t illness)
{
    return iss_hash_occurrence(iss_model_illness(world->model, illness)->entity.hash,
                               world->clinic.patients[slot].hash);
}

static int32_t
profile_of(const struct iss_world *world, int32_t slot)
{
    return iss_model_crew_member(world->model, world->clinic.patients[slot].person)
        ->profile;
}

/* ---- by visit, spacewalk, particle event ----------------------------------------- */

double
iss_medical_chance(const struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    double number = world->clinic.numbers[illness];

    if (model->medical.incidence == ISS_INCIDENCE_VISIT &&
        iss_model_illness(model, illness)->process != ISS_ILLNESS_ONCE) {
        number = iss_dist_quantile(
            iss_model_illness(model, illness)->incidence,
            iss_draw(world, ISS_DRAW_RATE, iss_medical_hash(world, slot, illness), 0));
    }
    return fmin(1, number *
                       iss_medical_factor(model, profile_of(world, slot), illness) *
                       iss_world_value(world, &model->medical.scale_incidence));
}

/* Whether it comes of a probability that is drawn for the one occasion, only its mean
 * decides. */
void
iss_medical_draw_once(struct iss_world *world, int32_t slot)
{
    const struct iss_model *model = world->model;
    const struct iss_ids *ids = &model->health.sets.once;
    int64_t *once_us = iss_patient_once(&world->clinic, model, slot);

    for (int32_t i = 0; i < ids->count; i++) {
        double u[4];
        iss_draw_block(world, ISS_DRAW_ONCE, iss_medical_hash(world, slot, ids->at[i]),
                       0, u);
        if (u[0] < iss_medical_chance(world, slot, ids->at[i])) {
            const struct iss_dist *after =
                iss_world_dist(world, iss_model_illness(model, ids->at[i])->after);
            once_us[i] = iss_us_add(world->now_us,
                                    iss_us_from_days(iss_dist_quantile(after, u[1])));
        }
    }
}

/* ---- what comes again and again ---------------------------------------------------
 */

/* What one patient's next illnesses are drawn from. */
struct clock {
    struct iss_world *world;
    struct iss_patient *patient;
    const struct iss_model *model;
    const struct iss_past *past;
    int32_t slot, profile;
    double scale;                      /* of every incidence */
    double prior;                      /* /d, of the superposed conditions */
    double again;                      /* sum of again_d */
    double fixed;                      /* /d, of those that keep their rates */
    double again_d[ISS_MAX_ILLNESSES]; /* /d, bounds, one a row of `past` */
};

/* How much a day of this patient counts as exposure to the condition. */
static double
weight(const struct clock *clock, int32_t illness)
{
    return clock->scale * iss_medical_factor(clock->model, clock->profile, illness);
}

/* 1/(b/m + t) after t days: the hazard for each event that there has been. */
static double
hazard_each(const struct clock *clock, int32_t illness, double days)
{
    const struct iss_health *health = &clock->model->health;
    double m = weight(clock, illness), exposed = days - health->lags_d[illness];

    return m / (health->rates_d[illness] + m * exposed);
}

/* The bounds from `days` on. */
static void
set_bounds(struct clock *clock, double days)
{
    const struct iss_health *health = &clock->model->health;

    clock->prior = clock->scale * health->prior[clock->profile];
    clock->fixed = clock->scale * clock->patient->fixed_per_d;
    clock->again = 0;
    for (int32_t i = 0; i < clock->patient->past_count; i++) {
        clock->again_d[i] =
            clock->past[i].count * hazard_each(clock, clock->past[i].illness, days);
        clock->again += clock->again_d[i];
    }
}

/* The superposed condition at `part`, 0 to 1, of the sum of the prior rates. */
static int32_t
choose_prior(const struct clock *clock, double part)
{
    const struct iss_health *health = &clock->model->health;
    int32_t count = health->sets.mixed.count;
    double column = part * count;
    int32_t at = (int32_t)column < count ? (int32_t)column : count - 1;
    const struct iss_alias *alias = &health->aliases[clock->profile * count + at];

    return column - at < alias->cut ? alias->first : alias->second;
}

/* The same among those that keep their rates, `rate` being within their sum. */
static int32_t
choose_fixed(const struct clock *clock, double rate)
{
    const struct iss_ids *ids = &clock->model->health.sets.fixed;
    const double *sums = iss_patient_rates(clock->world, clock->slot);
    int32_t low = 0, high = ids->count - 1;

    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (rate < clock->scale * sums[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return ids->at[low];
}

/* What the clock has struck for after `days`, -1 nothing.  `where` is uniform over the
 * sum of the bounds, `u` decides whether it is kept. */
static int32_t
choose(const struct clock *clock, double where, double u, double days)
{
    const struct iss_health *health = &clock->model->health;
    int32_t illness;

    if (where < clock->prior) {
        illness = choose_prior(clock, where / clock->prior);
        double m = weight(clock, illness), b = health->rates_d[illness];
        double exposed = days - health->lags_d[illness];
        return exposed >= 0 && u * (b + m * exposed) < b ? illness : -1;
    }
    where -= clock->prior;
    if (where < clock->again) {
        int32_t i = 0;
        while (i + 1 < clock->patient->past_count && where >= clock->again_d[i]) {
            where -= clock->again_d[i++];
        }
        illness = clock->past[i].illness;
        return u * clock->again_d[i] <
                       clock->past[i].count * hazard_each(clock, illness, days)
                   ? illness
                   : -1;
    }
    if (health->sets.fixed.count == 0) {
        return -1; /* rounding has led beyond the sum */
    }
    illness = choose_fixed(clock, where - clock->again);
    return days >= health->lags_d[illness] ? illness : -1;
}

/* The next onset of what comes again and again, from now on. */
static void
run_clock(struct iss_world *world, int32_t slot)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    struct clock clock;
    double u[4];

    clock.world = world;
    clock.patient = patient;
    clock.model = world->model;
    clock.slot = slot;
    clock.profile = profile_of(world, slot);
    clock.past = iss_patient_past(&world->clinic, world->model, slot);
    clock.scale = iss_world_value(world, &world->model->medical.scale_incidence);

    double days = iss_days_from_us(world->now_us - patient->begin_us);
    double end_d = iss_days_from_us(world->model->scenario.end_us - patient->begin_us);
    set_bounds(&clock, days);
    double sum = clock.prior + clock.again + clock.fixed;
    patient->clock_us = ISS_NEVER;
    while (sum > 0) {
        iss_draw_block(world, ISS_DRAW_ONSET, patient->hash, patient->candidates++, u);
        days -= log(u[0]) / sum;
        if (days > end_d) {
            return;
        }
        int32_t illness = choose(&clock, u[1] * sum, u[2], days);
        if (illness >= 0) {
            patient->clock_illness = illness;
            patient->clock_us =
                iss_us_later(patient->begin_us + iss_us_from_days(days), world->now_us);
            return;
        }
    }
}

void
iss_medical_plan(struct iss_world *world, int32_t slot, bool struck)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    const struct iss_ids *ids = &world->model->health.sets.once;
    const int64_t *once_us = iss_patient_once(&world->clinic, world->model, slot);

    if (struck) {
        run_clock(world, slot);
    }
    patient->due_us = patient->clock_us;
    patient->due_illness = patient->clock_illness;
    for (int32_t i = 0; i < ids->count; i++) {
        if (once_us[i] < patient->due_us) {
            patient->due_us = once_us[i];
            patient->due_illness = ids->at[i];
        }
    }
    iss_schedule(world, iss_slot_onset(world, slot), patient->due_us, ISS_EVENT_ILLNESS,
                 patient->person, patient->due_illness);
}
