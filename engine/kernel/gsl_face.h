/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/gsl_face.h - the keyed streams as a gsl_rng_type, for any gsl_ran_* function.
 *
 * For tests and tools.  The engine draws by inversion, one uniform a variate, so that
 * streams stay aligned when a distribution changes.
 */
#ifndef ISS_KERNEL_GSL_FACE_H
#define ISS_KERNEL_GSL_FACE_H

#include <gsl/gsl_rng.h>

#include "kernel/stream.h"

/** "isssim-philox4x64": gsl_rng_set() gives (seed, mission domain, replication 0, cause
 *  0, entity 0); successive calls count the draw number up from 0. */
extern const gsl_rng_type *const iss_gsl_rng;

/** Point `rng` (of type iss_gsl_rng) at draw 0 about (cause, entity) of `stream`. */
void iss_gsl_rng_point(gsl_rng *rng, const struct iss_stream *stream, uint64_t cause,
                       uint64_t entity);

#endif
