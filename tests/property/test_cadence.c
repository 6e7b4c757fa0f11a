/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cadence.c - what a rule makes depends on the rule alone: not on other rules, on
 * flights beside it, or on how long the mission lasts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

enum { METRICS = 256, REPLICATIONS = 30 };

#define SCENARIO "tests/property/cadence.cfg"

/* Where a flight's row of a table is; -1 when it has none. */
static int64_t
find_row(const struct iss_outcome *outcome, const char *id)
{
    const struct iss_table *flights = iss_outcome_table(outcome, "flights");
    const struct iss_column *ids = iss_table_column(flights, "id");

    for (size_t i = 0; i < flights->rows; i++) {
        if (strcmp(ids->data.text[i], id) == 0) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* Times of `column` of the rule's flights agree up to `until_us`; returns how many were
 * compared. */
static int
compare(const struct iss_outcome *a, const struct iss_outcome *b, const char *rule,
        const char *column, int64_t until_us)
{
    const struct iss_table *one = iss_outcome_table(a, "flights");
    const struct iss_table *two = iss_outcome_table(b, "flights");
    size_t length = strlen(rule);
    int compared = 0;

    for (size_t i = 0; i < one->rows; i++) {
        const char *id = iss_table_column(one, "id")->data.text[i];
        int64_t time_us = iss_table_column(one, column)->data.time[i];
        if (strncmp(id, rule, length) != 0 || id[length] != '/' ||
            time_us == ISS_NO_TIME || time_us >= until_us) {
            continue;
        }
        int64_t row = find_row(b, id);
        assert_true(row >= 0);
        assert_int_equal(iss_table_column(two, column)->data.time[row], time_us);
        compared++;
    }
    return compared;
}

static void
other_rules_and_flights_change_no_draw_of_a_rule(void **state)
{
    static const char *const added[] = {
        "ports.annex={segment=\"lab\"; docking=\"annex_hatch\";}",
        "vehicles.annex_ship={role=\"cargo\"; docking=\"annex_hatch\"; stay=20;}",
        "flights.A={vehicle=\"annex_ship\"; launch=\"2030-01-03Z\";}",
        "cadence.a={vehicle=\"annex_ship\"; first=\"2030-01-02Z\"; anchor=\"last\"; "
        "interval={dist=\"exponential\"; mean=50;};}",
        "station.spacing=0",
    };
    static const char *const rules[] = {"alpha", "beta",   "gamma",
                                        "visit", "supply", "tail"};
    struct iss_model *plain = fixture_model(SCENARIO, &added[4], 1);
    struct iss_model *more = fixture_model(SCENARIO, added, 5);
    int compared = 0;

    (void)state;
    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        double metrics[METRICS];
        uint64_t print;
        struct iss_outcome a = fixture_trace(plain, 1, i, metrics, &print);
        struct iss_outcome b = fixture_trace(more, 1, i, metrics, &print);
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
            compared += compare(&a, &b, rules[r], "launch_planned", ISS_NEVER);
            compared += compare(&a, &b, rules[r], "launch", ISS_NEVER);
            compared += compare(&a, &b, rules[r], "undock", ISS_NEVER);
        }
        iss_outcome_clear(&a);
        iss_outcome_clear(&b);
    }
    assert_true(compared > 20 * REPLICATIONS);
    iss_model_free(plain);
    iss_model_free(more);
}

static void
a_longer_mission_begins_as_the_shorter_does(void **state)
{
    static const char *const longer[] = {"scenario.end=\"2037-01-01Z\""};
    struct iss_model *plain = fixture_model(SCENARIO, NULL, 0);
    struct iss_model *more = fixture_model(SCENARIO, longer, 1);
    int compared = 0;

    (void)state;
    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        double metrics[METRICS];
        uint64_t print;
        struct iss_outcome a = fixture_trace(plain, 1, i, metrics, &print);
        struct iss_outcome b = fixture_trace(more, 1, i, metrics, &print);
        compared += compare(&a, &b, "supply", "launch_planned", ISS_NEVER);
        compared += compare(&a, &b, "supply", "launch", ISS_NEVER);
        compared += compare(&a, &b, "gamma", "launch", ISS_NEVER);
        iss_outcome_clear(&a);
        iss_outcome_clear(&b);
    }
    assert_true(compared > 20 * REPLICATIONS);
    iss_model_free(plain);
    iss_model_free(more);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_rules_and_flights_change_no_draw_of_a_rule),
        cmocka_unit_test(a_longer_mission_begins_as_the_shorter_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
