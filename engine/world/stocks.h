/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/stocks.h - what the station lives on: stocks that change in straight lines.
 *
 * Between events each stock rises and falls at constant rates, so that nothing has to
 * look at it day by day: when it reaches a threshold, its capacity or nothing is worked
 * out, rounded up to the next microsecond, and scheduled (STOCK_DUE).  That event sets
 * the level, so that no rounding makes it come twice.
 *
 * Masses are whole milligrams.  A flow moves whole milligrams too, and carries the rest
 * of its rate times its time on, so that how often it is looked at changes nothing.
 * After every event, for each resource,
 *
 *     initial + delivered + made = used + lost + taken down + level
 *     loaded = delivered + missed + taken away + what is in the ships
 *
 * where what leaks, and what is made and let go for want of room, count as used.  What
 * one production moves from one resource to another is as exact but for a milligram
 * whenever its rate changes.
 *
 * The stocks are the forecast's: before it begins nothing here changes.
 */
#ifndef ISS_WORLD_STOCKS_H
#define ISS_WORLD_STOCKS_H

#include <stdbool.h>
#include <stdint.h>

struct iss_memo;
struct iss_model;
struct iss_world;

#define ISS_MG_PER_KG 1000000

/* Something that moves at a constant rate. */
struct iss_flow {
    int64_t mg_per_d;
    int64_t carry;    /* rate * us that make no whole mg yet: 0 to ISS_US_PER_D - 1 */
    int64_t total_mg; /* moved so far */
};

/* In milligrams a day, on the way to be those of the flows. */
struct iss_rates {
    int64_t used, made, lacking, leaked, let_go;
};

#define ISS_RATES 5 /* numbers in it */

/* What every change looks at comes first, and lies together. */
struct iss_stock {
    int64_t level_mg; /* at settled_us */
    int64_t settled_us;
    int64_t under_mg, over_mg; /* while its level is between these, and at neither, it
                                  is on the sides that world->flow_key says */
    struct iss_flow used, made;
    int64_t lowest_mg;
    int64_t fall_mg, rise_mg; /* where a threshold is fallen under next, or a reserve
                                 restored, or people may come again; INT64_MIN,
                                 INT64_MAX: none */
    int64_t goal_mg;          /* the level that its STOCK_DUE is for */
    int32_t first_rest;       /* of its makers, those that rest at a level; -1 */
    uint32_t low; /* bit i: below threshold i of the resource, and not yet restored */
    bool out;     /* nothing is left, and more is wanted than is made */
    bool at_edge; /* it was at a level that matters to rates when flow_key was told */
    bool unsupported;        /* so much has been lacking since that people can't stay */
    bool shut;               /* nobody is to come until there is enough again */
    int64_t survival_mg;     /* that people can lack while it is out; -1 any amount */
    int64_t capacity_mg;     /* INT64_MAX: unlimited */
    struct iss_flow lacking; /* wanted and not there, without regard to rations */
    struct iss_flow leaked, let_go; /* of what is used */
    int64_t initial_mg, delivered_mg, lost_mg;
    int64_t down_mg[2]; /* taken away by ships that burn up, and that land */
    int64_t steps;      /* how often some came or went at once */
    int64_t loaded_mg, missed_mg, taken_away_mg; /* missed: in ships that never came */
    int64_t person_mg, use_mg;                   /* a day */
    int64_t nominal_mg;                          /* a day; 0: counts in no days */
    int64_t target_mg;                           /* -1: none */
    int64_t consumed_mg;                         /* by productions, a day now */
    int64_t lacked_mg;                           /* in all, when it ran out */
    int32_t key_at, key_bits;                    /* its place in world->flow_key */
};

/* When a stock reaches its goal, and what its STOCK_DUE is to say.  Of all stocks only
 * the first that is due is on the calendar. */
struct iss_stock_due {
    int64_t time_us; /* ISS_NEVER: it doesn't, before the mission's end */
    uint32_t sequence, cause;
};

/** Whether a stock is still on the sides that world->flow_key was told. */
static inline bool
iss_stock_inside(const struct iss_stock *stock)
{
    return stock->level_mg > stock->under_mg && stock->level_mg < stock->over_mg;
}

/* A production or transfer.  In milligrams (a day). */
struct iss_maker_state {
    int64_t makes;             /* now */
    int64_t person_mg, use_mg; /* that it can make for each person, and besides */
    int64_t level_mg;          /* where it rests; -1 none */
    int32_t resource;
    int32_t next_rest;       /* another that rests at a level of the same stock; -1 */
    int32_t key_at, side_at; /* its places in world->flow_key */
    bool up;
};

/* A leak; see struct iss_leak. */
struct iss_leak_state {
    int64_t mg_per_d; /* 0: it is shut */
};

/* What a flight carries of a resource, in milligrams. */
struct iss_freight {
    int64_t loaded_mg, delivered_mg;
    int64_t left_mg; /* still in it */
};

/* In milligrams; see struct iss_reserve. */
struct iss_threshold_state {
    int64_t low_mg, restored_mg;
    bool sent; /* a crew has gone home for it, since the stock fell there last */
};

/* What a flight takes of a resource, in milligrams. */
struct iss_loading {
    int64_t need_mg; /* of which the station is short, what is coming counted */
    int64_t mass_mg;
    double nominal_mg; /* used a day */
    int32_t resource;
    int32_t cargo; /* its class; -1 none */
    int32_t next;  /* another of the same part of the manifest; -1 */
    bool heads;    /* it is the first of its class */
    bool first;    /* before all else, by the action swap of one of its thresholds */
};

/** The forecast begins: stocks, rates and thresholds are those of the scenario. */
void iss_stocks_begin(struct iss_world *world);

/** Give all stocks the rates that the people aboard and what is left make, none in a
 *  station that is lost, bring those up to date whose rates are others than before, and
 *  schedule what they reach next.
 * Nothing before the forecast.  Raises STOCK_OUT and STOCK_BACK. */
void iss_stocks_change(struct iss_world *world);

/** Whether nothing from which rates follow may be other than the last time, so that
 * iss_stocks_change() would do nothing.  Who opens or shuts a leak knows better. */
bool iss_stocks_still(const struct iss_world *world);

/** Something came to a stock or went at once: its next level is to be looked for.
 * iss_stocks_change() does. */
void iss_stock_stir(struct iss_world *world, int32_t resource);

/** Bring one stock, or all, up to date. */
void iss_stock_settle(struct iss_world *world, int32_t resource);
void iss_stocks_settle(struct iss_world *world);

/** A stock has reached its goal: it is there exactly. */
void iss_stock_reach(struct iss_world *world, int32_t resource);

/** So much of a resource has been lacking that people can't stay. */
void iss_stock_fail(struct iss_world *world, int32_t resource);

/** The same once a stock has been brought up to date in iss_stocks_change(): whether
 *  there is enough of what people had to leave for want of; raises LIFE_SUPPORTED. */
void iss_stock_admit(struct iss_world *world, int32_t resource);

/** See which thresholds a stock has come under or over since the last time; raises
 *  RESERVE_LOW and RESERVE_RESTORED.  Call iss_stocks_change() after it. */
void iss_stock_review(struct iss_world *world, int32_t resource);

/** How much of a resource there is at this moment. */
int64_t iss_stock_level_mg(const struct iss_world *world, int32_t resource);

/** The same at a moment from the last event to the next. */
int64_t iss_stock_level_at(const struct iss_world *world, int32_t resource,
                           int64_t time_us);

/** So much of a resource goes at once, as far as it is there; returns how much.  It is
 *  used, or lost.  Review and change after it. */
int64_t iss_stock_use(struct iss_world *world, int32_t resource, int64_t mass_mg);
int64_t iss_stock_lose(struct iss_world *world, int32_t resource, int64_t mass_mg);

/** Whether a threshold that a stock is below has this enum iss_reserve_action. */
bool iss_stock_acts(const struct iss_world *world, int32_t resource, int action);

/** What is left of people's use by the rations that are on: 0 to 1. */
double iss_stock_ration(const struct iss_world *world, int32_t resource);

/** A stock in days of nominal use; NaN when it doesn't count in days. */
double iss_stock_days(const struct iss_stock *stock, int64_t mass_mg);

/* ---- rates, flows.c -------------------------------------------------------------- */

/** Productions and transfers get the numbers of this world. */
void iss_flows_begin(struct iss_world *world);

/** Work out the rates of this moment, or find them where they were kept before:
 * world->rates.  Whether they may be others than the last time.  What is `turning` has
 * to be up to date. */
bool iss_flows_set(struct iss_world *world);

/* ---- what rates follow from, flow_key.c ------------------------------------------ */

/** Words of world->flow_key. */
int32_t iss_flow_key_words(const struct iss_model *model);

/** Everything is to be put into the key; what is known of rates is forgotten, if it
 *  was for another outer point. */
void iss_flow_key_begin(struct iss_world *world);

/** Bring the key up to date; world->flow_news, if it is another now. */
void iss_flow_key_update(struct iss_world *world);

/** A memo in which a world may keep rates, world->rates_known, from one replication of
 *  the model to the next.  NULL without memory; the caller frees it. */
struct iss_memo *iss_flows_memo(const struct iss_model *model);

/* ---- cargo, cargo.c -------------------------------------------------------------- */

/** What a flight carries of a resource. */
struct iss_freight *iss_cargo_of(const struct iss_world *world, int32_t flight,
                                 int32_t resource);

/** The flight takes so much of a resource aboard, on the ground. */
void iss_cargo_load(struct iss_world *world, int32_t flight, int32_t resource,
                    int64_t mass_mg);

/** A docked flight gives the station what that has room for; returns how much.  Review
 *  and change after it. */
int64_t iss_cargo_unload(struct iss_world *world, int32_t flight, int32_t resource);

/** The same of everything that is in it; returns how much that is in all. */
int64_t iss_cargo_unload_all(struct iss_world *world, int32_t flight);

/** What is in a flight is gone with it: missed when it `never_came`, else taken away.
 *  Returns how much, of all resources. */
int64_t iss_cargo_drop(struct iss_world *world, int32_t flight, bool never_came);

/** A flight that leaves takes so much of a resource away, as far as it is there;
 *  returns how much.  Review and change after it. */
int64_t iss_cargo_take_down(struct iss_world *world, int32_t flight, int32_t resource,
                            int64_t mass_mg);

/** What is in ships that are docked or on their way. */
int64_t iss_cargo_coming_mg(const struct iss_world *world, int32_t resource);

/** NULL, or what is wrong with what was kept of rates, of the key, and of what is
 *  reached first. */
const char *iss_stock_turns_check(const struct iss_world *world);
const char *iss_flow_key_check(const struct iss_world *world);

/** NULL, or the first of the balances above that is broken, in words. */
const char *iss_stocks_check(const struct iss_world *world);

#endif
