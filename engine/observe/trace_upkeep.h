/* SPDX-License-Identifier: GPL-3.0-or-later */
/* observe/trace_upkeep.h - the tables of a run about systems, units, parts and tasks.
 */
#ifndef ISS_OBSERVE_TRACE_UPKEEP_H
#define ISS_OBSERVE_TRACE_UPKEEP_H

#include "outcome/table.h"
#include "world/world.h"

/* Rows that are still open; -1 none. */
struct iss_trace_upkeep {
    int32_t *repairs; /* of each unit */
    int32_t *outages; /* of each system */
};

/** Room in `arena`.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_upkeep_init(struct iss_trace_upkeep *self, struct iss_arena *arena,
                          const struct iss_model *model);

void iss_trace_upkeep_start(struct iss_trace_upkeep *self,
                            const struct iss_model *model);

/** Note what an event has changed.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_upkeep_event(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
                           const struct iss_world *world,
                           const struct iss_event *event);

/** Complete what is still open, and fill the look-ups.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_upkeep_end(struct iss_trace_upkeep *self, struct iss_outcome *outcome,
                         const struct iss_world *world);

#endif
