/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_rotation.c - who is there, who hands over, who goes home and after how long.
 */
#include <math.h>

#include "cli/story.h"

/* ---- the station at a moment --------------------------------------------------- */

/* "A and B with X (at north); C with Y (at south)" */
static void
say_everyone(struct iss_story *story, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;
    const char *joint = ": ";

    for (int32_t f = -1; f < (int32_t)outcome->tables[ISS_TABLE_flights].rows; f++) {
        const struct iss_people_list *people = iss_story_seated(story, f, time_us);
        if (people->count == 0) {
            continue;
        }
        iss_story_say(story, "%s", joint);
        iss_story_say_people(story, people);
        if (f < 0) {
            iss_story_say(story, " without a seat");
        } else {
            int32_t port = iss_story_port_at(story, f, time_us);
            iss_story_say(story, " with %s", iss_story_flight(story, f));
            iss_story_say(story, port < 0 ? "%s" : " (at %s)",
                          port < 0 ? "" : iss_story_port(story, port));
        }
        joint = "; ";
    }
}

static void
say_state(struct iss_story *story, int64_t time_us, const char *format)
{
    int64_t crew, unsafe, number;
    const char *commander;
    char people[32];

    iss_story_state(story, time_us, &crew, &unsafe);
    iss_story_say(story, format, iss_words_count(crew, people));
    say_everyone(story, time_us);
    iss_story_say(story, ".");
    if (iss_story_command(story, time_us, &number, &commander)) {
        iss_story_say(story, " Expedition %lld, commanded by %s.", (long long)number,
                      commander);
    }
}

void
iss_tell_opening(struct iss_story *story)
{
    say_state(story, 0, "The story begins with %s aboard");
}

void
iss_tell_end(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    say_state(story, event->time_us, "The story ends with %s aboard");
    iss_story_say_grounded(story, event->time_us);
}

void
iss_tell_forecast(struct iss_story *story, const struct iss_happening *event)
{
    if (event->time_us > 0) {
        iss_story_begin(story, event);
        iss_story_say(story, "The record ends here; what follows is a forecast.");
    }
}

/* ---- coming and going ---------------------------------------------------------- */

/* Whether there are people to hand over, people to take over, and time to do it. */
static bool
hands_over(struct iss_story *story, const struct iss_happening *event)
{
    int64_t launch_us = iss_at(story->outcome, flights, launch, time)[event->flight];

    return event->value > 0 &&
           iss_story_went_up(story, event->flight, launch_us)->count > 0 &&
           (iss_story_seated(story, event->other, event->time_us)->count > 0 ||
            iss_story_went_down(story, event->other)->count > 0);
}

void
iss_tell_handover(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    if (!hands_over(story, event)) {
        return;
    }
    iss_story_begin(story, event);
    iss_story_say(story, "The handover from the crew of %s takes %s.",
                  iss_story_flight(story, event->other),
                  iss_words_days(event->value, days));
}

void
iss_tell_relocation_call(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s is to make room for %s.",
                  iss_story_flight(story, event->flight),
                  iss_story_flight(story, event->other));
}

void
iss_tell_relocation(struct iss_story *story, const struct iss_happening *event)
{
    int32_t from = iss_story_port_at(story, event->flight, event->time_us);

    iss_story_begin(story, event);
    if (from == event->port) {
        iss_story_say(story, "%s is back at %s, which it had left for a time.",
                      iss_story_flight(story, event->flight),
                      iss_story_port(story, event->port));
        return;
    }
    iss_story_say(story, "%s moves", iss_story_flight(story, event->flight));
    if (from >= 0) {
        iss_story_say(story, " from %s", iss_story_port(story, from));
    }
    iss_story_say(story, " to %s.", iss_story_port(story, event->port));
}

/* Whether something about the flight's people was still to be found out or decided. */
static bool
is_undecided(const struct iss_story *story, const struct iss_happening *event)
{
    int32_t decision = -1, finding = -1;

    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening other = iss_story_event(story, i);
        if (other.flight != event->flight ||
            (i > event->row && other.cause > event->row)) {
            continue;
        }
        decision = other.kind == ISS_EVENT_LIFEBOAT_DECISION ? i : decision;
        finding = other.kind == ISS_EVENT_FAILURE_ASSESSED ? i : finding;
    }
    return decision < 0 || decision > event->row || finding > event->row;
}

/* A damaged vehicle stays for its people. */
static void
say_why_it_stays(struct iss_story *story, const struct iss_happening *event)
{
    int32_t coming = iss_story_replacement(story, event);

    if (!iss_story_is_docked(story, event->flight, event->time_us)) {
        iss_story_say(story, "it is on its way to another port.");
    } else if (coming >= 0) {
        iss_story_say(story, "it stays, as its people wait for %s.",
                      iss_story_flight(story, coming));
    } else if (is_undecided(story, event)) {
        iss_story_say(story, "it stays, as nothing is decided about its people yet.");
    } else {
        iss_story_say(story, "it stays, as its people don't go home in a damaged one.");
    }
}

void
iss_tell_expiry(struct iss_story *story, const struct iss_happening *event)
{
    if (iss_story_consequence(story, event->row, ISS_EVENT_UNDOCKED, event->row) < 0) {
        iss_story_begin(story, event);
        iss_story_say(story, "The certified life of %s ends; ",
                      iss_story_flight(story, event->flight));
        say_why_it_stays(story, event);
    }
}

/* " after 157 days", for those who went down in the flight and came home alive. */
static void
say_stays(struct iss_story *story, int32_t flight)
{
    struct iss_outcome *outcome = story->outcome;
    double shortest = INFINITY, longest = 0;
    char days[32];

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        if (iss_at(outcome, crew, flight_down, id)[i] != flight ||
            iss_at(outcome, crew, land, time)[i] == ISS_NO_TIME) {
            continue;
        }
        double stay = iss_at(outcome, crew, days_total, real)[i];
        shortest = fmin(shortest, stay);
        longest = fmax(longest, stay);
    }
    if (longest <= 0) {
        return;
    }
    iss_story_say(story, " after ");
    if (round(longest) > round(shortest)) {
        iss_story_say(story, "%.0f to ", shortest);
    }
    iss_story_say(story, "%s in space", iss_words_days(longest, days));
}

/* Whether there's anybody in it. */
static bool
say_leaving(struct iss_story *story, const struct iss_happening *event)
{
    bool damaged =
        iss_story_condition(story, event->flight, event->time_us) != ISS_SOUND;
    const struct iss_people_list *people = iss_story_went_down(story, event->flight);

    if (event->cause >= 0 &&
        iss_story_event(story, event->cause).kind == ISS_EVENT_LIFE_EXPIRES) {
        iss_story_say(story, "At the end of its certified life ");
    }
    iss_story_say(story, "%s", iss_story_flight(story, event->flight));
    if (people->count > 0) {
        iss_story_say(story, damaged ? ", damaged, leaves with " : " leaves with ");
        iss_story_say_people(story, people);
    } else {
        iss_story_say(story, iss_story_is_crewed(story, event->flight) ? " leaves empty"
                                                                       : " leaves");
    }
    return people->count > 0;
}

void
iss_tell_departure(struct iss_story *story, const struct iss_happening *event)
{
    int32_t down = iss_story_next(story, event->row, ISS_EVENT_LANDED, event->flight);
    bool lands = down >= 0;

    if (!lands) {
        down = iss_story_next(story, event->row, ISS_EVENT_DISPOSED, event->flight);
    }
    iss_story_begin(story, event);
    bool peopled = say_leaving(story, event);
    int32_t command = iss_story_take_command(story, event);
    if (iss_story_fold(story, down)) {
        iss_story_say(story, "%s%s", peopled ? "," : "",
                      lands ? " and lands" : " and burns up");
        iss_story_say_day(story, iss_story_event(story, down).time_us);
        say_stays(story, event->flight);
    }
    iss_story_say(story, ".");
    iss_story_say_command(story, command);
}

void
iss_tell_landing(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s lands", iss_story_flight(story, event->flight));
    say_stays(story, event->flight);
    iss_story_say(story, ".");
}

void
iss_tell_disposal(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s burns up as planned.",
                  iss_story_flight(story, event->flight));
}

void
iss_tell_loss(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_people_list *people = &story->people;

    iss_story_begin(story, event);
    iss_story_take_people(story, event, ISS_EVENT_PERSON_LOST, -1);
    iss_story_say_people(story, people);
    iss_story_say(story, people->count > 1 ? " die." : " dies.");
    story->cause = people->count > 1 ? "lives lost" : "a life lost";
}
