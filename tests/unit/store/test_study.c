/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study.c - rows become a file, come back, and are merged, with the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hdf5.h>

#include "store/study.h"
#include "store/study_read.h"

#include "unit/outcome/sample.h"
#include "unit/store/folder.h"
#include "unit/store/study_sample.h"

static char message[600];
static struct iss_study_info study;
static struct iss_outcome result;
static const struct iss_store_options reproducible = {.reproducible = true};

static int
setup(void **state)
{
    study = study_of_sample();
    return folder_enter(state) != 0 || study_result(&result) != 0 ? -1 : 0;
}

static int
teardown(void **state)
{
    iss_outcome_clear(&result);
    return folder_leave(state);
}

/* ---- making ------------------------------------------------------------------- */

/* Begin a file of the given ranges. */
static struct iss_study *
begin_ranges(const char *path, const struct iss_ranges *rows, uint64_t requested,
             struct iss_shard shard)
{
    const struct iss_study_extent plan = {
        .info = &study,
        .rows = rows,
        .requested = requested,
        .complete = shard.count > 0 || iss_ranges_total(rows) == requested,
        .shard = shard};
    struct iss_study *made;

    if (iss_study_create(&made, path, &plan, &result, &reproducible, message,
                         sizeof(message)) != ISS_OK) {
        fail_msg("%s", message);
    }
    return made;
}

static struct iss_study *
begin(const char *path, uint64_t rows)
{
    struct iss_ranges all = {0};
    struct iss_study *made;

    assert_int_equal(iss_ranges_add(&all, 0, rows), ISS_OK);
    made = begin_ranges(path, &all, rows, (struct iss_shard){0, 0});
    iss_ranges_clear(&all);
    return made;
}

static void
finish(struct iss_study *made)
{
    if (iss_study_finish(made, &result, NULL, 0) != ISS_OK) {
        fail_msg("%s", message);
    }
}

static void
make(const char *path, uint64_t rows, uint32_t block, int shuffle)
{
    struct iss_study *made = begin(path, rows);
    const struct iss_sink sink = iss_study_sink(made);

    if (study_give(&study, 0, rows, block, shuffle, &sink) != ISS_OK) {
        fail_msg("%s", message);
    }
    finish(made);
}

/* Shard `index` of `count`: every count-th block. */
static void
make_shard(const char *path, uint64_t rows, uint32_t block, struct iss_shard shard)
{
    struct iss_ranges mine = {0};
    struct iss_study *made;
    struct iss_sink sink;

    for (uint64_t at = shard.index * block; at < rows; at += shard.count * block) {
        assert_int_equal(
            iss_ranges_add(&mine, at, at + block < rows ? at + block : rows), ISS_OK);
    }
    made = begin_ranges(path, &mine, rows, shard);
    sink = iss_study_sink(made);
    for (size_t i = 0; i < mine.count; i++) {
        assert_int_equal(
            study_give(&study, mine.items[i].first, mine.items[i].end, 64, 0, &sink),
            ISS_OK);
    }
    finish(made);
    iss_ranges_clear(&mine);
}

static void
same_bytes(const char *a, const char *b)
{
    size_t size_a, size_b;
    char *bytes_a = folder_get(a, &size_a), *bytes_b = folder_get(b, &size_b);

    assert_non_null(bytes_a);
    assert_non_null(bytes_b);
    if (size_a != size_b || memcmp(bytes_a, bytes_b, size_a) != 0) {
        fail_msg("%s and %s differ", a, b);
    }
    free(bytes_a);
    free(bytes_b);
}

static struct iss_study_reader *
open_study(const char *path)
{
    struct iss_study_reader *reader;

    if (iss_study_open(&reader, path, message, sizeof(message)) != ISS_OK) {
        fail_msg("%s", message);
    }
    return reader;
}

/* ---- rows ---------------------------------------------------------------------- */

static void
blocks_change_no_byte(void **state)
{
    (void)state;
    make("a.h5", 5000, 1024, 0);
    make("b.h5", 5000, 64, 1);
    make("c.h5", 5000, 1024, 1);
    make("d.h5", 5000, 5000, 0);
    same_bytes("a.h5", "b.h5");
    same_bytes("a.h5", "c.h5");
    same_bytes("a.h5", "d.h5");
    assert_int_equal(folder_entries(), 4);
    for (char name[] = "a.h5"; name[0] <= 'd'; name[0]++) {
        unlink(name);
    }
}

/* Rows that come back are compared with the sample's, bit by bit. */
struct seen {
    struct iss_ranges rows;
    int64_t fans[SAMPLE_MOMENTS * 11];
};

static int
see(void *self, const struct iss_block *block)
{
    struct seen *seen = self;
    struct iss_block wanted;

    assert_int_equal(iss_block_init(&wanted, &study, block->count), ISS_OK);
    study_fill(&wanted, &study, block->first, block->count);
    assert_memory_equal(block->fingerprints, wanted.fingerprints, block->count * 8);
    assert_memory_equal(block->events, wanted.events, block->count * 8);
    assert_memory_equal(block->status, wanted.status, block->count * 4);
    assert_memory_equal(block->metrics, wanted.metrics, block->count * 3 * 8);
    for (size_t i = 0; i < iss_study_fan_size(&study); i++) {
        seen->fans[i] += block->fans[i];
    }
    iss_block_clear(&wanted);
    return iss_ranges_add(&seen->rows, block->first, block->first + block->count);
}

static void
check_rows(struct iss_study_reader *reader)
{
    const struct iss_study_facts *facts = iss_study_facts(reader);
    struct seen seen = {0};
    const struct iss_sink sink = {&seen, see};
    struct iss_ranges rows = {0};
    int64_t well = 0;

    assert_int_equal(iss_study_rows(reader, &sink), ISS_OK);
    assert_true(iss_ranges_equal(&seen.rows, &facts->rows));
    for (size_t i = 0; i < facts->rows.count; i++) {
        for (uint64_t r = facts->rows.items[i].first; r < facts->rows.items[i].end;
             r++) {
            well += study_status(r) == ISS_OK;
        }
    }
    for (int bin = 0; bin < 8; bin++) {
        well -= seen.fans[bin];
    }
    assert_int_equal(well, 0);
    assert_memory_equal(seen.fans, facts->fans, sizeof(seen.fans));
    iss_ranges_clear(&seen.rows);
    iss_ranges_clear(&rows);
}

static void
study_comes_back(void **state)
{
    struct iss_study_reader *reader;
    const struct iss_study_facts *facts;
    char differences[300];

    (void)state;
    make("x.h5", 3000, 256, 1);
    reader = open_study("x.h5");
    facts = iss_study_facts(reader);
    assert_true(facts->complete);
    assert_int_equal(facts->requested, 3000);
    assert_int_equal(facts->shard.count, 0);
    assert_string_equal(facts->origin.epoch, result.epoch);
    assert_string_equal(facts->origin.title, result.title);
    assert_string_equal(facts->origin.scenario_text, result.scenario_text);
    assert_int_equal(facts->info.seed, study.seed);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(facts->info.metrics[i].name, study_metrics[i].name);
        assert_string_equal(facts->info.metrics[i].units, study_metrics[i].units);
        assert_string_equal(facts->info.metrics[i].doc, study_metrics[i].doc);
    }
    for (int i = 0; i < 2; i++) {
        assert_string_equal(facts->info.series[i].units, study_series[i].units);
        assert_string_equal(facts->info.series[i].doc, study_series[i].doc);
    }
    /* The program's own version is the one that is written. */
    study.version = facts->info.version;
    assert_int_equal(
        iss_study_info_compare((struct iss_study_place){&study, "here"},
                               (struct iss_study_place){&facts->info, "there"},
                               differences, sizeof(differences)),
        ISS_OK);
    study = study_of_sample();
    check_rows(reader);
    check_rows(reader); /* as often as one likes */
    iss_study_close(reader);
    unlink("x.h5");
}

static void
columns_are_read_while_the_file_is_made(void **state)
{
    struct iss_study *made = begin("x.h5", 10000);
    const struct iss_sink sink = iss_study_sink(made);
    struct iss_column_source column;
    double values[5000];

    (void)state;
    assert_int_equal(study_give(&study, 0, 10000, 512, 1, &sink), ISS_OK);
    assert_int_equal(iss_study_column(made, "crew_mean", &column), ISS_OK);
    assert_int_equal(column.rows, 10000);
    assert_int_equal(column.read(column.self, 4321, 5000, values), ISS_OK);
    for (uint64_t i = 0; i < 5000; i++) {
        double wanted = study_metric(4321 + i, 0);
        assert_memory_equal(&values[i], &wanted, sizeof(wanted));
    }
    assert_int_equal(iss_study_column(made, "status", &column), ISS_OK);
    assert_int_equal(column.read(column.self, 0, 5000, values), ISS_OK);
    for (uint64_t i = 0; i < 5000; i++) {
        assert_int_equal(values[i] == 0.0, study_status(i) == ISS_OK);
    }
    assert_int_equal(iss_study_column(made, "no_such", &column), ISS_ERR_INVARIANT);
    assert_true(iss_study_fans(made)[0] > 0);
    iss_study_abandon(made);
    assert_int_equal(folder_entries(), 0);
}

static void
incomplete_study_has_its_rows_in_order(void **state)
{
    static const struct iss_range parts[] = {{0, 640}, {1024, 1100}, {5000, 5001}};
    struct iss_ranges rows = {0};
    struct iss_study_reader *reader;
    struct iss_study *made;
    struct iss_sink sink;

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(iss_ranges_add(&rows, parts[i].first, parts[i].end), ISS_OK);
    }
    made = begin_ranges("x.h5", &rows, 10000, (struct iss_shard){0, 0});
    sink = iss_study_sink(made);
    for (int i = 2; i >= 0; i--) {
        assert_int_equal(study_give(&study, parts[i].first, parts[i].end, 64, 1, &sink),
                         ISS_OK);
    }
    /* What isn't planned is passed over. */
    assert_int_equal(study_give(&study, 6000, 6100, 50, 0, &sink), ISS_OK);
    finish(made);
    reader = open_study("x.h5");
    assert_false(iss_study_facts(reader)->complete);
    assert_int_equal(iss_study_facts(reader)->requested, 10000);
    assert_true(iss_ranges_equal(&iss_study_facts(reader)->rows, &rows));
    check_rows(reader);
    iss_study_close(reader);
    iss_ranges_clear(&rows);
    unlink("x.h5");
}

static void
study_without_rows_or_series_is_a_file(void **state)
{
    struct iss_study_reader *reader;

    (void)state;
    make("x.h5", 0, 64, 0);
    reader = open_study("x.h5");
    assert_int_equal(iss_study_facts(reader)->rows.count, 0);
    assert_int_equal(iss_study_facts(reader)->info.metric_count, 3);
    check_rows(reader);
    iss_study_close(reader);
    unlink("x.h5");
    study.series_count = 0;
    make("x.h5", 100, 64, 0);
    study = study_of_sample();
    reader = open_study("x.h5");
    assert_int_equal(iss_study_facts(reader)->info.series_count, 0);
    iss_study_close(reader);
    unlink("x.h5");
}

static void
traces_stand_in_the_file(void **state)
{
    struct iss_study *made = begin("x.h5", 100);
    const struct iss_sink sink = iss_study_sink(made);
    struct iss_outcome traces[2] = {0};
    hid_t file, time;

    (void)state;
    assert_int_equal(study_give(&study, 0, 100, 64, 0, &sink), ISS_OK);
    sample_make(&traces[0], 10);
    sample_make(&traces[1], 5000);
    traces[1].replication = 1234567;
    if (iss_study_finish(made, &result, traces, 2) != ISS_OK) {
        fail_msg("%s", message);
    }
    file = H5Fopen("x.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    time = H5Dopen2(file, "/traces/r1234567/events/time", H5P_DEFAULT);
    assert_true(time >= 0);
    assert_true(H5Lexists(file, "/traces/r000003/state", H5P_DEFAULT) > 0);
    H5Dclose(time);
    H5Fclose(file);
    iss_outcome_clear(&traces[0]);
    iss_outcome_clear(&traces[1]);
    unlink("x.h5");
}

/* ---- refusals ------------------------------------------------------------------ */

static void
rows_twice_missing_or_cut_in_two_are_refused(void **state)
{
    struct iss_study *made = begin("x.h5", 1000);
    const struct iss_sink sink = iss_study_sink(made);

    (void)state;
    assert_int_equal(study_give(&study, 0, 500, 100, 0, &sink), ISS_OK);
    assert_int_equal(study_give(&study, 450, 550, 100, 0, &sink), ISS_ERR_OVERLAP);
    assert_non_null(strstr(message, "replications 450 to 499 are there twice"));
    assert_int_equal(study_give(&study, 950, 1050, 100, 0, &sink), ISS_ERR_INVARIANT);
    assert_non_null(strstr(message, "950 to 1049"));
    assert_int_equal(study_give(&study, 600, 1000, 100, 0, &sink), ISS_OK);
    assert_int_equal(iss_study_finish(made, &result, NULL, 0), ISS_ERR_GAP);
    assert_non_null(strstr(message, "replications 500 to 599 are missing"));
    assert_int_equal(folder_entries(), 0);
}

static void
status_that_is_none_is_refused(void **state)
{
    struct iss_study *made = begin("x.h5", 10);
    struct iss_block block;

    (void)state;
    assert_int_equal(iss_block_init(&block, &study, 10), ISS_OK);
    study_fill(&block, &study, 0, 10);
    block.status[3] = -9999;
    assert_int_equal(iss_study_put(made, &block), ISS_ERR_INVARIANT);
    assert_non_null(strstr(message, "status"));
    iss_block_clear(&block);
    iss_study_abandon(made);
    assert_int_equal(folder_entries(), 0);
}

static int
try_create(const char *path, const struct iss_store_options *options)
{
    struct iss_ranges rows = {0};
    const struct iss_study_extent plan = {.info = &study, .rows = &rows};
    struct iss_study *made;
    int status = iss_study_create(&made, path, &plan, &result, options, message,
                                  sizeof(message));

    if (status == ISS_OK) {
        iss_study_abandon(made);
    }
    return status;
}

static void
what_is_there_stays_there(void **state)
{
    static const struct iss_metric_info clash[] = {
        {"status", "1", "x", ISS_METRIC_REAL}};
    static const struct iss_store_options force = {.force = true};
    struct iss_study *made;

    (void)state;
    folder_put("x.h5", "precious");
    assert_int_equal(try_create("x.h5", &reproducible), ISS_ERR_EXISTS);
    assert_int_equal(try_create("x.h5", &force), ISS_OK);
    assert_true(folder_holds("x.h5", "precious"));
    unlink("x.h5");
    made = begin("x.h5", 10);
    assert_int_equal(try_create("x.h5", &force), ISS_ERR_LOCKED);
    iss_study_abandon(made);
    assert_int_equal(try_create("no/such/folder.h5", &force), ISS_ERR_CREATE);
    study.metrics = clash;
    study.metric_count = 1;
    assert_int_equal(try_create("x.h5", &force), ISS_ERR_INVARIANT);
    study = study_of_sample();
    assert_int_equal(folder_entries(), 0);
}

static void
other_files_are_no_studies(void **state)
{
    const struct iss_store_options options = {.force = true};
    struct iss_outcome run = {0};
    struct iss_study_reader *reader;
    char *bytes;
    size_t size;

    (void)state;
    assert_int_equal(iss_study_open(&reader, "x.h5", message, sizeof(message)),
                     ISS_ERR_NO_INPUT);
    folder_put("x.h5", "text");
    assert_int_equal(iss_study_open(&reader, "x.h5", message, sizeof(message)),
                     ISS_ERR_FORMAT);
    sample_make(&run, 10);
    assert_int_equal(iss_store_write("x.h5", &run, &options, message, sizeof(message)),
                     ISS_OK);
    iss_outcome_clear(&run);
    assert_int_equal(iss_study_open(&reader, "x.h5", message, sizeof(message)),
                     ISS_ERR_FORMAT);
    assert_non_null(strstr(message, "holds isssim/run; a study (isssim/mc) is needed"));
    unlink("x.h5");
    make("x.h5", 3000, 256, 1);
    bytes = folder_get("x.h5", &size);
    assert_int_equal(truncate("x.h5", (off_t)size - 1000), 0);
    assert_int_equal(iss_study_open(&reader, "x.h5", message, sizeof(message)),
                     ISS_ERR_FORMAT);
    assert_null(reader);
    free(bytes);
    unlink("x.h5");
}

/* ---- merging ------------------------------------------------------------------- */

#define SHARDS 3

static const char *const shard_names[SHARDS] = {"s0.h5", "s1.h5", "s2.h5"};

static int
check_merge(const char *const *names, size_t count, struct iss_ranges *rows)
{
    struct iss_study_reader *readers[4] = {NULL};
    int status;

    for (size_t i = 0; i < count; i++) {
        readers[i] = open_study(names[i]);
    }
    status = iss_study_merge_check(readers, count, rows, message, sizeof(message));
    for (size_t i = 0; i < count; i++) {
        iss_study_close(readers[i]);
    }
    return status;
}

static void
merged_shards_are_the_study(void **state)
{
    struct iss_ranges rows = {0};
    struct iss_study *made;
    struct iss_sink sink;

    (void)state;
    make("whole.h5", 5000, 1024, 0);
    for (uint32_t i = 0; i < SHARDS; i++) {
        make_shard(shard_names[i], 5000, 256, (struct iss_shard){i, SHARDS});
    }
    assert_int_equal(check_merge(shard_names, SHARDS, &rows), ISS_OK);
    made = begin_ranges("merged.h5", &rows, 5000, (struct iss_shard){0, 0});
    sink = iss_study_sink(made);
    for (int i = SHARDS - 1; i >= 0; i--) {
        struct iss_study_reader *reader = open_study(shard_names[i]);

        assert_int_equal(iss_study_facts(reader)->shard.index, i);
        assert_int_equal(iss_study_rows(reader, &sink), ISS_OK);
        iss_study_close(reader);
    }
    finish(made);
    same_bytes("whole.h5", "merged.h5");
    iss_ranges_clear(&rows);
    unlink("merged.h5");
}

static void
missing_and_repeated_shards_are_named(void **state)
{
    const char *const twice[] = {"s0.h5", "s1.h5", "s2.h5", "whole.h5"};
    const char *const two[] = {"s0.h5", "s2.h5"};
    struct iss_ranges rows = {0};

    (void)state;
    assert_int_equal(check_merge(two, 2, &rows), ISS_ERR_GAP);
    assert_non_null(strstr(message, "first 256 to 511"));
    assert_non_null(strstr(message, "there is no file of shard 2/3"));
    iss_ranges_clear(&rows);
    assert_int_equal(check_merge(twice, 4, &rows), ISS_ERR_OVERLAP);
    assert_non_null(
        strstr(message, "whole.h5: replications 0 to 4999 are in s0.h5, too"));
    iss_ranges_clear(&rows);
}

static void
shards_of_other_studies_are_refused(void **state)
{
    const char *const names[] = {"s0.h5", "other.h5"};
    struct iss_ranges rows = {0};

    (void)state;
    study.metric_count = 2;
    result.seed = 5;
    result.model_hash = "ffee";
    make_shard("other.h5", 5000, 256, (struct iss_shard){1, SHARDS});
    study = study_of_sample();
    result.seed = study.seed;
    result.model_hash = study.model_hash;
    assert_int_equal(check_merge(names, 2, &rows), ISS_ERR_MISMATCH);
    assert_non_null(
        strstr(message, "scenario 0011223344556677 in s0.h5, ffee in other"));
    assert_non_null(
        strstr(message, "seed 18446744073709551614 in s0.h5, 5 in other.h5"));
    iss_ranges_clear(&rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_change_no_byte),
        cmocka_unit_test(study_comes_back),
        cmocka_unit_test(columns_are_read_while_the_file_is_made),
        cmocka_unit_test(incomplete_study_has_its_rows_in_order),
        cmocka_unit_test(study_without_rows_or_series_is_a_file),
        cmocka_unit_test(traces_stand_in_the_file),
        cmocka_unit_test(rows_twice_missing_or_cut_in_two_are_refused),
        cmocka_unit_test(status_that_is_none_is_refused),
        cmocka_unit_test(what_is_there_stays_there),
        cmocka_unit_test(other_files_are_no_studies),
        cmocka_unit_test(merged_shards_are_the_study),
        cmocka_unit_test(missing_and_repeated_shards_are_named),
        cmocka_unit_test(shards_of_other_studies_are_refused),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
