/* SPDX-License-Identifier: GPL-3.0-or-later */
/* observe/trace_end.h - the tables that are filled when a replication is over. */
#ifndef ISS_OBSERVE_TRACE_END_H
#define ISS_OBSERVE_TRACE_END_H

#include "outcome/row.h"
#include "outcome/table.h"
#include "world/world.h"

/**
 * Fill the look-up tables, flights, stays, failures and metrics, and the outcome's
 * head.
 *
 * @param last_port  of each flight; -1 for one that never docked in the scenario.
 * @return ISS_OK or ISS_ERR_NO_MEMORY.
 */
int iss_trace_end(struct iss_outcome *outcome, const struct iss_world *world,
                  const int32_t *last_port, const struct iss_row *row);

#endif
