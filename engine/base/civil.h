/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/civil.h - civil dates and the engine's clock.
 *
 * Inside, time is int64 microseconds (_us).  Absolute times count from
 * 1970-01-01T00:00:00Z in the proleptic Gregorian calendar without leap seconds;
 * a replication counts from its scenario's start.
 */
#ifndef ISS_BASE_CIVIL_H
#define ISS_BASE_CIVIL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ISS_US_PER_S INT64_C(1000000)
#define ISS_US_PER_H (INT64_C(3600) * ISS_US_PER_S)
#define ISS_US_PER_D (INT64_C(24) * ISS_US_PER_H)
#define ISS_NEVER    INT64_MAX /* a time that doesn't come */
#define ISS_NO_TIME  INT64_MIN /* a time that is not known; NaT in the output */

enum iss_civil_problem {
    ISS_CIVIL_OK,
    ISS_CIVIL_SYNTAX,      /* not YYYY-MM-DD[THH:MM[:SS[.ffffff]]]Z */
    ISS_CIVIL_NO_ZONE,     /* a fine date without the Z */
    ISS_CIVIL_NO_SUCH_DAY, /* 30 February, month 13, 24:00, 23:59:60, the year 2201 */
};

/** Parse an ISO-8601 UTC date; `2022-12-15Z` is its midnight. Years 1900 to 2200. */
enum iss_civil_problem iss_civil_parse(const char *text, int64_t *us);

/* How much of a time iss_civil_format() prints. */
enum iss_civil_style {
    ISS_CIVIL_DATE,
    ISS_CIVIL_MINUTE,
    ISS_CIVIL_SECOND,
    ISS_CIVIL_FULL
};

/**
 * Print an absolute time as `2022-12-15`, `2022-12-15T00:45Z`, `...:SSZ` or
 * `...:SS.ffffffZ`; ISS_NEVER as `never`, ISS_NO_TIME as `unknown`.  `buffer` takes 32
 * bytes; returned for convenience.
 */
char *iss_civil_format(int64_t us, enum iss_civil_style style, char buffer[32]);

/**
 * Microseconds in `days`, rounded to nearest: the engine's one conversion from drawn
 * durations.  Saturates to ISS_NEVER above 290,000 years and for infinity; NaN and
 * negative durations give 0.
 */
static inline int64_t
iss_us_from_days(double days)
{
    const double longest_d = 290000 * 365.25; /* as microseconds just below 2^63 */

    if (!(days > 0)) {
        return 0;
    }
    if (days >= longest_d) {
        return ISS_NEVER;
    }
    return llrint(days * (double)ISS_US_PER_D);
}

/** Days in a duration of `us`. */
static inline double
iss_days_from_us(int64_t us)
{
    return (double)us / (double)ISS_US_PER_D;
}

/** a + b, saturating at ISS_NEVER and at ISS_NO_TIME + 1; ISS_NEVER stays so. */
static inline int64_t
iss_us_add(int64_t a, int64_t b)
{
    if (a == ISS_NEVER || b == ISS_NEVER || (b > 0 && a > ISS_NEVER - b)) {
        return ISS_NEVER;
    }
    /* Below the other end there is no time either: stop at the earliest one. */
    if (b < 0 && a < ISS_NO_TIME + 1 - b) {
        return ISS_NO_TIME + 1;
    }
    return a + b;
}

/** The later of two times. */
static inline int64_t
iss_us_later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

#endif
