/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_life.c - one person's way, or one vehicle's, through the mission.
 */
#include <math.h>
#include <string.h>

#include "cli/explain.h"

/* Tell the events marked in `only` as a story of their own. */
static void
tell_only(struct iss_explain *self, const bool *only)
{
    struct iss_story *story = &self->story;

    iss_account_section(&self->account, "story", "The story");
    if (only == NULL) {
        self->account.broken = true;
        return;
    }
    memset(story->told, 0, (size_t)iss_story_events(story) * sizeof *story->told);
    iss_story_state(story, 0, &story->crew, &story->unsafe);
    story->only = only;
    story->cargo = true;
    iss_story_tell_all(story);
    story->only = NULL;
}

static bool *
mark_events(struct iss_explain *self)
{
    size_t count = (size_t)iss_story_events(&self->story);
    return iss_arena_array(&self->account.arena, count + 1, sizeof(bool));
}

/* "a safe seat in Soyuz MS-22": the seat of one interval. */
static void
say_seat(struct iss_explain *self, size_t row)
{
    struct iss_outcome *outcome = self->outcome;
    int32_t flight = iss_at(outcome, seat_intervals, flight, id)[row];
    bool safe = iss_at(outcome, seat_intervals, safe, flag)[row];
    bool improvised =
        iss_at(outcome, seat_intervals, kind, code)[row] == ISS_SEAT_EMERGENCY;

    if (flight < 0) {
        iss_story_say(&self->story, "no seat");
        return;
    }
    iss_story_say(&self->story, "%s in %s%s",
                  safe && !improvised ? "a safe seat"
                  : improvised        ? "an improvised place"
                                      : "a seat",
                  iss_story_flight(&self->story, flight),
                  !safe        ? " (damaged: for an emergency only)"
                  : improvised ? " (sound)"
                               : "");
}

static void
say_until(struct iss_explain *self, int64_t start_us, int64_t end_us)
{
    char date[32], days[32];
    int64_t to_us = end_us;

    if (end_us == ISS_NO_TIME) {
        to_us =
            iss_story_event(&self->story, iss_story_events(&self->story) - 1).time_us;
        iss_story_say(&self->story, ", still at the end");
    } else {
        iss_story_say(&self->story, " until %s",
                      iss_story_date(&self->story, end_us, date));
    }
    iss_story_say(&self->story, " (%s)",
                  iss_words_days(iss_days_from_us(to_us - start_us), days));
}

/* ---- a person ------------------------------------------------------------------ */

static void
tell_stays(struct iss_explain *self, int32_t person)
{
    struct iss_outcome *outcome = self->outcome;
    struct iss_story *story = &self->story;

    iss_account_section(&self->account, "stays", "In space");
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int64_t launch_us = iss_at(outcome, crew, launch, time)[i];
        int64_t arrive_us = iss_at(outcome, crew, arrive, time)[i];
        int64_t land_us = iss_at(outcome, crew, land, time)[i];
        int32_t up = iss_at(outcome, crew, flight_up, id)[i];
        int32_t down = iss_at(outcome, crew, flight_down, id)[i];
        char days[32], date[32];
        if (iss_at(outcome, crew, person, id)[i] != person) {
            continue;
        }
        iss_explain_open(self);
        iss_story_say(story, "up with %s", iss_story_flight(story, up));
        if (iss_at(outcome, crew, visiting, flag)[i]) {
            iss_story_say(story, " as a visitor");
        }
        if (land_us != ISS_NO_TIME && down < 0) {
            /* On the way up, or by medical.returns = "alone". */
            iss_story_say(story, arrive_us == ISS_NO_TIME
                                     ? ", whose launch failed"
                                     : ", gone without a vehicle on ");
            if (arrive_us != ISS_NO_TIME) {
                iss_story_say(story, "%s", iss_story_date(story, land_us, date));
            }
        } else if (land_us != ISS_NO_TIME) {
            iss_story_say(story, ", down with %s on %s", iss_story_flight(story, down),
                          iss_story_date(story, land_us, date));
        } else if (!iss_at(outcome, crew, lost, flag)[i]) {
            iss_story_say(story, ", still there at the end");
        }
        iss_story_say(story, "%s: %s in space.",
                      iss_at(outcome, crew, lost, flag)[i] ? ", and died" : "",
                      iss_words_days(iss_at(outcome, crew, days_total, real)[i], days));
        iss_explain_close(self, launch_us, land_us, -1, NAN);
    }
}

static void
tell_seats_of(struct iss_explain *self, int32_t person)
{
    struct iss_outcome *outcome = self->outcome;

    iss_account_section(&self->account, "seats", "The way home");
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        int64_t start_us = iss_at(outcome, seat_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, seat_intervals, end, time)[i];
        int32_t flight = iss_at(outcome, seat_intervals, flight, id)[i];
        if (iss_at(outcome, seat_intervals, person, id)[i] != person) {
            continue;
        }
        iss_explain_open(self);
        say_seat(self, i);
        say_until(self, start_us, end_us);
        iss_story_say(&self->story, ".");
        iss_explain_close(
            self, start_us, end_us,
            start_us > 0 ? iss_explain_turn(self, start_us, person, flight) : -1, NAN);
    }
}

/* When the person was outside, or helped from inside. */
static void
tell_spacewalks_of(struct iss_explain *self, int32_t person)
{
    struct iss_outcome *outcome = self->outcome;

    iss_account_section(&self->account, "spacewalks", "Spacewalks");
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_spacewalks].rows; i++) {
        int64_t start_us = iss_at(outcome, spacewalks, start, time)[i];
        int64_t end_us = iss_at(outcome, spacewalks, end, time)[i];
        int32_t unit = iss_at(outcome, spacewalks, unit, id)[i];
        if (iss_at(outcome, spacewalks, person, id)[i] != person) {
            continue;
        }
        iss_explain_open(self);
        iss_story_say(
            &self->story, "%s for %.1f hours: %s",
            iss_at(outcome, spacewalks, inside, code)[i] ? "Helps from inside"
                                                         : "Outside",
            iss_days_from_us(end_us - start_us) * 24,
            iss_at(outcome, evas, name, text)[iss_at(outcome, spacewalks, eva, id)[i]]);
        if (unit >= 0) {
            iss_story_say(&self->story, ", repair of %s",
                          iss_at(outcome, units, name, text)[unit]);
        }
        iss_story_say(&self->story, ".");
        iss_explain_close(self, start_us, end_us, -1, NAN);
    }
}

/* Whether the person is on the way up or down in `flight` at that moment, or has a seat
 * in it. */
static bool
rides(const struct iss_explain *self, int32_t person, int32_t flight, int64_t time_us)
{
    struct iss_outcome *outcome = self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int64_t launch_us = iss_at(outcome, crew, launch, time)[i];
        int64_t arrive_us = iss_at(outcome, crew, arrive, time)[i];
        int64_t leave_us = iss_at(outcome, crew, leave, time)[i];
        if (iss_at(outcome, crew, person, id)[i] != person) {
            continue;
        }
        if (iss_at(outcome, crew, flight_up, id)[i] == flight && time_us >= launch_us &&
            (arrive_us == ISS_NO_TIME || time_us <= arrive_us)) {
            return true;
        }
        if (iss_at(outcome, crew, flight_down, id)[i] == flight &&
            leave_us != ISS_NO_TIME && time_us >= leave_us) {
            return true;
        }
    }
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        int64_t end_us = iss_at(outcome, seat_intervals, end, time)[i];
        if (iss_at(outcome, seat_intervals, person, id)[i] == person &&
            iss_at(outcome, seat_intervals, flight, id)[i] == flight &&
            iss_at(outcome, seat_intervals, start, time)[i] <= time_us &&
            (end_us == ISS_NO_TIME || time_us <= end_us)) {
            return true;
        }
    }
    return false;
}

void
iss_explain_person(struct iss_explain *self, int32_t person)
{
    struct iss_outcome *outcome = self->outcome;
    const char *agency = iss_at(outcome, people, agency, text)[person];
    bool *only = mark_events(self);

    iss_account_answer(&self->account, "%s%s%s, trained to run the segment %s.",
                       iss_at(outcome, people, name, text)[person],
                       *agency != '\0' ? ", " : "", agency,
                       iss_at(outcome, people, segment, text)[person]);
    tell_stays(self, person);
    tell_seats_of(self, person);
    tell_spacewalks_of(self, person);
    for (int32_t i = 0; only != NULL && i < iss_story_events(&self->story); i++) {
        struct iss_happening event = iss_story_event(&self->story, i);
        only[i] =
            event.person == person ||
            (event.person < 0 &&
             ((event.flight >= 0 && rides(self, person, event.flight, event.time_us)) ||
              (event.other >= 0 && rides(self, person, event.other, event.time_us))));
    }
    tell_only(self, only);
}

/* ---- a flight ------------------------------------------------------------------ */

static void
tell_ports_of(struct iss_explain *self, int32_t flight)
{
    struct iss_outcome *outcome = self->outcome;

    iss_account_section(&self->account, "ports", "At the station");
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_port_intervals].rows; i++) {
        int64_t start_us = iss_at(outcome, port_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, port_intervals, end, time)[i];
        int64_t docked_us = iss_at(outcome, flights, dock, time)[flight];
        if (iss_at(outcome, port_intervals, flight, id)[i] != flight) {
            continue;
        }
        if (start_us == 0 && docked_us != ISS_NO_TIME) {
            start_us = docked_us;
        }
        iss_explain_open(self);
        iss_story_say(
            &self->story, "%s",
            iss_story_port(&self->story, iss_at(outcome, port_intervals, port, id)[i]));
        say_until(self, start_us, end_us);
        iss_story_say(&self->story, ".");
        iss_explain_close(
            self, start_us, end_us,
            start_us > 0 ? iss_explain_turn(self, start_us, -1, flight) : -1, NAN);
    }
}

/* Whose way home it was. */
static void
tell_people_of(struct iss_explain *self, int32_t flight)
{
    struct iss_outcome *outcome = self->outcome;
    struct iss_story *story = &self->story;

    iss_account_section(&self->account, "seats", "Whose way home it is");
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        int64_t start_us = iss_at(outcome, seat_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, seat_intervals, end, time)[i];
        int32_t person = iss_at(outcome, seat_intervals, person, id)[i];
        if (iss_at(outcome, seat_intervals, flight, id)[i] != flight) {
            continue;
        }
        iss_explain_open(self);
        story->people.count = 1;
        story->people.at[0] = person;
        iss_story_say_people(story, &story->people);
        iss_story_say(story, ": ");
        say_seat(self, i);
        say_until(self, start_us, end_us);
        iss_story_say(story, ".");
        iss_explain_close(
            self, start_us, end_us,
            start_us > 0 ? iss_explain_turn(self, start_us, person, flight) : -1, NAN);
    }
}

/* "A Soyuz, planned for 2022-12-01, launched on ...; landed." */
static void
answer_flight(struct iss_explain *self, int32_t flight)
{
    struct iss_outcome *outcome = self->outcome;
    struct iss_story *story = &self->story;
    int32_t type = iss_at(outcome, flights, vehicle, id)[flight];
    int64_t planned_us = iss_at(outcome, flights, launch_planned, time)[flight];
    int64_t launch_us = iss_at(outcome, flights, launch, time)[flight];
    int32_t replaced = iss_at(outcome, flights, replaces, id)[flight];
    char planned[64] = "", launch[64] = "not launched", other[96] = "", date[32];

    if (planned_us != ISS_NO_TIME) {
        snprintf(planned, sizeof planned, ", planned for %s",
                 iss_story_date(story, planned_us, date));
    }
    if (launch_us != ISS_NO_TIME) {
        snprintf(launch, sizeof launch, "launched on %s",
                 iss_story_date(story, launch_us, date));
    }
    if (replaced >= 0) {
        snprintf(other, sizeof other, ", sent to replace %.64s",
                 iss_story_flight(story, replaced));
    }
    iss_account_answer(
        &self->account, "%s (%s)%s, %s%s.", iss_story_flight(story, flight),
        iss_at(outcome, vehicles, name, text)[type], planned, launch, other);
}

void
iss_explain_flight(struct iss_explain *self, int32_t flight)
{
    bool *only = mark_events(self);

    answer_flight(self, flight);
    tell_ports_of(self, flight);
    tell_people_of(self, flight);
    for (int32_t i = 0; only != NULL && i < iss_story_events(&self->story); i++) {
        struct iss_happening event = iss_story_event(&self->story, i);
        only[i] = event.flight == flight || event.other == flight;
    }
    tell_only(self, only);
}
