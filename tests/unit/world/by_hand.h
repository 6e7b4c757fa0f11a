/* SPDX-License-Identifier: GPL-3.0-or-later */
/* by_hand.h - a world of the outpost in which the test, not the calendar, acts. */
#ifndef ISS_TESTS_UNIT_WORLD_BY_HAND_H
#define ISS_TESTS_UNIT_WORLD_BY_HAND_H

#include "unit/outpost.h"

#include "world/world.h"

struct hand {
    struct iss_model *model;
    struct iss_world *world;
};

/* The outpost with `sets`, at the start of the scenario: nothing has flown. */
static inline void
hand_start(struct hand *hand, const char *const *sets)
{
    hand->model = outpost_model(sets);
    void *memory = calloc(1, iss_world_size(hand->model));
    assert_non_null(memory);
    hand->world = iss_world_init(memory, hand->model);
    hand->world->now_us = 0;
    hand->world->changed = 0;
}

static inline void
hand_end(struct hand *hand)
{
    free(hand->world); /* the world stands at the start of its memory */
    iss_model_free(hand->model);
}

/* The flight `id`, docked at `port` with its crew aboard. */
static inline int32_t
hand_dock(struct hand *hand, const char *id, const char *port)
{
    int32_t flight = outpost_flight(hand->model, id);
    int32_t team = hand->world->flights[flight].team;

    if (team >= 0) {
        iss_team_board(hand->world, team, flight);
    }
    iss_port_occupy(hand->world, flight, outpost_port(hand->model, port));
    iss_flight_phase(hand->world, flight, ISS_FLIGHT_DOCKED);
    for (int32_t i = 0; i < hand->model->crew.count; i++) {
        if (hand->world->people[i].flight == flight) {
            iss_person_arrive(hand->world, i);
        }
    }
    assert_int_equal(hand->world->status, ISS_OK);
    return flight;
}

/* Flights that a test can use. */
#define HAND_SECOND                                                                    \
    "flights.Second={vehicle='capsule'; launch=@90; undock=@200; "                     \
    "crew=['chen','dana']; relieves='First';}"
#define HAND_THIRD                                                                     \
    "flights.Third={vehicle='capsule'; launch=@190; undock=@300; "                     \
    "crew=['eve','finn']; relieves='Second';}"
#define HAND_BARGE "flights.Barge={vehicle='barge'; launch=@10;}"

#endif
