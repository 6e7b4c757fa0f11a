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
 * has one place on the calendar.  The bounds of the second kind are those of the moment
 * when the condition came, or was last chosen in vain.
 *
 * Draws ONSET about the visit, two candidates a block; ONCE, OUTING and EXPOSED about
 * visit and condition.
 */
#include <math.h>

#include "model/medical.h"
#include "process/medical.h"

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
        number = iss_patient_rate(world, slot, illness);
    }
    return fmin(1, number *
                       iss_medical_factor(model, profile_of(world, slot), illness) *
                       iss_world_value(world, &model->medical.scale_incidence));
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

/* ---- what comes again and again ---------------------------------------------------
 */

/* What one patient's next illnesses are drawn from. */
struct clock {
    struct iss_world *world;
    struct iss_patient *patient;
    const struct iss_health *health;
    struct iss_past *past;
    const double *factors; /* of the patient's profile, one a condition */
    int32_t slot, profile;
    double scale; /* of every incidence */
    double prior; /* /d, of the superposed conditions */
    double again; /* /d, of what has come already */
    double fixed; /* /d, of those with rates drawn beforehand */
};

static struct clock
make_clock(struct iss_world *world, int32_t slot)
{
    const struct iss_model *model = world->model;
    struct iss_patient *patient = &world->clinic.patients[slot];
    int32_t profile = profile_of(world, slot);
    double scale = iss_world_value(world, &model->medical.scale_incidence);

    return (struct clock){
        .world = world,
        .patient = patient,
        .health = &model->health,
        .past = iss_patient_past(&world->clinic, model, slot),
        .factors =
            model->health.factors + (size_t)profile * (size_t)model->conditions.count,
        .slot = slot,
        .profile = profile,
        .scale = scale,
        .prior = scale * model->health.prior[profile],
        .fixed = scale * patient->fixed_per_d,
    };
}

/* The hazard after `days` that comes of the patient's having had the condition. */
static double
hazard_again(const struct clock *clock, const struct iss_past *past, double days)
{
    double m = clock->scale * clock->factors[past->illness];
    double exposed = days - clock->health->lags_d[past->illness];

    return past->count * m / (clock->health->rates_d[past->illness] + m * exposed);
}

/* The superposed condition at `part`, 0 to 1, of the sum of the prior rates. */
static int32_t
choose_prior(const struct clock *clock, double part)
{
    int32_t count = clock->health->sets.mixed.count;
    double column = part * count;
    int32_t at = (int32_t)column < count ? (int32_t)column : count - 1;
    const struct iss_alias *alias =
        &clock->health->aliases[clock->profile * count + at];

    return column - at < alias->cut ? alias->first : alias->second;
}

/* The row of the past at `rate` of the sum of its bounds. */
static struct iss_past *
choose_again(const struct clock *clock, double rate)
{
    int32_t i = 0, last = clock->patient->past_count - 1;

    while (i < last && rate >= clock->past[i].bound) {
        rate -= clock->past[i++].bound;
    }
    return &clock->past[i];
}

/* The condition at `rate` of those whose rates were drawn beforehand. */
static int32_t
choose_fixed(const struct clock *clock, double rate)
{
    const struct iss_ids *ids = &clock->health->sets.fixed;
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
choose(struct clock *clock, double where, double u, double days)
{
    const struct iss_health *health = clock->health;

    if (where < clock->prior) {
        int32_t illness = choose_prior(clock, where / clock->prior);
        double m = clock->scale * clock->factors[illness];
        double b = health->rates_d[illness], exposed = days - health->lags_d[illness];
        return exposed >= 0 && u * (b + m * exposed) < b ? illness : -1;
    }
    where -= clock->prior;
    if (where < clock->again) {
        struct iss_past *past = choose_again(clock, where);
        double hazard = hazard_again(clock, past, days);
        if (u * past->bound < hazard) {
            return past->illness;
        }
        clock->again -= past->bound - hazard;
        past->bound = hazard;
        return -1;
    }
    if (health->sets.fixed.count == 0) {
        return -1; /* rounding has led beyond the sum */
    }
    int32_t illness = choose_fixed(clock, where - clock->again);
    return days >= health->lags_d[illness] ? illness : -1;
}

/* When a candidate comes, where it lies, and whether it is kept: half a block. */
struct candidate {
    double wait, where, keep; /* 0 to 1; of 44, 52 and 32 bits */
};

static struct candidate
draw_candidate(struct clock *clock)
{
    struct iss_patient *patient = clock->patient;
    uint64_t bits[4];
    const uint64_t *mine = patient->left;

    if (!patient->spare) {
        iss_draw_block(clock->world, ISS_DRAW_ONSET, 0, patient->hash,
                       patient->blocks++, bits);
        patient->left[0] = bits[2];
        patient->left[1] = bits[3];
        mine = bits;
    }
    patient->spare = !patient->spare;
    return (struct candidate){
        .wait = ((double)(mine[0] >> 20) + 0.5) * 0x1p-44,
        .where = iss_unit_uniform(mine[1]),
        .keep = iss_half_uniform((uint32_t)(mine[0] << 12 | (mine[1] & 0xfff))),
    };
}

static double
sum_again(const struct clock *clock)
{
    double sum = 0;

    for (int32_t i = 0; i < clock->patient->past_count; i++) {
        sum += clock->past[i].bound;
    }
    return sum;
}

/* The next onset of what comes again and again, from now on. */
static void
run_clock(struct iss_world *world, int32_t slot)
{
    struct clock clock = make_clock(world, slot);
    struct iss_patient *patient = clock.patient;
    double days = iss_days_from_us(world->now_us - patient->begin_us);
    double end_d = iss_days_from_us(world->model->scenario.end_us - patient->begin_us);

    clock.again = sum_again(&clock);
    patient->clock_us = ISS_NEVER;
    for (;;) {
        double sum = clock.prior + clock.again + clock.fixed;
        struct candidate candidate = draw_candidate(&clock);
        days -= log(candidate.wait) / sum; /* infinite where nothing can come */
        if (!(days <= end_d)) {
            return;
        }
        int32_t illness = choose(&clock, candidate.where * sum, candidate.keep, days);
        if (illness >= 0) {
            patient->clock_illness = illness;
            patient->clock_us =
                iss_us_later(patient->begin_us + iss_us_from_days(days), world->now_us);
            return;
        }
    }
}

/* What is believed of the condition's rate has changed, now that it has come. */
static void
learn(struct iss_world *world, int32_t slot, struct iss_past *past)
{
    struct clock clock = make_clock(world, slot);

    past->bound = hazard_again(
        &clock, past, iss_days_from_us(world->now_us - clock.patient->begin_us));
}

int32_t
iss_medical_count(struct iss_world *world, int32_t slot, int32_t illness)
{
    struct iss_past *past = iss_patient_remember(world, slot, illness);

    if (world->model->health.illnesses[illness].mixed) {
        learn(world, slot, past);
    }
    return past->count - 1;
}

void
iss_medical_plan(struct iss_world *world, int32_t slot, bool struck)
{
    struct iss_patient *patient = &world->clinic.patients[slot];

    if (struck) {
        run_clock(world, slot);
    }
    bool once = patient->once_next_us < patient->clock_us;
    patient->due_us = once ? patient->once_next_us : patient->clock_us;
    patient->due_illness = once ? patient->once_illness : patient->clock_illness;
    iss_schedule(world, iss_slot_onset(world, slot), patient->due_us, ISS_EVENT_ILLNESS,
                 patient->person, patient->due_illness);
}
