/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical_course.c - what an illness leads to.
 *
 * It takes its worst course or its best.  The kit is used up as far as it goes, and how
 * far that is, 0 to 1, says where between the outcomes without treatment and with full
 * treatment this one is: each number of the distributions, and each probability, is
 * interpolated.  Impairments and durations are drawn from the distributions that this
 * gives.  Death comes at once; the need of treatment on the ground turns out after
 * medical.assessment.
 *
 *     onset -- first phase -- second phase -- lasting, to the end of the stay
 *       `-- assessment --> EVACUATION_INDICATED
 *
 * Draws COURSE and, for what is rarely needed, MEDICAL about visit and condition,
 * numbered by its occurrences on the visit: another kit, or another condition, leaves
 * every draw as it was.  Of a block of COURSE the first half is the phases, 32 bits are
 * life and death, and the rest is left for the next onset.
 */
#include <math.h>

#include "isssim/status.h"
#include "process/medical.h"
#include "process/process.h"

/* Where between no treatment and the full one an occurrence lies, and its numbers. */
struct course {
    const struct iss_course_table *with, *without;
    double care, lack; /* 0 to 1; what is missing to 1 */
};

static inline double
between(const struct course *course, double without, double with)
{
    return course->lack * without + course->care * with;
}

/* The four of the first two phases. */
static inline void
draw_phases(const struct course *course, const struct iss_pert_table *table,
            const uint64_t bits[2], double drawn[ISS_PERT_LANES])
{
    const struct iss_pert_lanes *with = &course->with->phases;
    const struct iss_pert_lanes *without = &course->without->phases;
    struct iss_pert_lanes perts;
    uint32_t halves[ISS_PERT_LANES];

    for (int i = 0; i < ISS_PERT_LANES; i++) {
        perts.min[i] = between(course, without->min[i], with->min[i]);
        perts.mode[i] = between(course, without->mode[i], with->mode[i]);
        perts.max[i] = between(course, without->max[i], with->max[i]);
        halves[i] = (uint32_t)(bits[i >> 1] >> (32 * (i & 1)));
    }
    iss_pert_draw(table, &perts, halves, drawn);
}

/* `days` after `us`, neither of them negative. */
static inline int64_t
later(int64_t us, double days)
{
    int64_t by_us = iss_us_from_days(days);
    return by_us < ISS_NEVER - us ? us + by_us : ISS_NEVER;
}

/* What is left of it for good. */
static double
draw_lasting(const struct course *course, const struct iss_pert_table *table,
             uint64_t bits)
{
    const struct iss_pert *with = &course->with->lasting;
    const struct iss_pert *without = &course->without->lasting;
    const struct iss_pert_lanes perts = {
        .min = {between(course, without->min, with->min)},
        .mode = {between(course, without->mode, with->mode)},
        .max = {between(course, without->max, with->max)},
    };
    double drawn[ISS_PERT_LANES];

    iss_pert_draw(table, &perts, (uint32_t[ISS_PERT_LANES]){(uint32_t)bits}, drawn);
    return drawn[0];
}

/* The person dies, here and now. */
static void
die(struct iss_world *world, int32_t person)
{
    bool alone = world->model->medical.returns == ISS_RETURNS_ALONE;

    iss_person_die(world, person);
    if (alone) {
        iss_clinic_write_off(world);
    }
    iss_raise(world, ISS_EVENT_PERSON_LOST, person, -1, 0);
}

/* The person is gone, as in runs without vehicles. */
static void
take_away(struct iss_world *world, int32_t person, int32_t illness)
{
    iss_person_vanish(world, person);
    iss_clinic_write_off(world);
    iss_raise(world, ISS_EVENT_EVACUATION_INDICATED, person, illness, 1);
}

/* Put the next finding on the patient's ailments on the calendar. */
static void
plan_finding(struct iss_world *world, int32_t slot)
{
    const struct iss_clinic *clinic = &world->clinic;
    const struct iss_ailment *next = NULL;

    for (int32_t at = clinic->patients[slot].ailments; at >= 0;
         at = clinic->ailments[at].next) {
        const struct iss_ailment *one = &clinic->ailments[at];
        if (one->finding_us != ISS_NEVER &&
            (next == NULL || one->finding_us < next->finding_us)) {
            next = one;
        }
    }
    if (next != NULL) {
        int32_t indication = iss_slot_indication(world, slot);
        iss_schedule(world, indication, next->finding_us,
                     ISS_EVENT_EVACUATION_INDICATED, clinic->patients[slot].person,
                     next->illness);
        iss_pending(world, indication)->value = next->need;
    }
}

void
iss_medical_on_indicated(struct iss_world *world, const struct iss_event *event)
{
    int32_t slot = iss_person_patient(world, event->subject);

    if (slot >= 0) { /* else gone at once */
        iss_patient_find_out(world, slot, event->object);
        plan_finding(world, slot);
    }
}

/* What isn't always needed: when it turns out whether the ground is, which course the
 * illness takes, and what is left of it.  One number each. */
enum { FINDING, WORST, LASTING };

static void
draw_more(const struct iss_world *world, int32_t slot, int32_t illness,
          uint64_t occurrence, uint64_t bits[4])
{
    iss_draw_block(world, ISS_DRAW_MEDICAL,
                   world->model->health.illnesses[illness].hash,
                   world->clinic.patients[slot].hash, occurrence, bits);
}

/* Somebody who survives has the ailment, and `need` is the probability of having to go
 * home for it. */
static void
suffer(struct iss_world *world, int32_t slot, struct iss_ailment *ailment,
       uint64_t occurrence)
{
    if (ailment->need > 0) {
        uint64_t bits[4];
        draw_more(world, slot, ailment->illness, occurrence, bits);
        double days =
            iss_dist_quantile(iss_world_dist(world, world->model->medical.assessment),
                              iss_unit_uniform(bits[FINDING]));
        ailment->finding_us = iss_us_add(world->now_us, iss_us_from_days(days));
    }
    iss_patient_ail(world, slot, ailment);
    if (ailment->need > 0) {
        plan_finding(world, slot);
    }
}

/* What becomes of the person, by `fate`, which is uniform. */
static void
decide(struct iss_world *world, int32_t slot, const struct course *course, double fate,
       struct iss_ailment *ailment, uint64_t occurrence)
{
    const struct iss_model *model = world->model;
    double loss = between(course, course->without->loss, course->with->loss) *
                  iss_world_value(world, &model->medical.scale_loss);
    double need =
        between(course, course->without->evacuation, course->with->evacuation) *
        iss_world_value(world, &model->medical.scale_evacuation);
    bool needed =
        1 - fate < need * (1 - loss); /* of those who live, a part of `need` */
    int32_t person = world->clinic.patients[slot].person;

    if (fate < loss) {
        die(world, person);
        return;
    }
    if (model->medical.returns == ISS_RETURNS_ALONE && needed) {
        take_away(world, person, ailment->illness);
        return;
    }
    if (model->medical.returns == ISS_RETURNS_VEHICLE) {
        bool sure = iss_model_illness(model, ailment->illness)->diagnosis !=
                    ISS_DIAGNOSIS_RETURN;
        ailment->need = sure ? needed : fmin(1, need);
    }
    suffer(world, slot, ailment, occurrence);
}

struct iss_medical_chance
iss_medical_strike(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_health *health = &world->model->health;
    const struct iss_illness_table *table = &health->illnesses[illness];
    uint64_t occurrence = iss_medical_count(world, slot, illness);
    struct iss_ailment ailment = {.illness = illness, .finding_us = ISS_NEVER};
    double care = iss_kit_treat(world, illness), phases[ISS_PERT_LANES];
    double scale = iss_world_value(world, &world->model->medical.scale_impairment);
    uint64_t bits[4], more[4];
    int worst = table->course;

    iss_draw_block(world, ISS_DRAW_COURSE, table->hash,
                   world->clinic.patients[slot].hash, occurrence, bits);
    if (worst < 0 || table->lasts) {
        draw_more(world, slot, illness, occurrence, more);
    }
    if (worst < 0) {
        worst = iss_unit_uniform(more[WORST]) < table->worst;
    }
    const struct course course = {.with = &table->courses[worst][ISS_CARE_TREATED],
                                  .without = &table->courses[worst][ISS_CARE_UNTREATED],
                                  .care = care,
                                  .lack = 1 - care};
    draw_phases(&course, health->quantiles, bits, phases);
    ailment.left[0] = 1 - phases[ISS_LANE_IMPAIRMENT_1];
    ailment.left[1] = 1 - phases[ISS_LANE_IMPAIRMENT_2];
    ailment.left[2] =
        table->lasts ? 1 - draw_lasting(&course, health->quantiles, more[LASTING]) : 1;
    ailment.end_us[0] = later(world->now_us, scale * phases[ISS_LANE_DURATION_1]);
    ailment.end_us[1] = later(ailment.end_us[0], scale * phases[ISS_LANE_DURATION_2]);
    iss_tell(world, phases[ISS_LANE_IMPAIRMENT_1]);
    world->changed |= ISS_CHANGED_ILL;
    decide(world, slot, &course, iss_half_uniform((uint32_t)bits[2]), &ailment,
           occurrence);
    return (struct iss_medical_chance){{bits[2], bits[3]}};
}
