/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_trouble.c - a failure, what it means for people, and what is decided.
 */
#include <stdio.h>
#include <string.h>

#include "cli/story.h"

/* ---- the failure --------------------------------------------------------------- */

/* What a failure is about: a vehicle and where it is, a port, a rocket, a pad, a
 * person, or the station. */
static void
say_struck(struct iss_story *story, const struct iss_happening *event)
{
    if (event->flight >= 0) {
        int32_t port = iss_story_port_at(story, event->flight, event->time_us);
        iss_story_say(story, port >= 0 ? "%s (at %s)" : "%s",
                      iss_story_flight(story, event->flight),
                      port >= 0 ? iss_story_port(story, port) : "");
    } else if (event->port >= 0) {
        iss_story_say(story, "Port %s", iss_story_port(story, event->port));
    } else if (event->rocket >= 0) {
        iss_story_say(story, "%s", iss_story_rocket(story, event->rocket));
    } else if (event->pad >= 0) {
        iss_story_say(story, "%s", iss_story_pad(story, event->pad));
    } else if (event->person >= 0) {
        story->people.count = 1;
        story->people.at[0] = event->person;
        iss_story_say_people(story, &story->people);
    } else {
        iss_story_say(story, "The station");
    }
}

static void
say_failure(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    const char *id = iss_at(outcome, failure_modes, id, text)[event->failure];
    const char *name = iss_at(outcome, failure_modes, name, text)[event->failure];

    say_struck(story, event);
    /* A mode is named by what happens, "loses coolant"; its id alone isn't a verb. */
    iss_story_say(story, strcmp(id, name) == 0 ? " suffers: %s." : " %s.", name);
}

/* Whether it took effect: what the scenario forces may find no vehicle to strike. */
bool
iss_story_has_struck(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_failures].rows; i++) {
        if (iss_at(outcome, failures, flight, id)[i] == event->flight &&
            iss_at(outcome, failures, port, id)[i] == event->port &&
            iss_at(outcome, failures, launch_system, id)[i] == event->rocket &&
            iss_at(outcome, failures, pad, id)[i] == event->pad &&
            iss_at(outcome, failures, person, id)[i] == event->person &&
            iss_at(outcome, failures, failure, id)[i] == event->failure &&
            iss_at(outcome, failures, occurs, time)[i] == event->time_us) {
            return true;
        }
    }
    return false;
}

/* A failure that another led to says so. */
static void
say_remark_of_chain(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;

    if (event->cause < 0) {
        return;
    }
    struct iss_happening before = iss_story_event(story, event->cause);
    if (before.kind == ISS_EVENT_FAILURE_OCCURS && before.failure != event->failure) {
        snprintf(story->remark, sizeof story->remark, "because of %s",
                 iss_at(outcome, failure_modes, id, text)[before.failure]);
        story->cause = story->remark;
    }
}

void
iss_tell_failure(struct iss_story *story, const struct iss_happening *event)
{
    if (!iss_story_has_struck(story, event)) {
        iss_story_begin(story, event);
        if (event->flight >= 0) {
            iss_story_say(story,
                          "%s is spared a failure: it isn't where it could strike, or "
                          "had it before.",
                          iss_story_flight(story, event->flight));
            return;
        }
        say_struck(story, event);
        iss_story_say(story, " is spared a failure: it isn't at risk now.");
        return;
    }
    iss_story_begin(story, event);
    say_failure(story, event);
    if (event->cause >= 0 &&
        iss_story_event(story, event->cause).kind == ISS_EVENT_FORCED_DUE) {
        story->cause = "forced by the scenario";
    }
    say_remark_of_chain(story, event);
    if (!iss_story_is_crewed(story, event->flight) ||
        iss_story_port_at(story, event->flight, event->time_us) < 0) {
        return;
    }
    const struct iss_people_list *people = iss_story_lost_seats(story, event->time_us);
    iss_story_say(story, " ");
    if (people->count == 0) {
        iss_story_say(story, "Nobody's way home depends on it.");
        return;
    }
    iss_story_say_people(story, people);
    iss_story_say(story, " ha%s no safe seat any more.",
                  people->count > 1 ? "ve" : "s");
}

void
iss_tell_detected(struct iss_story *story, const struct iss_happening *event)
{
    int64_t hidden =
        event->cause < 0
            ? 0
            : event->time_us - iss_story_event(story, event->cause).time_us;
    char days[32];

    if (hidden < ISS_US_PER_D) {
        return; /* it was seen at once */
    }
    iss_story_begin(story, event);
    iss_story_say(story, event->flight >= 0 ? "The damage to " : "The trouble with ");
    say_struck(story, event);
    iss_story_say(story, " is noticed, %s after it happened.",
                  iss_words_days(iss_days_from_us(hidden), days));
}

void
iss_tell_assessed(struct iss_story *story, const struct iss_happening *event)
{
    if (event->flight < 0) {
        return; /* what follows from it is told */
    }
    uint8_t condition = iss_at(story->outcome, flights, condition, code)[event->flight];

    iss_story_begin(story, event);
    iss_story_say(story, "Finding on %s: ", iss_story_flight(story, event->flight));
    if (condition == ISS_EMERGENCY_ONLY) {
        iss_story_say(story, "no safe way home; its seats are for an emergency only.");
    } else if (condition == ISS_UNUSABLE) {
        iss_story_say(story, "no way home; its seats are lost.");
    } else {
        iss_story_say(story, "nobody's way home depends on it.");
    }
}

/* ---- the decision -------------------------------------------------------------- */

/* Whether a replacement for the flight was called up before, and hasn't failed. */
static bool
is_coming(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    for (int32_t i = 0; i < event->row; i++) {
        struct iss_happening past = iss_story_event(story, i);
        if (past.kind == ISS_EVENT_RESCUE_CALLED && past.other == event->flight &&
            iss_at(outcome, flights, status, code)[past.flight] != ISS_FLIGHT_FAILED) {
            return true;
        }
    }
    return false;
}

void
iss_tell_decision(struct iss_story *story, const struct iss_happening *event)
{
    bool acts = iss_story_consequence(story, event->row, ISS_EVENT_RESCUE_CALLED,
                                      event->row) >= 0 ||
                iss_story_consequence(story, event->row, ISS_EVENT_EARLY_RETURN,
                                      event->row) >= 0;
    int32_t move =
        iss_story_consequence(story, event->row, ISS_EVENT_SEAT_MOVE_DUE, event->row);

    iss_story_begin(story, event);
    iss_story_say(story, "Decision on %s:", iss_story_flight(story, event->flight));
    if (acts && story->apart) {
        bool rescue = iss_story_consequence(story, event->row, ISS_EVENT_RESCUE_CALLED,
                                            event->row) >= 0;
        iss_story_say(story, rescue ? " a replacement is called up."
                                    : " its crew is to go home in it at once.");
        return;
    }
    if (acts) {
        return; /* the line goes on */
    }
    iss_story_say(story, is_coming(story, event) ? " its replacement is on the way"
                                                 : " no replacement is sent");
    iss_story_say(story, move >= 0 ? ", but seats are to be moved." : ".");
}

void
iss_tell_rescue(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    int64_t planned = iss_at(outcome, flights, launch_planned, time)[event->flight];
    int64_t expected = iss_us_add(event->time_us, iss_us_from_days(event->value));
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s is called up without crew to replace %s",
                  iss_story_flight(story, event->flight),
                  story->apart ? iss_story_flight(story, event->other) : "it");
    if (expected == ISS_NEVER) {
        iss_story_say(story, ", but no launch is in sight.");
        return;
    }
    iss_story_say(story, ", to be launched on %s",
                  iss_story_date(story, expected, date));
    if (planned != ISS_NO_TIME && planned - expected >= ISS_US_PER_D) {
        iss_story_say(story, " instead of %s", iss_story_date(story, planned, date));
    }
    iss_story_say(story, ".");
}

void
iss_tell_transfer(struct iss_story *story, const struct iss_happening *event)
{
    bool first = true;

    iss_story_begin(story, event);
    for (int32_t i = event->row; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind != ISS_EVENT_CREW_TRANSFERRED || next.cause != event->cause) {
            break;
        }
        story->told[i] = true;
        iss_story_say(story, first ? "The crew of %s " : "; that of %s ",
                      iss_story_flight(story, next.flight));
        if (next.other < 0) {
            iss_story_say(story, "is left without a vehicle");
        } else {
            iss_story_say(story, "will fly %s", iss_story_flight(story, next.other));
        }
        first = false;
    }
    iss_story_say(story, ".");
}

void
iss_tell_early_return(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    if (story->apart) {
        iss_story_say(story, "The crew of %s is to go home in it at once, in %s.",
                      iss_story_flight(story, event->flight),
                      iss_words_days(event->value, days));
        return;
    }
    iss_story_say(story, "its crew is to go home in it at once, in %s.",
                  iss_words_days(event->value, days));
}

/* ---- seats --------------------------------------------------------------------- */

/* How the person sits from the moment of the move on. */
static void
say_kind_of_seat(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_seat_intervals].rows;

    for (size_t i = 0; i < rows; i++) {
        if (iss_at(outcome, seat_intervals, person, id)[i] != event->person ||
            iss_at(outcome, seat_intervals, start, time)[i] != event->time_us ||
            iss_at(outcome, seat_intervals, flight, id)[i] != event->flight) {
            continue;
        }
        if (!iss_at(outcome, seat_intervals, safe, flag)[i]) {
            iss_story_say(story, ", which is damaged");
        } else if (iss_at(outcome, seat_intervals, kind, code)[i] ==
                   ISS_SEAT_EMERGENCY) {
            iss_story_say(story, " (an improvised place, for emergencies)");
        }
        return;
    }
}

void
iss_tell_seats(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_people_list *people = &story->people;

    people->count = 0;
    for (int32_t i = event->row; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.time_us != event->time_us) {
            break;
        }
        if (next.kind == ISS_EVENT_SEAT_MOVED && next.flight == event->flight &&
            next.cause == event->cause) {
            story->told[i] = true;
            people->at[people->count++] = next.person;
        }
    }
    iss_story_begin(story, event);
    iss_story_say(story, people->count > 1 ? "The seats of " : "");
    iss_story_say_people(story, people);
    iss_story_say(story, people->count > 1 ? " move to %s" : "'s seat moves to %s",
                  iss_story_flight(story, event->flight));
    say_kind_of_seat(story, event);
    iss_story_say(story, ".");
}
