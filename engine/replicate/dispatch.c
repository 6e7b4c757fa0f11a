/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dispatch.c - events.def, expanded into a table of handlers.
 *
 * The handlers are declared from the list; no process header is needed.
 */
#include "replicate/dispatch.h"

#include <math.h>

#include "isssim/status.h"

typedef void handler(struct iss_world *, const struct iss_event *);

#define H0
#define H(name)                                       handler iss_##name;
#define X(NAME, subject, object, unit, handlers, doc) handlers
#include "world/events.def"
#undef X
#undef H

enum { HANDLERS = 20 };

#define H(name)                                       iss_##name,
#define X(NAME, subject, object, unit, handlers, doc) {handlers NULL},
static handler *const table[ISS_EVENT_KINDS][HANDLERS] = {
#include "world/events.def"
};
#undef X
#undef H
#undef H0

void
iss_dispatch(struct iss_world *world, struct iss_event *event)
{
    for (handler *const *at = table[event->kind];
         *at != NULL && world->status == ISS_OK; at++) {
        (*at)(world, event);
    }
    if (world->headcount && world->status == ISS_OK) {
        iss_stocks_change(world);
    }
    if (!isnan(world->told)) {
        event->value = world->told;
        world->told = NAN;
    }
}
