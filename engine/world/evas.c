/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evas.c - who is outside, and since when; suits; and the line of repairs that are to
 * be made outside.
 *
 *     (in the line) --outing, and outing, and ...--> (closed)
 *
 * The line is in the order of priority, and of coming among equals; who is outside
 * keeps the place.
 */
#include "world/world.h"

/* ---- outings ------------------------------------------------------------------- */

bool
iss_eva_under_way(const struct iss_world *world, int32_t rule)
{
    return world->outings > 0 && iss_scheduled(world, iss_slot_eva_back(world, rule));
}

static void
put_on(struct iss_world *world, int32_t suits, int64_t until_us)
{
    if (suits >= 0) {
        struct iss_suit_state *self = &world->suits[suits];
        self->begun_us[self->outings % ISS_MAX_WEEKLY] = world->now_us;
        self->outings++;
        self->back_us = until_us;
    }
}

/* All who take part. */
static void
count_absent(struct iss_world *world, int32_t rule, bool absent)
{
    const struct iss_eva_state *eva = &world->evas[rule];

    for (int32_t i = 0; i < eva->size; i++) {
        iss_workers_absent(world, eva->team[i], ISS_ABSENT_OUTSIDE, absent);
    }
    if (eva->inside >= 0) {
        iss_workers_absent(world, eva->inside, ISS_ABSENT_OUTSIDE, absent);
    }
}

void
iss_eva_begin(struct iss_world *world, int32_t rule, const int32_t *people,
              int32_t count, int32_t inside, int64_t until_us, int32_t unit,
              uint64_t hash)
{
    struct iss_eva_state *eva = &world->evas[rule];

    for (int32_t i = 0; i < count; i++) {
        eva->team[i] = people[i];
    }
    eva->size = count;
    eva->inside = inside;
    eva->begun_us = world->now_us;
    eva->until_us = until_us;
    eva->unit = unit;
    eva->hash = hash;
    world->outings++;
    count_absent(world, rule, true);
    put_on(world, iss_model_eva_rule(world->model, rule)->suits, until_us);
    iss_schedule(world, iss_slot_eva_back(world, rule), until_us, ISS_EVENT_EVA_ENDS,
                 rule, unit);
    if (unit >= 0) {
        struct iss_errand *errand = iss_unit_errand(world, unit);
        errand->begun_us =
            errand->begun_us == ISS_NO_TIME ? world->now_us : errand->begun_us;
        errand->worked_us += (count + (inside >= 0)) * (until_us - world->now_us);
        errand->outside = true;
    }
    world->changed |= ISS_CHANGED_EVAS;
}

void
iss_eva_finish(struct iss_world *world, int32_t rule)
{
    struct iss_eva_state *eva = &world->evas[rule];

    world->outings--;
    count_absent(world, rule, false);
    if (eva->unit >= 0) {
        struct iss_errand *errand = iss_unit_errand(world, eva->unit);
        errand->outside = false;
        errand->made++;
        errand->left--;
    }
    world->changed |= ISS_CHANGED_EVAS;
}

/* ---- suits --------------------------------------------------------------------- */

int64_t
iss_suits_free_from(const struct iss_world *world, int32_t suits, bool waived)
{
    if (suits < 0) {
        return INT64_MIN;
    }
    const struct iss_suits *kind = iss_model_suits_pool(world->model, suits);
    const struct iss_suit_state *self = &world->suits[suits];
    int64_t from_us = INT64_MIN;

    if (self->outings > 0) {
        from_us = iss_us_add(self->back_us, kind->rest_us);
    }
    if (kind->weekly > 0 && self->outings >= kind->weekly) {
        int64_t first_us =
            self->begun_us[(self->outings - kind->weekly) % ISS_MAX_WEEKLY];
        from_us = iss_us_later(from_us, iss_us_add(first_us, 7 * ISS_US_PER_D));
    }
    return waived ? from_us : iss_us_later(from_us, self->down_us);
}

bool
iss_suits_stand_down(struct iss_world *world, int32_t suits, int64_t until_us)
{
    struct iss_suit_state *self = &world->suits[suits];

    if (until_us <= self->down_us || until_us <= world->now_us) {
        return false;
    }
    if (self->down_us <= world->now_us) {
        self->since_us = world->now_us;
    }
    self->down_us = until_us;
    world->changed |= ISS_CHANGED_EVAS;
    iss_schedule(world, iss_slot_suits(world, suits), until_us, ISS_EVENT_SUITS_CLEARED,
                 suits, -1);
    return true;
}

/* ---- repairs outside ----------------------------------------------------------- */

static int64_t
priority(const struct iss_world *world, int32_t unit)
{
    return iss_model_system(world->model, world->units[unit].system)->duty.priority;
}

void
iss_errand_open(struct iss_world *world, int32_t unit, int32_t outings)
{
    int32_t *link = &world->first_errand;

    while (*link >= 0 && priority(world, *link) >= priority(world, unit)) {
        link = &iss_unit_errand(world, *link)->next;
    }
    *iss_unit_errand(world, unit) = (struct iss_errand){.asked_us = world->now_us,
                                                        .ready_us = ISS_NEVER,
                                                        .begun_us = ISS_NO_TIME,
                                                        .left = outings,
                                                        .next = *link,
                                                        .waits = true};
    *link = unit;
}

void
iss_errand_close(struct iss_world *world, int32_t unit)
{
    int32_t *link = &world->first_errand;

    while (*link != unit) {
        link = &iss_unit_errand(world, *link)->next;
    }
    *link = iss_unit_errand(world, unit)->next;
    iss_unit_errand(world, unit)->next = -1;
    iss_unit_errand(world, unit)->waits = false;
}
