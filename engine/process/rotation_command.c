/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rotation_command.c - expeditions, and who commands the station.
 *
 *     nobody aboard --the first residents dock--> expedition N --a vehicle leaves that
 *           ^                                       |    ^       begins the next one--.
 *           '---------the last resident leaves------'    '--------------N + 1---------'
 *
 * Which departure begins an expedition, the type of the vehicle says.  When the
 * commander goes home or dies, command passes at once to who is to have it
 * (policy/crew.c).  The numbers and commanders of the record have the last word until
 * the forecast begins; what it has at the moment of a departure comes before that.
 *
 * Owns world->command.  Draws nothing.
 */
#include "policy/policy.h"
#include "process/process.h"

static void
begin_expedition(struct iss_world *world, int32_t number, int32_t commander)
{
    iss_command_take(world, number, commander);
    iss_raise(world, ISS_EVENT_EXPEDITION_BEGINS, commander, -1, number);
}

static void
hand_over(struct iss_world *world, int32_t commander)
{
    int32_t number = world->command.number;

    iss_command_take(world, number, commander);
    iss_raise(world, ISS_EVENT_COMMAND_HANDED_OVER, commander, -1, number);
}

/* ---- the record ---------------------------------------------------------------- */

/* The record's next expedition, or commander, whose time has come; it waits for people
 * who dock at that very moment. */
static void
follow_record(struct iss_world *world)
{
    struct iss_captaincy *command = &world->command;
    const struct iss_expedition *entry =
        iss_model_expedition(world->model, command->next);

    if (!iss_person_resides(world, entry->commander)) {
        return;
    }
    command->next++;
    if ((int64_t)command->number != entry->number || command->vacant) {
        begin_expedition(world, (int32_t)entry->number, entry->commander);
    } else if (command->commander != entry->commander) {
        hand_over(world, entry->commander);
    }
    if (command->next < world->model->known_expeditions) {
        iss_schedule(world, iss_slot_expedition(world),
                     iss_model_expedition(world->model, command->next)->from_us,
                     ISS_EVENT_EXPEDITION_DUE, -1, -1);
    }
}

/* Whether the record has an expedition whose time has come. */
static bool
is_due(const struct iss_world *world)
{
    int32_t next = world->command.next;
    return next < world->model->known_expeditions &&
           iss_model_expedition(world->model, next)->from_us <= world->now_us;
}

/* The number that the scenario gives for the start. */
static void
begin_count(struct iss_world *world)
{
    struct iss_captaincy *command = &world->command;
    int32_t commander = iss_policy_commander(world);
    int32_t number = (int32_t)world->model->station.expedition;

    if (commander >= 0) {
        begin_expedition(world, number, commander);
    } else {
        command->number = number - 1;
        command->vacant = true;
    }
    if (world->model->known_expeditions > 0) {
        iss_schedule(world, iss_slot_expedition(world),
                     iss_model_expedition(world->model, 0)->from_us,
                     ISS_EVENT_EXPEDITION_DUE, -1, -1);
    }
}

void
iss_rotation_on_expedition_due(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (is_due(world)) {
        follow_record(world);
    } else {
        begin_count(world);
    }
}

/* ---- who comes and who goes ---------------------------------------------------- */

/* Somebody commands as long as anybody lives aboard. */
static void
fill_command(struct iss_world *world)
{
    const struct iss_captaincy *command = &world->command;
    int32_t commander =
        command->commander < 0 && (command->number > 0 || command->vacant)
            ? iss_policy_commander(world)
            : -1;

    if (commander >= 0 && command->vacant) {
        begin_expedition(world, command->number + 1, commander);
    } else if (commander >= 0) {
        hand_over(world, commander);
    }
}

void
iss_rotation_on_crew_come(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (is_due(world)) {
        follow_record(world);
    }
    fill_command(world);
}

/* Whether a resident has just left in the flight. */
static bool
takes_residents(const struct iss_world *world, int32_t id)
{
    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        if (!world->stays[world->people[i].stay].visiting) {
            return true;
        }
    }
    return false;
}

/* Whether the departure of a flight begins an expedition. */
static bool
begins_expedition(const struct iss_world *world, int32_t id)
{
    bool commander_left = world->command.commander < 0 && !world->command.vacant;

    switch ((enum iss_expeditions)iss_flight_vehicle(world, id)->expeditions) {
    case ISS_EXPEDITIONS_COMMANDER:
        return commander_left;
    case ISS_EXPEDITIONS_RESIDENTS:
        return takes_residents(world, id);
    case ISS_EXPEDITIONS_NEVER:
        break;
    }
    return false;
}

/* Nobody lives aboard any more: the next expedition begins with the next crew. */
static void
end_expedition(struct iss_world *world)
{
    world->command.vacant = true;
    world->changed |= ISS_CHANGED_COMMAND;
}

void
iss_rotation_on_crew_left(struct iss_world *world, const struct iss_event *event)
{
    struct iss_captaincy *command = &world->command;
    bool counted = command->number > 0 && !command->vacant;

    if (!counted) {
        return;
    }
    int32_t commander =
        command->commander >= 0 ? command->commander : iss_policy_commander(world);
    if (commander < 0) {
        end_expedition(world);
    } else if (iss_command_by_rule(world) && begins_expedition(world, event->subject)) {
        begin_expedition(world, command->number + 1, commander);
    } else {
        fill_command(world);
    }
}

void
iss_rotation_on_person_lost(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    if (world->command.number > 0 && !world->command.vacant &&
        world->command.commander < 0 && iss_policy_commander(world) < 0) {
        end_expedition(world);
    } else {
        fill_command(world);
    }
}
