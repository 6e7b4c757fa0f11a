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
 *     a/(b + t)          the prior part: at most a/b, whatever happens
 *     k/(b + t)          one part for each condition that has come already: falling
 *     (a + k)/(b + t)    both in one, for the few that soon fall far below a/b
 *
 * and of constant rates where the model or the outer point says so.  The sum of the
 * bounds is the rate of one clock; when it strikes, one part is chosen in proportion to
 * its bound (the prior ones by the model's alias table, the others along the list of
 * the person's own) and kept with the probability that its hazard is of its bound.
 * That is exact.  What isn't kept is drawn again on the spot, so that a patient has one
 * place on the calendar.  The bounds of the latter two kinds are those of the moment
 * when the condition came, or was last chosen.
 *
 * When the clock strikes next, and for what, is in the block of draws about the onset
 * before (medical_course.c); the first time, and after strokes in vain, ONSET is drawn
 * about the visit.  Draws ONCE, OUTING and EXPOSED about visit and condition.
 */
#include <math.h>

#include "isssim/status.h"
#include "kernel/exponential.h"
#include "model/medical.h"
#include "process/medical.h"

/* ---- by visit, spacewalk, particle event ----------------------------------------- */

double
iss_medical_chance(const struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    const struct iss_patient *patient = &world->clinic.patients[slot];
    double number = world->clinic.numbers[illness];

    if (model->medical.incidence == ISS_INCIDENCE_VISIT &&
        iss_model_illness(model, illness)->process != ISS_ILLNESS_ONCE) {
        number = iss_patient_rate(world, slot, illness);
    }
    return fmin(1, number * iss_medical_factor(model, patient->profile, illness) *
                       patient->scale);
}

double
iss_medical_draw(const struct iss_world *world, enum iss_draw_kind kind, int32_t slot,
                 int32_t illness, uint64_t number)
{
    uint64_t bits[4];

    iss_draw_block(world, kind, iss_model_illness(world->model, illness)->entity.hash,
                   world->clinic.patients[slot].hash, number, bits);
    return iss_unit_uniform(bits[0]);
}

/* The earliest of what comes once and hasn't yet. */
static void
find_once(struct iss_world *world, int32_t slot)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    const struct iss_ids *ids = &world->model->health.sets.once;
    const int64_t *once_us = iss_patient_once(&world->clinic, world->model, slot);

    patient->once_next_us = ISS_NEVER;
    for (int32_t i = 0; i < ids->count; i++) {
        if (once_us[i] < patient->once_next_us) {
            patient->once_next_us = once_us[i];
            patient->once_illness = ids->at[i];
        }
    }
}

/* Whether something comes of a probability that is itself drawn for the one occasion,
 * only the mean decides. */
void
iss_medical_draw_once(struct iss_world *world, int32_t slot)
{
    const struct iss_model *model = world->model;
    const struct iss_ids *ids = &model->health.sets.once;
    int64_t *once_us = iss_patient_once(&world->clinic, model, slot);
    uint64_t bits[4];

    for (int32_t i = 0; i < ids->count; i++) {
        const struct iss_illness *illness = iss_model_illness(model, ids->at[i]);
        iss_draw_block(world, ISS_DRAW_ONCE, illness->entity.hash,
                       world->clinic.patients[slot].hash, 0, bits);
        if (iss_unit_uniform(bits[0]) < iss_medical_chance(world, slot, ids->at[i])) {
            double after_d = iss_dist_quantile(iss_world_dist(world, illness->after),
                                               iss_unit_uniform(bits[1]));
            once_us[i] = iss_us_add(world->now_us, iss_us_from_days(after_d));
        }
    }
    find_once(world, slot);
}

void
iss_medical_cross_out(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_ids *ids = &world->model->health.sets.once;

    for (int32_t i = 0; i < ids->count; i++) {
        if (ids->at[i] == illness) {
            iss_patient_once(&world->clinic, world->model, slot)[i] = ISS_NEVER;
        }
    }
    find_once(world, slot);
}

/* ---- what comes again and again -------------------------------------------------- */

/* How many times as often as others the patient gets the condition. */
static double
times(const struct iss_world *world, const struct iss_patient *patient, int32_t illness)
{
    return patient->scale * iss_medical_factor(world->model, patient->profile, illness);
}

static double
hazard_after(const struct iss_world *world, const struct iss_patient *patient,
             const struct iss_hazard *hazard, double days)
{
    const struct iss_health *health = &world->model->health;
    double m = times(world, patient, hazard->illness);
    double exposed = days - health->lags_d[hazard->illness];

    return hazard->weight * m / (health->rates_d[hazard->illness] + m * exposed);
}

/* The hazard is bounded by what it is after `days`. */
static void
bound(const struct iss_world *world, struct iss_patient *patient,
      struct iss_hazard *hazard, double days)
{
    double now = hazard_after(world, patient, hazard, days);

    patient->own += now - hazard->bound;
    hazard->bound = now;
}

uint64_t
iss_medical_count(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    struct iss_patient *patient = &world->clinic.patients[slot];
    struct iss_past *past = &iss_patient_past(&world->clinic, model, slot)[illness];

    if (past->count == UINT16_MAX) {
        world->status = ISS_ERR_CAPACITY;
        return past->count;
    }
    if (model->health.illnesses[illness].learns) {
        struct iss_hazard *hazard =
            past->row > 0
                ? iss_patient_hazards(&world->clinic, model, slot) + past->row - 1
                : iss_patient_expose(world, slot, illness);
        hazard->weight++;
        bound(world, patient, hazard,
              iss_days_from_us(world->now_us - patient->begin_us));
    }
    return past->count++;
}

/* One of the superposed conditions, at `rate` of the sum of their rates: -1 when its
 * hazard is too low by now. */
static int32_t
choose_prior(const struct iss_world *world, const struct iss_patient *patient,
             double rate, double keep, double days)
{
    const struct iss_health *health = &world->model->health;
    const struct iss_clock_table *clock = &health->clocks[patient->profile];
    double column = rate * patient->columns;
    int32_t at = (int32_t)column < clock->count ? (int32_t)column : clock->count - 1;
    const struct iss_alias *alias = &clock->aliases[at];
    int32_t illness = column - at < alias->cut ? alias->first : alias->second;
    double b = health->rates_d[illness], exposed = days - health->lags_d[illness];

    return exposed >= 0 && keep * (b + times(world, patient, illness) * exposed) < b
               ? illness
               : -1;
}

/* The condition whose hazard is the patient's own, at `rate` of the sum of their
 * bounds; -1 when its hazard is below that. */
static int32_t
choose_own(struct iss_world *world, int32_t slot, double rate, double keep, double days)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    struct iss_hazard *hazard = iss_patient_hazards(&world->clinic, world->model, slot);

    for (int32_t i = patient->hazard_count - 1; i > 0 && rate >= hazard->bound; i--) {
        rate -= hazard++->bound;
    }
    double before = hazard->bound;
    bound(world, patient, hazard, days);
    return keep * before < hazard->bound ? hazard->illness : -1;
}

/* The condition at `rate` of those whose rates were drawn beforehand. */
static int32_t
choose_fixed(const struct iss_world *world, int32_t slot, double rate, double days)
{
    const struct iss_health *health = &world->model->health;
    const struct iss_ids *ids = &health->sets.fixed;
    const double *sums = iss_patient_rates(world, slot);
    int32_t low = 0, high = ids->count - 1;

    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (rate < world->clinic.patients[slot].scale * sums[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return high >= 0 && days >= health->lags_d[ids->at[low]] ? ids->at[low] : -1;
}

/* What the clock has struck for after `days`, -1 nothing.  `rate` is uniform over the
 * sum of the bounds, `keep` decides whether it is kept. */
static int32_t
choose(struct iss_world *world, int32_t slot, double rate, double keep, double days)
{
    const struct iss_patient *patient = &world->clinic.patients[slot];

    if (rate < patient->prior) {
        return choose_prior(world, patient, rate, keep, days);
    }
    rate -= patient->prior;
    return rate < patient->own ? choose_own(world, slot, rate, keep, days)
                               : choose_fixed(world, slot, rate - patient->own, days);
}

static struct iss_medical_chance
draw_chance(struct iss_world *world, struct iss_patient *patient)
{
    uint64_t bits[4];

    iss_draw_block(world, ISS_DRAW_ONSET, 0, patient->hash, patient->blocks++, bits);
    return (struct iss_medical_chance){{bits[0], bits[1]}};
}

void
iss_medical_run(struct iss_world *world, int32_t slot, struct iss_medical_chance next)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    double days = iss_days_from_us(world->now_us - patient->begin_us);

    patient->clock_us = ISS_NEVER;
    for (;; next = draw_chance(world, patient)) {
        double sum = patient->prior + patient->own + patient->fixed, mean_d = 1 / sum;
        double part = ((double)(next.bits[1] >> 24) + 0.5) * 0x1p-40;
        double keep = ((double)(next.bits[1] & 0xffffff) + 0.5) * 0x1p-24;
        days += iss_exponential((uint32_t)(next.bits[0] >> 32)) * mean_d;
        if (!(days <= patient->end_d)) {
            return; /* infinite where nothing can come */
        }
        int32_t illness = choose(world, slot, part * sum, keep, days);
        if (illness >= 0) {
            patient->clock_illness = illness;
            patient->clock_us =
                iss_us_later(patient->begin_us + iss_us_from_days(days), world->now_us);
            return;
        }
    }
}

void
iss_medical_start(struct iss_world *world, int32_t slot)
{
    const struct iss_health *health = &world->model->health;
    struct iss_patient *patient = &world->clinic.patients[slot];
    const struct iss_ids *quick = &health->clocks[patient->profile].quick;

    for (int32_t i = 0; i < quick->count; i++) {
        struct iss_hazard *hazard = iss_patient_expose(world, slot, quick->at[i]);
        hazard->weight =
            health->illnesses[quick->at[i]].mean * health->rates_d[quick->at[i]];
        bound(world, patient, hazard, 0);
    }
    iss_medical_run(world, slot, draw_chance(world, patient));
}

void
iss_medical_plan(struct iss_world *world, int32_t slot, uint32_t cause)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    bool once = patient->once_next_us < patient->clock_us;

    world->clinic.due[slot] =
        iss_due(once ? patient->once_next_us : patient->clock_us, slot);
    patient->due_illness = once ? patient->once_illness : patient->clock_illness;
    patient->due_cause = cause;
    iss_clinic_call(world);
}
