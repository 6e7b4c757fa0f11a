/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_medical.c - whose illness depends on what: another kit, another person or
 * another condition changes nothing that doesn't concern it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

enum { REPLICATIONS = 20 };

#define SCENARIO "tests/property/well.cfg"

/* Onsets of one person (NULL: everyone) in two runs are the same, moment by moment and
 * condition by condition, with the same impairment if `alike`; returns how many. */
static int
compare(struct iss_outcome *a, struct iss_outcome *b, const char *person, bool alike)
{
    struct iss_outcome *sides[] = {a, b};
    size_t rows[] = {0, 0};
    int compared = 0;

    for (;; rows[0]++, rows[1]++, compared++) {
        for (int i = 0; i < 2; i++) {
            struct iss_outcome *one = sides[i];
            size_t count = one->tables[ISS_TABLE_events].rows;
            size_t who = person == NULL ? 0 : fixture_row(one, "people", person);
            while (rows[i] < count &&
                   (iss_at(one, events, type, code)[rows[i]] != ISS_EVENT_ILLNESS ||
                    (person != NULL &&
                     iss_at(one, events, person, id)[rows[i]] != (int32_t)who))) {
                rows[i]++;
            }
        }
        bool over_a = rows[0] == a->tables[ISS_TABLE_events].rows;
        assert_true(over_a == (rows[1] == b->tables[ISS_TABLE_events].rows));
        if (over_a) {
            return compared;
        }
        assert_int_equal(iss_at(a, events, time, time)[rows[0]],
                         iss_at(b, events, time, time)[rows[1]]);
        assert_string_equal(
            iss_at(a, conditions, id, text)[iss_at(a, events, condition, id)[rows[0]]],
            iss_at(b, conditions, id, text)[iss_at(b, events, condition, id)[rows[1]]]);
        assert_true(!alike || iss_at(a, events, value, real)[rows[0]] ==
                                  iss_at(b, events, value, real)[rows[1]]);
    }
}

/* The scenario and the one with these settings, compared. */
static void
assert_same(const char *const *sets, size_t count, const char *person, bool alike)
{
    struct iss_model *plain = fixture_model(SCENARIO, NULL, 0);
    struct iss_model *other = fixture_model(SCENARIO, sets, count);
    int compared = 0;

    for (uint64_t i = 0; i < REPLICATIONS; i++) {
        double metrics[FIXTURE_METRICS];
        uint64_t print;
        struct iss_outcome a = fixture_trace(plain, 1, i, metrics, &print);
        struct iss_outcome b = fixture_trace(other, 1, i, metrics, &print);
        compared += compare(&a, &b, person, alike);
        iss_outcome_clear(&a);
        iss_outcome_clear(&b);
    }
    assert_true(compared > 10 * REPLICATIONS);
    iss_model_free(plain);
    iss_model_free(other);
}

static void
another_kit_changes_no_onset(void **state)
{
    static const char *const none[] = {"medical.kit=none"};
    (void)state;
    assert_same(none, 1, NULL, false);
}

static void
other_people_change_nobodys_illness(void **state)
{
    static const char *const more[] = {
        "crew.aaron={segment=\"core\";}",
        "flights.Ship.crew=[\"aaron\",\"one\",\"two\"]",
    };
    (void)state;
    assert_same(more, 2, "one", true);
    assert_same(more, 2, "two", true);
}

static void
another_persons_risk_changes_nobodys_illness(void **state)
{
    static const char *const risk[] = {"crew.two.risks=[\"feeble\"]"};
    (void)state;
    assert_same(risk, 1, "one", true);
}

/* A condition that comes in another way leaves even this person's others alone. */
static void
a_condition_of_another_process_changes_no_onset(void **state)
{
    static const char *const more[] = {
        "conditions.a_cough={process=\"once\"; incidence=0.00001; "
        "outcomes=({care=\"treated\";});}"};
    (void)state;
    assert_same(more, 1, NULL, true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_kit_changes_no_onset),
        cmocka_unit_test(other_people_change_nobodys_illness),
        cmocka_unit_test(another_persons_risk_changes_nobodys_illness),
        cmocka_unit_test(a_condition_of_another_process_changes_no_onset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
