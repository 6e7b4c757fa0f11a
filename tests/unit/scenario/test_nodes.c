/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes: typed getters and their messages, paths, and printing that loads again. */
#include "unit/scenario/fixture.h"

#include <float.h>

static void
getters_give_values_of_their_type(void **state)
{
    struct fixture *f = *state;
    int64_t integer = 0;
    bool boolean = false;
    const char *text = NULL;

    fixture_load_text(f, "i = 3; b = true; t = \"x\"; d = \"2022-12-15T00:45Z\";\n");
    assert_true(iss_node_int(fixture_node(f, "i"), &integer, &f->diag));
    assert_int_equal(integer, 3);
    assert_true(iss_node_bool(fixture_node(f, "b"), &boolean, &f->diag));
    assert_true(boolean);
    assert_true(iss_node_text(fixture_node(f, "t"), &text, &f->diag));
    assert_string_equal(text, "x");
    assert_true(iss_node_date(fixture_node(f, "d"), &integer, &f->diag));
    assert_int_equal(integer, INT64_C(1671065100000000));
    assert_int_equal(f->diag.errors, 0);
}

static void
quantities_convert_to_the_base_unit(void **state)
{
    static const struct {
        const char *text;
        enum iss_dimension dimension;
        const char *unit;
        double value;
    } cases[] = {
        {"x = 1;", ISS_DIM_TIME, "d", 1},
        {"x = 12;", ISS_DIM_TIME, "h", 0.5},
        {"x = 1.5;", ISS_DIM_NONE, "", 1.5},
        {"x = \"90 d\";", ISS_DIM_TIME, "h", 90},
        {"x = \"1.5t\";", ISS_DIM_MASS, "kg", 1500},
        {"x = \" -2e1 h \";", ISS_DIM_TIME, "d", -20.0 / 24},
        {"x = \"0.5 %\";", ISS_DIM_NONE, "", 0.005},
        {"x = \"3/yr\";", ISS_DIM_RATE, "/d", 3 / 365.25},
        {"x = 75.0;", ISS_DIM_NONE, "W", 75},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double value = 0;

        fixture_load_text(f, cases[i].text);
        assert_true(iss_node_quantity(fixture_node(f, "x"), cases[i].dimension,
                                      cases[i].unit, &value, &f->diag));
        assert_true(value == cases[i].value);
    }
}

enum getter { INT, BOOL, TEXT, TIME, MASS, NUMBER, DATE };

static bool
get(enum getter getter, const struct iss_node *node, struct iss_diag *diag)
{
    int64_t integer;
    double real;
    bool boolean;
    const char *text;

    switch (getter) {
    case INT:
        return iss_node_int(node, &integer, diag);
    case BOOL:
        return iss_node_bool(node, &boolean, diag);
    case TEXT:
        return iss_node_text(node, &text, diag);
    case TIME:
        return iss_node_quantity(node, ISS_DIM_TIME, "d", &real, diag);
    case MASS:
        return iss_node_quantity(node, ISS_DIM_MASS, "kg", &real, diag);
    case NUMBER:
        return iss_node_quantity(node, ISS_DIM_NONE, "", &real, diag);
    default:
        return iss_node_date(node, &integer, diag);
    }
}

static void
wrong_values_are_refused_with_what_to_write(void **state)
{
    static const struct {
        enum getter getter;
        const char *value, *message;
    } cases[] = {
        {INT, "2.5", "must be an integer; got 2.5"},
        {INT, "\"3\"", "must be an integer; got \"3\"; hint: write it without quotes"},
        {INT, "\"x\"", "must be an integer; got \"x\""},
        {INT, "(1)", "must be an integer; got a list"},
        {BOOL, "1", "must be a boolean; got 1; allowed true or false, without quotes"},
        {BOOL, "\"yes\"",
         "must be a boolean; got \"yes\"; allowed true or false, without quotes"},
        {TEXT, "5", "must be a text; got 5; hint: write it in quotes"},
        {TEXT, "{ }", "must be a text; got a group"},
        {TIME, "\"90\"",
         "must be a number; got \"90\"; hint: write it without quotes, "
         "or with its unit: d, h, min, s, ms, us, wk, yr"},
        {NUMBER, "\"90\"",
         "must be a number; got \"90\"; hint: write it without "
         "quotes"},
        {MASS, "\"5 kgs\"",
         "has an unknown unit kgs; got \"5 kgs\"; allowed kg, g, t, "
         "lb"},
        {MASS, "\"90 d\"",
         "must be a mass, not a time; got \"90 d\"; allowed kg, g, t, "
         "lb"},
        {TIME, "\"1,5 d\"",
         "must be a number; got \"1,5 d\"; hint: the decimal sign is "
         "a point, as in 1.5"},
        {TIME, "\"soon\"", "must be a number; got \"soon\""},
        {TIME, "\"inf d\"", "must be a number; got \"inf d\""},
        {TIME, "true", "must be a number; got true"},
        {TIME, "\"1e999 d\"", "must be a finite number; got \"1e999 d\""},
        {DATE, "2022", "must be a date in quotes, as in \"2022-12-15Z\"; got 2022"},
        {DATE, "\"2022-12-15\"",
         "has no time zone; got \"2022-12-15\"; hint: write "
         "\"2022-12-15Z\" (UTC)"},
        {DATE, "\"2022-02-30Z\"",
         "is no day of the calendar; got \"2022-02-30Z\"; allowed 1900 to 2200"},
        {DATE, "\"15.12.22\"",
         "must be a date; got \"15.12.22\"; allowed 2022-12-15Z or "
         "2022-12-15T00:45Z"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[128], expected[256];

        snprintf(text, sizeof(text), "g = {\n x = %s;\n};\n", cases[i].value);
        snprintf(expected, sizeof(expected), "s.cfg:2: g.x: %s", cases[i].message);
        assert_int_equal(fixture_load_text(f, text), ISS_OK);
        assert_false(get(cases[i].getter, fixture_node(f, "g.x"), &f->diag));
        assert_int_equal(f->diag.errors, 1);
        assert_string_equal(f->diag.entries[0].text, expected);
    }
}

static void
long_texts_are_shown_short_and_whole_characters_only(void **state)
{
    struct fixture *f = *state;
    char shown[128];

    fixture_load_text(f, "x = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xC3\xA9zzz\";\n"
                         "y = \"a\\nb\";\n");
    iss_node_value(fixture_node(f, "x"), shown, sizeof(shown));
    assert_string_equal(shown, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\"");
    iss_node_value(fixture_node(f, "y"), shown, sizeof(shown));
    assert_string_equal(shown, "\"a b\"");
}

static void
paths_lead_through_groups_and_lists(void **state)
{
    struct fixture *f = *state;
    const struct iss_node *node;
    char path[64], small[8];

    fixture_load_text(
        f, "failures = { leak = { effects = (1, 2, { kind = \"x\"; }); }; };");
    node = fixture_node(f, "failures.leak.effects")->first->next->next->first;
    iss_node_path(node, path, sizeof(path));
    assert_string_equal(path, "failures.leak.effects[2].kind");
    iss_node_path(node, small, sizeof(small));
    assert_string_equal(small, "failure");
    iss_node_path(f->source.root, path, sizeof(path));
    assert_string_equal(path, "");
    assert_null(iss_node_child(node, "x"));
    assert_null(iss_node_child(NULL, "x"));
}

static void
same_tree(const struct iss_node *a, const struct iss_node *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->count, b->count);
    assert_true((a->name == NULL) == (b->name == NULL));
    if (a->name != NULL) {
        assert_string_equal(a->name, b->name);
    }
    if (a->type == ISS_NODE_TEXT) {
        assert_string_equal(a->value.text, b->value.text);
    } else if (a->type == ISS_NODE_REAL) {
        assert_memory_equal(&a->value.real, &b->value.real, sizeof(double));
    } else if (a->type == ISS_NODE_INT) {
        assert_true(a->value.integer == b->value.integer);
    } else if (a->type == ISS_NODE_BOOL) {
        assert_int_equal(a->value.boolean, b->value.boolean);
    } else {
        const struct iss_node *x = a->first, *y = b->first;

        for (; x != NULL && y != NULL; x = x->next, y = y->next) {
            same_tree(x, y);
        }
        assert_true(x == NULL && y == NULL);
    }
}

static void
a_printed_tree_loads_to_the_same_tree(void **state)
{
    struct fixture *f = *state;
    struct iss_source first;
    char *text, *again;

    fixture_load_text(
        f,
        "i = -3; wide = (5000000000L, 1); all = [1L, 9223372036854775807L];\n"
        "least = -9223372036854775808L; r = (0.1, 1e300, 5e-324, -0.0, 3.0, 1e22,\n"
        " 0.30000000000000004, 123456789012345678.0);\n"
        "t = \"q\\\" b\\\\ n\\n r\\r t\\t f\\f \\x01\\x7f \xC3\xA9 @include\";\n"
        "many = [\"a long text to fill the line\", \"a long text to fill the line\",\n"
        "\"a long text to fill the line\"];\n"
        "g = { }; e = ( ); a = [ ]; n = { l = ({ x = 1; y = { z = true; }; },\n"
        " ((1), [true, false])); d = { dist = \"pert\"; min = 1.0; }; };\n");
    text = fixture_print(f);
    first = f->source;
    f->source = (struct iss_source){0};
    assert_int_equal(fixture_load_text(f, text), ISS_OK);
    same_tree(first.root, f->source.root);
    again = fixture_print(f);
    assert_string_equal(again, text);
    free(again);
    free(text);
    iss_source_clear(&first);
}

/* Every power of two and of ten, and its neighbours, come back bit for bit. */
static void
remark_on_the_line(void *context, const struct iss_node *setting, char *remark,
                   size_t size)
{
    (*(int *)context)++;
    snprintf(remark, size, "line %d\nx = 1;", setting->origin.line);
}

static void
remarks_stand_behind_values_and_change_nothing(void **state)
{
    struct fixture *f = *state;
    struct iss_source first;
    int said = 0;
    const struct iss_node_remarks remarks = {&said, remark_on_the_line};
    char *text;

    fixture_load_text(
        f,
        "i = 3;\ng = {\n t = \"a # b\";\n d = { dist = \"pert\"; min = 1.0; };\n};\n"
        "many = [\"a long text to fill the line\", \"a long text to fill the line\",\n"
        "\"a long text to fill the line\"];\ne = { };\n");
    text = iss_node_print_remarked(f->source.root, &remarks);
    assert_non_null(text);
    assert_int_equal(said, 5);
    assert_non_null(strstr(text, "i = 3;  "));
    assert_non_null(strstr(text, " # line 3\n"));
    assert_non_null(strstr(text, "many = [  "));
    assert_null(strstr(text, "x = 1"));
    first = f->source;
    f->source = (struct iss_source){0};
    assert_int_equal(fixture_load_text(f, text), ISS_OK);
    same_tree(first.root, f->source.root);
    free(text);
    iss_source_clear(&first);
}

static void
printed_reals_come_back_bit_for_bit(void **state)
{
    struct fixture *f = *state;
    char *text = malloc(1 << 18);
    size_t used = 0;
    double value = 4.9406564584124654e-324;
    const struct iss_node *node;

    assert_non_null(text);
    used += (size_t)sprintf(text, "x = [");
    for (; value < DBL_MAX / 8; value *= 7.3) {
        used += (size_t)sprintf(text + used, "%.17e,\n", value);
    }
    sprintf(text + used, "1.0];\n");
    fixture_load_text(f, text);
    free(text);
    text = fixture_print(f);
    fixture_load_text(f, text);
    free(text);
    value = 4.9406564584124654e-324;
    for (node = fixture_node(f, "x")->first; node->next != NULL; node = node->next) {
        assert_memory_equal(&node->value.real, &value, sizeof(value));
        value *= 7.3;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCENARIO_TEST(getters_give_values_of_their_type),
        SCENARIO_TEST(quantities_convert_to_the_base_unit),
        SCENARIO_TEST(wrong_values_are_refused_with_what_to_write),
        SCENARIO_TEST(long_texts_are_shown_short_and_whole_characters_only),
        SCENARIO_TEST(paths_lead_through_groups_and_lists),
        SCENARIO_TEST(a_printed_tree_loads_to_the_same_tree),
        SCENARIO_TEST(remarks_stand_behind_values_and_change_nothing),
        SCENARIO_TEST(printed_reals_come_back_bit_for_bit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
