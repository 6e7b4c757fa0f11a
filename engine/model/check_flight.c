/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_flight.c - a flight's settings against each other and against its vehicle.
 */
#include <stdio.h>

#include "model/checker.h"

/* The ids of people, as in "ada, bob and 3 more". */
static const char *
people(const struct iss_model *model, const struct iss_ids *crew, char buffer[160])
{
    int length = 0;

    buffer[0] = '\0';
    for (int32_t i = 0; i < crew->count; i++) {
        if (length > 100) {
            snprintf(buffer + length, 160 - (size_t)length, " and %d more",
                     (int)(crew->count - i));
            break;
        }
        length += snprintf(buffer + length, 160 - (size_t)length, "%s%.40s",
                           i > 0 ? ", " : "",
                           iss_model_crew_member(model, crew->at[i])->entity.id);
    }
    return buffer;
}

static void
check_order(const struct iss_checker *checker, const struct iss_flight_plan *plan,
            const char *early_name, int64_t early, const char *setting, int64_t late)
{
    char a[32], b[32];
    if (early != ISS_NO_TIME && late != ISS_NO_TIME && late < early) {
        iss_checker_report(checker, "flights", &plan->entity, setting,
                           "comes before %s; got %s; allowed from %s on", early_name,
                           iss_checker_date(checker, late, a),
                           iss_checker_date(checker, early, b));
    }
}

/* Each date that the record gives comes no earlier than the last one it gave. */
static void
check_steps(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    static const char *const names[] = {"as_flown.launch", "as_flown.dock",
                                        "as_flown.undock", "as_flown.land"};
    const int64_t at[] = {plan->flown.launch_us, plan->flown.dock_us,
                          plan->flown.undock_us, plan->flown.land_us};
    size_t before = 0;

    for (size_t i = 1; i < sizeof at / sizeof *at; i++) {
        check_order(checker, plan, names[before], at[before], names[i], at[i]);
        before = at[i] != ISS_NO_TIME ? i : before;
    }
}

static void
check_relocations(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    const struct iss_flown *flown = &plan->flown;
    const struct iss_relocation *moves = flown->relocations.items;
    char before[64] = "as_flown.dock", undock[64], dock[64], port[64];
    int64_t before_us = flown->dock_us;

    for (int32_t i = 0; i < flown->relocations.count; i++) {
        snprintf(undock, sizeof undock, "as_flown.relocations[%d].undock", (int)i);
        snprintf(dock, sizeof dock, "as_flown.relocations[%d].dock", (int)i);
        snprintf(port, sizeof port, "as_flown.relocations[%d].port", (int)i);
        check_order(checker, plan, before, before_us, undock, moves[i].undock_us);
        check_order(checker, plan, "its undock", moves[i].undock_us, dock,
                    moves[i].dock_us);
        iss_checker_port(checker, "flights", &plan->entity, port, plan->vehicle,
                         moves[i].port);
        snprintf(before, sizeof before, "%s", dock);
        before_us = moves[i].dock_us;
    }
    if (flown->relocations.count > 0) {
        check_order(checker, plan, before, before_us, "as_flown.undock",
                    flown->undock_us);
    }
}

static void
check_flown(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    const struct iss_flown *flown = &plan->flown;

    check_steps(checker, plan);
    check_relocations(checker, plan);
    if (flown->dock_us != ISS_NO_TIME && flown->launch_us == ISS_NO_TIME &&
        !iss_checker_says(&plan->entity, "as_flown.launch")) {
        iss_checker_report(checker, "flights", &plan->entity, "as_flown",
                           "has a docking and no launch; hint: add launch");
    }
    if (flown->dock_us != ISS_NO_TIME && flown->port < 0 &&
        !iss_checker_says(&plan->entity, "as_flown.port") &&
        !iss_checker_says(&plan->entity, "port")) {
        iss_checker_report(checker, "flights", &plan->entity, "as_flown",
                           "has a docking and no port; hint: add port");
    }
}

static void
check_seats(const struct iss_checker *checker, const struct iss_flight_plan *plan,
            const char *setting, const struct iss_ids *crew)
{
    const struct iss_vehicle *vehicle =
        iss_model_vehicle(checker->model, plan->vehicle);
    char names[160];
    if (crew->count > vehicle->seats && iss_checker_reads(&vehicle->entity, "seats")) {
        iss_checker_report(
            checker, "flights", &plan->entity, setting,
            "more people than seats; got %d (%s); allowed %d, the seats of %s",
            (int)crew->count, people(checker->model, crew, names), (int)vehicle->seats,
            vehicle->entity.id);
    }
}

void
iss_check_flight(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, id);
    char a[32], b[32];

    if (plan->vehicle < 0) {
        return; /* said already */
    }
    if (plan->launch_us == ISS_NO_TIME) {
        if (!iss_checker_says(&plan->entity, "launch") &&
            !iss_checker_says(&plan->entity, "as_flown")) {
            iss_checker_report(checker, "flights", &plan->entity, "",
                               "needs a planned launch or as_flown.launch");
        }
        return;
    }
    if (plan->launch_us < 0 && plan->flown.launch_us == ISS_NO_TIME &&
        !iss_checker_says(&plan->entity, "as_flown.launch")) {
        iss_checker_report(
            checker, "flights", &plan->entity, "launch",
            "lies before the scenario's start and as_flown.launch is missing; got "
            "%s; allowed from %s on",
            iss_checker_date(checker, plan->launch_us, a),
            iss_checker_date(checker, 0, b));
    }
    check_order(checker, plan, "launch", plan->launch_us, "undock", plan->undock_us);
    check_flown(checker, plan);
    iss_checker_port(checker, "flights", &plan->entity, "port", plan->vehicle,
                     plan->port);
    if (iss_checker_says(&plan->entity, "as_flown.port")) {
        iss_checker_port(checker, "flights", &plan->entity, "as_flown.port",
                         plan->vehicle, plan->flown.port);
    }
    check_seats(checker, plan, "crew", &plan->crew);
    check_seats(checker, plan, "crew_down", &plan->crew_down);
    check_seats(checker, plan, "as_flown.crew", &plan->flown.crew);
    check_seats(checker, plan, "as_flown.crew_down", &plan->flown.crew_down);
    if (plan->relieves == id) {
        iss_checker_report(checker, "flights", &plan->entity, "relieves",
                           "is the flight itself");
    }
}
