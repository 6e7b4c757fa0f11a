/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "kernel/calendar.h"
#include "kernel/stream.h"

static const int32_t counts[] = {1, 2, 3, 4, 5, 7, 8, 9, 100, 333};

static struct iss_calendar *
make(int32_t slots)
{
    void *memory = malloc(iss_calendar_size(slots));

    assert_non_null(memory);
    return iss_calendar_init(memory, slots);
}

/* The earliest slot; -1 when none is pending. */
static int32_t
first(struct iss_calendar *calendar)
{
    int32_t room = iss_calendar_first(calendar);

    assert_true(room < 0 ||
                iss_calendar_room(calendar, iss_calendar_slot(calendar, room)) == room);
    return room < 0 ? -1 : iss_calendar_slot(calendar, room);
}

static void
an_empty_calendar_has_no_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct iss_calendar *calendar = make(counts[i]);

        assert_int_equal(first(calendar), -1);
        for (int32_t slot = 0; slot < counts[i]; slot++) {
            assert_true(iss_calendar_time(calendar, slot) == ISS_NEVER);
        }
        free(calendar);
    }
}

static void
the_earliest_comes_first(void **state)
{
    struct iss_calendar *calendar = make(3);

    (void)state;
    iss_calendar_set(calendar, 0, 30, 1);
    iss_calendar_set(calendar, 1, 10, 2);
    iss_calendar_set(calendar, 2, 20, 3);
    assert_int_equal(first(calendar), 1);
    assert_int_equal(iss_calendar_time(calendar, 1), 10);
    iss_calendar_cancel(calendar, 1);
    assert_int_equal(first(calendar), 2);
    iss_calendar_cancel(calendar, 2);
    assert_int_equal(first(calendar), 0);
    iss_calendar_cancel(calendar, 0);
    assert_int_equal(first(calendar), -1);
    free(calendar);
}

static void
a_slot_that_is_taken_is_gone_whatever_comes_next(void **state)
{
    struct iss_calendar *calendar = make(4);

    (void)state;
    for (int32_t slot = 0; slot < 4; slot++) {
        iss_calendar_set(calendar, slot, 10 * (slot + 1), 1);
    }
    iss_calendar_cancel(calendar, 0);
    assert_true(iss_calendar_time(calendar, 0) == ISS_NEVER);
    assert_int_equal(first(calendar), 1);
    iss_calendar_cancel(calendar, 1);
    iss_calendar_set(calendar, 1, 25, 2); /* the same again */
    assert_int_equal(first(calendar), 1);
    assert_int_equal(iss_calendar_take(calendar), 1);
    iss_calendar_set(calendar, 0, 50, 3); /* another one */
    assert_int_equal(first(calendar), 2);
    iss_calendar_cancel(calendar, 2);
    iss_calendar_cancel(calendar, 3);
    iss_calendar_cancel(calendar, 2);
    assert_int_equal(first(calendar), 0);
    assert_int_equal(iss_calendar_take(calendar), 0);
    assert_int_equal(first(calendar), -1);
    free(calendar);
}

static void
at_one_instant_order_decides(void **state)
{
    struct iss_calendar *calendar = make(4);

    (void)state;
    iss_calendar_set(calendar, 0, 10, ISS_CALENDAR_ORDERS);
    iss_calendar_set(calendar, 1, 10, UINT64_C(1) << 39);
    iss_calendar_set(calendar, 2, 10, 6);
    iss_calendar_set(calendar, 3, 10, 5);
    for (int32_t slot = 3; slot >= 0; slot--) {
        assert_int_equal(first(calendar), slot);
        iss_calendar_cancel(calendar, slot);
    }
    free(calendar);
}

static void
times_below_zero_come_before_zero(void **state)
{
    struct iss_calendar *calendar = make(3);

    (void)state;
    iss_calendar_set(calendar, 0, 0, 1);
    iss_calendar_set(calendar, 1, -5, 2);
    iss_calendar_set(calendar, 2, INT64_MIN, 3);
    assert_int_equal(first(calendar), 2);
    assert_true(iss_calendar_time(calendar, 2) == INT64_MIN);
    iss_calendar_cancel(calendar, 2);
    assert_int_equal(first(calendar), 1);
    assert_int_equal(iss_calendar_time(calendar, 1), -5);
    free(calendar);
}

static void
the_last_instant_before_never_is_pending(void **state)
{
    struct iss_calendar *calendar = make(2);

    (void)state;
    iss_calendar_set(calendar, 1, ISS_NEVER - 1, ISS_CALENDAR_ORDERS);
    assert_int_equal(first(calendar), 1);
    assert_true(iss_calendar_time(calendar, 1) == ISS_NEVER - 1);
    free(calendar);
}

static void
setting_again_moves_a_slot_either_way(void **state)
{
    struct iss_calendar *calendar = make(2);

    (void)state;
    iss_calendar_set(calendar, 0, 10, 1);
    iss_calendar_set(calendar, 1, 20, 2);
    iss_calendar_set(calendar, 0, 30, 3);
    assert_int_equal(first(calendar), 1);
    iss_calendar_set(calendar, 0, 5, 4);
    assert_int_equal(first(calendar), 0);
    assert_int_equal(iss_calendar_time(calendar, 0), 5);
    free(calendar);
}

static void
cancelling_what_is_not_pending_changes_nothing(void **state)
{
    size_t size = iss_calendar_size(5);
    struct iss_calendar *calendar = make(5);
    void *before = malloc(size);

    (void)state;
    assert_non_null(before);
    iss_calendar_set(calendar, 3, 10, 1);
    memcpy(before, calendar, size);
    iss_calendar_cancel(calendar, 2);
    iss_calendar_cancel(calendar, 4);
    assert_memory_equal(calendar, before, size);
    free(before);
    free(calendar);
}

static void
a_copy_of_the_bytes_is_a_calendar_of_its_own(void **state)
{
    size_t size = iss_calendar_size(5);
    struct iss_calendar *calendar = make(5), *copy = malloc(size);

    (void)state;
    assert_non_null(copy);
    iss_calendar_set(calendar, 3, 10, 1);
    memcpy(copy, calendar, size);
    iss_calendar_set(calendar, 1, 5, 2);
    assert_int_equal(first(copy), 3);
    iss_calendar_cancel(copy, 3);
    assert_int_equal(first(copy), -1);
    assert_int_equal(first(calendar), 1);
    free(copy);
    free(calendar);
}

/* Put slots of a calendar on it, move, cancel and take them. */
static void
stir(struct iss_calendar *calendar, uint64_t from, uint64_t count)
{
    const struct iss_stream stream = {.seed = 5};

    for (uint64_t i = from; i < from + count; i++) {
        uint64_t bits = iss_stream_bits(&stream, 1, 2, i);
        int32_t slot = (int32_t)((bits >> 32) % (uint64_t)calendar->slots);

        if (bits % 8 < 4) {
            iss_calendar_set(calendar, slot, (int64_t)(bits >> 3 & 1023), i + 1);
        } else {
            slot = bits % 8 < 6 ? slot : first(calendar);
            if (slot >= 0) {
                iss_calendar_cancel(calendar, slot);
            }
        }
    }
}

static void
a_calendar_is_put_back_byte_for_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        size_t size = iss_calendar_size(counts[i]);
        struct iss_calendar *calendar = make(counts[i]), *image = malloc(size);

        assert_non_null(image);
        for (uint64_t round = 0; round < 200; round++) { /* with a hole, and without */
            stir(calendar, 1000 * round, round);
            memcpy(image, calendar, size);
            stir(calendar, 1000 * round + 500, 13 * round % 300);
            iss_calendar_restore(calendar, image);
            assert_memory_equal(calendar, image, size);
        }
        free(image);
        free(calendar);
    }
}

static void
what_is_wrong_with_a_calendar_is_found(void **state)
{
    struct iss_calendar *calendar = make(9);

    (void)state;
    for (int32_t slot = 0; slot < 7; slot++) {
        iss_calendar_set(calendar, slot, 10 * slot, 1);
    }
    assert_null(iss_calendar_check(calendar));
    calendar->count--;
    assert_non_null(iss_calendar_check(calendar));
    calendar->count += 2;
    assert_non_null(iss_calendar_check(calendar));
    calendar->count--;
    calendar->used++;
    assert_non_null(iss_calendar_check(calendar));
    free(calendar);
}

/* What the calendar should be: a list that is searched. */
struct list {
    int64_t time_us[333];
    uint64_t order[333];
};

static int32_t
list_first(const struct list *list, int32_t slots)
{
    int32_t first = -1;

    for (int32_t i = 0; i < slots; i++) {
        if (list->time_us[i] != ISS_NEVER &&
            (first < 0 || list->time_us[i] < list->time_us[first] ||
             (list->time_us[i] == list->time_us[first] &&
              list->order[i] < list->order[first]))) {
            first = i;
        }
    }
    return first;
}

/* An order: of 20 bits by chance and then `i`, at least 1. */
static uint64_t
number(uint64_t bits, uint64_t i)
{
    return (bits << 20 | (i + 1)) & ISS_CALENDAR_ORDERS;
}

/* Whom the event in a room belongs to is kept by the caller, under the room's number.
 */
static void
check_rooms(const struct iss_calendar *calendar, const int32_t *owners)
{
    for (int32_t slot = 0; slot < calendar->slots; slot++) {
        int32_t room = iss_calendar_room(calendar, slot);
        assert_true(room < iss_calendar_rooms(calendar));
        assert_true(room < 0 || owners[room] == slot);
    }
    assert_null(iss_calendar_check(calendar));
}

static void
compare_with_a_list(int32_t slots)
{
    const struct iss_stream stream = {.seed = 3, .replication = (uint64_t)slots};
    struct iss_calendar *calendar = make(slots);
    struct list list;
    int32_t owners[333];
    int popped = 0;

    for (int32_t i = 0; i < slots; i++) {
        list.time_us[i] = ISS_NEVER;
    }
    for (uint64_t i = 0; i < 20000; i++) {
        uint64_t bits = iss_stream_bits(&stream, 1, 2, i);
        int32_t slot = (int32_t)((bits >> 32) % (uint64_t)slots);

        if (bits % 8 < 4) { /* times from few, so that many are equal */
            list.time_us[slot] = (int64_t)(bits >> 3 & 31) - 8;
            list.order[slot] = number(bits, i);
            owners[iss_calendar_set(calendar, slot, list.time_us[slot],
                                    list.order[slot])] = slot;
        } else {
            bool take = bits % 8 >= 6;
            slot = take ? first(calendar) : slot;
            if (slot >= 0) {
                list.time_us[slot] = ISS_NEVER;
                if (take) {
                    assert_int_equal(iss_calendar_take(calendar), slot);
                } else {
                    iss_calendar_cancel(calendar, slot);
                }
                popped++;
            }
            if (take && slot >= 0 && bits >> 8 & 1) { /* something else comes first */
                int32_t other = (int32_t)((bits >> 40) % (uint64_t)slots);
                list.time_us[other] = (int64_t)(bits >> 9 & 31);
                list.order[other] = number(bits, i | 1U << 19);
                owners[iss_calendar_set(calendar, other, list.time_us[other],
                                        list.order[other])] = other;
            }
            if (take && slot >= 0 && bits >> 16 & 1) { /* and the same slot again */
                list.time_us[slot] = (int64_t)(bits >> 10 & 31);
                list.order[slot] = number(bits, i | 1U << 18);
                owners[iss_calendar_set(calendar, slot, list.time_us[slot],
                                        list.order[slot])] = slot;
            }
        }
        if (i % 64 == 0) {
            check_rooms(calendar, owners);
        }
        assert_int_equal(first(calendar), list_first(&list, slots));
    }
    for (int32_t i = 0; i < slots; i++) {
        assert_true(iss_calendar_time(calendar, i) == list.time_us[i]);
    }
    assert_true(popped > 1000);
    free(calendar);
}

static void
any_sequence_of_changes_agrees_with_a_searched_list(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        compare_with_a_list(counts[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_calendar_has_no_first),
        cmocka_unit_test(the_earliest_comes_first),
        cmocka_unit_test(a_slot_that_is_taken_is_gone_whatever_comes_next),
        cmocka_unit_test(at_one_instant_order_decides),
        cmocka_unit_test(times_below_zero_come_before_zero),
        cmocka_unit_test(the_last_instant_before_never_is_pending),
        cmocka_unit_test(setting_again_moves_a_slot_either_way),
        cmocka_unit_test(cancelling_what_is_not_pending_changes_nothing),
        cmocka_unit_test(a_copy_of_the_bytes_is_a_calendar_of_its_own),
        cmocka_unit_test(a_calendar_is_put_back_byte_for_byte),
        cmocka_unit_test(what_is_wrong_with_a_calendar_is_found),
        cmocka_unit_test(any_sequence_of_changes_agrees_with_a_searched_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
