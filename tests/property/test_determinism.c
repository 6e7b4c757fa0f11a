/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_determinism.c - a row depends on (model, seed, replication) and nothing else,
 * and what doesn't concern an entity doesn't touch its draws.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "isssim/status.h"
#include "kernel/memo.h"

enum { REPLICATIONS = 50 };

static void
the_order_of_replications_changes_no_bit(void **state)
{
    struct iss_model *model = fixture_model("scenarios/soyuz_leak.cfg", NULL, 0);
    struct iss_worker *up = NULL, *down = NULL;
    static struct fixture_result rising[REPLICATIONS], falling[REPLICATIONS];

    (void)state;
    assert_int_equal(iss_worker_new(model, &up), ISS_OK);
    assert_int_equal(iss_worker_new(model, &down), ISS_OK);
    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        fixture_run(up, 1, i, &rising[i]);
        fixture_run(down, 1, REPLICATIONS - 1 - i, &falling[REPLICATIONS - 1 - i]);
    }
    assert_memory_equal(rising, falling, sizeof rising);
    iss_worker_free(up);
    iss_worker_free(down);
    iss_model_free(model);
}

/* The reset puts back only what it takes to have been touched. */
static void
the_reset_forgets_every_byte_of_a_replication(void **state)
{
    static const char *const paths[] = {"tests/statistical/forecast_2013.cfg",
                                        "scenarios/no_seat_exchange.cfg",
                                        "scenarios/progress_loss_2011.cfg",
                                        "scenarios/cargo_gap.cfg",
                                        "scenarios/baseline_2025_2030.cfg",
                                        "scenarios/medical_return.cfg",
                                        "scenarios/k15_medical.cfg",
                                        "scenarios/mini5y.cfg",
                                        "scenarios/soyuz_leak.cfg"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct iss_model *model = fixture_model(paths[i], NULL, 0);
        struct iss_worker *worker = NULL;
        struct iss_row row = {
            .metrics = calloc((size_t)iss_metric_count(model), sizeof *row.metrics)};

        assert_non_null(row.metrics);
        assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
        for (uint64_t replication = 0; replication < 20; replication++) {
            assert_int_equal(iss_worker_run(worker, 1, replication, NULL, &row),
                             ISS_OK);
            assert_false(iss_worker_is_reset(worker));
            iss_worker_reset(worker);
            assert_true(iss_worker_is_reset(worker));
        }
        iss_worker_free(worker);
        free(row.metrics);
        iss_model_free(model);
    }
}

static const char *
forget_rates(const struct iss_world *world)
{
    if (world->rates_known != NULL) {
        iss_memo_clear(world->rates_known);
    }
    return NULL;
}

/* A worker keeps the rates of stocks that it has worked out, one forgets them after
 * every event. */
static void
rates_that_are_kept_are_those_that_would_be_worked_out(void **state)
{
    static const char *const paths[] = {"tests/property/stocks.cfg",
                                        "tests/property/life-support.cfg"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct iss_model *model = fixture_model(paths[i], NULL, 0);
        struct iss_worker *keeps = NULL, *forgets = NULL;
        size_t size = (size_t)iss_metric_count(model) * sizeof(double);
        struct iss_row kept = {.metrics = malloc(size)};
        struct iss_row new = {.metrics = malloc(size)};

        assert_true(kept.metrics != NULL && new.metrics != NULL);
        assert_int_equal(iss_worker_new(model, &keeps), ISS_OK);
        assert_int_equal(iss_worker_new(model, &forgets), ISS_OK);
        assert_non_null(iss_worker_world(keeps)->rates_known);
        iss_worker_check(forgets, forget_rates);
        for (uint64_t k = 0; k < REPLICATIONS; k++) {
            assert_int_equal(iss_worker_run(keeps, 1, k, NULL, &kept), ISS_OK);
            assert_int_equal(iss_worker_run(forgets, 1, k, NULL, &new), ISS_OK);
            assert_true(kept.fingerprint == new.fingerprint);
            assert_memory_equal(kept.metrics, new.metrics, size);
        }
        iss_worker_free(keeps);
        iss_worker_free(forgets);
        free(kept.metrics);
        free(new.metrics);
        iss_model_free(model);
    }
}

static void
a_trace_doesnt_change_the_row(void **state)
{
    struct iss_model *model = fixture_model("scenarios/soyuz_leak.cfg", NULL, 0);
    struct iss_worker *worker = NULL;
    struct fixture_result plain;

    (void)state;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    for (uint64_t i = 0; i < 10; i++) {
        struct fixture_result traced = {{0}, 0};
        fixture_run(worker, 3, i, &plain);
        struct iss_outcome outcome =
            fixture_trace(model, 3, i, traced.metrics, &traced.fingerprint);
        iss_outcome_clear(&outcome);
        assert_memory_equal(&plain, &traced, sizeof plain);
    }
    iss_worker_free(worker);
    iss_model_free(model);
}

static void
seeds_and_replications_differ(void **state)
{
    struct iss_model *model = fixture_model("scenarios/soyuz_leak.cfg", NULL, 0);
    struct iss_worker *worker = NULL;
    struct fixture_result a, b, c;

    (void)state;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    fixture_run(worker, 1, 0, &a);
    fixture_run(worker, 1, 1, &b);
    fixture_run(worker, 2, 0, &c);
    assert_true(a.fingerprint != b.fingerprint && a.fingerprint != c.fingerprint);
    iss_worker_free(worker);
    iss_model_free(model);
}

/* Times of a flight that both outcomes have. */
static void
assert_same_flight(const struct iss_outcome *a, const struct iss_outcome *b,
                   const char *id)
{
    static const char *const columns[] = {"launch", "dock", "undock", "land",
                                          "life_limit"};
    size_t row_a = fixture_row(a, "flights", id), row_b = fixture_row(b, "flights", id);

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct iss_column *in_a =
            iss_table_column(iss_outcome_table(a, "flights"), columns[i]);
        const struct iss_column *in_b =
            iss_table_column(iss_outcome_table(b, "flights"), columns[i]);
        assert_int_equal(in_a->data.time[row_a], in_b->data.time[row_b]);
    }
}

/* A further failure mode, a further person, and a further cargo ship at ports of its
 * own: everything that was there before happens at the same microsecond. */
static void
unrelated_causes_and_entities_change_no_other_draw(void **state)
{
    static const char *const added[] = {
        "ports.annex={segment=\"USOS\"; docking=\"annex_hatch\";}",
        "vehicles.annex_ship={role=\"cargo\"; docking=\"annex_hatch\"; stay=20; "
        "slip={dist=\"exponential\"; mean=9;}; rendezvous={dist=\"uniform\"; min=3; "
        "max=60;};}",
        "crew.annex_keeper={segment=\"ROS\";}",
        "flights.AA-1={vehicle=\"annex_ship\"; launch=\"2023-01-03Z\";}",
        "flights.ZZ-1={vehicle=\"annex_ship\"; launch=\"2023-04-03Z\";}",
        "failures.a_scratch={vehicles=[\"annex_ship\"]; life={dist=\"exponential\"; "
        "mean=10;}; effects=({effect=\"vehicle_unsafe\";});}",
    };
    struct iss_model *plain = fixture_model("scenarios/soyuz_leak.cfg", NULL, 0);
    struct iss_model *more = fixture_model("scenarios/soyuz_leak.cfg", added, 6);

    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        double metrics[FIXTURE_METRICS];
        uint64_t one, two;
        struct iss_outcome a = fixture_trace(plain, 1, i, metrics, &one);
        struct iss_outcome b = fixture_trace(more, 1, i, metrics, &two);
        for (int32_t f = 0; f < plain->flights.count; f++) {
            assert_same_flight(&a, &b, iss_model_flight_plan(plain, f)->entity.id);
        }
        assert_true(one != two);
        iss_outcome_clear(&a);
        iss_outcome_clear(&b);
    }
    iss_model_free(plain);
    iss_model_free(more);
}

/* Common random numbers hold between policies: what the policy doesn't decide stays. */
static void
a_policy_moves_only_what_it_decides(void **state)
{
    static const char *const off[] = {"policy.reassign=false"};
    struct iss_model *with = fixture_model("scenarios/soyuz_leak.cfg", NULL, 0);
    struct iss_model *without = fixture_model("scenarios/soyuz_leak.cfg", off, 1);
    int32_t unsafe = iss_metric_find(with, "unsafe_person_days");

    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        double a[FIXTURE_METRICS], b[FIXTURE_METRICS];
        uint64_t one, two;
        struct iss_outcome x = fixture_trace(with, 1, i, a, &one);
        struct iss_outcome y = fixture_trace(without, 1, i, b, &two);
        for (int32_t f = 0; f < with->flights.count; f++) {
            assert_same_flight(&x, &y, iss_model_flight_plan(with, f)->entity.id);
        }
        assert_true(b[unsafe] > a[unsafe]);
        iss_outcome_clear(&x);
        iss_outcome_clear(&y);
    }
    iss_model_free(with);
    iss_model_free(without);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_replications_changes_no_bit),
        cmocka_unit_test(the_reset_forgets_every_byte_of_a_replication),
        cmocka_unit_test(rates_that_are_kept_are_those_that_would_be_worked_out),
        cmocka_unit_test(a_trace_doesnt_change_the_row),
        cmocka_unit_test(seeds_and_replications_differ),
        cmocka_unit_test(unrelated_causes_and_entities_change_no_other_draw),
        cmocka_unit_test(a_policy_moves_only_what_it_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
