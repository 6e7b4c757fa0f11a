/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/resources.h - what follows from what a scenario says of its resources. */
#ifndef ISS_MODEL_RESOURCES_H
#define ISS_MODEL_RESOURCES_H

#include "model/model.h"

/** Whether `maker` makes something that `user` consumes. */
bool iss_production_feeds(const struct iss_production *maker,
                          const struct iss_production *user);

/** A day's nominal use of a resource, in kg, with the means of what is uncertain. */
double iss_resource_nominal(const struct iss_resource *resource);

/** How much cargo a vehicle carries, in kg: of class `cargo`, or of all with -1. */
double iss_vehicle_takes(const struct iss_vehicle *vehicle, int32_t cargo);

/** Number the thresholds through and name them, and put productions in an order in
 *  which each comes after those that make what it consumes.  There must be one
 *  (check_resources.c).  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_resources_settle(struct iss_model *model);

#endif
