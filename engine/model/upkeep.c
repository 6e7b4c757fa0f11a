/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upkeep.c - units, jobs and orders have static places in a world, so that nothing is
 * allocated during a mission; here they are counted.
 *
 * An order is out for each part that is missing to the target and for each failed unit
 * that waits, so that there are never more than target + units of a kind.
 */
#include "model/upkeep.h"

/* Most regular work takes as long each time: that is known once and for all. */
static void
fill_duty(struct iss_duty *duty)
{
    double days;

    duty->fixed_us = duty->hours != NULL && iss_dist_mark(duty->hours) == 0 &&
                             iss_dist_is_constant(duty->hours, &days)
                         ? iss_us_from_days(days)
                         : -1;
}

static void
fill_part(struct iss_model *model, struct iss_part *part)
{
    if (iss_node_child(part->entity.node, "target") == NULL) {
        part->target = part->stock;
    }
    part->delivery = part->vehicles.count < 0 && part->lead != NULL
                         ? model->upkeep.deliveries++
                         : -1;
}

static void
fill_system(struct iss_model *model, struct iss_system *system)
{
    struct iss_upkeep_size *size = &model->upkeep;

    fill_duty(&system->duty);
    system->needs = system->needs > 0 ? system->needs : system->units;
    system->first_unit = size->units;
    system->first_effect = size->effects;
    size->units += (int32_t)system->units;
    system->first_errand = system->by == ISS_BY_EVA ? size->errands : -1;
    size->errands += system->by == ISS_BY_EVA ? (int32_t)system->units : 0;
    size->effects += system->effects.count;
    if (system->part >= 0) {
        struct iss_part *parts = model->parts.items;
        parts[system->part].units += (int32_t)system->units;
    }
}

void
iss_upkeep_fill(struct iss_model *model)
{
    struct iss_upkeep_size *size = &model->upkeep;
    struct iss_part *parts = model->parts.items;
    struct iss_system *systems = model->systems.items;
    struct iss_task *tasks = model->tasks.items;

    for (int32_t i = 0; i < model->parts.count; i++) {
        fill_part(model, &parts[i]);
    }
    for (int32_t i = 0; i < model->systems.count; i++) {
        fill_system(model, &systems[i]);
    }
    for (int32_t i = 0; i < model->tasks.count; i++) {
        fill_duty(&tasks[i].duty);
    }
    for (int32_t i = 0; i < model->parts.count; i++) {
        size->orders += (int32_t)parts[i].target + parts[i].units;
    }
    size->parts = model->parts.count;
    size->systems = model->systems.count;
    size->tasks = model->tasks.count;
    size->jobs = size->units + size->tasks;
    if (model->scenario.mode == ISS_MODE_REPLAY) {
        *size = (struct iss_upkeep_size){0};
    }
}
