/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/summary.h - a run's metrics as a table.
 */
#ifndef ISS_CLI_SUMMARY_H
#define ISS_CLI_SUMMARY_H

#include "cli/term.h"
#include "outcome/table.h"

/** Print the metrics that matter, or with `all` every one by its name.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_summary_print(struct iss_outcome *outcome, const struct iss_term *term,
                      bool all);

/** Whether the scenario defined the metric in `row` itself. */
bool iss_summary_is_own(struct iss_outcome *outcome, size_t row);

/** Whether the metric in `row` is what was drawn for an uncertain setting: its name is
 *  a path. */
bool iss_summary_is_drawn(struct iss_outcome *outcome, size_t row);

#endif
