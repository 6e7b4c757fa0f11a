/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include "base/civil.h"
#include "kernel/tally.h"

static void
a_level_integrates_over_time(void **state)
{
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 0, 7);
    iss_level_set(&level, 10 * ISS_US_PER_D, 11);
    iss_level_set(&level, 12 * ISS_US_PER_D, 0);
    iss_level_set(&level, 15 * ISS_US_PER_D, 3);
    iss_level_stop(&level, 16 * ISS_US_PER_D);
    assert_near(iss_level_days(&level), 70 + 22 + 3, 0);
    assert_int_equal(level.min, 0);
    assert_int_equal(level.max, 11);
    assert_int_equal(level.positive_us, 13 * ISS_US_PER_D);
    assert_int_equal(level.value, 3);
}

static void
a_level_that_lasts_no_time_leaves_no_mark(void **state)
{
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 5, 7);
    iss_level_set(&level, 10, 99);
    iss_level_set(&level, 10, -99);
    iss_level_set(&level, 10, 7);
    iss_level_stop(&level, 20);
    assert_int_equal(level.min, 7);
    assert_int_equal(level.max, 7);
    assert_int_equal(level.integral_low, 7 * 15);
    assert_int_equal(level.positive_us, 15);
}

static void
a_level_without_time_has_no_extremes(void **state)
{
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 5, 7);
    iss_level_stop(&level, 5);
    assert_true(level.min > level.max);
    assert_near(iss_level_days(&level), 0, 0);
}

static void
stopping_twice_counts_once(void **state)
{
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 0, 2);
    iss_level_stop(&level, 100);
    iss_level_stop(&level, 100);
    iss_level_stop(&level, 50);
    iss_level_stop(&level, 110);
    assert_int_equal(level.integral_low, 220);
}

static void
the_integral_is_exact_beyond_64_bits(void **state)
{
    const int64_t huge = INT64_C(1) << 62;
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 0, huge);
    iss_level_set(&level, huge, 1);
    iss_level_set(&level, huge + 1, -huge);
    assert_int_equal(level.integral_low, 1);
    assert_int_equal(level.integral_high, INT64_C(1) << 60);
    iss_level_set(&level, huge + 1 + (huge - 2), -1);
    assert_int_equal(level.integral_low, INT64_MIN + 1); /* 2^63 + 1 */
    assert_int_equal(level.integral_high, 0);
    assert_near(iss_level_days(&level), 0x1p63 / (double)ISS_US_PER_D, 0);
}

static void
a_negative_level_integrates_below_zero(void **state)
{
    struct iss_level level;

    (void)state;
    iss_level_start(&level, 0, -3);
    iss_level_stop(&level, 2 * ISS_US_PER_D);
    assert_near(iss_level_days(&level), -6, 0);
    assert_int_equal(level.integral_high, -1);
    assert_int_equal(level.positive_us, 0);
    iss_level_set(&level, 2 * ISS_US_PER_D, 3);
    iss_level_stop(&level, 4 * ISS_US_PER_D);
    assert_near(iss_level_days(&level), 0, 0);
    assert_int_equal(level.integral_high, 0);
}

static void
a_sample_gives_mean_variance_and_extremes(void **state)
{
    static const double values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct iss_sample sample = {0};

    (void)state;
    for (int i = 0; i < 8; i++) {
        iss_sample_add(&sample, values[i]);
    }
    assert_int_equal(sample.count, 8);
    assert_near(sample.mean, 5, 1e-15);
    assert_near(iss_sample_variance(&sample), 32.0 / 7, 1e-14);
    assert_near(sample.min, 2, 0);
    assert_near(sample.max, 9, 0);
}

static void
a_sample_keeps_its_variance_far_from_zero(void **state)
{
    struct iss_sample sample = {0};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        iss_sample_add(&sample, -1e9 - i % 2);
    }
    assert_near(iss_sample_variance(&sample), 250.0 / 999, 1e-6);
    assert_near(sample.max, -1e9, 0);
}

static void
fewer_than_two_observations_have_no_variance(void **state)
{
    struct iss_sample sample = {0};

    (void)state;
    assert_true(isnan(iss_sample_variance(&sample)));
    iss_sample_add(&sample, -3);
    assert_true(isnan(iss_sample_variance(&sample)));
    assert_near(sample.max, -3, 0);
    iss_sample_add(&sample, -3);
    assert_near(iss_sample_variance(&sample), 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_integrates_over_time),
        cmocka_unit_test(a_level_that_lasts_no_time_leaves_no_mark),
        cmocka_unit_test(a_level_without_time_has_no_extremes),
        cmocka_unit_test(stopping_twice_counts_once),
        cmocka_unit_test(the_integral_is_exact_beyond_64_bits),
        cmocka_unit_test(a_negative_level_integrates_below_zero),
        cmocka_unit_test(a_sample_gives_mean_variance_and_extremes),
        cmocka_unit_test(a_sample_keeps_its_variance_far_from_zero),
        cmocka_unit_test(fewer_than_two_observations_have_no_variance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
