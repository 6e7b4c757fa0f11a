/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/modes.h - failure modes, sorted by what they strike and what brings them. */
#ifndef ISS_MODEL_MODES_H
#define ISS_MODEL_MODES_H

#include "model/model.h"

/** List them in model->modes, and mark those to which a chain leads.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_modes_settle(struct iss_model *model);

#endif
