/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_upkeep.c - the ways of explain.def that add up what became of systems and
 * spares.
 */
#include "cli/explain_why.h"

static struct iss_outcome *
outcome_of(struct iss_why *why)
{
    return why->self->outcome;
}

/* ---- units --------------------------------------------------------------------- */

/* An event of a unit, told by its name. */
static void
add_unit_event(struct iss_why *why, const struct iss_happening *event)
{
    iss_explain_open(why->self);
    iss_story_say(&why->self->story, "%s.",
                  iss_at(outcome_of(why), units, name, text)[event->unit]);
    iss_why_add(why, event->time_us, event->time_us, event->row, 1);
}

void
iss_why_units(struct iss_why *why, int which)
{
    enum iss_event_kind kind =
        which == ISS_WHY_FAILED ? ISS_EVENT_UNIT_FAILED : ISS_EVENT_UNIT_REPAIRED;

    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == kind && (why->thing < 0 || event.system == why->thing)) {
            add_unit_event(why, &event);
        }
    }
}

void
iss_why_spare_waits(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_SPARE_AWAITED &&
            (why->thing < 0 || event.part == why->thing)) {
            add_unit_event(why, &event);
        }
    }
}

/* ---- outside ------------------------------------------------------------------- */

/* Spacewalks, to repair something or not. */
void
iss_why_outings(struct iss_why *why, int which)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_EVA_BEGINS &&
            (event.unit >= 0) == (which == ISS_WHY_REPAIRS)) {
            iss_why_add_event(why, &event, 1);
        }
    }
}

/* The last event of `kind` about the unit before row `row`; -1 none. */
static int32_t
last_of_unit(struct iss_why *why, int32_t row, enum iss_event_kind kind, int32_t unit)
{
    for (int32_t i = row - 1; i >= 0; i--) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == kind && event.unit == unit) {
            return i;
        }
    }
    return -1;
}

/* Units that were repaired outside: those whose repair needed it. */
void
iss_why_outside(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_UNIT_REPAIRED &&
            last_of_unit(why, i, ISS_EVENT_EVA_NEEDED, event.unit) >= 0) {
            add_unit_event(why, &event);
        }
    }
}

/* From the need to the first outing. */
void
iss_why_eva_waits(struct iss_why *why, int which)
{
    (void)which;
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        int32_t need = event.kind == ISS_EVENT_EVA_BEGINS && event.unit >= 0
                           ? last_of_unit(why, i, ISS_EVENT_EVA_NEEDED, event.unit)
                           : -1;
        if (need < 0 || last_of_unit(why, i, ISS_EVENT_EVA_BEGINS, event.unit) > need) {
            continue; /* not the first */
        }
        int64_t from_us = iss_story_event(&why->self->story, need).time_us;
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "%s.",
                      iss_at(outcome_of(why), units, name, text)[event.unit]);
        iss_why_add(why, from_us, event.time_us, i,
                    iss_days_from_us(event.time_us - from_us));
    }
}

/* Pools of suits out of use; what is prolonged is one time. */
void
iss_why_suits(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = outcome_of(why);

    (void)which;
    why->end_us = iss_why_station_end(why);
    for (size_t pool = 0; pool < outcome->tables[ISS_TABLE_suits].rows; pool++) {
        int64_t since_us = ISS_NO_TIME;
        int32_t row = -1;
        for (int32_t i = 0; i <= iss_story_events(&why->self->story); i++) {
            bool last = i == iss_story_events(&why->self->story);
            struct iss_happening event = last ? (struct iss_happening){.suits = -1}
                                              : iss_story_event(&why->self->story, i);
            bool own = event.suits == (int32_t)pool;
            if (own && event.kind == ISS_EVENT_SUITS_DOWN && since_us == ISS_NO_TIME &&
                event.time_us < why->end_us) {
                since_us = event.time_us;
                row = i;
            } else if (since_us != ISS_NO_TIME &&
                       (last || (own && event.kind == ISS_EVENT_SUITS_CLEARED))) {
                int64_t end_us = last ? ISS_NO_TIME : event.time_us;
                iss_explain_open(why->self);
                iss_story_say(&why->self->story, "%s",
                              iss_at(outcome, suits, name, text)[pool]);
                iss_why_say_until(why, end_us);
                iss_story_say(&why->self->story, ".");
                iss_why_add(why, since_us, end_us, row,
                            iss_days_from_us(iss_why_end_or(why, end_us) - since_us));
                since_us = ISS_NO_TIME;
            }
        }
    }
}

/* ---- spares -------------------------------------------------------------------- */

void
iss_why_spares(struct iss_why *why, int which)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if ((int)event.kind == which) {
            iss_why_add_event(why, &event, event.value);
        }
    }
}

void
iss_why_spares_used(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = outcome_of(why);

    (void)which;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_repairs].rows; i++) {
        int32_t unit = iss_at(outcome, repairs, unit, id)[i];
        int32_t system = iss_at(outcome, units, system, id)[unit];
        int64_t used_us = iss_at(outcome, repairs, equipped, time)[i];
        if (used_us == ISS_NO_TIME ||
            iss_at(outcome, systems, part, id)[system] != why->thing) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "%s.",
                      iss_at(outcome, units, name, text)[unit]);
        iss_why_add(why, used_us, used_us, -1, 1);
    }
}

/* ---- times --------------------------------------------------------------------- */

/* Repairs by what they add to the mean number that waits: the share of the mission for
 * which each of them does.  Those made outside are another metric's. */
void
iss_why_backlog(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = outcome_of(why);

    (void)which;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_repairs].rows; i++) {
        double waited_d = iss_at(outcome, repairs, waited_h, real)[i] / 24;
        int64_t from_us = iss_at(outcome, repairs, equipped, time)[i];
        int32_t unit = iss_at(outcome, repairs, unit, id)[i];
        bool outside = last_of_unit(why, iss_story_events(&why->self->story),
                                    ISS_EVENT_EVA_NEEDED, unit) >= 0;
        if (waited_d > 0 && !outside) {
            bool days = waited_d >= 2;
            iss_explain_open(why->self);
            iss_story_say(&why->self->story, "%s waited %.1f %s.",
                          iss_at(outcome, units, name, text)[unit],
                          days ? waited_d : waited_d * 24, days ? "d" : "h");
            iss_why_add(why, from_us, from_us, -1,
                        waited_d / iss_days_from_us(why->end_us));
        }
    }
}

/* The outages of the system why->thing; each day adds `worth`. */
static void
add_outages(struct iss_why *why, double worth)
{
    struct iss_outcome *outcome = outcome_of(why);

    why->end_us = iss_why_station_end(why);
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_outages].rows; i++) {
        int64_t start_us = iss_at(outcome, outages, start, time)[i];
        int64_t end_us = iss_at(outcome, outages, end, time)[i];
        if (iss_at(outcome, outages, system, id)[i] != why->thing ||
            start_us >= why->end_us) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "It is down");
        iss_why_say_until(why, end_us);
        iss_story_say(&why->self->story, ".");
        iss_why_add(why, start_us, end_us, -1,
                    worth * iss_days_from_us(iss_why_end_or(why, end_us) - start_us));
    }
}

void
iss_why_system_down(struct iss_why *why, int which)
{
    (void)which;
    add_outages(why, 1);
}

void
iss_why_availability(struct iss_why *why, int which)
{
    (void)which;
    iss_explain_open(why->self);
    iss_story_say(&why->self->story, "The whole mission, without what follows.");
    iss_why_add(why, 0, why->end_us, -1, 1);
    add_outages(why, -1 / iss_days_from_us(why->end_us));
}
