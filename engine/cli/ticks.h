/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/ticks.h - where an axis of time is labelled: at the beginnings of months, or on
 * days where a mission is shorter than that.
 */
#ifndef ISS_CLI_TICKS_H
#define ISS_CLI_TICKS_H

#include <stdbool.h>
#include <stdint.h>

struct iss_tick {
    int64_t time_us; /* absolute */
    char minor[16];  /* "Jan", or "15" */
    char major[16];  /* "2023", or "Jan"; "" where it's the same as before */
};

struct iss_ticks {
    int64_t from_us, to_us;
    int step_months; /* 0: days */
    int step_days;
    int year, month, day; /* of the next tick */
    int last_major;
};

/** Divide [from_us, to_us) so that there are at most `most` ticks (two at least). */
void iss_ticks_start(struct iss_ticks *ticks, int64_t from_us, int64_t to_us, int most);

/** The next tick, or false. */
bool iss_ticks_next(struct iss_ticks *ticks, struct iss_tick *tick);

#endif
