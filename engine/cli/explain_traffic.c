/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_traffic.c - the ways of explain.def that are about flights, their rockets and
 * their ports: all of them, those of one role, or those of one type, family or port.
 */
#include "cli/explain_why.h"

/* ---- flights ------------------------------------------------------------------- */

static bool
is_meant(const struct iss_why *why, enum iss_why_scope scope, int32_t flight)
{
    struct iss_outcome *outcome = why->self->outcome;
    bool crewed = iss_story_is_crewed(&why->self->story, flight);

    switch (scope) {
    case ISS_WHY_CREW:
        return crewed;
    case ISS_WHY_CARGO:
        return !crewed;
    case ISS_WHY_TYPE:
        return iss_at(outcome, flights, vehicle, id)[flight] == why->thing;
    case ISS_WHY_EVERYONE:
    case ISS_WHY_PORT:
        break;
    }
    return true;
}

/* The events of a kind about the flights that are meant. */
static void
add_flights(struct iss_why *why, enum iss_event_kind kind, enum iss_why_scope scope)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == kind && is_meant(why, scope, event.flight)) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

void
iss_why_launches(struct iss_why *why, int which)
{
    add_flights(why, ISS_EVENT_LAUNCHED, (enum iss_why_scope)which);
}

void
iss_why_arrivals(struct iss_why *why, int which)
{
    add_flights(why, ISS_EVENT_DOCKED, (enum iss_why_scope)which);
}

void
iss_why_losses(struct iss_why *why, int which)
{
    add_flights(why, ISS_EVENT_ASCENT_FAILED, (enum iss_why_scope)which);
    add_flights(why, ISS_EVENT_VEHICLE_LOST, (enum iss_why_scope)which);
}

void
iss_why_aborts(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_ASCENT_FAILED && event.value > 0) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

void
iss_why_slips(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_LAUNCHED &&
            iss_at(outcome, flights, replaces, id)[event.flight] < 0 &&
            is_meant(why, (enum iss_why_scope)which, event.flight)) {
            iss_why_add_event(why, &event, event.value);
        }
    }
}

/* The end of certified life of the flight in `row`, or ISS_NO_TIME. */
static int64_t
end_of_life(const struct iss_why *why, size_t row, enum iss_why_life life)
{
    struct iss_outcome *outcome = why->self->outcome;
    int64_t launch_us = iss_at(outcome, flights, launch, time)[row];
    int32_t vehicle = iss_at(outcome, flights, vehicle, id)[row];
    double life_d = iss_at(outcome, vehicles, certified_life, real)[vehicle];

    if (life == ISS_WHY_EXTENDED) {
        return iss_at(outcome, flights, life_limit, time)[row];
    }
    return launch_us == ISS_NO_TIME || !(life_d >= 0)
               ? ISS_NO_TIME
               : iss_us_add(launch_us, iss_us_from_days(life_d));
}

void
iss_why_after_life(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        int64_t limit_us = end_of_life(why, i, (enum iss_why_life)which);
        int64_t undock_us = iss_at(outcome, flights, undock, time)[i];
        int64_t from_us = iss_us_later(limit_us, 0);
        int64_t to_us = iss_why_end_or(why, undock_us);
        if (limit_us == ISS_NO_TIME || from_us >= to_us ||
            !iss_story_is_crewed(&why->self->story, (int32_t)i) ||
            iss_at(outcome, flights, dock, time)[i] == ISS_NO_TIME) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "%s",
                      iss_story_flight(&why->self->story, (int32_t)i));
        iss_why_say_until(why, undock_us);
        iss_story_say(&why->self->story, ".");
        iss_why_add(why, from_us, undock_us, -1, iss_days_from_us(to_us - from_us));
    }
}

/* ---- ports --------------------------------------------------------------------- */

void
iss_why_docked(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    struct iss_story *story = &why->self->story;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_port_intervals].rows; i++) {
        int32_t flight = iss_at(outcome, port_intervals, flight, id)[i];
        int32_t port = iss_at(outcome, port_intervals, port, id)[i];
        int64_t start_us = iss_at(outcome, port_intervals, start, time)[i];
        int64_t end_us = iss_at(outcome, port_intervals, end, time)[i];
        if ((which == ISS_WHY_PORT && port != why->thing) ||
            !is_meant(why, (enum iss_why_scope)which, flight)) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(story, "%s at %s", iss_story_flight(story, flight),
                      iss_story_port(story, port));
        iss_why_say_until(why, end_us);
        iss_story_say(story, ".");
        iss_why_add(why, start_us, end_us, -1,
                    iss_days_from_us(iss_why_end_or(why, end_us) - start_us));
    }
}

/* ---- families ------------------------------------------------------------------ */

/* The family whose launch failed in the event, or -1. */
static int32_t
failed_family(const struct iss_why *why, const struct iss_happening *event)
{
    struct iss_outcome *outcome = why->self->outcome;

    if (event->kind == ISS_EVENT_FAMILY_FAILED) {
        return event->family;
    }
    if (event->kind != ISS_EVENT_ASCENT_FAILED) {
        return -1;
    }
    int32_t rocket = iss_at(outcome, flights, launch_system, id)[event->flight];
    return rocket < 0 ? -1 : iss_at(outcome, launch_systems, family, id)[rocket];
}

void
iss_why_launch_failures(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (why->thing >= 0 && failed_family(why, &event) == why->thing) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* A family's rockets are grounded in one moment, each by an event of its own that names
 * no failure mode; one that makes a stand-down longer adds the rest. */
void
iss_why_stand_down(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    struct iss_story *story = &why->self->story;
    int64_t covered_us = 0;

    (void)which;
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind != ISS_EVENT_ROCKET_GROUNDED || event.failure >= 0 ||
            why->thing < 0 ||
            iss_at(outcome, launch_systems, family, id)[event.rocket] != why->thing) {
            continue;
        }
        int64_t from_us = iss_us_later(event.time_us, covered_us);
        int64_t until_us =
            !(event.value >= 0)
                ? why->end_us
                : iss_us_add(event.time_us, iss_us_from_days(event.value));
        until_us = until_us < why->end_us ? until_us : why->end_us;
        if (until_us - from_us < 1000) {
            continue; /* the next rocket, but for the rounding of days */
        }
        iss_explain_open(why->self);
        iss_story_say(story, "%s", iss_story_family(story, why->thing));
        iss_why_say_until(why, until_us);
        iss_story_say(story, ".");
        iss_why_add(why, from_us, until_us, i, iss_days_from_us(until_us - from_us));
        covered_us = until_us;
    }
}
