/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_relief.c - who relieves whom: every flight has one relief at the most, and
 * nobody waits for himself.
 */
#include <stdio.h>

#include "model/checker.h"

static int32_t
relieved_by(const struct iss_model *model, int32_t id)
{
    return iss_model_flight_plan(model, id)->relieves;
}

/* Whether the reliefs lead from flight `id` back to it.  A circle is told once, at its
 * first flight in the order of the scenario. */
static bool
begins_circle(const struct iss_model *model, int32_t id)
{
    int32_t at = relieved_by(model, id);

    for (int32_t steps = 0; at > id && steps < model->flights.count; steps++) {
        at = relieved_by(model, at);
    }
    return at == id;
}

/* "A -> B -> A", as much as fits. */
static const char *
circle_text(const struct iss_model *model, int32_t id, char buffer[256])
{
    size_t used = 0;
    int32_t at = id;

    do {
        used += (size_t)snprintf(buffer + used, 256 - used, "%s -> ",
                                 iss_model_flight_plan(model, at)->entity.id);
        at = relieved_by(model, at);
    } while (at != id && used < 256);
    if (used < 256) {
        snprintf(buffer + used, 256 - used, "%s",
                 iss_model_flight_plan(model, id)->entity.id);
    }
    return buffer;
}

/* The first flight that relieves what flight `id` relieves. */
static int32_t
first_relief(const struct iss_model *model, int32_t id)
{
    int32_t first = 0;
    while (relieved_by(model, first) != relieved_by(model, id)) {
        first++;
    }
    return first;
}

static void
check_relief(const struct iss_checker *checker, int32_t id)
{
    const struct iss_model *model = checker->model;
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, id);
    int32_t first = first_relief(model, id);
    char text[256];

    if (plan->relieves == id) {
        iss_checker_report(checker, "flights", &plan->entity, "relieves",
                           "is the flight itself");
    } else if (begins_circle(model, id)) {
        iss_checker_report(checker, "flights", &plan->entity, "relieves",
                           "goes round: %s", circle_text(model, id, text));
    }
    if (first != id) {
        iss_checker_report(checker, "flights", &plan->entity, "relieves",
                           "%s already relieves %s",
                           iss_model_flight_plan(model, first)->entity.id,
                           iss_model_flight_plan(model, plan->relieves)->entity.id);
    }
    if (plan->visiting) {
        iss_checker_report(checker, "flights", &plan->entity, "visiting",
                           "a short visit relieves nobody; got relieves = \"%s\"",
                           iss_model_flight_plan(model, plan->relieves)->entity.id);
    }
}

void
iss_check_reliefs(const struct iss_checker *checker)
{
    for (int32_t i = 0; i < checker->model->flights.count; i++) {
        if (relieved_by(checker->model, i) >= 0) {
            check_relief(checker, i);
        }
    }
}
