/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_calendar.c - what the candidates for the calendar cost on the same operations.
 *
 *     bench_calendar            hold models and mixed workloads
 *     bench_calendar TRACE...   recorded ones; lines `s slot time order`, `c slot`, `p`
 *
 * `p` takes the earliest slot off.  Each workload is replayed by each candidate; every
 * candidate must pop the same slots.  Printed: nanoseconds per pop, with the sets and
 * cancels that belong to it, best of several runs; the block's size; and the time to
 * copy it, which is the price of a reset.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/civil.h"
#include "kernel/stream.h"
#include "queues.h"

#define RUNS       15
#define COPIES     20000
#define POPS       200000
#define HOLD_SIZES 4

struct step {
    int64_t time_us;
    uint64_t order;
    int32_t slot;
    char what; /* s, c or p */
};

struct workload {
    struct step *steps;
    size_t count, room, pops;
    int32_t slots;
    uint64_t drawn, order;
};

static double
now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void *
allocate(size_t size)
{
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);

    if (memory == NULL) {
        fputs("bench_calendar: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

static void
append(struct workload *load, struct step step)
{
    if (load->count == load->room) {
        size_t room = load->room > 0 ? 2 * load->room : 1024;
        struct step *steps = allocate(room * sizeof *steps);

        if (load->count > 0) {
            memcpy(steps, load->steps, load->count * sizeof *steps);
        }
        free(load->steps);
        load->steps = steps;
        load->room = room;
    }
    load->steps[load->count++] = step;
    load->pops += step.what == 'p';
}

static double
uniform(struct workload *load)
{
    const struct iss_stream stream = {.seed = 1};

    return iss_stream_uniform(&stream, 0, 0, load->drawn++);
}

/* Exponential delays; means of the mixed workload are from 2 to 200 days. */
static int64_t
delay_us(struct workload *load, double mean_d)
{
    return iss_us_from_days(-mean_d * log(uniform(load)));
}

static void
append_set(struct workload *load, int32_t slot, int64_t time_us)
{
    append(load, (struct step){time_us, load->order++, slot, 's'});
}

static struct workload
hold(int32_t slots)
{
    struct workload load = {.slots = slots};
    int64_t *time_us = allocate((size_t)slots * sizeof *time_us);

    for (int32_t i = 0; i < slots; i++) {
        time_us[i] = delay_us(&load, 1);
        append_set(&load, i, time_us[i]);
    }
    for (int pop = 0; pop < POPS; pop++) {
        int32_t first = 0;

        for (int32_t i = 1; i < slots; i++) {
            first = time_us[i] < time_us[first] ? i : first;
        }
        append(&load, (struct step){.what = 'p'});
        time_us[first] += delay_us(&load, 1);
        append_set(&load, first, time_us[first]);
    }
    free(time_us);
    return load;
}

/* A random slot that is (or isn't) pending. */
static int32_t
pick(struct workload *load, const int64_t *time_us, bool pending)
{
    for (;;) {
        int32_t slot = (int32_t)(uniform(load) * load->slots);

        if ((time_us[slot] != ISS_NEVER) == pending) {
            return slot;
        }
    }
}

static int64_t
set_random(struct workload *load, int64_t *time_us, int64_t now_us)
{
    int32_t slot = pick(load, time_us, false);
    double mean_d = 2 * pow(100, uniform(load));

    time_us[slot] = now_us + delay_us(load, mean_d);
    append_set(load, slot, time_us[slot]);
    return slot;
}

/* Each pop is followed by a cancel half of the time and by the sets that keep about
 * `pending` of the slots pending: 1.5 on average. */
static struct workload
mixed(int32_t slots, int32_t pending)
{
    struct workload load = {.slots = slots};
    int64_t *time_us = allocate((size_t)slots * sizeof *time_us);
    int32_t live = 0;

    for (int32_t i = 0; i < slots; i++) {
        time_us[i] = ISS_NEVER;
    }
    for (; live < pending; live++) {
        set_random(&load, time_us, 0);
    }
    for (int pop = 0; pop < POPS; pop++) {
        int32_t first = 0;
        int64_t now_us;

        for (int32_t i = 1; i < slots; i++) {
            first = time_us[i] < time_us[first] ? i : first;
        }
        now_us = time_us[first];
        time_us[first] = ISS_NEVER;
        append(&load, (struct step){.what = 'p'});
        live--;
        if (uniform(&load) < 0.5) {
            int32_t slot = pick(&load, time_us, true);

            time_us[slot] = ISS_NEVER;
            append(&load, (struct step){.slot = slot, .what = 'c'});
            live--;
        }
        for (int sets = uniform(&load) * 20 < 10 + pending - live ? 2 : 1; sets > 0;
             sets--) {
            set_random(&load, time_us, now_us);
            live++;
        }
    }
    free(time_us);
    return load;
}

static bool
read_trace(const char *path, struct workload *load)
{
    FILE *file = fopen(path, "r");
    char line[128];
    bool good = file != NULL;

    while (good && fgets(line, sizeof line, file) != NULL) {
        struct step step = {.what = line[0]};

        if (step.what == 's') {
            good = sscanf(line + 1, "%" SCNd32 " %" SCNd64 " %" SCNu64, &step.slot,
                          &step.time_us, &step.order) == 3;
        } else if (step.what == 'c') {
            good = sscanf(line + 1, "%" SCNd32, &step.slot) == 1;
        } else {
            good = step.what == 'p';
        }
        good = good && step.slot >= 0;
        if (good) {
            load->slots = step.slot < load->slots ? load->slots : step.slot + 1;
            append(load, step);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return good && load->pops > 0;
}

/* Replay; returns a hash of the slots popped. */
static uint64_t
replay(const struct workload *load, const struct queue *queue, void *memory)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < load->count; i++) {
        const struct step *step = &load->steps[i];

        if (step->what == 's') {
            queue->set(memory, step->slot, step->time_us, step->order);
        } else if (step->what == 'c') {
            queue->cancel(memory, step->slot);
        } else {
            int32_t slot = queue->first(memory);

            hash = hash * 31 + (uint64_t)slot;
            if (slot >= 0) {
                queue->cancel(memory, slot);
            }
        }
    }
    return hash;
}

static double
copy_ns(const void *memory, size_t size)
{
    volatile char *copy = allocate(size);
    double start_ns = now_ns();

    for (int i = 0; i < COPIES; i++) {
        memcpy((void *)(uintptr_t)copy, memory, size);
        __asm__ volatile("" : : "r"(copy) : "memory");
    }
    start_ns = now_ns() - start_ns;
    free((void *)(uintptr_t)copy);
    return start_ns / COPIES;
}

struct result {
    void *memory;
    double best_ns;
    uint64_t hash;
};

/* Candidates take turns, so that a change of the processor's speed meets all alike. */
static void
measure(const struct workload *load, struct result *results)
{
    for (size_t i = 0; i < queue_count; i++) {
        results[i].memory = allocate(queues[i].size(load->slots));
        results[i].best_ns = INFINITY;
    }
    for (int run = 0; run < RUNS; run++) {
        for (size_t i = 0; i < queue_count; i++) {
            double start_ns;

            queues[i].init(results[i].memory, load->slots);
            start_ns = now_ns();
            results[i].hash = replay(load, &queues[i], results[i].memory);
            results[i].best_ns = fmin(results[i].best_ns, now_ns() - start_ns);
        }
    }
}

static int
compare(const char *name, const struct workload *load)
{
    struct result *results = allocate(queue_count * sizeof *results);
    int status = EXIT_SUCCESS;

    printf("\n%s: %" PRId32 " slots, %zu pops, %zu sets and cancels\n", name,
           load->slots, load->pops, load->count - load->pops);
    measure(load, results);
    for (size_t i = 0; i < queue_count; i++) {
        size_t size = queues[i].size(load->slots);

        printf("  %-28s %6.1f ns a pop  %7zu bytes  copied in %5.0f ns\n",
               queues[i].name, results[i].best_ns / (double)load->pops, size,
               copy_ns(results[i].memory, size));
        free(results[i].memory);
        if (i + 1 < queue_count && results[i].hash != results[0].hash) {
            printf("  %s popped other slots\n", queues[i].name);
            status = EXIT_FAILURE;
        }
    }
    free(results);
    return status;
}

static int
run_traces(int count, char **paths)
{
    for (int i = 0; i < count; i++) {
        struct workload load = {0};

        if (!read_trace(paths[i], &load)) {
            fprintf(stderr, "bench_calendar: %s: not a trace\n", paths[i]);
            return EXIT_FAILURE;
        }
        if (compare(paths[i], &load) != EXIT_SUCCESS) {
            return EXIT_FAILURE;
        }
        free(load.steps);
    }
    return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
    static const int32_t shapes[][2] = {{30, 30},     {100, 100}, {300, 300},
                                        {1000, 1000}, {300, 40},  {600, 80}};

    if (argc > 1) {
        return run_traces(argc - 1, argv + 1);
    }
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        bool is_hold = i < HOLD_SIZES;
        struct workload load =
            is_hold ? hold(shapes[i][0]) : mixed(shapes[i][0], shapes[i][1]);
        char name[64];
        int status;

        snprintf(name, sizeof name, "%s, %" PRId32 " pending",
                 is_hold ? "hold" : "mixed", shapes[i][1]);
        status = compare(name, &load);
        free(load.steps);
        if (status != EXIT_SUCCESS) {
            return status;
        }
    }
    return EXIT_SUCCESS;
}
