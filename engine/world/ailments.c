/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ailments.c - illnesses that run, and the quality time that they cost.
 *
 * Nothing happens when a phase ends: what has been lost is summed when the patient
 * falls ill again, leaves, or the mission ends, from one end of a phase to the next.
 * What is left of a person's power is kept up by one multiplication for each end; once
 * no phase is left to end it is what lasts, so that rounding doesn't add up.
 */
#include "isssim/status.h"
#include "world/world.h"

/* In place of 0, so that it can be divided by; 1 - 2^-54 rounds to 1.  Eighteen phases
 * at once that leave nothing don't underflow. */
#define NOTHING 0x1p-54

static double
some_of(double left)
{
    return left > NOTHING ? left : NOTHING;
}

static double
impairment_of(double power)
{
    return power < 1 ? 1 - power : 0;
}

/* ---- turns ----------------------------------------------------------------------- */

/* At `at_us` a phase ends, and `factor` times as much is left.  The pool has room; the
 * new turn isn't before the one that holds `link`.  Returns its own link. */
static int32_t *
add_turn(struct iss_clinic *clinic, int32_t *link, int64_t at_us, double factor)
{
    int32_t at = clinic->free_turn;
    struct iss_turn *made = &clinic->turns[at];

    clinic->free_turn = made->next;
    while (*link >= 0 && clinic->turns[*link].at_us <= at_us) {
        link = &clinic->turns[*link].next;
    }
    *made = (struct iss_turn){.next = *link, .at_us = at_us, .factor = factor};
    *link = at;
    return &made->next;
}

/* The patient's first turn is over. */
static void
free_turn(struct iss_clinic *clinic, struct iss_patient *patient)
{
    int32_t at = patient->turns;

    patient->turns = clinic->turns[at].next;
    clinic->turns[at].next = clinic->free_turn;
    clinic->free_turn = at;
}

/* ---- ailments by themselves ------------------------------------------------------ */

static void
free_ailment(struct iss_clinic *clinic, int32_t at)
{
    clinic->ailments[at].next = clinic->free_ailment;
    clinic->free_ailment = at;
    clinic->ailment_count--;
}

/* Whether nobody has to know of an ailment from `us` on. */
static bool
is_settled(const struct iss_clinic *clinic, const struct iss_ailment *ailment,
           int64_t us)
{
    bool over = us >= ailment->end_us[1] && ailment->left[2] == 1;

    return ailment->finding_us == ISS_NEVER && (over || clinic->harms == NULL);
}

static void
sweep(struct iss_clinic *clinic, struct iss_patient *patient, int64_t us)
{
    int32_t *link = &patient->ailments;

    while (*link >= 0) {
        int32_t at = *link;
        if (is_settled(clinic, &clinic->ailments[at], us)) {
            *link = clinic->ailments[at].next;
            free_ailment(clinic, at);
        } else {
            link = &clinic->ailments[at].next;
        }
    }
}

static double
impairment_at(const struct iss_ailment *ailment, int64_t us)
{
    return 1 - ailment->left[(us >= ailment->end_us[0]) + (us >= ailment->end_us[1])];
}

/* The conditions' parts in what has been lost in a span that began at `us`. */
static void
share_out(struct iss_clinic *clinic, const struct iss_patient *patient, int64_t us,
          double lost_d)
{
    double sum = 0;

    for (int32_t at = patient->ailments; at >= 0; at = clinic->ailments[at].next) {
        sum += impairment_at(&clinic->ailments[at], us);
    }
    for (int32_t at = patient->ailments; at >= 0 && sum > 0;
         at = clinic->ailments[at].next) {
        const struct iss_ailment *one = &clinic->ailments[at];
        clinic->harms[one->illness].lost_d += lost_d / sum * impairment_at(one, us);
    }
}

/* ---- what is lost ---------------------------------------------------------------- */

/* What the patient loses from the last look until `to_us`, during which nothing ends,
 * in us. */
static inline double
lose(struct iss_clinic *clinic, struct iss_patient *patient, int64_t to_us)
{
    double lost_us = impairment_of(patient->power) * (double)(to_us - patient->seen_us);

    if (clinic->harms != NULL) {
        share_out(clinic, patient, patient->seen_us, lost_us / (double)ISS_US_PER_D);
    }
    patient->seen_us = to_us;
    return lost_us;
}

void
iss_patient_look(struct iss_world *world, int32_t slot)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];
    double lost_us = 0;

    clinic->exposed_us += world->now_us - patient->seen_us;
    while (patient->turns >= 0) {
        const struct iss_turn *next = &clinic->turns[patient->turns];
        if (next->at_us > world->now_us) {
            break;
        }
        lost_us += lose(clinic, patient, next->at_us);
        patient->power *= next->factor;
        free_turn(clinic, patient);
    }
    if (patient->turns < 0) {
        patient->power = patient->lasting;
    }
    lost_us += lose(clinic, patient, world->now_us);
    clinic->lost_d += lost_us / (double)ISS_US_PER_D;
    if (patient->ailments >= 0) {
        sweep(clinic, patient, world->now_us);
    }
}

void
iss_clinic_write_off(struct iss_world *world)
{
    int64_t left_us = world->model->scenario.end_us - world->now_us;

    world->clinic.exposed_us += left_us;
    world->clinic.lost_d += iss_days_from_us(left_us);
}

/* ---- beginning and end ----------------------------------------------------------- */

static void
keep_ailment(struct iss_clinic *clinic, struct iss_patient *patient,
             const struct iss_ailment *ailment)
{
    int32_t at = clinic->free_ailment;

    clinic->free_ailment = clinic->ailments[at].next;
    clinic->ailment_count++;
    clinic->ailments[at] = *ailment;
    clinic->ailments[at].next = patient->ailments;
    patient->ailments = at;
}

void
iss_patient_ail(struct iss_world *world, int32_t slot,
                const struct iss_ailment *ailment)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];

    iss_patient_look(world, slot); /* may free some */
    if (clinic->free_ailment < 0 || clinic->free_turn < 0 ||
        clinic->turns[clinic->free_turn].next < 0) {
        world->status = ISS_ERR_CAPACITY;
        return;
    }
    double first = some_of(ailment->left[0]), second = some_of(ailment->left[1]);
    double last = some_of(ailment->left[2]);
    patient->power *= first;
    patient->lasting *= last;
    int32_t *link =
        add_turn(clinic, &patient->turns, ailment->end_us[0], second / first);
    add_turn(clinic, link, ailment->end_us[1], last / second);
    if (!is_settled(clinic, ailment, world->now_us)) {
        keep_ailment(clinic, patient, ailment);
    }
}

void
iss_patient_find_out(struct iss_world *world, int32_t slot, int32_t illness)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];

    iss_patient_look(world, slot);
    for (int32_t at = patient->ailments; at >= 0; at = clinic->ailments[at].next) {
        if (clinic->ailments[at].finding_us == world->now_us &&
            clinic->ailments[at].illness == illness) {
            clinic->ailments[at].finding_us = ISS_NEVER;
            break;
        }
    }
    sweep(clinic, patient, world->now_us); /* it may have been over but for that */
}

void
iss_patient_forget(struct iss_world *world, int32_t slot)
{
    struct iss_clinic *clinic = &world->clinic;
    struct iss_patient *patient = &clinic->patients[slot];

    while (patient->turns >= 0) {
        free_turn(clinic, patient);
    }
    while (patient->ailments >= 0) {
        int32_t at = patient->ailments;
        patient->ailments = clinic->ailments[at].next;
        free_ailment(clinic, at);
    }
}

/* ---- how somebody is ------------------------------------------------------------- */

double
iss_person_impairment(const struct iss_world *world, int32_t person)
{
    const struct iss_clinic *clinic = &world->clinic;
    int32_t slot = iss_person_patient(world, person);

    if (slot < 0) {
        return 0;
    }
    double power = clinic->patients[slot].power;
    int32_t at = clinic->patients[slot].turns;
    while (at >= 0 && clinic->turns[at].at_us <= world->now_us) {
        power *= clinic->turns[at].factor;
        at = clinic->turns[at].next;
    }
    return impairment_of(at < 0 ? clinic->patients[slot].lasting : power);
}

int64_t
iss_person_turn(const struct iss_world *world, int32_t person)
{
    const struct iss_clinic *clinic = &world->clinic;
    int32_t slot = iss_person_patient(world, person);
    int32_t at = slot < 0 ? -1 : clinic->patients[slot].turns;

    while (at >= 0 && clinic->turns[at].at_us <= world->now_us) {
        at = clinic->turns[at].next;
    }
    return at < 0 ? ISS_NEVER : clinic->turns[at].at_us;
}

bool
iss_person_fit(const struct iss_world *world, int32_t person)
{
    const struct iss_person *self = &world->people[person];

    return !self->ailing && !self->indicated &&
           iss_person_impairment(world, person) <
               iss_world_value(world, &world->model->medical.unfit);
}
