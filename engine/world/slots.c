/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slots.c - who has which slot of the calendar.
 *
 *     the mission's own | forced events, programme | people | ports, rockets, families,
 *     pads | spacewalks | failures of these | systems | patients | flights, in the
 * order in which they are made | stocks | illness, tasks
 */
#include "world/slots.h"

int32_t
iss_flight_room(const struct iss_model *model)
{
    return model->flights.count + (int32_t)model->scenario.max_generated;
}

int32_t
iss_slots_per_flight(const struct iss_model *model)
{
    return ISS_SLOT_MODES + model->failures.count;
}

/* What can fail besides vehicles: ports, rockets, pads, people, the station. */
static int32_t
thing_count(const struct iss_model *model)
{
    return model->ports.count + model->launch_systems.count + model->pads.count +
           model->crew.count + 1;
}

/* People who may wait for a relief before they go home early. */
static int32_t
waits(const struct iss_model *model)
{
    return model->policy.evacuation_wait_us > 0 ? model->crew.count : 0;
}

/* One for the next level of all of them, and one each for what is lacking. */
static int32_t
stock_slots(const struct iss_model *model)
{
    return (model->resources.count > 0) + model->resources.count + model->leaks.count;
}

int32_t
iss_slot_count(const struct iss_model *model)
{
    return GLOBAL_SLOTS + model->events.count + model->programme.count +
           model->crew.count + waits(model) +
           iss_flight_room(model) * iss_slots_per_flight(model) + model->ports.count +
           model->launch_systems.count + 2 * model->families.count + model->pads.count +
           ISS_EVA_SLOTS * model->eva.count + model->suits.count +
           model->upkeep.errands + model->failures.count +
           2 * thing_count(model) * model->failures.count + iss_clinic_capacity(model) +
           2 * (model->conditions.count > 0) + stock_slots(model) +
           model->upkeep.systems + model->upkeep.effects +
           model->upkeep.deliveries + model->upkeep.jobs;
}

/* Whether anybody falls ill: illness has one slot then. */
static int32_t
onsets(const struct iss_model *model)
{
    return model->conditions.count > 0;
}

void
iss_slots_place(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    world->eva_slots = iss_slot_pad(world, model->pads.count);
    world->thing_slots = iss_slot_common(world, model->failures.count);
    world->unit_slots = iss_slot_delivery(world, model->upkeep.deliveries);
    world->clinic.first_slot = world->unit_slots + model->upkeep.units;
    world->task_slots = iss_slot_count(model) - model->upkeep.tasks;
    world->clinic.onset_slot = world->task_slots - onsets(model);
    world->stock_slots = world->clinic.onset_slot - stock_slots(model);
    world->slots_per_flight = iss_slots_per_flight(model);
    world->flight_slots =
        world->stock_slots - world->flight_capacity * world->slots_per_flight;
}

size_t
iss_failure_count(const struct iss_model *model)
{
    return (size_t)(iss_flight_room(model) + thing_count(model)) *
           (size_t)model->failures.count;
}

int32_t
iss_slot_expedition(const struct iss_world *world)
{
    (void)world;
    return SLOT_EXPEDITION;
}

int32_t
iss_slot_loss(const struct iss_world *world)
{
    (void)world;
    return SLOT_LOSS;
}

int32_t
iss_slot_altitude(const struct iss_world *world)
{
    (void)world;
    return SLOT_ALTITUDE;
}

int32_t
iss_slot_avoidance(const struct iss_world *world)
{
    (void)world;
    return SLOT_AVOIDANCE;
}

int32_t
iss_slot_forced(const struct iss_world *world, int32_t forced)
{
    (void)world;
    return GLOBAL_SLOTS + forced;
}

int32_t
iss_slot_deorbit(const struct iss_world *world)
{
    (void)world;
    return SLOT_DEORBIT;
}

int32_t
iss_slot_programme(const struct iss_world *world, int32_t entry)
{
    return iss_slot_forced(world, world->model->events.count) + entry;
}

int32_t
iss_slot_person(const struct iss_world *world, int32_t person)
{
    return iss_slot_programme(world, world->model->programme.count) + person;
}

int32_t
iss_slot_limit(const struct iss_world *world, int32_t person)
{
    return iss_slot_person(world, world->model->crew.count) + person;
}

int32_t
iss_slot_port(const struct iss_world *world, int32_t port)
{
    return iss_slot_limit(world, waits(world->model)) + port;
}

int32_t
iss_slot_rocket(const struct iss_world *world, int32_t rocket)
{
    return iss_slot_port(world, world->model->ports.count) + rocket;
}

int32_t
iss_slot_family(const struct iss_world *world, int32_t family)
{
    return iss_slot_rocket(world, world->model->launch_systems.count) + family;
}

int32_t
iss_slot_other(const struct iss_world *world, int32_t family)
{
    return iss_slot_family(world, world->model->families.count) + family;
}

int32_t
iss_slot_pad(const struct iss_world *world, int32_t pad)
{
    return iss_slot_other(world, world->model->families.count) + pad;
}

int32_t
iss_slot_suits(const struct iss_world *world, int32_t suits)
{
    return iss_slot_eva(world, world->model->eva.count) + suits;
}

/* By the errand's number; its unit has to be one that is repaired outside. */
int32_t
iss_slot_errand(const struct iss_world *world, int32_t unit)
{
    return iss_slot_suits(world, world->model->suits.count) +
           (int32_t)(iss_unit_errand(world, unit) - world->errands);
}

int32_t
iss_slot_eva_again(const struct iss_world *world)
{
    (void)world;
    return SLOT_EVA_AGAIN;
}

int32_t
iss_slot_fitness(const struct iss_world *world)
{
    (void)world;
    return SLOT_FITNESS;
}

int32_t
iss_slot_common(const struct iss_world *world, int32_t mode)
{
    return iss_slot_suits(world, world->model->suits.count) +
           world->model->upkeep.errands + mode;
}

int32_t
iss_slot_want(const struct iss_world *world, int32_t resource)
{
    return iss_slot_stock(world) + 1 + resource;
}

int32_t
iss_slot_leak(const struct iss_world *world, int32_t leak)
{
    return iss_slot_want(world, world->model->resources.count) + leak;
}

/* Behind those of the things, of which each has two a mode. */
int32_t
iss_slot_shock(const struct iss_world *world, int32_t system)
{
    int32_t modes = world->model->failures.count;
    return world->thing_slots + 2 * thing_count(world->model) * modes + system;
}

int32_t
iss_slot_outage(const struct iss_world *world, int32_t effect)
{
    return iss_slot_shock(world, world->model->upkeep.systems) + effect;
}

int32_t
iss_slot_delivery(const struct iss_world *world, int32_t delivery)
{
    return iss_slot_outage(world, world->model->upkeep.effects) + delivery;
}

/* Whether what is in a slot comes to pass although the station is lost. */
static bool
outlasts_station(const struct iss_world *world, int32_t slot)
{
    int32_t flights = iss_slot_flight(world, 0, 0);
    int32_t each = world->slots_per_flight;
    bool landing =
        slot >= flights && slot < iss_slot_flight(world, world->flight_count, 0) &&
        (slot - flights) % each == ISS_SLOT_STEP &&
        world->flights[(slot - flights) / each].phase == ISS_FLIGHT_RETURNING;
    bool outage =
        (slot >= iss_slot_port(world, 0) && slot < iss_slot_family(world, 0)) ||
        (slot >= iss_slot_pad(world, 0) && slot < iss_slot_eva(world, 0));

    return slot == SLOT_END || landing || outage;
}

void
iss_unschedule_station(struct iss_world *world)
{
    int32_t slots = iss_slot_count(world->model);

    for (int32_t slot = 0; slot < slots; slot++) {
        if (!outlasts_station(world, slot)) {
            iss_unschedule(world, slot);
        }
    }
}

int32_t
iss_slot_particle_event(const struct iss_world *world)
{
    return world->clinic.first_slot + world->clinic.capacity;
}
