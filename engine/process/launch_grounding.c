/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_grounding.c - a launch has failed: what flies on the rocket, or on its family,
 * waits.
 *
 *     in service --a launch fails--> grounded --ROCKET_CLEARED--> in service
 *
 * When it carries people again says launch_prove.c.
 *
 * A family also fails with launches that have nothing to do with the station.  The
 * clock of these external failures counts time in service: a family that doesn't fly
 * loses nothing.  A failed ascent is drawn about the flight, an external failure about
 * the family, so that one more flight, or one more that is forced, changes no other
 * draw.
 *
 * While the record is replayed it tells by itself what flew; a stand-down that the
 * scenario's events began then goes on in the forecast.
 *
 * Owns the groundings and world->families.  Draws STAND_DOWN and EXTERNAL.
 */
#include <math.h>

#include "process/launch.h"
#include "process/process.h"

#define FORCED_NUMBERS                                                                 \
    (UINT64_C(1) << 32) /* of forced failures, apart from chance's                     \
                         */

/* ---- groundings ---------------------------------------------------------------- */

static void
ground_rocket(struct iss_world *world, int32_t rocket, int64_t until_us)
{
    if (iss_rocket_ground(world, rocket, until_us)) {
        iss_raise(world, ISS_EVENT_ROCKET_GROUNDED, rocket, -1,
                  until_us == ISS_NEVER ? NAN
                                        : iss_days_from_us(until_us - world->now_us));
    }
}

static void
ground_family(struct iss_world *world, int32_t family, int64_t until_us)
{
    struct iss_family_state *state = &world->families[family];
    int64_t out_us = iss_us_later(state->grounded_us, world->now_us);

    if (until_us > out_us) {
        iss_postpone(world, iss_slot_family(world, family), until_us - out_us);
        state->grounded_us = until_us;
    }
    for (int32_t i = 0; i < world->model->launch_systems.count; i++) {
        if (iss_model_launch_system(world->model, i)->family == family) {
            ground_rocket(world, i, until_us);
        }
    }
    iss_launch_expect_other(world, family);
}

void
iss_launch_stand_down(struct iss_world *world, int32_t flight)
{
    const struct iss_launch_system *rocket =
        iss_model_launch_system(world->model, world->flights[flight].rocket);
    const struct iss_rocket_family *family =
        rocket->family < 0 ? NULL : iss_model_family(world->model, rocket->family);
    int64_t until = iss_us_add(
        world->now_us,
        iss_draw_us(world, ISS_DRAW_STAND_DOWN, world->flights[flight].hash, 0,
                    family != NULL ? family->stand_down : rocket->stand_down));

    if (family == NULL) {
        ground_rocket(world, world->flights[flight].rocket, until);
        return;
    }
    world->families[rocket->family].owed = family->crew_after;
    ground_family(world, rocket->family, until);
}

void
iss_launch_on_cleared(struct iss_world *world, const struct iss_event *event)
{
    iss_launch_go_on(world, ISS_STOP_GROUNDED, event->subject);
}

/* ---- external failures --------------------------------------------------------- */

/* When the family flies again after its last external failure. */
static int64_t
external_until(const struct iss_world *world, int32_t family)
{
    const struct iss_rocket_family *is = iss_model_family(world->model, family);
    const struct iss_family_state *state = &world->families[family];

    return iss_us_add(state->failed_us,
                      iss_draw_us(world, ISS_DRAW_STAND_DOWN, is->entity.hash,
                                  state->failure, is->stand_down));
}

static void
start_clock(struct iss_world *world, int32_t family)
{
    const struct iss_rocket_family *is = iss_model_family(world->model, family);
    const struct iss_family_state *state = &world->families[family];

    if (is->external == NULL || !iss_ids_have(&world->model->used.families, family)) {
        return; /* nothing of the mission flies on it */
    }
    int64_t in_service = iss_draw_us(world, ISS_DRAW_EXTERNAL, is->entity.hash,
                                     state->struck, is->external);
    iss_schedule(
        world, iss_slot_family(world, family),
        iss_us_add(iss_us_later(state->grounded_us, world->now_us), in_service),
        ISS_EVENT_FAMILY_FAILED, family, -1);
}

void
iss_launch_begin_families(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->families.count; i++) {
        if (world->families[i].failed_us != ISS_NO_TIME) {
            ground_family(world, i, external_until(world, i));
        }
        start_clock(world, i);
    }
}

void
iss_launch_on_family_failed(struct iss_world *world, const struct iss_event *event)
{
    int32_t family = event->subject;
    struct iss_family_state *state = &world->families[family];
    bool forced = event->value > 0;

    state->failed_us = world->now_us;
    state->failure = forced ? FORCED_NUMBERS | state->forced++ : state->struck++;
    state->owed = iss_model_family(world->model, family)->crew_after;
    if (!iss_world_forecasting(world)) {
        return;
    }
    ground_family(world, family, external_until(world, family));
    if (!forced) {
        start_clock(world, family);
    }
}
