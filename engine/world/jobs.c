/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * jobs.c - work that waits for people, and the people who can do it.
 *
 *     (queued) --begin--> goes on --end--> done
 *         ^                  |
 *         '---somebody left--'   and what is left of the work is kept
 *
 * Everybody aboard is a bit, from the lowest that is free.
 */
#include "world/world.h"

/* ---- the queue ----------------------------------------------------------------- */

void
iss_job_open(struct iss_world *world, int32_t job)
{
    struct iss_job *self = &world->jobs[job];

    self->queued_us = world->now_us;
    self->waited_us = 0;
    self->work_us = ISS_NO_TIME;
}

void
iss_job_queue(struct iss_world *world, int32_t job)
{
    struct iss_job *self = &world->jobs[job];
    struct iss_queue *queue = &world->queue;
    int32_t level = (int32_t)self->duty->priority;

    self->waits = true;
    self->next = -1;
    if (queue->head[level] < 0) {
        queue->head[level] = job;
        queue->levels |= 1U << level;
    } else {
        world->jobs[queue->tail[level]].next = job;
    }
    queue->tail[level] = job;
}

/* It goes on as soon as somebody can. */
static void
queue_again(struct iss_world *world, int32_t job)
{
    struct iss_job *self = &world->jobs[job];
    struct iss_queue *queue = &world->queue;
    int32_t level = (int32_t)self->duty->priority;

    self->queued_us = world->now_us;
    self->waits = true;
    self->next = queue->head[level];
    if (queue->head[level] < 0) {
        queue->tail[level] = job;
        queue->levels |= 1U << level;
    }
    queue->head[level] = job;
}

void
iss_job_take(struct iss_world *world, int32_t level, int32_t before)
{
    struct iss_queue *queue = &world->queue;
    int32_t job = before < 0 ? queue->head[level] : world->jobs[before].next;
    int32_t next = world->jobs[job].next;

    if (before < 0) {
        queue->head[level] = next;
    } else {
        world->jobs[before].next = next;
    }
    if (next < 0) {
        queue->tail[level] = before;
        queue->levels &= ~((uint32_t)(before < 0) << level);
    }
    world->jobs[job].next = -1;
    world->jobs[job].waits = false;
}

/* ---- work ---------------------------------------------------------------------- */

void
iss_job_begin(struct iss_world *world, int32_t job, uint64_t hands)
{
    struct iss_job *self = &world->jobs[job];

    self->waited_us += world->now_us - self->queued_us;
    self->since_us = world->now_us;
    self->hands = hands;
    self->goes_on = true;
    world->workers.idle &= ~hands;
    world->workers.busy += (int32_t)self->duty->people;
    for (uint64_t left = hands; left != 0; left &= left - 1) {
        world->workers.at[__builtin_ctzll(left)] = job;
    }
}

void
iss_job_end(struct iss_world *world, int32_t job)
{
    struct iss_job *self = &world->jobs[job];

    world->workers.idle |= self->hands;
    world->workers.busy -= (int32_t)self->duty->people;
    self->hands = 0;
    self->goes_on = false;
}

/* ---- coming and going ---------------------------------------------------------- */

/* What is left of the work is done later. */
static void
interrupt(struct iss_world *world, int32_t job)
{
    struct iss_job *self = &world->jobs[job];
    int32_t task = iss_job_task(world, job);

    iss_unschedule(world,
                   task < 0 ? iss_slot_unit(world, job) : iss_slot_task(world, task));
    self->left_us -= world->now_us - self->since_us;
    if (task < 0) {
        world->units[job].phase = ISS_UNIT_QUEUES;
    }
    iss_job_end(world, job);
    queue_again(world, job);
}

/* Who was at work drops it, and isn't idle either. */
static void
take_away(struct iss_world *world, uint64_t hand)
{
    struct iss_workers *workers = &world->workers;

    if (((workers->idle | workers->absent[ISS_ABSENT_OUTSIDE] |
          workers->absent[ISS_ABSENT_ILL]) &
         hand) == 0) {
        interrupt(world, workers->at[__builtin_ctzll(hand)]);
    }
    workers->idle &= ~hand;
}

void
iss_workers_absent(struct iss_world *world, int32_t person, enum iss_absence why,
                   bool absent)
{
    struct iss_workers *workers = &world->workers;
    int8_t number = world->people[person].hand;
    uint64_t hand = number < 0 ? 0 : UINT64_C(1) << number;

    if (hand == 0 || ((workers->absent[why] & hand) != 0) == absent) {
        return;
    }
    if (absent) {
        take_away(world, hand);
        workers->absent[why] |= hand;
        return;
    }
    workers->absent[why] &= ~hand;
    if (((workers->absent[ISS_ABSENT_OUTSIDE] | workers->absent[ISS_ABSENT_ILL]) &
         hand) == 0) {
        workers->idle |= hand;
    }
}

/* The hand's place among those with each skill, and of each segment. */
static void
mark(struct iss_world *world, int32_t person, uint64_t hand, bool there)
{
    const struct iss_crew_member *member = iss_model_crew_member(world->model, person);
    uint64_t *trained = &world->workers.trained[member->segment];

    *trained = there ? *trained | hand : *trained & ~hand;
    for (int32_t i = 0; i < member->skills.count; i++) {
        uint64_t *skilled = &world->skilled[member->skills.at[i]];
        *skilled = there ? *skilled | hand : *skilled & ~hand;
    }
}

void
iss_workers_join(struct iss_world *world, int32_t person)
{
    struct iss_workers *workers = &world->workers;
    uint64_t free = ~workers->aboard;

    if (free == 0) {
        return;
    }
    uint64_t hand = free & -free;
    world->people[person].hand = (int8_t)__builtin_ctzll(hand);
    workers->aboard |= hand;
    workers->idle |= hand;
    mark(world, person, hand, true);
}

void
iss_workers_leave(struct iss_world *world, int32_t person)
{
    struct iss_workers *workers = &world->workers;
    int8_t number = world->people[person].hand;

    if (number < 0) {
        return;
    }
    uint64_t hand = UINT64_C(1) << number;
    take_away(world, hand);
    for (int why = 0; why < ISS_ABSENCES; why++) {
        workers->absent[why] &= ~hand;
    }
    workers->aboard &= ~hand;
    world->people[person].hand = -1;
    mark(world, person, hand, false);
}
