/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_stocks.c - the metrics of the resources taken apart: when one was low or out,
 * which flights brought it.
 */
#include <math.h>

#include "cli/explain_why.h"

/* The next event of `kind` about the same resource and threshold; -1 none. */
static int32_t
next_alike(const struct iss_story *story, const struct iss_happening *event,
           enum iss_event_kind kind)
{
    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind == kind && next.resource == event->resource &&
            next.threshold == event->threshold) {
            return i;
        }
    }
    return -1;
}

/* Levels are straight between their rows: how much more is there `us` after row `i`. */
static double
change(struct iss_outcome *outcome, size_t i, int64_t us)
{
    return (iss_at(outcome, levels, made, real)[i] -
            iss_at(outcome, levels, used, real)[i]) *
           iss_days_from_us(us);
}

/* The end of the line that begins in row `i` of the levels. */
static int64_t
end_of_line(const struct iss_why *why, size_t i)
{
    struct iss_outcome *outcome = why->self->outcome;
    int32_t resource = iss_at(outcome, levels, resource, id)[i];

    for (size_t k = i + 1; k < outcome->tables[ISS_TABLE_levels].rows; k++) {
        if (iss_at(outcome, levels, resource, id)[k] == resource) {
            return iss_why_end_or(why, iss_at(outcome, levels, time, time)[k]);
        }
    }
    return why->end_us;
}

/* ---- intervals ----------------------------------------------------------------- */

/* What was wanted of the resource and wasn't there, from `from_us` to `until_us`. */
static double
lacking(const struct iss_why *why, int64_t from_us, int64_t until_us)
{
    struct iss_outcome *outcome = why->self->outcome;
    double mass = 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_levels].rows; i++) {
        int64_t start_us = iss_at(outcome, levels, time, time)[i];
        if (iss_at(outcome, levels, resource, id)[i] == why->thing &&
            start_us >= from_us && start_us < until_us) {
            mass += iss_at(outcome, levels, lacking, real)[i] *
                    iss_days_from_us(end_of_line(why, i) - start_us);
        }
    }
    return mass;
}

static void
add_interval(struct iss_why *why, const struct iss_happening *event,
             enum iss_event_kind end_kind, bool portions)
{
    struct iss_outcome *outcome = why->self->outcome;
    struct iss_story *story = &why->self->story;
    int32_t end = next_alike(story, event, end_kind);
    int64_t end_us = end < 0 ? ISS_NO_TIME : iss_story_event(story, end).time_us;
    int64_t until_us = iss_why_end_or(why, end_us);
    double amount = iss_days_from_us(until_us - event->time_us);

    if (portions) {
        amount = lacking(why, event->time_us, until_us) /
                 iss_at(outcome, resources, per_person, real)[event->resource];
    }
    iss_explain_open(why->self);
    iss_story_say(story, "%s", iss_story_resource(story, event->resource));
    iss_why_say_until(why, end_us);
    iss_story_say(story, end < 0 ? "." : " (#%d).", (int)end);
    iss_why_add(why, event->time_us, end_us, event->row, amount);
}

void
iss_why_stock_outs(struct iss_why *why, int which)
{
    why->end_us = iss_why_station_end(why);
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind != ISS_EVENT_STOCK_OUT || event.resource != why->thing) {
            continue;
        }
        if (which != ISS_WHY_TIMES) {
            add_interval(why, &event, ISS_EVENT_STOCK_BACK, which == ISS_WHY_PORTIONS);
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "The station runs out of %s.",
                      iss_story_resource(&why->self->story, event.resource));
        iss_why_add(why, event.time_us, event.time_us, i, 1);
    }
}

void
iss_why_below(struct iss_why *why, int which)
{
    (void)which;
    why->end_us = iss_why_station_end(why);
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if (event.kind == ISS_EVENT_RESERVE_LOW && event.threshold == why->thing) {
            add_interval(why, &event, ISS_EVENT_RESERVE_RESTORED, false);
        }
    }
}

/* ---- levels -------------------------------------------------------------------- */

/* A line that begins in row `i` of the levels, at `time_us`. */
static void
add_level(struct iss_why *why, size_t i, int64_t time_us, double amount)
{
    iss_explain_open(why->self);
    iss_story_say(
        &why->self->story, "The stock of %s at that moment.",
        iss_story_resource(&why->self->story,
                           iss_at(why->self->outcome, levels, resource, id)[i]));
    iss_why_add(why, time_us, time_us, -1, amount);
}

/* The lowest end of a line, or the first level of all. */
void
iss_why_lowest(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    double lowest = INFINITY, nominal = 0;
    int64_t when_us = 0;
    size_t row = 0;

    (void)which;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_levels].rows; i++) {
        int64_t start_us = iss_at(outcome, levels, time, time)[i];
        int64_t end_us = end_of_line(why, i);
        double stock = iss_at(outcome, levels, stock, real)[i];
        double end = stock + change(outcome, i, end_us - start_us);
        if (iss_at(outcome, levels, resource, id)[i] != why->thing) {
            continue;
        }
        nominal = iss_at(outcome, resources, nominal_use, real)[why->thing];
        if (fmin(stock, end) < lowest) {
            lowest = fmin(stock, end);
            when_us = stock <= end ? start_us : end_us;
            row = i;
        }
    }
    if (nominal > 0 && isfinite(lowest)) {
        add_level(why, row, when_us, fmax(0, lowest) / nominal);
    }
}

void
iss_why_left(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    size_t rows = outcome->tables[ISS_TABLE_levels].rows, last = rows;

    (void)which;
    for (size_t i = 0; i < rows; i++) {
        last = iss_at(outcome, levels, resource, id)[i] == why->thing ? i : last;
    }
    if (last < rows) {
        int64_t start_us = iss_at(outcome, levels, time, time)[last];
        add_level(why, last, why->end_us,
                  iss_at(outcome, levels, stock, real)[last] +
                      change(outcome, last, why->end_us - start_us));
    }
}

/* Days at the capacity: lines that begin there and don't fall. */
void
iss_why_full(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    double capacity = iss_at(outcome, resources, capacity, real)[why->thing];

    (void)which;
    why->end_us = iss_why_station_end(why);
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_levels].rows; i++) {
        int64_t start_us = iss_at(outcome, levels, time, time)[i];
        int64_t end_us = end_of_line(why, i);
        if (iss_at(outcome, levels, resource, id)[i] != why->thing ||
            start_us >= why->end_us ||
            !(iss_at(outcome, levels, stock, real)[i] >= capacity) ||
            change(outcome, i, ISS_US_PER_D) < 0) {
            continue;
        }
        iss_explain_open(why->self);
        iss_story_say(&why->self->story, "No room for more: %s.",
                      iss_story_resource(&why->self->story, why->thing));
        iss_why_add(why, start_us, end_us, -1, iss_days_from_us(end_us - start_us));
    }
}

/* ---- what came and went by and by ------------------------------------------------ */

/* The events of `kind` about the thing, or about all resources without one, with their
 * masses. */
void
iss_why_event_mass(struct iss_why *why, int kind)
{
    for (int32_t i = 0; i < iss_story_events(&why->self->story); i++) {
        struct iss_happening event = iss_story_event(&why->self->story, i);
        if ((int)event.kind == kind &&
            (why->thing < 0 || event.resource == why->thing)) {
            iss_why_add_event(why, &event, event.value);
        }
    }
}

/* What a column of the levels makes of one line. */
static void
add_line(struct iss_why *why, size_t i, int column)
{
    struct iss_outcome *outcome = why->self->outcome;
    int64_t start_us = iss_at(outcome, levels, time, time)[i];
    int64_t end_us = end_of_line(why, i);
    double rate = iss_tables_column(outcome, (enum iss_column_id)column)->data.real[i];

    if (iss_at(outcome, levels, resource, id)[i] != why->thing || !(rate > 0) ||
        end_us == start_us) {
        return;
    }
    iss_explain_open(why->self);
    iss_story_say(&why->self->story, "%.3g kg a day of %s.", rate,
                  iss_story_resource(&why->self->story, why->thing));
    iss_why_add(why, start_us, end_us, -1, rate * iss_days_from_us(end_us - start_us));
}

/* A rate over time, and what went at once besides. */
void
iss_why_flow(struct iss_why *why, int column)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_levels].rows; i++) {
        add_line(why, i, column);
    }
    if (column == ISS_COLUMN_levels_used) {
        iss_why_event_mass(why, ISS_EVENT_RESOURCE_USED);
    } else if (column == ISS_COLUMN_levels_leaked) {
        iss_why_event_mass(why, ISS_EVENT_RESOURCE_LOST);
    }
}

/* ---- cargo --------------------------------------------------------------------- */

/* The mass of `what` in a flight, of resources or spares. */
static void
add_load(struct iss_why *why, int32_t flight, bool lost, int64_t lost_us,
         const char *what, double mass)
{
    int64_t dock_us = iss_at(why->self->outcome, flights, dock, time)[flight];
    int64_t time_us = lost ? lost_us : dock_us;

    if (!(mass > 0) || (!lost && dock_us == ISS_NO_TIME)) {
        return;
    }
    iss_explain_open(why->self);
    iss_story_say(&why->self->story, "%s in %s.", what,
                  iss_story_flight(&why->self->story, flight));
    iss_why_add(why, time_us, time_us, -1, mass);
}

static void
add_spares(struct iss_why *why, bool wants_lost)
{
    struct iss_outcome *outcome = why->self->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_spares].rows; i++) {
        bool lost = iss_at(outcome, spares, lost, flag)[i];
        int32_t part = iss_at(outcome, spares, part, id)[i];
        if (lost == wants_lost) {
            add_load(why, iss_at(outcome, spares, flight, id)[i], lost,
                     iss_at(outcome, spares, time, time)[i],
                     iss_at(outcome, parts, name, text)[part],
                     iss_at(outcome, spares, mass, real)[i]);
        }
    }
}

/* Of the thing, or of all resources, and spares, without one. */
void
iss_why_cargo(struct iss_why *why, int which)
{
    struct iss_outcome *outcome = why->self->outcome;
    bool wants_lost = which == ISS_WHY_MISSED;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_cargo].rows; i++) {
        int32_t flight = iss_at(outcome, cargo, flight, id)[i];
        int32_t resource = iss_at(outcome, cargo, resource, id)[i];
        bool lost = iss_at(outcome, cargo, lost, flag)[i];
        double loaded = iss_at(outcome, cargo, loaded, real)[i];
        double delivered = iss_at(outcome, cargo, delivered, real)[i];
        bool gone = iss_at(outcome, flights, undock, time)[flight] != ISS_NO_TIME;
        if ((why->thing < 0 || resource == why->thing) && lost == wants_lost &&
            (which != ISS_WHY_REFUSED || gone)) {
            add_load(why, flight, lost, iss_at(outcome, cargo, time, time)[i],
                     iss_story_resource(&why->self->story, resource),
                     lost                       ? loaded
                     : which == ISS_WHY_REFUSED ? loaded - delivered
                                                : delivered);
        }
    }
    if (why->thing < 0 && which != ISS_WHY_REFUSED) {
        add_spares(why, wants_lost);
    }
}
