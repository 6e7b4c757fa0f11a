/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_disk.c - a disk that is full, at every size at which it can be, and one that is
 * read-only.  The disk is a small tmpfs in a mount namespace of this process's own: it
 * vanishes with the process.  Skipped (77) where that isn't allowed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mount.h>

#include <cmocka.h>

#include "fault/attempt.h"
#include "unit/store/folder.h"

#define SKIPPED   77
#define DISK      "size=4m,mode=0777"
#define DISK_SIZE ((off_t)4 << 20)
#define PAGE      ((off_t)4096)

static const struct iss_store_options forced = {.force = true, .elapsed_s = 1.0};

static bool
write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY);
    bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

/* A namespace of our own: as root, or as root of a user namespace. */
static bool
leave_the_system(void)
{
    char map[64];

    snprintf(map, sizeof(map), "0 %ld 1", (long)getuid());
    if (unshare(CLONE_NEWNS) == 0) {
        return true;
    }
    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
           write_file("/proc/self/uid_map", map);
}

static bool
enter_disk(void)
{
    return folder_enter(NULL) == 0 && leave_the_system() &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", folder, "tmpfs", 0, DISK) == 0 && chdir(folder) == 0;
}

/* Leave `pages` free pages on the disk. */
static void
fill_disk(off_t pages)
{
    int fd = open("filler", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    off_t size = DISK_SIZE;

    assert_true(fd >= 0);
    /* What else is on the disk takes pages too: fill up, then give back. */
    while (size > 0 && posix_fallocate(fd, 0, size) != 0) {
        size -= PAGE;
    }
    assert_int_equal(ftruncate(fd, size - pages * PAGE), 0);
    close(fd);
}

static void
full_disk_is_told(enum attempt_what what)
{
    int failures = 0;
    struct attempt attempt;

    do {
        fill_disk(failures);
        attempt = attempt_write(what, "x.h5", &forced, 0);
        assert_string_equal(attempt.noise, "");
        assert_int_not_equal(attempt.status, 1);
        assert_int_equal(folder_has("x.h5"), attempt.status == ISS_OK);
        assert_int_equal(folder_entries(), attempt.status == ISS_OK ? 2 : 1);
        if (attempt.status != ISS_OK && strstr(attempt.message, "full") == NULL &&
            strstr(attempt.message, strerror(ENOSPC)) == NULL) {
            fail_msg("%d pages free: %s", failures, attempt.message);
        }
        failures++;
    } while (attempt.status != ISS_OK && failures < DISK_SIZE / PAGE);
    assert_int_equal(attempt.status, ISS_OK);
    assert_true(failures > 10);
    unlink("x.h5");
    unlink("filler");
}

static void
full_disk_is_told_by_a_run_and_leaves_no_trace(void **state)
{
    (void)state;
    full_disk_is_told(ATTEMPT_RUN);
}

static void
full_disk_is_told_by_a_study_and_leaves_no_trace(void **state)
{
    (void)state;
    full_disk_is_told(ATTEMPT_STUDY);
}

static void
full_disk_keeps_the_former_file(void **state)
{
    struct attempt attempt;

    (void)state;
    folder_put("x.h5", "precious");
    fill_disk(40);
    attempt = attempt_write(ATTEMPT_RUN, "x.h5", &forced, 0);
    assert_true(attempt.status == ISS_ERR_WRITE || attempt.status == ISS_ERR_VERIFY);
    assert_non_null(strstr(attempt.message, "full"));
    assert_true(folder_holds("x.h5", "precious"));
    assert_int_equal(folder_entries(), 2);
    unlink("filler");
    assert_int_equal(attempt_write(ATTEMPT_RUN, "x.h5", &forced, 0).status, ISS_OK);
    assert_int_equal(folder_entries(), 1);
    unlink("x.h5");
}

static void
read_only_disk_is_told(void **state)
{
    struct attempt attempt;

    (void)state;
    assert_int_equal(mount(NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
    attempt = attempt_write(ATTEMPT_RUN, "x.h5", &forced, 0);
    assert_int_equal(attempt.status, ISS_ERR_CREATE);
    assert_non_null(strstr(attempt.message, strerror(EROFS)));
    assert_string_equal(attempt.noise, "");
    assert_int_equal(folder_entries(), 0);
    assert_int_equal(mount(NULL, folder, NULL, MS_REMOUNT, NULL), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_disk_is_told_by_a_run_and_leaves_no_trace),
        cmocka_unit_test(full_disk_is_told_by_a_study_and_leaves_no_trace),
        cmocka_unit_test(full_disk_keeps_the_former_file),
        cmocka_unit_test(read_only_disk_is_told),
    };
    int failed;

    if (!enter_disk()) {
        printf("skipped: no disk of our own may be mounted: %s\n", strerror(errno));
        folder_leave(NULL);
        return SKIPPED;
    }
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (chdir("/") == 0 && umount(folder) == 0) {
        rmdir(folder);
    }
    return failed;
}
