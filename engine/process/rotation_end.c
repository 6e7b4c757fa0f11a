/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation_end.c - crews whom nobody relieves any more, since the programme has
 * cancelled their relief, or ended the mission.
 *
 *     waiting for a relief --LAUNCH_CANCELLED--> relieved by the next that still flies
 *                                           '--> at the end of the stay, as planned
 *     docked --MISSION_OVER--> likewise, or at once where last_crew says so
 *
 * Owns the reliefs of those who waited.  Draws nothing of its own.
 */
#include "process/process.h"
#include "process/rotation.h"

static bool
is_to_come(const struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (flight->phase == ISS_FLIGHT_SPARE) {
        return !world->rules[iss_flight_plan_of(world, id)->rule].ended;
    }
    return flight->phase <= ISS_FLIGHT_FREE_FLIGHT;
}

/* The first crew of a rule that goes on from the cancelled flight's; -1 none. */
static int32_t
first_of_heir(const struct iss_world *world, int32_t cancelled)
{
    const struct iss_flight_plan *plan = iss_flight_plan_of(world, cancelled);

    for (int32_t i = 0;
         plan != NULL && plan->rule >= 0 && i < world->model->cadence.count; i++) {
        const struct iss_cadence *heir = iss_model_cadence(world->model, i);
        if (heir->after == plan->rule && heir->room > 0 && !world->rules[i].ended) {
            return iss_plan_team(world, heir->from);
        }
    }
    return -1;
}

/* Who relieves those who waited for the crew of a cancelled flight: its own relief, or
 * that one's, if it still flies; -1 nobody. */
static int32_t
next_relief(const struct iss_world *world, int32_t cancelled)
{
    int32_t team = world->flights[cancelled].relief;

    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        int32_t id = world->team_flight[team];
        if (id < 0) {
            break;
        }
        if (is_to_come(world, id)) {
            return team;
        }
        team = world->flights[id].relief;
    }
    return first_of_heir(world, cancelled);
}

void
iss_rotation_find_relief(struct iss_world *world, int32_t id)
{
    int32_t *relief = &world->flights[id].relief;
    int32_t of = *relief < 0 ? -1 : world->team_flight[*relief];

    if (of >= 0 && world->flights[of].phase == ISS_FLIGHT_SPARE &&
        !is_to_come(world, of)) {
        *relief = next_relief(world, of);
    }
}

void
iss_rotation_on_cancelled(struct iss_world *world, const struct iss_event *event)
{
    int32_t team = world->flights[event->subject].team;
    int32_t relief = team < 0 ? -1 : next_relief(world, event->subject);

    for (int32_t i = 0; team >= 0 && i < world->flight_count; i++) {
        struct iss_flight *flight = &world->flights[i];
        if (flight->relief == team && flight->phase <= ISS_FLIGHT_RELOCATING) {
            flight->relief = relief;
            iss_rotation_plan_departure(world, i);
        }
    }
}

/* ---- the last crews ------------------------------------------------------------ */

void
iss_rotation_leave_for_good(struct iss_world *world, int32_t id)
{
    const struct iss_flight *flight = &world->flights[id];

    if (!iss_mission_over(world) || flight->phase != ISS_FLIGHT_DOCKED ||
        flight->early || iss_flight_vehicle(world, id)->role != ISS_ROLE_CREW) {
        return;
    }
    bool dated = iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_DEPART)) ||
                 iss_scheduled(world, iss_slot_flight(world, id, ISS_SLOT_LIFE));
    int last = iss_model_programme(world->model, world->ending.entry)->last_crew;
    if (!dated || last == ISS_LAST_CREW_AT_ONCE) {
        iss_flight_depart_at(world, id, world->now_us);
    }
}

/* As planned, who waits for a relief is told when that is cancelled. */
void
iss_rotation_on_over(struct iss_world *world, const struct iss_event *event)
{
    int last = iss_model_programme(world->model, event->subject)->last_crew;

    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t id = world->berths[i].flight;
        if (id >= 0 &&
            (last == ISS_LAST_CREW_AT_ONCE || world->flights[id].relief < 0)) {
            iss_rotation_leave_for_good(world, id);
        }
    }
}
