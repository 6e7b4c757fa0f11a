/* SPDX-License-Identifier: GPL-3.0-or-later */
/* precision.c - a few running sums, and a question asked at fixed places. */
#include "study/precision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 4096 /* numbers read at a time */

static bool
is_target(const struct iss_precision_target *target)
{
    return target->metric >= 0 && target->half_width > 0 &&
           isfinite(target->half_width) && target->confidence > 0 &&
           target->confidence < 1 && (target->proportion || !target->sequence);
}

int
iss_precision_init(struct iss_precision *precision,
                   const struct iss_precision_target *targets, int32_t count)
{
    *precision = (struct iss_precision){.targets = targets, .count = count};
    for (int32_t i = 0; i < count; i++) {
        if (!is_target(&targets[i])) {
            return ISS_ERR_USAGE;
        }
    }
    precision->moments = calloc((size_t)count + 1, sizeof *precision->moments);
    return precision->moments == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

void
iss_precision_clear(struct iss_precision *precision)
{
    free(precision->moments);
    memset(precision, 0, sizeof *precision);
}

void
iss_precision_add(struct iss_precision *precision, const double *metrics)
{
    for (int32_t i = 0; i < precision->count; i++) {
        iss_moments_add(&precision->moments[i], metrics[precision->targets[i].metric]);
    }
    precision->rows++;
}

int
iss_precision_recall(struct iss_precision *precision,
                     const struct iss_column_source *columns, uint64_t first,
                     uint64_t end)
{
    double chunk[CHUNK];

    for (int32_t i = 0; i < precision->count; i++) {
        const struct iss_column_source *column = &columns[precision->targets[i].metric];
        for (uint64_t at = first; at < end; at += CHUNK) {
            size_t count = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
            int status = column->read(column->self, at, count, chunk);
            if (status != ISS_OK) {
                return status;
            }
            for (size_t k = 0; k < count; k++) {
                iss_moments_add(&precision->moments[i], chunk[k]);
            }
        }
    }
    precision->rows += end - first;
    return ISS_OK;
}

/* ---- the question ---------------------------------------------------------------- */

static bool
has_enough(const struct iss_precision_target *target, const struct iss_moments *moments)
{
    uint64_t n = iss_moments_count(moments), zero = n - moments->nonzero;

    if (n < ISS_STUDY_UNIT) {
        return false;
    }
    if (target->proportion) {
        return moments->nonzero >= ISS_MANY && zero >= ISS_MANY;
    }
    return moments->sample.min < moments->sample.max &&
           (zero == 0 || moments->nonzero >= ISS_MANY);
}

static struct iss_interval
interval_of(const struct iss_precision_target *target,
            const struct iss_moments *moments)
{
    uint64_t n = iss_moments_count(moments);

    if (!target->proportion) {
        return iss_interval_mean(n, iss_moments_mean(moments), iss_moments_sd(moments),
                                 target->confidence);
    }
    if (target->sequence) {
        return iss_interval_sequence(moments->nonzero, n, target->confidence,
                                     ISS_SEQUENCE_PRIOR, ISS_SEQUENCE_PRIOR);
    }
    return iss_interval_proportion(moments->nonzero, n, target->confidence);
}

struct iss_precision_state
iss_precision_now(const struct iss_precision *precision, int32_t index)
{
    const struct iss_precision_target *target = &precision->targets[index];
    const struct iss_moments *moments = &precision->moments[index];
    struct iss_precision_state state = {
        .n = iss_moments_count(moments),
        .estimate = iss_moments_mean(moments),
        .interval = interval_of(target, moments),
        .enough = has_enough(target, moments),
    };

    if (target->proportion && state.n > 0) {
        state.estimate = (double)moments->nonzero / (double)state.n;
    }
    state.half_width = 0.5 * (state.interval.high - state.interval.low);
    state.wanted = target->relative ? target->half_width * fabs(state.estimate)
                                    : target->half_width;
    state.met = state.enough && state.half_width <= state.wanted;
    return state;
}

bool
iss_precision_met(const struct iss_precision *precision)
{
    if (precision->rows == 0 || precision->rows % ISS_STUDY_UNIT != 0) {
        return false;
    }
    for (int32_t i = 0; i < precision->count; i++) {
        if (!iss_precision_now(precision, i).met) {
            return false;
        }
    }
    return precision->count > 0;
}
