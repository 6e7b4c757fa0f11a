/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tally.c - sums over time and over observations.
 *
 * A level's integral is kept in 128 bits: a thousand people for a thousand years is
 * 3e19 person-microseconds, more than 64 bits hold.  It is exact, so that merging and
 * the order of events at one instant can't change it.
 */
#include "kernel/tally.h"

#include <math.h>

#include "base/civil.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

static int128
integral(const struct iss_level *level)
{
    uint128 high = (uint128)(uint64_t)level->integral_high;

    return (int128)(high << 64 | (uint64_t)level->integral_low);
}

void
iss_level_start(struct iss_level *level, int64_t time_us, int64_t value)
{
    *level = (struct iss_level){
        .value = value, .since_us = time_us, .min = INT64_MAX, .max = INT64_MIN};
}

void
iss_level_stop(struct iss_level *level, int64_t time_us)
{
    int64_t elapsed_us = time_us - level->since_us;
    uint128 sum;

    if (elapsed_us <= 0) {
        return;
    }
    sum = (uint128)(integral(level) + (int128)level->value * elapsed_us);
    level->integral_low = (int64_t)(uint64_t)sum;
    level->integral_high = (int64_t)(uint64_t)(sum >> 64);
    level->since_us = time_us;
    if (level->value > 0) {
        level->positive_us += elapsed_us;
    }
    if (level->value < level->min) {
        level->min = level->value;
    }
    if (level->value > level->max) {
        level->max = level->value;
    }
}

double
iss_level_days(const struct iss_level *level)
{
    return (double)integral(level) / (double)ISS_US_PER_D;
}

void
iss_sample_add(struct iss_sample *sample, double value)
{
    double delta = value - sample->mean;

    if (sample->count == 0 || value < sample->min) {
        sample->min = value;
    }
    if (sample->count == 0 || value > sample->max) {
        sample->max = value;
    }
    sample->count++;
    sample->mean += delta / (double)sample->count;
    sample->m2 += delta * (value - sample->mean);
}

double
iss_sample_variance(const struct iss_sample *sample)
{
    if (sample->count < 2) {
        return NAN;
    }
    return sample->m2 / (double)(sample->count - 1);
}
