/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pads.c - launch pads: a launch takes one for its turnaround, damage for longer.
 *
 * The turnaround is drawn when it is asked for, about the pad and the flight that was
 * launched from it, so that launches of the record need no draw of a replication's.
 */
#include "base/hash.h"
#include "world/world.h"

int64_t
iss_pad_free_from(const struct iss_world *world, int32_t pad)
{
    const struct iss_pad_state *state = &world->pads[pad];
    int64_t ready = INT64_MIN;

    if (state->launched_us != ISS_NO_TIME) {
        ready = iss_us_add(state->launched_us,
                           iss_draw_us(world, ISS_DRAW_TURNAROUND, state->launch, 0,
                                       iss_model_pad(world->model, pad)->turnaround));
    }
    return iss_us_later(ready, state->closed_us);
}

void
iss_pad_take(struct iss_world *world, int32_t flight, int32_t pad)
{
    world->flights[flight].pad = pad;
    if (pad >= 0) {
        world->pads[pad].launched_us = world->now_us;
        world->pads[pad].launch = iss_hash_occurrence(
            iss_model_pad(world->model, pad)->entity.hash, world->flights[flight].hash);
    }
}

bool
iss_pad_close(struct iss_world *world, int32_t pad, int64_t until_us)
{
    if (until_us <= world->pads[pad].closed_us || until_us <= world->now_us) {
        return false;
    }
    world->pads[pad].closed_us = until_us;
    iss_schedule(world, iss_slot_pad(world, pad), until_us, ISS_EVENT_PAD_OPENED, pad,
                 -1);
    return true;
}
