/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/health.h - counts of illnesses and of what they led to.
 *
 * Part of the gauges, which say when to look.  Time lost is summed in the world
 * (world/patients.h), as nothing happens when a phase of an illness ends.
 */
#ifndef ISS_OBSERVE_HEALTH_H
#define ISS_OBSERVE_HEALTH_H

#include "observe/accounts.h"

/* As many people as a solar particle event may make ill before the first dies of it. */
#define ISS_HEALTH_LAST 64

struct iss_health_count {
    int64_t onsets, indications, deaths;
    struct {
        uint32_t sequence; /* of an ILLNESS; 0 none */
        int32_t illness;
    } last[ISS_HEALTH_LAST]; /* at its sequence number, modulo their number */
};

/** Somebody has fallen ill. */
void iss_health_ail(struct iss_health_count *count, struct iss_accounts *accounts,
                    const struct iss_world *world, const struct iss_event *event);

/** Somebody may have to go home. */
void iss_health_indicate(struct iss_health_count *count, struct iss_accounts *accounts,
                         const struct iss_event *event);

/** Somebody has died: of the illness that brought it about, if one did. */
void iss_health_die(struct iss_health_count *count, struct iss_accounts *accounts,
                    const struct iss_event *event);

/** 100 (1 - quality time lost / person-time in which it could be lost); NaN without
 *  any. */
double iss_health_index(const struct iss_world *world);

#endif
