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

/* What the record says only of vehicles that docked. */
static const char *const docked_only[] = {"as_flown.undock", "as_flown.relocations",
                                          "as_flown.crew_down"};

/* A flight that never got to the station. */
static void
check_loss(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    bool lost = plan->flown.outcome == ISS_FLOWN_LOST;
    const char *const refused[] = {"as_flown.dock", docked_only[0], docked_only[1],
                                   docked_only[2], lost ? "" : "as_flown.land"};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (*refused[i] != '\0' && iss_checker_says(&plan->entity, refused[i])) {
            iss_checker_report(checker, "flights", &plan->entity, refused[i],
                               "can't be: as_flown.outcome is \"%s\"",
                               lost ? "lost" : "ascent_failed");
        }
    }
    if (!iss_checker_says(&plan->entity, "as_flown.launch")) {
        iss_checker_report(checker, "flights", &plan->entity, "as_flown.outcome",
                           "needs as_flown.launch");
    }
    if (lost && !iss_checker_says(&plan->entity, "as_flown.land")) {
        iss_checker_report(checker, "flights", &plan->entity, "as_flown.outcome",
                           "needs as_flown.land: when it was lost");
    }
}

/* What comes after docking, without it. */
static void
check_docked(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    if (iss_checker_says(&plan->entity, "as_flown.dock")) {
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (iss_checker_says(&plan->entity, docked_only[i])) {
            iss_checker_report(checker, "flights", &plan->entity, docked_only[i],
                               "needs as_flown.dock");
            return; /* one docking mends them all */
        }
    }
    if (iss_checker_says(&plan->entity, "as_flown.land")) {
        iss_checker_report(checker, "flights", &plan->entity, "as_flown.land",
                           "needs as_flown.dock; hint: a flight that was lost on its "
                           "way has outcome = \"lost\"");
    }
}

static void
check_flown(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    const struct iss_flown *flown = &plan->flown;

    check_steps(checker, plan);
    check_relocations(checker, plan);
    if (flown->outcome > ISS_FLOWN_WELL) {
        check_loss(checker, plan);
        return;
    }
    check_docked(checker, plan);
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

/* The first list of a flight's people that has more of them than seats, or NULL. */
static const struct iss_ids *
crowd(const struct iss_flight_plan *plan, int64_t seats, const char **setting)
{
    static const char *const settings[] = {"crew", "crew_down", "as_flown.crew",
                                           "as_flown.crew_down"};
    const struct iss_ids *const lists[] = {&plan->crew, &plan->crew_down,
                                           &plan->flown.crew, &plan->flown.crew_down};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i]->count > seats) {
            *setting = settings[i];
            return lists[i];
        }
    }
    return NULL;
}

/* With too few seats, every flight of the type is too full: the first is told. */
void
iss_check_seats(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_vehicle *vehicle = iss_model_vehicle(model, id);
    const struct iss_flight_plan *first = NULL;
    const struct iss_ids *crew = NULL;
    const char *setting = "";
    char names[160], more[64] = "";
    int others = 0;

    if (!iss_checker_reads(&vehicle->entity, "seats") || vehicle->role < 0 ||
        vehicle->seats < 0 || (vehicle->role == ISS_ROLE_CREW && vehicle->seats == 0)) {
        return; /* said already */
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *plan = iss_model_flight_plan(model, i);
        const char *unused;
        if (plan->vehicle == id && first == NULL) {
            crew = crowd(plan, vehicle->seats, &setting);
            first = crew != NULL ? plan : NULL;
        } else if (plan->vehicle == id) {
            others += crowd(plan, vehicle->seats, &unused) != NULL;
        }
    }
    if (others > 0) {
        snprintf(more, sizeof more, "; so have %d more flights of this type", others);
    }
    if (first != NULL) {
        iss_checker_report(
            checker, "flights", &first->entity, setting,
            "more people than seats; got %d (%s); allowed %d, the seats of %s%s",
            (int)crew->count, people(model, crew, names), (int)vehicle->seats,
            vehicle->entity.id, more);
    }
}

/* More people than the station ever takes would wait for ever. */
static void
check_room(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    int64_t most = checker->model->station.max_crew;

    if (most > 0 && plan->crew.count > most) {
        iss_checker_report(checker, "flights", &plan->entity, "crew",
                           "more people than station.max_crew; got %d; allowed %d",
                           (int)plan->crew.count, (int)most);
    }
}

/* A flight that a forecast doesn't know of has no plan. */
static void
check_unknown(const struct iss_checker *checker, const struct iss_flight_plan *plan)
{
    if (plan->undock_us != ISS_NO_TIME || plan->relieves >= 0 ||
        plan->crew.count >= 0) {
        iss_checker_report(checker, "flights", &plan->entity, "launch",
                           "is missing: the record launches the flight after the "
                           "forecast has begun, so that its plan must say when it was "
                           "to fly");
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
    check_room(checker, plan);
    if (plan->launch_us == ISS_NEVER) {
        check_unknown(checker, plan);
    } else {
        check_order(checker, plan, "launch", plan->launch_us, "undock",
                    plan->undock_us);
    }
    check_flown(checker, plan);
    iss_checker_port(checker, "flights", &plan->entity, "port", plan->vehicle,
                     plan->port);
    if (iss_checker_says(&plan->entity, "as_flown.port")) {
        iss_checker_port(checker, "flights", &plan->entity, "as_flown.port",
                         plan->vehicle, plan->flown.port);
    }
}
