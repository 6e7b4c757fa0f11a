/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_eva.c - who goes outside, and which spacewalk doesn't take place.
 */
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

void
iss_tell_eva(struct iss_story *story, const struct iss_happening *event)
{
    const struct iss_people_list *people = take_part(story, event, false);

    iss_story_begin(story, event);
    iss_story_say_people(story, people);
    iss_story_say(story, people->count == 1 ? " goes" : " go");
    iss_story_say(story, " outside for %.1f hours (%s)", event->value,
                  name_of(story, event));
    people = take_part(story, event, true);
    if (people->count > 0) {
        iss_story_say(story, "; ");
        iss_story_say_people(story, people);
        iss_story_say(story, " helps from inside");
    }
    iss_story_say(story, ".");
}

void
iss_tell_eva_wait(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "A spacewalk (%s) has to wait: too few who could take part.",
                  name_of(story, event));
}

void
iss_tell_eva_loss(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "A spacewalk that has waited (%s) doesn't take place.",
                  name_of(story, event));
}
