/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/check.h - what a scenario says may be well-formed and still not make sense.
 */
#ifndef ISS_MODEL_CHECK_H
#define ISS_MODEL_CHECK_H

#include "model/model.h"

/** Report dates out of order, vehicles that fit no port, crews without seats, people in
 *  two places, two vehicles at one port, and incomplete entries to `diag`.  The model's
 *  settings must have been read; it isn't changed. */
void iss_model_check(const struct iss_model *model, struct iss_diag *diag);

#endif
