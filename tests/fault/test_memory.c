/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_memory.c - without memory at the first allocation, the second, ... until none
 * fails; but HDF5 has memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/store.h"

#include "fault/scarce.h"
#include "unit/outcome/sample.h"
#include "unit/store/folder.h"

static const struct iss_column columns[] = {
    {.name = "real", .kind = ISS_COLUMN_REAL, .units = "1", .long_name = "a number"},
    {.name = "text", .kind = ISS_COLUMN_TEXT, .long_name = "a text"},
};

/* Every row before the failing one is as it was, and the failing one isn't there. */
static int
fill_table(struct iss_table *table, struct iss_arena *arena, size_t rows)
{
    int status = iss_table_init(table, arena, "t", "A table", NULL, columns, 2, 0);
    size_t row = 0;

    while (status == ISS_OK && table->rows < rows) {
        size_t before = table->rows;

        status = iss_table_add(table, arena, &row);
        assert_int_equal(table->rows, before + (status == ISS_OK));
        if (status == ISS_OK) {
            table->columns[0].data.real[row] = (double)row;
        }
    }
    for (size_t i = 0; i < table->rows; i++) {
        assert_true(table->columns[0].data.real[i] == (double)i);
        assert_string_equal(table->columns[1].data.text[i], "");
    }
    return status;
}

static void
table_without_memory_keeps_its_rows(void **state)
{
    const size_t rows = 200000;
    long number = 0;
    int status;

    (void)state;
    do {
        struct iss_arena arena = {0};
        struct iss_table table;

        arm(++number);
        status = fill_table(&table, &arena, rows);
        assert_int_equal(status, allocations >= number ? ISS_ERR_NO_MEMORY : ISS_OK);
        assert_int_equal(table.rows == rows, status == ISS_OK);
        arm(0);
        iss_arena_clear(&arena);
    } while (status != ISS_OK);
    assert_true(number > 5);
}

static void
problem_is_told_without_memory(void **state)
{
    struct iss_outcome outcome = {0};
    struct iss_table table = {.name = "t?"};

    (void)state;
    outcome.tables = &table;
    outcome.table_count = 1;
    arm(1);
    assert_non_null(iss_outcome_problem(&outcome));
    arm(0);
    iss_outcome_clear(&outcome);
}

static void
store_without_memory_leaves_no_trace(void **state)
{
    const struct iss_store_options options = {.force = true, .elapsed_s = 1.0};
    struct iss_outcome outcome = {0};
    long number = 0;
    int status;

    (void)state;
    sample_make(&outcome, 10);
    folder_put("x.h5", "precious");
    do {
        char message[200] = "";

        arm(++number);
        status = iss_store_write("x.h5", &outcome, &options, message, sizeof(message));
        assert_int_equal(status, allocations >= number ? ISS_ERR_NO_MEMORY : ISS_OK);
        arm(0);
        assert_int_equal(folder_entries(), 1);
        assert_int_equal(folder_holds("x.h5", "precious"), status != ISS_OK);
        assert_int_equal(strstr(message, "out of memory") != NULL, status != ISS_OK);
    } while (status != ISS_OK);
    assert_true(number > 10);
    iss_outcome_clear(&outcome);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_without_memory_keeps_its_rows),
        cmocka_unit_test(problem_is_told_without_memory),
        cmocka_unit_test_setup_teardown(store_without_memory_leaves_no_trace,
                                        folder_enter, folder_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
