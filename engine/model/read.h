/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/read.h - from the tree of settings to the model's structs, driven by the
 * schema.
 */
#ifndef ISS_MODEL_READ_H
#define ISS_MODEL_READ_H

#include "model/model.h"
#include "model/schema.h"

/**
 * Fill `model` from model->source.root.  Problems go to `diag`; a setting with a
 * problem keeps a harmless value, so that reading goes on and finds the others. ISS_OK
 * (even with problems) or ISS_ERR_NO_MEMORY.
 */
int iss_model_read(struct iss_model *model, struct iss_diag *diag);

/** Read a distribution whose values are in `key->arg`; NULL with a problem in `diag`,
 * or without one when there is no memory. */
const struct iss_dist *iss_model_read_dist(const struct iss_node *node,
                                           const struct iss_key *key,
                                           struct iss_arena *arena,
                                           struct iss_diag *diag);

/** A group that is one value: it has a member `dist`. */
bool iss_model_is_value(const struct iss_node *group);

/** The dimension of a unit that keys.def names. */
enum iss_dimension iss_model_dimension(const char *unit);

#endif
