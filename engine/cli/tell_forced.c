/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_forced.c - what the scenario forces, or a failure leads to, and finds nothing to
 * strike or to move.
 */
#include "cli/story.h"

static bool
is_past(int64_t time_us, int64_t now_us)
{
    return time_us != ISS_NO_TIME && time_us <= now_us;
}

/* Whether the vehicle suffered it before. */
static bool
had_before(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_failures].rows; i++) {
        if (iss_at(outcome, failures, flight, id)[i] == event->flight &&
            iss_at(outcome, failures, failure, id)[i] == event->failure &&
            iss_at(outcome, failures, occurs, time)[i] < event->time_us) {
            return true;
        }
    }
    return false;
}

/* Whether an event of `kind` about the flight came before. */
static bool
has_been(const struct iss_story *story, const struct iss_happening *event,
         enum iss_event_kind kind)
{
    int32_t row = iss_story_next(story, -1, kind, event->flight);
    return row >= 0 && row < event->row;
}

/* Why a vehicle is spared for good; NULL when it may come yet. */
static const char *
why_spared(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    int32_t flight = event->flight;

    if (had_before(story, event)) {
        return "it had it before";
    }
    if (has_been(story, event, ISS_EVENT_ASCENT_FAILED) ||
        has_been(story, event, ISS_EVENT_VEHICLE_LOST) ||
        has_been(story, event, ISS_EVENT_DOCKING_ABANDONED)) {
        return "it didn't get to the station";
    }
    if (is_past(iss_at(outcome, flights, undock, time)[flight], event->time_us)) {
        return "it has left";
    }
    if (is_past(iss_at(outcome, flights, dock, time)[flight], event->time_us)) {
        return "it is docked, and not at risk there";
    }
    return NULL;
}

void
iss_story_say_spared(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    const char *name = iss_at(outcome, failure_modes, name, text)[event->failure];

    if (event->flight < 0) {
        iss_story_say_struck(story, event);
        iss_story_say(story, " is spared a failure (%s): %s.", name,
                      event->person >= 0 ? "not aboard" : "not at risk");
        return;
    }
    const char *why = why_spared(story, event);
    if (why != NULL) {
        iss_story_say(story, "%s is spared a failure (%s): %s.",
                      iss_story_flight(story, event->flight), name, why);
        return;
    }
    bool flies =
        is_past(iss_at(outcome, flights, launch, time)[event->flight], event->time_us);
    iss_story_say(story, "A failure (%s) awaits %s, which hasn't %s yet.", name,
                  iss_story_flight(story, event->flight),
                  flies ? "docked" : "been launched");
}

/* Why there's nothing to move. */
static void
say_no_move(struct iss_story *story, const struct iss_happening *event)
{
    const char *flight = iss_story_flight(story, event->flight);
    int32_t seat = -1;

    story->people.count = 1;
    story->people.at[0] = event->person;
    iss_story_say(story, "No seat moves to %s: ", flight);
    if (!iss_story_is_aboard(story, event->person, event->time_us, &seat)) {
        iss_story_say_people(story, &story->people);
        iss_story_say(story, " isn't aboard.");
    } else if (seat == event->flight) {
        iss_story_say_people(story, &story->people);
        iss_story_say(story, " has one there.");
    } else if (!iss_story_is_docked(story, event->flight, event->time_us)) {
        iss_story_say(story, "%s isn't docked.", flight);
    } else {
        iss_story_say(story, "there is none left for ");
        iss_story_say_people(story, &story->people);
        iss_story_say(story, ".");
    }
}

void
iss_tell_forced(struct iss_story *story, const struct iss_happening *event)
{
    bool flies;

    if (event->flight < 0 || event->failure >= 0) {
        return; /* a failure that strikes, and is told by itself */
    }
    iss_story_begin(story, event);
    story->cause = "forced by the scenario";
    if (event->person >= 0) {
        say_no_move(story, event);
        return;
    }
    flies = is_past(iss_at(story->outcome, flights, launch, time)[event->flight],
                    event->time_us);
    iss_story_say(story,
                  flies ? "%s was to fail on its way up, but has been launched already."
                        : "%s is to fail on its way up.",
                  iss_story_flight(story, event->flight));
}
