/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/lifeboat.h - what the files of the lifeboat process share.
 *
 *     lifeboat.c        what is decided about the crew of a damaged vehicle
 *     lifeboat_seats.c  other seats for them
 *     lifeboat_crews.c  another vehicle for them, and other vehicles for other crews
 *     lifeboat_room.c   room in the next crew's vehicle, whatever its type
 */
#ifndef ISS_PROCESS_LIFEBOAT_H
#define ISS_PROCESS_LIFEBOAT_H

#include "world/world.h"

/** People without a safe seat are to get one, after the time that takes, as far as
 *  policy.reassign and the places left go. */
void iss_lifeboat_arrange_moves(struct iss_world *world);

/** A regular seat in a sound vehicle of the type that the person's suit and liner fit
 * is a way home when no replacement is coming for the planned one.  Any other place is
 * for the time being, unless there is no way home at all. */
void iss_lifeboat_settle(struct iss_world *world, int32_t person);

/** Those whose way home was the damaged vehicle take seats in its replacement. */
void iss_lifeboat_move_in(struct iss_world *world, int32_t damaged,
                          int32_t replacement);

/** A vehicle is readied to replace the damaged one and flies without crew; its crew and
 *  all later ones of the type take the vehicle after theirs.  False when policy doesn't
 *  want it or there is none. */
bool iss_lifeboat_call_up(struct iss_world *world, int32_t damaged);

/** A flight has failed before it docked: by policy those of its crew who live take the
 *  places of a later crew of the type. */
void iss_lifeboat_fly_again(struct iss_world *world, int32_t failed);

/** By policy.make_room: the next crew's flight that has seats enough, its own people
 *  reduced by all but one if need be, is from now on the way home of everyone aboard
 * whose way home `flight` was.  False when there are none, or no such flight. */
bool iss_lifeboat_make_room(struct iss_world *world, int32_t flight);

/** A flight has docked: those aboard whom it is to bring home move in. */
void iss_lifeboat_take_room(struct iss_world *world, int32_t flight);

#endif
