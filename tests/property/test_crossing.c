/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_crossing.c - people go home in the vehicle that the plan names, which need not
 * be the one that brought them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

/* The row of the person's only stay. */
static size_t
stay_of(struct iss_outcome *outcome, const char *person)
{
    const struct iss_table *crew = iss_outcome_table(outcome, "crew");
    size_t id = fixture_row(outcome, "people", person);
    for (size_t row = 0; row < crew->rows; row++) {
        if (iss_at(outcome, crew, person, id)[row] == (int32_t)id) {
            return row;
        }
    }
    fail_msg("%s never flew", person);
    return 0;
}

static void
assert_down(struct iss_outcome *outcome, const char *person, const char *flight)
{
    assert_int_equal(iss_at(outcome, crew, flight_down, id)[stay_of(outcome, person)],
                     fixture_row(outcome, "flights", flight));
}

static void
two_people_exchange_seats_when_the_second_ship_docks(void **state)
{
    struct iss_model *model = fixture_model("tests/property/crossing.cfg", NULL, 0);
    double metrics[256];
    uint64_t fingerprint;
    struct iss_outcome outcome = fixture_trace(model, 1, 0, metrics, &fingerprint);

    (void)state;
    assert_down(&outcome, "anna", "Alpha");
    assert_down(&outcome, "dora", "Alpha");
    assert_down(&outcome, "carl", "Beta");
    assert_down(&outcome, "boris", "Beta");
    assert_int_equal(iss_at(&outcome, crew, leave, time)[stay_of(&outcome, "dora")],
                     fixture_time(model, "2030-05-07Z"));
    assert_true(metrics[iss_metric_find(model, "unsafe_person_days")] == 0);
    iss_outcome_clear(&outcome);
    iss_model_free(model);
}

/* When the ship that was to take them is sent as a rescue, the exchange is off. */
static void
a_plan_that_is_overturned_exchanges_nothing(void **state)
{
    static const char *const leak[] = {
        "failures.hole={vehicles=[\"ship\"]; effects=({effect=\"vehicle_unsafe\";});}",
        "events.hit={at=\"2030-02-01Z\"; what=\"failure\"; failure=\"hole\"; "
        "flight=\"Alpha\";}",
        "vehicles.ship.call_up_lead=30",
    };
    struct iss_model *model = fixture_model("tests/property/crossing.cfg", leak, 3);
    double metrics[256];
    uint64_t fingerprint;
    struct iss_outcome outcome = fixture_trace(model, 1, 0, metrics, &fingerprint);

    (void)state;
    assert_int_equal(iss_outcome_table(&outcome, "crew")->rows, 2);
    assert_true(metrics[iss_metric_find(model, "rescue_launch_d")] == 30);
    assert_true(metrics[iss_metric_find(model, "unsafe_person_days")] == 60);
    iss_outcome_clear(&outcome);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_exchange_seats_when_the_second_ship_docks),
        cmocka_unit_test(a_plan_that_is_overturned_exchanges_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
