/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_threads_runner.c - whatever the threads, the blocks, the shards and what was
 * done before: the same rows.
 */
#include "unit/study/kept.h"

static struct iss_study_result
run_into(const struct iss_study_run *run)
{
    struct iss_study_result result;
    assert_int_equal(iss_study_run(run, &result), ISS_OK);
    return result;
}

static void
neither_threads_nor_blocks_change_a_bit(void **state)
{
    struct whole *whole = *state;
    const int32_t threads[] = {1, 2, 3, 7};
    const uint32_t blocks[] = {64, 1024};

    for (size_t t = 0; t < 4; t++) {
        for (size_t b = 0; b < 2; b++) {
            struct kept kept;
            kept_init(&kept, &whole->plan.info);
            struct iss_study_run run = whole_run(whole, &kept);
            run.threads = threads[t];
            run.block = blocks[b];
            struct iss_study_result result = run_into(&run);
            assert_int_equal(result.progress.done, KEPT_ROWS);
            assert_int_equal(result.progress.wanted, KEPT_ROWS);
            assert_int_equal(result.progress.failed, 0);
            assert_int_equal(result.end, KEPT_ROWS);
            assert_false(result.met || result.interrupted);
            assert_int_equal(kept.blocks, (KEPT_ROWS + blocks[b] - 1) / blocks[b]);
            assert_same_rows(&kept, &whole->kept);
            kept_clear(&kept);
        }
    }
}

/* Ranges with gaps between them, drawn by a small generator. */
static size_t
draw_ranges(uint64_t seed, struct iss_range *ranges, size_t room)
{
    uint64_t at = 0, x = seed;
    size_t count = 0;

    while (count < room) {
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t first = at + (x >> 33) % 700;
        uint64_t end = first + 1 + (x >> 45) % 900;
        if (end > KEPT_ROWS) {
            break;
        }
        ranges[count++] = (struct iss_range){first, end};
        at = end;
    }
    return count;
}

static void
resuming_computes_what_is_left_and_no_more(void **state)
{
    struct whole *whole = *state;

    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct iss_range done[16];
        struct kept kept;
        kept_init(&kept, &whole->plan.info);
        struct iss_study_run run = whole_run(whole, &kept);
        run.done = done;
        run.done_count = draw_ranges(seed, done, 16);
        run.threads = (int32_t)seed;
        run.block = seed % 2 ? 256 : 0;
        uint64_t before = 0;
        for (size_t i = 0; i < run.done_count; i++) {
            before += done[i].end - done[i].first;
        }
        assert_true(before > 0);
        struct iss_study_result result = run_into(&run);
        assert_int_equal(result.progress.wanted, KEPT_ROWS - before);
        assert_int_equal(result.progress.done, KEPT_ROWS - before);
        for (size_t i = 0; i < run.done_count; i++) {
            for (uint64_t row = done[i].first; row < done[i].end; row++) {
                assert_false(kept.have[row]);
            }
        }
        /* What is left gives, with what was done, the whole. */
        struct iss_range *left = calloc(run.done_count + 1, sizeof *left);
        for (size_t i = 0; i <= run.done_count; i++) {
            left[i].first = i == 0 ? 0 : done[i - 1].end;
            left[i].end = i == run.done_count ? KEPT_ROWS : done[i].first;
        }
        kept.next = 0;
        run.done = left;
        run.done_count++;
        assert_int_equal(run_into(&run).progress.done, before);
        assert_same_rows(&kept, &whole->kept);
        free(left);
        kept_clear(&kept);
    }
}

static void
shards_joined_are_the_whole(void **state)
{
    struct whole *whole = *state;

    for (uint32_t shards = 2; shards <= 5; shards++) {
        struct kept kept;
        uint64_t rows = 0;
        kept_init(&kept, &whole->plan.info);
        for (uint32_t shard = 0; shard < shards; shard++) {
            struct iss_study_run run = whole_run(whole, &kept);
            run.shard = shard;
            run.shards = shards;
            run.block = 512;
            kept.next = 0;
            struct iss_study_result result = run_into(&run);
            assert_int_equal(result.progress.done, result.progress.wanted);
            rows += result.progress.done;
        }
        assert_int_equal(rows, KEPT_ROWS);
        assert_same_rows(&kept, &whole->kept);
        kept_clear(&kept);
    }
}

/* ---- stopping ------------------------------------------------------------------ */

struct judge {
    const struct kept *whole;
    uint64_t seen; /* rows shown or recalled, in order */
    uint64_t enough, recalled;
    bool wrong;
};

static int
judge_show(void *self, const struct iss_block *block)
{
    struct judge *judge = self;
    judge->wrong |= block->first != judge->seen;
    for (uint32_t i = 0; i < block->count; i++) {
        judge->wrong |=
            block->fingerprints[i] != judge->whole->fingerprints[block->first + i];
    }
    judge->seen += block->count;
    return ISS_OK;
}

static int
judge_recall(void *self, uint64_t first, uint64_t end)
{
    struct judge *judge = self;
    judge->wrong |= first != judge->seen || end <= first;
    judge->seen = end;
    judge->recalled += end - first;
    return ISS_OK;
}

static bool
judge_met(void *self, uint64_t rows)
{
    struct judge *judge = self;
    judge->wrong |= rows != judge->seen || rows % ISS_STUDY_UNIT != 0;
    return rows >= judge->enough;
}

static void
precision_ends_at_the_first_boundary_whatever_the_threads(void **state)
{
    struct whole *whole = *state;

    for (int32_t threads = 1; threads <= 7; threads += 2) {
        struct judge judge = {.whole = &whole->kept, .enough = 1500};
        const struct iss_stopper stopper = {&judge, judge_show, judge_recall,
                                            judge_met};
        struct kept kept;
        kept_init(&kept, &whole->plan.info);
        struct iss_study_run run = whole_run(whole, &kept);
        run.threads = threads;
        run.block = threads % 4 == 1 ? 64 : 1024;
        run.stopper = &stopper;
        struct iss_study_result result = run_into(&run);
        assert_true(result.met);
        assert_int_equal(result.end, 2048);
        assert_int_equal(result.progress.done, 2048);
        assert_false(judge.wrong);
        assert_int_equal(kept.next, 2048);
        assert_memory_equal(kept.fingerprints, whole->kept.fingerprints,
                            2048 * sizeof *kept.fingerprints);
        kept_clear(&kept);
    }
}

static void
what_was_done_before_counts_for_precision(void **state)
{
    struct whole *whole = *state;
    const struct iss_range done[] = {{100, 900}, {1000, 2100}, {2900, 3000}};
    const struct {
        uint64_t enough, end, computed;
    } cases[] = {{500, 1024, 200}, {2048, 2048, 200}, {2049, 3000, 1000}};

    for (size_t i = 0; i < 3; i++) {
        struct judge judge = {.whole = &whole->kept, .enough = cases[i].enough};
        const struct iss_stopper stopper = {&judge, judge_show, judge_recall,
                                            judge_met};
        struct kept kept;
        kept_init(&kept, &whole->plan.info);
        struct iss_study_run run = whole_run(whole, &kept);
        run.done = done;
        run.done_count = 3;
        run.stopper = &stopper;
        run.block = 128;
        struct iss_study_result result = run_into(&run);
        assert_int_equal(result.end, cases[i].end);
        assert_int_equal(result.progress.done, cases[i].computed);
        assert_int_equal(result.met, cases[i].end < KEPT_ROWS);
        assert_int_equal(judge.seen, cases[i].end);
        assert_false(judge.wrong);
        kept_clear(&kept);
    }
}

static void
what_is_done_may_be_enough_without_computing(void **state)
{
    struct whole *whole = *state;
    const struct iss_range done[] = {{0, 2500}};
    struct judge judge = {.whole = &whole->kept, .enough = 1};
    const struct iss_stopper stopper = {&judge, judge_show, judge_recall, judge_met};
    struct kept kept;

    kept_init(&kept, &whole->plan.info);
    struct iss_study_run run = whole_run(whole, &kept);
    run.done = done;
    run.done_count = 1;
    run.stopper = &stopper;
    struct iss_study_result result = run_into(&run);
    assert_true(result.met);
    assert_int_equal(result.end, 1024);
    assert_int_equal(judge.recalled, 1024);
    assert_int_equal(kept.rows, 0);
    kept_clear(&kept);
}

static void
a_stopped_study_has_whole_blocks_without_gaps(void **state)
{
    struct whole *whole = *state;
    atomic_int stop;

    for (int32_t threads = 1; threads <= 3; threads++) {
        struct kept kept;
        atomic_init(&stop, 0);
        kept_init(&kept, &whole->plan.info);
        struct iss_study_run run = whole_run(whole, &kept);
        run.threads = threads;
        run.block = 64;
        run.stop = kept.stop = &stop;
        kept.stop_at = 5;
        struct iss_study_result result = run_into(&run);
        assert_true(result.interrupted);
        assert_int_equal(result.progress.done, kept.rows);
        assert_int_equal(kept.next, kept.rows);
        assert_int_equal(kept.rows % 64, 0);
        assert_in_range(kept.blocks, 5, 5 + 2 * (uint64_t)threads + 8);
        /* and goes on from there to the whole */
        struct iss_range done = {0, kept.next};
        run.stop = kept.stop = NULL;
        run.done = &done;
        run.done_count = 1;
        assert_false(run_into(&run).interrupted);
        assert_same_rows(&kept, &whole->kept);
        kept_clear(&kept);
    }
}

/* ---- trouble ------------------------------------------------------------------- */

static void
a_sink_that_fails_ends_the_study(void **state)
{
    struct whole *whole = *state;

    for (int32_t threads = 1; threads <= 3; threads++) {
        struct iss_study_result result;
        struct kept kept;
        kept_init(&kept, &whole->plan.info);
        kept.fail_at = 3;
        struct iss_study_run run = whole_run(whole, &kept);
        run.threads = threads;
        run.block = 64;
        assert_int_equal(iss_study_run(&run, &result), ISS_ERR_WRITE);
        assert_int_equal(kept.blocks, 3);
        assert_int_equal(result.progress.done, 3 * 64);
        assert_false(result.interrupted);
        kept_clear(&kept);
    }
}

static void
a_replication_that_fails_is_a_row_and_touches_no_other(void **state)
{
    struct whole *whole = *state, few;
    const char *const sets[] = {"scenario.max_events=150"};
    uint64_t failed = 0, fanned = 0;
    size_t metrics = (size_t)whole->plan.info.metric_count;

    whole_load(&few, sets, 1);
    struct iss_study_run run = whole_run(&few, &few.kept);
    struct iss_study_result result = run_into(&run);
    for (size_t i = 0; i < KEPT_ROWS; i++) {
        if (whole->kept.events[i] > 150) {
            failed++;
            assert_int_equal(few.kept.status[i], ISS_ERR_EVENT_LIMIT);
            assert_true(few.kept.metrics[i * metrics] != few.kept.metrics[i * metrics]);
            continue;
        }
        assert_int_equal(few.kept.status[i], ISS_OK);
        assert_int_equal(few.kept.fingerprints[i], whole->kept.fingerprints[i]);
        assert_memory_equal(few.kept.metrics + i * metrics,
                            whole->kept.metrics + i * metrics,
                            metrics * sizeof(double));
    }
    assert_in_range(failed, 100, KEPT_ROWS - 100);
    assert_int_equal(result.progress.failed, failed);
    for (int32_t bin = 0; bin < few.plan.info.series[0].bins; bin++) {
        fanned += few.kept.fans[bin];
    }
    assert_int_equal(fanned, KEPT_ROWS - failed);
    whole_clear(&few);
}

static void
a_run_that_makes_no_sense_is_refused(void **state)
{
    struct whole *whole = *state;
    const struct iss_range crossed[] = {{10, 20}, {15, 30}};
    struct judge judge = {.whole = &whole->kept};
    const struct iss_stopper stopper = {&judge, judge_show, judge_recall, judge_met};
    struct iss_study_result result;
    struct kept kept;

    kept_init(&kept, &whole->plan.info);
    const struct iss_study_run good = whole_run(whole, &kept);
    struct iss_study_run bad[] = {good, good, good, good, good};
    bad[0].block = 96;
    bad[1].shard = bad[1].shards = 3;
    bad[2].done = crossed;
    bad[2].done_count = 2;
    bad[3].shards = 2;
    bad[3].stopper = &stopper;
    bad[4].replications = (UINT64_C(1) << 53) + 1;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(iss_study_run(&bad[i], &result), ISS_ERR_USAGE);
    }
    assert_int_equal(kept.rows, 0);
    kept_clear(&kept);
}

static void
nothing_left_to_do_is_no_trouble(void **state)
{
    struct whole *whole = *state;
    const struct iss_range done[] = {{0, 5000}};
    struct kept kept;

    kept_init(&kept, &whole->plan.info);
    struct iss_study_run run = whole_run(whole, &kept);
    run.done = done;
    run.done_count = 1;
    assert_int_equal(run_into(&run).progress.wanted, 0);
    run.done_count = 0;
    run.replications = 0;
    assert_int_equal(run_into(&run).progress.done, 0);
    assert_int_equal(kept.rows, 0);
    kept_clear(&kept);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neither_threads_nor_blocks_change_a_bit),
        cmocka_unit_test(resuming_computes_what_is_left_and_no_more),
        cmocka_unit_test(shards_joined_are_the_whole),
        cmocka_unit_test(precision_ends_at_the_first_boundary_whatever_the_threads),
        cmocka_unit_test(what_was_done_before_counts_for_precision),
        cmocka_unit_test(what_is_done_may_be_enough_without_computing),
        cmocka_unit_test(a_stopped_study_has_whole_blocks_without_gaps),
        cmocka_unit_test(a_sink_that_fails_ends_the_study),
        cmocka_unit_test(a_replication_that_fails_is_a_row_and_touches_no_other),
        cmocka_unit_test(a_run_that_makes_no_sense_is_refused),
        cmocka_unit_test(nothing_left_to_do_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, whole_setup, whole_teardown);
}
