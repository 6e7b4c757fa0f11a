/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_decision.c - what is decided about people without a safe way home, and whose
 * seats move where.
 */
#include "cli/story.h"

/* ---- the decision -------------------------------------------------------------- */

int32_t
iss_story_replacement(const struct iss_story *story, const struct iss_happening *event)
{
    int32_t coming = -1;

    for (int32_t i = 0; i < event->row; i++) {
        struct iss_happening past = iss_story_event(story, i);
        if (past.kind == ISS_EVENT_RESCUE_CALLED && past.other == event->flight) {
            coming = past.flight;
        } else if (past.flight == coming &&
                   (past.kind == ISS_EVENT_DOCKED ||
                    past.kind == ISS_EVENT_ASCENT_FAILED ||
                    past.kind == ISS_EVENT_VEHICLE_LOST ||
                    past.kind == ISS_EVENT_DOCKING_ABANDONED)) {
            coming = -1;
        }
    }
    return coming;
}

/* "no replacement is sent: policy.call_up is false" */
static void
say_no_replacement(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    int32_t vehicle = iss_at(outcome, flights, vehicle, id)[event->flight];
    const char *why = iss_at(outcome, vehicles, no_call_up, text)[vehicle];
    int32_t move =
        iss_story_consequence(story, event->row, ISS_EVENT_SEAT_MOVE_DUE, event->row);

    if (iss_story_replacement(story, event) >= 0) {
        iss_story_say(story, " its replacement is on the way");
    } else {
        iss_story_say(story, " no replacement is sent (%s)",
                      *why != '\0' ? why : "there is none to be had");
    }
    iss_story_say(story, move >= 0 ? ", but seats are to be moved." : ".");
}

void
iss_tell_decision(struct iss_story *story, const struct iss_happening *event)
{
    int32_t rescue =
        iss_story_consequence(story, event->row, ISS_EVENT_RESCUE_CALLED, event->row);
    int32_t home =
        iss_story_consequence(story, event->row, ISS_EVENT_EARLY_RETURN, event->row);
    int32_t room =
        iss_story_consequence(story, event->row, ISS_EVENT_ROOM_MADE, event->row);
    int32_t what = rescue >= 0 ? rescue : home >= 0 ? home : room;

    iss_story_begin(story, event);
    iss_story_say(story, "Decision on %s:", iss_story_flight(story, event->flight));
    if (what < 0) {
        say_no_replacement(story, event);
    } else if (!iss_story_will_go_on(story, what)) {
        iss_story_say(story, what == rescue ? " a replacement is called up."
                             : what == home
                                 ? " its crew goes home in it."
                                 : " its crew goes home in another vehicle.");
    }
}

void
iss_tell_rescue(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    int64_t planned = iss_at(outcome, flights, launch_planned, time)[event->flight];
    int64_t expected = iss_us_add(event->time_us, iss_us_from_days(event->value));
    char date[32];

    iss_story_begin(story, event);
    bool goes_on = iss_story_has_said(story, event->cause); /* "Decision on X:" */
    iss_story_say(story, "%s is called up without crew to replace %s",
                  iss_story_flight(story, event->flight),
                  goes_on ? "it" : iss_story_flight(story, event->other));
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
iss_tell_room(struct iss_story *story, const struct iss_happening *event)
{
    char people[32];

    iss_story_begin(story, event);
    bool goes_on = iss_story_has_said(story, event->cause); /* "Decision on X:" */
    iss_story_say(story, "%s is to bring ", iss_story_flight(story, event->flight));
    if (goes_on) {
        iss_story_say(story, "its people");
    } else {
        iss_story_say(story, "the people of %s", iss_story_flight(story, event->other));
    }
    iss_story_say(story, " home");
    if (event->value > 0) {
        iss_story_say(story, ", with %s fewer going up",
                      iss_words_count((int64_t)event->value, people));
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
        iss_story_take(story, i);
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
            iss_story_say(story,
                          ", a seat in a damaged vehicle, for an emergency only");
        } else if (iss_at(outcome, seat_intervals, kind, code)[i] ==
                   ISS_SEAT_EMERGENCY) {
            iss_story_say(story, ", an improvised place in a sound vehicle");
        }
        return;
    }
}

void
iss_tell_seats(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_people_list *people = &story->people;

    iss_story_begin(story, event);
    iss_story_take_people(story, event, ISS_EVENT_SEAT_MOVED, event->flight);
    iss_story_say(story, people->count > 1 ? "The seats of " : "");
    iss_story_say_people(story, people);
    iss_story_say(story, people->count > 1 ? " move to %s" : "'s seat moves to %s",
                  iss_story_flight(story, event->flight));
    say_kind_of_seat(story, event);
    iss_story_say(story, ".");
}
