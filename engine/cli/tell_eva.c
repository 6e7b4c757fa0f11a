/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_eva.c - who goes outside, and which spacewalk doesn't take place.
 */
#include <math.h>

#include "cli/story.h"

/* Who went outside, or helped from inside, from the moment of the event on. */
static const struct iss_people_list *
take_part(struct iss_story *story, const struct iss_happening *event, bool inside)
{
    struct iss_outcome *outcome = story->outcome;

    story->people.count = 0;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_spacewalks].rows; i++) {
        if (iss_at(outcome, spacewalks, eva, id)[i] == event->eva &&
            iss_at(outcome, spacewalks, start, time)[i] == event->time_us &&
            iss_at(outcome, spacewalks, inside, flag)[i] == inside) {
            story->people.at[story->people.count++] =
                iss_at(outcome, spacewalks, person, id)[i];
        }
    }
    return &story->people;
}

static const char *
name_of(const struct iss_story *story, const struct iss_happening *event)
{
    return iss_at(story->outcome, evas, name, text)[event->eva];
}

/* Whether the suits of the event's spacewalk are out of use then. */
static bool
suits_are_down(const struct iss_story *story, const struct iss_happening *event)
{
    int32_t pool = iss_at(story->outcome, evas, suits, id)[event->eva];
    bool down = false;

    for (int32_t i = 0; pool >= 0 && i < event->row; i++) {
        struct iss_happening past = iss_story_event(story, i);
        if (past.suits == pool && past.kind == ISS_EVENT_SUITS_DOWN) {
            down = true;
        } else if (past.suits == pool && past.kind == ISS_EVENT_SUITS_CLEARED) {
            down = false;
        }
    }
    return down;
}

void
iss_tell_eva(struct iss_story *story, const struct iss_happening *event)
{
    const struct iss_people_list *people = take_part(story, event, false);

    iss_story_begin(story, event);
    iss_story_say_people(story, people);
    iss_story_say(story, people->count == 1 ? " goes" : " go");
    iss_story_say(story, " outside for %.1f hours (%s", event->value,
                  name_of(story, event));
    if (event->unit >= 0) {
        iss_story_say(story, ": repair of %s",
                      iss_at(story->outcome, units, name, text)[event->unit]);
    }
    iss_story_say(story, ")");
    people = take_part(story, event, true);
    if (people->count > 0) {
        iss_story_say(story, "; ");
        iss_story_say_people(story, people);
        iss_story_say(story, " helps from inside");
    }
    if (suits_are_down(story, event)) {
        iss_story_say(story, ", although their suits are out of use");
    }
    iss_story_say(story, ".");
}

void
iss_tell_eva_wait(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "A spacewalk (%s) has to wait: %s.", name_of(story, event),
                  event->value == ISS_EVA_SUITS && suits_are_down(story, event)
                      ? "its suits are out of use"
                  : event->value == ISS_EVA_SUITS  ? "its suits aren't ready again yet"
                  : event->value == ISS_EVA_REPAIR ? "a repair goes first"
                  : event->value == ISS_EVA_SUN
                      ? "the sun stands too far from the orbit's plane"
                      : "too few who could take part");
}

void
iss_tell_eva_need(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The repair of %s takes ",
                  iss_at(story->outcome, units, name, text)[event->unit]);
    if (event->value > 1) {
        iss_story_say(story, "%.0f spacewalks.", event->value);
    } else {
        iss_story_say(story, "a spacewalk.");
    }
}

static const char *
suits_name(const struct iss_story *story, const struct iss_happening *event)
{
    return iss_at(story->outcome, suits, name, text)[event->suits];
}

void
iss_tell_suits_down(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s are out of use", suits_name(story, event));
    if (event->value > 0) {
        iss_story_say(
            story, " until %s",
            iss_story_date(story,
                           iss_us_add(event->time_us, iss_us_from_days(event->value)),
                           date));
    } else {
        iss_story_say(story, " for good");
    }
    iss_story_say(story, ".");
}

void
iss_tell_suits_cleared(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s are in use again.", suits_name(story, event));
}

/* Since when the spacewalk of the event has waited. */
static int64_t
waits_since(const struct iss_story *story, const struct iss_happening *event)
{
    for (int32_t i = event->row - 1; i >= 0; i--) {
        struct iss_happening before = iss_story_event(story, i);
        if (before.kind == ISS_EVENT_EVA_POSTPONED && before.eva == event->eva) {
            return before.time_us;
        }
    }
    return event->time_us;
}

void
iss_tell_eva_loss(struct iss_story *story, const struct iss_happening *event)
{
    char date[32];

    iss_story_begin(story, event);
    iss_story_say(
        story, "A spacewalk that has waited since %s (%s) doesn't take place.",
        iss_story_date(story, waits_since(story, event), date), name_of(story, event));
}
