/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uncertain.c - what isn't known has one value in a world: its median while the record
 * before the start is played, then the one of the replication's outer point.
 *
 * Owns world->values and world->laws.  Draws each value from the epistemic domain,
 * about the path of its setting, so that another uncertain setting changes none of them
 * and none of the mission's draws.
 */
#include "isssim/status.h"
#include "world/world.h"

/* The model's distributions with the world's values in them. */
static void
remake_laws(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->laws.count; i++) {
        const struct iss_law *law = iss_model_law(world->model, i);
        struct iss_dist_spec spec = law->spec;

        for (int32_t part = 0; part < law->count; part++) {
            *iss_dist_slot(&spec, law->parts[part].slot) = iss_law_number(
                &law->parts[part], world->values[law->parts[part].uncertain]);
        }
        int status = iss_dist_remake(
            law->dist, &spec, (void *)(world->laws + (size_t)i * iss_dist_size()));
        if (world->status == ISS_OK) {
            world->status = status;
        }
    }
}

void
iss_world_set_medians(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->uncertain.count; i++) {
        world->values[i] = iss_model_unknown(world->model, i)->median;
    }
    remake_laws(world);
}

void
iss_world_draw_values(struct iss_world *world, uint64_t seed, uint64_t outer)
{
    const struct iss_stream stream = {seed, ISS_DOMAIN_EPISTEMIC, outer};

    for (int32_t i = 0; i < world->model->uncertain.count; i++) {
        const struct iss_uncertain *unknown = iss_model_unknown(world->model, i);
        world->values[i] = iss_dist_quantile(
            unknown->dist, iss_stream_uniform(&stream, unknown->hash, 0, 0));
    }
    remake_laws(world);
    if (world->model->medical.incidence == ISS_INCIDENCE_POINT) {
        iss_clinic_draw(world, &stream);
    }
}
