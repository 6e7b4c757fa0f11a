/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_memo.c - a memo gives back what was put there, under exactly its key, until it
 * forgets; it never grows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/memo.h"

enum { KEYS = 3, VALUES = 5, ENTRY = (1 + KEYS + VALUES) * 8 };

/* What a test has under a key: something that the key alone says. */
static int64_t
value_of(const uint64_t *key, int32_t number)
{
    return (int64_t)(key[0] * 3 + key[1] * 5 + key[2] * 7) + number;
}

/* Ask for a key: found as it was put, or put.  Whether it was found. */
static bool
ask(struct iss_memo *memo, uint64_t a, uint64_t b, uint64_t c)
{
    const uint64_t key[KEYS] = {a, b, c};
    bool known;
    int64_t *value = iss_memo_at(memo, key, &known);

    for (int32_t i = 0; i < VALUES; i++) {
        if (known) {
            assert_int_equal(value[i], value_of(key, i));
        }
        value[i] = value_of(key, i);
    }
    return known;
}

static struct iss_memo *
make(size_t entries)
{
    struct iss_memo *memo = iss_memo_new(KEYS, VALUES, entries * ENTRY);

    assert_non_null(memo);
    return memo;
}

static void
what_was_put_is_found(void **state)
{
    struct iss_memo *memo = make(64);

    (void)state;
    assert_false(ask(memo, 0, 0, 0)); /* not even before anything was put */
    assert_true(ask(memo, 0, 0, 0));
    assert_false(ask(memo, 1, 0, 0));
    assert_true(ask(memo, 0, 0, 0));
    assert_true(ask(memo, 1, 0, 0));
    iss_memo_free(memo);
}

/* With one entry all keys have the same place: only the key itself tells them apart. */
static void
a_key_is_another_when_one_bit_is(void **state)
{
    struct iss_memo *memo = make(1);

    (void)state;
    assert_int_equal(iss_memo_room(memo), 1);
    for (int bit = 0; bit < 64; bit++) {
        uint64_t other = UINT64_C(1) << bit;
        ask(memo, 1, 2, 3);
        assert_true(ask(memo, 1, 2, 3));
        assert_false(ask(memo, 1 ^ other, 2, 3));
        assert_false(ask(memo, 1, 2 ^ other, 3));
        assert_false(ask(memo, 1, 2, 3 ^ other));
    }
    iss_memo_free(memo);
}

/* Far more keys than room: what is found is right (see ask()), and what fits is found.
 */
static void
it_forgets_rather_than_grows(void **state)
{
    struct iss_memo *memo = make(100);
    int found = 0, asked = 0;

    (void)state;
    assert_int_equal(iss_memo_room(memo), 64); /* the next lower power of two */
    for (uint64_t i = 0; i < 100000; i++, asked++) {
        found += ask(memo, i * i % 257, i % 3, 0);
    }
    assert_true(found > asked / 20 && found < asked / 2);
    for (uint64_t i = 0; i < 100; i++) {
        ask(memo, 7, i % 4, 1);
    }
    for (uint64_t i = 0; i < 4; i++) {
        assert_true(ask(memo, 7, i, 1));
    }
    assert_int_equal(iss_memo_room(memo), 64);
    iss_memo_free(memo);
}

static void
what_is_asked_for_all_the_time_stays(void **state)
{
    struct iss_memo *memo = make(64);

    (void)state;
    ask(memo, 1, 1, 1);
    for (uint64_t i = 0; i < 10000; i++) {
        ask(memo, 2, i, 1);
        assert_true(ask(memo, 1, 1, 1));
    }
    iss_memo_free(memo);
}

static void
a_cleared_memo_knows_nothing(void **state)
{
    struct iss_memo *memo = make(64);

    (void)state;
    iss_memo_clear(memo);
    for (uint64_t i = 0; i < 20; i++) {
        assert_false(ask(memo, i, 0, 0));
    }
    iss_memo_clear(memo);
    for (uint64_t i = 0; i < 20; i++) {
        assert_false(ask(memo, i, 0, 0));
    }
    assert_true(ask(memo, 19, 0, 0));
    iss_memo_free(memo);
    iss_memo_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_found),
        cmocka_unit_test(a_key_is_another_when_one_bit_is),
        cmocka_unit_test(it_forgets_rather_than_grows),
        cmocka_unit_test(what_is_asked_for_all_the_time_stays),
        cmocka_unit_test(a_cleared_memo_knows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
