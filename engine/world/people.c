/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * people.c - where people are, and which seat each of them holds.
 *
 * A person is on the ground, in a vehicle on its way, or aboard.  Whoever isn't on the
 * ground holds at most one seat, in the vehicle flown in or in one at the station.
 */
#include "isssim/status.h"
#include "world/world.h"

bool
iss_team_visiting(const struct iss_world *world, int32_t team)
{
    return team >= 0 && iss_model_team(world->model, team)->visiting;
}

bool
iss_person_resides(const struct iss_world *world, int32_t person)
{
    const struct iss_person *self = &world->people[person];
    return self->phase == ISS_PERSON_ABOARD && !world->stays[self->stay].visiting;
}

int32_t
iss_world_unsafe(const struct iss_world *world)
{
    int32_t count = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        count += !iss_person_safe(world, world->aboard[i]);
    }
    return count;
}

int64_t
iss_world_safe_seats(const struct iss_world *world)
{
    int64_t seats = 0;
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        if (flight >= 0 && world->flights[flight].condition == ISS_SOUND) {
            seats += iss_flight_vehicle(world, flight)->seats;
        }
    }
    return seats;
}

int32_t
iss_flight_passengers(const struct iss_world *world, int32_t flight)
{
    int32_t count = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        count += world->people[world->aboard[i]].down == flight;
    }
    return count;
}

int32_t
iss_flight_flier(const struct iss_world *world, int32_t flight, int32_t from)
{
    int32_t i = iss_list_next(&world->fliers, from);

    while (i >= 0 && world->people[i].flight != flight) {
        i = iss_list_next(&world->fliers, i + 1);
    }
    return i;
}

bool
iss_world_skilled(const struct iss_world *world, int32_t skill)
{
    for (int32_t i = 0; skill >= 0 && i < world->aboard_count; i++) {
        if (iss_ids_have(&iss_model_crew_member(world->model, world->aboard[i])->skills,
                         skill)) {
            return true;
        }
    }
    return skill < 0;
}

int32_t
iss_seats_free(const struct iss_world *world, int32_t flight, enum iss_seat_kind kind)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    const struct iss_flight *self = &world->flights[flight];
    return kind == ISS_SEAT_REGULAR
               ? (int32_t)vehicle->seats - self->seats_taken
               : (int32_t)vehicle->emergency_seats - self->emergency_taken;
}

static void
give_up_seat(struct iss_world *world, struct iss_person *person)
{
    if (person->seat_kind == ISS_SEAT_REGULAR) {
        world->flights[person->seat].seats_taken--;
    } else if (person->seat_kind == ISS_SEAT_EMERGENCY) {
        world->flights[person->seat].emergency_taken--;
    }
    person->seat = -1;
    person->seat_kind = ISS_SEAT_NONE;
}

void
iss_seat_take(struct iss_world *world, int32_t person, int32_t flight,
              enum iss_seat_kind kind)
{
    struct iss_person *self = &world->people[person];

    give_up_seat(world, self);
    world->changed |= ISS_CHANGED_SEATS;
    if (kind == ISS_SEAT_NONE) {
        return;
    }
    if (iss_seats_free(world, flight, kind) <= 0) {
        world->status = ISS_ERR_INVARIANT;
        return;
    }
    self->seat = flight;
    self->seat_kind = (uint8_t)kind;
    if (kind == ISS_SEAT_REGULAR) {
        world->flights[flight].seats_taken++;
    } else {
        world->flights[flight].emergency_taken++;
    }
}

bool
iss_person_flies(const struct iss_world *world, int32_t person)
{
    int32_t segment = iss_model_crew_member(world->model, person)->segment;

    return world->people[person].phase == ISS_PERSON_GROUND &&
           (!iss_world_forecasting(world) || (world->withdrawn >> segment & 1) == 0);
}

void
iss_team_board(struct iss_world *world, int32_t team, int32_t flight)
{
    const struct iss_team *who = iss_model_team(world->model, team);
    int32_t flying = who->members.count - world->flights[flight].kept_back;

    for (int32_t i = 0; i < flying; i++) {
        int32_t id = who->members.at[i];
        struct iss_person *person = &world->people[id];
        if (!iss_person_flies(world, id)) {
            continue;
        }
        if (world->stay_count == world->stay_capacity) {
            world->status = ISS_ERR_INVARIANT;
            return;
        }
        person->phase = ISS_PERSON_ASCENT;
        person->team = team;
        person->flight = flight;
        person->down = flight;
        person->ailment = person->awaited = -1;
        person->ailing = person->indicated = false;
        person->stay = world->stay_count++;
        world->stays[person->stay] = (struct iss_stay){
            .person = id,
            .up = flight,
            .down = -1,
            .visiting = who->visiting || iss_ids_have(&who->visitors, id),
            .launch_us = world->now_us,
            .arrive_us = ISS_NO_TIME,
            .leave_us = ISS_NO_TIME,
            .land_us = ISS_NO_TIME,
        };
        iss_seat_take(world, id, flight, ISS_SEAT_REGULAR);
        iss_list_add(&world->fliers, id);
        world->flights[flight].crew_up++;
        world->flights[flight].flying++;
    }
}

/* ---- command ------------------------------------------------------------------- */

bool
iss_command_by_rule(const struct iss_world *world)
{
    const struct iss_rows *record = &world->model->expeditions;
    bool counted = world->command.number > 0 || world->command.vacant;

    if (!counted || iss_world_forecasting(world) || record->count == 0) {
        return counted;
    }
    return world->command.next == record->count &&
           iss_model_expedition(world->model, record->count - 1)->from_us <
               world->now_us;
}

static void
join_expedition(struct iss_world *world, int32_t person)
{
    struct iss_stay *stay = &world->stays[world->people[person].stay];

    if (iss_person_resides(world, person) && world->command.number > 0 &&
        !world->command.vacant) {
        stay->first = stay->first > 0 ? stay->first : world->command.number;
        stay->last = world->command.number;
    }
}

void
iss_command_take(struct iss_world *world, int32_t number, int32_t person)
{
    struct iss_captaincy *command = &world->command;

    if (person < 0 || !iss_person_resides(world, person)) {
        world->status = ISS_ERR_INVARIANT;
        return;
    }
    if (number != command->number || command->vacant) {
        command->before = command->number;
        command->since_us = world->now_us;
    }
    command->number = number;
    command->commander = person;
    command->vacant = false;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        join_expedition(world, world->aboard[i]);
    }
    world->changed |= ISS_CHANGED_COMMAND;
}

/* Who isn't aboard any more commands nothing; who follows, the rotation says.  An
 * expedition that begins with a departure isn't that of those who leave. */
static void
leave_command(struct iss_world *world, int32_t person)
{
    struct iss_stay *stay = &world->stays[world->people[person].stay];

    if (stay->first < stay->last && world->command.since_us == world->now_us) {
        stay->last = world->command.before;
    }
    if (world->command.commander == person) {
        world->command.commander = -1;
        world->changed |= ISS_CHANGED_COMMAND;
    }
}

/* ---- coming and going ---------------------------------------------------------- */

void
iss_person_ail(struct iss_world *world, int32_t person)
{
    world->people[person].ailing = true;
    world->changed |= ISS_CHANGED_HEALTH;
}

void
iss_person_indicate(struct iss_world *world, int32_t person, int32_t mode,
                    int64_t limit_us)
{
    struct iss_person *self = &world->people[person];

    self->indicated = world->indicated = true;
    self->ailment = mode;
    self->limit_us = limit_us;
    world->changed |= ISS_CHANGED_HEALTH;
}

void
iss_person_arrive(struct iss_world *world, int32_t person)
{
    int32_t at = world->aboard_count++;
    while (at > 0 && world->aboard[at - 1] > person) {
        world->aboard[at] = world->aboard[at - 1];
        at--;
    }
    world->aboard[at] = person;
    iss_list_remove(&world->fliers, person);
    world->flights[world->people[person].flight].flying--;
    world->people[person].phase = ISS_PERSON_ABOARD;
    world->people[person].flight = -1;
    if (world->model->upkeep.jobs > 0) {
        iss_workers_join(world, person);
    }
    world->stays[world->people[person].stay].arrive_us = world->now_us;
    join_expedition(world, person);
    world->changed |= ISS_CHANGED_CREW | ISS_CHANGED_SEATS;
    world->headcount = true;
}

/* Off the list of those aboard, out of command, and with nothing more to do here; the
 * stores last longer. */
static void
strike_off(struct iss_world *world, int32_t person)
{
    int32_t at = 0;

    if (world->model->upkeep.jobs > 0) {
        iss_workers_leave(world, person);
    }
    leave_command(world, person);
    iss_unschedule(world, iss_slot_person(world, person));
    if (world->model->policy.evacuation_wait_us > 0) {
        iss_unschedule(world, iss_slot_limit(world, person));
    }
    while (world->aboard[at] != person) {
        at++;
    }
    world->aboard_count--;
    for (; at < world->aboard_count; at++) {
        world->aboard[at] = world->aboard[at + 1];
    }
    world->changed |= ISS_CHANGED_CREW | ISS_CHANGED_SEATS;
    world->headcount = true;
}

void
iss_person_leave(struct iss_world *world, int32_t person, int32_t flight)
{
    struct iss_person *self = &world->people[person];

    strike_off(world, person);
    if (self->seat != flight) {
        enum iss_seat_kind kind = iss_seats_free(world, flight, ISS_SEAT_REGULAR) > 0
                                      ? ISS_SEAT_REGULAR
                                      : ISS_SEAT_EMERGENCY;
        iss_seat_take(world, person, flight, kind);
    }
    self->phase = ISS_PERSON_DESCENT;
    self->flight = flight;
    iss_list_add(&world->fliers, person);
    world->flights[flight].crew_down++;
    world->flights[flight].flying++;
    world->stays[self->stay].down = flight;
    world->stays[self->stay].leave_us = world->now_us;
}

/* The stay is over, and with it whatever the person had to do with the station. */
static void
end_stay(struct iss_world *world, int32_t person, bool alive)
{
    struct iss_person *self = &world->people[person];
    struct iss_stay *stay = &world->stays[self->stay];

    give_up_seat(world, self);
    stay->land_us = world->now_us;
    stay->lost = !alive;
    self->phase = alive ? ISS_PERSON_GROUND : ISS_PERSON_LOST;
    self->flight = -1;
    self->down = -1;
    self->stay = -1;
    world->changed |= ISS_CHANGED_CREW | ISS_CHANGED_SEATS;
}

static void
end_stay_aboard(struct iss_world *world, int32_t person, bool alive)
{
    strike_off(world, person);
    world->stays[world->people[person].stay].leave_us = world->now_us;
    end_stay(world, person, alive);
    iss_patient_discharge(world, person);
}

void
iss_person_die(struct iss_world *world, int32_t person)
{
    end_stay_aboard(world, person, false);
}

void
iss_person_vanish(struct iss_world *world, int32_t person)
{
    end_stay_aboard(world, person, true);
}

void
iss_person_land(struct iss_world *world, int32_t person, bool alive)
{
    iss_list_remove(&world->fliers, person);
    world->flights[world->people[person].flight].flying--;
    end_stay(world, person, alive);
}

/* ---- how many may be aboard ----------------------------------------------------- */

int64_t
iss_world_most_crew(const struct iss_world *world)
{
    int64_t most = world->max_crew > 0 ? world->max_crew : INT64_MAX;
    int64_t limit = world->shut > 0 ? 0 : world->limits[ISS_EXCESS_STAYS];

    return limit < most ? limit : most;
}
