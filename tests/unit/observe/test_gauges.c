/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_gauges.c - the gauges take note of what changed, when they are told that it did.
 */
#include "unit/observe/watch.h"

#include "observe/tables.h"

/* An event about failure mode 0. */
static void
tell_mode(struct watch *watch, double day, enum iss_event_kind kind, int32_t subject)
{
    const struct iss_event event = {
        .time_us = DAYS(day), .kind = (uint16_t)kind, .subject = subject, .object = 0};
    watch->hand.world->now_us = DAYS(day);
    iss_gauges_event(&watch->gauges, watch->hand.world, &event);
    watch->hand.world->changed = 0;
}

static void
seats_are_counted_by_kind_and_condition(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_SECOND));
    hand_dock(&watch.hand, "Second", "south");
    tell(&watch, 10, ISS_EVENT_DOCKED, 1, 2);
    iss_flight_damage(watch.hand.world, 0, ISS_EMERGENCY_ONLY, 1);
    tell(&watch, 20, ISS_EVENT_VEHICLE_UNSAFE, 0, 2);
    iss_seat_take(watch.hand.world, 0, 1, ISS_SEAT_EMERGENCY);
    tell(&watch, 30, ISS_EVENT_SEAT_MOVED, 0, 0);
    iss_flight_damage(watch.hand.world, 0, ISS_UNUSABLE, 1);
    tell(&watch, 40, ISS_EVENT_VEHICLE_UNSAFE, 0, 1);
    finish(&watch, 50);
    assert_true(metric(&watch, "crew_days") == 2 * 10 + 4 * 40);
    assert_true(metric(&watch, "unsafe_person_days") == 2 * 10 + 1 * 20);
    assert_true(metric(&watch, "emergency_seat_person_days") == 2 * 10 + 1 * 10);
    assert_true(metric(&watch, "improvised_seat_person_days") == 20);
    assert_true(metric(&watch, "unsafe_max") == 2);
    assert_true(metric(&watch, "unsafe_at_end") == 1);
    assert_true(metric(&watch, "lifeboats_at_end") == 1);
    assert_true(metric(&watch, "vehicles_unsafe") == 2);
    end(&watch);
}

static void
levels_are_read_only_when_the_world_says_that_it_changed(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, NULL);
    watch.hand.world->aboard_count = 0; /* silently */
    tell(&watch, 10, ISS_EVENT_LAUNCH_DUE, 0, 0);
    watch.hand.world->aboard_count = 2;
    finish(&watch, 20);
    assert_true(metric(&watch, "crew_days") == 40);
    end(&watch);
}

static void
events_are_counted_by_kind(void **state)
{
    struct watch watch;

    (void)state;
    start(&watch, SET(HAND_SECOND, HAND_BARGE));
    tell(&watch, 1, ISS_EVENT_LAUNCHED, 1, 4);
    tell(&watch, 2, ISS_EVENT_LAUNCHED, 2, 1);
    tell(&watch, 3, ISS_EVENT_DOCKED, 1, 0);
    tell(&watch, 4, ISS_EVENT_DOCKING_FAILED, 2, 0);
    tell(&watch, 5, ISS_EVENT_ASCENT_FAILED, 2, 0);
    iss_failure_stir(watch.hand.world, 0, 0)->occurs_us = DAYS(6);
    watch.hand.world->changed |= ISS_CHANGED_FAILURES;
    tell_mode(&watch, 6, ISS_EVENT_FAILURE_OCCURS, 0);
    tell_mode(&watch, 6.5, ISS_EVENT_FAILURE_OCCURS, 0); /* to no effect */
    tell(&watch, 7, ISS_EVENT_VEHICLE_UNSAFE, 2, 0);     /* cargo */
    tell(&watch, 8, ISS_EVENT_RESCUE_CALLED, 1, 0);
    tell(&watch, 9, ISS_EVENT_EARLY_RETURN, 0, 0);
    tell(&watch, 10, ISS_EVENT_PERSON_LOST, 0, 0);
    watch.hand.world->flights[1].replaces = 0;
    tell(&watch, 16, ISS_EVENT_LAUNCHED, 1, 100);
    finish(&watch, 20);
    assert_true(metric(&watch, "launches") == 3);
    assert_true(metric(&watch, "crew_launches") == 2);
    assert_true(metric(&watch, "slip_mean_d") == 2.5); /* without the replacement's */
    assert_true(metric(&watch, "dockings") == 1);
    assert_true(metric(&watch, "docking_failures") == 1);
    assert_true(metric(&watch, "ascent_failures") == 1);
    assert_true(metric(&watch, "failures") == 1);
    assert_true(metric(&watch, "vehicles_unsafe") == 0);
    assert_true(metric(&watch, "rescues_called") == 1);
    assert_true(metric(&watch, "rescue_launch_d") == 10);
    assert_true(metric(&watch, "early_returns") == 1);
    assert_true(metric(&watch, "crew_lost") == 1);
    assert_int_equal(watch.gauges.events, 12);
    end(&watch);
}

static void
the_fingerprint_tells_kinds_times_parties_and_order_apart(void **state)
{
    static const struct iss_event events[] = {
        {.time_us = 5, .kind = 3, .subject = 1, .object = 2},
        {.time_us = 6, .kind = 3, .subject = 1, .object = 2},
        {.time_us = 5, .kind = 4, .subject = 1, .object = 2},
        {.time_us = 5, .kind = 3, .subject = 2, .object = 2},
        {.time_us = 5, .kind = 3, .subject = 1, .object = -1},
    };
    uint64_t prints[6];
    struct watch watch;

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        start(&watch, NULL);
        iss_gauges_event(&watch.gauges, watch.hand.world, &events[i < 5 ? i : 1]);
        if (i >= 5) {
            iss_gauges_event(&watch.gauges, watch.hand.world, &events[0]);
        } else if (i == 0) {
            iss_gauges_event(&watch.gauges, watch.hand.world, &events[1]);
        }
        prints[i] = watch.gauges.fingerprint;
        end(&watch);
        for (size_t j = 0; j < i; j++) {
            assert_true(prints[i] != prints[j]);
        }
    }
}

/* ---- metrics about metrics ------------------------------------------------------- */

static void
a_metric_exceeds_its_limit_or_does_not(void **state)
{
    static const char *const sets[] = {
        "metrics.two={measure='exceeds'; metric='launches'; above=1.5;}",
        "metrics.three={measure='exceeds'; metric='launches'; above=2;}",
        "metrics.never={measure='exceeds'; metric='flown';}",
        "metrics.flown={measure='landing'; flight='First';}", NULL};
    char name[ISS_METRIC_TEXT];
    struct watch watch;

    (void)state;
    start(&watch, sets);
    tell(&watch, 1, ISS_EVENT_LAUNCHED, 0, 0);
    tell(&watch, 2, ISS_EVENT_LAUNCHED, 0, 0);
    finish(&watch, 10);
    assert_true(metric(&watch, "launches") == 2);
    assert_true(metric(&watch, "two") == 1);
    assert_true(metric(&watch, "three") == 0);   /* equal isn't above */
    assert_true(isnan(metric(&watch, "never"))); /* it doesn't land */
    struct iss_metric_info info = iss_metric_info(
        watch.hand.model, iss_metric_find(watch.hand.model, "two"), name);
    assert_int_equal(info.kind, ISS_METRIC_YES_NO);
    assert_string_equal(info.units, "1");
    end(&watch);
}

/* The first problem that is found with a metric, or "". */
static void
check_metrics(const char *set, const char *expected)
{
    const char *const sets[] = {
        set, "metrics.other={measure='exceeds'; metric='launches';}", NULL};
    struct iss_model *model = outpost_model(sets);
    struct iss_diag diag = {0};
    int status = iss_metrics_check(model, &diag);

    assert_int_equal(status, *expected == '\0' ? ISS_OK : ISS_ERR_SCENARIO);
    if (*expected != '\0') {
        assert_non_null(strstr(diag.entries[0].text, expected));
    }
    iss_diag_clear(&diag);
    iss_model_free(model);
}

static void
a_metric_that_is_not_there_is_refused(void **state)
{
    (void)state;
    check_metrics("metrics.m={measure='exceeds'; metric='uncrewed_d';}", "");
    check_metrics("metrics.m={measure='exceeds'; metric='uncrewd_d';}",
                  "metrics.m.metric: no such metric; got \"uncrewd_d\"; did you mean "
                  "uncrewed_d?");
    check_metrics("metrics.m={measure='exceeds'; metric='weather';}",
                  "no such metric; got \"weather\"");
    check_metrics("metrics.m={measure='exceeds'; metric='other';}",
                  "metrics.m.metric: other is yes or no itself");
    check_metrics("metrics.m={measure='exceeds'; metric='m';}",
                  "m is yes or no itself");
}

/* ---- tables
 * -------------------------------------------------------------------------- */

static void
every_column_is_found_in_its_table(void **state)
{
    struct iss_model *model = outpost_model(NULL);
    struct iss_outcome outcome = {0};

    (void)state;
    assert_int_equal(iss_tables_make(&outcome, model), ISS_OK);
    assert_int_equal(outcome.table_count, ISS_TABLES);
#define TABLE(name, scale, title)
#define COLUMN(table, NAME, kind, units, refers_to, doc)                               \
    assert_ptr_equal(iss_tables_column(&outcome, ISS_COLUMN_##table##_##NAME),         \
                     iss_table_column(iss_outcome_table(&outcome, #table), #NAME));
#include "observe/tables.def"
#undef TABLE
#undef COLUMN
    assert_string_equal(iss_tables_segment(&outcome, 0)->name, "crew_core");
    assert_string_equal(iss_tables_segment(&outcome, 1)->name, "crew_lab");
    assert_string_equal(iss_tables_docked(&outcome)->name, "docked");
    assert_int_equal(iss_tables_docked(&outcome)->width, 3);
    iss_outcome_clear(&outcome);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seats_are_counted_by_kind_and_condition),
        cmocka_unit_test(levels_are_read_only_when_the_world_says_that_it_changed),
        cmocka_unit_test(events_are_counted_by_kind),
        cmocka_unit_test(the_fingerprint_tells_kinds_times_parties_and_order_apart),
        cmocka_unit_test(a_metric_exceeds_its_limit_or_does_not),
        cmocka_unit_test(a_metric_that_is_not_there_is_refused),
        cmocka_unit_test(every_column_is_found_in_its_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
