/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patients.c - who is aboard as far as health goes, and how often each condition comes
 * to them.
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
#include <string.h>

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

/* A number of the model that hardly any world goes beyond. */
static double
at_most(const struct iss_model *model, const struct iss_value *value)
{
    const struct iss_uncertain *unknown = model->uncertain.items;

    return value->uncertain < 0
               ? value->fixed
               : iss_dist_quantile(unknown[value->uncertain].dist, 1 - 1e-6);
}

/* The longest that one course of a condition takes; the mission when it may last. */
static double
longest_d(const struct iss_model *model, const struct iss_illness_table *table)
{
    double longest = 0, scale = at_most(model, &model->medical.scale_impairment);

    for (int course = 0; course < 2; course++) {
        for (int care = 0; care < ISS_CARES; care++) {
            const struct iss_course_table *one = &table->courses[course][care];
            double days = scale * (one->phases.max[ISS_LANE_DURATION_1] +
                                   one->phases.max[ISS_LANE_DURATION_2]);
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
    mean *= fmax(1, at_most(model, &model->medical.scale_incidence)) *
            iss_clinic_capacity(model);
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
        clinic->due[i] = ISS_NEVER;
    }
    clinic->free_turn = clinic->free_ailment;
    for (int32_t i = 0; i < clinic->ailment_room; i++) {
        clinic->ailments[i].next = i + 1 < clinic->ailment_room ? i + 1 : -1;
    }
    for (int32_t i = 0; i < 2 * clinic->ailment_room; i++) {
        clinic->turns[i].next = i + 1 < 2 * clinic->ailment_room ? i + 1 : -1;
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

static size_t
rate_row(const struct iss_world *world, int32_t slot)
{
    bool own = world->model->medical.incidence == ISS_INCIDENCE_VISIT;
    return (size_t)(own ? slot : world->clinic.patients[slot].profile) *
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

/* The rates that hold for a visit.  Some are drawn when it begins; else those of the
 * profile hold. */
static void
find_rates(struct iss_world *world, int32_t slot)
{
    const struct iss_model *model = world->model;
    const struct iss_ids *ids = &model->health.sets.fixed;
    struct iss_patient *patient = &world->clinic.patients[slot];
    double *row = world->clinic.rates + rate_row(world, slot);
    double sum = 0;

    for (int32_t i = 0;
         model->medical.incidence == ISS_INCIDENCE_VISIT && i < ids->count; i++) {
        sum += iss_medical_factor(model, patient->profile, ids->at[i]) *
               iss_patient_rate(world, slot, ids->at[i]);
        row[i] = sum;
    }
    patient->scale = iss_world_value(world, &model->medical.scale_incidence);
    const struct iss_clock_table *clock = &model->health.clocks[patient->profile];
    patient->prior = patient->scale * clock->prior;
    patient->columns = patient->prior > 0 ? clock->count / patient->prior : 0;
    patient->fixed = ids->count > 0 ? patient->scale * row[ids->count - 1] : 0;
}

/* ---- coming and going ------------------------------------------------------------ */

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
        .profile = iss_model_crew_member(model, person)->profile,
        .turns = -1,
        .ailments = -1,
        .due_illness = -1,
        .clock_illness = -1,
        .once_illness = -1,
        .begin_us = world->now_us,
        .seen_us = world->now_us,
        .end_d = iss_days_from_us(model->scenario.end_us - world->now_us),
        .power = 1,
        .lasting = 1,
        .clock_us = ISS_NEVER,
        .once_next_us = ISS_NEVER,
        .hash = iss_target_hash(world, iss_target(world, ISS_TARGET_PERSON, person)),
    };
    clinic->count++;
    clinic->reach = slot < clinic->reach ? clinic->reach : slot + 1;
    world->people[person].patient = (int16_t)(slot + 1);
    for (int32_t i = 0; i < model->health.sets.once.count; i++) {
        iss_patient_once(clinic, model, slot)[i] = ISS_NEVER;
    }
    memset(iss_patient_past(clinic, model, slot), 0,
           (size_t)model->conditions.count * sizeof *clinic->past);
    find_rates(world, slot);
    return slot;
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
    iss_patient_forget(world, slot);
    patient->person = -1;
    clinic->count--;
    world->people[person].patient = 0;
    clinic->due[slot] = ISS_NEVER;
    iss_clinic_call(world);
    iss_unschedule(world, iss_slot_indication(world, slot));
}

/* ---- what comes ------------------------------------------------------------------ */

struct iss_hazard *
iss_patient_expose(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    struct iss_patient *patient = &world->clinic.patients[slot];
    int32_t row = patient->hazard_count++;
    struct iss_hazard *hazard = iss_patient_hazards(&world->clinic, model, slot) + row;

    *hazard = (struct iss_hazard){.illness = illness};
    iss_patient_past(&world->clinic, model, slot)[illness].row = (uint16_t)(row + 1);
    return hazard;
}

void
iss_clinic_call(struct iss_world *world)
{
    const struct iss_clinic *clinic = &world->clinic;
    int64_t due = ISS_NEVER;

    for (int32_t slot = 0; slot < clinic->reach; slot++) {
        due = clinic->due[slot] < due ? clinic->due[slot] : due;
    }
    if (due == ISS_NEVER) {
        iss_unschedule(world, clinic->onset_slot);
        return;
    }
    const struct iss_patient *patient = &clinic->patients[due % ISS_MAX_PATIENTS];
    iss_schedule(world, clinic->onset_slot, due / ISS_MAX_PATIENTS, ISS_EVENT_ILLNESS,
                 patient->person, patient->due_illness);
    iss_pending(world, clinic->onset_slot)->cause = patient->due_cause;
}
