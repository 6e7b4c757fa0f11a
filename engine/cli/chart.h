/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/chart.h - a run on one screen: who was at which port when, and how many aboard.
 */
#ifndef ISS_CLI_CHART_H
#define ISS_CLI_CHART_H

#include "cli/term.h"
#include "outcome/table.h"

/** Draw the chart of a run from 0 to `end_us`, as wide as `term`.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_chart_print(struct iss_outcome *outcome, const struct iss_term *term,
                    int64_t end_us);

#endif
