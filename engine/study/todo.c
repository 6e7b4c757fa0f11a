/* SPDX-License-Identifier: GPL-3.0-or-later */
/* todo.c - gaps between what is done, shard by shard, block by block. */
#include "study/todo.h"

static uint64_t
least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t
iss_todo_shard_rows(uint64_t end, uint32_t shard, uint32_t shards)
{
    uint64_t round = (uint64_t)shards * ISS_STUDY_UNIT, rest = end % round;
    uint64_t before = (uint64_t)shard * ISS_STUDY_UNIT;

    return end / round * ISS_STUDY_UNIT +
           (rest > before ? least(rest - before, ISS_STUDY_UNIT) : 0);
}

/* The first replication from `row` on that belongs to the shard. */
static uint64_t
in_shard(const struct iss_todo *todo, uint64_t row)
{
    uint64_t unit = row / ISS_STUDY_UNIT;
    uint64_t ahead = (todo->shards + todo->shard - unit % todo->shards) % todo->shards;
    return ahead == 0 ? row : (unit + ahead) * ISS_STUDY_UNIT;
}

/* Move behind what is done and what belongs to others. */
static void
settle(struct iss_todo *todo)
{
    uint64_t before;
    do {
        before = todo->next = in_shard(todo, todo->next);
        while (todo->done_count > 0 && todo->done->first <= todo->next) {
            if (todo->done->end > todo->next) {
                todo->next = todo->done->end;
            }
            todo->done++;
            todo->done_count--;
        }
    } while (todo->next != before);
}

bool
iss_todo_next(struct iss_todo *todo, uint64_t *first, uint32_t *count)
{
    settle(todo);
    if (todo->next >= todo->end) {
        return false;
    }
    uint64_t end = least((todo->next / todo->block + 1) * todo->block, todo->end);
    if (todo->done_count > 0) {
        end = least(end, todo->done->first);
    }
    *first = todo->next;
    *count = (uint32_t)(end - todo->next);
    todo->next = end;
    return true;
}

uint64_t
iss_todo_rows(const struct iss_todo *todo)
{
    struct iss_todo left = *todo;
    uint64_t rows = 0;

    for (settle(&left); left.next < left.end; settle(&left)) {
        uint64_t end =
            left.done_count > 0 ? least(left.done->first, left.end) : left.end;
        rows += iss_todo_shard_rows(end, left.shard, left.shards) -
                iss_todo_shard_rows(left.next, left.shard, left.shards);
        left.next = end;
    }
    return rows;
}
