/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/traffic.h - what the files of the traffic process share.
 *
 *     traffic.c             to the station: the rendezvous and how long it takes
 *     traffic_docking.c     attempts to dock, and what they wait for
 *     traffic_relocation.c  from port to port
 *     traffic_return.c      the way home
 */
#ifndef ISS_PROCESS_TRAFFIC_H
#define ISS_PROCESS_TRAFFIC_H

#include "world/world.h"

/** The flight's next step is `kind`, at `time_us` (ISS_NEVER: no date is known). */
void iss_traffic_step(struct iss_world *world, int32_t flight, int64_t time_us,
                      enum iss_event_kind kind);

/** The recorded time of a step of a flight that the record launched, else ISS_NEVER. */
int64_t iss_traffic_recorded(const struct iss_world *world, int32_t flight,
                             int64_t flown_us);

/** When the record docked a flight that it launched, or lost it on its way, else
 *  ISS_NEVER. */
int64_t iss_traffic_recorded_docking(const struct iss_world *world, int32_t flight);
int64_t iss_traffic_recorded_loss(const struct iss_world *world, int32_t flight);

/** A docked flight's next recorded move to another port, or its recorded departure. */
void iss_traffic_plan_recorded(struct iss_world *world, int32_t flight);

/** A docked flight's next planned move to another port, in the forecast. */
void iss_traffic_plan_move(struct iss_world *world, int32_t flight);

/** A port may be free: whose planned move waits for it makes it. */
void iss_traffic_make_moves(struct iss_world *world);

/** The way down, from undocking or, for a vehicle that never docked, from now. */
void iss_traffic_plan_landing(struct iss_world *world, int32_t flight);

#endif
