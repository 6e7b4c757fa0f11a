/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/runner.h - runs a study: many replications, in blocks, on many threads, or on
 * many machines (study/remote.h).
 *
 *     todo (what is left, in order) -> threads compute blocks, in any order
 *         -> blocks wait for their turn -> stopper and sink take them in order
 *
 * Rows depend on (model, seed, replication) only, and blocks are taken in order of
 * replication whatever finished first; so neither the number of threads nor the size of
 * a block changes what the sink gets, apart from how it is cut into blocks.  A thread
 * that runs too far ahead of the slowest waits, so that memory is bounded.
 */
#ifndef ISS_STUDY_RUNNER_H
#define ISS_STUDY_RUNNER_H

#include <stdatomic.h>

#include "model/model.h"
#include "outcome/block.h"
#include "study/todo.h"

/*
 * Says when a study has seen enough.  It is shown every replication, in order; at every
 * multiple of ISS_STUDY_UNIT replications it is asked, and the first yes ends the study
 * there: nothing beyond that boundary reaches the sink.  Called by one thread at a
 * time.
 */
struct iss_stopper {
    void *self;
    /** The rows of `block`, which follow those shown before.  ISS_OK, or an error that
     *  ends the study. */
    int (*show)(void *self, const struct iss_block *block);
    /** Rows first to end - 1, which follow those shown before, and are among the ranges
     *  done: whoever asked for the study knows where they are kept. */
    int (*recall)(void *self, uint64_t first, uint64_t end);
    /** Whether the first `rows` replications are enough. */
    bool (*met)(void *self, uint64_t rows);
};

struct iss_progress {
    uint64_t done;   /* replications committed in this run */
    uint64_t wanted; /* in this run, unless the stopper ends it */
    uint64_t failed; /* of those done */
};

struct iss_study_run {
    const struct iss_model *model;
    const struct iss_study_info *info; /* of this model (study/plan.h), with the seed */
    uint64_t replications;             /* 0 to replications - 1; at most 2^53 */
    uint32_t shard, shards;            /* shard 0 to shards - 1; shards 0 or 1: all */
    const struct iss_range *done;      /* computed before: in order, apart */
    size_t done_count;
    uint32_t block;  /* most rows a block, dividing ISS_STUDY_UNIT; 0: fitting */
    int32_t threads; /* 0: one for every CPU that the process may use */
    struct iss_sink sink;
    const struct iss_stopper *stopper; /* NULL: none; not for shards */
    /* Set to anything but 0, by a signal handler or another thread: the blocks in
     * flight are finished and no more begun.  NULL: can't be. */
    const atomic_int *stop;
    /* Told after every commit, by one thread at a time; NULL. */
    void (*progress)(void *self, const struct iss_progress *progress);
    void *progress_self;
};

struct iss_study_result {
    struct iss_progress progress;
    uint64_t end; /* `replications`, or the boundary at which the stopper said yes */
    bool met;     /* the stopper said yes */
    bool interrupted;
    int32_t threads; /* that computed */
    uint32_t block;
};

/**
 * Run the study.  The sink gets blocks in order of replication, each a run of
 * consecutive ones; a replication that fails is a row, not the end.  With an error or
 * an interruption the sink has got everything that the result counts, in whole blocks
 * and without gaps.
 *
 * @return ISS_OK, also when interrupted; ISS_ERR_USAGE for a run that isn't one;
 *         ISS_ERR_NO_MEMORY; what went wrong in the prehistory; what the sink or the
 *         stopper gave.  `result` is filled in any case.
 */
int iss_study_run(const struct iss_study_run *run, struct iss_study_result *result);

/** CPUs that this process may use, at least 1. */
int32_t iss_study_cpus(void);

/** A size of block for `rows` replications on `computers` threads: as large as
 *  ISS_STUDY_UNIT, small enough that all have work to the end. */
uint32_t iss_study_block(uint64_t rows, uint32_t computers);

#endif
