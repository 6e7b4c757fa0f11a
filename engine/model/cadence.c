/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cadence.c - a rule becomes flights and people of the model.
 *
 * They are flights like any other, so that rotation, seats, rescues and the tables need
 * know nothing of rules; only their dates are settled by the process
 * (process/cadence.c). What isn't used stays behind as room: the flights of a
 * replication can't be counted beforehand where the interval is random.
 *
 * How much room: of n intervals X the sum S is at most L with a probability of no more
 * than exp(t L) E[exp(-t X)]^n, for every t > 0 (Chernoff's bound).  The least n for
 * which that is 10^-12 at one of a ladder of t is taken.  For a constant interval it is
 * the exact number.
 */
#include "model/cadence.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"

#define LOG_RISK        27.631 /* -log 10^-12 */
#define UNCERTAIN_TIMES 4      /* as much where the interval's numbers aren't known */

enum { LOW_STEP = -6, HIGH_STEP = 14, NODES = 1024 };

/* -log E[exp(-t X)], by the midpoints of X's quantiles. */
static double
decay(const struct iss_dist *dist, double t)
{
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        sum += exp(-t * iss_dist_quantile(dist, (i + 0.5) / NODES));
    }
    return -log(sum / NODES);
}

/* The least number of intervals that outlast `span_d` days. */
static double
outlasting(const struct iss_dist *interval, double span_d)
{
    double mean = iss_dist_mean(interval), least = INFINITY;

    for (int step = LOW_STEP; mean > 0 && step <= HIGH_STEP; step++) {
        double t = ldexp(1 / mean, step), rate = decay(interval, t);
        if (rate > 0 && isfinite(rate)) {
            least = fmin(least, (LOG_RISK + t * span_d) / rate);
        }
    }
    return ceil(least);
}

double
iss_cadence_room(const struct iss_model *model, const struct iss_cadence *rule)
{
    int64_t end_us = model->scenario.end_us;
    double least, greatest;

    end_us = rule->until_us < end_us ? rule->until_us : end_us;
    if (model->scenario.mode == ISS_MODE_REPLAY || rule->first_us > end_us) {
        return 0;
    }
    double span_d = iss_days_from_us(end_us - rule->first_us);
    iss_dist_bounds(rule->interval, &least, &greatest);
    double room = least == greatest ? floor(span_d / least) + 1
                                    : outlasting(rule->interval, span_d) + 1;
    if (iss_dist_mark(rule->interval) != 0) {
        room *= UNCERTAIN_TIMES;
    }
    return room + 1; /* one is planned beyond the end: whom others wait for */
}

/* ---- people -------------------------------------------------------------------- */

bool
iss_place_applies(const struct iss_model *model, const struct iss_crew_place *place)
{
    return place->when !=
           (model->policy.seat_exchange ? ISS_PLACE_NO_EXCHANGE : ISS_PLACE_EXCHANGE);
}

bool
iss_exchange_changes(const struct iss_model *model)
{
    for (int32_t i = 0; i < model->programme.count; i++) {
        if (iss_model_programme(model, i)->seat_exchange >= 0) {
            return true;
        }
    }
    return false;
}

/* People of a row that a flight may need: those who fly only when the programme has
 * changed the policy are made too. */
static int32_t
needed(const struct iss_model *model, const struct iss_crew_place *place)
{
    return iss_place_applies(model, place) || iss_exchange_changes(model)
               ? (int32_t)place->count
               : 0;
}

static int32_t
places_of(const struct iss_model *model, const struct iss_cadence *rule)
{
    const struct iss_crew_place *places = rule->crew.items;
    int32_t count = 0;

    for (int32_t i = 0; i < rule->crew.count; i++) {
        count += needed(model, &places[i]);
    }
    return count;
}

/* "second", "11th": the number `number` in a crew. */
static const char *
ordinal(struct iss_arena *arena, int32_t number)
{
    static const char *const words[] = {"first", "second", "third",   "fourth",
                                        "fifth", "sixth",  "seventh", "eighth",
                                        "ninth", "tenth"};
    int32_t known = (int32_t)(sizeof words / sizeof *words);

    return number <= known ? words[number - 1]
                           : iss_arena_printf(arena, "number %d", (int)number);
}

/* How many of the first `rows` places have the role of place `row`. */
static int64_t
count_role(const struct iss_cadence *rule, int32_t row, int32_t rows)
{
    const struct iss_crew_place *places = rule->crew.items;
    int64_t count = 0;

    for (int32_t i = 0; i < rows; i++) {
        bool same =
            places[i].role != NULL && strcmp(places[i].role, places[row].role) == 0;
        count += same ? places[i].count : 0;
    }
    return count;
}

/* What a person is called within a crew, number `of_row` of place `row`: a role that
 * several share is numbered. */
static const char *
title(struct iss_arena *arena, const struct iss_cadence *rule, int32_t row,
      int32_t of_row, int32_t number)
{
    const struct iss_crew_place *place =
        (const struct iss_crew_place *)rule->crew.items + row;

    if (place->role == NULL) {
        return ordinal(arena, number);
    }
    return count_role(rule, row, rule->crew.count) == 1
               ? place->role
               : iss_arena_printf(arena, "%s %d", place->role,
                                  (int)count_role(rule, row, row) + (int)of_row);
}

static bool
name_entity(struct iss_entity *entity, const struct iss_entity *rule, const char *id,
            const char *name)
{
    if (id == NULL || name == NULL) {
        return false;
    }
    *entity = (struct iss_entity){.id = id,
                                  .name = name,
                                  .hash = iss_hash_name(id),
                                  .origin = rule->origin,
                                  .node = rule->node};
    return true;
}

/* The crew of one flight, as new people of the model. */
static bool
add_crew(struct iss_model *model, const struct iss_cadence *rule,
         struct iss_flight_plan *plan)
{
    const struct iss_crew_place *places = rule->crew.items;
    int32_t count = 0, now = 0, otherwise = 0;
    size_t room = (size_t)places_of(model, rule) + 1;
    int32_t *at = iss_arena_array(&model->arena, room, sizeof *at);
    int32_t *other = iss_arena_array(&model->arena, room, sizeof *other);

    if (at == NULL || other == NULL) {
        return false;
    }
    for (int32_t i = 0; i < rule->crew.count; i++) {
        bool applies = iss_place_applies(model, &places[i]);
        for (int32_t k = 1; k <= needed(model, &places[i]); k++) {
            struct iss_crew_member *member =
                (struct iss_crew_member *)model->crew.items + model->crew.count;
            const char *called = title(&model->arena, rule, i, k, count + 1);
            member->agency = places[i].agency;
            member->segment = places[i].segment;
            member->skills = places[i].skills;
            member->roles = places[i].roles;
            member->trained = places[i].trained;
            member->sex = places[i].sex;
            member->risks = places[i].risks;
            if (called == NULL ||
                !name_entity(&member->entity, &rule->entity,
                             iss_arena_printf(&model->arena, "%s/%d", plan->entity.id,
                                              (int)count + 1),
                             iss_arena_printf(&model->arena, "%s, %s",
                                              plan->entity.name, called))) {
                return false;
            }
            if (applies) {
                at[now++] = model->crew.count;
            }
            if (!applies || places[i].when == ISS_PLACE_ALWAYS) {
                other[otherwise++] = model->crew.count;
            }
            model->crew.count++;
            count++;
        }
    }
    plan->crew = (struct iss_ids){now, at};
    if (iss_exchange_changes(model)) {
        plan->crew_otherwise = (struct iss_ids){otherwise, other};
    }
    return true;
}

/* ---- flights ------------------------------------------------------------------- */

static bool
add_flight(struct iss_model *model, int32_t id, int32_t occurrence)
{
    const struct iss_cadence *rule = iss_model_cadence(model, id);
    int32_t index = model->flights.count++;
    struct iss_flight_plan *plan =
        (struct iss_flight_plan *)model->flights.items + index;

    *plan = (struct iss_flight_plan){
        .vehicle = rule->vehicle,
        .launch_us = ISS_NO_TIME,
        .undock_us = ISS_NO_TIME,
        .port = rule->port,
        .crew = {-1, NULL},
        .crew_without_exchange = {-1, NULL},
        .crew_otherwise = {-1, NULL},
        .crew_down = {-1, NULL},
        .visitors = {-1, NULL},
        .relieves = occurrence == 0 ? rule->relieves : index - 1,
        .visiting = rule->visiting,
        .rule = id,
        .stay = rule->stay,
        .manifest = rule->manifest,
        .flown = {.launch_us = ISS_NO_TIME,
                  .dock_us = ISS_NO_TIME,
                  .undock_us = ISS_NO_TIME,
                  .land_us = ISS_NO_TIME,
                  .port = rule->port,
                  .replaces = -1,
                  .crew = {-1, NULL},
                  .crew_down = {-1, NULL}},
    };
    if (rule->visiting || rule->crew.count <= 0 || rule->handover == ISS_INDIRECT) {
        plan->relieves = -1;
    }
    size_t length = strlen(rule->entity.name);
    bool joined = length > 0 && rule->entity.name[length - 1] == '-';
    const char *name =
        iss_arena_printf(&model->arena, "%s%s%lld", rule->entity.name,
                         joined ? "" : " ", (long long)(rule->number + occurrence));
    return name_entity(&plan->entity, &rule->entity,
                       iss_arena_printf(&model->arena, "%s/%d", rule->entity.id,
                                        (int)occurrence + 1),
                       name) &&
           (rule->crew.count <= 0 || add_crew(model, rule, plan));
}

/* Room for `more` things behind those that are there. */
static bool
grow(struct iss_model *model, struct iss_rows *rows, size_t more, size_t size)
{
    void *grown = iss_arena_array(&model->arena, (size_t)rows->count + more + 1, size);

    if (grown == NULL) {
        return false;
    }
    if (rows->count > 0) {
        memcpy(grown, rows->items, (size_t)rows->count * size);
    }
    rows->items = grown;
    return true;
}

static void
settle(const struct iss_model *model, struct iss_cadence *rule)
{
    rule->room = (int32_t)iss_cadence_room(model, rule);
    for (int32_t i = 0; i < rule->skip.count; i++) {
        rule->skip_full |= strcmp(rule->skip.at[i], "full") == 0;
        rule->skip_grounded |= strcmp(rule->skip.at[i], "grounded") == 0;
    }
}

int
iss_cadence_expand(struct iss_model *model)
{
    struct iss_cadence *rules = model->cadence.items;
    size_t flights = 0, people = 0;

    for (int32_t i = 0; i < model->cadence.count; i++) {
        settle(model, &rules[i]);
        flights += (size_t)rules[i].room;
        people += (size_t)rules[i].room * (size_t)places_of(model, &rules[i]);
    }
    if (flights == 0) {
        return ISS_OK;
    }
    if (!grow(model, &model->flights, flights, sizeof(struct iss_flight_plan)) ||
        !grow(model, &model->crew, people, sizeof(struct iss_crew_member))) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->cadence.count; i++) {
        rules[i].from = model->flights.count;
        for (int32_t k = 0; k < rules[i].room; k++) {
            if (!add_flight(model, i, k)) {
                return ISS_ERR_NO_MEMORY;
            }
        }
    }
    return ISS_OK;
}
