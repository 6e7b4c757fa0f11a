/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep_spares.c - spares are ordered, come, and go to the units that wait for them.
 *
 *     ordered --(launched in a ship --docked--)--> aboard --> in a unit
 *        ^               |
 *        '---the ship is lost or goes home: ordered again---'
 *
 * Draws LEAD about the part, by the number of the order.
 */
#include "process/process.h"
#include "process/upkeep.h"

/* The next of the parts that come by themselves. */
static void
await_delivery(struct iss_world *world, int32_t part)
{
    int32_t delivery = iss_model_part(world->model, part)->delivery;
    int32_t order = world->parts[part].first;

    if (delivery >= 0) {
        iss_schedule(world, iss_slot_delivery(world, delivery),
                     order < 0 ? ISS_NEVER : world->orders[order].ready_us,
                     ISS_EVENT_SPARE_ARRIVES, part, -1);
    }
}

void
iss_upkeep_order(struct iss_world *world, int32_t part)
{
    const struct iss_part *kind = iss_model_part(world->model, part);
    int32_t missing = iss_part_missing(world, part);

    for (int32_t i = 0; i < missing; i++) {
        int64_t lead_us = iss_draw_us(world, ISS_DRAW_LEAD, kind->entity.hash,
                                      (uint64_t)world->parts[part].orders, kind->lead);
        iss_order_place(world, part, iss_us_add(world->now_us, lead_us));
    }
    if (missing > 0) {
        await_delivery(world, part);
    }
}

void
iss_upkeep_serve(struct iss_world *world, int32_t part)
{
    for (int32_t unit; (unit = iss_part_serve(world, part)) >= 0;) {
        iss_unit_equip(world, unit);
        iss_upkeep_ask(world, unit);
    }
}

void
iss_upkeep_on_arrival(struct iss_world *world, const struct iss_event *event)
{
    iss_order_deliver(world, event->subject);
    iss_upkeep_serve(world, event->subject);
    await_delivery(world, event->subject);
    iss_upkeep_give_out(world);
}

/* ---- by ship ------------------------------------------------------------------- */

void
iss_upkeep_on_launched(struct iss_world *world, const struct iss_event *event)
{
    if (iss_world_forecasting(world)) {
        iss_order_load(world, event->subject);
    }
}

/* People may have come as well. */
void
iss_upkeep_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t count = 0;

    for (int32_t part; (part = iss_order_unload(world, event->subject, true)) >= 0;
         count++) {
        iss_upkeep_serve(world, part);
    }
    if (count > 0) {
        iss_raise(world, ISS_EVENT_SPARES_UNLOADED, event->subject, -1, count);
    }
    iss_upkeep_give_out(world);
}

void
iss_upkeep_on_lost(struct iss_world *world, const struct iss_event *event)
{
    int32_t count = 0;

    for (int32_t part; (part = iss_order_unload(world, event->subject, false)) >= 0;
         count++) {
        iss_upkeep_order(world, part);
    }
    if (count > 0) {
        iss_raise(world, ISS_EVENT_SPARES_LOST, event->subject, -1, count);
    }
}
