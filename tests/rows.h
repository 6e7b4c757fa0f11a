/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows.h - many replications in one thread, one row after the other: the least that a
 * study can be.
 */
#ifndef ISS_TESTS_ROWS_H
#define ISS_TESTS_ROWS_H

#include <stdlib.h>

#include "isssim/status.h"
#include "replicate/worker.h"

/* Takes a row; anything but ISS_OK ends the loop. */
typedef int rows_sink(void *context, const struct iss_row *row);

/* Run replications 0 to count - 1 of `model` under `seed`, in order.  The row passed to
 * `sink` is good until it returns.  A replication that fails is a row with its status,
 * not the end.  Gives ISS_OK, ISS_ERR_NO_MEMORY, what the prehistory failed with, or
 * what `sink` gave. */
static inline int
rows_run(const struct iss_model *model, uint64_t seed, uint64_t count, rows_sink *sink,
         void *context)
{
    struct iss_worker *worker = NULL;
    double *metrics = calloc((size_t)iss_metric_count(model), sizeof *metrics);
    int status = metrics == NULL ? ISS_ERR_NO_MEMORY : iss_worker_new(model, &worker);

    for (uint64_t i = 0; status == ISS_OK && i < count; i++) {
        struct iss_row row = {.metrics = metrics};
        (void)iss_worker_run(worker, seed, i, NULL, &row);
        status = sink(context, &row);
    }
    iss_worker_free(worker);
    free(metrics);
    return status;
}

#endif
