/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kit.c - flights bring what is missing from the medical kit.
 *
 *     launched: packed with what is neither in the kit nor on its way --> docked:
 * unpacked
 *                                           `--> never docks: lost
 *
 * A parcel is on its way as long as its flight is.  Owns clinic.parcels; draws nothing.
 */
#include "isssim/status.h"
#include "process/process.h"

static int32_t *
contents(const struct iss_world *world, int32_t parcel)
{
    return world->clinic.parcel_items +
           (size_t)parcel * (size_t)world->model->items.count;
}

/* Whether the parcel can still arrive. */
static bool
is_coming(const struct iss_world *world, int32_t parcel)
{
    int32_t flight = world->clinic.parcels[parcel].flight;

    return flight >= 0 && world->flights[flight].phase <= ISS_FLIGHT_FREE_FLIGHT;
}

/* Room for a parcel; -1 when too many are on their way. */
static int32_t
find_room(const struct iss_world *world)
{
    for (int32_t i = 0; i < ISS_MAX_PARCELS; i++) {
        if (!is_coming(world, i)) {
            return i;
        }
    }
    return -1;
}

static int32_t
on_the_way(const struct iss_world *world, int32_t item)
{
    int32_t count = 0;

    for (int32_t i = 0; i < ISS_MAX_PARCELS; i++) {
        count += is_coming(world, i) ? contents(world, i)[item] : 0;
    }
    return count;
}

static bool
supplies(const struct iss_world *world, int32_t flight)
{
    return world->clinic.open && iss_ids_have(&world->model->medical.resupplied_by,
                                              world->flights[flight].vehicle);
}

void
iss_kit_on_launched(struct iss_world *world, const struct iss_event *event)
{
    if (!supplies(world, event->subject)) {
        return;
    }
    int32_t parcel = find_room(world);
    if (parcel < 0) {
        world->status = ISS_ERR_CAPACITY;
        return;
    }
    world->clinic.parcels[parcel].flight = -1;
    for (int32_t i = 0; i < world->model->items.count; i++) {
        contents(world, parcel)[i] = (int32_t)world->model->health.kit[i] -
                                     world->clinic.supplies[i].left -
                                     on_the_way(world, i);
    }
    world->clinic.parcels[parcel].flight = event->subject;
}

void
iss_kit_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int64_t brought = 0;

    if (!supplies(world, event->subject)) {
        return;
    }
    for (int32_t i = 0; i < ISS_MAX_PARCELS; i++) {
        if (world->clinic.parcels[i].flight != event->subject) {
            continue;
        }
        for (int32_t k = 0; k < world->model->items.count; k++) {
            struct iss_supply *supply = &world->clinic.supplies[k];
            supply->left += contents(world, i)[k];
            supply->delivered += contents(world, i)[k];
            brought += contents(world, i)[k];
        }
        world->clinic.parcels[i].flight = -1;
    }
    if (brought > 0) {
        iss_raise(world, ISS_EVENT_KIT_RESUPPLIED, event->subject, -1, (double)brought);
    }
}
