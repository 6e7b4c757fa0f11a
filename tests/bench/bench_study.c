/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_study.c - how a study gains from threads, and what its series cost.
 *
 *     bench_study SCENARIO N [THREADS] [ROUNDS]
 *
 * In every round, one after the other: one thread without series, one thread with the
 * scenario's, THREADS threads with them.  Prints medians and ranges over the rounds,
 * and of the ratios within a round: on a machine that does other work only these tell.
 */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "isssim/status.h"
#include "study/plan.h"
#include "study/runner.h"

enum { ROUNDS = 99 };

static int
drop(void *self, const struct iss_block *block)
{
    (void)block;
    (*(uint64_t *)self)++;
    return ISS_OK;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
print(const char *what, double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    printf("%-48s %9.3f   (%.3f to %.3f)\n", what, values[count / 2], values[0],
           values[count - 1]);
}

/* Wall-clock and CPU time of one study in microseconds a replication. */
static int
measure(const struct iss_model *model, int32_t series, int32_t threads, uint64_t n,
        double *wall, double *cpu)
{
    struct iss_study_result result;
    struct iss_plan plan;
    uint64_t blocks = 0;
    char message[256];

    int status = iss_plan_init(&plan, model, 1, NULL, series, message, sizeof message);
    if (status == ISS_OK) {
        struct iss_study_run run = {.model = model,
                                    .info = &plan.info,
                                    .replications = n,
                                    .threads = threads,
                                    .sink = {&blocks, drop}};
        *wall = clock_seconds(CLOCK_MONOTONIC);
        *cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
        status = iss_study_run(&run, &result);
        *wall = 1e6 * (clock_seconds(CLOCK_MONOTONIC) - *wall) / (double)n;
        *cpu = 1e6 * (clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - *cpu) / (double)n;
    }
    iss_plan_clear(&plan);
    return status;
}

static int
bench(const struct iss_model *model, uint64_t n, int32_t threads, int rounds)
{
    double one[ROUNDS], many[ROUNDS], gain[ROUNDS], work[ROUNDS], series[ROUNDS];
    int status = ISS_OK;

    for (int i = 0; i < rounds && status == ISS_OK; i++) {
        double wall, cpu, plain, own;
        status = measure(model, 0, 1, n, &wall, &plain);
        status = status ? status : measure(model, -1, 1, n, &one[i], &own);
        status = status ? status : measure(model, -1, threads, n, &many[i], &cpu);
        gain[i] = one[i] / many[i];
        work[i] = cpu / own;
        series[i] = own / plain;
    }
    if (status == ISS_OK) {
        print("us a replication, 1 thread", one, rounds);
        print("us a replication, all threads", many, rounds);
        print("times as fast", gain, rounds);
        print("CPU time, all threads against 1", work, rounds);
        print("CPU time, with series against without", series, rounds);
    }
    return status;
}

int
main(int argc, char **argv)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios"};

    uint64_t n = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    int32_t threads = argc > 3 ? (int32_t)strtol(argv[3], NULL, 10) : iss_study_cpus();
    int rounds = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 9;
    if (n < 1 || threads < 1 || rounds < 1 || rounds > ROUNDS) {
        fprintf(stderr, "usage: bench_study SCENARIO N [THREADS] [ROUNDS]\n");
        return 64;
    }
    int status = iss_model_load(argv[1], &options, &diag, &model);
    if (status == ISS_OK) {
        status = bench(model, n, threads, rounds);
    }
    if (status != ISS_OK) {
        fprintf(stderr, "bench_study: %s\n", iss_status_text(status));
    }
    iss_model_free(model);
    iss_diag_clear(&diag);
    return iss_status_exit_code(status);
}
