/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch_scrubs.c - attempts to launch are called off, by one cause each, and made
 * again.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define CAUSES(weather, valve)                                                         \
    "launch_systems.heavy={scrubs=({cause='weather'; probability=" weather             \
    "; recycle=2;},{cause='valve'; probability=" valve "; recycle=7;});}",             \
        "vehicles.barge.launch_system='heavy'"
#define A_LAUNCH "flights.A={vehicle='barge'; launch=@50;}"

/* The outpost's run `index` with these settings. */
static void
run_index(struct run *run, const char *const *sets, uint64_t index)
{
    run_model(run, outpost_model(sets), index);
}

/* How the scrubs of a run sum up: each takes the time of its cause. */
static double
recycled(struct run *run)
{
    struct iss_outcome *outcome = &run->outcome;
    double sum = 0;

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_events].rows; row++) {
        if (iss_at(outcome, events, type, code)[row] == ISS_EVENT_LAUNCH_SCRUBBED) {
            const char *cause =
                iss_at(outcome, scrub_causes, cause,
                       text)[iss_at(outcome, events, scrub_cause, id)[row]];
            double value = iss_at(outcome, events, value, real)[row];
            assert_true(value == (strcmp(cause, "weather") == 0 ? 2 : 7));
            sum += value;
        }
    }
    return sum;
}

static void
each_scrub_delays_the_launch_by_its_causes_recycle(void **state)
{
    double scrubs = 0;

    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        struct run run;
        run_index(&run, SET(CAUSES("0.4", "0.3"), A_LAUNCH), i);
        double delay = recycled(&run);
        ASSERT_METRIC(&run, "slip_mean_d", delay);
        scrubs += run_metric(&run, "scrubs");
        assert_true((delay > 0) == (run_metric(&run, "scrubs") > 0));
        run_end(&run);
    }
    assert_true(scrubs > 5);
}

/* Shares of 400 first attempts: 0.3 by the weather, 0.2 by the valve, by one draw. */
static void
causes_compete_in_one_attempt(void **state)
{
    struct iss_model *model = outpost_model(SET(CAUSES("0.3", "0.2"), A_LAUNCH));
    struct iss_worker *worker;
    double metrics[256], n = 400, by[3] = {0};

    (void)state;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    for (uint64_t i = 0; i < 400; i++) {
        struct iss_row row = {.metrics = metrics};
        assert_int_equal(iss_worker_run(worker, 1, i, NULL, &row), ISS_OK);
        double slip = metrics[iss_metric_find(model, "slip_mean_d")];
        double count = metrics[iss_metric_find(model, "scrubs")];
        by[0] += count == 0;
        by[1] += count == 1 && slip == 2;
        by[2] += count == 1 && slip == 7;
    }
    const double share[] = {0.5, 0.3 * 0.5, 0.2 * 0.5}; /* and then it is launched */
    for (int i = 0; i < 3; i++) {
        double z = (by[i] - n * share[i]) / sqrt(n * share[i] * (1 - share[i]));
        if (!(fabs(z) <= 4)) {
            fail_msg("outcome %d: %g of %g, z %g", i, by[i], n, z);
        }
    }
    iss_worker_free(worker);
    iss_model_free(model);
}

/* Another flight's attempts leave these where they are. */
static void
attempts_belong_to_their_flight(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 5; i++) {
        struct run one, two;
        run_index(&one,
                  SET(CAUSES("0.6", "0.2"), A_LAUNCH,
                      "metrics.a={measure='launch'; "
                      "flight='A';}"),
                  i);
        run_index(&two,
                  SET(CAUSES("0.6", "0.2"), A_LAUNCH,
                      "metrics.a={measure='launch'; flight='A';}",
                      "flights.B={vehicle='barge'; launch=@49;}"),
                  i);
        assert_true(run_metric(&one, "a") == run_metric(&two, "a"));
        run_end(&one);
        run_end(&two);
    }
}

/* What was offered a port and is called off leaves it to the next, and is held anew. */
static void
a_scrub_gives_the_port_to_another(void **state)
{
    struct run run;

    (void)state;
    for (uint64_t i = 0;; i++) {
        assert_true(i < 50);
        run_index(&run,
                  SET(CAUSES("0.5", "0"), TWO_PORTS, BARGE,
                      "flights.A={vehicle='barge'; launch=@50;}",
                      "vehicles.tug={role='cargo'; docking='latch'; stay=20; "
                      "ports=['south'];}",
                      "flights.B={vehicle='tug'; launch=@51;}"),
                  i);
        if (run_metric(&run, "scrubs") == 1) {
            break;
        }
        run_end(&run);
    }
    ASSERT_STORY(&run, "LAUNCH_HELD LAUNCH_SCRUBBED LAUNCHED",
                 "50 LAUNCH_HELD A\n"
                 "51 LAUNCH_HELD B\n"
                 "120 LAUNCH_SCRUBBED A\n"
                 "120 LAUNCHED B\n"
                 "122 LAUNCH_HELD A\n"
                 "140 LAUNCHED A\n");
    ASSERT_METRIC(&run, "port_wait_d", 70 + 69 + 18);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_scrub_delays_the_launch_by_its_causes_recycle),
        cmocka_unit_test(causes_compete_in_one_attempt),
        cmocka_unit_test(attempts_belong_to_their_flight),
        cmocka_unit_test(a_scrub_gives_the_port_to_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
