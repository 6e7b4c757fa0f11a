/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_table.c - from a forward CDF to its inverse, once for each shape.
 *
 * The first, coarse nodes are found by marching up t; each refinement then starts from
 * the cubic through its neighbours, where one or two Newton steps suffice.  All nodes
 * are worked on in one array at the finest spacing, of which a coarser table uses every
 * stride-th; the table in the arena keeps only those.
 */
#include "kernel/dist_table.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "isssim/status.h"

#define FIRST_STRIDE  128 /* 64 cells */
#define ROOT_STEPS    200
#define ROOT_ERROR    1e-11 /* in t */
#define ROOT_ACCEPTED 1e-7  /* in t, when rounding of the CDF allows no better */
#define LEAP          4.0   /* in y */
#define OUTSIDE       16.0  /* where y is as good as infinite: exp(-16) is 1e-7 */
#define CENTRE_T      13.8  /* logit of 1 - 1e-6 */

struct draft {
    const struct iss_shape *shape;
    int32_t stride;
    double step;                  /* in t between neighbouring places of the array */
    struct iss_table_node *nodes; /* with dy/dt as slope until it is published */
};

static double
place_t(const struct draft *draft, int32_t place)
{
    return -ISS_TABLE_REACH + draft->step * place;
}

/* Narrow [low, high], which contains the root, by Newton steps with bisection where one
 * leads out of it; `y` is the first guess. */
static int
find_root(const struct iss_shape *shape, double t, double low, double high, double y,
          struct iss_table_node *node)
{
    double off = INFINITY, slope = 0;

    for (int i = 0; i < ROOT_STEPS; i++) {
        off = iss_shape_logit(shape, y, &slope) - t;
        if (fabs(off) < ROOT_ERROR || high - low < 1e-15 * fabs(low)) {
            break;
        }
        if (off > 0) {
            high = y;
        } else {
            low = y;
        }
        y -= off / slope;
        if (!(y > low && y < high)) {
            y = 0.5 * (low + high);
        }
    }
    if (!(fabs(off) < ROOT_ACCEPTED) || !(slope > 0)) {
        return ISS_ERR_NUMERIC;
    }
    *node = (struct iss_table_node){y, 1 / slope};
    return ISS_OK;
}

/* Step from `y` by a doubling `step` until the sign of t(y) - t is that of `step`. */
static int
find_bound(const struct iss_shape *shape, double t, double y, double step,
           double *bound)
{
    double slope;

    for (int i = 0; i < ROOT_STEPS; i++) {
        y += step;
        if ((iss_shape_logit(shape, y, &slope) - t) * step > 0) {
            *bound = y;
            return ISS_OK;
        }
        step *= 2;
    }
    return ISS_ERR_NUMERIC;
}

static int
march(struct draft *draft)
{
    const struct iss_shape *shape = draft->shape;
    double low, high, guess, step = 1;
    int status = find_bound(shape, place_t(draft, 0), log(shape->a), -1, &low);

    for (int32_t i = 0; i <= ISS_TABLE_CELLS && status == ISS_OK; i += draft->stride) {
        guess = low + step;
        status = find_bound(shape, place_t(draft, i), low, step, &high);
        if (status == ISS_OK) {
            status =
                find_root(shape, place_t(draft, i), low, high,
                          guess < high ? guess : 0.5 * (low + high), &draft->nodes[i]);
        }
        low = draft->nodes[i].y;
        step = draft->nodes[i].slope * draft->step * draft->stride;
    }
    return status;
}

/* The cubic through two nodes whose slopes are per cell, 0 <= s <= 1. */
static double
cubic(const struct iss_table_node *left, const struct iss_table_node *right, double s)
{
    double rise = right->y - left->y;
    double bend = left->slope + right->slope - 2 * rise;

    return left->y + s * (left->slope + s * (rise - left->slope - bend + s * bend));
}

static double
midpoint(const struct draft *draft, int32_t place)
{
    double cell = draft->step * draft->stride;
    struct iss_table_node left = draft->nodes[place];
    struct iss_table_node right = draft->nodes[place + draft->stride];

    left.slope *= cell;
    right.slope *= cell;
    return cubic(&left, &right, 0.5);
}

/* The range of variates that holds all but 2e-6 of the probability, nearly. */
static double
central_range(const struct draft *draft)
{
    int32_t offset = (int32_t)(CENTRE_T / (draft->step * FIRST_STRIDE) + 0.5);
    const struct iss_table_node *middle = draft->nodes + ISS_TABLE_CELLS / 2;
    double slope;

    offset *= FIRST_STRIDE;
    return iss_shape_variate(draft->shape, middle[offset].y, &slope) -
           iss_shape_variate(draft->shape, middle[-offset].y, &slope);
}

/* Whether the variate passes from one end of its range to the other between two nodes,
 * as it does at tiny shapes, so that a midpoint would tell nothing. */
static bool
is_leap(const struct iss_table_node *left, const struct iss_table_node *right)
{
    return right->y - left->y > LEAP && right->y > -OUTSIDE && left->y < OUTSIDE;
}

static bool
fine_enough(const struct draft *draft)
{
    double allowed = ISS_TABLE_ERROR * central_range(draft);
    double half = 0.5 * draft->step * draft->stride;

    for (int32_t i = 0; i < ISS_TABLE_CELLS; i += draft->stride) {
        double y = midpoint(draft, i), dt_dy, dx_dy;
        double off =
            iss_shape_logit(draft->shape, y, &dt_dy) - place_t(draft, i) - half;

        iss_shape_variate(draft->shape, y, &dx_dy);
        if (is_leap(&draft->nodes[i], &draft->nodes[i + draft->stride]) ||
            !(fabs(off / dt_dy * dx_dy) <= allowed)) {
            return false;
        }
    }
    return true;
}

static int
refine(struct draft *draft)
{
    int32_t stride = draft->stride, half = stride / 2;

    for (int32_t i = 0; i < ISS_TABLE_CELLS; i += stride) {
        double low = draft->nodes[i].y, high = draft->nodes[i + stride].y;
        int status = find_root(draft->shape, place_t(draft, i + half), low, high,
                               midpoint(draft, i), &draft->nodes[i + half]);

        if (status != ISS_OK) {
            return status;
        }
    }
    draft->stride = half;
    return ISS_OK;
}

/* A slope above three times a neighbouring cell's rise would make the cubic turn back.
 */
static void
limit_slopes(struct iss_table *table)
{
    for (int32_t i = 0; i <= table->cells; i++) {
        struct iss_table_node *node = &table->nodes[i];

        if (i > 0) {
            node->slope = fmin(node->slope, 3 * (node->y - node[-1].y));
        }
        if (i < table->cells) {
            node->slope = fmin(node->slope, 3 * (node[1].y - node->y));
        }
    }
}

static int
publish(const struct draft *draft, struct iss_arena *arena,
        const struct iss_table **result)
{
    int32_t cells = ISS_TABLE_CELLS / draft->stride;
    size_t size = ((size_t)cells + 1) * sizeof(struct iss_table_node);
    struct iss_table *table = iss_arena_alloc(arena, sizeof *table + size);

    if (table == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    table->shape = *draft->shape;
    table->cells = cells;
    table->per_t = cells / (2 * ISS_TABLE_REACH);
    for (int32_t i = 0; i <= cells; i++) {
        table->nodes[i] = draft->nodes[i * draft->stride];
        table->nodes[i].slope /= table->per_t;
        if (i > 0) {
            table->nodes[i].y = fmax(table->nodes[i].y, table->nodes[i - 1].y);
        }
    }
    limit_slopes(table);
    *result = table;
    return ISS_OK;
}

int
iss_table_build(const struct iss_shape *shape, struct iss_arena *arena,
                const struct iss_table **table)
{
    struct draft draft = {.shape = shape,
                          .stride = FIRST_STRIDE,
                          .step = 2 * ISS_TABLE_REACH / ISS_TABLE_CELLS};
    int status;

    draft.nodes = calloc(ISS_TABLE_CELLS + 1, sizeof *draft.nodes);
    if (draft.nodes == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    status = march(&draft);
    while (status == ISS_OK && draft.stride > 1 && !fine_enough(&draft)) {
        status = refine(&draft);
    }
    if (status == ISS_OK) {
        status = publish(&draft, arena, table);
    }
    free(draft.nodes);
    return status;
}

/* Where rounding leaves no root to find, the end node's tangent serves. */
static double
beyond_end(const struct iss_table *table, const struct iss_table_node *end, double t,
           double step)
{
    struct iss_table_node node = {.y = end->y + step};
    double bound;

    if (isfinite(t) && find_bound(&table->shape, t, end->y, step, &bound) == ISS_OK) {
        (void)find_root(&table->shape, t, fmin(end->y, bound), fmax(end->y, bound),
                        node.y, &node);
    }
    return node.y;
}

double
iss_table_lookup(const struct iss_table *table, struct iss_prob prob)
{
    double t = log(prob.p / prob.q), at = (t + ISS_TABLE_REACH) * table->per_t;
    const struct iss_table_node *first = table->nodes, *last = first + table->cells;
    int32_t cell;

    if (!(at >= 0)) {
        return beyond_end(table, first, t, first->slope * at);
    }
    if (at >= table->cells) {
        return beyond_end(table, last, t, last->slope * (at - table->cells));
    }
    cell = (int32_t)at;
    return cubic(&table->nodes[cell], &table->nodes[cell + 1], at - cell);
}
