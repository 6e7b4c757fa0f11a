/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worker.c - the event loop.
 */
#include "replicate/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/memo.h"
#include "replicate/dispatch.h"

enum {
    LINE = 64,             /* bytes that the cache takes at once */
    STALL_LIMIT = 1000000, /* events at one instant that pass for a loop */
    STALL_SEEN = 10000     /* the last of them, whose kinds are told */
};

struct iss_worker {
    const struct iss_model *model;
    struct iss_world *world; /* at the start of `memory` */
    void *memory, *image;
    size_t size;
    struct iss_memo
        *rates; /* of stocks, kept from one replication to the next; NULL: none */
    struct iss_gauges gauges;
    struct iss_series *series; /* NULL: nobody follows any */
    const char *(*check)(const struct iss_world *world);
    const char *finding;
    bool went_round[ISS_EVENT_KINDS];
    char loop[512];
};

/* ---- one event ----------------------------------------------------------------- */

static void
observe(struct iss_worker *worker, struct iss_trace *trace,
        const struct iss_event *event)
{
    struct iss_world *world = worker->world;

    iss_gauges_event(&worker->gauges, world, event);
    if (trace != NULL && world->status == ISS_OK) {
        world->status = iss_trace_event(trace, world, event);
    }
    iss_world_seen(world);
}

/* The station as it was before `time_us`, at the moments of the grid until then. */
static void
follow(struct iss_worker *worker, int64_t time_us)
{
    int status =
        iss_series_until(worker->series, &worker->gauges, worker->world, time_us);
    if (worker->world->status == ISS_OK) {
        worker->world->status = status;
    }
}

static void
verify(struct iss_worker *worker)
{
    if (worker->check != NULL && worker->world->status == ISS_OK) {
        worker->finding = worker->check(worker->world);
        if (worker->finding != NULL) {
            worker->world->status = ISS_ERR_INVARIANT;
        }
    }
}

/* Put into words which events follow one another without end. */
static void
tell_loop(struct iss_worker *worker)
{
    int64_t now_us = iss_us_add(worker->world->now_us, worker->model->epoch_us);
    char date[32];
    const char *comma = ":";
    size_t used =
        (size_t)snprintf(worker->loop, sizeof worker->loop,
                         "no time advance after 1e6 events at %s; these go round",
                         iss_civil_format(now_us, ISS_CIVIL_MINUTE, date));

    for (int i = 0; i < ISS_EVENT_KINDS && used < sizeof worker->loop; i++) {
        if (worker->went_round[i]) {
            used += (size_t)snprintf(worker->loop + used, sizeof worker->loop - used,
                                     "%s %s", comma, iss_event_infos[i].name);
            comma = ",";
        }
    }
    worker->finding = worker->loop;
}

/* ---- the loop ------------------------------------------------------------------ */

static int
play_prehistory(struct iss_worker *worker)
{
    struct iss_world *world = worker->world;
    struct iss_event event;

    while (world->status == ISS_OK && iss_world_next(world, -1, &event)) {
        iss_dispatch(world, &event);
        verify(worker);
    }
    world->now_us = 0;
    world->current = 0;
    iss_world_seen(world);
    return world->status;
}

/* An event at the same moment as so many before it that it may be a loop. */
static void
see_loop(struct iss_worker *worker, enum iss_event_kind kind, int64_t stalled)
{
    worker->went_round[kind] = true;
    if (stalled > STALL_LIMIT && worker->world->status == ISS_OK) {
        worker->world->status = ISS_ERR_STALLED;
        tell_loop(worker);
    }
}

static void
play(struct iss_worker *worker, struct iss_trace *trace)
{
    struct iss_world *world = worker->world;
    const struct iss_scenario *scenario = &worker->model->scenario;
    int64_t instant = INT64_MIN, stalled = 0;
    struct iss_event event;

    while (world->status == ISS_OK && iss_world_next(world, scenario->end_us, &event)) {
        if (worker->series != NULL && worker->series->due_us < event.time_us) {
            follow(worker, event.time_us);
        }
        iss_dispatch(world, &event);
        observe(worker, trace, &event);
        verify(worker);
        if ((int64_t)worker->gauges.events > scenario->max_events &&
            world->status == ISS_OK) {
            world->status = ISS_ERR_EVENT_LIMIT;
        }
        if (event.time_us != instant) {
            instant = event.time_us;
            stalled = 0;
        } else if (++stalled > STALL_LIMIT - STALL_SEEN) {
            see_loop(worker, (enum iss_event_kind)event.kind, stalled);
        }
    }
}

/* Not inlined, so that a profiler can be told to look at it alone. */
__attribute__((noinline)) int
iss_worker_run(struct iss_worker *worker, uint64_t seed, uint64_t index,
               struct iss_trace *trace, struct iss_row *row)
{
    struct iss_world *world = worker->world;

    iss_worker_reset(worker);
    iss_world_seed(world, seed, index);
    iss_world_draw_values(world, seed, index / (uint64_t)worker->model->study.inner);
    iss_gauges_start(&worker->gauges, world);
    if (worker->series != NULL) {
        iss_series_start(worker->series);
    }
    if (trace != NULL) {
        world->status = iss_trace_start(trace, world);
    }
    play(worker, trace);
    if (worker->series != NULL && world->status == ISS_OK) {
        follow(worker, INT64_MAX);
    }
    row->replication = index;
    row->fingerprint = worker->gauges.fingerprint;
    row->events = worker->gauges.events;
    row->status = world->status;
    iss_gauges_finish(&worker->gauges, world,
                      world->status == ISS_OK ? worker->model->scenario.end_us
                                              : world->now_us,
                      row->metrics);
    if (trace != NULL && row->status == ISS_OK) {
        row->status = iss_trace_finish(trace, world, row);
    }
    return row->status;
}

/* ---- life ---------------------------------------------------------------------- */

void
iss_worker_reset(struct iss_worker *worker)
{
    iss_world_restore(worker->world, worker->image);
    worker->finding = NULL;
    memset(worker->went_round, 0, sizeof worker->went_round);
}

bool
iss_worker_is_reset(const struct iss_worker *worker)
{
    return memcmp(worker->memory, worker->image, worker->size) == 0;
}

/* On a line of the cache, as what is in it expects. */
static void *
allocate(size_t size)
{
    size_t lines = (size + LINE - 1) / LINE * LINE;
    void *memory = aligned_alloc(LINE, lines);

    return memory != NULL ? memset(memory, 0, lines) : NULL;
}

int
iss_worker_new(const struct iss_model *model, struct iss_worker **worker)
{
    struct iss_worker *made = calloc(1, sizeof *made);

    if (made == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    made->model = model;
    made->size = iss_world_size(model);
    made->memory = allocate(made->size);
    made->image = allocate(made->size);
    if (made->memory == NULL || made->image == NULL) {
        iss_worker_free(made);
        return ISS_ERR_NO_MEMORY;
    }
    made->world = iss_world_init(made->memory, model);
    if (model->makers.count > 0) {
        made->rates = made->world->rates_known = iss_flows_memo(model);
        if (made->rates == NULL) {
            iss_worker_free(made);
            return ISS_ERR_NO_MEMORY;
        }
    }
    if (iss_gauges_init(&made->gauges, made->world) != ISS_OK) {
        iss_worker_free(made);
        return ISS_ERR_NO_MEMORY;
    }
    made->check = iss_world_check;
    int status = play_prehistory(made);
    made->check = NULL;
    if (status != ISS_OK) {
        iss_worker_free(made);
        return status;
    }
    iss_world_set_out(made->world);
    memcpy(made->image, made->memory, made->size);
    *worker = made;
    return ISS_OK;
}

void
iss_worker_check(struct iss_worker *worker,
                 const char *(*check)(const struct iss_world *world))
{
    worker->check = check;
}

void
iss_worker_follow(struct iss_worker *worker, struct iss_series *series)
{
    worker->series = series;
}

const char *
iss_worker_finding(const struct iss_worker *worker)
{
    return worker->finding;
}

const struct iss_world *
iss_worker_world(const struct iss_worker *worker)
{
    return worker->world;
}

void
iss_worker_free(struct iss_worker *worker)
{
    if (worker != NULL) {
        iss_gauges_clear(&worker->gauges);
        free(worker->memory);
        free(worker->image);
        iss_memo_free(worker->rates);
        free(worker);
    }
}
