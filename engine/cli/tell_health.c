/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_health.c - people fall ill, and may have to go home for it.
 */
#include <math.h>

#include "cli/story.h"

static void
say_person(struct iss_story *story, const struct iss_happening *event)
{
    story->people.count = 1;
    story->people.at[0] = event->person;
    iss_story_say_people(story, &story->people);
}

static const char *
illness_of(const struct iss_story *story, const struct iss_happening *event)
{
    return iss_at(story->outcome, conditions, name, text)[event->illness];
}

void
iss_tell_particle_event(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "A solar particle event reaches the station.");
}

void
iss_tell_illness(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    say_person(story, event);
    iss_story_say(story, " has %s", illness_of(story, event));
    if (event->value >= 0.01) {
        iss_story_say(story, " and is impaired by %.0f %%", 100 * event->value);
    }
    iss_story_say(story, ".");
}

void
iss_tell_indication(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    say_person(story, event);
    if (event->value >= 1) {
        iss_story_say(story, " has to be treated on the ground: %s.",
                      illness_of(story, event));
    } else {
        iss_story_say(story, " may have to be treated on the ground (%.2g %%): %s.",
                      100 * event->value, illness_of(story, event));
    }
}

void
iss_tell_resupply(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s brings %.0f missing %s of the medical kit.",
                  iss_story_flight(story, event->flight), event->value,
                  event->value > 1 ? "items" : "item");
}
