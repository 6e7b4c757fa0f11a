/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/precision.h - are the estimates good enough to stop?
 *
 * Rows are shown in order of replication, and the question is asked after every
 * ISS_STUDY_UNIT of them (study/todo.h), a constant, so that neither threads nor blocks
 * nor a resume change where a study ends.  The first yes ends it, that after the first
 * ISS_STUDY_UNIT at the earliest.
 *
 * Stopping because an interval is narrow makes it hold less often than it says, the
 * less the later the first question; hence the minimum of rows and of events.  With
 * `sequence` the interval holds whenever one stops.  How often they hold:
 * docs/monte-carlo.md.
 */
#ifndef ISS_STUDY_PRECISION_H
#define ISS_STUDY_PRECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "isssim/status.h"
#include "kernel/interval.h"
#include "kernel/moments.h"
#include "outcome/block.h"
#include "study/todo.h"

struct iss_precision_target {
    int32_t metric;    /* which, as in a row */
    bool proportion;   /* of the rows in which the metric isn't 0; else its mean */
    bool sequence;     /* by a confidence sequence; proportions only */
    bool relative;     /* half_width is a share of the estimate */
    double half_width; /* of the confidence interval: above 0 */
    double confidence; /* between 0 and 1 */
};

struct iss_precision {
    const struct iss_precision_target *targets; /* borrowed */
    int32_t count;
    struct iss_moments *moments; /* one a target */
    uint64_t rows;               /* shown, failed ones and all */
};

/* Where a target stands. */
struct iss_precision_state {
    uint64_t n; /* rows with a value */
    double estimate;
    struct iss_interval interval;
    double half_width; /* half the interval's length */
    double wanted;     /* in the metric's unit */
    bool enough;       /* there is enough to judge by, see iss_precision_met() */
    bool met;          /* enough, and no wider than wanted */
};

/** ISS_OK; ISS_ERR_USAGE for a target that isn't one; ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_precision_init(struct iss_precision *precision,
                                      const struct iss_precision_target *targets,
                                      int32_t count);
void iss_precision_clear(struct iss_precision *precision);

/** The next row; NaN in a replication that failed or has no value. */
void iss_precision_add(struct iss_precision *precision, const double *metrics);

/** Rows `first` to `end` - 1 from a study that is kept, whose metrics' columns are
 *  `columns`; they follow those shown before.  ISS_OK, or what reading failed with. */
ISS_MUST_CHECK int iss_precision_recall(struct iss_precision *precision,
                                        const struct iss_column_source *columns,
                                        uint64_t first, uint64_t end);

/**
 * Whether the rows shown are enough for all targets: they are a multiple of
 * ISS_STUDY_UNIT, not 0, and every target is met.
 *
 * A proportion needs ISS_MANY rows that are 0 and ISS_MANY that aren't.  A mean needs
 * numbers that differ, and when some are 0, ISS_MANY that aren't: the t interval of a
 * few rare happenings is too narrow, and of none it is empty.
 */
bool iss_precision_met(const struct iss_precision *precision);

/** Where target `index` stands now, at any number of rows. */
struct iss_precision_state iss_precision_now(const struct iss_precision *precision,
                                             int32_t index);

#endif
