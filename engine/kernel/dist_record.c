/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist_record.c - empirical: what was observed happens again, each value as likely as
 * any other.
 *
 * The quantile is the step function of the record: no value comes that wasn't observed,
 * and mean and variance are the record's own.
 */
#include <math.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/dist_family.h"

struct iss_record {
    int32_t size;
    double values[]; /* ascending */
};

static const char *
empirical_problem(const struct iss_dist_spec *spec)
{
    if (spec->count < 1) {
        return "an empirical distribution needs at least one value";
    }
    for (int32_t i = 0; i < spec->count; i++) {
        if (!(fabs(spec->values[i]) <= ISS_DIST_LARGEST)) {
            return "values must be finite and below 1e100";
        }
        if (i > 0 && spec->values[i] < spec->values[i - 1]) {
            return "values must be in ascending order";
        }
    }
    return NULL;
}

static int
empirical_prepare(struct iss_dist *dist, const struct iss_dist_spec *spec,
                  struct iss_arena *arena)
{
    size_t bytes = (size_t)spec->count * sizeof(double);
    struct iss_record *record = iss_arena_alloc(arena, sizeof *record + bytes);

    if (record == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    record->size = spec->count;
    memcpy(record->values, spec->values, bytes);
    dist->record = record;
    return ISS_OK;
}

/* How many values are below z, or at most z. */
static int32_t
rank(const struct iss_record *record, double z, bool with_equals)
{
    int32_t low = 0, high = record->size;

    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        double value = record->values[middle];

        if (value < z || (with_equals && value == z)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct iss_prob
fraction(const struct iss_record *record, int32_t rank)
{
    return (struct iss_prob){(double)rank / record->size,
                             (double)(record->size - rank) / record->size};
}

static struct iss_prob
empirical_cdf(const struct iss_dist *dist, double z)
{
    return fraction(dist->record, rank(dist->record, z, true));
}

static struct iss_prob
empirical_below(const struct iss_dist *dist, double z)
{
    return fraction(dist->record, rank(dist->record, z, false));
}

static double
empirical_at_least(const struct iss_dist *dist, double z)
{
    int32_t i = rank(dist->record, z, false);

    return i < dist->record->size ? dist->record->values[i] : INFINITY;
}

static double
empirical_at_most(const struct iss_dist *dist, double z)
{
    int32_t i = rank(dist->record, z, true);

    return i > 0 ? dist->record->values[i - 1] : -INFINITY;
}

static double
empirical_quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    const struct iss_record *record = dist->record;
    double place = ceil(prob.p * record->size) - 1;

    return record->values[(int32_t)fmin(record->size - 1, fmax(0, place))];
}

static double
mean_of(const double *values, int32_t count)
{
    double sum = 0;

    for (int32_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum / count;
}

static double
empirical_mean(const struct iss_dist *dist)
{
    return mean_of(dist->record->values, dist->record->size);
}

static double
empirical_mean_within(const struct iss_dist *dist)
{
    int32_t first = rank(dist->record, dist->low, false);
    int32_t end = rank(dist->record, dist->high, true);

    return mean_of(dist->record->values + first, end - first);
}

static const struct iss_atoms empirical_atoms = {
    .below = empirical_below,
    .at_least = empirical_at_least,
    .at_most = empirical_at_most,
    .mean_within = empirical_mean_within,
};

const struct iss_family iss_family_empirical = {
    .problem = empirical_problem,
    .cdf = empirical_cdf,
    .quantile = empirical_quantile,
    .mean = empirical_mean,
    .atoms = &empirical_atoms,
    .prepare = empirical_prepare,
};
