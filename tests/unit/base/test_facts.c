/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units, hashes and statuses: tables with known answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/units.h"
#include "isssim/status.h"

static double
converted(enum iss_dimension dimension, double number, const char *unit)
{
    double value = -1;

    assert_true(iss_unit_convert(dimension, unit, strlen(unit), number, &value));
    return value;
}

static void
quantities_convert_with_one_rounding(void **state)
{
    (void)state;
    assert_true(converted(ISS_DIM_NONE, 7, "%") == 0.07);
    assert_true(converted(ISS_DIM_NONE, 7, "") == 7);
    assert_true(converted(ISS_DIM_TIME, 36, "h") == 1.5);
    assert_true(converted(ISS_DIM_TIME, 2, "yr") == 730.5);
    assert_true(converted(ISS_DIM_TIME, 86400e6, "us") == 1);
    assert_true(converted(ISS_DIM_TIME, 2, "wk") == 14);
    assert_true(converted(ISS_DIM_MASS, 1.5, "t") == 1500);
    assert_true(converted(ISS_DIM_MASS, 1, "lb") == 0.45359237);
    assert_true(converted(ISS_DIM_MASS, 300, "g") == 0.3);
    assert_true(converted(ISS_DIM_RATE, 730.5, "/yr") == 2);
    assert_true(converted(ISS_DIM_RATE, 2, "/h") == 48);
    assert_true(converted(ISS_DIM_LENGTH, 420, "km") == 420);
    assert_true(converted(ISS_DIM_LENGTH, 500, "m") == 0.5);
}

static void
unknown_units_are_refused_and_located(void **state)
{
    double value = 42;

    (void)state;
    assert_false(iss_unit_convert(ISS_DIM_MASS, "d", 1, 1, &value));
    assert_true(value == 42);
    assert_true(iss_unit_factor(ISS_DIM_MASS, "kgs", 3) == 0);
    assert_true(iss_unit_factor(ISS_DIM_MASS, "kgs", 2) == 1);
    assert_int_equal(iss_unit_dimension("d", 1), ISS_DIM_TIME);
    assert_int_equal(iss_unit_dimension("/d", 2), ISS_DIM_RATE);
    assert_int_equal(iss_unit_dimension("kgs", 3), -1);
}

static void
every_dimension_names_its_units_and_converts_its_base_to_itself(void **state)
{
    (void)state;
    for (int i = ISS_DIM_NONE; i <= ISS_DIM_LENGTH; i++) {
        enum iss_dimension dimension = (enum iss_dimension)i;
        const char *base = iss_unit_base(dimension);

        assert_true(iss_unit_factor(dimension, base, strlen(base)) == 1);
        assert_true(strlen(iss_dimension_name(dimension)) > 0);
        for (const char *unit = iss_unit_names(dimension); *unit != '\0';) {
            size_t length = strcspn(unit, ",");

            assert_true(iss_unit_factor(dimension, unit, length) > 0);
            unit += length;
            unit += strspn(unit, ", ");
        }
    }
}

static void
hashes_have_their_known_answers(void **state)
{
    char text[ISS_SHA256_TEXT];

    (void)state;
    /* XXH3_64bits of nothing, from the reference implementation's sanity test. */
    assert_true(iss_hash_name("") == UINT64_C(0x2D06800538D394C2));
    assert_true(iss_hash_name("coolant_leak") == iss_hash_bytes("coolant_leak", 12));
    assert_true(iss_hash_name("coolant_leak") != iss_hash_name("coolant_leaks"));
    assert_true(iss_hash_occurrence(1, 2) != iss_hash_occurrence(2, 1));
    assert_true(iss_hash_occurrence(1, 2) ==
                iss_hash_bytes("\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0", 16));
    assert_int_equal(iss_sha256("abc", 3, text), ISS_OK);
    /* FIPS 180-2, appendix B.1. */
    assert_string_equal(
        text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
a_fingerprint_depends_on_order(void **state)
{
    uint64_t ab = iss_hash_fold(iss_hash_fold(0, 1), 2);
    uint64_t ba = iss_hash_fold(iss_hash_fold(0, 2), 1);

    (void)state;
    assert_true(ab != ba);
}

static void
every_status_has_a_text_and_an_exit_code(void **state)
{
#define CHECK_STATUS(name, value, exit_code, text)                                     \
    assert_string_equal(iss_status_text(ISS_##name), text);                            \
    assert_int_equal(iss_status_exit_code(ISS_##name), exit_code);
    (void)state;
    ISS_STATUS_LIST(CHECK_STATUS)
#undef CHECK_STATUS
    assert_non_null(iss_status_text(-9999));
    assert_int_equal(iss_status_exit_code(-9999), 70);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_convert_with_one_rounding),
        cmocka_unit_test(unknown_units_are_refused_and_located),
        cmocka_unit_test(
            every_dimension_names_its_units_and_converts_its_base_to_itself),
        cmocka_unit_test(hashes_have_their_known_answers),
        cmocka_unit_test(a_fingerprint_depends_on_order),
        cmocka_unit_test(every_status_has_a_text_and_an_exit_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
