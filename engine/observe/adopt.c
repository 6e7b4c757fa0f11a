/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * adopt.c - the tables of a file become the tables of a run.
 *
 * The pattern is an empty result of a model without segments and ports.  Whoever tells
 * a story from the result relies on what is checked here, and checks it no more.
 */
#include "observe/adopt.h"

#include <stdio.h>
#include <string.h>

#include "isssim/status.h"
#include "observe/tables.h"
#include "world/events.h"

struct adopt {
    struct iss_outcome *outcome;
    const struct iss_table *pattern; /* the table that is being arranged */
    const char **problem;
};

static int
refuse(const struct adopt *self, const char *column, const char *what)
{
    *self->problem =
        iss_arena_printf(&self->outcome->arena, "%s%s%s: %s", self->pattern->name,
                         *column ? "." : "", column, what);
    return *self->problem == NULL ? ISS_ERR_NO_MEMORY : ISS_ERR_FORMAT;
}

/* ---- columns ------------------------------------------------------------------- */

static int32_t
code_called(const struct iss_column *column, const char *name)
{
    int32_t code = 0;
    while (code < column->meaning_count && strcmp(column->meanings[code], name) != 0) {
        code++;
    }
    return code;
}

/* Codes of the file become the pattern's. */
static int
translate(const struct adopt *self, struct iss_column *column,
          const struct iss_column *pattern, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        const char *name = column->meanings[column->data.code[row]];
        int32_t code = code_called(pattern, name);
        if (code == pattern->meaning_count) {
            char text[128];
            snprintf(text, sizeof text, "%.60s is unknown to this isssim", name);
            return refuse(self, column->name, text);
        }
        column->data.code[row] = (uint8_t)code;
    }
    column->meanings = pattern->meanings;
    column->meaning_count = pattern->meaning_count;
    return ISS_OK;
}

static bool
same_kind(enum iss_column_kind a, enum iss_column_kind b)
{
    a = a == ISS_COLUMN_TIME_NULL ? ISS_COLUMN_TIME : a;
    b = b == ISS_COLUMN_TIME_NULL ? ISS_COLUMN_TIME : b;
    return a == b;
}

/* Whether it has the form and refers to the table that the pattern says. */
static bool
is_like(const struct iss_column *column, const struct iss_column *pattern)
{
    bool across = pattern->across != NULL;
    if (!same_kind(column->kind, pattern->kind) || across != (column->across != NULL) ||
        (across && strcmp(column->across, pattern->across) != 0)) {
        return false;
    }
    return pattern->refers_to == NULL ||
           (column->refers_to != NULL &&
            strcmp(column->refers_to, pattern->refers_to) == 0);
}

static int
take_column(const struct adopt *self, struct iss_table *table,
            const struct iss_column *pattern, struct iss_column *taken)
{
    const struct iss_column *found = iss_table_column(table, pattern->name);

    if (found == NULL) {
        return refuse(self, pattern->name, "is missing");
    }
    if (!is_like(found, pattern)) {
        return refuse(self, pattern->name, "isn't what this isssim takes it for");
    }
    *taken = *found;
    return pattern->kind == ISS_COLUMN_CODE
               ? translate(self, taken, pattern, table->rows)
               : ISS_OK;
}

/* Known columns first; those across other tables, such as docked(time, port), last. */
static int
arrange_columns(const struct adopt *self, struct iss_table *table)
{
    const struct iss_table *pattern = self->pattern;
    struct iss_column *columns = iss_arena_array(
        &self->outcome->arena, (size_t)table->column_count + 1, sizeof *columns);
    int32_t count = 0;

    if (columns == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int pass = 0; pass < 3; pass++) {
        bool is_across = pass == 2;
        for (int32_t i = 0; pass == 1 && i < table->column_count; i++) {
            if (iss_table_column(pattern, table->columns[i].name) == NULL) {
                columns[count++] = table->columns[i];
            }
        }
        for (int32_t i = 0; pass != 1 && i < pattern->column_count; i++) {
            if ((pattern->columns[i].across != NULL) != is_across) {
                continue;
            }
            if (count >= table->column_count) {
                return refuse(self, pattern->columns[i].name, "is missing");
            }
            int status =
                take_column(self, table, &pattern->columns[i], &columns[count++]);
            if (status != ISS_OK) {
                return status;
            }
        }
    }
    table->columns = columns;
    return ISS_OK;
}

/* ---- tables -------------------------------------------------------------------- */

static int
arrange_tables(struct adopt *self, const struct iss_outcome *pattern)
{
    struct iss_outcome *outcome = self->outcome;
    size_t most = (size_t)(outcome->table_count + pattern->table_count);
    struct iss_table *tables = iss_arena_array(&outcome->arena, most, sizeof *tables);
    int32_t count = 0;

    if (tables == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < pattern->table_count; i++) {
        const struct iss_table *found =
            iss_outcome_table(outcome, pattern->tables[i].name);
        self->pattern = &pattern->tables[i];
        if (found == NULL) {
            return refuse(self, "", "the table is missing");
        }
        tables[count++] = *found;
        int status = arrange_columns(self, &tables[i]);
        if (status != ISS_OK) {
            return status;
        }
    }
    for (int32_t i = 0; i < outcome->table_count; i++) {
        if (iss_outcome_table(pattern, outcome->tables[i].name) == NULL) {
            tables[count++] = outcome->tables[i];
        }
    }
    outcome->tables = tables;
    outcome->table_count = count;
    return ISS_OK;
}

/* ---- events -------------------------------------------------------------------- */

static bool
has_party(struct iss_outcome *outcome, size_t row, enum iss_party party, bool is_object)
{
    switch (party) {
    case ISS_PARTY_FLIGHT: /* the other flight may be none */
        return is_object || iss_at(outcome, events, flight, id)[row] >= 0;
    case ISS_PARTY_PERSON:
        return iss_at(outcome, events, person, id)[row] >= 0;
    case ISS_PARTY_PORT:
        return iss_at(outcome, events, port, id)[row] >= 0;
    case ISS_PARTY_ROCKET:
        return iss_at(outcome, events, launch_system, id)[row] >= 0;
    case ISS_PARTY_FAMILY:
        return iss_at(outcome, events, family, id)[row] >= 0;
    case ISS_PARTY_PAD: /* a launch may need none in particular */
        return is_object || iss_at(outcome, events, pad, id)[row] >= 0;
    case ISS_PARTY_RESOURCE:
        return iss_at(outcome, events, resource, id)[row] >= 0;
    case ISS_PARTY_THRESHOLD:
        return iss_at(outcome, events, threshold, id)[row] >= 0;
    case ISS_PARTY_SCRUB:
        return iss_at(outcome, events, scrub_cause, id)[row] >= 0;
    case ISS_PARTY_SUITS:
        return iss_at(outcome, events, suits, id)[row] >= 0;
    case ISS_PARTY_EVA:
        return iss_at(outcome, events, eva, id)[row] >= 0;
    case ISS_PARTY_PROGRAMME:
        return iss_at(outcome, events, programme, id)[row] >= 0;
    case ISS_PARTY_MODE: /* an ascent that fails grounds its rocket without one */
        return is_object || iss_at(outcome, events, failure, id)[row] >= 0;
    case ISS_PARTY_SYSTEM:
        return iss_at(outcome, events, system, id)[row] >= 0;
    case ISS_PARTY_UNIT: /* a spacewalk may repair none */
        return is_object || (iss_at(outcome, events, unit, id)[row] >= 0 &&
                             iss_at(outcome, events, system, id)[row] >= 0);
    case ISS_PARTY_PART:
        return iss_at(outcome, events, part, id)[row] >= 0;
    case ISS_PARTY_TASK:
        return iss_at(outcome, events, task, id)[row] >= 0;
    case ISS_PARTY_CONDITION:
        return iss_at(outcome, events, condition, id)[row] >= 0;
    case ISS_PARTY_TARGET: /* the station has no column */
    case ISS_PARTY_FORCED:
    case ISS_PARTY_NONE:
        break;
    }
    return true;
}

/* A manoeuvre may be made by the station's own engines: by no flight. */
static bool
has_subject(struct iss_outcome *outcome, size_t row)
{
    int kind = iss_at(outcome, events, type, code)[row];

    return kind == ISS_EVENT_REBOOSTED || kind == ISS_EVENT_AVOIDED ||
           has_party(outcome, row, (enum iss_party)iss_event_infos[kind].subject,
                     false);
}

/* Every event has the parties that its kind wants, and comes after its cause. */
static int
check_events(const struct adopt *self)
{
    struct iss_outcome *outcome = self->outcome;

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_events].rows; row++) {
        const struct iss_event_info *info =
            &iss_event_infos[iss_at(outcome, events, type, code)[row]];
        if (!has_subject(outcome, row) ||
            !has_party(outcome, row, (enum iss_party)info->object, true)) {
            return refuse(self, "", "an event lacks the flight or person it is about");
        }
        if (iss_at(outcome, events, cause, id)[row] >= (int32_t)row ||
            (row > 0 && iss_at(outcome, events, time, time)[row] <
                            iss_at(outcome, events, time, time)[row - 1])) {
            return refuse(self, "", "an event comes before its cause");
        }
    }
    return ISS_OK;
}

/* Rows that stand for nobody. */
static int
check_rows(struct adopt *self)
{
    static const enum iss_column_id needed[] = {ISS_COLUMN_port_intervals_port,
                                                ISS_COLUMN_port_intervals_flight,
                                                ISS_COLUMN_seat_intervals_person,
                                                ISS_COLUMN_crew_person,
                                                ISS_COLUMN_failures_failure,
                                                ISS_COLUMN_flights_vehicle,
                                                ISS_COLUMN_left_behind_flight,
                                                ISS_COLUMN_left_behind_person,
                                                ISS_COLUMN_scrub_causes_launch_system,
                                                ISS_COLUMN_spacewalks_eva,
                                                ISS_COLUMN_spacewalks_person,
                                                ISS_COLUMN_thresholds_resource,
                                                ISS_COLUMN_levels_resource,
                                                ISS_COLUMN_cargo_flight,
                                                ISS_COLUMN_cargo_resource,
                                                ISS_COLUMN_spares_flight,
                                                ISS_COLUMN_spares_part,
                                                ISS_COLUMN_units_system,
                                                ISS_COLUMN_repairs_unit,
                                                ISS_COLUMN_outages_system};
    static const enum iss_table_id tables[] = {
        ISS_TABLE_port_intervals, ISS_TABLE_port_intervals, ISS_TABLE_seat_intervals,
        ISS_TABLE_crew,           ISS_TABLE_failures,       ISS_TABLE_flights,
        ISS_TABLE_left_behind,    ISS_TABLE_left_behind,    ISS_TABLE_scrub_causes,
        ISS_TABLE_spacewalks,     ISS_TABLE_spacewalks,     ISS_TABLE_thresholds,
        ISS_TABLE_levels,         ISS_TABLE_cargo,          ISS_TABLE_cargo,
        ISS_TABLE_spares,         ISS_TABLE_spares,         ISS_TABLE_units,
        ISS_TABLE_repairs,        ISS_TABLE_outages};

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const struct iss_table *table = &self->outcome->tables[tables[i]];
        const struct iss_column *column = iss_tables_column(self->outcome, needed[i]);
        self->pattern = table;
        for (size_t row = 0; row < table->rows; row++) {
            if (column->data.id[row] < 0) {
                return refuse(self, column->name, "a row is about nobody");
            }
        }
    }
    self->pattern = &self->outcome->tables[ISS_TABLE_events];
    return check_events(self);
}

int
iss_tables_adopt(struct iss_outcome *outcome, const char **problem)
{
    static const struct iss_model none;
    struct iss_outcome pattern = {0};
    struct adopt self = {.outcome = outcome, .problem = problem};
    int status = iss_tables_make(&pattern, &none);

    *problem = NULL;
    if (status == ISS_OK) {
        status = arrange_tables(&self, &pattern);
    }
    if (status == ISS_OK) {
        status = check_rows(&self);
    }
    iss_outcome_clear(&pattern);
    return status;
}
