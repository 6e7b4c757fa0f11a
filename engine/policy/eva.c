/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eva.c - who goes outside, and who helps from inside. */
#include "policy/policy.h"

/* Whether somebody is outside now, or inside for somebody who is. */
static bool
is_busy(const struct iss_world *world, int32_t person)
{
    for (int32_t i = 0; i < world->model->eva.count; i++) {
        const struct iss_eva_state *eva = &world->evas[i];
        if (!iss_eva_under_way(world, i)) {
            continue;
        }
        for (int32_t k = 0; k < eva->size; k++) {
            if (eva->team[k] == person) {
                return true;
            }
        }
        if (eva->inside == person) {
            return true;
        }
    }
    return false;
}

/* Whether the person's vehicle is to leave early, or within a day. */
static bool
is_leaving(const struct iss_world *world, int32_t person)
{
    int32_t down = world->people[person].down;
    int32_t slot = down < 0 ? -1 : iss_slot_flight(world, down, ISS_SLOT_DEPART);

    return down >= 0 &&
           (world->flights[down].early ||
            (iss_scheduled(world, slot) &&
             iss_calendar_time(world->calendar, slot) - world->now_us < ISS_US_PER_D));
}

/* Visitors aren't, nor who is ill, nor who packs; `later`: who is outside will be. */
static bool
is_free(const struct iss_world *world, int32_t person, bool later)
{
    const struct iss_person *self = &world->people[person];

    return !world->stays[self->stay].visiting && iss_person_fit(world, person) &&
           !is_leaving(world, person) && (later || !is_busy(world, person));
}

static bool
has_skill(const struct iss_world *world, int32_t person, int32_t skill)
{
    return iss_ids_have(&iss_model_crew_member(world->model, person)->skills, skill);
}

/* The people named; else those with the skill; else those trained for the segment. */
static bool
may_go_out(const struct iss_world *world, const struct iss_eva_rule *rule,
           int32_t person, bool later)
{
    if (!is_free(world, person, later)) {
        return false;
    }
    if (rule->crew.count >= 0) {
        return iss_ids_have(&rule->crew, person);
    }
    return rule->skill >= 0 ? has_skill(world, person, rule->skill)
                            : iss_crew_runs(iss_model_crew_member(world->model, person),
                                            rule->segment);
}

/* Who goes out when `inside` stays in; false when there are too few. */
static bool
gather(const struct iss_world *world, const struct iss_eva_rule *rule, int32_t inside,
       bool later, struct iss_eva_team *team)
{
    *team = (struct iss_eva_team){.inside = inside};
    for (int32_t i = 0; i < world->aboard_count && team->size < rule->people; i++) {
        int32_t id = world->aboard[i];
        if (id != inside && may_go_out(world, rule, id, later)) {
            team->people[team->size++] = id;
        }
    }
    return team->size == rule->people;
}

/* Somebody who can help from inside: first those who couldn't go out themselves. */
static bool
find_team(const struct iss_world *world, int32_t id, bool later,
          struct iss_eva_team *team)
{
    const struct iss_eva_rule *rule = iss_model_eva_rule(world->model, id);

    if (rule->inside < 0) {
        return gather(world, rule, -1, later, team);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < world->aboard_count; i++) {
            int32_t person = world->aboard[i];
            if (has_skill(world, person, rule->inside) &&
                is_free(world, person, later) &&
                may_go_out(world, rule, person, later) == (pass == 1) &&
                gather(world, rule, person, later, team)) {
                return true;
            }
        }
    }
    return false;
}

bool
iss_policy_eva(const struct iss_world *world, int32_t id, struct iss_eva_team *team)
{
    return find_team(world, id, false, team);
}

bool
iss_policy_eva_staffed(const struct iss_world *world, int32_t id)
{
    struct iss_eva_team team;

    return find_team(world, id, true, &team);
}

/* ---- planned ones -------------------------------------------------------------- */

/* What a repair that can begin or goes on needs, planned work leaves alone: its suits,
 * or, where there are none, its segment. */
static bool
is_in_the_way(const struct iss_world *world, const struct iss_eva_rule *planned)
{
    for (int32_t unit = world->first_errand; unit >= 0;
         unit = iss_unit_errand(world, unit)->next) {
        const struct iss_eva_rule *rule = iss_model_eva_rule(
            world->model,
            iss_model_system(world->model, world->units[unit].system)->eva);
        bool alike = planned->suits >= 0 || rule->suits >= 0
                         ? planned->suits == rule->suits
                         : planned->segment == rule->segment;
        if (alike && iss_unit_errand(world, unit)->ready_us != ISS_NEVER) {
            return true;
        }
    }
    return false;
}

enum iss_eva_obstacle
iss_policy_eva_planned(const struct iss_world *world, int32_t id,
                       struct iss_eva_team *team)
{
    const struct iss_eva_rule *rule = iss_model_eva_rule(world->model, id);

    if (is_in_the_way(world, rule)) {
        return ISS_EVA_REPAIR;
    }
    if (iss_suits_free_from(world, rule->suits, false) > world->now_us) {
        return ISS_EVA_SUITS;
    }
    if (iss_orbit_clear_from(&world->model->orbit.glare, world->now_us) >
        world->now_us) {
        return ISS_EVA_SUN;
    }
    return !iss_eva_under_way(world, id) && iss_policy_eva(world, id, team)
               ? ISS_EVA_FREE
               : ISS_EVA_PEOPLE;
}
