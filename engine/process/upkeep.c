/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep.c - people do what waits for them: repairs and tasks.
 *
 * By priority, in the order of coming.  A job for which too few are free keeps those
 * that it could have, so that work for two isn't put off for ever by work for one; one
 * for which not enough are aboard keeps nobody.
 *
 * Whoever is outside, or ill, doesn't work; what they were at waits for others.
 *
 * Draws REPAIR or EVA_OUTINGS about the unit and WORK about the task, by their number.
 */
#include "process/upkeep.h"

#include <math.h>

#include "policy/policy.h"
#include "process/process.h"

/* ---- one job ------------------------------------------------------------------- */

static int64_t
hours_us(const struct iss_world *world, int32_t job, int32_t task)
{
    const struct iss_dist *hours = world->jobs[job].duty->hours;

    if (world->jobs[job].duty->fixed_us >= 0) {
        return world->jobs[job].duty->fixed_us;
    }
    if (task < 0) {
        const struct iss_unit *unit = &world->units[job];
        return iss_draw_us(world, ISS_DRAW_REPAIR, unit->hash,
                           (uint64_t)unit->failures - 1, hours);
    }
    return iss_draw_us(world, ISS_DRAW_WORK,
                       iss_model_task(world->model, task)->entity.hash,
                       (uint64_t)world->tasks[task].number - 1, hours);
}

static void
begin(struct iss_world *world, int32_t job, uint64_t hands)
{
    struct iss_job *self = &world->jobs[job];
    int32_t task = iss_job_task(world, job);

    if (self->work_us == ISS_NO_TIME) {
        self->work_us = self->left_us = hours_us(world, job, task);
    }
    iss_job_begin(world, job, hands);
    int64_t done_us = iss_us_add(world->now_us, self->left_us);
    if (task < 0) {
        world->units[job].phase = ISS_UNIT_REPAIRED;
        iss_schedule(world, iss_slot_unit(world, job), done_us, ISS_EVENT_UNIT_REPAIRED,
                     job, -1);
    } else {
        iss_schedule(world, iss_slot_task(world, task), done_us, ISS_EVENT_TASK_DONE,
                     task, -1);
    }
}

/* Whether it is a repair outside, which other people make (eva_repair.c). */
static bool
send_outside(struct iss_world *world, int32_t job)
{
    if (iss_job_task(world, job) >= 0 || iss_unit_errand(world, job) == NULL) {
        return false;
    }
    const struct iss_unit *unit = &world->units[job];
    const struct iss_system *system = iss_model_system(world->model, unit->system);
    double u =
        iss_draw(world, ISS_DRAW_EVA_OUTINGS, unit->hash, (uint64_t)unit->failures - 1);
    double outings = ceil(iss_dist_quantile(iss_world_dist(world, system->outings), u));

    outings = fmin(fmax(outings, 1), ISS_MAX_OUTINGS);
    iss_errand_open(world, job, (int32_t)outings);
    iss_raise(world, ISS_EVENT_EVA_NEEDED, job, system->eva, outings);
    return true;
}

void
iss_upkeep_ask(struct iss_world *world, int32_t job)
{
    if (send_outside(world, job)) {
        return;
    }
    iss_job_open(world, job);
    if (world->jobs[job].duty->people == 0) {
        begin(world, job, 0);
    } else {
        iss_job_queue(world, job);
    }
}

/* ---- all of them --------------------------------------------------------------- */

/* Who of `free` can begin with the job now, when so many places are kept for others; 0:
 * not enough. */
static uint64_t
choose(const struct iss_world *world, const struct iss_duty *duty, uint64_t free,
       int64_t kept)
{
    return world->workers.busy + kept + duty->people <= world->workers.limit
               ? iss_policy_hands(world, duty, free)
               : 0;
}

/* Begin what can be of one priority; `free` is who may be given out, `kept` how many
 * places are for jobs before. */
static void
give_out_level(struct iss_world *world, int32_t level, uint64_t *free, int64_t *kept)
{
    int32_t before = -1, job = world->queue.head[level];

    while (job >= 0 && *free != 0) {
        const struct iss_duty *duty = world->jobs[job].duty;
        int32_t next = world->jobs[job].next;
        uint64_t hands = choose(world, duty, *free, *kept);
        uint64_t stay = hands != 0 ? 0 : iss_policy_kept(world, duty, *free);

        if (hands != 0) {
            iss_job_take(world, level, before);
            begin(world, job, hands);
            *free &= ~hands;
        } else {
            *free &= ~stay;
            *kept += stay != 0 ? duty->people : 0;
            before = job;
        }
        job = next;
    }
}

void
iss_upkeep_give_out(struct iss_world *world)
{
    uint64_t free = world->workers.idle;
    int64_t kept = 0;

    for (uint32_t levels = world->queue.levels; levels != 0 && free != 0;) {
        int32_t level = 31 - __builtin_clz(levels);
        give_out_level(world, level, &free, &kept);
        levels &= ~(1U << level);
    }
}

void
iss_upkeep_ask_now(struct iss_world *world, int32_t job)
{
    const struct iss_duty *duty = world->jobs[job].duty;
    bool alone = world->queue.levels == 0 && duty->people > 0;
    uint64_t hands = alone ? choose(world, duty, world->workers.idle, 0) : 0;

    if (send_outside(world, job)) {
        return;
    }
    if (hands != 0) { /* nobody else waits: no need to queue */
        iss_job_open(world, job);
        begin(world, job, hands);
        return;
    }
    iss_upkeep_ask(world, job);
    iss_upkeep_give_out(world);
}

/* ---- begin, and people come and go --------------------------------------------- */

void
iss_upkeep_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    iss_upkeep_start_units(world);
    for (int32_t i = 0; i < world->model->upkeep.parts; i++) {
        iss_upkeep_order(world, i);
    }
    iss_upkeep_start_tasks(world);
    iss_upkeep_on_health(world, event);
}

/* Who has left has dropped what they did. */
void
iss_upkeep_on_people(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_upkeep_give_out(world);
}

/* Who is fit for work, and when that may change next. */
void
iss_upkeep_on_health(struct iss_world *world, const struct iss_event *event)
{
    int64_t turn_us = ISS_NEVER;

    (void)event;
    if (world->model->upkeep.jobs == 0 || !iss_world_forecasting(world)) {
        return;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t person = world->aboard[i];
        int64_t next_us = iss_person_turn(world, person);
        iss_workers_absent(world, person, ISS_ABSENT_ILL,
                           !iss_person_fit(world, person));
        turn_us = next_us < turn_us ? next_us : turn_us;
    }
    if (turn_us < ISS_NEVER) {
        iss_schedule(world, iss_slot_fitness(world), turn_us, ISS_EVENT_FITNESS_DUE, -1,
                     -1);
    }
    iss_upkeep_give_out(world);
}
