/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/provenance.h - where a result is from: the file's head and its group
 * /provenance.
 */
#ifndef ISS_STORE_PROVENANCE_H
#define ISS_STORE_PROVENANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "outcome/table.h"
#include "store/book.h"
#include "store/store.h"

/* When, where and how: gathered once, so that what is compared is what was written. */
struct iss_circumstances {
    const char *command_line;
    double elapsed_s;
    int64_t max_rss; /* bytes */
    char started[32];
    char host[65];
    char libraries[256];
};

void iss_circumstances_gather(struct iss_circumstances *now,
                              const struct iss_store_options *options);

#define ISS_RUN_TYPE   "isssim/run"
#define ISS_STUDY_TYPE "isssim/mc"
#define ISS_TRACES     "traces" /* the group of whole runs in a study */

/** The root's attributes; `complete` is false for a study that was stopped. */
void iss_provenance_head(struct iss_book *book, const struct iss_outcome *outcome,
                         bool complete);

/** Does the result belong to a single replication, which its head names? */
bool iss_provenance_is_run(const struct iss_outcome *outcome);

/** The group /provenance; `now` is NULL when the file is to be reproducible. */
void iss_provenance_group(struct iss_book *book, const struct iss_outcome *outcome,
                          const struct iss_circumstances *now);

/** The JSON document of all this, texts of files excepted, in `arena`; NULL without
 *  memory. */
const char *iss_provenance_json(struct iss_arena *arena,
                                const struct iss_outcome *outcome,
                                const struct iss_circumstances *now);

#endif
