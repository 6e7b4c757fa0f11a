/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_calls.c - every call that writing a file makes fails in turn; then every write
 * in turn claims success and does nothing.  The linker puts our versions before HDF5's.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <hdf5.h>

#include "store/store.h"

#include "fault/write_study.h"
#include "unit/outcome/sample.h"
#include "unit/store/folder.h"

#define DIED       9
#define STUDY_ROWS 128

static long calls;          /* of the functions below, since arm() */
static long failing;        /* the one that fails; 0 for none */
static long writes;         /* of those that write */
static long losing;         /* the one that writes nothing; 0 for none */
static long steps;          /* of those that concern the disk */
static long dying;          /* the one at which the process dies; 0 for none */
static const char *culprit; /* the function that failed or lost */
static bool renamed;
static bool reproducible; /* write files that can be compared */
static bool as_study;     /* write a study, not a run */

static bool
fails(const char *name)
{
    if (++calls != failing) {
        return false;
    }
    culprit = name;
    return true;
}

static bool
loses(const char *name)
{
    if (++writes != losing) {
        return false;
    }
    culprit = name;
    return true;
}

static void
die_here(void)
{
    if (++steps == dying) {
        _exit(DIED);
    }
}

/* A function that fails instead of doing its work. */
#define FAILING(type, name, parameters, arguments)                                     \
    type __real_##name parameters;                                                     \
    type __wrap_##name parameters;                                                     \
    type __wrap_##name parameters                                                      \
    {                                                                                  \
        return fails(#name) ? (type)-1 : __real_##name arguments;                      \
    }

/* One that concerns the disk. */
#define DISK(type, name, parameters, arguments)                                        \
    type __real_##name parameters;                                                     \
    type __wrap_##name parameters;                                                     \
    type __wrap_##name parameters                                                      \
    {                                                                                  \
        die_here();                                                                    \
        return fails(#name) ? (type)-1 : __real_##name arguments;                      \
    }

/* One that does its work and fails all the same, as closing does. */
#define ENDING(name)                                                                   \
    herr_t __real_##name(hid_t id);                                                    \
    herr_t __wrap_##name(hid_t id);                                                    \
    herr_t __wrap_##name(hid_t id)                                                     \
    {                                                                                  \
        herr_t result = __real_##name(id);                                             \
        return fails(#name) ? -1 : result;                                             \
    }

/* One that may also lose what it is to write. */
#define LOSING(type, name, parameters, arguments)                                      \
    type __real_##name parameters;                                                     \
    type __wrap_##name parameters;                                                     \
    type __wrap_##name parameters                                                      \
    {                                                                                  \
        if (loses(#name)) {                                                            \
            return 0;                                                                  \
        }                                                                              \
        return fails(#name) ? (type)-1 : __real_##name arguments;                      \
    }

FAILING(hid_t, H5Fcreate, (const char *p, unsigned f, hid_t c, hid_t a), (p, f, c, a))
FAILING(hid_t, H5Fopen, (const char *p, unsigned f, hid_t a), (p, f, a))
FAILING(herr_t, H5Fflush, (hid_t id, H5F_scope_t scope), (id, scope))
FAILING(hid_t, H5Gcreate2, (hid_t p, const char *n, hid_t l, hid_t c, hid_t a),
        (p, n, l, c, a))
FAILING(hid_t, H5Gopen2, (hid_t p, const char *n, hid_t a), (p, n, a))
FAILING(hid_t, H5Dcreate2,
        (hid_t p, const char *n, hid_t t, hid_t s, hid_t l, hid_t c, hid_t a),
        (p, n, t, s, l, c, a))
FAILING(hid_t, H5Dopen2, (hid_t p, const char *n, hid_t a), (p, n, a))
FAILING(hid_t, H5Dget_type, (hid_t id), (id))
FAILING(hid_t, H5Dget_space, (hid_t id), (id))
FAILING(herr_t, H5Dread, (hid_t id, hid_t t, hid_t m, hid_t f, hid_t x, void *v),
        (id, t, m, f, x, v))
FAILING(hid_t, H5Acreate2, (hid_t o, const char *n, hid_t t, hid_t s, hid_t c, hid_t a),
        (o, n, t, s, c, a))
FAILING(hid_t, H5Aopen, (hid_t o, const char *n, hid_t a), (o, n, a))
FAILING(herr_t, H5Aread, (hid_t id, hid_t t, void *v), (id, t, v))
FAILING(hid_t, H5Screate, (H5S_class_t type), (type))
FAILING(hid_t, H5Screate_simple, (int r, const hsize_t *d, const hsize_t *m), (r, d, m))
FAILING(hid_t, H5Pcreate, (hid_t type), (type))
FAILING(herr_t, H5Pset_obj_track_times, (hid_t id, hbool_t on), (id, on))
FAILING(herr_t, H5Pset_chunk, (hid_t id, int r, const hsize_t *d), (id, r, d))
FAILING(herr_t, H5Pset_libver_bounds, (hid_t id, H5F_libver_t l, H5F_libver_t h),
        (id, l, h))
FAILING(hid_t, H5FDregister, (const H5FD_class_t *c), (c))
FAILING(herr_t, H5Pset_driver, (hid_t id, hid_t d, const void *info), (id, d, info))
FAILING(herr_t, H5Pset_alloc_time, (hid_t id, H5D_alloc_time_t when), (id, when))
FAILING(haddr_t, H5Dget_offset, (hid_t id), (id))
FAILING(hid_t, H5Tcopy, (hid_t id), (id))
FAILING(herr_t, H5Tset_cset, (hid_t id, H5T_cset_t set), (id, set))
FAILING(htri_t, H5DSis_scale, (hid_t id), (id))
FAILING(htri_t, H5DSis_attached, (hid_t id, hid_t s, unsigned d), (id, s, d))
DISK(int, fsync, (int fd), (fd))
DISK(int, flock, (int fd, int how), (fd, how))
DISK(int, ftruncate, (int fd, off_t size), (fd, size))
DISK(ssize_t, pread, (int fd, void *v, size_t n, off_t at), (fd, v, n, at))
FAILING(ssize_t, H5Fget_file_image, (hid_t id, void *v, size_t n), (id, v, n))
FAILING(ssize_t, H5DSget_scale_name, (hid_t id, char *name, size_t n), (id, name, n))
ENDING(H5Fclose)
ENDING(H5Oclose)
LOSING(herr_t, H5Dwrite, (hid_t id, hid_t t, hid_t m, hid_t f, hid_t x, const void *v),
       (id, t, m, f, x, v))
LOSING(herr_t, H5DSset_scale, (hid_t id, const char *name), (id, name))
LOSING(herr_t, H5DSattach_scale, (hid_t id, hid_t s, unsigned d), (id, s, d))

herr_t __real_H5Awrite(hid_t id, hid_t type, const void *value);
herr_t __wrap_H5Awrite(hid_t id, hid_t type, const void *value);

herr_t
__wrap_H5Awrite(hid_t id, hid_t type, const void *value)
{
    bool zero = H5Tequal(type, H5T_NATIVE_INT32) > 0 && *(const int32_t *)value == 0;

    /* A lost zero is there all the same. */
    if (!zero && loses("H5Awrite")) {
        return 0;
    }
    return fails("H5Awrite") ? -1 : __real_H5Awrite(id, type, value);
}

ssize_t __real_pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at);

ssize_t
__wrap_pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    die_here();
    /* The process id in the lock may get lost: it is for messages. */
    if (size > 100 && loses("pwrite")) {
        return (ssize_t)size;
    }
    return fails("pwrite") ? -1 : __real_pwrite(fd, bytes, size, at);
}

int __real_posix_fallocate(int fd, off_t at, off_t size);
int __wrap_posix_fallocate(int fd, off_t at, off_t size);

int
__wrap_posix_fallocate(int fd, off_t at, off_t size)
{
    die_here();
    return fails("posix_fallocate") ? ENOSPC : __real_posix_fallocate(fd, at, size);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

int
__wrap_rename(const char *from, const char *to)
{
    die_here();
    if (fails("rename")) {
        return -1;
    }
    renamed = true;
    return __real_rename(from, to);
}

static void
arm(long fail, long lose)
{
    calls = 0;
    writes = 0;
    steps = 0;
    failing = fail;
    losing = lose;
    culprit = "nothing";
    renamed = false;
}

/* Ports, and the first columns of the state: every way of laying out a column. */
static int
write_small(const struct iss_outcome *outcome, long fail, long lose)
{
    const struct iss_store_options options = {.force = true,
                                              .elapsed_s = 1.5,
                                              .command_line = "isssim",
                                              .reproducible = reproducible};
    char message[200] = "";
    int status;

    arm(fail, lose);
    status = as_study
                 ? write_study("x.h5", STUDY_ROWS, &options, message, sizeof(message))
                 : iss_store_write("x.h5", outcome, &options, message, sizeof(message));
    failing = losing = 0;
    if ((status == ISS_OK) != (message[0] == '\0')) {
        fail_msg("%s: status %d with message \"%s\"", culprit, status, message);
    }
    return status;
}

static void
make_small(struct iss_outcome *outcome)
{
    sample_make(outcome, 0);
    outcome->tables[1] = outcome->tables[5];
    outcome->tables[1].column_count = 5;
    outcome->table_count = 2;
}

static void
check_untouched(void)
{
    if (folder_entries() != 1 || !folder_holds("x.h5", "precious")) {
        fail_msg("call %ld, %s, left a trace", failing, culprit);
    }
}

static void
each_failing_call_is_told_and_leaves_no_trace(void **state)
{
    struct iss_outcome outcome = {0};
    long number = 0;

    (void)state;
    make_small(&outcome);
    for (;;) {
        int status;

        folder_put("x.h5", "precious");
        status = write_small(&outcome, ++number, 0);
        if (calls < number) {
            assert_int_equal(status, ISS_OK);
            break;
        }
        if (status == ISS_OK && renamed && strcmp(culprit, "fsync") == 0) {
            continue; /* the folder's, when the file stands already */
        }
        if (status == ISS_OK) {
            fail_msg("call %ld, %s, failed and nobody noticed", number, culprit);
        }
        check_untouched();
    }
    print_message("%ld calls\n", number - 1);
    assert_true(number > 200);
    iss_outcome_clear(&outcome);
}

static void
each_lost_write_is_noticed(void **state)
{
    struct iss_outcome outcome = {0};
    long number = 0;

    (void)state;
    make_small(&outcome);
    for (;;) {
        int status;

        folder_put("x.h5", "precious");
        status = write_small(&outcome, 0, ++number);
        if (writes < number) {
            assert_int_equal(status, ISS_OK);
            break;
        }
        if (status != ISS_ERR_VERIFY && status != ISS_ERR_WRITE) {
            fail_msg("write %ld, %s, was lost: status %d", number, culprit, status);
        }
        check_untouched();
    }
    print_message("%ld writes\n", number - 1);
    assert_true(number > 50);
    iss_outcome_clear(&outcome);
}

/* Write in a process that dies at step `number`; false when it didn't. */
static bool
dies_at(const struct iss_outcome *outcome, long number)
{
    pid_t pid = fork();
    int ended;

    if (pid == 0) {
        dying = number;
        _exit(write_small(outcome, 0, 0) == ISS_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    assert_true(WIFEXITED(ended));
    assert_int_not_equal(WEXITSTATUS(ended), 1);
    return WEXITSTATUS(ended) == DIED;
}

static bool
same_content(const char *a, const char *b)
{
    size_t size_a, size_b;
    char *bytes_a = folder_get(a, &size_a);
    char *bytes_b = folder_get(b, &size_b);
    bool same = bytes_a != NULL && bytes_b != NULL && size_a == size_b &&
                memcmp(bytes_a, bytes_b, size_a) == 0;

    free(bytes_a);
    free(bytes_b);
    return same;
}

/* Whenever it dies: the former file stands or the whole new one does; what is left
 * can't be opened, or is whole as well; and the next writer isn't in the least
 * disturbed. */
static void
death_leaves_nothing_that_looks_complete(void **state)
{
    struct iss_outcome outcome = {0};
    int whole_parts = 0, former = 0;
    long number = 0;

    (void)state;
    make_small(&outcome);
    reproducible = true;
    assert_int_equal(write_small(&outcome, 0, 0), ISS_OK);
    assert_int_equal(__real_rename("x.h5", "whole"), 0);
    for (;;) {
        bool whole;

        folder_put("x.h5", "precious");
        if (!dies_at(&outcome, ++number)) {
            break;
        }
        whole = same_content("x.h5", "whole");
        assert_true(whole || folder_holds("x.h5", "precious"));
        former += !whole;
        if (folder_has("x.h5.part") && H5Fis_hdf5("x.h5.part") > 0) {
            assert_true(same_content("x.h5.part", "whole"));
            whole_parts++;
        }
        assert_int_equal(write_small(&outcome, 0, 0), ISS_OK);
        assert_true(same_content("x.h5", "whole"));
        assert_int_equal(folder_entries(), 2);
    }
    assert_true(former >= 8);
    assert_true(whole_parts > 0);
    reproducible = false;
    iss_outcome_clear(&outcome);
}

/* Where reading its metadata fails, HDF5 keeps what it had begun. */
const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *
__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

int
main(int argc, char **argv)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(each_failing_call_is_told_and_leaves_no_trace),
        IN_FOLDER(each_lost_write_is_noticed),
        IN_FOLDER(death_leaves_nothing_that_looks_complete),
    };

    as_study = argc > 1 && strcmp(argv[1], "study") == 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
