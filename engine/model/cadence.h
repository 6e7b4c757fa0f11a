/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/cadence.h - rules that make flights: how many they may make, and their room.
 */
#ifndef ISS_MODEL_CADENCE_H
#define ISS_MODEL_CADENCE_H

#include "model/model.h"

#define ISS_CADENCE_MOST 4096 /* flights of one rule */

/** How many flights the rule may plan in a mission of this model, all but once in
 * 10^12; infinity when its interval takes no time.  0 in a replay, and for a rule that
 * begins after the end. */
double iss_cadence_room(const struct iss_model *model, const struct iss_cadence *rule);

/** Whether the people of a row of a rule's crew fly, as policy.seat_exchange has it. */
bool iss_place_applies(const struct iss_model *model,
                       const struct iss_crew_place *place);

/** Whether the programme changes policy.seat_exchange on some day. */
bool iss_exchange_changes(const struct iss_model *model);

/**
 * Give every rule room for its flights and their people, behind the named ones.
 *
 * Flight number k of the rule `progress` has the id "progress/k", its people
 * "progress/k/1" and so on; their identity in the random streams is the hash of that,
 * so that other flights and rules change nothing for them.
 *
 * @param model  checked; with its own flights and people only.
 * @return ISS_OK or ISS_ERR_NO_MEMORY.
 */
int iss_cadence_expand(struct iss_model *model);

#endif
