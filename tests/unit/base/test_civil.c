/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, checked against the C library's gmtime(), and the engine's clock. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/civil.h"

static int64_t
parsed(const char *text)
{
    int64_t us = 0;

    assert_int_equal(iss_civil_parse(text, &us), ISS_CIVIL_OK);
    return us;
}

static void
dates_have_their_known_instants(void **state)
{
    (void)state;
    assert_int_equal(parsed("1970-01-01Z"), 0);
    assert_int_equal(parsed("1969-12-31T23:59:59.999999Z"), -1);
    assert_int_equal(parsed("2000-02-29Z"), INT64_C(951782400000000));
    assert_int_equal(parsed("2022-12-15T00:45Z"), INT64_C(1671065100000000));
    assert_int_equal(parsed("2022-12-15T00:45:07.5Z"), INT64_C(1671065107500000));
    assert_int_equal(parsed("1900-01-01Z"), INT64_C(-2208988800000000));
}

static void
every_day_from_1900_to_2200_agrees_with_gmtime(void **state)
{
    int64_t last = parsed("2200-12-31Z");

    (void)state;
    for (int64_t us = parsed("1900-01-01Z"); us <= last; us += ISS_US_PER_D) {
        time_t second = (time_t)(us / ISS_US_PER_S);
        char text[32], expected[32];
        struct tm tm;

        assert_non_null(gmtime_r(&second, &tm));
        assert_true(strftime(expected, sizeof(expected), "%Y-%m-%dZ", &tm) > 0);
        assert_int_equal(parsed(expected), us);
        expected[10] = '\0';
        assert_string_equal(iss_civil_format(us, ISS_CIVIL_DATE, text), expected);
    }
}

static void
formats_show_as_much_as_their_style(void **state)
{
    int64_t us = parsed("2022-12-15T00:45:07.000042Z");
    char text[32];

    (void)state;
    assert_string_equal(iss_civil_format(us, ISS_CIVIL_DATE, text), "2022-12-15");
    assert_string_equal(iss_civil_format(us, ISS_CIVIL_MINUTE, text),
                        "2022-12-15T00:45Z");
    assert_string_equal(iss_civil_format(us, ISS_CIVIL_SECOND, text),
                        "2022-12-15T00:45:07Z");
    assert_string_equal(iss_civil_format(us, ISS_CIVIL_FULL, text),
                        "2022-12-15T00:45:07.000042Z");
    assert_string_equal(iss_civil_format(-1, ISS_CIVIL_FULL, text),
                        "1969-12-31T23:59:59.999999Z");
    assert_string_equal(iss_civil_format(ISS_NEVER, ISS_CIVIL_FULL, text), "never");
    assert_string_equal(iss_civil_format(ISS_NO_TIME, ISS_CIVIL_DATE, text), "unknown");
    assert_true(strlen(iss_civil_format(ISS_NO_TIME + 1, ISS_CIVIL_FULL, text)) < 32);
    assert_true(strlen(iss_civil_format(ISS_NEVER - 1, ISS_CIVIL_FULL, text)) < 32);
}

static void
wrong_dates_are_told_apart(void **state)
{
    static const struct {
        const char *text;
        enum iss_civil_problem problem;
    } cases[] = {
        {"2022-12-15", ISS_CIVIL_NO_ZONE},
        {"2022-12-15T10:00", ISS_CIVIL_NO_ZONE},
        {"2022-02-30Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-02-30", ISS_CIVIL_NO_SUCH_DAY},
        {"1900-02-29Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-13-01Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-00-01Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-01-00Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-01-01T24:00Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2022-01-01T10:60Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2016-12-31T23:59:60Z", ISS_CIVIL_NO_SUCH_DAY},
        {"1899-12-31Z", ISS_CIVIL_NO_SUCH_DAY},
        {"2201-01-01Z", ISS_CIVIL_NO_SUCH_DAY},
        {"", ISS_CIVIL_SYNTAX},
        {"2022", ISS_CIVIL_SYNTAX},
        {"2022-1-1Z", ISS_CIVIL_SYNTAX},
        {"15.12.2022", ISS_CIVIL_SYNTAX},
        {"2022-12-15T10Z", ISS_CIVIL_SYNTAX},
        {"2022-12-15T10:00:Z", ISS_CIVIL_SYNTAX},
        {"2022-12-15T10:00:00.Z", ISS_CIVIL_SYNTAX},
        {"2022-12-15T10:00:00.1234567Z", ISS_CIVIL_SYNTAX},
        {"2022-12-15T10:00+01:00", ISS_CIVIL_SYNTAX},
        {"2022-12-15Zx", ISS_CIVIL_SYNTAX},
        {" 2022-12-15Z", ISS_CIVIL_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t us = 42;

        if (iss_civil_parse(cases[i].text, &us) != cases[i].problem) {
            fail_msg("%s: %d", cases[i].text, iss_civil_parse(cases[i].text, &us));
        }
        assert_int_equal(us, 42);
    }
}

static void
days_convert_by_rounding_and_saturate(void **state)
{
    (void)state;
    assert_int_equal(iss_us_from_days(1), ISS_US_PER_D);
    assert_int_equal(iss_us_from_days(0.5 / 86400e6), 0); /* half to even */
    assert_int_equal(iss_us_from_days(0.6 / 86400e6), 1);
    assert_int_equal(iss_us_from_days(-1), 0);
    assert_int_equal(iss_us_from_days(NAN), 0);
    assert_int_equal(iss_us_from_days(INFINITY), ISS_NEVER);
    assert_int_equal(iss_us_from_days(1e300), ISS_NEVER);
    assert_int_equal(iss_us_from_days(290001 * 365.25), ISS_NEVER);
    assert_true(iss_us_from_days(289999 * 365.25) < ISS_NEVER);
    assert_true(iss_days_from_us(36 * ISS_US_PER_H) == 1.5);
}

static void
sums_saturate_at_never(void **state)
{
    (void)state;
    assert_int_equal(iss_us_add(2, 3), 5);
    assert_int_equal(iss_us_add(2, -3), -1);
    assert_int_equal(iss_us_add(ISS_NEVER, -5), ISS_NEVER);
    assert_int_equal(iss_us_add(-5, ISS_NEVER), ISS_NEVER);
    assert_int_equal(iss_us_add(ISS_NEVER - 1, 2), ISS_NEVER);
    assert_int_equal(iss_us_add(ISS_NEVER - 2, 1), ISS_NEVER - 1);
    assert_int_equal(iss_us_add(INT64_MIN + 2, -5), ISS_NO_TIME + 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_have_their_known_instants),
        cmocka_unit_test(every_day_from_1900_to_2200_agrees_with_gmtime),
        cmocka_unit_test(formats_show_as_much_as_their_style),
        cmocka_unit_test(wrong_dates_are_told_apart),
        cmocka_unit_test(days_convert_by_rounding_and_saturate),
        cmocka_unit_test(sums_saturate_at_never),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
