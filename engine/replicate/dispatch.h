/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replicate/dispatch.h - from the kind of an event to its handlers. */
#ifndef ISS_REPLICATE_DISPATCH_H
#define ISS_REPLICATE_DISPATCH_H

#include "world/world.h"

/** Call the handlers of `event` in the order of events.def, until one fails.  Its value
 *  becomes what they have told (iss_tell()), if anything. */
void iss_dispatch(struct iss_world *world, struct iss_event *event);

#endif
