/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/trace.h - writes down everything that happens in one replication.
 *
 * The result is an iss_outcome of the kind "isssim/run": the event log with causes, and
 * the flights, stays, intervals, failures and the state over time that follow from it.
 * The tables are described in observe/tables.def.
 */
#ifndef ISS_OBSERVE_TRACE_H
#define ISS_OBSERVE_TRACE_H

#include "outcome/row.h"
#include "outcome/table.h"
#include "world/world.h"

struct iss_trace;

/** A trace that fills `outcome` (zeroed, the caller's) in one replication; another
 *  needs an outcome of its own.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_new(const struct iss_model *model, struct iss_outcome *outcome,
                  struct iss_trace **trace);

/* Called by the event loop; each gives ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_trace_start(struct iss_trace *trace, const struct iss_world *world);
int iss_trace_event(struct iss_trace *trace, const struct iss_world *world,
                    const struct iss_event *event);
int iss_trace_finish(struct iss_trace *trace, const struct iss_world *world,
                     const struct iss_row *row);

/** Frees the trace; the outcome stays. */
void iss_trace_free(struct iss_trace *trace);

#endif
