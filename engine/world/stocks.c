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
__extension__ typedef unsigned __int128 uint128;

enum {
    DAY_SHIFT = 13,
    SLOW_MG_PER_D =
        100000000,        /* less than that, times a day, has no more than 63 bits */
    MANY_DAYS = 100000000 /* are past any mission's end, and no more bits */
};
#define ODD_DAY ((uint64_t)(ISS_US_PER_D >> DAY_SHIFT))
_Static_assert(ISS_US_PER_D % (1 << DAY_SHIFT) == 0, "days are divided by shifts");

/* ---- flows --------------------------------------------------------------------- */

/* What a flow moves in `us`, not negative, and what it then carries.  A day is a power
 * of two times ODD_DAY microseconds: without that power the product nearly always has
 * no more than 64 bits, and is divided by one multiplication. */
static inline int64_t
run(const struct iss_flow *flow, int64_t us, int64_t *carry)
{
    uint128 part =
        (uint128)(uint64_t)flow->mg_per_d * (uint64_t)us + (uint64_t)flow->carry;
    uint64_t moved = (uint64_t)(part >> DAY_SHIFT) / ODD_DAY;

    if (part >> DAY_SHIFT >> 64 != 0) {
        moved = (uint64_t)(part / ISS_US_PER_D);
    }
    *carry = (int64_t)((uint64_t)part - moved * ISS_US_PER_D);
    return (int64_t)moved;
}

static inline int64_t
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

static void
show(struct iss_world *world, int32_t resource)
{
    iss_mark(world->shown, resource);
    world->changed |= ISS_CHANGED_STOCKS;
}

/* Its level is on another side of what matters, or thresholds are. */
static void
note_move(struct iss_world *world, int32_t resource)
{
    iss_mark(world->moved, resource);
    show(world, resource);
}

void
iss_stock_stir(struct iss_world *world, int32_t resource)
{
    iss_mark(world->stirred, resource);
    show(world, resource);
    if (!iss_stock_inside(&world->stocks[resource])) {
        iss_mark(world->moved, resource);
    }
}

static inline void
settle(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    int64_t us = world->now_us - stock->settled_us;

    if (us == 0) {
        return;
    }
    stock->level_mg += let_flow(&stock->made, us) - let_flow(&stock->used, us);
    if ((stock->lacking.mg_per_d | stock->leaked.mg_per_d | stock->let_go.mg_per_d) !=
        0) {
        let_flow(&stock->lacking, us);
        let_flow(&stock->leaked, us);
        let_flow(&stock->let_go, us);
    }
    stock->settled_us = world->now_us;
    if (stock->level_mg < stock->lowest_mg) {
        stock->lowest_mg = stock->level_mg;
    }
    if (!iss_stock_inside(stock)) {
        note_move(world, resource);
    }
}

void
iss_stock_settle(struct iss_world *world, int32_t resource)
{
    settle(world, resource);
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

/* Where the next of them is crossed. */
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
}

/* It is below one of them, and wasn't, or the reverse. */
static void
cross(struct iss_world *world, int32_t resource, int32_t which, double days)
{
    struct iss_stock *stock = &world->stocks[resource];
    int32_t first = iss_model_resource(world->model, resource)->first_threshold;

    stock->low ^= UINT32_C(1) << which;
    iss_stock_stir(world, resource);
    note_move(world, resource);
    iss_raise(world,
              stock->low >> which & 1 ? ISS_EVENT_RESERVE_LOW
                                      : ISS_EVENT_RESERVE_RESTORED,
              resource, first + which, days);
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

/* ---- what is reached next ------------------------------------------------------ */

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
next_below(const struct iss_world *world, const struct iss_stock *stock)
{
    int64_t next = stock->under_mg;

    if (stock->at_edge || !iss_stock_inside(stock)) {
        next = 0;
        for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
            int64_t level = world->makers[i].level_mg;
            next = level > next && level < stock->level_mg ? level : next;
        }
    }
    return next > stock->fall_mg ? next : stock->fall_mg;
}

/* The lowest above: where a reserve is restored, a production rests, or the capacity;
 * INT64_MAX none. */
static int64_t
next_above(const struct iss_world *world, const struct iss_stock *stock)
{
    int64_t next = stock->over_mg;

    if (stock->at_edge || !iss_stock_inside(stock)) {
        next = stock->capacity_mg;
        for (int32_t i = stock->first_rest; i >= 0; i = world->makers[i].next_rest) {
            int64_t level = world->makers[i].level_mg;
            next = level > stock->level_mg && level < next ? level : next;
        }
    }
    return next < stock->rise_mg ? next : stock->rise_mg;
}

/* Microseconds in which `gap_mg` comes at a rate that isn't nothing, what it carries at
 * the beginning being `ahead`; rounded up: the levels are whole, their course in
 * between isn't, which is what the flows carry. */
static int64_t
time_for(int64_t gap_mg, int64_t rate, int64_t ahead)
{
    if (rate <= SLOW_MG_PER_D && gap_mg >= 0) {
        int64_t days = gap_mg / rate;
        int64_t rest = gap_mg % rate * ISS_US_PER_D - ahead;
        int64_t us = rest > 0 ? (rest + rate - 1) / rate : rest / rate;
        us += days > MANY_DAYS ? 0 : days * ISS_US_PER_D;
        return days > MANY_DAYS ? ISS_NEVER : us > 0 ? us : 0;
    }
    int128 way = (int128)gap_mg * ISS_US_PER_D - ahead;
    int128 us = way <= 0 ? 0 : (way + rate - 1) / rate;
    return us > ISS_NEVER - 1 ? ISS_NEVER : (int64_t)us;
}

/* When a stock reaches what it reaches next, and what that is. */
static int64_t
next_at(const struct iss_world *world, struct iss_stock *stock)
{
    int64_t rate = stock->made.mg_per_d - stock->used.mg_per_d, us = ISS_NEVER;
    int64_t ahead = stock->made.carry - stock->used.carry;

    if (rate < 0) {
        stock->goal_mg = next_below(world, stock);
        us = time_for(stock->level_mg - stock->goal_mg, -rate, -ahead);
    } else if (rate > 0) {
        stock->goal_mg = next_above(world, stock);
        us = stock->goal_mg == INT64_MAX
                 ? ISS_NEVER
                 : time_for(stock->goal_mg - stock->level_mg, rate, ahead);
    }
    return us > world->model->scenario.end_us - stock->settled_us
               ? ISS_NEVER
               : stock->settled_us + us;
}

/* Of two stocks, whether what the first reaches comes first. */
static bool
comes_before(const struct iss_stock_due *one, const struct iss_stock_due *other)
{
    return one->time_us < other->time_us ||
           (one->time_us == other->time_us && one->sequence < other->sequence);
}

/* A stock has another next level. */
static void
await(struct iss_world *world, int32_t resource)
{
    struct iss_stock_due *due = &world->dues[resource];

    due->time_us = next_at(world, &world->stocks[resource]);
    if (due->time_us != ISS_NEVER) {
        due->sequence = ++world->sequence;
        due->cause = world->current;
    }
}

/* Put what is reached first of all on the calendar, unless it is there. */
static void
await_first(struct iss_world *world)
{
    const struct iss_stock_due *dues = world->dues;
    int32_t first = 0;

    for (int32_t i = 1; i < world->model->resources.count; i++) {
        first = comes_before(&dues[i], &dues[first]) ? i : first;
    }
    uint32_t sequence = dues[first].time_us == ISS_NEVER ? 0 : dues[first].sequence;
    if (sequence == world->due_sequence) {
        return;
    }
    world->due_sequence = sequence;
    if (sequence == 0) {
        iss_unschedule(world, iss_slot_stock(world));
        return;
    }
    iss_put(world, iss_slot_stock(world),
            &(struct iss_event){
                .time_us = dues[first].time_us,
                .sequence = sequence,
                .cause = dues[first].cause,
                .subject = first,
                .object = -1,
                .kind = ISS_EVENT_STOCK_DUE,
            });
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
        world->unbearable -= stock->unbearable;
        stock->unbearable = false;
        iss_raise(world, out ? ISS_EVENT_STOCK_OUT : ISS_EVENT_STOCK_BACK, resource, -1,
                  stock->person_mg > 0 ? stock->users : 0);
    }
}

/* When so much has been lacking that people can't stay, at the rate of now. */
static void
await_want(struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];
    int64_t at_us = ISS_NEVER;

    if (stock->out && !stock->unbearable && !world->lost) {
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
    world->stocks[resource].unbearable = true;
    world->unbearable++;
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

/* Whether it is where rates may be others than just beside it, and leaves. */
static bool
leaves_edge(const struct iss_world *world, int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];

    return stock->made.mg_per_d != stock->used.mg_per_d &&
           (iss_stock_inside(stock) ? stock->at_edge : is_turning(world, resource, 0));
}

/* From here on a stock has its next rates. */
static inline void
turn(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_rates *rates = &world->rates[resource];
    bool was_out = stock->out;

    settle(world, resource);
    stock->used.mg_per_d = rates->used;
    stock->made.mg_per_d = rates->made;
    stock->lacking.mg_per_d = rates->lacking;
    stock->leaked.mg_per_d = rates->leaked;
    stock->let_go.mg_per_d = rates->let_go;
    if (stock->used.mg_per_d == stock->made.mg_per_d) {
        stock->used.carry = stock->made.carry; /* the level stays, to the milligram */
    }
    if (leaves_edge(world, resource)) {
        iss_mark(world->turning, resource);
    } else {
        iss_unmark(world->turning, resource);
    }
    iss_mark(world->shown, resource);
    if (!world->lost) {
        see_whether_out(world, resource);
    }
    if (stock->survival_mg >= 0 && (was_out || stock->out)) {
        await_want(world, resource);
    }
    await(world, resource);
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
        settle(world, i);
        if (!is_turning(world, i, 1)) {
            iss_unmark(world->turning, i);
        }
    }
}

/* All that something came to or went from, or that has other rates. */
static void
turn_stirred(struct iss_world *world)
{
    bool any = false;

    for (int32_t i = 0; i < iss_marks_words(world->model->resources.count); i++) {
        uint64_t left = world->stirred[i];
        any = any || left != 0;
        world->stirred[i] = 0;
        for (; left != 0; left &= left - 1) {
            turn(world, i * ISS_MARKS_A_WORD + __builtin_ctzll(left));
        }
    }
    if (any) {
        world->changed |= ISS_CHANGED_STOCKS;
        await_first(world);
    }
}

static void
stir_others(struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        if (!has_rates(&world->stocks[i], &world->rates[i])) {
            iss_mark(world->stirred, i);
        }
    }
}

void
iss_stocks_change(struct iss_world *world)
{
    if (!world->stocked) {
        world->headcount = false;
        return;
    }
    settle_turning(world);
    if (iss_flows_set(world)) {
        stir_others(world);
    }
    turn_stirred(world);
}

/* A milligram at the most is put down to the flow by which the level came here. */
void
iss_stock_reach(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];

    settle(world, resource);
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
