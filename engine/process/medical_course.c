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
 * Draws COURSE, in one block, and MEDICAL about visit and condition, numbered by its
 * occurrences on the visit: another kit, or another condition, leaves every draw as it
 * was.
 */
#include <math.h>

#include "kernel/pert.h"
#include "process/medical.h"
#include "process/process.h"

/* What each of the eight numbers of COURSE decides. */
enum { WORST, LOSS, NEED, LASTING, IMPAIRMENT, DURATION = IMPAIRMENT + 2 };

/* Where between no treatment and the full one an occurrence lies, and its numbers. */
struct course {
    const struct iss_course_table *with, *without;
    const struct iss_pert_table *quantiles;
    double care; /* 0 to 1 */
    uint64_t bits[4];
};

static inline double
between(const struct course *course, double without, double with)
{
    return without + course->care * (with - without);
}

static inline double
draw(const struct course *course, const struct iss_pert *without,
     const struct iss_pert *with, int number)
{
    struct iss_pert pert = *with;

    if (course->care < 1) {
        pert.min = between(course, without->min, with->min);
        pert.mode = between(course, without->mode, with->mode);
        pert.max = between(course, without->max, with->max);
    }
    return pert.min < pert.max
               ? iss_pert_quantile(course->quantiles, &pert,
                                   iss_block_uniform(course->bits, number))
               : pert.min;
}

/* The ailment that follows, without what may be found. */
static struct iss_ailment
draw_ailment(const struct iss_world *world, int32_t illness,
             const struct course *course)
{
    const struct iss_course_table *with = course->with, *without = course->without;
    double scale = iss_world_value(world, &world->model->medical.scale_impairment);
    struct iss_ailment ailment = {.illness = illness, .finding_us = ISS_NEVER};
    int64_t end_us = world->now_us;

    for (int i = 0; i < 2; i++) {
        double days =
            draw(course, &without->duration_d[i], &with->duration_d[i], DURATION + i);
        ailment.impairment[i] =
            draw(course, &without->impairment[i], &with->impairment[i], IMPAIRMENT + i);
        end_us = iss_us_add(end_us, iss_us_from_days(scale * days));
        ailment.end_us[i] = end_us;
    }
    ailment.impairment[2] = draw(course, &without->lasting, &with->lasting, LASTING);
    return ailment;
}

/* When it turns out whether the ground is needed. */
static int64_t
finding_time(const struct iss_world *world, int32_t slot, int32_t illness,
             uint64_t occurrence)
{
    uint64_t bits[4];

    iss_draw_block(world, ISS_DRAW_MEDICAL,
                   iss_model_illness(world->model, illness)->entity.hash,
                   world->clinic.patients[slot].hash, occurrence, bits);
    double days =
        iss_dist_quantile(iss_world_dist(world, world->model->medical.assessment),
                          iss_unit_uniform(bits[0]));
    return iss_us_add(world->now_us, iss_us_from_days(days));
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
        world->pending[indication].value = next->need;
    }
}

void
iss_medical_on_indicated(struct iss_world *world, const struct iss_event *event)
{
    struct iss_clinic *clinic = &world->clinic;
    int32_t slot = iss_person_patient(world, event->subject);

    if (slot < 0) {
        return; /* gone at once */
    }
    for (int32_t at = clinic->patients[slot].ailments; at >= 0;
         at = clinic->ailments[at].next) {
        if (clinic->ailments[at].finding_us == world->now_us &&
            clinic->ailments[at].illness == event->object) {
            clinic->ailments[at].finding_us = ISS_NEVER;
            clinic->patients[slot].change_us = world->now_us; /* it may be over */
            break;
        }
    }
    plan_finding(world, slot);
}

void
iss_medical_strike(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    const struct iss_illness *kind = iss_model_illness(model, illness);
    const struct iss_illness_table *table = &model->health.illnesses[illness];
    uint64_t occurrence = (uint64_t)iss_medical_count(world, slot, illness);
    int32_t person = world->clinic.patients[slot].person;
    struct course course = {.care = iss_kit_treat(world, illness),
                            .quantiles = model->health.quantiles};

    iss_draw_block(world, ISS_DRAW_COURSE, kind->entity.hash,
                   world->clinic.patients[slot].hash, occurrence, course.bits);
    bool worst = iss_block_uniform(course.bits, WORST) < table->worst;
    course.with = &table->courses[worst][ISS_CARE_TREATED];
    course.without = &table->courses[worst][ISS_CARE_UNTREATED];
    double loss = between(&course, course.without->loss, course.with->loss) *
                  iss_world_value(world, &model->medical.scale_loss);
    double need =
        between(&course, course.without->evacuation, course.with->evacuation) *
        iss_world_value(world, &model->medical.scale_evacuation);
    bool needed = iss_block_uniform(course.bits, NEED) < need;
    struct iss_ailment ailment = draw_ailment(world, illness, &course);

    iss_tell(world, ailment.impairment[0]);
    world->changed |= ISS_CHANGED_HEALTH;
    if (iss_block_uniform(course.bits, LOSS) < loss) {
        die(world, person);
        return;
    }
    if (model->medical.returns == ISS_RETURNS_ALONE && needed) {
        take_away(world, person, illness);
        return;
    }
    if (model->medical.returns == ISS_RETURNS_VEHICLE) {
        ailment.need = kind->diagnosis == ISS_DIAGNOSIS_RETURN ? fmin(1, need) : needed;
    }
    if (ailment.need > 0) {
        ailment.finding_us = finding_time(world, slot, illness, occurrence);
    }
    iss_patient_ail(world, slot, &ailment);
    if (ailment.need > 0) {
        plan_finding(world, slot);
    }
}
