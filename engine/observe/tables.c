/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tables.c - builds the empty tables of a run from tables.def.
 */
#include "observe/tables.h"

#include <ctype.h>
#include <string.h>

#include "isssim/status.h"
#include "world/world.h"

struct table_row {
    const char *name, *scale, *title;
};

struct column_row {
    enum iss_table_id table;
    struct iss_column column;
};

#define TABLE(name, scale, title) {#name, scale, title},
#define COLUMN(table, name, kind, units, refers_to, doc)
static const struct table_row table_rows[] = {
#include "observe/tables.def"
};
#undef TABLE
#undef COLUMN

#define TABLE(name, scale, title)
#define COLUMN(table, NAME, KIND, UNITS, TARGET, DOC)                                  \
    {ISS_TABLE_##table,                                                                \
     {.name = #NAME,                                                                   \
      .kind = ISS_COLUMN_##KIND,                                                       \
      .units = UNITS,                                                                  \
      .long_name = DOC,                                                                \
      .refers_to = TARGET}},
static const struct column_row column_rows[] = {
#include "observe/tables.def"
};
#undef TABLE
#undef COLUMN

/* Where the columns of each table begin among all.  Every access to a column asks. */
#define TABLE(name, scale, title)                        BEGIN_##name, BEFORE_##name = BEGIN_##name - 1,
#define COLUMN(table, name, kind, units, refers_to, doc) COUNTED_##table##_##name,
enum {
#include "observe/tables.def"
};
#undef TABLE
#undef COLUMN

#define TABLE(name, scale, title) BEGIN_##name,
#define COLUMN(table, name, kind, units, refers_to, doc)
static const int32_t first_columns[] = {
#include "observe/tables.def"
};
#undef TABLE
#undef COLUMN

/* ---- names of codes ------------------------------------------------------------ */

#define PHASE_NAME(NAME, text) text,
static const char *const phases[] = {ISS_FLIGHT_PHASES(PHASE_NAME)};
#undef PHASE_NAME
static const char *const actions[] = {"note", "ration", "return", "leave", "swap"};
static const char *const roles[] = {"crew", "cargo"};
static const char *const conditions[] = {"sound", "emergency_only", "unusable"};
static const char *const people_phases[] = {"ground", "ascent", "aboard", "descent",
                                            "lost"};
static const char *const seats[] = {"none", "regular", "emergency"};

static const char *const *
event_names(void)
{
    static const char *const names[] = {
#define H(handler)
#define H0
#define X(NAME, subject, object, unit, handlers, doc) #NAME,
#include "world/events.def"
#undef X
#undef H
#undef H0
    };
    return names;
}

static void
set_meanings(struct iss_column *column, enum iss_column_id id)
{
    switch (id) {
    case ISS_COLUMN_events_type:
        column->meanings = event_names();
        column->meaning_count = ISS_EVENT_KINDS;
        return;
    case ISS_COLUMN_flights_status:
        column->meanings = phases;
        column->meaning_count = ISS_FLIGHT_PHASE_COUNT;
        return;
    case ISS_COLUMN_thresholds_action:
        column->meanings = actions;
        column->meaning_count = sizeof actions / sizeof *actions;
        return;
    case ISS_COLUMN_vehicles_role:
    case ISS_COLUMN_flights_kind:
        column->meanings = roles;
        column->meaning_count = 2;
        return;
    case ISS_COLUMN_flights_condition:
    case ISS_COLUMN_failures_condition:
        column->meanings = conditions;
        column->meaning_count = 3;
        return;
    case ISS_COLUMN_left_behind_status:
        column->meanings = people_phases;
        column->meaning_count = 5;
        return;
    case ISS_COLUMN_seat_intervals_kind:
        column->meanings = seats;
        column->meaning_count = 3;
        return;
    default:
        return;
    }
}

/* ---- building ------------------------------------------------------------------ */

/* crew_ros, crew_usos ... and docked(time, port). */
static int
add_state_columns(struct iss_outcome *outcome, const struct iss_model *model,
                  struct iss_column *columns, int32_t *count)
{
    for (int32_t i = 0; i < model->segments.count; i++) {
        char *name =
            iss_arena_printf(&outcome->arena, "crew_%s", model->segments.at[i]);
        char *doc =
            iss_arena_printf(&outcome->arena, "People aboard who are trained to run %s",
                             model->segments.at[i]);
        if (name == NULL || doc == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        for (char *c = name; *c != '\0'; c++) {
            *c = (char)tolower((unsigned char)*c);
        }
        columns[(*count)++] = (struct iss_column){
            .name = name, .kind = ISS_COLUMN_COUNT, .units = "1", .long_name = doc};
    }
    columns[(*count)++] = (struct iss_column){
        .name = "docked",
        .kind = ISS_COLUMN_ID,
        .long_name = "Flight docked at each port",
        .refers_to = "flights",
        .across = "ports",
        .dimension = "port",
        .width = model->ports.count,
    };
    return ISS_OK;
}

int
iss_tables_make(struct iss_outcome *outcome, const struct iss_model *model)
{
    struct iss_column columns[32 + ISS_MAX_SEGMENTS];

    outcome->tables =
        iss_arena_array(&outcome->arena, ISS_TABLES, sizeof *outcome->tables);
    if (outcome->tables == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    outcome->table_count = ISS_TABLES;
    for (int32_t t = 0; t < ISS_TABLES; t++) {
        int32_t count = 0;
        for (int32_t i = first_columns[t];
             i < ISS_COLUMNS && (int32_t)column_rows[i].table == t; i++) {
            columns[count] = column_rows[i].column;
            set_meanings(&columns[count++], (enum iss_column_id)i);
        }
        if (t == ISS_TABLE_state &&
            add_state_columns(outcome, model, columns, &count) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
        int status = iss_table_init(&outcome->tables[t], &outcome->arena,
                                    table_rows[t].name, table_rows[t].title,
                                    table_rows[t].scale, columns, count, 16);
        if (status != ISS_OK) {
            return status;
        }
    }
    return ISS_OK;
}

struct iss_column *
iss_tables_column(struct iss_outcome *outcome, enum iss_column_id id)
{
    enum iss_table_id table = column_rows[id].table;
    return &outcome->tables[table].columns[(int32_t)id - first_columns[table]];
}

static int32_t
state_width(void)
{
    int32_t first = first_columns[ISS_TABLE_state], count = 0;
    while (first + count < ISS_COLUMNS &&
           column_rows[first + count].table == ISS_TABLE_state) {
        count++;
    }
    return count;
}

struct iss_column *
iss_tables_segment(struct iss_outcome *outcome, int32_t segment)
{
    return &outcome->tables[ISS_TABLE_state].columns[state_width() + segment];
}

struct iss_column *
iss_tables_docked(struct iss_outcome *outcome)
{
    struct iss_table *state = &outcome->tables[ISS_TABLE_state];
    return &state->columns[state->column_count - 1];
}
