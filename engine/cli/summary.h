/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/summary.h - a run's metrics as a table.
 */
#ifndef ISS_CLI_SUMMARY_H
#define ISS_CLI_SUMMARY_H

#include <jansson.h>

#include "cli/term.h"
#include "outcome/table.h"

/** Print the metrics that matter, or with `all` every one by its name.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_summary_print(struct iss_outcome *outcome, const struct iss_term *term,
                      bool all);

/* Metrics of a run, or of a study their means. */
struct iss_summary_values {
    size_t count;
    const char *const *names;
    const char *const *docs;
    const double *values;
};

/** What iss_summary_print() prints without `all`, for programs: "metric" and "label" of
 *  each line, in order, and whether it is the scenario's "own". */
json_t *iss_summary_facts(const struct iss_summary_values *values);

/** Whether the metric in `row` is what was drawn for an uncertain setting: its name is
 *  a path. */
bool iss_summary_is_drawn(struct iss_outcome *outcome, size_t row);

#endif
