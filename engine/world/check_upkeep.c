/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_upkeep.c - what must hold of systems, spares and work after every event.
 */
#include "world/world.h"

/* ---- people -------------------------------------------------------------------- */

static const char *
check_workers(const struct iss_world *world)
{
    const struct iss_workers *workers = &world->workers;
    int32_t most =
        world->aboard_count < ISS_WORKERS ? world->aboard_count : ISS_WORKERS;
    uint64_t at_work = 0;

    for (int32_t i = 0; i < world->model->upkeep.jobs; i++) {
        const struct iss_job *job = &world->jobs[i];
        if ((at_work & job->hands) != 0) {
            return "somebody does two jobs at a time";
        }
        at_work |= job->hands;
        if (job->goes_on && __builtin_popcountll(job->hands) != job->duty->people) {
            return "a job goes on with other people than it takes";
        }
    }
    uint64_t absent =
        workers->absent[ISS_ABSENT_OUTSIDE] | workers->absent[ISS_ABSENT_ILL];
    if (at_work != (workers->aboard & ~workers->idle & ~absent) ||
        ((workers->idle | absent) & ~workers->aboard) != 0 ||
        ((workers->idle | at_work) & absent) != 0) {
        return "somebody is idle and at work, or neither";
    }
    if (__builtin_popcountll(at_work) != workers->busy ||
        workers->busy > workers->limit) {
        return "more people are at work than are counted, or may be";
    }
    return __builtin_popcountll(workers->aboard) == most
               ? NULL
               : "other people can work than are aboard";
}

/* The jobs of one priority that wait: how many; -1 when the queue isn't in order. */
static int32_t
count_queued(const struct iss_world *world, int32_t level, int32_t most)
{
    const struct iss_queue *queue = &world->queue;
    int32_t count = 0, last = -1;

    for (int32_t i = queue->head[level]; i >= 0 && count <= most;
         i = world->jobs[i].next) {
        if (!world->jobs[i].waits || world->jobs[i].duty->priority != level) {
            return -1;
        }
        last = i;
        count++;
    }
    bool marked = (queue->levels & 1U << level) != 0;
    return queue->tail[level] == last && marked == (count > 0) ? count : -1;
}

/* Every job that waits is in the queue once, and nothing else is. */
static const char *
check_queue(const struct iss_world *world)
{
    int32_t queued = 0, waiting = 0;

    for (int32_t i = 0; i < world->model->upkeep.jobs; i++) {
        waiting += world->jobs[i].waits;
    }
    for (int32_t level = 0; level < ISS_PRIORITIES; level++) {
        int32_t count = count_queued(world, level, waiting);
        if (count < 0) {
            return "a queue holds what doesn't wait for it, or doesn't end";
        }
        queued += count;
    }
    return queued == waiting ? NULL : "other jobs wait than are queued";
}

/* ---- outside ------------------------------------------------------------------- */

/* Somebody for it is outside by the unit's rule, or nobody is. */
static const char *
check_errand(const struct iss_world *world, int32_t unit)
{
    const struct iss_errand *errand = iss_unit_errand(world, unit);
    int32_t rule = iss_model_system(world->model, world->units[unit].system)->eva;
    bool outside = iss_eva_under_way(world, rule) && world->evas[rule].unit == unit;

    if (!errand->waits || errand->left < 0) {
        return "what is in the line of repairs outside isn't to be repaired";
    }
    if (errand->outside != outside && !world->lost) {
        return "people are outside for another repair than they are said to be";
    }
    return errand->ready_us == ISS_NEVER && (errand->outside || errand->made > 0)
               ? "a repair outside has begun before it was prepared"
               : NULL;
}

/* The line is in the order of priority, and holds each that waits once; who is outside
 * doesn't work inside. */
static const char *
check_outside(const struct iss_world *world)
{
    int32_t waiting = 0, queued = 0;
    const char *broken = NULL;
    int64_t before = ISS_PRIORITIES;

    for (int32_t i = 0; i < world->model->upkeep.errands; i++) {
        waiting += world->errands[i].waits;
    }
    for (int32_t unit = world->first_errand;
         unit >= 0 && broken == NULL && queued <= waiting; queued++) {
        int64_t priority =
            iss_model_system(world->model, world->units[unit].system)->duty.priority;
        broken = priority > before ? "repairs outside aren't in order"
                                   : check_errand(world, unit);
        before = priority;
        unit = iss_unit_errand(world, unit)->next;
    }
    return broken != NULL ? broken
           : queued == waiting
               ? NULL
               : "other repairs wait to be made outside than are in line";
}

static const char *
check_walkers(const struct iss_world *world)
{
    uint64_t outside = world->workers.absent[ISS_ABSENT_OUTSIDE];
    int32_t outings = 0;

    for (int32_t i = 0; i < world->model->eva.count; i++) {
        const struct iss_eva_state *eva = &world->evas[i];
        outings += iss_scheduled(world, iss_slot_eva_back(world, i));
        for (int32_t k = 0; iss_eva_under_way(world, i) && k <= eva->size; k++) {
            int32_t person = k < eva->size ? eva->team[k] : eva->inside;
            int8_t hand = person < 0 ? -1 : world->people[person].hand;
            outside &= hand < 0 ? ~UINT64_C(0) : ~(UINT64_C(1) << hand);
        }
    }
    if (world->lost) {
        return NULL;
    }
    if (outside != 0) {
        return "somebody is outside without a spacewalk";
    }
    return outings == world->outings
               ? NULL
               : "other spacewalks are under way than are counted";
}

/* ---- units --------------------------------------------------------------------- */

static const char *
check_system(const struct iss_world *world, int32_t id)
{
    const struct iss_system *system = iss_model_system(world->model, id);
    int32_t running = 0;

    for (int32_t i = 0; i < (int32_t)system->units; i++) {
        int32_t unit = system->first_unit + i;
        const struct iss_job *job = &world->jobs[unit];
        uint8_t phase = world->units[unit].phase;
        running += phase == ISS_UNIT_RUNS;
        if (iss_unit_errand(world, unit) != NULL) {
            if (iss_unit_errand(world, unit)->waits != (phase == ISS_UNIT_QUEUES)) {
                return "a unit is in another state than its repair outside";
            }
            continue;
        }
        if (job->waits != (phase == ISS_UNIT_QUEUES) ||
            job->goes_on != (phase == ISS_UNIT_REPAIRED)) {
            return "a unit is in another state than its repair";
        }
        if (job->goes_on && !iss_scheduled(world, iss_slot_unit(world, unit)) &&
            job->left_us != ISS_NEVER && !world->lost) {
            return "a repair goes on without an end";
        }
    }
    return running == world->systems[id].running
               ? NULL
               : "other units of a system run than are counted";
}

/* ---- spares -------------------------------------------------------------------- */

static int32_t
loaded(const struct iss_world *world, int32_t part)
{
    int32_t count = 0;

    for (int32_t i = 0; i < world->flight_count; i++) {
        for (int32_t at = world->flights[i].spares; at >= 0;
             at = world->orders[at].next) {
            count += world->orders[at].part == part;
        }
    }
    return count;
}

static const char *
check_part(const struct iss_world *world, int32_t id)
{
    const struct iss_part *part = iss_model_part(world->model, id);
    const struct iss_part_state *state = &world->parts[id];
    int32_t waiting = 0, ordered = 0;
    int64_t mass_mg = 0;

    for (int32_t i = state->head;
         i >= 0 && waiting <= part->units && state->waiting > 0;
         i = i == state->tail ? -1 : world->units[i].next) {
        waiting++;
    }
    for (int32_t i = state->first; i >= 0; i = world->orders[i].next) {
        ordered++;
        mass_mg += world->orders[i].mass_mg;
    }
    if (mass_mg != ordered * iss_part_mass_mg(world, id)) {
        return "spares that are ordered weigh something else than their part";
    }
    if (waiting != state->waiting || ordered != state->ordered ||
        loaded(world, id) != state->loaded) {
        return "other spares are waited for, ordered or under way than are counted";
    }
    if (state->stock < 0 || (state->waiting > 0 && state->stock > 0)) {
        return "a unit waits for a spare that is aboard, or one is owed";
    }
    if (part->capacity > 0 && state->stock + state->loaded > part->capacity) {
        return "more spares are aboard and under way than there is room for";
    }
    return iss_world_forecasting(world) && state->orders > 0 &&
                   iss_part_missing(world, id) > 0
               ? "a spare is missing that isn't ordered"
               : NULL;
}

const char *
iss_world_check_upkeep(const struct iss_world *world)
{
    const struct iss_upkeep_size *size = &world->model->upkeep;
    const char *broken = NULL;

    if (size->jobs > 0) {
        broken = check_workers(world);
        broken = broken == NULL ? check_queue(world) : broken;
    }
    broken = broken == NULL ? check_outside(world) : broken;
    broken = broken == NULL ? check_walkers(world) : broken;
    for (int32_t i = 0; broken == NULL && i < size->systems; i++) {
        broken = check_system(world, i);
    }
    for (int32_t i = 0; broken == NULL && i < size->parts; i++) {
        broken = check_part(world, i);
    }
    return broken;
}
