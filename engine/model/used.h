/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/used.h - which of the things that a scenario defines take part in it. */
#ifndef ISS_MODEL_USED_H
#define ISS_MODEL_USED_H

#include "model/model.h"

/** Fill model->used, once flights, ports and rockets have been resolved.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_model_find_used(struct iss_model *model);

#endif
