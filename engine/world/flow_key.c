/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flow_key.c - all that the rates of stocks follow from and that changes, in a few
 * words:
 *
 *     whether the station is lost | how many people are aboard, in all and of each
 *     segment | of each stock whether it is empty, or full, and which rations are on |
 *     of each maker whether it is up, and on which side of the level at which it rests
 *     its stock is
 *
 * What leaks isn't in it; see flows.c.  It is kept up to date rather than made anew,
 * since from one event to the next hardly any of it changes.
 *
 * Owns world->flow_key.
 */
#include "kernel/memo.h"
#include "world/stocks.h"
#include "world/world.h"

enum {
    WORD = 64,
    LOST_BITS = 1,
    PEOPLE_BITS = 31,
    SIDE_BITS = 2,
    EMPTY = 1,
    FULL = 2,
    MEMO_BYTES = 2 << 20
};

/* ---- where everything is ------------------------------------------------------- */

/* No field crosses from one word to the next. */
static int32_t
place(int32_t *end, int32_t bits)
{
    int32_t at = *end % WORD + bits > WORD ? (*end / WORD + 1) * WORD : *end;

    *end = at + bits;
    return at;
}

static bool
has_rations(const struct iss_resource *resource)
{
    const struct iss_reserve *reserves = resource->reserve.items;
    bool any = false;

    for (int32_t i = 0; i < resource->reserve.count; i++) {
        any = any || reserves[i].action == ISS_RESERVE_RATION;
    }
    return any;
}

static int32_t
stock_bits(const struct iss_resource *resource)
{
    return SIDE_BITS + (has_rations(resource) ? resource->reserve.count : 0);
}

/* Its end, in bits; `world` gets to know its places, unless it is NULL. */
static int32_t
place_all(const struct iss_model *model, struct iss_world *world)
{
    int32_t end = LOST_BITS;

    for (int32_t i = 0; i <= model->segments.count; i++) {
        (void)place(&end, PEOPLE_BITS);
    }
    for (int32_t i = 0; i < model->resources.count; i++) {
        const struct iss_resource *resource = iss_model_resource(model, i);
        int32_t at = place(&end, stock_bits(resource));
        if (world != NULL) {
            world->stocks[i].key_at = at;
            world->stocks[i].key_bits = stock_bits(resource);
        }
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        int32_t at = place(&end, 1), side_at = place(&end, SIDE_BITS);
        if (world != NULL) {
            world->makers[i].key_at = at;
            world->makers[i].side_at = side_at;
        }
    }
    return end;
}

int32_t
iss_flow_key_words(const struct iss_model *model)
{
    return model->resources.count > 0 ? (place_all(model, NULL) + WORD - 1) / WORD : 0;
}

/* ---- keeping it up to date ----------------------------------------------------- */

static void
put(struct iss_world *world, int32_t at, int32_t bits, uint64_t value)
{
    uint32_t shift = (uint32_t)at % WORD;
    uint64_t *word = &world->flow_key[(uint32_t)at / WORD];
    uint64_t mask = ((UINT64_C(1) << bits) - 1) << shift;
    uint64_t next = (*word & ~mask) | value << shift;

    world->flow_news |= next != *word;
    *word = next;
}

/* People aboard, of each segment and in all. */
static void
put_people(struct iss_world *world)
{
    const struct iss_model *model = world->model;
    int32_t *crowd = world->crowd, all = model->segments.count;
    int32_t end = LOST_BITS;

    for (int32_t i = 0; i < all; i++) {
        crowd[i] = 0;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        crowd[iss_model_crew_member(model, world->aboard[i])->segment]++;
    }
    crowd[all] = world->aboard_count;
    for (int32_t i = 0; i <= all; i++) {
        put(world, place(&end, PEOPLE_BITS), PEOPLE_BITS, (uint64_t)crowd[i]);
    }
}

static bool
is_up(const struct iss_world *world, const struct iss_production *self)
{
    bool up = self->system < 0 || !iss_system_down(world, self->system);

    for (int32_t i = 0; i < self->systems.count; i++) {
        up = up && !iss_system_down(world, self->systems.at[i]);
    }
    return up;
}

static void
put_systems(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->makers.count; i++) {
        struct iss_maker_state *maker = &world->makers[i];
        bool up = is_up(world, iss_model_maker(world->model, i));
        if (up != maker->up) {
            maker->up = up;
            put(world, maker->key_at, 1, up);
        }
    }
}

/* Between which levels it is, or at which, as far as they matter to rates. */
static void
fence(struct iss_world *world, struct iss_stock *stock)
{
    int64_t level = stock->level_mg;
    bool at_edge = level <= 0 || level >= stock->capacity_mg;

    stock->under_mg = 0;
    stock->over_mg = stock->capacity_mg;
    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        int64_t rest = world->makers[i].level_mg;
        at_edge = at_edge || rest == level;
        if (rest < level && rest > stock->under_mg) {
            stock->under_mg = rest;
        } else if (rest > level && rest < stock->over_mg) {
            stock->over_mg = rest;
        }
    }
    stock->at_edge = at_edge;
    if (at_edge) {
        stock->under_mg = level - 1;
        stock->over_mg = level + 1;
    }
}

/* Whether it is empty, or full, and its rations. */
static uint64_t
state_of(const struct iss_stock *stock)
{
    uint64_t side = (stock->level_mg <= 0 ? EMPTY : 0) |
                    (stock->level_mg >= stock->capacity_mg ? FULL : 0);
    uint64_t low = stock->key_bits > SIDE_BITS ? stock->low : 0;

    return side | low << SIDE_BITS;
}

/* On which side of where a maker rests. */
static uint64_t
side_of(const struct iss_stock *stock, const struct iss_maker_state *maker)
{
    return (stock->level_mg >= maker->level_mg ? 1U : 0) |
           (stock->level_mg > maker->level_mg ? 2U : 0);
}

static void
put_stock(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    put(world, stock->key_at, stock->key_bits, state_of(stock));
    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        const struct iss_maker_state *maker = &world->makers[i];
        put(world, maker->side_at, SIDE_BITS, side_of(stock, maker));
    }
    fence(world, stock);
}

void
iss_flow_key_update(struct iss_world *world)
{
    int32_t words = iss_marks_words(world->model->resources.count);

    if ((world->flow_key[0] & 1) != world->lost) {
        put(world, 0, LOST_BITS, world->lost);
    }
    if (world->headcount) {
        put_people(world);
        world->headcount = false;
    }
    if (world->switched) {
        put_systems(world);
        world->switched = false;
    }
    for (int32_t word = 0; word < words; word++) {
        for (uint64_t left = world->moved[word]; left != 0; left &= left - 1) {
            put_stock(world, word * ISS_MARKS_A_WORD + __builtin_ctzll(left));
        }
        world->moved[word] = 0;
    }
}

/* ---- the beginning ------------------------------------------------------------- */

static bool
are_uncertain(const struct iss_rows *rows)
{
    const struct iss_consumption *items = rows->items;
    bool any = false;

    for (int32_t i = 0; i < rows->count; i++) {
        any = any || items[i].amount.uncertain >= 0;
    }
    return any;
}

static bool
use_is_uncertain(const struct iss_resource *self)
{
    const struct iss_reserve *reserves = self->reserve.items;
    bool any = self->per_person.uncertain >= 0 || self->use.uncertain >= 0;

    for (int32_t i = 0; i < self->reserve.count; i++) {
        any = any || reserves[i].factor.uncertain >= 0;
    }
    return any;
}

/* Whether rates follow from something that isn't the same at each outer point. */
static bool
is_uncertain(const struct iss_model *model)
{
    bool any = false;

    for (int32_t i = 0; i < model->resources.count; i++) {
        any = any || use_is_uncertain(iss_model_resource(model, i));
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        const struct iss_production *self = iss_model_maker(model, i);
        any = any || self->per_person.uncertain >= 0 || self->per_day.uncertain >= 0 ||
              are_uncertain(&self->consumes) || are_uncertain(&self->yields);
    }
    return any;
}

void
iss_flow_key_begin(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    (void)place_all(model, world);
    for (int32_t i = 0; i < model->resources.count; i++) {
        iss_mark(world->moved, i);
    }
    world->headcount = world->switched = world->flow_news = true;
    if (world->rates_known != NULL && model->uncertain.count > 0 &&
        is_uncertain(model)) {
        iss_memo_clear(world->rates_known);
    }
}

struct iss_memo *
iss_flows_memo(const struct iss_model *model)
{
    int32_t count = model->resources.count;

    return iss_memo_new(iss_flow_key_words(model),
                        count * ISS_RATES + iss_marks_words(count), MEMO_BYTES);
}

/* ---- check --------------------------------------------------------------------- */

static uint64_t
told(const struct iss_world *world, int32_t at, int32_t bits)
{
    return world->flow_key[at / WORD] >> at % WORD & ((UINT64_C(1) << bits) - 1);
}

static const char *
check_people(const struct iss_world *world)
{
    int32_t end = LOST_BITS, at = 0;

    for (int32_t i = 0; i <= world->model->segments.count; i++) {
        at = place(&end, PEOPLE_BITS);
    }
    return told(world, at, PEOPLE_BITS) != (uint64_t)world->aboard_count
               ? "rates are those of other people"
               : NULL;
}

static const char *
check_makers(const struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->makers.count; i++) {
        if (told(world, world->makers[i].key_at, 1) !=
            is_up(world, iss_model_maker(world->model, i))) {
            return "rates are those of other makers";
        }
    }
    return NULL;
}

static bool
is_told(const struct iss_world *world, const struct iss_stock *stock)
{
    bool right = told(world, stock->key_at, stock->key_bits) == state_of(stock) &&
                 iss_stock_inside(stock);

    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        const struct iss_maker_state *maker = &world->makers[i];
        right =
            right && told(world, maker->side_at, SIDE_BITS) == side_of(stock, maker);
    }
    return right;
}

const char *
iss_flow_key_check(const struct iss_world *world)
{
    const char *broken = NULL;

    if (!world->stocked) {
        return NULL;
    }
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        if (!iss_marked(world->moved, i) && !is_told(world, &world->stocks[i])) {
            broken = "rates are those of another level";
        }
    }
    if (broken == NULL && !world->headcount) {
        broken = check_people(world);
    }
    return broken == NULL && !world->switched ? check_makers(world) : broken;
}
