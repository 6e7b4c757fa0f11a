/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_waits.c - the ways of explain.def that add up how long flights wait, and the
 * steps of a rescue.
 */
#include "cli/explain_why.h"

/* ---- flights ------------------------------------------------------------------- */

/* A flight's wait from `event` to event number `end`; -1 to the end of the mission. */
static void
add_span(struct iss_why *why, const struct iss_happening *event, int32_t end)
{
    struct iss_story *story = &why->self->story;
    int64_t end_us = end < 0 ? ISS_NO_TIME : iss_story_event(story, end).time_us;

    iss_explain_open(why->self);
    iss_story_say(story, "%s", iss_story_flight(story, event->flight));
    iss_why_say_until(why, end_us);
    iss_story_say(story, end < 0 ? "." : " (#%d).", (int)end);
    iss_why_add(why, event->time_us, end_us, event->row,
                iss_days_from_us(iss_why_end_or(why, end_us) - event->time_us));
}

/* A hold lasts until an attempt to launch. */
void
iss_why_waits(struct iss_why *why, int which)
{
    struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_LAUNCH_HELD) {
            continue;
        }
        int32_t launch = iss_story_next(story, i, ISS_EVENT_LAUNCHED, event.flight);
        int32_t scrub =
            iss_story_next(story, i, ISS_EVENT_LAUNCH_SCRUBBED, event.flight);
        launch = scrub >= 0 && (launch < 0 || scrub < launch) ? scrub : launch;
        add_span(why, &event, launch);
    }
}

/* The event that ends the free flight of `flight` after event `row`; -1 none. */
static int32_t
end_of_free_flight(const struct iss_story *story, int32_t row, int32_t flight)
{
    static const enum iss_event_kind ends[] = {
        ISS_EVENT_DOCKED, ISS_EVENT_DOCKING_ABANDONED, ISS_EVENT_VEHICLE_LOST};
    int32_t first = -1;

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int32_t end = iss_story_next(story, row, ends[i], flight);
        first = end >= 0 && (first < 0 || end < first) ? end : first;
    }
    return first;
}

/* From the first time that it was to dock until it does, or doesn't any more. */
void
iss_why_loitering(struct iss_why *why, int which)
{
    struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_DOCKING_DUE ||
            iss_story_next(story, -1, ISS_EVENT_DOCKING_DUE, event.flight) != i) {
            continue;
        }
        int32_t end = end_of_free_flight(story, i, event.flight);
        if (end < 0 || iss_story_event(story, end).time_us > event.time_us) {
            add_span(why, &event, end);
        }
    }
}

/* Until it is looked at again. */
void
iss_why_crowds(struct iss_why *why, int which)
{
    struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_LAUNCH_CROWDED) {
            continue;
        }
        int32_t end = iss_story_next(story, i, ISS_EVENT_LAUNCH_DUE, event.flight);
        int32_t moved =
            iss_story_next(story, i, ISS_EVENT_ROCKET_SWITCHED, event.flight);
        end = moved >= 0 && (end < 0 || moved < end) ? moved : end;
        add_span(why, &event, end);
    }
}

/* ---- room aboard --------------------------------------------------------------- */

/* When what lets fewer people be aboard is over; ISS_NO_TIME never. */
static int64_t
end_of_limit(const struct iss_story *story, const struct iss_happening *event)
{
    enum iss_event_kind over = event->kind == ISS_EVENT_CREW_LIMITED
                                   ? ISS_EVENT_OUTAGE_OVER
                                   : ISS_EVENT_LIFE_SUPPORTED;

    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind == over && next.system == event->system &&
            next.resource == event->resource) {
            return next.time_us;
        }
    }
    return ISS_NO_TIME;
}

/* What overlaps is one time, put down to what came first. */
void
iss_why_limits(struct iss_why *why, int which)
{
    struct iss_story *story = &why->self->story;
    int64_t covered_us = 0;

    (void)which;
    why->end_us = iss_why_station_end(why);
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_CREW_LIMITED && !iss_story_shuts(story, &event)) {
            continue;
        }
        int64_t end_us = end_of_limit(story, &event);
        int64_t until_us = iss_why_end_or(why, end_us);
        int64_t from_us = event.time_us > covered_us ? event.time_us : covered_us;
        if (until_us <= from_us) {
            continue;
        }
        covered_us = until_us;
        iss_explain_open(why->self);
        iss_story_say(story, "%s",
                      event.system < 0 ? iss_story_resource(story, event.resource)
                                       : iss_at(why->self->outcome, systems, name,
                                                text)[event.system]);
        iss_why_say_until(why, end_us);
        iss_story_say(story, ".");
        iss_why_add(why, from_us, end_us, i, iss_days_from_us(until_us - from_us));
    }
}

/* ---- the rescue ---------------------------------------------------------------- */

/* The step that ended with `event`, from the one before. */
static void
add_step(struct iss_why *why, const struct iss_happening *event, int64_t *from_us,
         const char *what)
{
    iss_explain_open(why->self);
    iss_story_say(&why->self->story, "%s: %s",
                  iss_story_flight(&why->self->story, event->flight), what);
    iss_why_say_until(why, event->time_us);
    iss_story_say(&why->self->story, " (#%d).", (int)event->row);
    iss_why_add(why, *from_us, event->time_us, -1,
                iss_days_from_us(event->time_us - *from_us));
    *from_us = event->time_us;
}

/* The first launch of a replacement, and the days between the turns on the way: from
 * the damaged vehicle's first failure on. */
void
iss_why_rescue(struct iss_why *why, int which)
{
    static const struct {
        enum iss_event_kind kind;
        const char *what;
    } steps[] = {{ISS_EVENT_FAILURE_DETECTED, "from the failure to its being noticed"},
                 {ISS_EVENT_FAILURE_ASSESSED, "to a finding"},
                 {ISS_EVENT_LIFEBOAT_DECISION, "to a decision"},
                 {ISS_EVENT_RESCUE_CALLED, "to the call-up"}};
    struct iss_outcome *outcome = why->self->outcome;
    struct iss_story *story = &why->self->story;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening launch = iss_story_event(story, i);
        int32_t damaged = launch.kind == ISS_EVENT_LAUNCHED
                              ? iss_at(outcome, flights, replaces, id)[launch.flight]
                              : -1;
        if (damaged < 0) {
            continue;
        }
        int64_t from_us = launch.time_us - iss_us_from_days(why->value);
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
            bool call = steps[k].kind == ISS_EVENT_RESCUE_CALLED;
            int32_t row = iss_story_next(story, -1, steps[k].kind,
                                         call ? launch.flight : damaged);
            struct iss_happening step = {.row = -1};
            if (row >= 0) {
                step = iss_story_event(story, row);
            }
            if (row >= 0 && step.time_us > from_us && step.time_us <= launch.time_us) {
                add_step(why, &step, &from_us, steps[k].what);
            }
        }
        add_step(why, &launch, &from_us, "to its launch");
        return;
    }
}
