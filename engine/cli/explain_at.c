/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_at.c - the station at one moment: who is aboard, on which seats and why as
 * many, why some of them aren't safe and until when, what is docked, what is under way.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cli/explain.h"

struct moment {
    struct iss_explain *self;
    struct iss_outcome *outcome;
    struct iss_story *story;
    int64_t time_us;
};

static void
close_line(const struct moment *at, int64_t from_us, int64_t until_us, int32_t event)
{
    iss_explain_close(at->self, from_us, until_us, event, NAN);
}

static void
say_berth(const struct moment *at, int32_t flight)
{
    int32_t port = iss_story_port_at(at->story, flight, at->time_us);

    iss_story_say(at->story, "%s", iss_story_flight(at->story, flight));
    if (port >= 0) {
        iss_story_say(at->story, " (at %s)", iss_story_port(at->story, port));
    }
}

/* ---- seats --------------------------------------------------------------------- */

static bool
is_seated(const struct moment *at, size_t row)
{
    struct iss_outcome *outcome = at->outcome;
    return iss_explain_covers(iss_at(outcome, seat_intervals, start, time)[row],
                              iss_at(outcome, seat_intervals, end, time)[row],
                              at->time_us);
}

/* Whether two people's seats are told in one line. */
static bool
alike(const struct moment *at, size_t a, size_t b)
{
    struct iss_outcome *outcome = at->outcome;
    return iss_at(outcome, seat_intervals, flight, id)[a] ==
               iss_at(outcome, seat_intervals, flight, id)[b] &&
           iss_at(outcome, seat_intervals, kind, code)[a] ==
               iss_at(outcome, seat_intervals, kind, code)[b] &&
           iss_at(outcome, seat_intervals, safe, flag)[a] ==
               iss_at(outcome, seat_intervals, safe, flag)[b];
}

static void
say_kind(const struct moment *at, size_t row, bool many)
{
    struct iss_outcome *outcome = at->outcome;
    int32_t flight = iss_at(outcome, seat_intervals, flight, id)[row];
    bool safe = iss_at(outcome, seat_intervals, safe, flag)[row];
    bool improvised =
        iss_at(outcome, seat_intervals, kind, code)[row] == ISS_SEAT_EMERGENCY;

    iss_story_say(at->story, many ? " have " : " has ");
    if (flight < 0) {
        iss_story_say(at->story, "no seat at all.");
        return;
    }
    if (!safe) {
        iss_story_say(at->story, "%s in a damaged vehicle, for an emergency only: ",
                      improvised ? "an improvised place"
                      : many     ? "seats"
                                 : "a seat");
    } else if (improvised) {
        iss_story_say(at->story, "%s in a sound vehicle: ",
                      many ? "improvised places" : "an improvised place");
    } else {
        iss_story_say(at->story, many ? "safe seats in " : "a safe seat in ");
    }
    say_berth(at, flight);
    iss_story_say(at->story, ".");
}

/* When somebody who sat there from the start has come. */
static int64_t
has_come(const struct moment *at, int32_t person)
{
    struct iss_outcome *outcome = at->outcome;
    int64_t arrive_us = 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int64_t us = iss_at(outcome, crew, arrive, time)[i];
        if (iss_at(outcome, crew, person, id)[i] == person && us != ISS_NO_TIME &&
            us <= 0) {
            arrive_us = us;
        }
    }
    return arrive_us;
}

/* One line for everybody who sits like the person in `row`; `done` marks them. */
static void
tell_seats(const struct moment *at, size_t row, bool *done)
{
    struct iss_outcome *outcome = at->outcome;
    struct iss_people_list *people = &at->story->people;
    int64_t start_us = iss_at(outcome, seat_intervals, start, time)[row];

    people->count = 0;
    for (size_t i = row; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        if (!done[i] && is_seated(at, i) && alike(at, row, i)) {
            done[i] = true;
            people->at[people->count++] =
                iss_at(outcome, seat_intervals, person, id)[i];
        }
    }
    int32_t event =
        start_us > 0
            ? iss_explain_turn(at->self, start_us, people->at[0],
                               iss_at(outcome, seat_intervals, flight, id)[row])
            : -1;
    bool many = people->count > 1;
    iss_explain_open(at->self);
    iss_story_say_people(at->story, people);
    say_kind(at, row, many);
    close_line(at, start_us > 0 ? start_us : has_come(at, people->at[0]),
               iss_at(outcome, seat_intervals, end, time)[row], event);
}

/* The event since which as many people have been aboard as at the moment; -1 when
 * they were at the start. */
static int32_t
crew_since(const struct moment *at)
{
    struct iss_outcome *outcome = at->outcome;
    int32_t since = -1;

    for (int32_t i = 1; i < iss_story_events(at->story) &&
                        iss_story_event(at->story, i).time_us <= at->time_us;
         i++) {
        if (iss_at(outcome, events, crew, count)[i] !=
            iss_at(outcome, events, crew, count)[i - 1]) {
            since = i;
        }
    }
    return since;
}

static void
tell_why_as_many(const struct moment *at)
{
    int32_t row = crew_since(at);

    if (row >= 0) {
        iss_account_section(&at->self->account, "why_as_many",
                            "Why as many are aboard");
        iss_explain_causes(at->self, row);
    }
}

static void
tell_aboard(const struct moment *at)
{
    size_t rows = at->outcome->tables[ISS_TABLE_seat_intervals].rows;
    bool *done = iss_arena_array(&at->self->account.arena, rows + 1, sizeof *done);

    iss_account_section(&at->self->account, "aboard", "Aboard, since");
    for (size_t i = 0; done != NULL && i < rows; i++) {
        if (!done[i] && is_seated(at, i)) {
            tell_seats(at, i, done);
        }
    }
    at->self->account.broken = at->self->account.broken || done == NULL;
}

/* ---- why they aren't safe ------------------------------------------------------ */

/* Whether somebody sits unsafely in the flight; of -1, without any seat. */
static bool
is_trouble(const struct moment *at, int32_t flight)
{
    struct iss_outcome *outcome = at->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        if (is_seated(at, i) && !iss_at(outcome, seat_intervals, safe, flag)[i] &&
            iss_at(outcome, seat_intervals, flight, id)[i] == flight) {
            return true;
        }
    }
    return false;
}

/* Tell what the failures of `flight` have brought about so far.  What is marked in
 * `follows` comes of them. */
static void
tell_trouble(const struct moment *at, int32_t flight, bool *follows)
{
    struct iss_story *story = at->story;

    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.time_us > at->time_us) {
            break;
        }
        bool begins = event.kind == ISS_EVENT_FAILURE_OCCURS && event.flight == flight;
        follows[i] = begins || (event.cause >= 0 && follows[event.cause]);
        if (follows[i] && !iss_story_is_quiet(event.kind) && !story->told[i]) {
            iss_story_tell_event(story, i);
        }
    }
}

static void
tell_why_unsafe(const struct moment *at)
{
    struct iss_story *story = at->story;
    int32_t flights = (int32_t)at->outcome->tables[ISS_TABLE_flights].rows;
    size_t events = (size_t)iss_story_events(story);

    iss_account_section(&at->self->account, "why_unsafe", "Why some have no safe seat");
    memset(story->told, 0, events * sizeof *story->told);
    for (int32_t flight = 0; flight < flights; flight++) {
        if (is_trouble(at, flight)) {
            bool *follows =
                iss_arena_array(&at->self->account.arena, events + 1, sizeof *follows);
            if (follows == NULL) {
                at->self->account.broken = true;
                return;
            }
            tell_trouble(at, flight, follows);
        }
    }
}

/* When, and by what, it ends for each of those who aren't safe. */
static void
tell_relief(const struct moment *at)
{
    struct iss_outcome *outcome = at->outcome;
    struct iss_story *story = at->story;

    iss_account_section(&at->self->account, "relief", "When that ends");
    memset(story->told, 0, (size_t)iss_story_events(story) * sizeof *story->told);
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_seat_intervals].rows; i++) {
        int64_t end_us = iss_at(outcome, seat_intervals, end, time)[i];
        int32_t person = iss_at(outcome, seat_intervals, person, id)[i];
        if (!is_seated(at, i) || iss_at(outcome, seat_intervals, safe, flag)[i]) {
            continue;
        }
        int32_t event =
            end_us == ISS_NO_TIME
                ? -1
                : iss_explain_turn(at->self, end_us, person,
                                   iss_at(outcome, seat_intervals, flight, id)[i]);
        if (event >= 0 && !story->told[event]) {
            iss_story_tell_event(story, event);
            story->told[event] = true;
        } else if (end_us == ISS_NO_TIME) {
            iss_explain_open(at->self);
            story->people.count = 1;
            story->people.at[0] = person;
            iss_story_say_people(story, &story->people);
            iss_story_say(story, ": not before the mission ends.");
            close_line(at, ISS_NO_TIME, ISS_NO_TIME, -1);
        }
    }
}

/* ---- ports --------------------------------------------------------------------- */

static void
tell_port(const struct moment *at, int32_t port)
{
    struct iss_outcome *outcome = at->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_port_intervals].rows; i++) {
        int64_t start_us = iss_at(outcome, port_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, port_intervals, end, time)[i];
        int32_t flight = iss_at(outcome, port_intervals, flight, id)[i];
        if (iss_at(outcome, port_intervals, port, id)[i] != port ||
            !iss_explain_covers(start_us, end_us, at->time_us)) {
            continue;
        }
        int32_t damage = iss_explain_damage(at->self, flight);
        int64_t docked_us = iss_at(outcome, flights, dock, time)[flight];
        bool unsafe =
            damage >= 0 && iss_story_event(at->story, damage).time_us <= at->time_us;
        iss_explain_open(at->self);
        iss_story_say(at->story, "%s: %s%s.", iss_story_port(at->story, port),
                      iss_story_flight(at->story, flight),
                      unsafe ? ", no safe way home" : "");
        bool before = start_us == 0 && docked_us != ISS_NO_TIME;
        close_line(at, before ? docked_us : start_us, end_us,
                   iss_explain_turn(at->self, start_us, -1, flight));
        return;
    }
    if (!iss_explain_covers(iss_at(outcome, ports, start, time)[port],
                            iss_at(outcome, ports, end, time)[port], at->time_us)) {
        return; /* not there yet, or no longer */
    }
    iss_explain_open(at->self);
    iss_story_say(at->story, "%s: free.", iss_story_port(at->story, port));
    close_line(at, ISS_NO_TIME, ISS_NO_TIME, -1);
}

/* ---- under way ----------------------------------------------------------------- */

/* The event that ends an outage, or says anew until when it lasts; INT32_MAX none. */
static int32_t
ends_outage(const struct moment *at, const struct iss_happening *event)
{
    int32_t over =
        iss_story_next_alike(at->story, event, iss_story_outage_end(event->kind));
    int32_t again = iss_story_next_alike(at->story, event, event->kind);

    over = over < 0 ? INT32_MAX : over;
    return again >= 0 && again < over ? again : over;
}

/* The event that settles what has nothing to do with a flight; INT32_MAX none, -1: it
 * began nothing. */
static int32_t
settled_aboard(const struct moment *at, const struct iss_happening *event)
{
    static const struct {
        enum iss_event_kind begins, settles[2];
    } pairs[] = {
        {ISS_EVENT_UNIT_FAILED, {ISS_EVENT_UNIT_REPAIRED, ISS_EVENT_UNIT_REPAIRED}},
        {ISS_EVENT_EVA_NEEDED, {ISS_EVENT_EVA_BEGINS, ISS_EVENT_EVA_BEGINS}},
        {ISS_EVENT_EVA_BEGINS, {ISS_EVENT_EVA_ENDS, ISS_EVENT_EVA_ENDS}},
        {ISS_EVENT_EVA_POSTPONED, {ISS_EVENT_EVA_BEGINS, ISS_EVENT_EVA_LOST}},
        {ISS_EVENT_SUITS_DOWN, {ISS_EVENT_SUITS_CLEARED, ISS_EVENT_SUITS_DOWN}},
        {ISS_EVENT_STOCK_OUT, {ISS_EVENT_STOCK_BACK, ISS_EVENT_STOCK_BACK}},
        {ISS_EVENT_LIFE_UNSUPPORTED,
         {ISS_EVENT_LIFE_SUPPORTED, ISS_EVENT_LIFE_SUPPORTED}},
        {ISS_EVENT_CREW_LIMITED, {ISS_EVENT_OUTAGE_OVER, ISS_EVENT_CREW_LIMITED}},
        {ISS_EVENT_RESERVE_LOW, {ISS_EVENT_RESERVE_RESTORED, ISS_EVENT_RESERVE_LOW}},
        {ISS_EVENT_LEAK_BEGINS, {ISS_EVENT_LEAK_ENDS, ISS_EVENT_LEAK_ENDS}},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int32_t first = INT32_MAX;
        for (size_t k = 0; event->kind == pairs[i].begins && k < 2; k++) {
            int32_t row = iss_story_next_alike(at->story, event, pairs[i].settles[k]);
            first = row >= 0 && row < first ? row : first;
        }
        if (event->kind == pairs[i].begins) {
            return first;
        }
    }
    return -1;
}

/* Whether it goes on without the station: on the ground, or on the way there. */
static bool
outlives_station(const struct iss_happening *event)
{
    return event->kind == ISS_EVENT_UNDOCKED ||
           event->kind == ISS_EVENT_ROCKET_GROUNDED ||
           event->kind == ISS_EVENT_PAD_CLOSED;
}

/* The event that settles what `event` began, or -1. */
static int32_t
settled_by(const struct moment *at, const struct iss_happening *event)
{
    static const struct {
        enum iss_event_kind begins, settles[5];
    } pairs[] = {
        {ISS_EVENT_FAILURE_OCCURS,
         {ISS_EVENT_FAILURE_DETECTED, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_FAILURE_DETECTED,
         {ISS_EVENT_FAILURE_ASSESSED, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_FAILURE_ASSESSED,
         {ISS_EVENT_LIFEBOAT_DECISION, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_RESCUE_CALLED,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCHED}},
        {ISS_EVENT_EARLY_RETURN,
         {ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_LAUNCH_HELD,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCHED}},
        {ISS_EVENT_LAUNCH_GROUNDED,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCH_GROUNDED, ISS_EVENT_LAUNCH_UNPROVEN,
          ISS_EVENT_LAUNCH_HELD, ISS_EVENT_ROCKET_SWITCHED}},
        {ISS_EVENT_LAUNCH_SCRUBBED,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCH_SCRUBBED, ISS_EVENT_LAUNCH_GROUNDED,
          ISS_EVENT_LAUNCH_HELD}},
        {ISS_EVENT_LAUNCH_QUEUED,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCH_QUEUED, ISS_EVENT_LAUNCH_GROUNDED,
          ISS_EVENT_LAUNCH_HELD}},
        {ISS_EVENT_LAUNCH_CROWDED, {ISS_EVENT_LAUNCH_DUE, ISS_EVENT_ROCKET_SWITCHED}},
        {ISS_EVENT_SPACING_WAIT,
         {ISS_EVENT_LAUNCH_DUE, ISS_EVENT_DOCKING_DUE, ISS_EVENT_DEPARTURE_DUE,
          ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_SUN_WAIT, {ISS_EVENT_LAUNCH_DUE, ISS_EVENT_DOCKING_DUE}},
        {ISS_EVENT_DEPARTURE_WAVED_OFF,
         {ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_LAUNCH_UNREADY,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCH_UNREADY, ISS_EVENT_LAUNCH_GROUNDED,
          ISS_EVENT_LAUNCH_HELD}},
        {ISS_EVENT_ROCKET_SWITCHED,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_ROCKET_SWITCHED, ISS_EVENT_ROCKET_SWITCHED}},
        {ISS_EVENT_LAUNCH_UNPROVEN,
         {ISS_EVENT_LAUNCHED, ISS_EVENT_LAUNCH_GROUNDED, ISS_EVENT_LAUNCH_UNPROVEN,
          ISS_EVENT_LAUNCH_HELD}},
        {ISS_EVENT_LAUNCHED,
         {ISS_EVENT_DOCKED, ISS_EVENT_ASCENT_FAILED, ISS_EVENT_DOCKING_ABANDONED,
          ISS_EVENT_VEHICLE_LOST}},
        {ISS_EVENT_DOCKING_HELD,
         {ISS_EVENT_DOCKED, ISS_EVENT_DOCKING_FAILED, ISS_EVENT_DOCKING_ABANDONED,
          ISS_EVENT_CAPTURE_HELD, ISS_EVENT_VEHICLE_LOST}},
        {ISS_EVENT_CAPTURE_HELD,
         {ISS_EVENT_DOCKED, ISS_EVENT_DOCKING_FAILED, ISS_EVENT_DOCKING_ABANDONED,
          ISS_EVENT_DOCKING_HELD, ISS_EVENT_VEHICLE_LOST}},
        {ISS_EVENT_RELOCATION_CALLED,
         {ISS_EVENT_RELOCATED, ISS_EVENT_RELOCATED, ISS_EVENT_RELOCATED}},
        {ISS_EVENT_DEPARTURE_ADVANCED,
         {ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED, ISS_EVENT_UNDOCKED}},
        {ISS_EVENT_UNDOCKED,
         {ISS_EVENT_LANDED, ISS_EVENT_DISPOSED, ISS_EVENT_DISPOSED}},
    };

    if (iss_story_outage_end(event->kind) != ISS_EVENT_KINDS) {
        return ends_outage(at, event);
    }
    for (size_t i = 0; event->flight >= 0 && i < sizeof pairs / sizeof *pairs; i++) {
        int32_t first = INT32_MAX;
        for (size_t k = 0; event->kind == pairs[i].begins && k < 5; k++) {
            int32_t row = pairs[i].settles[k] == 0
                              ? -1
                              : iss_story_next(at->story, event->row,
                                               pairs[i].settles[k], event->flight);
            first = row >= 0 && row < first ? row : first;
        }
        if (event->kind == ISS_EVENT_FAILURE_OCCURS &&
            iss_story_next(at->story, event->row, ISS_EVENT_FAILURE_DETECTED,
                           event->flight) < 0) {
            return -1; /* a record doesn't tell who noticed it when */
        }
        if (event->kind == pairs[i].begins) {
            return first;
        }
    }
    if (event->kind == ISS_EVENT_HANDOVER_BEGINS) {
        int32_t row =
            iss_story_next(at->story, event->row, ISS_EVENT_UNDOCKED, event->other);
        return row < 0 ? INT32_MAX : row;
    }
    return settled_aboard(at, event);
}

/* Whether it has happened to the station by then. */
static bool
happened(const struct moment *at, enum iss_event_kind kind)
{
    int32_t row = iss_story_next(at->story, -1, kind, -1);

    return row >= 0 && iss_story_event(at->story, row).time_us <= at->time_us;
}

/* What has begun and isn't settled. */
static void
tell_under_way(const struct moment *at)
{
    struct iss_story *story = at->story;
    bool gone = happened(at, ISS_EVENT_STATION_LOST) ||
                happened(at, ISS_EVENT_STATION_DEORBITED);

    iss_account_section(&at->self->account, "under_way", "Under way");
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.time_us > at->time_us) {
            return;
        }
        int32_t row = gone && !outlives_station(&event) ? -1 : settled_by(at, &event);
        if (row < 0 || (row < iss_story_events(story) &&
                        iss_story_event(story, row).time_us <= at->time_us)) {
            continue;
        }
        iss_story_tell_event(story, i);
    }
}

void
iss_explain_at(struct iss_explain *self, int64_t time_us, bool whole_day)
{
    const struct moment at = {self, self->outcome, &self->story, time_us};
    int64_t crew, unsafe, number;
    const char *commander;
    char date[32], people[32], others[64] = "", command[128] = "";

    iss_story_state(&self->story, time_us, &crew, &unsafe);
    iss_civil_format(self->account.epoch_us + time_us,
                     whole_day ? ISS_CIVIL_DATE : ISS_CIVIL_MINUTE, date);
    if (happened(&at, ISS_EVENT_STATION_DEORBITED)) {
        snprintf(others, sizeof others, "; the station has been deorbited");
    } else if (happened(&at, ISS_EVENT_STATION_LOST)) {
        snprintf(others, sizeof others, "; the station is lost");
    } else if (unsafe > 0) {
        snprintf(others, sizeof others, ", %" PRId64 " of them without a safe seat",
                 unsafe);
    } else if (crew > 0) {
        snprintf(others, sizeof others, ", everyone with a safe seat");
    }
    if (iss_story_command(&self->story, time_us, &number, &commander)) {
        snprintf(command, sizeof command,
                 " Expedition %" PRId64 ", commanded by %.80s.", number, commander);
    }
    iss_account_answer(&self->account, "%s %s: %s aboard%s.%s",
                       whole_day ? "At the end of" : "At", date,
                       iss_words_count(crew, people), others, command);
    tell_aboard(&at);
    tell_why_as_many(&at);
    if (unsafe > 0) {
        tell_why_unsafe(&at);
        tell_relief(&at);
    }
    iss_account_section(&self->account, "docked", "Docked, since");
    for (int32_t i = 0; i < (int32_t)self->outcome->tables[ISS_TABLE_ports].rows; i++) {
        tell_port(&at, i);
    }
    tell_under_way(&at);
}
