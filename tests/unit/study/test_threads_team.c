/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_threads_team.c - a study on many ranks gives the rows of one; here the ranks are
 * threads, and their messages lie in boxes.
 */
#include <pthread.h>

#include "study/team.h"
#include "unit/study/kept.h"

/* ---- ranks as threads ---------------------------------------------------------- */

enum { RANKS = 4, LETTERS = 64 };

struct letter {
    int32_t from;
    size_t size;
    char *bytes;
};

struct box {
    pthread_mutex_t lock;
    struct letter letters[LETTERS];
    size_t first, count;
};

struct office {
    struct box boxes[RANKS];
    int32_t ranks;
};

struct rank {
    struct office *office;
    struct iss_remote remote;
    struct iss_study_run run;
    struct iss_study_result result;
    int status;
    char message[512];
};

static int
post(void *self, int32_t to, const void *bytes, size_t size)
{
    struct rank *rank = self;
    struct box *box = &rank->office->boxes[to];
    struct letter letter = {rank->remote.rank, size, malloc(size)};

    if (letter.bytes == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    memcpy(letter.bytes, bytes, size);
    pthread_mutex_lock(&box->lock);
    bool fits = box->count < LETTERS;
    if (fits) {
        box->letters[(box->first + box->count++) % LETTERS] = letter;
    }
    pthread_mutex_unlock(&box->lock);
    if (!fits) {
        free(letter.bytes);
    }
    return fits ? ISS_OK : ISS_ERR_REMOTE;
}

static int
collect(void *self, int32_t *from, void *bytes, size_t room, size_t *size)
{
    struct rank *rank = self;
    struct box *box = &rank->office->boxes[rank->remote.rank];
    struct letter letter = {0};

    pthread_mutex_lock(&box->lock);
    if (box->count > 0) {
        letter = box->letters[box->first];
        box->first = (box->first + 1) % LETTERS;
        box->count--;
    }
    pthread_mutex_unlock(&box->lock);
    *size = letter.size;
    *from = letter.from;
    int status = letter.size > room ? ISS_ERR_REMOTE : ISS_OK;
    if (letter.bytes != NULL && status == ISS_OK) {
        memcpy(bytes, letter.bytes, letter.size);
    }
    free(letter.bytes);
    return status;
}

static void *
run_rank(void *argument)
{
    struct rank *rank = argument;
    rank->status = iss_team_run(&rank->run, &rank->remote, &rank->result, rank->message,
                                sizeof rank->message);
    return NULL;
}

/* Rank 0 runs `run`; the others the same with their own info. */
static void
run_ranks(struct rank *ranks, int32_t count, const struct iss_study_run *run,
          const struct iss_study_info *const *infos)
{
    struct office office = {.ranks = count};
    pthread_t threads[RANKS];

    for (int32_t i = 0; i < count; i++) {
        pthread_mutex_init(&office.boxes[i].lock, NULL);
        ranks[i] = (struct rank){.office = &office, .run = *run};
        ranks[i].remote = (struct iss_remote){i, count, &ranks[i], post, collect, NULL};
        if (infos != NULL) {
            ranks[i].run.info = infos[i];
        }
    }
    for (int32_t i = 1; i < count; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run_rank, &ranks[i]), 0);
    }
    run_rank(&ranks[0]);
    for (int32_t i = 1; i < count; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(office.boxes[i].count, 0);
    }
    assert_int_equal(office.boxes[0].count, 0);
}

/* ---- tests --------------------------------------------------------------------- */

static void
any_number_of_ranks_gives_the_same_rows(void **state)
{
    struct whole *whole = *state;

    for (int32_t count = 1; count <= RANKS; count++) {
        struct rank ranks[RANKS];
        struct kept kept;
        kept_init(&kept, &whole->plan.info);
        struct iss_study_run run = whole_run(whole, &kept);
        run.threads = 1;
        run.block = count % 2 ? 64 : 0;
        run_ranks(ranks, count, &run, NULL);
        for (int32_t i = 0; i < count; i++) {
            assert_int_equal(ranks[i].status, ISS_OK);
        }
        assert_int_equal(ranks[0].result.progress.done, KEPT_ROWS);
        assert_int_equal(ranks[0].result.threads, count);
        assert_same_rows(&kept, &whole->kept);
        kept_clear(&kept);
    }
}

static int
show(void *self, const struct iss_block *block)
{
    (void)self;
    (void)block;
    return ISS_OK;
}

static int
recall(void *self, uint64_t first, uint64_t end)
{
    *(uint64_t *)self += end - first;
    return ISS_OK;
}

static bool
met(void *self, uint64_t rows)
{
    (void)self;
    return rows >= 2000;
}

static void
resume_and_precision_work_as_on_one_machine(void **state)
{
    struct whole *whole = *state;
    const struct iss_range done[] = {{50, 700}, {1000, 1500}};
    uint64_t recalled = 0;
    const struct iss_stopper stopper = {&recalled, show, recall, met};
    struct rank ranks[RANKS];
    struct kept kept;

    kept_init(&kept, &whole->plan.info);
    struct iss_study_run run = whole_run(whole, &kept);
    run.threads = 1;
    run.done = done;
    run.done_count = 2;
    run.stopper = &stopper;
    run.block = 32;
    run_ranks(ranks, 3, &run, NULL);
    assert_int_equal(ranks[0].status, ISS_OK);
    assert_true(ranks[0].result.met);
    assert_int_equal(ranks[0].result.end, 2048);
    assert_int_equal(kept.rows, 2048 - 650 - 500);
    assert_int_equal(recalled, 650 + 500);
    kept_clear(&kept);
}

static void
a_stop_or_a_full_disk_dismisses_everyone(void **state)
{
    struct whole *whole = *state;
    struct rank ranks[RANKS];
    atomic_int stop;
    struct kept kept;

    atomic_init(&stop, 0);
    kept_init(&kept, &whole->plan.info);
    struct iss_study_run run = whole_run(whole, &kept);
    run.threads = 1;
    run.block = 32;
    run.stop = kept.stop = &stop;
    kept.stop_at = 3;
    run_ranks(ranks, 3, &run, NULL);
    assert_int_equal(ranks[0].status, ISS_OK);
    assert_true(ranks[0].result.interrupted);
    assert_int_equal(kept.next, kept.rows);
    assert_in_range(kept.rows, 96, KEPT_ROWS - 1);

    run.stop = kept.stop = NULL;
    kept.next = 0;
    kept.fail_at = kept.blocks + 2;
    run_ranks(ranks, 3, &run, NULL);
    assert_int_equal(ranks[0].status, ISS_ERR_WRITE);
    assert_int_equal(ranks[1].status, ISS_OK);
    assert_int_equal(ranks[0].result.progress.done, 64);
    kept_clear(&kept);
}

static void
ranks_that_would_compute_something_else_are_refused(void **state)
{
    struct whole *whole = *state;
    struct iss_study_info other = whole->plan.info;
    const struct iss_study_info *infos[] = {&whole->plan.info, &whole->plan.info,
                                            &other};
    struct rank ranks[RANKS];
    struct kept kept;

    kept_init(&kept, &whole->plan.info);
    struct iss_study_run run = whole_run(whole, &kept);
    run.threads = 1;
    other.numerics = "0123456789abcdef";
    run_ranks(ranks, 3, &run, infos);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ranks[i].status, ISS_ERR_MISMATCH);
        assert_non_null(strstr(ranks[i].message, "rank 2 has another arithmetic: "
                                                 "0123456789abcdef, and rank 0 has "));
        assert_non_null(strstr(ranks[i].message, whole->plan.info.numerics));
    }
    other = whole->plan.info;
    other.seed++;
    run_ranks(ranks, 3, &run, infos);
    assert_string_equal(ranks[1].message,
                        "rank 2 has another seed: 8, and rank 0 has 7");
    other = whole->plan.info;
    other.series_count--;
    run_ranks(ranks, 3, &run, infos);
    assert_int_equal(ranks[0].status, ISS_ERR_MISMATCH);
    other = whole->plan.info;
    other.model_hash = "another";
    run_ranks(ranks, 3, &run, infos);
    assert_int_equal(ranks[2].status, ISS_ERR_MISMATCH);
    assert_int_equal(kept.rows, 0);
    kept_clear(&kept);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_ranks_gives_the_same_rows),
        cmocka_unit_test(resume_and_precision_work_as_on_one_machine),
        cmocka_unit_test(a_stop_or_a_full_disk_dismisses_everyone),
        cmocka_unit_test(ranks_that_would_compute_something_else_are_refused),
    };
    return cmocka_run_group_tests(tests, whole_setup, whole_teardown);
}
