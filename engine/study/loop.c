/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loop.c - a worker, a row, a sink. */
#include "study/loop.h"

#include <stdlib.h>

#include "isssim/status.h"
#include "replicate/worker.h"

int
iss_study_loop(const struct iss_model *model, uint64_t seed, uint64_t first,
               uint64_t count, iss_row_sink *sink, void *context)
{
    struct iss_worker *worker = NULL;
    double *metrics = calloc((size_t)iss_metric_count(model), sizeof *metrics);
    int status = metrics == NULL ? ISS_ERR_NO_MEMORY : iss_worker_new(model, &worker);

    for (uint64_t i = 0; status == ISS_OK && i < count; i++) {
        struct iss_row row = {.metrics = metrics};
        (void)iss_worker_run(worker, seed, first + i, NULL, &row);
        status = sink(context, &row);
    }
    iss_worker_free(worker);
    free(metrics);
    return status;
}
