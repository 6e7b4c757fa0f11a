/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evacuation.c - somebody aboard should go home early: whether, in what, and when.
 *
 *     well --EVACUATION_NEEDED--> to go home --a vehicle is chosen, seats change--.
 *                  |              |      ^                                        |
 *        unlikely: '-> stays      |      '- none is sound: until one docks        |
 *                                 |                                               v
 *           the relief isn't expected in time, or EVACUATION_DUE: EVACUATION   waiting
 *                                 '-----------------------------------------------|
 *                             the relief docks: leaves after the handover <-------'
 *
 * A condition comes as EVACUATION_INDICATED, with the probability that it is needed; a
 * failure as EVACUATION_NEEDED.  What is known aboard decides: the probability that the
 * person has to be cared for on the ground.  Everyone whose way home is that vehicle
 * goes (lifeboat.c).  While a person waits the relief is looked at again on the day on
 * which it was to dock, and when something happens to it.
 *
 * Owns who is to go home early, and their seats at that moment.  Draws nothing.
 */
#include "policy/policy.h"
#include "process/process.h"

/* ---- seats --------------------------------------------------------------------- */

static void
seat(struct iss_world *world, int32_t person, int32_t flight)
{
    iss_unschedule(world, iss_slot_person(world, person)); /* it needs no other now */
    iss_seat_take(world, person, flight, ISS_SEAT_REGULAR);
    world->people[person].down = flight;
    world->flights[flight].reseated = true;
    iss_raise(world, ISS_EVENT_SEAT_MOVED, person, flight, 0);
}

/* The patient takes a seat in the vehicle chosen; who had it gets the patient's. */
static void
change_seats(struct iss_world *world, int32_t person,
             const struct iss_evacuation *choice)
{
    int32_t old = world->people[person].seat;

    if (choice->partner >= 0) {
        iss_seat_take(world, person, -1, ISS_SEAT_NONE);
        iss_seat_take(world, choice->partner, -1, ISS_SEAT_NONE);
        seat(world, person, choice->flight);
        seat(world, choice->partner, old);
    } else if (old != choice->flight &&
               iss_seats_free(world, choice->flight, ISS_SEAT_REGULAR) > 0) {
        seat(world, person, choice->flight);
    }
    world->people[person].down = choice->flight;
}

/* ---- when ---------------------------------------------------------------------- */

/* The person waits for the flight `relief`, and it is looked at again when it is to
 * dock. */
static void
await(struct iss_world *world, int32_t person, int32_t relief)
{
    struct iss_person *self = &world->people[person];
    int64_t expected = iss_policy_expected_docking(world, relief);

    if (self->awaited != relief) {
        int64_t wait = expected > world->now_us ? expected - world->now_us : 0;
        self->awaited = relief;
        iss_raise(world, ISS_EVENT_EVACUATION_WAITS, person, relief,
                  iss_days_from_us(wait));
    }
    iss_unschedule(world, iss_slot_limit(world, person));
    if (!iss_flight_attached(&world->flights[relief])) {
        int64_t next = expected > world->now_us && expected < self->limit_us
                           ? expected
                           : self->limit_us;
        iss_schedule(world, iss_slot_limit(world, person), next,
                     ISS_EVENT_EVACUATION_DUE, person, -1);
    }
}

/* Nothing is new about somebody whose vehicle is to leave early anyway. */
static void
decide(struct iss_world *world, int32_t person)
{
    struct iss_person *self = &world->people[person];
    struct iss_evacuation choice;

    if (self->down >= 0 && self->seat == self->down &&
        (world->flights[self->down].early || world->flights[self->down].evacuated)) {
        return;
    }
    choice = iss_policy_evacuation(world, person);
    if (choice.flight < 0) {
        return;
    }
    change_seats(world, person, &choice);
    int32_t relief = iss_policy_awaited(world, choice.flight, self->limit_us);
    if (relief >= 0) {
        await(world, person, relief);
        return;
    }
    if (self->awaited >= 0) {
        self->awaited = -1;
        iss_unschedule(world, iss_slot_limit(world, person));
    }
    if (!world->flights[choice.flight].early &&
        !world->flights[choice.flight].evacuated) {
        world->flights[choice.flight].evacuated = true;
        iss_raise(world, ISS_EVENT_EVACUATION, choice.flight, self->ailment,
                  iss_flight_passengers(world, choice.flight));
    }
}

/* ---- events -------------------------------------------------------------------- */

/* It isn't decided anew about somebody who is to go already. */
void
iss_evacuation_on_indicated(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_policy *policy = &world->model->policy;
    int32_t person = event->subject;
    bool failure = event->kind == ISS_EVENT_EVACUATION_NEEDED;

    if (!iss_world_forecasting(world) || world->people[person].indicated ||
        world->people[person].phase != ISS_PERSON_ABOARD ||
        !(event->value >= iss_world_value(world, &policy->evacuation_threshold))) {
        return;
    }
    iss_person_indicate(world, person, failure ? event->object : -1,
                        iss_us_add(world->now_us, policy->evacuation_wait_us));
    decide(world, person);
}

void
iss_evacuation_on_due(struct iss_world *world, const struct iss_event *event)
{
    if (world->people[event->subject].phase == ISS_PERSON_ABOARD &&
        world->people[event->subject].indicated) {
        decide(world, event->subject);
    }
}

/* A vehicle has come, or a relief that may be waited for has had bad luck. */
void
iss_evacuation_on_change(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; world->indicated && i < world->aboard_count; i++) {
        if (world->people[world->aboard[i]].indicated) {
            decide(world, world->aboard[i]);
        }
    }
}
