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

/** Make room in `model` for everything that its tree says is uncertain.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_model_expect_uncertain(struct iss_model *model);

/** Read a distribution whose values are in `key->arg`; NULL with a problem in `diag`,
 * or without one when there is no memory.  Adds what is uncertain in it to the model.
 */
const struct iss_dist *iss_model_read_dist(const struct iss_node *node,
                                           const struct iss_key *key,
                                           struct iss_model *model,
                                           struct iss_diag *diag);

/** Read { uncertain = DISTRIBUTION; } for a number that must keep the key's range.
 *  False likewise. */
bool iss_model_read_uncertain(const struct iss_node *node, const struct iss_key *key,
                              struct iss_model *model, struct iss_diag *diag,
                              struct iss_value *value);

/** Whether `node` is { uncertain = ...; }. */
bool iss_model_is_uncertain(const struct iss_node *node);

/** Report two uncertain settings whose paths have one hash.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_model_check_uncertain(struct iss_model *model, struct iss_diag *diag);

/** A group that is one value: it has a member `dist`, or is { uncertain = ...; } around
 *  one. */
bool iss_model_is_value(const struct iss_node *group);

/** The dimension of a unit that keys.def names. */
enum iss_dimension iss_model_dimension(const char *unit);

#endif
