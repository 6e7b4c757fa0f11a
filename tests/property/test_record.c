/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_record.c - soyuz_leak.cfg in replay is what happened in 2022 and 2023.
 *
 * The expected figures are the record's: launches, dockings and landings as published
 * by the agencies, people aboard counted from the crews' stays.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

struct replay {
    struct iss_model *model;
    struct iss_outcome outcome;
    double metrics[256];
};

static int
run_replay(void **state)
{
    static struct replay replay;
    static const char *const overrides[] = {"scenario.mode=replay"};
    uint64_t fingerprint;

    replay.model = fixture_model("scenarios/soyuz_leak.cfg", overrides, 1);
    replay.outcome = fixture_trace(replay.model, 1, 0, replay.metrics, &fingerprint);
    *state = &replay;
    return 0;
}

static int
end_replay(void **state)
{
    struct replay *replay = *state;
    iss_outcome_clear(&replay->outcome);
    iss_model_free(replay->model);
    return 0;
}

static double
metric(const struct replay *replay, const char *name)
{
    int32_t index = iss_metric_find(replay->model, name);
    assert_true(index >= 0);
    return replay->metrics[index];
}

static void
assert_time(struct replay *replay, const int64_t *times, const char *flight,
            const char *date)
{
    size_t row = fixture_row(&replay->outcome, "flights", flight);
    assert_int_equal(times[row], fixture_time(replay->model, date));
}

static void
the_rescue_ship_launches_empty_and_docks_two_days_later(void **state)
{
    struct replay *replay = *state;
    struct iss_outcome *outcome = &replay->outcome;
    size_t row = fixture_row(outcome, "flights", "MS-23");

    assert_time(replay, iss_at(outcome, flights, launch, time), "MS-23",
                "2023-02-24T00:24Z");
    assert_time(replay, iss_at(outcome, flights, dock, time), "MS-23",
                "2023-02-26T00:58Z");
    assert_int_equal(iss_at(outcome, flights, crew_up, count)[row], 0);
    assert_int_equal(iss_at(outcome, flights, crew_down, count)[row], 3);
}

static void
the_damaged_ship_leaves_empty_on_28_march(void **state)
{
    struct replay *replay = *state;
    struct iss_outcome *outcome = &replay->outcome;
    size_t row = fixture_row(outcome, "flights", "MS-22");

    assert_time(replay, iss_at(outcome, flights, undock, time), "MS-22",
                "2023-03-28T09:57Z");
    assert_int_equal(iss_at(outcome, flights, crew_down, count)[row], 0);
    assert_int_equal(iss_at(outcome, flights, condition, code)[row],
                     ISS_EMERGENCY_ONLY);
}

static void
the_stranded_crew_lands_on_27_september_after_370_9_days(void **state)
{
    struct replay *replay = *state;
    struct iss_outcome *outcome = &replay->outcome;
    static const char *const names[] = {"Sergey Prokopyev", "Dmitri Petelin",
                                        "Frank Rubio"};
    const struct iss_table *crew = iss_outcome_table(outcome, "crew");
    int found = 0;

    assert_time(replay, iss_at(outcome, flights, land, time), "MS-23",
                "2023-09-27T11:17Z");
    for (size_t row = 0; row < crew->rows; row++) {
        for (size_t i = 0; i < 3; i++) {
            if (strcmp(iss_at(outcome, crew, name, text)[row], names[i]) == 0) {
                double days = iss_at(outcome, crew, days_total, real)[row];
                assert_true(fabs(days - 370.9) < 0.05);
                found++;
            }
        }
    }
    assert_int_equal(found, 3);
}

static void
people_aboard_are_as_many_as_there_were(void **state)
{
    struct replay *replay = *state;
    static const struct {
        const char *date;
        int64_t crew;
    } record[] = {{"2022-12-01Z", 7},  {"2023-01-01Z", 7},  {"2023-03-05Z", 11},
                  {"2023-03-20Z", 7},  {"2023-05-25Z", 11}, {"2023-06-15Z", 7},
                  {"2023-09-01Z", 11}, {"2023-09-20Z", 10}, {"2023-12-31Z", 7}};

    for (size_t i = 0; i < sizeof record / sizeof *record; i++) {
        assert_int_equal(
            fixture_crew_at(replay->model, &replay->outcome, record[i].date),
            record[i].crew);
    }
}

/* Three people from 15 December 00:45 to 18 January, then two until 26 February 00:58;
 * Rubio's place in Dragon is improvised and counts as safe. */
static void
person_days_without_a_safe_seat_are_180(void **state)
{
    struct replay *replay = *state;

    assert_true(fabs(metric(replay, "unsafe_person_days") - 180) < 0.5);
    assert_true(metric(replay, "emergency_seat_person_days") ==
                metric(replay, "unsafe_person_days"));
    assert_true(fabs(metric(replay, "improvised_seat_person_days") - 39) < 0.5);
    assert_true(fabs(metric(replay, "rescue_launch_d") - 71) < 0.1);
}

static void
every_event_is_caused_by_an_earlier_one(void **state)
{
    struct replay *replay = *state;
    struct iss_outcome *outcome = &replay->outcome;
    const struct iss_table *events = iss_outcome_table(outcome, "events");

    assert_true(events->rows > 50);
    for (size_t row = 0; row < events->rows; row++) {
        int32_t cause = iss_at(outcome, events, cause, id)[row];
        assert_true(cause < (int32_t)row);
        if (cause >= 0) {
            assert_true(iss_at(outcome, events, time, time)[cause] <=
                        iss_at(outcome, events, time, time)[row]);
        }
    }
}

static void
the_outcome_is_well_formed(void **state)
{
    struct replay *replay = *state;
    const char *problem = iss_outcome_problem(&replay->outcome);
    assert_string_equal(problem ? problem : "", "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rescue_ship_launches_empty_and_docks_two_days_later),
        cmocka_unit_test(the_damaged_ship_leaves_empty_on_28_march),
        cmocka_unit_test(the_stranded_crew_lands_on_27_september_after_370_9_days),
        cmocka_unit_test(people_aboard_are_as_many_as_there_were),
        cmocka_unit_test(person_days_without_a_safe_seat_are_180),
        cmocka_unit_test(every_event_is_caused_by_an_earlier_one),
        cmocka_unit_test(the_outcome_is_well_formed),
    };
    return cmocka_run_group_tests(tests, run_replay, end_replay);
}
