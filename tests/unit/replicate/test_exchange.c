/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_exchange.c - a record in which a shuttle exchanges crews, and crews of which
 * some come for a short visit.
 *
 * Ada and Boris leave in the ferry that brought Chen and Dana; these go home in First.
 */
#include "run.h"

#define FERRY                                                                          \
    "scenario.mode=replay", "vehicles.ferry={role='crew'; seats=2; docking='latch';}", \
        "flights.Ferry={vehicle='ferry'; as_flown={launch=@10; dock=@11; undock=@20; " \
        "land=@21; port='south'; crew=['chen','dana']; crew_down=['ada','boris'];};}"
#define SEATS "SEAT_MOVED DOCKED UNDOCKED"

static void
who_comes_by_shuttle_and_stays_gets_the_lifeboat_of_those_who_leave(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FERRY, "flights.First.as_flown.undock=@100",
                          "flights.First.as_flown.crew_down=['chen','dana']"));
    ASSERT_METRIC(&run, "unsafe_person_days", 0);
    ASSERT_STORY(&run, SEATS,
                 "11 DOCKED Ferry south\n11 SEAT_MOVED Ferry ada\n"
                 "11 SEAT_MOVED Ferry boris\n11 SEAT_MOVED First chen\n"
                 "11 SEAT_MOVED First dana\n20 UNDOCKED Ferry south\n"
                 "100 UNDOCKED First north\n");
    run_end(&run);
}

/* Whoever takes Chen and Dana home isn't there yet. */
static void
their_way_home_may_be_yet_to_come(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FERRY, "flights.First.as_flown.undock=@100",
                          "flights.First.as_flown.crew_down=[]"));
    ASSERT_METRIC(&run, "unsafe_person_days", 2 * 260.0); /* after First has left */
    ASSERT_STORY(&run, SEATS,
                 "11 DOCKED Ferry south\n11 SEAT_MOVED First chen\n"
                 "11 SEAT_MOVED First dana\n11 SEAT_MOVED Ferry ada\n"
                 "11 SEAT_MOVED Ferry boris\n20 UNDOCKED Ferry south\n"
                 "100 UNDOCKED First north\n");
    run_end(&run);
}

static void
nobody_moves_to_make_room_that_is_there(void **state)
{
    (void)state;
    ASSERT_TOLD(SEATS,
                "11 DOCKED Ferry south\n11 SEAT_MOVED Ferry ada\n"
                "11 SEAT_MOVED Ferry boris\n20 UNDOCKED Ferry south\n"
                "20 SEAT_MOVED First chen\n20 SEAT_MOVED First dana\n",
                SET(FERRY, "vehicles.ferry.seats=4"));
}

static void
visitors_dont_count_as_residents(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET("flights.First.visitors=['boris']"));
    ASSERT_METRIC(&run, "below_min_crew_d", 360); /* Ada alone, then nobody */
    run_end(&run);
    run_outpost(&run, NULL);
    ASSERT_METRIC(&run, "below_min_crew_d", 260);
    run_end(&run);
}

static void
a_stay_says_who_was_a_visitor(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FERRY, "flights.Ferry.visitors=['dana']"));
    assert_int_equal(run.outcome.tables[ISS_TABLE_crew].rows, 4);
    for (size_t i = 0; i < 4; i++) {
        int32_t person = iss_at(&run.outcome, crew, person, id)[i];
        const char *id = iss_at(&run.outcome, people, id, text)[person];
        assert_int_equal(iss_at(&run.outcome, crew, visiting, flag)[i],
                         strcmp(id, "dana") == 0);
    }
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            who_comes_by_shuttle_and_stays_gets_the_lifeboat_of_those_who_leave),
        cmocka_unit_test(their_way_home_may_be_yet_to_come),
        cmocka_unit_test(nobody_moves_to_make_room_that_is_there),
        cmocka_unit_test(visitors_dont_count_as_residents),
        cmocka_unit_test(a_stay_says_who_was_a_visitor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
