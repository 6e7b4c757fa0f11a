/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary_parts.h - what the files of the summary share.
 */
#ifndef ISS_STUDY_SUMMARY_PARTS_H
#define ISS_STUDY_SUMMARY_PARTS_H

#include "kernel/moments.h"
#include "kernel/select.h"
#include "study/summary.h"

#define ISS_QUANTILES 9
extern const double iss_summary_probs[ISS_QUANTILES];

struct iss_summary {
    const struct iss_summary_input *input;
    struct iss_outcome *outcome;
    struct iss_summary_result *result;
    const struct iss_column_source *column; /* the metric at hand */
    double *held;                           /* its numbers, when they aren't too many */
};

/** The numbers of the metric at hand. */
struct iss_values iss_summary_values(struct iss_summary *summary);

/** Feed every number of `values` to `take`, in order of rows. */
ISS_MUST_CHECK int iss_summary_each(const struct iss_values *values,
                                    void (*take)(void *self, double value), void *self);

/** Make the table `which` with `count` columns and no row. */
ISS_MUST_CHECK int iss_summary_table(struct iss_summary *summary,
                                     enum iss_summary_table which, const char *name,
                                     const char *title, const char *scale,
                                     const struct iss_column *columns, int32_t count);

/** Add a row to it. */
ISS_MUST_CHECK int iss_summary_row(struct iss_summary *summary,
                                   enum iss_summary_table which, size_t *row);

/** /grid and /fans, once /failed is there (summary_fans.c). */
ISS_MUST_CHECK int iss_summary_fans(struct iss_summary *summary);

/** An empty /counts; the values of the metric at hand (summary_counts.c). */
ISS_MUST_CHECK int iss_summary_counts(struct iss_summary *summary);
ISS_MUST_CHECK int iss_summary_count(struct iss_summary *summary, int32_t metric,
                                     const struct iss_moments *moments);

/** /failed, and how many failed (summary_counts.c). */
ISS_MUST_CHECK int iss_summary_failed(struct iss_summary *summary);

#endif
