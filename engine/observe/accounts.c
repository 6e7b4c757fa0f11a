/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * accounts.c - one account a type of vehicle, family and port.
 *
 * A port's time is put down to the port and to the type of the vehicle that was there
 * in one stroke, when the vehicle goes, so that the two add up to the same.
 */
#include "observe/accounts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/select.h"

/* ---- life ---------------------------------------------------------------------- */

int
iss_accounts_init(struct iss_accounts *accounts, const struct iss_world *world)
{
    const struct iss_model *model = world->model;
    size_t flights = (size_t)world->flight_capacity;

    *accounts = (struct iss_accounts){
        .vehicles =
            calloc((size_t)model->vehicles.count + 1, sizeof *accounts->vehicles),
        .families =
            calloc((size_t)model->families.count + 1, sizeof *accounts->families),
        .ports = calloc((size_t)model->ports.count + 1, sizeof *accounts->ports),
        .conditions =
            calloc((size_t)model->conditions.count + 1, sizeof *accounts->conditions),
        .resources =
            calloc((size_t)model->resources.count + 1, sizeof *accounts->resources),
        .thresholds =
            calloc((size_t)model->thresholds.count + 1, sizeof *accounts->thresholds),
        .experiments =
            calloc((size_t)model->experiments.count + 1, sizeof *accounts->experiments),
        .slips = calloc(flights + 1, sizeof *accounts->slips),
        .arrived = calloc(flights + 1, sizeof *accounts->arrived),
        .flight_capacity = world->flight_capacity,
    };
    return accounts->vehicles != NULL && accounts->families != NULL &&
                   accounts->ports != NULL && accounts->resources != NULL &&
                   accounts->thresholds != NULL && accounts->conditions != NULL &&
                   accounts->experiments != NULL && accounts->slips != NULL &&
                   accounts->arrived != NULL
               ? ISS_OK
               : ISS_ERR_NO_MEMORY;
}

void
iss_accounts_clear(struct iss_accounts *accounts)
{
    free(accounts->vehicles);
    free(accounts->families);
    free(accounts->ports);
    free(accounts->conditions);
    free(accounts->resources);
    free(accounts->thresholds);
    free(accounts->experiments);
    free(accounts->slips);
    free(accounts->arrived);
    *accounts = (struct iss_accounts){0};
}

void
iss_accounts_start(struct iss_accounts *accounts, const struct iss_world *world)
{
    const struct iss_model *model = world->model;

    memset(accounts->vehicles, 0,
           (size_t)model->vehicles.count * sizeof *accounts->vehicles);
    memset(accounts->conditions, 0,
           (size_t)model->conditions.count * sizeof *accounts->conditions);
    memset(accounts->roles, 0, sizeof accounts->roles);
    memset(accounts->resources, 0,
           (size_t)model->resources.count * sizeof *accounts->resources);
    memset(accounts->thresholds, 0,
           (size_t)model->thresholds.count * sizeof *accounts->thresholds);
    accounts->aborts = 0;
    accounts->slip_count = 0;
    for (int32_t i = 0; i < model->families.count; i++) {
        accounts->families[i] = (struct iss_account_families){.until_us = INT64_MIN};
    }
    for (int32_t i = 0; i < model->ports.count; i++) {
        accounts->ports[i] = (struct iss_account_ports){
            .since_us = world->now_us, .flight = world->berths[i].flight};
    }
    memset(accounts->arrived, 0,
           (size_t)accounts->flight_capacity * sizeof *accounts->arrived);
    for (int32_t i = 0; i < world->flight_count; i++) {
        accounts->arrived[i] = world->flights[i].dock_us != ISS_NO_TIME;
    }
    iss_accounts_ground(accounts, world);
}

/* ---- flights ------------------------------------------------------------------- */

static struct iss_account_roles *
role_of(struct iss_accounts *accounts, const struct iss_world *world, int32_t flight)
{
    return &accounts->roles[iss_flight_vehicle(world, flight)->role];
}

static struct iss_account_vehicles *
vehicle_of(struct iss_accounts *accounts, const struct iss_world *world, int32_t flight)
{
    return &accounts->vehicles[world->flights[flight].vehicle];
}

/* A flight is launched once at most, so that there is room. */
static void
keep_slip(struct iss_accounts *accounts, double slip_d)
{
    int32_t at = accounts->slip_count;

    if (at >= accounts->flight_capacity) {
        return;
    }
    accounts->slip_count++;
    while (at > 0 && accounts->slips[at - 1] > slip_d) {
        accounts->slips[at] = accounts->slips[at - 1];
        at--;
    }
    accounts->slips[at] = slip_d;
}

void
iss_accounts_launch(struct iss_accounts *accounts, const struct iss_world *world,
                    int32_t flight, double slip_d)
{
    vehicle_of(accounts, world, flight)->launches++;
    if (!isnan(slip_d)) {
        iss_sample_add(&role_of(accounts, world, flight)->slips, slip_d);
        keep_slip(accounts, slip_d);
    }
}

void
iss_accounts_arrive(struct iss_accounts *accounts, const struct iss_world *world,
                    int32_t flight)
{
    if (!accounts->arrived[flight]) {
        accounts->arrived[flight] = true;
        vehicle_of(accounts, world, flight)->arrivals++;
        role_of(accounts, world, flight)->arrivals++;
    }
}

void
iss_accounts_fail(struct iss_accounts *accounts, const struct iss_world *world,
                  int32_t flight)
{
    int32_t rocket = world->flights[flight].rocket;
    int32_t family =
        rocket < 0 ? -1 : iss_model_launch_system(world->model, rocket)->family;

    accounts->aborts += world->flights[flight].crew_up > 0;
    if (family >= 0) {
        accounts->families[family].failures++;
    }
    iss_accounts_lose(accounts, world, flight);
    iss_accounts_ground(accounts, world);
}

void
iss_accounts_fail_outside(struct iss_accounts *accounts, const struct iss_world *world,
                          int32_t family)
{
    accounts->families[family].failures++;
    iss_accounts_ground(accounts, world);
}

void
iss_accounts_lose(struct iss_accounts *accounts, const struct iss_world *world,
                  int32_t flight)
{
    vehicle_of(accounts, world, flight)->losses++;
    role_of(accounts, world, flight)->losses++;
}

/* ---- rockets and ports --------------------------------------------------------- */

/* A stand-down is put down in full when it is known, and what changes when it does. */
void
iss_accounts_ground(struct iss_accounts *accounts, const struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->families.count; i++) {
        struct iss_account_families *family = &accounts->families[i];
        int64_t until_us = iss_us_later(world->families[i].grounded_us, world->now_us);

        family->grounded_us += until_us - iss_us_later(family->until_us, world->now_us);
        family->until_us = until_us;
    }
}

static void
leave(struct iss_accounts *accounts, const struct iss_world *world,
      struct iss_account_ports *port, int64_t time_us)
{
    if (port->flight >= 0) {
        int64_t stay_us = time_us - port->since_us;
        port->occupied_us += stay_us;
        vehicle_of(accounts, world, port->flight)->docked_us += stay_us;
    }
}

void
iss_accounts_dock(struct iss_accounts *accounts, const struct iss_world *world)
{
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        struct iss_account_ports *port = &accounts->ports[i];
        if (port->flight != world->berths[i].flight) {
            leave(accounts, world, port, world->now_us);
            port->flight = world->berths[i].flight;
            port->since_us = world->now_us;
        }
    }
}

void
iss_accounts_stop(struct iss_accounts *accounts, const struct iss_world *world,
                  int64_t end_us)
{
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        leave(accounts, world, &accounts->ports[i], end_us);
        accounts->ports[i].since_us = end_us;
    }
    for (int32_t i = 0; i < world->model->families.count; i++) {
        struct iss_account_families *family = &accounts->families[i];
        family->grounded_us -= iss_us_later(family->until_us, end_us) - end_us;
        family->until_us = end_us;
    }
    for (int32_t i = 0; i < world->model->used.conditions.count; i++) {
        accounts->conditions[i].lost_d = world->clinic.harms[i].lost_d;
    }
    iss_accounts_stop_stocks(accounts, world, iss_station_end(world, end_us));
}

/* ---- sums ---------------------------------------------------------------------- */

double
iss_accounts_docked_days(const struct iss_accounts *accounts,
                         const struct iss_world *world)
{
    int64_t total_us = 0;

    for (int32_t i = 0; i < world->model->ports.count; i++) {
        total_us += accounts->ports[i].occupied_us;
    }
    return iss_days_from_us(total_us);
}

double
iss_accounts_slip(const struct iss_accounts *accounts, double prob)
{
    uint64_t index, count = (uint64_t)accounts->slip_count;

    if (count == 0) {
        return NAN;
    }
    double share = iss_quantile_place(count, prob, &index);
    double low = accounts->slips[index];
    return iss_quantile_between(
        low, index + 1 < count ? accounts->slips[index + 1] : low, share);
}
