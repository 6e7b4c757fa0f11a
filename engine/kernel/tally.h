/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/tally.h - statistics of one replication.
 *
 * iss_level is a time-weighted tally of an integer level (people aboard, vehicles
 * docked).  Its integral is exact: an integer times integer microseconds, in 128 bits.
 * Times don't go back: a time before `since_us` accounts for nothing.
 * iss_sample gathers plain observations (slips, stays) by Welford's method.
 * A zeroed sample is empty and valid.
 */
#ifndef ISS_KERNEL_TALLY_H
#define ISS_KERNEL_TALLY_H

#include <stdint.h>

struct iss_level {
    int64_t value;
    int64_t since_us; /* when `value` was set */
    int64_t
        integral_low; /* 128-bit integral in two words, so that the struct is plain */
    int64_t integral_high;
    /* over intervals of positive length; INT64_MAX and INT64_MIN before the first one
     */
    int64_t min, max;
    int64_t positive_us; /* time spent above 0 */
};

/** Start at `time_us` with `value`. */
void iss_level_start(struct iss_level *level, int64_t time_us, int64_t value);

/** Account for the time up to `time_us`. */
void iss_level_stop(struct iss_level *level, int64_t time_us);

/** The level is `value` from `time_us` on.  The time of a value that stays is accounted
 * for when it changes, or at the stop. */
static inline void
iss_level_set(struct iss_level *level, int64_t time_us, int64_t value)
{
    if (level->value != value) {
        iss_level_stop(level, time_us);
        level->value = value;
    }
}

/** The integral in level-days. */
double iss_level_days(const struct iss_level *level);

struct iss_sample {
    int64_t count;
    double mean, m2;
    double min, max; /* meaningless while count is 0 */
};

void iss_sample_add(struct iss_sample *sample, double value);
/** Unbiased variance; NaN below two observations. */
double iss_sample_variance(const struct iss_sample *sample);

#endif
