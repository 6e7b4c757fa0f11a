/* SPDX-License-Identifier: GPL-3.0-or-later */
/* observe/head.h - what a result says of the scenario that it is of. */
#ifndef ISS_OBSERVE_HEAD_H
#define ISS_OBSERVE_HEAD_H

#include "model/model.h"
#include "outcome/table.h"

/**
 * Fill the outcome's head and the provenance that follows from the model: title, epoch,
 * seed, the scenario's texts and files, its hash.  Texts are copied.
 *
 * @param filetype  "isssim/run", "isssim/mc"; borrowed.
 * @return ISS_OK or ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_head_make(struct iss_outcome *outcome,
                                 const struct iss_model *model, const char *filetype,
                                 uint64_t seed);

#endif
