/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_record.c - a column of a table as a distribution: where it is looked for, what
 * is refused, and that the model remembers what it said.
 */
#include "unit/outpost.h"

#include <math.h>

static char folder[] = "/tmp/iss_record_XXXXXX";

static void
put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int
enter(void **state)
{
    char *spelled = outpost_spell(outpost_text);

    (void)state;
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("lib", 0700), 0);
    put("s.cfg", spelled);
    free(spelled);
    return 0;
}

static int
leave(void **state)
{
    (void)state;
    unlink("lib/slips.csv");
    unlink("lib/layer.cfg");
    assert_int_equal(rmdir("lib"), 0);
    unlink("s.cfg");
    unlink("slips.csv");
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
    return 0;
}

/* Load s.cfg with the capsule's slip set to `value`, if any. */
static struct outpost
load(const char *value)
{
    char *set = NULL, *spelled = NULL;
    const char *sets[1];
    struct iss_model_options options = {.library = "lib", .overrides = sets};
    struct outpost outpost = {0};

    if (value != NULL) {
        set = malloc(strlen(value) + 64);
        assert_non_null(set);
        sprintf(set, "vehicles.capsule.slip=%s", value);
        spelled = outpost_spell(set);
        sets[0] = spelled;
        options.override_count = 1;
    }
    outpost.status = iss_model_load("s.cfg", &options, &outpost.diag, &outpost.model);
    free(set);
    free(spelled);
    return outpost;
}

#define COLUMN(name) "{dist='empirical'; file='slips.csv'; column='" name "';}"

static void
assert_slips(const char *value, const double *days, int count)
{
    struct outpost outpost = load(value);
    const struct iss_dist *slip;

    if (outpost.status != ISS_OK) {
        fail_msg("%s", outpost.diag.entries[0].text);
    }
    slip = iss_model_vehicle(outpost.model, outpost_vehicle(outpost.model, "capsule"))
               ->slip;
    for (int i = 0; i < count; i++) {
        double got = iss_dist_quantile(slip, (i + 0.5) / count);

        if (!(fabs(got - days[i]) <= 1e-15 * days[i])) {
            fail_msg("value %d is %.17g, not %.17g", i, got, days[i]);
        }
    }
    outpost_clear(&outpost);
}

/* The first problem must hold `message`. */
static void
assert_refused(const char *value, const char *message)
{
    struct outpost outpost = load(value);
    const char *got = outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "taken";

    if (outpost.status != ISS_ERR_SCENARIO || outpost.diag.errors != 1 ||
        strstr(got, message) == NULL) {
        fail_msg("%s\nexpected: %s\ngot:      %s (%zu)", value, message, got,
                 outpost.diag.errors);
    }
    outpost_clear(&outpost);
}

static void
a_column_is_read_by_its_name(void **state)
{
    const double slips[] = {0, 12.5, 48, 48}, leads[] = {90, 108, 156, 1000};

    (void)state;
    put("slips.csv", "flight,lead_d,slip_d\n"
                     "SpX-2,108,0\n"
                     "ATV4,156,48\n"
                     "Orb-1,90,1.25e1\n"
                     "SpX-3,1000,48\n");
    assert_slips(COLUMN("slip_d"), slips, 4);
    assert_slips(COLUMN("lead_d"), leads, 4);
}

static void
quotes_comments_blanks_and_other_line_ends_are_understood(void **state)
{
    const double slips[] = {1, 2, 3};

    (void)state;
    put("slips.csv", "\xEF\xBB\xBF# slips\r\n"
                     "\r\n"
                     "\"flight\" , \"slip_d\"\r\n"
                     "\"a, \"\"b\"\"\nc\", 3 \r\n"
                     "# none\r\n"
                     "missing,\r\n"
                     "\r\n"
                     "d,\"1\"\r\n"
                     "e,2");
    assert_slips(COLUMN("slip_d"), slips, 3);
}

static void
values_are_in_the_keys_unit_or_in_one_that_is_named(void **state)
{
    const double days[] = {1, 2};

    (void)state;
    put("slips.csv", "slip\n48\n24\n");
    assert_slips("{dist='empirical'; file='slips.csv'; column='slip'; unit='h';}", days,
                 2);
}

static void
a_file_is_found_beside_the_layer_that_names_it_then_in_the_library(void **state)
{
    const double ours[] = {1}, theirs[] = {2};
    char *layer =
        outpost_spell("vehicles = { capsule = { slip = " COLUMN("slip") "; }; };");
    char *whole = outpost_spell(outpost_text);
    FILE *file;

    (void)state;
    put("slips.csv", "slip\n1\n");
    put("lib/slips.csv", "slip\n2\n");
    put("lib/layer.cfg", layer);
    assert_slips(COLUMN("slip"), ours, 1);
    file = fopen("s.cfg", "w");
    assert_non_null(file);
    fprintf(file, "%sbase = [ \"lib/layer.cfg\" ];\n", whole);
    assert_int_equal(fclose(file), 0);
    assert_slips(NULL, theirs, 1);
    assert_int_equal(unlink("slips.csv"), 0);
    assert_slips(COLUMN("slip"), theirs, 1);
    free(layer);
    free(whole);
}

static void
a_file_that_cant_be_read_is_told(void **state)
{
    (void)state;
    assert_refused(COLUMN("slip"),
                   "--set:1: vehicles.capsule.slip.file: file not found; got "
                   "\"slips.csv\"; looked beside this file and in lib");
    assert_refused("{dist='empirical'; file='lib'; column='slip';}", "is a folder");
    assert_refused(
        "{dist='empirical'; file='/etc/passwd'; column='slip';}",
        "vehicles.capsule.slip.file: file leads out of the scenario's folder");
    put("slips.csv", "");
    assert_refused(COLUMN("slip"), "slips.csv is empty");
    put("slips.csv", "slip\n1\n\xFF\n");
    assert_refused(COLUMN("slip"), "slips.csv:3: invalid UTF-8");
}

static void
a_file_above_a_mebibyte_is_refused(void **state)
{
    FILE *file = fopen("slips.csv", "w");

    (void)state;
    assert_non_null(file);
    fputs("slip\n", file);
    for (int i = 0; i < (1 << 19); i++) {
        fputs("1\n", file);
    }
    assert_int_equal(fclose(file), 0);
    assert_refused(COLUMN("slip"), "slips.csv is too large; allowed 1048576 bytes");
}

static void
a_column_that_isnt_there_is_told_with_a_suggestion(void **state)
{
    (void)state;
    put("slips.csv", "flight,slip_d\na,1\n");
    assert_refused(COLUMN("slipd"),
                   "vehicles.capsule.slip.column: slips.csv has no such column; got "
                   "\"slipd\"; allowed flight, slip_d; did you mean slip_d?");
    assert_refused("{dist='empirical'; file='slips.csv';}",
                   "vehicles.capsule.slip.file: needs a column");
    assert_refused("{dist='empirical'; file='slips.csv'; column=2;}",
                   "vehicles.capsule.slip.column: must be a text; got 2");
    assert_refused("{dist='empirical'; file='slips.csv'; column='slip_d'; values=[1];}",
                   "either values or file and column, not both");
}

static void
text_in_the_column_is_told_with_its_line(void **state)
{
    (void)state;
    put("slips.csv", "flight,slip_d\na,1\nb,\"n/a\"\nc,2\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:3: vehicles.capsule.slip: must be a "
                                     "number; got \"n/a\" in column slip_d");
    put("slips.csv", "flight,slip_d\na,0x10\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:2: vehicles.capsule.slip: must be a "
                                     "number; got \"0x10\"");
    put("slips.csv", "slip_d\ninf\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:2: ");
    put("slips.csv", "slip_d\n1e999\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:2: ");
    put("slips.csv", "slip_d\n1 2\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:2: ");
}

static void
a_ragged_table_is_told_with_its_line(void **state)
{
    (void)state;
    put("slips.csv", "flight,slip_d\na,1\nb\n");
    assert_refused(COLUMN("slip_d"),
                   "slips.csv:3: vehicles.capsule.slip: the row has 1 "
                   "fields; its table has 2 columns");
    put("slips.csv", "flight,slip_d\na,1\n\"b,2\n");
    assert_refused(COLUMN("slip_d"),
                   "slips.csv:3: vehicles.capsule.slip: a field has a "
                   "quote that isn't closed");
    put("slips.csv", "flight,slip_d\n\"a\"x,1\n");
    assert_refused(COLUMN("slip_d"), "slips.csv:2: ");
}

static void
a_column_without_values_is_told(void **state)
{
    (void)state;
    put("slips.csv", "flight,slip_d\na,\n");
    assert_refused(COLUMN("slip_d"),
                   "vehicles.capsule.slip.column: the column has no values");
    put("slips.csv", "flight,slip_d\na,-1\n");
    assert_refused(COLUMN("slip_d"),
                   "vehicles.capsule.slip: out of range; got values down to -1");
}

static void
every_text_of_a_column_is_told_at_once(void **state)
{
    struct outpost outpost;

    (void)state;
    put("slips.csv", "slip\nx\n1\ny\nz\n");
    outpost = load(COLUMN("slip"));
    assert_int_equal(outpost.diag.errors, 3);
    outpost_clear(&outpost);
}

static void
the_models_hash_covers_what_the_file_says(void **state)
{
    struct outpost a, b, c;

    (void)state;
    put("slips.csv", "slip,note\n1,x\n2,y\n");
    a = load(COLUMN("slip"));
    put("slips.csv", "slip,note\n1,x\n2.5,y\n");
    b = load(COLUMN("slip"));
    put("slips.csv", "note,slip\nchanged,1\n,2\n");
    c = load(COLUMN("slip"));
    assert_int_equal(a.status, ISS_OK);
    assert_int_equal(b.status, ISS_OK);
    assert_int_equal(c.status, ISS_OK);
    assert_string_not_equal(a.model->hash, b.model->hash);
    assert_string_equal(a.model->hash, c.model->hash);
    outpost_clear(&a);
    outpost_clear(&b);
    outpost_clear(&c);
}

static void
the_file_is_among_those_that_the_scenario_was_read_from(void **state)
{
    struct outpost outpost;
    const struct iss_source_file *file;
    int32_t found = 0;

    (void)state;
    put("slips.csv", "slip,lead\n1,2\n");
    outpost = load("{dist='mixture'; weights=[0.5,0.5]; of=(" COLUMN("slip") "," COLUMN(
        "lead") ");}");
    assert_int_equal(outpost.status, ISS_OK);
    for (file = outpost.model->source.files; file != NULL; file = file->next) {
        found += strcmp(file->path, "slips.csv") == 0;
    }
    assert_int_equal(found, 1);
    outpost_clear(&outpost);
}

/* The resolved text needs no file and is the same model. */
static void
the_resolved_scenario_loads_without_the_file(void **state)
{
    struct outpost first, second;

    (void)state;
    put("slips.csv", "slip\n0.1\n7\n1e-3\n");
    first = load(COLUMN("slip"));
    assert_int_equal(first.status, ISS_OK);
    assert_int_equal(unlink("slips.csv"), 0);
    put("s.cfg", first.model->resolved);
    second = load(NULL);
    assert_int_equal(second.status, ISS_OK);
    assert_string_equal(first.model->hash, second.model->hash);
    outpost_clear(&first);
    outpost_clear(&second);
}

/* As many values as are allowed still make a scenario below a mebibyte. */
static void
the_longest_column_makes_a_resolved_scenario_that_loads(void **state)
{
    struct outpost first, second;
    FILE *file = fopen("slips.csv", "w");

    (void)state;
    assert_non_null(file);
    fputs("slip\n", file);
    for (int i = 0; i < 20000; i++) {
        fprintf(file, "%.17g\n", i * 0.1 + 1e-9);
    }
    assert_int_equal(fclose(file), 0);
    first = load(COLUMN("slip"));
    assert_int_equal(first.status, ISS_OK);
    put("s.cfg", first.model->resolved);
    second = load(NULL);
    assert_int_equal(second.status, ISS_OK);
    assert_string_equal(first.model->hash, second.model->hash);
    outpost_clear(&first);
    outpost_clear(&second);
    file = fopen("slips.csv", "a");
    assert_non_null(file);
    fputs("1\n", file);
    assert_int_equal(fclose(file), 0);
    assert_refused(COLUMN("slip"), "has too many values; allowed 20000");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(a_column_is_read_by_its_name),
        TEST(quotes_comments_blanks_and_other_line_ends_are_understood),
        TEST(values_are_in_the_keys_unit_or_in_one_that_is_named),
        TEST(a_file_is_found_beside_the_layer_that_names_it_then_in_the_library),
        TEST(a_file_that_cant_be_read_is_told),
        TEST(a_file_above_a_mebibyte_is_refused),
        TEST(a_column_that_isnt_there_is_told_with_a_suggestion),
        TEST(text_in_the_column_is_told_with_its_line),
        TEST(a_ragged_table_is_told_with_its_line),
        TEST(a_column_without_values_is_told),
        TEST(every_text_of_a_column_is_told_at_once),
        TEST(the_models_hash_covers_what_the_file_says),
        TEST(the_file_is_among_those_that_the_scenario_was_read_from),
        TEST(the_resolved_scenario_loads_without_the_file),
        TEST(the_longest_column_makes_a_resolved_scenario_that_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
