/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/upkeep_account.h - what systems, spares and work came to in one replication.
 *
 * Part of the gauges.  Times add up in whole microseconds when they are over; what is
 * still going on at the end is added then, so that an event costs a few additions.
 */
#ifndef ISS_OBSERVE_UPKEEP_ACCOUNT_H
#define ISS_OBSERVE_UPKEEP_ACCOUNT_H

#include "world/world.h"

struct iss_account_systems {
    int64_t failures, repairs; /* of its units */
    int64_t down_us;           /* with fewer units running than it needs */
};

struct iss_account_parts {
    int64_t used;  /* taken by repairs */
    int64_t waits; /* units that had to wait for one */
};

struct iss_upkeep_account {
    struct iss_account_systems *systems;
    struct iss_account_parts *parts;
    int64_t failures, repairs, waits, lost;
    int64_t unit_down_us;
    int64_t queue_us;                            /* that repairs waited for people */
    int64_t repair_us, task_us;                  /* people's, of what is done */
    int64_t outings_us;                          /* of repair_us: in spacewalks */
    int64_t eva_repairs;                         /* units repaired outside */
    int64_t outside, outside_us, outside_max_us; /* repairs that waited for their first
                                                    outing: begun, and how long */
    int64_t eva_queue_us;                        /* all, those that wait still too */
    int64_t tasks_missed;                        /* known at the end */
    double spares_kg;                            /* brought; known at the end */
    double shipped_kg, lost_kg; /* of that by ship; in ships that didn't arrive */
};

/** Room for replications of the world's model.  ISS_OK or ISS_ERR_NO_MEMORY; clear it
 *  in any case. */
int iss_upkeep_account_init(struct iss_upkeep_account *account,
                            const struct iss_world *world);
void iss_upkeep_account_clear(struct iss_upkeep_account *account);

void iss_upkeep_account_start(struct iss_upkeep_account *account,
                              const struct iss_world *world);

/** An event of systems, spares or work. */
void iss_upkeep_account_event(struct iss_upkeep_account *account,
                              const struct iss_world *world,
                              const struct iss_event *event);

/** Close the account at `end_us`. */
void iss_upkeep_account_stop(struct iss_upkeep_account *account,
                             const struct iss_world *world, int64_t end_us);

#endif
