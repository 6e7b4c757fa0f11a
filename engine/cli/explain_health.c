/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_health.c - the ways of explain.def that are about illness. */
#include "cli/explain_why.h"

void
iss_why_of_condition(struct iss_why *why, int which)
{
    const struct iss_story *story = &why->self->story;

    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if ((int)event.kind == which && event.illness == why->thing) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* Deaths that an illness brought about; with a condition, that one. */
void
iss_why_medical_deaths(struct iss_why *why, int which)
{
    const struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_PERSON_LOST || event.cause < 0) {
            continue;
        }
        struct iss_happening cause = iss_story_event(story, event.cause);
        if (cause.kind == ISS_EVENT_ILLNESS &&
            (why->thing < 0 || cause.illness == why->thing)) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* When it began; how long each illness took isn't in the file. */
void
iss_why_time_lost(struct iss_why *why, int which)
{
    const struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind == ISS_EVENT_ILLNESS && event.illness == why->thing) {
            iss_why_add_event(why, &event, 0);
        }
    }
}
