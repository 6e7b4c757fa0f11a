/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compute.c - a worker, its series, and the block that they fill. */
#include "study/compute.h"

#include <math.h>
#include <string.h>

#include "isssim/status.h"

int
iss_computer_init(struct iss_computer *computer, const struct iss_model *model,
                  const struct iss_study_info *info)
{
    *computer = (struct iss_computer){.info = info};
    int status = iss_worker_new(model, &computer->worker);
    if (status == ISS_OK) {
        status = iss_series_init(&computer->series, model, info);
    }
    if (status != ISS_OK) {
        iss_computer_clear(computer);
        return status;
    }
    iss_worker_follow(computer->worker, &computer->series);
    return ISS_OK;
}

void
iss_computer_clear(struct iss_computer *computer)
{
    iss_worker_free(computer->worker);
    iss_series_clear(&computer->series);
    memset(computer, 0, sizeof *computer);
}

static void
fill_row(struct iss_computer *computer, struct iss_block *block, uint32_t at)
{
    const struct iss_study_info *info = computer->info;
    double *metrics = block->metrics + (size_t)at * (size_t)info->metric_count;
    struct iss_row row = {.metrics = metrics};

    (void)iss_worker_run(computer->worker, info->seed, block->first + at, NULL, &row);
    block->fingerprints[at] = row.fingerprint;
    block->events[at] = row.events;
    block->status[at] = row.status;
    if (row.status == ISS_OK) {
        iss_series_count_in(&computer->series, block->fans);
        return;
    }
    for (int32_t i = 0; i < info->metric_count; i++) {
        metrics[i] = NAN;
    }
}

void
iss_computer_fill(struct iss_computer *computer, struct iss_block *block)
{
    memset(block->fans, 0, iss_study_fan_size(computer->info) * sizeof *block->fans);
    for (uint32_t i = 0; i < block->count; i++) {
        fill_row(computer, block, i);
    }
}
