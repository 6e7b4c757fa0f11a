/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eva.c - who goes outside, and who helps from inside. */
#include "policy/policy.h"

/* Whether somebody is outside now, or inside for somebody who is. */
static bool
is_busy(const struct iss_world *world, int32_t person)
{
    for (int32_t i = 0; world->outings > 0 && i < world->model->eva.count; i++) {
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
is_able(const struct iss_world *world, const struct iss_eva_rule *rule, int32_t person)
{
    if (rule->crew.count >= 0) {
        return iss_ids_have(&rule->crew, person);
    }
    return rule->skill >= 0 ? has_skill(world, person, rule->skill)
                            : iss_crew_runs(iss_model_crew_member(world->model, person),
                                            rule->segment);
}

/* Who can go out, as many as are asked for, and one more when one of them may have to
 * help; and the first who can help, of those who could go out and of those who
 * couldn't. */
struct choice {
    int32_t able[ISS_MAX_EVA_TEAM + 1];
    int32_t count;
    int32_t able_helper, helper; /* -1 none */
};

/* Look at each once, and whether they are free, which takes longest, last. */
static void
choose(const struct iss_world *world, const struct iss_eva_rule *rule, bool later,
       struct choice *choice)
{
    int64_t most = rule->people + (rule->inside >= 0);

    choice->count = 0;
    choice->able_helper = choice->helper = -1;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        bool able = is_able(world, rule, id);
        bool helps = rule->inside >= 0 &&
                     (able ? choice->able_helper : choice->helper) < 0 &&
                     has_skill(world, id, rule->inside);
        bool goes = able && choice->count < most;

        if ((!goes && !helps) || !is_free(world, id, later)) {
            continue;
        }
        if (goes) {
            choice->able[choice->count++] = id;
        }
        if (helps) {
            *(able ? &choice->able_helper : &choice->helper) = id;
        }
    }
}

/* Those who can, but for who stays in. */
static void
send(const struct iss_eva_rule *rule, const struct choice *choice, int32_t inside,
     struct iss_eva_team *team)
{
    *team = (struct iss_eva_team){.inside = inside};
    for (int32_t i = 0; team->size < rule->people; i++) {
        if (choice->able[i] != inside) {
            team->people[team->size++] = choice->able[i];
        }
    }
}

/* Somebody who can help from inside: first those who couldn't go out themselves. */
static bool
find_team(const struct iss_world *world, int32_t id, bool later,
          struct iss_eva_team *team)
{
    const struct iss_eva_rule *rule = iss_model_eva_rule(world->model, id);
    struct choice choice;

    choose(world, rule, later, &choice);
    bool of_them = rule->inside >= 0 && choice.helper < 0; /* one less goes out */
    int32_t inside = of_them ? choice.able_helper : choice.helper;
    if (choice.count < rule->people + of_them || (rule->inside >= 0 && inside < 0)) {
        return false;
    }
    send(rule, &choice, inside, team);
    return true;
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
