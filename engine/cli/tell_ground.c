/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_ground.c - who and what doesn't fly: people who miss their launch, flights that
 * wait to the end.
 */
#include "cli/story.h"

/* ---- people -------------------------------------------------------------------- */

/* What a person left behind is instead, for one and for several; in the order of
 * enum iss_person_phase. */
static const char *const instead[][2] = {
    [ISS_PERSON_GROUND] = {"stays on the ground", "stay on the ground"},
    [ISS_PERSON_ASCENT] = {"is on the way up", "are on the way up"},
    [ISS_PERSON_ABOARD] = {"is still aboard", "are still aboard"},
    [ISS_PERSON_DESCENT] = {"is on the way home", "are on the way home"},
    [ISS_PERSON_LOST] = {"died", "died"},
};
enum { STATUSES = sizeof instead / sizeof *instead };

/* Those of the crew who missed the launch of `flight` and were `status` then. */
static const struct iss_people_list *
left_behind(struct iss_story *story, int32_t flight, uint8_t status)
{
    struct iss_outcome *outcome = story->outcome;

    story->people.count = 0;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_left_behind].rows; i++) {
        if (iss_at(outcome, left_behind, flight, id)[i] == flight &&
            iss_at(outcome, left_behind, status, code)[i] == status) {
            story->people.at[story->people.count++] =
                iss_at(outcome, left_behind, person, id)[i];
        }
    }
    return &story->people;
}

bool
iss_story_say_left_behind(struct iss_story *story, int32_t flight, bool all)
{
    bool any = false;

    for (uint8_t status = 0; status < STATUSES; status++) {
        const struct iss_people_list *people = left_behind(story, flight, status);
        if (people->count == 0) {
            continue;
        }
        iss_story_say(story, all ? any ? "; " : ": " : ", without ");
        iss_story_say_people(story, people);
        iss_story_say(story, all ? " %s" : ", who %s",
                      instead[status][people->count > 1]);
        any = true;
    }
    return any;
}

/* ---- flights ------------------------------------------------------------------- */

/* What the flight waits for by its last word from the pad: a kind of event;
 * -1 nothing. */
static int
waits_for(const struct iss_story *story, int32_t flight)
{
    int kind = -1;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.flight == flight && (event.kind == ISS_EVENT_LAUNCH_GROUNDED ||
                                       event.kind == ISS_EVENT_LAUNCH_UNREADY ||
                                       event.kind == ISS_EVENT_LAUNCH_QUEUED ||
                                       event.kind == ISS_EVENT_LAUNCH_CROWDED ||
                                       event.kind == ISS_EVENT_LAUNCH_HELD)) {
            kind = event.kind;
        }
    }
    return kind;
}

static const char *
why_grounded(const struct iss_story *story, int32_t flight, int64_t end_us)
{
    struct iss_outcome *outcome = story->outcome;
    int64_t ready_us = iss_at(outcome, flights, ready, time)[flight];

    if (iss_story_next(story, -1, ISS_EVENT_FORECAST_BEGINS, -1) < 0) {
        return "not in the record";
    }
    switch (waits_for(story, flight)) {
    case ISS_EVENT_LAUNCH_GROUNDED:
        return "waits for its rocket";
    case ISS_EVENT_LAUNCH_UNREADY:
        return "waits for its vehicle";
    case ISS_EVENT_LAUNCH_QUEUED:
        return "waits for a pad";
    case ISS_EVENT_LAUNCH_CROWDED:
        return "waits for room aboard";
    }
    if (iss_at(outcome, flights, status, code)[flight] == ISS_FLIGHT_HELD) {
        return "waits for a port";
    }
    if (ready_us == ISS_NO_TIME) {
        return "no vehicle is made for it";
    }
    return ready_us > end_us ? "waits for its vehicle" : "its launch has slipped";
}

void
iss_story_say_grounded(struct iss_story *story, int64_t end_us)
{
    struct iss_outcome *outcome = story->outcome;
    const char *joint = " Still on the ground: ";
    char date[32];

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        int64_t planned = iss_at(outcome, flights, launch_planned, time)[i];
        if (iss_at(outcome, flights, status, code)[i] > ISS_FLIGHT_HELD ||
            planned == ISS_NO_TIME || planned >= end_us) {
            continue;
        }
        iss_story_say(story, "%s%s (%s; planned %s)", joint,
                      iss_story_flight(story, (int32_t)i),
                      why_grounded(story, (int32_t)i, end_us),
                      iss_story_date(story, planned, date));
        joint = ", ";
    }
    iss_story_say(story, *joint == ' ' ? "" : ".");
}
