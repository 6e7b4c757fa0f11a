/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unit/kernel/near.h - cmocka, with a comparison of doubles that prints both.
 */
#ifndef TEST_NEAR_H
#define TEST_NEAR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>

/* Also fails when either is NaN. */
#define assert_near(value, expected, tolerance)                                        \
    near_check(value, expected, tolerance, #value, __FILE__, __LINE__)

static inline void
near_check(double value, double expected, double tolerance, const char *text,
           const char *file, int line)
{
    if (!(value == expected || fabs(value - expected) <= tolerance)) {
        print_error("%s is %.17g, not %.17g within %g\n", text, value, expected,
                    tolerance);
        _fail(file, line);
    }
}

#endif
