/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_upkeep.c - units that fail and run again, and the spares that they wait for.
 */
#include <math.h>

#include "cli/story.h"

static const char *
unit_name(const struct iss_story *story, int32_t unit)
{
    return iss_at(story->outcome, units, name, text)[unit];
}

static const char *
system_name(const struct iss_story *story, int32_t system)
{
    return iss_at(story->outcome, systems, name, text)[system];
}

static const char *
part_name(const struct iss_story *story, int32_t part)
{
    return iss_at(story->outcome, parts, name, text)[part];
}

/* The row of /repairs that the event is about; -1 none. */
static int32_t
repair_of(const struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    bool fails = event->kind == ISS_EVENT_UNIT_FAILED;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_repairs].rows; i++) {
        int64_t at_us = fails ? iss_at(outcome, repairs, failed, time)[i]
                              : iss_at(outcome, repairs, repaired, time)[i];
        if (iss_at(outcome, repairs, unit, id)[i] == event->unit &&
            at_us == event->time_us) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* Whether the system goes down (or up, with `ends`) at the moment of the event. */
static bool
turns(const struct iss_story *story, const struct iss_happening *event, bool ends)
{
    struct iss_outcome *outcome = story->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_outages].rows; i++) {
        int64_t at_us = ends ? iss_at(outcome, outages, end, time)[i]
                             : iss_at(outcome, outages, start, time)[i];
        if (iss_at(outcome, outages, system, id)[i] == event->system &&
            at_us == event->time_us) {
            return true;
        }
    }
    return false;
}

/* Whether the unit is all that the system has: then its name says it. */
static bool
is_single(const struct iss_story *story, int32_t system)
{
    return iss_at(story->outcome, systems, units, count)[system] == 1;
}

static int32_t
next_of_unit(const struct iss_story *story, const struct iss_happening *event,
             enum iss_event_kind kind)
{
    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind == kind && next.unit == event->unit) {
            return i;
        }
    }
    return -1;
}

void
iss_tell_units_struck(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "One cause makes all of %s fail at once.",
                  system_name(story, event->system));
}

void
iss_tell_unit_failure(struct iss_story *story, const struct iss_happening *event)
{
    char name[128];
    int32_t repaired = next_of_unit(story, event, ISS_EVENT_UNIT_REPAIRED);

    iss_story_begin(story, event);
    iss_story_say(story, "%s fails", unit_name(story, event->unit));
    if (turns(story, event, false) && !is_single(story, event->system)) {
        iss_story_say(story, ": %s is down",
                      iss_words_within(system_name(story, event->system), name));
    }
    if (iss_story_fold(story, repaired)) {
        iss_story_say(story, " and is repaired");
        iss_story_say_day(story, iss_story_event(story, repaired).time_us);
    }
    iss_story_say(story, ".");
}

void
iss_tell_outage_hurt(struct iss_story *story, const struct iss_happening *event)
{
    char name[128];

    iss_story_begin(story, event);
    iss_story_say(story, "While %s is down %.0f %% of the research is lost.",
                  iss_words_within(system_name(story, event->system), name),
                  100 * event->value);
}

void
iss_tell_crew_limit(struct iss_story *story, const struct iss_happening *event)
{
    char people[32], name[128];

    iss_story_begin(story, event);
    iss_story_say(story, "While %s is down %s%s may be aboard.",
                  iss_words_within(system_name(story, event->system), name),
                  event->value > 0 ? "no more than " : "",
                  event->value > 0 ? iss_words_count((int64_t)event->value, people)
                                   : "nobody");
}

void
iss_tell_spare_wait(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s waits for a spare: there is no %s aboard.",
                  unit_name(story, event->unit), part_name(story, event->part));
}

void
iss_tell_spare_arrival(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "A spare arrives: %s.", part_name(story, event->part));
}

static const char *
spares(double count)
{
    return count > 1 ? "spares" : "spare";
}

void
iss_tell_spares(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s brings %.0f %s.", iss_story_flight(story, event->flight),
                  event->value, spares(event->value));
}

void
iss_tell_spares_lost(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%s had %.0f %s for the station, now ordered again.",
                  iss_story_flight(story, event->flight), event->value,
                  spares(event->value));
}

void
iss_tell_unit_repair(struct iss_story *story, const struct iss_happening *event)
{
    char name[128];
    int32_t repair = repair_of(story, event);
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s runs again", unit_name(story, event->unit));
    if (repair >= 0) {
        int64_t failed_us = iss_at(story->outcome, repairs, failed, time)[repair];
        iss_story_say(
            story, " after %s",
            iss_words_days(iss_days_from_us(event->time_us - failed_us), days));
    }
    if (turns(story, event, true) && !is_single(story, event->system)) {
        iss_story_say(story, ", and with it %s",
                      iss_words_within(system_name(story, event->system), name));
    }
    iss_story_say(story, ".");
}
