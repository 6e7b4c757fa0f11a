/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * story_events.c - the events of the story, and which one follows from which.
 */
#include "cli/story.h"

int32_t
iss_story_events(const struct iss_story *story)
{
    return (int32_t)story->outcome->tables[ISS_TABLE_events].rows;
}

struct iss_happening
iss_story_event(const struct iss_story *story, int32_t row)
{
    struct iss_outcome *outcome = story->outcome;
    return (struct iss_happening){
        .row = row,
        .kind = (enum iss_event_kind)iss_at(outcome, events, type, code)[row],
        .time_us = iss_at(outcome, events, time, time)[row],
        .flight = iss_at(outcome, events, flight, id)[row],
        .other = iss_at(outcome, events, other, id)[row],
        .port = iss_at(outcome, events, port, id)[row],
        .rocket = iss_at(outcome, events, launch_system, id)[row],
        .family = iss_at(outcome, events, family, id)[row],
        .pad = iss_at(outcome, events, pad, id)[row],
        .scrub = iss_at(outcome, events, scrub_cause, id)[row],
        .eva = iss_at(outcome, events, eva, id)[row],
        .programme = iss_at(outcome, events, programme, id)[row],
        .suits = iss_at(outcome, events, suits, id)[row],
        .person = iss_at(outcome, events, person, id)[row],
        .failure = iss_at(outcome, events, failure, id)[row],
        .system = iss_at(outcome, events, system, id)[row],
        .unit = iss_at(outcome, events, unit, id)[row],
        .part = iss_at(outcome, events, part, id)[row],
        .task = iss_at(outcome, events, task, id)[row],
        .illness = iss_at(outcome, events, condition, id)[row],
        .resource = iss_at(outcome, events, resource, id)[row],
        .threshold = iss_at(outcome, events, threshold, id)[row],
        .cause = iss_at(outcome, events, cause, id)[row],
        .value = iss_at(outcome, events, value, real)[row],
    };
}

enum iss_event_kind
iss_story_outage_end(enum iss_event_kind kind)
{
    switch (kind) {
    case ISS_EVENT_ROCKET_GROUNDED:
        return ISS_EVENT_ROCKET_CLEARED;
    case ISS_EVENT_PORT_BLOCKED:
        return ISS_EVENT_PORT_OPENED;
    case ISS_EVENT_PAD_CLOSED:
        return ISS_EVENT_PAD_OPENED;
    default:
        return ISS_EVENT_KINDS;
    }
}

int32_t
iss_story_next(const struct iss_story *story, int32_t row, enum iss_event_kind kind,
               int32_t flight)
{
    for (int32_t i = row + 1; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind == kind && event.flight == flight) {
            return i;
        }
    }
    return -1;
}

int32_t
iss_story_next_alike(const struct iss_story *story, const struct iss_happening *event,
                     enum iss_event_kind kind)
{
    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind == kind && next.flight == event->flight &&
            next.port == event->port && next.rocket == event->rocket &&
            next.family == event->family && next.pad == event->pad &&
            next.suits == event->suits && next.unit == event->unit &&
            next.system == event->system && next.resource == event->resource &&
            next.threshold == event->threshold && next.eva == event->eva) {
            return i;
        }
    }
    return -1;
}

int32_t
iss_story_consequence(const struct iss_story *story, int32_t row,
                      enum iss_event_kind kind, int32_t cause)
{
    for (int32_t i = row + 1; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind == kind && event.cause == cause) {
            return i;
        }
    }
    return -1;
}
