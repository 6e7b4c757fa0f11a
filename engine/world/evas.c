/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evas.c - who is outside, and since when.
 */
#include "world/world.h"

void
iss_eva_begin(struct iss_world *world, int32_t rule, const int32_t *people,
              int32_t count, int32_t inside, int64_t until_us)
{
    struct iss_eva_state *eva = &world->evas[rule];

    for (int32_t i = 0; i < count; i++) {
        eva->team[i] = people[i];
    }
    eva->size = count;
    eva->inside = inside;
    eva->begun_us = world->now_us;
    eva->until_us = until_us;
    world->changed |= ISS_CHANGED_EVAS;
}
