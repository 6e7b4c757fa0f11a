/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/launch.h - what the files of the launch process share.
 *
 *     launch.c            from the plan to free flight
 *     launch_queue.c      what is stopped, and whose turn it is
 *     launch_wait.c       for a vehicle, a rocket, room, a pad, a port
 *     launch_grounding.c  rockets that don't fly
 *     launch_prove.c      when they carry people again
 *     launch_switch.c     flights that don't wait for them
 *     launch_replan.c     flights that go ahead of their dates
 */
#ifndef ISS_PROCESS_LAUNCH_H
#define ISS_PROCESS_LAUNCH_H

#include "world/world.h"

/** The flight is to be launched at `time_us` (ISS_NEVER: no date is known). */
void iss_launch_schedule(struct iss_world *world, int32_t flight, int64_t time_us);

/** Whether it is the turn of a launch that is due: of those due at this moment none
 *  goes before it.  If not, it is looked at again after them. */
bool iss_launch_first(struct iss_world *world, int32_t flight);

/** Whether a launch that is due has its vehicle, its rocket, room for its people, a pad
 *  (-1: it needs none in particular) and a port, which is kept for it.  If not, it
 * waits until it can have what lacks, and another may go ahead. */
bool iss_launch_ready(struct iss_world *world, int32_t flight, int32_t *pad);

/** Launch now whatever `why` has stopped and concerns: what flies on the rocket, on a
 *  rocket of the family, from the pad, or with a vehicle of the line `id`, as `why` has
 *  it, or what there is room for now; in the order of iss_policy_before(). */
void iss_launch_go_on(struct iss_world *world, enum iss_stop why, int32_t id);

/** A flight that has to wait for something else leaves the port that was kept for it
 *  to others. */
void iss_launch_give_up_port(struct iss_world *world, int32_t flight);

/** A flight whose rocket is grounded moves to another if that is sooner. */
void iss_launch_avoid_grounded(struct iss_world *world, int32_t flight);

/** The forecast begins: the clocks of external failures start, and what the record
 *  has grounded stays so. */
void iss_launch_begin_families(struct iss_world *world);

/** After the failed ascent of a flight: its rocket, or its family, doesn't fly. */
void iss_launch_stand_down(struct iss_world *world, int32_t flight);

/** A family is grounded that must fly without people first: its next launch that isn't
 *  ours comes after it flies again. */
void iss_launch_expect_other(struct iss_world *world, int32_t family);

/** After an ascent that succeeded: one less before the family carries people. */
void iss_launch_prove(struct iss_world *world, int32_t flight);

/** A launch that is due must wait: by policy another goes ahead in its place. */
void iss_launch_offer_place(struct iss_world *world, int32_t waiting);

#endif
