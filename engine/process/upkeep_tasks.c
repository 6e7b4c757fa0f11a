/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep_tasks.c - regular work.
 *
 *     --TASK_DUE--> waits for people --> goes on --TASK_DONE--> until it is due again
 *
 * It is due at fixed times; those that come while the last one isn't done are left out.
 */
#include "process/process.h"
#include "process/upkeep.h"

static void
await(struct iss_world *world, int32_t id)
{
    iss_schedule(world, iss_slot_task(world, id), world->tasks[id].due_us,
                 ISS_EVENT_TASK_DUE, id, -1);
}

void
iss_upkeep_start_tasks(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->upkeep.tasks; i++) {
        await(world, i);
    }
}

void
iss_upkeep_on_task_due(struct iss_world *world, const struct iss_event *event)
{
    world->tasks[event->subject].number++;
    iss_upkeep_ask_now(world, iss_job_of_task(world, event->subject));
}

void
iss_upkeep_on_task_done(struct iss_world *world, const struct iss_event *event)
{
    struct iss_task_state *self = &world->tasks[event->subject];
    int64_t every_us = iss_model_task(world->model, event->subject)->every_us;

    iss_job_end(world, iss_job_of_task(world, event->subject));
    self->due_us = iss_us_add(self->due_us, every_us);
    if (self->due_us <= world->now_us) { /* dividing takes longer than all the rest */
        int64_t passed = (world->now_us - self->due_us) / every_us + 1;
        self->due_us = iss_us_add(self->due_us, passed * every_us);
    }
    await(world, event->subject);
    iss_upkeep_give_out(world);
}
