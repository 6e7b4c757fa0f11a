/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/series.h - looks at whole-numbered quantities at fixed moments.
 *
 * The value at a moment is the one after all events up to and including that moment.
 * The quantities that there are: observe/series.def.
 */
#ifndef ISS_OBSERVE_SERIES_H
#define ISS_OBSERVE_SERIES_H

#include "observe/gauges.h"
#include "outcome/block.h"

/* Follows the series of a study through one replication after the other; an observer
 * with memory of its own, for one worker. */
struct iss_series {
    const struct iss_study_info *info; /* its series and grid; borrowed */
    int32_t *which;                    /* of each, as iss_series_info() counts */
    int32_t *values;                   /* series by series, grid_count each */
    int32_t next;                      /* the moment to look at next */
    int64_t due_us;                    /* when that is; ISS_NEVER after the last */
};

/** Follow the series of `info`, which are the model's and ordered in time.  ISS_OK;
 *  ISS_ERR_NO_MEMORY; ISS_ERR_USAGE when the model has no such series. */
int iss_series_init(struct iss_series *series, const struct iss_model *model,
                    const struct iss_study_info *info);
void iss_series_clear(struct iss_series *series);

/** A replication begins. */
void iss_series_start(struct iss_series *series);

/**
 * Note the values of now at every moment before `time_us` (all that are left:
 * INT64_MAX).
 *
 * @return ISS_OK, or ISS_ERR_INVARIANT when a value lies outside its bins.
 */
int iss_series_until(struct iss_series *series, const struct iss_gauges *gauges,
                     const struct iss_world *world, int64_t time_us);

/** Count the replication that was followed to its end in `fans`, laid out as
 *  iss_block.fans. */
void iss_series_count_in(const struct iss_series *series, uint32_t *fans);

/** How many series this model has. */
int32_t iss_series_count(const struct iss_model *model);

/** What series `index` is.  Names of segments' series are written to `name`. */
struct iss_series_info iss_series_info(const struct iss_model *model, int32_t index,
                                       char name[64]);

/** The index of the series called `name`, or -1. */
int32_t iss_series_find(const struct iss_model *model, const char *name);

#endif
