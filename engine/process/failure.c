/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failure.c - failure modes strike vehicles, ports, rockets, pads, people or the
 * station.
 *
 *     at risk --FAILURE_OCCURS--> unnoticed --FAILURE_DETECTED--> examined --> assessed
 *        ^                                                                        |
 *        '------------- all but vehicles: the clock starts anew ------------------'
 *
 * A mode's clock runs while its target is at risk: a vehicle docked or flying, a person
 * aboard, anything else always.  A vehicle suffers a mode at most once.  With a beta
 * factor, each clock runs slower by that share, and one more, for all of them together,
 * makes up for it (Fleming, "A reliability model for common mode failures in redundant
 * safety systems", 1975).  People may have one clock together, which strikes one of
 * them.  Effects hold from the occurrence on, noticed or not.
 *
 * Owns world->failures and world->shocks.  Draws LIFE, PER_EVENT, DETECTION and
 * ASSESSMENT about the pair of mode and target; COMMON, WHOM and LIFE of the clock of
 * all together about the mode, so that another mode or another target changes none of
 * them.
 */
#include "process/failure.h"

#include <math.h>

#include "base/hash.h"
#include "process/process.h"

static const struct iss_failure_mode *
mode_of(const struct iss_world *world, int32_t mode)
{
    return iss_model_failure_mode(world->model, mode);
}

/* The modes that strike things of a kind. */
static const struct iss_ids *
striking(const struct iss_world *world, enum iss_target_kind kind)
{
    return &world->model->modes.striking[kind];
}

uint64_t
iss_failure_hash(const struct iss_world *world, int32_t target, int32_t mode)
{
    return iss_hash_occurrence(mode_of(world, mode)->entity.hash,
                               iss_target_hash(world, target));
}

/* ---- who is at risk ------------------------------------------------------------ */

/* Whether a list names a thing; one that isn't given names all. */
static bool
names(const struct iss_ids *ids, int32_t id)
{
    return ids->count < 0 || iss_ids_have(ids, id);
}

/* Whether a flight is docked or flies by itself. */
static bool
is_there(const struct iss_world *world, int32_t flight)
{
    return world->flights[flight].phase == ISS_FLIGHT_FREE_FLIGHT ||
           iss_flight_attached(&world->flights[flight]);
}

static bool
flight_at_risk(const struct iss_world *world, int32_t id, int32_t mode)
{
    const struct iss_failure_mode *kind = mode_of(world, mode);
    const struct iss_flight *flight = &world->flights[id];
    bool docked = kind->during != ISS_WHILE_FLYING && iss_flight_attached(flight);
    bool flying =
        kind->during != ISS_WHILE_DOCKED && flight->phase == ISS_FLIGHT_FREE_FLIGHT;

    return id < world->flight_count && (docked || flying) &&
           names(&kind->vehicles, flight->vehicle) &&
           iss_world_failure(world, id, mode)->occurs_us == ISS_NO_TIME;
}

bool
iss_failure_at_risk(const struct iss_world *world, int32_t target, int32_t mode)
{
    const struct iss_failure_mode *kind = mode_of(world, mode);
    int32_t id = target - world->first_target[kind->strikes];

    if (id < 0 || target >= world->first_target[kind->strikes + 1]) {
        return false;
    }
    switch ((enum iss_target_kind)kind->strikes) {
    case ISS_TARGET_VEHICLE:
        return flight_at_risk(world, id, mode);
    case ISS_TARGET_PORT:
        return names(&kind->ports, id);
    case ISS_TARGET_ROCKET:
        return names(&kind->rockets, id);
    case ISS_TARGET_PAD:
        return names(&kind->pads, id);
    case ISS_TARGET_PERSON:
        return world->people[id].phase == ISS_PERSON_ABOARD && names(&kind->people, id);
    default:
        return true;
    }
}

/* ---- clocks -------------------------------------------------------------------- */

/* For how long the mode's clock has run already: vehicles alone age, all else is as new
 * when the forecast begins and after each failure. */
static double
age_d(const struct iss_world *world, int32_t target, int32_t mode)
{
    if (target >= world->flight_capacity) {
        return 0;
    }
    const struct iss_flight *flight = &world->flights[target];
    int64_t since = mode_of(world, mode)->during == ISS_WHILE_DOCKED
                        ? flight->dock_us
                        : flight->launch_us;
    return iss_days_from_us(world->now_us - since);
}

/* Days from now until a thing fails by itself, at probability u. */
static double
days_left(const struct iss_dist *life, double beta, double u, double age)
{
    if (beta > 0) {
        return iss_dist_life(life, -log1p(-u) / (1 - beta), age) - age;
    }
    return age > 0 ? iss_dist_quantile_beyond(life, u, age) - age
                   : iss_dist_quantile(life, u);
}

static void
start_clock(struct iss_world *world, int32_t target, int32_t mode)
{
    const struct iss_failure_mode *kind = mode_of(world, mode);
    const struct iss_dist *life = iss_world_dist(world, kind->life);
    double beta = iss_world_value(world, &kind->beta_factor);

    if (life == NULL || beta >= 1 || kind->clock == ISS_CLOCK_TOGETHER ||
        !iss_failure_at_risk(world, target, mode)) {
        return;
    }
    double u = iss_draw(world, ISS_DRAW_LIFE, iss_failure_hash(world, target, mode),
                        (uint64_t)iss_world_failure(world, target, mode)->count);
    int32_t slot = iss_slot_failure(world, target, mode);
    /* A chain asks when the failure would strike by itself. */
    if (beta == 0 && !kind->chained && iss_outlasts(world, life, u)) {
        iss_forgo(world, slot);
        return;
    }
    double left_d = days_left(life, beta, u, age_d(world, target, mode));
    iss_schedule(world, slot, iss_us_add(world->now_us, iss_us_from_days(left_d)),
                 ISS_EVENT_FAILURE_OCCURS, target, mode);
}

/* The clock of a mode's common cause, counted from the forecast's begin or from the
 * last one. */
static void
start_common_clock(struct iss_world *world, int32_t mode)
{
    const struct iss_failure_mode *kind = mode_of(world, mode);
    const struct iss_dist *life = iss_world_dist(world, kind->life);
    double beta = iss_world_value(world, &kind->beta_factor);

    if (life == NULL || !(beta > 0)) {
        return;
    }
    double u = iss_draw(world, ISS_DRAW_COMMON, kind->entity.hash,
                        (uint64_t)world->shocks[mode]);
    double left_d = iss_dist_life(life, -log1p(-u) / beta, 0);
    iss_schedule(world, iss_slot_common(world, mode),
                 iss_us_add(world->now_us, iss_us_from_days(left_d)),
                 ISS_EVENT_COMMON_CAUSE, -1, mode);
}

void
iss_failure_on_common(struct iss_world *world, const struct iss_event *event)
{
    int32_t mode = event->object, targets = iss_target_count(world);

    for (int32_t target = 0; target < targets; target++) {
        if (iss_failure_at_risk(world, target, mode)) {
            iss_raise(world, ISS_EVENT_FAILURE_OCCURS, target, mode, 0);
        }
    }
    world->shocks[mode]++;
    start_common_clock(world, mode);
}

/* The clock of all together, counted from the forecast's begin or from the last time.
 */
static void
start_clock_together(struct iss_world *world, int32_t mode)
{
    const struct iss_failure_mode *kind = mode_of(world, mode);
    const struct iss_dist *life = iss_world_dist(world, kind->life);

    if (life == NULL || kind->clock != ISS_CLOCK_TOGETHER) {
        return;
    }
    double u = iss_draw(world, ISS_DRAW_LIFE, kind->entity.hash,
                        (uint64_t)world->shocks[mode]);
    int64_t left = iss_us_from_days(iss_dist_quantile(life, u));
    iss_schedule(world, iss_slot_common(world, mode), iss_us_add(world->now_us, left),
                 ISS_EVENT_ONE_IS_STRUCK, -1, mode);
}

/* The people at risk, and of them number `wanted`, from 0, as a target; -1 none. */
static int32_t
count_at_risk(const struct iss_world *world, int32_t mode, int32_t wanted,
              int32_t *chosen)
{
    int32_t count = 0;

    *chosen = -1;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t target = iss_target(world, ISS_TARGET_PERSON, world->aboard[i]);
        if (iss_failure_at_risk(world, target, mode)) {
            *chosen = count == wanted ? target : *chosen;
            count++;
        }
    }
    return count;
}

void
iss_failure_on_one(struct iss_world *world, const struct iss_event *event)
{
    int32_t mode = event->object, target;
    int32_t count = count_at_risk(world, mode, -1, &target);
    double u = iss_draw(world, ISS_DRAW_WHOM, mode_of(world, mode)->entity.hash,
                        (uint64_t)world->shocks[mode]);

    count_at_risk(world, mode, (int32_t)(u * count), &target);
    if (target >= 0) {
        iss_raise(world, ISS_EVENT_FAILURE_OCCURS, target, mode, 0);
    }
    world->shocks[mode]++;
    start_clock_together(world, mode);
}

/* ---- what is found out --------------------------------------------------------- */

/* When a failure is noticed, and when a finding on it is reached. */
static int64_t
detection_time(struct iss_world *world, int32_t target, int32_t mode)
{
    const struct iss_failure *failure = iss_world_failure(world, target, mode);
    return iss_us_add(
        failure->occurs_us,
        iss_draw_us(world, ISS_DRAW_DETECTION, iss_failure_hash(world, target, mode),
                    (uint64_t)failure->count - 1, mode_of(world, mode)->detection));
}

static int64_t
assessment_time(struct iss_world *world, int32_t target, int32_t mode)
{
    const struct iss_failure *failure = iss_world_failure(world, target, mode);
    return iss_us_add(
        detection_time(world, target, mode),
        iss_draw_us(world, ISS_DRAW_ASSESSMENT, iss_failure_hash(world, target, mode),
                    (uint64_t)failure->count - 1, mode_of(world, mode)->assessment));
}

/* Who notices and what is found is the model's to say; the record doesn't tell.  A
 * finding that is under way isn't put off by a further failure of the kind. */
static void
plan_finding(struct iss_world *world, int32_t target, int32_t mode)
{
    int32_t slot = iss_slot_finding(world, target, mode);

    if (!iss_world_forecasting(world) ||
        (target >= world->flight_capacity && iss_scheduled(world, slot))) {
        return;
    }
    iss_schedule(world, slot, detection_time(world, target, mode),
                 ISS_EVENT_FAILURE_DETECTED, target, mode);
}

/* ---- the forecast begins ------------------------------------------------------- */

static void
begin_clock(struct iss_world *world, int32_t target, int32_t mode)
{
    if (world->struck &&
        iss_world_failure(world, target, mode)->occurs_us != ISS_NO_TIME) {
        plan_finding(world, target, mode);
        iss_failure_resume_outages(world, target, mode);
    }
    start_clock(world, target, mode);
}

/* The targets that a mode may strike, which follow one another: of the flights, those
 * that have been made.  While nothing has been struck only those matter that are at the
 * station or near it. */
static void
begin_clocks(struct iss_world *world, int32_t mode)
{
    int kind = mode_of(world, mode)->strikes;
    int32_t end = kind == ISS_TARGET_VEHICLE ? world->flight_count
                                             : world->first_target[kind + 1];

    if (kind == ISS_TARGET_PERSON && !world->struck) {
        for (int32_t i = 0; i < world->aboard_count; i++) {
            begin_clock(world, iss_target(world, ISS_TARGET_PERSON, world->aboard[i]),
                        mode);
        }
        return;
    }
    for (int32_t target = world->first_target[kind]; target < end; target++) {
        if (kind != ISS_TARGET_VEHICLE || world->struck || is_there(world, target)) {
            begin_clock(world, target, mode);
        }
    }
}

void
iss_failure_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        begin_clocks(world, mode);
        start_common_clock(world, mode);
        start_clock_together(world, mode);
    }
}

/* ---- coming and going ---------------------------------------------------------- */

/* What an event of the kind `per` may bring about: its vehicle, port, rocket, pad, or
 * the station. */
static int32_t
concerned(const struct iss_world *world, int32_t flight, int32_t port, int32_t mode)
{
    int32_t rocket = world->flights[flight].rocket, pad = world->flights[flight].pad;

    switch ((enum iss_target_kind)mode_of(world, mode)->strikes) {
    case ISS_TARGET_VEHICLE:
        return flight;
    case ISS_TARGET_PORT:
        return port < 0 ? -1 : iss_target(world, ISS_TARGET_PORT, port);
    case ISS_TARGET_ROCKET:
        return rocket < 0 ? -1 : iss_target(world, ISS_TARGET_ROCKET, rocket);
    case ISS_TARGET_PAD:
        return pad < 0 ? -1 : iss_target(world, ISS_TARGET_PAD, pad);
    case ISS_TARGET_STATION:
        return iss_target(world, ISS_TARGET_STATION, 0);
    default:
        return -1;
    }
}

/* Whether an event of that identity brings the failure about. */
static bool
befalls(const struct iss_world *world, const struct iss_failure_mode *kind,
        uint64_t about, enum iss_per per)
{
    uint64_t hash = iss_hash_occurrence(kind->entity.hash, about);

    return iss_draw(world, ISS_DRAW_PER_EVENT, hash, (uint64_t)per) <
           iss_world_value(world, &kind->probability);
}

static void
strike_per_event(struct iss_world *world, enum iss_per per, int32_t flight,
                 int32_t port)
{
    const struct iss_ids *modes = &world->model->modes.per[per];

    for (int32_t i = 0; i < modes->count; i++) {
        int32_t mode = modes->at[i], target = concerned(world, flight, port, mode);
        const struct iss_failure_mode *kind = mode_of(world, mode);

        if (target >= 0 && iss_failure_at_risk(world, target, mode) &&
            befalls(world, kind, world->flights[flight].hash, per)) {
            iss_raise(world, ISS_EVENT_FAILURE_OCCURS, target, mode, 0);
        }
    }
}

/* The outing may bring about what strikes the station. */
void
iss_failure_on_eva(struct iss_world *world, const struct iss_event *event)
{
    const struct iss_eva_rule *rule = iss_model_eva_rule(world->model, event->subject);
    const struct iss_ids *modes = &world->model->modes.per[ISS_PER_EVA];
    int32_t station = iss_target(world, ISS_TARGET_STATION, 0);

    for (int32_t i = 0; iss_world_forecasting(world) && i < modes->count; i++) {
        int32_t mode = modes->at[i];
        const struct iss_failure_mode *kind = mode_of(world, mode);

        if ((kind->suits.count < 0 || iss_ids_have(&kind->suits, rule->suits)) &&
            befalls(world, kind, world->evas[event->subject].hash, ISS_PER_EVA)) {
            iss_raise(world, ISS_EVENT_FAILURE_OCCURS, station, mode, 0);
        }
    }
}

/* A vehicle is there at last that a failure was forced on before. */
static void
strike_awaited(struct iss_world *world, int32_t flight)
{
    const struct iss_ids *modes = striking(world, ISS_TARGET_VEHICLE);

    for (int32_t i = 0; world->awaited && i < modes->count; i++) {
        int32_t mode = modes->at[i];
        if (iss_world_failure(world, flight, mode)->awaited &&
            iss_failure_at_risk(world, flight, mode)) {
            iss_raise(world, ISS_EVENT_FAILURE_OCCURS, flight, mode, 0);
        }
    }
}

/* Start the clocks of a vehicle's modes that run from now on. */
static void
start_clocks(struct iss_world *world, int32_t flight, enum iss_exposure from_now)
{
    const struct iss_ids *modes = striking(world, ISS_TARGET_VEHICLE);

    for (int32_t i = 0; i < modes->count; i++) {
        int32_t mode = modes->at[i];
        int during = mode_of(world, mode)->during;
        bool launched = from_now == ISS_WHILE_FLYING && during != ISS_WHILE_DOCKED;
        if (launched || (from_now == ISS_WHILE_DOCKED && during == ISS_WHILE_DOCKED)) {
            start_clock(world, flight, mode);
        }
    }
}

/* Stop the clocks of a vehicle: those of free flight, or all, findings included. */
static void
stop_clocks(struct iss_world *world, int32_t flight, bool all)
{
    const struct iss_ids *modes = striking(world, ISS_TARGET_VEHICLE);

    for (int32_t i = 0; i < modes->count; i++) {
        int32_t mode = modes->at[i];
        bool over = mode_of(world, mode)->during == ISS_WHILE_FLYING &&
                    iss_world_failure(world, flight, mode)->occurs_us == ISS_NO_TIME;
        if (all || over) {
            iss_unschedule(world, iss_slot_failure(world, flight, mode));
        }
    }
}

/* The clocks of a person who has come; each visit begins with none of the past. */
static void
welcome(struct iss_world *world, int32_t person)
{
    const struct iss_ids *modes = striking(world, ISS_TARGET_PERSON);
    int32_t target = iss_target(world, ISS_TARGET_PERSON, person);

    for (int32_t i = 0; i < modes->count; i++) {
        iss_world_failure(world, target, modes->at[i])->count = 0;
        start_clock(world, target, modes->at[i]);
    }
}

static void
see_off(struct iss_world *world, int32_t person)
{
    const struct iss_ids *modes = striking(world, ISS_TARGET_PERSON);
    int32_t target = iss_target(world, ISS_TARGET_PERSON, person);

    for (int32_t i = 0; i < modes->count; i++) {
        iss_unschedule(world, iss_slot_failure(world, target, modes->at[i]));
        iss_unschedule(world, iss_slot_finding(world, target, modes->at[i]));
    }
}

void
iss_failure_on_launched(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    if (iss_world_forecasting(world)) {
        strike_awaited(world, id);
        strike_per_event(world, ISS_PER_LAUNCH, id, -1);
        start_clocks(world, id, ISS_WHILE_FLYING);
    }
}

void
iss_failure_on_docked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    if (!iss_world_forecasting(world)) {
        return;
    }
    stop_clocks(world, id, false);
    strike_awaited(world, id);
    strike_per_event(world, ISS_PER_DOCKING, id, event->object);
    start_clocks(world, id, ISS_WHILE_DOCKED);
    for (int32_t i = 0; world->flights[id].crew_up > 0 && i < world->aboard_count;
         i++) {
        int32_t person = world->aboard[i];
        if (world->stays[world->people[person].stay].up == id) {
            welcome(world, person);
        }
    }
}

/* A vehicle that has left is at risk no more, and no longer examined. */
void
iss_failure_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    int32_t id = event->subject;

    stop_clocks(world, id, true);
    for (int32_t i = -1; (i = iss_flight_flier(world, id, i + 1)) >= 0;) {
        see_off(world, i);
    }
    if (iss_world_forecasting(world)) {
        strike_per_event(world, ISS_PER_UNDOCKING, id, event->object);
    }
}

/* Dead or taken away, which a finding on an illness may mean: from aboard, without a
 * departure. */
void
iss_failure_on_person_gone(struct iss_world *world, const struct iss_event *event)
{
    if (world->people[event->subject].phase != ISS_PERSON_ABOARD) {
        see_off(world, event->subject);
    }
}

void
iss_failure_on_flight_over(struct iss_world *world, const struct iss_event *event)
{
    stop_clocks(world, event->subject, true);
}

/* ---- it happens, and is noticed ------------------------------------------------ */

/* Whether what is forced on a vehicle too early for it can still strike: launches slip,
 * and what the scenario wants happens all the same. */
static bool
may_come(const struct iss_world *world, int32_t target, int32_t mode)
{
    return target < world->flight_count &&
           world->flights[target].phase <= ISS_FLIGHT_FREE_FLIGHT &&
           iss_world_failure(world, target, mode)->occurs_us == ISS_NO_TIME;
}

void
iss_failure_on_occurs(struct iss_world *world, const struct iss_event *event)
{
    int32_t target = event->subject, mode = event->object;
    struct iss_failure *failure = iss_world_failure(world, target, mode);

    if (!iss_failure_at_risk(world, target, mode)) {
        failure->awaited = may_come(world, target, mode);
        world->awaited |= failure->awaited;
        return;
    }
    world->struck = true;
    *failure = (struct iss_failure){world->now_us, ISS_NO_TIME, ISS_NO_TIME,
                                    failure->count + 1, false};
    world->changed |= ISS_CHANGED_FAILURES;
    iss_failure_take_effect(world, target, mode);
    plan_finding(world, target, mode);
    if (target >= world->flight_capacity && iss_world_forecasting(world)) {
        start_clock(world, target, mode);
    }
}

void
iss_failure_on_detected(struct iss_world *world, const struct iss_event *event)
{
    int32_t target = event->subject, mode = event->object;

    iss_world_failure(world, target, mode)->detected_us = world->now_us;
    world->changed |= ISS_CHANGED_FAILURES;
    iss_schedule(world, iss_slot_finding(world, target, mode),
                 assessment_time(world, target, mode), ISS_EVENT_FAILURE_ASSESSED,
                 target, mode);
}

void
iss_failure_on_assessed(struct iss_world *world, const struct iss_event *event)
{
    iss_world_failure(world, event->subject, event->object)->assessed_us =
        world->now_us;
    world->changed |= ISS_CHANGED_FAILURES;
    iss_failure_evacuate(world, event->subject, event->object);
}
