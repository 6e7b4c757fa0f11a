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
 * run out.  What is made where there is no room is let go.  Leaks come last: they are
 * out of what is left.
 *
 * What this comes to, but for leaks, is kept under what it follows from, for the
 * replications after this one too: one looks for it there first.
 *
 * Owns world->makers and world->worked_out.
 */
#include <math.h>
#include <string.h>

#include "kernel/memo.h"
#include "model/resources.h"
#include "world/stocks.h"
#include "world/world.h"

enum { ROUNDING_MG = 16 };

/* What people and the station want of a resource, a day; on rations if there are any.
 */
static int64_t
wanted(const struct iss_world *world, int32_t resource, bool rationed)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t people =
        stock->person_mg *
        iss_world_users(world, iss_model_resource(world->model, resource)->users);

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
            world->makers[i].next_rest = world->stocks[self->resource].first_rest;
            world->stocks[self->resource].first_rest = i;
        }
    }
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
    int64_t left = world->worked_out[input->resource].made -
                   wanted(world, input->resource, true) - stock->consumed_mg +
                   share_of(world, input, world->makers[id].makes);
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
    world->worked_out[self->resource].made += made - before;
    for (int32_t i = 0; i < self->consumes.count; i++) {
        world->stocks[inputs[i].resource].consumed_mg +=
            share_of(world, &inputs[i], made) - share_of(world, &inputs[i], before);
    }
    for (int32_t i = 0; i < self->yields.count; i++) {
        world->worked_out[yields[i].resource].made +=
            share_of(world, &yields[i], made) - share_of(world, &yields[i], before);
    }
}

static void
make_possible(struct iss_world *world, int32_t id)
{
    const struct iss_maker_state *state = &world->makers[id];

    if (state->up) {
        int32_t users =
            iss_world_users(world, iss_model_maker(world->model, id)->users);
        int64_t made = state->person_mg * users + state->use_mg;
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
    int64_t over = world->worked_out[resource].made - wanted(world, resource, true) -
                   stock->consumed_mg;
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

/* Rates are whole milligrams a day: what is made out of all that is left takes a few
 * less than that.  These are consumed too, lest the stock is empty again and again. */
static int64_t
rest_of(const struct iss_stock *stock, const struct iss_rates *rates)
{
    int64_t rest = rates->made - rates->used;
    bool all = stock->level_mg <= 0 && stock->consumed_mg > 0;
    return all && rest > 0 && rest <= ROUNDING_MG ? rest : 0;
}

/* What is made where there is no room is used too. */
static void
let_go(const struct iss_stock *stock, struct iss_rates *rates)
{
    int64_t over = rates->made - rates->used;

    rates->let_go = stock->level_mg >= stock->capacity_mg && over > 0 ? over : 0;
    rates->used += rates->let_go;
}

static void
set_use(struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    struct iss_rates *rates = &world->worked_out[resource];
    int64_t people = wanted(world, resource, true);

    if (stock->level_mg <= 0) {
        int64_t there = rates->made - stock->consumed_mg;
        if (people > there) {
            people = there;
            rates->lacking = wanted(world, resource, false) - there;
        }
    }
    rates->used = people + stock->consumed_mg;
    rates->used += rest_of(stock, rates);
    let_go(stock, rates);
}

/* ---- leaks --------------------------------------------------------------------- */

/* What is left of what is being made leaks; where there is some, all that can. */
static void
leak(const struct iss_stock *stock, int64_t leak_mg, struct iss_rates *rates)
{
    rates->used -= rates->let_go;
    int64_t left = rates->made > rates->used ? rates->made - rates->used : 0;
    rates->leaked = stock->level_mg > 0 || leak_mg < left ? leak_mg : left;
    rates->used += rates->leaked;
    let_go(stock, rates);
}

/* In milligrams a day. */
static int64_t
all_leaks(const struct iss_world *world, int32_t resource)
{
    int64_t sum = 0;

    for (int32_t i = 0; i < world->model->leaks.count; i++) {
        if (iss_model_leak(world->model, i)->resource == resource) {
            sum += world->leaks[i].mg_per_d;
        }
    }
    return sum;
}

static bool
are_open(const struct iss_world *world)
{
    bool open = false;

    for (int32_t i = 0; i < world->model->leaks.count; i++) {
        open = open || world->leaks[i].mg_per_d > 0;
    }
    return open && !world->lost;
}

/* Which of the rates worked out are more than used and made. */
static void
mark_odd(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    iss_unmark_all(world->odd_out, count);
    for (int32_t i = 0; i < count; i++) {
        const struct iss_rates *rates = &world->worked_out[i];
        if ((rates->lacking | rates->leaked | rates->let_go) != 0) {
            iss_mark(world->odd_out, i);
        }
    }
    world->rates = world->worked_out;
    world->odd = world->odd_out;
}

static void
add_leaks(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    if (world->rates != world->worked_out) {
        memcpy(world->worked_out, world->rates,
               (size_t)count * sizeof *world->worked_out);
    }
    for (int32_t i = 0; i < count; i++) {
        int64_t leak_mg = all_leaks(world, i);
        if (leak_mg > 0) {
            leak(&world->stocks[i], leak_mg, &world->worked_out[i]);
        }
    }
    mark_odd(world);
}

/* ---- all of it ------------------------------------------------------------------- */

static void
clear_rates(struct iss_world *world)
{
    const struct iss_model *model = world->model;

    memset(world->worked_out, 0,
           (size_t)model->resources.count * sizeof *world->worked_out);
    for (int32_t i = 0; i < model->resources.count; i++) {
        world->stocks[i].consumed_mg = 0;
    }
    for (int32_t i = 0; i < model->makers.count; i++) {
        world->makers[i].makes = 0;
    }
}

static void
work_out(struct iss_world *world)
{
    const struct iss_model *model = world->model;
    int32_t makers = model->makers.count;

    clear_rates(world);
    if (world->lost) {
        return;
    }
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

/* The rates without leaks: those that are known, or else they are now. */
static void
look_up(struct iss_world *world)
{
    int32_t count = world->model->resources.count;
    bool known = false;
    int64_t *kept = world->rates_known != NULL
                        ? iss_memo_at(world->rates_known, world->flow_key, &known)
                        : NULL;
    void *odd = kept + (kept != NULL ? count * ISS_RATES : 0);

    if (known) {
        world->rates = (const struct iss_rates *)kept;
        world->odd = odd;
        return;
    }
    work_out(world);
    mark_odd(world);
    if (kept != NULL) {
        memcpy(kept, world->rates, (size_t)count * sizeof *world->rates);
        memcpy(odd, world->odd, (size_t)iss_marks_words(count) * sizeof *world->odd);
    }
}

bool
iss_flows_set(struct iss_world *world)
{
    bool open = are_open(world), were_open = world->leaking;

    iss_flow_key_update(world);
    if (!world->flow_news && !open && !were_open) {
        return false;
    }
    look_up(world);
    if (open) {
        add_leaks(world);
    }
    world->leaking = open;
    world->flow_news = false;
    return true;
}
