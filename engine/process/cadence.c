/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cadence.c - rules put flights into the plan.
 *
 *     spare --its date is settled--> planned --launch.c--> ...
 *
 *     of a rule:  waiting for the forecast --first--> running --until--> ended
 *
 * By the calendar a rule's dates are settled when the forecast begins, each from the
 * one before it, up to the first beyond the horizon.  By the last flight the next date
 * is settled when that one has arrived, failed or been skipped; until then there is
 * none.
 *
 * Owns world->rules.  Draws CADENCE about the rule, by the number of the flight.
 */
#include "isssim/status.h"
#include "process/process.h"

/* The first crew of the rule that goes on where this one ends; -1 none. */
static int32_t
heirs(const struct iss_world *world, int32_t id)
{
    for (int32_t i = 0; i < world->model->cadence.count; i++) {
        const struct iss_cadence *rule = iss_model_cadence(world->model, i);
        if (rule->after == id && rule->room > 0 && !world->rules[i].ended) {
            return iss_plan_team(world, rule->from);
        }
    }
    return -1;
}

/* The rule makes no more flights: nobody waits for the crew of the next one. */
static void
end_rule(struct iss_world *world, int32_t id, int32_t next)
{
    int32_t team = world->flights[next].team, relief = heirs(world, id);

    world->rules[id].ended = true;
    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        if (world->flights[i].relief == team) {
            world->flights[i].relief = relief;
        }
    }
}

/* The flight after the rule's last, whose crew relieves that one's. */
static int32_t
make_next(struct iss_world *world, int32_t id)
{
    const struct iss_rule_state *state = &world->rules[id];
    int32_t plan = iss_model_cadence(world->model, id)->from + state->made;
    int32_t flight = iss_flight_make(world, plan);

    if (iss_model_flight_plan(world->model, plan)->relieves >= 0 &&
        world->flights[flight].team >= 0) {
        world->flights[state->next].relief = world->flights[flight].team;
    }
    return flight;
}

/* The next flight of the rule, planned for `planned_us` unless the rule ends before. */
static bool
plan_next(struct iss_world *world, int32_t id, int64_t planned_us)
{
    const struct iss_cadence *rule = iss_model_cadence(world->model, id);
    struct iss_rule_state *state = &world->rules[id];

    if (state->made == rule->room) {
        world->status = ISS_ERR_CADENCE;
        return false;
    }
    int32_t flight = state->next;
    if (planned_us > rule->until_us) {
        end_rule(world, id, flight);
        return false;
    }
    state->made++;
    state->next = state->made < rule->room ? make_next(world, id) : -1;
    iss_flight_enter_plan(world, flight, planned_us);
    return true;
}

/* The interval before the next flight. */
static int64_t
interval_us(const struct iss_world *world, int32_t id)
{
    const struct iss_cadence *rule = iss_model_cadence(world->model, id);
    return iss_draw_us(world, ISS_DRAW_CADENCE, rule->entity.hash,
                       (uint64_t)world->rules[id].made, rule->interval);
}

static void
begin_rule(struct iss_world *world, int32_t id)
{
    const struct iss_cadence *rule = iss_model_cadence(world->model, id);
    int64_t planned_us = rule->first_us, end_us = world->model->scenario.end_us;

    if (rule->room == 0) {
        return;
    }
    bool more = plan_next(world, id, planned_us);
    while (more && rule->anchor != ISS_ANCHOR_LAST && planned_us <= end_us) {
        planned_us = iss_us_add(planned_us, interval_us(world, id));
        more = plan_next(world, id, planned_us);
    }
}

void
iss_cadence_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->model->cadence.count; i++) {
        begin_rule(world, i);
    }
}

/* A flight's way up has ended, well or not.  Only the last flight that a rule has made
 * brings the next. */
void
iss_cadence_on_settled(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_cadence *rule = iss_flight_rule(world, event->subject);

    if (rule == NULL || rule->anchor != ISS_ANCHOR_LAST ||
        !iss_world_forecasting(world)) {
        return;
    }
    int32_t id = iss_flight_plan_of(world, event->subject)->rule;
    struct iss_rule_state *state = &world->rules[id];
    int32_t last = rule->from + state->made - 1;
    if (state->ended || world->flights[event->subject].plan != last) {
        return;
    }
    int64_t planned_us = iss_us_add(world->now_us, interval_us(world, id));
    int32_t flight = state->next;
    if (plan_next(world, id, planned_us)) {
        iss_raise(world, ISS_EVENT_FLIGHT_PLANNED, flight, event->subject,
                  iss_days_from_us(planned_us - world->now_us));
    }
}
