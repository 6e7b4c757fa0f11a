/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/accounts.h - what each type of vehicle, family of rockets and port did in one
 * replication, and the slips of all launches.
 *
 * Part of the gauges, which say when to look.  Accounts are kept by id for everything
 * in the model; which of them become columns, observe/each.def and model->used say.
 */
#ifndef ISS_OBSERVE_ACCOUNTS_H
#define ISS_OBSERVE_ACCOUNTS_H

#include "kernel/tally.h"
#include "world/world.h"

/* A type of vehicle. */
struct iss_account_vehicles {
    int64_t launches;
    int64_t arrivals; /* flights that docked, each counted once */
    int64_t losses;   /* failed ascents, and vehicles lost in free flight */
    int64_t docked_us;
};

/* A family of rockets. */
struct iss_account_families {
    int64_t failures;    /* launches that failed, the scenario's or others */
    int64_t grounded_us; /* until until_us, which may lie beyond the horizon */
    int64_t until_us;    /* when it flies again, as far as is known */
};

struct iss_account_ports {
    int64_t occupied_us;
    int64_t since_us; /* when `flight` came; a vehicle there at the start: then */
    int32_t flight;   /* docked there; -1 */
};

/* A resource; masses and the lowest stock are filled in at the end. */
struct iss_account_resources {
    int64_t outs;             /* times that it ran out */
    int64_t out_us, since_us; /* time without; since it ran out the last time */
    bool out;
    int64_t full_us, full_since_us; /* time at its capacity */
    bool full;
    uint32_t low; /* as in struct iss_stock, when its thresholds were seen last */
    double lowest_d, short_d; /* days of nominal use; portions of a person-day */
    double up_kg, missed_kg, left_kg;
    double refused_kg; /* left again in the ship that had brought it */
    double made_kg, used_kg, gone_kg, let_go_kg, down_kg[2]; /* see struct iss_stock */
};

struct iss_account_thresholds {
    int64_t below_us, since_us;
    bool low;
};

/* A medical condition. */
struct iss_account_conditions {
    int64_t onsets;
    int64_t indications; /* findings that somebody may have to go home */
    int64_t deaths;
    double lost_d; /* its part in the quality time lost */
};

/* An experiment; filled in at the end. */
struct iss_account_experiments {
    int64_t done;
};

/* All vehicles that carry people, or all that don't. */
struct iss_account_roles {
    int64_t arrivals, losses;
    struct iss_sample slips; /* days; without replacements */
};

struct iss_accounts {
    struct iss_account_vehicles *vehicles;
    struct iss_account_families *families;
    struct iss_account_ports *ports;
    struct iss_account_conditions *conditions;
    struct iss_account_resources *resources;
    struct iss_account_thresholds *thresholds;
    struct iss_account_experiments *experiments;
    struct iss_account_roles roles[ISS_ROLES];
    int64_t aborts; /* failed ascents with people aboard */
    double *slips;  /* days, the smallest first */
    bool *arrived;  /* flights that have docked once */
    int32_t slip_count, flight_capacity;
};

/** Room for the accounts of replications of the world's model.  ISS_OK or
 *  ISS_ERR_NO_MEMORY; clear them in any case. */
int iss_accounts_init(struct iss_accounts *accounts, const struct iss_world *world);
void iss_accounts_clear(struct iss_accounts *accounts);

/** Begin a replication with the world as it stands at the scenario's start. */
void iss_accounts_start(struct iss_accounts *accounts, const struct iss_world *world);

/** The flight was launched, `slip_d` days after the plan; NaN: no plan or one that
 *  doesn't count. */
void iss_accounts_launch(struct iss_accounts *accounts, const struct iss_world *world,
                         int32_t flight, double slip_d);

/** The flight docked. */
void iss_accounts_arrive(struct iss_accounts *accounts, const struct iss_world *world,
                         int32_t flight);

/** The flight's ascent failed. */
void iss_accounts_fail(struct iss_accounts *accounts, const struct iss_world *world,
                       int32_t flight);

/** The flight was lost. */
void iss_accounts_lose(struct iss_accounts *accounts, const struct iss_world *world,
                       int32_t flight);

/** A launch of the family that has nothing to do with the station failed. */
void iss_accounts_fail_outside(struct iss_accounts *accounts,
                               const struct iss_world *world, int32_t family);

/** Look who is grounded. */
void iss_accounts_ground(struct iss_accounts *accounts, const struct iss_world *world);

/** Look who is at the ports. */
void iss_accounts_dock(struct iss_accounts *accounts, const struct iss_world *world);

/** Look at the stocks (accounts_stocks.c). */
void iss_accounts_stock(struct iss_accounts *accounts, const struct iss_world *world);

/** Close the accounts of the stocks, which have been settled, at `end_us`. */
void iss_accounts_stop_stocks(struct iss_accounts *accounts,
                              const struct iss_world *world, int64_t end_us);

/** Mass that has reached the station, or was lost on the way, once the accounts are
 *  closed. */
double iss_accounts_refused_kg(const struct iss_accounts *accounts,
                               const struct iss_world *world);
double iss_accounts_upmass_kg(const struct iss_accounts *accounts,
                              const struct iss_world *world, bool lost);

/** Mass of all resources that departing flights took away: those that land, or those
 *  that burn up. */
double iss_accounts_down_kg(const struct iss_accounts *accounts,
                            const struct iss_world *world, bool lands);

/** Close the accounts at `end_us`, those of the stocks when the station ends. */
void iss_accounts_stop(struct iss_accounts *accounts, const struct iss_world *world,
                       int64_t end_us);

/** Days that vehicles spent at the ports, once the accounts are closed. */
double iss_accounts_docked_days(const struct iss_accounts *accounts,
                                const struct iss_world *world);

/** The quantile at `prob` of the slips, as kernel/select.h defines it; NaN without
 *  any. */
double iss_accounts_slip(const struct iss_accounts *accounts, double prob);

#endif
