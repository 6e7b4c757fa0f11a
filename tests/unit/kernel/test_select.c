/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Golden values are numpy 1.24.2's, on the column that golden_value() makes:
 *
 *     i = numpy.arange(1000); x = (i * 7919 % 1000 - 300) / 7
 *     [v.hex() for v in numpy.quantile(x, [.01, .05, .1, .25, .5, .75, .9, .95, .99])]
 */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include "kernel/moments.h"
#include "kernel/select.h"
#include "kernel/stream.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const double probs[] = {0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};

struct array {
    const double *values;
    uint64_t fails_from; /* reading at or beyond this row fails */
    size_t reads;
};

static int
read_array(void *self, uint64_t first, size_t count, double *values)
{
    struct array *array = self;

    array->reads++;
    if (first + count > array->fails_from) {
        return ISS_ERR_FORMAT;
    }
    memcpy(values, array->values + first, count * sizeof *values);
    return ISS_OK;
}

static int
quantiles_of(const double *values, size_t rows, double *quantiles)
{
    struct array array = {.values = values, .fails_from = UINT64_MAX};
    const struct iss_values source = {&array, rows, read_array};
    int status = iss_select_quantiles(&source, probs, LENGTH(probs), quantiles);

    assert_true(array.reads <= 5 * (rows / 16384 + 1));
    return status;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Against sorting; `values` is sorted afterwards, its NaNs (at the end) left out. */
static void
check_against_sorting(double *values, size_t rows, size_t numbers)
{
    double quantiles[LENGTH(probs)];

    assert_int_equal(quantiles_of(values, rows, quantiles), ISS_OK);
    qsort(values, numbers, sizeof *values, by_value);
    for (size_t i = 0; i < LENGTH(probs); i++) {
        double place = (double)(numbers - 1) * probs[i], share = place - floor(place);
        double low = values[(size_t)floor(place)], high = values[(size_t)ceil(place)];
        double expected = share >= 0.5 ? high - (high - low) * (1 - share)
                                       : low + (high - low) * share;
        assert_near(quantiles[i], low == high ? low : expected, 0);
    }
}

static double
golden_value(size_t i)
{
    return ((double)(i * 7919 % 1000) - 300) / 7;
}

static void
quantiles_are_numpys_to_the_bit(void **state)
{
    static const double numpy[] = {
        -0x1.4b70a3d70a3d7p+5, -0x1.1dc57c57c57c6p+5, -0x1.c95f15f15f15fp+4,
        -0x1.cb6db6db6db6ep+2, 0x1.c800000000000p+4,  0x1.00b6db6db6db7p+6,
        0x1.5657c57c57c58p+6,  0x1.72e2be2be2be2p+6,  0x1.89b851eb851ecp+6,
    };
    double values[1000], quantiles[LENGTH(probs)];

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        values[i] = golden_value(i);
    }
    assert_int_equal(quantiles_of(values, 1000, quantiles), ISS_OK);
    for (size_t i = 0; i < LENGTH(numpy); i++) {
        assert_near(quantiles[i + 1], numpy[i], 0);
    }
}

static void
selection_equals_sorting_whatever_the_numbers(void **state)
{
    const struct iss_stream stream = {.seed = 7};
    size_t most = 50000;
    double *values = malloc(most * sizeof *values);

    (void)state;
    assert_non_null(values);
    for (uint64_t form = 0; form < 6; form++) {
        size_t rows = form == 0 ? most : 1000 + 37 * form;
        for (size_t i = 0; i < rows; i++) {
            double u = iss_stream_uniform(&stream, form, 0, i);
            double forms[] = {u,
                              floor(5 * u),                       /* ties */
                              (u - 0.5) * pow(10, 600 * u - 300), /* all magnitudes */
                              -1 / u,
                              u < 0.97 ? 0 : 1,
                              u < 0.3 ? (double)-INFINITY : (double)INFINITY};
            values[i] = forms[form];
        }
        check_against_sorting(values, rows, rows);
    }
    free(values);
}

static void
few_numbers_do(void **state)
{
    double one[] = {-3.5}, two[] = {4, -2}, quantiles[LENGTH(probs)];

    (void)state;
    check_against_sorting(one, 1, 1);
    check_against_sorting(two, 2, 2);
    assert_int_equal(quantiles_of(one, 1, quantiles), ISS_OK);
    assert_near(quantiles[5], -3.5, 0);
}

static void
missing_numbers_do_not_count(void **state)
{
    double values[] = {9, 1, -(double)NAN, (double)NAN, 5, (double)NAN};
    double present[] = {9, 1, 5}, quantiles[LENGTH(probs)], expected[LENGTH(probs)];
    double none[] = {(double)NAN, -(double)NAN};

    (void)state;
    assert_int_equal(quantiles_of(values, 6, quantiles), ISS_OK);
    assert_int_equal(quantiles_of(present, 3, expected), ISS_OK);
    assert_memory_equal(quantiles, expected, sizeof expected);
    assert_int_equal(quantiles_of(none, 2, quantiles), ISS_OK);
    assert_true(isnan(quantiles[0]) && isnan(quantiles[10]));
    assert_int_equal(quantiles_of(none, 0, quantiles), ISS_OK);
    assert_true(isnan(quantiles[5]));
}

static void
an_error_of_reading_is_passed_on(void **state)
{
    static double values[40000];
    struct array array = {.values = values, .fails_from = 30000};
    const struct iss_values source = {&array, 40000, read_array};
    double quantiles[LENGTH(probs)];

    (void)state;
    assert_int_equal(iss_select_quantiles(&source, probs, LENGTH(probs), quantiles),
                     ISS_ERR_FORMAT);
}

/* ---- moments --------------------------------------------------------------------- */

static struct iss_moments
moments_of(const double *values, size_t count)
{
    struct iss_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        iss_moments_add(&moments, values[i]);
    }
    return moments;
}

static void
moments_of_a_few_numbers(void **state)
{
    const double values[] = {2, (double)NAN, 0, 4, -6, (double)NAN, 1e-300};
    struct iss_moments moments = moments_of(values, 7);

    (void)state;
    assert_int_equal(iss_moments_count(&moments), 5);
    assert_int_equal(moments.missing, 2);
    assert_int_equal(moments.nonzero, 4);
    assert_near(iss_moments_mean(&moments), 0, 1e-300);
    assert_near(iss_moments_sd(&moments), sqrt(14), 1e-15);
    assert_near(moments.sample.min, -6, 0);
    assert_near(moments.sample.max, 4, 0);
}

static void
moments_of_nothing_are_nan(void **state)
{
    const double one[] = {3}, none[] = {(double)NAN};
    struct iss_moments moments = moments_of(none, 1);

    (void)state;
    assert_true(isnan(iss_moments_mean(&moments)));
    assert_true(isnan(iss_moments_sd(&moments)));
    moments = moments_of(one, 1);
    assert_near(iss_moments_mean(&moments), 3, 0);
    assert_true(isnan(iss_moments_sd(&moments)));
}

/* A plain sum is off by 1e-10 here. */
static void
a_mean_loses_nothing_over_many_rows(void **state)
{
    struct iss_moments moments = {0};

    (void)state;
    for (int i = 0; i < 1000000; i++) {
        iss_moments_add(&moments, 0.1);
    }
    assert_near(iss_moments_mean(&moments), 0.1, 0);
    moments = (struct iss_moments){0};
    for (int i = 0; i < 1000003; i++) {
        iss_moments_add(&moments, i % 7 == 0);
    }
    assert_near(iss_moments_mean(&moments), 142858.0 / 1000003, 0);
}

static void
an_infinite_number_makes_an_infinite_mean(void **state)
{
    const double values[] = {1, (double)INFINITY, 2};
    struct iss_moments moments = moments_of(values, 3);

    (void)state;
    assert_true(isinf(iss_moments_mean(&moments)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_numpys_to_the_bit),
        cmocka_unit_test(selection_equals_sorting_whatever_the_numbers),
        cmocka_unit_test(few_numbers_do),
        cmocka_unit_test(missing_numbers_do_not_count),
        cmocka_unit_test(an_error_of_reading_is_passed_on),
        cmocka_unit_test(moments_of_a_few_numbers),
        cmocka_unit_test(moments_of_nothing_are_nan),
        cmocka_unit_test(a_mean_loses_nothing_over_many_rows),
        cmocka_unit_test(an_infinite_number_makes_an_infinite_mean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
