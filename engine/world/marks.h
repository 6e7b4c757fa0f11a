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
    return (int32_t)(((uint32_t)count + ISS_MARKS_A_WORD - 1) / ISS_MARKS_A_WORD);
}

static inline void
iss_mark(uint64_t *marks, int32_t id)
{
    marks[(uint32_t)id / ISS_MARKS_A_WORD] |= UINT64_C(1)
                                              << (uint32_t)id % ISS_MARKS_A_WORD;
}

static inline void
iss_unmark(uint64_t *marks, int32_t id)
{
    marks[(uint32_t)id / ISS_MARKS_A_WORD] &=
        ~(UINT64_C(1) << (uint32_t)id % ISS_MARKS_A_WORD);
}

static inline bool
iss_marked(const uint64_t *marks, int32_t id)
{
    return marks[(uint32_t)id / ISS_MARKS_A_WORD] >> (uint32_t)id % ISS_MARKS_A_WORD &
           1;
}

/** The first that is marked from `id` on; `count` when none is. */
static inline int32_t
iss_marks_next(const uint64_t *marks, int32_t id, int32_t count)
{
    uint32_t at = (uint32_t)id; /* unsigned: divided by a shift alone */

    while (at < (uint32_t)count) {
        uint64_t rest = marks[at / ISS_MARKS_A_WORD] >> at % ISS_MARKS_A_WORD;
        if (rest != 0) {
            return (int32_t)at + __builtin_ctzll(rest);
        }
        at = (at / ISS_MARKS_A_WORD + 1) * ISS_MARKS_A_WORD;
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
