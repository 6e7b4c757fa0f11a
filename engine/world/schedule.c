/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schedule.c - time and chance in a world: the calendar, events within a moment, draws.
 *
 * Events that a handler raises happen at once, first come first served, before anything
 * else on the calendar, so that one moment's consequences are settled before the next.
 */
#include "isssim/status.h"
#include "world/world.h"

static inline void
write_event(const struct iss_world *world, struct iss_event *event, int64_t time_us,
            enum iss_event_kind kind, int32_t subject, int32_t object, double value)
{
    event->time_us = time_us;
    event->value = value;
    event->sequence = world->sequence;
    event->cause = world->current;
    event->subject = subject;
    event->object = object;
    event->kind = (uint16_t)kind;
}

void
iss_schedule(struct iss_world *world, int32_t slot, int64_t time_us,
             enum iss_event_kind kind, int32_t subject, int32_t object)
{
    if (time_us == ISS_NEVER) {
        iss_unschedule(world, slot);
        return;
    }
    if (time_us < world->now_us) {
        time_us = world->now_us;
    }
    int32_t room = iss_calendar_set(world->calendar, slot, time_us,
                                    (uint64_t)kind << 32 | ++world->sequence);
    write_event(world, &world->pending[room], time_us, kind, subject, object, 0);
}

void
iss_put(struct iss_world *world, int32_t slot, const struct iss_event *event)
{
    int32_t room = iss_calendar_set(world->calendar, slot, event->time_us,
                                    (uint64_t)event->kind << 32 | event->sequence);

    world->pending[room] = *event;
}

void
iss_blame(struct iss_world *world, int32_t slot, uint32_t cause)
{
    if (iss_scheduled(world, slot)) {
        iss_pending(world, slot)->cause = cause;
    }
}

void
iss_postpone(struct iss_world *world, int32_t slot, int64_t by_us)
{
    if (!iss_scheduled(world, slot)) {
        return;
    }
    struct iss_event event = *iss_pending(world, slot);
    iss_schedule(world, slot, iss_us_add(event.time_us, by_us),
                 (enum iss_event_kind)event.kind, event.subject, event.object);
    iss_blame(world, slot, event.cause);
}

void
iss_raise(struct iss_world *world, enum iss_event_kind kind, int32_t subject,
          int32_t object, double value)
{
    if (world->raised_tail - world->raised_head == world->raised_room) {
        world->status = ISS_ERR_CAPACITY;
        return;
    }
    world->sequence++;
    write_event(world, &world->raised[world->raised_tail++ & (world->raised_room - 1)],
                world->now_us, kind, subject, object, value);
    if (world->raised_tail > world->raised_most) {
        world->raised_most = world->raised_tail;
    }
}

/* What was raised first; when nothing else was, the ring begins anew. */
static void
take_raised(struct iss_world *world, struct iss_event *event)
{
    *event = world->raised[world->raised_head++ & (world->raised_room - 1)];
    if (world->raised_head == world->raised_tail) {
        world->raised_head = world->raised_tail = 0;
    }
}

bool
iss_world_next(struct iss_world *world, int64_t until_us, struct iss_event *event)
{
    if (world->raised_head != world->raised_tail) {
        take_raised(world, event);
        world->taken = -1;
    } else {
        int32_t room = iss_calendar_first(world->calendar);
        if (room < 0 || world->pending[room].time_us > until_us) {
            return false;
        }
        *event = world->pending[room];
        world->now_us = event->time_us;
        world->taken = iss_calendar_take(world->calendar);
    }
    world->current = event->sequence;
    return true;
}

void
iss_world_seed(struct iss_world *world, uint64_t seed, uint64_t index)
{
    world->stream = (struct iss_stream){seed, ISS_DOMAIN_MISSION, index};
    iss_cipher_init(&world->cipher, &world->stream);
}

double
iss_draw(const struct iss_world *world, enum iss_draw_kind kind, uint64_t hash,
         uint64_t number)
{
    return iss_unit_uniform(
        iss_cipher_bits(&world->cipher, world->model->draw_cause[kind], hash, number));
}

int64_t
iss_draw_us(const struct iss_world *world, enum iss_draw_kind kind, uint64_t hash,
            uint64_t number, const struct iss_dist *dist)
{
    double days;

    if (dist == NULL) {
        return 0;
    }
    dist = iss_world_dist(world, dist);
    if (!iss_dist_is_constant(dist, &days)) {
        days = iss_dist_quantile(dist, iss_draw(world, kind, hash, number));
    }
    return iss_us_from_days(days);
}

int64_t
iss_world_spaced(const struct iss_world *world, int64_t last_us)
{
    int64_t spacing = world->model->station.spacing_us;

    if (spacing == 0 || last_us == INT64_MIN) {
        return world->now_us;
    }
    return iss_us_later(iss_us_add(last_us, spacing), world->now_us);
}

bool
iss_world_forecasting(const struct iss_world *world)
{
    return world->now_us >= world->forecast_from_us;
}

int64_t
iss_world_recorded(const struct iss_world *world, int64_t flown_us)
{
    if (flown_us == ISS_NO_TIME || flown_us >= world->forecast_from_us) {
        return ISS_NEVER;
    }
    return flown_us;
}
