/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics: their form, their cap, their order, and the words they suggest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"

static void
a_line_begins_with_its_origin_and_path(void **state)
{
    struct iss_diag diag = {0};

    (void)state;
    iss_diag_error(&diag, (struct iss_origin){"a.cfg", 12}, "vehicles.soyuz.seats",
                   "must be an integer; got %g", 2.5);
    iss_diag_error(&diag, (struct iss_origin){"a.cfg", 0}, "", "is empty");
    iss_diag_warning(&diag, (struct iss_origin){NULL, 0}, "scenario", "odd");
    assert_string_equal(diag.entries[0].text,
                        "a.cfg:12: vehicles.soyuz.seats: must be an integer; got 2.5");
    assert_string_equal(diag.entries[1].text, "a.cfg: is empty");
    assert_string_equal(diag.entries[2].text, "scenario: odd");
    assert_int_equal(diag.entries[2].severity, ISS_WARNING);
    assert_int_equal(diag.errors, 2);
    assert_int_equal(diag.warnings, 1);
    iss_diag_clear(&diag);
    assert_int_equal(diag.kept, 0);
}

static void
a_flood_is_counted_but_not_kept(void **state)
{
    struct iss_diag diag = {0};

    (void)state;
    for (int i = 0; i < 50; i++) {
        iss_diag_warning(&diag, (struct iss_origin){"a.cfg", i}, "", "w");
    }
    for (int i = 0; i < 30; i++) {
        iss_diag_error(&diag, (struct iss_origin){"a.cfg", i}, "", "e");
    }
    assert_int_equal(diag.warnings, 50);
    assert_int_equal(diag.errors, 30);
    assert_int_equal(diag.kept, 2 * ISS_DIAG_SHOWN);
    assert_int_equal(diag.entries[ISS_DIAG_SHOWN].severity, ISS_ERROR);
    iss_diag_clear(&diag);
}

static void
sorting_goes_by_file_then_line_and_keeps_ties(void **state)
{
    struct iss_diag diag = {0};
    char late[] = "late.cfg";

    (void)state;
    iss_diag_error(&diag, (struct iss_origin){late, 9}, "", "1");
    iss_diag_error(&diag, (struct iss_origin){"early.cfg", 5}, "", "2");
    iss_diag_error(&diag, (struct iss_origin){late, 3}, "", "3");
    iss_diag_error(&diag, (struct iss_origin){"early.cfg", 5}, "", "4");
    iss_diag_error(&diag, (struct iss_origin){"early.cfg", 1}, "", "5");
    memset(late, 'x', sizeof(late) - 1); /* the diagnostics have their own copy */
    iss_diag_sort(&diag);
    assert_string_equal(diag.entries[0].text, "late.cfg:3: 3");
    assert_string_equal(diag.entries[1].text, "late.cfg:9: 1");
    assert_string_equal(diag.entries[2].text, "early.cfg:1: 5");
    assert_string_equal(diag.entries[3].text, "early.cfg:5: 2");
    assert_string_equal(diag.entries[4].text, "early.cfg:5: 4");
    iss_diag_clear(&diag);
}

static void
the_nearest_word_is_suggested(void **state)
{
    static const char *const words[] = {"leak_rate", "seats", "kg", "launch", "d"};
    char endless[200];

    (void)state;
    assert_string_equal(iss_diag_suggest("leak_rat", words, 5), "leak_rate");
    assert_string_equal(iss_diag_suggest("laek_rate", words, 5), "leak_rate");
    assert_string_equal(iss_diag_suggest("Seats", words, 5), "seats");
    assert_string_equal(iss_diag_suggest("kgs", words, 5), "kg");
    assert_string_equal(iss_diag_suggest("lunch", words, 5), "launch");
    static const char *const pads[] = {"pad_1", "pad_31"};
    assert_string_equal(iss_diag_suggest("pad31", pads, 2), "pad_31");
    assert_string_equal(iss_diag_suggest("PAD-1", pads, 2), "pad_1");
    assert_null(iss_diag_suggest("x", words, 5));
    assert_null(iss_diag_suggest("", words, 5));
    assert_null(iss_diag_suggest("toilets", words, 5));
    assert_null(iss_diag_suggest("seats", words, 0));
    memset(endless, 'a', sizeof(endless) - 1);
    endless[sizeof(endless) - 1] = '\0';
    assert_null(iss_diag_suggest(endless, words, 5));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_begins_with_its_origin_and_path),
        cmocka_unit_test(a_flood_is_counted_but_not_kept),
        cmocka_unit_test(sorting_goes_by_file_then_line_and_keeps_ties),
        cmocka_unit_test(the_nearest_word_is_suggested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
