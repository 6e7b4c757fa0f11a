/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/lifeboat.h - room in another crew's vehicle, for lifeboat.c.
 */
#ifndef ISS_PROCESS_LIFEBOAT_H
#define ISS_PROCESS_LIFEBOAT_H

#include "world/world.h"

/** By policy.make_room: the next crew's flight that has seats enough, its own people
 *  reduced by all but one if need be, is from now on the way home of everyone aboard
 * whose way home `flight` was.  False when there are none, or no such flight. */
bool iss_lifeboat_make_room(struct iss_world *world, int32_t flight);

/** A flight has docked: those aboard whom it is to bring home move in. */
void iss_lifeboat_take_room(struct iss_world *world, int32_t flight);

#endif
