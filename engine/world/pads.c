/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pads.c - launch pads: a launch takes one for its turnaround, damage for longer.
 *
 * The turnaround is drawn about the pad and the flight that was launched from it: when
 * that is launched, or when the forecast begins, so that the record needs no draw of a
 * replication's.
 */
#include "base/hash.h"
#include "world/world.h"

/* When the pad is ready after its last launch. */
static int64_t
ready_after(const struct iss_world *world, int32_t pad)
{
    const struct iss_pad_state *state = &world->pads[pad];

    return state->launched_us == ISS_NO_TIME
               ? INT64_MIN
               : iss_us_add(state->launched_us,
                            iss_draw_us(world, ISS_DRAW_TURNAROUND, state->launch, 0,
                                        iss_model_pad(world->model, pad)->turnaround));
}

void
iss_pads_begin(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->pads.count; i++) {
        world->pads[i].ready_us = ready_after(world, i);
    }
}

void
iss_pad_take(struct iss_world *world, int32_t flight, int32_t pad)
{
    world->flights[flight].pad = pad;
    if (pad < 0) {
        return;
    }
    struct iss_pad_state *state = &world->pads[pad];
    state->launched_us = world->now_us;
    state->launch = iss_hash_occurrence(iss_model_pad(world->model, pad)->entity.hash,
                                        world->flights[flight].hash);
    if (iss_world_forecasting(world)) {
        state->ready_us = ready_after(world, pad);
    }
}

const char *
iss_pads_check(const struct iss_world *world)
{
    for (int32_t i = 0; iss_world_forecasting(world) && i < world->model->pads.count;
         i++) {
        if (world->pads[i].ready_us != ready_after(world, i)) {
            return "a pad is ready at another time than after its last launch";
        }
    }
    return NULL;
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
