/* SPDX-License-Identifier: GPL-3.0-or-later */
/* health.c - who fell ill of what, who was to go home for it, who died of it. */
#include "observe/health.h"

#include <math.h>

void
iss_health_ail(struct iss_health_count *count, struct iss_accounts *accounts,
               const struct iss_world *world, const struct iss_event *event)
{
    if (!(world->changed & ISS_CHANGED_ILL)) {
        return; /* had died at this moment */
    }
    count->onsets++;
    count->last[event->sequence % ISS_HEALTH_LAST].sequence = event->sequence;
    count->last[event->sequence % ISS_HEALTH_LAST].illness = event->object;
    accounts->conditions[event->object].onsets++;
}

void
iss_health_indicate(struct iss_health_count *count, struct iss_accounts *accounts,
                    const struct iss_event *event)
{
    count->indications++;
    accounts->conditions[event->object].indications++;
}

void
iss_health_die(struct iss_health_count *count, struct iss_accounts *accounts,
               const struct iss_event *event)
{
    uint32_t place = event->cause % ISS_HEALTH_LAST;

    if (event->cause > 0 && count->last[place].sequence == event->cause) {
        count->deaths++;
        accounts->conditions[count->last[place].illness].deaths++;
    }
}

double
iss_health_index(const struct iss_world *world)
{
    const struct iss_clinic *clinic = &world->clinic;

    return clinic->exposed_us > 0
               ? 100 * (1 - clinic->lost_d / iss_days_from_us(clinic->exposed_us))
               : (double)NAN;
}
