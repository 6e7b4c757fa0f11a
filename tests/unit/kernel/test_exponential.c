/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_exponential.c - waits against the C library's logarithm.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/exponential.h"

static int
is_close(uint32_t bits)
{
    double exact = -log((bits + 0.5) * 0x1p-32);
    return fabs(iss_exponential(bits) - exact) <= 1e-10 * exact;
}

static void
it_is_the_logarithm(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 5000000; i++) {
        assert_true(is_close(i * 859));
    }
}

/* Where u is near 1 the wait is tiny, and near a power of two another one begins. */
static void
it_is_so_at_the_ends_and_at_powers_of_two(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        assert_true(is_close(i));
        assert_true(is_close(UINT32_MAX - i));
        for (int power = 12; power < 32; power++) {
            assert_true(is_close((1U << power) + i));
            assert_true(is_close((1U << power) - i));
        }
    }
    assert_true(fabs(iss_exponential(UINT32_MAX) / 0x1p-33 - 1) < 1e-9);
}

static void
it_falls_as_the_bits_rise(void **state)
{
    double last = iss_exponential(0);

    (void)state;
    for (uint32_t i = 1; i < 100000; i++) {
        double wait = iss_exponential(i * 42949);
        assert_true(wait < last && wait > 0);
        last = wait;
    }
}

static void
its_mean_and_second_moment_are_one_and_two(void **state)
{
    double sum = 0, squares = 0;
    const int n = 1000000;

    (void)state;
    for (int i = 0; i < n; i++) {
        double wait = iss_exponential((uint32_t)((i + 0.5) / n * 0x1p32));
        sum += wait;
        squares += wait * wait;
    }
    assert_true(fabs(sum / n - 1) < 1e-6);
    assert_true(fabs(squares / n - 2) < 1e-4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_logarithm),
        cmocka_unit_test(it_is_so_at_the_ends_and_at_powers_of_two),
        cmocka_unit_test(it_falls_as_the_bits_rise),
        cmocka_unit_test(its_mean_and_second_moment_are_one_and_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
