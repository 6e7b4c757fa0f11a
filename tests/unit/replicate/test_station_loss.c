/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_station_loss.c - a caretaker crew, and a station without people: First leaves on
 * day 100, and from then on the station has `uncrewed_life`.
 */
#include "unit/replicate/run.h"

#define LIFE     "station.uncrewed_life=50"
#define TOLD     "STATION_LOST DOCKED UNDOCKED LAUNCHED LANDED DISPOSED DOCKING_ABANDONED"
#define LATE(at) "flights.Late={vehicle='capsule'; launch=" at "; crew=['chen'];}"

static void
a_station_that_nobody_comes_to_is_lost(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LIFE));
    ASSERT_STORY(&run, TOLD,
                 "100 UNDOCKED First north\n101 LANDED First\n150 STATION_LOST\n");
    ASSERT_METRIC(&run, "station_lost", 1);
    ASSERT_METRIC(&run, "uncrewed_d", 50);
    run_end(&run);
    run_outpost(&run, SET("station.uncrewed_life=261"));
    ASSERT_METRIC(&run, "station_lost", 0);
    run_end(&run);
    run_outpost(&run, SET("station.min_crew=2"));
    ASSERT_METRIC(&run, "station_lost", 0);
    run_end(&run);
}

/* Lost on day 150 of 360, with nothing left in store, the fuse blown, work undone and
 * the suits out of use. */
static void
nothing_is_missed_on_a_station_that_is_gone(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(LIFE, "station.min_crew=2",
                    "utilisation={nominal_crew=2; research=({crew=2; hours=7;});}",
                    "systems.box={life=1e6; repair='1 d';}", "parts.fuse={stock=0;}",
                    "systems.lamp={life=110; part='fuse'; repair=1;}",
                    "tasks.sweep={every=10; hours=2;}", "suits.soft={};",
                    "failures.torn={strikes='station'; life=120; "
                    "effects=({effect='suits_unusable'; suits='soft';});}"));
    ASSERT_STORY(&run, "STATION_LOST", "150 STATION_LOST\n");
    ASSERT_METRIC(&run, "uncrewed_d", 50);
    ASSERT_METRIC(&run, "below_min_crew_d", 50);
    ASSERT_METRIC(&run, "unstaffed_core_d", 50);
    ASSERT_METRIC(&run, "research_lost_crew_h", 50);
    ASSERT_METRIC(&run, "system_down.lamp_d", 40);
    ASSERT_METRIC(&run, "availability.lamp", 1 - 40 / 360.);
    ASSERT_METRIC(&run, "units_down", 40 / 360.);
    ASSERT_METRIC(&run, "suits_down_d", 30);
    ASSERT_METRIC(&run, "tasks_missed", 5);
    run_end(&run);
    /* 50 days of food for two; then 40 of what the station uses itself. */
    run_outpost(&run, SET(LIFE, "resources.food={class='dry'; stock=200; per_person=2; "
                                "nominal_crew=2; reserve=({days=30;});}"));
    ASSERT_METRIC(&run, "below.food_30_d", 130);
    run_end(&run);
    run_outpost(&run, SET(LIFE, "resources.food={class='dry'; stock=200; use=5;}"));
    ASSERT_METRIC(&run, "stock_out.food_d", 110);
    run_end(&run);
}

/* Late docks on day 149, and leaves on day 181: another 50 days. */
static void
who_docks_in_time_saves_it_and_the_clock_begins_anew(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LIFE, LATE("@148"), "flights.Late.undock=@180"));
    ASSERT_STORY(&run, "STATION_LOST DOCKED UNDOCKED",
                 "100 UNDOCKED First north\n149 DOCKED Late north\n"
                 "180 UNDOCKED Late north\n230 STATION_LOST\n");
    run_end(&run);
    run_outpost(&run, SET(LIFE, LATE("@148")));
    ASSERT_METRIC(&run, "station_lost", 0);
    run_end(&run);
}

static void
assert_status(struct run *run, const char *flight, enum iss_flight_phase phase)
{
    int32_t id =
        outpost_find(&run->model->flights, sizeof(struct iss_flight_plan), flight);
    assert_int_equal(iss_at(&run->outcome, flights, status, code)[id], phase);
}

static void
it_takes_what_is_docked_and_sends_away_what_is_under_way(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LIFE, LATE("@149.5"), "vehicles.barge.stay=200",
                          "flights.Barge={vehicle='barge'; launch=@120;}",
                          "flights.Never={vehicle='barge'; launch=@200;}",
                          "flights.Held={vehicle='barge'; launch=@149;}",
                          "launch_systems.rocket.success=1"));
    ASSERT_STORY(&run, TOLD,
                 "100 UNDOCKED First north\n101 LANDED First\n120 LAUNCHED Barge\n"
                 "121 DOCKED Barge north\n149 LAUNCHED Held\n149.5 LAUNCHED Late\n"
                 "150 DOCKED Held south\n150 STATION_LOST\n150 DOCKING_ABANDONED Late\n"
                 "151 LANDED Late\n");
    ASSERT_METRIC(&run, "station_lost", 1);
    ASSERT_METRIC(&run, "crew_lost", 0);
    ASSERT_METRIC(&run, "docked_days", 100 + 29);
    assert_status(&run, "Barge", ISS_FLIGHT_FAILED);
    assert_status(&run, "Held", ISS_FLIGHT_FAILED);
    assert_status(&run, "Late", ISS_FLIGHT_LANDED);
    assert_status(&run, "Never", ISS_FLIGHT_CANCELLED);
    run_end(&run);
}

/* A rule's flights, a family's failures, the clocks of failures: nothing goes on. */
static void
nothing_happens_there_any_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET(LIFE, "cadence.supply={vehicle='barge'; first=@160; interval=20;}",
            "cadence.last={vehicle='barge'; first=@149.5; interval=20; anchor='last';}",
            "eva.walk={segment='core'; first=@70; interval=20;}",
            "families.f={stand_down=5; external=7;}",
            "remove=['launch_systems.rocket.stand_down']",
            "launch_systems.rocket.family='f'",
            "failures.hole={strikes='station'; life=9; effects=({effect='evacuate'; "
            "who='station';});}"));
    size_t rows = run.outcome.tables[ISS_TABLE_events].rows, after = 0;
    for (size_t i = 0; i < rows; i++) {
        after += iss_at(&run.outcome, events, time, time)[i] > DAYS(66);
    }
    ASSERT_STORY(&run, "STATION_LOST", "66 STATION_LOST\n");
    assert_int_equal(after, 1); /* the mission's end */
    ASSERT_METRIC(&run, "evas_lost", 0);
    ASSERT_METRIC(&run, "launches", 0);
    run_end(&run);
}

/* One that waits is lost with the station, and no other comes due. */
static void
nobody_goes_outside_any_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LIFE, "eva.walk={segment='core'; first=@120; interval=40;}"));
    ASSERT_STORY(&run, "STATION_LOST EVA_DUE EVA_POSTPONED EVA_LOST",
                 "120 EVA_DUE walk\n120 EVA_POSTPONED walk\n150 STATION_LOST\n"
                 "150 EVA_LOST walk\n");
    ASSERT_METRIC(&run, "evas_lost", 1);
    run_end(&run);
}

/* A rocket that is grounded on that day flies again when it was to. */
static void
outages_still_end(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LIFE,
                          "failures.stop={strikes='rocket'; effects=({effect="
                          "'launch_grounded'; duration=30;});}",
                          "events.stop={at=@140; what='failure'; failure='stop'; "
                          "launch_system='rocket';}"));
    ASSERT_STORY(&run, "STATION_LOST ROCKET_CLEARED",
                 "150 STATION_LOST\n170 ROCKET_CLEARED\n");
    ASSERT_METRIC(&run, "grounded_d", 10); /* to the end of the station */
    run_end(&run);
}

/* The record has nobody aboard when the forecast begins. */
static void
the_clock_of_an_empty_station_begins_with_the_forecast(void **state)
{
    ASSERT_TOLD(
        "STATION_LOST", "70 STATION_LOST\n",
        SET(LIFE, "flights.First.as_flown.undock=@10", "scenario.forecast_from=@20"));
    ASSERT_TOLD("STATION_LOST", "",
                SET(LIFE, "flights.First.as_flown.undock=@10", "scenario.mode=replay"));
    (void)state;
}

static void
caretakers_are_fewer_than_wanted_and_enough(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(LAB, "station.min_crew=3", "station.caretaker_crew=1"));
    ASSERT_METRIC(&run, "below_min_crew_d", 260);
    ASSERT_METRIC(&run, "caretaker_d", 50);
    run_end(&run);
    run_outpost(&run, SET(LAB, "station.min_crew=3"));
    ASSERT_METRIC(&run, "caretaker_d", 0);
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_station_that_nobody_comes_to_is_lost),
        cmocka_unit_test(nothing_is_missed_on_a_station_that_is_gone),
        cmocka_unit_test(who_docks_in_time_saves_it_and_the_clock_begins_anew),
        cmocka_unit_test(it_takes_what_is_docked_and_sends_away_what_is_under_way),
        cmocka_unit_test(nothing_happens_there_any_more),
        cmocka_unit_test(nobody_goes_outside_any_more),
        cmocka_unit_test(outages_still_end),
        cmocka_unit_test(the_clock_of_an_empty_station_begins_with_the_forecast),
        cmocka_unit_test(caretakers_are_fewer_than_wanted_and_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
