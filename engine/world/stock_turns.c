/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stock_turns.c - stocks get other rates, and what they reach next is looked for.
 *
 * Owns world->stocks, with stocks.c, and world->dues.  Draws nothing.
 */
#include "world/settle.h"

__extension__ typedef __int128 int128;

enum {
    SLOW_MG_PER_D = 100000000, /* so much times a day has no more than 63 bits */
    MANY_DAYS = 100000000      /* are past any mission's end, and no more bits */
};

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
static inline int64_t
time_for(int64_t gap_mg, int64_t rate, int64_t ahead)
{
    if (rate <= SLOW_MG_PER_D && gap_mg >= 0) {
        int64_t days = gap_mg / rate;
        if (days > MANY_DAYS) {
            return ISS_NEVER;
        }
        int64_t rest = gap_mg % rate * ISS_US_PER_D - ahead;
        int64_t us =
            days * ISS_US_PER_D + (rest > 0 ? (rest + rate - 1) / rate : rest / rate);
        return us > 0 ? us : 0;
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
static inline bool
comes_before(const struct iss_stock_due *one, const struct iss_stock_due *other)
{
    return one->time_us < other->time_us ||
           (one->time_us == other->time_us && one->time_us != ISS_NEVER &&
            one->sequence < other->sequence);
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

static int32_t
first_due(const struct iss_world *world)
{
    const struct iss_stock_due *dues = world->dues;
    int32_t first = 0;

    for (int32_t i = 1; i < world->model->resources.count; i++) {
        if (comes_before(&dues[i], &dues[first])) {
            first = i;
        }
    }
    return first;
}

/* Put what is reached first of all on the calendar, unless it is there. */
static void
await_first(struct iss_world *world)
{
    const struct iss_stock_due *dues = world->dues;
    int32_t first = world->first_due;
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
        stock->unsupported = false;
        iss_raise(world, out ? ISS_EVENT_STOCK_OUT : ISS_EVENT_STOCK_BACK, resource, -1,
                  stock->person_mg > 0
                      ? iss_world_users(
                            world, iss_model_resource(world->model, resource)->users)
                      : 0);
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

static bool
has_rates(const struct iss_stock *stock, const struct iss_rates *rates)
{
    return ((rates->used ^ stock->used.mg_per_d) |
            (rates->made ^ stock->made.mg_per_d)) == 0;
}

/* The others, most of which are nothing before and after. */
static bool
has_odd_rates(const struct iss_stock *stock, const struct iss_rates *rates)
{
    return ((rates->lacking ^ stock->lacking.mg_per_d) |
            (rates->leaked ^ stock->leaked.mg_per_d) |
            (rates->let_go ^ stock->let_go.mg_per_d)) == 0;
}

/* Those of them that are rarely anything. */
static void
turn_odd(struct iss_world *world, int32_t resource)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_rates *rates = &world->rates[resource];

    stock->lacking.mg_per_d = rates->lacking;
    stock->leaked.mg_per_d = rates->leaked;
    stock->let_go.mg_per_d = rates->let_go;
    iss_unmark(world->odd_now, resource);
    if (iss_marked(world->odd, resource)) {
        iss_mark(world->odd_now, resource);
    }
}

/* From here on a stock has its next rates; `odd` unless it has used and made alone, now
 * and before. */
static inline void
turn(struct iss_world *world, int32_t resource, bool odd)
{
    struct iss_stock *stock = &world->stocks[resource];
    const struct iss_rates *rates = &world->rates[resource];
    bool was_out = stock->out;

    iss_settle(world, resource);
    stock->used.mg_per_d = rates->used;
    stock->made.mg_per_d = rates->made;
    if (odd) {
        turn_odd(world, resource);
    }
    if (stock->used.mg_per_d == stock->made.mg_per_d) {
        stock->used.carry = stock->made.carry; /* the level stays, to the milligram */
    } else if (iss_stock_inside(stock) ? stock->at_edge
                                       : is_turning(world, resource, 0)) {
        iss_mark(world->turning, resource);
    }
    if (odd && !world->lost) {
        see_whether_out(world, resource);
    }
    if (stock->shut && !world->lost) {
        iss_stock_admit(world, resource);
    }
    if ((was_out || stock->out) && stock->survival_mg >= 0) {
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
        iss_settle(world, i);
        if (!is_turning(world, i, 1)) {
            iss_unmark(world->turning, i);
        }
    }
}

/* All that something came to or went from, or that has other rates.  Where rates may be
 * others than just beside it are those that leave such a level. */
static void
turn_stirred(struct iss_world *world)
{
    int32_t first = world->first_due;
    bool any = false, lost = false;

    for (int32_t i = 0; i < iss_marks_words(world->model->resources.count); i++) {
        uint64_t left = world->stirred[i], odd = world->odd[i] | world->odd_now[i];
        any = any || left != 0;
        world->stirred[i] = 0;
        world->shown[i] |= left;
        world->turning[i] &= ~left;
        for (; left != 0; left &= left - 1) {
            int32_t id = i * ISS_MARKS_A_WORD + __builtin_ctzll(left);
            turn(world, id, (left & -left & odd) != 0);
            lost = lost || id == first;
            first = comes_before(&world->dues[id], &world->dues[first]) ? id : first;
        }
    }
    if (any) {
        world->changed |= ISS_CHANGED_STOCKS;
        world->first_due = lost ? first_due(world) : first;
        await_first(world);
    }
}

/* Of the stocks from `begin` on, at the most a word of marks, those with other rates.
 */
static uint64_t
others(const struct iss_world *world, int32_t begin)
{
    int32_t word = begin / ISS_MARKS_A_WORD, count = world->model->resources.count;
    int32_t end = begin + ISS_MARKS_A_WORD < count ? begin + ISS_MARKS_A_WORD : count;
    uint64_t odd = world->odd[word] | world->odd_now[word], some = 0;

    for (int32_t i = begin; i < end; i++) {
        if (!has_rates(&world->stocks[i], &world->rates[i])) {
            some |= UINT64_C(1) << (i - begin);
        }
    }
    for (; odd != 0; odd &= odd - 1) {
        int32_t i = begin + __builtin_ctzll(odd);
        some |= (uint64_t)!has_odd_rates(&world->stocks[i], &world->rates[i])
                << (i - begin);
    }
    return some;
}

static void
stir_others(struct iss_world *world)
{
    for (int32_t i = 0; i < iss_marks_words(world->model->resources.count); i++) {
        world->stirred[i] |= others(world, i * ISS_MARKS_A_WORD);
    }
}

bool
iss_stocks_still(const struct iss_world *world)
{
    uint64_t any = 0;

    for (int32_t i = 0; i < iss_marks_words(world->model->resources.count); i++) {
        any |= world->stirred[i] | world->turning[i] | world->moved[i];
    }
    return any == 0 && !world->headcount && !world->switched;
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

/* ---- check --------------------------------------------------------------------- */

const char *
iss_stock_turns_check(const struct iss_world *world)
{
    int32_t first = world->stocked ? first_due(world) : -1;
    uint32_t sequence = first < 0 || world->dues[first].time_us == ISS_NEVER
                            ? 0
                            : world->dues[first].sequence;

    for (int32_t i = 0; world->stocked && i < world->model->resources.count; i++) {
        const struct iss_stock *stock = &world->stocks[i];
        bool odd = (stock->lacking.mg_per_d | stock->leaked.mg_per_d |
                    stock->let_go.mg_per_d) != 0;
        if (odd != iss_marked(world->odd_now, i)) {
            return "a stock's rates are marked as others than they are";
        }
        if (stock->made.mg_per_d == stock->used.mg_per_d &&
            world->dues[i].time_us != ISS_NEVER) {
            return "a stock that stays is to reach something";
        }
    }
    if (world->due_sequence != sequence || (first >= 0 && first != world->first_due)) {
        return "what is reached first isn't what is awaited";
    }
    return !world->lost &&
                   (sequence != 0) !=
                       (world->stocked && iss_scheduled(world, iss_slot_stock(world)))
               ? "what is reached first isn't on the calendar"
               : NULL;
}
