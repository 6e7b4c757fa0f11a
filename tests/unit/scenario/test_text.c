/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file's text: what it loads to, and what is said of text that is wrong. */
#include "unit/scenario/fixture.h"

#include <locale.h>

static void
values_of_every_type_load(void **state)
{
    struct fixture *f = *state;

    fixture_load_text(f,
                      "\xEF\xBB\xBF# comment\n"
                      "a = 3; b : 2.5, c = 1e6 d = true; /* x */ e = \"t\\\"\\x41\";\n"
                      "big = 5000000000L; low = -2147483648; hex = 0x7FFFFFFF;\n"
                      "least = -9223372036854775808L; MS-23 = \"a\" // one text\n"
                      "  \"b\";\r\n"
                      "list = (1, \"x\", { k = 1; }, [1, 2], (), []);\n");
    assert_int_equal(fixture_node(f, "a")->value.integer, 3);
    assert_true(fixture_node(f, "b")->value.real == 2.5);
    assert_int_equal(fixture_node(f, "c")->type, ISS_NODE_REAL);
    assert_true(fixture_node(f, "c")->value.real == 1e6);
    assert_true(fixture_node(f, "d")->value.boolean);
    assert_string_equal(fixture_node(f, "e")->value.text, "t\"A");
    assert_int_equal(fixture_node(f, "big")->value.integer, INT64_C(5000000000));
    assert_int_equal(fixture_node(f, "low")->value.integer, INT32_MIN);
    assert_int_equal(fixture_node(f, "hex")->value.integer, INT32_MAX);
    assert_true(fixture_node(f, "least")->value.integer == INT64_MIN);
    assert_string_equal(fixture_node(f, "MS-23")->value.text, "ab");
    assert_int_equal(fixture_node(f, "list")->count, 6);
    assert_int_equal(fixture_node(f, "list")->type, ISS_NODE_LIST);
    assert_int_equal(f->diag.errors + f->diag.warnings, 0);
}

static void
every_setting_knows_its_line(void **state)
{
    struct fixture *f = *state;
    const struct iss_node *list;

    fixture_load_text(f,
                      "a = \"x\"\n;\n\ng = {\n  b = 1;\n  t = \"p\"\n\n    \"q\";\n};\n"
                      "l = (\n  \"s\"\n,\n  { k\n = 2; },\n  3\n);\n");
    assert_int_equal(fixture_node(f, "a")->origin.line, 1);
    assert_int_equal(fixture_node(f, "g")->origin.line, 4);
    assert_int_equal(fixture_node(f, "g.b")->origin.line, 5);
    assert_int_equal(fixture_node(f, "g.t")->origin.line, 6);
    list = fixture_node(f, "l");
    assert_int_equal(list->origin.line, 10);
    assert_int_equal(list->first->origin.line, 11);
    assert_int_equal(list->first->next->origin.line, 13);
    assert_int_equal(list->first->next->first->origin.line, 13);
    assert_int_equal(list->first->next->next->origin.line, 15);
    assert_string_equal(list->origin.file, "s.cfg");
}

static void
numbers_that_would_be_corrupted_are_refused_all_at_once(void **state)
{
    struct fixture *f = *state;
    static const char *const expected[] = {
        "s.cfg:1: a: would wrap around; got 2147483648; allowed -2147483648 to "
        "2147483647 without L; hint: write 2147483648L",
        "s.cfg:2: g.b: would wrap to a negative number; got 0xFFFFFFFF; allowed up to "
        "0x7FFFFFFF without L; hint: write 0xFFFFFFFFL",
        "s.cfg:3: g.c[1]: is too large for a 64-bit integer; got 9223372036854775808L; "
        "allowed -9223372036854775808L to 9223372036854775807L",
        "s.cfg:5: d: has a leading zero, which some readers take for octal; got 007; "
        "allowed decimal and 0x...; hint: write 7",
        "s.cfg:6: e: would become infinity; got -1e999; allowed up to 1.797e308",
        "s.cfg:7: f: would become 0; got 1.5e-999; allowed 0 or at least 4.9e-324",
        "s.cfg:8: h: is too large for a 64-bit integer; got 0xFFFFFFFFFFFFFFFFL; "
        "allowed up to 0x7FFFFFFFFFFFFFFFL",
    };

    fixture_load_text(f, "a = 2147483648;\ng = { b = 0xFFFFFFFF;\n"
                         "c = (1L, 9223372036854775808L);\n};\nd = 007;\ne = -1e999;\n"
                         "f = 1.5e-999;\nh = 0xFFFFFFFFFFFFFFFFL;\nok = 0.0e-999;\n");
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_int_equal(f->diag.errors, sizeof(expected) / sizeof(expected[0]));
    for (size_t i = 0; i < f->diag.errors; i++) {
        assert_string_equal(f->diag.entries[i].text, expected[i]);
    }
}

static void
each_mistake_of_spelling_has_its_message(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"flights = { 63P = 1; };",
         "s.cfg:1: flights: a name must begin with a letter; got 63P; hint: put a "
         "letter in front, as in P63 for 63P"},
        {"a = 1;\nstart = 2022-12-15T10:00Z;",
         "s.cfg:2: start: is not a number; got 2022-12-15T10:00Z; hint: a date stands "
         "in quotes, as in \"2022-12-15Z\""},
        {"x = 90d;", "s.cfg:1: x: is not a number; got 90d; hint: a quantity with its "
                     "unit stands in quotes, as in \"90 d\""},
        {"x = 1,5;", "s.cfg:1: x: a comma ends the value; got 5 behind it; hint: the "
                     "decimal sign is a point, as in 1.5"},
        {"x = yes;", "s.cfg:1: x: is not a value; got yes; allowed true or false"},
        {"x = nan;", "s.cfg:1: x: is not a value; got nan; allowed finite numbers"},
        {"x = idss;", "s.cfg:1: x: is not a value; got idss; hint: text stands in "
                      "quotes"},
        {"x = 'a';", "s.cfg:1: x: unexpected character; got '; hint: text stands in "
                     "double quotes"},
        {"x = 1.2.3;", "s.cfg:1: x: is not a number; got 1.2.3"},
        {"x = .;", "s.cfg:1: x: unexpected character; got ."},
        {"x = [1, 2,];",
         "s.cfg:1: x[1]: a comma stands before the end; got ]; hint: drop the last "
         "comma"},
        {"x = [1, (2)];", "s.cfg:1: x[1]: an array holds plain values only; got (; "
                          "hint: a list is written ( )"},
        {"x = {\n a = (1;\n};",
         "s.cfg:2: x.a[0]: expected a comma or the closing bracket; got ;"},
        {"x = (1\n};", "s.cfg:2: x[0]: closes the wrong bracket; got }; hint: the ( of "
                       "line 1 is still open"},
        {"x = 1;\n};", "s.cfg:2: closes nothing that this file opened; got }"},
        {"a = 1;\nx = {\n  y = 1;\n",
         "s.cfg:2: x: the { isn't closed before the end of the file"},
        {"a = 1;\n/* open\n\n", "s.cfg:2: comment isn't closed; hint: add the missing "
                                "*/"},
        {"a = 1;\nx = \"open\n\n", "s.cfg:2: x: text isn't closed; hint: add the "
                                   "missing \""},
        {"x = \"open;\ny = \"z\";\n",
         "s.cfg:1: x: text isn't closed on its line: it runs to line 2, where text "
         "isn't closed; hint: add the missing \""},
        {"x = \"open;\ny = \"2022-12-15Z\";\n",
         "s.cfg:1: x: text isn't closed on its line: it runs to line 2, where expected "
         "; behind the value; got 2022-12-15Z"},
        {"x = 1;;", "s.cfg:1: a setting's name should stand here; got ;"},
        {"true = 1;", "s.cfg:1: a value can't be a setting's name; got true"},
        {"x = ;", "s.cfg:1: x: a value should stand here; got ;"},
        {"x = {a = };", "s.cfg:1: x.a: a value is missing; got }"},
        {"x 5;", "s.cfg:1: x: expected = behind the name; got 5"},
        {"\nx =\n\n", "s.cfg:2: x: the file ends where a value should stand"},
        {"x = \"\\q\";", "s.cfg:1: x: unknown escape in a text; got \\q; allowed \\\" "
                         "\\\\ \\n \\r \\t \\f and \\x01 to \\x7f"},
        {"x = \"a\\x00b\";", "s.cfg:1: x: unknown escape in a text; got \\x00; allowed "
                             "\\\" \\\\ \\n \\r \\t \\f and \\x01 to \\x7f"},
        {"x = [1, 2.5];", "s.cfg:1: x[1]: the members of an array must be alike; got "
                          "2.5; allowed an integer like the first; hint: a list is "
                          "written ( )"},
        {"a = { x = 1;\nx = 2; };", "s.cfg:2: a.x: is set twice; the first is at "
                                    "s.cfg:1"},
        {" \n\t\n", "s.cfg: is empty"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture_load_text(f, cases[i].text);
        fixture_expect_error(f, cases[i].message);
    }
}

static void
names_that_differ_only_in_case_are_warned_of(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(fixture_load_text(f, "g = { seats = 3; };\nh = { Seats = 1; };\n"),
                     ISS_OK);
    assert_int_equal(f->diag.warnings, 0);
    assert_int_equal(fixture_load_text(f, "g = { seats = 3;\n Seats = 1; };\n"),
                     ISS_OK);
    assert_int_equal(f->diag.warnings, 1);
    assert_string_equal(f->diag.entries[0].text,
                        "s.cfg:2: g.Seats: differs only in case from seats at s.cfg:1");
}

static void
nesting_has_a_limit(void **state)
{
    struct fixture *f = *state;
    char text[256] = "a = ";

    memset(text + 4, '(', 64);
    memset(text + 68, ')', 64);
    assert_int_equal(fixture_load_text(f, text), ISS_OK);
    memset(text + 4, '(', 65);
    memset(text + 69, ')', 65);
    assert_int_equal(fixture_load_text(f, text), ISS_ERR_SCENARIO);
    assert_non_null(strstr(f->diag.entries[0].text, "is nested too deep"));
}

static void
files_that_are_no_text_are_refused(void **state)
{
    struct fixture *f = *state;
    char *large = malloc((1 << 20) + 1);

    fixture_write_bytes("s.cfg", "a = 1;\nb\0= 2;", 13);
    fixture_load(f, "s.cfg");
    fixture_expect_error(f, "s.cfg:2: zero byte at byte 8; a scenario is UTF-8 text");
    fixture_load_text(f, "a = \"\xE9\";");
    fixture_expect_error(f, "s.cfg:1: invalid UTF-8 at byte 5; a scenario is UTF-8 "
                            "text");
    fixture_load_text(f, "a = \"\xED\xA0\x80\";"); /* a surrogate */
    fixture_expect_error(f, "s.cfg:1: invalid UTF-8 at byte 5; a scenario is UTF-8 "
                            "text");
    assert_non_null(large);
    memset(large, ' ', (1 << 20) + 1);
    memcpy(large, "a=1;", 4);
    fixture_write_bytes("s.cfg", large, 1 << 20);
    assert_int_equal(fixture_load(f, "s.cfg"), ISS_OK);
    fixture_write_bytes("s.cfg", large, (1 << 20) + 1);
    free(large);
    fixture_load(f, "s.cfg");
    fixture_expect_error(f, "s.cfg: is too large; allowed 1048576 bytes");
}

static void
what_is_no_file_is_no_input(void **state)
{
    static const struct {
        const char *path, *message;
    } cases[] = {
        {"none.cfg", "none.cfg: cannot be opened: No such file or directory"},
        {"folder", "folder: is a folder; a scenario is a text file"},
        {"pipe", "pipe: is a pipe; a scenario is a text file"},
        {"/dev/zero", "/dev/zero: is a device; a scenario is a text file"},
    };
    struct fixture *f = *state;

    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(fixture_load(f, cases[i].path), ISS_ERR_NO_INPUT);
        assert_string_equal(f->diag.entries[0].text, cases[i].message);
        assert_null(f->source.root);
    }
}

/* libconfig itself takes 1.9 s for such a group, and ten for the larger one. */
static void
large_groups_load_in_linear_time(void **state)
{
    struct fixture *f = *state;
    char *text = malloc(1 << 20);
    size_t used = 0;

    assert_non_null(text);
    for (int i = 0; i < 20000; i++) {
        used += (size_t)sprintf(text + used, "a_setting_with_a_number_%d=%d;\n", i, i);
    }
    fixture_write_bytes("s.cfg", text, used);
    free(text);
    alarm(20); /* under sanitizers; libconfig alone would need minutes */
    assert_int_equal(fixture_load(f, "s.cfg"), ISS_OK);
    alarm(0);
    assert_int_equal(f->source.root->count, 20000);
}

static void
a_locale_with_a_decimal_comma_changes_nothing(void **state)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    struct fixture *f = *state;
    const char *set = NULL;

    for (size_t i = 0; i < 3 && set == NULL; i++) {
        set = setlocale(LC_NUMERIC, names[i]);
    }
    fixture_load_text(f, "a = 1.5;\n");
    assert_true(fixture_node(f, "a")->value.real == 1.5);
    fixture_expect_print(f, "a = 1.5;\n");
    setlocale(LC_NUMERIC, "C");
    if (set == NULL) {
        skip(); /* no such locale on this machine */
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCENARIO_TEST(values_of_every_type_load),
        SCENARIO_TEST(every_setting_knows_its_line),
        SCENARIO_TEST(numbers_that_would_be_corrupted_are_refused_all_at_once),
        SCENARIO_TEST(each_mistake_of_spelling_has_its_message),
        SCENARIO_TEST(names_that_differ_only_in_case_are_warned_of),
        SCENARIO_TEST(nesting_has_a_limit),
        SCENARIO_TEST(files_that_are_no_text_are_refused),
        SCENARIO_TEST(what_is_no_file_is_no_input),
        SCENARIO_TEST(large_groups_load_in_linear_time),
        SCENARIO_TEST(a_locale_with_a_decimal_comma_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
