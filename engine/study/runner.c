/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * runner.c - a study on the threads of one machine.
 *
 * The caller's thread computes too, so that a study on one thread makes none.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "study/runner.h"

#include <sched.h>
#include <unistd.h>

#include "isssim/status.h"
#include "study/hands.h"

int32_t
iss_study_cpus(void)
{
    cpu_set_t set;
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        return (int32_t)CPU_COUNT(&set);
    }
    return online > 0 ? (int32_t)online : 1; /* more CPUs than the set has bits */
}

uint32_t
iss_study_block(uint64_t rows, uint32_t computers)
{
    uint32_t block = ISS_STUDY_UNIT;
    while (block > 16 && rows / block < (uint64_t)8 * computers) {
        block /= 2;
    }
    return block;
}

int
iss_study_run(const struct iss_study_run *run, struct iss_study_result *result)
{
    int32_t threads = run->threads > 0 ? run->threads : iss_study_cpus();
    struct iss_hands hands = {.run = run};

    *result = (struct iss_study_result){.end = run->replications};
    int status = iss_order_new(run, (uint32_t)threads, &hands.order);
    if (status != ISS_OK) {
        return status;
    }
    iss_hands_start(&hands, threads - 1);
    iss_hands_work(&hands);
    iss_hands_join(&hands);
    status = iss_order_end(hands.order, result);
    result->threads = hands.count + 1;
    iss_order_free(hands.order);
    return status;
}
