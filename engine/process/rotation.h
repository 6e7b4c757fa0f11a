/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/rotation.h - what the files of the rotation process share.
 *
 *     rotation.c            crews come and go home
 *     rotation_departure.c  when a vehicle leaves
 *     rotation_seats.c      who goes home in what
 */
#ifndef ISS_PROCESS_ROTATION_H
#define ISS_PROCESS_ROTATION_H

#include "world/world.h"

/** Settle when a docked flight leaves, as things stand: after its handover when its
 *  relief is here, never while that can still come, else as planned.  Nothing changes
 *  for one that changes ports or goes home early. */
void iss_rotation_plan_departure(struct iss_world *world, int32_t flight);

/** A flight that has docked leaves by the end of its certified life. */
void iss_rotation_plan_end_of_life(struct iss_world *world, int32_t flight);

/** The team that the flight `lost` was to bring doesn't come.  Whoever it was to
 *  relieve is relieved by the team that was to relieve it, if there is one. */
void iss_rotation_hand_on_relief(struct iss_world *world, int32_t lost);

/** Who, by the record, came down in a flight whose departure the record gives; NULL
 *  when the model decides.  The model's own. */
const struct iss_ids *iss_rotation_recorded_down(const struct iss_world *world,
                                                 int32_t flight);

/** What decides who of those aboard goes home in a flight that leaves now. */
struct iss_way_down {
    const struct iss_ids
        *recorded; /* the people, by the record; NULL: the model does */
    int32_t flight;
    bool wreck; /* known to bring nobody home alive: nobody goes */
};
struct iss_way_down iss_rotation_way_down(const struct iss_world *world,
                                          int32_t flight);

/** Whether `person`, who is aboard, goes home that way. */
static inline bool
iss_rotation_goes_down(const struct iss_world *world, const struct iss_way_down *way,
                       int32_t person)
{
    return way->recorded != NULL
               ? iss_ids_have(way->recorded, person)
               : !way->wreck && world->people[person].down == way->flight;
}

/** A vehicle has come: people who are to go home in another vehicle than the one that
 *  they hold a seat in change places, all at once. */
void iss_rotation_exchange_seats(struct iss_world *world);

/** After the end of the mission: a crew's vehicle that is docked leaves as planned, or
 *  now where the programme or the lack of any date says so; before it nothing. */
void iss_rotation_leave_for_good(struct iss_world *world, int32_t flight);

/** Whoever waits for the next crew of a rule that has ended waits for another, or for
 *  nobody. */
void iss_rotation_find_relief(struct iss_world *world, int32_t id);

#endif
