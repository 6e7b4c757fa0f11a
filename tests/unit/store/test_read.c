/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <hdf5.h>

#include "store/read.h"
#include "store/store.h"

#include "unit/outcome/sample.h"
#include "unit/store/folder.h"

static const struct iss_store_options reproducible = {.reproducible = true};

static char message[200];

static void
write_sample(const char *path, size_t events, const struct iss_store_options *options)
{
    struct iss_outcome outcome = {0};

    sample_make(&outcome, events);
    assert_int_equal(iss_store_write(path, &outcome, options, message, sizeof(message)),
                     ISS_OK);
    iss_outcome_clear(&outcome);
}

/* A message that names the file and has `words`; nothing was left behind. */
static void
check_refused(const char *path, int status, const char *words)
{
    struct iss_outcome outcome = {0};

    message[0] = '\0';
    assert_int_equal(iss_store_read(path, &outcome, NULL, message, sizeof(message)),
                     status);
    if (strncmp(message, path, strlen(path)) != 0 || strstr(message, words) == NULL) {
        fail_msg("wanted \"%s\", got \"%s\"", words, message);
    }
    assert_null(outcome.tables);
    assert_null(outcome.arena.head);
}

/* Writing what was read gives the same bytes: nothing is lost, nothing is added. */
static void
check_round_trip(size_t events)
{
    struct iss_outcome outcome = {0};
    size_t first_size, second_size;
    char *first, *second;

    write_sample("a.h5", events, &reproducible);
    if (iss_store_read("a.h5", &outcome, NULL, message, sizeof(message)) != ISS_OK) {
        fail_msg("%s", message);
    }
    assert_int_equal(
        iss_store_write("b.h5", &outcome, &reproducible, message, sizeof(message)),
        ISS_OK);
    first = folder_get("a.h5", &first_size);
    second = folder_get("b.h5", &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    free(first);
    free(second);
    iss_outcome_clear(&outcome);
}

static void
written_again_it_is_the_same_file(void **state)
{
    (void)state;
    check_round_trip(100);
}

static void
long_tables_in_chunks_come_back_too(void **state)
{
    (void)state;
    check_round_trip(70000);
}

static void
values_and_their_meaning_come_back(void **state)
{
    struct iss_outcome outcome = {0};
    const struct iss_table *events, *station;
    const struct iss_column *column;

    (void)state;
    write_sample("a.h5", 10, &reproducible);
    assert_int_equal(iss_store_read("a.h5", &outcome, NULL, message, sizeof(message)),
                     ISS_OK);
    assert_string_equal(outcome.title, "A sample: Союз");
    assert_string_equal(outcome.epoch, "2022-12-15T00:45:52Z");
    assert_true(outcome.seed == UINT64_MAX);
    assert_int_equal(outcome.replication, 3);
    assert_string_equal(outcome.resolved_text, "title = \"x\";\nseed = 7;\n");
    assert_int_equal(outcome.override_count, 2);
    assert_string_equal(outcome.overrides[0], "seed=7");
    assert_int_equal(outcome.file_count, 2);
    assert_string_equal(outcome.files[1].sha256, "bb11");
    assert_int_equal(outcome.table_count, SAMPLE_TABLES);
    events = iss_outcome_table(&outcome, "events");
    assert_int_equal(events->rows, 10);
    column = iss_table_column(events, "type");
    assert_int_equal(column->kind, ISS_COLUMN_CODE);
    assert_int_equal(column->meaning_count, 3);
    assert_string_equal(column->meanings[1], "dock");
    assert_int_equal(column->data.code[4], 1);
    column = iss_table_column(events, "planned");
    assert_int_equal(column->kind, ISS_COLUMN_TIME_NULL);
    assert_true(column->data.time[0] == ISS_NO_TIME);
    station = iss_outcome_table(&outcome, "state");
    column = iss_table_column(station, "docked");
    assert_string_equal(column->across, "ports");
    assert_string_equal(column->dimension, "port");
    assert_int_equal(column->width, SAMPLE_PORTS);
    assert_null(column->through);
    column = iss_table_column(station, "wanted");
    assert_string_equal(column->across, "ports");
    assert_string_equal(column->through, "notes");
    assert_string_equal(column->through_dimension, "note");
    assert_int_equal(column->depth, 4);
    assert_true(column->data.real[(2 * SAMPLE_PORTS + 2) * 4 + 1] == 2);
    assert_null(iss_outcome_table(&outcome, ISS_PROVENANCE));
    iss_outcome_clear(&outcome);
}

static void
making_is_told_and_missing_when_reproducible(void **state)
{
    const struct iss_store_options told = {.command_line = "isssim run x.cfg",
                                           .elapsed_s = 2.5};
    struct iss_store_making making;
    struct iss_outcome outcome = {0};

    (void)state;
    write_sample("a.h5", 1, &told);
    assert_int_equal(
        iss_store_read("a.h5", &outcome, &making, message, sizeof(message)), ISS_OK);
    assert_int_equal(making.format[0], 1);
    assert_true(*making.program_version != '\0');
    assert_string_equal(making.command_line, "isssim run x.cfg");
    assert_true(making.elapsed_s == 2.5);
    iss_outcome_clear(&outcome);
    write_sample("b.h5", 1, &reproducible);
    assert_int_equal(
        iss_store_read("b.h5", &outcome, &making, message, sizeof(message)), ISS_OK);
    assert_string_equal(making.command_line, "");
    assert_true(isnan(making.elapsed_s));
    iss_outcome_clear(&outcome);
}

/* ---- what is refused ----------------------------------------------------------- */

static void
other_files_are_told_apart(void **state)
{
    hid_t file;

    (void)state;
    check_refused("none.h5", ISS_ERR_NO_INPUT, "No such file");
    check_refused(".", ISS_ERR_NO_INPUT, "is a folder");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    check_refused("pipe", ISS_ERR_NO_INPUT, "is a pipe or a device");
    folder_put("empty.h5", "");
    check_refused("empty.h5", ISS_ERR_FORMAT, "isn't an HDF5 file");
    folder_put("x.cfg", "title = \"not a result\";\n");
    check_refused("x.cfg", ISS_ERR_FORMAT, "isn't an HDF5 file");
    file = H5Fcreate("other.h5", H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    check_refused("other.h5", ISS_ERR_FORMAT, "no isssim result");
}

/* The sample with another number in the attribute `name` of its root. */
static void
write_with(const char *name, size_t count, int32_t first)
{
    int32_t values[2] = {first, 3};
    hid_t file, attribute;

    write_sample("a.h5", 5, &reproducible);
    file = H5Fopen("a.h5", H5F_ACC_RDWR, H5P_DEFAULT);
    attribute = H5Aopen(file, name, H5P_DEFAULT);
    assert_true(count <= 2 && H5Awrite(attribute, H5T_NATIVE_INT32, values) >= 0);
    H5Aclose(attribute);
    H5Fclose(file);
}

static void
newer_format_is_refused_by_its_number(void **state)
{
    (void)state;
    write_with("format_version", 2, 2);
    check_refused("a.h5", ISS_ERR_FORMAT, "has format 2.3; this isssim reads 1.x");
}

static void
newer_minor_format_is_read(void **state)
{
    struct iss_outcome outcome = {0};

    (void)state;
    write_with("format_version", 2, 1);
    assert_int_equal(iss_store_read("a.h5", &outcome, NULL, message, sizeof(message)),
                     ISS_OK);
    iss_outcome_clear(&outcome);
}

static void
incomplete_file_is_refused(void **state)
{
    (void)state;
    write_with("complete", 1, 0);
    check_refused("a.h5", ISS_ERR_FORMAT, "is incomplete");
}

static void
file_without_its_signature_is_incomplete(void **state)
{
    FILE *file;

    (void)state;
    write_sample("a.h5", 5, &reproducible);
    file = fopen("a.h5", "r+");
    assert_int_equal(fwrite("\0\0\0\0\0\0\0\0", 1, 8, file), 8);
    fclose(file);
    check_refused("a.h5", ISS_ERR_FORMAT, "is incomplete");
}

static void
other_filetype_is_named(void **state)
{
    struct iss_outcome outcome = {0};

    (void)state;
    sample_make(&outcome, 1);
    outcome.filetype = "isssim/study";
    assert_int_equal(
        iss_store_write("s.h5", &outcome, &reproducible, message, sizeof(message)),
        ISS_OK);
    iss_outcome_clear(&outcome);
    check_refused("s.h5", ISS_ERR_FORMAT, "holds isssim/study; a run");
}

/* Cut anywhere, it is refused: never a crash, never half a result. */
static void
file_cut_short_is_refused(void **state)
{
    size_t size;
    char *bytes;

    (void)state;
    write_sample("whole.h5", 5, &reproducible);
    bytes = folder_get("whole.h5", &size);
    for (size_t kept = 1; kept < size; kept += size / 23) {
        FILE *file = fopen("cut.h5", "w");
        assert_int_equal(fwrite(bytes, 1, kept, file), kept);
        fclose(file);
        check_refused("cut.h5", ISS_ERR_FORMAT, "");
    }
    free(bytes);
}

static void
wrong_values_are_named(void **state)
{
    const int32_t ports[5] = {-1, 0, 1, 99, 0};
    hid_t file, dataset;

    (void)state;
    write_sample("a.h5", 5, &reproducible);
    file = H5Fopen("a.h5", H5F_ACC_RDWR, H5P_DEFAULT);
    dataset = H5Dopen2(file, "events/port", H5P_DEFAULT);
    assert_true(
        H5Dwrite(dataset, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, ports) >= 0);
    H5Dclose(dataset);
    H5Fclose(file);
    check_refused("a.h5", ISS_ERR_FORMAT, "events.port");
}

int
main(void)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(written_again_it_is_the_same_file),
        IN_FOLDER(long_tables_in_chunks_come_back_too),
        IN_FOLDER(values_and_their_meaning_come_back),
        IN_FOLDER(making_is_told_and_missing_when_reproducible),
        IN_FOLDER(other_files_are_told_apart),
        IN_FOLDER(newer_format_is_refused_by_its_number),
        IN_FOLDER(newer_minor_format_is_read),
        IN_FOLDER(incomplete_file_is_refused),
        IN_FOLDER(file_without_its_signature_is_incomplete),
        IN_FOLDER(other_filetype_is_named),
        IN_FOLDER(file_cut_short_is_refused),
        IN_FOLDER(wrong_values_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
