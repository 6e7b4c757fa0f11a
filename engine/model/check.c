/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - sense, after form: the checks that compare one setting with another.
 */
#include "model/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct checker {
    const struct iss_model *model;
    struct iss_diag *diag;
};

static const char *
date(const struct checker *checker, int64_t us, char buffer[32])
{
    return iss_civil_format(iss_us_add(us, checker->model->epoch_us), ISS_CIVIL_MINUTE,
                            buffer);
}

static void __attribute__((format(printf, 4, 5)))
report(const struct checker *checker, const char *set, const struct iss_entity *entity,
       const char *format, ...)
{
    char path[160], text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(path, sizeof path, "%s.%s", set, entity->id);
    iss_diag_error(checker->diag, entity->origin, path, "%s", text);
}

/* Where the scenario's setting `name` stands. */
static struct iss_origin
scenario_origin(const struct iss_model *model, const char *name)
{
    const struct iss_node *group = iss_node_child(model->source.root, "scenario");
    const struct iss_node *setting = group ? iss_node_child(group, name) : NULL;
    const struct iss_node *node = setting ? setting : group;
    return node ? node->origin : (struct iss_origin){model->source.main_path, 0};
}

static void
check_scenario(const struct checker *checker)
{
    const struct iss_model *model = checker->model;
    const struct iss_scenario *scenario = &model->scenario;
    char a[32], b[32];

    if (scenario->end_us == ISS_NO_TIME) {
        return; /* said already */
    }
    if (scenario->end_us <= 0) {
        iss_diag_error(checker->diag, scenario_origin(model, "end"), "scenario.end",
                       "must come after the start; got %s with the start at %s",
                       date(checker, scenario->end_us, a), date(checker, 0, b));
    } else if (scenario->mode == ISS_MODE_FORECAST &&
               (scenario->forecast_from_us < 0 ||
                scenario->forecast_from_us > scenario->end_us)) {
        iss_diag_error(checker->diag, scenario_origin(model, "forecast_from"),
                       "scenario.forecast_from",
                       "must lie between start and end; got %s",
                       date(checker, scenario->forecast_from_us, a));
    }
}

static void
check_segments(const struct checker *checker)
{
    const struct iss_model *model = checker->model;
    if (model->segments.count > ISS_MAX_SEGMENTS) {
        report(checker, "ports", &iss_model_port(model, model->ports.count - 1)->entity,
               "the ports name %d segments; allowed %d", (int)model->segments.count,
               ISS_MAX_SEGMENTS);
    }
}

static bool
port_fits(const struct iss_model *model, int32_t vehicle, int32_t port)
{
    int32_t offered = port < 0 ? -1 : iss_model_port(model, port)->docking;
    int32_t needed = vehicle < 0 ? -1 : iss_model_vehicle(model, vehicle)->docking;
    return offered < 0 || needed < 0 || offered == needed;
}

static void
check_port(const struct checker *checker, const char *set,
           const struct iss_entity *entity, const char *setting, int32_t vehicle,
           int32_t port)
{
    const struct iss_model *model = checker->model;
    if (!port_fits(model, vehicle, port)) {
        const struct iss_port *wrong = iss_model_port(model, port);
        const struct iss_vehicle *type = iss_model_vehicle(model, vehicle);
        report(checker, set, entity, "%s: %s takes %s, but %s docks by %s", setting,
               wrong->entity.id, model->dockings.at[wrong->docking], type->entity.id,
               model->dockings.at[type->docking]);
    }
}

static void
check_vehicle(const struct checker *checker, int32_t id)
{
    const struct iss_vehicle *vehicle = iss_model_vehicle(checker->model, id);

    if (vehicle->role == ISS_ROLE_CREW && vehicle->seats == 0) {
        report(checker, "vehicles", &vehicle->entity, "a crew vehicle needs seats");
    }
    if (vehicle->role == ISS_ROLE_CARGO &&
        vehicle->seats + vehicle->emergency_seats > 0) {
        report(checker, "vehicles", &vehicle->entity, "a cargo vehicle has no seats");
    }
    for (int32_t i = 0; i < vehicle->ports.count; i++) {
        check_port(checker, "vehicles", &vehicle->entity, "ports", id,
                   vehicle->ports.at[i]);
    }
}

/* ---- flights ------------------------------------------------------------------- */

static void
check_order(const struct checker *checker, const struct iss_flight_plan *plan,
            const char *early_name, int64_t early, const char *late_name, int64_t late)
{
    char a[32], b[32];
    if (early != ISS_NO_TIME && late != ISS_NO_TIME && late < early) {
        report(checker, "flights", &plan->entity, "%s (%s) comes before %s (%s)",
               late_name, date(checker, late, a), early_name, date(checker, early, b));
    }
}

/* Each date that the record gives comes no earlier than the last one it gave. */
static void
check_steps(const struct checker *checker, const struct iss_flight_plan *plan)
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
check_flown(const struct checker *checker, const struct iss_flight_plan *plan)
{
    const struct iss_flown *flown = &plan->flown;
    const struct iss_relocation *moves = flown->relocations.items;

    check_steps(checker, plan);
    for (int32_t i = 0; i < flown->relocations.count; i++) {
        check_order(checker, plan, "the time before",
                    i ? moves[i - 1].dock_us : flown->dock_us, "a relocation",
                    moves[i].undock_us);
        check_order(checker, plan, "a relocation's undocking", moves[i].undock_us,
                    "its docking", moves[i].dock_us);
        check_port(checker, "flights", &plan->entity, "as_flown.relocations",
                   plan->vehicle, moves[i].port);
    }
    if (flown->relocations.count > 0) {
        check_order(checker, plan, "a relocation's docking",
                    moves[flown->relocations.count - 1].dock_us, "as_flown.undock",
                    flown->undock_us);
    }
    if (flown->dock_us != ISS_NO_TIME && flown->launch_us == ISS_NO_TIME) {
        report(checker, "flights", &plan->entity,
               "as_flown has a docking and no launch");
    }
    if (flown->dock_us != ISS_NO_TIME && flown->port < 0 && plan->port < 0) {
        report(checker, "flights", &plan->entity, "as_flown has a docking and no port");
    }
}

static void
check_seats(const struct checker *checker, const struct iss_flight_plan *plan,
            const char *setting, const struct iss_ids *crew)
{
    const struct iss_vehicle *vehicle =
        iss_model_vehicle(checker->model, plan->vehicle);
    if (crew->count > vehicle->seats) {
        report(checker, "flights", &plan->entity, "%s: %d people and %d seats in %s",
               setting, (int)crew->count, (int)vehicle->seats, vehicle->entity.id);
    }
}

/* Whether the scenario gives flight `id` any launch, readable or not. */
static bool
says_launch(const struct iss_model *model, const char *id)
{
    const struct iss_node *flights = iss_node_child(model->source.root, "flights");
    const struct iss_node *flight = flights ? iss_node_child(flights, id) : NULL;
    return flight && (iss_node_child(flight, "launch") != NULL ||
                      iss_node_child(flight, "as_flown") != NULL);
}

static void
check_flight(const struct checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, id);
    char a[32];

    if (plan->vehicle < 0) {
        return; /* said already */
    }
    if (plan->launch_us == ISS_NO_TIME) {
        if (!says_launch(model, plan->entity.id)) {
            report(checker, "flights", &plan->entity,
                   "needs a planned launch or as_flown.launch");
        }
        return;
    }
    if (plan->launch_us < 0 && plan->flown.launch_us == ISS_NO_TIME) {
        report(checker, "flights", &plan->entity,
               "launch (%s) lies before the scenario's start and as_flown.launch is "
               "missing",
               date(checker, plan->launch_us, a));
    }
    check_order(checker, plan, "launch", plan->launch_us, "undock", plan->undock_us);
    check_flown(checker, plan);
    check_port(checker, "flights", &plan->entity, "port", plan->vehicle, plan->port);
    check_port(checker, "flights", &plan->entity, "as_flown.port", plan->vehicle,
               plan->flown.port);
    check_seats(checker, plan, "crew", &plan->crew);
    check_seats(checker, plan, "crew_down", &plan->crew_down);
    check_seats(checker, plan, "as_flown.crew", &plan->flown.crew);
    check_seats(checker, plan, "as_flown.crew_down", &plan->flown.crew_down);
    if (plan->relieves == id) {
        report(checker, "flights", &plan->entity, "relieves itself");
    }
}

/* ---- the record against itself ------------------------------------------------- */

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

static void
check_berths(const struct checker *checker)
{
    const struct iss_model *model = checker->model;
    struct berth one, two;

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *a = iss_model_flight_plan(model, i);
        for (int32_t k = 0; berth_of(a, i, k, &one); k++) {
            for (int32_t j = 0; j < i; j++) {
                const struct iss_flight_plan *b = iss_model_flight_plan(model, j);
                for (int32_t m = 0; berth_of(b, j, m, &two); m++) {
                    int64_t from =
                        one.from_us > two.from_us ? one.from_us : two.from_us;
                    if (one.port == two.port && one.port >= 0 && from < one.to_us &&
                        from < two.to_us) {
                        char when[32];
                        report(checker, "flights", &a->entity,
                               "shares the port %s with %s on %s",
                               iss_model_port(model, one.port)->entity.id, b->entity.id,
                               date(checker, from, when));
                    }
                }
            }
        }
    }
}

static bool
has_person(const struct iss_ids *ids, int32_t person)
{
    for (int32_t i = 0; i < ids->count; i++) {
        if (ids->at[i] == person) {
            return true;
        }
    }
    return false;
}

/* Nobody is planned to be in two vehicles at a time. */
static void
check_people(const struct checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->flights.count; i++) {
        const struct iss_flight_plan *a = iss_model_flight_plan(model, i);
        for (int32_t j = 0; j < i; j++) {
            const struct iss_flight_plan *b = iss_model_flight_plan(model, j);
            const struct iss_flight_plan *first = a->launch_us < b->launch_us ? a : b;
            const struct iss_flight_plan *then = first == a ? b : a;
            int64_t back = first->undock_us != ISS_NO_TIME ? first->undock_us
                                                           : first->launch_us + 1;
            if (then->launch_us >= back) {
                continue;
            }
            for (int32_t k = 0; k < a->crew.count; k++) {
                if (has_person(&b->crew, a->crew.at[k])) {
                    report(checker, "flights", &a->entity,
                           "crew: %s flies in %s at the same time",
                           iss_model_crew_member(model, a->crew.at[k])->entity.id,
                           b->entity.id);
                }
            }
        }
    }
}

/* ---- the rest ------------------------------------------------------------------ */

static void
check_forced(const struct checker *checker, const struct iss_forced *forced)
{
    const struct iss_model *model = checker->model;

    if (forced->at_us != ISS_NO_TIME && forced->at_us > model->scenario.end_us) {
        char when[32];
        report(checker, "events", &forced->entity,
               "at (%s) lies after the scenario's end: it would never happen",
               date(checker, forced->at_us, when));
    }
    if (forced->what == ISS_FORCED_SEAT_MOVE && forced->person < 0) {
        report(checker, "events", &forced->entity, "a seat_move needs a person");
    }
    if (forced->what != ISS_FORCED_FAILURE || forced->flight < 0) {
        return;
    }
    if (forced->failure < 0) {
        report(checker, "events", &forced->entity, "what = \"failure\" needs failure");
        return;
    }
    int32_t vehicle = iss_model_flight_plan(model, forced->flight)->vehicle;
    const struct iss_failure_mode *mode =
        iss_model_failure_mode(model, forced->failure);
    if (vehicle >= 0 && !has_person(&mode->vehicles, vehicle)) {
        report(checker, "events", &forced->entity, "%s doesn't strike %s",
               mode->entity.id, iss_model_vehicle(model, vehicle)->entity.id);
    }
}

static void
check_measure(const struct checker *checker, const struct iss_measure *measure)
{
    bool of_person = measure->measure == ISS_MEASURE_STAY ||
                     measure->measure == ISS_MEASURE_DOCKED_STAY;
    if (of_person && measure->person < 0) {
        report(checker, "metrics", &measure->entity, "needs a person");
    }
    if (!of_person && measure->flight < 0) {
        report(checker, "metrics", &measure->entity, "needs a flight");
    }
}

void
iss_model_check(const struct iss_model *model, struct iss_diag *diag)
{
    const struct checker checker = {model, diag};

    check_scenario(&checker);
    check_segments(&checker);
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        check_vehicle(&checker, i);
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        check_flight(&checker, i);
    }
    check_berths(&checker);
    check_people(&checker);
    for (int32_t i = 0; i < model->events.count; i++) {
        check_forced(&checker, iss_model_forced(model, i));
    }
    for (int32_t i = 0; i < model->metrics.count; i++) {
        check_measure(&checker, iss_model_measure(model, i));
    }
}
