/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.h - what a clock says, in seconds. */
#ifndef ISS_TESTS_CLOCK_H
#define ISS_TESTS_CLOCK_H

#include <time.h>

static inline double
clock_seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
