/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.h - a scenario, loaded with overrides, and traces of its replications. */
#ifndef ISS_TESTS_PROPERTY_FIXTURE_H
#define ISS_TESTS_PROPERTY_FIXTURE_H

#include "observe/tables.h"
#include "replicate/worker.h"

/** Load `scenario` (below the source folder) with `count` overrides; fails the test
 * with the diagnostics when it has problems. */
struct iss_model *fixture_model(const char *scenario, const char *const *overrides,
                                size_t count);

enum { FIXTURE_METRICS = 256 };

/* A row. */
struct fixture_result {
    double metrics[FIXTURE_METRICS];
    uint64_t fingerprint;
};

/** Run one replication, which must end well. */
void fixture_run(struct iss_worker *worker, uint64_t seed, uint64_t index,
                 struct fixture_result *result);

/** The number in a row's `metrics` called `name`; fails the test when there is none. */
double fixture_metric(const struct iss_model *model, const double *metrics,
                      const char *name);

/** Run one replication with its trace and keep the row's numbers in `metrics`. */
struct iss_outcome fixture_trace(const struct iss_model *model, uint64_t seed,
                                 uint64_t index, double *metrics,
                                 uint64_t *fingerprint);

/** The row of `table` whose `id` column says `id`; fails the test when there is none.
 */
size_t fixture_row(const struct iss_outcome *outcome, const char *table,
                   const char *id);

/** People aboard at an absolute date, from /state. */
int64_t fixture_crew_at(const struct iss_model *model, struct iss_outcome *outcome,
                        const char *date);

/** A date as microseconds after the scenario's start. */
int64_t fixture_time(const struct iss_model *model, const char *date);

#endif
