/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stocks.c - levels, and the thresholds that they cross.
 *
 * Owns world->stocks, with stock_turns.c, and world->thresholds.  Draws nothing.
 */
#include "world/stocks.h"

#include <math.h>

#include "world/settle.h"

int64_t
iss_stock_level_at(const struct iss_world *world, int32_t resource, int64_t time_us)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t us = time_us - stock->settled_us, carry;

    return us <= 0 ? stock->level_mg
                   : stock->level_mg + iss_flow_run(&stock->made, us, &carry) -
                         iss_flow_run(&stock->used, us, &carry);
}

int64_t
iss_stock_level_mg(const struct iss_world *world, int32_t resource)
{
    return iss_stock_level_at(world, resource, world->now_us);
}

void
iss_stock_stir(struct iss_world *world, int32_t resource)
{
    iss_mark(world->stirred, resource);
    iss_note_show(world, resource);
    if (!iss_stock_inside(&world->stocks[resource])) {
        iss_mark(world->moved, resource);
    }
}

void
iss_settle_odd(struct iss_stock *stock, int64_t us)
{
    iss_let_flow(&stock->lacking, us);
    iss_let_flow(&stock->leaked, us);
    iss_let_flow(&stock->let_go, us);
}

void
iss_stock_settle(struct iss_world *world, int32_t resource)
{
    iss_settle(world, resource);
}

void
iss_stocks_settle(struct iss_world *world)
{
    for (int32_t i = 0; world->stocked && i < world->model->resources.count; i++) {
        iss_stock_settle(world, i);
    }
}

/* ---- thresholds ---------------------------------------------------------------- */

static const struct iss_threshold_state *
thresholds_of(const struct iss_world *world, int32_t resource)
{
    return &world->thresholds[iss_model_resource(world->model, resource)
                                  ->first_threshold];
}

static int32_t
threshold_count(const struct iss_world *world, int32_t resource)
{
    return iss_model_resource(world->model, resource)->reserve.count;
}

/* After people had to leave for want of it: for so long as they could do without, or as
 * much as the station holds. */
static int64_t
enough_mg(const struct iss_stock *stock)
{
    return stock->survival_mg < stock->capacity_mg ? stock->survival_mg
                                                   : stock->capacity_mg;
}

/* Where the next of them is crossed, or people may come again. */
static void
bound(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_threshold_state *thresholds = thresholds_of(world, resource);

    stock->fall_mg = INT64_MIN;
    stock->rise_mg = INT64_MAX;
    for (int32_t i = 0; i < threshold_count(world, resource); i++) {
        if (stock->low >> i & 1) {
            int64_t rise = thresholds[i].restored_mg;
            stock->rise_mg = rise < stock->rise_mg ? rise : stock->rise_mg;
        } else {
            int64_t fall = thresholds[i].low_mg;
            stock->fall_mg = fall > stock->fall_mg ? fall : stock->fall_mg;
        }
    }
    int64_t enough = enough_mg(stock);
    if (stock->shut && stock->level_mg < enough && enough < stock->rise_mg) {
        stock->rise_mg = enough;
    }
}

/* Nobody is to come. */
static void
shut(struct iss_world *world, int32_t resource)
{
    world->shut += !world->stocks[resource].shut;
    world->stocks[resource].shut = true;
    bound(world, resource);
}

/* An empty station lacks nothing, yet people who came would. */
void
iss_stock_admit(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    if (!stock->shut || stock->out || stock->level_mg < enough_mg(stock) ||
        iss_stock_acts(world, resource, ISS_RESERVE_LEAVE)) {
        return;
    }
    stock->shut = false;
    world->shut--;
    bound(world, resource);
    iss_raise(world, ISS_EVENT_LIFE_SUPPORTED, resource, -1,
              (double)stock->level_mg / ISS_MG_PER_KG);
}

/* It is below one of them, and wasn't, or the reverse. */
static void
cross(struct iss_world *world, int32_t resource, int32_t which, double days)
{
    struct iss_stock *stock = &world->stocks[resource];
    int32_t first = iss_model_resource(world->model, resource)->first_threshold;

    stock->low ^= UINT32_C(1) << which;
    iss_stock_stir(world, resource);
    iss_note_move(world, resource);
    iss_raise(world,
              stock->low >> which & 1 ? ISS_EVENT_RESERVE_LOW
                                      : ISS_EVENT_RESERVE_RESTORED,
              resource, first + which, days);
    if (stock->low >> which & 1 &&
        iss_model_threshold(world->model, first + which)->is->action ==
            ISS_RESERVE_LEAVE) {
        shut(world, resource);
    }
}

void
iss_stock_review(struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    const struct iss_threshold_state *thresholds = thresholds_of(world, resource);
    int32_t first = iss_model_resource(world->model, resource)->first_threshold;

    if (stock->level_mg > stock->fall_mg && stock->level_mg < stock->rise_mg) {
        return;
    }
    for (int32_t i = 0; i < threshold_count(world, resource); i++) {
        const struct iss_threshold *threshold =
            iss_model_threshold(world->model, first + i);
        bool low = stock->low >> i & 1;
        if (low ? stock->level_mg >= thresholds[i].restored_mg
                : stock->level_mg <= thresholds[i].low_mg) {
            cross(world, resource, i, iss_world_value(world, &threshold->is->days));
        }
    }
    bound(world, resource);
}

/* A milligram at the most is put down to the flow by which the level came here. */
void
iss_stock_reach(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    iss_settle(world, resource);
    if (stock->used.mg_per_d > stock->made.mg_per_d) {
        stock->used.total_mg += stock->level_mg - stock->goal_mg;
    } else {
        stock->made.total_mg += stock->goal_mg - stock->level_mg;
    }
    stock->level_mg = stock->goal_mg;
    stock->used.carry = stock->made.carry = 0;
    if (stock->level_mg < stock->lowest_mg) {
        stock->lowest_mg = stock->level_mg;
    }
    iss_stock_stir(world, resource);
}

void
iss_stock_fail(struct iss_world *world, int32_t resource)
{
    world->stocks[resource].unsupported = true;
    shut(world, resource);
}

/* ---- what goes at once --------------------------------------------------------- */

static int64_t
take(struct iss_world *world, int32_t resource, int64_t mass_mg)
{
    struct iss_stock *stock = &world->stocks[resource];

    iss_stock_settle(world, resource);
    int64_t taken = mass_mg < stock->level_mg ? mass_mg : stock->level_mg;

    stock->level_mg -= taken;
    stock->steps++;
    iss_stock_stir(world, resource);
    stock->lowest_mg =
        stock->level_mg < stock->lowest_mg ? stock->level_mg : stock->lowest_mg;
    return taken;
}

int64_t
iss_stock_use(struct iss_world *world, int32_t resource, int64_t mass_mg)
{
    int64_t taken = take(world, resource, mass_mg);

    world->stocks[resource].used.total_mg += taken;
    return taken;
}

int64_t
iss_stock_lose(struct iss_world *world, int32_t resource, int64_t mass_mg)
{
    int64_t taken = take(world, resource, mass_mg);

    world->stocks[resource].lost_mg += taken;
    return taken;
}

int64_t
iss_cargo_take_down(struct iss_world *world, int32_t flight, int32_t resource,
                    int64_t mass_mg)
{
    bool lands = iss_vehicle_lands(iss_flight_vehicle(world, flight));
    int64_t taken = take(world, resource, mass_mg);

    world->stocks[resource].down_mg[lands] += taken;
    return taken;
}

bool
iss_stock_acts(const struct iss_world *world, int32_t resource, int action)
{
    const struct iss_reserve *reserves =
        iss_model_resource(world->model, resource)->reserve.items;

    for (int32_t i = 0; world->stocks[resource].low >> i != 0; i++) {
        if ((world->stocks[resource].low >> i & 1) && reserves[i].action == action) {
            return true;
        }
    }
    return false;
}

double
iss_stock_ration(const struct iss_world *world, int32_t resource)
{
    const struct iss_reserve *reserves =
        iss_model_resource(world->model, resource)->reserve.items;
    double left = 1;

    for (int32_t i = 0; world->stocks[resource].low >> i != 0; i++) {
        if ((world->stocks[resource].low >> i & 1) &&
            reserves[i].action == ISS_RESERVE_RATION) {
            left = fmin(left, iss_world_value(world, &reserves[i].factor));
        }
    }
    return left;
}

double
iss_stock_days(const struct iss_stock *stock, int64_t mass_mg)
{
    return stock->nominal_mg > 0 ? (double)mass_mg / (double)stock->nominal_mg
                                 : (double)NAN;
}

/* ---- the beginning ------------------------------------------------------------- */

/* A number of the model in whole milligrams (of a rate, a day); `otherwise` when there
 * is none. */
static int64_t
mass_of(const struct iss_world *world, const struct iss_value *value, int64_t otherwise)
{
    double mass_kg = iss_world_value(world, value);
    return isnan(mass_kg) ? otherwise : llround(mass_kg * ISS_MG_PER_KG);
}

static void
begin_thresholds(struct iss_world *world, int32_t resource)
{
    const struct iss_resource *self = iss_model_resource(world->model, resource);
    const struct iss_reserve *reserves = self->reserve.items;
    double nominal = (double)world->stocks[resource].nominal_mg;

    for (int32_t i = 0; i < self->reserve.count; i++) {
        struct iss_threshold_state *state =
            &world->thresholds[self->first_threshold + i];
        double days = iss_world_value(world, &reserves[i].days);
        double restored = iss_world_value(world, &reserves[i].restored);
        state->low_mg = llround(days * nominal);
        state->restored_mg =
            llround((isnan(restored) ? 1.1 * days : restored) * nominal);
        if (state->restored_mg <= state->low_mg) {
            state->restored_mg = state->low_mg + 1;
        }
    }
    bound(world, resource);
}

static void
begin_stock(struct iss_world *world, int32_t resource)
{
    const struct iss_resource *self = iss_model_resource(world->model, resource);
    int64_t initial = mass_of(world, &self->stock, 0);
    int64_t capacity = mass_of(world, &self->capacity, INT64_MAX);
    int64_t person = mass_of(world, &self->per_person, 0),
            use = mass_of(world, &self->use, 0);
    double target = iss_world_value(world, &self->target);

    if (initial > capacity) {
        initial = capacity;
    }
    world->stocks[resource] = (struct iss_stock){
        .level_mg = initial,
        .initial_mg = initial,
        .lowest_mg = initial,
        .capacity_mg = capacity,
        .settled_us = world->now_us,
        .person_mg = person,
        .use_mg = use,
        .nominal_mg = person * self->nominal_crew + use,
        .first_rest = -1,
    };
    world->dues[resource].time_us = ISS_NEVER;
    iss_mark(world->stirred, resource);
    double survival = iss_world_value(world, &self->survival);
    world->stocks[resource].survival_mg =
        isnan(survival)
            ? -1
            : llround(survival * (double)world->stocks[resource].nominal_mg);
    world->stocks[resource].target_mg =
        isnan(target) ? -1
                      : llround(target * (double)world->stocks[resource].nominal_mg);
    begin_thresholds(world, resource);
}

void
iss_stocks_begin(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    world->stocked = count > 0;
    for (int32_t i = 0; i < count; i++) {
        begin_stock(world, i);
    }
    iss_flows_begin(world);
    iss_flow_key_begin(world);
    for (int32_t i = 0; i < count; i++) {
        iss_stock_review(world, i);
    }
    iss_stocks_change(world);
}
