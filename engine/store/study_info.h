/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_info.h - what study a file is part of: as text, and compared.
 */
#ifndef ISS_STORE_STUDY_INFO_H
#define ISS_STORE_STUDY_INFO_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "isssim/status.h"
#include "outcome/block.h"

/* One of `count` parts of a study, from 0; zeroed for the whole. */
struct iss_shard {
    uint32_t index, count;
};

/** The JSON text of a study and its shard, in `arena`; NULL without memory.  The same
 *  study gives the same text. */
const char *iss_study_info_text(const struct iss_study_info *info,
                                struct iss_shard shard, struct iss_arena *arena);

/** Read the text back, into `arena`.  ISS_OK, ISS_ERR_FORMAT, ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_study_info_parse(const char *text, size_t length,
                                        struct iss_study_info *info,
                                        struct iss_shard *shard,
                                        struct iss_arena *arena);

/** A study to be compared, and where it was found: "in a.h5", "here". */
struct iss_study_place {
    const struct iss_study_info *info;
    const char *where;
};

/**
 * Can results of `a` and `b` stand in one file?  Scenario, version, numerics, seed,
 * metrics, series and grid have to be equal.
 *
 * @param text  set to what differs, both values shown: "seed 1 in a.h5, 2 in b.h5;
 *              ...", at most `size` bytes; "" when nothing does.
 * @return ISS_OK or ISS_ERR_MISMATCH.
 */
ISS_MUST_CHECK int iss_study_info_compare(struct iss_study_place a,
                                          struct iss_study_place b, char *text,
                                          size_t size);

#endif
