/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flows.c - at which rates stocks rise and fall, given who is aboard and what is left.
 *
 * People come first: where nothing is left they get what is being made, and productions
 * the rest of it.  Then, in an order in which each production comes after those that
 * make what it consumes,
 *
 *     forwards    each makes what it can out of what has run out
 *     backwards   each makes what there is room for, and so consumes less
 *
 * The second can't starve anybody: what is full hasn't run out.
 *
 * Owns world->makes, what each production makes.
 */
#include <math.h>

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

/* ---- productions --------------------------------------------------------------- */

static int64_t
needs(const struct iss_world *world, const struct iss_consumption *input, int64_t made)
{
    return (int64_t)floor(iss_world_value(world, &input->amount) * (double)made);
}

/* What is left of an input that has run out, of what is being made of it. */
static int64_t
left_of(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t left =
        stock->made.mg_per_d - wanted(world, resource, true) - stock->consumed_mg;
    return left > 0 ? left : 0;
}

/* The most that can be made out of what has run out. */
static int64_t
possible(const struct iss_world *world, const struct iss_production *self, int64_t made)
{
    const struct iss_consumption *inputs = self->consumes.items;

    for (int32_t i = 0; i < self->consumes.count; i++) {
        int64_t left = left_of(world, inputs[i].resource);
        double amount = iss_world_value(world, &inputs[i].amount);
        if (world->stocks[inputs[i].resource].level_mg <= 0 && amount > 0 &&
            needs(world, &inputs[i], made) > left) {
            made = (int64_t)floor((double)left / amount);
        }
    }
    return made;
}

/* A production makes `made` a day from here on. */
static void
set_production(struct iss_world *world, int32_t id, int64_t made)
{
    const struct iss_production *self = iss_model_production(world->model, id);
    const struct iss_consumption *inputs = self->consumes.items;
    int64_t before = world->makes[id];

    world->makes[id] = made;
    world->stocks[self->resource].made.mg_per_d += made - before;
    for (int32_t i = 0; i < self->consumes.count; i++) {
        world->stocks[inputs[i].resource].consumed_mg +=
            needs(world, &inputs[i], made) - needs(world, &inputs[i], before);
    }
}

static void
make_possible(struct iss_world *world, int32_t id)
{
    const struct iss_production *self = iss_model_production(world->model, id);
    double per_person = iss_world_value(world, &self->per_person);
    double a_day = iss_world_value(world, &self->per_day);
    int64_t made = llround(per_person * ISS_MG_PER_KG) * world->aboard_count +
                   llround(a_day * ISS_MG_PER_KG);

    set_production(world, id, possible(world, self, made));
}

/* What is full takes no more than is used of it. */
static void
make_room(struct iss_world *world, int32_t id)
{
    int32_t resource = iss_model_production(world->model, id)->resource;
    const struct iss_stock *stock = &world->stocks[resource];

    if (stock->level_mg < stock->capacity_mg) {
        return;
    }
    int64_t over =
        stock->made.mg_per_d - wanted(world, resource, true) - stock->consumed_mg;
    if (over > 0) {
        int64_t made = world->makes[id] > over ? world->makes[id] - over : 0;
        set_production(world, id, made);
    }
}

/* ---- stocks -------------------------------------------------------------------- */

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
    stock->used.mg_per_d = people + stock->consumed_mg;
    if (stock->used.mg_per_d == stock->made.mg_per_d) {
        stock->used.carry = stock->made.carry; /* the level stays, to the milligram */
    }
}

void
iss_flows_set(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        struct iss_stock *stock = &world->stocks[i];
        stock->users = count_users(world, iss_model_resource(model, i)->users);
        stock->made.mg_per_d = stock->consumed_mg = 0;
    }
    for (int32_t i = 0; i < model->production.count; i++) {
        world->makes[i] = 0;
    }
    for (int32_t i = 0; i < model->production.count; i++) {
        make_possible(world, model->production_order[i]);
    }
    for (int32_t i = model->production.count - 1; i >= 0; i--) {
        make_room(world, model->production_order[i]);
    }
    for (int32_t i = 0; i < model->resources.count; i++) {
        set_use(world, i);
    }
}

void
iss_flows_stop(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        struct iss_stock *stock = &world->stocks[i];
        stock->made.mg_per_d = stock->used.mg_per_d = stock->lacking.mg_per_d = 0;
        stock->users = 0;
    }
}
