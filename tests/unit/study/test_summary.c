/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study of nine replications, of which one failed, is summed up; by hand it gives
 *
 *     stay   2 4 4 6 - 8 4 -   a number of days, twice without value
 *     boats  1 0 3 1 1 0 1 1   whole numbers
 *     late   0 0 1 0 0 0 0 0   yes or no
 *     lost   0 0 0 0 0 0 0 0   never
 */
#include "unit/kernel/near.h"

#include "study/summary.h"

#include "kernel/interval.h"
#include "unit/study/columns.h"

enum { ROWS = 9, METRICS = 4, GRID = 3, BINS = 4 };
#define GONE ((double)NAN)

static const double replication[] = {0, 1, 2, 3, 64, 65, 66, 67, 68};
static const double status[] = {0, 0, 0, 6, 0, 0, 0, 0, 0};
static const double events[] = {9, 9, 9, 17, 9, 9, 9, 9, 9};
static const double values[METRICS][ROWS] = {
    {2, 4, 4, GONE, 6, GONE, 8, 4, GONE},
    {1, 0, 3, GONE, 1, 1, 0, 1, 1},
    {0, 0, 1, GONE, 0, 0, 0, 0, 0},
    {0, 0, 0, GONE, 0, 0, 0, 0, 0},
};

static const struct iss_metric_info metrics[METRICS] = {
    {"stay", "d", "Stay", ISS_METRIC_REAL},
    {"boats", "1", "Boats", ISS_METRIC_COUNT},
    {"late", "1", "Late", ISS_METRIC_YES_NO},
    {"lost", "1", "Lost", ISS_METRIC_COUNT},
};
static const struct iss_series_info series[] = {{"crew", "1", "People", BINS},
                                                {"boat", "1", "Boats", 2}};
static const int64_t grid_us[GRID] = {0, 1000, 5000};
/* crew at three moments, then boat */
static const int64_t fans[] = {8, 0, 0, 0, 0, 4, 4, 0, 1, 0, 0, 7, 0, 8, 1, 7, 8, 0};

struct study {
    struct iss_study_info info;
    struct test_column columns[3 + METRICS];
    struct iss_column_source sources[METRICS];
    struct iss_summary_input input;
    struct iss_outcome outcome;
    struct iss_summary_result result;
};

static void
study_init(struct study *study, uint64_t rows)
{
    *study = (struct study){
        .info = {.metric_count = METRICS,
                 .series_count = 2,
                 .grid_count = GRID,
                 .metrics = metrics,
                 .series = series,
                 .grid_us = grid_us},
        .columns = {{.values = replication}, {.values = status}, {.values = events}},
    };
    for (int i = 0; i < METRICS; i++) {
        study->columns[3 + i].values = values[i];
        study->sources[i] = test_column_source(&study->columns[3 + i], rows);
    }
    study->input = (struct iss_summary_input){
        .info = &study->info,
        .replication = test_column_source(&study->columns[0], rows),
        .status = test_column_source(&study->columns[1], rows),
        .events = test_column_source(&study->columns[2], rows),
        .metrics = study->sources,
        .fans = fans,
        .confidence = 0.95,
    };
}

static int
make(struct study *study)
{
    return iss_summary_make(&study->input, &study->outcome, &study->result);
}

static const struct iss_column *
column(const struct study *study, const char *table, const char *name)
{
    const struct iss_column *found =
        iss_table_column(iss_outcome_table(&study->outcome, table), name);
    assert_non_null(found);
    return found;
}

static double
summary(const struct study *study, size_t metric, const char *name)
{
    return column(study, "summary", name)->data.real[metric];
}

static int64_t
summary_count(const struct study *study, size_t metric, const char *name)
{
    return column(study, "summary", name)->data.count[metric];
}

static void
numbers_of_a_metric(void **state)
{
    struct study study;

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    assert_null(iss_outcome_problem(&study.outcome));
    assert_int_equal(study.result.rows, 9);
    assert_int_equal(study.result.failed, 1);
    assert_string_equal(column(&study, "summary", "metric")->data.text[0], "stay");
    assert_int_equal(summary_count(&study, 0, "n"), 6);
    assert_int_equal(summary_count(&study, 0, "missing"), 2);
    assert_int_equal(summary_count(&study, 0, "nonzero"), 6);
    assert_near(summary(&study, 0, "mean"), 28.0 / 6, 0);
    assert_near(summary(&study, 0, "sd"), sqrt(64.0 / 15), 1e-15); /* 21.33 / 5 */
    assert_near(summary(&study, 0, "mcse"), sqrt(64.0 / 90), 1e-15);
    /* t(0.975, 5) = 2.5705818356363146 */
    assert_near(summary(&study, 0, "ci_lo"),
                28.0 / 6 - 2.5705818356363146 * sqrt(64.0 / 90), 1e-14);
    assert_near(summary(&study, 0, "ci_hi"),
                28.0 / 6 + 2.5705818356363146 * sqrt(64.0 / 90), 1e-14);
    assert_near(summary(&study, 0, "min"), 2, 0);
    assert_near(summary(&study, 0, "max"), 8, 0);
    iss_outcome_clear(&study.outcome);
}

/* numpy.quantile([2, 4, 4, 6, 8, 4], q) and numpy.quantile([1, 0, 3, 1, 1, 0, 1, 1], q)
 */
static void
quantiles_of_a_metric(void **state)
{
    static const double stay[] = {2.1, 2.5, 3, 4, 4, 5.5, 7, 7.5, 7.9};
    static const double boats[] = {0, 0, 0, 0.75, 1, 1, 1.5999999999999996, 2.3, 2.86};
    struct study study;
    const double *found;

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    found = column(&study, "summary", "value")->data.real;
    for (size_t i = 0; i < 9; i++) {
        assert_near(found[i], stay[i], 1e-14);
        assert_near(found[9 + i], boats[i], 1e-14);
    }
    assert_near(column(&study, "quantiles", "quantile")->data.real[7], 0.95, 0);
    iss_outcome_clear(&study.outcome);
}

static void
proportions_of_a_metric(void **state)
{
    struct study study;
    struct iss_interval one = iss_interval_exact(1, 8, 0.95);
    struct iss_interval anytime = iss_interval_sequence(1, 8, 0.95, 0.5, 0.5);

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    assert_int_equal(summary_count(&study, 1, "nonzero"), 6);
    assert_near(summary(&study, 1, "p_nonzero"), 0.75, 0);
    assert_near(summary(&study, 2, "p_lo"), one.low, 0);
    assert_near(summary(&study, 2, "p_hi"), one.high, 0);
    assert_near(summary(&study, 2, "ci_lo"), one.low, 0); /* a mean that is one */
    assert_near(summary(&study, 2, "p_anytime_lo"), anytime.low, 0);
    assert_near(summary(&study, 2, "p_anytime_hi"), anytime.high, 0);
    assert_near(summary(&study, 3, "p_lo"), 0, 0);
    assert_near(summary(&study, 3, "p_hi"), iss_bound_none_seen(8, 0.95), 0);
    assert_near(summary(&study, 3, "ci_hi"), 0, 0); /* a mean of equal numbers */
    iss_outcome_clear(&study.outcome);
}

static void
whole_numbers_are_counted(void **state)
{
    static const int64_t expected[][3] = {{1, 0, 2}, {1, 1, 5}, {1, 3, 1},
                                          {2, 0, 7}, {2, 1, 1}, {3, 0, 8}};
    struct study study;

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    assert_int_equal(iss_outcome_table(&study.outcome, "counts")->rows, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(column(&study, "counts", "metric")->data.id[i],
                         expected[i][0]);
        assert_int_equal(column(&study, "counts", "value")->data.count[i],
                         expected[i][1]);
        assert_int_equal(column(&study, "counts", "count")->data.count[i],
                         expected[i][2]);
    }
    iss_outcome_clear(&study.outcome);
}

static void
what_is_not_whole_or_too_wide_is_not_counted(void **state)
{
    double broken[ROWS], wide[ROWS];
    struct study study;

    (void)state;
    study_init(&study, ROWS);
    memcpy(broken, values[1], sizeof broken);
    memcpy(wide, values[3], sizeof wide);
    broken[4] = 0.5;
    wide[5] = ISS_SUMMARY_SPREAD;
    study.columns[3 + 1].values = broken;
    study.columns[3 + 3].values = wide;
    assert_int_equal(make(&study), ISS_OK);
    assert_int_equal(iss_outcome_table(&study.outcome, "counts")->rows, 2);
    iss_outcome_clear(&study.outcome);
}

static void
failures_are_listed_with_their_reason(void **state)
{
    struct study study;
    const struct iss_column *reason;

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    assert_int_equal(iss_outcome_table(&study.outcome, "failed")->rows, 1);
    assert_int_equal(column(&study, "failed", "replication")->data.count[0], 3);
    assert_int_equal(column(&study, "failed", "events")->data.count[0], 17);
    reason = column(&study, "failed", "reason");
    assert_string_equal(reason->meanings[reason->data.code[0]], "ERR_EVENT_LIMIT");
    iss_outcome_clear(&study.outcome);
}

static void
fans_are_quantiles_at_each_moment(void **state)
{
    struct study study;
    const struct iss_column *value, *mean;

    (void)state;
    study_init(&study, ROWS);
    assert_int_equal(make(&study), ISS_OK);
    value = column(&study, "fans", "value");
    mean = column(&study, "fans", "mean");
    assert_near(mean->data.real[0], 0, 0);
    assert_near(mean->data.real[1], 1.5, 0);
    assert_near(mean->data.real[2], 21.0 / 8, 0);
    assert_near(mean->data.real[3 + 1], 7.0 / 8, 0);
    /* of 1 1 1 1 2 2 2 2, and of 0 3 3 3 3 3 3 3, and of 0 1 1 1 1 1 1 1 */
    assert_near(value->data.real[9 * 1 + 3], 1, 0);
    assert_near(value->data.real[9 * 1 + 4], 1.5, 0);
    assert_near(value->data.real[9 * 1 + 8], 2, 0);
    assert_near(value->data.real[9 * 2 + 0], 0.21, 1e-16);
    assert_near(value->data.real[9 * (3 + 1) + 2], 0.7, 1e-15);
    assert_int_equal(column(&study, "grid", "time")->data.time[2], 5000);
    assert_string_equal(column(&study, "fans", "series")->data.text[1], "boat");
    iss_outcome_clear(&study.outcome);
}

static void
fans_of_other_replications_are_refused(void **state)
{
    int64_t other[sizeof fans / sizeof *fans];
    struct study study;

    (void)state;
    memcpy(other, fans, sizeof other);
    other[5]++;
    study_init(&study, ROWS);
    study.input.fans = other;
    assert_int_equal(make(&study), ISS_ERR_INVARIANT);
    iss_outcome_clear(&study.outcome);
    other[5] = -1; /* 8 in all */
    other[6] = 9;
    study.outcome = (struct iss_outcome){0};
    assert_int_equal(make(&study), ISS_ERR_INVARIANT);
    iss_outcome_clear(&study.outcome);
}

static void
no_replication_makes_tables_of_nothing(void **state)
{
    static const int64_t none[sizeof fans / sizeof *fans];
    struct study study;

    (void)state;
    study_init(&study, 0);
    study.input.fans = none;
    assert_int_equal(make(&study), ISS_OK);
    assert_null(iss_outcome_problem(&study.outcome));
    assert_int_equal(summary_count(&study, 0, "n"), 0);
    assert_true(isnan(summary(&study, 0, "mean")));
    assert_true(isnan(summary(&study, 0, "min")));
    assert_true(isnan(summary(&study, 0, "p_nonzero")));
    assert_true(isnan(summary(&study, 0, "value")));
    assert_true(isnan(column(&study, "fans", "value")->data.real[0]));
    assert_int_equal(iss_outcome_table(&study.outcome, "counts")->rows, 0);
    iss_outcome_clear(&study.outcome);
}

static void
one_replication_has_a_mean_without_interval(void **state)
{
    static const int64_t one[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1};
    struct study study;

    (void)state;
    study_init(&study, 1);
    study.input.fans = one;
    assert_int_equal(make(&study), ISS_OK);
    assert_near(summary(&study, 0, "mean"), 2, 0);
    assert_true(isnan(summary(&study, 0, "sd")));
    assert_true(isnan(summary(&study, 0, "ci_hi")));
    assert_near(summary(&study, 3, "p_hi"), 0.95, 1e-15);
    assert_near(column(&study, "summary", "value")->data.real[9 + 4], 1, 0);
    iss_outcome_clear(&study.outcome);
}

static void
wrong_columns_are_refused(void **state)
{
    static const double wild[ROWS] = {0, 200};
    double present[ROWS];
    struct study study;

    (void)state;
    for (size_t i = 0; i < 3 + METRICS; i++) {
        study_init(&study, ROWS);
        study.columns[i].fails_from = 3;
        assert_int_equal(make(&study), ISS_ERR_FORMAT);
        iss_outcome_clear(&study.outcome);
    }
    study_init(&study, ROWS);
    study.columns[1].values = wild;
    assert_int_equal(make(&study), ISS_ERR_INVARIANT);
    iss_outcome_clear(&study.outcome);
    /* A failed replication without NaN: there are fewer NaNs than failures. */
    study_init(&study, ROWS);
    memcpy(present, values[1], sizeof present);
    present[3] = 1;
    study.columns[3 + 1].values = present;
    assert_int_equal(make(&study), ISS_ERR_INVARIANT);
    iss_outcome_clear(&study.outcome);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_a_metric),
        cmocka_unit_test(quantiles_of_a_metric),
        cmocka_unit_test(proportions_of_a_metric),
        cmocka_unit_test(whole_numbers_are_counted),
        cmocka_unit_test(what_is_not_whole_or_too_wide_is_not_counted),
        cmocka_unit_test(failures_are_listed_with_their_reason),
        cmocka_unit_test(fans_are_quantiles_at_each_moment),
        cmocka_unit_test(fans_of_other_replications_are_refused),
        cmocka_unit_test(no_replication_makes_tables_of_nothing),
        cmocka_unit_test(one_replication_has_a_mean_without_interval),
        cmocka_unit_test(wrong_columns_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
