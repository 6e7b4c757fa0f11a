/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * launch_replan.c - flights that are launched ahead of their dates, by rule.
 *
 *     planned --LAUNCH_SWAPPED--> due now: another must wait, and leaves its place
 *     planned --LAUNCH_ADVANCED--> due earlier: a crew's flight has failed, or a crew
 *                                  goes home early
 *
 * Owns the due times of these flights.  Draws ADVANCE about the flight that failed or
 * leaves.
 */
#include "policy/policy.h"
#include "process/launch.h"
#include "process/process.h"

/* The flight is due at `due_us`, earlier than it was, because of flight `other`. */
static void
bring_forward(struct iss_world *world, int32_t id, int64_t due_us,
              enum iss_event_kind kind, int32_t other)
{
    struct iss_flight *flight = &world->flights[id];
    double ahead_d = iss_days_from_us(flight->due_us - due_us);

    flight->due_us = due_us;
    iss_raise(world, kind, id, other, ahead_d);
}

void
iss_launch_offer_place(struct iss_world *world, int32_t waiting)
{
    int32_t id = iss_policy_swap(world, waiting);

    if (id >= 0) {
        bring_forward(world, id, world->now_us, ISS_EVENT_LAUNCH_SWAPPED, waiting);
    }
}

/* A crew is missing because of flight `other`: the next one comes as early as its
 * vehicle, the policy and the time that it takes to prepare it allow. */
static void
call_next_crew(struct iss_world *world, int32_t other)
{
    const struct iss_policy *policy = &world->model->policy;
    const struct iss_flight *missing = &world->flights[other];

    if (policy->advance_us == 0 || missing->team < 0 || !iss_world_forecasting(world) ||
        iss_team_visiting(world, missing->team)) {
        return;
    }
    int32_t id = iss_policy_next_crew(world, other);
    if (id < 0) {
        return;
    }
    const struct iss_flight *next = &world->flights[id];
    int64_t lead =
        iss_draw_us(world, ISS_DRAW_ADVANCE, missing->hash, 0, policy->advance_lead);
    int64_t prepared = iss_us_later(iss_us_add(world->now_us, lead),
                                    next->due_us - policy->advance_us);
    int64_t due = iss_us_later(prepared, next->ready_us);
    if (due < next->due_us) {
        bring_forward(world, id, due, ISS_EVENT_LAUNCH_ADVANCED, other);
    }
}

void
iss_launch_on_crew_failed(struct iss_world *world, const struct iss_event *event)
{
    if (iss_flight_missed(&world->flights[event->subject])) {
        call_next_crew(world, event->subject);
    }
}

/* Nobody is missing when the relief is there, and the handover is only cut short. */
void
iss_launch_on_early_return(struct iss_world *world, const struct iss_event *event)
{
    int32_t relief = world->flights[event->subject].relief;
    int32_t next = relief < 0 ? -1 : world->team_flight[relief];

    if (next < 0 || world->flights[next].phase <= ISS_FLIGHT_HELD) {
        call_next_crew(world, event->subject);
    }
}

/* A launch has another date, or another rocket. */
void
iss_launch_on_replanned(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    if (flight->phase <= ISS_FLIGHT_HELD) {
        iss_launch_schedule(world, event->subject, flight->due_us);
    }
}
