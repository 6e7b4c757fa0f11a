/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep_account.c - adds up outages, waits and hours of work.
 */
#include "observe/upkeep_account.h"

#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

/* ---- life ---------------------------------------------------------------------- */

int
iss_upkeep_account_init(struct iss_upkeep_account *account,
                        const struct iss_world *world)
{
    const struct iss_upkeep_size *size = &world->model->upkeep;

    *account = (struct iss_upkeep_account){
        .systems = calloc((size_t)size->systems + 1, sizeof *account->systems),
        .parts = calloc((size_t)size->parts + 1, sizeof *account->parts),
    };
    return account->systems != NULL && account->parts != NULL ? ISS_OK
                                                              : ISS_ERR_NO_MEMORY;
}

void
iss_upkeep_account_clear(struct iss_upkeep_account *account)
{
    free(account->systems);
    free(account->parts);
    *account = (struct iss_upkeep_account){0};
}

void
iss_upkeep_account_start(struct iss_upkeep_account *account,
                         const struct iss_world *world)
{
    const struct iss_upkeep_size *size = &world->model->upkeep;

    *account = (struct iss_upkeep_account){.systems = account->systems,
                                           .parts = account->parts};
    memset(account->systems, 0, (size_t)size->systems * sizeof *account->systems);
    memset(account->parts, 0, (size_t)size->parts * sizeof *account->parts);
}

/* ---- as it happens ------------------------------------------------------------- */

static void
count_failure(struct iss_upkeep_account *account, const struct iss_world *world,
              int32_t unit)
{
    if (world->units[unit].failed_us == world->now_us) {
        account->failures++;
        account->systems[world->units[unit].system].failures++;
    }
}

static void
count_repair(struct iss_upkeep_account *account, const struct iss_world *world,
             int32_t unit)
{
    const struct iss_unit *self = &world->units[unit];
    const struct iss_job *job = &world->jobs[unit];
    struct iss_account_systems *system = &account->systems[self->system];

    account->repairs++;
    account->unit_down_us += world->now_us - self->failed_us;
    if (iss_unit_errand(world, unit) != NULL) {
        account->eva_repairs++;
        account->eva_queue_us += iss_unit_waited_us(world, unit, world->now_us);
        account->repair_us += iss_unit_errand(world, unit)->worked_us;
        account->outings_us += iss_unit_errand(world, unit)->worked_us;
    } else {
        account->queue_us += job->waited_us;
        account->repair_us += job->duty->people * job->work_us;
    }
    system->repairs++;
    if (world->systems[self->system].running ==
        iss_model_system(world->model, self->system)->needs) {
        system->down_us += world->now_us - world->systems[self->system].down_us;
    }
}

/* The first outing of a repair ends its wait. */
static void
count_outing(struct iss_upkeep_account *account, const struct iss_world *world,
             int32_t unit)
{
    const struct iss_errand *errand = unit < 0 ? NULL : iss_unit_errand(world, unit);

    if (errand != NULL && errand->made == 0) {
        int64_t waited_us = errand->begun_us - errand->asked_us;
        account->outside++;
        account->outside_us += waited_us;
        account->outside_max_us =
            waited_us > account->outside_max_us ? waited_us : account->outside_max_us;
    }
}

void
iss_upkeep_account_event(struct iss_upkeep_account *account,
                         const struct iss_world *world, const struct iss_event *event)
{
    const struct iss_job *job;

    switch ((enum iss_event_kind)event->kind) {
    case ISS_EVENT_UNIT_FAILED:
        count_failure(account, world, event->subject);
        return;
    case ISS_EVENT_EVA_BEGINS:
        count_outing(account, world, event->object);
        return;
    case ISS_EVENT_SPARE_AWAITED:
        account->waits++;
        account->parts[event->object].waits++;
        return;
    case ISS_EVENT_SPARES_LOST:
        account->lost += (int64_t)event->value;
        return;
    case ISS_EVENT_UNIT_REPAIRED:
        count_repair(account, world, event->subject);
        return;
    case ISS_EVENT_TASK_DONE:
        job = &world->jobs[iss_job_of_task(world, event->subject)];
        account->task_us += job->duty->people * job->work_us;
        return;
    default:
        return;
    }
}

/* ---- the end ------------------------------------------------------------------- */

/* A failed unit that isn't running yet. */
static void
stop_unit(struct iss_upkeep_account *account, const struct iss_world *world,
          int32_t unit, int64_t end_us)
{
    const struct iss_unit *self = &world->units[unit];
    int32_t part = iss_model_system(world->model, self->system)->part;

    if (part >= 0) {
        account->parts[part].used += self->failures - (self->phase == ISS_UNIT_LACKS);
    }
    if (self->phase == ISS_UNIT_RUNS) {
        return;
    }
    account->unit_down_us += end_us - self->failed_us;
    if (self->phase != ISS_UNIT_LACKS) {
        *(iss_unit_errand(world, unit) != NULL ? &account->eva_queue_us
                                               : &account->queue_us) +=
            iss_unit_waited_us(world, unit, end_us);
    }
}

/* Those that were due until the end and not begun with. */
static void
stop_task(struct iss_upkeep_account *account, const struct iss_world *world,
          int32_t task, int64_t end_us)
{
    const struct iss_task *kind = iss_model_task(world->model, task);
    int64_t first_us = iss_us_add(world->forecast_from_us, kind->first_us);

    if (first_us <= end_us) {
        account->tasks_missed +=
            (end_us - first_us) / kind->every_us + 1 - world->tasks[task].number;
    }
}

static void
stop_part(struct iss_upkeep_account *account, const struct iss_world *world,
          int32_t part)
{
    const struct iss_part *kind = iss_model_part(world->model, part);
    const struct iss_part_state *self = &world->parts[part];
    int64_t brought = self->stock - kind->stock + account->parts[part].used;
    int64_t lost = self->orders - self->ordered - self->loaded - brought;
    double mass_kg = iss_world_value(world, &kind->mass_kg);

    account->spares_kg += (double)brought * mass_kg;
    if (kind->delivery < 0) {
        account->shipped_kg += (double)brought * mass_kg;
        account->lost_kg += (double)lost * mass_kg;
    }
}

void
iss_upkeep_account_stop(struct iss_upkeep_account *account,
                        const struct iss_world *world, int64_t end_us)
{
    const struct iss_upkeep_size *size = &world->model->upkeep;

    for (int32_t i = 0; i < size->units; i++) {
        stop_unit(account, world, i, end_us);
    }
    for (int32_t i = 0; i < size->systems; i++) {
        if (iss_system_down(world, i)) {
            account->systems[i].down_us += end_us - world->systems[i].down_us;
        }
    }
    for (int32_t i = 0; i < size->tasks; i++) {
        stop_task(account, world, i, end_us);
    }
    for (int32_t i = 0; i < size->parts; i++) {
        stop_part(account, world, i);
    }
}
