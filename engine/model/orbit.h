/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/orbit.h - what follows from the orbit's plane: when the sun is in the way. */
#ifndef ISS_MODEL_ORBIT_H
#define ISS_MODEL_ORBIT_H

#include "model/model.h"

/** Work out in which times of the mission spacewalks and dockings wait for the sun.
 *  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_orbit_settle(struct iss_model *model);

#endif
