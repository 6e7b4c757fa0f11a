/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/marks.h - some of the first so many numbers, as bits: which stocks something is
 * to be done with.
 */
#ifndef ISS_WORLD_MARKS_H
#define ISS_WORLD_MARKS_H

#include <stdbool.h>
#include <stdint.h>

enum { ISS_MARKS_A_WORD = 64 };

/** Words for marks of `count` things. */
static inline int32_t
iss_marks_words(int32_t count)
{
    return (count + ISS_MARKS_A_WORD - 1) / ISS_MARKS_A_WORD;
}

static inline void
iss_mark(uint64_t *marks, int32_t id)
{
    marks[id / ISS_MARKS_A_WORD] |= UINT64_C(1) << id % ISS_MARKS_A_WORD;
}

static inline void
iss_unmark(uint64_t *marks, int32_t id)
{
    marks[id / ISS_MARKS_A_WORD] &= ~(UINT64_C(1) << id % ISS_MARKS_A_WORD);
}

static inline bool
iss_marked(const uint64_t *marks, int32_t id)
{
    return marks[id / ISS_MARKS_A_WORD] >> id % ISS_MARKS_A_WORD & 1;
}

/** The first that is marked from `id` on; `count` when none is. */
static inline int32_t
iss_marks_next(const uint64_t *marks, int32_t id, int32_t count)
{
    while (id < count) {
        uint64_t rest = marks[id / ISS_MARKS_A_WORD] >> id % ISS_MARKS_A_WORD;
        if (rest != 0) {
            return id + __builtin_ctzll(rest);
        }
        id = (id / ISS_MARKS_A_WORD + 1) * ISS_MARKS_A_WORD;
    }
    return count;
}

static inline void
iss_unmark_all(uint64_t *marks, int32_t count)
{
    for (int32_t i = 0; i < iss_marks_words(count); i++) {
        marks[i] = 0;
    }
}

#endif
