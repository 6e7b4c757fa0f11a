/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_refused.c - what can't happen, forced or not, doesn't.
 */
#include "unit/replicate/run.h"

#define STRIKE(day, flight)                                                            \
    "events.strike={at=@" day "; what='failure'; failure='leak'; flight='" flight "';" \
    "}"
#define CONSEQUENCES "VEHICLE_UNSAFE FAILURE_DETECTED LIFEBOAT_DECISION"

static void
a_failure_strikes_what_is_at_the_station_or_when_it_comes(void **state)
{
    static const char docked[] = "91 VEHICLE_UNSAFE Second\n"
                                 "91 FAILURE_DETECTED Second\n"
                                 "101 LIFEBOAT_DECISION Second\n";
    struct run run;

    (void)state;
    ASSERT_TOLD(CONSEQUENCES, docked, SET(SECOND, STRIKE("20", "Second")));
    ASSERT_TOLD(CONSEQUENCES, docked, SET(SECOND, STRIKE("90.5", "Second")));
    ASSERT_TOLD(CONSEQUENCES, "",
                SET(SECOND, STRIKE("96.5", "First")));      /* descending */
    run_outpost(&run, SET(SECOND, STRIKE("150", "First"))); /* landed */
    ASSERT_STORY(&run, CONSEQUENCES, "");
    ASSERT_METRIC(&run, "failures", 0);
    ASSERT_METRIC(&run, "vehicles_unsafe", 0);
    assert_int_equal(run.outcome.tables[ISS_TABLE_failures].rows, 0);
    run_end(&run);
}

static void
a_failure_strikes_a_vehicle_once(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, STRIKE("40", "First"), "policy.call_up=false"));
    ASSERT_STORY(&run, CONSEQUENCES,
                 "20 VEHICLE_UNSAFE First\n"
                 "20 FAILURE_DETECTED First\n"
                 "30 LIFEBOAT_DECISION First\n");
    ASSERT_METRIC(&run, "failures", 1);
    run_end(&run);
}

/* A vehicle that left before anybody noticed is examined no more; one that is due to
 * leave when something has been noticed waits for the finding and the decision. */
static void
what_has_left_is_no_longer_examined(void **state)
{
    (void)state;
    ASSERT_TOLD("FAILURE_DETECTED FAILURE_ASSESSED LIFEBOAT_DECISION", "",
                SET(LEAK, "failures.leak.detection=81"));
    ASSERT_TOLD("FAILURE_DETECTED FAILURE_ASSESSED LIFEBOAT_DECISION",
                "98 FAILURE_DETECTED First\n"
                "103 FAILURE_ASSESSED First\n"
                "108 LIFEBOAT_DECISION First\n",
                SET(LEAK, "failures.leak.detection=78"));
    ASSERT_TOLD("FAILURE_DETECTED FAILURE_ASSESSED LIFEBOAT_DECISION",
                "92 FAILURE_DETECTED First\n"
                "97 FAILURE_ASSESSED First\n"
                "102 LIFEBOAT_DECISION First\n",
                SET(LEAK, "events.the_leak.at=@92"));
}

/* First docked 49 days before the start, and lived on. */
static void
a_life_counts_from_docking(void **state)
{
    (void)state;
    ASSERT_TOLD("VEHICLE_UNSAFE", "11 VEHICLE_UNSAFE First\n",
                SET("failures.leak.life=60", "policy.call_up=false"));
    ASSERT_TOLD("VEHICLE_UNSAFE", "0 VEHICLE_UNSAFE First\n",
                SET("failures.leak.life=20", "policy.call_up=false"));
    ASSERT_TOLD("VEHICLE_UNSAFE", "", SET("failures.leak.life=150"));
}

static void
a_drawn_failure_happens_while_docked_only(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 50; i++) {
        struct run run;
        run_model(&run,
                  outpost_model(SET(SECOND,
                                    "failures.leak.life={dist='exponential'; "
                                    "mean=60;}",
                                    "policy.call_up=false")),
                  i);
        struct iss_outcome *outcome = &run.outcome;
        for (size_t row = 0; row < outcome->tables[ISS_TABLE_failures].rows; row++) {
            int32_t flight = iss_at(outcome, failures, flight, id)[row];
            int64_t at = iss_at(outcome, failures, occurs, time)[row];
            int64_t undock = iss_at(outcome, flights, undock, time)[flight];
            assert_true(at >= 0 && at >= iss_at(outcome, flights, dock, time)[flight]);
            assert_true(undock == ISS_NO_TIME || at <= undock);
        }
        run_end(&run);
    }
}

/* A ship that is home by the time its life ends doesn't leave again. */
static void
a_vehicle_leaves_once(void **state)
{
    (void)state;
    ASSERT_TOLD("LIFE_EXPIRES DEPARTURE_DUE UNDOCKED LANDED",
                "100 DEPARTURE_DUE First\n"
                "100 UNDOCKED First north\n"
                "101 LANDED First\n",
                SET("vehicles.capsule.certified_life=150.5"));
    ASSERT_TOLD("LIFE_EXPIRES DEPARTURE_DUE UNDOCKED LANDED",
                "100 DEPARTURE_DUE First\n"
                "100 UNDOCKED First north\n"
                "101 LANDED First\n",
                SET("vehicles.capsule.certified_life=150"));
}

/* Nobody replaces a ship that has gone, even when its replacement arrives. */
static void
a_replacement_that_comes_too_late_finds_nobody(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LEAK, "vehicles.capsule.call_up_lead=60",
                    "policy.return_in_damaged='at_relief'",
                    "scenario.forecast_from=@105", "flights.First.as_flown.undock=@101",
                    "flights.First.as_flown.land=@102",
                    "flights.Late={vehicle='capsule'; undock=@150; as_flown={"
                    "launch=@104; replaces='First';};}"));
    ASSERT_STORY(&run, "RESCUE_CALLED SEAT_MOVED UNDOCKED DOCKED",
                 "101 UNDOCKED First north\n"
                 "105 DOCKED Late north\n"
                 "150 UNDOCKED Late north\n");
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_strikes_what_is_at_the_station_or_when_it_comes),
        cmocka_unit_test(a_failure_strikes_a_vehicle_once),
        cmocka_unit_test(what_has_left_is_no_longer_examined),
        cmocka_unit_test(a_life_counts_from_docking),
        cmocka_unit_test(a_drawn_failure_happens_while_docked_only),
        cmocka_unit_test(a_vehicle_leaves_once),
        cmocka_unit_test(a_replacement_that_comes_too_late_finds_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
