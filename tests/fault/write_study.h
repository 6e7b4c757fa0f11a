/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_study.h - a study of a few rows, all the way from rows to its file. */
#ifndef WRITE_STUDY_H
#define WRITE_STUDY_H

#include "store/study.h"

#include "unit/store/study_sample.h"

static inline int
write_study(const char *path, uint64_t rows, const struct iss_store_options *options,
            char *message, size_t size)
{
    const struct iss_study_info info = study_of_sample();
    struct iss_ranges all = {0};
    const struct iss_study_extent plan = {
        .info = &info, .rows = &all, .requested = rows, .complete = true};
    struct iss_outcome result = {0};
    struct iss_block block = {0};
    struct iss_study *study;
    int status;

    if (study_result(&result) != 0 || iss_ranges_add(&all, 0, rows) != ISS_OK ||
        iss_block_init(&block, &info, (uint32_t)rows) != ISS_OK) {
        abort();
    }
    study_fill(&block, &info, 0, (uint32_t)rows);
    status = iss_study_create(&study, path, &plan, &result, options, message, size);
    if (status == ISS_OK) {
        status = iss_study_put(study, &block);
        if (status == ISS_OK) {
            status = iss_study_finish(study, &result, NULL, 0);
        } else {
            iss_study_abandon(study);
        }
    }
    iss_block_clear(&block);
    iss_ranges_clear(&all);
    iss_outcome_clear(&result);
    return status;
}

#endif
