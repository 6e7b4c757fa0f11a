/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * work.c - who of the people that are free does a job.
 *
 * Hands are bits (world/upkeep.h): the lowest go first, somebody with the skill that is
 * wanted before all.
 */
#include "policy/policy.h"

/* Those of `hands` who are trained for it, and of these those with the skill. */
static uint64_t
able(const struct iss_world *world, const struct iss_duty *duty, uint64_t hands,
     uint64_t *experts)
{
    hands &= duty->segment < 0 ? ~UINT64_C(0) : world->workers.trained[duty->segment];
    *experts = duty->skill < 0 ? hands : hands & world->skilled[duty->skill];
    return hands;
}

uint64_t
iss_policy_hands(const struct iss_world *world, const struct iss_duty *duty,
                 uint64_t free)
{
    uint64_t experts, others = able(world, duty, free, &experts);
    uint64_t chosen = experts & -experts;

    if (chosen == 0 || duty->people == 1) {
        return chosen;
    }
    if (__builtin_popcountll(others) < duty->people) {
        return 0;
    }
    others &= ~chosen;
    for (int64_t i = 1; i < duty->people; i++, others &= others - 1) {
        chosen |= others & -others;
    }
    return chosen;
}

uint64_t
iss_policy_kept(const struct iss_world *world, const struct iss_duty *duty,
                uint64_t free)
{
    uint64_t experts;

    if (iss_policy_hands(world, duty, world->workers.aboard) == 0) {
        return 0;
    }
    uint64_t others = able(world, duty, free, &experts);
    return duty->people == 1 ? experts : others;
}
