/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_trace.c - a model, a worker and a traced replication without memory at the first
 * allocation, the second, ... until none fails: each time that is told, nothing leaks,
 * and the next attempt succeeds.
 */
#include "unit/outpost.h"

#include "fault/scarce.h"
#include "study/traces.h"

void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *
__wrap_realloc(void *memory, size_t size)
{
    return ++allocations == failing ? NULL : __real_realloc(memory, size);
}

#define BUSY                                                                           \
    SET("flights.Second={vehicle='capsule'; launch=@90; undock=@200; "                 \
        "crew=['chen','dana']; relieves='First';}",                                    \
        "events.the_leak={at=@20; what='failure'; failure='leak'; flight='First';}",   \
        "vehicles.capsule.docking_success=0.0001", "scenario.end=@4000")

/* A replication with thousands of events, so that every table has to grow. */
static int
run_traced(const struct iss_model *model, struct iss_outcome *outcome)
{
    double metrics[256];
    struct iss_row row = {.metrics = metrics};
    int status = iss_traces_run(model, 1, 0, outcome, &row);

    if (status == ISS_OK) {
        assert_int_equal(row.status, status);
    }
    return status;
}

/* Fail each allocation of a run whose outcome begins with `filler` bytes, which move
 * the ends of the arena's blocks to other pieces. */
static long
fail_each(const struct iss_model *model, size_t filler)
{
    long number = 0;
    int status;

    do {
        struct iss_outcome outcome = {0};
        assert_non_null(iss_arena_alloc(&outcome.arena, filler));
        arm(++number);
        status = run_traced(model, &outcome);
        long made = allocations;
        arm(0);
        if (status == ISS_OK && made >= number) {
            fail_msg("filler %zu, allocation %ld failed and nobody noticed", filler,
                     number);
        }
        assert_true(status == ISS_OK || status == ISS_ERR_NO_MEMORY);
        if (status == ISS_OK) {
            const char *problem = iss_outcome_problem(&outcome);
            assert_string_equal(problem ? problem : "", "");
        }
        iss_outcome_clear(&outcome);
    } while (status != ISS_OK);
    return number - 1;
}

static void
a_trace_without_memory_says_so(void **state)
{
    struct iss_model *model = outpost_model(BUSY);

    (void)state;
    long allocated = fail_each(model, 16);
    print_message("%ld allocations\n", allocated);
    assert_true(allocated > 10);
    iss_model_free(model);
}

/* A short mission's tables grow little, and every text is copied at a block's end once.
 */
static void
wherever_a_block_ends_a_trace_without_memory_says_so(void **state)
{
    struct iss_model *model = outpost_model(SET("scenario.end=@40"));

    (void)state;
    for (size_t filler = 16; filler <= 2048; filler += 16) {
        assert_true(fail_each(model, filler) > 5);
    }
    iss_model_free(model);
}

/* Load the scenario in the working folder, failing each allocation in turn; `set` moves
 * the ends of the model's blocks. */
static long
fail_each_of_load(const char *set)
{
    const struct iss_model_options options = {.overrides = &set, .override_count = 1};
    long number = 0;
    int status;

    do {
        struct iss_model *model = NULL;
        struct iss_diag diag = {0};
        arm(++number);
        status = iss_model_load("s.cfg", &options, &diag, &model);
        long made = allocations;
        arm(0);
        if (status == ISS_OK && made >= number) {
            fail_msg("allocation %ld failed and nobody noticed", number);
        }
        if (status != ISS_OK && status != ISS_ERR_NO_MEMORY) {
            fail_msg("allocation %ld: %s: %s", number, iss_status_text(status),
                     diag.kept > 0 ? diag.entries[0].text : "");
        }
        assert_true((status == ISS_OK) == (model != NULL));
        iss_model_free(model);
        iss_diag_clear(&diag);
    } while (status != ISS_OK);
    return number - 1;
}

static void
a_model_without_memory_says_so(void **state)
{
    char folder[] = "/tmp/iss_fault_XXXXXX", *text = outpost_spell(outpost_text);
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    file = fopen("s.cfg", "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    for (int dates = 0; dates < 40; dates++) {
        /* a list of dates takes 8 bytes each in the model */
        char set[2048] = "lines.yard={ready=[";
        for (int i = 0; i < dates; i++) {
            strcat(strcat(set, i ? "," : ""), "\"2030-02-01Z\",\"2030-02-01Z\"");
        }
        strcat(set, "];}");
        assert_true(fail_each_of_load(set) > 10);
    }
    assert_int_equal(unlink("s.cfg"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_without_memory_says_so),
        cmocka_unit_test(wherever_a_block_ends_a_trace_without_memory_says_so),
        cmocka_unit_test(a_model_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
