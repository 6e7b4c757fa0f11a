/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * units.c - the units of systems: running or failed; and the first state of all that
 * keeps them up.
 */
#include "base/hash.h"
#include "world/world.h"

bool
iss_system_down(const struct iss_world *world, int32_t system)
{
    return world->systems[system].running <
           iss_model_system(world->model, system)->needs;
}

bool
iss_unit_fail(struct iss_world *world, int32_t unit)
{
    struct iss_unit *self = &world->units[unit];
    struct iss_system_state *system = &world->systems[self->system];

    self->phase = ISS_UNIT_LACKS;
    self->failed_us = world->now_us;
    self->spare_us = ISS_NO_TIME;
    self->failures++;
    if (system->running-- != iss_model_system(world->model, self->system)->needs) {
        return false;
    }
    system->down_us = world->now_us;
    world->switched = true;
    return true;
}

void
iss_unit_equip(struct iss_world *world, int32_t unit)
{
    world->units[unit].phase = ISS_UNIT_QUEUES;
    world->units[unit].spare_us = world->now_us;
}

bool
iss_unit_restore(struct iss_world *world, int32_t unit)
{
    struct iss_unit *self = &world->units[unit];
    struct iss_system_state *system = &world->systems[self->system];

    self->phase = ISS_UNIT_RUNS;
    bool up = ++system->running == iss_model_system(world->model, self->system)->needs;
    world->switched |= up;
    return up;
}

int64_t
iss_unit_waited_us(const struct iss_world *world, int32_t unit, int64_t now_us)
{
    const struct iss_errand *errand = iss_unit_errand(world, unit);
    const struct iss_job *job = &world->jobs[unit];

    if (world->units[unit].spare_us == ISS_NO_TIME) {
        return 0;
    }
    if (errand != NULL) {
        return (errand->begun_us == ISS_NO_TIME ? now_us : errand->begun_us) -
               errand->asked_us;
    }
    return job->waited_us + (job->waits ? now_us - job->queued_us : 0);
}

/* What an effect that holds takes away besides what others do. */
static void
add_effect(struct iss_world *world, const struct iss_outage_effect *effect)
{
    if (!iss_outage_limits(effect)) {
        double share = iss_world_value(world, &effect->research);
        world->research_lost += share * (1 - world->research_lost);
        return;
    }
    for (int i = ISS_EXCESS_STAYS; i <= effect->excess; i++) {
        if (effect->max_crew < world->limits[i]) {
            world->limits[i] = effect->max_crew;
        }
    }
}

void
iss_outage_hold(struct iss_world *world, int32_t effect, bool holds)
{
    if (world->outages[effect] == holds) {
        return;
    }
    world->outages[effect] = holds;
    world->research_lost = 0;
    world->limits[ISS_EXCESS_STAYS] = world->limits[ISS_EXCESS_RETURNS] = INT64_MAX;
    for (int32_t i = 0; i < world->model->upkeep.systems; i++) {
        const struct iss_system *self = iss_model_system(world->model, i);
        const struct iss_outage_effect *effects = self->effects.items;
        for (int32_t k = 0; k < self->effects.count; k++) {
            if (world->outages[self->first_effect + k]) {
                add_effect(world, &effects[k]);
            }
        }
    }
    world->changed |= ISS_CHANGED_SYSTEMS;
}

/* ---- first state --------------------------------------------------------------- */

static void
place_units(struct iss_world *world, int32_t id)
{
    const struct iss_system *system = iss_model_system(world->model, id);

    world->systems[id] =
        (struct iss_system_state){ISS_NO_TIME, 0, (int32_t)system->units};
    for (int32_t i = 0; i < (int32_t)system->units; i++) {
        int32_t unit = system->first_unit + i;
        world->units[unit] = (struct iss_unit){
            .hash = iss_hash_occurrence(system->entity.hash, (uint64_t)i),
            .failed_us = ISS_NO_TIME,
            .spare_us = ISS_NO_TIME,
            .system = id,
            .next = -1,
        };
        world->jobs[unit].duty = &system->duty;
    }
}

static void
place_task(struct iss_world *world, int32_t id)
{
    const struct iss_task *task = iss_model_task(world->model, id);

    world->tasks[id] =
        (struct iss_task_state){iss_us_add(world->forecast_from_us, task->first_us), 0};
    world->jobs[world->model->upkeep.units + id].duty = &task->duty;
}

void
iss_upkeep_place(struct iss_world *world)
{
    const struct iss_upkeep_size *size = &world->model->upkeep;

    for (int32_t i = 0; i < size->jobs; i++) {
        world->jobs[i] = (struct iss_job){.work_us = ISS_NO_TIME, .next = -1};
    }
    for (int32_t i = 0; i < size->systems; i++) {
        place_units(world, i);
    }
    for (int32_t i = 0; i < size->tasks; i++) {
        place_task(world, i);
    }
    for (int32_t i = 0; i < size->parts; i++) {
        world->parts[i] = (struct iss_part_state){
            .stock = (int32_t)iss_model_part(world->model, i)->stock,
            .head = -1,
            .tail = -1,
            .first = -1};
    }
    for (int32_t i = 0; i < size->orders; i++) {
        world->orders[i].next = i + 1 < size->orders ? i + 1 : -1;
    }
    world->free_order = size->orders > 0 ? 0 : -1;
    world->workers.limit = world->model->station.workers > 0
                               ? (int32_t)world->model->station.workers
                               : ISS_WORKERS;
    for (int i = 0; i < ISS_PRIORITIES; i++) {
        world->queue.head[i] = world->queue.tail[i] = -1;
    }
}
