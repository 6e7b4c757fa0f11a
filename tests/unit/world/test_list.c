/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Few ids out of many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world/list.h"

static void
ids_stand_in_ascending_order_however_they_came(void **state)
{
    int32_t room[4];
    struct iss_list list = {0, room};

    (void)state;
    iss_list_add(&list, 7);
    iss_list_add(&list, 2);
    iss_list_add(&list, 9);
    iss_list_add(&list, 0);
    assert_int_equal(list.count, 4);
    assert_memory_equal(room, ((int32_t[]){0, 2, 7, 9}), sizeof room);
    iss_list_remove(&list, 2);
    iss_list_remove(&list, 9);
    assert_int_equal(list.count, 2);
    assert_memory_equal(room, ((int32_t[]){0, 7}), 2 * sizeof *room);
}

static void
the_next_one_is_found_while_ids_come_and_go(void **state)
{
    int32_t room[4];
    struct iss_list list = {0, room};

    (void)state;
    assert_int_equal(iss_list_next(&list, 0), -1);
    iss_list_add(&list, 3);
    iss_list_add(&list, 5);
    assert_int_equal(iss_list_next(&list, 0), 3);
    assert_int_equal(iss_list_next(&list, 3), 3);
    iss_list_remove(&list, 3);
    assert_int_equal(iss_list_next(&list, 4), 5);
    assert_int_equal(iss_list_next(&list, 6), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_stand_in_ascending_order_however_they_came),
        cmocka_unit_test(the_next_one_is_found_while_ids_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
