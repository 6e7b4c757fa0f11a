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

void
iss_accounts_stock(struct iss_accounts *accounts, const struct iss_world *world)
{
    const struct iss_model *model = world->model;

    for (int32_t i = 0; i < model->resources.count; i++) {
        struct iss_account_resources *account = &accounts->resources[i];
        if (world->stocks[i].out != account->out) {
            account->out = !account->out;
            account->outs += account->out;
            account->out_us += account->out ? 0 : world->now_us - account->since_us;
            account->since_us = world->now_us;
        }
        if (is_full(&world->stocks[i]) != account->full) {
            account->full = !account->full;
            account->full_us +=
                account->full ? 0 : world->now_us - account->full_since_us;
            account->full_since_us = world->now_us;
        }
    }
    for (int32_t i = 0; i < model->thresholds.count; i++) {
        struct iss_account_thresholds *account = &accounts->thresholds[i];
        int32_t resource = iss_model_threshold(model, i)->resource;
        int32_t bit = i - iss_model_resource(model, resource)->first_threshold;
        if ((world->stocks[resource].low >> bit & 1) != account->low) {
            account->low = !account->low;
            account->below_us += account->low ? 0 : world->now_us - account->since_us;
            account->since_us = world->now_us;
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
