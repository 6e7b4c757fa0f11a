/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_orbit.c - what raises the station, and what happens when nothing does.
 */
#include <math.h>

#include "cli/explain_why.h"
#include "cli/story.h"

/* The manoeuvre of an event, a row of the table orbit. */
static size_t
row_of(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    size_t rows = outcome->tables[ISS_TABLE_orbit].rows;

    for (size_t i = 0; i < rows; i++) {
        if (iss_at(outcome, orbit, time, time)[i] == event->time_us &&
            iss_at(outcome, orbit, avoidance, flag)[i] ==
                (event->kind == ISS_EVENT_AVOIDED)) {
            return i;
        }
    }
    return rows;
}

/* "from 410.2 to 412.5 km with 250 kg of propellant, by the engines of CRS-33". */
static void
say_rise(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    size_t row = row_of(story, event);

    if (row == outcome->tables[ISS_TABLE_orbit].rows) {
        iss_story_say(story, " to %.1f km", event->value);
    } else {
        double used_kg = iss_at(outcome, orbit, propellant, real)[row];
        iss_story_say(story, " from %.1f to %.1f km",
                      iss_at(outcome, orbit, before, real)[row],
                      iss_at(outcome, orbit, after, real)[row]);
        if (used_kg > 0) {
            iss_story_say(story, " with %.0f kg of propellant", used_kg);
        }
    }
    if (event->flight >= 0) {
        iss_story_say(story, ", by the engines of %s",
                      iss_story_flight(story, event->flight));
    }
    iss_story_say(story, ".");
}

void
iss_tell_reboost(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The station is raised");
    say_rise(story, event);
}

void
iss_tell_avoidance(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The station avoids something and rises");
    say_rise(story, event);
}

/* Why a manoeuvre isn't made. */
static void
say_lack(struct iss_story *story, const struct iss_happening *event)
{
    if (isnan(event->value)) {
        iss_story_say(story, "no engine is there for it");
    } else {
        iss_story_say(story, "there is too little propellant, %.0f kg", event->value);
    }
}

void
iss_tell_reboost_wait(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The station should be raised, but ");
    say_lack(story, event);
    iss_story_say(story, ": it sinks on.");
}

void
iss_tell_avoidance_missed(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "Something should be avoided, but ");
    say_lack(story, event);
    iss_story_say(story, ". It passes.");
}

void
iss_tell_low_altitude(struct iss_story *story, const struct iss_happening *event)
{
    bool goes =
        iss_story_consequence(story, event->row, ISS_EVENT_EVACUATION, event->row) >= 0;

    iss_story_begin(story, event);
    iss_story_say(story, "The station has sunk to %.0f km%s.", event->value,
                  goes ? ": everyone is to leave" : "");
}

/* ---- explain ------------------------------------------------------------------- */

/* What each manoeuvre used up, of those to avoid something or of the others. */
void
iss_why_manoeuvres(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_orbit].rows; i++) {
        int64_t time_us = iss_at(outcome, orbit, time, time)[i];
        if (iss_at(outcome, orbit, avoidance, flag)[i] != (which != 0)) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "From %.1f to %.1f km.",
                      iss_at(outcome, orbit, before, real)[i],
                      iss_at(outcome, orbit, after, real)[i]);
        iss_why_add(why, time_us, time_us, -1,
                    iss_at(outcome, orbit, propellant, real)[i]);
    }
}
