/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sample outcome is in order; each test spoils one thing in it, and reads the name
 * of the column and the reason in the complaint.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "outcome/table.h"

#include "unit/outcome/sample.h"

enum { PORTS, NOTES, EVENTS, FAILURES, PEOPLE, STATE, METRICS };
enum { TIME, TYPE, PORT, VALUE, PLANNED, CREWED, SEQUENCE, FINGERPRINT };

static struct iss_column *
event_column(struct iss_outcome *outcome, int index)
{
    return &outcome->tables[EVENTS].columns[index];
}

/* What the outcome is made into, and what has to be said about it. */
struct spoiled {
    void (*spoil)(struct iss_outcome *outcome);
    const char *says;
};

static void
wild_code(struct iss_outcome *outcome)
{
    event_column(outcome, TYPE)->data.code[2] = 3;
}

static void
wild_id(struct iss_outcome *outcome)
{
    event_column(outcome, PORT)->data.id[9] = 3;
}

static void
negative_id(struct iss_outcome *outcome)
{
    event_column(outcome, PORT)->data.id[1] = -2;
}

static void
unknown_reference(struct iss_outcome *outcome)
{
    event_column(outcome, PORT)->refers_to = "harbours";
}

static void
time_going_back(struct iss_outcome *outcome)
{
    event_column(outcome, TIME)->data.time[5] = 1;
}

static void
unknown_time(struct iss_outcome *outcome)
{
    event_column(outcome, TIME)->data.time[0] = ISS_NO_TIME;
}

static void
time_never(struct iss_outcome *outcome)
{
    event_column(outcome, PLANNED)->data.time[4] = ISS_NEVER;
}

static void
wild_flag(struct iss_outcome *outcome)
{
    event_column(outcome, CREWED)->data.flag[0] = 2;
}

static void
latin_text(struct iss_outcome *outcome)
{
    outcome->tables[NOTES].columns[0].data.text[1] = "K\xF6ln";
}

static void
null_text(struct iss_outcome *outcome)
{
    outcome->tables[NOTES].columns[0].data.text[1] = NULL;
}

static void
no_units(struct iss_outcome *outcome)
{
    event_column(outcome, VALUE)->units = NULL;
}

static void
span_units(struct iss_outcome *outcome)
{
    event_column(outcome, VALUE)->units = "days";
}

static void
since_units(struct iss_outcome *outcome)
{
    event_column(outcome, SEQUENCE)->units = "hours since launch";
}

static void
no_long_name(struct iss_outcome *outcome)
{
    event_column(outcome, FINGERPRINT)->long_name = "";
}

static void
meaning_of_two_words(struct iss_outcome *outcome)
{
    static const char *const words[] = {"launch", "dock it", "land"};

    event_column(outcome, TYPE)->meanings = words;
}

static void
no_meanings(struct iss_outcome *outcome)
{
    event_column(outcome, TYPE)->meaning_count = 0;
}

static void
same_column_twice(struct iss_outcome *outcome)
{
    event_column(outcome, VALUE)->name = "time";
}

static void
name_with_a_slash(struct iss_outcome *outcome)
{
    event_column(outcome, VALUE)->name = "slip/d";
}

static void
same_table_twice(struct iss_outcome *outcome)
{
    outcome->tables[METRICS].name = "ports";
}

static void
table_called_provenance(struct iss_outcome *outcome)
{
    outcome->tables[METRICS].name = "provenance";
}

static void
scale_not_there(struct iss_outcome *outcome)
{
    outcome->tables[EVENTS].scale = "when";
}

static void
scale_with_missing_times(struct iss_outcome *outcome)
{
    outcome->tables[EVENTS].scale = "planned";
}

static void
column_called_row(struct iss_outcome *outcome)
{
    outcome->tables[NOTES].columns[0].name = "row";
}

static void
across_nothing(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[1].across = "harbours";
}

static void
wrong_width(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[1].width = 2;
}

static void
dimension_called_like_a_column(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[1].dimension = "time";
}

static void
one_dimension_of_two_tables(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[5].dimension = "port";
}

static void
wrong_depth(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[7].depth = 3;
}

static void
third_dimension_of_another_table(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[7].through_dimension = "port";
}

static void
across_one_table_twice(struct iss_outcome *outcome)
{
    struct iss_column *column = &outcome->tables[STATE].columns[7];
    column->through = "ports";
    column->depth = SAMPLE_PORTS;
}

static void
third_dimension_without_a_second(struct iss_outcome *outcome)
{
    outcome->tables[STATE].columns[7].across = NULL;
}

static const struct spoiled spoiled[] = {
    {wild_code, "events.type: row 2: code 3 has no meaning; allowed 0 to 2"},
    {wild_id, "events.port: row 9: id 3; table \"ports\" has 3 rows"},
    {negative_id, "events.port: row 1: id -2"},
    {unknown_reference, "events.port: refers to table \"harbours\""},
    {time_going_back, "events.time: row 5: earlier"},
    {unknown_time, "events.time: row 0: an unknown time"},
    {time_never, "events.planned: row 4: a time that never comes"},
    {wild_flag, "events.crewed: row 0: flag 2"},
    {latin_text, "notes.text: row 1: text that is not UTF-8"},
    {null_text, "notes.text: row 1: no text"},
    {no_units, "events.value: a number without units"},
    {span_units, "events.value: units \"days\""},
    {since_units, "events.sequence: units \"hours since launch\""},
    {no_long_name, "events.fingerprint: no long_name"},
    {meaning_of_two_words, "events.type: the meaning of code 1 is not one word"},
    {no_meanings, "events.type: 0 meanings"},
    {same_column_twice, "events.time: its name"},
    {name_with_a_slash, "events.slip/d: its name"},
    {same_table_twice, "ports: the table's name"},
    {table_called_provenance, "provenance: the table's name"},
    {scale_not_there, "events: its scale \"when\""},
    {scale_with_missing_times, "events: its scale \"planned\""},
    {column_called_row, "notes: a column called \"row\""},
    {across_nothing, "state.docked: runs across table \"harbours\""},
    {wrong_width, "state.docked: is 2 wide; table \"ports\" has 3 rows"},
    {dimension_called_like_a_column,
     "state.docked: no further dimension can be called \"time\""},
    {one_dimension_of_two_tables, "state.docked: no further dimension"},
    {wrong_depth, "state.wanted: is 3 wide; table \"notes\" has 4 rows"},
    {third_dimension_of_another_table, "state.docked: no further dimension"},
    {across_one_table_twice, "state.wanted: runs across table \"ports\" twice"},
    {third_dimension_without_a_second, "state.wanted: has a third dimension"},
};

static void
each_violation_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(spoiled) / sizeof(spoiled[0]); i++) {
        struct iss_outcome outcome = {0};
        const char *problem;

        sample_make(&outcome, 10);
        spoiled[i].spoil(&outcome);
        problem = iss_outcome_problem(&outcome);
        if (problem == NULL ||
            strncmp(problem, spoiled[i].says, strlen(spoiled[i].says)) != 0) {
            fail_msg("wanted \"%s\", got \"%s\"", spoiled[i].says,
                     problem == NULL ? "nothing" : problem);
        }
        iss_outcome_clear(&outcome);
    }
}

static void
good_outcome_has_no_problem(void **state)
{
    struct iss_outcome outcome = {0};

    (void)state;
    assert_null(iss_outcome_problem(&outcome));
    sample_make(&outcome, 1000);
    assert_null(iss_outcome_problem(&outcome));
    iss_outcome_clear(&outcome);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_outcome_has_no_problem),
        cmocka_unit_test(each_violation_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
