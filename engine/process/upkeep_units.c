/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep_units.c - units wear out, wait for a spare and for people, and run again.
 *
 *     runs --UNIT_FAILED--> lacks its spare --> queues for people --> is repaired
 *      ^                                                                   |
 *      '------------------------------UNIT_REPAIRED------------------------'
 *
 * A unit's clock runs while it runs, and is as new when the forecast begins and after
 * each repair.  With a beta factor each clock runs slower by that share, and one more a
 * system makes up for it (see failure.c).  A system is down while fewer units run than
 * it needs; what follows from that comes after it has been down for so long.
 *
 * Draws UNIT_LIFE about the unit, by its failures, and SHARED about the system.
 */
#include <math.h>

#include "process/process.h"
#include "process/upkeep.h"

static const struct iss_system *
system_of(const struct iss_world *world, int32_t unit)
{
    return iss_model_system(world->model, world->units[unit].system);
}

/* ---- clocks -------------------------------------------------------------------- */

static void
start_clock(struct iss_world *world, int32_t unit)
{
    const struct iss_system *system = system_of(world, unit);
    const struct iss_unit *self = &world->units[unit];
    double beta = iss_world_value(world, &system->beta_factor), life_d;

    if (beta >= 1) {
        return;
    }
    const struct iss_dist *life = iss_world_dist(world, system->life);
    double u =
        iss_draw(world, ISS_DRAW_UNIT_LIFE, self->hash, (uint64_t)self->failures);
    if (!(beta > 0) && iss_outlasts(world, life, u)) {
        iss_forgo(world, iss_slot_unit(world, unit));
        return;
    }
    if (beta > 0) {
        life_d = iss_dist_life(life, -log1p(-u) / (1 - beta), 0);
    } else {
        life_d = iss_dist_quantile(life, u);
    }
    iss_schedule(world, iss_slot_unit(world, unit),
                 iss_us_add(world->now_us, iss_us_from_days(life_d)),
                 ISS_EVENT_UNIT_FAILED, unit, -1);
}

static void
start_shared_clock(struct iss_world *world, int32_t id)
{
    const struct iss_system *system = iss_model_system(world->model, id);
    double beta = iss_world_value(world, &system->beta_factor);

    if (!(beta > 0)) {
        return;
    }
    double u = iss_draw(world, ISS_DRAW_SHARED, system->entity.hash,
                        (uint64_t)world->systems[id].shocks);
    double life_d =
        iss_dist_life(iss_world_dist(world, system->life), -log1p(-u) / beta, 0);
    iss_schedule(world, iss_slot_shock(world, id),
                 iss_us_add(world->now_us, iss_us_from_days(life_d)),
                 ISS_EVENT_UNITS_STRUCK, id, -1);
}

void
iss_upkeep_start_units(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->upkeep.units; i++) {
        start_clock(world, i);
    }
    for (int32_t i = 0; i < world->model->upkeep.systems; i++) {
        start_shared_clock(world, i);
    }
}

void
iss_upkeep_on_struck(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_system *system = iss_model_system(world->model, event->subject);

    for (int32_t i = 0; i < (int32_t)system->units; i++) {
        int32_t unit = system->first_unit + i;
        if (world->units[unit].phase == ISS_UNIT_RUNS) {
            iss_raise(world, ISS_EVENT_UNIT_FAILED, unit, -1, 0);
        }
    }
    world->systems[event->subject].shocks++;
    start_shared_clock(world, event->subject);
}

/* ---- outages ------------------------------------------------------------------- */

static void
start_outage(struct iss_world *world, int32_t system_id)
{
    const struct iss_system *system = iss_model_system(world->model, system_id);
    const struct iss_outage_effect *effects = system->effects.items;

    for (int32_t i = 0; i < system->effects.count; i++) {
        int64_t at_us = iss_us_add(world->now_us, effects[i].after_us);
        int32_t slot = iss_slot_outage(world, system->first_effect + i);
        if (effects[i].failure >= 0) {
            iss_schedule(world, slot, at_us, ISS_EVENT_FAILURE_OCCURS,
                         iss_target(world, ISS_TARGET_STATION, 0), effects[i].failure);
        } else {
            iss_schedule(world, slot, at_us,
                         iss_outage_limits(&effects[i]) ? ISS_EVENT_CREW_LIMITED
                                                        : ISS_EVENT_OUTAGE_HURTS,
                         system_id, -1);
        }
    }
}

static void
end_outage(struct iss_world *world, int32_t system_id)
{
    const struct iss_system *system = iss_model_system(world->model, system_id);
    bool held = false;

    for (int32_t i = 0; i < system->effects.count; i++) {
        int32_t effect = system->first_effect + i;
        iss_unschedule(world, iss_slot_outage(world, effect));
        held = held || world->outages[effect];
        iss_outage_hold(world, effect, false);
    }
    if (held) {
        iss_raise(world, ISS_EVENT_OUTAGE_OVER, system_id, -1, 0);
    }
}

/* Those effects of the system, on research or on how many may be aboard, whose time has
 * come. */
static void
hold_due(struct iss_world *world, int32_t system_id, bool limits)
{
    const struct iss_system *system = iss_model_system(world->model, system_id);
    const struct iss_outage_effect *effects = system->effects.items;

    for (int32_t i = 0; i < system->effects.count; i++) {
        int64_t from_us =
            iss_us_add(world->systems[system_id].down_us, effects[i].after_us);
        if (effects[i].failure < 0 && iss_outage_limits(&effects[i]) == limits &&
            from_us <= world->now_us) {
            iss_outage_hold(world, system->first_effect + i, true);
        }
    }
}

void
iss_upkeep_on_outage(struct iss_world *world, const struct iss_event *event)
{
    hold_due(world, event->subject, false);
    iss_tell(world, world->research_lost);
}

void
iss_upkeep_on_limited(struct iss_world *world, const struct iss_event *event)
{
    hold_due(world, event->subject, true);
    iss_tell(world, (double)iss_world_most_crew(world));
}

/* ---- one unit ------------------------------------------------------------------ */

void
iss_upkeep_on_failed(struct iss_world *world, const struct iss_event *event)
{
    int32_t unit = event->subject;
    const struct iss_system *system = system_of(world, unit);

    if (world->units[unit].phase != ISS_UNIT_RUNS) {
        return;
    }
    iss_unschedule(world, iss_slot_unit(world, unit));
    if (iss_unit_fail(world, unit)) {
        start_outage(world, world->units[unit].system);
    }
    /* Nobody waits for a spare that is aboard. */
    if (system->part < 0 || iss_part_take(world, system->part)) {
        iss_unit_equip(world, unit);
        iss_upkeep_ask_now(world, unit);
    } else {
        iss_part_wait(world, unit);
        iss_raise(world, ISS_EVENT_SPARE_AWAITED, unit, system->part, 0);
    }
    if (system->part >= 0) {
        iss_upkeep_order(world, system->part);
    }
}

void
iss_upkeep_on_repaired(struct iss_world *world, const struct iss_event *event)
{
    int32_t unit = event->subject;

    if (iss_unit_errand(world, unit) != NULL) {
        iss_errand_close(world, unit);
    } else {
        iss_job_end(world, unit);
    }
    if (iss_unit_restore(world, unit)) {
        end_outage(world, world->units[unit].system);
    }
    start_clock(world, unit);
    iss_upkeep_give_out(world);
}
