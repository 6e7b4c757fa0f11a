/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several files: includes, layers, removals, overrides, and the record of what was
 * read. */
#include "unit/scenario/fixture.h"

static void
an_include_stands_for_its_text(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(mkdir("parts", 0700), 0);
    fixture_write("parts/a.cfg", "x = 1;\n@include \"b.cfg\"\nz = 3;");
    fixture_write("parts/b.cfg", "y = 2;\n");
    fixture_load_text(
        f, "g = {\n  @include \"parts/a.cfg\" # beside this file\n  w = 4;\n"
           "};\n/*\n@include \"none\"\n*/\nt = \"\n@include \\\"no\\\"\n\";\n");
    fixture_expect_print(f,
                         "g = {\n    x = 1;\n    y = 2;\n    z = 3;\n    w = 4;\n};\n"
                         "t = \"\\n@include \\\"no\\\"\\n\";\n");
    assert_string_equal(fixture_node(f, "g.y")->origin.file, "parts/b.cfg");
    assert_int_equal(fixture_node(f, "g.y")->origin.line, 1);
    assert_int_equal(fixture_node(f, "g.z")->origin.line, 3);
    assert_int_equal(fixture_node(f, "g.w")->origin.line, 3);
}

static void
wrong_includes_are_explained(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"@include \"none.cfg\"\n",
         "s.cfg:1: include not found; got \"none.cfg\"; looked beside this file"},
        {"a = 1;\n@include \"one.cfg\"\n",
         "two.cfg:1: circular include: one.cfg -> two.cfg -> one.cfg"},
        {"@include \"/etc/passwd\"\n",
         "s.cfg:1: include leads out of the scenario's folder; got \"/etc/passwd\"; "
         "allowed are files below the main scenario's folder and the library"},
        {"@include \"../s.cfg\"\n", "s.cfg:1: include not found; got \"../s.cfg\"; "
                                    "looked beside this file"},
        {"@include \"folder\"\n",
         "s.cfg:1: folder is a folder; a scenario is a text file"},
        {"a = 1; @include \"one.cfg\"\n",
         "s.cfg:1: @include must stand alone on its line; allowed @include "
         "\"file.cfg\""},
        {"a = {\n@include \"close.cfg\"\n",
         "close.cfg:1: a: closes nothing that this file opened; got }"},
    };
    struct fixture *f = *state;

    fixture_write("one.cfg", "@include \"two.cfg\"\n");
    fixture_write("two.cfg", "@include \"one.cfg\"\n");
    fixture_write("close.cfg", "};\n");
    assert_int_equal(mkdir("folder", 0700), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture_load_text(f, cases[i].text);
        fixture_expect_error(f, cases[i].message);
    }
}

static void
a_link_that_leads_outside_is_refused(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(symlink("/etc/passwd", "inside.cfg"), 0);
    fixture_load_text(f, "@include \"inside.cfg\"\n");
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_non_null(strstr(f->diag.entries[0].text, "leads out of"));
}

static void
many_includes_of_a_short_file_end(void **state)
{
    struct fixture *f = *state;
    const char line[] = "@include \"c.cfg\"\n";
    const size_t count = 40000;
    char *text = malloc(count * sizeof(line));
    size_t used = 0;

    assert_non_null(text);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + used, line, sizeof(line) - 1);
        used += sizeof(line) - 1;
    }
    fixture_write("c.cfg", "# nothing\n");
    fixture_write_bytes("s.cfg", text, used);
    free(text);
    fixture_load(f, "s.cfg");
    fixture_expect_error(f, "c.cfg: too much text with all includes; allowed 1048576 "
                            "bytes");
}

static void
layers_merge_groups_and_replace_the_rest(void **state)
{
    struct fixture *f = *state;

    fixture_write("low.cfg", "a = 1;\ng = {\n  keep = 1;\n  list = (1, 2);\n"
                             "  life = { dist = \"weibull\"; shape = 1.0; };\n};\n");
    fixture_write("mid.cfg",
                  "base = [\"low.cfg\"];\ng = { list = (3); new = true; };\n");
    fixture_load_text(f, "base = [\"mid.cfg\"];\na = \"text\";\n"
                         "g = { life = { dist = \"exponential\"; mean = 2.0; }; };\n");
    fixture_expect_print(
        f,
        "a = \"text\";\n\ng = {\n    keep = 1;\n    list = ( 3 );\n"
        "    life = { dist = \"exponential\"; mean = 2.0; };\n    new = true;\n};\n");
    assert_string_equal(fixture_node(f, "g.keep")->origin.file, "low.cfg");
    assert_string_equal(fixture_node(f, "g.list")->origin.file, "mid.cfg");
    assert_int_equal(fixture_node(f, "g.list")->origin.line, 2);
    assert_string_equal(fixture_node(f, "g")->origin.file, "s.cfg");
    assert_int_equal(fixture_node(f, "g.life.mean")->origin.line, 3);
    assert_ptr_equal(fixture_node(f, "g.life.mean")->parent, fixture_node(f, "g.life"));
}

static void
a_shared_base_is_applied_once_below_both(void **state)
{
    struct fixture *f = *state;

    fixture_write("ground.cfg", "x = 1;\n");
    fixture_write("left.cfg", "base = [\"ground.cfg\"];\nx = 2;\n");
    fixture_write("right.cfg", "base = [\"ground.cfg\"];\ny = 3;\n");
    fixture_load_text(f, "base = [\"left.cfg\", \"right.cfg\"];\n");
    fixture_expect_print(f, "x = 2;\ny = 3;\n");
}

static void
bases_are_found_in_the_library(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(mkdir("scenarios", 0700), 0);
    assert_int_equal(mkdir("scenarios/library", 0700), 0);
    assert_int_equal(mkdir("mine", 0700), 0);
    fixture_write("scenarios/library/iss.cfg",
                  "base = [\"library/ports.cfg\"];\nx = 1;\n");
    fixture_write("scenarios/library/ports.cfg", "p = 1;\n");
    fixture_write("mine/s.cfg", "base = [\"library/iss.cfg\"];\n");
    f->library = "scenarios";
    fixture_load(f, "mine/s.cfg");
    fixture_expect_print(f, "p = 1;\nx = 1;\n");
    fixture_write("mine/s.cfg", "base = [\"library/isss.cfg\"];\n");
    fixture_load(f, "mine/s.cfg");
    fixture_expect_error(f, "mine/s.cfg:1: base not found; got \"library/isss.cfg\"; "
                            "looked beside this file and in scenarios");
}

static void
a_layer_below_itself_is_refused_with_the_chain(void **state)
{
    struct fixture *f = *state;

    fixture_write("b.cfg", "x = 1;\nbase = [\"s.cfg\"];\n");
    fixture_load_text(f, "base = [\"b.cfg\"];\n");
    fixture_expect_error(f, "b.cfg:2: circular base: s.cfg -> b.cfg -> s.cfg");
}

static void
base_and_remove_are_lists_of_texts(void **state)
{
    struct fixture *f = *state;

    fixture_load_text(f, "base = \"b.cfg\";\n");
    fixture_expect_error(f, "s.cfg:1: base: must be an array of texts; got \"b.cfg\"; "
                            "allowed [ \"...\", ... ]");
    fixture_load_text(f, "remove = (\"a\",\n3);\n");
    fixture_expect_error(f, "s.cfg:2: remove[1]: must be a text; got 3; hint: write it "
                            "in quotes");
}

static void
remove_takes_away_what_lower_layers_set(void **state)
{
    struct fixture *f = *state;

    fixture_write("low.cfg",
                  "flights = {\n  CRS-27 = { a = 1; };\n  CRS-28 = { a = 2; };"
                  "\n};\nx = 1;\n");
    fixture_load_text(f,
                      "base = [\"low.cfg\"];\nremove = [\"flights.CRS-27\", \"x\"];\n"
                      "x = { own = true; };\n");
    fixture_expect_print(f,
                         "flights = {\n    CRS-28 = {\n        a = 2;\n    };\n};\n\n"
                         "x = {\n    own = true;\n};\n");
    fixture_load_text(f, "base = [\"low.cfg\"];\nremove = [\"flights.CSR-27\"];\n");
    fixture_expect_message(f, "s.cfg:2: remove[0]: nothing to remove; got "
                              "\"flights.CSR-27\", but flights has no CSR-27; did you "
                              "mean CRS-27?");
    fixture_load_text(f, "base = [\"low.cfg\"];\nremove = [\"x.y\"];\n");
    fixture_expect_message(f, "s.cfg:2: remove[0]: nothing to remove; got \"x.y\", but "
                              "x has no y");
    fixture_load_text(f, "base = [\"low.cfg\"];\nremove = [\"\"];\n");
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    fixture_write("low.cfg", "l = ({ a = 1; });\n");
    fixture_load_text(f, "base = [\"low.cfg\"];\nremove = [\"l[0].a\"];\n");
    fixture_expect_message(f,
                           "s.cfg:2: remove[0]: the members of a list can't be "
                           "removed; got \"l[0].a\"; hint: give the whole list anew");
}

/* What is wrong besides can still be found, and who removed what. */
static void
a_removal_that_finds_nothing_leaves_the_rest_whole(void **state)
{
    struct fixture *f = *state;

    fixture_write("low.cfg", "f = { a = 1; b = 2; };\nx = 1;\n");
    fixture_load_text(f, "base = [\"low.cfg\"];\n"
                         "remove = [\"f.c\",\n\"f.a\", \"x\"];\ny = 3;\n");
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_int_equal(f->diag.errors, 1);
    assert_null(iss_node_child(iss_node_child(f->source.root, "f"), "a"));
    assert_non_null(iss_node_child(iss_node_child(f->source.root, "f"), "b"));
    assert_non_null(iss_node_child(f->source.root, "y"));
    assert_int_equal(iss_source_removal(&f->source, "f", "a")->by.line, 3);
    assert_string_equal(iss_source_removal(&f->source, "f", "a")->by.file, "s.cfg");
    assert_non_null(iss_source_removal(&f->source, "x", "any"));
    assert_null(iss_source_removal(&f->source, "f", "b"));
    assert_null(iss_source_removal(&f->source, "f", "c"));
}

static void
overrides_remove_in_their_turn(void **state)
{
    static const char *const array[] = {"g.c=3", "remove=[\"g.a\",\"g.c\"]", "x=2"};
    static const char *const word[] = {"remove=g.a"};
    static const char *const words[] = {"remove=[g.a, x]"};
    static const char *const missing[] = {"remove=g.z"};
    static const char *const number[] = {"remove=3"};
    static const char *const deeper[] = {"g.remove=[\"a\"]"};
    struct fixture *f = *state;

    fixture_write("s.cfg", "g = { a = 1; b = 2; };\nx = 1;\n");
    fixture_load_set(f, "s.cfg", array, 3);
    fixture_expect_print(f, "g = {\n    b = 2;\n};\nx = 2;\n");
    fixture_load_set(f, "s.cfg", word, 1);
    fixture_expect_print(f, "g = {\n    b = 2;\n};\nx = 1;\n");
    fixture_load_set(f, "s.cfg", words, 1);
    fixture_expect_print(f, "g = {\n    b = 2;\n};\n");
    fixture_load_set(f, "s.cfg", missing, 1);
    fixture_expect_error(f,
                         "--set:1: remove: nothing to remove; got \"g.z\", but g has "
                         "no z");
    fixture_load_set(f, "s.cfg", number, 1);
    fixture_expect_error(f, "--set:1: remove: must be a text; got 3; hint: write it in "
                            "quotes");
    fixture_load_set(f, "s.cfg", deeper, 1);
    assert_non_null(fixture_node(f, "g.remove")); /* a setting like another */
}

static void
an_empty_group_that_changes_nothing_is_warned_of(void **state)
{
    static const char *const empty[] = {"g={}", "g.inner={}", "new={}", "life={}",
                                        "hollow={}"};
    struct fixture *f = *state;

    fixture_write("s.cfg", "g = { a = 1; inner = { b = 2; }; };\nhollow = {};\n"
                           "life = { dist = \"w\"; };\n");
    fixture_load_set(f, "s.cfg", empty, 5);
    assert_int_equal(f->status, ISS_OK);
    assert_int_equal(f->diag.warnings, 2);
    assert_string_equal(f->diag.entries[0].text,
                        "--set:1: g: an empty group changes nothing; hint: remove=g "
                        "takes it away");
    assert_string_equal(f->diag.entries[1].text,
                        "--set:2: g.inner: an empty group changes nothing; hint: "
                        "remove=g.inner takes it away");
    assert_non_null(fixture_node(f, "g.inner.b"));
    assert_int_equal(fixture_node(f, "life")->count, 0); /* a value is replaced */
}

static void
words_in_an_overrides_array_need_no_quotes(void **state)
{
    static const char *const sets[] = {
        "a=[a3]", "b=[x1, \"y 2\",MS-23]", "c=[2030-01-01Z]", "d=[1e5, 2.5]", "e=[]",
        "f=[a3",  "g=[true, false]",       "h=[\"x\", \"y\"]"};
    struct fixture *f = *state;

    fixture_write("s.cfg", "z = 1;\n");
    fixture_load_set(f, "s.cfg", sets, 4);
    fixture_expect_print(f, "z = 1;\na = [ \"a3\" ];\nb = [ \"x1\", \"y 2\", \"MS-23\" "
                            "];\nc = [ \"2030-01-01Z\" ];\nd = [ 100000.0, 2.5 ];\n");
    fixture_load_set(f, "s.cfg", sets + 4, 4);
    fixture_expect_print(f, "z = 1;\ne = [ ];\nf = \"[a3\";\ng = [ true, false ];\n"
                            "h = [ \"x\", \"y\" ];\n");
}

static void
errors_of_several_layers_come_together(void **state)
{
    struct fixture *f = *state;

    fixture_write("one.cfg", "a = 007;\nb = 0xFFFFFFFF;\n");
    fixture_write("two.cfg", "c = ;\nd = 1e999;\n");
    fixture_load_text(f, "base = [\"one.cfg\", \"two.cfg\"];\nremove = [\"a\"];\n");
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_int_equal(f->diag.errors, 3); /* after a syntax error just that one */
    assert_non_null(strstr(f->diag.entries[0].text, "one.cfg:1: a: "));
    assert_non_null(strstr(f->diag.entries[1].text, "one.cfg:2: b: "));
    assert_non_null(strstr(f->diag.entries[2].text, "two.cfg:1: c: "));
}

static void
overrides_come_last(void **state)
{
    static const char *const overrides[] = {
        "scenario.start=2022-12-01Z", "policy.reassign=false", "new.deep.x=1.5",
        "l[1].k=\"quoted\"",          "g={ b = 3; }",          "l[2][0]=7",
        "life={ dist = \"x\"; }",     "title=Soyuz leak; #1",  "empty=",
    };
    struct fixture *f = *state;

    fixture_write("s.cfg", "scenario = { start = \"2020-01-01Z\"; };\n"
                           "policy = { reassign = true; };\ng = { a = 1; b = 2; };\n"
                           "l = (1, { k = 2; }, [5, 6]);\n"
                           "life = { dist = \"w\"; shape = 1.0; };\n");
    fixture_load_set(f, "s.cfg", overrides, sizeof(overrides) / sizeof(overrides[0]));
    fixture_expect_print(
        f,
        "scenario = {\n    start = \"2022-12-01Z\";\n};\n\n"
        "policy = {\n    reassign = false;\n};\n\ng = {\n    a = 1;\n    b = 3;\n};\n"
        "l = ( 1, { k = \"quoted\"; }, [ 7, 6 ] );\n\nlife = { dist = \"x\"; };\n\n"
        "new = {\n    deep = {\n        x = 1.5;\n    };\n};\n"
        "title = \"Soyuz leak; #1\";\nempty = \"\";\n");
    assert_string_equal(fixture_node(f, "policy.reassign")->origin.file, "--set");
    assert_int_equal(fixture_node(f, "policy.reassign")->origin.line, 2);
    assert_string_equal(fixture_node(f, "policy")->origin.file, "s.cfg");
    assert_int_equal(fixture_node(f, "policy")->origin.line, 2);
}

static void
wrong_overrides_are_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"x", "--set:1: an override is path=value; got x"},
        {"=1", "--set:1: not a path; got =1; allowed as in flights.MS-23.launch"},
        {"a..b=1", "--set:1: not a path; got a..b=1; allowed as in "
                   "flights.MS-23.launch"},
        {"l[x]=1", "--set:1: not a path; got l[x]=1; allowed as in "
                   "flights.MS-23.launch"},
        {"63P=1", "--set:1: not a path; got 63P=1; allowed as in flights.MS-23.launch"},
        {"l[9]=1", "--set:1: there is no such member of the list; got l[9]=1"},
        {"a.b=1", "--set:1: path leads into something that has no such members; got "
                  "a.b=1"},
        {"m[0]=1.5", "--set:1: the members of an array must be alike; got m[0]=1.5"},
        {"base=[\"b.cfg\"]", "--set:1: layers can't be set from outside; got "
                             "base=[\"b.cfg\"]"},
        {"a=5000000000", "--set:1: a: would wrap around; got 5000000000; allowed "
                         "-2147483648 to 2147483647 without L; hint: write "
                         "5000000000L"},
    };
    struct fixture *f = *state;

    fixture_write("s.cfg", "a = 1; l = (1, 2); m = [1, 2];\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture_load_set(f, "s.cfg", &cases[i].text, 1);
        fixture_expect_error(f, cases[i].message);
    }
}

static void
an_override_cannot_include_a_file_nor_nest_without_end(void **state)
{
    static const char *const include[] = {"a=\n@include \"s.cfg\"\n"};
    struct fixture *f = *state;
    char deep[512] = "a";
    const char *const path = deep;

    fixture_write("s.cfg", "b = 1;\n");
    fixture_load_set(f, "s.cfg", include, 1);
    assert_string_equal(fixture_node(f, "a")->value.text, "\n@include \"s.cfg\"\n");
    for (int i = 0; i < 100; i++) {
        memcpy(deep + 1 + 2 * i, ".a=1", 5);
    }
    fixture_load_set(f, "s.cfg", &path, 1);
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_non_null(strstr(f->diag.entries[0].text, "too deep"));
}

static void
every_file_is_recorded_once_in_the_order_of_reading(void **state)
{
    struct fixture *f = *state;
    const struct iss_source_file *file;

    fixture_write("inc.cfg", "i = 1;\n");
    fixture_write("one.cfg", "g1 = {\n@include \"inc.cfg\"\n};\n");
    fixture_write("two.cfg", "g2 = {\n@include \"inc.cfg\"\n};\n");
    fixture_load_text(f, "base = [\"one.cfg\", \"two.cfg\", \"./one.cfg\"];\n");
    assert_int_equal(f->status, ISS_OK);
    assert_string_equal(f->source.main_path, "s.cfg");
    file = f->source.files;
    assert_string_equal(file->path, "s.cfg");
    file = file->next;
    assert_string_equal(file->path, "one.cfg");
    file = file->next;
    assert_string_equal(file->path, "inc.cfg");
    assert_string_equal(file->text, "i = 1;\n");
    assert_int_equal(file->size, 7);
    /* sha256sum of those seven bytes */
    assert_string_equal(
        file->sha256,
        "3f550afc63a3a83ea289f0a640224aaa4d7b48c83e8c114c34d75d9d4510d261");
    file = file->next;
    assert_string_equal(file->path, "two.cfg");
    assert_null(file->next);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCENARIO_TEST(an_include_stands_for_its_text),
        SCENARIO_TEST(wrong_includes_are_explained),
        SCENARIO_TEST(a_link_that_leads_outside_is_refused),
        SCENARIO_TEST(many_includes_of_a_short_file_end),
        SCENARIO_TEST(layers_merge_groups_and_replace_the_rest),
        SCENARIO_TEST(a_shared_base_is_applied_once_below_both),
        SCENARIO_TEST(bases_are_found_in_the_library),
        SCENARIO_TEST(a_layer_below_itself_is_refused_with_the_chain),
        SCENARIO_TEST(base_and_remove_are_lists_of_texts),
        SCENARIO_TEST(remove_takes_away_what_lower_layers_set),
        SCENARIO_TEST(a_removal_that_finds_nothing_leaves_the_rest_whole),
        SCENARIO_TEST(overrides_remove_in_their_turn),
        SCENARIO_TEST(an_empty_group_that_changes_nothing_is_warned_of),
        SCENARIO_TEST(words_in_an_overrides_array_need_no_quotes),
        SCENARIO_TEST(errors_of_several_layers_come_together),
        SCENARIO_TEST(overrides_come_last),
        SCENARIO_TEST(wrong_overrides_are_refused),
        SCENARIO_TEST(an_override_cannot_include_a_file_nor_nest_without_end),
        SCENARIO_TEST(every_file_is_recorded_once_in_the_order_of_reading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
