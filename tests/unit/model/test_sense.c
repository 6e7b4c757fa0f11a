/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense.c - settings that are well-formed and don't go together are refused.
 */
#include "unit/model/finding.h"

static void
the_end_comes_after_the_start(void **state)
{
    (void)state;
    assert_finding(NULL, NULL);
    assert_finding(
        "scenario.end: must come after the start; got 2030-01-01T00:00Z with "
        "the start at 2030-01-01T00:00Z",
        SET("scenario.end=@0"));
    assert_finding("scenario.forecast_from: must lie between start and end; got "
                   "2031-02-05T00:00Z",
                   SET("scenario.forecast_from=@400"));
    assert_finding("scenario.forecast_from: must lie between start and end",
                   SET("scenario.forecast_from=@-1"));
    assert_finding(NULL, SET("scenario.forecast_from=@400", "scenario.mode=replay"));
    assert_finding(NULL, SET("scenario.forecast_from=@360"));
}

static void
crew_vehicles_have_seats_and_cargo_vehicles_have_none(void **state)
{
    (void)state;
    assert_finding("vehicles.capsule.seats: a crew vehicle needs seats; got 0",
                   SET("vehicles.capsule.seats=0", "flights.First.crew=[]"));
    assert_finding(
        "vehicles.barge.seats: a cargo vehicle has no seats; got 1; allowed 0",
        SET("vehicles.barge.seats=1"));
    assert_finding("vehicles.barge.emergency_seats: a cargo vehicle has no seats",
                   SET("vehicles.barge.emergency_seats=1"));
}

static void
more_people_than_seats_are_told(void **state)
{
    (void)state;
    assert_finding(
        "flights.First.crew: more people than seats; got 3 (ada, boris, chen); "
        "allowed 2, the seats of capsule",
        SET("flights.First.crew=['ada','boris','chen']"));
    assert_finding("flights.First.as_flown.crew: more people than seats; got 3 (ada, ",
                   SET("flights.First.as_flown.crew=['ada','boris','chen']"));
    assert_finding(
        "flights.First.as_flown.crew_down: more people than seats; got 3 (ada, ",
        SET("flights.First.as_flown.crew_down=['ada','boris','chen']",
            "flights.B={vehicle='capsule'; launch=@50; crew=['chen'];}"));
    assert_finding(
        "flights.B.crew: more people than seats; got 1 (chen); allowed 0, the seats of "
        "barge",
        SET("flights.B={vehicle='barge'; launch=@5; crew=['chen'];}"));
}

static void
vehicles_fit_their_ports(void **state)
{
    static const char hatch[] = "ports.hatch={segment='lab'; docking='berth';}";

    (void)state;
    assert_finding(
        "vehicles.capsule.ports[1]: capsule doesn't fit this port; got hatch, "
        "which takes berth; allowed ports that take latch",
        SET(hatch, "vehicles.capsule.ports=['north','hatch']"));
    assert_finding("flights.First.port: capsule doesn't fit this port; got hatch",
                   SET(hatch, "flights.First.port='hatch'"));
    assert_finding(
        "flights.First.as_flown.port: capsule doesn't fit this port; got hatch",
        SET(hatch, "flights.First.as_flown.port='hatch'"));
    assert_finding(
        "flights.First.as_flown.relocations[0].port: capsule doesn't fit this port",
        SET(hatch, "flights.First.as_flown.relocations=({undock=@-20; "
                   "dock=@-19; port='hatch';})"));
}

/* Without a list, a vehicle uses every port that fits, in the order of the scenario. */
static void
ports_that_fit_are_filled_in(void **state)
{
    struct iss_model *model =
        outpost_model(SET("ports.hatch={segment='lab'; docking='berth';}",
                          "vehicles.tug={role='cargo'; docking='berth';}",
                          "vehicles.barge.ports=['annex','north']"));
    const struct iss_ids *capsule =
        &iss_model_vehicle(model, outpost_vehicle(model, "capsule"))->ports;
    const struct iss_ids *barge =
        &iss_model_vehicle(model, outpost_vehicle(model, "barge"))->ports;
    const struct iss_ids *tug =
        &iss_model_vehicle(model, outpost_vehicle(model, "tug"))->ports;

    (void)state;
    assert_int_equal(capsule->count, 3);
    assert_int_equal(capsule->at[0], outpost_port(model, "north"));
    assert_int_equal(capsule->at[2], outpost_port(model, "annex"));
    assert_int_equal(barge->count, 2);
    assert_int_equal(barge->at[0], outpost_port(model, "annex"));
    assert_int_equal(tug->count, 1);
    assert_int_equal(tug->at[0], outpost_port(model, "hatch"));
    iss_model_free(model);
}

static void
a_flights_dates_are_in_order(void **state)
{
    (void)state;
    assert_finding(
        "flights.First.undock: comes before launch; got 2029-11-02T00:00Z; allowed "
        "from 2029-11-12T00:00Z on",
        SET("flights.First.undock=@-60"));
    assert_finding("flights.First.as_flown.dock: comes before "
                   "as_flown.launch; got 2029-11-",
                   SET("flights.First.as_flown.dock=@-51"));
    assert_finding("flights.First.as_flown.undock: comes before "
                   "as_flown.dock",
                   SET("flights.First.as_flown.undock=@-52"));
    assert_finding(
        "flights.First.as_flown.land: comes before "
        "as_flown.undock",
        SET("flights.First.as_flown.undock=@-29", "flights.First.as_flown.land=@-30"));
    assert_finding(
        "flights.First.as_flown.relocations[0].undock: comes before as_flown.dock; "
        "got 2029-11-12T00:00Z",
        SET("flights.First.as_flown.relocations=({undock=@-50; dock=@-48; "
            "port='south';})"));
    assert_finding(
        "flights.First.as_flown.relocations[0].dock: comes before its undock; got "
        "2029-12-11T00:00Z",
        SET("flights.First.as_flown.relocations=({undock=@-20; dock=@-21; "
            "port='south';})"));
}

/* Dates that the record leaves out don't hide the order of the others. */
static void
gaps_in_the_record_dont_hide_its_order(void **state)
{
    (void)state;
    assert_finding("flights.B.as_flown.land: comes before "
                   "as_flown.launch; got 2029-11-",
                   SET("flights.B={vehicle='barge'; as_flown={launch=@-50; "
                       "land=@-60; outcome='lost';};}"));
    assert_finding("flights.First.as_flown.undock: comes before "
                   "as_flown.relocations[0].dock; got 2029-12-12T00:00Z; allowed from "
                   "2029-12-13T00:00Z on",
                   SET("flights.First.as_flown.undock=@-20",
                       "flights.First.as_flown.relocations=({undock=@-21; dock=@-19; "
                       "port='south';})"));
}

static void
a_flight_has_a_launch_and_a_docking_has_a_port(void **state)
{
    (void)state;
    assert_finding("flights.B: needs a planned launch or as_flown.launch",
                   SET("flights.B={vehicle='barge';}"));
    assert_finding(
        "flights.B.launch: lies before the scenario's start and as_flown.launch "
        "is missing; got 2029-12-27T00:00Z",
        SET("flights.B={vehicle='barge'; launch=@-5;}"));
    assert_finding("flights.B.as_flown: has a docking and no launch",
                   SET("flights.B={vehicle='barge'; launch=@5; port='annex'; "
                       "as_flown={dock=@6;};}"));
    assert_finding("flights.B.as_flown: has a docking and no port",
                   SET("flights.B={vehicle='barge'; as_flown={launch=@5; dock=@6;};}"));
}

/* A record that says what comes after docking says when it docked. */
static void
what_follows_docking_needs_it(void **state)
{
    (void)state;
    assert_finding("flights.B.as_flown.undock: needs as_flown.dock",
                   SET("flights.B={vehicle='barge'; as_flown={launch=@5; undock=@6; "
                       "land=@7;};}"));
    assert_finding("flights.B.as_flown.land: needs as_flown.dock; hint: a flight that "
                   "was lost on its way has outcome = \"lost\"",
                   SET("flights.B={vehicle='barge'; as_flown={launch=@5; land=@7;};}"));
    assert_finding("flights.B.as_flown.relocations: needs as_flown.dock",
                   SET("flights.B={vehicle='barge'; as_flown={launch=@5; "
                       "relocations=({undock=@6; dock=@7; port='annex';});};}"));
}

#define ENDED(outcome, more)                                                           \
    "flights.B={vehicle='capsule'; launch=@5; as_flown={outcome='" outcome "'; " more  \
    "};}"

static void
a_flight_that_never_arrived_says_when_and_nothing_of_the_station(void **state)
{
    (void)state;
    assert_finding(NULL, SET(ENDED("ascent_failed", "launch=@5;")));
    assert_finding(NULL, SET(ENDED("lost", "launch=@5; land=@6;")));
    assert_finding("flights.B.as_flown.outcome: needs as_flown.launch",
                   SET(ENDED("ascent_failed", "")));
    assert_finding("flights.B.as_flown.outcome: needs as_flown.land: when it was lost",
                   SET(ENDED("lost", "launch=@5;")));
    assert_finding("flights.B.as_flown.land: can't be: as_flown.outcome is "
                   "\"ascent_failed\"",
                   SET(ENDED("ascent_failed", "launch=@5; land=@6;")));
    assert_finding("flights.B.as_flown.dock: can't be: as_flown.outcome is \"lost\"",
                   SET(ENDED("lost", "launch=@5; dock=@6; land=@6; port='south';")));
    assert_finding("flights.B.as_flown.undock: can't be: ",
                   SET(ENDED("lost", "launch=@5; undock=@6; land=@6;")));
    assert_finding("flights.B.as_flown.crew_down: can't be: ",
                   SET(ENDED("lost", "launch=@5; land=@6; crew_down=['ada'];")));
    assert_finding("flights.B.as_flown.relocations: can't be: ",
                   SET(ENDED("ascent_failed", "launch=@5; relocations=({undock=@6; "
                                              "dock=@7; port='annex';});")));
}

#define RELIEF(name, launch, of)                                                       \
    "flights." name "={vehicle='capsule'; launch=@" launch "; relieves='" of "';}"

static void
a_flight_has_one_relief_and_none_is_its_own(void **state)
{
    (void)state;
    assert_finding("flights.B.relieves: is the flight itself",
                   SET(RELIEF("B", "5", "B")));
    assert_finding("flights.A.relieves: goes round: A -> C -> B -> A",
                   SET(RELIEF("Off", "4", "A"), RELIEF("A", "5", "C"),
                       RELIEF("B", "6", "A2"), RELIEF("C", "7", "B"),
                       "flights.B.relieves='A'", "flights.Off.relieves='First'"));
    assert_finding("flights.B.relieves: A already relieves First",
                   SET(RELIEF("A", "5", "First"), RELIEF("B", "6", "First")));
    assert_finding("flights.B.visiting: a short visit relieves nobody; got relieves = "
                   "\"First\"",
                   SET(RELIEF("B", "6", "First"), "flights.B.visiting=true"));
    assert_finding(NULL, SET(RELIEF("A", "5", "First"), RELIEF("B", "6", "A")));
}

#define AT_NORTH(dock)                                                                 \
    "flights.B={vehicle='barge'; port='north'; as_flown={launch=" dock "; dock=" dock  \
    ";};}"

static void
two_vehicles_at_one_port_in_the_record_are_told(void **state)
{
    (void)state;
    assert_finding("flights.B.port: shares the port with First on 2029-12-12T00:00Z",
                   SET(AT_NORTH("@-20")));
    assert_finding(NULL, SET(AT_NORTH("@-20"), "flights.First.as_flown.undock=@-20"));
    assert_finding("flights.B.port: shares the port with First on 2029-12-12T00:00Z",
                   SET(AT_NORTH("@-20"), "flights.First.as_flown.undock=@-19"));
    assert_finding(NULL, SET(AT_NORTH("@-20"),
                             "flights.First.as_flown.relocations=({undock=@-21; "
                             "dock=@-19; port='south';})"));
    assert_finding("flights.B.port: shares the port with First on 2029-12-13T00:00Z",
                   SET(AT_NORTH("@-20"),
                       "flights.First.as_flown.relocations=({undock=@-21; dock=@-20.5; "
                       "port='south';}, {undock=@-20; dock=@-19; port='north';})"));
}

static void
a_port_of_the_record_exists_while_something_is_docked(void **state)
{
    static const char *const flown = "flights.Barge={vehicle='barge'; "
                                     "as_flown={launch=@-9; dock=@-8; port='annex';};}";
    static const char *const moved =
        "flights.First.as_flown.relocations=({undock=@-40; dock=@-39; port='annex';})";

    (void)state;
    assert_finding(NULL, SET("ports.annex.from=@-8", flown));
    assert_finding("flights.Barge.as_flown.port: docks there on 2029-12-24T00:00Z; got "
                   "annex, which exists from 2029-12-24T12:00Z",
                   SET("ports.annex.from=@-7.5", flown));
    assert_finding("flights.Barge.as_flown.port: docks there on 2029-12-24T00:00Z; got "
                   "annex, which exists until 2029-12-24T00:00Z",
                   SET("ports.annex.until=@-8", flown));
    assert_finding(NULL,
                   SET("ports.annex.until=@-7", flown)); /* it may still be there */
    assert_finding(
        NULL, SET("ports.annex.until=@-7", flown, "flights.Barge.as_flown.undock=@-7"));
    assert_finding(
        "flights.Barge.as_flown.port: stays there until 2029-12-25T12:00Z; got "
        "annex, which exists until 2029-12-25T00:00Z",
        SET("ports.annex.until=@-7", flown, "flights.Barge.as_flown.undock=@-6.5"));
    assert_finding("flights.First.as_flown.relocations[0].port: docks there on "
                   "2029-11-23T00:00Z; got annex, which exists from",
                   SET("ports.annex.from=@-38", moved));
}

static void
a_port_ceases_to_be_after_it_came(void **state)
{
    (void)state;
    assert_finding(NULL, SET("ports.annex.from=@10", "ports.annex.until=@11"));
    assert_finding("ports.annex.until: must come after from; got 2030-01-11T00:00Z; "
                   "allowed after 2030-01-11T00:00Z",
                   SET("ports.annex.from=@10", "ports.annex.until=@10"));
}

static void
visitors_are_of_the_crew(void **state)
{
    (void)state;
    assert_finding(NULL, SET("flights.First.visitors=['ada']"));
    assert_finding(NULL, SET("flights.First.as_flown.crew=['ada','chen']",
                             "flights.First.visitors=['chen']"));
    assert_finding("flights.First.visitors: chen isn't in its crew",
                   SET("flights.First.visitors=['ada','chen']"));
}

static void
nobody_flies_in_two_vehicles_at_a_time(void **state)
{
    (void)state;
    assert_finding(
        "flights.B.crew: ada flies in First at the same time",
        SET("flights.B={vehicle='capsule'; launch=@50; crew=['chen','ada'];}"));
    assert_finding(NULL, SET("flights.B={vehicle='capsule'; launch=@101; "
                             "crew=['chen','ada'];}"));
    assert_finding("flights.A.crew: ada flies in First at the same time",
                   SET("flights.A={vehicle='capsule'; crew=['ada']; undock=@-40; "
                       "as_flown={launch=@-60;};}"));
    assert_finding(NULL, SET("flights.A={vehicle='capsule'; crew=['ada']; undock=@-40; "
                             "as_flown={launch=@-60; outcome='ascent_failed';};}"));
}

#define TURN(name, launch, crew, of)                                                   \
    "flights." name "={vehicle='capsule'; launch=@" launch "; crew=[" crew             \
    "]; relieves='" of "';}"

/* Whoever is relieved stays until the relief has come, so can't be of it. */
static void
nobody_relieves_himself(void **state)
{
    (void)state;
    assert_finding("flights.B.crew: eve is still up in A, which this flight relieves",
                   SET(TURN("A", "90", "'eve','finn'", "First"),
                       TURN("B", "180", "'chen','eve'", "A")));
    assert_finding(NULL, SET(TURN("A", "90", "'eve','finn'", "First"),
                             TURN("B", "180", "'chen','dana'", "A"),
                             TURN("C", "270", "'eve','finn'", "B")));
    assert_finding(NULL, SET(TURN("A", "90", "'eve','finn'", "First"),
                             TURN("B", "180", "'chen','eve'", "A"),
                             "flights.First.crew_down=['ada','eve']"));
    assert_finding(NULL,
                   SET(TURN("A", "90", "'eve','finn'", "First"),
                       TURN("B", "180", "'chen','eve'", "A"), "flights.A.undock=@170"));
    /* The record has another go up. */
    assert_finding(NULL, SET(TURN("B", "180", "'chen','ada'", "First"),
                             "flights.First.as_flown.crew=['boris','finn']",
                             "remove=flights.First.undock"));
    assert_finding("flights.B.crew: finn is still up in First, which this flight",
                   SET(TURN("B", "180", "'chen','finn'", "First"),
                       "flights.First.as_flown.crew=['boris','finn']",
                       "remove=flights.First.undock"));
}

static void
whoever_comes_down_has_gone_up_before(void **state)
{
    (void)state;
    assert_finding(
        "flights.First.crew_down: chen can't be aboard: no flight takes chen "
        "up before First leaves",
        SET("flights.First.crew_down=['ada','chen']"));
    assert_finding("flights.First.as_flown.crew_down: chen can't be aboard",
                   SET("flights.First.as_flown.undock=@-5",
                       "flights.First.as_flown.crew_down=['ada','chen']"));
    assert_finding(NULL, SET("flights.First.crew_down=['ada','chen']",
                             "flights.B={vehicle='capsule'; launch=@50; "
                             "crew=['chen'];}"));
    assert_finding("flights.First.crew_down: chen can't be aboard",
                   SET("flights.First.crew_down=['ada','chen']",
                       "flights.B={vehicle='capsule'; launch=@150; crew=['chen'];}"));
    /* A date that can't be is all that is told. */
    assert_finding("flights.First.as_flown.undock: comes before as_flown.dock",
                   SET("flights.First.as_flown.undock=@-70",
                       "flights.First.as_flown.crew_down=['ada']"));
    /* First waits for its relief, whatever its undock says. */
    assert_finding(NULL, SET("flights.First.crew_down=['ada','chen']",
                             TURN("B", "150", "'chen','dana'", "First")));
    assert_finding("flights.First.crew_down: chen can't be aboard",
                   SET("flights.First.crew_down=['ada','chen']",
                       "flights.B={vehicle='capsule'; crew=['chen']; as_flown={"
                       "launch=@-20; outcome='ascent_failed';};}"));
}

static void
spelling_of_segments_and_docking_systems_is_one(void **state)
{
    (void)state;
    assert_finding("ports.p.segment: differs from another in case only; got \"Core\"; "
                   "did you mean core?",
                   SET("ports.p={segment='Core'; docking='latch';}"));
    assert_finding("ports.p.docking: differs from another in case only; got \"LATCH\"; "
                   "did you mean latch?",
                   SET("ports.p={segment='core'; docking='LATCH';}"));
}

static void
forced_events_are_complete(void **state)
{
    (void)state;
    assert_finding(NULL, SET("events.e={at=@1; what='failure'; failure='leak'; "
                             "flight='First';}"));
    assert_finding("events.e: what = \"failure\" needs failure",
                   SET("events.e={at=@1; what='failure'; flight='First';}"));
    assert_finding("events.e: a seat_move needs person",
                   SET("events.e={at=@1; what='seat_move'; flight='First';}"));
    assert_finding(
        "events.e.failure: doesn't strike the vehicle of the flight; got leak, and B "
        "is a barge",
        SET("flights.B={vehicle='barge'; launch=@5;}",
            "events.e={at=@9; what='failure'; failure='leak'; "
            "flight='B';}"));
}

static void
metrics_are_complete(void **state)
{
    (void)state;
    assert_finding(NULL, SET("metrics.m={measure='stay'; person='ada';}"));
    assert_finding("metrics.m: needs a person", SET("metrics.m={measure='stay';}"));
    assert_finding("metrics.m: needs a person",
                   SET("metrics.m={measure='docked_stay'; flight='First';}"));
    assert_finding("metrics.m: needs a flight",
                   SET("metrics.m={measure='landing'; person='ada';}"));
    assert_finding(NULL, SET("metrics.m={measure='exceeds'; metric='crew_lost';}"));
    assert_finding("metrics.m: needs a metric",
                   SET("metrics.m={measure='exceeds'; above=3;}"));
}

static void
there_are_at_most_eight_segments(void **state)
{
    char ports[8][64];
    const char *sets[9] = {0};

    (void)state;
    for (int i = 0; i < 7; i++) {
        snprintf(ports[i], sizeof ports[i],
                 "ports.p%d={segment='s%d'; docking='latch';}", i, i);
        sets[i] = ports[i];
    }
    assert_finding("ports.p6.segment: the ports name 9 segments; allowed 8", sets);
    sets[6] = NULL;
    assert_finding(NULL, sets);
}

/* ---- many at once -------------------------------------------------------------- */

static void
all_errors_are_told_in_the_order_of_the_file(void **state)
{
    static const char text[] =
        "metrics = { m = { measure = 'stay'; }; };\n"                           /* 1 */
        "scenario = { title = 'T'; start = @0; end = @9; };\n"                  /* 2 */
        "vehicles = { v = { role = 'crew'; docking = 'd'; seats = 'x'; }; };\n" /* 3 */
        "ports = { p = { segment = 's'; docking = 'd'; };\n"                    /* 4 */
        "    q = { segment = 's'; dicking = 'd'; }; };\n"                       /* 5 */
        "flights = {\n"                                                         /* 6 */
        "    F = { vehicle = 'w'; launch = @1; };\n"                            /* 7 */
        "    G = { vehicle = 'v'; launch = @3; undock = @2; };\n"               /* 8 */
        "};\n"
        "wether = {};\n"; /* 10 */
    static const char *const expected[] = {
        "s.cfg:1: metrics.m: needs a person",
        "s.cfg:3: vehicles.v.seats: must be an integer; got \"x\"",
        "s.cfg:5: ports.q: docking is missing",
        "s.cfg:5: ports.q.dicking: unknown setting; did you mean docking?",
        "s.cfg:7: flights.F.vehicle: not found in vehicles; got \"w\"",
        "s.cfg:8: flights.G.undock: comes before launch; got 2030-01-03T00:00Z",
        "s.cfg:10: wether: unknown group",
    };
    struct outpost outpost;

    (void)state;
    outpost_load(&outpost, text, NULL);
    assert_int_equal(outpost.status, ISS_ERR_SCENARIO);
    assert_int_equal(outpost.diag.errors, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < outpost.diag.kept; i++) {
        const char *got = outpost.diag.entries[i].text;
        if (strncmp(got, expected[i], strlen(expected[i])) != 0) {
            fail_msg("error %zu\nexpected: %s\ngot:      %s", i, expected[i], got);
        }
    }
    assert_null(outpost.model);
    outpost_clear(&outpost);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_comes_after_the_start),
        cmocka_unit_test(crew_vehicles_have_seats_and_cargo_vehicles_have_none),
        cmocka_unit_test(more_people_than_seats_are_told),
        cmocka_unit_test(vehicles_fit_their_ports),
        cmocka_unit_test(ports_that_fit_are_filled_in),
        cmocka_unit_test(a_flights_dates_are_in_order),
        cmocka_unit_test(gaps_in_the_record_dont_hide_its_order),
        cmocka_unit_test(a_flight_has_a_launch_and_a_docking_has_a_port),
        cmocka_unit_test(what_follows_docking_needs_it),
        cmocka_unit_test(
            a_flight_that_never_arrived_says_when_and_nothing_of_the_station),
        cmocka_unit_test(a_flight_has_one_relief_and_none_is_its_own),
        cmocka_unit_test(two_vehicles_at_one_port_in_the_record_are_told),
        cmocka_unit_test(a_port_of_the_record_exists_while_something_is_docked),
        cmocka_unit_test(a_port_ceases_to_be_after_it_came),
        cmocka_unit_test(visitors_are_of_the_crew),
        cmocka_unit_test(nobody_flies_in_two_vehicles_at_a_time),
        cmocka_unit_test(nobody_relieves_himself),
        cmocka_unit_test(whoever_comes_down_has_gone_up_before),
        cmocka_unit_test(spelling_of_segments_and_docking_systems_is_one),
        cmocka_unit_test(forced_events_are_complete),
        cmocka_unit_test(metrics_are_complete),
        cmocka_unit_test(there_are_at_most_eight_segments),
        cmocka_unit_test(all_errors_are_told_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
