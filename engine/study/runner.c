/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * runner.c - threads that claim, compute and finish blocks until none is left.
 *
 * The caller's thread is one of them, so that a study on one thread makes none.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "study/runner.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "isssim/status.h"
#include "study/compute.h"
#include "study/order.h"

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

/* ---- threads ------------------------------------------------------------------- */

struct crew {
    const struct iss_study_run *run;
    struct iss_order *order;
};

static void *
work(void *argument)
{
    struct crew *crew = argument;
    struct iss_computer computer;
    struct iss_ticket ticket;
    int status = iss_computer_init(&computer, crew->run->model, crew->run->info);

    if (status != ISS_OK) {
        iss_order_fail(crew->order, status);
        return NULL;
    }
    while (iss_order_claim(crew->order, true, &ticket) == ISS_CLAIM_BLOCK) {
        iss_computer_fill(&computer, ticket.block);
        iss_order_finish(crew->order, &ticket);
    }
    iss_computer_clear(&computer);
    return NULL;
}

/* Run on `threads` threads; those that can't be made are done without.  How many there
 * were. */
static int32_t
work_together(struct crew *crew, int32_t threads)
{
    pthread_t *others = calloc((size_t)threads, sizeof *others);
    int32_t made = 0;

    while (others != NULL && made < threads - 1 &&
           pthread_create(&others[made], NULL, work, crew) == 0) {
        made++;
    }
    work(crew);
    for (int32_t i = 0; i < made; i++) {
        pthread_join(others[i], NULL);
    }
    free(others);
    return made + 1;
}

int
iss_study_run(const struct iss_study_run *run, struct iss_study_result *result)
{
    int32_t threads = run->threads > 0 ? run->threads : iss_study_cpus();
    struct crew crew = {.run = run};

    *result = (struct iss_study_result){.end = run->replications};
    int status = iss_order_new(run, (uint32_t)threads, 1, &crew.order);
    if (status != ISS_OK) {
        return status;
    }
    threads = work_together(&crew, threads);
    status = iss_order_end(crew.order, result);
    result->threads = threads;
    iss_order_free(crew.order);
    return status;
}
