/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target.c - any bytes as a scenario's main file: read, checked and, when they are a
 * scenario after all, printed, read again and flown.
 *
 * What must hold: nothing ends with a signal; a refusal says why; the resolved text
 * reads back to the same model; a model that exists can be run.
 *
 * The file stands alone in a folder of its own, from where it may include itself and
 * the shipped library.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "isssim/status.h"
#include "model/model.h"
#include "observe/gauges.h"
#include "replicate/worker.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { FILE_MOST = 1 << 20 };

static char folder[64], main_path[80];

static void
remove_folder(void)
{
    unlink(main_path);
    rmdir(folder);
}

static void
need(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "fuzz: %s\n", what);
        abort();
    }
}

static void
make_folder(void)
{
    const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

    if (*folder != '\0') {
        return;
    }
    snprintf(folder, sizeof folder, "%s/isssim-fuzz-XXXXXX", memory);
    need(mkdtemp(folder) != NULL, "no folder for the scenario");
    snprintf(main_path, sizeof main_path, "%s/main.cfg", folder);
    atexit(remove_folder);
}

static void
write_main(const void *bytes, size_t size)
{
    FILE *file = fopen(main_path, "wb");

    need(file != NULL, "the scenario can't be written");
    need(fwrite(bytes, 1, size, file) == size, "the scenario can't be written");
    need(fclose(file) == 0, "the scenario can't be written");
}

/* The model of the main file, or NULL; `event_limit` may set scenario.max_events. */
static struct iss_model *
load(const char *event_limit)
{
    struct iss_model_options options = {
        .library = ISSSIM_SOURCE_DIR "/scenarios",
        .overrides = &event_limit,
        .override_count = event_limit != NULL,
    };
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    int status = iss_model_load(main_path, &options, &diag, &model);

    if (status == ISS_OK) {
        need(model != NULL && diag.errors == 0, "a model in spite of errors");
    } else {
        need(model == NULL, "a model in spite of a refusal");
        need(diag.errors > 0, "a refusal that doesn't say why");
    }
    iss_diag_clear(&diag);
    return model;
}

static void
read_back(const struct iss_model *model)
{
    size_t size = strlen(model->resolved);

    if (size > FILE_MOST) {
        return; /* as a single file it would be too large */
    }
    write_main(model->resolved, size);
    struct iss_model *again = load(NULL);
    need(again != NULL, "the resolved scenario is refused");
    need(strcmp(again->hash, model->hash) == 0, "the resolved scenario is another one");
    iss_model_free(again);
}

static void
fly(const struct iss_model *model)
{
    struct iss_worker *worker = NULL;
    struct iss_row row = {0};

    row.metrics = calloc((size_t)iss_metric_count(model), sizeof *row.metrics);
    need(row.metrics != NULL, "out of memory");
    if (iss_worker_new(model, &worker) == ISS_OK) {
        iss_worker_run(worker, 1, 0, NULL, &row);
    }
    iss_worker_free(worker);
    free(row.metrics);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    make_folder();
    write_main(bytes, size);
    struct iss_model *model = load(NULL);
    struct iss_model *limited = model != NULL ? load("scenario.max_events=2000") : NULL;

    if (model != NULL) {
        read_back(model);
        need(limited != NULL, "an event limit is refused");
        fly(limited);
    }
    iss_model_free(limited);
    iss_model_free(model);
    return 0;
}
