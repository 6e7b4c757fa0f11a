/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_medical_return.c - what a medical condition leads to beyond the patient: an
 * early return by policy, spacewalks that wait, hours of research that are lost.
 *
 * Ada and Boris both fall ill on day 10.
 */
#include "unit/replicate/run.h"

#define FLU(outcome, more)                                                             \
    "medical={kit='kit'; assessment=3; unfit=0.3;}", "kits.kit={unlimited=true;}",     \
        "conditions.flu={process='once'; incidence=1; after=10; "                      \
        "outcomes=({care='treated'; impairment_1=0.5; duration_1='10 d'; "             \
        "impairment_2=0.2; duration_2='20 d'; " outcome "});" more "}"
#define RETURNS "EVACUATION_INDICATED EVACUATION EARLY_RETURN UNDOCKED"

static void
an_indication_sends_the_crew_home_once(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FLU("evacuation=1;", ""), "scenario.end=@60"));
    ASSERT_STORY(&run, RETURNS,
                 "13 EVACUATION_INDICATED ada\n"
                 "13 EVACUATION First\n"
                 "13 EARLY_RETURN First\n"
                 "13 EVACUATION_INDICATED boris\n"
                 "20 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "evacuations", 1);
    ASSERT_METRIC(&run, "evacuations_unsafe", 0);
    run_end(&run);
}

/* The severity can't be told aboard: they know a probability. */
static void
what_is_known_aboard_is_held_against_the_threshold(void **state)
{
#define UNSURE FLU("evacuation=0.25;", "diagnosis='return';")
    (void)state;
    ASSERT_TOLD("EVACUATION", "13 EVACUATION First\n",
                SET(UNSURE, "policy.evacuation_threshold=0.25"));
    ASSERT_TOLD("EVACUATION", "", SET(UNSURE, "policy.evacuation_threshold=0.2501"));
}

static void
without_vehicles_nobody_else_leaves(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FLU("evacuation=1;", ""), "medical.returns='alone'"));
    ASSERT_METRIC(&run, "evacuations", 0);
    ASSERT_METRIC(&run, "evacuations_unsafe", 0);
    run_end(&run);
}

static void
a_spacewalk_waits_until_they_are_well_again(void **state)
{
    (void)state;
    ASSERT_TOLD("EVA_DUE EVA_POSTPONED EVA_READY EVA_BEGINS",
                "15 EVA_DUE walk\n"
                "15 EVA_POSTPONED walk\n"
                "20 EVA_READY walk\n"
                "20 EVA_BEGINS walk\n",
                SET(FLU("", ""), "eva.walk={segment='core'; first=@15;}"));
}

static void
who_goes_outside_is_exposed(void **state)
{
    (void)state;
    ASSERT_TOLD("EVA_BEGINS ILLNESS",
                "5 EVA_BEGINS walk\n"
                "5 ILLNESS ada\n"
                "5 ILLNESS boris\n",
                SET("medical.kit='kit'", "kits.kit={unlimited=true;}",
                    "conditions.bends={process='eva'; incidence=1; outcomes=("
                    "{care='treated'; impairment_1=0.1; duration_1=24;});}",
                    "eva.walk={segment='core'; first=@5;}"));
}

/* 1.5 h of each of them a day, of whom 0.5 and then 0.2 are missing. */
static void
what_illness_takes_is_missing_from_research(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FLU("", ""), "scenario.end=@60",
                          "utilisation={nominal_crew=2; research=({crew=2; "
                          "hours=21;});}"));
    ASSERT_METRIC(&run, "research_lost_illness_h", 1.5 * 2 * (0.5 * 10 + 0.2 * 20));
    ASSERT_METRIC(&run, "research_h", 3 * 60 - 27);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_indication_sends_the_crew_home_once),
        cmocka_unit_test(what_is_known_aboard_is_held_against_the_threshold),
        cmocka_unit_test(without_vehicles_nobody_else_leaves),
        cmocka_unit_test(a_spacewalk_waits_until_they_are_well_again),
        cmocka_unit_test(who_goes_outside_is_exposed),
        cmocka_unit_test(what_illness_takes_is_missing_from_research),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
