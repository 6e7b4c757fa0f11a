/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_command.c - expeditions and who commands them; the loss of a station that nobody
 * is left to keep.
 */
#include "cli/story.h"

/* ---- expeditions --------------------------------------------------------------- */

static void
say_commander(struct iss_story *story, int32_t person)
{
    story->people.count = 1;
    story->people.at[0] = person;
    iss_story_say_people(story, &story->people);
}

/* "Expedition 74 begins; Michael Fincke commands." */
static void
say_expedition(struct iss_story *story, const struct iss_happening *event)
{
    if (event->kind == ISS_EVENT_EXPEDITION_BEGINS) {
        iss_story_say(story, "Expedition %.0f begins; ", event->value);
        say_commander(story, event->person);
        iss_story_say(story, " commands.");
        return;
    }
    say_commander(story, event->person);
    iss_story_say(story, " takes command of Expedition %.0f.", event->value);
}

void
iss_tell_expedition(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    say_expedition(story, event);
}

void
iss_tell_command(struct iss_story *story, const struct iss_happening *event)
{
    iss_tell_expedition(story, event);
}

int32_t
iss_story_take_command(struct iss_story *story, const struct iss_happening *event)
{
    int32_t row = iss_story_consequence(story, event->row, ISS_EVENT_EXPEDITION_BEGINS,
                                        event->row);
    if (row < 0) {
        row = iss_story_consequence(story, event->row, ISS_EVENT_COMMAND_HANDED_OVER,
                                    event->row);
    }
    if (row < 0 || story->apart || iss_story_has_said(story, row) ||
        (story->only != NULL && !story->only[row])) {
        return -1;
    }
    iss_story_take(story, row);
    return row;
}

void
iss_story_say_command(struct iss_story *story, int32_t row)
{
    if (row >= 0) {
        struct iss_happening event = iss_story_event(story, row);
        iss_story_say(story, " ");
        say_expedition(story, &event);
    }
}

bool
iss_story_command(const struct iss_story *story, int64_t time_us, int64_t *number,
                  const char **commander)
{
    struct iss_outcome *outcome = story->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_expeditions].rows; i++) {
        int64_t end_us = iss_at(outcome, expeditions, end, time)[i];
        if (iss_at(outcome, expeditions, start, time)[i] <= time_us &&
            (end_us == ISS_NO_TIME || end_us > time_us)) {
            int32_t person = iss_at(outcome, expeditions, commander, id)[i];
            *number = iss_at(outcome, expeditions, number, count)[i];
            *commander = iss_at(outcome, people, name, text)[person];
            return true;
        }
    }
    return false;
}

/* ---- the station --------------------------------------------------------------- */

void
iss_tell_station_loss(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    int64_t lost = 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_port_intervals].rows; i++) {
        lost += iss_at(outcome, port_intervals, end, time)[i] == event->time_us;
    }
    iss_story_begin(story, event);
    bool sank = event->cause >= 0 &&
                iss_story_event(story, event->cause).kind == ISS_EVENT_ALTITUDE_DUE;
    iss_story_say(story, "%s: the station is lost",
                  sank ? "It has sunk too low" : "Nobody has come in time");
    if (lost > 0) {
        iss_story_say(story, ", with %lld vehicle%s docked there", (long long)lost,
                      lost == 1 ? "" : "s");
    }
    iss_story_say(story, ". Nothing flies there any more.");
    story->cause = "the station lost";
}
