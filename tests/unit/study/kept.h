/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kept.h - a study of a shipped scenario, and a sink that keeps all that it is given.
 */
#ifndef ISS_TESTS_UNIT_STUDY_KEPT_H
#define ISS_TESTS_UNIT_STUDY_KEPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "study/compute.h"
#include "study/plan.h"
#include "study/runner.h"

enum { KEPT_ROWS = 3000, KEPT_SEED = 7 };

/* What a sink was given; rows stand at the place of their replication. */
struct kept {
    const struct iss_study_info *info;
    bool *have;
    uint64_t *fingerprints, *events, *fans;
    int32_t *status;
    double *metrics;
    uint64_t next; /* blocks come in order */
    uint64_t rows, blocks;
    uint64_t fail_at; /* blocks after which the sink refuses; 0 never */
    atomic_int *stop; /* set after `stop_at` blocks */
    uint64_t stop_at;
};

static inline void
kept_init(struct kept *kept, const struct iss_study_info *info)
{
    size_t metrics = (size_t)info->metric_count;
    *kept = (struct kept){
        .info = info,
        .have = calloc(KEPT_ROWS, sizeof(bool)),
        .fingerprints = calloc(KEPT_ROWS, sizeof(uint64_t)),
        .events = calloc(KEPT_ROWS, sizeof(uint64_t)),
        .fans = calloc(iss_study_fan_size(info) + 1, sizeof(uint64_t)),
        .status = calloc(KEPT_ROWS, sizeof(int32_t)),
        .metrics = calloc(KEPT_ROWS * metrics, sizeof(double)),
    };
    assert_true(kept->have && kept->fingerprints && kept->events && kept->fans &&
                kept->status && kept->metrics);
}

static inline void
kept_clear(struct kept *kept)
{
    free(kept->have);
    free(kept->fingerprints);
    free(kept->events);
    free(kept->fans);
    free(kept->status);
    free(kept->metrics);
}

/* No asserts: it may be called from a thread. */
static inline int
kept_commit(void *self, const struct iss_block *block)
{
    struct kept *kept = self;
    size_t metrics = (size_t)kept->info->metric_count;

    if (block->count == 0 || block->first < kept->next ||
        block->first + block->count > KEPT_ROWS) {
        return ISS_ERR_INVARIANT;
    }
    if (kept->fail_at != 0 && kept->blocks == kept->fail_at) {
        return ISS_ERR_WRITE;
    }
    for (size_t i = 0; i < block->count; i++) {
        size_t row = block->first + i;
        kept->have[row] = true;
        kept->fingerprints[row] = block->fingerprints[i];
        kept->events[row] = block->events[i];
        kept->status[row] = block->status[i];
        memcpy(kept->metrics + row * metrics, block->metrics + i * metrics,
               metrics * sizeof(double));
    }
    for (size_t i = 0; i < iss_study_fan_size(kept->info); i++) {
        kept->fans[i] += block->fans[i];
    }
    kept->next = block->first + block->count;
    kept->rows += block->count;
    kept->blocks++;
    if (kept->stop != NULL && kept->blocks == kept->stop_at) {
        atomic_store(kept->stop, 1);
    }
    return ISS_OK;
}

static inline void
assert_same_rows(const struct kept *a, const struct kept *b)
{
    size_t metrics = (size_t)a->info->metric_count;
    assert_memory_equal(a->have, b->have, KEPT_ROWS * sizeof *a->have);
    assert_memory_equal(a->fingerprints, b->fingerprints,
                        KEPT_ROWS * sizeof *a->fingerprints);
    assert_memory_equal(a->events, b->events, KEPT_ROWS * sizeof *a->events);
    assert_memory_equal(a->status, b->status, KEPT_ROWS * sizeof *a->status);
    assert_memory_equal(a->metrics, b->metrics,
                        KEPT_ROWS * metrics * sizeof *a->metrics);
    assert_memory_equal(a->fans, b->fans,
                        iss_study_fan_size(a->info) * sizeof *a->fans);
}

/* A model, what a study of it is, and its rows, computed one after the other. */
struct whole {
    struct iss_model *model;
    struct iss_plan plan;
    struct kept kept;
};

static inline void
whole_load(struct whole *whole, const char *const *sets, size_t count)
{
    struct iss_diag diag = {0};
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = sets,
                                        .override_count = count};
    char message[256];

    int status = iss_model_load(ISSSIM_SOURCE_DIR "/scenarios/soyuz_leak.cfg", &options,
                                &diag, &whole->model);
    if (status != ISS_OK) {
        fail_msg("%s", diag.kept > 0 ? diag.entries[0].text : iss_status_text(status));
    }
    iss_diag_clear(&diag);
    assert_int_equal(iss_plan_init(&whole->plan, whole->model, KEPT_SEED, NULL, -1,
                                   message, sizeof message),
                     ISS_OK);
    kept_init(&whole->kept, &whole->plan.info);
}

static inline void
whole_compute(struct whole *whole)
{
    struct iss_computer computer;
    struct iss_block block;

    assert_int_equal(iss_computer_init(&computer, whole->model, &whole->plan.info),
                     ISS_OK);
    assert_int_equal(iss_block_init(&block, &whole->plan.info, KEPT_ROWS), ISS_OK);
    block.count = KEPT_ROWS;
    iss_computer_fill(&computer, &block);
    assert_int_equal(kept_commit(&whole->kept, &block), ISS_OK);
    iss_block_clear(&block);
    iss_computer_clear(&computer);
}

static inline void
whole_clear(struct whole *whole)
{
    kept_clear(&whole->kept);
    iss_plan_clear(&whole->plan);
    iss_model_free(whole->model);
}

/* All rows of the study into `kept`. */
static inline struct iss_study_run
whole_run(const struct whole *whole, struct kept *kept)
{
    return (struct iss_study_run){
        .model = whole->model,
        .info = &whole->plan.info,
        .replications = KEPT_ROWS,
        .threads = 2,
        .sink = {kept, kept_commit},
    };
}

/* For a group of tests: a whole study that is computed once. */
static inline int
whole_setup(void **state)
{
    static struct whole whole;
    whole_load(&whole, NULL, 0);
    whole_compute(&whole);
    *state = &whole;
    return 0;
}

static inline int
whole_teardown(void **state)
{
    whole_clear(*state);
    return 0;
}

#endif
