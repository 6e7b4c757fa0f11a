/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/upkeep.h - systems, spares and tasks: what follows from what was said of them.
 */
#ifndef ISS_MODEL_UPKEEP_H
#define ISS_MODEL_UPKEEP_H

#include "model/model.h"

/** Fill in what the scenario leaves out (`needs`, `target`), number units, effects and
 *  deliveries through, and count them in model->upkeep.  The model has been read; times
 *  are filled in. */
void iss_upkeep_fill(struct iss_model *model);

#endif
