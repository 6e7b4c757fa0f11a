/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * accounts_stocks.c - one account a resource, and one a threshold.
 *
 * What the world counts by itself, masses and the lowest level, is taken from it at the
 * end; what has a duration is followed here.
 */
#include <math.h>

#include "observe/accounts.h"

/* It is at its capacity, and stays there. */
static bool
is_full(const struct iss_stock *stock)
{
    return stock->level_mg >= stock->capacity_mg &&
           stock->made.mg_per_d >= stock->used.mg_per_d;
}

static void
account_stock(struct iss_account_resources *account, const struct iss_stock *stock,
              int64_t now_us)
{
    if (stock->out != account->out) {
        account->out = !account->out;
        account->outs += account->out;
        account->out_us += account->out ? 0 : now_us - account->since_us;
        account->since_us = now_us;
    }
    if (is_full(stock) != account->full) {
        account->full = !account->full;
        account->full_us += account->full ? 0 : now_us - account->full_since_us;
        account->full_since_us = now_us;
    }
}

static void
account_threshold(struct iss_account_thresholds *account, bool low, int64_t now_us)
{
    if (low != account->low) {
        account->low = low;
        account->below_us += low ? 0 : now_us - account->since_us;
        account->since_us = now_us;
    }
}

static void
account_thresholds(struct iss_accounts *accounts, const struct iss_world *world,
                   int32_t id)
{
    const struct iss_resource *resource = iss_model_resource(world->model, id);

    accounts->resources[id].low = world->stocks[id].low;
    for (int32_t k = 0; k < resource->reserve.count; k++) {
        account_threshold(&accounts->thresholds[resource->first_threshold + k],
                          world->stocks[id].low >> k & 1, world->now_us);
    }
}

void
iss_accounts_stock(struct iss_accounts *accounts, const struct iss_world *world)
{
    for (int32_t word = 0; word < iss_marks_words(world->model->resources.count);
         word++) {
        for (uint64_t left = world->shown[word]; left != 0; left &= left - 1) {
            int32_t i = word * ISS_MARKS_A_WORD + __builtin_ctzll(left);
            account_stock(&accounts->resources[i], &world->stocks[i], world->now_us);
            if (world->stocks[i].low != accounts->resources[i].low) {
                account_thresholds(accounts, world, i);
            }
        }
    }
}

static double
kilograms(int64_t mass_mg)
{
    return (double)mass_mg / ISS_MG_PER_KG;
}

static void
stop_resource(struct iss_account_resources *account, const struct iss_world *world,
              int32_t resource)
{
    const struct iss_stock *stock = &world->stocks[resource];

    account->lowest_d = account->short_d = NAN;
    if (!world->stocked) {
        return;
    }
    account->lowest_d = iss_stock_days(stock, stock->lowest_mg);
    if (stock->person_mg > 0) {
        account->short_d = (double)stock->lacking.total_mg / (double)stock->person_mg;
    }
    account->missed_kg = kilograms(stock->missed_mg);
    account->made_kg = kilograms(stock->made.total_mg);
    account->used_kg = kilograms(stock->used.total_mg);
    account->gone_kg = kilograms(stock->lost_mg + stock->leaked.total_mg);
    account->let_go_kg = kilograms(stock->let_go.total_mg);
    account->down_kg[0] = kilograms(stock->down_mg[0]);
    account->down_kg[1] = kilograms(stock->down_mg[1]);
    account->up_kg = kilograms(stock->delivered_mg);
    account->refused_kg = kilograms(stock->taken_away_mg);
    account->left_kg = kilograms(stock->level_mg);
}

void
iss_accounts_stop_stocks(struct iss_accounts *accounts, const struct iss_world *world,
                         int64_t end_us)
{
    for (int32_t i = 0; i < world->model->resources.count; i++) {
        struct iss_account_resources *account = &accounts->resources[i];
        account->out_us += account->out ? end_us - account->since_us : 0;
        account->since_us = end_us;
        account->full_us += account->full ? end_us - account->full_since_us : 0;
        account->full_since_us = end_us;
        stop_resource(account, world, i);
    }
    for (int32_t i = 0; i < world->model->thresholds.count; i++) {
        struct iss_account_thresholds *account = &accounts->thresholds[i];
        account->below_us += account->low ? end_us - account->since_us : 0;
        account->since_us = end_us;
    }
}

double
iss_accounts_upmass_kg(const struct iss_accounts *accounts,
                       const struct iss_world *world, bool lost)
{
    double mass = 0;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        const struct iss_account_resources *account = &accounts->resources[i];
        mass += lost ? account->missed_kg : account->up_kg;
    }
    return mass;
}

double
iss_accounts_refused_kg(const struct iss_accounts *accounts,
                        const struct iss_world *world)
{
    double mass = 0;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        mass += accounts->resources[i].refused_kg;
    }
    return mass;
}

double
iss_accounts_down_kg(const struct iss_accounts *accounts, const struct iss_world *world,
                     bool lands)
{
    double mass = 0;

    for (int32_t i = 0; i < world->model->resources.count; i++) {
        mass += accounts->resources[i].down_kg[lands];
    }
    return mass;
}
