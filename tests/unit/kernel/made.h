/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit/kernel/made.h - distributions in an arena that lives as long as a test. */
#ifndef ISS_TESTS_UNIT_KERNEL_MADE_H
#define ISS_TESTS_UNIT_KERNEL_MADE_H

#include "base/arena.h"
#include "isssim/status.h"
#include "kernel/dist.h"
#include "near.h"

static inline const struct iss_dist *
build(struct iss_arena *arena, struct iss_dist_spec spec)
{
    const struct iss_dist *dist = NULL;

    assert_null(iss_dist_problem(&spec));
    assert_int_equal(iss_dist_build(&spec, arena, &dist), ISS_OK);
    return dist;
}

static inline int
make_arena(void **state)
{
    static struct iss_arena arena;

    *state = &arena;
    return 0;
}

static inline int
clear_arena(void **state)
{
    iss_arena_clear(*state);
    return 0;
}

#endif
