/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * modes.c - who comes or goes has to do with some failure modes only: these are listed
 * once, so that nobody looks through all of them at each docking.
 */
#include "model/modes.h"

#include "isssim/status.h"

/* Those for which `at` says `value`, in order. */
static int
list_modes(struct iss_model *model, int (*at)(const struct iss_failure_mode *mode),
           int value, struct iss_ids *list)
{
    int32_t *ids =
        iss_arena_array(&model->arena, (size_t)model->failures.count + 1, sizeof *ids);

    if (ids == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    *list = (struct iss_ids){0, ids};
    for (int32_t i = 0; i < model->failures.count; i++) {
        if (at(iss_model_failure_mode(model, i)) == value) {
            ids[list->count++] = i;
        }
    }
    return ISS_OK;
}

static int
strikes(const struct iss_failure_mode *mode)
{
    return mode->strikes;
}

static int
per(const struct iss_failure_mode *mode)
{
    return mode->per;
}

static void
mark_chained(struct iss_model *model)
{
    struct iss_failure_mode *modes = model->failures.items;

    for (int32_t i = 0; i < model->failures.count; i++) {
        const struct iss_effect *effects = modes[i].effects.items;
        for (int32_t k = 0; k < modes[i].effects.count; k++) {
            if (effects[k].kind == ISS_EFFECT_CHAIN) {
                modes[effects[k].failure].chained = true;
            }
        }
    }
}

int
iss_modes_settle(struct iss_model *model)
{
    int status = ISS_OK;

    for (int i = 0; status == ISS_OK && i < ISS_TARGET_KINDS; i++) {
        status = list_modes(model, strikes, i, &model->modes.striking[i]);
    }
    for (int i = 0; status == ISS_OK && i < ISS_PERS; i++) {
        status = list_modes(model, per, i, &model->modes.per[i]);
    }
    mark_chained(model);
    return status;
}
