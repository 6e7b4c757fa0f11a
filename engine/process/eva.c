/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eva.c - spacewalks come due, and find their people or don't.
 *
 *     due --people enough--> EVA_BEGINS
 *      '---too few--> waits --well again, back inside: EVA_READY----> EVA_BEGINS
 *                      | |'--people come, and prepare: EVA_READY----> EVA_BEGINS
 *                      | '---some have gone by then: EVA_READY------> waits
 *                      '-----the next is due, or it is all over-----> EVA_LOST
 *
 * A rule with an interval makes them in the forecast, by the calendar: that one waits
 * puts no other off.  One without is a single spacewalk that is planned, and is due in
 * a replay too: the record tells who is aboard, not who went outside.
 *
 * Suits that rest or are out of use, and repairs that are to be made in the same suits
 * or segment (eva_repair.c), put planned ones off as lack of people does.
 *
 * Owns world->evas.  Draws EVA_INTERVAL, EVA_PREPARATION and EVA_DURATION about the
 * rule and the number; EVA_DURATION of a repair about the rule, the unit and the
 * outing.
 */
#include "process/eva.h"

#include "base/hash.h"
#include "process/process.h"

static const struct iss_eva_rule *
rule_of(const struct iss_world *world, int32_t id)
{
    return iss_model_eva_rule(world->model, id);
}

/* ---- dates --------------------------------------------------------------------- */

/* The next of the rule is due at `at_us`, if there is one. */
static void
plan(struct iss_world *world, int32_t id, int64_t at_us)
{
    const struct iss_eva_rule *rule = rule_of(world, id);
    struct iss_eva_state *eva = &world->evas[id];
    bool more = rule->count <= 0 || eva->made < rule->count;

    eva->due_us = at_us;
    if (more && at_us <= rule->until_us) {
        iss_schedule(world, iss_slot_eva(world, id), at_us, ISS_EVENT_EVA_DUE, id, -1);
    }
}

/* When the one after that of the present number is due. */
static int64_t
next_date(struct iss_world *world, int32_t id)
{
    const struct iss_eva_rule *rule = rule_of(world, id);
    struct iss_eva_state *eva = &world->evas[id];

    eva->made++;
    return iss_us_add(eva->due_us,
                      iss_draw_us(world, ISS_DRAW_EVA_INTERVAL, rule->entity.hash,
                                  (uint64_t)eva->made, rule->interval));
}

void
iss_eva_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t id = 0; id < world->model->eva.count; id++) {
        const struct iss_eva_rule *rule = rule_of(world, id);
        if (rule->interval == NULL) {
            continue;
        }
        world->evas[id].due_us = rule->first_us;
        while (world->evas[id].due_us < world->now_us) { /* those went as they went */
            world->evas[id].due_us = next_date(world, id);
        }
        plan(world, id, world->evas[id].due_us);
    }
}

/* ---- going out ----------------------------------------------------------------- */

static void
end_wait(struct iss_world *world, int32_t id)
{
    world->evas[id].waits = false;
    iss_unschedule(world, iss_slot_eva_ready(world, id));
    iss_unschedule(world, iss_slot_eva_end(world, id));
}

/* Whose repair and the how manieth of its outings; or the rule and its number. */
void
iss_eva_go_out(struct iss_world *world, int32_t id, const struct iss_eva_team *team,
               int32_t unit)
{
    const struct iss_eva_rule *rule = rule_of(world, id);
    uint64_t hash = rule->entity.hash, number = (uint64_t)world->evas[id].number;

    if (unit >= 0) {
        const struct iss_unit *self = &world->units[unit];
        hash = iss_hash_occurrence(hash, self->hash);
        number = (uint64_t)(self->failures - 1) << 8 |
                 (uint64_t)iss_unit_errand(world, unit)->made;
    }
    int64_t lasts =
        iss_draw_us(world, ISS_DRAW_EVA_DURATION, hash, number, rule->duration);
    iss_eva_begin(world, id, team->people, team->size, team->inside,
                  iss_us_add(world->now_us, lasts), unit,
                  iss_hash_occurrence(hash, number));
    iss_raise(world, ISS_EVENT_EVA_BEGINS, id, unit, iss_days_from_us(lasts) * 24);
}

int64_t
iss_eva_turn(const struct iss_world *world)
{
    int64_t turn = ISS_NEVER;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int64_t turn_us = iss_person_turn(world, world->aboard[i]);
        turn = turn_us < turn ? turn_us : turn;
    }
    return turn;
}

/* Somebody may be well again, or there may be suits; who comes back inside is heard of
 * (EVA_ENDS). */
static void
look_again(struct iss_world *world, int32_t id)
{
    int64_t turn = iss_eva_turn(world);
    int64_t suits_us = iss_suits_free_from(world, rule_of(world, id)->suits, false);

    if (suits_us > world->now_us && suits_us < turn) {
        turn = suits_us;
    }
    int64_t clear_us = iss_orbit_clear_from(&world->model->orbit.glare, world->now_us);
    if (clear_us > world->now_us) {
        turn = clear_us;
    }
    if (turn < ISS_NEVER) {
        iss_schedule(world, iss_slot_eva_ready(world, id), turn, ISS_EVENT_EVA_READY,
                     id, -1);
    }
}

/* One that has to wait is lost at the mission's end, unless something comes before. */
static void
try(struct iss_world *world, int32_t id)
{
    struct iss_eva_state *eva = &world->evas[id];
    struct iss_eva_team team;

    enum iss_eva_obstacle obstacle = iss_policy_eva_planned(world, id, &team);

    eva->prepared = false;
    eva->obstacle = (uint8_t)obstacle;
    if (obstacle == ISS_EVA_FREE) {
        end_wait(world, id);
        iss_eva_go_out(world, id, &team, -1);
        return;
    }
    look_again(world, id);
    if (!eva->waits) {
        eva->waits = true;
        iss_schedule(world, iss_slot_eva_end(world, id), world->model->scenario.end_us,
                     ISS_EVENT_EVA_LOST, id, -1);
        iss_raise(world, ISS_EVENT_EVA_POSTPONED, id, -1, (double)obstacle);
    }
}

/* Whether nobody is there, nor comes any more. */
static bool
is_abandoned(const struct iss_world *world)
{
    return world->lost || (world->aboard_count == 0 && iss_mission_over(world));
}

void
iss_eva_on_due(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;
    struct iss_eva_state *eva = &world->evas[id];

    if (is_abandoned(world)) {
        return; /* nor does it make another one */
    }
    if (eva->waits) {
        end_wait(world, id);
        iss_raise(world, ISS_EVENT_EVA_LOST, id, -1, 0);
    }
    eva->number = eva->made;
    if (rule_of(world, id)->interval != NULL) {
        plan(world, id, next_date(world, id));
    }
    try(world, id);
}

/* The end of the mission has come for one that waits. */
void
iss_eva_on_lost(struct iss_world *world, const struct iss_event *event)
{
    if (world->now_us == world->model->scenario.end_us) {
        world->evas[event->subject].waits = false;
    }
}

/* Nobody comes any more for those that wait. */
void
iss_eva_on_station_lost(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t id = 0; id < world->model->eva.count; id++) {
        if (world->evas[id].waits) {
            end_wait(world, id);
            iss_raise(world, ISS_EVENT_EVA_LOST, id, -1, 0);
        }
    }
}

void
iss_eva_on_ready(struct iss_world *world, const struct iss_event *event)
{
    try(world, event->subject);
}

void
iss_eva_make_up(struct iss_world *world)
{
    for (int32_t id = 0; id < world->model->eva.count; id++) {
        if (world->evas[id].waits && !world->evas[id].prepared) {
            try(world, id);
        }
    }
}

/* People have come: one that waits is prepared if there are enough. */
void
iss_eva_on_change(struct iss_world *world, const struct iss_event *event)
{
    struct iss_eva_team team;

    (void)event;
    iss_eva_repair(world);
    for (int32_t id = 0; id < world->model->eva.count; id++) {
        const struct iss_eva_rule *rule = rule_of(world, id);
        if (!world->evas[id].waits || world->evas[id].prepared ||
            world->evas[id].obstacle != ISS_EVA_PEOPLE ||
            !iss_policy_eva(world, id, &team)) {
            continue;
        }
        int64_t wait = iss_draw_us(world, ISS_DRAW_EVA_PREPARATION, rule->entity.hash,
                                   (uint64_t)world->evas[id].number, rule->preparation);
        world->evas[id].prepared = true;
        iss_schedule(world, iss_slot_eva_ready(world, id),
                     iss_us_add(world->now_us, wait), ISS_EVENT_EVA_READY, id, -1);
    }
}
