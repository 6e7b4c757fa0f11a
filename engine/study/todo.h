/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/todo.h - which replications are still to be computed, cut into blocks.
 */
#ifndef ISS_STUDY_TODO_H
#define ISS_STUDY_TODO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/range.h"

/* Replications that stay together in a shard, and after which precision is looked at.
 */
#define ISS_STUDY_UNIT 1024

/* Replications 0 to end - 1, but for those done.  Of `shards` shards number `shard`
 * (from 0) has the units u with u mod shards == shard; 1 and 0: all of them. */
struct iss_todo {
    uint64_t next, end;
    uint32_t shard, shards;
    uint32_t block;               /* most rows a block; divides ISS_STUDY_UNIT */
    const struct iss_range *done; /* in order; borrowed */
    size_t done_count;
};

/** The next block; false when nothing is left.  Blocks come in order and don't cross
 *  a multiple of `block`. */
bool iss_todo_next(struct iss_todo *todo, uint64_t *first, uint32_t *count);

/** Replications that are left. */
uint64_t iss_todo_rows(const struct iss_todo *todo);

/** Replications below `end` that belong to a shard. */
uint64_t iss_todo_shard_rows(uint64_t end, uint32_t shard, uint32_t shards);

#endif
