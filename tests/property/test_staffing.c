/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_staffing.c - what the columns say of who was aboard is what the table of stays
 * says: residents below the minimum, segments without anyone; no vehicle leaves with
 * more people than it has places; who goes outside is aboard, and is in one place;
 * hours of research add up.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "isssim/status.h"

enum { MOST_TIMES = 512 };

/* Whether a stay is one of a resident who is aboard at `time_us`. */
static bool
lives_aboard(struct iss_outcome *outcome, size_t row, int64_t time_us)
{
    int64_t arrive = iss_at(outcome, crew, arrive, time)[row];
    int64_t leave = iss_at(outcome, crew, leave, time)[row];

    return !iss_at(outcome, crew, visiting, flag)[row] && arrive != ISS_NO_TIME &&
           arrive <= time_us && (leave == ISS_NO_TIME || leave > time_us);
}

/* Residents at `time_us`: all, or those trained for a segment. */
static int64_t
count(const struct iss_model *model, struct iss_outcome *outcome, int64_t time_us,
      int32_t segment)
{
    int64_t residents = 0;

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_crew].rows; row++) {
        int32_t person = iss_at(outcome, crew, person, id)[row];
        residents += lives_aboard(outcome, row, time_us) &&
                     (segment < 0 ||
                      iss_crew_runs(iss_model_crew_member(model, person), segment));
    }
    return residents;
}

static int
compare_times(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

/* From then on nobody is missed. */
static int64_t
find_end(const struct iss_model *model, struct iss_outcome *outcome)
{
    for (size_t row = 0; row < outcome->tables[ISS_TABLE_events].rows; row++) {
        int kind = iss_at(outcome, events, type, code)[row];
        if (kind == ISS_EVENT_STATION_LOST || kind == ISS_EVENT_STATION_DEORBITED) {
            return iss_at(outcome, events, time, time)[row];
        }
    }
    return model->scenario.end_us;
}

/* When anybody comes or goes, the start and the station's end with them. */
static int32_t
find_times(const struct iss_model *model, struct iss_outcome *outcome, int64_t *times)
{
    int64_t end_us = find_end(model, outcome);
    int32_t n = 2;

    times[0] = 0;
    times[1] = end_us;
    for (size_t row = 0; row < outcome->tables[ISS_TABLE_crew].rows; row++) {
        int64_t at[] = {iss_at(outcome, crew, arrive, time)[row],
                        iss_at(outcome, crew, leave, time)[row]};
        for (int k = 0; k < 2; k++) {
            if (at[k] != ISS_NO_TIME && at[k] > 0 && at[k] < end_us) {
                assert_true(n < MOST_TIMES);
                times[n++] = at[k];
            }
        }
    }
    qsort(times, (size_t)n, sizeof *times, compare_times);
    return n;
}

static void
assert_days(const char *name, double recounted, double got)
{
    if (!(fabs(recounted - got) <= 1e-9 * (1 + fabs(got)))) {
        fail_msg("%s: %.17g, recounted %.17g", name, got, recounted);
    }
}

static void
assert_staffing(const struct iss_model *model, struct iss_outcome *outcome,
                const double *metrics)
{
    int64_t times[MOST_TIMES], below = 0, unstaffed[ISS_MAX_SEGMENTS] = {0};
    int32_t n = find_times(model, outcome, times);

    for (int32_t i = 0; i + 1 < n; i++) {
        int64_t span = times[i + 1] - times[i];
        below += span * (count(model, outcome, times[i], -1) < model->station.min_crew);
        for (int32_t k = 0; k < model->segments.count; k++) {
            unstaffed[k] += span * (count(model, outcome, times[i], k) == 0);
        }
    }
    assert_days("below_min_crew_d", iss_days_from_us(below),
                fixture_metric(model, metrics, "below_min_crew_d"));
    assert_days("unstaffed_ros_d", iss_days_from_us(unstaffed[0]),
                fixture_metric(model, metrics, "unstaffed_ros_d"));
    assert_days("unstaffed_usos_d", iss_days_from_us(unstaffed[1]),
                fixture_metric(model, metrics, "unstaffed_usos_d"));
}

static void
assert_seats(const struct iss_model *model, struct iss_outcome *outcome)
{
    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        const struct iss_vehicle *vehicle =
            iss_model_vehicle(model, iss_at(outcome, flights, vehicle, id)[i]);
        assert_true(iss_at(outcome, flights, crew_down, count)[i] <=
                    vehicle->seats + vehicle->emergency_seats);
        assert_true(iss_at(outcome, flights, crew_up, count)[i] <= vehicle->seats);
    }
}

/* Everyone who goes out, or helps, lives aboard then, and isn't out or helping twice.
 */
static void
assert_spacewalks(struct iss_outcome *outcome)
{
    size_t rows = outcome->tables[ISS_TABLE_spacewalks].rows;
    const int32_t *person = iss_at(outcome, spacewalks, person, id);
    const int64_t *start = iss_at(outcome, spacewalks, start, time);
    const int64_t *end = iss_at(outcome, spacewalks, end, time);

    for (size_t i = 0; i < rows; i++) {
        bool aboard = false;
        for (size_t row = 0; row < outcome->tables[ISS_TABLE_crew].rows; row++) {
            aboard = aboard || (iss_at(outcome, crew, person, id)[row] == person[i] &&
                                lives_aboard(outcome, row, start[i]));
        }
        assert_true(aboard);
        for (size_t k = 0; k < i; k++) {
            assert_true(person[k] != person[i] || end[k] <= start[i]);
        }
    }
}

/* With no more aboard than the nominal crew's row says, all hours are accounted for. */
static void
assert_research(const struct iss_model *model, struct iss_outcome *outcome,
                const double *metrics)
{
    double done = fixture_metric(model, metrics, "research_h");
    double lost = fixture_metric(model, metrics, "research_lost_h");
    double weeks = iss_days_from_us(find_end(model, outcome)) / 7;

    if (model->utilisation.research.count > 0) {
        assert_days("research", 100 * weeks, done + lost);
        assert_days("research_lost_h",
                    fixture_metric(model, metrics, "research_lost_crew_h") +
                        fixture_metric(model, metrics, "research_lost_illness_h") +
                        fixture_metric(model, metrics, "research_lost_eva_h") +
                        fixture_metric(model, metrics, "research_lost_maintenance_h") +
                        fixture_metric(model, metrics, "research_lost_handover_h") +
                        fixture_metric(model, metrics, "research_lost_traffic_h") +
                        fixture_metric(model, metrics, "research_lost_outage_h"),
                    lost);
    }
}

static void
assert_accounts(const char *scenario, const char *override, uint64_t replications)
{
    struct iss_model *model = fixture_model(scenario, &override, override != NULL);
    double metrics[FIXTURE_METRICS];
    uint64_t fingerprint;

    assert_true(iss_metric_count(model) <= FIXTURE_METRICS);
    assert_string_equal(model->segments.at[0], "ROS");
    assert_string_equal(model->segments.at[1], "USOS");
    for (uint64_t i = 0; i < replications; i++) {
        struct iss_outcome outcome = fixture_trace(model, 5, i, metrics, &fingerprint);
        assert_staffing(model, &outcome, metrics);
        assert_seats(model, &outcome);
        assert_spacewalks(&outcome);
        assert_research(model, &outcome, metrics);
        iss_outcome_clear(&outcome);
    }
    iss_model_free(model);
}

static void
the_columns_say_what_the_stays_say(void **state)
{
    (void)state;
    assert_accounts("scenarios/medical_return.cfg", NULL, 40);
    assert_accounts("scenarios/medical_return.cfg", "scenario.mode=replay", 1);
    assert_accounts("scenarios/medical_return.cfg", "policy.evacuation_vehicle=fewest",
                    40);
    assert_accounts("scenarios/medical_return.cfg",
                    "failures.illness={clock=\"together\"; life=25;}", 40);
    assert_accounts("scenarios/medical_return.cfg",
                    "eva={us={interval=3;}; russian={interval=2;};}", 10);
    assert_accounts("scenarios/medical_return.cfg",
                    "utilisation={handover=5; traffic=9;}", 20);
    assert_accounts("tests/property/trouble.cfg", NULL, 40);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_say_what_the_stays_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
