/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/events.h - the kinds of event and what an event is.
 */
#ifndef ISS_WORLD_EVENTS_H
#define ISS_WORLD_EVENTS_H

#include <stdint.h>

#define H(handler)
#define H0
#define X(NAME, subject, object, unit, handlers, doc) ISS_EVENT_##NAME,
enum iss_event_kind {
#include "world/events.def"
    ISS_EVENT_KINDS
};
#undef X
#undef H
#undef H0

/* Whom the two numbers of an event mean. */
enum iss_party {
    ISS_PARTY_NONE,
    ISS_PARTY_FLIGHT,
    ISS_PARTY_PERSON,
    ISS_PARTY_PORT,
    ISS_PARTY_ROCKET,
    ISS_PARTY_FAMILY,
    ISS_PARTY_PAD,
    ISS_PARTY_RESOURCE,
    ISS_PARTY_THRESHOLD, /* of a stock */
    ISS_PARTY_SCRUB,     /* a cause of scrubs, by number; see iss_launch_system */
    ISS_PARTY_TARGET,    /* what a failure strikes; see world/targets.c */
    ISS_PARTY_MODE,
    ISS_PARTY_SYSTEM,
    ISS_PARTY_UNIT,
    ISS_PARTY_PART,
    ISS_PARTY_TASK,
    ISS_PARTY_SUITS,
    ISS_PARTY_EVA,       /* a spacewalk, or the rule that makes it */
    ISS_PARTY_CONDITION, /* a medical one */
    ISS_PARTY_PROGRAMME, /* an entry of the programme */
    ISS_PARTY_FORCED     /* an entry of the scenario's events: whom that names */
};

struct iss_event_info {
    const char *name; /* "DOCKED" */
    const char *doc;
    const char *unit;        /* of the value; "" when there is none */
    uint8_t subject, object; /* enum iss_party */
};

extern const struct iss_event_info iss_event_infos[ISS_EVENT_KINDS];

/* An event is a value; it holds no pointers. */
struct iss_event {
    int64_t time_us;
    double value;
    uint32_t sequence; /* unique in the replication, counted when it was scheduled */
    uint32_t cause;    /* sequence of the event during which it was scheduled; 0 none */
    int32_t subject, object; /* -1 none */
    uint16_t kind;
};

#endif
