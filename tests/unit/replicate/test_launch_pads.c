/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_launch_pads.c - launches take pads for a while, and damage closes them to every
 * rocket.
 */
#include "unit/replicate/run.h"

/* The capsule and the barge fly on two rockets from the east pad. */
#define EAST                                                                           \
    "pads.east={turnaround=10;}", "launch_systems.rocket.pads=['east']",               \
        "launch_systems.heavy={pads=['east'];}",                                       \
        "vehicles.barge.launch_system='heavy'", "vehicles.barge.stay=3"
#define BOTH                                                                           \
    EAST, "pads.west={turnaround=20;}", "launch_systems.rocket.pads=['east','west']",  \
        "launch_systems.heavy.pads=['east','west']"
#define FLIGHT(id, day) "flights." id "={vehicle='barge'; launch=@" day ";}"
#define CREW            "flights.Crew={vehicle='capsule'; launch=@52; undock=@90; crew=['chen'];}"
#define WRECK(more)                                                                    \
    "failures.wreck={strikes='pad'; " more " effects=({effect='pad_closed'; "          \
    "duration=60;});}"
#define STRUCK(day)                                                                    \
    "events.e={at=@" day "; what='failure'; failure='wreck'; pad='east';}"
#define LAUNCHES "PAD_CLOSED PAD_OPENED LAUNCH_QUEUED LAUNCHED"

static const char *
pad_of(struct run *run, const char *flight)
{
    size_t row = (size_t)outpost_flight(run->model, flight);
    return iss_at(&run->outcome, pads, id,
                  text)[iss_at(&run->outcome, flights, pad, id)[row]];
}

static void
a_launch_waits_until_the_pad_is_ready_again(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(EAST, FLIGHT("A", "50"), CREW, FLIGHT("B", "65")));
    ASSERT_STORY(&run, LAUNCHES,
                 "50 LAUNCHED A\n"
                 "52 LAUNCH_QUEUED Crew\n"
                 "60 LAUNCHED Crew\n"
                 "65 LAUNCH_QUEUED B\n"
                 "70 LAUNCHED B\n");
    assert_true(run_value(&run, ISS_EVENT_LAUNCH_QUEUED) == 8);
    run_end(&run);
}

static void
the_first_free_pad_is_taken_else_the_one_that_is_free_first(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(BOTH, FLIGHT("A", "50"), CREW, FLIGHT("B", "53")));
    ASSERT_STORY(&run, LAUNCHES,
                 "50 LAUNCHED A\n"
                 "52 LAUNCHED Crew\n"
                 "53 LAUNCH_QUEUED B\n"
                 "60 LAUNCHED B\n");
    assert_string_equal(pad_of(&run, "A"), "east");
    assert_string_equal(pad_of(&run, "Crew"), "west");
    assert_string_equal(pad_of(&run, "B"), "east");
    run_end(&run);
}

static void
a_damaged_pad_stops_every_vehicle_that_flies_from_it(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(EAST, WRECK(""), STRUCK("45"), FLIGHT("A", "50"), CREW));
    ASSERT_STORY(&run, LAUNCHES,
                 "45 PAD_CLOSED\n"
                 "50 LAUNCH_QUEUED A\n"
                 "52 LAUNCH_QUEUED Crew\n"
                 "105 PAD_OPENED\n"
                 "105 LAUNCHED A\n"
                 "105 LAUNCH_QUEUED Crew\n"
                 "115 LAUNCHED Crew\n");
    ASSERT_METRIC(&run, "pad_closed_d", 60);
    run_end(&run);
}

static void
another_pad_takes_the_launches_of_a_closed_one(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "45 PAD_CLOSED\n"
                "50 LAUNCHED A\n"
                "52 LAUNCH_QUEUED Crew\n"
                "70 LAUNCHED Crew\n"
                "105 PAD_OPENED\n",
                SET(BOTH, WRECK(""), STRUCK("45"), FLIGHT("A", "50"), CREW));
}

/* Waiting for the pad that opens first, the launch goes from another when that one
 * stays closed for longer. */
static void
a_pad_that_stays_closed_for_longer_sends_its_queue_elsewhere(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "45 PAD_CLOSED\n"
                "50 LAUNCHED A\n"
                "52 LAUNCH_QUEUED Crew\n"
                "60 PAD_CLOSED\n"
                "60 LAUNCH_QUEUED Crew\n"
                "130 LAUNCHED Crew\n",
                SET(BOTH, "pads.west.turnaround=80", WRECK(""), STRUCK("45"),
                    FLIGHT("A", "50"), CREW,
                    "failures.ruin={strikes='pad'; effects=({effect='pad_closed';});}",
                    "events.f={at=@60; what='failure'; failure='ruin'; pad='east';}"));
}

static void
a_pad_that_is_lost_for_good_stops_its_rockets_for_ever(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "45 PAD_CLOSED\n"
                "50 LAUNCH_QUEUED A\n",
                SET(EAST,
                    "failures.wreck={strikes='pad'; effects=({effect='pad_closed';});}",
                    STRUCK("45"), FLIGHT("A", "50")));
}

static void
a_launch_can_damage_its_own_pad(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "50 LAUNCHED A\n"
                "50 PAD_CLOSED\n"
                "53 LAUNCHED B\n" /* from the west */
                "53 PAD_CLOSED\n"
                "110 PAD_OPENED\n"
                "113 PAD_OPENED\n",
                SET(BOTH, WRECK("per='launch'; probability=1;"), FLIGHT("A", "50"),
                    FLIGHT("B", "53")));
}

static void
a_pad_closed_in_the_record_stays_so_in_the_forecast(void **state)
{
    (void)state;
    ASSERT_TOLD(LAUNCHES,
                "0 PAD_CLOSED\n"
                "9 LAUNCH_QUEUED A\n"
                "50 PAD_OPENED\n"
                "50 LAUNCHED A\n",
                SET(EAST, WRECK(""), STRUCK("-10"), FLIGHT("A", "9")));
}

/* The turnaround of what the record launched goes on as well. */
static void
a_launch_of_the_record_takes_its_pad(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_QUEUED LAUNCHED",
                "1 LAUNCH_QUEUED A\n"
                "6 LAUNCHED A\n",
                SET(EAST, FLIGHT("A", "1"),
                    "flights.Old={vehicle='barge'; port='south'; as_flown={launch=@-4; "
                    "dock=@-3;};}"));
}

/* A port that was kept for a flight which then waits for a pad goes to another. */
static void
a_port_is_not_kept_while_a_pad_is_waited_for(void **state)
{
    (void)state;
    ASSERT_TOLD("LAUNCH_HELD LAUNCH_QUEUED LAUNCHED",
                "100 LAUNCH_HELD A\n"
                "101 LAUNCH_HELD B\n"
                "119 LAUNCHED Far\n" /* takes the pad until day 129 */
                "129 LAUNCHED A\n"
                "129 LAUNCH_QUEUED B\n",
                SET(EAST, BARGE, "vehicles.barge.ports=['south']",
                    "vehicles.capsule.ports=['north','annex']", FLIGHT("A", "100"),
                    FLIGHT("B", "101"),
                    "flights.Far={vehicle='capsule'; launch=@119; crew=['chen'];}",
                    "scenario.end=@135"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_waits_until_the_pad_is_ready_again),
        cmocka_unit_test(the_first_free_pad_is_taken_else_the_one_that_is_free_first),
        cmocka_unit_test(a_damaged_pad_stops_every_vehicle_that_flies_from_it),
        cmocka_unit_test(another_pad_takes_the_launches_of_a_closed_one),
        cmocka_unit_test(a_pad_that_stays_closed_for_longer_sends_its_queue_elsewhere),
        cmocka_unit_test(a_pad_that_is_lost_for_good_stops_its_rockets_for_ever),
        cmocka_unit_test(a_launch_can_damage_its_own_pad),
        cmocka_unit_test(a_pad_closed_in_the_record_stays_so_in_the_forecast),
        cmocka_unit_test(a_launch_of_the_record_takes_its_pad),
        cmocka_unit_test(a_port_is_not_kept_while_a_pad_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
