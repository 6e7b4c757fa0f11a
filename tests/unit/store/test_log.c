/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_log.c - what was committed comes back, whatever happens to the file's end. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "store/log.h"

#include "unit/store/folder.h"
#include "unit/store/study_sample.h"

#define LOG "x.h5.log"

static char message[600];
static struct iss_study_info study;

static struct iss_log_study
described(void)
{
    return (struct iss_log_study){
        .info = &study, .message = message, .size = sizeof(message)};
}

static int
setup(void **state)
{
    study = study_of_sample();
    return folder_enter(state);
}

static struct iss_log *
create(void)
{
    struct iss_log_study mine = described();
    struct iss_log *log;

    unlink(LOG);
    if (iss_log_create(&log, LOG, &mine) != ISS_OK) {
        fail_msg("%s", message);
    }
    return log;
}

static int
resume(struct iss_log **log, struct iss_log_damage *damage)
{
    struct iss_log_study mine = described();

    return iss_log_resume(log, LOG, &mine, damage);
}

static struct iss_log *
resume_well(struct iss_log_damage *damage)
{
    struct iss_log *log;

    if (resume(&log, damage) != ISS_OK) {
        fail_msg("%s", message);
    }
    return log;
}

/* A sink that compares what it gets with what was committed. */
struct seen {
    struct iss_ranges rows;
    int blocks;
};

static int
see(void *self, const struct iss_block *block)
{
    struct seen *seen = self;
    struct iss_block wanted;
    size_t metrics = block->count * (size_t)study.metric_count;

    assert_int_equal(iss_block_init(&wanted, &study, block->count), ISS_OK);
    study_fill(&wanted, &study, block->first, block->count);
    assert_memory_equal(block->fingerprints, wanted.fingerprints, block->count * 8);
    assert_memory_equal(block->events, wanted.events, block->count * 8);
    assert_memory_equal(block->status, wanted.status, block->count * 4);
    assert_memory_equal(block->metrics, wanted.metrics, metrics * 8);
    assert_memory_equal(block->fans, wanted.fans, iss_study_fan_size(&study) * 4);
    iss_block_clear(&wanted);
    seen->blocks++;
    return iss_ranges_add(&seen->rows, block->first, block->first + block->count);
}

/* How many blocks the log gives, all of them as committed. */
static int
count_blocks(struct iss_log *log)
{
    struct seen seen = {0};
    const struct iss_sink sink = {&seen, see};

    assert_int_equal(iss_log_each(log, &sink), ISS_OK);
    assert_true(iss_ranges_equal(&seen.rows, iss_log_ranges(log)));
    iss_ranges_clear(&seen.rows);
    return seen.blocks;
}

static void
give(struct iss_log *log, uint64_t first, uint64_t end, uint32_t rows)
{
    const struct iss_sink sink = iss_log_sink(log);

    assert_int_equal(study_give(&study, first, end, rows, 1, &sink), ISS_OK);
}

static void
committed_blocks_come_back(void **state)
{
    struct iss_log_damage damage;
    struct iss_log *log = create();

    (void)state;
    give(log, 0, 300, 64);
    give(log, 1000, 1001, 64);
    assert_int_equal(count_blocks(log), 6);
    iss_log_close(log);
    log = resume_well(&damage);
    assert_string_equal(message, "");
    assert_int_equal(damage.dropped, 0);
    assert_int_equal(count_blocks(log), 6);
    assert_int_equal(iss_ranges_total(iss_log_ranges(log)), 301);
    give(log, 300, 1000, 1024);
    assert_int_equal(iss_log_ranges(log)->count, 1);
    iss_log_close(log);
    log = resume_well(&damage);
    assert_int_equal(count_blocks(log), 7);
    iss_log_remove(log);
    assert_int_equal(folder_entries(), 0);
}

/* A committed block survives the process: nothing waits in its memory. */
static void
blocks_are_in_the_file_once_committed(void **state)
{
    struct iss_log_damage damage;
    struct iss_log *log = create(), *copy;
    size_t size;
    char *bytes;
    int fd;

    (void)state;
    give(log, 0, 100, 10);
    bytes = folder_get(LOG, &size);
    iss_log_remove(log);
    fd = open(LOG, O_WRONLY | O_CREAT, 0666);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
    free(bytes);
    copy = resume_well(&damage);
    assert_int_equal(count_blocks(copy), 10);
    iss_log_remove(copy);
}

/* Lengths of the log after its head and after each of three blocks. */
static void
make_three(size_t ends[4])
{
    struct iss_log *log = create();
    struct stat info;

    for (uint64_t i = 0; i < 4; i++) {
        assert_int_equal(stat(LOG, &info), 0);
        ends[i] = (size_t)info.st_size;
        if (i < 3) {
            give(log, 10 * i, 10 * i + 10, 10);
        }
    }
    iss_log_close(log);
}

static void
put_bytes(const char *bytes, size_t size)
{
    int fd = open(LOG, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

static void
torn_tail_of_any_length_leaves_the_blocks_before(void **state)
{
    struct iss_log_damage damage;
    size_t ends[4], size;
    char *bytes;

    (void)state;
    make_three(ends);
    bytes = folder_get(LOG, &size);
    assert_int_equal(size, ends[3]);
    for (size_t length = 0; length <= size; length++) {
        struct iss_log *log;
        int whole = 0;

        put_bytes(bytes, length);
        while (whole < 3 && length >= ends[whole + 1]) {
            whole++;
        }
        log = resume_well(&damage);
        assert_int_equal(count_blocks(log), whole);
        assert_int_equal(damage.dropped, length < ends[0] ? 0 : length - ends[whole]);
        assert_int_equal(message[0] != '\0', damage.dropped > 0);
        /* It goes on as if nothing had happened. */
        give(log, 10 * (uint64_t)whole, 40, 10);
        iss_log_close(log);
        log = resume_well(&damage);
        assert_int_equal(count_blocks(log), 4);
        iss_log_remove(log);
    }
    free(bytes);
}

static void
flipped_byte_is_found_and_its_block_named(void **state)
{
    struct iss_log_damage damage;
    size_t ends[4], size;
    char *bytes;
    int named = 0;

    (void)state;
    make_three(ends);
    bytes = folder_get(LOG, &size);
    for (size_t at = ends[0]; at < size; at += 3) {
        struct iss_log *log;
        int block = at < ends[1] ? 0 : at < ends[2] ? 1 : 2;

        bytes[at] ^= 0x10;
        put_bytes(bytes, size);
        bytes[at] ^= 0x10;
        log = resume_well(&damage);
        assert_int_equal(count_blocks(log), block);
        assert_int_equal(damage.dropped, size - ends[block]);
        if (at >= ends[block] + 40) { /* not in its head */
            char name[64];

            snprintf(name, sizeof(name), "replications %d to %d is damaged", 10 * block,
                     10 * block + 9);
            assert_true(damage.known);
            assert_int_equal(damage.block.first, 10 * block);
            assert_int_equal(damage.block.end, 10 * block + 10);
            assert_non_null(strstr(message, name));
            named++;
        }
        iss_log_close(log);
    }
    assert_true(named > 300);
    free(bytes);
}

static void
flipped_byte_in_the_head_is_refused(void **state)
{
    struct iss_log_damage damage;
    size_t ends[4], size;
    char *bytes;
    int other = 0;

    (void)state;
    make_three(ends);
    bytes = folder_get(LOG, &size);
    for (size_t at = 0; at < ends[0]; at++) {
        struct iss_log *log;
        int status;

        bytes[at] ^= 0x10;
        put_bytes(bytes, size);
        bytes[at] ^= 0x10;
        status = resume(&log, &damage);
        if (status == ISS_OK) {
            iss_log_close(log); /* one of the zeros that fill the text up */
            other++;
            continue;
        }
        assert_true(status == ISS_ERR_FORMAT || status == ISS_ERR_MISMATCH);
        assert_non_null(strstr(message, LOG));
    }
    assert_true(other < 8);
    free(bytes);
}

/* Resuming with another study is refused, showing `there` and `here`. */
static void
refused(const char *there, const char *here)
{
    struct iss_log_damage damage;
    struct iss_log *log;
    size_t size, after;
    char *bytes = folder_get(LOG, &size), *later;

    assert_int_equal(resume(&log, &damage), ISS_ERR_MISMATCH);
    assert_null(log);
    if (strstr(message, there) == NULL || strstr(message, here) == NULL) {
        fail_msg("%s", message);
    }
    later = folder_get(LOG, &after);
    assert_int_equal(after, size);
    assert_memory_equal(bytes, later, size);
    assert_int_equal(folder_entries(), 1);
    free(bytes);
    free(later);
    study = study_of_sample();
}

static void
another_study_is_refused_and_both_are_shown(void **state)
{
    static const int64_t grid[SAMPLE_MOMENTS] = {0, 1, 2, 3, 4};
    struct iss_metric_info metrics[3];

    (void)state;
    iss_log_close(create());
    study.seed = 7;
    refused("seed 18446744073709551614 there", "7 here");
    study.version = "9.9.9";
    refused("version 0.1.0 there", "9.9.9 here");
    study.numerics = "fedcba9876543210";
    refused("numerics 0123456789abcdef there", "fedcba9876543210 here");
    study.model_hash = "ffee";
    refused("scenario 0011223344556677 there", "ffee here");
    study.metric_count = 2;
    refused("number of metrics 3 there", "2 here");
    memcpy(metrics, study_metrics, sizeof(metrics));
    metrics[1].name = "other";
    study.metrics = metrics;
    refused("metric stay.longest_d there", "other here");
    study.series_count = 1;
    refused("number of series 2 there", "1 here");
    study.grid_us = grid;
    refused("86400000000 there", "1 here");
    study.seed = 7;
    study.version = "9.9.9";
    refused("seed 18446744073709551614 there, 7 here; version", "9.9.9 here");
}

static void
another_shard_is_refused(void **state)
{
    struct iss_log_study mine = described();
    struct iss_log_damage damage;
    struct iss_log *log;

    (void)state;
    unlink(LOG);
    mine.shard = (struct iss_shard){7, 64};
    assert_int_equal(iss_log_create(&log, LOG, &mine), ISS_OK);
    iss_log_close(log);
    mine.shard.index = 8;
    assert_int_equal(iss_log_resume(&log, LOG, &mine, &damage), ISS_ERR_MISMATCH);
    assert_non_null(strstr(message, "7/64 there, 8/64 here"));
}

static void
same_rows_twice_are_refused_unless_identical(void **state)
{
    struct iss_log *log = create();
    struct iss_block block;
    struct stat before, after;

    (void)state;
    give(log, 0, 30, 10);
    assert_int_equal(stat(LOG, &before), 0);
    give(log, 10, 20, 10);
    assert_int_equal(stat(LOG, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    assert_int_equal(iss_block_init(&block, &study, 10), ISS_OK);
    study_fill(&block, &study, 10, 10);
    block.metrics[3] += 1.0;
    assert_int_equal(iss_log_commit(log, &block), ISS_ERR_OVERLAP);
    assert_non_null(strstr(message, "replications 10 to 19"));
    study_fill(&block, &study, 25, 10);
    assert_int_equal(iss_log_commit(log, &block), ISS_ERR_OVERLAP);
    assert_non_null(strstr(message, "replications 25 to 29"));
    assert_int_equal(count_blocks(log), 3);
    iss_block_clear(&block);
    iss_log_remove(log);
}

static void
one_process_at_a_time(void **state)
{
    struct iss_log_study mine = described();
    struct iss_log_damage damage;
    struct iss_log *log = create(), *other;

    (void)state;
    assert_int_equal(iss_log_resume(&other, LOG, &mine, &damage), ISS_ERR_LOCKED);
    assert_non_null(strstr(message, "is being written by process"));
    assert_int_equal(iss_log_create(&other, LOG, &mine), ISS_ERR_LOCKED);
    iss_log_close(log);
    assert_int_equal(iss_log_create(&other, LOG, &mine), ISS_ERR_EXISTS);
    unlink(LOG);
    assert_int_equal(resume(&other, &damage), ISS_ERR_NO_INPUT);
    assert_int_equal(folder_entries(), 0);
    folder_put(LOG, "no log at all, but a text that is long enough for a head");
    assert_int_equal(resume(&other, &damage), ISS_ERR_FORMAT);
    assert_int_equal(folder_entries(), 1);
}

/* Like a full disk: the file may not grow any more. */
static void
write_that_fails_is_taken_back(void **state)
{
    struct iss_log *log = create();
    struct iss_log_damage damage;
    struct rlimit before, small;
    struct iss_block block;
    struct stat info, after;

    (void)state;
    give(log, 0, 20, 10);
    assert_int_equal(stat(LOG, &info), 0);
    assert_int_equal(iss_block_init(&block, &study, 10), ISS_OK);
    study_fill(&block, &study, 20, 10);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){(rlim_t)info.st_size + 100, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(iss_log_commit(log, &block), ISS_ERR_WRITE);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_non_null(strstr(message, "x.h5.log: writing x.h5.log failed"));
    assert_int_equal(stat(LOG, &after), 0);
    assert_int_equal(after.st_size, info.st_size);
    assert_int_equal(iss_ranges_total(iss_log_ranges(log)), 20);
    /* With room again it goes on. */
    assert_int_equal(iss_log_commit(log, &block), ISS_OK);
    iss_block_clear(&block);
    iss_log_close(log);
    log = resume_well(&damage);
    assert_int_equal(damage.dropped, 0);
    assert_int_equal(count_blocks(log), 3);
    iss_log_remove(log);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(committed_blocks_come_back),
        cmocka_unit_test(blocks_are_in_the_file_once_committed),
        cmocka_unit_test(torn_tail_of_any_length_leaves_the_blocks_before),
        cmocka_unit_test(flipped_byte_is_found_and_its_block_named),
        cmocka_unit_test(flipped_byte_in_the_head_is_refused),
        cmocka_unit_test(another_study_is_refused_and_both_are_shown),
        cmocka_unit_test(another_shard_is_refused),
        cmocka_unit_test(same_rows_twice_are_refused_unless_identical),
        cmocka_unit_test(one_process_at_a_time),
        cmocka_unit_test(write_that_fails_is_taken_back),
    };

    return cmocka_run_group_tests(tests, setup, folder_leave);
}
