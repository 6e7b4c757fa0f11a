/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_adopt.c - a result whose tables, columns and codes come in another order is
 * arranged; one that can't be a run is refused.
 */
#include "unit/replicate/run.h"

#include "observe/adopt.h"
#include "observe/tables.h"

static const char *const none[] = {NULL};

static void
swap_tables(struct iss_outcome *outcome, int32_t a, int32_t b)
{
    struct iss_table kept = outcome->tables[a];
    outcome->tables[a] = outcome->tables[b];
    outcome->tables[b] = kept;
}

static void
swap_columns(struct iss_table *table, int32_t a, int32_t b)
{
    struct iss_column kept = table->columns[a];
    table->columns[a] = table->columns[b];
    table->columns[b] = kept;
}

/* The events' codes, counted from the end of the list of kinds. */
static void
reverse_codes(struct iss_outcome *outcome)
{
    struct iss_table *events = &outcome->tables[ISS_TABLE_events];
    struct iss_column *type = iss_tables_column(outcome, ISS_COLUMN_events_type);
    const char **names =
        iss_arena_array(&outcome->arena, ISS_EVENT_KINDS, sizeof *names);

    for (int32_t i = 0; i < ISS_EVENT_KINDS; i++) {
        names[i] = type->meanings[ISS_EVENT_KINDS - 1 - i];
    }
    type->meanings = names;
    for (size_t row = 0; row < events->rows; row++) {
        type->data.code[row] = (uint8_t)(ISS_EVENT_KINDS - 1 - type->data.code[row]);
    }
}

static void
other_orders_and_codes_are_put_right(void **state)
{
    struct run run;
    const char *problem;
    uint8_t kinds[256];

    (void)state;
    run_outpost(&run, none);
    size_t rows = run.outcome.tables[ISS_TABLE_events].rows;
    assert_true(rows > 5 && rows <= sizeof kinds);
    memcpy(kinds, iss_at(&run.outcome, events, type, code), rows);
    int32_t docked = *iss_tables_docked(&run.outcome)->data.id;
    int64_t crew = *iss_at(&run.outcome, state, crew, count);
    int64_t ros = *iss_tables_segment(&run.outcome, 0)->data.count;

    reverse_codes(&run.outcome);
    struct iss_table *station = &run.outcome.tables[ISS_TABLE_state];
    swap_columns(station, 0, station->column_count - 1);
    swap_columns(station, 1, station->column_count - 3); /* the first segment */
    swap_columns(&run.outcome.tables[ISS_TABLE_events], 0, 3);
    swap_tables(&run.outcome, ISS_TABLE_events, ISS_TABLE_ports);
    assert_int_equal(iss_tables_adopt(&run.outcome, &problem), ISS_OK);
    assert_memory_equal(iss_at(&run.outcome, events, type, code), kinds, rows);
    assert_int_equal(*iss_tables_docked(&run.outcome)->data.id, docked);
    assert_int_equal(*iss_at(&run.outcome, state, crew, count), crew);
    assert_int_equal(*iss_tables_segment(&run.outcome, 0)->data.count, ros);
    assert_string_equal(run.outcome.tables[ISS_TABLE_ports].name, "ports");
    run_end(&run);
}

/* Adopting is refused, with a problem that has `words`. */
static void
check_refused(struct run *run, const char *words)
{
    const char *problem = NULL;

    assert_int_equal(iss_tables_adopt(&run->outcome, &problem), ISS_ERR_FORMAT);
    if (strstr(problem, words) == NULL) {
        fail_msg("wanted \"%s\", got \"%s\"", words, problem);
    }
    run_end(run);
}

/* By its own engines, the station is raised by no flight. */
static void
a_manoeuvre_may_be_made_by_no_flight(void **state)
{
    struct run run;
    const char *problem;

    (void)state;
    run_outpost(&run, SET("orbit={altitude=402; floor=400; target=403; mass='420 t'; "
                          "drag=4000; density=3.7e-12; scale_height=58.5;}"));
    assert_true(run_value(&run, ISS_EVENT_REBOOSTED) == 403);
    assert_int_equal(iss_tables_adopt(&run.outcome, &problem), ISS_OK);
    run_end(&run);
}

static void
missing_table_is_named(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, none);
    run.outcome.tables[ISS_TABLE_crew].name = "crowd";
    check_refused(&run, "crew: the table is missing");
}

static void
missing_or_other_column_is_named(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, none);
    iss_tables_column(&run.outcome, ISS_COLUMN_events_cause)->name = "reason";
    check_refused(&run, "events.cause: is missing");
    run_outpost(&run, none);
    iss_tables_column(&run.outcome, ISS_COLUMN_events_cause)->refers_to = "flights";
    check_refused(&run, "events.cause: isn't what");
}

static void
kind_of_event_that_is_unknown_here_is_named(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, none);
    struct iss_column *type = iss_tables_column(&run.outcome, ISS_COLUMN_events_type);
    const char **names =
        iss_arena_array(&run.outcome.arena, ISS_EVENT_KINDS, sizeof *names);
    memcpy(names, type->meanings, ISS_EVENT_KINDS * sizeof *names);
    names[type->data.code[0]] = "WARP_DRIVE_ON";
    type->meanings = names;
    check_refused(&run, "events.type: WARP_DRIVE_ON is unknown");
}

static void
event_before_its_cause_is_refused(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, none);
    iss_at(&run.outcome, events, cause, id)[3] = 3;
    check_refused(&run, "an event comes before its cause");
}

static void
event_about_nobody_is_refused(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, none);
    size_t row = 0;
    while (iss_at(&run.outcome, events, flight, id)[row] < 0) {
        row++;
    }
    iss_at(&run.outcome, events, flight, id)[row] = -1;
    check_refused(&run, "an event lacks the flight");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_orders_and_codes_are_put_right),
        cmocka_unit_test(a_manoeuvre_may_be_made_by_no_flight),
        cmocka_unit_test(missing_table_is_named),
        cmocka_unit_test(missing_or_other_column_is_named),
        cmocka_unit_test(kind_of_event_that_is_unknown_here_is_named),
        cmocka_unit_test(event_before_its_cause_is_refused),
        cmocka_unit_test(event_about_nobody_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
