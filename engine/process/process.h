/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/process.h - the handlers that events.def names, declared from it.
 *
 * A handler changes the world and schedules or raises events.  It never calls another
 * process: they meet only in the world and in events.def.  Failures are left in
 * world->status by the mutators.
 */
#ifndef ISS_PROCESS_PROCESS_H
#define ISS_PROCESS_PROCESS_H

#include "world/world.h"

#define H0
#define H(handler)                                    void iss_##handler(struct iss_world *, const struct iss_event *);
#define X(NAME, subject, object, unit, handlers, doc) handlers
#include "world/events.def"
#undef X
#undef H
#undef H0

#endif
