/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/traces.h - which replications of a study are told in full.
 *
 *     5                   the first five
 *     worst:METRIC=3      those with the largest values, of equals the lower numbers;
 *     best:METRIC=3       with the smallest; METRIC alone: one
 *     3,17,100-102        these; 17 alone is written 17-17
 */
#ifndef ISS_STUDY_TRACES_H
#define ISS_STUDY_TRACES_H

#include "model/model.h"
#include "outcome/block.h"
#include "outcome/table.h"
#include "study/todo.h"

enum iss_traces_kind {
    ISS_TRACES_FIRST,
    ISS_TRACES_WORST,
    ISS_TRACES_BEST,
    ISS_TRACES_LIST
};

enum { ISS_TRACES_MOST = 1000, ISS_TRACES_RANGES = 64 };

struct iss_traces {
    int kind;       /* enum iss_traces_kind */
    uint64_t count; /* of all kinds but a list; 1 to ISS_TRACES_MOST */
    int32_t metric; /* the column that WORST and BEST look at; -1 for none */
    int32_t range_count;
    struct iss_range ranges[ISS_TRACES_RANGES]; /* of a list, as written */
};

/**
 * Read a wish about a study of `info`.
 *
 * @param message  what is wrong, for ISS_ERR_USAGE.
 */
int iss_traces_parse(struct iss_traces *traces, const char *text,
                     const struct iss_study_info *info, char *message, size_t size);

/**
 * The replications wished for among those of a study of `rows`: the worst or best
 * first, else in order; none twice.  Replications without a value are neither worst nor
 * best; there may be fewer than wished.
 *
 * @param column  of traces->metric; not used when that is -1.
 * @param picked  ISS_TRACES_MOST numbers.
 * @return ISS_OK; ISS_ERR_USAGE with a `message` when a listed one isn't in the study;
 *         an error of the column.
 */
int iss_traces_pick(const struct iss_traces *traces, uint64_t rows,
                    const struct iss_column_source *column, uint64_t *picked,
                    size_t *count, char *message, size_t size);

/**
 * Run `replication` again with everything written down, into the empty `outcome`.
 *
 * @param row  as of iss_worker_run(); its fingerprint proves that it is the same.
 * @return the status of the replication, or ISS_ERR_NO_MEMORY; `outcome` is empty then.
 */
int iss_traces_run(const struct iss_model *model, uint64_t seed, uint64_t replication,
                   struct iss_outcome *outcome, struct iss_row *row);

#endif
