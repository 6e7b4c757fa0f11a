/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/eva.h - what the parts of the process that goes outside share.
 */
#ifndef ISS_PROCESS_EVA_H
#define ISS_PROCESS_EVA_H

#include "policy/policy.h"

/** The team goes outside by a rule, for planned work or (unit >= 0) to repair a unit.
 */
void iss_eva_go_out(struct iss_world *world, int32_t rule,
                    const struct iss_eva_team *team, int32_t unit);

/** Repairs that are prepared and find what they need begin, in the order of the line;
 *  those that lacked people are prepared when there are enough (eva_repair.c). */
void iss_eva_repair(struct iss_world *world);

/** Planned ones that wait, and aren't prepared anew, begin if they can (eva.c). */
void iss_eva_make_up(struct iss_world *world);

/** When the first ailment of somebody aboard takes a turn; ISS_NEVER. */
int64_t iss_eva_turn(const struct iss_world *world);

#endif
