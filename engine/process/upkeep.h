/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/upkeep.h - what the parts of the process that keeps the station up share.
 */
#ifndef ISS_PROCESS_UPKEEP_H
#define ISS_PROCESS_UPKEEP_H

#include "world/world.h"

/** A job comes up: it waits for people, or begins when it needs none (upkeep.c). */
void iss_upkeep_ask(struct iss_world *world, int32_t job);

/** The same for a job that comes up by itself: people who are free begin with it. */
void iss_upkeep_ask_now(struct iss_world *world, int32_t job);

/** Let people who are free begin with what waits (upkeep.c). */
void iss_upkeep_give_out(struct iss_world *world);

/** Order what is missing of a part (upkeep_spares.c). */
void iss_upkeep_order(struct iss_world *world, int32_t part);

/** Give what is there of a part to the units that wait for it (upkeep_spares.c). */
void iss_upkeep_serve(struct iss_world *world, int32_t part);

/** Start the clocks of all units and systems (upkeep_units.c). */
void iss_upkeep_start_units(struct iss_world *world);

/** All tasks become due for the first time (upkeep_tasks.c). */
void iss_upkeep_start_tasks(struct iss_world *world);

#endif
