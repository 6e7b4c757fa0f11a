/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eva_repair.c - what can't be repaired from inside.
 *
 *     EVA_NEEDED --people enough--> is prepared --EVA_PREPARED--> waits for its turn,
 *         |          ^                                            suits, people inside
 *         '-too few--' somebody docks, or is well again                 |
 *                                                                       v
 *         UNIT_REPAIRED <--the last-- EVA_ENDS <--------------- EVA_BEGINS
 *                                        '---another is needed-----^
 *
 * Repairs go outside one by one in the order of the line (world/evas.c), unless each
 * has its own rule, people and suits.  Whatever may change that they wait leads to
 * EVA_AGAIN: an outing that ends, suits in use again, a departure that is put off;
 * suits that rest and ailments that end have a date.
 *
 * Owns world->errands.  Draws EVA_OUTINGS about the unit, EVA_PREPARATION about the
 * rule and the unit, both by its failures.
 */
#include <math.h>

#include "base/hash.h"
#include "process/eva.h"
#include "process/process.h"

static int32_t
rule_of(const struct iss_world *world, int32_t unit)
{
    return iss_model_system(world->model, world->units[unit].system)->eva;
}

/* ---- it comes up --------------------------------------------------------------- */

void
iss_eva_on_needed(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_eva_repair(world);
}

/* From when on there are people enough; who is outside or rests counts. */
static void
prepare(struct iss_world *world, int32_t unit)
{
    struct iss_errand *errand = iss_unit_errand(world, unit);
    const struct iss_eva_rule *rule =
        iss_model_eva_rule(world->model, rule_of(world, unit));
    const struct iss_unit *self = &world->units[unit];
    int64_t takes = iss_draw_us(world, ISS_DRAW_EVA_PREPARATION,
                                iss_hash_occurrence(rule->entity.hash, self->hash),
                                (uint64_t)self->failures - 1, rule->preparation);

    errand->ready_us = iss_us_add(world->now_us, takes);
    if (takes > 0) {
        iss_schedule(world, iss_slot_errand(world, unit), errand->ready_us,
                     ISS_EVENT_EVA_PREPARED, unit, rule_of(world, unit));
    }
}

void
iss_eva_on_prepared(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_eva_repair(world);
}

/* ---- the line ------------------------------------------------------------------ */

/* When what an errand waits for may be there; ISS_NEVER: there is no date for it. */
static int64_t
attend(struct iss_world *world, int32_t unit)
{
    struct iss_errand *errand = iss_unit_errand(world, unit);
    int32_t rule = rule_of(world, unit);
    struct iss_eva_team team;

    if (errand->outside || errand->left <= 0) { /* or just done */
        return ISS_NEVER;
    }
    if (errand->ready_us == ISS_NEVER && iss_policy_eva_staffed(world, rule)) {
        prepare(world, unit);
    }
    if (errand->ready_us > world->now_us) {
        return errand->ready_us == ISS_NEVER ? iss_eva_turn(world) : ISS_NEVER;
    }
    int64_t suits_us =
        iss_suits_free_from(world, iss_model_eva_rule(world->model, rule)->suits,
                            world->model->policy.eva_contingency_waiver);
    if (suits_us > world->now_us) {
        return suits_us;
    }
    if (iss_eva_under_way(world, rule) || !iss_policy_eva(world, rule, &team)) {
        return iss_eva_turn(world);
    }
    iss_eva_go_out(world, rule, &team, unit);
    return ISS_NEVER;
}

void
iss_eva_repair(struct iss_world *world)
{
    int64_t again_us = ISS_NEVER;

    for (int32_t unit = world->first_errand; unit >= 0;
         unit = iss_unit_errand(world, unit)->next) {
        int64_t at_us = attend(world, unit);
        again_us = at_us < again_us ? at_us : again_us;
    }
    if (again_us < ISS_NEVER) {
        iss_schedule(world, iss_slot_eva_again(world), again_us, ISS_EVENT_EVA_AGAIN,
                     -1, -1);
    } else {
        iss_unschedule(world, iss_slot_eva_again(world));
    }
}

void
iss_eva_on_again(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    iss_eva_repair(world);
    iss_eva_make_up(world);
}

/* ---- back inside --------------------------------------------------------------- */

void
iss_eva_on_ended(struct iss_world *world, const struct iss_event *event)
{
    int32_t unit = event->object;

    iss_eva_finish(world, event->subject);
    if (unit >= 0 && iss_unit_errand(world, unit)->left <= 0) {
        iss_raise(world, ISS_EVENT_UNIT_REPAIRED, unit, -1, 0);
    }
}

/* What ended may have brought about a failure: that comes first.  Likewise for suits
 * that are in use again, and people who stay although they were about to leave. */
void
iss_eva_on_settled(struct iss_world *world, const struct iss_event *event)
{
    bool waits = world->first_errand >= 0;

    (void)event;
    for (int32_t id = 0; id < world->model->eva.count && !waits; id++) {
        waits = world->evas[id].waits;
    }
    if (waits) {
        iss_raise(world, ISS_EVENT_EVA_AGAIN, -1, -1, 0);
    }
}
