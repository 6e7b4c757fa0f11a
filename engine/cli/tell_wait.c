/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_wait.c - launches that wait, and launches that go ahead of their dates.
 */
#include <math.h>

#include "cli/story.h"

/* The date that lies the event's value after it. */
static const char *
date_after(struct iss_story *story, const struct iss_happening *event, char date[32])
{
    return iss_story_date(
        story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date);
}

/* ---- waiting ------------------------------------------------------------------- */

void
iss_tell_hold(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s is ready and waits for a free port.",
                  iss_story_flight(story, event->flight));
}

void
iss_tell_docking_hold(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s arrives, finds no free port and waits in free flight.",
                  iss_story_flight(story, event->flight));
}

void
iss_tell_capture_hold(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story,
                  "%s arrives and waits in free flight: nobody aboard can capture it.",
                  iss_story_flight(story, event->flight));
}

void
iss_tell_skip(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s is cancelled: %s.", iss_story_flight(story, event->flight),
                  event->value > 0 ? "its rocket doesn't fly" : "no port is free");
}

void
iss_tell_grounding(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    if (isnan(event->value)) {
        iss_story_say(story, "%s can't be launched: its rocket won't fly again.",
                      iss_story_flight(story, event->flight));
        return;
    }
    iss_story_say(story, "%s waits for its rocket, which is grounded until %s.",
                  iss_story_flight(story, event->flight),
                  date_after(story, event, date));
}

void
iss_tell_proof(struct iss_story *story, const struct iss_happening *event)
{
    bool one = event->value <= 1;

    iss_story_begin(story, event);
    iss_story_say(story,
                  "%s waits until its rocket has flown without people: %g more "
                  "launch%s must succeed.",
                  iss_story_flight(story, event->flight), event->value,
                  one ? "" : "es");
}

/* The next flight that is stopped by the same pad at the same moment; -1 none. */
static int32_t
next_in_queue(const struct iss_story *story, const struct iss_happening *event,
              int32_t row)
{
    while (!story->apart && ++row < iss_story_events(story)) {
        struct iss_happening next = iss_story_event(story, row);
        if (next.time_us != event->time_us) {
            break;
        }
        if (next.kind == event->kind && next.pad == event->pad &&
            (story->only == NULL || story->only[row])) {
            return row;
        }
    }
    return -1;
}

/* "A", "A and B", "A, B and C": who waits with the first of them. */
static bool
say_queue(struct iss_story *story, const struct iss_happening *event)
{
    int32_t row = next_in_queue(story, event, event->row);
    bool several = row >= 0;

    iss_story_say(story, "%s", iss_story_flight(story, event->flight));
    while (row >= 0) {
        int32_t next = next_in_queue(story, event, row);
        iss_story_take(story, row);
        iss_story_say(story, "%s%s", next >= 0 ? ", " : " and ",
                      iss_story_flight(story, iss_story_event(story, row).flight));
        row = next;
    }
    return several;
}

void
iss_tell_queue(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    if (event->pad < 0) {
        iss_story_say(story, "%s can't be launched: its rocket has no pad left.",
                      iss_story_flight(story, event->flight));
        return;
    }
    bool several = say_queue(story, event);
    iss_story_say(
        story, " wait%s for a pad; %s is free on %s.", several ? "" : "s",
        iss_story_pad(story, event->pad),
        iss_story_date(
            story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date));
}

void
iss_tell_scrub(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story,
                  "The launch of %s is called off (%s); the next attempt is in %s.",
                  iss_story_flight(story, event->flight),
                  iss_at(story->outcome, scrub_causes, cause, text)[event->scrub],
                  iss_words_days(event->value, days));
}

void
iss_tell_switch(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(
        story, "%s will fly on %s instead, from %s on.",
        iss_story_flight(story, event->flight), iss_story_rocket(story, event->rocket),
        iss_story_date(
            story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date));
}

void
iss_tell_departure_advanced(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s is to leave ahead of its time",
                  iss_story_flight(story, event->flight));
    if (event->value > 0) {
        iss_story_say(story, ", on %s", date_after(story, event, date));
    }
    iss_story_say(story, ", to make way for %s.",
                  iss_story_flight(story, event->other));
}

void
iss_tell_departure_held(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s stays on, lest too few are left aboard, ",
                  iss_story_flight(story, event->flight));
    iss_story_say(story, "until %s has come.", iss_story_flight(story, event->other));
}

void
iss_tell_spacing(struct iss_story *story, const struct iss_happening *event)
{
    int64_t launched_us = iss_at(story->outcome, flights, launch, time)[event->flight];
    bool up = launched_us != ISS_NO_TIME && launched_us <= event->time_us;
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s waits for %s: %s.", iss_story_flight(story, event->flight),
                  iss_words_days(event->value, days),
                  up ? "another vehicle has just come or gone"
                     : "another has just been launched");
}

void
iss_tell_sun(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s waits", iss_story_flight(story, event->flight));
    if (!isnan(event->value)) {
        iss_story_say(story, " for %s", iss_words_days(event->value, days));
    }
    iss_story_say(story, ": the sun stands too far from the orbit's plane.");
}

void
iss_tell_wave_off(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s waits for %s, for weather or light where it is to land.",
                  iss_story_flight(story, event->flight),
                  iss_words_days(event->value, days));
}

void
iss_tell_unready(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s waits for its vehicle",
                  iss_story_flight(story, event->flight));
    if (isnan(event->value)) {
        iss_story_say(story, ": there is none for it.");
        return;
    }
    iss_story_say(story, ", which is ready on %s.", date_after(story, event, date));
}

/* The event that lets fewer people be aboard at that moment, the last of those that
 * aren't over; -1 none. */
static int32_t
limited_by(const struct iss_story *story, const struct iss_happening *event)
{
    for (int32_t i = event->row - 1; i >= 0; i--) {
        struct iss_happening past = iss_story_event(story, i);
        bool outage = past.kind == ISS_EVENT_CREW_LIMITED;
        bool over = !outage && !iss_story_shuts(story, &past);
        for (int32_t k = i + 1; k < event->row && !over; k++) {
            struct iss_happening next = iss_story_event(story, k);
            over = next.kind ==
                       (outage ? ISS_EVENT_OUTAGE_OVER : ISS_EVENT_LIFE_SUPPORTED) &&
                   next.system == past.system && next.resource == past.resource;
        }
        if (!over) {
            return i;
        }
    }
    return -1;
}

void
iss_tell_crowd(struct iss_story *story, const struct iss_happening *event)
{
    int32_t row = limited_by(story, event);
    char people[32], name[128];

    iss_story_begin(story, event);
    iss_story_say(story, "%s waits for room aboard: it would bring %s too many",
                  iss_story_flight(story, event->flight),
                  iss_words_count((int64_t)event->value, people));
    if (row >= 0) {
        struct iss_happening limit = iss_story_event(story, row);
        if (limit.system >= 0) {
            iss_story_say(
                story, " while %s is down",
                iss_words_within(
                    iss_at(story->outcome, systems, name, text)[limit.system], name));
        } else {
            iss_story_say(story, " for want of %s",
                          iss_story_resource(story, limit.resource));
        }
    }
    iss_story_say(story, ".");
}

/* ---- going ahead --------------------------------------------------------------- */

void
iss_tell_advance(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    bool early = event->cause >= 0 &&
                 iss_story_event(story, event->cause).kind == ISS_EVENT_EARLY_RETURN;
    iss_story_say(
        story, "After the %s of %s, %s is brought forward by %s.",
        early ? "early return" : "failure", iss_story_flight(story, event->other),
        iss_story_flight(story, event->flight), iss_words_days(event->value, days));
}

void
iss_tell_swap(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s goes ahead in the place of %s, %s before its date.",
                  iss_story_flight(story, event->flight),
                  iss_story_flight(story, event->other),
                  iss_words_days(event->value, days));
}
