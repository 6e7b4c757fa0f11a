/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_trouble.c - a failure, what it means for people, and what is found out.
 */
#include <stdio.h>
#include <string.h>

#include "cli/story.h"

/* ---- the failure --------------------------------------------------------------- */

void
iss_story_say_struck(struct iss_story *story, const struct iss_happening *event)
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

    iss_story_say_struck(story, event);
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

    if (event->cause < 0 || iss_story_has_said(story, event->cause)) {
        return;
    }
    struct iss_happening before = iss_story_event(story, event->cause);
    if (before.kind == ISS_EVENT_FAILURE_OCCURS && before.failure != event->failure) {
        snprintf(story->remark, sizeof story->remark, "because of %s",
                 iss_at(outcome, failure_modes, id, text)[before.failure]);
        story->cause = story->remark;
    }
}

/* What it means for those with a seat in the docked crew vehicle that it struck. */
static void
say_seats_lost(struct iss_story *story, const struct iss_happening *event)
{
    if (!iss_story_is_crewed(story, event->flight) ||
        !iss_story_is_docked(story, event->flight, event->time_us)) {
        return;
    }
    const struct iss_people_list *people =
        iss_story_lost_seats(story, event->flight, event->time_us);
    if (people->count > 0) {
        iss_story_say(story, " ");
        iss_story_say_people(story, people);
        iss_story_say(story, " ha%s no safe seat any more.",
                      people->count > 1 ? "ve" : "s");
    } else if (iss_story_seated(story, event->flight, event->time_us)->count == 0) {
        iss_story_say(story, " Nobody's way home depends on it.");
    } else if (iss_story_condition(story, event->flight, event->time_us) == ISS_SOUND) {
        iss_story_say(story, " It is a safe way home still.");
    }
}

void
iss_tell_failure(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    if (event->cause >= 0 &&
        iss_story_event(story, event->cause).kind == ISS_EVENT_FORCED_DUE) {
        story->cause = "forced by the scenario";
    }
    if (!iss_story_has_struck(story, event)) {
        iss_story_say_spared(story, event);
        return;
    }
    say_failure(story, event);
    say_remark_of_chain(story, event);
    say_seats_lost(story, event);
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
    iss_story_say_struck(story, event);
    iss_story_say(story, " is noticed, %s after it happened.",
                  iss_words_days(iss_days_from_us(hidden), days));
}

void
iss_tell_assessed(struct iss_story *story, const struct iss_happening *event)
{
    if (event->flight < 0) {
        return; /* what follows from it is told */
    }
    uint8_t condition = iss_story_condition(story, event->flight, event->time_us);

    iss_story_begin(story, event);
    iss_story_say(story, "Finding on %s: ", iss_story_flight(story, event->flight));
    if (condition == ISS_EMERGENCY_ONLY) {
        iss_story_say(story, "no safe way home; its seats are for an emergency only.");
    } else if (condition == ISS_UNUSABLE) {
        iss_story_say(story, "no way home; its seats are lost.");
    } else if (iss_story_seated(story, event->flight, event->time_us)->count > 0) {
        iss_story_say(story, "a safe way home still.");
    } else {
        iss_story_say(story, "nobody's way home depends on it.");
    }
}
