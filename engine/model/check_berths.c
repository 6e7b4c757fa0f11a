/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_berths.c - the flights against each other: a port holds one vehicle.
 */
#include <stdio.h>

#include "model/checker.h"

/* Where a flight was docked during one interval of the record. */
struct berth {
    int32_t flight, port;
    int64_t from_us, to_us;
};

/* The `k`-th stay at a port of a flight, between relocations; false when there is none.
 */
static bool
berth_of(const struct iss_flight_plan *plan, int32_t flight, int32_t k,
         struct berth *berth)
{
    const struct iss_flown *flown = &plan->flown;
    const struct iss_relocation *moves = flown->relocations.items;

    if (flown->dock_us == ISS_NO_TIME || k > flown->relocations.count) {
        return false;
    }
    berth->flight = flight;
    berth->port = k > 0              ? moves[k - 1].port
                  : flown->port >= 0 ? flown->port
                                     : plan->port;
    berth->from_us = k > 0 ? moves[k - 1].dock_us : flown->dock_us;
    berth->to_us = k < flown->relocations.count ? moves[k].undock_us : flown->undock_us;
    if (berth->to_us == ISS_NO_TIME) {
        berth->to_us = ISS_NEVER;
    }
    return true;
}

/* Where the scenario says the port of a flight's `k`-th stay. */
static const char *
berth_setting(const struct iss_flight_plan *plan, int32_t k, char buffer[64])
{
    if (k > 0) {
        snprintf(buffer, 64, "as_flown.relocations[%d].port", (int)k - 1);
        return buffer;
    }
    return iss_checker_says(&plan->entity, "as_flown.port") ? "as_flown.port" : "port";
}

/* "; 3 vehicles are docked at the start at 2 ports" when that can't be; else "". */
static const char *
crowding(const struct iss_checker *checker, char buffer[96])
{
    const struct iss_model *model = checker->model;
    struct berth berth;
    int docked = 0;

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        for (int32_t k = 0; berth_of(plan, i, k, &berth); k++) {
            docked += berth.from_us <= 0 && berth.to_us > 0;
        }
    }
    buffer[0] = '\0';
    if (docked > model->ports.count) {
        snprintf(buffer, 96, "; at the start %d vehicles are docked, at %d ports",
                 docked, (int)model->ports.count);
    }
    return buffer;
}

static void
compare_berths(const struct iss_checker *checker, const struct berth *one,
               const char *setting, int32_t other)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *a = iss_model_flight_plan(model, one->flight);
    const struct iss_flight_plan *b = iss_model_flight_plan(model, other);
    struct berth two;

    for (int32_t k = 0; berth_of(b, other, k, &two); k++) {
        int64_t from = one->from_us > two.from_us ? one->from_us : two.from_us;
        if (one->port == two.port && one->port >= 0 && from < one->to_us &&
            from < two.to_us) {
            char when[32], crowd[96];
            iss_checker_report(checker, "flights", &a->entity, setting,
                               "shares the port with %s on %s; got %s%s", b->entity.id,
                               iss_checker_date(checker, from, when),
                               iss_model_port(model, one->port)->entity.id,
                               crowding(checker, crowd));
        }
    }
}

void
iss_check_berths(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;
    struct berth one;
    char buffer[64];

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *a = iss_model_flight_plan(model, i);
        for (int32_t k = 0; berth_of(a, i, k, &one); k++) {
            const char *setting = berth_setting(a, k, buffer);
            for (int32_t j = 0; j < i; j++) {
                compare_berths(checker, &one, setting, j);
            }
        }
    }
}
