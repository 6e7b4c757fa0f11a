/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_launch.c - from the pad to the port, and what goes wrong on the way.
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
        if (past.kind == ISS_EVENT_CREW_TRANSFERRED && past.other == event->flight &&
            !iss_story_is_made_for(story, &story->people, past.flight)) {
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
    bool bare = people == 0 && iss_story_is_crewed(story, event->flight);
    if (bare) {
        iss_story_say(story, " empty");
    }
    say_slip(story, event, bare ? ", %s early" : " %s early",
             bare ? ", %s late" : " %s late");
    if (people > 0) {
        iss_story_say(story, " with ");
        iss_story_say_people(story,
                             iss_story_went_up(story, event->flight, event->time_us));
        say_first_vehicle(story, event);
        iss_story_say_left_behind(story, event->flight, false);
        return CLAUSE;
    }
    if (!bare) {
        return PLAIN;
    }
    return iss_story_say_left_behind(story, event->flight, true) ? SENTENCE : CLAUSE;
}

/* " (two orbits)": how it has come. */
static void
say_profile(struct iss_story *story, int32_t flight)
{
    const char *profile = iss_at(story->outcome, flights, profile, text)[flight];

    if (*profile != '\0') {
        iss_story_say(story, " (%s)", profile);
    }
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
        say_profile(story, event->flight);
    }
    iss_story_say(story, ".");
}

void
iss_tell_docking(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s docks to %s", iss_story_flight(story, event->flight),
                  iss_story_port(story, event->port));
    say_profile(story, event->flight);
    iss_story_say(story, ".");
}

void
iss_tell_manual_docking(struct iss_story *story, const struct iss_happening *event)
{
    int32_t docking =
        iss_story_next(story, event->row, ISS_EVENT_DOCKED, event->flight);
    const char *name = iss_story_flight(story, event->flight);

    iss_story_begin(story, event);
    if (event->value == 0) {
        iss_story_say(story, "%s can't dock by itself, and nobody is there to do it.",
                      name);
    } else if (docking >= 0 &&
               iss_story_event(story, docking).time_us == event->time_us &&
               iss_story_fold(story, docking)) {
        iss_story_say(story, "%s is docked to %s by hand", name,
                      iss_story_port(story, iss_story_event(story, docking).port));
        say_profile(story, event->flight);
        iss_story_say(story, ".");
    } else {
        iss_story_say(story, "%s has to be docked by hand.", name);
    }
}

/* ---- what goes wrong ----------------------------------------------------------- */

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
    bool burns =
        iss_story_next(story, event->row, ISS_EVENT_DISPOSED, event->flight) >= 0;

    iss_story_begin(story, event);
    iss_story_say(story, "%s gives up docking and %s.",
                  iss_story_flight(story, event->flight),
                  burns ? "is sent to burn up" : "goes home");
}
