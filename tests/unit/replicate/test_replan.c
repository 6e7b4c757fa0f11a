/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_replan.c - after a disturbance: who goes first, who goes ahead of the plan,
 * which crew flies what, and who waits for room.
 */
#include "unit/replicate/run.h"

/* The barge flies on the capsule's rocket, and stays for a day. */
#define ON_ROCKET      "vehicles.barge={launch_system='rocket'; stay=1;}"
#define CARGO(id, day) "flights." id "={vehicle='barge'; launch=@" day ";}"
#define SHIP(id, day, who)                                                             \
    "flights." id "={vehicle='capsule'; launch=@" day "; undock=@" day                 \
    "5; crew=['" who "'];}"
#define DOOM(flight) "events.doom={at=@1; what='ascent_failure'; flight='" flight "';}"
#define GROUNDED                                                                       \
    "failures.fault={strikes='rocket'; effects=({effect='launch_grounded'; "           \
    "duration=40;});}",                                                                \
        "events.f={at=@10; what='failure'; failure='fault'; launch_system='rocket';}"

/* ---- who goes first ------------------------------------------------------------ */

#define ONE_PAD                                                                        \
    "pads.pad={turnaround=3;}", "launch_systems.rocket.pads=['pad']", ON_ROCKET

/* A, B and C want one rocket, and one pad after it: the pad gives them out one by one,
 * to each of those that are due at that moment. */
static void
the_order_after_a_grounding_is_the_policys(void **state)
{
#define WAITERS                                                                        \
    GROUNDED, ONE_PAD, CARGO("A", "13"), CARGO("B", "12"), SHIP("C", "14", "eve")
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "50 LAUNCHED B\n"
                "53 LAUNCHED A\n"
                "56 LAUNCHED C\n",
                SET(WAITERS));
    ASSERT_TOLD("LAUNCHED",
                "50 LAUNCHED C\n"
                "53 LAUNCHED B\n"
                "56 LAUNCHED A\n",
                SET(WAITERS, "policy.first='crew'"));
    ASSERT_TOLD("LAUNCHED",
                "50 LAUNCHED B\n"
                "53 LAUNCHED A\n"
                "56 LAUNCHED C\n",
                SET(WAITERS, "policy.first='cargo'"));
    ASSERT_TOLD("LAUNCHED", /* B slips to day 19 and was planned first */
                "50 LAUNCHED A\n"
                "53 LAUNCHED C\n"
                "56 LAUNCHED B\n",
                SET(WAITERS,
                    "vehicles.slow={role='cargo'; docking='latch'; stay=1; "
                    "slip=7; launch_system='rocket';}",
                    "flights.B.vehicle='slow'"));
    ASSERT_TOLD("LAUNCHED",
                "50 LAUNCHED B\n"
                "53 LAUNCHED A\n"
                "56 LAUNCHED C\n",
                SET(WAITERS,
                    "vehicles.slow={role='cargo'; docking='latch'; stay=1; "
                    "slip=7; launch_system='rocket';}",
                    "flights.B.vehicle='slow'", "policy.first='plan'"));
}

/* Who waits for a pad or for the spacing, and who is due just then by the plan. */
static void
who_waited_goes_before_who_is_due_at_that_moment(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "LAUNCH_QUEUED LAUNCHED",
        "10 LAUNCHED A\n"
        "11 LAUNCH_QUEUED B\n"
        "13 LAUNCHED B\n"
        "13 LAUNCH_QUEUED C\n"
        "16 LAUNCHED C\n",
        SET(ONE_PAD, CARGO("A", "10"), CARGO("B", "11"), SHIP("C", "13", "eve")));
    ASSERT_TOLD("LAUNCHED",
                "10 LAUNCHED A\n"
                "13 LAUNCHED C\n"
                "16 LAUNCHED B\n",
                SET(ONE_PAD, CARGO("A", "10"), CARGO("B", "11"), SHIP("C", "13", "eve"),
                    "policy.first='crew'"));
    ASSERT_TOLD("SPACING_WAIT LAUNCHED",
                "10 LAUNCHED A\n"
                "11 SPACING_WAIT B\n"
                "13 LAUNCHED B\n"
                "13 SPACING_WAIT C\n"
                "16 LAUNCHED C\n",
                SET("station.spacing=3", CARGO("A", "10"), CARGO("B", "11"),
                    SHIP("C", "13", "eve"), "vehicles.barge.stay=99",
                    "ports.extra={segment='core'; docking='latch';}"));
}

static void
a_port_goes_to_whom_the_policy_prefers(void **state)
{
#define FULL TWO_PORTS, BARGE, CARGO("A", "80"), SHIP("B", "90", "eve")
    (void)state;
    ASSERT_TOLD(
        "LAUNCHED", "100 LAUNCHED A\n",
        SET(FULL, "vehicles.barge.ports=['north','south']", "scenario.end=@110"));
    ASSERT_TOLD("LAUNCHED", "100 LAUNCHED B\n",
                SET(FULL, "vehicles.barge.ports=['north','south']", "scenario.end=@110",
                    "policy.first='crew'"));
}

static void
a_production_line_serves_whom_the_policy_prefers(void **state)
{
#define LINE                                                                           \
    "lines.yard={ready=[@5,@50];}", "vehicles.barge.line='yard'",                      \
        "vehicles.capsule.line='yard'", CARGO("A", "10"), SHIP("B", "20", "eve")
    (void)state;
    ASSERT_TOLD("LAUNCH_UNREADY LAUNCHED",
                "10 LAUNCHED A\n"
                "20 LAUNCH_UNREADY B\n"
                "50 LAUNCHED B\n",
                SET(LINE));
    ASSERT_TOLD("LAUNCH_UNREADY LAUNCHED",
                "10 LAUNCH_UNREADY A\n"
                "20 LAUNCHED B\n"
                "50 LAUNCHED A\n",
                SET(LINE, "policy.first='crew'"));
}

/* ---- who goes ahead ------------------------------------------------------------ */

/* Both fly on a family's rocket, which carries people after one without. */
#define FAMILY                                                                         \
    "families.kin={stand_down=20; crew_after=1;}",                                     \
        "launch_systems.light={family='kin';}",                                        \
        "vehicles.barge={launch_system='light'; stay=1;}",                             \
        "vehicles.capsule.launch_system='light'"

static void
a_launch_that_is_ready_takes_the_place_of_one_that_must_wait(void **state)
{
#define UNPROVEN                                                                       \
    FAMILY, DOOM("A"), CARGO("A", "10"), SHIP("B", "40", "eve"), CARGO("C", "60")
    struct run run;

    (void)state;
    ASSERT_TOLD("LAUNCHED LAUNCH_UNPROVEN LAUNCH_SWAPPED",
                "10 LAUNCHED A\n"
                "40 LAUNCH_UNPROVEN B\n"
                "60 LAUNCHED C\n"
                "60 LAUNCHED B\n",
                SET(UNPROVEN));
    run_outpost(&run, SET(UNPROVEN, "policy.swap='ready'"));
    ASSERT_STORY(&run, "LAUNCHED LAUNCH_UNPROVEN LAUNCH_SWAPPED",
                 "10 LAUNCHED A\n"
                 "40 LAUNCH_UNPROVEN B\n"
                 "40 LAUNCH_SWAPPED C B\n"
                 "40 LAUNCHED C\n"
                 "40 LAUNCHED B\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_SWAPPED) == 20);
    ASSERT_METRIC(&run, "launches_swapped", 1);
    run_end(&run);
    ASSERT_TOLD("LAUNCHED LAUNCH_SWAPPED",
                "10 LAUNCHED A\n"
                "60 LAUNCHED C\n"
                "60 LAUNCHED B\n",
                SET(UNPROVEN, "policy={swap='ready'; swap_ahead=19;}"));
}

static void
the_place_of_a_vehicle_that_is_late_is_taken_too(void **state)
{
#define LATE                                                                           \
    ON_ROCKET, "lines.yard={ready=[@50];}", "vehicles.capsule.line='yard'",            \
        SHIP("B", "20", "eve"), CARGO("C", "30")
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "30 LAUNCHED C\n"
                "50 LAUNCHED B\n",
                SET(LATE));
    ASSERT_TOLD("LAUNCH_UNREADY LAUNCH_SWAPPED LAUNCHED",
                "20 LAUNCH_UNREADY B\n"
                "20 LAUNCH_SWAPPED C B\n"
                "20 LAUNCHED C\n"
                "50 LAUNCHED B\n",
                SET(LATE, "policy.swap='ready'"));
}

#define FAIL_SECOND SECOND, THIRD, DOOM("Second"), "launch_systems.rocket.stand_down=0"

static void
the_next_crew_is_brought_forward_after_a_failure(void **state)
{
    struct run run;

    (void)state;
    ASSERT_TOLD("LAUNCH_ADVANCED LAUNCHED",
                "90 LAUNCHED Second\n"
                "190 LAUNCHED Third\n",
                SET(FAIL_SECOND));
    run_outpost(&run, SET(FAIL_SECOND, "policy={advance=17; advance_lead=30;}"));
    ASSERT_STORY(&run, "LAUNCH_ADVANCED LAUNCHED",
                 "90 LAUNCHED Second\n"
                 "90 LAUNCH_ADVANCED Third Second\n"
                 "173 LAUNCHED Third\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_ADVANCED) == 17);
    ASSERT_METRIC(&run, "launches_advanced", 1);
    run_end(&run);
    ASSERT_TOLD("LAUNCHED", /* as long as preparing it takes */
                "90 LAUNCHED Second\n"
                "120 LAUNCHED Third\n",
                SET(FAIL_SECOND, "policy={advance=500; advance_lead=30;}"));
    ASSERT_TOLD("LAUNCHED", /* its vehicle isn't there before */
                "90 LAUNCHED Second\n"
                "150 LAUNCHED Third\n",
                SET(FAIL_SECOND, "policy={advance=500; advance_lead=30;}",
                    "lines.yard={ready=[@5,@150];}", "vehicles.capsule.line='yard'"));
    ASSERT_TOLD("LAUNCH_ADVANCED", "", /* later than planned anyway */
                SET(FAIL_SECOND, "policy={advance=500; advance_lead=130;}"));
}

/* ---- who flies again ----------------------------------------------------------- */

#define LATER                                                                          \
    "flights.Fourth={vehicle='capsule'; launch=@280; undock=@350; crew=['eve']; "      \
    "relieves='Third';}"
#define LINE_UP                                                                        \
    SECOND,                                                                            \
        "flights.Third={vehicle='capsule'; launch=@190; undock=@300; "                 \
        "crew=['finn']; relieves='Second';}",                                          \
        LATER, DOOM("Second")

static void
assert_flew(struct run *run, const char *person, const char *flight)
{
    struct iss_outcome *outcome = &run->outcome;
    char flew[128] = "";

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_crew].rows; i++) {
        int32_t who = iss_at(outcome, crew, person, id)[i];
        if (strcmp(iss_at(outcome, people, id, text)[who], person) == 0) {
            int32_t up = iss_at(outcome, crew, flight_up, id)[i];
            sprintf(flew + strlen(flew), "%s ", iss_at(outcome, flights, id, text)[up]);
        }
    }
    assert_string_equal(flew, flight);
}

/* Chen and Dana take the flight after the next, whose crew is left without one; who
 * waits for a relief gets it from the flight that was to bring it. */
static void
a_crew_that_aborts_takes_the_places_of_a_later_one(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE_UP));
    ASSERT_STORY(&run, "CREW_TRANSFERRED LAUNCHED DOCKED UNDOCKED HANDOVER_BEGINS",
                 "90 LAUNCHED Second\n"
                 "90 CREW_TRANSFERRED Second Fourth\n"
                 "90 CREW_TRANSFERRED Fourth\n"
                 "190 LAUNCHED Third\n"
                 "191 DOCKED Third south\n"
                 "191 HANDOVER_BEGINS Third First\n"
                 "196 UNDOCKED First north\n"
                 "280 LAUNCHED Fourth\n"
                 "281 DOCKED Fourth north\n"
                 "281 HANDOVER_BEGINS Fourth Third\n"
                 "286 UNDOCKED Third south\n"
                 "350 UNDOCKED Fourth north\n");
    assert_flew(&run, "chen", "Second Fourth ");
    assert_flew(&run, "dana", "Second Fourth ");
    assert_flew(&run, "finn", "Third ");
    assert_flew(&run, "eve", "");
    run_end(&run);
}

static void
by_policy_it_flies_at_once_or_never(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE_UP, "policy.abort_wait=0"));
    ASSERT_STORY(&run, "CREW_TRANSFERRED HANDOVER_BEGINS",
                 "90 CREW_TRANSFERRED Second Third\n"
                 "90 CREW_TRANSFERRED Third Fourth\n"
                 "90 CREW_TRANSFERRED Fourth\n"
                 "191 HANDOVER_BEGINS Third First\n"
                 "281 HANDOVER_BEGINS Fourth Third\n");
    assert_flew(&run, "chen", "Second Third ");
    assert_flew(&run, "finn", "Fourth ");
    run_end(&run);
    run_outpost(&run, SET(LINE_UP, "policy.abort_wait=5")); /* the last there is */
    assert_flew(&run, "chen", "Second Fourth ");
    run_end(&run);
    run_outpost(&run, SET(LINE_UP, "policy.after_abort='never'"));
    ASSERT_STORY(&run, "CREW_TRANSFERRED HANDOVER_BEGINS",
                 "191 HANDOVER_BEGINS Third First\n"
                 "281 HANDOVER_BEGINS Fourth Third\n");
    assert_flew(&run, "chen", "Second ");
    assert_flew(&run, "eve", "Fourth ");
    run_end(&run);
}

static void
the_dead_and_visitors_do_not_fly_again(void **state)
{
    (void)state;
    ASSERT_TOLD("CREW_TRANSFERRED", "",
                SET(LINE_UP, "vehicles.capsule.abort_survival=0"));
    ASSERT_TOLD("CREW_TRANSFERRED", "",
                SET(LINE_UP, "flights.Second={visiting=true; relieves='Third';}",
                    "remove=['flights.Second.relieves']", "flights.Third.undock=@250"));
}

/* A test without crew is planned between them, for ten days. */
static void
a_visit_without_crew_is_a_test_and_stays_so(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE_UP, "policy.abort_wait=0",
                          "flights.Test={vehicle='capsule'; launch=@130; undock=@140; "
                          "visiting=true;}"));
    ASSERT_STORY(&run, "CREW_TRANSFERRED",
                 "90 CREW_TRANSFERRED Second Third\n"
                 "90 CREW_TRANSFERRED Third Fourth\n"
                 "90 CREW_TRANSFERRED Fourth\n");
    run_end(&run);
}

/* Whoever flies again may fail again, and fly a third time. */
static void
a_crew_may_abort_twice(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LINE_UP, "policy.abort_wait=0",
                          "events.again={at=@1; what='ascent_failure'; "
                          "flight='Third';}"));
    assert_flew(&run, "chen", "Second Third Fourth ");
    ASSERT_METRIC(&run, "ascent_failures", 2);
    run_end(&run);
}

/* ---- room ---------------------------------------------------------------------- */

static void
a_launch_waits_for_room_aboard(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("station.max_crew=3", "flights.First.undock=@100",
                          "flights.A={vehicle='capsule'; launch=@80; undock=@300; "
                          "crew=['chen','dana'];}",
                          "flights.B={vehicle='barge'; launch=@85;}"));
    ASSERT_STORY(&run, "LAUNCH_CROWDED LAUNCHED UNDOCKED",
                 "80 LAUNCH_CROWDED A\n"
                 "85 LAUNCHED B\n"
                 "100 UNDOCKED First north\n"
                 "100 LAUNCHED A\n"
                 "116 UNDOCKED B south\n"
                 "320 UNDOCKED A north\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_CROWDED) == 1);
    ASSERT_METRIC(&run, "crowded_d", 20);
    ASSERT_METRIC(&run, "crew_max", 2);
    run_end(&run);
    ASSERT_TOLD("LAUNCH_CROWDED LAUNCHED", "80 LAUNCHED A\n",
                SET("station.max_crew=4",
                    "flights.A={vehicle='capsule'; launch=@80; undock=@300; "
                    "crew=['chen','dana'];}"));
}

/* ---- a family that flies for others too ---------------------------------------- */

static void
other_launches_prove_a_family(void **state)
{
#define OTHERS                                                                         \
    FAMILY, DOOM("A"), CARGO("A", "10"), SHIP("B", "20", "eve"),                       \
        "families.kin.crew_after=2"
    (void)state;
    ASSERT_TOLD("OTHER_LAUNCH LAUNCHED ROCKET_CLEARED",
                "10 LAUNCHED A\n"
                "30 ROCKET_CLEARED\n",
                SET(OTHERS));
    ASSERT_TOLD("OTHER_LAUNCH LAUNCHED ROCKET_CLEARED",
                "10 LAUNCHED A\n"
                "30 ROCKET_CLEARED\n"
                "34 OTHER_LAUNCH\n"
                "38 OTHER_LAUNCH\n"
                "38 LAUNCHED B\n", /* and no other after it */
                SET(OTHERS, "families.kin.other_launches=4"));
    ASSERT_TOLD("OTHER_LAUNCH LAUNCHED",
                "10 LAUNCHED A\n"
                "34 OTHER_LAUNCH\n"
                "36 LAUNCHED C\n"
                "36 LAUNCHED B\n",
                SET(OTHERS, "families.kin.other_launches=4", CARGO("C", "36")));
}

static void
other_launches_wait_while_the_family_is_grounded_again(void **state)
{
    (void)state;
    ASSERT_TOLD("OTHER_LAUNCH",
                "56 OTHER_LAUNCH\n" /* 20 days after day 32, and four */
                "60 OTHER_LAUNCH\n",
                SET(OTHERS, "families.kin.other_launches=4",
                    "events.lost={at=@32; what='family_failure'; family='kin';}"));
}

/* ---- rescues ------------------------------------------------------------------- */

static void
a_rescue_whose_rocket_is_grounded_flies_on_another(void **state)
{
#define NO_ROCKET                                                                      \
    LEAK, GROUNDED, "failures.fault.effects=({effect='launch_grounded'; duration=400;})"
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED ROCKET_SWITCHED LAUNCHED",
                "30 RESCUE_CALLED capsule-r1 First\n", SET(NO_ROCKET));
    ASSERT_TOLD(
        "RESCUE_CALLED ROCKET_SWITCHED LAUNCHED",
        "30 RESCUE_CALLED capsule-r1 First\n"
        "30 ROCKET_SWITCHED capsule-r1\n"
        "80 LAUNCHED capsule-r1\n",
        SET(NO_ROCKET, "launch_systems.spare={}",
            "vehicles.capsule.alternatives=({launch_system='spare'; lead=50;})"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_after_a_grounding_is_the_policys),
        cmocka_unit_test(who_waited_goes_before_who_is_due_at_that_moment),
        cmocka_unit_test(a_port_goes_to_whom_the_policy_prefers),
        cmocka_unit_test(a_production_line_serves_whom_the_policy_prefers),
        cmocka_unit_test(a_launch_that_is_ready_takes_the_place_of_one_that_must_wait),
        cmocka_unit_test(the_place_of_a_vehicle_that_is_late_is_taken_too),
        cmocka_unit_test(the_next_crew_is_brought_forward_after_a_failure),
        cmocka_unit_test(a_crew_that_aborts_takes_the_places_of_a_later_one),
        cmocka_unit_test(by_policy_it_flies_at_once_or_never),
        cmocka_unit_test(the_dead_and_visitors_do_not_fly_again),
        cmocka_unit_test(a_visit_without_crew_is_a_test_and_stays_so),
        cmocka_unit_test(a_crew_may_abort_twice),
        cmocka_unit_test(a_launch_waits_for_room_aboard),
        cmocka_unit_test(other_launches_prove_a_family),
        cmocka_unit_test(other_launches_wait_while_the_family_is_grounded_again),
        cmocka_unit_test(a_rescue_whose_rocket_is_grounded_flies_on_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
