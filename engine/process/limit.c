/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limit.c - while a system is down fewer people may be aboard, and those beyond go
 * home.
 *
 *     CREW_LIMITED, DOCKED: too many --EVACUATION of one crew--> still too many?
 *                                           ^                          |
 *                                           '------------yes-----------'
 *
 * Who is to go early anyway counts as gone.  Draws nothing.
 */
#include "policy/policy.h"
#include "process/process.h"

static int64_t
count_staying(const struct iss_world *world)
{
    int64_t count = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t down = world->people[world->aboard[i]].down;
        count += down < 0 || !world->flights[down].early;
    }
    return count;
}

/* Any crew that may go, where not even the last is to stay; -1 none. */
static int32_t
last_return(const struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        if (flight >= 0 && iss_policy_may_return(world, flight)) {
            return flight;
        }
    }
    return -1;
}

/* One crew after the other: whom the first leaves behind says which is the next. */
void
iss_limit_on_change(struct iss_world *world, const struct iss_event *event)
{
    int64_t most = world->limits[ISS_EXCESS_RETURNS];

    (void)event;
    if (most == INT64_MAX || count_staying(world) <= most) {
        return;
    }
    int32_t flight = iss_policy_first_return(world);
    if (flight < 0 && most == 0) {
        flight = last_return(world);
    }
    if (flight >= 0) {
        iss_raise(world, ISS_EVENT_EVACUATION, flight, -1,
                  iss_flight_passengers(world, flight));
    }
}
