/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch_switch.c - what would wait for a grounded rocket flies on another, if
 * that is ready sooner.
 */
#include "unit/replicate/run.h"

/* The barge flies on a rocket that stands down for 90 days, the capsule on another. */
#define ROCKETS                                                                        \
    "launch_systems.old={stand_down=90;}", "launch_systems.spare={}",                  \
        "launch_systems.slow={}", "vehicles.barge.launch_system='old'",                \
        "vehicles.barge.stay=3"
#define ALTERNATIVES(rows) "vehicles.barge.alternatives=(" rows ")"
#define SPARE(lead)        "{launch_system='spare'; lead=" lead ";}"
#define SLOW(lead)         "{launch_system='slow'; lead=" lead ";}"
#define DOOM               "events.doom={at=@1; what='ascent_failure'; flight='A';}"
#define FLIGHT(id, day)    "flights." id "={vehicle='barge'; launch=@" day ";}"
#define LAUNCHES                                                                       \
    "ROCKET_GROUNDED ROCKET_CLEARED ROCKET_SWITCHED LAUNCH_GROUNDED LAUNCHED "         \
    "ASCENT_FAILED"

static const char *
rocket_of(struct run *run, const char *flight)
{
    size_t row = (size_t)outpost_flight(run->model, flight);
    return iss_at(&run->outcome, launch_systems, id,
                  text)[iss_at(&run->outcome, flights, launch_system, id)[row]];
}

static void
launches_that_would_wait_move_to_another_rocket_after_its_lead_time(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROCKETS, ALTERNATIVES(SPARE("30")), DOOM, FLIGHT("A", "50"),
                          FLIGHT("B", "60"), FLIGHT("C", "100"), FLIGHT("D", "150")));
    ASSERT_STORY(&run, LAUNCHES,
                 "50 LAUNCHED A\n"
                 "50 ASCENT_FAILED A\n"
                 "50 ROCKET_GROUNDED\n"
                 "50 ROCKET_SWITCHED B\n"
                 "50 ROCKET_SWITCHED C\n"
                 "80 LAUNCHED B\n"  /* when the spare is ready */
                 "100 LAUNCHED C\n" /* as planned */
                 "140 ROCKET_CLEARED\n"
                 "150 LAUNCHED D\n"); /* after the return: no reason to move */
    assert_string_equal(rocket_of(&run, "A"), "old");
    assert_string_equal(rocket_of(&run, "B"), "spare");
    assert_string_equal(rocket_of(&run, "C"), "spare");
    assert_string_equal(rocket_of(&run, "D"), "old");
    assert_true(run_value(&run, ISS_EVENT_ROCKET_SWITCHED) == 30);
    ASSERT_METRIC(&run, "rockets_switched", 2);
    run_end(&run);
}

/* What takes time is to fit a type of vehicle to the rocket. */
static void
flights_of_a_type_share_the_lead_time(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(ROCKETS, ALTERNATIVES(SPARE("{dist='uniform'; min=20; max=80;}")),
                    DOOM, FLIGHT("A", "50"), FLIGHT("B", "51"), FLIGHT("C", "52")));
    struct iss_outcome *outcome = &run.outcome;
    const int64_t *launch = iss_at(outcome, flights, launch, time);
    assert_true(launch[outpost_flight(run.model, "B")] >
                launch[outpost_flight(run.model, "A")] + 20 * ISS_US_PER_D);
    assert_int_equal(launch[outpost_flight(run.model, "B")],
                     launch[outpost_flight(run.model, "C")]);
    run_end(&run);
}

static void
the_record_knows_the_rocket_it_was(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROCKETS, "scenario.forecast_from=@55",
                          "flights.A={vehicle='barge'; as_flown={launch=@50; dock=@51; "
                          "port='south'; launch_system='spare';};}",
                          "flights.B={vehicle='barge'; launch=@60; "
                          "as_flown={launch=@70; launch_system='spare';};}"));
    assert_string_equal(rocket_of(&run, "A"), "spare");
    assert_string_equal(rocket_of(&run, "B"), "old"); /* as planned, by the forecast */
    run_end(&run);
}

static void
a_launch_waits_when_no_other_rocket_is_ready_sooner(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "50 LAUNCHED A\n"
                "50 ASCENT_FAILED A\n"
                "50 ROCKET_GROUNDED\n"
                "60 LAUNCH_GROUNDED B\n"
                "140 ROCKET_CLEARED\n"
                "140 LAUNCHED B\n",
                SET(ROCKETS, ALTERNATIVES(SPARE("90")), DOOM, FLIGHT("A", "50"),
                    FLIGHT("B", "60")));
}

static void
the_first_alternative_that_is_ready_in_time_is_taken(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROCKETS, ALTERNATIVES(SLOW("100") "," SPARE("40")), DOOM,
                          FLIGHT("A", "50"), FLIGHT("B", "60")));
    assert_string_equal(rocket_of(&run, "B"), "spare");
    run_end(&run);
    run_outpost(&run, SET(ROCKETS, ALTERNATIVES(SLOW("80") "," SPARE("40")), DOOM,
                          FLIGHT("A", "50"), FLIGHT("B", "60")));
    assert_string_equal(rocket_of(&run, "B"), "slow"); /* in the order listed */
    run_end(&run);
}

/* The other rocket's own fate counts from then on: here that of its family. */
static void
the_loss_of_the_other_rocket_stops_the_flight(void **state)
{
    (void)state;
    ASSERT_TOLD("ROCKET_SWITCHED LAUNCH_GROUNDED LAUNCHED",
                "50 LAUNCHED A\n"
                "50 ROCKET_SWITCHED B\n"
                "80 LAUNCH_GROUNDED B\n"
                "100 LAUNCHED B\n",
                SET(ROCKETS, ALTERNATIVES(SPARE("30")), DOOM, FLIGHT("A", "50"),
                    FLIGHT("B", "60"), "families.kin={stand_down=30;}",
                    "launch_systems.spare.family='kin'",
                    "events.e={at=@70; what='family_failure'; family='kin';}"));
}

/* One that waits already, when the grounding is prolonged. */
static void
a_longer_grounding_moves_what_has_been_waiting(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "50 LAUNCHED A\n"
                "50 ASCENT_FAILED A\n"
                "50 ROCKET_GROUNDED\n"
                "60 LAUNCH_GROUNDED B\n"
                "100 ROCKET_GROUNDED\n"
                "100 ROCKET_SWITCHED B\n"
                "190 LAUNCHED B\n"
                "300 ROCKET_CLEARED\n",
                SET(ROCKETS, ALTERNATIVES(SPARE("90")), DOOM, FLIGHT("A", "50"),
                    FLIGHT("B", "60"),
                    "failures.fault={strikes='rocket'; effects=({effect="
                    "'launch_grounded'; duration=200;});}",
                    "events.f={at=@100; what='failure'; failure='fault'; "
                    "launch_system='old';}"));
}

/* The loss leads to the grounding, that to the switch, that to the launch. */
static void
the_loss_is_the_cause_of_the_launch_on_the_other_rocket(void **state)
{
    static const enum iss_event_kind chain[] = {
        ISS_EVENT_LAUNCHED,        ISS_EVENT_LAUNCH_DUE,    ISS_EVENT_ROCKET_SWITCHED,
        ISS_EVENT_ROCKET_GROUNDED, ISS_EVENT_ASCENT_FAILED, ISS_EVENT_LAUNCHED};
    struct run run;

    (void)state;
    run_outpost(&run, SET(ROCKETS, ALTERNATIVES(SPARE("30")), DOOM, FLIGHT("A", "50"),
                          FLIGHT("B", "60")));
    struct iss_outcome *outcome = &run.outcome;
    int32_t row = (int32_t)outcome->tables[ISS_TABLE_events].rows - 1;
    while (iss_at(outcome, events, type, code)[row] != ISS_EVENT_LAUNCHED) {
        row--;
    }
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        assert_int_equal(iss_at(outcome, events, type, code)[row], chain[i]);
        row = iss_at(outcome, events, cause, id)[row];
    }
    run_end(&run);
}

/* The outpost with 200 more flights, F0 on day 101 to F199 on day 300. */
static void
load_fleet(struct outpost *outpost, const char *const *sets)
{
    enum { COUNT = 200, LINE = 64 };
    const char *rest = strstr(outpost_text, "    First = {");
    size_t size = sizeof outpost_text + (size_t)COUNT * LINE, used;
    char *text = malloc(size);

    assert_non_null(text);
    used = (size_t)(rest - outpost_text);
    memcpy(text, outpost_text, used);
    for (int i = 0; i < COUNT; i++) {
        used += (size_t)snprintf(text + used, LINE,
                                 "F%d = { vehicle = 'barge'; launch = @%d; };\n", i,
                                 101 + i);
    }
    snprintf(text + used, size - used, "%s", rest);
    outpost_load(outpost, text, sets);
    free(text);
}

/* More events at one moment than a small station's world has room for. */
static void
any_number_of_flights_move_at_once(void **state)
{
    struct outpost outpost;
    struct run run;

    (void)state;
    load_fleet(&outpost, SET(ROCKETS, ALTERNATIVES(SPARE("30")),
                             "failures.halt={strikes='rocket'; effects=({effect="
                             "'launch_grounded';});}",
                             "events.halt={at=@50; what='failure'; failure='halt'; "
                             "launch_system='old';}"));
    assert_int_equal(outpost.status, ISS_OK);
    iss_diag_clear(&outpost.diag);
    run_model(&run, outpost.model, 0);
    ASSERT_METRIC(&run, "rockets_switched", 200);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            launches_that_would_wait_move_to_another_rocket_after_its_lead_time),
        cmocka_unit_test(flights_of_a_type_share_the_lead_time),
        cmocka_unit_test(the_record_knows_the_rocket_it_was),
        cmocka_unit_test(a_launch_waits_when_no_other_rocket_is_ready_sooner),
        cmocka_unit_test(the_first_alternative_that_is_ready_in_time_is_taken),
        cmocka_unit_test(the_loss_of_the_other_rocket_stops_the_flight),
        cmocka_unit_test(a_longer_grounding_moves_what_has_been_waiting),
        cmocka_unit_test(the_loss_is_the_cause_of_the_launch_on_the_other_rocket),
        cmocka_unit_test(any_number_of_flights_move_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
