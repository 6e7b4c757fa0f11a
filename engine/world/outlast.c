/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outlast.c - most of what can fail lives longer than the mission lasts.
 *
 * That is often plain from the uniform number that is drawn: then the life isn't worked
 * out, nor its end put on the calendar.
 */
#include "world/world.h"

bool
iss_outlasts(const struct iss_world *world, const struct iss_dist *life, double u)
{
    const double second_d = 1e-5, longest_d = 1e8; /* that can be put on a calendar */
    double left_d = iss_days_from_us(world->model->scenario.end_us - world->now_us);

    return iss_dist_certainly(life, u, left_d + second_d, longest_d);
}

void
iss_forgo(struct iss_world *world, int32_t slot)
{
    world->sequence++;
    iss_unschedule(world, slot);
}
