/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reference values from mpmath 1.2.1 with 40 digits, and scipy 1.10.1 where it has as
 * many digits as are asked for:
 *
 *     scipy.stats.t.ppf((1 + c) / 2, nu)
 *     scipy.stats.beta.ppf((1 - c) / 2, k, n - k + 1), .isf((1 - c) / 2, k + 1, n - k)
 *     mpmath.findroot(lambda p: log M(p) + log(1 - c), ...), M as in kernel/interval.h
 *
 * For n of 1e6 and more mpmath, by the binomial sum and by quadrature of the density.
 */
#include "near.h"

#include "kernel/beta.h"
#include "kernel/interval.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Both ends, to a relative error. */
#define assert_interval(interval, expected_low, expected_high, error)                  \
    do {                                                                               \
        struct iss_interval found_ = (interval);                                       \
        assert_near(found_.low, expected_low, (expected_low) * (error));               \
        assert_near(found_.high, expected_high, (expected_high) * (error));            \
    } while (0)

static void
student_quantiles_match_the_reference(void **state)
{
    static const struct {
        double nu, confidence, expected;
    } cases[] = {
        {1, 0.5, 1},
        {1, 0.95, 12.706204736174705},
        {2, 0.95, 4.3026527297494639},
        {5, 0.999999, 28.478473462819561},
        {9, 0.95, 2.2621571627982055},
        {9, 0.99, 3.2498355415921263},
        {1023, 0.95, 1.9622856196472682},
        {999999, 0.95, 1.9599663568164793},
        {1e15, 0.95, 1.9599639845400543}, /* the normal quantile and 2.4e-15 */
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        assert_near(iss_student(cases[i].nu, cases[i].confidence), cases[i].expected,
                    1e-13 * cases[i].expected);
    }
    assert_true(isnan(iss_student(0, 0.95)));
    assert_true(isnan(iss_student(5, 1)));
    assert_true(isnan(iss_student(5, 0)));
    assert_true(isnan(iss_student(5, (double)NAN)));
}

static void
interval_of_a_mean_needs_two_observations(void **state)
{
    (void)state;
    assert_true(isnan(iss_interval_mean(0, (double)NAN, (double)NAN, 0.95).low));
    assert_true(isnan(iss_interval_mean(1, 3, (double)NAN, 0.95).high));
    assert_interval(iss_interval_mean(2, 20, 1, 0.95),
                    20 - 12.706204736174705 / sqrt(2),
                    20 + 12.706204736174705 / sqrt(2), 1e-14);
    assert_interval(iss_interval_mean(10, 5, 0, 0.95), 5, 5, 0);
}

static void
wilson_matches_the_reference(void **state)
{
    (void)state;
    assert_interval(iss_interval_wilson(0, 10, 0.95), 0, 0.27753279986288925, 1e-13);
    assert_interval(iss_interval_wilson(5, 10, 0.95), 0.23659309051256398,
                    0.76340690948743602, 1e-13);
    assert_interval(iss_interval_wilson(10, 10, 0.95), 1 - 0.27753279986288925, 1,
                    1e-13);
    assert_interval(iss_interval_wilson(30, 1000, 0.95), 0.021093738828834695,
                    0.042503414147587121, 1e-13);
    assert_interval(iss_interval_wilson(123456, 1000000, 0.99), 0.12261115289079928,
                    0.12430584373706008, 1e-13);
    assert_interval(iss_interval_wilson(500000000, 1000000000, 0.95),
                    0.49996901024844429, 0.50003098975155571, 1e-13);
}

static void
clopper_pearson_matches_the_reference(void **state)
{
    (void)state;
    assert_interval(iss_interval_exact(0, 10, 0.95), 0, 0.30849710781876083, 1e-13);
    assert_interval(iss_interval_exact(1, 1, 0.95), 0.025, 1, 1e-13);
    assert_interval(iss_interval_exact(5, 10, 0.95), 0.18708602844739855,
                    0.8129139715526015, 1e-13);
    assert_interval(iss_interval_exact(10, 10, 0.95), 0.6915028921812392, 1, 1e-13);
    assert_interval(iss_interval_exact(3, 1000, 0.95), 0.00061909993164957126,
                    0.0087420232384783036, 1e-13);
    assert_interval(iss_interval_exact(29, 1000000, 0.99), 1.7004283096820951e-5,
                    4.5975458839767284e-5, 1e-12);
    assert_interval(iss_interval_exact(29, 1000000000, 0.95), 1.9421755220850221e-8,
                    4.1648837175181908e-8, 1e-12);
    assert_interval(iss_interval_exact(999971, 1000000, 0.95), 0.9999583514259668,
                    0.9999805781615593, 1e-13);
}

static void
nothing_seen_bounds_by_three_over_n(void **state)
{
    (void)state;
    assert_near(iss_bound_none_seen(1, 0.95), 0.95, 1e-15);
    assert_near(iss_bound_none_seen(100, 0.95), 0.029513049607039935, 1e-16);
    assert_near(iss_bound_none_seen(1000000000000, 0.99), 4.6051701859774876e-12,
                1e-26);
    assert_near(iss_bound_none_seen(1000000, 0.95) * 1000000, 3, 0.005);
    assert_true(isnan(iss_bound_none_seen(0, 0.95)));
}

static void
proportion_is_exact_near_the_ends_and_wilson_between(void **state)
{
    struct iss_interval exact = iss_interval_exact(29, 1000, 0.95);
    struct iss_interval wilson = iss_interval_wilson(30, 1000, 0.95);

    (void)state;
    assert_interval(iss_interval_proportion(29, 1000, 0.95), exact.low, exact.high, 0);
    assert_interval(iss_interval_proportion(971, 1000, 0.95), 1 - exact.high,
                    1 - exact.low, 1e-13);
    assert_interval(iss_interval_proportion(30, 1000, 0.95), wilson.low, wilson.high,
                    0);
    assert_interval(iss_interval_proportion(970, 1000, 0.95), 1 - wilson.high,
                    1 - wilson.low, 1e-13);
    assert_interval(iss_interval_proportion(0, 1000, 0.95), 0,
                    iss_bound_none_seen(1000, 0.95), 0);
    assert_interval(iss_interval_proportion(1000, 1000, 0.95),
                    1 - iss_bound_none_seen(1000, 0.95), 1, 0);
}

static void
sequence_matches_the_reference(void **state)
{
    (void)state;
    assert_interval(iss_interval_sequence(0, 1, 0.95, 0.5, 0.5), 0, 0.975, 1e-13);
    assert_interval(iss_interval_sequence(0, 1000, 0.95, 0.5, 0.5), 0,
                    0.0069975025214264116, 1e-13);
    assert_interval(iss_interval_sequence(5, 10, 0.95, 0.5, 0.5), 0.11756292407956941,
                    0.88243707592043059, 1e-13);
    assert_interval(iss_interval_sequence(30, 1000, 0.95, 0.5, 0.5),
                    0.014279308123869912, 0.054018341317973024, 1e-13);
    assert_interval(iss_interval_sequence(100, 1000, 0.99, 1, 9), 0.068255198319919005,
                    0.13916551544032098, 1e-13);
    assert_interval(iss_interval_sequence(123456, 1000000, 0.95, 0.5, 0.5),
                    0.12198045623735763, 0.12494171467382227, 1e-13);
    assert_interval(iss_interval_sequence(500000000, 1000000000, 0.95, 1, 1),
                    0.49991897045703049, 0.50008102954296951, 1e-13);
    assert_interval(iss_interval_sequence(1024, 1024, 0.95, 0.5, 0.5),
                    0.99315444145453673, 1, 1e-13);
}

static void
what_cannot_be_had_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(iss_interval_wilson(0, 0, 0.95).low));
    assert_true(isnan(iss_interval_wilson(2, 1, 0.95).low));
    assert_true(isnan(iss_interval_exact(0, 0, 0.95).high));
    assert_true(isnan(iss_interval_exact(1, 2, 1.5).high));
    assert_true(isnan(iss_interval_proportion(0, 0, 0.95).low));
    assert_true(isnan(iss_interval_proportion(3, 2, 0.95).low));
    assert_true(isnan(iss_interval_sequence(3, 2, 0.95, 1, 1).low));
    assert_true(isnan(iss_interval_sequence(1, 2, 0.95, 0, 1).low));
    assert_true(isnan(iss_interval_sequence(1, 2, 0, 1, 1).low));
}

/* Before the first trial nothing is known. */
static void
sequence_starts_with_everything(void **state)
{
    (void)state;
    assert_interval(iss_interval_sequence(0, 0, 0.95, 0.5, 0.5), 0, 1, 0);
}

/* The side that is summed changes at the mean. */
static void
both_sides_of_a_beta_agree(void **state)
{
    static const double parameters[] = {0.5, 1, 2.5, 300, 1e6};

    (void)state;
    for (size_t i = 0; i < LENGTH(parameters); i++) {
        for (size_t j = i; j < LENGTH(parameters); j++) {
            double a = parameters[i], b = parameters[j], p = a / (a + b);
            double below = iss_beta_cdf(p * (1 - 1e-13), 1 - p * (1 - 1e-13), a, b);
            double above = iss_beta_cdf(p * (1 + 1e-13), 1 - p * (1 + 1e-13), a, b);

            assert_near(below, above, 1e-9);
            assert_true(below > 0.05 && below < 0.95);
        }
    }
    assert_near(iss_beta_cdf(0.3, 0.7, 1, 1), 0.3, 1e-15);
    assert_near(iss_beta_cdf(0.3, 0.7, 2, 1), 0.09, 1e-15);
    assert_near(iss_beta_cdf(0, 1, 2, 1), 0, 0);
    assert_near(iss_beta_cdf(1, 0, 2, 1), 1, 0);
    assert_near(exp(iss_beta_log_density(0.25, 0.75, 2, 3)), 12 * 0.25 * 0.75 * 0.75,
                1e-14);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_quantiles_match_the_reference),
        cmocka_unit_test(interval_of_a_mean_needs_two_observations),
        cmocka_unit_test(wilson_matches_the_reference),
        cmocka_unit_test(clopper_pearson_matches_the_reference),
        cmocka_unit_test(nothing_seen_bounds_by_three_over_n),
        cmocka_unit_test(proportion_is_exact_near_the_ends_and_wilson_between),
        cmocka_unit_test(sequence_matches_the_reference),
        cmocka_unit_test(what_cannot_be_had_is_nan),
        cmocka_unit_test(sequence_starts_with_everything),
        cmocka_unit_test(both_sides_of_a_beta_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
