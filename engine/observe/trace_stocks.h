/* SPDX-License-Identifier: GPL-3.0-or-later */
/* observe/trace_stocks.h - the tables of resources, their levels and what brought them.
 */
#ifndef ISS_OBSERVE_TRACE_STOCKS_H
#define ISS_OBSERVE_TRACE_STOCKS_H

#include "outcome/table.h"
#include "world/world.h"

/* A stock as its last row has it. */
struct iss_trace_stock {
    int64_t steps; /* how often some came or went at once; -1: no row yet */
    int64_t used_mg, made_mg, lacking_mg, leaked_mg, let_go_mg; /* a day */
    int64_t time_us;
    int32_t row;
};

/** Add a row to /levels for each stock that has changed in another way than its last
 * row says.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_stocks(struct iss_outcome *outcome, const struct iss_world *world,
                     struct iss_trace_stock *seen);

/** Fill /resources, /thresholds and /cargo, at the end.  Likewise. */
int iss_trace_resources(struct iss_outcome *outcome, const struct iss_world *world);

#endif
