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
 * Draws COURSE, in one block, and MEDICAL about the pair of visit and condition,
 * numbered by its occurrences on the visit: another kit, or another condition, leaves
 * every draw as it was.
 */
#include <math.h>

#include "kernel/pert.h"
#include "process/medical.h"
#include "process/process.h"

/* What each of the eight numbers of COURSE decides. */
enum { WORST, LOSS, NEED, LASTING, IMPAIRMENT, DURATION = IMPAIRMENT + 2 };

static double
between(double without, double with, double care)
{
    return without + care * (with - without);
}

static double
draw(const struct iss_pert_table *table, const struct iss_pert pair[ISS_CARES],
     double care, double u)
{
    const struct iss_pert *with = &pair[ISS_CARE_TREATED],
                          *without = &pair[ISS_CARE_UNTREATED];
    const struct iss_pert pert = {between(without->min, with->min, care),
                                  between(without->mode, with->mode, care),
                                  between(without->max, with->max, care)};
    return iss_pert_quantile(table, &pert, u);
}

/* The ailment that follows, without what may be found. */
static struct iss_ailment
draw_ailment(const struct iss_world *world, int32_t illness,
             const struct iss_course_table courses[ISS_CARES], double care,
             const double u[8])
{
    const struct iss_pert_table *table = world->model->health.quantiles;
    const struct iss_course_table *with = &courses[ISS_CARE_TREATED],
                                  *without = &courses[ISS_CARE_UNTREATED];
    double scale = iss_world_value(world, &world->model->medical.scale_impairment);
    struct iss_ailment ailment = {.illness = illness, .finding_us = ISS_NEVER};
    int64_t end_us = world->now_us;

    for (int i = 0; i < 2; i++) {
        const struct iss_pert impairment[] = {with->impairment[i],
                                              without->impairment[i]};
        const struct iss_pert duration_d[] = {with->duration_d[i],
                                              without->duration_d[i]};
        ailment.impairment[i] = draw(table, impairment, care, u[IMPAIRMENT + i]);
        end_us = iss_us_add(
            end_us,
            iss_us_from_days(scale * draw(table, duration_d, care, u[DURATION + i])));
        ailment.end_us[i] = end_us;
    }
    const struct iss_pert lasting[] = {with->lasting, without->lasting};
    ailment.impairment[2] = draw(table, lasting, care, u[LASTING]);
    return ailment;
}

/* The probability, as known aboard, that the person must be treated on the ground. */
static double
known_need(const struct iss_illness *illness, double probability, double u)
{
    return illness->diagnosis == ISS_DIAGNOSIS_RETURN ? probability : u < probability;
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
            break;
        }
    }
    plan_finding(world, slot);
}

void
iss_medical_strike(struct iss_world *world, int32_t slot, int32_t illness)
{
    const struct iss_model *model = world->model;
    const struct iss_illness_table *table = &model->health.illnesses[illness];
    uint64_t hash = iss_medical_hash(world, slot, illness);
    uint64_t occurrence = (uint64_t)iss_patient_remember(world, slot, illness);
    int32_t person = world->clinic.patients[slot].person;
    double care = iss_kit_treat(world, illness), u[8];

    iss_draw_octet(world, ISS_DRAW_COURSE, hash, occurrence, u);
    const struct iss_course_table *courses = table->courses[u[WORST] < table->worst];
    const struct iss_course_table *with = &courses[ISS_CARE_TREATED],
                                  *without = &courses[ISS_CARE_UNTREATED];
    struct iss_ailment ailment = draw_ailment(world, illness, courses, care, u);
    double loss = between(without->loss, with->loss, care) *
                  iss_world_value(world, &model->medical.scale_loss);
    double need = between(without->evacuation, with->evacuation, care) *
                  iss_world_value(world, &model->medical.scale_evacuation);

    iss_tell(world, ailment.impairment[0]);
    world->changed |= ISS_CHANGED_HEALTH;
    if (u[LOSS] < loss) {
        die(world, person);
        return;
    }
    ailment.need =
        known_need(iss_model_illness(model, illness), fmin(1, need), u[NEED]);
    if (model->medical.returns == ISS_RETURNS_ALONE) {
        if (u[NEED] < need) {
            take_away(world, person, illness);
            return;
        }
        ailment.need = 0;
    }
    if (ailment.need > 0) {
        ailment.finding_us = iss_us_add(
            world->now_us, iss_draw_us(world, ISS_DRAW_MEDICAL, hash, occurrence,
                                       model->medical.assessment));
    }
    iss_patient_ail(world, slot, &ailment);
    if (ailment.need > 0) {
        plan_finding(world, slot);
    }
}
