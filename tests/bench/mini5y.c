/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mini5y.c - scenarios/mini5y.cfg beside the same model by hand, hard-coded.
 *
 *     bench_mini5y SCENARIO [ROUNDS [REPLICATIONS [PATH=VALUE ...]]]
 *
 * The model by hand is what the least code does: an array of 40 components, a 4-ary
 * heap of events, xoshiro256++ and log().  Both are run in turn, ROUNDS times (9), so
 * that what else the machine does strikes both; printed are the three outputs of each
 * with their difference in standard errors, the median and the least CPU time a
 * replication, and the ratio with its range over the rounds.  Ends with 1 when an
 * output differs by more than three standard errors.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "isssim/status.h"
#include "observe/gauges.h"
#include "rows.h"

enum { COMPONENTS = 40, CREW = 2, STOCK = 2, OUTPUTS = 3, MOST_ROUNDS = 99 };
#define HORIZON_H 43800.0

static const char *const outputs[OUTPUTS] = {"units_down", "spare_waits",
                                             "unit_failures"};

struct moments {
    double n, sum, squares;
};

static void
observe(struct moments *self, double value)
{
    self->n++;
    self->sum += value;
    self->squares += value * value;
}

static double
mean(const struct moments *self)
{
    return self->sum / self->n;
}

/* Of the mean. */
static double
variance(const struct moments *self)
{
    return (self->squares / self->n - mean(self) * mean(self)) / (self->n - 1);
}

/* ---- the model by hand: random numbers ----------------------------------------- */

static uint64_t state[4];

static uint64_t
rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* xoshiro256++ (Blackman and Vigna, 2019). */
static double
uniform(void)
{
    uint64_t result = rotate(state[0] + state[3], 23) + state[0], t = state[1] << 17;

    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotate(state[3], 45);
    return ((double)(result >> 12) + 0.5) * 0x1p-52;
}

static void
seed(uint64_t value)
{
    for (int i = 0; i < 4; i++) { /* splitmix64 */
        uint64_t z = (value += UINT64_C(0x9e3779b97f4a7c15));
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        state[i] = z ^ (z >> 31);
    }
}

static double
exponential(double mean_h)
{
    return -mean_h * log(uniform());
}

/* ---- the model by hand: events ------------------------------------------------- */

enum kind { FAILURE, REPAIRED, FLIGHT, DAY, DAY_DONE };

struct event {
    double time_h;
    int32_t kind, component;
};

static struct event heap[64];
static int heap_size;

static void
push(double time_h, enum kind kind, int component)
{
    int at = heap_size++;

    while (at > 0 && heap[(at - 1) / 4].time_h > time_h) {
        heap[at] = heap[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    heap[at] = (struct event){time_h, kind, component};
}

static struct event
pop(void)
{
    struct event first = heap[0], last = heap[--heap_size];
    int at = 0;

    for (;;) {
        int child = 4 * at + 1, best = child;
        if (child >= heap_size) {
            break;
        }
        for (int i = child + 1; i < child + 4 && i < heap_size; i++) {
            best = heap[i].time_h < heap[best].time_h ? i : best;
        }
        if (heap[best].time_h >= last.time_h) {
            break;
        }
        heap[at] = heap[best];
        at = best;
    }
    heap[at] = last;
    return first;
}

/* ---- the model by hand: components and people ---------------------------------- */

static double now_h, down_integral, down_since_h;
static int down, failures, waits, idle, stock[COMPONENTS];
static bool lacks[COMPONENTS];
static int queue[COMPONENTS + 1], queue_head, queue_count; /* COMPONENTS: the day's */

static double
mtbf(int component)
{
    return 1500 + 600.0 * component;
}

static void
set_down(int value)
{
    down_integral += down * (now_h - down_since_h);
    down_since_h = now_h;
    down = value;
}

static void
begin(int job)
{
    idle--;
    if (job == COMPONENTS) {
        push(now_h + 2, DAY_DONE, 0);
    } else {
        push(now_h + exponential(6), REPAIRED, job);
    }
}

static void
request(int job)
{
    if (idle > 0) {
        begin(job);
    } else {
        queue[(queue_head + queue_count++) % (COMPONENTS + 1)] = job;
    }
}

static void
release(void)
{
    idle++;
    if (queue_count > 0) {
        int job = queue[queue_head];
        queue_head = (queue_head + 1) % (COMPONENTS + 1);
        queue_count--;
        begin(job);
    }
}

static void
fail(int component)
{
    failures++;
    set_down(down + 1);
    if (stock[component] > 0) {
        stock[component]--;
        request(component);
    } else {
        waits++;
        lacks[component] = true;
    }
}

static void
top_up(void)
{
    if (uniform() < 0.05) {
        return;
    }
    for (int i = 0; i < COMPONENTS; i++) {
        stock[i] = STOCK;
        if (lacks[i]) {
            lacks[i] = false;
            stock[i]--;
            request(i);
        }
    }
}

static void
set_up(uint64_t replication)
{
    seed(replication);
    now_h = down_integral = down_since_h = 0;
    down = failures = waits = heap_size = queue_head = queue_count = 0;
    idle = CREW;
    memset(lacks, 0, sizeof lacks);
    for (int i = 0; i < COMPONENTS; i++) {
        stock[i] = STOCK;
        push(exponential(mtbf(i)), FAILURE, i);
    }
    push(2160 + exponential(120), FLIGHT, 1);
    push(0, DAY, 0);
}

static uint64_t
replicate(uint64_t replication, struct moments result[OUTPUTS])
{
    uint64_t events = 0;

    set_up(replication);
    while (heap[0].time_h <= HORIZON_H) {
        struct event event = pop();
        now_h = event.time_h;
        events++;
        switch ((enum kind)event.kind) {
        case FAILURE:
            fail(event.component);
            break;
        case REPAIRED:
            set_down(down - 1);
            push(now_h + exponential(mtbf(event.component)), FAILURE, event.component);
            release();
            break;
        case FLIGHT:
            top_up();
            push(2160.0 * (event.component + 1) + exponential(120), FLIGHT,
                 event.component + 1);
            break;
        case DAY:
            request(COMPONENTS);
            break;
        case DAY_DONE:
            push((floor(now_h / 24) + 1) * 24, DAY, 0);
            release();
            break;
        }
    }
    now_h = HORIZON_H;
    set_down(down);
    observe(&result[0], down_integral / HORIZON_H);
    observe(&result[1], waits);
    observe(&result[2], failures);
    return events;
}

/* ---- the engine ---------------------------------------------------------------- */

struct kept {
    int32_t at[OUTPUTS];
    struct moments result[OUTPUTS];
    uint64_t events;
    bool failed;
};

static int
keep_row(void *context, const struct iss_row *row)
{
    struct kept *kept = context;

    for (int i = 0; i < OUTPUTS; i++) {
        observe(&kept->result[i], row->metrics[kept->at[i]]);
    }
    kept->events += row->events;
    kept->failed |= row->status != ISS_OK;
    return ISS_OK;
}

/* ---- both ---------------------------------------------------------------------- */

static int
compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return values[count / 2];
}

static bool
print_outputs(const struct moments *hand, const struct moments *engine)
{
    bool agree = true;

    printf("%-14s %12s %12s %8s\n", "", "by hand", "isssim", "z");
    for (int i = 0; i < OUTPUTS; i++) {
        double z = (mean(&engine[i]) - mean(&hand[i])) /
                   sqrt(variance(&engine[i]) + variance(&hand[i]));
        printf("%-14s %12.6g %12.6g %8.2f\n", outputs[i], mean(&hand[i]),
               mean(&engine[i]), z);
        agree = agree && fabs(z) <= 3;
    }
    return agree;
}

struct times {
    double hand_us[MOST_ROUNDS], engine_us[MOST_ROUNDS], ratio[MOST_ROUNDS];
};

/* One round: `count` replications of each.  Set-up and tear-down are counted. */
static int
run_round(const struct iss_model *model, size_t round, uint64_t count,
          struct moments *hand, uint64_t *events, struct kept *kept,
          struct times *times)
{
    double per_us = 1e6 / (double)count;
    double before = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);

    for (uint64_t i = 0; i < count; i++) {
        *events += replicate(round * count + i, hand);
    }
    double between = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    int status = rows_run(model, round + 1, count, keep_row, kept);
    double after = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);

    times->hand_us[round] = (between - before) * per_us;
    times->engine_us[round] = (after - between) * per_us;
    times->ratio[round] = times->engine_us[round] / times->hand_us[round];
    return status;
}

static int
compare(const struct iss_model *model, size_t rounds, uint64_t count)
{
    struct moments hand[OUTPUTS] = {{0}};
    struct kept kept = {0};
    struct times times;
    uint64_t events = 0;
    double all = (double)rounds * (double)count;

    for (int i = 0; i < OUTPUTS; i++) {
        kept.at[i] = iss_metric_find(model, outputs[i]);
    }
    for (size_t round = 0; round < rounds; round++) {
        if (run_round(model, round, count, hand, &events, &kept, &times) != ISS_OK) {
            return 1;
        }
    }
    bool agree = print_outputs(hand, kept.result);
    double middle = median(times.ratio, rounds);
    double hand_us = median(times.hand_us, rounds);
    double engine_us = median(times.engine_us, rounds);
    printf("by hand %.1f us, at best %.1f, %.0f events; isssim %.1f us, at best %.1f, "
           "%.0f events\n",
           hand_us, times.hand_us[0], (double)events / all, engine_us,
           times.engine_us[0], (double)kept.events / all);
    printf("ratio %.2f, %.2f to %.2f in %zu rounds; of the best %.2f\n", middle,
           times.ratio[0], times.ratio[rounds - 1], rounds,
           times.engine_us[0] / times.hand_us[0]);
    return agree && !kept.failed ? 0 : 1;
}

int
main(int argc, char **argv)
{
    size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 9;
    uint64_t count = argc > 3 ? strtoull(argv[3], NULL, 10) : 1000;
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;

    if (argc < 2 || rounds < 1 || rounds > MOST_ROUNDS || count < 2) {
        fprintf(stderr, "usage: bench_mini5y SCENARIO [ROUNDS [REPLICATIONS "
                        "[PATH=VALUE ...]]]\n");
        return 64;
    }
    struct iss_model_options options = {
        .overrides = (const char *const *)argv + 4,
        .override_count = argc > 4 ? (size_t)argc - 4 : 0,
    };
    int status = iss_model_load(argv[1], &options, &diag, &model);
    int failed = status == ISS_OK ? compare(model, rounds, count) : 1;
    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    iss_model_free(model);
    iss_diag_clear(&diag);
    return failed;
}
