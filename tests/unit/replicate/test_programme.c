/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_programme.c - what the partners have agreed on comes to pass on its day: First,
 * with Ada and Boris, leaves on day 100 unless somebody relieves it.
 */
#include <math.h>

#include "unit/replicate/run.h"

#define ENTRY(id, settings) "programme." id "={" settings ";}"
#define TAXI                                                                           \
    "cadence.taxi={name='Taxi'; vehicle='capsule'; first=@20; interval=60; stay=65; "  \
    "relieves='First'; crew=({segment='core'; count=2;});}"
#define FREIGHT                                                                        \
    "cadence.freight={name='Freight'; vehicle='barge'; first=@10; interval=40;}"
#define FREIGHTER(at) "flights.Barge={vehicle='barge'; launch=" at ";}"
#define TUG(at)                                                                        \
    "vehicles.tug={role='cargo'; docking='latch'; rendezvous=24;}",                    \
        "flights.Tug={vehicle='tug'; launch=" at ";}"
#define NEWS                                                                           \
    "PROGRAMME_CHANGE LAUNCH_CANCELLED END_WAITS MISSION_OVER STATION_DEORBITED "      \
    "STATION_LOST"
#define TRAFFIC NEWS " DOCKED UNDOCKED"

static void
a_type_that_retires_is_not_launched_any_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FREIGHT, FREIGHTER("@200"),
                          ENTRY("end", "at=@60; retires=['barge']")));
    /* Freight 3 of day 90 and the next ones within half a year are planned in earnest.
     */
    ASSERT_STORY(&run, TRAFFIC " LAUNCHED",
                 "10 LAUNCHED freight/1\n11 DOCKED freight/1 south\n"
                 "41 UNDOCKED freight/1 south\n50 LAUNCHED freight/2\n"
                 "51 DOCKED freight/2 south\n60 PROGRAMME_CHANGE\n"
                 "60 LAUNCH_CANCELLED Barge\n60 LAUNCH_CANCELLED freight/3\n"
                 "60 LAUNCH_CANCELLED freight/4\n60 LAUNCH_CANCELLED freight/5\n"
                 "60 LAUNCH_CANCELLED freight/6\n81 UNDOCKED freight/2 south\n"
                 "100 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "launches_cancelled", 5);
    run_end(&run);
}

static void
a_rule_that_counts_from_the_last_flight_makes_no_more_either(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FREIGHT, "cadence.freight.anchor='last'",
                          ENTRY("end", "at=@10.5; retires=['barge']")));
    ASSERT_METRIC(&run, "launches.barge", 1);
    ASSERT_METRIC(&run, "launches_cancelled", 0);
    run_end(&run);
    run_outpost(&run, SET(FREIGHT, "cadence.freight.anchor='last'",
                          "programme.end={at=@10.5; ends=true;}"));
    ASSERT_STORY(&run, "FLIGHT_PLANNED LAUNCHED", "10 LAUNCHED freight/1\n");
    run_end(&run);
}

/* Second is called up on day 30 for First, which leaks. */
static void
a_rescue_that_is_called_already_still_flies(void **state)
{
    static const char *const ends[] = {"programme.end={at=@40; retires=['capsule'];}",
                                       "programme.end={at=@40; ends=true;}"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct run run;
        run_outpost(&run, SET(SECOND, LEAK, ends[i]));
        ASSERT_STORY(&run, "RESCUE_CALLED LAUNCH_CANCELLED LAUNCHED",
                     "30 RESCUE_CALLED Second First\n60 LAUNCHED Second\n");
        run_end(&run);
    }
}

static void
a_type_is_not_launched_before_its_debut(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run, SET(FREIGHTER("@20"), ENTRY("new", "at=@60; delay=5; debuts=['barge']")));
    ASSERT_STORY(&run, "LAUNCH_UNREADY LAUNCHED PROGRAMME_CHANGE",
                 "20 LAUNCH_UNREADY Barge\n65 PROGRAMME_CHANGE\n65 LAUNCHED Barge\n");
    run_end(&run);
}

/* Chen and Eve come in one capsule: the partner of the lab leaves on day 60. */
static void
a_partner_who_leaves_sends_nobody_any_more(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("flights.Mixed={vehicle='capsule'; launch=@70; crew=['chen', "
                          "'eve'];}",
                          ENTRY("bye", "at=@60; withdraws='lab'"), FREIGHTER("@80")));
    ASSERT_STORY(&run, NEWS " LAUNCHED",
                 "60 PROGRAMME_CHANGE\n70 LAUNCHED Mixed\n"
                 "80 LAUNCHED Barge\n");
    ASSERT_METRIC(&run, "crew_max", 3);
    ASSERT_METRIC(&run, "unstaffed_lab_d", 360);
    run_end(&run);
    /* The barge fits the annex only: it is the partner's. */
    run_outpost(&run, SET("vehicles.barge.ports=['annex']", FREIGHTER("@80"),
                          ENTRY("bye", "at=@60; withdraws='lab'")));
    ASSERT_STORY(&run, NEWS, "60 PROGRAMME_CHANGE\n60 LAUNCH_CANCELLED Barge\n");
    run_end(&run);
}

static void
who_waits_for_a_crew_that_is_cancelled_leaves_as_planned(void **state)
{
    struct run run;

    (void)state;
    /* Taxi 1 came on day 21, and would have been relieved on day 86. */
    run_outpost(&run, SET(TAXI, "cadence.taxi.stay=100",
                          ENTRY("end", "at=@60; retires=['capsule']")));
    ASSERT_STORY(&run, TRAFFIC,
                 "21 DOCKED taxi/1 south\n26 UNDOCKED First north\n"
                 "60 PROGRAMME_CHANGE\n60 LAUNCH_CANCELLED taxi/2\n"
                 "60 LAUNCH_CANCELLED taxi/3\n60 LAUNCH_CANCELLED taxi/4\n"
                 "121 UNDOCKED taxi/1 south\n");
    run_end(&run);
}

/* Second was to relieve First, Third Second: with Second gone Third relieves First. */
static void
who_waits_for_a_crew_that_is_cancelled_is_relieved_by_the_next(void **state)
{
    struct run run;

    (void)state;
    run_outpost(
        &run,
        SET("vehicles.pod={role='crew'; seats=2; docking='latch'; rendezvous=24;}",
            "flights.Second={vehicle='pod'; launch=@70; crew=['chen']; "
            "relieves='First';}",
            "flights.Third={vehicle='capsule'; launch=@120; crew=['dana']; "
            "relieves='Second';}",
            "flights.First.undock=@72", ENTRY("end", "at=@60; retires=['pod']")));
    ASSERT_STORY(&run, TRAFFIC,
                 "60 PROGRAMME_CHANGE\n60 LAUNCH_CANCELLED Second\n"
                 "121 DOCKED Third south\n126 UNDOCKED First north\n");
    run_end(&run);
}

/* Eve comes along in the first and third ship only. */
static void
an_agreement_on_seats_may_run_out_and_be_renewed(void **state)
{
#define SHARED                                                                         \
    "cadence.taxi={vehicle='capsule'; first=@20; interval=60; relieves='First'; "      \
    "crew=({segment='core';}, {segment='lab'; when='exchange';}, "                     \
    "{segment='core'; when='no_exchange';});}",                                        \
        "programme.off={at=@30; delay=20; seat_exchange='off';}",                      \
        "programme.on={at=@150; seat_exchange='on';}"
    struct run run;

    (void)state;
    run_outpost(&run, SET(SHARED, "scenario.end=@240"));
    ASSERT_STORY(&run, "PROGRAMME_CHANGE DOCKED UNDOCKED",
                 "21 DOCKED taxi/1 south\n26 UNDOCKED First north\n"
                 "50 PROGRAMME_CHANGE\n81 DOCKED taxi/2 north\n"
                 "86 UNDOCKED taxi/1 south\n141 DOCKED taxi/3 south\n"
                 "146 UNDOCKED taxi/2 north\n150 PROGRAMME_CHANGE\n"
                 "201 DOCKED taxi/4 north\n206 UNDOCKED taxi/3 south\n");
    ASSERT_METRIC(&run, "unstaffed_lab_d", 21 + (201 - 86));
    ASSERT_METRIC(&run, "crew_mean", (2 * 240. + 2 * 4 * 5) / 240);
    run_end(&run);
    run_outpost(&run, SET("flights.Second={vehicle='capsule'; launch=@60; crew=['eve', "
                          "'finn']; crew_without_exchange=['chen']; relieves='First';}",
                          "programme.off={at=@30; seat_exchange='off';}"));
    ASSERT_STORY(&run, "UNDOCKED", "66 UNDOCKED First north\n");
    ASSERT_METRIC(&run, "unstaffed_lab_d", 360);
    run_end(&run);
}

static void
the_crew_aboard_may_be_limited(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET("flights.Second={vehicle='capsule'; launch=@40; crew=['chen'];}",
                    ENTRY("few", "at=@30; max_crew=2")));
    ASSERT_STORY(
        &run, "PROGRAMME_CHANGE LAUNCH_CROWDED LAUNCHED",
        "30 PROGRAMME_CHANGE\n40 LAUNCH_CROWDED Second\n100 LAUNCHED Second\n");
    ASSERT_METRIC(&run, "crowded_d", 60);
    run_end(&run);
    run_outpost(&run,
                SET("flights.Second={vehicle='capsule'; launch=@40; crew=['chen'];}",
                    "station.max_crew=2", ENTRY("more", "at=@50; max_crew=3")));
    ASSERT_STORY(&run, "PROGRAMME_CHANGE LAUNCH_CROWDED LAUNCHED",
                 "40 LAUNCH_CROWDED Second\n50 PROGRAMME_CHANGE\n50 LAUNCHED Second\n");
    ASSERT_METRIC(&run, "crowded_d", 10);
    run_end(&run);
}

/* ---- the end of the mission ---------------------------------------------------- */

#define END(settings) ENTRY("end", "at=@90; ends=true; " settings)

/* Taxi 2 has come on day 81; Taxi 1 hands over until day 86. */
static void
the_mission_ends_and_the_station_comes_down(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(TAXI, FREIGHT, END("deorbit=50"), "station.min_crew=1",
                    "utilisation={research=({crew=2; hours=7;}); nominal_crew=2;}"));
    ASSERT_STORY(&run, NEWS " UNDOCKED",
                 "26 UNDOCKED First north\n41 UNDOCKED freight/1 south\n"
                 "81 UNDOCKED freight/2 north\n86 UNDOCKED taxi/1 annex\n"
                 "90 PROGRAMME_CHANGE\n90 MISSION_OVER\n90 LAUNCH_CANCELLED taxi/3\n"
                 "90 LAUNCH_CANCELLED taxi/4\n90 LAUNCH_CANCELLED taxi/5\n"
                 "90 LAUNCH_CANCELLED freight/3\n90 LAUNCH_CANCELLED freight/4\n"
                 "90 LAUNCH_CANCELLED freight/5\n90 LAUNCH_CANCELLED freight/6\n"
                 "90 LAUNCH_CANCELLED freight/7\n146 UNDOCKED taxi/2 south\n"
                 "196 STATION_DEORBITED\n");
    ASSERT_METRIC(&run, "mission_end_d", 90);
    ASSERT_METRIC(&run, "end_delay_d", 0);
    ASSERT_METRIC(&run, "deorbited", 1);
    ASSERT_METRIC(&run, "deorbit_d", 196);
    ASSERT_METRIC(&run, "station_lost", 0);
    ASSERT_METRIC(&run, "uncrewed_d", 50);
    ASSERT_METRIC(&run, "below_min_crew_d", 50);
    ASSERT_METRIC(&run, "unstaffed_core_d", 50);
    ASSERT_METRIC(&run, "research_lost_crew_h", 50);
    ASSERT_METRIC(&run, "crew_lost", 0);
    run_end(&run);
}

/* The one of day 150 finds nobody, nor will one ever. */
static void
no_spacewalk_comes_due_when_the_last_crew_has_left(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TAXI, FREIGHT, END("deorbit=50"),
                          "eva.walk={segment='core'; people=1; first=@130; "
                          "interval=20; duration=6;}"));
    ASSERT_STORY(&run,
                 "MISSION_OVER EVA_DUE EVA_BEGINS EVA_POSTPONED EVA_LOST "
                 "STATION_DEORBITED",
                 "90 MISSION_OVER\n130 EVA_DUE walk\n130 EVA_BEGINS walk\n"
                 "150 EVA_DUE walk\n196 STATION_DEORBITED\n");
    ASSERT_METRIC(&run, "evas_lost", 0);
    run_end(&run);
}

static void
the_last_crews_may_leave_at_once(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(TAXI, "programme.end={at=@84; ends=true; last_crew='at_once';}"));
    ASSERT_STORY(&run, "MISSION_OVER UNDOCKED STATION_DEORBITED",
                 "26 UNDOCKED First north\n84 MISSION_OVER\n84 UNDOCKED taxi/1 south\n"
                 "84 UNDOCKED taxi/2 north\n");
    ASSERT_METRIC(&run, "deorbited", 0);
    ASSERT_METRIC(&run, "uncrewed_d", 360 - 84);
    run_end(&run);
}

/* Crews go on relieving each other, and the last one stays its time. */
static void
the_end_waits_for_the_deorbit_vehicle_and_traffic_goes_on(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TAXI, TUG("@150"), END("deorbit=50; deorbit_vehicle='tug'")));
    ASSERT_STORY(&run, NEWS " UNDOCKED",
                 "26 UNDOCKED First north\n86 UNDOCKED taxi/1 south\n"
                 "90 PROGRAMME_CHANGE\n90 END_WAITS\n146 UNDOCKED taxi/2 north\n"
                 "151 MISSION_OVER\n151 LAUNCH_CANCELLED taxi/4\n"
                 "151 LAUNCH_CANCELLED taxi/5\n151 LAUNCH_CANCELLED taxi/6\n"
                 "206 UNDOCKED taxi/3 south\n256 STATION_DEORBITED\n");
    ASSERT_METRIC(&run, "end_delay_d", 61);
    ASSERT_METRIC(&run, "docked.tug_d", 256 - 151);
    run_end(&run);
    run_outpost(&run, SET(TAXI, TUG("@400"), END("deorbit=50; deorbit_vehicle='tug'")));
    ASSERT_METRIC(&run, "end_delay_d", 270);
    ASSERT_METRIC(&run, "deorbited", 0);
    assert_true(isnan(run_metric(&run, "mission_end_d")));
    run_end(&run);
}

/* Late is under way when the empty station's mission ends: it is waited for. */
static void
who_is_still_under_way_comes_and_goes_before_the_reentry(void **state)
{
#define LATE "flights.Late={vehicle='capsule'; launch=@89.5; crew=['chen'];}"
    struct run run;

    (void)state;
    run_outpost(&run, SET("flights.First.undock=@50", LATE, "flights.Late.undock=@130",
                          END("deorbit=20")));
    ASSERT_STORY(&run, "MISSION_OVER DOCKED UNDOCKED STATION_DEORBITED",
                 "50 UNDOCKED First north\n90 MISSION_OVER\n90.5 DOCKED Late north\n"
                 "130 UNDOCKED Late north\n150 STATION_DEORBITED\n");
    assert_true(run_value(&run, ISS_EVENT_STATION_DEORBITED) == 20);
    run_end(&run);
    /* Without a date, or where all leave at once, it turns round. */
    run_outpost(&run, SET("flights.First.undock=@50", LATE, END("deorbit=20")));
    ASSERT_STORY(&run, "DOCKED UNDOCKED STATION_DEORBITED",
                 "50 UNDOCKED First north\n90.5 DOCKED Late north\n"
                 "90.5 UNDOCKED Late north\n110.5 STATION_DEORBITED\n");
    run_end(&run);
    /* Too late: it goes home. */
    run_outpost(&run, SET("flights.First.undock=@50", LATE, END("deorbit=0.25")));
    ASSERT_STORY(&run, "DOCKED DOCKING_ABANDONED STATION_DEORBITED",
                 "90.25 STATION_DEORBITED\n90.25 DOCKING_ABANDONED Late\n");
    ASSERT_METRIC(&run, "crew_lost", 0);
    run_end(&run);
}

/* A tug that is there in time stays until the end. */
static void
a_deorbit_vehicle_that_is_there_delays_nothing(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TAXI, TUG("@30"), END("deorbit=50; deorbit_vehicle='tug'")));
    ASSERT_METRIC(&run, "end_delay_d", 0);
    ASSERT_METRIC(&run, "deorbit_d", 196);
    run_end(&run);
}

static void
a_station_that_is_lost_first_does_not_come_down_as_planned(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(TAXI, END("deorbit=50"), "station.uncrewed_life=30"));
    ASSERT_STORY(&run, "STATION_LOST STATION_DEORBITED", "176 STATION_LOST\n");
    ASSERT_METRIC(&run, "deorbited", 0);
    ASSERT_METRIC(&run, "station_lost", 1);
    run_end(&run);
    /* It is lost on day 176, before the tug comes or even the end's day. */
    run_outpost(&run, SET(TAXI, TUG("@400"), END("deorbit_vehicle='tug'"),
                          "station.uncrewed_life=30", "cadence.taxi.until=@100"));
    ASSERT_STORY(&run, "STATION_LOST END_WAITS", "90 END_WAITS\n176 STATION_LOST\n");
    assert_true(isnan(run_metric(&run, "end_delay_d")));
    run_end(&run);
    run_outpost(&run,
                SET("station.uncrewed_life=30", ENTRY("end", "at=@200; ends=true")));
    ASSERT_STORY(&run, "STATION_LOST MISSION_OVER", "130 STATION_LOST\n");
    assert_true(isnan(run_metric(&run, "end_delay_d")));
    assert_true(isnan(run_metric(&run, "mission_end_d")));
    run_end(&run);
}

/* Taxi 2 is damaged on day 100: its crew waits for another that is still called up. */
static void
rescues_fly_after_the_end(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(TAXI, END("deorbit=50"), "policy.return_in_damaged='never'",
                    "failures.leak.strikes='vehicle'", "failures.leak.life=19.5"));
    ASSERT_METRIC(&run, "crew_lost", 0);
    assert_true(run_metric(&run, "rescues_called") >= 1);
    assert_true(run_metric(&run, "launches_cancelled") > 0);
    run_end(&run);
}

static void
in_a_replay_it_has_no_effect(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(END("deorbit=50"), "scenario.mode='replay'"));
    ASSERT_STORY(&run, NEWS, "");
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_type_that_retires_is_not_launched_any_more),
        cmocka_unit_test(a_rule_that_counts_from_the_last_flight_makes_no_more_either),
        cmocka_unit_test(a_rescue_that_is_called_already_still_flies),
        cmocka_unit_test(a_type_is_not_launched_before_its_debut),
        cmocka_unit_test(a_partner_who_leaves_sends_nobody_any_more),
        cmocka_unit_test(who_waits_for_a_crew_that_is_cancelled_leaves_as_planned),
        cmocka_unit_test(
            who_waits_for_a_crew_that_is_cancelled_is_relieved_by_the_next),
        cmocka_unit_test(an_agreement_on_seats_may_run_out_and_be_renewed),
        cmocka_unit_test(the_crew_aboard_may_be_limited),
        cmocka_unit_test(the_mission_ends_and_the_station_comes_down),
        cmocka_unit_test(no_spacewalk_comes_due_when_the_last_crew_has_left),
        cmocka_unit_test(the_last_crews_may_leave_at_once),
        cmocka_unit_test(the_end_waits_for_the_deorbit_vehicle_and_traffic_goes_on),
        cmocka_unit_test(who_is_still_under_way_comes_and_goes_before_the_reentry),
        cmocka_unit_test(a_deorbit_vehicle_that_is_there_delays_nothing),
        cmocka_unit_test(a_station_that_is_lost_first_does_not_come_down_as_planned),
        cmocka_unit_test(rescues_fly_after_the_end),
        cmocka_unit_test(in_a_replay_it_has_no_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
