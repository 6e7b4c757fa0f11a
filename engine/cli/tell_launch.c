/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_launch.c - from the pad to the port, and what gets in the way.
 */
#include <math.h>

#include "cli/story.h"

/* " 14 days late"; nothing when it's about on time. */
static void
say_slip(struct iss_story *story, const struct iss_happening *event, const char *early,
         const char *late)
{
    int64_t planned =
        iss_at(story->outcome, flights, launch_planned, time)[event->flight];
    double late_d =
        planned == ISS_NO_TIME ? 0 : iss_days_from_us(event->time_us - planned);
    char days[32];

    if (fabs(late_d) >= 1) {
        iss_story_say(story, late_d < 0 ? early : late,
                      iss_words_days(fabs(late_d), days));
    }
}

/* Whose crew flies, when a call-up has changed the vehicles. */
static void
say_first_vehicle(struct iss_story *story, const struct iss_happening *event)
{
    for (int32_t i = event->row; i >= 0; i--) {
        struct iss_happening past = iss_story_event(story, i);
        if (past.kind == ISS_EVENT_CREW_TRANSFERRED && past.other == event->flight) {
            iss_story_say(story, ", who were to fly %s",
                          iss_story_flight(story, past.flight));
            return;
        }
    }
}

/* How what was said last goes on. */
enum after { PLAIN, CLAUSE, SENTENCE };

/* With whom, how late, and what for. */
static enum after
say_aboard(struct iss_story *story, const struct iss_happening *event)
{
    int32_t replaced = iss_at(story->outcome, flights, replaces, id)[event->flight];
    int32_t people = iss_story_went_up(story, event->flight, event->time_us)->count;

    if (replaced >= 0 && people == 0) {
        iss_story_say(story, " empty to replace %s", iss_story_flight(story, replaced));
        say_slip(story, event, ", %s before its planned date",
                 ", %s after it was planned");
        return CLAUSE;
    }
    say_slip(story, event, " %s early", " %s late");
    if (people > 0) {
        iss_story_say(story, " with ");
        iss_story_say_people(story,
                             iss_story_went_up(story, event->flight, event->time_us));
        say_first_vehicle(story, event);
        iss_story_say_left_behind(story, event->flight, false);
        return CLAUSE;
    }
    if (!iss_story_is_crewed(story, event->flight)) {
        return PLAIN;
    }
    iss_story_say(story, " empty");
    return iss_story_say_left_behind(story, event->flight, true) ? SENTENCE : CLAUSE;
}

void
iss_tell_launch(struct iss_story *story, const struct iss_happening *event)
{
    int32_t failure =
        iss_story_next(story, event->row, ISS_EVENT_ASCENT_FAILED, event->flight);
    int32_t docking =
        iss_story_next(story, event->row, ISS_EVENT_DOCKED, event->flight);

    iss_story_begin(story, event);
    iss_story_say(story, "%s launches", iss_story_flight(story, event->flight));
    enum after after = say_aboard(story, event);
    if (failure < 0 && iss_story_fold(story, docking)) {
        struct iss_happening docked = iss_story_event(story, docking);
        iss_story_say(story, "%s docks to %s",
                      after == SENTENCE ? ". It"
                      : after == CLAUSE ? ", and"
                                        : " and",
                      iss_story_port(story, docked.port));
        iss_story_say_day(story, docked.time_us);
    }
    iss_story_say(story, ".");
}

void
iss_tell_docking(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s docks to %s.", iss_story_flight(story, event->flight),
                  iss_story_port(story, event->port));
}

/* ---- what gets in the way ------------------------------------------------------ */

void
iss_tell_hold(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s is ready and waits for a free port.",
                  iss_story_flight(story, event->flight));
}

void
iss_tell_grounding(struct iss_story *story, const struct iss_happening *event)
{
    int64_t until = iss_us_add(event->time_us, iss_us_from_days(event->value));
    char date[32];

    iss_story_begin(story, event);
    if (until == ISS_NEVER) {
        iss_story_say(story, "%s can't be launched: its rocket won't fly again.",
                      iss_story_flight(story, event->flight));
        return;
    }
    iss_story_say(story, "%s waits for its rocket, which is grounded until %s.",
                  iss_story_flight(story, event->flight),
                  iss_story_date(story, until, date));
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
    iss_story_say(
        story, "%s waits for a pad; %s is free on %s.",
        iss_story_flight(story, event->flight), iss_story_pad(story, event->pad),
        iss_story_date(
            story, iss_us_add(event->time_us, iss_us_from_days(event->value)), date));
}

void
iss_tell_skip(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s is cancelled: %s.", iss_story_flight(story, event->flight),
                  event->value > 0 ? "its rocket doesn't fly" : "no port is free");
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
iss_tell_ascent_failure(struct iss_story *story, const struct iss_happening *event)
{
    bool deaths = iss_story_consequence(story, event->row, ISS_EVENT_PERSON_LOST,
                                        event->row) >= 0;
    bool peopled = iss_story_went_up(story, event->flight, event->time_us)->count > 0;
    bool cargo = !iss_story_is_crewed(story, event->flight);

    iss_story_begin(story, event);
    iss_story_say(story, "The ascent of %s fails%s",
                  iss_story_flight(story, event->flight),
                  deaths    ? "."
                  : peopled ? "; its crew aborts and lands unhurt."
                  : cargo   ? "; its cargo is lost."
                            : "; the vehicle is lost.");
}

void
iss_tell_docking_failure(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s fails to dock and will try again in %s.",
                  iss_story_flight(story, event->flight),
                  iss_words_days(event->value, days));
}

void
iss_tell_abandonment(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s gives up docking and goes home.",
                  iss_story_flight(story, event->flight));
}
