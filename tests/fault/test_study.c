/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_study.c - a study without memory at the first allocation, the second, ... until
 * none fails; and without threads.
 */
#include <errno.h>

#include "fault/scarce.h"
#include "unit/study/kept.h"

#include <pthread.h>

static int threads_left = 1000;

int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                          void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                          void *);

int
__wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                      void *(*start)(void *), void *argument)
{
    return threads_left-- > 0
               ? __real_pthread_create(thread, attributes, start, argument)
               : EAGAIN;
}

static void
a_plan_without_memory_says_so(void **state)
{
    struct whole whole;
    long number = 0;
    int status;

    (void)state;
    whole_load(&whole, NULL, 0);
    do {
        struct iss_plan plan;
        char message[256];
        arm(++number);
        status =
            iss_plan_init(&plan, whole.model, 1, NULL, -1, message, sizeof message);
        assert_int_equal(status, allocations >= number ? ISS_ERR_NO_MEMORY : ISS_OK);
        arm(0);
        iss_plan_clear(&plan);
    } while (status != ISS_OK);
    assert_true(number > 1);
    whole_clear(&whole);
}

static void
a_study_without_memory_ends_before_it_begins(void **state)
{
    struct whole whole;
    long number = 0;
    int status;

    (void)state;
    whole_load(&whole, NULL, 0);
    struct iss_study_run run = whole_run(&whole, &whole.kept);
    run.replications = 20;
    run.threads = 1;
    do {
        struct iss_study_result result;
        arm(++number);
        status = iss_study_run(&run, &result);
        assert_int_equal(status, allocations >= number ? ISS_ERR_NO_MEMORY : ISS_OK);
        arm(0);
        assert_int_equal(whole.kept.rows, status == ISS_OK ? 20 : 0);
    } while (status != ISS_OK);
    assert_true(number > 10);
    whole_clear(&whole);
}

static void
a_study_does_without_threads_that_cant_be_made(void **state)
{
    struct iss_study_result result;
    struct whole whole;

    (void)state;
    whole_load(&whole, NULL, 0);
    struct iss_study_run run = whole_run(&whole, &whole.kept);
    run.replications = 100;
    run.threads = 4;
    threads_left = 1;
    assert_int_equal(iss_study_run(&run, &result), ISS_OK);
    assert_int_equal(result.threads, 2);
    assert_int_equal(whole.kept.rows, 100);
    whole_clear(&whole);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_without_memory_says_so),
        cmocka_unit_test(a_study_without_memory_ends_before_it_begins),
        cmocka_unit_test(a_study_does_without_threads_that_cant_be_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
