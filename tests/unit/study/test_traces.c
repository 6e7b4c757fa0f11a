/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_traces.c - wishes for traces, whom they mean, and that it is the same mission.
 */
#include <math.h>

#include "study/traces.h"
#include "unit/study/kept.h"

static const struct iss_metric_info columns[] = {
    {"crew_mean", "1", "", ISS_METRIC_REAL}, {"unsafe_max", "1", "", ISS_METRIC_COUNT}};
static const struct iss_study_info info = {.metric_count = 2, .metrics = columns};

static void
assert_refused(const char *text, const char *expected)
{
    struct iss_traces traces;
    char message[512];
    assert_int_equal(iss_traces_parse(&traces, text, &info, message, sizeof message),
                     ISS_ERR_USAGE);
    assert_non_null(strstr(message, expected));
}

static struct iss_traces
parse(const char *text)
{
    struct iss_traces traces;
    char message[512];
    if (iss_traces_parse(&traces, text, &info, message, sizeof message) != ISS_OK) {
        fail_msg("%s", message);
    }
    return traces;
}

static void
wishes_are_read(void **state)
{
    (void)state;
    struct iss_traces traces = parse("5");
    assert_true(traces.kind == ISS_TRACES_FIRST && traces.count == 5);
    traces = parse("worst:unsafe_max=3");
    assert_true(traces.kind == ISS_TRACES_WORST && traces.count == 3);
    assert_int_equal(traces.metric, 1);
    traces = parse("best:crew_mean");
    assert_true(traces.kind == ISS_TRACES_BEST && traces.count == 1);
    assert_int_equal(traces.metric, 0);
    traces = parse("3,17,100-102");
    assert_int_equal(traces.kind, ISS_TRACES_LIST);
    assert_int_equal(traces.range_count, 3);
    assert_true(traces.ranges[2].first == 100 && traces.ranges[2].end == 103);
    assert_int_equal(parse("17-17").ranges[0].end, 18);
}

static void
what_is_no_wish_is_refused(void **state)
{
    (void)state;
    assert_refused("0", "allowed 1 to 1000");
    assert_refused("1001", "allowed 1 to 1000");
    assert_refused("99999999999999999999", "allowed 1 to 1000");
    assert_refused("worst:unsafe_mac=3", "did you mean unsafe_max?");
    assert_refused("worst:unsafe_max=", "allowed 1 to 1000");
    assert_refused("worst:unsafe_max=three", "allowed 1 to 1000");
    assert_refused("", "what to trace; got \"\"");
    assert_refused("all", "what to trace");
    assert_refused("3,", "what to trace");
    assert_refused("5-3", "what to trace");
    assert_refused("1-2000", "allowed 1 to 1000");
    assert_refused("-3", "what to trace");
}

/* ---- whom they mean ------------------------------------------------------------ */

static int
read_values(void *self, uint64_t first, size_t count, double *values)
{
    if (self == NULL) {
        return ISS_ERR_FORMAT;
    }
    memcpy(values, (const double *)self + first, count * sizeof *values);
    return ISS_OK;
}

static void
assert_picked(const char *text, double *values, uint64_t rows, size_t expected_count,
              const uint64_t *expected)
{
    struct iss_traces traces = parse(text);
    const struct iss_column_source column = {values, rows, read_values};
    uint64_t picked[ISS_TRACES_MOST];
    size_t count;
    char message[512];

    assert_int_equal(iss_traces_pick(&traces, rows, &column, picked, &count, message,
                                     sizeof message),
                     ISS_OK);
    assert_int_equal(count, expected_count);
    assert_memory_equal(picked, expected, count * sizeof *picked);
}

#define PICKED(...)                                                                    \
    sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), (const uint64_t[])     \
    {                                                                                  \
        __VA_ARGS__                                                                    \
    }

static void
the_worst_come_first_and_of_equals_the_lower_number(void **state)
{
    double values[] = {1, 5, NAN, 5, -2, 7, 5, 0};

    (void)state;
    assert_picked("worst:unsafe_max=3", values, 8, PICKED(5, 1, 3));
    assert_picked("worst:unsafe_max=4", values, 8, PICKED(5, 1, 3, 6));
    assert_picked("best:unsafe_max=2", values, 8, PICKED(4, 7));
    assert_picked("worst:unsafe_max=100", values, 8, PICKED(5, 1, 3, 6, 0, 7, 4));
    assert_picked("3", values, 8, PICKED(0, 1, 2));
    assert_picked("9", values, 2, PICKED(0, 1));
    assert_picked("7,1-2,2,0", values, 8, PICKED(0, 1, 2, 7));
}

static void
extremes_are_found_across_the_pieces_that_a_column_is_read_in(void **state)
{
    enum { ROWS = 10000 };
    double *values = calloc(ROWS, sizeof *values);

    (void)state;
    assert_non_null(values);
    values[4095] = values[4096] = values[9999] = 3;
    values[8192] = 4;
    assert_picked("worst:unsafe_max=5", values, ROWS,
                  PICKED(8192, 4095, 4096, 9999, 0));
    free(values);
}

static void
what_cant_be_picked_is_said(void **state)
{
    struct iss_traces traces = parse("3,8");
    const struct iss_column_source broken = {NULL, 8, read_values};
    uint64_t picked[ISS_TRACES_MOST];
    size_t count;
    char message[512];

    (void)state;
    assert_int_equal(
        iss_traces_pick(&traces, 8, NULL, picked, &count, message, sizeof message),
        ISS_ERR_USAGE);
    assert_string_equal(message,
                        "replication 8 isn't in the study, which has 8 from 0");
    traces = parse("worst:unsafe_max");
    assert_int_equal(
        iss_traces_pick(&traces, 8, &broken, picked, &count, message, sizeof message),
        ISS_ERR_FORMAT);
}

static void
a_trace_is_of_the_replication_that_the_study_had(void **state)
{
    struct whole whole;
    struct iss_outcome outcome = {0};

    (void)state;
    whole_load(&whole, NULL, 0);
    struct iss_study_run run = whole_run(&whole, &whole.kept);
    struct iss_study_result result;
    run.replications = 40;
    assert_int_equal(iss_study_run(&run, &result), ISS_OK);
    size_t metrics = (size_t)whole.plan.info.metric_count;
    struct iss_row row = {.metrics = calloc(metrics, sizeof(double))};
    assert_int_equal(iss_traces_run(whole.model, KEPT_SEED, 33, &outcome, &row),
                     ISS_OK);
    assert_true(row.fingerprint == whole.kept.fingerprints[33]);
    assert_memory_equal(row.metrics, whole.kept.metrics + 33 * metrics,
                        metrics * sizeof(double));
    assert_int_equal(iss_outcome_table(&outcome, "events")->rows,
                     whole.kept.events[33]);
    iss_outcome_clear(&outcome);
    free(row.metrics);
    whole_clear(&whole);
}

static void
a_failed_replication_has_no_trace(void **state)
{
    const char *const sets[] = {"scenario.max_events=5"};
    struct iss_outcome outcome = {0};
    struct whole whole;

    (void)state;
    whole_load(&whole, sets, 1);
    struct iss_row row = {
        .metrics = calloc((size_t)whole.plan.info.metric_count, sizeof(double))};
    assert_int_equal(iss_traces_run(whole.model, KEPT_SEED, 0, &outcome, &row),
                     ISS_ERR_EVENT_LIMIT);
    assert_int_equal(outcome.table_count, 0);
    free(row.metrics);
    whole_clear(&whole);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wishes_are_read),
        cmocka_unit_test(what_is_no_wish_is_refused),
        cmocka_unit_test(the_worst_come_first_and_of_equals_the_lower_number),
        cmocka_unit_test(extremes_are_found_across_the_pieces_that_a_column_is_read_in),
        cmocka_unit_test(what_cant_be_picked_is_said),
        cmocka_unit_test(a_trace_is_of_the_replication_that_the_study_had),
        cmocka_unit_test(a_failed_replication_has_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
