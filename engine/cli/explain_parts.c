/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_parts.c - the ways of explain.def: each walks a table of the file and adds
 * the rows that count.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/explain_why.h"

int64_t
iss_why_end_or(const struct iss_why *why, int64_t time_us)
{
    return time_us == ISS_NO_TIME || time_us > why->end_us ? why->end_us : time_us;
}

void
iss_why_add(struct iss_why *why, int64_t from_us, int64_t until_us, int32_t event,
            double amount)
{
    why->sum += amount;
    why->parts++;
    iss_explain_close(why->self, from_us, until_us, event, amount);
}

void
iss_why_say_until(struct iss_why *why, int64_t end_us)
{
    char date[32];

    if (end_us == ISS_NO_TIME || end_us >= why->end_us) {
        iss_story_say(&why->self->story, ", to the end");
    } else {
        iss_story_say(&why->self->story, ", until %s",
                      iss_story_date(&why->self->story, end_us, date));
    }
}

static void
say_person(struct iss_why *why, int32_t person)
{
    why->self->story.people.count = 1;
    why->self->story.people.at[0] = person;
    iss_story_say_people(&why->self->story, &why->self->story.people);
}

/* ---- seats --------------------------------------------------------------------- */

static bool
counts(const struct iss_why *why, size_t row, enum iss_why_seats which)
{
    struct iss_outcome *outcome = why->self->outcome;
    bool safe = iss_at(outcome, seat_intervals, safe, flag)[row];
    int32_t flight = iss_at(outcome, seat_intervals, flight, id)[row];
    uint8_t kind = iss_at(outcome, seat_intervals, kind, code)[row];

    switch (which) {
    case ISS_WHY_ANYHOW:
        break;
    case ISS_WHY_UNSAFE:
        return !safe;
    case ISS_WHY_EMERGENCY:
        return !safe && flight >= 0 &&
               iss_at(outcome, flights, condition, code)[flight] == ISS_EMERGENCY_ONLY;
    case ISS_WHY_IMPROVISED:
        return safe && kind == ISS_SEAT_EMERGENCY;
    }
    return true;
}

/* "in Soyuz MS-22, until 2023-01-07: Rubio's seat moves ...": what ended it follows. */
static void
say_seat(struct iss_why *why, size_t row, int64_t end_us)
{
    struct iss_outcome *outcome = why->self->outcome;
    struct iss_story *story = &why->self->story;
    int32_t flight = iss_at(outcome, seat_intervals, flight, id)[row];

    if (flight < 0) {
        iss_story_say(story, " without a seat");
    } else {
        iss_story_say(story, " in %s", iss_story_flight(story, flight));
    }
    iss_why_say_until(why, end_us);
}

void
iss_why_seats(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        int64_t start_us = iss_at(outcome, seat_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, seat_intervals, end, time)[i];
        int32_t person = iss_at(outcome, seat_intervals, person, id)[i];
        int32_t flight = iss_at(outcome, seat_intervals, flight, id)[i];
        if (!counts(why, i, (enum iss_why_seats)which)) {
            continue;
        }
        int32_t turn =
            start_us > 0 ? iss_explain_turn(why->self, start_us, person, flight) : -1;
        iss_explain_open(why->self);
        say_person(why, person);
        say_seat(why, i, end_us);
        if (end_us != ISS_NO_TIME) {
            int32_t last = iss_explain_turn(why->self, end_us, person, flight);
            iss_story_say(&why->self->story, last < 0 ? "." : " (#%d).", (int)last);
        } else {
            iss_story_say(&why->self->story, ".");
        }
        iss_why_add(why, start_us, end_us, turn,
                    iss_days_from_us(iss_why_end_or(why, end_us) - start_us));
    }
}

/* ---- the state over time ------------------------------------------------------- */

/* What happened at that moment, if anything is told of it. */
static int32_t
event_at(const struct iss_why *why, int64_t time_us)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.time_us == time_us && !iss_story_is_quiet(event.kind) &&
            event.kind != ISS_EVENT_FORECAST_BEGINS) {
            return i;
        }
    }
    return -1;
}

/* Whether in row `i` of the state the column has `value`, and people are aboard. */
static bool
level_is(struct iss_outcome *outcome, enum iss_column_id column, size_t i,
         int64_t value)
{
    return iss_tables_column(outcome, column)->data.count[i] == value &&
           (column != ISS_COLUMN_state_seats_safe ||
            iss_at(outcome, state, crew, count)[i] > 0);
}

int64_t
iss_why_station_end(const struct iss_why *why)
{
    const struct iss_story *story = &why->self->story;
    int32_t row = iss_story_next(story, -1, ISS_EVENT_STATION_DEORBITED, -1);

    if (row < 0) {
        row = iss_story_next(story, -1, ISS_EVENT_STATION_LOST, -1);
    }
    return row < 0 ? why->end_us : iss_story_event(story, row).time_us;
}

/* Intervals in which the column has `value`; with amounts when they count as days. Safe
 * seats are asked for only while people are aboard. */
static void
add_level(struct iss_why *why, enum iss_column_id column, int64_t value, bool in_days)
{
    struct iss_outcome *outcome = why->self->outcome;
    size_t rows = outcome->tables[ISS_TABLE_state].rows;

    for (size_t i = 0; i < rows; i++) {
        if (!level_is(outcome, column, i, value) ||
            (i > 0 && level_is(outcome, column, i - 1, value))) {
            continue;
        }
        size_t after = i;
        while (after < rows && level_is(outcome, column, after, value)) {
            after++;
        }
        int64_t start_us = iss_at(outcome, state, time, time)[i];
        int64_t end_us =
            after < rows ? iss_at(outcome, state, time, time)[after] : ISS_NO_TIME;
        if (in_days && iss_why_station_end(why) < iss_why_end_or(why, end_us)) {
            end_us = iss_why_station_end(why);
        }
        int64_t length_us = iss_why_end_or(why, end_us) - start_us;
        char days[32];
        if (length_us <= 0 && in_days) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "for %s",
                      iss_words_days(iss_days_from_us(length_us), days));
        iss_why_say_until(why, end_us);
        iss_story_say(&why->self->story, ".");
        iss_why_add(why, start_us, end_us, event_at(why, start_us),
                    in_days ? iss_days_from_us(length_us) : NAN);
    }
}

void
iss_why_level(struct iss_why *why, int which)
{
    add_level(why, (enum iss_column_id)which, (int64_t)why->value, false);
}

void
iss_why_none(struct iss_why *why, int which)
{
    add_level(why, (enum iss_column_id)which, 0, true);
}

/* ---- residents ----------------------------------------------------------------- */

/* Residents aboard from `time_us` on, trained for why->segment if there is one. */
static int32_t
residents(const struct iss_why *why, int64_t time_us)
{
    struct iss_outcome *outcome = why->self->outcome;
    int32_t count = 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int32_t person = iss_at(outcome, crew, person, id)[i];
        int64_t arrive_us = iss_at(outcome, crew, arrive, time)[i];
        const char *trained = iss_at(outcome, people, segment, text)[person];
        size_t length = strlen(trained);
        bool counted =
            why->segment == NULL || (strncasecmp(trained, why->segment, length) == 0 &&
                                     strcmp(why->segment + length, "_d") == 0);
        count += counted && !iss_at(outcome, crew, visiting, flag)[i] &&
                 arrive_us != ISS_NO_TIME &&
                 iss_explain_covers(arrive_us, iss_at(outcome, crew, leave, time)[i],
                                    time_us);
    }
    return count;
}

/* Intervals with fewer residents than `least`: their days, told if wanted. */
static double
add_shortage(struct iss_why *why, int32_t least, bool told)
{
    struct iss_outcome *outcome = why->self->outcome;
    size_t rows = outcome->tables[ISS_TABLE_state].rows;
    double sum = 0;

    for (size_t i = 0; i < rows; i++) {
        int64_t start_us = iss_at(outcome, state, time, time)[i];
        if (residents(why, start_us) >= least) {
            continue;
        }
        while (i + 1 < rows &&
               residents(why, iss_at(outcome, state, time, time)[i + 1]) < least) {
            i++;
        }
        int64_t end_us =
            i + 1 < rows ? iss_at(outcome, state, time, time)[i + 1] : why->end_us;
        end_us = end_us < iss_why_station_end(why) ? end_us : iss_why_station_end(why);
        if (end_us <= start_us) {
            continue;
        }
        sum += iss_days_from_us(end_us - start_us);
        if (told) {
            iss_explain_open(why->self);
            iss_story_say(&why->self->story,
                          why->segment ? "nobody trained for it"
                                       : "fewer than %d residents",
                          (int)least);
            iss_why_say_until(why, end_us);
            iss_story_say(&why->self->story, ".");
            iss_why_add(why, start_us, end_us, event_at(why, start_us),
                        iss_days_from_us(end_us - start_us));
        }
    }
    return sum;
}

void
iss_why_unstaffed(struct iss_why *why, int which)
{
    (void)which;
    (void)add_shortage(why, 1, true);
}

/* station.min_crew isn't in the tables, but only one number of residents gives the
 * days. */
void
iss_why_below_crew(struct iss_why *why, int which)
{
    int32_t most = (int32_t)why->self->outcome->tables[ISS_TABLE_people].rows + 1;

    (void)which;
    for (int32_t least = 1; why->value > 0 && least <= most; least++) {
        if (fabs(add_shortage(why, least, false) - why->value) < 1e-6) {
            (void)add_shortage(why, least, true);
            return;
        }
    }
}

/* ---- stays --------------------------------------------------------------------- */

void
iss_why_longest(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    const double *days =
        iss_tables_column(outcome, (enum iss_column_id)which)->data.real;
    bool docked = which == ISS_COLUMN_crew_days_aboard;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int64_t from_us = docked ? iss_at(outcome, crew, arrive, time)[i]
                                 : iss_at(outcome, crew, launch, time)[i];
        int64_t to_us = docked ? iss_at(outcome, crew, leave, time)[i]
                               : iss_at(outcome, crew, land, time)[i];
        if (!(fabs(days[i] - why->value) < 1e-9) || why->parts > 0) {
            continue;
        }
        iss_explain_open(why->self);
        say_person(why, iss_at(outcome, crew, person, id)[i]);
        iss_story_say(&why->self->story, ", up with %s",
                      iss_story_flight(&why->self->story,
                                       iss_at(outcome, crew, flight_up, id)[i]));
        if (to_us != ISS_NO_TIME) {
            iss_story_say(&why->self->story, ", down with %s",
                          iss_story_flight(&why->self->story,
                                           iss_at(outcome, crew, flight_down, id)[i]));
        }
        iss_why_say_until(why, to_us);
        iss_story_say(&why->self->story, ".");
        iss_why_add(why, from_us, to_us, -1, days[i]);
    }
}

/* ---- events -------------------------------------------------------------------- */

void
iss_why_add_event(struct iss_why *why, const struct iss_happening *event, double amount)
{
    struct iss_story *story = &why->self->story;

    iss_explain_open(why->self);
    if (event->kind == ISS_EVENT_EXPEDITION_BEGINS) {
        iss_story_say(story, "Expedition %.0f, commanded by ", event->value);
    }
    if (event->person >= 0) {
        say_person(why, event->person);
        iss_story_say(story, event->flight >= 0 ? ", " : "");
    }
    if (event->illness >= 0 && event->person >= 0) {
        iss_story_say(story, ": %s",
                      iss_at(story->outcome, conditions, name, text)[event->illness]);
    }
    iss_story_say(story, "%s.",
                  event->flight >= 0   ? iss_story_flight(story, event->flight)
                  : event->family >= 0 ? iss_story_family(story, event->family)
                  : event->eva >= 0
                      ? iss_at(story->outcome, evas, name, text)[event->eva]
                  : event->programme >= 0
                      ? iss_at(story->outcome, programme, name, text)[event->programme]
                  : event->person >= 0 ? ""
                                       : "The station");
    iss_why_add(why, event->time_us, event->time_us, event->row, amount);
}

void
iss_why_events(struct iss_why *why, int which)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if ((int)event.kind == which) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* A mission that couldn't end is late until the horizon. */
void
iss_why_end_delay(struct iss_why *why, int which)
{
    struct iss_happening waits = {.row = -1};

    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_MISSION_OVER) {
            iss_why_add_event(why, &event, event.value);
            return;
        }
        if (event.kind == ISS_EVENT_END_WAITS) {
            waits = event;
        }
    }
    if (waits.row >= 0 && !isnan(why->value)) {
        iss_why_add_event(why, &waits, why->value);
    }
}

/* Hours of spacewalks. */
void
iss_why_eva_hours(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_EVA_BEGINS) {
            iss_why_add_event(why, &event, event.value);
        }
    }
}

void
iss_why_unsafe_vehicles(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_VEHICLE_UNSAFE &&
            iss_story_is_crewed(&why->self->story, event.flight)) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* Whether the outage had begun before, and isn't over. */
static bool
is_prolonged(const struct iss_why *why, const struct iss_happening *event)
{
    enum iss_event_kind end = iss_story_outage_end(event->kind);
    bool out = false;

    for (int32_t i = 0; i < event->row; i++) {
        struct iss_happening past = iss_story_event(&why->self->story, i);
        bool same = past.rocket == event->rocket && past.port == event->port &&
                    past.pad == event->pad;
        if (same && past.kind == event->kind) {
            out = true;
        } else if (same && past.kind == end) {
            out = false;
        }
    }
    return out;
}

/* Whether the failure took effect when the event says so. */
void
iss_why_failures(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_FAILURE_OCCURS &&
            iss_story_has_struck(&why->self->story, &event)) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* From the beginning of an outage to its end; one that is prolonged is one. */
void
iss_why_outages(struct iss_why *why, int which)
{
    struct iss_story *story = &why->self->story;

    why->end_us = iss_why_station_end(why);
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != (enum iss_event_kind)which || event.time_us >= why->end_us ||
            is_prolonged(why, &event)) {
            continue;
        }
        int32_t end =
            iss_story_next_alike(story, &event, iss_story_outage_end(event.kind));
        int64_t end_us = end < 0 ? ISS_NO_TIME : iss_story_event(story, end).time_us;
        iss_explain_open(why->self);
        iss_story_say(story, "%s",
                      event.rocket >= 0 ? iss_story_rocket(story, event.rocket)
                      : event.pad >= 0  ? iss_story_pad(story, event.pad)
                                        : iss_story_port(story, event.port));
        iss_why_say_until(why, end_us);
        iss_story_say(story, end < 0 ? "." : " (#%d).", (int)end);
        iss_why_add(why, event.time_us, end_us, i,
                    iss_days_from_us(iss_why_end_or(why, end_us) - event.time_us));
    }
}

void
iss_why_at_risk(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_UNDOCKED && event.value > 0) {
            int32_t damage = iss_explain_damage(why->self, event.flight);
            if (damage >= 0 && damage < i) {
                iss_why_add_event(why, &event, event.value);
            }
        }
    }
}
