/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lifeboat_seats.c - people without a safe seat, and those whose vehicle has gone, get
 * another.
 *
 *     unsafe --decided--> to be moved --SEAT_MOVE_DUE--> safe | as before: none is left
 *        '---the replacement docks, or a vehicle leaves--> seated
 *
 * Owns the seats while people wait.  Draws SEAT_MOVE about the person's visit.
 */
#include "base/hash.h"
#include "policy/policy.h"
#include "process/lifeboat.h"
#include "process/process.h"

/* The identity of a person's visit in the random streams: who, and brought by what. */
static uint64_t
visit_hash(const struct iss_world *world, int32_t person)
{
    const struct iss_stay *stay = &world->stays[world->people[person].stay];
    return iss_hash_occurrence(iss_model_crew_member(world->model, person)->entity.hash,
                               world->flights[stay->up].hash);
}

void
iss_lifeboat_arrange_moves(struct iss_world *world)
{
    int32_t *people = world->chosen;
    const struct iss_policy *policy = &world->model->policy;

    if (!policy->reassign) {
        return;
    }
    int32_t count = iss_policy_reassign(world, people);
    for (int32_t i = 0; i < count; i++) {
        int64_t wait = iss_draw_us(world, ISS_DRAW_SEAT_MOVE,
                                   visit_hash(world, people[i]), 0, policy->seat_move);
        iss_schedule(world, iss_slot_person(world, people[i]),
                     iss_us_add(world->now_us, wait), ISS_EVENT_SEAT_MOVE_DUE,
                     people[i], -1);
    }
}

/* Whether the person's planned vehicle down has gone. */
static bool
is_stranded(const struct iss_world *world, int32_t person)
{
    int32_t down = world->people[person].down;
    return down < 0 || !iss_flight_attached(&world->flights[down]);
}

void
iss_lifeboat_settle(struct iss_world *world, int32_t id)
{
    struct iss_person *person = &world->people[id];

    if (person->seat_kind == ISS_SEAT_REGULAR && iss_person_safe(world, id) &&
        (is_stranded(world, id) || (world->flights[person->down].vehicle ==
                                        world->flights[person->seat].vehicle &&
                                    iss_flight_replacement(world, person->down) < 0))) {
        person->down = person->seat;
    }
}

static bool
move_to_safety(struct iss_world *world, int32_t person)
{
    struct iss_seat_offer offer = iss_policy_seat(world, person);
    if (offer.flight < 0) {
        return false;
    }
    iss_seat_take(world, person, offer.flight, offer.kind);
    iss_lifeboat_settle(world, person);
    iss_raise(world, ISS_EVENT_SEAT_MOVED, person, offer.flight, 0);
    return true;
}

void
iss_lifeboat_on_seat_move(struct iss_world *world, const struct iss_event *event)
{
    if (world->people[event->subject].phase == ISS_PERSON_ABOARD &&
        !iss_person_safe(world, event->subject)) {
        move_to_safety(world, event->subject);
    }
}

/* ---- vehicles come and go ------------------------------------------------------ */

void
iss_lifeboat_move_in(struct iss_world *world, int32_t damaged, int32_t replacement)
{
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        struct iss_person *person = &world->people[id];
        if (person->down != damaged ||
            iss_seats_free(world, replacement, ISS_SEAT_REGULAR) <= 0) {
            continue;
        }
        person->down = replacement;
        iss_unschedule(world, iss_slot_person(world, id));
        iss_seat_take(world, id, replacement, ISS_SEAT_REGULAR);
        iss_raise(world, ISS_EVENT_SEAT_MOVED, id, replacement, 0);
    }
}

/* Whoever is left without a seat takes the best there is: by policy, or when there is
 * no way home any more, a safe one; else the old one in the vehicle that is to bring
 * them home, else none. */
void
iss_lifeboat_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    bool reassign = iss_world_forecasting(world) && world->model->policy.reassign;

    (void)event;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        const struct iss_person *person = &world->people[id];
        if (person->seat >= 0 ||
            ((reassign || is_stranded(world, id)) && move_to_safety(world, id))) {
            continue;
        }
        if (!is_stranded(world, id) &&
            world->flights[person->down].condition != ISS_UNUSABLE &&
            iss_seats_free(world, person->down, ISS_SEAT_REGULAR) > 0) {
            iss_seat_take(world, id, person->down, ISS_SEAT_REGULAR);
            iss_raise(world, ISS_EVENT_SEAT_MOVED, id, person->down, 0);
        }
    }
}
