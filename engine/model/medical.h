/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/medical.h - what follows from the medical settings.
 */
#ifndef ISS_MODEL_MEDICAL_H
#define ISS_MODEL_MEDICAL_H

#include "model/model.h"

/** Fill model->health and everyone's profile.  The settings must have been checked.
 *  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_medical_settle(struct iss_model *model);

/** Fill model->health.clocks, when the conditions and profiles are there.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_medical_clocks(struct iss_model *model);

/** How many times as often a person of `profile` gets `illness`. */
static inline double
iss_medical_factor(const struct iss_model *model, int32_t profile, int32_t illness)
{
    return model->health.factors[profile * model->conditions.count + illness];
}

#endif
