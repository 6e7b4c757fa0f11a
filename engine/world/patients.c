/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patients.c - how well the people aboard are.
 */
#include "world/world.h"

double
iss_person_impairment(const struct iss_world *world, int32_t person)
{
    return iss_person_fit(world, person) ? 0 : 1;
}

bool
iss_person_fit(const struct iss_world *world, int32_t person)
{
    return !world->people[person].ailing && !world->people[person].indicated;
}
