/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_cadence.c - rules make flights and crews, and these fly like any others. */
#include "unit/replicate/run.h"

#define SUPPLY "cadence.supply={vehicle='barge'; first=@10; interval=100;}"
#define TAXI                                                                           \
    "cadence.taxi={vehicle='capsule'; first=@60; interval=90; relieves='First'; "      \
    "crew=({segment='core'; count=2;});}"
#define ROCKET "vehicles.barge.launch_system='rocket'"

/* ---- dates --------------------------------------------------------------------- */

static void
by_the_calendar_slips_dont_add_up(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "10 LAUNCHED supply/1\n110 LAUNCHED supply/2\n"
                "210 LAUNCHED supply/3\n310 LAUNCHED supply/4\n",
                SET(SUPPLY));
    for (int plan = 0; plan < 2; plan++) {
        ASSERT_TOLD("LAUNCHED",
                    "25 LAUNCHED supply/1\n125 LAUNCHED supply/2\n"
                    "225 LAUNCHED supply/3\n325 LAUNCHED supply/4\n",
                    SET(SUPPLY, "vehicles.barge.slip=15",
                        plan ? "cadence.supply.anchor='plan'"
                             : "cadence.supply.anchor='calendar'"));
    }
}

static void
by_the_last_flight_they_do(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED FLIGHT_PLANNED",
                "25 LAUNCHED supply/1\n26 FLIGHT_PLANNED supply/2 supply/1\n"
                "141 LAUNCHED supply/2\n142 FLIGHT_PLANNED supply/3 supply/2\n"
                "257 LAUNCHED supply/3\n258 FLIGHT_PLANNED supply/4 supply/3\n",
                SET(SUPPLY, "vehicles.barge.slip=15", "cadence.supply.anchor='last'"));
}

static void
a_flight_that_fails_or_gives_up_brings_the_next_too(void **state)
{
    (void)state;
    ASSERT_TOLD("ASCENT_FAILED FLIGHT_PLANNED",
                "10 ASCENT_FAILED supply/1\n10 FLIGHT_PLANNED supply/2 supply/1\n"
                "110 ASCENT_FAILED supply/2\n110 FLIGHT_PLANNED supply/3 supply/2\n"
                "210 ASCENT_FAILED supply/3\n210 FLIGHT_PLANNED supply/4 supply/3\n"
                "310 ASCENT_FAILED supply/4\n310 FLIGHT_PLANNED supply/5 supply/4\n",
                SET(SUPPLY, ROCKET, "launch_systems.rocket.success=0",
                    "launch_systems.rocket.stand_down=0",
                    "cadence.supply.anchor='last'"));
    ASSERT_TOLD("DOCKING_ABANDONED FLIGHT_PLANNED",
                "13 DOCKING_ABANDONED supply/1\n13 FLIGHT_PLANNED supply/2 supply/1\n"
                "116 DOCKING_ABANDONED supply/2\n",
                SET(SUPPLY, "cadence.supply.until=@200", "cadence.supply.anchor='last'",
                    "vehicles.barge.docking_success=0",
                    "vehicles.barge.docking_retry=2",
                    "vehicles.barge.free_flight_life=4"));
}

static void
a_rule_ends(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED", "10 LAUNCHED supply/1\n110 LAUNCHED supply/2\n",
                SET(SUPPLY, "cadence.supply.until=@209"));
    ASSERT_TOLD(
        "LAUNCHED FLIGHT_PLANNED", "10 LAUNCHED supply/1\n",
        SET(SUPPLY, "cadence.supply.until=@110", "cadence.supply.anchor='last'"));
    ASSERT_TOLD(
        "LAUNCHED", "",
        SET(SUPPLY, "scenario.mode='replay'", "flights.First.as_flown.undock=@100"));
    ASSERT_TOLD("LAUNCHED", "", SET(SUPPLY, "cadence.supply.first=@361"));
}

static void
a_stay_of_the_rule_goes_before_the_vehicles(void **state)
{
    (void)state;
    ASSERT_TOLD("UNDOCKED",
                "16 UNDOCKED supply/1 south\n100 UNDOCKED First north\n"
                "116 UNDOCKED supply/2 north\n",
                SET(SUPPLY, "cadence.supply.stay=5", "cadence.supply.until=@200"));
}

static void
a_slip_is_that_of_the_rules_lead(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED",
                "12 LAUNCHED supply/1\n113 LAUNCHED supply/2\n213 LAUNCHED supply/3\n"
                "313 LAUNCHED supply/4\n",
                SET(SUPPLY, "cadence.supply.lead=40", "vehicles.barge.slip=9",
                    "vehicles.barge.slips=({up_to=20; slip=2;}, {up_to=50; slip=3;})"));
    ASSERT_TOLD("LAUNCHED",
                "12 LAUNCHED supply/1\n119 LAUNCHED supply/2\n219 LAUNCHED supply/3\n"
                "319 LAUNCHED supply/4\n",
                SET(SUPPLY, "vehicles.barge.slip=9",
                    "vehicles.barge.slips=({up_to=20; slip=2;}, {up_to=50; slip=3;})"));
}

static void
vehicles_come_off_the_line_in_the_order_of_all_that_is_planned(void **state)
{
    (void)state;
    ASSERT_TOLD(
        "LAUNCHED", "20 LAUNCHED supply/1\n70 LAUNCHED Named\n140 LAUNCHED supply/2\n",
        SET(SUPPLY, "flights.Named={vehicle='barge'; launch=@50;}",
            "lines.yard={ready=[@20, @70, @140];}", "vehicles.barge.line='yard'"));
}

/* ---- crews --------------------------------------------------------------------- */

static void
crews_relieve_each_other(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED UNDOCKED",
                "60 LAUNCHED taxi/1\n66 UNDOCKED First north\n"
                "150 LAUNCHED taxi/2\n156 UNDOCKED taxi/1 south\n"
                "240 LAUNCHED taxi/3\n246 UNDOCKED taxi/2 north\n"
                "330 LAUNCHED taxi/4\n336 UNDOCKED taxi/3 south\n",
                SET(TAXI));
}

static void
by_the_last_flight_they_do_so_too(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED UNDOCKED",
                "60 LAUNCHED taxi/1\n66 UNDOCKED First north\n"
                "151 LAUNCHED taxi/2\n157 UNDOCKED taxi/1 south\n"
                "242 LAUNCHED taxi/3\n248 UNDOCKED taxi/2 north\n"
                "333 LAUNCHED taxi/4\n339 UNDOCKED taxi/3 south\n",
                SET(TAXI, "cadence.taxi.anchor='last'"));
}

static void
the_last_crew_of_a_rule_isnt_relieved(void **state)
{
    for (int last = 0; last < 2; last++) {
        (void)state;
        ASSERT_TOLD("UNDOCKED",
                    last ? "66 UNDOCKED First north\n157 UNDOCKED taxi/1 south\n"
                           "202 UNDOCKED taxi/2 north\n"
                         : "66 UNDOCKED First north\n156 UNDOCKED taxi/1 south\n"
                           "201 UNDOCKED taxi/2 north\n",
                    SET(TAXI, "cadence.taxi.until=@200", "cadence.taxi.stay=50",
                        last ? "cadence.taxi.anchor='last'"
                             : "cadence.taxi.anchor='calendar'"));
    }
}

static void
a_rule_that_goes_on_relieves_the_last_crew_of_the_other(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED UNDOCKED",
                "60 LAUNCHED taxi/1\n66 UNDOCKED First north\n"
                "150 LAUNCHED taxi/2\n156 UNDOCKED taxi/1 south\n"
                "250 LAUNCHED ferry/1\n256 UNDOCKED taxi/2 north\n"
                "350 LAUNCHED ferry/2\n356 UNDOCKED ferry/1 south\n",
                SET(TAXI, "cadence.taxi.until=@200",
                    "cadence.ferry={vehicle='capsule'; first=@250; interval=100; "
                    "after='taxi'; crew=({segment='core';});}"));
    ASSERT_TOLD("UNDOCKED",
                "66 UNDOCKED First north\n156 UNDOCKED taxi/1 south\n"
                "201 UNDOCKED taxi/2 north\n",
                SET(TAXI, "cadence.taxi.until=@200", "cadence.taxi.stay=50",
                    "cadence.ferry={vehicle='capsule'; first=@400; interval=100; "
                    "after='taxi'; crew=({segment='core';});}"));
}

static void
visitors_stay_for_their_time_and_dont_count(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("cadence.visit={vehicle='capsule'; first=@10; interval=200; "
                          "visiting=true; stay=9; crew=({segment='lab';});}"));
    ASSERT_STORY(&run, "UNDOCKED",
                 "20 UNDOCKED visit/1 south\n100 UNDOCKED First north\n"
                 "220 UNDOCKED visit/2 north\n");
    ASSERT_METRIC(&run, "below_min_crew_d", 260);
    run_end(&run);
}

static void
a_failed_relief_is_made_good_by_the_next(void **state)
{
    for (int last = 0; last < 2; last++) {
        (void)state;
        ASSERT_TOLD("LAUNCHED LAUNCH_SKIPPED UNDOCKED",
                    last ? "60 LAUNCH_SKIPPED taxi/1\n150 LAUNCHED taxi/2\n"
                           "156 UNDOCKED First north\n241 LAUNCHED taxi/3\n"
                           "247 UNDOCKED taxi/2 south\n332 LAUNCHED taxi/4\n"
                           "338 UNDOCKED taxi/3 north\n"
                         : "60 LAUNCH_SKIPPED taxi/1\n150 LAUNCHED taxi/2\n"
                           "156 UNDOCKED First north\n240 LAUNCHED taxi/3\n"
                           "246 UNDOCKED taxi/2 south\n330 LAUNCHED taxi/4\n"
                           "336 UNDOCKED taxi/3 north\n",
                    SET(TAXI, "cadence.taxi.skip=['grounded']",
                        "failures.halt={strikes='rocket'; effects=({effect="
                        "'launch_grounded'; duration=50;});}",
                        "events.halt={at=@50; what='failure'; failure='halt'; "
                        "launch_system='rocket';}",
                        last ? "cadence.taxi.anchor='last'"
                             : "cadence.taxi.anchor='calendar'"));
    }
}

/* First's replacement is taxi/1, whose people fly taxi/2; those made for it stay at
 * home, and taxi/3 comes as before. */
static void
a_called_up_flight_costs_one_crew_of_the_rule(void **state)
{
    for (int last = 0; last < 2; last++) {
        struct run run;
        (void)state;
        run_outpost(&run, SET(TAXI, LEAK, "cadence.taxi.first=@70",
                              last ? "cadence.taxi.anchor='last'"
                                   : "cadence.taxi.anchor='calendar'"));
        ASSERT_STORY(&run, "RESCUE_CALLED CREW_TRANSFERRED LAUNCHED UNDOCKED",
                     last ? "30 RESCUE_CALLED taxi/1 First\n"
                            "30 CREW_TRANSFERRED taxi/1 taxi/2\n"
                            "60 LAUNCHED taxi/1\n71 UNDOCKED First north\n"
                            "151 LAUNCHED taxi/2\n157 UNDOCKED taxi/1 south\n"
                            "242 LAUNCHED taxi/3\n248 UNDOCKED taxi/2 north\n"
                            "333 LAUNCHED taxi/4\n339 UNDOCKED taxi/3 south\n"
                          : "30 RESCUE_CALLED taxi/1 First\n"
                            "30 CREW_TRANSFERRED taxi/1 taxi/2\n"
                            "60 LAUNCHED taxi/1\n71 UNDOCKED First north\n"
                            "160 LAUNCHED taxi/2\n166 UNDOCKED taxi/1 south\n"
                            "250 LAUNCHED taxi/3\n256 UNDOCKED taxi/2 north\n"
                            "340 LAUNCHED taxi/4\n346 UNDOCKED taxi/3 south\n");
        const char **people = iss_at(&run.outcome, people, id, text);
        assert_string_equal(people[iss_at(&run.outcome, crew, person, id)[2]],
                            "taxi/1/1");
        assert_string_equal(people[iss_at(&run.outcome, crew, person, id)[4]],
                            "taxi/3/1");
        run_end(&run);
    }
}

/* The line gives its vehicle, which nobody has asked for yet, after its planned date.
 */
static void
a_called_up_flight_waits_for_its_vehicle(void **state)
{
    (void)state;
    ASSERT_TOLD("RESCUE_CALLED LAUNCH_UNREADY LAUNCHED",
                "30 RESCUE_CALLED taxi/1 First\n90 LAUNCHED taxi/1\n"
                "150 LAUNCH_UNREADY taxi/2\n200 LAUNCHED taxi/2\n",
                SET(TAXI, LEAK, "cadence.taxi.lead=10", "cadence.taxi.until=@150",
                    "vehicles.capsule.line='yard'", "lines.yard.ready=[@90, @200]"));
}

/* Each goes home at the end of its stay, whether the next has come or not. */
static void
indirect_crews_relieve_nobody(void **state)
{
    (void)state;
    ASSERT_TOLD("DOCKED UNDOCKED HANDOVER_BEGINS",
                "61 DOCKED taxi/1 south\n100 UNDOCKED First north\n"
                "131 UNDOCKED taxi/1 south\n151 DOCKED taxi/2 north\n"
                "221 UNDOCKED taxi/2 north\n",
                SET("cadence.taxi={vehicle='capsule'; first=@60; interval=90; "
                    "until=@200; handover='indirect'; stay=70; "
                    "crew=({segment='core'; count=2;});}"));
}

/* ---- launches that don't wait -------------------------------------------------- */

static void
a_full_station_is_skipped(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("cadence.supply={vehicle='barge'; first=@10; interval=10; "
                          "until=@60; skip=['full'];}",
                          "vehicles.barge.ports=['south']"));
    ASSERT_STORY(&run, "LAUNCHED LAUNCH_SKIPPED LAUNCH_HELD",
                 "10 LAUNCHED supply/1\n20 LAUNCH_SKIPPED supply/2\n"
                 "30 LAUNCH_SKIPPED supply/3\n40 LAUNCH_SKIPPED supply/4\n"
                 "50 LAUNCHED supply/5\n60 LAUNCH_SKIPPED supply/6\n");
    ASSERT_METRIC(&run, "launches_skipped", 4);
    ASSERT_METRIC(&run, "port_wait_d", 0);
    run_end(&run);
    ASSERT_TOLD("LAUNCHED LAUNCH_SKIPPED LAUNCH_HELD",
                "10 LAUNCHED supply/1\n20 LAUNCH_HELD supply/2\n41 LAUNCHED supply/2\n",
                SET("cadence.supply={vehicle='barge'; first=@10; interval=10; "
                    "until=@20; skip=['grounded'];}",
                    "vehicles.barge.ports=['south']"));
}

static void
a_grounded_rocket_is_skipped(void **state)
{
    static const char *const crash =
        "events.crash={at=@0; what='ascent_failure'; flight='Doomed';}";
    struct run run;

    (void)state;
    run_outpost(&run, SET(SUPPLY, ROCKET, crash,
                          "flights.Doomed={vehicle='barge'; launch=@5;}",
                          "cadence.supply.skip=['grounded']",
                          "cadence.supply.interval=20", "cadence.supply.until=@60"));
    ASSERT_STORY(&run, "LAUNCHED LAUNCH_SKIPPED LAUNCH_GROUNDED",
                 "5 LAUNCHED Doomed\n10 LAUNCH_SKIPPED supply/1\n"
                 "30 LAUNCH_SKIPPED supply/2\n50 LAUNCHED supply/3\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_SKIPPED) == 1);
    ASSERT_METRIC(&run, "cargo_losses_in_a_row", 1);
    run_end(&run);
    ASSERT_TOLD(
        "LAUNCHED LAUNCH_SKIPPED LAUNCH_GROUNDED",
        "5 LAUNCHED Doomed\n10 LAUNCH_GROUNDED supply/1\n45 LAUNCHED supply/1\n",
        SET(SUPPLY, ROCKET, crash, "flights.Doomed={vehicle='barge'; launch=@5;}",
            "cadence.supply.skip=['full']", "cadence.supply.until=@60"));
}

/* By the last flight a launch is planned while its rocket is grounded already. */
static void
a_flight_planned_for_a_grounded_rocket_takes_another(void **state)
{
    (void)state;
    ASSERT_TOLD("ASCENT_FAILED FLIGHT_PLANNED ROCKET_SWITCHED LAUNCHED",
                "10 LAUNCHED supply/1\n10 ASCENT_FAILED supply/1\n"
                "10 FLIGHT_PLANNED supply/2 supply/1\n10 ROCKET_SWITCHED supply/2\n"
                "20 LAUNCHED supply/2\n21 FLIGHT_PLANNED supply/3 supply/2\n"
                "21 ROCKET_SWITCHED supply/3\n31 LAUNCHED supply/3\n",
                SET(SUPPLY, ROCKET, "launch_systems.rocket.success=0",
                    "launch_systems.other={}", "cadence.supply.until=@35",
                    "vehicles.barge.alternatives=({launch_system='other'; lead=5;})",
                    "cadence.supply.anchor='last'", "cadence.supply.interval=10"));
}

static void
losses_in_a_row_are_those_of_cargo_that_nothing_interrupts(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("cadence.supply={vehicle='barge'; first=@10; interval=10; "
                          "until=@70;}",
                          ROCKET, "launch_systems.rocket.success=0",
                          "launch_systems.rocket.stand_down=0",
                          "vehicles.tug={role='cargo'; docking='latch'; stay=5;}",
                          "flights.Tug={vehicle='tug'; launch=@35;}"));
    ASSERT_METRIC(&run, "ascent_failures", 7);
    ASSERT_METRIC(&run, "cargo_losses_in_a_row", 4);
    run_end(&run);
}

/* ---- room ---------------------------------------------------------------------- */

static void
without_room_the_replication_fails_and_says_so(void **state)
{
    struct iss_model *model = outpost_model(SET(SUPPLY));
    struct iss_cadence *rule = model->cadence.items;
    struct iss_worker *worker = NULL;
    double metrics[256];
    struct iss_row row = {.metrics = metrics};

    (void)state;
    rule->room = 3;
    assert_int_equal(iss_worker_new(model, &worker), ISS_OK);
    assert_int_equal(iss_worker_run(worker, 1, 0, NULL, &row), ISS_ERR_CADENCE);
    assert_int_equal(row.status, ISS_ERR_CADENCE);
    iss_worker_free(worker);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_the_calendar_slips_dont_add_up),
        cmocka_unit_test(by_the_last_flight_they_do),
        cmocka_unit_test(a_flight_that_fails_or_gives_up_brings_the_next_too),
        cmocka_unit_test(a_rule_ends),
        cmocka_unit_test(a_stay_of_the_rule_goes_before_the_vehicles),
        cmocka_unit_test(a_slip_is_that_of_the_rules_lead),
        cmocka_unit_test(
            vehicles_come_off_the_line_in_the_order_of_all_that_is_planned),
        cmocka_unit_test(crews_relieve_each_other),
        cmocka_unit_test(by_the_last_flight_they_do_so_too),
        cmocka_unit_test(the_last_crew_of_a_rule_isnt_relieved),
        cmocka_unit_test(a_rule_that_goes_on_relieves_the_last_crew_of_the_other),
        cmocka_unit_test(visitors_stay_for_their_time_and_dont_count),
        cmocka_unit_test(a_failed_relief_is_made_good_by_the_next),
        cmocka_unit_test(a_called_up_flight_costs_one_crew_of_the_rule),
        cmocka_unit_test(a_called_up_flight_waits_for_its_vehicle),
        cmocka_unit_test(indirect_crews_relieve_nobody),
        cmocka_unit_test(a_full_station_is_skipped),
        cmocka_unit_test(a_grounded_rocket_is_skipped),
        cmocka_unit_test(a_flight_planned_for_a_grounded_rocket_takes_another),
        cmocka_unit_test(losses_in_a_row_are_those_of_cargo_that_nothing_interrupts),
        cmocka_unit_test(without_room_the_replication_fails_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
