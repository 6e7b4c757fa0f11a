/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chart.c - one row a port, a bar a visit, time from left to right.
 *
 *     x = unsafe     2022  2023
 *     Port           Dec   Jan   Feb   Mar
 *     Rassvet        Soyuz MS-22 xxxxxxxx|
 *     Aboard         7                 11  7
 *     No safe seat      3    2     0
 *
 * A row is an array of cells, each one character on the screen, drawn before it is
 * printed.
 */
#include "cli/chart.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/ticks.h"
#include "observe/tables.h"
#include "world/world.h"

enum { LABEL_LEAST = 14, LABEL_MOST = 20 };

struct cell {
    enum iss_ink ink;
    char glyph[5]; /* one character of UTF-8; "" is blank */
};

struct chart {
    struct iss_outcome *outcome;
    const struct iss_term *term;
    int64_t end_us;
    int label, cells; /* columns of the names, and of the time */
    struct cell *row;
};

static int
cell_of(const struct chart *chart, int64_t time_us)
{
    double part = (double)time_us / (double)chart->end_us;
    int cell = (int)(part * chart->cells);
    return cell < 0 ? 0 : cell > chart->cells ? chart->cells : cell;
}

static void
clear_row(struct chart *chart)
{
    memset(chart->row, 0, (size_t)chart->cells * sizeof *chart->row);
}

static void
put_cell(struct chart *chart, int cell, enum iss_ink ink, const char *text, int bytes)
{
    chart->row[cell].ink = ink;
    snprintf(chart->row[cell].glyph, sizeof chart->row[cell].glyph, "%.*s", bytes,
             text);
}

/* Write `text` from `cell` on, over what is there. */
static void
write_over(struct chart *chart, int cell, const char *text)
{
    while (*text != '\0' && cell < chart->cells) {
        int bytes = iss_term_bytes(text, 1);
        put_cell(chart, cell++, ISS_PLAIN, text, bytes);
        text += bytes;
    }
}

/* Write `text` from `cell` on or, with a blank between, after what is there; nothing
 * when the room isn't enough. */
static void
write_after(struct chart *chart, int cell, const char *text)
{
    while (cell > 0 && cell < chart->cells && *chart->row[cell - 1].glyph != '\0') {
        cell++;
    }
    if (cell + iss_term_columns(text) <= chart->cells) {
        write_over(chart, cell, text);
    }
}

static void
print_row(const struct chart *chart, const char *label)
{
    int bytes = iss_term_bytes(label, chart->label - 2);
    char *cut = strndup(label, (size_t)bytes);
    int blanks = chart->label - iss_term_columns(cut ? cut : "");

    iss_term_put(chart->term, ISS_PLAIN, cut ? cut : "");
    free(cut);
    for (int cell = 0; cell < chart->cells; cell++) {
        if (*chart->row[cell].glyph == '\0') {
            blanks++;
            continue;
        }
        fprintf(chart->term->out, "%*s", blanks, "");
        iss_term_put(chart->term, chart->row[cell].ink, chart->row[cell].glyph);
        blanks = 0;
    }
    fputc('\n', chart->term->out);
}

static bool
any_unsafe(struct iss_outcome *outcome)
{
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        if (iss_at(outcome, flights, condition, code)[i] != ISS_SOUND) {
            return true;
        }
    }
    return false;
}

/* ---- the axis ------------------------------------------------------------------ */

static void
print_axis(struct chart *chart, int64_t epoch_us)
{
    struct iss_ticks ticks;

    iss_ticks_start(&ticks, epoch_us, epoch_us + chart->end_us, chart->cells / 5);
    clear_row(chart);
    for (struct iss_tick tick = {0}; iss_ticks_next(&ticks, &tick);) {
        if (*tick.major != '\0') {
            write_after(chart, cell_of(chart, tick.time_us - epoch_us), tick.major);
        }
    }
    print_row(chart, any_unsafe(chart->outcome) ? "x = unsafe" : "");
    iss_ticks_start(&ticks, epoch_us, epoch_us + chart->end_us, chart->cells / 5);
    clear_row(chart);
    for (struct iss_tick tick = {0}; iss_ticks_next(&ticks, &tick);) {
        write_after(chart, cell_of(chart, tick.time_us - epoch_us), tick.minor);
    }
    print_row(chart, "Port");
}

/* ---- ports --------------------------------------------------------------------- */

/* When the flight became unsafe; ISS_NEVER if it didn't. */
static int64_t
unsafe_from(const struct chart *chart, int32_t flight)
{
    struct iss_outcome *outcome = chart->outcome;
    size_t rows = outcome->tables[ISS_TABLE_events].rows;

    if (iss_at(outcome, flights, condition, code)[flight] == ISS_SOUND) {
        return ISS_NEVER;
    }
    for (size_t i = 0; i < rows; i++) {
        if (iss_at(outcome, events, type, code)[i] == ISS_EVENT_VEHICLE_UNSAFE &&
            iss_at(outcome, events, flight, id)[i] == flight) {
            return iss_at(outcome, events, time, time)[i];
        }
    }
    return 0; /* before the start */
}

/* As much of the name as there is room for: all, its last word, or none. */
static void
write_name(struct chart *chart, int from, int room, const char *name)
{
    const char *space = strrchr(name, ' ');

    if (iss_term_columns(name) > room && space != NULL) {
        name = space + 1;
    }
    int columns = iss_term_columns(name);
    if (columns > room) {
        return;
    }
    write_over(chart, from, name);
    if (columns < room) {
        write_over(chart, from + columns, " ");
    }
}

static void
draw_visit(struct chart *chart, int32_t flight, int64_t start_us, int64_t end_us)
{
    bool stays = end_us == ISS_NO_TIME;
    int64_t unsafe_us = unsafe_from(chart, flight);
    int from = cell_of(chart, start_us);
    int to = stays ? chart->cells : cell_of(chart, end_us);
    int unsafe = unsafe_us == ISS_NEVER ? to : cell_of(chart, unsafe_us);

    if (from >= to) { /* too short to see, but it was there */
        from = to < chart->cells ? to : chart->cells - 1;
        to = from + 1;
    }
    for (int cell = from; cell < to; cell++) {
        if (cell >= unsafe) {
            put_cell(chart, cell, ISS_RED, "x", 1);
        } else {
            put_cell(chart, cell, ISS_PLAIN, "─", sizeof "─" - 1);
        }
    }
    if (!stays) {
        put_cell(chart, to - 1, ISS_PLAIN, "┤", sizeof "┤" - 1);
    }
    write_name(chart, from, to - from - 1,
               iss_at(chart->outcome, flights, name, text)[flight]);
}

/* A port that nothing used has no row: of the station's history most are gone, or
 * haven't come. */
static void
print_ports(struct chart *chart)
{
    struct iss_outcome *outcome = chart->outcome;
    size_t rows = outcome->tables[ISS_TABLE_port_intervals].rows;

    for (size_t port = 0; port < outcome->tables[ISS_TABLE_ports].rows; port++) {
        bool used = false;
        clear_row(chart);
        for (size_t i = 0; i < rows; i++) {
            if (iss_at(outcome, port_intervals, port, id)[i] == (int32_t)port) {
                draw_visit(chart, iss_at(outcome, port_intervals, flight, id)[i],
                           iss_at(outcome, port_intervals, start, time)[i],
                           iss_at(outcome, port_intervals, end, time)[i]);
                used = true;
            }
        }
        if (used) {
            print_row(chart, iss_at(outcome, ports, name, text)[port]);
        }
    }
}

/* ---- people -------------------------------------------------------------------- */

/* A row of numbers, with at least a blank between. */
struct level {
    const int64_t *values;
    size_t rows;
    int64_t shown; /* the last number written, from cell `from` to before `free` */
    int from, free;
};

/* The next row after `i` in which the value is another; `rows` when none is. */
static size_t
next_change(const struct level *level, size_t i)
{
    size_t next = i + 1;
    while (next < level->rows && level->values[next] == level->values[i]) {
        next++;
    }
    return next;
}

/* The last number must be seen: in place of the one before it, if need be. */
static int
make_room(struct chart *chart, struct level *level, int columns)
{
    if (level->free + columns > chart->cells && level->from > 0) {
        for (int cell = level->from; cell < chart->cells; cell++) {
            put_cell(chart, cell, ISS_PLAIN, "", 0);
        }
        level->free = level->from;
    }
    return chart->cells - columns;
}

/* The number of row `i`, in its place or soon after it; one that would come after the
 * next change is dropped. */
static void
write_number(struct chart *chart, struct level *level, size_t i)
{
    const int64_t *times = iss_at(chart->outcome, state, time, time);
    size_t next = next_change(level, i);
    int cell = cell_of(chart, times[i]);
    int at = cell > level->free ? cell : level->free;
    char number[24];
    int columns = snprintf(number, sizeof number, "%" PRId64, level->values[i]);

    if (next < level->rows && at > cell && cell_of(chart, times[next]) <= at) {
        return;
    }
    if (next == level->rows && at + columns > chart->cells) {
        at = make_room(chart, level, columns);
    }
    if (at < level->free || at + columns > chart->cells) {
        return;
    }
    write_over(chart, at, number);
    level->shown = level->values[i];
    level->from = at;
    level->free = at + columns + 1;
}

/* A number wherever it changes. */
static void
print_level(struct chart *chart, const char *label, enum iss_column_id id)
{
    struct level level = {.values = iss_tables_column(chart->outcome, id)->data.count,
                          .rows = chart->outcome->tables[ISS_TABLE_state].rows,
                          .shown = -1};

    clear_row(chart);
    for (size_t i = 0; i < level.rows; i = next_change(&level, i)) {
        if (level.values[i] != level.shown) {
            write_number(chart, &level, i);
        }
    }
    print_row(chart, label);
}

static int
label_width(struct iss_outcome *outcome)
{
    int width = LABEL_LEAST;
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_ports].rows; i++) {
        int columns = iss_term_columns(iss_at(outcome, ports, name, text)[i]) + 2;
        width = columns > width ? columns : width;
    }
    return width < LABEL_MOST ? width : LABEL_MOST;
}

int
iss_chart_print(struct iss_outcome *outcome, const struct iss_term *term,
                int64_t end_us)
{
    struct chart chart = {outcome, term, end_us, label_width(outcome), 0, NULL};
    int64_t epoch_us;

    chart.cells = term->width - chart.label;
    chart.row = calloc((size_t)chart.cells, sizeof *chart.row);
    if (chart.row == NULL ||
        iss_civil_parse(outcome->epoch, &epoch_us) != ISS_CIVIL_OK) {
        free(chart.row);
        return ISS_ERR_NO_MEMORY;
    }
    print_axis(&chart, epoch_us);
    print_ports(&chart);
    print_level(&chart, "Aboard", ISS_COLUMN_state_crew);
    if (any_unsafe(outcome)) {
        print_level(&chart, "No safe seat", ISS_COLUMN_state_unsafe);
    }
    free(chart.row);
    return ISS_OK;
}
