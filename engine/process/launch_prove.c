/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_prove.c - a family of rockets that has failed flies without people first.
 *
 *     grounded --ROCKET_CLEARED--> without people --as many launches succeed as
 *                                                   it asks for--> with people
 *
 * The scenario's own launches count, and, where the family says how often there are
 * any, those that have nothing to do with the station: OTHER_LAUNCH.  These are drawn
 * only while launches are owed, about the family and their number, so that they change
 * no other draw.
 *
 * Owns what the families owe.  Draws OTHER_LAUNCH.
 */
#include "process/launch.h"
#include "process/process.h"

void
iss_launch_expect_other(struct iss_world *world, int32_t family)
{
    const struct iss_rocket_family *is = iss_model_family(world->model, family);
    const struct iss_family_state *state = &world->families[family];

    if (is->other_launches == NULL || state->owed <= 0) {
        return;
    }
    int64_t wait = iss_draw_us(world, ISS_DRAW_OTHER_LAUNCH, is->entity.hash,
                               state->others, is->other_launches);
    iss_schedule(world, iss_slot_other(world, family),
                 iss_us_add(iss_us_later(state->grounded_us, world->now_us), wait),
                 ISS_EVENT_OTHER_LAUNCH, family, -1);
}

/* One launch less is owed. */
static void
count_success(struct iss_world *world, int32_t family)
{
    if (world->families[family].owed > 0 && --world->families[family].owed == 0) {
        iss_unschedule(world, iss_slot_other(world, family));
        iss_launch_go_on(world, ISS_STOP_UNPROVEN, family);
    }
}

void
iss_launch_prove(struct iss_world *world, int32_t flight)
{
    int32_t family = iss_flight_family(world, flight);

    if (family >= 0) {
        count_success(world, family);
    }
}

void
iss_launch_on_other(struct iss_world *world, const struct iss_event *event)
{
    world->families[event->subject].others++;
    count_success(world, event->subject);
    iss_launch_expect_other(world, event->subject);
}
