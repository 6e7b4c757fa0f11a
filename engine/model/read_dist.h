/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/read_dist.h - the parts of the reader of distributions, for each other.
 */
#ifndef ISS_MODEL_READ_DIST_H
#define ISS_MODEL_READ_DIST_H

#include "model/read.h"

/* Values in a list or a column: more would not load again from a resolved scenario. */
#define ISS_RECORD_MAX 20000

struct iss_dist_reader {
    const char *unit; /* of a bare number */
    struct iss_arena *arena;
    struct iss_diag *diag;
};

/** The distribution that `node` describes, whatever its range; NULL with a problem in
 *  the diagnostics, or without one when there is no memory. */
const struct iss_dist *iss_read_any_dist(const struct iss_dist_reader *reader,
                                         const struct iss_node *node);

/** Fill the components of a mixture or a minimum, the values of an empirical
 *  distribution.  False likewise. */
bool iss_read_mixture(const struct iss_dist_reader *reader, const struct iss_node *node,
                      struct iss_dist_spec *spec);
bool iss_read_minimum(const struct iss_dist_reader *reader, const struct iss_node *node,
                      struct iss_dist_spec *spec);
bool iss_read_record(const struct iss_dist_reader *reader, const struct iss_node *node,
                     struct iss_dist_spec *spec);

#endif
