/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "store/lock.h"
#include "store/store.h"

#include "unit/outcome/sample.h"
#include "unit/store/folder.h"

#define LOCK "x.h5.lock"

/* A process that holds the lock until it is killed. */
static pid_t
start_holder(void)
{
    int ready[2];
    pid_t pid;
    char byte;

    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        struct iss_lock lock;
        long holder;

        if (iss_lock_take(&lock, LOCK, &holder) != ISS_OK ||
            write(ready[1], "r", 1) != 1) {
            _exit(1);
        }
        for (;;) {
            pause();
        }
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return pid;
}

static void
end_holder(pid_t pid)
{
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
lock_holds_its_process_and_vanishes(void **state)
{
    struct iss_lock lock;
    char wanted[32];
    long holder;

    (void)state;
    snprintf(wanted, sizeof(wanted), "%ld\n", (long)getpid());
    assert_int_equal(iss_lock_take(&lock, LOCK, &holder), ISS_OK);
    assert_true(folder_holds(LOCK, wanted));
    iss_lock_release(&lock);
    assert_false(folder_has(LOCK));
    iss_lock_release(&lock); /* harmless */
}

static void
second_holder_in_one_process_is_refused(void **state)
{
    struct iss_lock first, second;
    long holder;

    (void)state;
    assert_int_equal(iss_lock_take(&first, LOCK, &holder), ISS_OK);
    assert_int_equal(iss_lock_take(&second, LOCK, &holder), ISS_ERR_LOCKED);
    assert_int_equal(holder, getpid());
    iss_lock_release(&second);
    assert_true(folder_has(LOCK));
    iss_lock_release(&first);
}

static void
live_writer_keeps_others_out_and_a_killed_one_does_not(void **state)
{
    struct iss_outcome outcome = {0};
    const struct iss_store_options options = {.force = true};
    char message[200] = "";
    char number[32];
    pid_t pid;

    (void)state;
    folder_put("x.h5", "precious");
    sample_make(&outcome, 10);
    pid = start_holder();
    assert_int_equal(
        iss_store_write("x.h5", &outcome, &options, message, sizeof(message)),
        ISS_ERR_LOCKED);
    snprintf(number, sizeof(number), "process %ld;", (long)pid);
    assert_non_null(strstr(message, number));
    assert_true(folder_holds("x.h5", "precious"));
    assert_true(folder_has(LOCK));
    end_holder(pid);
    assert_true(folder_has(LOCK));
    assert_int_equal(
        iss_store_write("x.h5", &outcome, &options, message, sizeof(message)), ISS_OK);
    assert_int_equal(folder_entries(), 1);
    iss_outcome_clear(&outcome);
}

static void
asking_finds_a_live_holder_only_and_leaves_no_trace(void **state)
{
    struct iss_lock lock;
    long holder = -1;
    pid_t pid;

    (void)state;
    assert_int_equal(iss_lock_ask(LOCK, &holder), ISS_OK);
    assert_false(folder_has(LOCK));
    pid = start_holder();
    assert_int_equal(iss_lock_ask(LOCK, &holder), ISS_ERR_LOCKED);
    assert_int_equal(holder, pid);
    end_holder(pid);
    assert_int_equal(iss_lock_ask(LOCK, &holder), ISS_OK);
    assert_int_equal(iss_lock_take(&lock, LOCK, &holder), ISS_OK);
    iss_lock_release(&lock);
}

static void
locked_output_is_found_before_a_long_computation(void **state)
{
    const struct iss_store_options options = {0};
    char message[200] = "", number[32];
    pid_t pid = start_holder();

    (void)state;
    snprintf(number, sizeof(number), "process %ld;", (long)pid);
    assert_int_equal(iss_store_check("x.h5", &options, message, sizeof(message)),
                     ISS_ERR_LOCKED);
    assert_non_null(strstr(message, number));
    end_holder(pid);
    assert_int_equal(iss_store_check("x.h5", &options, message, sizeof(message)),
                     ISS_OK);
}

static void
lock_is_not_followed_through_a_link(void **state)
{
    struct iss_lock lock;
    long holder;

    (void)state;
    folder_put("victim", "precious");
    assert_int_equal(symlink("victim", LOCK), 0);
    assert_int_equal(iss_lock_take(&lock, LOCK, &holder), ISS_ERR_CREATE);
    assert_true(folder_holds("victim", "precious"));
}

int
main(void)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(lock_holds_its_process_and_vanishes),
        IN_FOLDER(second_holder_in_one_process_is_refused),
        IN_FOLDER(live_writer_keeps_others_out_and_a_killed_one_does_not),
        IN_FOLDER(asking_finds_a_live_holder_only_and_leaves_no_trace),
        IN_FOLDER(locked_output_is_found_before_a_long_computation),
        IN_FOLDER(lock_is_not_followed_through_a_link),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
