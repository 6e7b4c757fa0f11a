/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/summary.h - a run's metrics as a table.
 */
#ifndef ISS_CLI_SUMMARY_H
#define ISS_CLI_SUMMARY_H

#include "cli/term.h"
#include "outcome/table.h"

/**
 * Print the metrics that matter, or with `all` every one by its name.
 *
 * @param own  how many of the metrics, the last ones, the scenario defined itself.
 * @return ISS_OK or ISS_ERR_NO_MEMORY.
 */
int iss_summary_print(struct iss_outcome *outcome, const struct iss_term *term,
                      int32_t own, bool all);

#endif
