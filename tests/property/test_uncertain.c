/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_uncertain.c - what isn't known is the same in all replications of an outer
 * point, and an uncertain setting concerns nobody else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "isssim/status.h"

#define SCENARIO       "scenarios/soyuz_leak.cfg"
#define LEAD           "vehicles.soyuz_ms.call_up_lead"
#define UNCERTAIN_LEAD LEAD "={uncertain={dist=\"uniform\"; min=40; max=60;};}"
/* Of a rocket that the scenario adds and nothing flies on; it is read before. */
#define UNCERTAIN_OTHER                                                                \
    "launch_systems.a_rocket={success={uncertain={dist=\"beta\"; a=2; b=3;};}; "       \
    "stand_down={dist=\"weibull\"; shape=1; scale={uncertain={dist=\"gamma\"; "        \
    "shape=4; scale=9;};};};}"

enum { INNER = 7, REPLICATIONS = 10 * INNER };

static void
run_all(const char *const *overrides, size_t count, struct fixture_result *results)
{
    struct iss_model *model = fixture_model(SCENARIO, overrides, count);
    struct iss_worker *worker = NULL;

    assert_true(iss_metric_count(model) <= FIXTURE_METRICS);
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        fixture_run(worker, 1, i, &results[i]);
    }
    iss_worker_free(worker);
    iss_model_free(model);
}

/* Where the metric stands in rows of the scenario with these overrides. */
static int32_t
place(const char *const *overrides, size_t count, const char *metric)
{
    struct iss_model *model = fixture_model(SCENARIO, overrides, count);
    int32_t index = iss_metric_find(model, metric);

    assert_true(index >= 0);
    iss_model_free(model);
    return index;
}

static struct fixture_result one[REPLICATIONS], other[REPLICATIONS];

static void
an_outer_point_has_one_value_and_each_its_own(void **state)
{
    static const char *const sets[] = {UNCERTAIN_LEAD, "study.inner=7"};
    int32_t lead = place(sets, 2, LEAD);

    (void)state;
    run_all(sets, 2, one);
    for (int i = 1; i < REPLICATIONS; i++) {
        bool same = one[i].metrics[lead] == one[i - 1].metrics[lead];
        assert_int_equal(same, i % INNER != 0);
        assert_true(one[i].fingerprint != one[i - 1].fingerprint);
        assert_true(one[i].metrics[lead] >= 40 && one[i].metrics[lead] <= 60);
    }
}

/* The value of outer point k doesn't depend on how many replications share a point. */
static void
values_belong_to_the_outer_point(void **state)
{
    static const char *const sets[] = {UNCERTAIN_LEAD, "study.inner=7"};
    int32_t lead = place(sets, 2, LEAD);

    (void)state;
    run_all(sets, 2, one);
    run_all(sets, 1, other);
    for (int i = 0; i < REPLICATIONS; i++) {
        assert_true(one[i].metrics[lead] == other[i / INNER].metrics[lead]);
    }
}

static void
an_uncertain_setting_elsewhere_changes_no_other_draw(void **state)
{
    static const char *const known[] = {UNCERTAIN_OTHER};
    static const char *const more[] = {UNCERTAIN_LEAD, UNCERTAIN_OTHER};
    int32_t fixed = place(NULL, 0, "beyond_life_d");
    int32_t lead = place(more, 1, LEAD), still = place(more, 2, LEAD);

    (void)state;
    run_all(NULL, 0, one);
    run_all(known, 1, other);
    for (int i = 0; i < REPLICATIONS; i++) {
        assert_true(one[i].fingerprint == other[i].fingerprint);
        assert_memory_equal(one[i].metrics, other[i].metrics,
                            (size_t)(fixed + 1) * sizeof(double));
    }
    run_all(more, 1, one);
    run_all(more, 2, other);
    for (int i = 0; i < REPLICATIONS; i++) {
        assert_true(one[i].fingerprint == other[i].fingerprint);
        assert_true(one[i].metrics[lead] == other[i].metrics[still]);
    }
}

/* An uncertain number of which all is known is that number. */
static void
certainty_is_a_special_case(void **state)
{
    static const char *const plain[] = {LEAD "=44"};
    static const char *const certain[] = {LEAD "={uncertain=44;}"};
    static const char *const parameter[] = {
        LEAD
        "={dist=\"constant\"; value={uncertain={dist=\"constant\"; value=44;};};}"};
    int32_t last = place(plain, 1, "beyond_life_d");

    (void)state;
    run_all(plain, 1, one);
    run_all(certain, 1, other);
    for (int i = 0; i < REPLICATIONS; i++) {
        assert_true(one[i].fingerprint == other[i].fingerprint);
        assert_memory_equal(one[i].metrics, other[i].metrics,
                            (size_t)(last + 1) * sizeof(double));
    }
    run_all(parameter, 1, other);
    for (int i = 0; i < REPLICATIONS; i++) {
        assert_true(one[i].fingerprint == other[i].fingerprint);
    }
}

static void
the_order_of_replications_changes_no_bit(void **state)
{
    static const char *const sets[] = {UNCERTAIN_LEAD, "study.inner=7"};
    struct iss_model *model = fixture_model(SCENARIO, sets, 2);
    struct iss_worker *worker = NULL;

    (void)state;
    run_all(sets, 2, one);
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    for (uint64_t i = REPLICATIONS; i-- > 0;) {
        fixture_run(worker, 1, i, &other[i]);
    }
    assert_memory_equal(one, other, sizeof one);
    iss_worker_free(worker);
    iss_model_free(model);
}

static void
seeds_differ(void **state)
{
    static const char *const sets[] = {UNCERTAIN_LEAD};
    struct iss_model *model = fixture_model(SCENARIO, sets, 1);
    struct iss_worker *worker = NULL;
    int32_t lead = iss_metric_find(model, LEAD);

    (void)state;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    fixture_run(worker, 1, 0, &one[0]);
    fixture_run(worker, 2, 0, &one[1]);
    assert_true(one[0].metrics[lead] != one[1].metrics[lead]);
    iss_worker_free(worker);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outer_point_has_one_value_and_each_its_own),
        cmocka_unit_test(values_belong_to_the_outer_point),
        cmocka_unit_test(an_uncertain_setting_elsewhere_changes_no_other_draw),
        cmocka_unit_test(certainty_is_a_special_case),
        cmocka_unit_test(the_order_of_replications_changes_no_bit),
        cmocka_unit_test(seeds_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
