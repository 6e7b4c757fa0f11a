/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/kernel/near.h"

#include "study/precision.h"
#include "unit/study/columns.h"

enum { ROWS = 4 * ISS_STUDY_UNIT };

/* A mean of 10 with a standard deviation near 1; a quarter of yes. */
static double
number(uint64_t row)
{
    return 10 + ((double)(row * 7919 % 1000) - 499.5) / 288.7;
}

static double
yes(uint64_t row)
{
    return row % 4 == 3;
}

static const struct iss_precision_target a_mean = {
    .metric = 0, .half_width = 0.035, .confidence = 0.95};
static const struct iss_precision_target a_proportion = {
    .metric = 1, .proportion = true, .half_width = 0.02, .confidence = 0.95};

static void
show(struct iss_precision *precision, uint64_t rows)
{
    for (uint64_t i = 0; i < rows; i++) {
        double metrics[] = {number(precision->rows), yes(precision->rows)};
        iss_precision_add(precision, metrics);
    }
}

/* Show rows until the targets are met, and say how many; 0 for not within ROWS. */
static uint64_t
rows_until_met(const struct iss_precision_target *targets, int32_t count)
{
    struct iss_precision precision;
    uint64_t met = 0;

    assert_int_equal(iss_precision_init(&precision, targets, count), ISS_OK);
    while (precision.rows < ROWS && met == 0) {
        show(&precision, 1);
        met = iss_precision_met(&precision) ? precision.rows : 0;
    }
    iss_precision_clear(&precision);
    return met;
}

static void
a_mean_is_met_at_the_first_check_where_it_is_narrow(void **state)
{
    struct iss_precision_target target = a_mean;

    (void)state;
    /* 1.96 / sqrt(n): 0.0613 at 1024, 0.0433 at 2048, 0.0354 and 0.0306 */
    assert_int_equal(rows_until_met(&target, 1), 4096);
    target.half_width = 0.0437;
    assert_int_equal(rows_until_met(&target, 1), 2048);
    target.half_width = 5;
    assert_int_equal(rows_until_met(&target, 1), ISS_STUDY_UNIT);
    target.half_width = 0.03;
    assert_int_equal(rows_until_met(&target, 1), 0);
    target.relative = true;
    target.half_width = 0.00437; /* of 10 */
    assert_int_equal(rows_until_met(&target, 1), 2048);
}

static void
all_targets_must_be_met_at_once(void **state)
{
    const struct iss_precision_target targets[] = {a_mean, a_proportion};

    (void)state;
    /* 1.96 sqrt(0.1875 / n): 0.0265 at 1024, 0.0188 at 2048 */
    assert_int_equal(rows_until_met(&targets[1], 1), 2048);
    assert_int_equal(rows_until_met(targets, 2), 4096);
    assert_int_equal(rows_until_met(targets, 0), 0);
}

static void
a_sequence_asks_for_more(void **state)
{
    struct iss_precision_target target = a_proportion;
    struct iss_precision precision;

    (void)state;
    target.sequence = true;
    assert_int_equal(rows_until_met(&target, 1), 0);
    target.half_width = 0.04;
    assert_int_equal(rows_until_met(&target, 1), 2048);
    assert_int_equal(iss_precision_init(&precision, &target, 1), ISS_OK);
    show(&precision, 1024);
    struct iss_precision_state now = iss_precision_now(&precision, 0);
    struct iss_interval expected = iss_interval_sequence(256, 1024, 0.95, 0.5, 0.5);
    assert_near(now.interval.low, expected.low, 0);
    assert_near(now.interval.high, expected.high, 0);
    assert_near(now.estimate, 0.25, 0);
    iss_precision_clear(&precision);
}

static void
rare_happenings_are_waited_for(void **state)
{
    struct iss_precision_target targets[] = {
        {.metric = 0, .proportion = true, .half_width = 0.5, .confidence = 0.95},
        {.metric = 0, .half_width = 1e9, .confidence = 0.95}};

    (void)state;
    for (int form = 0; form < 2; form++) {
        for (uint64_t events = 29; events <= 30; events++) {
            struct iss_precision precision;
            assert_int_equal(iss_precision_init(&precision, &targets[form], 1), ISS_OK);
            for (uint64_t i = 0; i < ISS_STUDY_UNIT; i++) {
                double value = i < events;
                iss_precision_add(&precision, &value);
            }
            assert_int_equal(iss_precision_met(&precision), events == 30);
            iss_precision_clear(&precision);
        }
    }
}

static void
what_nearly_always_happens_is_waited_for_as_well(void **state)
{
    struct iss_precision_target target = a_proportion;
    struct iss_precision precision;
    double value;

    (void)state;
    target.metric = 0;
    assert_int_equal(iss_precision_init(&precision, &target, 1), ISS_OK);
    for (uint64_t i = 0; i < ISS_STUDY_UNIT; i++) {
        value = i >= 29;
        iss_precision_add(&precision, &value);
    }
    assert_false(iss_precision_met(&precision));
    iss_precision_clear(&precision);
}

static void
a_constant_is_not_taken_for_precise(void **state)
{
    static const double constants[] = {0, 7, (double)NAN};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct iss_precision precision;
        assert_int_equal(iss_precision_init(&precision, &a_mean, 1), ISS_OK);
        for (uint64_t i = 0; i < ISS_STUDY_UNIT; i++) {
            iss_precision_add(&precision, &constants[k]);
        }
        assert_false(iss_precision_met(&precision));
        iss_precision_clear(&precision);
    }
}

/* Rows without a value count for the place of the checks, not for the estimate. */
static void
rows_without_a_value_are_left_out(void **state)
{
    struct iss_precision_target target = a_mean;
    struct iss_precision precision;

    (void)state;
    target.half_width = 5;
    assert_int_equal(iss_precision_init(&precision, &target, 1), ISS_OK);
    for (uint64_t i = 0; i < 2 * ISS_STUDY_UNIT; i++) {
        double value = i % 2 == 0 ? (double)NAN : number(i);
        if (i == ISS_STUDY_UNIT) {
            assert_false(iss_precision_met(&precision)); /* 512 values */
        }
        iss_precision_add(&precision, &value);
    }
    assert_int_equal(iss_precision_now(&precision, 0).n, ISS_STUDY_UNIT);
    assert_true(iss_precision_met(&precision));
    iss_precision_clear(&precision);
}

static void
state_is_told_from_the_first_row(void **state)
{
    struct iss_precision precision;

    (void)state;
    assert_int_equal(iss_precision_init(&precision, &a_mean, 1), ISS_OK);
    assert_true(isnan(iss_precision_now(&precision, 0).half_width));
    assert_false(iss_precision_met(&precision));
    show(&precision, 2);
    assert_true(iss_precision_now(&precision, 0).half_width > 0);
    assert_near(iss_precision_now(&precision, 0).wanted, 0.035, 0);
    assert_false(iss_precision_now(&precision, 0).enough);
    iss_precision_clear(&precision);
}

static void
rows_recalled_are_as_good_as_shown(void **state)
{
    static double numbers[ROWS], answers[ROWS];
    const struct iss_precision_target targets[] = {a_mean, a_proportion};
    struct test_column columns[] = {{.values = numbers}, {.values = answers}};
    const struct iss_column_source sources[] = {test_column_source(&columns[0], ROWS),
                                                test_column_source(&columns[1], ROWS)};
    struct iss_precision shown, recalled;

    (void)state;
    for (uint64_t i = 0; i < ROWS; i++) {
        numbers[i] = number(i);
        answers[i] = yes(i);
    }
    assert_int_equal(iss_precision_init(&shown, targets, 2), ISS_OK);
    assert_int_equal(iss_precision_init(&recalled, targets, 2), ISS_OK);
    show(&shown, ROWS);
    assert_int_equal(iss_precision_recall(&recalled, sources, 0, 1500), ISS_OK);
    show(&recalled, 11);
    assert_int_equal(iss_precision_recall(&recalled, sources, 1511, ROWS), ISS_OK);
    assert_int_equal(recalled.rows, ROWS);
    assert_memory_equal(shown.moments, recalled.moments, 2 * sizeof *shown.moments);
    columns[1].fails_from = 2000;
    assert_int_equal(iss_precision_recall(&recalled, sources, 0, ROWS), ISS_ERR_FORMAT);
    iss_precision_clear(&shown);
    iss_precision_clear(&recalled);
}

static void
what_is_no_target_is_refused(void **state)
{
    struct iss_precision_target bad[6];
    struct iss_precision precision;

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        bad[i] = a_mean;
    }
    bad[0].half_width = 0;
    bad[1].half_width = (double)NAN;
    bad[2].confidence = 1;
    bad[3].confidence = 0;
    bad[4].sequence = true;
    bad[5].metric = -1;
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(iss_precision_init(&precision, &bad[i], 1), ISS_ERR_USAGE);
        iss_precision_clear(&precision);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mean_is_met_at_the_first_check_where_it_is_narrow),
        cmocka_unit_test(all_targets_must_be_met_at_once),
        cmocka_unit_test(a_sequence_asks_for_more),
        cmocka_unit_test(rare_happenings_are_waited_for),
        cmocka_unit_test(what_nearly_always_happens_is_waited_for_as_well),
        cmocka_unit_test(a_constant_is_not_taken_for_precise),
        cmocka_unit_test(rows_without_a_value_are_left_out),
        cmocka_unit_test(state_is_told_from_the_first_row),
        cmocka_unit_test(rows_recalled_are_as_good_as_shown),
        cmocka_unit_test(what_is_no_target_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
