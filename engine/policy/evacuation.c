/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evacuation.c - somebody has to go home early: in which vehicle, and whether the
 * relief is worth waiting for.
 *
 * Everyone whose way home is that vehicle goes too, so that the choice of it is one of
 * who stays: with whom the patient changes seats, and how many are left.
 */
#include "policy/policy.h"

/* ---- who goes home in what ----------------------------------------------------- */

static bool
is_visiting(const struct iss_world *world, int32_t person)
{
    return world->stays[world->people[person].stay].visiting;
}

/* A vehicle at the station that is sound as far as anybody knows. */
static bool
is_sound(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];

    return iss_flight_attached(self) &&
           iss_flight_vehicle(world, flight)->role == ISS_ROLE_CREW &&
           (self->condition == ISS_SOUND || !iss_flight_detected(world, flight));
}

/* Whether the person has a seat, not an improvised place, in a sound vehicle. */
static bool
has_seat_to_offer(const struct iss_world *world, int32_t person)
{
    const struct iss_person *self = &world->people[person];
    return self->seat >= 0 && self->seat_kind == ISS_SEAT_REGULAR &&
           self->seat == self->down && is_sound(world, self->seat);
}

/* Who is ill has a reason of their own to leave, and a visitor doesn't stay for a
 * resident. */
static bool
may_change_seats(const struct iss_world *world, int32_t patient, int32_t person,
                 int32_t flight)
{
    return person != patient && world->people[person].seat == flight &&
           has_seat_to_offer(world, person) && iss_person_fit(world, person) &&
           !world->people[person].ailing && !world->people[person].indicated &&
           is_visiting(world, person) == is_visiting(world, patient);
}

/* ---- who is left --------------------------------------------------------------- */

/* A vehicle to go home in, and what that means for those who stay. */
struct choice {
    struct iss_evacuation is;
    int32_t left;      /* people aboard once it has gone, with all who leave early */
    bool staffed;      /* somebody is left for every segment that has somebody now */
    bool at_home;      /* the partner runs the patient's segment */
    int32_t seniority; /* of the partner: its place in the crew; -1 without one */
};

/* Whether the person goes home early, when the patient goes in `is.flight`. */
static bool
leaves(const struct iss_world *world, const struct iss_evacuation *is, int32_t patient,
       int32_t person)
{
    int32_t down = world->people[person].down;

    if (person == patient || person == is->partner) {
        return person == patient;
    }
    return down == is->flight || (down >= 0 && world->flights[down].early);
}

static void
count_left(const struct iss_world *world, int32_t patient, struct choice *choice)
{
    uint32_t before = 0, after = 0;

    choice->left = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        uint32_t segment =
            is_visiting(world, id)
                ? 0
                : UINT32_C(1) << iss_model_crew_member(world->model, id)->segment;
        before |= segment;
        if (!leaves(world, &choice->is, patient, id)) {
            after |= segment;
            choice->left++;
        }
    }
    choice->staffed = before == after;
}

/* The commander is named first in a crew, and should stay with its vehicle. */
static int32_t
seniority(const struct iss_world *world, int32_t person)
{
    const struct iss_ids *members =
        &iss_model_team(world->model, world->people[person].team)->members;
    int32_t place = 0;

    while (place < members->count && members->at[place] != person) {
        place++;
    }
    return place;
}

static struct choice
choose(const struct iss_world *world, int32_t patient, int32_t flight, int32_t partner)
{
    struct choice choice = {.is = {flight, partner}, .seniority = -1};

    if (partner >= 0) {
        choice.at_home = iss_model_crew_member(world->model, partner)->segment ==
                         iss_model_crew_member(world->model, patient)->segment;
        choice.seniority = seniority(world, partner);
    }
    count_left(world, patient, &choice);
    return choice;
}

/* Whether `a` leaves the station better off than `b`; false when they are equal, so
 * that what was looked at first is kept. */
static bool
is_better(const struct choice *a, const struct choice *b)
{
    if (b->is.flight < 0) {
        return true;
    }
    if (a->staffed != b->staffed) {
        return a->staffed;
    }
    if (a->left != b->left) {
        return a->left > b->left;
    }
    if (a->is.flight != b->is.flight) {
        return false;
    }
    return a->at_home != b->at_home ? a->at_home : a->seniority > b->seniority;
}

/* The best place in a sound vehicle that isn't the patient's way home: one that the
 * patient has, a free seat, or that of one of its people, if the patient has one to
 * give for it. */
static void
look_at(const struct iss_world *world, int32_t patient, int32_t flight,
        struct choice *best)
{
    if (world->people[patient].seat == flight ||
        iss_seats_free(world, flight, ISS_SEAT_REGULAR) > 0) {
        struct choice free_seat = choose(world, patient, flight, -1);
        if (is_better(&free_seat, best)) {
            *best = free_seat;
        }
    }
    for (int32_t i = 0; has_seat_to_offer(world, patient) && i < world->aboard_count;
         i++) {
        int32_t id = world->aboard[i];
        if (may_change_seats(world, patient, id, flight)) {
            struct choice swap = choose(world, patient, flight, id);
            if (is_better(&swap, best)) {
                *best = swap;
            }
        }
    }
}

struct iss_evacuation
iss_policy_evacuation(const struct iss_world *world, int32_t person)
{
    const struct iss_person *patient = &world->people[person];
    int32_t own = patient->down;
    bool own_sound = own >= 0 && is_sound(world, own) && patient->seat == own;
    struct choice best = {.is = {-1, -1}};

    if (own_sound) {
        best = choose(world, person, own, -1);
        if (iss_policy_awaited(world, own, patient->limit_us) >= 0) {
            return best.is; /* nobody has to leave for it */
        }
    }
    if (!own_sound || world->model->policy.evacuation_vehicle == ISS_EVACUATE_FEWEST) {
        for (int32_t port = 0; port < world->model->ports.count; port++) {
            int32_t flight = world->berths[port].flight;
            if (flight >= 0 && flight != own && is_sound(world, flight)) {
                look_at(world, person, flight, &best);
            }
        }
    }
    if (best.is.flight < 0 && own >= 0 && iss_flight_attached(&world->flights[own]) &&
        world->flights[own].condition != ISS_UNUSABLE) {
        best.is.flight = own; /* at a risk, when there is nothing else */
    }
    return best.is;
}

/* ---- waiting for the relief ---------------------------------------------------- */

/* From launch to docking in the mean, by the profiles flown on that day. */
static int64_t
time_to_dock(const struct iss_world *world, int32_t flight, int64_t launch_us)
{
    const struct iss_vehicle *vehicle = iss_flight_vehicle(world, flight);
    const struct iss_profile *profiles = vehicle->profiles.items;
    double shares = 0, sum = 0;

    for (int32_t i = 0; i < vehicle->profiles.count; i++) {
        if (profiles[i].from_us <= launch_us && launch_us < profiles[i].until_us) {
            double share = iss_world_value(world, &profiles[i].share);
            shares += share;
            sum += share * iss_dist_mean(iss_world_dist(world, profiles[i].rendezvous));
        }
    }
    if (shares > 0) {
        return iss_us_from_days(sum / shares);
    }
    return vehicle->rendezvous == NULL
               ? 0
               : iss_us_from_days(
                     iss_dist_mean(iss_world_dist(world, vehicle->rendezvous)));
}

int64_t
iss_policy_expected_docking(const struct iss_world *world, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];
    int32_t slot = iss_slot_flight(world, flight, ISS_SLOT_STEP);

    if (iss_flight_attached(self)) {
        return self->dock_us;
    }
    if (self->phase == ISS_FLIGHT_FREE_FLIGHT) {
        return self->awaits == ISS_WAIT_NONE && iss_scheduled(world, slot)
                   ? iss_calendar_time(world->calendar, slot)
                   : ISS_NEVER;
    }
    if (self->phase != ISS_FLIGHT_PLANNED || self->stopped != ISS_STOP_NONE ||
        self->due_us == ISS_NEVER) {
        return ISS_NEVER;
    }
    int64_t launch = iss_us_later(self->due_us, world->now_us);
    if (iss_scheduled(world, slot)) { /* another attempt, after one was called off */
        launch = iss_us_later(launch, iss_calendar_time(world->calendar, slot));
    }
    if (self->rocket >= 0) {
        launch = iss_us_later(launch, world->grounded_us[self->rocket]);
    }
    return launch == ISS_NEVER
               ? ISS_NEVER
               : iss_us_add(launch, time_to_dock(world, flight, launch));
}

int32_t
iss_policy_awaited(const struct iss_world *world, int32_t flight, int64_t limit_us)
{
    const struct iss_flight *self = &world->flights[flight];
    int32_t relief = self->relief < 0 ? -1 : world->team_flight[self->relief];

    if (world->model->policy.evacuation_wait_us == 0 || relief < 0 ||
        !is_sound(world, flight)) {
        return -1;
    }
    if (iss_flight_attached(&world->flights[relief])) { /* it hands over now */
        bool settled =
            iss_scheduled(world, iss_slot_flight(world, flight, ISS_SLOT_DEPART));
        return settled && world->flights[relief].dock_us <= limit_us ? relief : -1;
    }
    return world->now_us < limit_us &&
                   iss_policy_expected_docking(world, relief) <= limit_us
               ? relief
               : -1;
}
