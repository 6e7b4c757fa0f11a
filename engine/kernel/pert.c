/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pert.c - the table of beta quantiles: roots of the forward CDF, node by node.
 */
#include "kernel/pert.h"

#include <stdbool.h>

#include "isssim/status.h"
#include "kernel/beta.h"

#define STEPS   100
#define SETTLED 1e-12

/* The root of P(B <= x) = u between `low` and 1, near `x`: Newton's steps where they
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
        double slope = exp(iss_beta_log_density(x, 1 - x, a, b));
        double next = x - error / slope;
        if (!(next > low && next < high)) {
            next = 0.5 * (low + high);
        }
        bool settled = fabs(next - x) <= SETTLED * x;
        x = next;
        if (settled) {
            break;
        }
    }
    return x;
}

int
iss_pert_table_new(struct iss_arena *arena, const struct iss_pert_table **table)
{
    struct iss_pert_table *made = iss_arena_alloc(arena, sizeof *made);

    if (made == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int i = 0; i < ISS_PERT_SHAPES; i++) {
        double s = i / (double)(ISS_PERT_SHAPES - 1), a = 1 + 4 * s, b = 5 - 4 * s;
        made->at[i][0] = 0;
        for (int k = 1; k < ISS_PERT_NODES; k++) {
            double root = ISS_PERT_REACH * k / (ISS_PERT_NODES - 1);
            double u = root * root * root * root;
            double *node = &made->at[i][k];
            double guess = k > 1 ? 2 * node[-1] - node[-2] : 0.5;
            *node = solve(a, b, u, node[-1], guess < 1 ? guess : 0.5);
        }
    }
    *table = made;
    return ISS_OK;
}
