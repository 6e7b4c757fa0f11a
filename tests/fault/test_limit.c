/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_limit.c - files that may not grow beyond a limit, at every limit until one is
 * large enough: like a full disk, but for anybody to try.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fault/attempt.h"
#include "unit/store/folder.h"

#define STEP ((rlim_t)2048)

static const struct iss_store_options forced = {.force = true, .elapsed_s = 1.0};

static void
file_that_cannot_grow_is_told(enum attempt_what what)
{
    struct attempt attempt;
    rlim_t limit = 0;

    folder_put("x.h5", "precious");
    do {
        limit += STEP;
        attempt = attempt_write(what, "x.h5", &forced, limit);
        assert_string_equal(attempt.noise, "");
        assert_int_equal(folder_entries(), 1);
        if (attempt.status != ISS_OK) {
            assert_true(attempt.status == ISS_ERR_WRITE ||
                        attempt.status == ISS_ERR_VERIFY);
            assert_non_null(strstr(attempt.message, "x.h5: "));
            assert_true(folder_holds("x.h5", "precious"));
        }
    } while (attempt.status != ISS_OK && limit < 1000 * STEP);
    assert_int_equal(attempt.status, ISS_OK);
    assert_true(limit > 10 * STEP);
}

static void
run_that_cannot_grow_is_told_and_leaves_no_trace(void **state)
{
    (void)state;
    file_that_cannot_grow_is_told(ATTEMPT_RUN);
}

static void
study_that_cannot_grow_is_told_and_leaves_no_trace(void **state)
{
    (void)state;
    file_that_cannot_grow_is_told(ATTEMPT_STUDY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            run_that_cannot_grow_is_told_and_leaves_no_trace, folder_enter,
            folder_leave),
        cmocka_unit_test_setup_teardown(
            study_that_cannot_grow_is_told_and_leaves_no_trace, folder_enter,
            folder_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
