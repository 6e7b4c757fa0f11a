/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ticks.c - months of a calendar on an axis.
 */
#include "cli/ticks.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/civil.h"

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* Midnight of a date, or ISS_NEVER when there's no such day. */
static int64_t
midnight(int year, int month, int day)
{
    char text[48];
    int64_t us;

    snprintf(text, sizeof text, "%04d-%02d-%02dZ", year, month, day);
    return iss_civil_parse(text, &us) == ISS_CIVIL_OK ? us : ISS_NEVER;
}

void
iss_ticks_start(struct iss_ticks *ticks, int64_t from_us, int64_t to_us, int most)
{
    static const int month_steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600};
    static const int day_steps[] = {1, 2, 5, 10};
    double days = iss_days_from_us(to_us - from_us);
    char date[32];
    size_t i = 0;

    *ticks = (struct iss_ticks){.from_us = from_us, .to_us = to_us, .last_major = -1};
    iss_civil_format(from_us, ISS_CIVIL_DATE, date);
    ticks->year = (int)strtol(date, NULL, 10);
    ticks->month = (int)strtol(date + sizeof "2023", NULL, 10);
    ticks->day = (int)strtol(date + sizeof "2023-03", NULL, 10);
    if (days < 62) {
        while (i + 1 < sizeof day_steps / sizeof *day_steps &&
               days / day_steps[i] > most) {
            i++;
        }
        ticks->step_days = day_steps[i];
        return;
    }
    while (i + 1 < sizeof month_steps / sizeof *month_steps &&
           days / (30.4 * month_steps[i]) > most) {
        i++;
    }
    ticks->step_months = month_steps[i];
    ticks->month = 1; /* counted from January, so that years are labelled */
    ticks->day = 1;
    if (ticks->step_months > 12) {
        ticks->year -= ticks->year % (ticks->step_months / 12);
    }
}

static void
advance(struct iss_ticks *ticks)
{
    ticks->month += ticks->step_months;
    while (ticks->month > 12) {
        ticks->month -= 12;
        ticks->year++;
    }
    ticks->day += ticks->step_days;
    if (ticks->step_days > 0 &&
        midnight(ticks->year, ticks->month, ticks->day) == ISS_NEVER) {
        ticks->day = 1;
        ticks->year += ticks->month == 12;
        ticks->month = ticks->month % 12 + 1;
    }
}

bool
iss_ticks_next(struct iss_ticks *ticks, struct iss_tick *tick)
{
    int64_t time_us = midnight(ticks->year, ticks->month, ticks->day);

    while (time_us < ticks->from_us) {
        advance(ticks);
        time_us = midnight(ticks->year, ticks->month, ticks->day);
    }
    if (time_us >= ticks->to_us) {
        return false;
    }
    bool monthly = ticks->step_months > 0;
    int major = monthly ? ticks->year : ticks->month;
    tick->time_us = time_us;
    *tick->major = '\0';
    if (monthly) {
        snprintf(tick->minor, sizeof tick->minor, "%s", months[ticks->month - 1]);
    } else {
        snprintf(tick->minor, sizeof tick->minor, "%d", ticks->day);
    }
    if (major != ticks->last_major && monthly) {
        snprintf(tick->major, sizeof tick->major, "%d", major);
    } else if (major != ticks->last_major) {
        snprintf(tick->major, sizeof tick->major, "%s", months[major - 1]);
    }
    ticks->last_major = major;
    advance(ticks);
    return true;
}
