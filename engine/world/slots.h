/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/slots.h - how many slots of the calendar a model needs; for the layout of a
 * world and its reset only.
 */
#ifndef ISS_WORLD_SLOTS_H
#define ISS_WORLD_SLOTS_H

#include "world/world.h"

/* The mission's own slots, the first of all. */
enum {
    SLOT_FORECAST,
    SLOT_END,
    SLOT_EXPEDITION,
    SLOT_LOSS,
    SLOT_ALTITUDE,
    SLOT_AVOIDANCE,
    SLOT_DEORBIT,
    SLOT_EVA_AGAIN,
    SLOT_FITNESS,
    GLOBAL_SLOTS
};

/** Flights that there is room for: named ones, all that rules may make, replacements.
 */
int32_t iss_flight_room(const struct iss_model *model);

/** Slots of one flight. */
int32_t iss_slots_per_flight(const struct iss_model *model);

/** Work out where they begin: of flights, stocks, units, patients, illness and tasks.
 *  The world knows its model and how many flights it has room for. */
void iss_slots_place(struct iss_world *world);

/** All slots. */
int32_t iss_slot_count(const struct iss_model *model);

#endif
