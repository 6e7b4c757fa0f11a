/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_medical.c - what an illness costs.
 *
 *     bench_medical SCENARIO N [ROUNDS]
 *
 * The CPU time of N replications of the scenario, less that with
 * medical.scale_incidence = 0 (nobody falls ill but of what comes once, by chance, or
 * at an event), divided by the illnesses.  Median and range over the rounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "observe/gauges.h"
#include "rows.h"

enum { MOST_ROUNDS = 99 };

struct count {
    int32_t metric;
    double illnesses;
};

static int
take_row(void *context, const struct iss_row *row)
{
    struct count *count = context;
    count->illnesses += row->metrics[count->metric];
    return row->status;
}

static double
cpu_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct iss_model *
load(const char *path, const char *override)
{
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = &override,
                                        .override_count = 1};
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;

    if (iss_model_load(path, &options, &diag, &model) != ISS_OK) {
        fprintf(stderr, "%s\n", diag.kept > 0 ? diag.entries[0].text : path);
        exit(1);
    }
    iss_diag_clear(&diag);
    return model;
}

/* Seconds of CPU for `n` replications; adds to *illnesses. */
static double
measure(const struct iss_model *model, uint64_t n, double *illnesses)
{
    struct count count = {.metric = iss_metric_find(model, "medical_events")};
    double begin_s = cpu_s();

    if (rows_run(model, 1, n, take_row, &count) != ISS_OK) {
        fprintf(stderr, "a replication failed\n");
        exit(1);
    }
    *illnesses += count.illnesses;
    return cpu_s() - begin_s;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "bench_medical SCENARIO N [ROUNDS]\n");
        return 1;
    }
    struct iss_model *ill = load(argv[1], "medical.scale_incidence=1");
    struct iss_model *well = load(argv[1], "medical.scale_incidence=0");
    uint64_t n = strtoull(argv[2], NULL, 10);
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    double each_ns[MOST_ROUNDS], illnesses = 0, others = 0;

    rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
    for (int i = 0; i < rounds; i++) {
        double before = illnesses;
        double with_s = measure(ill, n, &illnesses);
        double without_s = measure(well, n, &others);
        each_ns[i] = 1e9 * (with_s - without_s) / (illnesses - before);
    }
    qsort(each_ns, (size_t)rounds, sizeof *each_ns, compare);
    printf("%.1f illnesses a replication, %.0f ns each (%.0f to %.0f)\n",
           illnesses / (double)n / rounds, each_ns[rounds / 2], each_ns[0],
           each_ns[rounds - 1]);
    iss_model_free(ill);
    iss_model_free(well);
    return 0;
}
