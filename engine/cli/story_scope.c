/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * story_scope.c - what belongs to the story though it's cargo, and what doesn't though
 * it's told elsewhere.
 */
#include "cli/story.h"

bool
iss_story_has_waited(const struct iss_story *story, const struct iss_happening *event)
{
    if (event->kind != ISS_EVENT_LAUNCHED && event->kind != ISS_EVENT_DOCKED) {
        return false;
    }
    for (int32_t i = event->row - 1; i >= 0; i--) {
        enum iss_event_kind kind = iss_story_event(story, i).kind;
        if ((kind == ISS_EVENT_LAUNCH_HELD || kind == ISS_EVENT_LAUNCH_GROUNDED ||
             kind == ISS_EVENT_LAUNCH_QUEUED) &&
            iss_story_event(story, i).flight == event->flight) {
            return true;
        }
    }
    return false;
}

/* Whether a flight of the mission is still to fly on a rocket. */
static bool
is_needed(const struct iss_story *story, int32_t rocket, int64_t time_us)
{
    struct iss_outcome *outcome = story->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        int64_t launch = iss_at(outcome, flights, launch, time)[i];
        if (iss_at(outcome, flights, launch_system, id)[i] == rocket &&
            (launch == ISS_NO_TIME || launch >= time_us)) {
            return true;
        }
    }
    return false;
}

bool
iss_story_is_elsewhere(const struct iss_story *story, const struct iss_happening *event)
{
    if (event->kind == ISS_EVENT_ROCKET_GROUNDED ||
        event->kind == ISS_EVENT_ROCKET_CLEARED) {
        return !is_needed(story, event->rocket, event->time_us);
    }
    if (event->kind != ISS_EVENT_FAMILY_FAILED) {
        return false;
    }
    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.time_us != event->time_us) {
            break;
        }
        if (next.kind == ISS_EVENT_ROCKET_GROUNDED && next.cause == event->row &&
            is_needed(story, next.rocket, next.time_us)) {
            return false;
        }
    }
    return true;
}
