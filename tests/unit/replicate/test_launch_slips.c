/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_launch_slips.c - how much a launch slips follows from how far off it was. */
#include "unit/replicate/run.h"

#define SLIPS "vehicles.barge.slips=({up_to=50; slip=1;},{up_to='100 d'; slip=5;})"

static void
the_first_row_that_covers_the_lead_time_is_drawn_from(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "51 LAUNCHED At\n"     /* on the limit: still covered */
                "100 LAUNCHED Later\n" /* planned for 95 */
                "112 LAUNCHED Far\n",  /* beyond all: the vehicle's own */
                SET(SLIPS, "vehicles.barge.slip=12", "vehicles.barge.stay=3",
                    "flights.At={vehicle='barge'; launch=@50;}",
                    "flights.Later={vehicle='barge'; launch=@95;}",
                    "flights.Far={vehicle='barge'; launch=@100.00001;}"));
}

/* The lead counts from the forecast's begin, not from the scenario's start. */
static void
the_lead_counts_from_when_the_flight_enters_the_plan(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED", "96 LAUNCHED Later\n",
                SET(SLIPS, "scenario.forecast_from=@60",
                    "flights.Later={vehicle='barge'; launch=@95;}"));
}

/* One draw decides, whichever row it is drawn from. */
static void
a_row_with_the_same_distribution_changes_nothing(void **state)
{
#define SLIP "{dist='exponential'; mean=9;}"
    struct run one, other;
    const char *flight = "flights.A={vehicle='barge'; launch=@50;}";

    (void)state;
    run_outpost(&one, SET("vehicles.barge.slip=" SLIP, flight));
    run_outpost(&other,
                SET("vehicles.barge.slips=({up_to=60; slip=" SLIP ";})", flight));
    assert_true(run_metric(&one, "slip_mean_d") > 0);
    assert_true(run_metric(&one, "slip_mean_d") == run_metric(&other, "slip_mean_d"));
    run_end(&one);
    run_end(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_row_that_covers_the_lead_time_is_drawn_from),
        cmocka_unit_test(the_lead_counts_from_when_the_flight_enters_the_plan),
        cmocka_unit_test(a_row_with_the_same_distribution_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
