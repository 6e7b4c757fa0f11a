/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/merge.h - one layer over another.
 */
#ifndef ISS_SCENARIO_MERGE_H
#define ISS_SCENARIO_MERGE_H

#include "scenario/tree.h"

/**
 * Lay the group `layer` over the group `into`: groups merge, everything else, and
 * groups that `is_value` (may be NULL) says are values, is replaced whole.  What
 * `layer` writes has its origin afterwards, and `layer` itself is used up.  `arena` is
 * for scratch.
 */
void iss_merge(struct iss_node *into, struct iss_node *layer,
               bool (*is_value)(const struct iss_node *group), struct iss_arena *arena);

/**
 * Take away the setting whose path the text `by` says ("flights.CRS-27"), and note it
 * in source->removals.
 *
 * @return ISS_OK; ISS_ERR_SCENARIO, reported, when there is none; ISS_ERR_NO_MEMORY.
 */
int iss_remove(struct iss_source *source, const struct iss_node *by,
               struct iss_diag *diag);

#endif
