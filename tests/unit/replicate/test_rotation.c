/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_rotation.c - crews hand over, wait for their relief, and go home.
 */
#include "unit/replicate/run.h"

static void
a_relief_hands_over_and_the_relieved_leave(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, THIRD));
    ASSERT_STORY(&run, VOYAGES " HANDOVER_BEGINS",
                 "90 LAUNCHED Second\n"
                 "91 DOCKED Second south\n"
                 "91 HANDOVER_BEGINS Second First\n"
                 "96 UNDOCKED First north\n"
                 "97 LANDED First\n"
                 "190 LAUNCHED Third\n"
                 "191 DOCKED Third north\n"
                 "191 HANDOVER_BEGINS Third Second\n"
                 "196 UNDOCKED Second south\n"
                 "197 LANDED Second\n"
                 "300 UNDOCKED Third north\n"
                 "301 LANDED Third\n");
    assert_true(run_value(&run, ISS_EVENT_HANDOVER_BEGINS) == 5);
    run_end(&run);
}

static void
a_crew_waits_for_its_relief(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCHED UNDOCKED",
                "150 LAUNCHED Second\n"
                "156 UNDOCKED First north\n"
                "260 UNDOCKED Second south\n",
                SET(SECOND, "vehicles.capsule.slip=60"));
}

static void
without_a_relief_the_stay_ends_with_the_certified_life(void **state)
{
    struct run run;

    (void)state;
    ASSERT_TOLD("LIFE_EXPIRES UNDOCKED",
                "110 LIFE_EXPIRES First\n"
                "110 UNDOCKED First north\n"
                "310 LIFE_EXPIRES Second\n"
                "310 UNDOCKED Second north\n",
                SET(SECOND, "vehicles.capsule.slip=60", /* launch on day 150 */
                    "vehicles.capsule.certified_life=160",
                    "flights.Second.undock=@355"));
    run_outpost(&run, SET(SECOND, "vehicles.capsule.slip=60",
                          "vehicles.capsule.certified_life=160",
                          "vehicles.capsule.extension=20"));
    ASSERT_STORY(&run, "UNDOCKED",
                 "130 UNDOCKED First north\n"
                 "260 UNDOCKED Second north\n");
    ASSERT_METRIC(&run, "beyond_life_d", 0);
    ASSERT_METRIC(&run, "uncrewed_d", 151 - 130 + 360 - 260);
    run_end(&run);
}

static void
with_a_relief_in_time_the_certified_life_doesnt_matter(void **state)
{
    (void)state;
    ASSERT_TOLD("LIFE_EXPIRES UNDOCKED",
                "96 UNDOCKED First north\n"
                "200 UNDOCKED Second south\n",
                SET(SECOND, "vehicles.capsule.certified_life=160"));
}

/* Once a flight, and never beyond its certified life; in an early return too. */
static void
a_vehicle_waits_until_it_can_land(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("vehicles.capsule.landing_wait=3"));
    ASSERT_STORY(
        &run, "DEPARTURE_WAVED_OFF UNDOCKED LANDED",
        "100 DEPARTURE_WAVED_OFF First\n103 UNDOCKED First north\n104 LANDED First\n");
    ASSERT_METRIC(&run, "wave_offs", 1);
    assert_true(run_value(&run, ISS_EVENT_DEPARTURE_WAVED_OFF) == 3);
    run_end(&run);
    ASSERT_TOLD(
        "DEPARTURE_WAVED_OFF UNDOCKED",
        "100 DEPARTURE_WAVED_OFF First\n102 UNDOCKED First north\n",
        SET("vehicles.capsule.landing_wait=3", "vehicles.capsule.certified_life=152"));
    ASSERT_TOLD("EARLY_RETURN DEPARTURE_WAVED_OFF UNDOCKED",
                "20 EARLY_RETURN First\n27 DEPARTURE_WAVED_OFF First\n"
                "30 UNDOCKED First north\n",
                SET("vehicles.capsule.landing_wait=3",
                    "failures.ill={strikes='person'; crew=['ada']; life=20; "
                    "effects=({effect='evacuate';});}"));
    ASSERT_TOLD(
        "DEPARTURE_WAVED_OFF UNDOCKED", "100 UNDOCKED First north\n",
        SET("vehicles.capsule.landing_wait={dist='exponential'; mean=3; p_zero=1;}"));
}

/* A ship whose life ended before the start leaves at once; the days before the start
 * aren't the scenario's. */
static void
days_beyond_life_count_from_the_start(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("vehicles.capsule.certified_life=30"));
    ASSERT_STORY(&run, "UNDOCKED", "0 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "beyond_life_d", 0);
    run_end(&run);
}

static void
a_visit_keeps_its_planned_stay_when_it_is_late(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("vehicles.capsule.slip=7",
                          "flights.Visit={vehicle='capsule'; launch=@50; undock=@60; "
                          "crew=['chen']; visiting=true;}"));
    ASSERT_STORY(&run, VOYAGES,
                 "57 LAUNCHED Visit\n"
                 "58 DOCKED Visit south\n"
                 "67 UNDOCKED Visit south\n"
                 "68 LANDED Visit\n"
                 "100 UNDOCKED First north\n"
                 "101 LANDED First\n");
    ASSERT_METRIC(&run, "crew_max", 3);
    ASSERT_METRIC(&run, "below_min_crew_d", 260); /* visitors don't count */
    run_end(&run);
}

static void
a_stay_is_drawn_for_a_flight_without_a_date(void **state)
{
    (void)state;
    ASSERT_TOLD("UNDOCKED",
                "41 UNDOCKED B south\n"
                "100 UNDOCKED First north\n",
                SET("flights.B={vehicle='barge'; launch=@10;}"));
    ASSERT_TOLD("UNDOCKED", "",
                SET("flights.First={vehicle='barge'; crew=[]; "
                    "undock=@355;}",
                    "scenario.end=@300"));
}

/* Ada is booked again, and still aboard when that flight leaves: it flies without her.
 */
static void
who_isnt_on_the_ground_misses_the_next_flight(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(SECOND, "flights.Second.launch=@300", "flights.Second.undock=@355",
                    "flights.Again={vehicle='capsule'; launch=@150; undock=@200; "
                    "crew=['ada','eve'];}"));
    ASSERT_STORY(&run, VOYAGES,
                 "150 LAUNCHED Again\n"
                 "151 DOCKED Again south\n"
                 "200 UNDOCKED Again south\n"
                 "201 LANDED Again\n"
                 "300 LAUNCHED Second\n"
                 "301 DOCKED Second south\n"
                 "306 UNDOCKED First north\n"
                 "307 LANDED First\n"
                 "355 UNDOCKED Second south\n"
                 "356 LANDED Second\n");
    ASSERT_METRIC(&run, "crew_max", 4);
    run_end(&run);
}

static void
who_died_flies_no_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("launch_systems.rocket.success=0",
                          "vehicles.capsule.abort_survival=0", SECOND,
                          "flights.Again={vehicle='capsule'; launch=@250; "
                          "crew=['chen','eve'];}"));
    ASSERT_STORY(&run, "PERSON_LOST",
                 "90 PERSON_LOST Second chen\n"
                 "90 PERSON_LOST Second dana\n"
                 "250 PERSON_LOST Again eve\n");
    run_end(&run);
}

/* ---- the record and the forecast ----------------------------------------------- */

/* Second brings Chen and Dana; Chen goes home with Ada in First, Boris stays for
 * Second. */
#define SWAP                                                                           \
    "flights.Second={vehicle='capsule'; crew=['chen','dana']; undock=@200; as_flown={" \
    "launch=@5; dock=@6; port='south'; undock=@210; crew_down=['boris','dana'];};}",   \
        "flights.First.as_flown.crew_down=['ada','chen']",                             \
        "flights.First.as_flown.undock=@11", "flights.First.as_flown.land=@12"

static void
people_change_seats_when_the_record_sends_them_home_in_another_ship(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.mode='replay'", SWAP));
    ASSERT_STORY(&run, "SEAT_MOVED UNDOCKED",
                 "6 SEAT_MOVED Second boris\n"
                 "6 SEAT_MOVED First chen\n"
                 "11 UNDOCKED First north\n"
                 "210 UNDOCKED Second south\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    assert_int_equal(iss_worker_world(run.worker)->aboard_count, 0);
    run_end(&run);
}

static void
people_change_seats_when_the_plan_sends_them_home_in_another_ship(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, "flights.First.crew_down=['ada','chen']",
                          "flights.Second.crew_down=['boris','dana']"));
    ASSERT_STORY(&run, "SEAT_MOVED UNDOCKED",
                 "91 SEAT_MOVED Second boris\n"
                 "91 SEAT_MOVED First chen\n"
                 "96 UNDOCKED First north\n"
                 "200 UNDOCKED Second south\n");
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    assert_int_equal(iss_worker_world(run.worker)->aboard_count, 0);
    run_end(&run);
}

/* The record changes seats, and its second ship comes home in the forecast: whoever
 * stayed for that goes with it all the same. */
static void
who_stays_in_a_recorded_exchange_goes_home_in_the_forecast(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("scenario.forecast_from=@20", SWAP));
    ASSERT_STORY(&run, "UNDOCKED",
                 "11 UNDOCKED First north\n"
                 "200 UNDOCKED Second south\n");
    assert_int_equal(iss_worker_world(run.worker)->aboard_count, 0);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_relief_hands_over_and_the_relieved_leave),
        cmocka_unit_test(a_crew_waits_for_its_relief),
        cmocka_unit_test(without_a_relief_the_stay_ends_with_the_certified_life),
        cmocka_unit_test(with_a_relief_in_time_the_certified_life_doesnt_matter),
        cmocka_unit_test(a_vehicle_waits_until_it_can_land),
        cmocka_unit_test(days_beyond_life_count_from_the_start),
        cmocka_unit_test(a_visit_keeps_its_planned_stay_when_it_is_late),
        cmocka_unit_test(a_stay_is_drawn_for_a_flight_without_a_date),
        cmocka_unit_test(who_isnt_on_the_ground_misses_the_next_flight),
        cmocka_unit_test(who_died_flies_no_more),
        cmocka_unit_test(
            people_change_seats_when_the_record_sends_them_home_in_another_ship),
        cmocka_unit_test(
            people_change_seats_when_the_plan_sends_them_home_in_another_ship),
        cmocka_unit_test(who_stays_in_a_recorded_exchange_goes_home_in_the_forecast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
