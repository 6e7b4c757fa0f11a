/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/settle.h - a stock is brought up to date; for stocks.c and stock_turns.c, where
 * the mission spends much of its time.
 */
#ifndef ISS_WORLD_SETTLE_H
#define ISS_WORLD_SETTLE_H

#include "world/world.h"

__extension__ typedef unsigned __int128 iss_uint128;

enum { ISS_DAY_SHIFT = 13 };
#define ISS_ODD_DAY ((uint64_t)(ISS_US_PER_D >> ISS_DAY_SHIFT))
_Static_assert(ISS_US_PER_D % (1 << ISS_DAY_SHIFT) == 0, "days are divided by shifts");

/* What a flow moves in `us`, not negative, and what it then carries.  A day is a power
 * of two times ISS_ODD_DAY microseconds: without that power the product nearly always
 * has no more than 64 bits, and is divided by one multiplication. */
static inline int64_t
iss_flow_run(const struct iss_flow *flow, int64_t us, int64_t *carry)
{
    iss_uint128 part =
        (iss_uint128)(uint64_t)flow->mg_per_d * (uint64_t)us + (uint64_t)flow->carry;
    uint64_t moved = (uint64_t)(part >> ISS_DAY_SHIFT) / ISS_ODD_DAY;

    if (part >> ISS_DAY_SHIFT >> 64 != 0) {
        moved = (uint64_t)(part / ISS_US_PER_D);
    }
    *carry = (int64_t)((uint64_t)part - moved * ISS_US_PER_D);
    return (int64_t)moved;
}

static inline int64_t
iss_let_flow(struct iss_flow *flow, int64_t us)
{
    if (flow->mg_per_d == 0) {
        return 0; /* what it carries is less than a milligram */
    }
    int64_t moved = iss_flow_run(flow, us, &flow->carry);
    flow->total_mg += moved;
    return moved;
}

/* The observers are to look at it. */
static inline void
iss_note_show(struct iss_world *world, int32_t resource)
{
    iss_mark(world->shown, resource);
    world->changed |= ISS_CHANGED_STOCKS;
}

/* Its level is on another side of what matters, or thresholds are. */
static inline void
iss_note_move(struct iss_world *world, int32_t resource)
{
    iss_mark(world->moved, resource);
    iss_note_show(world, resource);
}

/* Its other flows, which are rarely anything. */
void iss_settle_odd(struct iss_stock *stock, int64_t us);

static inline void
iss_settle(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    int64_t us = world->now_us - stock->settled_us;

    if (us == 0) {
        return;
    }
    stock->level_mg += iss_let_flow(&stock->made, us) - iss_let_flow(&stock->used, us);
    if (iss_marked(world->odd_now, resource)) {
        iss_settle_odd(stock, us);
    }
    stock->settled_us = world->now_us;
    if (stock->level_mg < stock->lowest_mg) {
        stock->lowest_mg = stock->level_mg;
    }
    if (!iss_stock_inside(stock)) {
        iss_note_move(world, resource);
    }
}

#endif
