/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gsl_face.c - a keyed stream dressed as a GSL generator.
 *
 * GSL owns the state (it allocates, copies and frees it); it is the coordinates of the
 * next draw and nothing else, so that seeding is free.
 */
#include "kernel/gsl_face.h"

struct face {
    struct iss_stream stream;
    uint64_t cause;
    uint64_t entity;
    uint64_t number; /* of the next draw */
};

static void
face_set(void *state, unsigned long seed)
{
    struct face *face = state;

    *face = (struct face){.stream = {.seed = seed, .domain = ISS_DOMAIN_MISSION}};
}

static uint64_t
face_bits(struct face *face)
{
    return iss_stream_bits(&face->stream, face->cause, face->entity, face->number++);
}

static unsigned long
face_get(void *state)
{
    return (unsigned long)face_bits(state);
}

static double
face_uniform(void *state)
{
    return iss_unit_uniform(face_bits(state));
}

_Static_assert(sizeof(unsigned long) == sizeof(uint64_t),
               "a GSL generator returns unsigned long, a draw has 64 bits");

static const gsl_rng_type face_type = {
    .name = "isssim-philox4x64",
    .max = UINT64_MAX,
    .min = 0,
    .size = sizeof(struct face),
    .set = face_set,
    .get = face_get,
    .get_double = face_uniform,
};

const gsl_rng_type *const iss_gsl_rng = &face_type;

void
iss_gsl_rng_point(gsl_rng *rng, const struct iss_stream *stream, uint64_t cause,
                  uint64_t entity)
{
    struct face *face = gsl_rng_state(rng);

    *face = (struct face){.stream = *stream, .cause = cause, .entity = entity};
}
