/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sample.h - an outcome with every kind of column, plain and across another table, with
 * missing values, empty tables and empty texts.  The tests of the store, of faults and
 * of readers share it; tests/compat/check_sample.py knows its values.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <math.h>
#include <stdlib.h>

#include "base/civil.h"
#include "outcome/table.h"

#define SAMPLE_TABLES 7
#define SAMPLE_PORTS  3

static inline void
sample_must(int status)
{
    if (status != ISS_OK) {
        abort();
    }
}

static inline void
sample_ports(struct iss_outcome *outcome, struct iss_table *table)
{
    static const struct iss_column columns[] = {
        {.name = "name", .kind = ISS_COLUMN_TEXT, .long_name = "name of the port"},
        {.name = "capacity",
         .kind = ISS_COLUMN_REAL,
         .units = "kg",
         .long_name = "mass it bears; NaN = not known"},
    };
    static const char *const names[SAMPLE_PORTS] = {"Rassvet", "Поиск",
                                                    "Harmony forward"};

    sample_must(iss_table_init(table, &outcome->arena, "ports", "Where vehicles dock",
                               "name", columns, 2, 1));
    for (size_t i = 0; i < SAMPLE_PORTS; i++) {
        size_t row;

        sample_must(iss_table_add(table, &outcome->arena, &row));
        table->columns[0].data.text[row] = names[i];
        if (i > 0) {
            table->columns[1].data.real[row] = 1e4 * (double)i;
        }
    }
}

/* Texts that readers stumble over; rows without a coordinate of their own. */
static inline void
sample_notes(struct iss_outcome *outcome, struct iss_table *table)
{
    static const struct iss_column columns[] = {
        {.name = "text", .kind = ISS_COLUMN_TEXT, .long_name = "a remark"},
        {.name = "port",
         .kind = ISS_COLUMN_ID,
         .refers_to = "ports",
         .long_name = "port it is about; -1 = none"},
    };
    static const char *const texts[] = {"", "two\nlines", "\"quoted\" \\ ü", ""};

    sample_must(iss_table_init(table, &outcome->arena, "notes", "Remarks", NULL,
                               columns, 2, 4));
    for (size_t i = 0; i < 4; i++) {
        size_t row;

        sample_must(iss_table_add(table, &outcome->arena, &row));
        table->columns[0].data.text[row] = texts[i];
    }
    table->columns[1].data.id[1] = 2;
}

static const char *const sample_types[] = {"launch", "dock", "land"};

static const struct iss_column sample_event_columns[] = {
    {.name = "time", .kind = ISS_COLUMN_TIME, .long_name = "when it happened"},
    {.name = "type",
     .kind = ISS_COLUMN_CODE,
     .meanings = sample_types,
     .meaning_count = 3,
     .long_name = "kind of event"},
    {.name = "port",
     .kind = ISS_COLUMN_ID,
     .refers_to = "ports",
     .long_name = "port; -1 = none"},
    {.name = "value",
     .kind = ISS_COLUMN_REAL,
     .units = "d",
     .long_name = "slip; NaN = none"},
    {.name = "planned",
     .kind = ISS_COLUMN_TIME_NULL,
     .long_name = "when it was planned; NaT = unplanned"},
    {.name = "crewed", .kind = ISS_COLUMN_FLAG, .long_name = "people are aboard"},
    {.name = "sequence",
     .kind = ISS_COLUMN_COUNT,
     .units = "1",
     .long_name = "sequence number"},
    {.name = "fingerprint",
     .kind = ISS_COLUMN_HASH,
     .long_name = "hash of the events so far"},
};

/* Event i is 12,345,678,901 i + i % 7 microseconds after the start. */
static inline void
sample_events(struct iss_outcome *outcome, struct iss_table *table, size_t count)
{
    sample_must(iss_table_init(table, &outcome->arena, "events", "What happened",
                               "time", sample_event_columns, 8, 0));
    for (size_t i = 0; i < count; i++) {
        struct iss_column *columns;
        size_t row;

        sample_must(iss_table_add(table, &outcome->arena, &row));
        columns = table->columns;
        columns[0].data.time[row] = (int64_t)(i * 12345678901 + i % 7);
        columns[1].data.code[row] = (uint8_t)(i % 3);
        columns[2].data.id[row] = (int32_t)(i % 4) - 1;
        if (i % 2 == 1) {
            columns[3].data.real[row] = 0.5 * (double)i;
            columns[4].data.time[row] = columns[0].data.time[row] - ISS_US_PER_D;
        }
        columns[5].data.flag[row] = i % 3 == 2;
        columns[6].data.count[row] = INT64_C(9000000000) + (int64_t)i;
        columns[7].data.hash[row] = UINT64_C(0xFFFFFFFFFFFFFFF0) - i * i;
    }
}

/* The same columns, and text, without a row. */
static inline void
sample_empty(struct iss_outcome *outcome, struct iss_table *failures,
             struct iss_table *people)
{
    static const struct iss_column columns[] = {
        {.name = "name", .kind = ISS_COLUMN_TEXT, .long_name = "name of the person"},
        {.name = "agency", .kind = ISS_COLUMN_TEXT, .long_name = "who sends them"},
    };

    sample_must(iss_table_init(failures, &outcome->arena, "failures", "What broke",
                               "time", sample_event_columns, 8, 0));
    sample_must(iss_table_init(people, &outcome->arena, "people", "Who is in space",
                               "name", columns, 2, 0));
}

/* Columns across ports, and across the empty table of people. */
static inline void
sample_state(struct iss_outcome *outcome, struct iss_table *table)
{
    static const struct iss_column columns[] = {
        {.name = "crew",
         .kind = ISS_COLUMN_COUNT,
         .units = "1",
         .long_name = "people aboard"},
        {.name = "docked",
         .kind = ISS_COLUMN_FLAG,
         .across = "ports",
         .width = SAMPLE_PORTS,
         .dimension = "port",
         .long_name = "a vehicle is at the port"},
        {.name = "time", .kind = ISS_COLUMN_TIME, .long_name = "since when"},
        {.name = "load",
         .kind = ISS_COLUMN_REAL,
         .units = "kg",
         .across = "ports",
         .width = SAMPLE_PORTS,
         .dimension = "port",
         .long_name = "mass at the port; NaN = none"},
        {.name = "until",
         .kind = ISS_COLUMN_TIME_NULL,
         .across = "ports",
         .width = SAMPLE_PORTS,
         .dimension = "port",
         .long_name = "planned undocking; NaT = none"},
        {.name = "remark",
         .kind = ISS_COLUMN_TEXT,
         .across = "notes",
         .width = 4,
         .long_name = "a remark on a note"},
        {.name = "aboard",
         .kind = ISS_COLUMN_FLAG,
         .across = "people",
         .width = 0,
         .long_name = "the person is aboard"},
        {.name = "wanted",
         .kind = ISS_COLUMN_REAL,
         .units = "1",
         .across = "ports",
         .width = SAMPLE_PORTS,
         .dimension = "port",
         .through = "notes",
         .depth = 4,
         .through_dimension = "note",
         .long_name = "how much a port is wanted by a note; NaN = not at all"},
    };

    sample_must(iss_table_init(table, &outcome->arena, "state", "The station over time",
                               "time", columns, 8, 2));
    for (size_t i = 0; i < 5; i++) {
        struct iss_column *c = table->columns;
        size_t row;

        sample_must(iss_table_add(table, &outcome->arena, &row));
        c = table->columns;
        c[0].data.count[row] = 3 + (int64_t)i;
        c[2].data.time[row] = (int64_t)i * ISS_US_PER_H;
        c[1].data.flag[row * SAMPLE_PORTS + i % SAMPLE_PORTS] = 1;
        c[3].data.real[row * SAMPLE_PORTS + i % SAMPLE_PORTS] = 7000.5 + (double)i;
        c[4].data.time[row * SAMPLE_PORTS + i % SAMPLE_PORTS] =
            (int64_t)i * ISS_US_PER_D;
        c[5].data.text[row * 4 + i % 4] = "seen";
        c[7].data.real[(row * SAMPLE_PORTS + i % SAMPLE_PORTS) * 4 + 1] = (double)i;
    }
}

static inline void
sample_metrics(struct iss_outcome *outcome, struct iss_table *table)
{
    static const struct iss_column columns[] = {
        {.name = "name", .kind = ISS_COLUMN_TEXT, .long_name = "name of the metric"},
        {.name = "value",
         .kind = ISS_COLUMN_REAL,
         .units = "1",
         .long_name = "its value; NaN = none"},
    };
    size_t row;

    sample_must(iss_table_init(table, &outcome->arena, "metrics", "One row of results",
                               "name", columns, 2, 0));
    sample_must(iss_table_add(table, &outcome->arena, &row));
    table->columns[0].data.text[row] = "longest_stay";
    table->columns[1].data.real[row] = 368.25;
}

/* `outcome` is zeroed; iss_outcome_clear() takes it away. */
static inline void
sample_make(struct iss_outcome *outcome, size_t events)
{
    static const struct iss_outcome_file files[] = {
        {"soyuz_leak.cfg", "aa00", "title = \"x\";\n"},
        {"library/\xFFport.cfg", "bb11", ""}, /* names of files needn't be UTF-8 */
    };
    static const char *const overrides[] = {"seed=7", "horizon=\"200 d\""};
    struct iss_table *tables =
        iss_arena_array(&outcome->arena, SAMPLE_TABLES, sizeof(*tables));

    if (tables == NULL) {
        abort();
    }
    sample_ports(outcome, &tables[0]);
    sample_notes(outcome, &tables[1]);
    sample_events(outcome, &tables[2], events);
    sample_empty(outcome, &tables[3], &tables[4]);
    sample_state(outcome, &tables[5]);
    sample_metrics(outcome, &tables[6]);
    outcome->filetype = "isssim/run";
    outcome->title = "A sample: Союз";
    outcome->epoch = "2022-12-15T00:45:52Z";
    outcome->seed = UINT64_MAX;
    outcome->replication = 3;
    outcome->table_count = SAMPLE_TABLES;
    outcome->tables = tables;
    outcome->scenario_text = "title = \"x\";\n";
    outcome->resolved_text = "title = \"x\";\nseed = 7;\n";
    outcome->model_hash = "0123456789abcdef";
    outcome->numerics = "fedcba9876543210";
    outcome->overrides = overrides;
    outcome->override_count = 2;
    outcome->files = files;
    outcome->file_count = 2;
}

#endif
