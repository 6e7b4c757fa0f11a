/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kit.c - the medical kit: what treatment takes out of it, and that nothing is created
 * or lost on the way.
 */
#include "world/patients.h"

#include "world/world.h"

double
iss_kit_treat(struct iss_world *world, int32_t illness)
{
    const struct iss_rows *rows = &world->model->health.illnesses[illness].needs;
    const struct iss_item *items = rows->items;
    double share = 0;

    if (rows->count == 0) {
        return 1;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        struct iss_supply *supply = &world->clinic.supplies[items[i].item];
        int32_t taken =
            items[i].count < supply->left ? (int32_t)items[i].count : supply->left;
        supply->left -= taken;
        supply->used += taken;
        share += taken == items[i].count ? 1 : (double)taken / (double)items[i].count;
    }
    return share / rows->count;
}

/* ---- what must hold -------------------------------------------------------------- */

static const char *
check_supplies(const struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->items.count; i++) {
        const struct iss_supply *supply = &world->clinic.supplies[i];
        if (supply->left < 0 || supply->used < 0 || supply->delivered < 0) {
            return "the medical kit holds less than nothing";
        }
        if (model->health.kit[i] + supply->delivered !=
            (int64_t)supply->left + supply->used) {
            return "the medical kit has gained or lost something";
        }
    }
    return NULL;
}

static const char *
check_patient(const struct iss_world *world, int32_t slot, int32_t *ailments)
{
    const struct iss_clinic *clinic = &world->clinic;
    const struct iss_patient *patient = &clinic->patients[slot];

    if (world->people[patient->person].phase != ISS_PERSON_ABOARD ||
        iss_person_patient(world, patient->person) != slot) {
        return "somebody is a patient who isn't aboard, or is another one";
    }
    if (clinic->due[slot] != ISS_NEVER &&
        (!iss_scheduled(world, clinic->onset_slot) ||
         iss_pending(world, clinic->onset_slot)->time_us >
             clinic->due[slot] / ISS_MAX_PATIENTS)) {
        return "the next illness of a patient isn't on the calendar";
    }
    double impairment = iss_person_impairment(world, patient->person);
    if (!(impairment >= 0 && impairment <= 1)) {
        return "somebody is impaired by less than nothing, or more than all";
    }
    for (int32_t at = patient->ailments; at >= 0; at = clinic->ailments[at].next) {
        if (++*ailments > clinic->ailment_count) {
            return "more ailments run than are counted";
        }
    }
    return NULL;
}

const char *
iss_clinic_check(const struct iss_world *world)
{
    const struct iss_clinic *clinic = &world->clinic;
    const char *broken = NULL;
    int32_t count = 0, ailments = 0;

    if (world->model->conditions.count == 0) {
        return NULL;
    }
    for (int32_t i = 0; broken == NULL && i < clinic->capacity; i++) {
        if (clinic->patients[i].person >= 0) {
            broken = check_patient(world, i, &ailments);
            count++;
        }
    }
    if (broken == NULL &&
        (count != clinic->count || (clinic->open && count != world->aboard_count))) {
        broken = "there are other patients than people aboard";
    }
    if (broken == NULL && ailments != clinic->ailment_count) {
        broken = "fewer ailments run than are counted";
    }
    for (int32_t at = clinic->free_ailment; at >= 0; at = clinic->ailments[at].next) {
        ailments++;
    }
    if (broken == NULL && ailments != clinic->ailment_room) {
        broken = "room for ailments has got lost";
    }
    return broken != NULL ? broken : check_supplies(world);
}
