/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stocks.c - levels, and when they reach what matters.
 *
 * Owns world->stocks and world->thresholds.  Draws nothing.
 */
#include "world/stocks.h"

#include <math.h>

#include "world/world.h"

__extension__ typedef __int128 int128;

/* ---- flows --------------------------------------------------------------------- */

/* What a flow moves in `us`, and what it then carries.  Day by day, so that nearly
 * always 64 bits are enough. */
static int64_t
run(const struct iss_flow *flow, int64_t us, int64_t *carry)
{
    int64_t days = us / ISS_US_PER_D, rest = us % ISS_US_PER_D;

    if (flow->mg_per_d < INT64_MAX / ISS_US_PER_D - 1) {
        int64_t part = flow->mg_per_d * rest + flow->carry;
        *carry = part % ISS_US_PER_D;
        return flow->mg_per_d * days + part / ISS_US_PER_D;
    }
    int128 part = (int128)flow->mg_per_d * rest + flow->carry;
    *carry = (int64_t)(part % ISS_US_PER_D);
    return flow->mg_per_d * days + (int64_t)(part / ISS_US_PER_D);
}

static int64_t
let_flow(struct iss_flow *flow, int64_t us)
{
    if (flow->mg_per_d == 0) {
        return 0; /* what it carries is less than a milligram */
    }
    int64_t moved = run(flow, us, &flow->carry);
    flow->total_mg += moved;
    return moved;
}

int64_t
iss_stock_level_at(const struct iss_world *world, int32_t resource, int64_t time_us)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t us = time_us - stock->settled_us, carry;

    return us <= 0 ? stock->level_mg
                   : stock->level_mg + run(&stock->made, us, &carry) -
                         run(&stock->used, us, &carry);
}

int64_t
iss_stock_level_mg(const struct iss_world *world, int32_t resource)
{
    return iss_stock_level_at(world, resource, world->now_us);
}

/* Its level is on another side of what matters, or thresholds are. */
static void
note_move(struct iss_world *world, int32_t resource)
{
    iss_mark(world->moved, resource);
    iss_mark(world->shown, resource);
    world->changed |= ISS_CHANGED_STOCKS;
}

void
iss_stock_stir(struct iss_world *world, int32_t resource)
{
    iss_mark(world->stirred, resource);
    note_move(world, resource);
}

/* Whether it may be on another side of a level that matters than it was. */
static bool
is_elsewhere(const struct iss_stock *stock, int64_t before_mg)
{
    return stock->first_rest >= 0 || (before_mg <= 0) != (stock->level_mg <= 0) ||
           (before_mg >= stock->capacity_mg) != (stock->level_mg >= stock->capacity_mg);
}

void
iss_stock_settle(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    int64_t us = world->now_us - stock->settled_us, before_mg = stock->level_mg;

    if (us == 0) {
        return;
    }
    stock->level_mg += let_flow(&stock->made, us) - let_flow(&stock->used, us);
    let_flow(&stock->lacking, us);
    let_flow(&stock->leaked, us);
    let_flow(&stock->let_go, us);
    stock->settled_us = world->now_us;
    if (stock->level_mg < stock->lowest_mg) {
        stock->lowest_mg = stock->level_mg;
    }
    if (is_elsewhere(stock, before_mg)) {
        note_move(world, resource);
    }
}

void
iss_stocks_settle(struct iss_world *world)
{
    for (int32_t i = 0; world->stocked && i < world->model->resources.count; i++) {
        iss_stock_settle(world, i);
    }
}

/* ---- what is reached next ------------------------------------------------------ */

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

/* Whether its level is not more than so far from where it is empty or full, or where a
 * production rests. */
static bool
is_turning(const struct iss_world *world, int32_t resource, int64_t within_mg)
{
    const struct iss_stock *stock = &world->stocks[resource];
    bool turning = stock->level_mg <= within_mg ||
                   stock->level_mg >= stock->capacity_mg - within_mg;

    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        int64_t off = stock->level_mg - world->makers[i].level_mg;
        turning = turning || (off <= within_mg && off >= -within_mg);
    }
    return turning;
}

/* The highest level below the present one that matters: the next threshold, where a
 * production goes on, or none left. */
static int64_t
next_below(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    const struct iss_threshold_state *thresholds = thresholds_of(world, resource);
    int64_t next = 0;

    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        int64_t level = world->makers[i].level_mg;
        next = level > next && level < stock->level_mg ? level : next;
    }

    for (int32_t i = 0; i < threshold_count(world, resource); i++) {
        if (!(stock->low >> i & 1) && thresholds[i].low_mg > next) {
            next = thresholds[i].low_mg;
        }
    }
    return next;
}

/* After people had to leave for want of it: for so long as they could do without, or as
 * much as the station holds. */
static int64_t
enough_mg(const struct iss_stock *stock)
{
    return stock->survival_mg < stock->capacity_mg ? stock->survival_mg
                                                   : stock->capacity_mg;
}

/* The lowest above: where a reserve is restored, people may come again, a production
 * rests, or the capacity; INT64_MAX none. */
static int64_t
next_above(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    const struct iss_threshold_state *thresholds = thresholds_of(world, resource);
    int64_t next = stock->capacity_mg;

    for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
        int64_t level = world->makers[i].level_mg;
        next = level > stock->level_mg && level < next ? level : next;
    }
    for (int32_t i = 0; i < threshold_count(world, resource); i++) {
        if ((stock->low >> i & 1) && thresholds[i].restored_mg < next) {
            next = thresholds[i].restored_mg;
        }
    }
    if (stock->shut && stock->level_mg < enough_mg(stock) && enough_mg(stock) < next) {
        next = enough_mg(stock);
    }
    return next;
}

/* Microseconds until the level is `goal`, rounded up: the levels are whole, their
 * course in between isn't, which is what the flows carry. */
static int64_t
time_to(const struct iss_stock *stock, int64_t goal)
{
    int128 rate = (int128)stock->made.mg_per_d - stock->used.mg_per_d;
    int128 way = (int128)(goal - stock->level_mg) * ISS_US_PER_D - stock->made.carry +
                 stock->used.carry;

    if (rate < 0) {
        rate = -rate;
        way = -way;
    }
    int128 us = way <= 0 ? 0 : (way + rate - 1) / rate;
    return us > ISS_NEVER - 1 ? ISS_NEVER : (int64_t)us;
}

static void
schedule_next(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    int64_t rate = stock->made.mg_per_d - stock->used.mg_per_d, us = ISS_NEVER;

    if (rate < 0) {
        stock->goal_mg = next_below(world, resource);
        us = time_to(stock, stock->goal_mg);
    } else if (rate > 0) {
        stock->goal_mg = next_above(world, resource);
        us = stock->goal_mg == INT64_MAX ? ISS_NEVER : time_to(stock, stock->goal_mg);
    }
    int64_t at_us = us == ISS_NEVER ? us : iss_us_add(stock->settled_us, us);
    if (at_us > world->model->scenario.end_us) {
        at_us = ISS_NEVER;
    }
    iss_schedule(world, iss_slot_stock(world, resource), at_us, ISS_EVENT_STOCK_DUE,
                 resource, -1);
}

/* ---- change -------------------------------------------------------------------- */

static void
see_whether_out(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    bool out = stock->lacking.mg_per_d > 0;

    if (out != stock->out) {
        stock->out = out;
        stock->lacked_mg = stock->lacking.total_mg;
        stock->unsupported = false;
        iss_raise(world, out ? ISS_EVENT_STOCK_OUT : ISS_EVENT_STOCK_BACK, resource, -1,
                  stock->person_mg > 0 ? stock->users : 0);
    }
}

/* Nobody is to come. */
static void
shut(struct iss_world *world, int32_t resource)
{
    world->shut += !world->stocks[resource].shut;
    world->stocks[resource].shut = true;
}

/* An empty station lacks nothing, yet people who came would. */
static void
see_whether_enough(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    if (stock->shut && !stock->out && stock->level_mg >= enough_mg(stock) &&
        !iss_stock_acts(world, resource, ISS_RESERVE_LEAVE)) {
        stock->shut = false;
        world->shut--;
        iss_raise(world, ISS_EVENT_LIFE_SUPPORTED, resource, -1,
                  (double)stock->level_mg / ISS_MG_PER_KG);
    }
}

/* When so much has been lacking that people can't stay, at the rate of now. */
static void
await_want(struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t at_us = ISS_NEVER;

    if (stock->out && !stock->unsupported && !world->lost) {
        int64_t left =
            stock->survival_mg - (stock->lacking.total_mg - stock->lacked_mg);
        int128 way = (int128)left * ISS_US_PER_D - stock->lacking.carry;
        int128 us = (way + stock->lacking.mg_per_d - 1) / stock->lacking.mg_per_d;
        at_us = us > ISS_NEVER - 1
                    ? ISS_NEVER
                    : iss_us_add(world->now_us, us > 0 ? (int64_t)us : 0);
    }
    iss_schedule(world, iss_slot_want(world, resource), at_us,
                 ISS_EVENT_LIFE_UNSUPPORTED, resource, -1);
}

void
iss_stock_fail(struct iss_world *world, int32_t resource)
{
    world->stocks[resource].unsupported = true;
    shut(world, resource);
}

static bool
has_rates(const struct iss_stock *stock, const struct iss_rates *rates)
{
    return ((rates->used ^ stock->used.mg_per_d) |
            (rates->made ^ stock->made.mg_per_d) |
            (rates->lacking ^ stock->lacking.mg_per_d) |
            (rates->leaked ^ stock->leaked.mg_per_d) |
            (rates->let_go ^ stock->let_go.mg_per_d)) == 0;
}

/* From here on a stock has its next rates. */
static void
turn(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_rates *rates = &world->rates[resource];

    iss_stock_settle(world, resource);
    stock->used.mg_per_d = rates->used;
    stock->made.mg_per_d = rates->made;
    stock->lacking.mg_per_d = rates->lacking;
    stock->leaked.mg_per_d = rates->leaked;
    stock->let_go.mg_per_d = rates->let_go;
    if (stock->used.mg_per_d == stock->made.mg_per_d) {
        stock->used.carry = stock->made.carry; /* the level stays, to the milligram */
    }
    if (is_turning(world, resource, 0)) {
        iss_mark(world->turning, resource);
    } else {
        iss_unmark(world->turning, resource);
    }
    iss_unmark(world->stirred, resource);
    iss_mark(world->shown, resource);
    world->changed |= ISS_CHANGED_STOCKS;
    if (!world->lost) {
        see_whether_out(world, resource);
        see_whether_enough(world, resource);
    }
    if (stock->survival_mg >= 0) {
        await_want(world, resource);
    }
    schedule_next(world, resource);
}

/* Between two events a stock stays on one side of each level that matters: unless it
 * was at one, where it was need not be where it is.  Since made and used are whole
 * milligrams, it may come back there from a milligram beside it, but not from two. */
static void
settle_turning(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    for (int32_t i = iss_marks_next(world->turning, 0, count); i < count;
         i = iss_marks_next(world->turning, i + 1, count)) {
        if (world->stocks[i].made.mg_per_d != world->stocks[i].used.mg_per_d) {
            iss_stock_settle(world, i);
            if (!is_turning(world, i, 1)) {
                iss_unmark(world->turning, i);
            }
        }
    }
}

void
iss_stocks_change(struct iss_world *world)
{
    int32_t count = world->model->resources.count;

    if (!world->stocked) {
        world->headcount = false;
        return;
    }
    settle_turning(world);
    if (iss_flows_set(world)) {
        for (int32_t i = 0; i < count; i++) {
            if (!has_rates(&world->stocks[i], &world->rates[i])) {
                iss_mark(world->stirred, i);
            }
        }
    }
    for (int32_t i = iss_marks_next(world->stirred, 0, count); i < count;
         i = iss_marks_next(world->stirred, i + 1, count)) {
        turn(world, i);
    }
}

/* A milligram at the most is put down to the flow by which the level came here. */
void
iss_stock_reach(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    iss_stock_settle(world, resource);
    iss_stock_stir(world, resource);
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
}

void
iss_stock_review(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_threshold_state *thresholds = thresholds_of(world, resource);
    int32_t first = iss_model_resource(world->model, resource)->first_threshold;

    for (int32_t i = 0; i < threshold_count(world, resource); i++) {
        const struct iss_threshold *threshold =
            iss_model_threshold(world->model, first + i);
        bool low = stock->low >> i & 1;
        double days = iss_world_value(world, &threshold->is->days);
        if (!low && stock->level_mg <= thresholds[i].low_mg) {
            stock->low |= 1U << i;
            iss_stock_stir(world, resource);
            iss_raise(world, ISS_EVENT_RESERVE_LOW, resource, first + i, days);
            if (threshold->is->action == ISS_RESERVE_LEAVE) {
                shut(world, resource);
            }
        } else if (low && stock->level_mg >= thresholds[i].restored_mg) {
            stock->low &= ~(1U << i);
            iss_stock_stir(world, resource);
            iss_raise(world, ISS_EVENT_RESERVE_RESTORED, resource, first + i, days);
        }
    }
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
