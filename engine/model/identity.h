/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/identity.h - by what two models are known to be the same. */
#ifndef ISS_MODEL_IDENTITY_H
#define ISS_MODEL_IDENTITY_H

#include "model/model.h"

/** Fill model->hash from its tree of settings: studies of models with one hash and one
 *  seed have the same rows.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_model_identify(struct iss_model *model);

#endif
