/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patients.c - who is aboard as far as health goes: ailments that run, and the time
 * that they cost.
 *
 * clinic.rates has a row of running sums over model->health.sets.fixed, of the rates of
 * conditions that keep theirs: with incidence = "visit" one row a patient, drawn when
 * the visit begins; else one a profile, the same for the whole replication.
 *
 * Draws RATE about visit and condition, and, in the epistemic domain, about
 * the condition.
 */
#include "world/patients.h"

#include <math.h>

#include "isssim/status.h"
#include "model/medical.h"
#include "world/world.h"

/* ---- room ---------------------------------------------------------------------- */

int32_t
iss_clinic_capacity(const struct iss_model *model)
{
    if (model->conditions.count == 0) {
        return 0;
    }
    return model->crew.count < ISS_MAX_PATIENTS ? model->crew.count : ISS_MAX_PATIENTS;
}

/* The longest that one course of a condition takes; the mission when it may last. */
static double
longest_d(const struct iss_model *model, const struct iss_illness_table *table)
{
    double longest = 0, scale = model->medical.scale_impairment.fixed;

    for (int course = 0; course < 2; course++) {
        for (int care = 0; care < ISS_CARES; care++) {
            const struct iss_course_table *one = &table->courses[course][care];
            double days = scale * (one->duration_d[0].max + one->duration_d[1].max);
            double end_d = iss_days_from_us(model->scenario.end_us);
            longest = fmax(longest, one->lasting.max > 0 ? end_d : fmin(days, end_d));
        }
    }
    return longest;
}

/* Ailments that run at once: ten deviations above a mean that is itself taken too high
 * (every course the longest, everyone at the greatest risk), and some. */
int32_t
iss_clinic_ailments(const struct iss_model *model)
{
    const struct iss_health *health = &model->health;
    double mean = 0;

    for (int32_t i = 0; i < model->conditions.count; i++) {
        int process = iss_model_illness(model, i)->process;
        double most = 0, length_d = longest_d(model, &health->illnesses[i]);
        for (int32_t p = 0; p < health->profiles; p++) {
            most = fmax(most, iss_medical_factor(model, p, i));
        }
        mean += process == ISS_ILLNESS_POISSON || process == ISS_ILLNESS_LATE
                    ? health->illnesses[i].mean * most * length_d
                    : 0.25;
    }
    mean *= fmax(1, model->medical.scale_incidence.fixed) * iss_clinic_capacity(model);
    double room = mean + 10 * sqrt(mean) + 64;
    return model->conditions.count == 0 ? 0 : (int32_t)fmin(room, 65536);
}

int32_t
iss_clinic_rate_rows(const struct iss_model *model)
{
    return model->medical.incidence == ISS_INCIDENCE_VISIT ? iss_clinic_capacity(model)
                                                           : model->health.profiles;
}

void
iss_clinic_init(struct iss_world *world)
{
    struct iss_clinic *clinic = &world->clinic;
    const struct iss_model *model = world->model;

    clinic->capacity = iss_clinic_capacity(model);
    clinic->ailment_room = iss_clinic_ailments(model);
    clinic->free_ailment = clinic->ailment_room > 0 ? 0 : -1;
    for (int32_t i = 0; i < clinic->capacity; i++) {
        clinic->patients[i].person = -1;
    }
    for (int32_t i = 0; i < clinic->ailment_room; i++) {
        clinic->ailments[i].next = i + 1 < clinic->ailment_room ? i + 1 : -1;
    }
    for (int32_t i = 0; i < ISS_MAX_PARCELS && model->conditions.count > 0; i++) {
        clinic->parcels[i].flight = -1;
    }
    for (int32_t i = 0; i < model->items.count && model->conditions.count > 0; i++) {
        clinic->supplies[i] = (struct iss_supply){(int32_t)model->health.kit[i], 0, 0};
    }
    iss_clinic_draw(world, NULL);
}

/* ---- rates ---------------------------------------------------------------------- */

/* Running sums over the conditions that keep their rates, for one profile. */
static double
sum_rates(const struct iss_model *model, int32_t profile, const double *numbers,
          double *row)
{
    const struct iss_ids *ids = &model->health.sets.fixed;
    double sum = 0;

    for (int32_t i = 0; i < ids->count; i++) {
        sum += numbers[ids->at[i]] * iss_medical_factor(model, profile, ids->at[i]);
        row[i] = sum;
    }
    return sum;
}

void
iss_clinic_draw(struct iss_world *world, const struct iss_stream *stream)
{
    struct iss_clinic *clinic = &world->clinic;
    const struct iss_model *model = world->model;
    bool drawn = stream != NULL && model->medical.incidence == ISS_INCIDENCE_POINT;
    size_t columns = (size_t)model->health.sets.fixed.count;

    for (int32_t i = 0; i < model->conditions.count; i++) {
        const struct iss_illness *illness = iss_model_illness(model, i);
        clinic->numbers[i] =
            drawn ? iss_dist_quantile(
                        illness->incidence,
                        iss_stream_uniform(stream, model->draw_cause[ISS_DRAW_RATE],
                                           illness->entity.hash, 0))
                  : model->health.illnesses[i].mean;
    }
    if (model->medical.incidence != ISS_INCIDENCE_VISIT) {
        for (int32_t p = 0; p < model->health.profiles; p++) {
            sum_rates(model, p, clinic->numbers, clinic->rates + (size_t)p * columns);
        }
    }
}

static int32_t
profile_of(const struct iss_world *world, int32_t slot)
{
    int32_t person = world->clinic.patients[slot].person;
    return iss_model_crew_member(world->model, person)->profile;
}

static size_t
rate_row(const struct iss_world *world, int32_t slot)
{
    bool own = world->model->medical.incidence == ISS_INCIDENCE_VISIT;
    return (size_t)(own ? slot : profile_of(world, slot)) *
           (size_t)world->model->health.sets.fixed.count;
}

const double *
iss_patient_rates(const struct iss_world *world, int32_t slot)
{
    return world->clinic.rates + rate_row(world, slot);
}

double
iss_patient_rate(const struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_illness *one = iss_model_illness(world->model, illness);
    uint64_t bits[4];

    iss_draw_block(world, ISS_DRAW_RATE, one->entity.hash,
                   world->clinic.patients[slot].hash, 0, bits);
    return iss_dist_quantile(one->incidence, iss_unit_uniform(bits[0]));
}

/* The rates of a visit that are drawn beforehand; else those of the profile hold. */
static void
find_rates(struct iss_world *world, int32_t slot)
{
    const struct iss_model *model = world->model;
    const struct iss_ids *ids = &model->health.sets.fixed;
    double *row = world->clinic.rates + rate_row(world, slot);
    double sum = 0;

    for (int32_t i = 0;
         model->medical.incidence == ISS_INCIDENCE_VISIT && i < ids->count; i++) {
        sum += iss_medical_factor(model, profile_of(world, slot), ids->at[i]) *
               iss_patient_rate(world, slot, ids->at[i]);
        row[i] = sum;
    }
    world->clinic.patients[slot].fixed_per_d = ids->count > 0 ? row[ids->count - 1] : 0;
}

/* ---- coming and going ------------------------------------------------------------ */

int32_t
iss_person_patient(const struct iss_world *world, int32_t person)
{
    return world->people[person].patient - 1;
}

int32_t
iss_patient_admit(struct iss_world *world, int32_t person)
{
    struct iss_clinic *clinic = &world->clinic;
    const struct iss_model *model = world->model;
    int32_t slot = 0;

    while (slot < clinic->capacity && clinic->patients[slot].person >= 0) {
        slot++;
    }
    if (slot == clinic->capacity) {
        world->status = ISS_ERR_CAPACITY;
        return -1;
    }
    clinic->patients[slot] = (struct iss_patient){
        .person = person,
        .ailments = -1,
        .due_illness = -1,
        .clock_illness = -1,
        .once_illness = -1,
        .begin_us = world->now_us,
        .seen_us = world->now_us,
        .change_us = ISS_NEVER,
        .clock_us = ISS_NEVER,
        .once_next_us = ISS_NEVER,
        .due_us = ISS_NEVER,
        .hash = iss_target_hash(world, iss_target(world, ISS_TARGET_PERSON, person)),
    };
    clinic->count++;
    world->people[person].patient = (int16_t)(slot + 1);
    for (int32_t i = 0; i < model->health.sets.once.count; i++) {
        iss_patient_once(clinic, model, slot)[i] = ISS_NEVER;
    }
    find_rates(world, slot);
    return slot;
}

static void
free_ailment(struct iss_clinic *clinic, int32_t at)
{
    clinic->ailments[at].next = clinic->free_ailment;
    clinic->free_ailment = at;
    clinic->ailment_count--;
}

void
iss_patient_discharge(struct iss_world *world, int32_t person)
{
    struct iss_clinic *clinic = &world->clinic;
    int32_t slot = iss_person_patient(world, person);

    if (slot < 0) {
        return;
    }
    struct iss_patient *patient = &clinic->patients[slot];
    iss_patient_look(world, slot);
    while (patient->ailments >= 0) {
        int32_t at = patient->ailments;
        patient->ailments = clinic->ailments[at].next;
        free_ailment(clinic, at);
    }
    patient->person = -1;
    clinic->count--;
    world->people[person].patient = 0;
    iss_unschedule(world, iss_slot_onset(world, slot));
    iss_unschedule(world, iss_slot_indication(world, slot));
}

/* ---- what runs ------------------------------------------------------------------- */

static double
impairment_at(const struct iss_ailment *ailment, int64_t us)
{
    int phase = (us >= ailment->end_us[0]) + (us >= ailment->end_us[1]);
    return ailment->impairment[phase];
}

/* When the phase ends that runs at `us`; ISS_NEVER for the last. */
static int64_t
next_end(const struct iss_ailment *ailment, int64_t us)
{
    return us < ailment->end_us[0]   ? ailment->end_us[0]
           : us < ailment->end_us[1] ? ailment->end_us[1]
                                     : ISS_NEVER;
}

static int64_t
sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Forget what is over at `us`, and find out how the patient is and until when. */
static void
settle(struct iss_clinic *clinic, struct iss_patient *patient, int64_t us)
{
    int32_t *link = &patient->ailments;
    double left = 1;

    patient->change_us = ISS_NEVER;
    while (*link >= 0) {
        int32_t at = *link;
        const struct iss_ailment *ailment = &clinic->ailments[at];
        bool over = us >= ailment->end_us[1];
        if (over && ailment->impairment[2] == 0 && ailment->finding_us == ISS_NEVER) {
            *link = ailment->next;
            free_ailment(clinic, at);
            continue;
        }
        left *= 1 - impairment_at(ailment, us);
        patient->change_us = sooner(patient->change_us, next_end(ailment, us));
        link = &clinic->ailments[at].next;
    }
    patient->impairment = 1 - left;
}

/* The conditions' parts in what has been lost over `days` from patient->seen_us. */
static void
share_out(struct iss_clinic *clinic, const struct iss_patient *patient, double days)
{
    double sum = 0;

    for (int32_t at = patient->ailments; at >= 0; at = clinic->ailments[at].next) {
        sum += impairment_at(&clinic->ailments[at], patient->seen_us);
    }
    for (int32_t at = patient->ailments; at >= 0 && sum > 0;
         at = clinic->ailments[at].next) {
        const struct iss_ailment *one = &clinic->ailments[at];
        clinic->harms[one->illness].lost_d +=
            patient->impairment * days / sum * impairment_at(one, patient->seen_us);
    }
}

void
iss_patient_look(struct iss_world *world, int32_t slot)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];

    clinic->exposed_us += world->now_us - patient->seen_us;
    while (patient->seen_us < world->now_us) {
        int64_t to_us =
            patient->change_us < world->now_us ? patient->change_us : world->now_us;
        double days = iss_days_from_us(to_us - patient->seen_us);
        clinic->lost_d += patient->impairment * days;
        if (clinic->harms != NULL && patient->impairment > 0) {
            share_out(clinic, patient, days);
        }
        patient->seen_us = to_us;
        if (to_us == patient->change_us) {
            settle(clinic, patient, to_us);
        }
    }
}

void
iss_patient_ail(struct iss_world *world, int32_t slot,
                const struct iss_ailment *ailment)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];

    iss_patient_look(world, slot); /* may free some */
    if (ailment->end_us[1] <= world->now_us && ailment->impairment[2] == 0 &&
        ailment->finding_us == ISS_NEVER) {
        return; /* it is over at once */
    }
    int32_t at = clinic->free_ailment;
    if (at < 0) {
        world->status = ISS_ERR_CAPACITY;
        return;
    }
    clinic->free_ailment = clinic->ailments[at].next;
    clinic->ailment_count++;
    clinic->ailments[at] = *ailment;
    clinic->ailments[at].next = patient->ailments;
    patient->ailments = at;
    patient->impairment =
        1 - (1 - patient->impairment) * (1 - impairment_at(ailment, world->now_us));
    patient->change_us = sooner(patient->change_us, next_end(ailment, world->now_us));
}

struct iss_past *
iss_patient_remember(struct iss_world *world, int32_t slot, int32_t illness)
{
    struct iss_patient *patient = &world->clinic.patients[slot];
    struct iss_past *past = iss_patient_past(&world->clinic, world->model, slot);
    int32_t i = 0;

    while (i < patient->past_count && past[i].illness != illness) {
        i++;
    }
    if (i == patient->past_count) {
        past[patient->past_count++] = (struct iss_past){.illness = (uint16_t)illness};
    }
    if (past[i].count == UINT16_MAX) {
        world->status = ISS_ERR_CAPACITY;
        return &past[i];
    }
    past[i].count++;
    return &past[i];
}

void
iss_clinic_write_off(struct iss_world *world)
{
    int64_t left_us = world->model->scenario.end_us - world->now_us;

    world->clinic.exposed_us += left_us;
    world->clinic.lost_d += iss_days_from_us(left_us);
}

/* ---- looking --------------------------------------------------------------------- */

double
iss_person_impairment(const struct iss_world *world, int32_t person)
{
    const struct iss_clinic *clinic = &world->clinic;
    int32_t slot = iss_person_patient(world, person);
    double left = 1;

    for (int32_t at = slot < 0 ? -1 : clinic->patients[slot].ailments; at >= 0;
         at = clinic->ailments[at].next) {
        left *= 1 - impairment_at(&clinic->ailments[at], world->now_us);
    }
    return 1 - left;
}

bool
iss_person_fit(const struct iss_world *world, int32_t person)
{
    const struct iss_person *self = &world->people[person];

    return !self->ailing && !self->indicated &&
           iss_person_impairment(world, person) <
               iss_world_value(world, &world->model->medical.unfit);
}
