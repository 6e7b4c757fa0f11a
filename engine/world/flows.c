/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flows.c - at which rates stocks rise and fall, given who is aboard, what is left and
 * which systems are up.
 *
 * People come first: where nothing is left they get what is being made, and productions
 * and transfers (makers) the rest of it.  Then, in an order in which each maker comes
 * after those that lead to what it consumes, as far as there is one,
 *
 *     forwards    each makes what it can out of what has run out
 *     backwards   each makes what there is room for, or what keeps the level at which
 * it rests, and so consumes less forwards    each makes what it still can, when less
 * comes of the others, again until nothing changes
 *
 * In a circle the maker that comes first doesn't count on what comes round of what has
 * run out.  What is made where there is no room is let go.
 *
 * Owns world->makers.
 */
#include <math.h>

#include "base/hash.h"
#include "model/resources.h"
#include "world/stocks.h"
#include "world/world.h"

enum { ROUNDING_MG = 16 };

/* People aboard: of each segment, and in all. */
struct crowd {
    int32_t of[ISS_MAX_SEGMENTS], all;
};

static struct crowd
count_people(const struct iss_world *world)
{
    struct crowd crowd = {{0}, world->aboard_count};

    for (int32_t i = 0; i < world->aboard_count; i++) {
        crowd.of[iss_model_crew_member(world->model, world->aboard[i])->segment]++;
    }
    return crowd;
}

static int32_t
users_of(const struct crowd *crowd, int32_t segment)
{
    return segment < 0 ? crowd->all : crowd->of[segment];
}

/* What people and the station want of a resource, a day; on rations if there are any.
 */
static int64_t
wanted(const struct iss_world *world, int32_t resource, bool rationed)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t people = stock->person_mg * stock->users;

    if (rationed && stock->low != 0) {
        people = llround((double)people * iss_stock_ration(world, resource));
    }
    return people + stock->use_mg;
}

/* ---- productions and transfers --------------------------------------------------- */

static int64_t
mass_of(const struct iss_world *world, const struct iss_value *value, int64_t otherwise)
{
    double mass_kg = iss_world_value(world, value);
    return isnan(mass_kg) ? otherwise : llround(mass_kg * ISS_MG_PER_KG);
}

void
iss_flows_begin(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->makers.count; i++) {
        const struct iss_production *self = iss_model_maker(world->model, i);
        world->makers[i] = (struct iss_maker_state){
            .person_mg = mass_of(world, &self->per_person, 0),
            .use_mg = mass_of(world, &self->per_day, 0),
            .level_mg = mass_of(world, &self->level, -1),
            .resource = self->resource,
        };
        if (world->makers[i].level_mg >= 0) {
            world->stocks[self->resource].rests = true;
        }
    }
    world->flows_of = 0;
}

static int64_t
share_of(const struct iss_world *world, const struct iss_consumption *row, int64_t made)
{
    return (int64_t)(iss_world_value(world, &row->amount) * (double)made);
}

/* What is left, for maker `id`, of an input that has run out: of what is being made of
 * it, people and all others having had theirs. */
static int64_t
left_of(const struct iss_world *world, int32_t id, const struct iss_consumption *input)
{
    const struct iss_stock *stock = &world->stocks[input->resource];
    int64_t left = stock->next.made - wanted(world, input->resource, true) -
                   stock->consumed_mg + share_of(world, input, world->makers[id].makes);
    return left > 0 ? left : 0;
}

/* The most of `made` that can be made out of what has run out. */
static int64_t
possible(const struct iss_world *world, int32_t id, int64_t made)
{
    const struct iss_production *self = iss_model_maker(world->model, id);
    const struct iss_consumption *inputs = self->consumes.items;

    for (int32_t i = 0; i < self->consumes.count && made > 0; i++) {
        double amount = iss_world_value(world, &inputs[i].amount);
        if (world->stocks[inputs[i].resource].level_mg > 0 || !(amount > 0)) {
            continue;
        }
        int64_t left = left_of(world, id, &inputs[i]);
        if (share_of(world, &inputs[i], made) > left) {
            made = (int64_t)((double)left / amount);
        }
    }
    return made;
}

/* A maker makes `made` a day from here on. */
static void
set_maker(struct iss_world *world, int32_t id, int64_t made)
{
    const struct iss_production *self = iss_model_maker(world->model, id);
    const struct iss_consumption *inputs = self->consumes.items;
    const struct iss_consumption *yields = self->yields.items;
    int64_t before = world->makers[id].makes;

    world->makers[id].makes = made;
    world->stocks[self->resource].next.made += made - before;
    for (int32_t i = 0; i < self->consumes.count; i++) {
        world->stocks[inputs[i].resource].consumed_mg +=
            share_of(world, &inputs[i], made) - share_of(world, &inputs[i], before);
    }
    for (int32_t i = 0; i < self->yields.count; i++) {
        world->stocks[yields[i].resource].next.made +=
            share_of(world, &yields[i], made) - share_of(world, &yields[i], before);
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
make_possible(struct iss_world *world, int32_t id, const struct crowd *crowd)
{
    const struct iss_production *self = iss_model_maker(world->model, id);
    const struct iss_maker_state *state = &world->makers[id];

    if (is_up(world, self)) {
        int64_t made = state->person_mg * users_of(crowd, self->users) + state->use_mg;
        set_maker(world, id, possible(world, id, made));
    }
}

/* What is full, or where a maker rests, takes no more of it than is used. */
static void
make_room(struct iss_world *world, int32_t id)
{
    int32_t resource = world->makers[id].resource;
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t level = world->makers[id].level_mg;

    if (level >= 0 && stock->level_mg > level) {
        set_maker(world, id, 0);
    }
    if (stock->level_mg < stock->capacity_mg &&
        (level < 0 || stock->level_mg < level)) {
        return;
    }
    int64_t over =
        stock->next.made - wanted(world, resource, true) - stock->consumed_mg;
    if (over > 0) {
        set_maker(world, id,
                  world->makers[id].makes > over ? world->makers[id].makes - over : 0);
    }
}

/* Each maker makes what it still can; whether one makes less.  Where less and less goes
 * round in a circle, none of it makes any in the end. */
static bool
make_less(struct iss_world *world, bool nothing)
{
    bool less = false;

    for (int32_t i = 0; i < world->model->makers.count; i++) {
        int32_t id = world->model->production_order[i];
        int64_t before = world->makers[id].makes, made = possible(world, id, before);
        if (made < before) {
            set_maker(world, id, nothing ? 0 : made);
            less = true;
        }
    }
    return less;
}

/* ---- stocks -------------------------------------------------------------------- */

/* What is left of what is being made leaks; where there is some, all that can. */
static int64_t
leaking(const struct iss_stock *stock, int64_t used)
{
    int64_t left = stock->next.made > used ? stock->next.made - used : 0;
    return stock->level_mg > 0 || stock->leak_mg < left ? stock->leak_mg : left;
}

/* Rates are whole milligrams a day: what is made out of all that is left takes a few
 * less than that.  These are consumed too, lest the stock is empty again and again. */
static int64_t
rest_of(const struct iss_stock *stock, int64_t used)
{
    int64_t rest = stock->next.made - used;
    bool all = stock->level_mg <= 0 && stock->consumed_mg > 0;
    return all && rest > 0 && rest <= ROUNDING_MG ? rest : 0;
}

static void
set_use(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    struct iss_rates *next = &stock->next;
    int64_t people = wanted(world, resource, true);

    next->lacking = 0;
    if (stock->level_mg <= 0) {
        int64_t there = next->made - stock->consumed_mg;
        if (people > there) {
            people = there;
            next->lacking = wanted(world, resource, false) - there;
        }
    }
    next->used = people + stock->consumed_mg;
    next->used += rest_of(stock, next->used);
    next->leaked = leaking(stock, next->used);
    next->used += next->leaked;
    int64_t over = next->made - next->used;
    next->let_go = stock->level_mg >= stock->capacity_mg && over > 0 ? over : 0;
    next->used += next->let_go;
}

static void
clear_rates(struct iss_world *world, const struct crowd *crowd)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        struct iss_stock *stock = &world->stocks[i];
        stock->users = users_of(crowd, iss_model_resource(model, i)->users);
        stock->next.made = stock->consumed_mg = stock->leak_mg = 0;
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        world->makers[i].makes = 0;
    }
    for (int32_t i = 0; i < model->leaks.count; i++) {
        world->stocks[iss_model_leak(model, i)->resource].leak_mg +=
            world->leaks[i].mg_per_d;
    }
}

/* ---- whether anything is new ----------------------------------------------------- */

/* All that the rates follow from and that changes: who is aboard, on which side of the
 * levels that matter each stock is, what leaks, and which makers are up.  Many events
 * change none of it, and setting the rates is most of what stocks cost. */
static uint64_t
hash_inputs(const struct iss_world *world, const struct crowd *crowd)
{
    const struct iss_model *model = world->model;
    uint64_t hash = iss_hash_fold(0, (uint64_t)crowd->all << 1 | world->lost);

    for (int32_t i = 0; i < model->segments.count; i++) {
        hash = iss_hash_fold(hash, (uint64_t)crowd->of[i]);
    }
    for (int32_t i = 0; i < model->resources.count; i++) {
        const struct iss_stock *stock = &world->stocks[i];
        bool none = stock->level_mg <= 0, full = stock->level_mg >= stock->capacity_mg;
        hash =
            iss_hash_fold(hash, (uint64_t)stock->low << 2 | (uint64_t)none << 1 | full);
    }
    for (int32_t i = 0; i < model->leaks.count; i++) {
        hash = iss_hash_fold(hash, (uint64_t)world->leaks[i].mg_per_d);
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        const struct iss_maker_state *maker = &world->makers[i];
        int64_t above = world->stocks[maker->resource].level_mg - maker->level_mg;
        uint64_t side = maker->level_mg < 0 ? 0 : above < 0 ? 1 : above > 0 ? 2 : 3;
        bool up = is_up(world, iss_model_maker(model, i));
        hash = iss_hash_fold(hash, side << 1 | up);
    }
    return hash == 0 ? 1 : hash;
}

void
iss_flows_set(struct iss_world *world)
{
    const struct iss_model *model = world->model;
    struct crowd crowd = count_people(world);
    int32_t makers = model->makers.count;
    uint64_t inputs = hash_inputs(world, &crowd);

    if (inputs == world->flows_of) {
        return;
    }
    world->flows_of = inputs;
    clear_rates(world, &crowd);
    for (int32_t i = 0; world->lost && i < model->resources.count; i++) {
        world->stocks[i].next = (struct iss_rates){0};
    }
    if (world->lost) {
        return;
    }
    for (int32_t i = 0; i < makers; i++) {
        make_possible(world, model->production_order[i], &crowd);
    }
    for (int32_t i = makers - 1; i >= 0; i--) {
        make_room(world, model->production_order[i]);
    }
    for (int32_t pass = 0; make_less(world, pass > makers); pass++) {
    }
    for (int32_t i = 0; i < model->resources.count; i++) {
        set_use(world, i);
    }
}
