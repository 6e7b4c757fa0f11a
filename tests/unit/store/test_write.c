/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <hdf5.h>

#include "store/provenance.h"
#include "store/store.h"

#include "unit/outcome/sample.h"
#include "unit/store/folder.h"

static const struct iss_store_options plain = {.command_line = "isssim run x.cfg",
                                               .elapsed_s = 2.5};
static const struct iss_store_options forced = {.force = true};
static const struct iss_store_options reproducible = {
    .force = true, .reproducible = true, .command_line = "isssim", .libraries = "GSL"};

static char message[200];

/* Write the sample to `path`. */
static int
write_sample(const char *path, const struct iss_store_options *options)
{
    struct iss_outcome outcome = {0};
    int status;

    message[0] = '\0';
    sample_make(&outcome, 100);
    status = iss_store_write(path, &outcome, options, message, sizeof(message));
    iss_outcome_clear(&outcome);
    return status;
}

/* Writing and asking both refuse, for the same reason, and leave all as it was. */
static void
check_refused(const char *path, const struct iss_store_options *options, int status,
              const char *reason)
{
    int before = folder_entries();

    assert_int_equal(write_sample(path, options), status);
    if (strstr(message, reason) == NULL) {
        fail_msg("wanted \"%s\", got \"%s\"", reason, message);
    }
    message[0] = '\0';
    assert_int_equal(iss_store_check(path, options, message, sizeof(message)), status);
    assert_non_null(strstr(message, reason));
    assert_int_equal(folder_entries(), before);
}

static void
file_stands_alone_and_complete(void **state)
{
    int32_t complete = 0;
    hid_t file, attribute;

    (void)state;
    assert_int_equal(iss_store_check("x.h5", &plain, message, sizeof(message)), ISS_OK);
    assert_int_equal(folder_entries(), 0);
    assert_int_equal(write_sample("x.h5", &plain), ISS_OK);
    assert_int_equal(folder_entries(), 1);
    file = H5Fopen("x.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
    attribute = H5Aopen(file, "complete", H5P_DEFAULT);
    assert_true(H5Aread(attribute, H5T_NATIVE_INT32, &complete) >= 0);
    assert_int_equal(complete, 1);
    H5Aclose(attribute);
    H5Fclose(file);
}

static void
repeat_runs_are_byte_identical(void **state)
{
    const struct timespec second = {1, 100000000};
    size_t first_size, second_size;
    char *first_bytes, *second_bytes;

    (void)state;
    assert_int_equal(write_sample("a.h5", &reproducible), ISS_OK);
    nanosleep(&second, NULL);
    assert_int_equal(write_sample("b.h5", &reproducible), ISS_OK);
    first_bytes = folder_get("a.h5", &first_size);
    second_bytes = folder_get("b.h5", &second_size);
    assert_true(first_size > 1000);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first_bytes, second_bytes, first_size);
    free(first_bytes);
    free(second_bytes);
}

static bool
has_attribute(const char *path, const char *name)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    hid_t group = H5Gopen2(file, ISS_PROVENANCE, H5P_DEFAULT);
    bool has = H5Aexists(group, name) > 0;

    H5Gclose(group);
    H5Fclose(file);
    return has;
}

static void
reproducible_file_leaves_out_the_circumstances(void **state)
{
    static const char *const names[] = {"command_line", "started", "elapsed_s",
                                        "max_rss",      "host",    "libraries"};
    size_t size;
    char *bytes;

    (void)state;
    assert_int_equal(write_sample("a.h5", &reproducible), ISS_OK);
    assert_int_equal(write_sample("b.h5", &plain), ISS_OK);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_false(has_attribute("a.h5", names[i]));
        assert_true(has_attribute("b.h5", names[i]));
    }
    bytes = folder_get("a.h5", &size);
    for (size_t i = 0; i + 10 < size; i++) {
        assert_memory_not_equal(bytes + i, "elapsed_ms", 10); /* nor in the JSON */
    }
    free(bytes);
}

static void
existing_file_is_kept_unless_forced(void **state)
{
    (void)state;
    folder_put("x.h5", "precious");
    check_refused("x.h5", &plain, ISS_ERR_EXISTS, "x.h5: exists already; use --force");
    assert_true(folder_holds("x.h5", "precious"));
    assert_int_equal(write_sample("x.h5", &forced), ISS_OK);
    assert_int_equal(folder_entries(), 1);
    assert_true(H5Fis_hdf5("x.h5") > 0);
}

static void
dangling_link_exists(void **state)
{
    (void)state;
    assert_int_equal(symlink("nowhere", "x.h5"), 0);
    check_refused("x.h5", &forced, ISS_ERR_CREATE, "not a regular file");
}

static void
folder_and_fifo_are_never_replaced(void **state)
{
    struct stat info;

    (void)state;
    assert_int_equal(mkdir("x.h5", 0777), 0);
    assert_int_equal(mkfifo("y.h5", 0666), 0);
    check_refused("x.h5", &forced, ISS_ERR_CREATE, "is a folder");
    check_refused("y.h5", &forced, ISS_ERR_CREATE, "not a regular file");
    check_refused("/dev/null", &forced, ISS_ERR_CREATE, "not a regular file");
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void
scenario_is_never_overwritten(void **state)
{
    struct iss_store_options options = forced;

    (void)state;
    folder_put("s.cfg", "title = 1;");
    assert_int_equal(link("s.cfg", "hard.cfg"), 0);
    assert_int_equal(link("s.cfg", "y.h5.part"), 0);
    options.scenario_path = "s.cfg";
    check_refused("s.cfg", &options, ISS_ERR_CREATE, "would overwrite");
    check_refused("./s.cfg", &options, ISS_ERR_CREATE, "would overwrite");
    check_refused("hard.cfg", &options, ISS_ERR_CREATE, "would overwrite");
    check_refused("y.h5", &options, ISS_ERR_CREATE, "would overwrite");
    options.force = false;
    check_refused("s.cfg", &options, ISS_ERR_CREATE, "would overwrite");
    assert_true(folder_holds("s.cfg", "title = 1;"));
}

/* The sample was read from soyuz_leak.cfg, among others. */
static void
included_file_is_never_overwritten(void **state)
{
    (void)state;
    folder_put("soyuz_leak.cfg", "title = 1;");
    assert_int_equal(write_sample("soyuz_leak.cfg", &forced), ISS_ERR_CREATE);
    assert_non_null(strstr(message, "would overwrite"));
    assert_true(folder_holds("soyuz_leak.cfg", "title = 1;"));
}

static void
bad_places_are_told_apart(void **state)
{
    char name[300];

    (void)state;
    folder_put("file", "");
    check_refused("none/x.h5", &plain, ISS_ERR_CREATE,
                  "the folder none cannot be used: No such file");
    check_refused("file/x.h5", &plain, ISS_ERR_CREATE, "file");
    check_refused("", &plain, ISS_ERR_CREATE, "the output has no name");
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(write_sample(name, &plain), ISS_ERR_CREATE);
    assert_true(strlen(message) < sizeof(message));
    name[253] = '\0'; /* fits itself, but not with .part */
    assert_int_equal(write_sample(name, &plain), ISS_ERR_CREATE);
    assert_int_equal(folder_entries(), 1);
}

static void
leftovers_of_a_dead_writer_are_taken_over(void **state)
{
    (void)state;
    folder_put("x.h5.lock", "999999999\n");
    folder_put("x.h5.part", "half a file");
    assert_int_equal(write_sample("x.h5", &plain), ISS_OK);
    assert_int_equal(folder_entries(), 1);
    assert_true(H5Fis_hdf5("x.h5") > 0);
}

static void
part_that_is_a_folder_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(mkdir("x.h5.part", 0777), 0);
    assert_int_equal(write_sample("x.h5", &plain), ISS_ERR_CREATE);
    assert_non_null(strstr(message, "cannot create x.h5.part"));
    assert_int_equal(folder_entries(), 1);
}

static void
message_is_one_line(void **state)
{
    (void)state;
    folder_put("two\nlines", "");
    assert_int_equal(write_sample("two\nlines", &plain), ISS_ERR_EXISTS);
    assert_non_null(strstr(message, "two?lines: exists"));
}

static void
malformed_outcome_is_refused(void **state)
{
    struct iss_outcome outcome = {0};

    (void)state;
    sample_make(&outcome, 10);
    outcome.tables[5].columns[1].width = 2; /* state.docked(time, port) */
    assert_int_equal(
        iss_store_write("x.h5", &outcome, &plain, message, sizeof(message)),
        ISS_ERR_INVARIANT);
    assert_non_null(strstr(message, "/state/docked"));
    outcome.epoch = "yesterday";
    assert_int_equal(
        iss_store_write("x.h5", &outcome, &plain, message, sizeof(message)),
        ISS_ERR_INVARIANT);
    assert_non_null(strstr(message, "epoch"));
    assert_int_equal(folder_entries(), 0);
    iss_outcome_clear(&outcome);
}

static herr_t
own_report(hid_t stack, void *data)
{
    (void)stack;
    (void)data;
    return 0;
}

static void
callers_error_report_is_given_back(void **state)
{
    H5E_auto2_t report = NULL;
    void *data = NULL;

    (void)state;
    H5Eset_auto2(H5E_DEFAULT, own_report, message);
    assert_int_equal(write_sample("x.h5", &plain), ISS_OK);
    H5Eget_auto2(H5E_DEFAULT, &report, &data);
    assert_true(report == own_report);
    assert_ptr_equal(data, message);
}

int
main(void)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(file_stands_alone_and_complete),
        IN_FOLDER(repeat_runs_are_byte_identical),
        IN_FOLDER(reproducible_file_leaves_out_the_circumstances),
        IN_FOLDER(existing_file_is_kept_unless_forced),
        IN_FOLDER(dangling_link_exists),
        IN_FOLDER(folder_and_fifo_are_never_replaced),
        IN_FOLDER(scenario_is_never_overwritten),
        IN_FOLDER(included_file_is_never_overwritten),
        IN_FOLDER(bad_places_are_told_apart),
        IN_FOLDER(leftovers_of_a_dead_writer_are_taken_over),
        IN_FOLDER(part_that_is_a_folder_is_left_alone),
        IN_FOLDER(message_is_one_line),
        IN_FOLDER(malformed_outcome_is_refused),
        IN_FOLDER(callers_error_report_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
