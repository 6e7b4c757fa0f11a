/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replicate/worker.h - runs replications of a model, one after the other.
 *
 *     1. the record before the scenario's start is played once, without observers
 *     2. that state is kept as an image; each replication starts as a copy of it
 *     3. pop the next event; 4. its handlers, in the order of events.def; 5. observers
 *     6. until the horizon
 *
 * A worker owns all that it changes.  Workers share the const model and may run in
 * threads of their own.
 */
#ifndef ISS_REPLICATE_WORKER_H
#define ISS_REPLICATE_WORKER_H

#include "observe/gauges.h"
#include "observe/series.h"
#include "observe/trace.h"
#include "outcome/row.h"

struct iss_worker;

/** ISS_OK; ISS_ERR_NO_MEMORY; or what went wrong in the prehistory. */
int iss_worker_new(const struct iss_model *model, struct iss_worker **worker);

/**
 * Run replication `index` under `seed`.
 *
 * @param trace  records everything that happens; NULL for the row alone.
 * @param row    its `metrics` must have room for iss_metric_count() numbers.  Filled in
 *               any case: a replication that fails has its status and what it measured
 *               until then.
 * @return row->status: ISS_OK, ISS_ERR_EVENT_LIMIT, ISS_ERR_STALLED, ISS_ERR_CAPACITY,
 *         ISS_ERR_INVARIANT, or ISS_ERR_NO_MEMORY (a trace only).
 */
int iss_worker_run(struct iss_worker *worker, uint64_t seed, uint64_t index,
                   struct iss_trace *trace, struct iss_row *row);

/** Sample `series` in every replication from now on; the caller keeps it.  NULL: don't.
 *  After a replication that ended well it holds the values of every moment. */
void iss_worker_follow(struct iss_worker *worker, struct iss_series *series);

/** Call `check` (such as iss_world_check) after every event from now on; a replication
 *  in which it returns a text fails with ISS_ERR_INVARIANT.  NULL: don't. */
void iss_worker_check(struct iss_worker *worker,
                      const char *(*check)(const struct iss_world *world));

/** What the check found; or, after ISS_ERR_STALLED, when time stood still and which
 * kinds of event went round; or NULL. */
const char *iss_worker_finding(const struct iss_worker *worker);

/** The world as the last replication left it. */
const struct iss_world *iss_worker_world(const struct iss_worker *worker);

/** Only the reset between replications, for measuring and testing it. */
void iss_worker_reset(struct iss_worker *worker);

/** Whether every byte of the world is as before the first replication. */
bool iss_worker_is_reset(const struct iss_worker *worker);

void iss_worker_free(struct iss_worker *worker);

#endif
