/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resupply.c - ships bring what the station uses.
 *
 *     LAUNCHED: loaded --> DOCKED: unloaded, as far as there is room
 *                 |            '--> the rest when a stock falls to a threshold or to
 *                 |                 nothing, and before the ship leaves
 *                 '--> ASCENT_FAILED, VEHICLE_LOST, DOCKING_ABANDONED: gone
 * (CARGO_LOST)
 *
 *     STOCK_DUE: the level is there --RESERVE_LOW--> told, rations (world/flows.c), a
 *                                                    crew goes home, or everyone;
 *                                                    manifests are swapped
 *                             --STOCK_OUT--> lacking --LIFE_UNSUPPORTED--> everyone
 *                                                                         goes home
 *                     after either nobody is launched before LIFE_SUPPORTED
 *     UNDOCKED: what is to come down is taken
 *
 * What is on its way when the forecast begins is loaded then; what is docked has been
 * unloaded and is part of the stocks.
 *
 * Owns what is loaded and unloaded.  Draws nothing.
 */
#include <math.h>

#include "policy/policy.h"
#include "process/process.h"

/* ---- loading ------------------------------------------------------------------- */

static void
load(struct iss_world *world, int32_t flight)
{
    int32_t count = iss_policy_manifest(world, flight, world->loading);

    for (int32_t i = 0; i < count; i++) {
        const struct iss_loading *loading = &world->loading[i];
        if (loading->mass_mg > 0) {
            iss_cargo_load(world, flight, loading->resource, loading->mass_mg);
        }
        if (loading->mass_mg > 0 && loading->first) {
            iss_raise(world, ISS_EVENT_MANIFEST_SWAPPED, flight, loading->resource,
                      (double)loading->mass_mg / ISS_MG_PER_KG);
        }
    }
}

void
iss_resupply_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_stocks_begin(world);
    for (int32_t i = 0; world->stocked && i < world->flight_count; i++) {
        if (world->flights[i].phase == ISS_FLIGHT_FREE_FLIGHT) {
            load(world, i);
        }
    }
}

void
iss_resupply_on_launched(struct iss_world *world, const struct iss_event *event)
{
    if (world->stocked) {
        load(world, event->subject);
    }
}

/* ---- on the way ---------------------------------------------------------------- */

void
iss_resupply_on_missed(struct iss_world *world, const struct iss_event *event)
{
    int64_t mass_mg = world->stocked ? iss_cargo_drop(world, event->subject, true) : 0;

    if (mass_mg > 0) {
        iss_raise(world, ISS_EVENT_CARGO_LOST, event->subject, -1,
                  (double)mass_mg / ISS_MG_PER_KG);
    }
}

/* ---- at the station ------------------------------------------------------------ */

/* The thresholds of what has come or gone. */
static void
review_stirred(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    for (int32_t i = iss_marks_next(world->stirred, 0, count); i < count;
         i = iss_marks_next(world->stirred, i + 1, count)) {
        iss_stock_review(world, i);
    }
}

/* What there is room for of everything. */
static void
unload_all(struct iss_world *world, int32_t flight)
{
    int32_t count = world->model->resources.count;
    int64_t moved = 0;

    for (int32_t i = iss_cargo_next(world, flight, 0); i < count;
         i = iss_cargo_next(world, flight, i + 1)) {
        moved += iss_cargo_unload(world, flight, i);
    }
    if (moved == 0) {
        return;
    }
    iss_raise(world, ISS_EVENT_CARGO_UNLOADED, flight, -1,
              (double)moved / ISS_MG_PER_KG);
    review_stirred(world);
    iss_stocks_change(world);
}

/* A class of cargo down has room for so much; what comes first in the scenario takes it
 * first. */
static void
take_class(struct iss_world *world, int32_t flight, const struct iss_hold *hold)
{
    int64_t room = llround(iss_world_value(world, &hold->mass) * ISS_MG_PER_KG);
    bool lands = iss_vehicle_lands(iss_flight_vehicle(world, flight));

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        int64_t taken = 0;
        if (iss_model_resource(world->model, i)->down == hold->cargo) {
            taken = iss_cargo_take_down(world, flight, i, room);
        }
        if (taken > 0) {
            iss_raise(world,
                      lands ? ISS_EVENT_CARGO_RETURNED : ISS_EVENT_CARGO_DISPOSED,
                      flight, i, (double)taken / ISS_MG_PER_KG);
        }
        room -= taken;
    }
}

static void
take_down(struct iss_world *world, int32_t flight)
{
    const struct iss_rows *takes = &iss_flight_vehicle(world, flight)->takes;

    if (takes->count == 0) {
        return;
    }
    for (int32_t i = 0; i < takes->count; i++) {
        take_class(world, flight, (const struct iss_hold *)takes->items + i);
    }
    review_stirred(world);
    iss_stocks_change(world);
}

void
iss_resupply_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    if (world->stocked) {
        unload_all(world, event->subject);
        iss_cargo_drop(world, event->subject, false);
        take_down(world, event->subject);
    }
}

/* What is still in the docked ships of a resource. */
static void
unload_docked(struct iss_world *world, int32_t resource)
{
    if (iss_cargo_coming_mg(world, resource) == 0) {
        return;
    }
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        int64_t moved = flight < 0 ? 0 : iss_cargo_unload(world, flight, resource);
        if (moved > 0) {
            iss_raise(world, ISS_EVENT_CARGO_UNLOADED, flight, -1,
                      (double)moved / ISS_MG_PER_KG);
        }
    }
}

/* A manoeuvre has used propellant: there is room for what is still in the ships. */
void
iss_resupply_on_burn(struct iss_world *world, const struct iss_event *event)
{
    int32_t propellant = world->model->orbit.propellant;

    (void)event;
    if (propellant >= 0) {
        iss_stock_settle(world, propellant);
        unload_docked(world, propellant);
        iss_stock_review(world, propellant);
        iss_stocks_change(world);
    }
}

/* ---- thresholds ---------------------------------------------------------------- */

void
iss_resupply_on_stock(struct iss_world *world, const struct iss_event *event)
{
    iss_stock_reach(world, event->subject);
    unload_docked(world, event->subject);
    iss_stock_review(world, event->subject);
    iss_stocks_change(world);
}

/* Everyone whose way home it is leaves early in a docked vehicle. */
static bool
send_home(struct iss_world *world, int32_t flight)
{
    bool may = iss_policy_may_return(world, flight);

    if (may) {
        iss_raise(world, ISS_EVENT_EVACUATION, flight, -1,
                  iss_flight_passengers(world, flight));
    }
    return may;
}

static void
send_all_home(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        if (world->berths[i].flight >= 0) {
            (void)send_home(world, world->berths[i].flight);
        }
    }
}

/* Rations follow from the threshold by themselves. */
static void
act(struct iss_world *world, int32_t id)
{
    int action = iss_model_threshold(world->model, id)->is->action;
    bool *sent = &world->thresholds[id].sent;
    int32_t flight =
        action == ISS_RESERVE_RETURN && !*sent ? iss_policy_first_return(world) : -1;

    if (flight >= 0) {
        *sent = send_home(world, flight);
    }
    if (action == ISS_RESERVE_LEAVE) {
        send_all_home(world);
    }
}

void
iss_resupply_on_low(struct iss_world *world, const struct iss_event *event)
{
    world->thresholds[event->object].sent = false;
    act(world, event->object);
}

void
iss_resupply_on_unsupported(struct iss_world *world, const struct iss_event *event)
{
    iss_stock_fail(world, event->subject);
    iss_tell(world, world->aboard_count);
    send_all_home(world);
}

/* Where nobody could be spared somebody now may be; and nobody is to stay where all
 * were to leave. */
static void
act_again(struct iss_world *world)
{
    if (world->shut > 0) {
        send_all_home(world);
        return;
    }
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        int32_t first = iss_model_resource(world->model, i)->first_threshold;
        for (uint32_t low = world->stocks[i].low; low != 0; low &= low - 1) {
            act(world, first + __builtin_ctz(low));
        }
    }
}

void
iss_resupply_on_docked(struct iss_world *world, const struct iss_event *event)
{
    if (world->stocked) {
        unload_all(world, event->subject);
        act_again(world);
    }
}

/* What was in it is gone with it, and used no more. */
void
iss_resupply_on_station_lost(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_stocks_change(world);
}

void
iss_resupply_on_end(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_stocks_settle(world);
}
