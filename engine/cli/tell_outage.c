/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_outage.c - what failures lead to besides damaged vehicles: rockets that don't
 * fly, ports that are blocked, pads that are closed, vehicles lost on the way, people
 * who have to leave.
 */
#include <math.h>

#include "cli/story.h"

void
iss_tell_common_cause(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "One cause strikes all at once (%s).",
                  iss_at(story->outcome, failure_modes, name, text)[event->failure]);
}

void
iss_tell_vehicle_loss(struct iss_story *story, const struct iss_happening *event)
{
    bool deaths = iss_story_consequence(story, event->row, ISS_EVENT_PERSON_LOST,
                                        event->row) >= 0;

    iss_story_begin(story, event);
    iss_story_say(story, "%s is lost in free flight%s",
                  iss_story_flight(story, event->flight),
                  deaths || !(event->value > 0) ? "." : "; its crew comes home alive.");
}

/* ", until 2023-05-01" or ", for good". */
static void
say_until(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    if (isnan(event->value)) {
        iss_story_say(story, " for good.");
        return;
    }
    iss_story_say(
        story, " until %s.",
        iss_story_date(
            story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date));
}

/* After the mission rockets are nobody's concern. */
static bool
is_after_mission(const struct iss_story *story, const struct iss_happening *event)
{
    int32_t over = iss_story_next(story, -1, ISS_EVENT_MISSION_OVER, -1);

    return over >= 0 && over < event->row;
}

void
iss_tell_family_failure(struct iss_story *story, const struct iss_happening *event)
{
    if (is_after_mission(story, event)) {
        return;
    }
    iss_story_begin(story, event);
    iss_story_say(story,
                  "A launch of %s fails that has nothing to do with the station.",
                  iss_story_family(story, event->family));
}

void
iss_tell_stand_down(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "Launches of %s stop", iss_story_family(story, event->family));
    if (event->flight >= 0) {
        iss_story_say(story, " after the failure of %s",
                      iss_story_flight(story, event->flight));
    }
    iss_story_say(story, ".");
}

/* How many rockets of the event's family share its fate: as many events follow at once,
 * told in the same line. */
static int32_t
fold_rockets(struct iss_story *story, const struct iss_happening *event)
{
    int32_t count = 1;

    while (event->row + count < iss_story_events(story)) {
        struct iss_happening next = iss_story_event(story, event->row + count);
        bool same =
            next.value == event->value || (isnan(next.value) && isnan(event->value));
        if (next.kind != event->kind || next.time_us != event->time_us || !same ||
            next.failure != event->failure || !iss_story_fold(story, next.row)) {
            break;
        }
        count++;
    }
    return count;
}

/* "Soyuz-U, Soyuz-FG and Soyuz-2.1a"; how many. */
static int32_t
say_rockets(struct iss_story *story, const struct iss_happening *event)
{
    int32_t count = fold_rockets(story, event);

    for (int32_t i = 0; i < count; i++) {
        iss_story_say(
            story, "%s%s",
            i == 0           ? ""
            : i + 1 == count ? " and "
                             : ", ",
            iss_story_rocket(story, iss_story_event(story, event->row + i).rocket));
    }
    return count;
}

void
iss_tell_other_launch(struct iss_story *story, const struct iss_happening *event)
{
    if (is_after_mission(story, event)) {
        return;
    }
    iss_story_begin(story, event);
    iss_story_say(story, "A launch of %s for somebody else succeeds.",
                  iss_story_family(story, event->family));
}

void
iss_tell_rocket_grounding(struct iss_story *story, const struct iss_happening *event)
{
    if (is_after_mission(story, event)) {
        return;
    }
    iss_story_begin(story, event);
    iss_story_say(story,
                  say_rockets(story, event) > 1 ? " are grounded" : " is grounded");
    say_until(story, event);
}

void
iss_tell_clearing(struct iss_story *story, const struct iss_happening *event)
{
    if (is_after_mission(story, event)) {
        return;
    }
    iss_story_begin(story, event);
    (void)say_rockets(story, event);
    iss_story_say(story, " may fly again.");
}

void
iss_tell_blocking(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "Nothing can dock at %s", iss_story_port(story, event->port));
    say_until(story, event);
}

/* Open again, or for the first time. */
void
iss_tell_opening_port(struct iss_story *story, const struct iss_happening *event)
{
    bool again = false;

    for (int32_t i = 0; i < event->row && !again; i++) {
        struct iss_happening past = iss_story_event(story, i);
        again = past.kind == ISS_EVENT_PORT_BLOCKED && past.port == event->port;
    }
    iss_story_begin(story, event);
    iss_story_say(story, again ? "%s can be used again." : "%s is there to be used.",
                  iss_story_port(story, event->port));
}

/* "as soon as it can, on 2023-03-03", for EARLY_RETURN. */
static void
say_soon(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];
    iss_story_say(
        story, " as soon as it can, on %s.",
        iss_story_date(
            story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date));
}

void
iss_tell_pad_closing(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "Nothing can be launched from %s",
                  iss_story_pad(story, event->pad));
    say_until(story, event);
}

void
iss_tell_opening_pad(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s can be used again.", iss_story_pad(story, event->pad));
}

void
iss_tell_evacuation(struct iss_story *story, const struct iss_happening *event)
{
    int32_t next =
        iss_story_consequence(story, event->row, ISS_EVENT_EARLY_RETURN, event->row);
    char people[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s must go home early in %s",
                  iss_words_count((int64_t)event->value, people),
                  iss_story_flight(story, event->flight));
    if (next < 0) {
        iss_story_say(story, ".");
        return;
    }
    struct iss_happening departure = iss_story_event(story, next);
    if (!story->apart) {
        iss_story_take(story, next);
    }
    iss_story_say(story, ", which leaves");
    say_soon(story, &departure);
}

void
iss_tell_evacuation_wait(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    story->people.count = 1;
    story->people.at[0] = event->person;
    iss_story_say_people(story, &story->people);
    iss_story_say(story, " is to go home early, and waits for %s",
                  iss_story_flight(story, event->flight));
    if (event->value > 0) {
        iss_story_say(story, ", which is to dock in %s",
                      iss_words_days(event->value, days));
    }
    iss_story_say(story, ".");
}

void
iss_tell_early_return(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    if (iss_story_has_said(story, event->cause)) { /* "Decision on X:" */
        iss_story_say(story, "its crew goes home in it");
    } else {
        iss_story_say(story, "The crew of %s goes home in it",
                      iss_story_flight(story, event->flight));
    }
    say_soon(story, event);
}
