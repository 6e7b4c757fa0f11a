/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_programme.c - what the partners have agreed on: its dates, the launches that it
 * cancels, the end of the mission and of the station.
 */
#include "cli/story.h"

/* ", 12 days after its date"; nothing for one that is in time. */
static void
say_delay(struct iss_story *story, double late_d)
{
    char days[32];

    if (late_d >= 1) {
        iss_story_say(story, ", %s after its date", iss_words_days(late_d, days));
    }
}

void
iss_tell_programme(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "By the programme: %s",
                  iss_at(story->outcome, programme, name, text)[event->programme]);
    say_delay(story, event->value);
    iss_story_say(story, ".");
}

/* The next flight that the same entry cancels at the same moment; -1 none. */
static int32_t
next_cancelled(const struct iss_story *story, const struct iss_happening *event,
               int32_t row)
{
    while (!story->apart && ++row < iss_story_events(story)) {
        struct iss_happening next = iss_story_event(story, row);
        if (next.time_us != event->time_us) {
            break;
        }
        if (next.kind == event->kind && next.programme == event->programme &&
            (story->only == NULL || story->only[row])) {
            return row;
        }
    }
    return -1;
}

/* "A is cancelled", "A, B and C are cancelled". */
void
iss_tell_cancelling(struct iss_story *story, const struct iss_happening *event)
{
    int32_t row = next_cancelled(story, event, event->row);
    bool several = row >= 0;

    iss_story_begin(story, event);
    iss_story_say(story, "%s", iss_story_flight(story, event->flight));
    while (row >= 0) {
        int32_t next = next_cancelled(story, event, row);
        iss_story_take(story, row);
        iss_story_say(story, "%s%s", next >= 0 ? ", " : " and ",
                      iss_story_flight(story, iss_story_event(story, row).flight));
        row = next;
    }
    iss_story_say(story, several ? " are cancelled." : " is cancelled.");
}

void
iss_tell_end_wait(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The mission goes on until a deorbit vehicle is docked.");
}

void
iss_tell_mission_over(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The mission is over");
    say_delay(story, event->value);
    iss_story_say(story, ": nothing more is launched, and the crews go home.");
}

void
iss_tell_deorbit(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story,
                  "The station reenters as planned, %s after the last departure "
                  "of people.",
                  iss_words_days(event->value, days));
    story->cause = "the station deorbited";
}
