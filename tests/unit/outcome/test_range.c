/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_range.c - sorted ranges, against a plain array of flags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "outcome/range.h"

#define MOST 64

static bool
any(const bool *flags, uint64_t first, uint64_t end, bool wanted, struct iss_range *run)
{
    while (first < end && flags[first] != wanted) {
        first++;
    }
    run->first = run->end = first;
    while (run->end < end && flags[run->end] == wanted) {
        run->end++;
    }
    return first < end;
}

static void
check(const struct iss_ranges *ranges, const bool *flags, uint64_t first, uint64_t end)
{
    struct iss_range found, wanted;
    bool is = any(flags, first, end, true, &wanted);

    assert_int_equal(iss_ranges_shared(ranges, first, end, &found), is);
    if (is) {
        assert_int_equal(found.first, wanted.first);
        assert_int_equal(found.end, wanted.end);
    }
    is = any(flags, first, end, false, &wanted);
    assert_int_equal(iss_ranges_gap(ranges, first, end, &found), is);
    if (is) {
        assert_int_equal(found.first, wanted.first);
        assert_int_equal(found.end, wanted.end);
    }
}

static void
ranges_are_the_set_that_was_added(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (int trial = 0; trial < 300; trial++) {
        struct iss_ranges ranges = {0};
        bool flags[MOST] = {false};
        uint64_t total = 0;

        for (int i = 0; i < 40; i++) {
            uint64_t first, end;
            struct iss_range run;
            int status;

            random = random * 1664525 + 1013904223;
            first = (random >> 8) % MOST;
            end = first + (random >> 20) % 8;
            end = end > MOST ? MOST : end;
            check(&ranges, flags, first, end);
            status = iss_ranges_add(&ranges, first, end);
            assert_int_equal(
                status, any(flags, first, end, true, &run) ? ISS_ERR_OVERLAP : ISS_OK);
            for (uint64_t k = first; status == ISS_OK && k < end; k++) {
                flags[k] = true;
                total++;
            }
            assert_int_equal(iss_ranges_total(&ranges), total);
            check(&ranges, flags, 0, MOST);
        }
        for (size_t i = 1; i < ranges.count; i++) {
            assert_true(ranges.items[i - 1].end < ranges.items[i].first);
        }
        iss_ranges_clear(&ranges);
    }
}

static void
equal_sets_are_equal_however_they_were_made(void **state)
{
    struct iss_ranges a = {0}, b = {0};

    (void)state;
    assert_int_equal(iss_ranges_add(&a, 0, 10), ISS_OK);
    assert_int_equal(iss_ranges_add(&b, 5, 10), ISS_OK);
    assert_false(iss_ranges_equal(&a, &b));
    assert_int_equal(iss_ranges_add(&b, 0, 2), ISS_OK);
    assert_false(iss_ranges_equal(&a, &b));
    assert_int_equal(iss_ranges_add(&b, 2, 5), ISS_OK);
    assert_true(iss_ranges_equal(&a, &b));
    iss_ranges_clear(&a);
    iss_ranges_clear(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_the_set_that_was_added),
        cmocka_unit_test(equal_sets_are_equal_however_they_were_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
