/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/failure.h - what the files of the failure process share.
 *
 *     failure.c         the clocks: when a mode strikes, and what is found out about it
 *     failure_effect.c  what follows from it
 *     failure_stores.c  ... of the stocks
 */
#ifndef ISS_PROCESS_FAILURE_H
#define ISS_PROCESS_FAILURE_H

#include "world/world.h"

/** Whether the mode can strike the target now. */
bool iss_failure_at_risk(const struct iss_world *world, int32_t target, int32_t mode);

/** The identity of (mode, target) in the random streams. */
uint64_t iss_failure_hash(const struct iss_world *world, int32_t target, int32_t mode);

/** What happens in the moment in which the mode strikes. */
void iss_failure_take_effect(struct iss_world *world, int32_t target, int32_t mode);

/** The forecast begins: outages and leaks that the record has brought about
 *  go on. */
void iss_failure_resume_outages(struct iss_world *world, int32_t target, int32_t mode);

/** The finding is reached: who is to leave, leaves. */
void iss_failure_evacuate(struct iss_world *world, int32_t target, int32_t mode);

/** The effect number `effect` of the mode, resource_loss, takes place. */
void iss_failure_lose(struct iss_world *world, int32_t target, int32_t mode,
                      int32_t effect);

/** The forecast begins: the leak that this effect has brought about in the record, if
 *  it has and it isn't shut yet, goes on. */
void iss_failure_resume_leak(struct iss_world *world, int32_t target, int32_t mode,
                             int32_t effect);

#endif
