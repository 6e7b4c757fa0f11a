/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events.c - events.def as a table of names and meanings. */
#include "world/events.h"

#define H(handler)
#define H0
#define X(NAME, subject, object, unit, handlers, doc)                                  \
    {#NAME, doc, unit, ISS_PARTY_##subject, ISS_PARTY_##object},
const struct iss_event_info iss_event_infos[ISS_EVENT_KINDS] = {
#include "world/events.def"
};
#undef X
#undef H
#undef H0
