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

/* ---- research ------------------------------------------------------------------ */

/* What got done of the experiment why->thing, or of all. */
void
iss_why_experiments(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;

    (void)which;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_experiments].rows; i++) {
        int64_t done = iss_at(outcome, experiments, completed, count)[i];
        if (done == 0 || (why->thing >= 0 && (int32_t)i != why->thing)) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "%s, in %g h each.",
                      iss_at(outcome, experiments, name, text)[i],
                      iss_at(outcome, experiments, hours, real)[i]);
        iss_why_add(why, why->end_us, why->end_us, -1, (double)done);
    }
}
