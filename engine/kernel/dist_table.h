/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/dist_table.h - the inverse of a shape's CDF, tabulated.
 *
 * Private to the distributions.  Nodes are equidistant in t = logit p over
 * |t| <= ISS_TABLE_REACH, which covers every uniform that a stream can give; between
 * them y is a monotone cubic (Hermite with exact slopes, limited after Fritsch and
 * Carlson 1980).  Cells are halved until the variate at every midpoint is within
 * ISS_TABLE_ERROR of the central range, from probability 1e-6 to 1 - 1e-6.  Beyond the
 * nodes, where only truncation and great ages lead, each look-up solves for its root.
 */
#ifndef ISS_KERNEL_DIST_TABLE_H
#define ISS_KERNEL_DIST_TABLE_H

#include <stdint.h>

#include "base/arena.h"
#include "kernel/dist_shape.h"

#define ISS_TABLE_REACH 37.0 /* logit of 1 - 2^-53 is 36.7 */
#define ISS_TABLE_ERROR 1e-6
#define ISS_TABLE_CELLS 8192 /* at most */

struct iss_table_node {
    double y;
    double slope; /* of y per cell */
};

struct iss_table {
    struct iss_shape shape;
    int32_t cells;
    double per_t; /* cells per unit of t */
    struct iss_table_node nodes[];
};

/** @return ISS_OK, ISS_ERR_NO_MEMORY, or ISS_ERR_NUMERIC when the CDF has no root. */
int iss_table_build(const struct iss_shape *shape, struct iss_arena *arena,
                    const struct iss_table **table);

/** y where the CDF is `prob`; increasing, infinite only for probabilities 0 and 1. */
double iss_table_lookup(const struct iss_table *table, struct iss_prob prob);

#endif
