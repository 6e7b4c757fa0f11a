/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_fans.h - /fan_counts: how often each series took each value at each
 * moment.  Fans are made of it; and it is what merging and extending a study add up.
 *
 *     time            dimension scale: the grid
 *     value_crew      dimension scale: 0 to bins - 1
 *     crew(time, value_crew)
 */
#ifndef ISS_STORE_STUDY_FANS_H
#define ISS_STORE_STUDY_FANS_H

#include <stdint.h>

#include <hdf5.h>

#include "base/arena.h"
#include "outcome/block.h"
#include "store/book.h"

#define ISS_FAN_COUNTS "fan_counts" /* the group */

/** Lay the group out, or compare it; none for a study without series.  `counts` are
 *  laid out as a block's fans. */
void iss_study_fans_layout(struct iss_book *book, const struct iss_study_info *info,
                           const int64_t *counts, const char *time_units);

/**
 * Read the group of `file` back: series and grid go to `info`, the counts to *counts,
 * all in `arena`.
 *
 * @param where  set on failure to what couldn't be read.
 * @return ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_study_fans_read(hid_t file, struct iss_study_info *info,
                                       int64_t **counts, struct iss_arena *arena,
                                       char where[96]);

#endif
