/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failure_stores.c - resource_loss: a failure makes some of a resource go.
 *
 *     so much at once: RESOURCE_LOST
 *     so much a day:   LEAK_BEGINS, until LEAK_ENDS
 *
 * A leak that is open when its failure strikes again lasts as long as the later of the
 * two says.  What the record has lost is missing from the stocks with which the
 * forecast begins; a leak of the record goes on in it, and is drawn then, as nothing is
 * before.
 *
 * Owns world->leaks.  Draws OUTAGE about the failure, as other outages do.
 */
#include <math.h>

#include "process/failure.h"
#include "process/process.h"

static void
lose(struct iss_world *world, const struct iss_effect *effect, int32_t mode)
{
    double mass_kg = iss_world_value(world, &effect->mass);

    if (!(mass_kg > 0)) {
        return;
    }
    int64_t lost_mg =
        iss_stock_lose(world, effect->resource, llround(mass_kg * ISS_MG_PER_KG));
    iss_raise(world, ISS_EVENT_RESOURCE_LOST, effect->resource, mode,
              (double)lost_mg / ISS_MG_PER_KG);
    iss_stock_review(world, effect->resource);
    iss_stocks_change(world);
}

/* The effect's own number in the streams: which effect, which time. */
static int64_t
leak_end(const struct iss_world *world, int32_t target, int32_t mode, int32_t effect)
{
    const struct iss_failure *failure = iss_world_failure(world, target, mode);
    const struct iss_effect *effects =
        iss_model_failure_mode(world->model, mode)->effects.items;

    return effects[effect].duration == NULL
               ? ISS_NEVER
               : iss_us_add(
                     failure->occurs_us,
                     iss_draw_us(world, ISS_DRAW_OUTAGE,
                                 iss_failure_hash(world, target, mode),
                                 (uint64_t)failure->count << 8 | (uint64_t)effect,
                                 effects[effect].duration));
}

static void
leak(struct iss_world *world, const struct iss_effect *effect, int32_t mode,
     int64_t until_us)
{
    struct iss_leak_state *state = &world->leaks[effect->leak];
    int32_t slot = iss_slot_leak(world, effect->leak);
    double rate_kg = iss_world_value(world, &effect->rate);
    bool open = state->mg_per_d > 0;

    if (open && (!iss_scheduled(world, slot) ||
                 iss_calendar_time(world->calendar, slot) >= until_us)) {
        return;
    }
    iss_schedule(world, slot, until_us, ISS_EVENT_LEAK_ENDS, effect->resource, mode);
    if (!open && rate_kg > 0) {
        state->mg_per_d = llround(rate_kg * ISS_MG_PER_KG);
        iss_raise(world, ISS_EVENT_LEAK_BEGINS, effect->resource, mode, rate_kg);
        iss_stocks_change(world);
    }
}

void
iss_failure_lose(struct iss_world *world, int32_t target, int32_t mode, int32_t effect)
{
    const struct iss_effect *is =
        (const struct iss_effect *)iss_model_failure_mode(world->model, mode)
            ->effects.items +
        effect;

    if (!world->stocked) {
        return;
    }
    lose(world, is, mode);
    if (is->leak >= 0) {
        leak(world, is, mode, leak_end(world, target, mode, effect));
    }
}

void
iss_failure_resume_leak(struct iss_world *world, int32_t target, int32_t mode,
                        int32_t effect)
{
    const struct iss_effect *is =
        (const struct iss_effect *)iss_model_failure_mode(world->model, mode)
            ->effects.items +
        effect;
    int64_t until_us = is->leak < 0 ? 0 : leak_end(world, target, mode, effect);

    if (is->leak >= 0 && until_us > world->now_us) {
        leak(world, is, mode, until_us);
    }
}

/* The effects of a mode on one resource may be several leaks: those without a date are
 * shut. */
void
iss_failure_on_leak_ends(struct iss_world *world, const struct iss_event *event)
{
    for (int32_t i = 0; i < world->model->leaks.count; i++) {
        const struct iss_leak *leak = iss_model_leak(world->model, i);
        if (leak->mode == event->object && leak->resource == event->subject &&
            leak->is->duration != NULL &&
            !iss_scheduled(world, iss_slot_leak(world, i))) {
            world->leaks[i].mg_per_d = 0;
        }
    }
    iss_stocks_change(world);
}
