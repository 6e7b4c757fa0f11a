/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_figures.c - the metrics and the tables of small missions, worked out by hand.
 */
#include "unit/replicate/run.h"

#include <math.h>

/*
 *  day        -50 -49      0        90  91   96  97       200 201   360
 *  First       up  docked at north ------------|  down
 *  Second                          up   docked at south ---|  down
 *  aboard              2   2              4    2           0          0
 */
#define PLAIN                                                                          \
    SET(SECOND, "metrics.ada={measure='stay'; person='ada';}",                         \
        "metrics.chen={measure='docked_stay'; person='chen';}",                        \
        "metrics.eve={measure='stay'; person='eve';}",                                 \
        "metrics.up={measure='launch'; flight='Second';}",                             \
        "metrics.there={measure='dock'; flight='First'; doc='Before the start';}",     \
        "metrics.off={measure='undock'; flight='Second';}",                            \
        "metrics.down={measure='landing'; flight='Second';}")

static void
a_quiet_mission_has_these_metrics(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, PLAIN);
    ASSERT_METRIC(&run, "crew_days", 2 * 96 + 2 * (200 - 91));
    ASSERT_METRIC(&run, "crew_mean", 410.0 / 360);
    ASSERT_METRIC(&run, "crew_min", 0);
    ASSERT_METRIC(&run, "crew_max", 4);
    ASSERT_METRIC(&run, "below_min_crew_d", 160);
    ASSERT_METRIC(&run, "uncrewed_d", 160);
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    ASSERT_METRIC(&run, "no_lifeboat_d", 0);
    ASSERT_METRIC(&run, "lifeboats_at_end", 0);
    ASSERT_METRIC(&run, "longest_stay_d", 147);
    ASSERT_METRIC(&run, "longest_docked_stay_d", 145);
    ASSERT_METRIC(&run, "launches", 1); /* what was before the start isn't counted */
    ASSERT_METRIC(&run, "crew_launches", 1);
    ASSERT_METRIC(&run, "dockings", 1);
    ASSERT_METRIC(&run, "slip_mean_d", 0);
    ASSERT_METRIC(&run, "unstaffed_core_d", 160);
    ASSERT_METRIC(&run, "unstaffed_lab_d", 360);
    assert_true(isnan(run_metric(&run, "rescue_launch_d")));
    run_end(&run);
}

static void
a_scenarios_own_metrics_follow(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, PLAIN);
    ASSERT_METRIC(&run, "ada", 147);
    ASSERT_METRIC(&run, "chen", 109);
    assert_true(isnan(run_metric(&run, "eve"))); /* never flew */
    ASSERT_METRIC(&run, "up", 90);
    ASSERT_METRIC(&run, "there", -49);
    ASSERT_METRIC(&run, "off", 200);
    ASSERT_METRIC(&run, "down", 201);
    run_end(&run);
}

static void
stays_that_go_on_count_to_the_horizon(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.end=@40", LAB));
    ASSERT_METRIC(&run, "longest_stay_d", 90);
    ASSERT_METRIC(&run, "longest_docked_stay_d", 89);
    ASSERT_METRIC(&run, "lifeboats_at_end", 2);
    ASSERT_METRIC(&run, "crew_min", 3);
    ASSERT_METRIC(&run, "unstaffed_lab_d", 0);
    assert_true(isnan(run_metric(&run, "slip_mean_d")));
    run_end(&run);
}

static void
visitors_are_aboard_and_dont_count_for_staffing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("flights.Visit={vehicle='capsule'; launch=@49; undock=@60; "
                          "crew=['eve','finn']; visiting=true;}",
                          "station.min_crew=3"));
    ASSERT_METRIC(&run, "crew_days", 200 + 2 * 10);
    ASSERT_METRIC(&run, "below_min_crew_d", 360);
    ASSERT_METRIC(&run, "unstaffed_lab_d", 360);
    ASSERT_METRIC(&run, "no_lifeboat_d", 0);
    run_end(&run);
}

static void
a_damaged_ship_is_no_lifeboat(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK));
    ASSERT_METRIC(&run, "no_lifeboat_d", 61 - 20);
    ASSERT_METRIC(&run, "failures", 1);
    ASSERT_METRIC(&run, "vehicles_unsafe", 1);
    ASSERT_METRIC(&run, "rescues_called", 1);
    ASSERT_METRIC(&run, "rescue_launch_d", 40);
    assert_true(isnan(run_metric(&run, "slip_mean_d"))); /* a rescue has no plan */
    run_end(&run);
}

static void
metrics_have_names_units_and_meanings(void **state)
{
    struct iss_model *model = outpost_model(PLAIN);
    char buffer[ISS_METRIC_TEXT], other[ISS_METRIC_TEXT];

    (void)state;
    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        struct iss_metric_info info = iss_metric_info(model, i, buffer);
        assert_true(strlen(info.name) > 1 && strlen(info.doc) > 3);
        assert_true(strcmp(info.units, "d") == 0 || strcmp(info.units, "h") == 0 ||
                    strcmp(info.units, "%") == 0 || strcmp(info.units, "1") == 0 ||
                    strcmp(info.units, "kg") == 0 || strcmp(info.units, "km") == 0);
        assert_int_equal(iss_metric_find(model, info.name), i);
    }
    assert_string_equal(
        iss_metric_info(model, iss_metric_find(model, "there"), other).doc,
        "Before the start");
    assert_int_equal(iss_metric_find(model, "luck"), -1);
    iss_model_free(model);
}

/* ---- tables -------------------------------------------------------------------- */

static double
days(int64_t us)
{
    return us == ISS_NO_TIME ? NAN : iss_days_from_us(us);
}

/* "north First 0 96\n": one line an interval; nan: none. */
static void
assert_ports(struct run *run, const char *expected)
{
    struct iss_outcome *o = &run->outcome;
    char got[1024] = "", line[128];

    for (size_t row = 0; row < o->tables[ISS_TABLE_port_intervals].rows; row++) {
        snprintf(
            line, sizeof line, "%s %s %g %g\n",
            iss_at(o, ports, id, text)[iss_at(o, port_intervals, port, id)[row]],
            iss_at(o, flights, id, text)[iss_at(o, port_intervals, flight, id)[row]],
            days(iss_at(o, port_intervals, start, time)[row]),
            days(iss_at(o, port_intervals, end, time)[row]));
        strcat(got, line);
    }
    assert_string_equal(got, expected);
}

/* "ada First regular safe 0 96\n" */
static void
assert_seats(struct run *run, const char *expected)
{
    static const char *const kinds[] = {"none", "regular", "improvised"};
    struct iss_outcome *o = &run->outcome;
    char got[2048] = "", line[128];

    for (size_t row = 0; row < o->tables[ISS_TABLE_seat_intervals].rows; row++) {
        int32_t flight = iss_at(o, seat_intervals, flight, id)[row];
        snprintf(
            line, sizeof line, "%s %s %s %s %g %g\n",
            iss_at(o, people, id, text)[iss_at(o, seat_intervals, person, id)[row]],
            flight < 0 ? "-" : iss_at(o, flights, id, text)[flight],
            kinds[iss_at(o, seat_intervals, kind, code)[row]],
            iss_at(o, seat_intervals, safe, flag)[row] ? "safe" : "unsafe",
            days(iss_at(o, seat_intervals, start, time)[row]),
            days(iss_at(o, seat_intervals, end, time)[row]));
        strcat(got, line);
    }
    assert_string_equal(got, expected);
}

/* "0 2 0 2 2 0 First - -\n": day, crew, unsafe, safe seats, crew_core, crew_lab, and
 * who is at north, south and annex; rows that repeat the one before are left out. */
static void
assert_state(struct run *run, const char *expected)
{
    struct iss_outcome *o = &run->outcome;
    char got[2048] = "", line[128], before[128] = "";

    for (size_t row = 0; row < o->tables[ISS_TABLE_state].rows; row++) {
        const int32_t *docked = iss_tables_docked(o)->data.id + 3 * row;
        const char *at[3];
        for (int port = 0; port < 3; port++) {
            at[port] =
                docked[port] < 0 ? "-" : iss_at(o, flights, id, text)[docked[port]];
        }
        snprintf(line, sizeof line, "%d %d %d %d %d %s %s %s",
                 (int)iss_at(o, state, crew, count)[row],
                 (int)iss_at(o, state, unsafe, count)[row],
                 (int)iss_at(o, state, seats_safe, count)[row],
                 (int)iss_tables_segment(o, 0)->data.count[row],
                 (int)iss_tables_segment(o, 1)->data.count[row], at[0], at[1], at[2]);
        if (strcmp(line, before) != 0) {
            sprintf(got + strlen(got), "%g %s\n",
                    days(iss_at(o, state, time, time)[row]), line);
            strcpy(before, line);
        }
    }
    assert_string_equal(got, expected);
}

static void
a_quiet_mission_has_these_intervals(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, "scenario.end=@150"));
    assert_ports(&run, "north First 0 96\n"
                       "south Second 91 nan\n");
    assert_seats(&run, "ada First regular safe 0 96\n"
                       "boris First regular safe 0 96\n"
                       "chen Second regular safe 91 nan\n"
                       "dana Second regular safe 91 nan\n");
    assert_state(&run, "0 2 0 2 2 0 First - -\n"
                       "91 4 0 4 4 0 First Second -\n"
                       "96 2 0 2 2 0 - Second -\n");
    run_end(&run);
}

static void
a_leak_shows_in_the_seats_and_in_the_state(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, LAB, "flights.First.crew=['ada']"));
    assert_ports(&run, "north First 0 71\n"
                       "annex Lab 0 150\n"
                       "south capsule-r1 61 100\n");
    assert_seats(&run, "ada First regular safe 0 20\n"
                       "eve Lab regular safe 0 150\n"
                       "ada First regular unsafe 20 30\n"
                       "ada Lab regular safe 30 61\n"
                       "ada capsule-r1 regular safe 61 100\n");
    assert_state(&run, "0 2 0 4 1 1 First - Lab\n"
                       "20 2 1 2 1 1 First - Lab\n"
                       "30 2 0 2 1 1 First - Lab\n"
                       "61 2 0 4 1 1 First capsule-r1 Lab\n"
                       "71 2 0 4 1 1 - capsule-r1 Lab\n"
                       "100 1 0 2 0 1 - - Lab\n"
                       "150 0 0 0 0 0 - - -\n");
    run_end(&run);
}

static void
stays_are_told_from_launch_to_landing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(SECOND, "scenario.end=@150",
                    "flights.Old={vehicle='capsule'; crew=['eve']; port='south'; "
                    "as_flown={launch=@-90; dock=@-89; undock=@-60; land=@-59;};}"));
    struct iss_outcome *o = &run.outcome;
    assert_int_equal(o->tables[ISS_TABLE_crew].rows, 4); /* Eve's was before */
    assert_int_equal(iss_at(o, crew, person, id)[0], outpost_person(run.model, "ada"));
    assert_int_equal(iss_at(o, crew, flight_up, id)[0],
                     iss_at(o, crew, flight_down, id)[0]);
    assert_int_equal(iss_at(o, crew, launch, time)[0], DAYS(-50));
    assert_int_equal(iss_at(o, crew, arrive, time)[0], DAYS(-49));
    assert_int_equal(iss_at(o, crew, leave, time)[0], DAYS(96));
    assert_int_equal(iss_at(o, crew, land, time)[0], DAYS(97));
    assert_true(iss_at(o, crew, days_aboard, real)[0] == 145);
    assert_true(iss_at(o, crew, days_total, real)[0] == 147);
    assert_int_equal(iss_at(o, crew, flight_down, id)[2], -1); /* Chen is still up */
    assert_int_equal(iss_at(o, crew, land, time)[2], ISS_NO_TIME);
    assert_true(iss_at(o, crew, days_aboard, real)[2] == 59);
    assert_true(iss_at(o, crew, days_total, real)[2] == 60);
    run_end(&run);
}

static void
flights_and_failures_are_told_as_they_ended(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK, "failures.leak.detection=2", BARGE,
                          "vehicles.capsule.certified_life=210"));
    struct iss_outcome *o = &run.outcome;
    assert_int_equal(o->tables[ISS_TABLE_flights].rows, 3);
    assert_int_equal(o->tables[ISS_TABLE_failures].rows, 1);
    assert_int_equal(iss_at(o, failures, flight, id)[0], 0);
    assert_int_equal(iss_at(o, failures, occurs, time)[0], DAYS(20));
    assert_int_equal(iss_at(o, failures, detected, time)[0], DAYS(22));
    assert_int_equal(iss_at(o, failures, assessed, time)[0], DAYS(27));
    assert_int_equal(iss_at(o, flights, condition, code)[0], ISS_EMERGENCY_ONLY);
    assert_int_equal(iss_at(o, flights, status, code)[0], ISS_FLIGHT_LANDED);
    assert_int_equal(iss_at(o, flights, status, code)[1], ISS_FLIGHT_DISPOSED);
    assert_int_equal(iss_at(o, flights, crew_up, count)[0], 2);
    assert_int_equal(iss_at(o, flights, crew_down, count)[0], 0);
    assert_int_equal(iss_at(o, flights, life_limit, time)[0], DAYS(160));
    assert_int_equal(iss_at(o, flights, life_limit, time)[1], ISS_NO_TIME);
    assert_int_equal(iss_at(o, flights, generated, flag)[2], 1);
    assert_int_equal(iss_at(o, flights, replaces, id)[2], 0);
    assert_int_equal(iss_at(o, flights, crew_down, count)[2], 2);
    assert_int_equal(iss_at(o, flights, launch_planned, time)[2], ISS_NO_TIME);
    assert_int_equal(iss_at(o, flights, port, id)[0], outpost_port(run.model, "north"));
    assert_int_equal(iss_at(o, flights, port, id)[2], outpost_port(run.model, "annex"));
    assert_string_equal(iss_at(o, flights, name, text)[2], "capsule replacement 1");
    run_end(&run);
}

static void
every_event_names_its_cause(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LEAK));
    struct iss_outcome *o = &run.outcome;
    /* backwards from the replacement's docking to the leak */
    static const enum iss_event_kind chain[] = {ISS_EVENT_DOCKED,
                                                ISS_EVENT_DOCKING_DUE,
                                                ISS_EVENT_LAUNCHED,
                                                ISS_EVENT_LAUNCH_DUE,
                                                ISS_EVENT_LIFEBOAT_DECISION,
                                                ISS_EVENT_FAILURE_ASSESSED,
                                                ISS_EVENT_FAILURE_DETECTED,
                                                ISS_EVENT_FAILURE_OCCURS,
                                                ISS_EVENT_FORCED_DUE};
    int32_t row = 0;
    while (iss_at(o, events, type, code)[row] != ISS_EVENT_DOCKED) {
        row++;
    }
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        assert_int_equal(iss_at(o, events, type, code)[row], chain[i]);
        row = iss_at(o, events, cause, id)[row];
    }
    assert_int_equal(row, -1);
    run_end(&run);
}

static void
the_outcome_keeps_what_it_was_made_from(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND));
    struct iss_outcome *o = &run.outcome;
    assert_string_equal(o->filetype, "isssim/run");
    assert_string_equal(o->title, "Outpost");
    assert_string_equal(o->epoch, "2030-01-01T00:00:00Z");
    assert_int_equal(o->seed, 1);
    assert_string_equal(o->resolved_text, run.model->resolved);
    assert_string_equal(o->model_hash, run.model->hash);
    assert_int_equal(o->file_count, 1);
    assert_string_equal(o->files[0].path, "s.cfg");
    assert_string_equal(o->scenario_text, run.model->source.files->text);
    assert_int_equal(o->tables[ISS_TABLE_metrics].rows,
                     (size_t)iss_metric_count(run.model));
    assert_true(iss_at(o, metrics, value, real)[0] == run.metrics[0]);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_mission_has_these_metrics),
        cmocka_unit_test(a_scenarios_own_metrics_follow),
        cmocka_unit_test(stays_that_go_on_count_to_the_horizon),
        cmocka_unit_test(visitors_are_aboard_and_dont_count_for_staffing),
        cmocka_unit_test(a_damaged_ship_is_no_lifeboat),
        cmocka_unit_test(metrics_have_names_units_and_meanings),
        cmocka_unit_test(a_quiet_mission_has_these_intervals),
        cmocka_unit_test(a_leak_shows_in_the_seats_and_in_the_state),
        cmocka_unit_test(stays_are_told_from_launch_to_landing),
        cmocka_unit_test(flights_and_failures_are_told_as_they_ended),
        cmocka_unit_test(every_event_names_its_cause),
        cmocka_unit_test(the_outcome_keeps_what_it_was_made_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
