/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/resources.h - what follows from what a scenario says of its resources. */
#ifndef ISS_MODEL_RESOURCES_H
#define ISS_MODEL_RESOURCES_H

#include "model/model.h"

/** Whether `user` consumes the product of `maker`; what that yields besides isn't
 * meant.
 */
bool iss_production_feeds(const struct iss_production *maker,
                          const struct iss_production *user);

/** Whether a production stands still while the system is down. */
bool iss_production_relies(const struct iss_production *production, int32_t system);

/** A day's nominal use of a resource, in kg, with the means of what is uncertain. */
double iss_resource_nominal(const struct iss_resource *resource);

/** How much cargo a vehicle carries, in kg: of class `cargo`, or of all with -1. */
double iss_vehicle_takes(const struct iss_vehicle *vehicle, int32_t cargo);

/** Number the thresholds through and name them; list what makes something, transfers as
 *  productions of one kg out of one, in an order in which each comes after those that
 *  make what it consumes, as far as there is one; number the leaks; list what each
 *  vehicle brings.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_resources_settle(struct iss_model *model);

#endif
