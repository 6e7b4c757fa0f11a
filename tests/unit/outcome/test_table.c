/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/civil.h"
#include "outcome/table.h"
#include "outcome/utf8.h"

static const struct iss_column kinds[] = {
    {.name = "time", .kind = ISS_COLUMN_TIME},
    {.name = "planned", .kind = ISS_COLUMN_TIME_NULL},
    {.name = "real", .kind = ISS_COLUMN_REAL, .across = "ports", .width = 3},
    {.name = "count", .kind = ISS_COLUMN_COUNT},
    {.name = "id", .kind = ISS_COLUMN_ID},
    {.name = "code", .kind = ISS_COLUMN_CODE},
    {.name = "flag", .kind = ISS_COLUMN_FLAG},
    {.name = "hash", .kind = ISS_COLUMN_HASH},
    {.name = "text", .kind = ISS_COLUMN_TEXT, .across = "ports", .width = 2},
};
#define KINDS ((int32_t)(sizeof(kinds) / sizeof(kinds[0])))

static void
check_missing(const struct iss_table *table, size_t row)
{
    const struct iss_column *c = table->columns;

    assert_int_equal(c[0].data.time[row], 0);
    assert_true(c[1].data.time[row] == ISS_NO_TIME);
    for (size_t i = 0; i < 3; i++) {
        assert_true(isnan(c[2].data.real[3 * row + i]));
    }
    assert_int_equal(c[3].data.count[row], 0);
    assert_int_equal(c[4].data.id[row], -1);
    assert_int_equal(c[5].data.code[row], 0);
    assert_int_equal(c[6].data.flag[row], 0);
    assert_int_equal(c[7].data.hash[row], 0);
    assert_string_equal(c[8].data.text[2 * row], "");
    assert_string_equal(c[8].data.text[2 * row + 1], "");
}

static void
new_rows_are_missing_and_old_ones_survive_growth(void **state)
{
    struct iss_arena arena = {0};
    struct iss_table table;
    size_t row;

    (void)state;
    assert_int_equal(
        iss_table_init(&table, &arena, "t", "A table", NULL, kinds, KINDS, 0), ISS_OK);
    assert_int_equal(table.rows, 0);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(iss_table_add(&table, &arena, &row), ISS_OK);
        assert_int_equal(row, i);
        check_missing(&table, row);
        table.columns[0].data.time[row] = (int64_t)i;
        table.columns[2].data.real[3 * row + 2] = 0.5 * (double)i;
        table.columns[5].data.code[row] = (uint8_t)(i % 256);
        table.columns[8].data.text[2 * row + 1] = "x";
    }
    assert_true(table.capacity >= 1000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(table.columns[0].data.time[i], i);
        assert_true(table.columns[2].data.real[3 * i + 2] == 0.5 * (double)i);
        assert_true(isnan(table.columns[2].data.real[3 * i + 1]));
        assert_int_equal(table.columns[5].data.code[i], i % 256);
        assert_string_equal(table.columns[8].data.text[2 * i + 1], "x");
    }
    iss_arena_clear(&arena);
}

static void
emptied_table_gives_missing_rows_again(void **state)
{
    struct iss_arena arena = {0};
    struct iss_table table;
    size_t row;

    (void)state;
    assert_int_equal(
        iss_table_init(&table, &arena, "t", "A table", NULL, kinds, KINDS, 1), ISS_OK);
    assert_int_equal(iss_table_add(&table, &arena, &row), ISS_OK);
    memset(table.columns[3].data.count, 0x55, sizeof(int64_t));
    memset(table.columns[7].data.hash, 0x55, sizeof(uint64_t));
    table.columns[6].data.flag[0] = 1;
    table.rows = 0;
    assert_int_equal(iss_table_add(&table, &arena, &row), ISS_OK);
    assert_int_equal(row, 0);
    check_missing(&table, 0);
    iss_arena_clear(&arena);
}

static void
room_asked_for_is_not_moved(void **state)
{
    struct iss_arena arena = {0};
    struct iss_table table;
    size_t row;
    const void *data;

    (void)state;
    assert_int_equal(
        iss_table_init(&table, &arena, "t", "A table", NULL, kinds, KINDS, 100),
        ISS_OK);
    data = table.columns[3].data.any;
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(iss_table_add(&table, &arena, &row), ISS_OK);
    }
    assert_ptr_equal(table.columns[3].data.any, data);
    iss_arena_clear(&arena);
}

static void
impossible_capacity_is_no_memory(void **state)
{
    struct iss_arena arena = {0};
    struct iss_table table;

    (void)state;
    assert_int_equal(iss_table_init(&table, &arena, "t", "A table", NULL, kinds, KINDS,
                                    SIZE_MAX / 2),
                     ISS_ERR_NO_MEMORY);
    assert_int_equal(table.column_count, 0);
    assert_int_equal(table.capacity, 0);
    iss_arena_clear(&arena);
}

static void
tables_and_columns_are_found_by_name(void **state)
{
    struct iss_outcome outcome = {0};
    struct iss_table tables[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(iss_table_init(&tables[i], &outcome.arena, i == 0 ? "a" : "b",
                                        "A table", NULL, kinds, KINDS, 0),
                         ISS_OK);
    }
    outcome.tables = tables;
    outcome.table_count = 2;
    assert_ptr_equal(iss_outcome_table(&outcome, "b"), &tables[1]);
    assert_null(iss_outcome_table(&outcome, "c"));
    assert_ptr_equal(iss_table_column(&tables[1], "flag"), &tables[1].columns[6]);
    assert_null(iss_table_column(&tables[1], "fla"));
    iss_outcome_clear(&outcome);
    assert_int_equal(outcome.table_count, 0);
    iss_outcome_clear(&outcome); /* harmless */
}

static void
second_dimension_is_named_after_its_table_unless_said(void **state)
{
    struct iss_column column = kinds[2];

    (void)state;
    assert_string_equal(iss_column_axis(&column, 0).dimension, "ports");
    column.dimension = "port";
    assert_string_equal(iss_column_axis(&column, 0).dimension, "port");
    assert_int_equal(iss_column_row_values(&column), 3);
    column.width = 0;
    assert_int_equal(iss_column_row_values(&column), 0);
    assert_null(iss_column_axis(&kinds[0], 0).across);
    assert_int_equal(iss_column_row_values(&kinds[0]), 1);
}

static void
third_dimension_multiplies_the_values_of_a_row(void **state)
{
    struct iss_column column = kinds[2];

    (void)state;
    assert_int_equal(iss_column_rank(&kinds[0]), 1);
    assert_int_equal(iss_column_rank(&column), 2);
    column.through = "notes";
    column.depth = 4;
    assert_int_equal(iss_column_rank(&column), 3);
    assert_int_equal(iss_column_row_values(&column), 12);
    assert_string_equal(iss_column_axis(&column, 1).dimension, "notes");
    column.through_dimension = "note";
    assert_string_equal(iss_column_axis(&column, 1).dimension, "note");
    assert_int_equal(iss_column_axis(&column, 1).width, 4);
}

static void
utf8_ends_at_the_first_wrong_byte(void **state)
{
    static const struct {
        const char *text;
        size_t prefix;
    } cases[] = {
        {"", 0},
        {"plain", 5},
        {"Союз \xE2\x82\xAC \xF0\x9F\x9A\x80", 17},
        {"a\x80", 1},            /* a continuation without its character */
        {"a\xC3", 1},            /* a character without its continuation */
        {"ab\xC0\xAF", 2},       /* overlong in two bytes */
        {"ab\xE0\x9F\xBF", 2},   /* in three */
        {"\xF0\x8F\xBF\xBF", 0}, /* in four */
        {"\xED\xA0\x80", 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0}, /* never a first byte */
        {"\xE2\x82", 0},         /* cut short */
        {"\xEF\xBF\xBF\xFE", 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(iss_utf8_prefix(cases[i].text), cases[i].prefix);
    }
}

static void
cleaned_text_is_utf8_and_good_text_is_itself(void **state)
{
    struct iss_arena arena = {0};
    const char *good = "Союз";

    (void)state;
    assert_ptr_equal(iss_utf8_clean(&arena, good), good);
    assert_string_equal(iss_utf8_clean(&arena, "a\xFF"
                                               "b\xC3ю\xE2\x82"),
                        "a?b?ю??");
    iss_arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_rows_are_missing_and_old_ones_survive_growth),
        cmocka_unit_test(emptied_table_gives_missing_rows_again),
        cmocka_unit_test(room_asked_for_is_not_moved),
        cmocka_unit_test(impossible_capacity_is_no_memory),
        cmocka_unit_test(tables_and_columns_are_found_by_name),
        cmocka_unit_test(second_dimension_is_named_after_its_table_unless_said),
        cmocka_unit_test(third_dimension_multiplies_the_values_of_a_row),
        cmocka_unit_test(utf8_ends_at_the_first_wrong_byte),
        cmocka_unit_test(cleaned_text_is_utf8_and_good_text_is_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
