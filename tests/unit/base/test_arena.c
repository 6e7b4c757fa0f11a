/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arenas: zeroed, aligned, apart from one another, and empty again once cleared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
    struct iss_arena arena = {0};
    unsigned char *pieces[2000];

    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t size = 1 + i * 7 % 900;

        pieces[i] = iss_arena_alloc(&arena, size);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        for (size_t j = 0; j < size; j++) {
            assert_int_equal(pieces[i][j], 0);
        }
        memset(pieces[i], (int)(i % 251 + 1), size);
    }
    for (size_t i = 0; i < 2000; i++) {
        size_t size = 1 + i * 7 % 900;

        assert_int_equal(pieces[i][0], i % 251 + 1);
        assert_int_equal(pieces[i][size - 1], i % 251 + 1);
    }
    iss_arena_clear(&arena);
}

static void
a_large_piece_leaves_the_current_block_in_use(void **state)
{
    struct iss_arena arena = {0};
    char *before = iss_arena_alloc(&arena, 16);
    char *large = iss_arena_alloc(&arena, (size_t)3 << 20);
    char *after = iss_arena_alloc(&arena, 16);

    (void)state;
    assert_non_null(large);
    large[((size_t)3 << 20) - 1] = 1;
    assert_ptr_equal(after, before + 16);
    iss_arena_clear(&arena);
}

static void
impossible_sizes_give_null(void **state)
{
    struct iss_arena arena = {0};

    (void)state;
    assert_null(iss_arena_alloc(&arena, SIZE_MAX));
    assert_null(iss_arena_alloc(&arena, SIZE_MAX - 20));
    assert_null(iss_arena_array(&arena, SIZE_MAX / 4, 8));
    assert_non_null(iss_arena_array(&arena, 0, 8));
    assert_non_null(iss_arena_alloc(&arena, 0));
    iss_arena_clear(&arena);
}

static void
texts_are_copied_and_formatted(void **state)
{
    struct iss_arena arena = {0};
    char original[] = "Poisk";
    char *copy = iss_arena_strdup(&arena, original);

    (void)state;
    original[0] = 'X';
    assert_string_equal(copy, "Poisk");
    assert_string_equal(iss_arena_printf(&arena, "%s-%d", "MS", 23), "MS-23");
    assert_string_equal(iss_arena_printf(&arena, "%s", ""), "");
    iss_arena_clear(&arena);
    assert_null(arena.head);
    assert_string_equal(iss_arena_strdup(&arena, "again"), "again");
    iss_arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_large_piece_leaves_the_current_block_in_use),
        cmocka_unit_test(impossible_sizes_give_null),
        cmocka_unit_test(texts_are_copied_and_formatted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
