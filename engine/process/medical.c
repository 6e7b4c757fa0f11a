/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * medical.c - people fall ill while they are aboard, as the model's conditions have it.
 *
 * Who is aboard when the forecast begins, or arrives later, is a patient until he or
 * she leaves; before the forecast nobody falls ill.  A patient has one event on the
 * calendar, the next ILLNESS of all kinds.  A solar particle event may make several
 * people ill at once.
 *
 * Owns world->clinic but for the kit.  Draws PARTICLE by number; what else the process
 * draws, its other files tell (process/medical.h).
 */
#include "process/medical.h"

#include "base/hash.h"
#include "process/process.h"

static void
admit(struct iss_world *world, int32_t person)
{
    int32_t slot = iss_patient_admit(world, person);

    if (slot >= 0) {
        iss_medical_draw_once(world, slot);
        iss_medical_start(world, slot);
        iss_medical_plan(world, slot, world->current);
    }
}

static void
admit_all(struct iss_world *world)
{
    for (int32_t i = 0;
         world->clinic.count < world->aboard_count && i < world->aboard_count; i++) {
        if (iss_person_patient(world, world->aboard[i]) < 0) {
            admit(world, world->aboard[i]);
        }
    }
}

static void
plan_particle_event(struct iss_world *world)
{
    const struct iss_dist *interval = world->model->medical.particle_events;

    if (interval != NULL) {
        iss_schedule(world, iss_slot_particle_event(world),
                     iss_us_add(world->now_us,
                                iss_draw_us(world, ISS_DRAW_PARTICLE, 0,
                                            world->clinic.particle_events, interval)),
                     ISS_EVENT_PARTICLE_EVENT, -1, -1);
    }
}

/* ---- coming and going ------------------------------------------------------------ */

void
iss_medical_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (world->model->conditions.count > 0) {
        world->clinic.open = true;
        admit_all(world);
        plan_particle_event(world);
    }
}

void
iss_medical_on_docked(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (world->clinic.open) {
        admit_all(world);
    }
}

void
iss_medical_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    if (!world->clinic.open) {
        return;
    }
    for (int32_t i = -1; (i = iss_flight_flier(world, event->subject, i + 1)) >= 0;) {
        iss_patient_discharge(world, i);
    }
}

/* What has been lost until now, for the row. */
void
iss_medical_on_end(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t slot = 0; slot < world->clinic.capacity; slot++) {
        if (world->clinic.patients[slot].person >= 0) {
            iss_patient_look(world, slot);
        }
    }
}

/* ---- illness --------------------------------------------------------------------- */

void
iss_medical_on_illness(struct iss_world *world, const struct iss_event *event)
{
    int32_t slot = iss_person_patient(world, event->subject), illness = event->object;

    if (slot < 0) {
        return; /* has died of another illness at this moment */
    }
    const struct iss_patient *patient = &world->clinic.patients[slot];
    bool due = world->taken == world->clinic.onset_slot;
    bool struck =
        due && patient->clock_us == world->now_us && patient->clock_illness == illness;

    struct iss_medical_chance next = iss_medical_strike(world, slot, illness);
    if (due && iss_person_patient(world, event->subject) == slot) {
        if (struck) {
            iss_medical_run(world, slot, next);
        } else {
            iss_medical_cross_out(world, slot, illness);
        }
        /* The next one comes of the visit, as this did, and not of this one. */
        iss_medical_plan(world, slot, event->cause);
    }
}

void
iss_medical_on_particle_event(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_ids *ids = &world->model->health.sets.particle_event;
    uint64_t number = world->clinic.particle_events++;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t slot = iss_person_patient(world, world->aboard[i]);
        for (int32_t k = 0; k < ids->count; k++) {
            if (iss_medical_draw(world, ISS_DRAW_EXPOSED, slot, ids->at[k], number) <
                iss_medical_chance(world, slot, ids->at[k])) {
                iss_raise(world, ISS_EVENT_ILLNESS, world->aboard[i], ids->at[k], 0);
            }
        }
    }
    plan_particle_event(world);
    iss_blame(world, iss_slot_particle_event(world), event->cause);
}

void
iss_medical_expose(struct iss_world *world, int32_t person, uint64_t number)
{
    const struct iss_ids *ids = &world->model->health.sets.eva;
    int32_t slot = iss_person_patient(world, person);

    if (slot < 0 || ids->count == 0) {
        return;
    }
    for (int32_t k = 0; k < ids->count; k++) {
        if (iss_medical_draw(world, ISS_DRAW_OUTING, slot, ids->at[k], number) <
            iss_medical_chance(world, slot, ids->at[k])) {
            iss_raise(world, ISS_EVENT_ILLNESS, person, ids->at[k], 0);
        }
    }
}

void
iss_medical_on_eva(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_eva_state *eva = &world->evas[event->subject];

    for (int32_t i = 0; i < eva->size; i++) {
        iss_medical_expose(world, eva->team[i], eva->hash);
    }
}
