/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_seat_exchange.c - one switch decides who flies in what, and with it whether one
 * vehicle's departure leaves a segment without anybody trained for it.
 *
 * Two rules bring crews: for the core on day 40, for the lab on day 45.  Ada and Boris,
 * who are trained for the core, have left on day 30.
 */
#include "unit/replicate/run.h"

#define CREWS                                                                          \
    "flights.First.undock=@30",                                                        \
        "cadence.core={vehicle='capsule'; first=@40; interval=400; crew=("             \
        "{segment='core';}, {segment='lab'; when='exchange';}, "                       \
        "{segment='core'; when='no_exchange';});}",                                    \
        "cadence.lab={vehicle='capsule'; first=@45; interval=400; crew=("              \
        "{segment='lab';}, {segment='core'; when='exchange';}, "                       \
        "{segment='lab'; when='no_exchange';});}"
#define LAPSED "policy.seat_exchange=false"
/* Whoever is in the lab's ship goes home on day 107. */
#define ILL                                                                            \
    "failures.ill={strikes='port'; ports=['south']; effects=({effect='evacuate';});}", \
        "events.ill={at=@100; what='failure'; failure='ill'; port='south';}"

static void
as_many_are_aboard_for_each_segment_either_way(void **state)
{
    struct run with, without;

    (void)state;
    run_outpost(&with, SET(CREWS));
    run_outpost(&without, SET(CREWS, LAPSED));
    ASSERT_METRIC(&with, "crew_days", without.metrics[0]);
    ASSERT_METRIC(&with, "launches", 2);
    ASSERT_METRIC(&without, "launches", 2);
    /* Until day 41, and without the exchange the lab until day 46. */
    ASSERT_METRIC(&with, "unstaffed_lab_d", 41);
    ASSERT_METRIC(&without, "unstaffed_lab_d", 46);
    run_end(&with);
    run_end(&without);
}

static void
one_vehicle_empties_a_segment_only_without_the_exchange(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(CREWS, ILL));
    ASSERT_STORY(&run, "UNDOCKED",
                 "30 UNDOCKED First north\n107 UNDOCKED lab/1 south\n");
    ASSERT_METRIC(&run, "unstaffed_lab_d", 41);
    ASSERT_METRIC(&run, "unstaffed_core_d", 11);
    run_end(&run);
    run_outpost(&run, SET(CREWS, ILL, LAPSED));
    ASSERT_STORY(&run, "UNDOCKED",
                 "30 UNDOCKED First north\n107 UNDOCKED lab/1 south\n");
    ASSERT_METRIC(&run, "unstaffed_lab_d", 46 + 360 - 107);
    ASSERT_METRIC(&run, "unstaffed_core_d", 11);
    run_end(&run);
}

/* Who is trained for both staffs both. */
static void
training_for_a_further_segment_counts_for_it(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("crew.ada.trained=['lab']"));
    ASSERT_METRIC(&run, "unstaffed_lab_d", 260);
    ASSERT_METRIC(&run, "unstaffed_core_d", 260);
    run_end(&run);
    run_outpost(&run,
                SET("crew.ada.trained=['lab']", "flights.First.visitors=['ada']"));
    ASSERT_METRIC(&run, "unstaffed_lab_d", 360);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_are_aboard_for_each_segment_either_way),
        cmocka_unit_test(one_vehicle_empties_a_segment_only_without_the_exchange),
        cmocka_unit_test(training_for_a_further_segment_counts_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
