/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/plan.h - what a study of a model is: its columns, its series and their grid,
 * and what must be equal for two results to be parts of it.
 */
#ifndef ISS_STUDY_PLAN_H
#define ISS_STUDY_PLAN_H

#include "model/model.h"
#include "outcome/block.h"

#define ISS_PLAN_FANS (8u << 20) /* most bytes that the counts of the fans may take */

/* Owns what `info` points to; the model isn't needed any more. */
struct iss_plan {
    struct iss_study_info info;
    struct iss_arena arena;
};

/**
 * Plan a study of `model` under `seed`, with the grid of its scenario, following the
 * `count` series named in `series` (-1: those of the scenario).  The moments of the
 * grid are start + end * i / study.grid, rounded down to a microsecond.
 *
 * @param message  what is wrong with a series, for ISS_ERR_USAGE.
 * @return ISS_OK; ISS_ERR_USAGE when the model has no such series, one is named twice,
 *         or their fans would need more than ISS_PLAN_FANS; ISS_ERR_NO_MEMORY.  Clear
 *         `plan` in any case.
 */
int iss_plan_init(struct iss_plan *plan, const struct iss_model *model, uint64_t seed,
                  const char *const *series, int32_t count, char *message, size_t size);

void iss_plan_clear(struct iss_plan *plan);

/** Check the names that the scenario's `study` uses for things that the model doesn't
 *  know: series, and the metrics of precision.  ISS_OK, or ISS_ERR_SCENARIO with the
 *  problems in `diag`. */
int iss_plan_check(const struct iss_model *model, struct iss_diag *diag);

#endif
