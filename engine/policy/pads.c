/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pads.c - from which pad a rocket flies. */
#include "policy/policy.h"

int32_t
iss_policy_pad(const struct iss_world *world, int32_t rocket)
{
    int64_t best_us = ISS_NEVER;
    int32_t best = -1;

    if (rocket < 0) {
        return -1;
    }
    const struct iss_ids *pads = &iss_model_launch_system(world->model, rocket)->pads;
    for (int32_t i = 0; i < pads->count; i++) {
        int64_t from_us = iss_pad_free_from(world, pads->at[i]);
        if (from_us <= world->now_us) {
            return pads->at[i];
        }
        if (best < 0 || from_us < best_us) {
            best = pads->at[i];
            best_us = from_us;
        }
    }
    return best;
}
