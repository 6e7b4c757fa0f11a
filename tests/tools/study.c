/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study.c - run a study and print a hash of its rows and fans; time it.
 *
 *     iss_study [-j THREADS] [-b BLOCK] [-t] SCENARIO N [PATH=VALUE ...]
 *
 * Started by mpirun, its processes share the study; rank 0 prints.  SIGINT and SIGTERM
 * end it after the blocks in flight.  -t prints
 * replications a second of wall-clock time, and the CPU time of each, to stderr.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "clock.h"
#include "isssim/status.h"
#include "study/plan.h"
#include "study/team.h"

static atomic_int stop;

static void
ask_to_stop(int signal_number)
{
    (void)signal_number;
    atomic_store(&stop, 1);
}

struct sum {
    const struct iss_study_info *info;
    uint64_t *fans;
    uint64_t rows;
    uint64_t hash;
};

/* Row by row, so that the hash doesn't depend on the blocks. */
static int
commit(void *self, const struct iss_block *block)
{
    struct sum *sum = self;
    size_t metrics = (size_t)sum->info->metric_count;

    for (size_t i = 0; i < block->count; i++) {
        sum->hash = iss_hash_fold(sum->hash, block->first + i);
        sum->hash = iss_hash_fold(sum->hash, block->fingerprints[i]);
        sum->hash = iss_hash_fold(sum->hash, block->events[i]);
        sum->hash = iss_hash_fold(sum->hash, (uint64_t)block->status[i]);
        sum->hash =
            iss_hash_fold(sum->hash, iss_hash_bytes(block->metrics + i * metrics,
                                                    metrics * sizeof(double)));
    }
    for (size_t i = 0; i < iss_study_fan_size(sum->info); i++) {
        sum->fans[i] += block->fans[i];
    }
    sum->rows += block->count;
    return ISS_OK;
}

static int
run_study(struct iss_study_run *run, bool timed)
{
    struct sum sum = {.info = run->info};
    struct iss_study_result result;
    struct iss_remote remote = {0};
    char message[1024] = "";
    bool many = iss_remote_started() > 1;
    int status = ISS_OK;

    sum.fans = calloc(iss_study_fan_size(run->info) + 1, sizeof *sum.fans);
    run->sink = (struct iss_sink){&sum, commit};
    run->stop = &stop;
    if (many) {
        status = iss_remote_load(&remote, message, sizeof message);
    }
    signal(SIGINT, ask_to_stop); /* after MPI's own */
    signal(SIGTERM, ask_to_stop);
    double wall = clock_seconds(CLOCK_MONOTONIC),
           cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (status == ISS_OK) {
        status = many ? iss_team_run(run, &remote, &result, message, sizeof message)
                      : iss_study_run(run, &result);
    }
    wall = clock_seconds(CLOCK_MONOTONIC) - wall;
    cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    if (*message != '\0') {
        fprintf(stderr, "iss_study: %s\n", message);
    }
    if (status == ISS_OK && remote.rank == 0) {
        printf(
            "%" PRIu64 " rows %016" PRIx64 " fans %016" PRIx64 "\n", sum.rows, sum.hash,
            iss_hash_bytes(sum.fans, iss_study_fan_size(run->info) * sizeof *sum.fans));
    }
    if (status == ISS_OK && remote.rank == 0 && timed) {
        fprintf(stderr,
                "%.0f a second, %.2f us of CPU each, %d threads, blocks of %u\n",
                (double)sum.rows / wall, 1e6 * cpu / (double)sum.rows,
                (int)result.threads, result.block);
    }
    if (many && remote.close != NULL && status != ISS_ERR_REMOTE) {
        remote.close(remote.self);
    }
    free(sum.fans);
    return status;
}

int
main(int argc, char **argv)
{
    struct iss_study_run run = {0};
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_plan plan = {0};
    char message[512] = "";
    bool timed = false;
    int option;

    while ((option = getopt(argc, argv, "j:b:t")) != -1) {
        if (option == 'j') {
            run.threads = (int32_t)strtol(optarg, NULL, 10);
        } else if (option == 'b') {
            run.block = (uint32_t)strtoul(optarg, NULL, 10);
        } else {
            timed = true;
        }
    }
    if (argc - optind < 2) {
        fprintf(stderr, "usage: iss_study [-j THREADS] [-b BLOCK] [-t] SCENARIO N "
                        "[PATH=VALUE ...]\n");
        return 64;
    }
    struct iss_model_options options = {
        .library = ISSSIM_SOURCE_DIR "/scenarios",
        .overrides = (const char *const *)argv + optind + 2,
        .override_count = (size_t)(argc - optind - 2),
    };
    int status = iss_model_load(argv[optind], &options, &diag, &model);
    if (status == ISS_OK) {
        status = iss_plan_init(&plan, model, (uint64_t)model->study.seed, NULL, -1,
                               message, sizeof message);
    }
    if (status == ISS_OK) {
        run.model = model;
        run.info = &plan.info;
        run.replications = strtoull(argv[optind + 1], NULL, 10);
        status = run_study(&run, timed);
    }
    if (status != ISS_OK) {
        fprintf(stderr, "iss_study: %s%s%s\n",
                diag.kept > 0 ? diag.entries[0].text : message,
                diag.kept > 0 || *message != '\0' ? ": " : "", iss_status_text(status));
    }
    iss_plan_clear(&plan);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return iss_status_exit_code(status);
}
