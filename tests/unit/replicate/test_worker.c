/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_worker.c - the event loop: its limits, its reset, its check.
 */
#include "unit/replicate/run.h"

struct result {
    struct iss_row row;
    double metrics[256];
};

static int
run_once(struct iss_worker *worker, uint64_t seed, uint64_t index,
         struct result *result)
{
    memset(result, 0, sizeof *result);
    result->row.metrics = result->metrics;
    int status = iss_worker_run(worker, seed, index, NULL, &result->row);
    assert_int_equal(result->row.status, status);
    return status;
}

static struct iss_worker *
new_worker(const struct iss_model *model)
{
    struct iss_worker *worker = NULL;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    return worker;
}

static void
assert_same(const struct result *a, const struct result *b)
{
    assert_int_equal(a->row.fingerprint, b->row.fingerprint);
    assert_int_equal(a->row.events, b->row.events);
    assert_int_equal(a->row.status, b->row.status);
    assert_memory_equal(a->metrics, b->metrics, sizeof a->metrics);
}

/* Leaks, failed ascents and failed dockings, so that everything gets dirty. */
#define LIVELY                                                                         \
    SET(SECOND, THIRD, LAB, "failures.leak.life={dist='exponential'; mean=80;}",       \
        "launch_systems.rocket.success=0.7", "vehicles.capsule.docking_success=0.6",   \
        "vehicles.capsule.slip={dist='exponential'; mean=9;}")

static void
a_used_worker_gives_what_a_fresh_one_gives(void **state)
{
    struct iss_model *model = outpost_model(LIVELY);
    struct iss_worker *used = new_worker(model);

    (void)state;
    for (uint64_t i = 0; i < 30; i++) {
        struct result old, new;
        struct iss_worker *fresh = new_worker(model);
        assert_int_equal(run_once(used, 5, i, &old), ISS_OK);
        assert_int_equal(run_once(fresh, 5, i, &new), ISS_OK);
        assert_same(&old, &new);
        iss_worker_free(fresh);
    }
    iss_worker_free(used);
    iss_model_free(model);
}

static void
a_replication_that_failed_leaves_nothing_behind(void **state)
{
    struct iss_model *model = outpost_model(LIVELY);
    struct iss_worker *worker = new_worker(model);
    struct result before, after, broken;

    (void)state;
    assert_int_equal(run_once(worker, 5, 3, &before), ISS_OK);
    model->scenario.max_events = 7;
    assert_int_equal(run_once(worker, 5, 4, &broken), ISS_ERR_EVENT_LIMIT);
    model->scenario.max_events = 100000;
    assert_int_equal(run_once(worker, 5, 3, &after), ISS_OK);
    assert_same(&before, &after);
    iss_worker_free(worker);
    iss_model_free(model);
}

static void
the_limit_on_events_lets_just_so_many_pass(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    struct iss_worker *worker = new_worker(model);
    struct result free_run, limited;

    (void)state;
    assert_int_equal(run_once(worker, 1, 0, &free_run), ISS_OK);
    /* the forecast, the departure, the landing (two events each), the end */
    assert_int_equal(free_run.row.events, 6);
    model->scenario.max_events = 6;
    assert_int_equal(run_once(worker, 1, 0, &limited), ISS_OK);
    assert_same(&free_run, &limited);
    model->scenario.max_events = 5;
    assert_int_equal(run_once(worker, 1, 0, &limited), ISS_ERR_EVENT_LIMIT);
    assert_int_equal(limited.row.events, 6);
    iss_worker_free(worker);
    iss_model_free(model);
}

static const char *
find_fault_on_day_100(const struct iss_world *world)
{
    return world->now_us >= DAYS(100) ? "a fault" : NULL;
}

static void
a_finding_of_the_check_fails_the_replication(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    struct iss_worker *worker = new_worker(model);
    struct result result;

    (void)state;
    iss_worker_check(worker, find_fault_on_day_100);
    assert_int_equal(run_once(worker, 1, 0, &result), ISS_ERR_INVARIANT);
    assert_string_equal(iss_worker_finding(worker), "a fault");
    /* measured until then */
    assert_true(result.metrics[iss_metric_find(model, "crew_days")] == 200);
    iss_worker_check(worker, NULL);
    assert_int_equal(run_once(worker, 1, 0, &result), ISS_OK);
    assert_null(iss_worker_finding(worker));
    iss_worker_free(worker);
    iss_model_free(model);
}

/* No scenario makes a loop: whatever repeats itself takes time.  So the check, which
 * should only look, stands in for handlers that wake one another. */
static const char *
raise_more(const struct iss_world *world)
{
    struct iss_world *mine = (struct iss_world *)world;
    bool even = world->sequence % 2 == 0;

    if (world->now_us >= DAYS(100) && world->raised_head == world->raised_tail) {
        iss_raise(mine, even ? ISS_EVENT_VEHICLE_UNSAFE : ISS_EVENT_DOCKING_FAILED, 0,
                  -1, 0);
    }
    return NULL;
}

static void
a_loop_that_takes_no_time_is_told_with_its_date_and_its_events(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    struct iss_worker *worker = new_worker(model);
    struct result result;

    (void)state;
    iss_worker_check(worker, raise_more);
    assert_int_equal(run_once(worker, 1, 0, &result), ISS_ERR_STALLED);
    assert_in_range(result.row.events, 1000000, 1000020);
    assert_string_equal(iss_worker_finding(worker),
                        "no time advance after 1e6 events at 2030-04-11T00:00Z; "
                        "these go round: VEHICLE_UNSAFE, DOCKING_FAILED");
    iss_worker_check(worker, NULL);
    assert_int_equal(run_once(worker, 1, 0, &result), ISS_OK);
    assert_null(iss_worker_finding(worker));
    iss_worker_free(worker);
    iss_model_free(model);
}

static void
the_record_before_the_start_is_the_state_at_the_start(void **state)
{
    struct iss_model *model = outpost_model(SET(
        "flights.Old={vehicle='capsule'; crew=['eve','finn']; as_flown={launch=@-200; "
        "dock=@-199; port='south'; undock=@-100; land=@-99;};}",
        LAB, "flights.Lab.crew=['chen']"));
    struct iss_worker *worker = new_worker(model);
    const struct iss_world *world = iss_worker_world(worker);

    (void)state;
    assert_int_equal(world->now_us, 0);
    assert_int_equal(world->aboard_count, 3);
    assert_int_equal(world->aboard[0], outpost_person(model, "ada"));
    assert_int_equal(world->aboard[2], outpost_person(model, "chen"));
    assert_int_equal(world->flights[outpost_flight(model, "Old")].phase,
                     ISS_FLIGHT_LANDED);
    assert_int_equal(world->berths[outpost_port(model, "annex")].flight,
                     outpost_flight(model, "Lab"));
    assert_int_equal(world->berths[outpost_port(model, "south")].flight, -1);
    assert_null(iss_world_check(world));
    iss_worker_free(worker);
    iss_model_free(model);
}

/* What the record leaves open doesn't happen: neither a docking nor a departure. */
static void
a_replay_ends_with_its_record(void **state)
{
    struct iss_model *model = outpost_model(
        SET("scenario.mode='replay'", SECOND, "flights.Second.as_flown={launch=@91;}"));
    struct iss_worker *worker = new_worker(model);
    struct result result;

    (void)state;
    assert_int_equal(run_once(worker, 1, 0, &result), ISS_OK);
    const struct iss_world *world = iss_worker_world(worker);
    assert_int_equal(world->flights[outpost_flight(model, "First")].phase,
                     ISS_FLIGHT_DOCKED);
    assert_int_equal(world->flights[outpost_flight(model, "Second")].phase,
                     ISS_FLIGHT_FREE_FLIGHT);
    iss_worker_free(worker);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_used_worker_gives_what_a_fresh_one_gives),
        cmocka_unit_test(a_replication_that_failed_leaves_nothing_behind),
        cmocka_unit_test(the_limit_on_events_lets_just_so_many_pass),
        cmocka_unit_test(a_finding_of_the_check_fails_the_replication),
        cmocka_unit_test(
            a_loop_that_takes_no_time_is_told_with_its_date_and_its_events),
        cmocka_unit_test(the_record_before_the_start_is_the_state_at_the_start),
        cmocka_unit_test(a_replay_ends_with_its_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
