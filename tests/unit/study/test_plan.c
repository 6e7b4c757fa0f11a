/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_plan.c - what a study consists of, and what it can't.
 */
#include "unit/outpost.h"

#include "observe/gauges.h"
#include "study/compute.h"
#include "study/plan.h"
#include "study/todo.h"

static struct iss_plan
plan_of(const struct iss_model *model, const char *const *series, int32_t count,
        int expected, char message[256])
{
    struct iss_plan plan;
    assert_int_equal(iss_plan_init(&plan, model, 5, series, count, message, 256),
                     expected);
    return plan;
}

static void
a_plan_has_the_columns_the_series_and_the_grid(void **state)
{
    struct iss_model *model = outpost_model(SET("study.grid=7"));
    char message[256];
    struct iss_plan plan = plan_of(model, NULL, -1, ISS_OK, message);
    const struct iss_study_info *info = &plan.info;

    (void)state;
    assert_int_equal(info->seed, 5);
    assert_string_equal(info->model_hash, model->hash);
    assert_int_equal(strlen(info->numerics), 16);
    assert_int_equal(info->metric_count, iss_metric_count(model));
    assert_string_equal(info->metrics[0].name, "crew_days");
    assert_string_equal(info->metrics[info->metric_count - 1].name, "occupied.annex_d");
    assert_int_equal(info->series_count, 2);
    assert_string_equal(info->series[0].name, "crew");
    assert_int_equal(info->series[0].bins, 7);
    assert_string_equal(info->series[1].name, "unsafe");
    assert_int_equal(info->grid_count, 8);
    assert_int_equal(info->grid_us[0], 0);
    assert_int_equal(info->grid_us[7], model->scenario.end_us);
    for (int64_t i = 0; i <= 7; i++) {
        assert_int_equal(info->grid_us[i], model->scenario.end_us * i / 7);
    }
    iss_plan_clear(&plan);
    iss_model_free(model);
}

static void
series_that_there_arent_are_refused_with_the_nearest(void **state)
{
    const char *const near[] = {"crew_lap"}, *const twice[] = {"crew", "crew"};
    struct iss_model *model = outpost_model(NULL);
    char message[256];

    (void)state;
    struct iss_plan plan = plan_of(model, near, 1, ISS_ERR_USAGE, message);
    assert_string_equal(message,
                        "no such series; got \"crew_lap\"; did you mean crew_lab?");
    iss_plan_clear(&plan);
    plan = plan_of(model, twice, 2, ISS_ERR_USAGE, message);
    assert_string_equal(message, "named twice; got \"crew\"");
    iss_plan_clear(&plan);
    iss_model_free(model);
}

static void
fans_that_would_fill_the_memory_are_refused(void **state)
{
    const char *const all[] = {"crew", "residents", "unsafe", "seats_safe"};
    struct iss_model *model = outpost_model(SET("study.grid=100000"));
    char message[256];

    (void)state;
    struct iss_plan plan = plan_of(model, all, 2, ISS_OK, message);
    iss_plan_clear(&plan);
    plan = plan_of(model, all, 4, ISS_ERR_USAGE, message);
    assert_string_equal(message, "with \"unsafe\" the fans need 8400084 bytes; allowed "
                                 "8388608; name fewer series, or make study.grid "
                                 "smaller (it is 100000)");
    iss_plan_clear(&plan);
    iss_model_free(model);
}

/* ---- the scenario's names ------------------------------------------------------ */

static void
check_says(const char *const *sets, const char *expected)
{
    struct iss_model *model = outpost_model(sets);
    struct iss_diag diag = {0};

    assert_int_equal(iss_plan_check(model, &diag),
                     *expected != '\0' ? ISS_ERR_SCENARIO : ISS_OK);
    assert_string_equal(diag.kept > 0 ? diag.entries[0].text : "", expected);
    iss_diag_clear(&diag);
    iss_model_free(model);
}

static void
names_of_the_scenario_are_checked_where_they_stand(void **state)
{
    (void)state;
    check_says(NULL, "");
    check_says(SET("study.series=['lifeboats', 'crew_core']"), "");
    check_says(SET("study.series=[]"), "");
    check_says(SET("study.precision=['crew_mean = 1 %']"), "");
    check_says(SET("study.series=['crew', 'dockd']"),
               "--set:1: study.series[1]: no such series; got \"dockd\"; did you mean "
               "docked?");
    check_says(SET("study.precision=['crew_meen=1%']"),
               "--set:1: study.precision[0]: no such metric; got \"crew_meen\"; did "
               "you mean crew_mean?");
    check_says(SET("study.precision=['crew_mean']"),
               "--set:1: study.precision[0]: must be METRIC=1 % or METRIC=0.002; got "
               "\"crew_mean\"");
}

static void
load_says(const char *setting, const char *expected)
{
    struct outpost outpost;
    outpost_load(&outpost, outpost_text, SET(setting));
    assert_int_equal(outpost.status, ISS_ERR_SCENARIO);
    assert_string_equal(outpost.diag.entries[0].text, expected);
    outpost_clear(&outpost);
}

static void
settings_that_are_no_study_are_refused(void **state)
{
    (void)state;
    load_says("study.confidence=1",
              "--set:1: study.confidence: must lie between 0 and 1, and be neither: no "
              "interval is sure, or surely wrong; got 1");
    load_says("study.confidence='0 %'",
              "--set:1: study.confidence: must lie between 0 and 1, and be neither: no "
              "interval is sure, or surely wrong; got 0");
    load_says("study.block=96", "--set:1: study.block: must divide 1024, as 1, 2, 4 "
                                "... 1024 do, or be 0; got 96");
    load_says("study.replications=0", "--set:1: study.replications: out of range; got "
                                      "0; allowed 1 to 9e+15");
    load_says("study.series='crew'", "--set:1: study.series: must be a list of texts; "
                                     "got \"crew\"; write [ \"a\", \"b\" ]");
}

static void
a_study_without_settings_has_the_defaults(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    const struct iss_study_plan *study = &model->study;

    (void)state;
    assert_int_equal(study->replications, 1000);
    assert_int_equal(study->max_replications, 1000000);
    assert_true(study->confidence.fixed == 0.95);
    assert_int_equal(study->precision.count, 0);
    assert_int_equal(study->grid, 120);
    assert_int_equal(study->block, 0);
    iss_model_free(model);
}

/* ---- series -------------------------------------------------------------------- */

static const char *const both[] = {"crew", "docked"};

/* The crew leaves at the stroke of day 100: that moment already sees them gone, the
 * one before doesn't; and so to the end, which is looked at too. */
static void
a_moment_sees_what_happens_in_it(void **state)
{
    struct iss_model *model = outpost_model(SET("study.grid=36"));
    char message[256];
    struct iss_plan plan = plan_of(model, both, 2, ISS_OK, message);
    struct iss_computer computer;
    struct iss_block block;

    (void)state;
    assert_int_equal(iss_computer_init(&computer, model, &plan.info), ISS_OK);
    assert_int_equal(iss_block_init(&block, &plan.info, 3), ISS_OK);
    block.count = 3;
    iss_computer_fill(&computer, &block);
    for (size_t at = 0; at <= 36; at++) {
        const uint32_t *crew = block.fans + at * 7,
                       *docked = block.fans + 37 * 7 + at * 4;
        assert_int_equal(crew[at < 10 ? 2 : 0], 3);
        assert_int_equal(docked[at < 10 ? 1 : 0], 3);
        assert_int_equal(computer.series.values[at], at < 10 ? 2 : 0);
    }
    iss_computer_fill(&computer, &block); /* the fans begin anew */
    assert_int_equal(block.fans[2], 3);
    iss_block_clear(&block);
    iss_computer_clear(&computer);
    iss_plan_clear(&plan);
    iss_model_free(model);
}

/* ---- blocks as bytes ----------------------------------------------------------- */

static void
a_block_survives_being_packed(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    char message[256];
    struct iss_plan plan = plan_of(model, both, 2, ISS_OK, message);
    const struct iss_study_info *info = &plan.info;
    struct iss_computer computer;
    struct iss_block block, back;

    (void)state;
    assert_int_equal(iss_computer_init(&computer, model, info), ISS_OK);
    assert_int_equal(iss_block_init(&block, info, 9), ISS_OK);
    assert_int_equal(iss_block_init(&back, info, 5), ISS_OK);
    block.first = UINT64_C(1) << 40;
    block.count = 5;
    iss_computer_fill(&computer, &block);
    size_t size = iss_block_packed_size(info, 5);
    char *bytes = malloc(size);
    assert_non_null(bytes);
    iss_block_pack(info, &block, bytes);
    assert_int_equal(iss_block_unpack(info, bytes, size, 5, &back), ISS_OK);
    assert_true(back.first == block.first && back.count == 5);
    assert_memory_equal(back.fingerprints, block.fingerprints, 5 * sizeof(uint64_t));
    assert_memory_equal(back.events, block.events, 5 * sizeof(uint64_t));
    assert_memory_equal(back.status, block.status, 5 * sizeof(int32_t));
    assert_memory_equal(back.metrics, block.metrics,
                        5 * (size_t)info->metric_count * sizeof(double));
    assert_memory_equal(back.fans, block.fans,
                        iss_study_fan_size(info) * sizeof(uint32_t));
    assert_int_equal(iss_block_unpack(info, bytes, size - 1, 5, &back), ISS_ERR_FORMAT);
    assert_int_equal(iss_block_unpack(info, bytes, 15, 5, &back), ISS_ERR_FORMAT);
    assert_int_equal(iss_block_unpack(info, bytes, size, 4, &back), ISS_ERR_FORMAT);
    free(bytes);
    iss_block_clear(&block);
    iss_block_clear(&back);
    iss_computer_clear(&computer);
    iss_plan_clear(&plan);
    iss_model_free(model);
}

/* ---- what is left to do -------------------------------------------------------- */

static void
blocks_end_at_multiples_and_at_what_is_done(void **state)
{
    const struct iss_range done[] = {{0, 10}, {100, 300}, {300, 310}, {2000, 9000}};
    const struct iss_range expected[] = {
        {10, 100}, {310, 512}, {512, 1024}, {1024, 1536}, {1536, 2000}};
    struct iss_todo todo = {
        .end = 3000, .shards = 1, .block = 512, .done = done, .done_count = 4};
    uint64_t first;
    uint32_t count;

    (void)state;
    assert_int_equal(iss_todo_rows(&todo), 90 + 1690);
    for (size_t i = 0; i < 5; i++) {
        assert_true(iss_todo_next(&todo, &first, &count));
        assert_int_equal(first, expected[i].first);
        assert_int_equal(first + count, expected[i].end);
    }
    assert_false(iss_todo_next(&todo, &first, &count));
    assert_int_equal(iss_todo_rows(&todo), 0);
}

static void
shards_take_units_in_turn(void **state)
{
    const struct iss_range done[] = {{1000, 1100}, {3500, 3600}};
    struct iss_todo todo = {.end = 4000,
                            .shard = 1,
                            .shards = 2,
                            .block = 1024,
                            .done = done,
                            .done_count = 2};
    const struct iss_range expected[] = {{1100, 2048}, {3072, 3500}, {3600, 4000}};
    uint64_t first;
    uint32_t count;

    (void)state;
    assert_int_equal(iss_todo_rows(&todo), 948 + 428 + 400);
    for (size_t i = 0; i < 3; i++) {
        assert_true(iss_todo_next(&todo, &first, &count));
        assert_int_equal(first, expected[i].first);
        assert_int_equal(first + count, expected[i].end);
    }
    assert_false(iss_todo_next(&todo, &first, &count));
    todo = (struct iss_todo){.end = UINT64_C(1) << 53, .shards = 3, .block = 1};
    assert_true(iss_todo_rows(&todo) > (UINT64_C(1) << 53) / 3 - 1024);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_has_the_columns_the_series_and_the_grid),
        cmocka_unit_test(series_that_there_arent_are_refused_with_the_nearest),
        cmocka_unit_test(fans_that_would_fill_the_memory_are_refused),
        cmocka_unit_test(names_of_the_scenario_are_checked_where_they_stand),
        cmocka_unit_test(settings_that_are_no_study_are_refused),
        cmocka_unit_test(a_study_without_settings_has_the_defaults),
        cmocka_unit_test(a_moment_sees_what_happens_in_it),
        cmocka_unit_test(a_block_survives_being_packed),
        cmocka_unit_test(blocks_end_at_multiples_and_at_what_is_done),
        cmocka_unit_test(shards_take_units_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
