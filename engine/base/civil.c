/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * civil.c - dates to microseconds and back, without the C library's time zones.
 *
 * The day count uses years that begin in March, so that the leap day comes last, and
 * eras of 400 years (Howard Hinnant, "chrono-compatible low-level date algorithms").
 */
#include "base/civil.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAYS_PER_ERA 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */
#define FIRST_YEAR   1900
#define LAST_YEAR    2200

struct date {
    int64_t year;
    int month, day;
};

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t
day_from_date(struct date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12; /* March is 0 */
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;

    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - DAYS_TO_1970;
}

static struct date
date_from_day(int64_t day)
{
    int64_t since = day + DAYS_TO_1970;
    int64_t era = floor_div(since, DAYS_PER_ERA);
    int64_t day_of_era = since - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
        365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct date date;

    date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

static int
days_in_month(struct date date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;

    return date.month == 2 && leap ? 29 : days[date.month - 1];
}

/* Read exactly `digits` decimal digits; NULL when they aren't there. */
static const char *
read_digits(const char *text, int digits, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, text++) {
        if (*text < '0' || *text > '9') {
            return NULL;
        }
        *value = 10 * *value + (*text - '0');
    }
    return text;
}

/* ".ffffff" with 1 to 6 digits, or nothing. */
static const char *
read_fraction(const char *text, int *us)
{
    int scale = 1000000;

    *us = 0;
    if (*text != '.') {
        return text;
    }
    text++;
    if (*text < '0' || *text > '9') {
        return NULL;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        scale /= 10;
        if (scale == 0) {
            return NULL;
        }
        *us += (*text - '0') * scale;
    }
    return text;
}

struct clock {
    int hour, minute, second, us;
};

/* "THH:MM[:SS[.f]]", or nothing. */
static const char *
read_clock(const char *text, struct clock *clock)
{
    *clock = (struct clock){0, 0, 0, 0};
    if (*text != 'T') {
        return text;
    }
    text = read_digits(text + 1, 2, &clock->hour);
    if (text == NULL || *text != ':') {
        return NULL;
    }
    text = read_digits(text + 1, 2, &clock->minute);
    if (text == NULL || *text != ':') {
        return text;
    }
    text = read_digits(text + 1, 2, &clock->second);
    return text == NULL ? NULL : read_fraction(text, &clock->us);
}

static const char *
read_date(const char *text, struct date *date)
{
    int year = 0;

    text = read_digits(text, 4, &year);
    date->year = year;
    if (text == NULL || *text != '-') {
        return NULL;
    }
    text = read_digits(text + 1, 2, &date->month);
    if (text == NULL || *text != '-') {
        return NULL;
    }
    return read_digits(text + 1, 2, &date->day);
}

static bool
exists(struct date date, struct clock clock)
{
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR && date.month >= 1 &&
           date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date) &&
           clock.hour < 24 && clock.minute < 60 && clock.second < 60;
}

enum iss_civil_problem
iss_civil_parse(const char *text, int64_t *us)
{
    struct date date;
    struct clock clock;
    bool zone;

    text = read_date(text, &date);
    if (text != NULL) {
        text = read_clock(text, &clock);
    }
    if (text == NULL) {
        return ISS_CIVIL_SYNTAX;
    }
    zone = *text == 'Z';
    if (text[zone] != '\0') {
        return ISS_CIVIL_SYNTAX;
    }
    if (!exists(date, clock)) {
        return ISS_CIVIL_NO_SUCH_DAY;
    }
    if (!zone) {
        return ISS_CIVIL_NO_ZONE;
    }
    *us = day_from_date(date) * ISS_US_PER_D +
          (clock.hour * 3600 + clock.minute * 60 + clock.second) * ISS_US_PER_S +
          clock.us;
    return ISS_CIVIL_OK;
}

char *
iss_civil_format(int64_t us, enum iss_civil_style style, char buffer[32])
{
    const size_t size = 32;
    int64_t day = floor_div(us, ISS_US_PER_D);
    int64_t of_day = us % ISS_US_PER_D + (us % ISS_US_PER_D < 0 ? ISS_US_PER_D : 0);
    int64_t second = of_day / ISS_US_PER_S;
    struct date date = date_from_day(day);
    int hour = (int)(second / 3600);
    int minute = (int)(second / 60 % 60);
    size_t used;

    if (us == ISS_NEVER || us == ISS_NO_TIME) {
        snprintf(buffer, size, us == ISS_NEVER ? "never" : "unknown");
        return buffer;
    }
    snprintf(buffer, size, "%04" PRId64 "-%02d-%02d", date.year, date.month, date.day);
    if (style == ISS_CIVIL_DATE) {
        return buffer;
    }
    used = strlen(buffer);
    used += (size_t)snprintf(buffer + used, size - used, "T%02d:%02d", hour, minute);
    if (style >= ISS_CIVIL_SECOND) {
        used +=
            (size_t)snprintf(buffer + used, size - used, ":%02d", (int)(second % 60));
    }
    if (style == ISS_CIVIL_FULL) {
        used += (size_t)snprintf(buffer + used, size - used, ".%06d",
                                 (int)(of_day % ISS_US_PER_S));
    }
    snprintf(buffer + used, size - used, "Z");
    return buffer;
}
