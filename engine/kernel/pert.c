/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pert.c - the table of beta quantiles: roots of the forward CDF, node by node.
 */
#include "kernel/pert.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/beta.h"

#define STEPS 100
#define SETTLED                                                                        \
    1e-3 /* of x: the error after a step of this length is below 1e-8 of it */

/* The root of P(B <= x) = u between `low` and 1, near `x`: Halley's steps where they
 * stay between the bounds, else halves. */
static double
solve(double a, double b, double u, double low, double x)
{
    double high = 1;

    for (int i = 0; i < STEPS && high - low > 1e-15; i++) {
        double error = iss_beta_cdf(x, 1 - x, a, b) - u;
        if (error > 0) {
            high = x;
        } else {
            low = x;
        }
        double newton = error / exp(iss_beta_log_density(x, 1 - x, a, b));
        double bend = (a - 1) / x - (b - 1) / (1 - x);
        double next = x - newton / (1 - 0.5 * newton * bend);
        bool inside = next > low && next < high;
        if (!inside) {
            next = 0.5 * (low + high);
        }
        bool settled = inside && fabs(next - x) <= SETTLED * x;
        x = next;
        if (settled) {
            break;
        }
    }
    return x;
}

/* What the next node is likely to hold, by the last four (fewer at the beginning). */
static double
guess(const double *at, int k)
{
    double x = k > 3   ? 4 * (at[k - 1] + at[k - 3]) - 6 * at[k - 2] - at[k - 4]
               : k > 2 ? 3 * (at[k - 1] - at[k - 2]) + at[k - 3]
               : k > 1 ? 2 * at[k - 1]
                       : 0.5;

    return x < 1 ? x : 0.5;
}

int
iss_pert_table_new(struct iss_arena *arena, const struct iss_pert_table **table)
{
    struct iss_pert_table *made = iss_arena_alloc(arena, sizeof *made);
    float *row = made != NULL ? made->at : NULL;

    if (made == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int i = 0; i < ISS_PERT_SHAPES; i++, row += ISS_PERT_STRIDE) {
        double s = i / (double)(ISS_PERT_SHAPES - 1), a = 1 + 4 * s, b = 5 - 4 * s;
        double at[ISS_PERT_STRIDE] = {0};
        for (int k = 1; k < ISS_PERT_NODES; k++) {
            double root = ISS_PERT_REACH * k / (ISS_PERT_NODES - 1);
            at[k] = solve(a, b, root * root * root * root, at[k - 1], guess(at, k));
        }
        at[ISS_PERT_NODES] = at[ISS_PERT_NODES - 1];
        for (int k = 0; k < ISS_PERT_STRIDE; k++) {
            row[k] = (float)at[k];
        }
    }
    memcpy(row, row - ISS_PERT_STRIDE, ISS_PERT_STRIDE * sizeof *row);
    *table = made;
    return ISS_OK;
}
