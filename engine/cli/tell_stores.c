/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tell_stores.c - what the station lives on: it comes, runs low, runs out.
 */
#include <math.h>

#include "cli/story.h"

/* ---- cargo --------------------------------------------------------------------- */

/* "2.4 t", "150 kg". */
static const char *
mass(double mass_kg, char text[32])
{
    snprintf(text, 32, mass_kg >= 1000 ? "%.1f t" : "%.0f kg",
             mass_kg >= 1000 ? mass_kg / 1000 : mass_kg);
    return text;
}

void
iss_tell_cargo_loss(struct iss_story *story, const struct iss_happening *event)
{
    struct iss_outcome *outcome = story->outcome;
    const char *joint =
        iss_story_has_said(story, event->cause) ? "Lost with it: " : "Lost: ";
    char text[32];

    iss_story_begin(story, event);
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_cargo].rows; i++) {
        int32_t resource = iss_at(outcome, cargo, resource, id)[i];
        if (iss_at(outcome, cargo, flight, id)[i] == event->flight) {
            iss_story_say(story, "%s%s of %s", joint,
                          mass(iss_at(outcome, cargo, loaded, real)[i], text),
                          iss_story_resource(story, resource));
            joint = ", ";
        }
    }
    iss_story_say(story, ".");
}

void
iss_tell_unloading(struct iss_story *story, const struct iss_happening *event)
{
    bool said = iss_story_has_said(story, event->cause);
    char text[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s of stores come aboard", mass(event->value, text));
    if (said) {
        iss_story_say(story, ".");
    } else {
        iss_story_say(story, " from %s.", iss_story_flight(story, event->flight));
    }
}

void
iss_tell_cargo_down(struct iss_story *story, const struct iss_happening *event)
{
    bool said = iss_story_has_said(story, event->cause);
    char text[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s takes %s of %s %s.",
                  said ? "It" : iss_story_flight(story, event->flight),
                  mass(event->value, text), iss_story_resource(story, event->resource),
                  event->kind == ISS_EVENT_CARGO_RETURNED ? "home" : "away");
}

/* Whether event `row` is of the kind, at the same moment and about the same flight. */
static bool
is_beside(const struct iss_story *story, const struct iss_happening *event, int32_t row,
          enum iss_event_kind kind)
{
    struct iss_happening other = iss_story_event(story, row);
    return other.kind == kind && other.flight == event->flight &&
           other.time_us == event->time_us;
}

/* The first of a launch tells them all; none does when it fails. */
void
iss_tell_manifest_swap(struct iss_story *story, const struct iss_happening *event)
{
    bool said = iss_story_has_said(story, event->cause);
    int32_t first = event->row, last = event->row, count = iss_story_events(story);
    char text[32];

    while (first > 0 && iss_story_event(story, first - 1).time_us == event->time_us) {
        first--;
    }
    for (int32_t i = first; i < count; i++) {
        if (iss_story_event(story, i).time_us != event->time_us) {
            break;
        }
        if ((i < event->row &&
             is_beside(story, event, i, ISS_EVENT_MANIFEST_SWAPPED)) ||
            is_beside(story, event, i, ISS_EVENT_ASCENT_FAILED)) {
            return;
        }
        last = is_beside(story, event, i, ISS_EVENT_MANIFEST_SWAPPED) ? i : last;
    }
    iss_story_begin(story, event);
    iss_story_say(story, "%s brings ",
                  said ? "It" : iss_story_flight(story, event->flight));
    for (int32_t i = event->row; i <= last; i++) {
        if (is_beside(story, event, i, ISS_EVENT_MANIFEST_SWAPPED)) {
            struct iss_happening one = iss_story_event(story, i);
            iss_story_say(story, "%s%s of %s",
                          i == event->row ? ""
                          : i == last     ? " and "
                                          : ", ",
                          mass(one.value, text),
                          iss_story_resource(story, one.resource));
        }
    }
    iss_story_say(story, " before all else.");
}

/* ---- losses ---------------------------------------------------------------------- */

void
iss_tell_resource_loss(struct iss_story *story, const struct iss_happening *event)
{
    char text[32];

    iss_story_begin(story, event);
    iss_story_say(story, "%s of %s is gone.", mass(event->value, text),
                  iss_story_resource(story, event->resource));
}

void
iss_tell_leak(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "%.3g kg a day of %s leaks.", event->value,
                  iss_story_resource(story, event->resource));
}

void
iss_tell_leak_end(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "The leak of %s is shut.",
                  iss_story_resource(story, event->resource));
}

/* ---- reserves ------------------------------------------------------------------ */

/* Whether the mission was over then: no ship is to come. */
static bool
is_over(const struct iss_story *story, int32_t row)
{
    int32_t over = iss_story_next(story, -1, ISS_EVENT_MISSION_OVER, -1);

    return over >= 0 && over < row;
}

/* What is done about it.  Who goes home is told next, in the same line. */
static const char *
measure(const struct iss_story *story, const struct iss_happening *event)
{
    int action = iss_at(story->outcome, thresholds, action, code)[event->threshold];
    bool goes =
        iss_story_consequence(story, event->row, ISS_EVENT_EVACUATION, event->row) >= 0;

    switch ((enum iss_reserve_action)action) {
    case ISS_RESERVE_RATION:
        return ": rations begin";
    case ISS_RESERVE_RETURN:
        return goes ? ": a crew is to go home" : ", and no crew can be spared";
    case ISS_RESERVE_LEAVE:
        return goes ? ": everyone is to leave" : ", and nobody can leave";
    case ISS_RESERVE_SWAP:
        return is_over(story, event->row) ? ""
                                          : ": the next ships are to bring it first";
    case ISS_RESERVE_NOTE:
        break;
    }
    return "";
}

static double
days_of(const struct iss_story *story, const struct iss_happening *event)
{
    return iss_at(story->outcome, thresholds, days, real)[event->threshold];
}

void
iss_tell_reserve_low(struct iss_story *story, const struct iss_happening *event)
{
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "The reserve of %s is down to %s%s.",
                  iss_story_resource(story, event->resource),
                  iss_words_days(days_of(story, event), days), measure(story, event));
}

void
iss_tell_reserve_restored(struct iss_story *story, const struct iss_happening *event)
{
    uint8_t action = iss_at(story->outcome, thresholds, action, code)[event->threshold];
    char days[32];

    iss_story_begin(story, event);
    iss_story_say(story, "The reserve of %s is well above %s again%s.",
                  iss_story_resource(story, event->resource),
                  iss_words_days(days_of(story, event), days),
                  action == ISS_RESERVE_RATION ? ": rations end" : "");
}

void
iss_tell_stock_out(struct iss_story *story, const struct iss_happening *event)
{
    char people[32];

    iss_story_begin(story, event);
    iss_story_say(story, "The station runs out of %s",
                  iss_story_resource(story, event->resource));
    if (event->value > 0) {
        iss_story_say(story, ", with %s who need%s some",
                      iss_words_count((int64_t)event->value, people),
                      event->value > 1 ? "" : "s");
    }
    iss_story_say(story, ".");
}

void
iss_tell_life_unsupported(struct iss_story *story, const struct iss_happening *event)
{
    bool goes =
        iss_story_consequence(story, event->row, ISS_EVENT_EVACUATION, event->row) >= 0;

    iss_story_begin(story, event);
    iss_story_say(story, "People can't do without %s any longer%s.",
                  iss_story_resource(story, event->resource),
                  event->value == 0 ? ": nobody can be aboard"
                  : goes            ? ": everyone is to leave"
                                    : ", and nobody can leave");
}

void
iss_tell_stock_back(struct iss_story *story, const struct iss_happening *event)
{
    double per_person =
        iss_at(story->outcome, resources, per_person, real)[event->resource];

    if (per_person > 0 && event->value == 0) {
        return; /* nobody is left to need any */
    }
    iss_story_begin(story, event);
    iss_story_say(story, "The shortage of %s is over.",
                  iss_story_resource(story, event->resource));
}

bool
iss_story_shuts(const struct iss_story *story, const struct iss_happening *event)
{
    return event->kind == ISS_EVENT_LIFE_UNSUPPORTED ||
           (event->kind == ISS_EVENT_RESERVE_LOW &&
            iss_at(story->outcome, thresholds, action, code)[event->threshold] ==
                ISS_RESERVE_LEAVE);
}

void
iss_tell_life_supported(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_begin(story, event);
    iss_story_say(story, "There is enough %s again for people to come.",
                  iss_story_resource(story, event->resource));
}
