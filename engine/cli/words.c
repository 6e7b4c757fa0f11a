/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words.c - names, lists, days: how the story's numbers are said.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/story.h"

/* ---- things -------------------------------------------------------------------- */

const char *
iss_story_flight(const struct iss_story *story, int32_t flight)
{
    return flight < 0 ? "another vehicle"
                      : iss_at(story->outcome, flights, name, text)[flight];
}

const char *
iss_story_port(const struct iss_story *story, int32_t port)
{
    return iss_at(story->outcome, ports, name, text)[port];
}

const char *
iss_story_rocket(const struct iss_story *story, int32_t rocket)
{
    return iss_at(story->outcome, launch_systems, name, text)[rocket];
}

const char *
iss_story_family(const struct iss_story *story, int32_t family)
{
    return iss_at(story->outcome, families, name, text)[family];
}

const char *
iss_story_pad(const struct iss_story *story, int32_t pad)
{
    return iss_at(story->outcome, pads, name, text)[pad];
}

const char *
iss_story_resource(const struct iss_story *story, int32_t resource)
{
    return iss_at(story->outcome, resources, name, text)[resource];
}

bool
iss_story_is_crewed(const struct iss_story *story, int32_t flight)
{
    return flight >= 0 &&
           iss_at(story->outcome, flights, kind, code)[flight] == ISS_ROLE_CREW;
}

int32_t
iss_story_port_at(const struct iss_story *story, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_port_intervals].rows;
    int32_t port = -1;

    for (size_t i = 0; i < rows; i++) {
        if (iss_at(outcome, port_intervals, flight, id)[i] == flight &&
            (iss_at(outcome, port_intervals, start, time)[i] < time_us || port < 0)) {
            port = iss_at(outcome, port_intervals, port, id)[i];
        }
    }
    return port;
}

bool
iss_story_is_docked(const struct iss_story *story, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_port_intervals].rows;

    for (size_t i = 0; i < rows; i++) {
        int64_t end_us = iss_at(outcome, port_intervals, end, time)[i];
        if (iss_at(outcome, port_intervals, flight, id)[i] == flight &&
            iss_at(outcome, port_intervals, start, time)[i] <= time_us &&
            (end_us == ISS_NO_TIME || end_us > time_us)) {
            return true;
        }
    }
    return false;
}

uint8_t
iss_story_condition(const struct iss_story *story, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    uint8_t condition = ISS_SOUND;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_failures].rows; i++) {
        if (iss_at(outcome, failures, flight, id)[i] == flight &&
            iss_at(outcome, failures, occurs, time)[i] <= time_us) {
            uint8_t left = iss_at(outcome, failures, condition, code)[i];
            condition = left > condition ? left : condition;
        }
    }
    return condition;
}

void
iss_story_state(const struct iss_story *story, int64_t time_us, int64_t *crew,
                int64_t *unsafe)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_state].rows, at = 0;

    *crew = *unsafe = 0;
    while (at < rows && iss_at(outcome, state, time, time)[at] <= time_us) {
        *crew = iss_at(outcome, state, crew, count)[at];
        *unsafe = iss_at(outcome, state, unsafe, count)[at];
        at++;
    }
}

/* ---- people -------------------------------------------------------------------- */

/* Where the surname begins: at the last word, or at what belongs to it, as in "Frank De
 * Winne"; NULL when there is but one word. */
static const char *
surname(const char *name)
{
    static const char *const parts[] = {"Al", "De", "Van", "Vande", "Von"};
    const char *at = strrchr(name, ' ');

    if (at == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = strlen(parts[i]);
        const char *before = at - length;
        if (before > name && before[-1] == ' ' &&
            strncasecmp(before, parts[i], length) == 0) {
            return before;
        }
    }
    return at + 1;
}

/* The surname, where it looks like one and is one person's only; else the whole name.
 */
static const char *
short_name(const struct iss_story *story, int32_t person)
{
    struct iss_outcome *outcome = story->outcome;
    const char *name = iss_at(outcome, people, name, text)[person];
    const char *last = surname(name);

    if (last == NULL || (*last >= 'a' && *last <= 'z') || *last == '\0') {
        return name;
    }
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_people].rows; i++) {
        const char *other = iss_at(outcome, people, name, text)[i];
        const char *theirs = surname(other);
        if ((int32_t)i != person && strcmp(theirs ? theirs : other, last) == 0) {
            return name;
        }
    }
    return last;
}

/* The flight for which a rule of the cadence has made the person; -1 for anybody else.
 * The id of such a person is the flight's with a number behind. */
static int32_t
made_for(const struct iss_story *story, int32_t person)
{
    struct iss_outcome *outcome = story->outcome;
    const char *id = iss_at(outcome, people, id, text)[person];
    const char *end = strrchr(id, '/');
    size_t length = end != NULL ? (size_t)(end - id) : 0;

    for (size_t i = 0; length > 0 && i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        const char *flight = iss_at(outcome, flights, id, text)[i];
        if (strncmp(flight, id, length) == 0 && flight[length] == '\0') {
            return (int32_t)i;
        }
    }
    return -1;
}

bool
iss_story_is_made_for(const struct iss_story *story,
                      const struct iss_people_list *people, int32_t flight)
{
    return people->count > 0 && made_for(story, people->at[0]) == flight;
}

/* How many of a list, from `at` on, are told in one breath: a crew without names. */
static int32_t
told_together(const struct iss_story *story, const struct iss_people_list *people,
              int32_t at)
{
    int32_t flight = made_for(story, people->at[at]), count = 1;

    while (flight >= 0 && at + count < people->count &&
           made_for(story, people->at[at + count]) == flight) {
        count++;
    }
    return count;
}

void
iss_story_say_people(struct iss_story *story, const struct iss_people_list *people)
{
    int32_t count;

    for (int32_t i = 0; i < people->count; i += count) {
        int32_t person = people->at[i];
        count = told_together(story, people, i);
        iss_story_say(story, "%s",
                      i == 0                       ? ""
                      : i + count == people->count ? " and "
                                                   : ", ");
        if (count > 1) {
            iss_story_say(story, "%s's %d people",
                          iss_story_flight(story, made_for(story, person)), (int)count);
            continue;
        }
        iss_story_say(story, "%s",
                      story->named[person]
                          ? short_name(story, person)
                          : iss_at(story->outcome, people, name, text)[person]);
        story->named[person] = true;
    }
}

const struct iss_people_list *
iss_story_went_up(struct iss_story *story, int32_t flight, int64_t launch_us)
{
    struct iss_outcome *outcome = story->outcome;

    story->people.count = 0;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        if (iss_at(outcome, crew, flight_up, id)[i] == flight &&
            iss_at(outcome, crew, launch, time)[i] == launch_us) {
            story->people.at[story->people.count++] =
                iss_at(outcome, crew, person, id)[i];
        }
    }
    return &story->people;
}

const struct iss_people_list *
iss_story_went_down(struct iss_story *story, int32_t flight)
{
    struct iss_outcome *outcome = story->outcome;

    story->people.count = 0;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        if (iss_at(outcome, crew, flight_down, id)[i] == flight &&
            iss_at(outcome, crew, leave, time)[i] != ISS_NO_TIME) {
            story->people.at[story->people.count++] =
                iss_at(outcome, crew, person, id)[i];
        }
    }
    return &story->people;
}

/* Whether the person held a safe seat in the flight up to `time_us`: by the first of
 * the intervals that end then, as a moment may see several changes. */
static bool
was_safe(const struct iss_story *story, int32_t person, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_seat_intervals].rows;

    for (size_t i = 0; i < rows; i++) {
        if (iss_at(outcome, seat_intervals, person, id)[i] == person &&
            iss_at(outcome, seat_intervals, end, time)[i] == time_us) {
            return iss_at(outcome, seat_intervals, safe, flag)[i] &&
                   iss_at(outcome, seat_intervals, flight, id)[i] == flight;
        }
    }
    return false;
}

/* Whether interval `row` covers `time_us`, its end not included. */
static bool
covers(const struct iss_story *story, size_t row, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    int64_t end = iss_at(outcome, seat_intervals, end, time)[row];
    return iss_at(outcome, seat_intervals, start, time)[row] <= time_us &&
           (end == ISS_NO_TIME || end > time_us);
}

const struct iss_people_list *
iss_story_lost_seats(struct iss_story *story, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_seat_intervals].rows;

    story->people.count = 0;
    for (size_t i = 0; i < rows; i++) {
        int32_t person = iss_at(outcome, seat_intervals, person, id)[i];
        if (covers(story, i, time_us) &&
            !iss_at(outcome, seat_intervals, safe, flag)[i] &&
            was_safe(story, person, flight, time_us)) {
            story->people.at[story->people.count++] = person;
        }
    }
    return &story->people;
}

const struct iss_people_list *
iss_story_seated(struct iss_story *story, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_seat_intervals].rows;

    story->people.count = 0;
    for (size_t i = 0; i < rows; i++) {
        if (covers(story, i, time_us) &&
            iss_at(outcome, seat_intervals, flight, id)[i] == flight) {
            story->people.at[story->people.count++] =
                iss_at(outcome, seat_intervals, person, id)[i];
        }
    }
    return &story->people;
}

bool
iss_story_is_aboard(const struct iss_story *story, int32_t person, int64_t time_us,
                    int32_t *seat)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_seat_intervals].rows;

    for (size_t i = 0; i < rows; i++) {
        if (covers(story, i, time_us) &&
            iss_at(outcome, seat_intervals, person, id)[i] == person) {
            *seat = iss_at(outcome, seat_intervals, flight, id)[i];
            return true;
        }
    }
    return false;
}

/* ---- times and numbers --------------------------------------------------------- */

char *
iss_story_date(const struct iss_story *story, int64_t time_us, char buffer[32])
{
    return iss_civil_format(story->epoch_us + time_us, ISS_CIVIL_DATE, buffer);
}

static const char *
ordinal_ending(long day)
{
    if (day / 10 == 1) {
        return "th";
    }
    return day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th";
}

void
iss_story_say_day(struct iss_story *story, int64_t time_us)
{
    char date[32], from[32];

    iss_story_date(story, time_us, date);
    iss_story_date(story, story->from_us, from);
    if (strcmp(date, from) == 0) {
        return;
    }
    if (strncmp(date, from, sizeof "2023-03") == 0) {
        long day = strtol(date + sizeof "2023-03", NULL, 10);
        iss_story_say(story, " on the %ld%s", day, ordinal_ending(day));
    } else {
        iss_story_say(story, " on %s", date);
    }
}

char *
iss_words_within(const char *name, char buffer[128])
{
    bool article = strncmp(name, "The ", 4) == 0;

    snprintf(buffer, 128, "%s%s", article ? "t" : "", name + article);
    return buffer;
}

char *
iss_words_days(double days, char buffer[32])
{
    double number = days < 1 ? round(days * 24) : round(days);
    snprintf(buffer, 32, "%.0f %s%s", number, days < 1 ? "hour" : "day",
             number == 1 ? "" : "s");
    return buffer;
}

char *
iss_words_count(int64_t people, char buffer[32])
{
    if (people == 0) {
        snprintf(buffer, 32, "nobody");
    } else {
        snprintf(buffer, 32, "%" PRId64 " %s", people,
                 people == 1 ? "person" : "people");
    }
    return buffer;
}
