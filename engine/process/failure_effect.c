/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failure_effect.c - what follows from a failure, one primitive after the other.
 *
 *     at the occurrence   vehicle_unsafe, vehicle_lost, launch_grounded, port_blocked,
 *                         pad_closed, suits_unusable, chain, resource_loss
 *                         (failure_stores.c)
 *     at the finding      evacuate; of a person evacuation.c makes what it means
 *
 * Outages and chains are the model's: while the record is replayed it tells by itself
 * what flew and what failed.  An outage that began then goes on in the forecast.
 *
 * Draws OUTAGE, CHAIN and CHAIN_DELAY about the mode, the target and the occurrence.
 */
#include <math.h>

#include "base/hash.h"
#include "process/failure.h"

/* One effect of one failure. */
struct effect {
    const struct iss_effect *is;
    int32_t target, mode;
    uint64_t number; /* the effect's place in the mode's list */
};

static struct effect
effect_of(const struct iss_world *world, int32_t target, int32_t mode, int32_t i)
{
    const struct iss_rows *rows = &iss_model_failure_mode(world->model, mode)->effects;
    return (struct effect){(const struct iss_effect *)rows->items + i, target, mode,
                           (uint64_t)i};
}

static int32_t
effect_count(const struct iss_world *world, int32_t mode)
{
    return iss_model_failure_mode(world->model, mode)->effects.count;
}

/* The effect's own number in the streams of its failure: which effect, which time. */
static uint64_t
draw_number(const struct iss_world *world, const struct effect *effect)
{
    return (uint64_t)iss_world_failure(world, effect->target, effect->mode)->count
               << 8 |
           effect->number;
}

/* ---- vehicles ------------------------------------------------------------------ */

static double
survival(const struct iss_world *world, const struct effect *effect, double otherwise)
{
    double said = iss_world_value(world, &effect->is->survival);
    return isnan(said) ? otherwise : said;
}

static void
make_unsafe(struct iss_world *world, int32_t flight, const struct effect *effect,
            enum iss_condition condition, double chance)
{
    if (iss_flight_vehicle(world, flight)->role != ISS_ROLE_CREW) {
        return; /* nobody goes home in it anyway */
    }
    iss_flight_damage(world, flight, condition, chance);
    iss_raise(world, ISS_EVENT_VEHICLE_UNSAFE, flight, effect->mode,
              iss_world_unsafe(world));
}

/* Docked, a lost vehicle stays where it is, with no seat for anybody. */
static void
lose_vehicle(struct iss_world *world, int32_t flight, const struct effect *effect)
{
    if (world->flights[flight].phase != ISS_FLIGHT_FREE_FLIGHT) {
        make_unsafe(world, flight, effect, ISS_UNUSABLE, survival(world, effect, 0));
        return;
    }
    iss_flight_damage(world, flight, ISS_UNUSABLE, survival(world, effect, 0));
    iss_flight_phase(world, flight, ISS_FLIGHT_FAILED);
    iss_raise(world, ISS_EVENT_VEHICLE_LOST, flight, effect->mode,
              world->flights[flight].crew_up);
}

static void
strike_vehicle(struct iss_world *world, int32_t flight, const struct effect *effect)
{
    if (effect->is->kind == ISS_EFFECT_VEHICLE_LOST) {
        lose_vehicle(world, flight, effect);
        return;
    }
    make_unsafe(world, flight, effect,
                effect->is->seats == 0 ? ISS_EMERGENCY_ONLY : ISS_UNUSABLE,
                survival(world, effect, 1));
}

/* ---- outages ------------------------------------------------------------------- */

/* What an outage is of, and how it begins. */
static const struct outage {
    int effect;
    enum iss_target_kind kind;
    bool (*begin)(struct iss_world *world, int32_t id, int64_t until_us);
    enum iss_event_kind event;
} outages[] = {
    {ISS_EFFECT_LAUNCH_GROUNDED, ISS_TARGET_ROCKET, iss_rocket_ground,
     ISS_EVENT_ROCKET_GROUNDED},
    {ISS_EFFECT_PORT_BLOCKED, ISS_TARGET_PORT, iss_port_block, ISS_EVENT_PORT_BLOCKED},
    {ISS_EFFECT_PAD_CLOSED, ISS_TARGET_PAD, iss_pad_close, ISS_EVENT_PAD_CLOSED},
    {ISS_EFFECT_SUITS_UNUSABLE, ISS_TARGET_KINDS, iss_suits_stand_down,
     ISS_EVENT_SUITS_DOWN},
};

/* The outage that an effect of this kind is; NULL none. */
static const struct outage *
outage_kind(int effect)
{
    for (size_t i = 0; i < sizeof outages / sizeof *outages; i++) {
        if (outages[i].effect == effect) {
            return &outages[i];
        }
    }
    return NULL;
}

/* The rocket, port or pad that belongs to a flight; -1 none. */
static int32_t
of_flight(const struct iss_world *world, enum iss_target_kind kind, int32_t flight)
{
    const struct iss_flight *self = &world->flights[flight];

    return kind == ISS_TARGET_ROCKET ? self->rocket
           : kind == ISS_TARGET_PORT ? self->port
                                     : self->pad;
}

/* The rocket, port, pad or suits that are out, or -1: those named, struck, or belonging
 * to the vehicle struck; suits are always named. */
static int32_t
outage_of(const struct iss_world *world, const struct effect *effect,
          enum iss_target_kind kind)
{
    struct iss_target what = iss_target_of(world, effect->target);
    int32_t named = kind == ISS_TARGET_ROCKET  ? effect->is->rocket
                    : kind == ISS_TARGET_PORT  ? effect->is->port
                    : kind == ISS_TARGET_KINDS ? effect->is->suits
                                               : effect->is->pad;

    if (named >= 0) {
        return named;
    }
    if (what.kind == kind) {
        return what.id;
    }
    return what.kind == ISS_TARGET_VEHICLE ? of_flight(world, kind, what.id) : -1;
}

static void
begin_outage(struct iss_world *world, const struct effect *effect)
{
    const struct outage *outage = outage_kind(effect->is->kind);
    int32_t id = outage_of(world, effect, outage->kind);
    int64_t until = ISS_NEVER;

    if (id < 0 || !iss_world_forecasting(world)) {
        return;
    }
    if (effect->is->duration != NULL) {
        int64_t since =
            iss_world_failure(world, effect->target, effect->mode)->occurs_us;
        until = iss_us_add(
            since, iss_draw_us(world, ISS_DRAW_OUTAGE,
                               iss_failure_hash(world, effect->target, effect->mode),
                               draw_number(world, effect), effect->is->duration));
    }
    double left_d = until == ISS_NEVER ? NAN : iss_days_from_us(until - world->now_us);
    if (outage->begin(world, id, until)) {
        iss_raise(world, outage->event, id, effect->mode, left_d);
    }
}

void
iss_failure_resume_outages(struct iss_world *world, int32_t target, int32_t mode)
{
    for (int32_t i = 0; i < effect_count(world, mode); i++) {
        struct effect effect = effect_of(world, target, mode, i);
        if (outage_kind(effect.is->kind) != NULL) {
            begin_outage(world, &effect);
        } else if (effect.is->kind == ISS_EFFECT_RESOURCE_LOSS) {
            iss_failure_resume_leak(world, target, mode, i);
        }
    }
}

/* ---- chains -------------------------------------------------------------------- */

/* Whether something belongs to a flight: its port, its rocket, the pad that it was
 * launched from, who has a seat in it. */
static bool
belongs(const struct iss_world *world, struct iss_target what, int32_t flight)
{
    switch (what.kind) {
    case ISS_TARGET_PORT:
    case ISS_TARGET_ROCKET:
    case ISS_TARGET_PAD:
        return of_flight(world, what.kind, flight) == what.id;
    case ISS_TARGET_PERSON:
        return world->people[what.id].seat == flight;
    default:
        return false;
    }
}

/* Whether a failure of `from` can lead to one of `to`. */
static bool
is_linked(const struct iss_world *world, int32_t from, int32_t to)
{
    struct iss_target one = iss_target_of(world, from),
                      other = iss_target_of(world, to);

    if (from == to || one.kind == ISS_TARGET_STATION ||
        other.kind == ISS_TARGET_STATION) {
        return true;
    }
    if (one.kind == ISS_TARGET_VEHICLE) {
        return belongs(world, other, one.id);
    }
    return other.kind == ISS_TARGET_VEHICLE && belongs(world, one, other.id);
}

static void
chain_to(struct iss_world *world, const struct effect *effect, int32_t target)
{
    const struct iss_effect *is = effect->is;
    uint64_t hash =
        iss_hash_occurrence(iss_failure_hash(world, effect->target, effect->mode),
                            iss_failure_hash(world, target, is->failure));
    uint64_t number = draw_number(world, effect);

    if (!(iss_draw(world, ISS_DRAW_CHAIN, hash, number) <
          iss_world_value(world, &is->probability))) {
        return;
    }
    int64_t delay = iss_draw_us(world, ISS_DRAW_CHAIN_DELAY, hash, number, is->delay);
    int32_t slot = iss_slot_failure(world, target, is->failure);
    int64_t at = iss_us_add(world->now_us, delay);

    if (delay == 0) {
        iss_raise(world, ISS_EVENT_FAILURE_OCCURS, target, is->failure, 0);
    } else if (!iss_scheduled(world, slot) ||
               at < iss_calendar_time(world->calendar, slot)) {
        iss_schedule(world, slot, at, ISS_EVENT_FAILURE_OCCURS, target, is->failure);
    }
}

static void
chain(struct iss_world *world, const struct effect *effect)
{
    int32_t targets = iss_target_count(world);

    for (int32_t target = 0; iss_world_forecasting(world) && target < targets;
         target++) {
        if (iss_failure_at_risk(world, target, effect->is->failure) &&
            is_linked(world, effect->target, target)) {
            chain_to(world, effect, target);
        }
    }
}

/* ---- evacuation ---------------------------------------------------------------- */

static void
send_home(struct iss_world *world, int32_t flight, int32_t mode)
{
    const struct iss_flight *self = &world->flights[flight];
    int32_t people = iss_flight_passengers(world, flight);

    if (iss_flight_attached(self) && !self->early && people > 0 &&
        self->condition != ISS_UNUSABLE) {
        iss_raise(world, ISS_EVENT_EVACUATION, flight, mode, people);
    }
}

static void
evacuate(struct iss_world *world, const struct effect *effect)
{
    struct iss_target what = iss_target_of(world, effect->target);
    bool all =
        effect->is->who == ISS_EVACUATE_STATION || what.kind == ISS_TARGET_STATION;

    if (what.kind == ISS_TARGET_PERSON && !all) {
        iss_raise(world, ISS_EVENT_EVACUATION_NEEDED, what.id, effect->mode, 1);
        return;
    }
    for (int32_t port = 0; port < world->model->ports.count; port++) {
        int32_t flight = world->berths[port].flight;
        bool struck = (what.kind == ISS_TARGET_PORT && what.id == port) ||
                      (what.kind == ISS_TARGET_VEHICLE && what.id == flight);
        if (flight >= 0 && (all || struck)) {
            send_home(world, flight, effect->mode);
        }
    }
}

/* Until the finding nobody knows whether it will make people go home; a person is ill
 * from the beginning. */
static void
ail(struct iss_world *world, int32_t target)
{
    struct iss_target what = iss_target_of(world, target);

    if (what.kind == ISS_TARGET_PERSON) {
        iss_person_ail(world, what.id);
    }
}

void
iss_failure_evacuate(struct iss_world *world, int32_t target, int32_t mode)
{
    for (int32_t i = 0; i < effect_count(world, mode); i++) {
        struct effect effect = effect_of(world, target, mode, i);
        if (effect.is->kind == ISS_EFFECT_EVACUATE) {
            evacuate(world, &effect);
        }
    }
}

/* ---- all of them --------------------------------------------------------------- */

void
iss_failure_take_effect(struct iss_world *world, int32_t target, int32_t mode)
{
    for (int32_t i = 0; i < effect_count(world, mode); i++) {
        struct effect effect = effect_of(world, target, mode, i);
        switch ((enum iss_effect_kind)effect.is->kind) {
        case ISS_EFFECT_VEHICLE_UNSAFE:
        case ISS_EFFECT_VEHICLE_LOST:
            strike_vehicle(world, target, &effect);
            break;
        case ISS_EFFECT_LAUNCH_GROUNDED:
        case ISS_EFFECT_PORT_BLOCKED:
        case ISS_EFFECT_PAD_CLOSED:
        case ISS_EFFECT_SUITS_UNUSABLE:
            begin_outage(world, &effect);
            break;
        case ISS_EFFECT_CHAIN:
            chain(world, &effect);
            break;
        case ISS_EFFECT_RESOURCE_LOSS:
            iss_failure_lose(world, target, mode, i);
            break;
        case ISS_EFFECT_EVACUATE: /* after the finding */
            ail(world, target);
            break;
        case ISS_EFFECT_SIMULATED:
            break;
        }
    }
}
