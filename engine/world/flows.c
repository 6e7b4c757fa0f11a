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
 * Owns world->makes, what each maker makes.
 */
#include <math.h>

#include "model/resources.h"
#include "world/stocks.h"
#include "world/world.h"

static int32_t
count_users(const struct iss_world *world, int32_t segment)
{
    int32_t count = 0;

    if (segment < 0) {
        return world->aboard_count;
    }
    for (int32_t i = 0; i < world->aboard_count; i++) {
        count +=
            iss_model_crew_member(world->model, world->aboard[i])->segment == segment;
    }
    return count;
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

int64_t
iss_maker_level_mg(const struct iss_world *world, int32_t maker)
{
    double level = iss_world_value(world, &iss_model_maker(world->model, maker)->level);
    return isnan(level) ? -1 : llround(level * ISS_MG_PER_KG);
}

static int64_t
share_of(const struct iss_world *world, const struct iss_consumption *row, int64_t made)
{
    return (int64_t)floor(iss_world_value(world, &row->amount) * (double)made);
}

/* What is left, for maker `id`, of an input that has run out: of what is being made of
 * it, people and all others having had theirs. */
static int64_t
left_of(const struct iss_world *world, int32_t id, const struct iss_consumption *input)
{
    const struct iss_stock *stock = &world->stocks[input->resource];
    int64_t left = stock->made.mg_per_d - wanted(world, input->resource, true) -
                   stock->consumed_mg + share_of(world, input, world->makes[id]);
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
            made = (int64_t)floor((double)left / amount);
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
    int64_t before = world->makes[id];

    world->makes[id] = made;
    world->stocks[self->resource].made.mg_per_d += made - before;
    for (int32_t i = 0; i < self->consumes.count; i++) {
        world->stocks[inputs[i].resource].consumed_mg +=
            share_of(world, &inputs[i], made) - share_of(world, &inputs[i], before);
    }
    for (int32_t i = 0; i < self->yields.count; i++) {
        world->stocks[yields[i].resource].made.mg_per_d +=
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
make_possible(struct iss_world *world, int32_t id)
{
    const struct iss_production *self = iss_model_maker(world->model, id);
    double per_person = iss_world_value(world, &self->per_person);
    double a_day = iss_world_value(world, &self->per_day);

    if (is_up(world, self)) {
        int64_t made =
            llround(per_person * ISS_MG_PER_KG) * count_users(world, self->users) +
            llround(a_day * ISS_MG_PER_KG);
        set_maker(world, id, possible(world, id, made));
    }
}

/* What is full, or where a maker rests, takes no more of it than is used. */
static void
make_room(struct iss_world *world, int32_t id)
{
    int32_t resource = iss_model_maker(world->model, id)->resource;
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t level = iss_maker_level_mg(world, id);

    if (level >= 0 && stock->level_mg > level) {
        set_maker(world, id, 0);
    }
    if (stock->level_mg < stock->capacity_mg &&
        (level < 0 || stock->level_mg < level)) {
        return;
    }
    int64_t over =
        stock->made.mg_per_d - wanted(world, resource, true) - stock->consumed_mg;
    if (over > 0) {
        set_maker(world, id, world->makes[id] > over ? world->makes[id] - over : 0);
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
        int64_t before = world->makes[id], made = possible(world, id, before);
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
    int64_t left = stock->made.mg_per_d > used ? stock->made.mg_per_d - used : 0;
    return stock->level_mg > 0 || stock->leak_mg < left ? stock->leak_mg : left;
}

static void
set_use(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    int64_t people = wanted(world, resource, true);

    stock->lacking.mg_per_d = 0;
    if (stock->level_mg <= 0) {
        int64_t there = stock->made.mg_per_d - stock->consumed_mg;
        if (people > there) {
            people = there;
            stock->lacking.mg_per_d = wanted(world, resource, false) - there;
        }
    }
    int64_t used = people + stock->consumed_mg;
    stock->leaked.mg_per_d = leaking(stock, used);
    used += stock->leaked.mg_per_d;
    int64_t over = stock->made.mg_per_d - used;
    stock->let_go.mg_per_d =
        stock->level_mg >= stock->capacity_mg && over > 0 ? over : 0;
    stock->used.mg_per_d = used + stock->let_go.mg_per_d;
    if (stock->used.mg_per_d == stock->made.mg_per_d) {
        stock->used.carry = stock->made.carry; /* the level stays, to the milligram */
    }
}

static void
clear_rates(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        struct iss_stock *stock = &world->stocks[i];
        stock->users = count_users(world, iss_model_resource(model, i)->users);
        stock->made.mg_per_d = stock->consumed_mg = stock->leak_mg = 0;
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        world->makes[i] = 0;
    }
    for (int32_t i = 0; i < model->leaks.count; i++) {
        world->stocks[iss_model_leak(model, i)->resource].leak_mg +=
            world->leaks[i].mg_per_d;
    }
}

void
iss_flows_set(struct iss_world *world)
{
    const struct iss_model *model = world->model;
    int32_t makers = model->makers.count;

    clear_rates(world);
    for (int32_t i = 0; i < makers; i++) {
        make_possible(world, model->production_order[i]);
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
